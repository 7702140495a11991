import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from ml_from_scratch import style
from ml_from_scratch.style import PALETTE, figure_svg, palette_css, use_book_style

ROOT = Path(__file__).parents[2]
ROLES = ("data", "model", "residual", "gradient", "loss", "prediction")


@pytest.fixture(autouse=True)
def _own_style():
    with mpl.rc_context():
        use_book_style()
        yield
    plt.close("all")


def luminance(colour):
    """Relative luminance of sRGB, by WCAG 2.2."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def picture():
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.plot([0, 1], [0, 1], color=PALETTE["model"].light)
    axes.set(xlabel="x", title="θ")
    return figure


def test_contrast_formula_gives_the_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)  # WCAG: from 1 to 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WebAIM's checker


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
@pytest.mark.parametrize("name", ["ink", "muted", "accent"])
def test_text_has_contrast_enough_on_paper_and_surface(name, ground, theme):
    assert contrast(getattr(PALETTE[name], theme), getattr(PALETTE[ground], theme)) >= 4.5  # WCAG AA


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ROLES)
def test_a_label_may_wear_its_roles_colour(name, theme):
    assert contrast(getattr(PALETTE[name], theme), getattr(PALETTE["paper"], theme)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_role_has_a_colour_of_its_own(theme):
    colours = [getattr(role, theme) for role in PALETTE.values()]
    assert len(set(colours)) == len(PALETTE)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


def test_every_role_can_be_told_without_colour():
    cues = [(PALETTE[name].marker, PALETTE[name].dash, PALETTE[name].width) for name in ROLES]
    assert len(set(cues)) == len(ROLES)


def test_the_committed_colours_of_page_and_pdf_are_the_palettes(tmp_path):
    style.main([str(tmp_path)])
    for name in ("palette.css", "palette.typ"):
        assert (ROOT / "figures" / name).read_text(encoding="utf-8") == (tmp_path / name).read_text(
            encoding="utf-8"
        )


def test_only_the_palette_writes_colours_down():
    look = [path for path in (ROOT / "figures").rglob("*") if path.suffix in (".css", ".typ", ".js", ".j2")]
    written = {path.name for path in look if re.search(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8"))}
    assert written == {"palette.css", "palette.typ"}


def test_the_pdf_gets_each_roles_light_colour():
    found = re.findall(r'^  (\w+): rgb\("(#\w+)"\),$', style.palette_typst(), flags=re.MULTILINE)
    assert found == [(name, role.light) for name, role in PALETTE.items()]


def test_css_gives_each_role_its_light_and_its_dark_colour():
    found = re.findall(r"^  --color-(\w+): light-dark\((#\w+), (#\w+)\);$", palette_css(), flags=re.MULTILINE)
    assert found == [(name, role.light, role.dark) for name, role in PALETTE.items()]


def test_svg_of_the_same_figure_is_the_same_bytes():
    figure = picture()
    assert figure_svg(figure) == figure_svg(figure) == figure_svg(picture())


def test_svg_does_not_depend_on_earlier_draws_of_the_figure():
    fresh, drawn = picture(), picture()
    for _ in range(3):
        drawn.draw_without_rendering()
    assert figure_svg(drawn) == figure_svg(fresh)


def test_svgs_on_one_page_do_not_share_the_names_of_their_clips():
    first, second = picture(), picture()
    second.axes[0].set_title("another")
    names = [set(re.findall('clipPath id="(.*?)"', figure_svg(figure))) for figure in (first, second)]
    assert all(names)
    assert not names[0] & names[1]


def test_svg_bytes_do_not_depend_on_the_process():
    script = (
        "import matplotlib.pyplot as plt\n"
        "from ml_from_scratch.style import figure_svg, use_book_style\n"
        "use_book_style(); figure, axes = plt.subplots(); axes.plot([1, 3, 2], 'o')\n"
        "print(figure_svg(figure))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env=environment(PYTHONHASHSEED=seed, MPLBACKEND="agg"),
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_svg_says_its_size_and_no_date():
    svg = figure_svg(picture())
    root = ET.fromstring(svg)  # noqa: S314 - our own output
    assert root.attrib["width"] == "288pt"  # 4 inches, 72 points each
    assert root.attrib["height"] == "216pt"
    assert root.attrib["viewBox"] == "0 0 288 216"
    assert "<dc:date>" not in svg


def test_svg_turns_each_of_its_colours_dark():
    svg = figure_svg(picture())
    rules = re.search(r"@media \(prefers-color-scheme:dark\)\{(.*?)\}</style>", svg)[1]
    drawn = set(re.findall(r"(fill|stroke): (#[0-9a-f]{6})", svg.replace(rules, "")))
    assert ("stroke", PALETTE["model"].light) in drawn
    dark = {role.light: role.dark for role in PALETTE.values()}
    for paint, colour in drawn:
        assert f'[style*="{paint}: {colour}"]{{{paint}:{dark[colour]}!important}}' in rules


def test_svg_is_transparent_and_its_text_is_drawn_as_paths():
    svg = figure_svg(picture())
    assert "<text" not in svg
    assert "#ffffff" not in svg
    assert re.search(r'id="patch_1">\s*<path d="[^"]*" style="fill: none', svg)


def test_svg_does_not_depend_on_settings_of_the_reader():
    expected = figure_svg(picture())
    with mpl.rc_context({"svg.hashsalt": None, "svg.fonttype": "none"}):
        assert figure_svg(picture()) == expected


def test_outside_ipython_nothing_of_it_is_imported_or_left():
    script = (
        "import sys; from ml_from_scratch.style import use_book_style; use_book_style()\n"
        "assert not any('IPython' in name or 'inline' in name for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], env=environment(MPLBACKEND="agg"), check=True)


def test_ipython_shows_svg_alone_even_after_quarto_chose_png():
    pytest.importorskip("IPython")
    # Quarto's own first cell: it loads pyplot and chooses a format before any cell of the chapter.
    script = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import matplotlib.pyplot as plt
plt.rcParams["figure.dpi"] = 96
from matplotlib_inline.backend_inline import set_matplotlib_formats
set_matplotlib_formats("png")
from ml_from_scratch.style import use_book_style
use_book_style()
figure, axes = plt.subplots()
data, metadata = shell.display_formatter.format(figure)
assert sorted(data) == ["image/svg+xml", "text/plain"], sorted(data)
"""
    environ = environment(MPLBACKEND="module://matplotlib_inline.backend_inline")
    subprocess.run([sys.executable, "-c", script], env=environ, check=True)


def environment(**settings):
    """This process's environment, with these settings, and the package where this process found it."""
    return os.environ | {"PYTHONPATH": str(Path(style.__file__).parents[1])} | settings

"""The site's parts on their own: scripts joined, the font cut, HTML made tidy, links checked."""

import io
import re
import subprocess
from pathlib import PurePosixPath
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont

from press import html, links, mathfont, pandoc, scripts, site, source
from press.errors import Refused

MODULES = {
    "main.js": 'import { double as twice, Box } from "./arithmetic.js";\nimport { one } from "./one.js";\n\n'
    "console.log(JSON.stringify([twice(one), new Box(one).size, typeof double, typeof hidden]));\n",
    "arithmetic.js": 'import {\n  one,\n} from "./one.js";\n\nexport function double(x) {\n  return x + x * one;\n}\n\n'
    "export class Box {\n  constructor(size) {\n    this.size = size;\n  }\n}\nconst hidden = 1;\n",
    "one.js": 'export const one = 1;\nconsole.log("one");\n',
}


@pytest.fixture
def modules(tmp_path):
    """A folder of small modules."""
    for name, text in MODULES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_module_stands_once_and_before_those_that_import_it(modules):
    joined = scripts.join(modules, "main.js")
    places = [joined.index(f"const module_{name} = ") for name in ("one", "arithmetic", "main")]
    assert places == sorted(places)
    assert joined.count('console.log("one")') == 1


def test_the_joined_script_does_what_the_modules_do(modules, need):
    (modules / "joined.cjs").write_text(scripts.join(modules, "main.js"))
    done = subprocess.run(
        [need("Node", "node"), modules / "joined.cjs"], capture_output=True, text=True, check=True
    )
    assert done.stdout == 'one\n[2,1,"undefined","undefined"]\n'


def test_a_module_is_found_from_where_its_importer_stands(modules, need):
    (modules / "deep").mkdir()
    (modules / "deep" / "near.js").write_text('export const near = "near";\n')
    (modules / "deep" / "main.js").write_text(
        'import { near } from "./near.js";\nimport { double } from "../arithmetic.js";\nconsole.log(near, double(2));\n'
    )
    (modules / "joined.cjs").write_text(scripts.squeeze(scripts.join(modules, "deep/main.js")))
    done = subprocess.run(
        [need("Node", "node"), modules / "joined.cjs"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "one\nnear 4\n"


def test_a_module_outside_the_folder_is_refused(modules):
    (modules / "one.js").write_text('import { x } from "../elsewhere.js";\n')
    with pytest.raises(Refused, match=r"one\.js: there is no module"):
        scripts.join(modules, "one.js")


@pytest.mark.parametrize(
    ("script", "squeezed"),
    [
        ("const a = 1; // why\nconst b = a + +a;\n", "const a=1;const b=a+ +a;\n"),
        ('say("a  // b", `${a}  /* c */`);\n', 'say("a  // b",`${a}  /* c */`);\n'),
        ("/** What\n * it does. */\nlet a = b\n(c)\n", "let a=b\n(c)\n"),
        ("const half = a / 2 / b;\n", "const half=a/2/b;\n"),
        ('text.replace(/^# "/, "")\n', 'text.replace(/^# "/,"")\n'),
        ("{\n  say(\n    a,\n  );\n}\nconst b = {\n  c,\n};\n", "{say(a)}\nconst b={c};\n"),
        ("if (a) return b;\nelse b = a - -a;\n", "if(a)return b;else b=a- -a;\n"),
        ("const f = (a) => (b) => a >= (b) && (() => a);\n", "const f=a=>b=>a>=(b)&&(()=>a);\n"),
        (
            'say(`a  ${ b ? "c  d" : e } / \\${f  g} ${(h) => h + 1}`);\n',
            'say(`a  ${b?"c  d":e} / \\${f  g} ${h=>h+1}`);\n',
        ),
        ("return (a) => g(async (b) => b, (...c) => (c));\n", "return a=>g(async b=>b,(...c)=>(c));\n"),
    ],
)
def test_squeezing_takes_only_comments_space_and_marks_that_nothing_needs(script, squeezed):
    assert scripts.squeeze(script) == squeezed


def test_a_template_inside_a_template_is_refused():
    with pytest.raises(Refused, match="a template inside a template"):
        scripts.squeeze("say(`${a ? `b` : c}`);\n")


def test_modules_that_import_each_other_are_refused(modules):
    (modules / "one.js").write_text(
        'import { double } from "./arithmetic.js";\nexport const one = double(1);\n'
    )
    with pytest.raises(
        Refused, match=r"import each other: main\.js -> arithmetic\.js -> one\.js -> arithmetic\.js"
    ):
        scripts.join(modules, "main.js")


def test_a_module_that_is_not_there_is_refused_in_the_one_that_asks(modules):
    (modules / "one.js").unlink()
    with pytest.raises(Refused, match=r"arithmetic\.js: there is no module \./one\.js"):
        scripts.join(modules, "main.js")


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        "export { one };",
        "export let two = 2;",
        'import * as all from "./one.js";',
        'import "./one.js";',
        'import { x } from "https://example.org/x.js";',
        'const later = import("./one.js");',
    ],
)
def test_a_form_that_press_cannot_join_is_refused_with_its_line(modules, line):
    (modules / "one.js").write_text(f"const a = 1;\n{line}\n")
    with pytest.raises(Refused) as refused:
        scripts.join(modules, "one.js")
    [problem] = refused.value.problems
    assert problem.line == 2
    assert problem.message.startswith("press cannot join this form: ")


def test_a_link_to_a_figures_state_leads_to_the_figure():
    assert links.place("fig-a:ax=4&ay=-1") == links.place("fig-a") == "fig-a"
    assert links.place("fn:1") == "fn:1"  # a colon alone is part of an id


def test_the_font_holds_what_is_asked_for_and_what_browsers_ask_for_themselves():
    with TTFont(io.BytesIO(mathfont.subset_woff2("∑θx"))) as font:
        held = set(map(chr, font.getBestCmap()))
    assert set("∑θx") <= held
    assert "0" not in held  # every character costs the reader bytes
    assert {"√", "ℎ", "ˆ"} <= held  # the radical, h in italics, a hat
    assert {"\N{MATHEMATICAL ITALIC SMALL X}", "\N{MATHEMATICAL ITALIC SMALL THETA}"} <= held
    assert "∮" not in held


def test_the_font_is_the_same_for_the_same_characters():
    assert mathfont.subset_woff2("∑x") == mathfont.subset_woff2("x∑")


def test_the_fonts_licence_goes_with_it():
    assert "Open Font License" in mathfont.licence()


def test_the_font_is_asked_for_each_character_of_mathematics_and_no_other():
    body = "<p>q</p><math><mi>a</mi><mo>&lt;</mo></math> w <math><mi>θ</mi></math>"
    assert site.math_characters([body]) == "<aθ"


def test_tidy_html_has_classes_for_styles():
    body = (
        '<table><colgroup><col style="width: 50%"></col></colgroup><thead><tr><th style="text-align: right;">a</th>'
        '<th style="text-align: left;"></th></tr></thead></table><p style="color: red">b</p>'
    )
    tidy = html.tidy(body)
    assert "style" not in tidy
    assert "colgroup" not in tidy
    assert '<th class="right" scope="col">a</th>' in tidy
    assert '<td class="left"></td>' in tidy  # an empty header heads nothing


def test_tidy_mathematics_has_no_annotation_and_hats_that_sit():
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mover><mi>y</mi><mo>̂</mo></mover></mrow>'
        '<annotation encoding="application/x-tex">\\hat y</annotation></semantics></math>'
    )
    tidy = html.tidy(math)
    assert "annotation" not in tidy
    assert 'stretchy="false"' in tidy


def tidied(tex):
    [paragraph] = pandoc.read(f"Then ${tex}$, and on.")
    return html.tidy(pandoc.write([paragraph], to="html5", arguments=["--mathml"]))


def test_a_functions_name_in_a_fraction_leaves_it_two_parts():
    for tex in (r"\frac{2}{\lambda_{\max}}", r"\frac{\max}{2}", r"\sqrt{\max}", r"x_{\max}"):
        tidy = tidied(tex)
        assert "mspace" not in tidy, tex
        assert "ns0:" not in tidy, tex


def test_a_functions_name_in_a_row_keeps_its_distance():
    assert tidied(r"r \cos \theta").count("<mspace") == 2
    assert tidied(r"\frac{r \cos \theta}{2}").count("<mspace") == 2


def test_a_result_stays_beside_its_equals_sign():
    page = html.tidy(pandoc.write(pandoc.read("So $a =$ 3.5, or so."), to="html5", arguments=["--mathml"]))
    assert re.search(r"</math>\s3\.5,</span> or so", page)


def test_no_line_begins_with_the_comma_behind_a_formula():
    assert re.search(r'<span class="held"><math.*</math>,</span>\nand on', tidied("a"))


@pytest.mark.parametrize(
    ("text", "opening", "closing"), [("See “$a$” now", "“", "”"), ("*See* ($a$), then", "(", "),")]
)
def test_no_line_ends_with_the_mark_before_a_formula(text, opening, closing):
    page = html.tidy(pandoc.write(pandoc.read(text), to="html5", arguments=["--mathml"]))
    assert re.search(
        rf'\s<span class="held">{re.escape(opening)}<math[^§]*</math>{re.escape(closing)}</span>\s', page
    )
    assert re.sub("<[^>]+>", "", page).split() == text.replace("*", "").replace("$", "").split()


def test_a_result_in_the_text_stands_one_space_behind_its_equals_sign():
    assert '<mo rspace="0">=</mo></mrow>' in tidied("1 + 1 =")
    assert "rspace" not in tidied("a = 2")


def test_a_radical_over_a_low_letter_is_as_high_as_over_a_digit():
    assert '<mspace height="0.66em" width="0">' in tidied(r"\sqrt{\kappa}")
    assert "mspace" not in tidied(r"\sqrt{5}")


def test_no_line_ends_inside_a_power_of_ten():
    page = html.tidy("<p>It is 5 × 10⁻⁹, or 3 × 4.</p>")
    assert "5\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁹, or 3 × 4." in page


def checked(body, **files):
    text = source.parse("# One {#sec-one}\n\nSee [x](two.qmd#sec-none).\n", PurePosixPath("chapters/one.qmd"))
    page = SimpleNamespace(chapter=SimpleNamespace(page="chapters/one.html"), source=text)
    links.check(
        {"chapters/one.html": body.encode(), "chapters/two.html": b'<h1 id="sec-two">', "a b.pdf": b""},
        [page],
    )


@pytest.mark.parametrize(
    "target",
    [
        "two.html",
        "two.html#sec-two",
        "../a%20b.pdf",
        "#here",
        "https://example.org/x",
        "mailto:a@example.org",
    ],
)
def test_a_link_that_leads_somewhere_is_let_through(target):
    checked(f'<a id="here" href="{target}">')


@pytest.mark.parametrize(
    ("target", "line"), [("three.html", 0), ("two.html#sec-none", 3), ("#gone", 0), ("../missing.pdf", 0)]
)
def test_a_link_that_leads_nowhere_is_refused(target, line):
    with pytest.raises(Refused) as refused:
        checked(f'<a href="{target}">')
    [problem] = refused.value.problems
    assert (str(problem.path), problem.line) == ("chapters/one.qmd", line)
    assert problem.message == f"the link {target} leads nowhere."


def test_a_picture_or_script_that_is_not_there_is_refused():
    with pytest.raises(Refused) as refused:
        checked('<img alt="a" src="x.svg"><script src="x.js"></script>')
    assert len(refused.value.problems) == 2


def test_a_build_refuses_a_link_to_a_notebook_that_is_not_made(book):
    book.chapter("See [x](../notebooks/none.ipynb).")
    with pytest.raises(
        Refused, match=r"chapters/01-one\.qmd:3: the link \.\./notebooks/none\.ipynb leads nowhere"
    ):
        book.build()


def test_a_line_ends_in_code_at_spaces_alone_and_in_an_address_behind_its_slashes():
    def held(code: str) -> list[str]:
        element = html.tidy(f"<p><code>{code}</code></p>")
        return re.findall(r'class="held">([^<]*)<', element)

    assert held("a - b") == ["a - b"]
    assert held("-(2 / N) * (X.T @ residuals)") == ["-(2", "/", "N)", "*", "(X.T", "@", "residuals)"]
    assert held("sha256:" + 40 * "0") == []  # longer than a phone's line: it may part anywhere
    shown = html.tidy('<p><a href="https://doi.org/10.1/x">https://doi.org/10.1/x</a></p>')
    assert '"https://doi.org/10.1/x">https://doi.org/<wbr>10.1/<wbr>x</a>' in shown


def test_a_tables_heading_keeps_a_single_character_beside_its_neighbours():
    table = "<table><thead><tr><th>a · b</th><th>best w</th><th>cos θ, at (1, 2)</th></tr></thead></table>"
    page = html.tidy(table).replace("\N{NO-BREAK SPACE}", "~")
    assert re.findall(r">([^<>]+)</th>", page) == ["a~·~b", "best~w", "cos θ, at (1,~2)"]

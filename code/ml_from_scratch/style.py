"""The book's look: one palette, one Matplotlib style, and figures as SVG that follow the page into the dark.

PALETTE is the only place where a colour is written down. Figures draw with its light colours, `figure_svg`
adds the dark ones, and `python -m ml_from_scratch.style figures` writes both for the page, the light ones for the PDF.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from ml_from_scratch._svg import SETTINGS, drawn


@dataclass(frozen=True, slots=True)
class Role:
    """A colour on a light and on a dark page, and the cues of the role to an eye that sees no colour.

    light, dark: colours as #rrggbb. marker, dash: as Matplotlib names them. width: of a line, in points.
    """

    light: str
    dark: str
    marker: str = ""
    dash: str = "-"
    width: float = 1.0


# All but surface and rule stand at least 4.5:1 against paper, so that a label may wear its subject's colour.
# The first six also stay apart without red, green or blue cones: tests/oracles/test_palette.py measures it.
PALETTE: Mapping[str, Role] = MappingProxyType(
    {
        "data": Role("#14439b", "#4490fc", marker="o"),
        "model": Role("#9c1408", "#ff6a3d", width=2.6),
        "residual": Role("#6b1750", "#dd84b8", width=1.2),
        "gradient": Role("#007f6a", "#5ff0c8", dash="--", width=2.2),
        "loss": Role("#8a3fe8", "#c6b8fb", width=2.0),
        "prediction": Role("#a46604", "#f5cf1e", dash=":", width=2.4),
        "ink": Role("#1f2328", "#e6e4df"),
        "muted": Role("#5b626b", "#a3a8b0"),
        "paper": Role("#fdfcfa", "#15181d"),
        "surface": Role("#f4f1ea", "#1f242b"),
        "rule": Role("#dcd7cc", "#383f49"),
        "accent": Role("#0b5c8a", "#7cc0ee"),
    }
)

STYLE: Mapping[str, Any] = MappingProxyType(
    {
        "figure.figsize": (6.0, 3.6),  # in inches; Jupyter's, Quarto's and Matplotlib's own defaults differ
        "figure.constrained_layout.use": True,
        "font.family": "DejaVu Sans",  # comes with Matplotlib
        "mathtext.fontset": "dejavusans",
        "font.size": 11,
        "axes.titlesize": 11,
        "axes.titlelocation": "left",
        "axes.labelsize": 11,
        "xtick.labelsize": 10,
        "ytick.labelsize": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": PALETTE["muted"].light,
        "axes.labelcolor": PALETTE["ink"].light,
        "text.color": PALETTE[
            "ink"
        ].light,  # pure black would be left out of the SVG, and stay black in the dark
        "xtick.color": PALETTE["muted"].light,
        "ytick.color": PALETTE["muted"].light,
        "lines.markersize": 5,
        "axes.prop_cycle": f"cycler(color={[role.light for role in list(PALETTE.values())[:6]]})",
        **SETTINGS,
    }
)


def use_book_style() -> None:
    """Draw in the book's style from here on and, inside IPython, show every figure by `figure_svg`."""
    plt.style.use(dict(STYLE))
    # Where IPython runs it is imported already; elsewhere nothing may import it.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return
    # The inline backend chooses formats of its own when it first loads: load it now, then overrule it.
    plt.switch_backend(mpl.get_backend())
    formatters = shell.display_formatter.formatters
    for mime_type in ("image/png", "image/jpeg", "application/pdf"):
        formatters[mime_type].pop(Figure, None)
    formatters["image/svg+xml"].for_type(Figure, figure_svg)


def figure_svg(figure: Figure) -> str:
    """Return the figure as SVG, the same bytes each time, on a transparent ground.

    Shown by `<img>`, it is light or dark by its page's `color-scheme`; a renderer without media queries shows
    it light.
    """
    svg = drawn(figure)
    # Matplotlib writes colours into style attributes, which only an !important rule outranks.
    rules = "".join(
        f'[style*="{paint}: {role.light}"]{{{paint}:{role.dark}!important}}'
        for role in PALETTE.values()
        for paint in ("fill", "stroke")
        if f"{paint}: {role.light}" in svg
    )
    style = f'<style type="text/css">@media (prefers-color-scheme:dark){{{rules}}}</style>'
    return re.sub("(<svg[^>]*>)", rf"\1\n {style}", svg, count=1)


def palette_css() -> str:
    """Return PALETTE as CSS custom properties, `--color-…`, light or dark by the `color-scheme` in force."""
    colours = "".join(
        f"  --color-{name}: light-dark({role.light}, {role.dark});\n" for name, role in PALETTE.items()
    )
    return f"/* Written by `python -m ml_from_scratch.style` from its PALETTE. */\n:root {{\n{colours}}}\n"


def palette_typst() -> str:
    """Return PALETTE's light colours for the PDF's template, as Typst's dictionary `palette`."""
    colours = "".join(f'  {name}: rgb("{role.light}"),\n' for name, role in PALETTE.items())
    return (
        f"// Written by `python -m ml_from_scratch.style` from its PALETTE.\n#let palette = (\n{colours})\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Write the palette for the page and for the PDF, palette.css and palette.typ, into the folder given."""
    folder = Path(*arguments)
    (folder / "palette.css").write_text(palette_css(), encoding="utf-8")
    (folder / "palette.typ").write_text(palette_typst(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

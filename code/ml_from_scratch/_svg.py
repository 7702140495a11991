"""A figure as SVG text: the same bytes each time, and drawn a second time for where there is little room.

The two drawings share one file and one shape. Which of them shows is decided by media queries, which in a picture on a
page ask for the picture's own width, not the page's. A renderer without media queries shows the first.
"""

import hashlib
import io
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

SETTINGS: Mapping[str, Any] = MappingProxyType(
    {
        "svg.fonttype": "path",
        "svg.hashsalt": "ml-from-scratch",  # ids that are the same each time
    }
)
NARROW = 4.8  # inches: a phone shows about 3.6, and so keeps three quarters of the size of words
MOST_DRAWS = 8  # a layout settles in two to four


def drawn(figure: Figure) -> str:
    """Return the figure as SVG; one that is wider than NARROW holds a second drawing, which is as wide as that.

    The narrow one shows where the wide one would be shown at less than three quarters of its size.
    """
    wide = _settled(figure)
    width, height = figure.get_size_inches()
    if width <= NARROW:
        return wide
    scale = width / NARROW
    figure.set_size_inches(NARROW, height / scale)
    narrow = _settled(figure)
    figure.set_size_inches(width, height)
    rules = ".drawing-wide{display:none}.drawing-narrow{display:inline}"
    opening, body = _parted(wide)
    inner = re.sub(r'(\bid="|href="#|url\(#)', r"\1narrow-", _parted(narrow)[1])
    return (
        f'{opening}<style type="text/css">@media (max-width:{72 * width:g}px){{{rules}}}</style>\n'
        f'<g class="drawing-wide">\n{body}</g>\n'
        f'<g class="drawing-narrow" display="none" transform="scale({scale:g})">\n{inner}</g>\n</svg>\n'
    )


def _parted(svg: str) -> tuple[str, str]:
    """Return what stands before the drawing, and the drawing without the end of its root."""
    start = svg.index('<g id="figure_1">')
    return svg[:start], svg[start : svg.rindex("</svg>")]


def _settled(figure: Figure) -> str:
    """Return the figure's SVG once its layout rests."""
    # Each draw moves a constrained layout a little, until it settles: nobody's earlier draw may show in the bytes.
    for axes in figure.axes:
        if spec := axes.get_subplotspec():
            axes.set_subplotspec(spec)  # back to where it was before any layout
    svg = _saved(figure)
    for _ in range(MOST_DRAWS):
        before, svg = svg, _saved(figure)
        if svg == before:
            break
    return svg


def _saved(figure: Figure) -> str:
    """Draw the figure as Matplotlib's own SVG, named apart from any other on the same page."""
    buffer = io.StringIO()
    with mpl.rc_context({name: SETTINGS[name] for name in ("svg.fonttype", "svg.hashsalt")}):
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    svg = buffer.getvalue()
    # Matplotlib names a clip by all digits of its box, more than it writes; name it by what is written.
    clips = re.findall('<clipPath id="(.*?)"', svg)
    for place, clip in enumerate(clips):
        svg = svg.replace(clip, f"clip-{place}")
    written = hashlib.sha256(svg.encode()).hexdigest()[:10]
    return re.sub(r"\bclip-(?=\d+\b)", f"clip-{written}-", svg)

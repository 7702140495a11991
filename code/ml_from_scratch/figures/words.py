"""Words on a map: a dot for each, with its name beside it, and steps from word to word."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import pair, write
from ml_from_scratch.figures.arrows import draw_arrow
from ml_from_scratch.style import PALETTE

Side = Literal["left", "right", "above", "below"]
SIDES: dict[Side, tuple[tuple[float, float], str, str]] = {
    "left": ((-6, 0), "right", "center"),
    "right": ((6, 0), "left", "center"),
    "above": ((0, 5), "center", "bottom"),
    "below": ((0, -5), "center", "top"),
}


def draw_words(
    axes: Axes,
    places: Mapping[str, ArrayLike],
    *,
    role: str = "data",
    side: Side = "right",
    elsewhere: Mapping[str, Side] | None = None,
) -> None:
    """Draw each word's dot at its place, (2,), and its name on one side; elsewhere gives single words another."""
    for word, place in places.items():
        at = pair(np.asarray(place, dtype=float))
        axes.plot(*at, linestyle="none", marker="o", markersize=4.5, color=PALETTE[role].light)
        offset, ha, va = SIDES[(elsewhere or {}).get(word, side)]
        write(axes, word, at, role, offset=offset, ha=ha, va=va)


def draw_steps(axes: Axes, places: Mapping[str, ArrayLike]) -> None:
    """Draw an arrow from the first word's place, (2,), to the second's, from the third's to the fourth's, and so on."""
    names = list(places)
    for start, stop in zip(names[::2], names[1::2], strict=True):
        draw_arrow(axes, places[stop], "", start=places[start], role="gradient")
        draw_words(axes, {start: places[start]}, side="left")
        draw_words(axes, {stop: places[stop]}, role="model")
    axes.set(aspect="equal", xticks=[], yticks=[])

"""Arrows on a plane: vectors, and the angle between two of them."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import pair, write
from ml_from_scratch.style import PALETTE


def draw_plane(axes: Axes, *, x: tuple[float, float], y: tuple[float, float]) -> None:
    """Draw a plane for arrows, from and to these limits: equal units, axes that cross at the origin."""
    axes.set(xlim=x, ylim=y, aspect="equal")
    axes.spines[["left", "bottom"]].set_visible(False)
    for draw in (axes.axhline, axes.axvline):
        draw(0, color=PALETTE["rule"].light, linewidth=1, zorder=0)
    axes.tick_params(length=0)
    axes.locator_params(integer=True)


def draw_arrow(
    axes: Axes, tip: ArrayLike, label: str, *, start: ArrayLike = (0, 0), role: str = "data"
) -> None:
    """Draw the arrow from start to tip, both (2,), with its label just beyond the tip."""
    tail, head = np.asarray(start, dtype=float), np.asarray(tip, dtype=float)
    arrow = {
        "arrowstyle": "-|>",
        "mutation_scale": 15,
        "shrinkA": 0,
        "shrinkB": 0,
        "color": PALETTE[role].light,
    }
    axes.annotate(
        "", pair(head), xytext=pair(tail), arrowprops=arrow | {"linewidth": PALETTE[role].width + 0.8}
    )
    beyond = 11 * (head - tail) / np.hypot(*(head - tail))
    write(axes, label, pair(head), role, offset=pair(beyond), ha="center", va="center")


def draw_label(axes: Axes, text: str, at: tuple[float, float], *, role: str = "ink") -> None:
    """Write a label centred at this place, in the colour of what it names."""
    write(axes, text, at, role, ha="center", va="center")


def draw_angle(axes: Axes, a: ArrayLike, b: ArrayLike, *, label: str = "θ", radius: float = 0.6) -> None:
    """Draw the arc about the origin from the direction of a to that of b, both (2,), the short way round."""
    (ax, ay), (bx, by) = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    first, turn = np.arctan2(ay, ax), np.arctan2(ax * by - ay * bx, ax * bx + ay * by)
    arc = first + np.linspace(0, turn, 60)
    axes.plot(radius * np.cos(arc), radius * np.sin(arc), color=PALETTE["muted"].light, linewidth=1.4)
    x, y = np.cos(first + turn / 2), np.sin(first + turn / 2)
    offset = (10 * x, 10 * y)
    write(axes, label, (radius * x, radius * y), "muted", offset=offset, ha="center", va="center")

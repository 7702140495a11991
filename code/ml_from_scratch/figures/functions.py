"""A function of one variable: its curve, straight lines that touch or cut it, and walks along it."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import pair, stroke, write, write_end
from ml_from_scratch.style import PALETTE

SMOOTH = 201  # points along a curve
SHORTEST_ARROW = 0.1  # of a walk's extent


def draw_function(
    axes: Axes,
    f: Callable[[float], float],
    x: tuple[float, float],
    *,
    label: str = "",
    role: str = "loss",
) -> None:
    """Draw the curve of f, a function of one number, from and to these limits; its label at the right end."""
    places = np.linspace(*x, SMOOTH)
    heights = [f(float(place)) for place in places]
    axes.plot(places, heights, **stroke(role), zorder=1)
    write_end(axes, label, (float(places[-1]), float(heights[-1])), role)


def draw_slope(
    axes: Axes,
    at: tuple[float, float],
    slope: float,
    x: tuple[float, float],
    *,
    label: str = "",
    role: str = "gradient",
) -> None:
    """Draw the straight line of this slope through a point, between two values of x; its label at the right end.

    The line is a tangent where the slope is the curve's own at that point, and a secant where it is that
    between two points.
    """
    left, right = (at[1] + slope * (end - at[0]) for end in x)
    axes.plot(x, (left, right), **stroke(role), zorder=2)
    write_end(axes, label, (x[1], right), role)


def draw_walk(
    axes: Axes, x: ArrayLike, heights: ArrayLike, *, numbered: int = 0, role: str = "model"
) -> None:
    """Draw a walk on a curve: a dot at each point, x and heights both (k + 1,), and an arrow for each long step.

    The first `numbered` dots, at most k, bear their number, from 0. It stands below the dot, on the side that
    its next step leaves: where a curve falls in the step's direction, that side is free. A step too short for
    an arrowhead (a tenth of the walk's extent) has none.
    """
    points = np.column_stack([np.asarray(x, dtype=float), np.asarray(heights, dtype=float)])
    colour = PALETTE[role].light
    axes.plot(*points.T, "o", color=colour, markersize=5.5, markeredgewidth=0, zorder=4)
    moves = np.diff(points, axis=0)
    extent = np.ptp(points, axis=0)
    lengths = np.hypot(*(moves / np.where(extent > 0, extent, 1)).T)
    arrow = {"arrowstyle": "-|>", "mutation_scale": 10, "shrinkA": 0, "shrinkB": 2, "color": colour}
    for start, tip, length in zip(points, points[1:], lengths, strict=False):
        if length >= SHORTEST_ARROW:
            how = arrow | {"linewidth": 1.2}
            axes.annotate("", pair(tip), xytext=pair(start), arrowprops=how, zorder=3)
    for number, (point, (aside, _)) in enumerate(zip(points[:numbered], moves, strict=False)):
        offset = (-9 * float(np.sign(aside)), -8)
        write(axes, str(number), pair(point), role, offset=offset, ha="center", va="center")

"""The loss over two parameters: a bowl seen from above, and walks down it."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray
from ml_from_scratch.figures._marks import pair, stroke, write
from ml_from_scratch.style import PALETTE

GRID = 81  # points along each side: smooth contours, small files


def draw_bowl(
    axes: Axes,
    loss: Callable[[FloatArray], float],
    *,
    x: tuple[float, float],
    y: tuple[float, float],
    levels: ArrayLike,
) -> None:
    """Draw the contours of a loss over a plane of two parameters, from and to these limits.

    loss takes a point (2,). levels are the losses at which a contour runs, ascending; lines close together mean a
    steep slope.
    """
    first, second = np.linspace(*x, GRID), np.linspace(*y, GRID)
    heights = [[loss(np.array([a, b])) for a in first] for b in second]
    colour = PALETTE["loss"].light
    axes.contour(first, second, heights, levels=np.asarray(levels), colors=colour, linewidths=0.9, alpha=0.55)
    axes.set(xlim=x, ylim=y)


def draw_path(axes: Axes, points: ArrayLike, *, label: str = "", role: str = "model") -> None:
    """Draw a walk over the plane, (k + 1, 2): a dot at each point, its label at the start."""
    walk = np.asarray(points, dtype=float)
    axes.plot(*walk.T, ".", **stroke(role) | {"linestyle": "-", "linewidth": 1.4}, markersize=6, zorder=3)
    write(axes, label, pair(walk[0]), role, offset=(7, 4))


def draw_minimum(axes: Axes, at: tuple[float, float], *, label: str = "minimum") -> None:
    """Mark the lowest point of the bowl with a cross."""
    axes.plot(*at, "+", color=PALETTE["ink"].light, markersize=13, markeredgewidth=2, zorder=4)
    write(axes, label, at, "ink", offset=(8, 7))

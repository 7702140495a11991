"""Coordinates as walks: the legs under an arrow, and the grid that a basis lays over the plane."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import pair, stroke, write
from ml_from_scratch.style import PALETTE

LEG_ROLES = ("prediction", "residual")


def draw_legs(
    axes: Axes, tip: ArrayLike, labels: tuple[str, str], *, basis: ArrayLike = ((1, 0), (0, 1))
) -> None:
    """Draw the walk from the origin to tip, (2,): along the first arrow of the basis, then along the second.

    basis is (2, 2), an arrow a row. Each leg bears its label on the side away from the arrow to the tip.
    """
    end, arrows = np.asarray(tip, dtype=float), np.asarray(basis, dtype=float)
    corner = np.linalg.solve(arrows.T, end)[0] * arrows[0]
    across = (end[0] * corner[1] - end[1] * corner[0]) >= 0  # is the corner to the left of the arrow?
    for start, stop, label, role in zip((np.zeros(2), corner), (corner, end), labels, LEG_ROLES, strict=True):
        axes.plot(
            *np.column_stack([start, stop]),
            **stroke(role) | {"linewidth": 2.4, "linestyle": "-"},
            solid_capstyle="butt",
        )
        x, y = (stop - start) / np.hypot(*(stop - start))
        away = np.array([-y, x]) * (9 if across else -9)
        ha = "center" if abs(away[1]) > abs(away[0]) else "left" if away[0] > 0 else "right"
        middle = pair((start + stop) / 2)
        write(axes, label, middle, role, offset=pair(away), ha=ha, va="center")


def draw_grid(axes: Axes, basis: ArrayLike, *, reach: int = 9) -> None:
    """Draw the grid of a basis, (2, 2), an arrow a row: lines through all whole-number walks, from -reach to reach."""
    first, second = np.asarray(basis, dtype=float)
    for along, across in ((first, second), (second, first)):
        for step in range(-reach, reach + 1):
            ends = np.array([step * across - reach * along, step * across + reach * along])
            axes.plot(*ends.T, color=PALETTE["rule"].light, linewidth=0.9, zorder=0)

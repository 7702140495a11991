"""Shadows of arrows on the line of another: one, those of two legs that add up, and two that a mirror swaps."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray
from ml_from_scratch.figures._marks import pair, stroke, write
from ml_from_scratch.figures.arrows import draw_arrow
from ml_from_scratch.figures.coordinates import LEG_ROLES, draw_legs
from ml_from_scratch.style import PALETTE

MARK = 0.14  # the length of a stroke across, in units of u
ROUNDING = 1e-9  # so that a shadow of length 2 reaches the mark at 2


def draw_projection(axes: Axes, a: ArrayLike, b: ArrayLike, shadow: ArrayLike) -> None:
    """Draw a, b and b's shadow on the line of a, all (2,), with the perpendicular that casts it.

    Where the shadow falls behind the origin, a dotted line carries a's line on to it.
    """
    first, foot = np.asarray(a, dtype=float), np.asarray(shadow, dtype=float)
    if foot @ first < 0:
        axes.plot(*np.column_stack([np.zeros(2), 1.3 * foot]), **_DOTTED)
    _draw_shadow(axes, np.asarray(b, dtype=float), foot)
    draw_arrow(axes, first, r"$\boldsymbol{a}$", role="data")
    draw_arrow(axes, b, r"$\boldsymbol{b}$", role="model")
    write(axes, "shadow", pair(foot / 2), "prediction", offset=(4, -13), ha="center", va="center")


def draw_leg_shadows(axes: Axes, u: ArrayLike, b: ArrayLike) -> None:
    """Draw the two legs to the tip of b, and their shadows, one after the other, on the line of u; all (2,).

    u has length 1. Each shadow has its leg's colour. Short strokes across the line count whole lengths of u, from
    the origin to b's own shadow.
    """
    unit, tip = np.asarray(u, dtype=float), np.asarray(b, dtype=float)
    corner = np.array([tip[0], 0.0])
    feet = [np.zeros(2), (unit @ corner) * unit, (unit @ tip) * unit]
    axes.axline((0, 0), pair(unit), **_DOTTED)
    draw_legs(axes, tip, ("$b_1$", "$b_2$"))
    for place, start, foot, role in zip((corner, tip), feet[:-1], feet[1:], LEG_ROLES, strict=True):
        _draw_shadow(axes, place, foot, start=start, role=role)
    draw_arrow(axes, tip, r"$\boldsymbol{b}$", role="model")
    _draw_unit(axes, unit, name_at=0.5)
    for count in range(1, int(unit @ tip + ROUNDING) + 1):
        _draw_mark(axes, unit, count)


def draw_mirror(axes: Axes, u: ArrayLike) -> None:
    """Draw u, (2,) and of length 1, beside [1, 0], the shadow of each on the other, and the mirror between them."""
    unit, first = np.asarray(u, dtype=float), np.array([1.0, 0.0])
    axes.axline(
        (0, 0), pair(unit + first), **stroke("muted") | {"linestyle": "-.", "linewidth": 1.4}, zorder=1
    )
    end = 0.75 * (unit + first)
    write(axes, "mirror", pair(end), "muted", offset=(0, 5), ha="right", va="bottom")
    for tip, other, offset in ((unit, first, (0, -12)), (first, unit, (-13, 6))):
        foot = (tip @ other) * other
        _draw_shadow(axes, tip, foot)
        write(axes, "$u_1$", pair(foot / 2), "prediction", offset=offset, ha="center", va="center")
    draw_arrow(axes, first, "", role="model")
    write(axes, "[1, 0]", pair(first), "model", offset=(2, 12), ha="left", va="center")
    _draw_unit(axes, unit)


_DOTTED = stroke("muted") | {"linestyle": ":", "linewidth": 1.4, "zorder": 1}


def _draw_shadow(
    axes: Axes, tip: FloatArray, foot: FloatArray, *, start: ArrayLike = (0, 0), role: str = "prediction"
) -> None:
    """Draw a shadow as a band from start to foot, and, dashed, the perpendicular that casts it from tip."""
    band = np.array([start, foot])
    axes.plot(*band.T, color=PALETTE[role].light, linewidth=6, alpha=0.55, solid_capstyle="butt")
    axes.plot(*np.array([tip, foot]).T, **stroke("residual") | {"linestyle": "--"})


def _draw_unit(axes: Axes, unit: FloatArray, *, name_at: float = 1) -> None:
    """Draw u, its name to its left, where no shadow lies, this far along."""
    draw_arrow(axes, unit, "", role="data")
    place, offset = pair(name_at * unit), _left(unit)
    write(axes, r"$\boldsymbol{u}$", place, "data", offset=offset, ha="center", va="center")


def _draw_mark(axes: Axes, unit: FloatArray, count: int) -> None:
    """Draw a stroke across u's line, this many lengths of u from the origin, with its number to the left."""
    place, across = count * unit, np.array([-unit[1], unit[0]])
    ends = np.array([place - MARK / 2 * across, place + MARK / 2 * across])
    axes.plot(*ends.T, color=PALETTE["ink"].light, linewidth=1.4, zorder=4)
    write(axes, str(count), pair(place), "ink", offset=_left(unit), ha="center", va="center")


def _left(unit: FloatArray) -> tuple[float, float]:
    """Return the offset, in points, that puts a label to the left of one who walks along u."""
    return float(-11 * unit[1]), float(11 * unit[0])

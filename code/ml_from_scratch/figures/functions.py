"""A function of one variable: its curve, straight lines that touch or cut it, and walks along it."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import stroke, write, write_end
from ml_from_scratch.figures.runs import CURVE_ROLES
from ml_from_scratch.style import PALETTE

SMOOTH = 201  # points along a curve


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
    """Draw a walk on a curve: a dot at each point, x and heights both (k + 1,), and an arrow for each step.

    The first `numbered` dots bear their number, from 0. It stands below the dot, on the side that its next
    step leaves: where a curve falls along the walk, that side is free.
    """
    places, levels = np.asarray(x, dtype=float), np.asarray(heights, dtype=float)
    points = list(zip(places.tolist(), levels.tolist(), strict=True))
    colour = PALETTE[role].light
    axes.plot(places, levels, "o", color=colour, markersize=5.5, markeredgewidth=0, zorder=4)
    arrow = {"arrowstyle": "-|>", "mutation_scale": 9, "shrinkA": 2, "shrinkB": 2, "color": colour}
    for start, tip in zip(points, points[1:], strict=False):
        axes.annotate("", tip, xytext=start, arrowprops=arrow | {"linewidth": 1.1}, zorder=3)
    sides = np.sign(np.diff(places, append=2 * places[-1] - places[-2] if len(places) > 1 else 0.0))
    for number, (point, side) in enumerate(zip(points[:numbered], sides, strict=False)):
        offset = (-9 * float(side), -8)
        write(axes, str(number), point, role, offset=offset, ha="center", va="center", fontsize=10)


def draw_errors(axes: Axes, steps: ArrayLike, errors: Mapping[str, ArrayLike]) -> None:
    """Draw errors, each (n,), by the step h that they come from, (n,), both scales logarithmic.

    h shrinks from left to right, as a limit takes it. A curve's label stands at its left end; an error of
    zero has no place on the scale and is left out.
    """
    h = np.asarray(steps, dtype=float)
    axes.set(xscale="log", yscale="log", xlabel="step h", ylabel="error of the slope")
    for (label, values), role in zip(errors.items(), CURVE_ROLES, strict=False):
        sizes = np.asarray(values, dtype=float)
        seen = sizes > 0
        axes.plot(h[seen], sizes[seen], **stroke(role))
        first = int(np.argmax(h[seen]))
        end = (float(h[seen][first]), float(sizes[seen][first]))
        write(axes, label, end, role, offset=(-6, 0), ha="right", va="center", annotation_clip=False)
    axes.xaxis.set_inverted(True)

"""A probability over its data: yes-or-no answers, and the curve that says how likely a yes is."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import stroke, write
from ml_from_scratch.style import PALETTE


def draw_answers(axes: Axes, x: ArrayLike, answers: ArrayLike) -> None:
    """Draw each answer, 0 for no and 1 for yes, as a dot at that height; x and answers are (n,)."""
    data = PALETTE["data"]
    axes.plot(
        np.asarray(x), np.asarray(answers), data.marker, color=data.light, alpha=0.45, markeredgewidth=0
    )
    axes.set(ylim=(-0.12, 1.12))
    axes.set_yticks([0, 0.5, 1], ["no, 0", "0.5", "yes, 1"])


def draw_probability(axes: Axes, x: ArrayLike, probabilities: ArrayLike, *, label: str = "") -> None:
    """Draw the probability of a yes along x, both (n,), x rising; its label stands right of it, where it is at ¾."""
    along, heights = np.asarray(x, dtype=float), np.asarray(probabilities, dtype=float)
    axes.plot(along, heights, **stroke("model"), zorder=3)
    place = int(np.argmin(np.abs(heights - 0.75)))
    at = (float(along[place]), float(heights[place]))
    write(axes, label, at, "model", offset=(10, -4), va="center")


def draw_boundary(axes: Axes, at: float, *, label: str = "") -> None:
    """Draw an upright line at the value of x where yes and no are equally likely, its label low at its right."""
    axes.axvline(at, color=PALETTE["muted"].light, linestyle="--", linewidth=1.2, zorder=1)
    write(axes, label, (at, 0.2), "muted", offset=(7, 0), va="center")

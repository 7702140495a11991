"""A line over its data: observations, predictions, and what is left between them."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import stroke, write, write_end
from ml_from_scratch.style import PALETTE


def draw_points(axes: Axes, x: ArrayLike, y: ArrayLike) -> None:
    """Draw observations, x and y both (n,), as dots."""
    data = PALETTE["data"]
    axes.plot(np.asarray(x), np.asarray(y), data.marker, color=data.light, alpha=0.75, markeredgewidth=0)


def draw_line(
    axes: Axes, line: tuple[float, float], x: tuple[float, float], *, label: str = "", role: str = "model"
) -> None:
    """Draw the line (weight, bias) between two values of x, with its label at the right end."""
    weight, bias = line
    left, right = x
    axes.plot(x, (weight * left + bias, weight * right + bias), **stroke(role), zorder=3)
    write_end(axes, label, (right, weight * right + bias), role)


def draw_residuals(axes: Axes, x: ArrayLike, y: ArrayLike, predictions: ArrayLike) -> None:
    """Draw each residual as an upright stroke from prediction to observation; all are (n,)."""
    role = PALETTE["residual"]
    axes.vlines(x, predictions, y, colors=role.light, linewidths=role.width, zorder=1)


def draw_estimates(axes: Axes, estimates: ArrayLike, truth: tuple[float, float]) -> None:
    """Draw pairs of estimates, (n, 2), as a cloud, and the truth that they estimate as a cross."""
    first, second = np.asarray(estimates, dtype=float).T
    axes.plot(first, second, ".", color=PALETTE["model"].light, alpha=0.35, markersize=7, markeredgewidth=0)
    axes.plot(*truth, "+", color=PALETTE["ink"].light, markersize=16, markeredgewidth=2.2)
    halo = {"color": PALETTE["paper"].light, "alpha": 0.8, "pad": 1}
    write(axes, "truth", truth, "ink", offset=(10, 9), bbox=halo)

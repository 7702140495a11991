"""Runs of descent: the loss by step."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import stroke, write_end

# Several curves of one kind take these roles in turn: neighbours differ in colour, dash and width.
CURVE_ROLES = ("loss", "model", "prediction", "gradient", "data", "residual")


def draw_losses(axes: Axes, losses: Mapping[str, ArrayLike]) -> None:
    """Draw each run's losses, (k + 1,), by step on a logarithmic scale, its label at the last finite one."""
    axes.set(xlabel="step", ylabel="loss", yscale="log")
    for (label, values), role in zip(losses.items(), CURVE_ROLES, strict=False):
        run = np.asarray(values, dtype=float)
        finite = run[np.isfinite(run)]
        axes.plot(finite, **stroke(role))
        write_end(axes, label, (len(finite) - 1, finite[-1]), role)

"""What a learning rate does: the factor by which each direction's error changes per step."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import stroke, write_end
from ml_from_scratch.figures.runs import CURVE_ROLES
from ml_from_scratch.style import PALETTE


def draw_factors(axes: Axes, rates: ArrayLike, factors: Mapping[str, ArrayLike]) -> None:
    """Draw each direction's factor per step, (m,), over the rates, (m,), its label at the right end.

    Above the level of 1, which is drawn, the error grows.
    """
    across = np.asarray(rates, dtype=float)
    axes.axhline(1, color=PALETTE["muted"].light, linewidth=1)
    for (label, values), role in zip(factors.items(), CURVE_ROLES, strict=False):
        heights = np.asarray(values, dtype=float)
        axes.plot(across, heights, **stroke(role))
        write_end(axes, label, (float(across[-1]), float(heights[-1])), role)
    axes.set(xlabel="learning rate", ylabel="factor per step", xlim=(across[0], across[-1]), ylim=(0, None))

"""Loss curves without their story: what a training run shows of itself, one letter a panel."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, ScalarFormatter
from numpy.typing import ArrayLike

from ml_from_scratch.figures._marks import stroke
from ml_from_scratch.style import PALETTE

LOG_LIMITS, LOG_TICKS = (0.5, 500), (1, 10, 100)  # the same in each panel, so that heights compare


def draw_unlabelled(
    axes: Axes, losses: ArrayLike, letter: str, *, least: float, linear: bool = False
) -> None:
    """Draw a run's losses, (k + 1,), by step, under a letter; a loss that is not finite is left out.

    least is drawn as a dotted line: the smallest loss that the model can reach. The axis is logarithmic
    unless linear, and says which. A curve that leaves the frame goes on beyond it.
    """
    run = np.asarray(losses, dtype=float)
    last = max(len(run) - 1, 1)
    axes.axhline(least, color=PALETTE["muted"].light, linestyle=":", linewidth=1.2)
    axes.plot(np.where(np.isfinite(run), run, np.nan), **stroke("loss") | {"linewidth": 1.8})
    axes.set_title(letter, fontweight="bold")
    if linear:
        axes.set(ylabel="loss, linear", ylim=(0, None))
    else:
        axes.set(ylabel="loss", yscale="log", ylim=LOG_LIMITS)
        axes.yaxis.set_major_locator(FixedLocator(LOG_TICKS))
        axes.yaxis.set_major_formatter(ScalarFormatter())
        axes.yaxis.set_minor_locator(NullLocator())
    axes.set(
        xlim=(-0.05 * last, last), xticks=(0, last)
    )  # a fall in the first step stands clear of the frame

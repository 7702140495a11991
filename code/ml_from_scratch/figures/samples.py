"""Many draws at once: histograms and bars."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch.style import PALETTE


def draw_histograms(axes: Axes, samples: Mapping[str, ArrayLike], *, bins: ArrayLike) -> None:
    """Draw one histogram above the other on a common axis, the first on top, each to its own height.

    Comparing their widths is the point: each fills its row, whatever its peak.
    """
    edges = np.asarray(bins, dtype=float)
    for row, values in enumerate(reversed(list(samples.values()))):
        counts, _ = np.histogram(np.asarray(values), bins=edges)
        heights = row + 0.85 * counts / counts.max()
        axes.stairs(heights, edges, baseline=row, fill=True, color=PALETTE["data"].light, alpha=0.35)
        axes.stairs(heights, edges, baseline=row, color=PALETTE["data"].light, linewidth=1.4)
    axes.set(xlim=(edges[0], edges[-1]), ylim=(0, len(samples)))
    axes.set_yticks(np.arange(len(samples)) + 0.2, reversed(list(samples)))
    axes.tick_params(axis="y", length=0, labelsize=11, labelcolor=PALETTE["data"].light)
    axes.spines["left"].set_visible(False)


def draw_bars(axes: Axes, heights: ArrayLike) -> None:
    """Draw predictions, (n,), as bars, numbered from one."""
    tops = np.asarray(heights, dtype=float)
    axes.bar(np.arange(1, len(tops) + 1), tops, width=0.7, color=PALETTE["prediction"].light)
    axes.set_xticks([1, len(tops)])

"""One `draw_…` per kind of picture: it takes axes and finished data, and neither fits, saves nor shows.

Colours are the palette's roles. A label stands on what it names and wears its colour, so no picture needs a
legend; dash and width say the same to an eye that sees no colour.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray
from ml_from_scratch.style import PALETTE

# Several curves of one kind take these roles in turn: neighbours differ in colour, dash and width.
CURVE_ROLES = ("loss", "model", "prediction", "gradient", "data", "residual")


def draw_plane(axes: Axes, *, x: tuple[float, float], y: tuple[float, float]) -> None:
    """Draw a plane for arrows, from and to these limits: equal units, axes that cross at the origin."""
    axes.set(xlim=x, ylim=y, aspect="equal")
    axes.spines[["left", "bottom"]].set_visible(False)
    for draw in (axes.axhline, axes.axvline):
        draw(0, color=PALETTE["rule"].light, linewidth=1, zorder=0)
    axes.tick_params(length=0)
    axes.locator_params(integer=True)


def draw_arrow(
    axes: Axes, tip: ArrayLike, label: str, *, start: ArrayLike = (0, 0), role: str = "data"
) -> None:
    """Draw the arrow from start to tip, both (2,), with its label just beyond the tip."""
    tail, head = np.asarray(start, dtype=float), np.asarray(tip, dtype=float)
    arrow = {
        "arrowstyle": "-|>",
        "mutation_scale": 15,
        "shrinkA": 0,
        "shrinkB": 0,
        "color": PALETTE[role].light,
    }
    axes.annotate(
        "", _pair(head), xytext=_pair(tail), arrowprops=arrow | {"linewidth": PALETTE[role].width + 0.8}
    )
    beyond = 11 * (head - tail) / np.hypot(*(head - tail))
    _label(axes, label, _pair(head), role, offset=_pair(beyond), ha="center", va="center")


def draw_label(axes: Axes, text: str, at: tuple[float, float], *, role: str = "ink") -> None:
    """Write a label centred at this place, in the colour of what it names."""
    _label(axes, text, at, role, ha="center", va="center")


def draw_angle(axes: Axes, a: ArrayLike, b: ArrayLike, *, label: str = "θ", radius: float = 0.6) -> None:
    """Draw the arc about the origin from the direction of a to that of b, both (2,), the short way round."""
    (ax, ay), (bx, by) = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    first, turn = np.arctan2(ay, ax), np.arctan2(ax * by - ay * bx, ax * bx + ay * by)
    arc = first + np.linspace(0, turn, 60)
    axes.plot(radius * np.cos(arc), radius * np.sin(arc), color=PALETTE["muted"].light, linewidth=1.4)
    x, y = np.cos(first + turn / 2), np.sin(first + turn / 2)
    offset = (10 * x, 10 * y)
    _label(axes, label, (radius * x, radius * y), "muted", offset=offset, ha="center", va="center")


def draw_projection(axes: Axes, a: ArrayLike, b: ArrayLike, shadow: ArrayLike) -> None:
    """Draw a, b and b's shadow on the line of a, all (2,), with the perpendicular that casts it."""
    (bx, by), (x, y) = np.asarray(b, dtype=float), np.asarray(shadow, dtype=float)
    axes.plot(
        [0, x], [0, y], color=PALETTE["prediction"].light, linewidth=6, alpha=0.55, solid_capstyle="butt"
    )
    axes.plot([bx, x], [by, y], **_stroke("residual") | {"linestyle": "--"})
    draw_arrow(axes, a, r"$\boldsymbol{a}$", role="data")
    draw_arrow(axes, b, r"$\boldsymbol{b}$", role="model")
    _label(axes, "shadow", (x / 2, y / 2), "prediction", offset=(4, -13), ha="center", va="center")


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
    axes.plot(x, (weight * left + bias, weight * right + bias), **_stroke(role), zorder=3)
    _label_end(axes, label, (right, weight * right + bias), role)


def draw_residuals(axes: Axes, x: ArrayLike, y: ArrayLike, predictions: ArrayLike) -> None:
    """Draw each residual as an upright stroke from prediction to observation; all are (n,)."""
    role = PALETTE["residual"]
    axes.vlines(x, predictions, y, colors=role.light, linewidths=role.width, zorder=1)


def draw_losses(axes: Axes, losses: Mapping[str, ArrayLike]) -> None:
    """Draw each run's losses, (k + 1,), by step on a logarithmic scale, its label at the last finite one."""
    axes.set(xlabel="step", ylabel="loss", yscale="log")
    for (label, values), role in zip(losses.items(), CURVE_ROLES, strict=False):
        run = np.asarray(values, dtype=float)
        finite = run[np.isfinite(run)]
        axes.plot(finite, **_stroke(role))
        _label_end(axes, label, (len(finite) - 1, finite[-1]), role)


def draw_estimates(axes: Axes, estimates: ArrayLike, truth: tuple[float, float]) -> None:
    """Draw pairs of estimates, (n, 2), as a cloud, and the truth that they estimate as a cross."""
    first, second = np.asarray(estimates, dtype=float).T
    axes.plot(first, second, ".", color=PALETTE["model"].light, alpha=0.35, markersize=7, markeredgewidth=0)
    axes.plot(*truth, "+", color=PALETTE["ink"].light, markersize=16, markeredgewidth=2.2)
    halo = {"color": PALETTE["paper"].light, "alpha": 0.8, "pad": 1}
    _label(axes, "truth", truth, "ink", offset=(10, 9), bbox=halo)


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


def _stroke(role: str) -> dict[str, Any]:
    return {"color": PALETTE[role].light, "linestyle": PALETTE[role].dash, "linewidth": PALETTE[role].width}


def _pair(v: FloatArray) -> tuple[float, float]:
    return float(v[0]), float(v[1])


def _label_end(axes: Axes, text: str, end: tuple[float, float], role: str) -> None:
    # Curves may end at the frame, where their labels stand outside it.
    _label(axes, text, end, role, offset=(5, 0), va="center", annotation_clip=False)


def _label(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    role: str,
    *,
    offset: tuple[float, float] = (0, 0),
    **how: Any,
) -> None:
    # The offset is in points, so that a label keeps its distance whatever the data's units.
    axes.annotate(text, at, xytext=offset, textcoords="offset points", color=PALETTE[role].light, **how)

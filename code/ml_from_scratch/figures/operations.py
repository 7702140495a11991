"""What is done with vectors: sums of arrows, products entry by entry, tables of dot products, and their cost."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray
from ml_from_scratch.figures._marks import pair, stroke, write, write_end
from ml_from_scratch.figures.arrows import draw_arrow
from ml_from_scratch.style import PALETTE

# Neighbours differ in colour, dash and width.
TIMING_ROLES = ("loss", "model", "prediction", "gradient", "data", "residual")


def draw_sum(axes: Axes, a: ArrayLike, b: ArrayLike) -> None:
    """Draw a + b, all (2,), tip to tail: b starts where a ends; dashed, the way round with b first."""
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    whole = first + second
    other_way = np.array([np.zeros(2), second, whole])
    axes.plot(*other_way.T, color=PALETTE["muted"].light, linestyle="--", linewidth=1.3, zorder=1)
    draw_arrow(axes, whole, r"$\boldsymbol{a} + \boldsymbol{b}$", role="gradient")
    for name, start, step, role in (("a", np.zeros(2), first, "data"), ("b", first, second, "model")):
        draw_arrow(axes, start + step, "", start=start, role=role)
        middle = pair(start + step / 2)
        label = rf"$\boldsymbol{{{name}}}$"
        write(axes, label, middle, role, offset=_aside(step), ha="center", va="center")


def draw_signs(axes: Axes, a: ArrayLike, others: ArrayLike, products: ArrayLike) -> None:
    """Draw a, (2,), among other arrows, (n, 2), each labelled with its dot product with a, (n,).

    The dashed line through the origin stands at a right angle to a.
    """
    x, y = np.asarray(a, dtype=float)
    axes.axline((0, 0), (-y, x), **stroke("muted") | {"linestyle": "--", "linewidth": 1.4}, zorder=1)
    for arrow, product in zip(np.asarray(others, dtype=float), np.asarray(products), strict=True):
        draw_arrow(axes, arrow, _signed(product, plus=True) if product else "", role=_sign_role(product))
        if not product:  # beside the dashed line, not on it
            write(axes, "0", pair(arrow), "muted", offset=_aside(arrow), ha="center", va="center")
    draw_arrow(axes, (x, y), "", role="ink")
    name = r"$\boldsymbol{a}$"
    write(axes, name, (x / 2, y / 2), "ink", offset=_aside((x, y)), ha="center", va="center")


def draw_entries(axes: Axes, names: Sequence[str], values: ArrayLike) -> None:
    """Draw a vector's entries, (d,), as bars to the right or left of zero, the first on top, each with its value."""
    entries = np.asarray(values, dtype=float)
    reach = 1.7 * np.abs(entries).max()
    for row, value in enumerate(entries):
        role, offset, side = _sign_role(value), (5, 0), "left"
        if value < 0:
            offset, side = (-5, 0), "right"
        axes.barh(row, value, height=0.62, color=PALETTE[role].light)
        write(axes, _signed(value), (value, row), role, offset=offset, ha=side, va="center")
    axes.axvline(0, color=PALETTE["muted"].light, linewidth=1)
    axes.set(xlim=(-reach, reach), ylim=(len(entries) - 0.5, -0.5), xticks=[])
    axes.set_yticks(range(len(entries)), names)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)


def draw_response(
    axes: Axes, scores: ArrayLike, outputs: ArrayLike, marks: Mapping[str, tuple[float, float]]
) -> None:
    """Draw a neuron's output, (n,), by its score, (n,), with named points (score, output) on the curve."""
    axes.plot(np.asarray(scores), np.asarray(outputs), **stroke("model"))
    for name, point in marks.items():
        axes.plot(*point, "o", color=PALETTE["data"].light, markersize=8, zorder=3)
        write(axes, name, point, "data", offset=(8, -12))
    axes.set(xlabel="score z", ylabel="output σ(z)", yticks=[0, 0.5, 1])


def draw_product_table(
    axes: Axes,
    A: ArrayLike,
    B: ArrayLike,
    product: ArrayLike,
    *,
    entry: tuple[int, int],
    names: tuple[str, str],
) -> None:
    """Draw A, (n, d), at the left, B, (d, m), on top, and their product, (n, m), where rows meet columns.

    entry: row and column, from 0, of the product's entry to frame, with the row and the column that it comes from.
    names: of A, written above it, and of B, written to its left.
    """
    left, top = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    (n, d), m, (row, column) = left.shape, top.shape[1], entry
    gap = 0.5
    for values, x, y, role in (
        (left, 0.0, d + gap, "data"),
        (top, d + gap, 0.0, "model"),
        (np.asarray(product, dtype=float), d + gap, d + gap, "ink"),
    ):
        _write_grid(axes, values, (x, y), role)
    write(axes, names[0], (d / 2, d + gap), "data", offset=(0, 6), ha="center", va="bottom")
    write(axes, names[1], (d + gap, d / 2), "model", offset=(-6, 0), ha="right", va="center")
    _frame(axes, (0, d + gap + row), (d, 1), "data")
    _frame(axes, (d + gap + column, 0), (1, d), "model")
    _frame(axes, (d + gap + column, d + gap + row), (1, 1), "ink")
    axes.set(xlim=(-0.1, d + gap + m + 0.1), ylim=(d + gap + n + 0.1, -0.1), aspect="equal")
    axes.set_axis_off()


def draw_timings(axes: Axes, sizes: ArrayLike, seconds: Mapping[str, ArrayLike]) -> None:
    """Draw each method's time, (n,) seconds, by size, (n,), on logarithmic axes; its label at the largest size."""
    axes.set(xscale="log", yscale="log", ylabel="microseconds")
    x = np.asarray(sizes, dtype=float)
    for (label, times), role in zip(seconds.items(), TIMING_ROLES, strict=False):
        y = 1e6 * np.asarray(times, dtype=float)
        axes.plot(x, y, **stroke(role), marker="o", markersize=4)
        write_end(axes, label, (float(x[-1]), float(y[-1])), role)


def _sign_role(value: float) -> str:
    """Return the role of a value above, at or below zero."""
    return "data" if value > 0 else "model" if value < 0 else "muted"


def _signed(value: float, *, plus: bool = False) -> str:
    """Return a value as a label, its minus sign as long as a plus."""
    return f"{value:{'+' if plus else ''}g}".replace("-", "\N{MINUS SIGN}")


def _aside(step: ArrayLike) -> tuple[float, float]:
    """Return the offset, in points, that puts a label to the right of one who walks this step, (2,)."""
    x, y = np.asarray(step, dtype=float)
    return float(11 * y / np.hypot(x, y)), float(-11 * x / np.hypot(x, y))


def _write_grid(axes: Axes, values: FloatArray, at: tuple[float, float], role: str) -> None:
    """Write a matrix, its upper left corner here, one unit a cell, downwards."""
    for (i, j), value in np.ndenumerate(values):
        write(axes, _signed(value), (at[0] + j + 0.5, at[1] + i + 0.5), role, ha="center", va="center")
    rows, columns = values.shape
    axes.add_patch(
        Rectangle(at, columns, rows, facecolor=PALETTE["surface"].light, edgecolor=PALETTE["rule"].light)
    )


def _frame(axes: Axes, at: tuple[float, float], size: tuple[float, float], role: str) -> None:
    """Frame cells."""
    axes.add_patch(
        Rectangle(at, *size, fill=False, edgecolor=PALETTE[role].light, linewidth=2, clip_on=False)
    )

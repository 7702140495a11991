"""What the pictures share: strokes in their role's look, and labels that stand on what they name."""

from typing import Any

from matplotlib.axes import Axes

from ml_from_scratch._checks import FloatArray
from ml_from_scratch.style import PALETTE


def stroke(role: str) -> dict[str, Any]:
    """Return how a role's line looks, as Matplotlib's keywords."""
    return {"color": PALETTE[role].light, "linestyle": PALETTE[role].dash, "linewidth": PALETTE[role].width}


def pair(v: FloatArray) -> tuple[float, float]:
    """Return a (2,) array as the tuple that Matplotlib's types ask for."""
    return float(v[0]), float(v[1])


def write_end(axes: Axes, text: str, end: tuple[float, float], role: str) -> None:
    """Write a curve's label beside its end, which may lie on the frame: it then stands outside."""
    write(axes, text, end, role, offset=(5, 0), va="center", annotation_clip=False)


def write(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    role: str,
    *,
    offset: tuple[float, float] = (0, 0),
    **how: Any,
) -> None:
    """Write words at a place, in their role's colour.

    offset is in points, so that a label keeps its distance whatever the data's units.
    """
    axes.annotate(text, at, xytext=offset, textcoords="offset points", color=PALETTE[role].light, **how)

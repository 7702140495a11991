"""Gradient descent: the one loop that trains every model, and the record of its run."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray, as_floats, count, numbers, positive


class Outcome(StrEnum):
    """How a run ended.

    CONVERGED: the next step would lead to a point visited before, and close by, so no
    later step would find a new one. Either the step changes no digit of the point, or the walk
    circles the minimum within the last digits. (It speaks of the walk: at a rate so
    small that rounding swallows each step, the walk ends anywhere.)
    OUT_OF_STEPS: every step was taken, and the walk had not converged: it was still
    finding new points, or swings between old ones.
    DIVERGED: the loss or the gradient at the last point, or the point after it, is not
    a finite number.
    """

    CONVERGED = "converged"
    OUT_OF_STEPS = "out of steps"
    DIVERGED = "diverged"


@dataclass(frozen=True, eq=False)
class Descent:
    """The record of a run, its start included; k is the number of steps taken.

    points: (k + 1, d), or (k + 1,) where the start was a number; the point after i
    steps is points[i]. All finite.
    losses: (k + 1,), the loss at each point, or None where no loss was given. Only the
    last may not be finite.
    outcome: how the run ended.
    """

    points: FloatArray
    losses: FloatArray | None
    outcome: Outcome

    @property
    def steps(self) -> int:
        """Number of steps taken, one less than the number of points."""
        return len(self.points) - 1

    @property
    def end(self) -> FloatArray:
        """Last point: (d,), or a NumPy number where the start was a number."""
        last: FloatArray = self.points[-1]
        return last


def gradient_descent(
    gradient: Callable[[FloatArray], ArrayLike],
    start: ArrayLike,
    *,
    learning_rate: float,
    steps: int,
    loss: Callable[[FloatArray], float] | None = None,
) -> Descent:
    """Walk downhill: point ← point - learning_rate · gradient(point), `steps` times.

    start is (d,), or a number for a function of one variable. gradient is called with a
    read-only point of that shape, and returns an array of the same shape. loss, if
    given, is called at every point and recorded; it does not steer. The walk ends early
    where it has converged, and at the first loss, gradient or point that is not finite.
    It never raises for that, and silences NumPy's overflow warnings: the outcome says
    it (see Outcome).

    Raises ValueError or TypeError for a start, rate or number of steps that makes no
    sense, and for a gradient of another shape. Source: Nocedal & Wright, "Numerical
    Optimization" (2006), §2.2.
    """
    point = numbers("start", start).copy()
    if point.ndim > 1:
        raise ValueError(f"start must be a number or a vector (d,); got {point.shape}.")
    learning_rate = positive("learning_rate", learning_rate)
    steps = count("steps", steps, least=0)

    points: list[FloatArray] = []
    losses: list[float] = []
    visited: set[bytes] = set()
    outcome = Outcome.OUT_OF_STEPS
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps + 1):
            point = _read_only(point)
            points.append(point)
            if loss is not None:
                losses.append(float(_value("loss", loss, point, shape=())))
                if not math.isfinite(losses[-1]):
                    outcome = Outcome.DIVERGED
                    break
            if step == steps:
                break
            slope = _value("gradient", gradient, point, shape=point.shape)
            next_point = point - learning_rate * slope
            if not np.isfinite(next_point).all():
                outcome = Outcome.DIVERGED
                break
            visited.add(point.tobytes())
            if next_point.tobytes() in visited and _is_close(next_point, point):
                outcome = Outcome.CONVERGED
                break
            point = next_point
    recorded = _read_only(np.array(losses)) if loss is not None else None
    return Descent(_read_only(np.array(points)), recorded, outcome)


def _value(
    name: str, function: Callable[[FloatArray], ArrayLike], point: FloatArray, *, shape: tuple[int, ...]
) -> FloatArray:
    """Value of the caller's function, finite or not, in the shape it must have."""
    try:
        # [()] turns an array of shape () into the number that a function of one
        # variable expects.
        value = as_floats(f"{name}(point)", function(point[()]))
    except OverflowError:  # Python's own floats raise where NumPy's become infinite
        return np.full(shape, np.inf)
    if value.shape != shape:
        raise ValueError(f"{name}(point) must have shape {shape}; got {value.shape}.")
    return value


def _is_close(a: FloatArray, b: FloatArray) -> bool:
    """Whether two points agree in their upper digits, as the ends of a swing do not."""
    return bool(np.abs(a - b).max() <= 1e-8 * np.abs(b).max())


def _read_only(array: FloatArray) -> FloatArray:
    """Lock the array: a recorded run must not change under its reader."""
    array.setflags(write=False)
    return array

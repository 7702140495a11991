"""Gradients measured instead of derived: the witness for every derivation."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray, number, numbers, positive

EPSILON = float(np.finfo(np.float64).eps)

# A central difference with step h errs by about h² because f's curvature changes, and by
# EPSILON / h because f is rounded. The sum is least near the cube root of EPSILON, 6e-6:
# Nocedal & Wright, "Numerical Optimization" (2006), §8.1.
RELATIVE_STEP = EPSILON ** (1 / 3)


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """A derived gradient beside the measured one, at one point.

    analytic, numeric: the two gradients, of the point's shape.
    relative_error: ‖analytic - numeric‖ over the longer of the two; 0 if both are zero.
    passed: whether they agree, to the tolerance or to the rounding of the measurement.
    """

    analytic: FloatArray
    numeric: FloatArray
    relative_error: float
    passed: bool


def central_difference(
    f: Callable[[FloatArray], float], point: ArrayLike, *, step: float | None = None
) -> FloatArray:
    """Measure the gradient of f: (f(x + h eᵢ) - f(x - h eᵢ)) / 2h along each axis i.

    point is (d,), or a number for a function of one variable; the result has its shape,
    in units of f per unit of the coordinate. f is called 2d times. step is h, by
    default 6e-6 · max(1, |xᵢ|): about 10 correct digits where f is smooth and changes
    on a scale near 1. Raises ValueError where f(point) is not one finite number.
    Source: Nocedal & Wright, "Numerical Optimization" (2006), §8.1.
    """
    centre = _point(point)
    steps = _axis_steps(centre, step)
    gradient = np.empty(centre.shape)
    for axis in np.ndindex(centre.shape):
        above, below = centre.copy(), centre.copy()
        above[axis] += steps[axis]
        below[axis] -= steps[axis]
        # x + h is rounded, so the distance between the two points is measured rather
        # than taken as 2h.
        distance = above[axis] - below[axis]
        if distance == 0:
            raise ValueError(f"step {steps[axis]:g} does not move {centre[axis]:g}.")
        gradient[axis] = (_height(f, above) - _height(f, below)) / distance
    return gradient[()]


def check_gradient(
    f: Callable[[FloatArray], float],
    gradient: Callable[[FloatArray], ArrayLike],
    point: ArrayLike,
    *,
    tolerance: float = 1e-6,
) -> GradientCheck:
    """Compare a derived gradient of f with central differences at a point.

    point is (d,) or a number, and gradient(point) has its shape. A wrong sign, a
    missing factor 2 or a sum in place of a mean each give a relative error of 0.5 or
    more; a correct gradient, one near 1e-9. At a minimum both gradients vanish and what
    is left is rounding, so a difference that small passes too.
    Raises ValueError where a value is not finite or has the wrong shape.
    """
    centre = _point(point)
    tolerance = positive("tolerance", tolerance)
    analytic = numbers("gradient(point)", gradient(centre.copy()[()]))
    if analytic.shape != centre.shape:
        expected = f"gradient(point) must have shape {centre.shape}"
        raise ValueError(f"{expected}; got {analytic.shape}.")
    numeric = central_difference(f, centre)

    difference = float(np.linalg.norm(analytic - numeric))
    longer = max(float(np.linalg.norm(analytic)), float(np.linalg.norm(numeric)))
    # f is itself rounded: allow it a few units in the last place at each end of a step.
    noise = 8 * EPSILON * abs(_height(f, centre))
    rounding = float(np.linalg.norm(noise / _axis_steps(centre, None)))
    return GradientCheck(
        analytic=analytic,
        numeric=numeric,
        relative_error=difference / longer if longer else 0.0,
        passed=difference <= tolerance * longer + rounding,
    )


def _point(point: ArrayLike) -> FloatArray:
    checked = numbers("point", point)
    if checked.ndim > 1:
        raise ValueError(f"point must be a number or have shape (d,); got {checked.shape}.")
    return checked


def _axis_steps(centre: FloatArray, step: float | None) -> FloatArray:
    if step is None:
        steps: FloatArray = RELATIVE_STEP * np.maximum(1.0, np.abs(centre))
        return steps
    return np.full(centre.shape, positive("step", step))


def _height(f: Callable[[FloatArray], float], point: FloatArray) -> float:
    return number("f(point)", f(point[()]))

"""Central differences against derivatives known in closed form, and the check against planted faults."""

import math

import numpy as np
import pytest

from ml_from_scratch import (
    central_difference,
    check_gradient,
    least_squares,
    mean_squared_error,
    mean_squared_error_gradient,
    noisy_line,
)

data = noisy_line(np.random.default_rng(42))


def loss(point):
    return mean_squared_error(data.y, data.X @ point[:-1] + point[-1])


def gradient(point):
    return np.append(*mean_squared_error_gradient(data.X, data.y, point[:-1], point[-1]))


def test_gradient_of_a_quadratic_is_exact_up_to_rounding():
    # f = x² + 3xy, so ∂f/∂x = 2x + 3y = 16 and ∂f/∂y = 3x = 6 at (2, 4).
    assert central_difference(lambda p: p[0] ** 2 + 3 * p[0] * p[1], [2.0, 4.0]) == pytest.approx(
        [16, 6], rel=1e-9
    )


def test_default_step_gives_ten_digits_of_a_smooth_function():
    points = np.random.default_rng(0).uniform(-3, 3, 50)
    measured = [central_difference(math.sin, x) for x in points]
    assert measured == pytest.approx(np.cos(points), abs=2e-10)


def test_default_step_beats_steps_that_are_ten_times_larger_or_smaller():
    points = np.random.default_rng(0).uniform(0.5, 1.5, 50)

    def worst(step):
        return max(abs(central_difference(math.exp, x, step=step) - math.exp(x)) for x in points)

    default = max(abs(central_difference(math.exp, x) - math.exp(x)) for x in points)
    assert default < worst(6e-5)
    assert default < worst(6e-7)


def test_step_follows_the_size_of_the_coordinate():
    assert central_difference(lambda x: x**2, 1e12) == pytest.approx(2e12, rel=1e-9)


def test_a_number_gives_a_number_and_a_vector_a_vector():
    assert np.shape(central_difference(lambda x: (x - 3) ** 2, 0.0)) == ()
    assert central_difference(lambda x: (x - 3) ** 2, 0.0) == pytest.approx(-6, rel=1e-9)  # 2(0 - 3)
    assert central_difference(lambda p: p[0], [1.0]).shape == (1,)


def test_the_function_cannot_change_the_point():
    point = np.array([1.0, 2.0])

    def spoils(p):
        p[:] = 0
        return 0.0

    central_difference(spoils, point)
    assert point.tolist() == [1, 2]


def test_a_step_that_rounding_changes_is_measured():
    # Near 1e8 floats lie 1.5e-8 apart, so a step of 1e-7 is off by up to 7 %; the slope is 1 all the same.
    assert central_difference(lambda x: x, 1e8, step=1e-7) == 1


def test_a_step_that_rounding_swallows_is_refused():
    with pytest.raises(ValueError, match=r"^step 1e-20 does not move 1\.$"):
        central_difference(lambda p: p[0], [1.0], step=1e-20)


def test_values_that_are_not_one_finite_number_are_refused():
    with pytest.raises(ValueError, match=r"^f\(point\) must be finite; got nan\.$"):
        central_difference(lambda _: np.nan, [1.0])
    with pytest.raises(ValueError, match=r"^f\(point\) must be one number; got shape \(1,\)\.$"):
        central_difference(lambda p: p, [1.0])


def test_a_matrix_is_no_point():
    with pytest.raises(ValueError, match=r"^point must be a number or have shape \(d,\); got \(2, 2\)\.$"):
        central_difference(lambda _: 0.0, np.ones((2, 2)))


@pytest.mark.parametrize("seed", range(10))
def test_the_books_gradient_passes_anywhere(seed):
    check = check_gradient(loss, gradient, np.random.default_rng(seed).normal(size=2) * 10)
    assert check.passed is True
    assert check.relative_error < 1e-8


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (lambda g: -g, 2.0),  # ‖-g - g‖ / ‖g‖
        (lambda g: g / 2, 0.5),  # ‖g/2 - g‖ / ‖g‖
        (lambda g: g * 100, 0.99),  # a sum over n = 100, not a mean: ‖100g - g‖ / ‖100g‖
        (lambda g: g * [1, 0], None),  # the bias forgotten
        (lambda g: g[::-1], None),  # bias before weights
    ],
)
def test_a_wrong_gradient_fails(fault, error):
    check = check_gradient(loss, lambda p: fault(gradient(p)), [0.5, -1.0])
    assert check.passed is False
    assert check.relative_error > 0.1
    if error is not None:
        assert check.relative_error == pytest.approx(error, rel=1e-6)


def test_at_the_minimum_rounding_is_no_fault():
    weights, bias = least_squares(data.X, data.y)
    check = check_gradient(loss, gradient, np.append(weights, bias))
    assert check.passed is True


def test_near_the_minimum_a_wrong_sign_still_fails():
    weights, bias = least_squares(data.X, data.y)
    check = check_gradient(loss, lambda p: -gradient(p), np.append(weights, bias + 1e-6))
    assert check.passed is False


def test_two_zero_gradients_agree():
    check = check_gradient(lambda _: 0.0, lambda _: [0.0, 0.0], [1.0, 2.0])
    assert (check.relative_error, check.passed) == (0.0, True)


def test_tolerance_decides():
    def slightly_off(p):
        return gradient(p) * (1 + 1e-4)

    assert not check_gradient(loss, slightly_off, [0.5, -1.0]).passed
    assert check_gradient(loss, slightly_off, [0.5, -1.0], tolerance=1e-3).passed


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"^gradient\(point\) must have shape \(2,\); got \(1,\)\.$"):
        check_gradient(loss, lambda _: [1.0], [0.5, -1.0])

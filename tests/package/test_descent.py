"""The loop against a bare one, against the factor that theory predicts, and at each of its three ends."""

import dataclasses
import math

import numpy as np
import pytest

from ml_from_scratch import (
    Outcome,
    gradient_descent,
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


def parabola_slope(x):
    return 2 * (x - 3)  # of (x - 3)²


def bare_loop(learning_rate, steps):
    """The book's loop in plain NumPy, without the package; every (w, b) and loss that it passes."""
    x, y, n = data.X[:, 0], data.y, len(data.y)
    w, b, points, losses = 0.0, 0.0, [], []
    for _ in range(steps + 1):
        residuals = y - (w * x + b)
        points.append((w, b))
        losses.append(np.mean(residuals**2))
        w_gradient = -(2 / n) * (x @ residuals)
        b_gradient = -(2 / n) * residuals.sum()
        w, b = w - learning_rate * w_gradient, b - learning_rate * b_gradient
    return np.array(points), np.array(losses)


def test_a_thousand_steps_equal_the_bare_loop_to_the_last_digit():
    run = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1000, loss=loss)
    points, losses = bare_loop(0.01, 1000)
    assert np.array_equal(run.points, points)
    assert np.array_equal(run.losses, losses)
    assert run.outcome is Outcome.OUT_OF_STEPS


def test_the_run_of_chapter_six_ends_where_it_should():
    run = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1000)
    assert run.end.round(4).tolist() == [2.0077, 2.987]  # the least-squares line of these data, not (2, 3)
    assert run.end == pytest.approx(np.append(*least_squares(data.X, data.y)), rel=1e-8)


def test_the_loss_falls_at_every_step_until_within_rounding_of_its_minimum():
    losses = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1000, loss=loss).losses
    far = losses[:-1] - losses.min() > 1e-14
    assert far.sum() > 700
    assert (np.diff(losses)[far] < 0).all()


def test_a_small_rate_is_too_slow():
    run = gradient_descent(gradient, [0, 0], learning_rate=0.001, steps=1000)
    assert run.end[1].round(2) == 2.58  # b, on its way to 2.99


def test_rate_one_half_diverges_when_the_loss_overflows_at_step_189():
    run = gradient_descent(gradient, [0, 0], learning_rate=0.5, steps=1000, loss=loss)
    assert run.outcome is Outcome.DIVERGED
    assert run.steps == 189
    assert run.losses[-1] == math.inf
    assert np.isfinite(run.losses[:-1]).all()
    assert np.isfinite(run.points).all()


def test_without_a_loss_divergence_is_seen_later_in_the_point():
    run = gradient_descent(gradient, [0, 0], learning_rate=0.5, steps=1000)
    assert run.outcome is Outcome.DIVERGED
    assert run.losses is None
    assert run.steps > 189
    assert np.isfinite(run.points).all()


def test_the_parabolas_error_shrinks_by_the_predicted_factor():
    run = gradient_descent(parabola_slope, 0, learning_rate=0.1, steps=50)
    errors = run.points - 3
    assert errors[1:] / errors[:-1] == pytest.approx(0.8, rel=1e-9)  # 1 - 2*0.1
    assert abs(errors[30]) == pytest.approx(3 * 0.8**30, rel=1e-12)
    assert abs(errors[30]).round(4) == 0.0037


def test_a_number_starts_a_run_of_numbers():
    run = gradient_descent(parabola_slope, 0, learning_rate=0.1, steps=50, loss=lambda x: (x - 3) ** 2)
    assert run.points.shape == (51,)
    assert run.losses.shape == (51,)
    assert isinstance(run.end, float)
    assert f"{run.end:.4f}" == "3.0000"


def test_start_and_every_step_are_recorded():
    run = gradient_descent(lambda _: [1.0, 2.0], [5, 7], learning_rate=0.5, steps=2)
    assert run.points.tolist() == [[5, 7], [4.5, 6], [4, 5]]  # minus 0.5 * [1, 2] each time
    assert run.steps == 2
    assert run.end.tolist() == [4, 5]


def test_no_steps_leave_the_start():
    run = gradient_descent(parabola_slope, 1.0, learning_rate=0.1, steps=0, loss=lambda x: x)
    assert (run.points.tolist(), run.losses.tolist(), run.outcome) == ([1], [1], Outcome.OUT_OF_STEPS)


def test_a_run_from_the_minimum_has_converged_at_once():
    run = gradient_descent(parabola_slope, 3.0, learning_rate=0.1, steps=10)
    assert (run.steps, run.outcome) == (0, Outcome.CONVERGED)


def test_convergence_means_that_more_steps_would_find_nothing_new():
    run = gradient_descent(gradient, [0, 0], learning_rate=0.1, steps=10_000, loss=loss)
    assert run.outcome is Outcome.CONVERGED
    assert run.steps < 1000
    assert run.end == pytest.approx(np.append(*least_squares(data.X, data.y)), rel=1e-14)
    later, _ = bare_loop(0.1, run.steps + 500)
    visited = {point.tobytes() for point in run.points}
    assert all(point.tobytes() in visited for point in later)


def test_a_swing_between_the_sides_of_a_valley_has_not_converged():
    run = gradient_descent(parabola_slope, 0.0, learning_rate=1.0, steps=9)  # 0, 6, 0, 6, …
    assert run.outcome is Outcome.OUT_OF_STEPS
    assert run.points.tolist() == [0, 6] * 5


def test_a_loss_that_is_not_finite_at_the_start_ends_the_run_there():
    run = gradient_descent(parabola_slope, 0.0, learning_rate=0.1, steps=9, loss=lambda _: math.nan)
    assert (run.steps, run.outcome) == (0, Outcome.DIVERGED)
    assert math.isnan(run.losses[0])


def test_a_gradient_that_is_not_finite_ends_the_run_before_it_moves():
    run = gradient_descent(lambda _: [np.nan, 0.0], [1.0, 2.0], learning_rate=0.1, steps=9)
    assert (run.points.tolist(), run.outcome) == ([[1, 2]], Outcome.DIVERGED)


def test_an_overflow_that_python_raises_is_divergence_too():
    run = gradient_descent(lambda x: -math.exp(x), 1.0, learning_rate=1.0, steps=100)
    assert run.outcome is Outcome.DIVERGED


def test_other_errors_of_the_callers_function_pass_through():
    def broken(point):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        gradient_descent(broken, 1.0, learning_rate=0.1, steps=1)


def test_the_record_cannot_be_changed():
    run = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=3, loss=loss)
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.outcome = Outcome.CONVERGED
    for recorded in (run.points, run.losses, run.end):
        with pytest.raises(ValueError, match="read-only"):
            recorded[0] = 1


def test_the_callers_start_is_left_as_it_was():
    start = np.zeros(2)
    gradient_descent(gradient, start, learning_rate=0.01, steps=3)
    start[0] = 1  # neither moved nor locked
    assert start.tolist() == [1, 0]


def test_a_gradient_may_reuse_its_own_array():
    shared = np.empty(2)

    def reusing(point):
        shared[:] = gradient(point)
        return shared

    run = gradient_descent(reusing, [0, 0], learning_rate=0.01, steps=20)
    assert np.array_equal(run.points, bare_loop(0.01, 20)[0])


@pytest.mark.parametrize(
    ("value", "shape"), [([1.0], r"\(1,\)"), ([[1.0, 2.0]], r"\(1, 2\)"), (1.0, r"\(\)")]
)
def test_a_gradient_of_another_shape_is_refused(value, shape):
    with pytest.raises(ValueError, match=rf"^gradient\(point\) must have shape \(2,\); got {shape}\.$"):
        gradient_descent(lambda _: value, [0.0, 0.0], learning_rate=0.1, steps=1)


def test_weights_and_bias_left_apart_are_refused():
    with pytest.raises(ValueError, match=r"^gradient\(point\) must be a regular array of numbers"):
        gradient_descent(
            lambda p: mean_squared_error_gradient(data.X, data.y, p[:-1], p[-1]),
            [0, 0],
            learning_rate=0.1,
            steps=1,
        )


def test_a_loss_that_is_not_one_number_is_refused():
    with pytest.raises(ValueError, match=r"^loss\(point\) must have shape \(\); got \(2,\)\.$"):
        gradient_descent(gradient, [0, 0], learning_rate=0.1, steps=1, loss=lambda p: p)


def test_a_start_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match=r"^start must be a number or a vector \(d,\); got \(1, 2\)\.$"):
        gradient_descent(gradient, [[0, 0]], learning_rate=0.1, steps=1)
    with pytest.raises(ValueError, match=r"^start must be finite; got nan at index 1\.$"):
        gradient_descent(gradient, [0, np.nan], learning_rate=0.1, steps=1)


def test_outcomes_read_as_words():
    assert [f"{outcome}" for outcome in Outcome] == ["converged", "out of steps", "diverged"]

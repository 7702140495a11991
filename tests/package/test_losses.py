"""The loss and its gradient against sums written out by hand and against central differences."""

import numpy as np
import pytest

from ml_from_scratch import central_difference, mean_squared_error, mean_squared_error_gradient


def random_problem(seed):
    rng = np.random.default_rng(seed)
    n, d = int(rng.integers(1, 40)), int(rng.integers(1, 6))
    return rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d), float(rng.normal())


def test_mean_squared_error_averages_the_squares_without_a_half():
    assert mean_squared_error([1, 2], [3, 5]) == 6.5  # ((1-3)² + (2-5)²) / 2 = (4 + 9) / 2


def test_a_perfect_prediction_has_no_error():
    assert mean_squared_error([1.5, -2.0], [1.5, -2.0]) == 0


def test_predictions_in_a_column_are_refused_and_not_broadcast():
    with pytest.raises(ValueError, match=r"^predictions must have shape \(2,\) to match y; got \(2, 1\)\.$"):
        mean_squared_error([1, 2], [[1], [2]])


def test_gradient_of_two_points_by_hand():
    # Residuals at w = 0, b = 0: 3 and 5. ∂L/∂w = -(2/2)(1*3 + 2*5) = -13, ∂L/∂b = -(2/2)(3 + 5) = -8.
    weights_gradient, bias_gradient = mean_squared_error_gradient([[1], [2]], [3, 5], [0], 0)
    assert weights_gradient.tolist() == [-13]
    assert bias_gradient == -8
    assert isinstance(bias_gradient, float)


@pytest.mark.parametrize("seed", range(20))
def test_gradient_is_the_sum_over_observations(seed):
    X, y, weights, bias = random_problem(seed)
    n, d = X.shape
    residuals = [y[i] - (sum(X[i, j] * weights[j] for j in range(d)) + bias) for i in range(n)]
    weights_gradient, bias_gradient = mean_squared_error_gradient(X, y, weights, bias)
    by_hand = [-2 / n * sum(X[i, j] * residuals[i] for i in range(n)) for j in range(d)]
    assert weights_gradient == pytest.approx(by_hand, rel=1e-12, abs=1e-14)
    assert bias_gradient == pytest.approx(-2 / n * sum(residuals), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("seed", range(20))
def test_gradient_is_the_slope_of_the_loss(seed):
    X, y, weights, bias = random_problem(seed)
    measured = central_difference(
        lambda point: mean_squared_error(y, X @ point[:-1] + point[-1]), np.append(weights, bias)
    )
    derived = np.append(*mean_squared_error_gradient(X, y, weights, bias))
    assert derived == pytest.approx(measured, rel=1e-7, abs=1e-8)


def test_doubling_the_data_changes_neither_loss_nor_gradient():
    X, y, weights, bias = random_problem(3)
    XX, yy = np.vstack([X, X]), np.append(y, y)
    once = mean_squared_error_gradient(X, y, weights, bias)
    twice = mean_squared_error_gradient(XX, yy, weights, bias)
    assert mean_squared_error(yy, XX @ weights) == pytest.approx(
        mean_squared_error(y, X @ weights), rel=1e-14
    )
    assert np.append(*twice) == pytest.approx(np.append(*once), rel=1e-13)


@pytest.mark.parametrize("weights", [[1.0], [1.0, 2.0, 3.0], [[1.0], [2.0]], 1.0])
def test_weights_of_another_shape_than_the_columns_are_refused(weights):
    with pytest.raises(
        ValueError, match=r"^weights must have shape \(2,\) to match the columns of X; got \("
    ):
        mean_squared_error_gradient(np.ones((3, 2)), [1, 2, 3], weights, 0)


def test_a_bias_that_is_not_one_number_is_refused():
    with pytest.raises(ValueError, match=r"^bias must be one number; got shape \(1,\)\.$"):
        mean_squared_error_gradient([[1]], [1], [1], [0.0])
    with pytest.raises(ValueError, match=r"^bias must be finite; got nan\.$"):
        mean_squared_error_gradient([[1]], [1], [1], np.nan)

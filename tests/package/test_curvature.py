"""Rates and condition numbers against the book's numbers, measured slopes, and runs of descent."""

import math

import numpy as np
import pytest

from ml_from_scratch import (
    Outcome,
    best_learning_rate,
    central_difference,
    condition_number,
    gradient_descent,
    hessian,
    largest_stable_learning_rate,
    least_squares,
    mean_squared_error_gradient,
    noisy_line,
)

data = noisy_line(np.random.default_rng(42))


def descend(X, y, learning_rate, steps):
    return gradient_descent(
        lambda p: np.append(*mean_squared_error_gradient(X, y, p[:-1], p[-1])),
        np.zeros(X.shape[1] + 1),
        learning_rate=learning_rate,
        steps=steps,
    )


def test_hessian_by_hand():
    # (2/2) [[1² + 3², 1 + 3], [1 + 3, 2]]
    assert hessian([[1], [3]]).tolist() == [[10, 4], [4, 2]]


@pytest.mark.parametrize("seed", range(5))
def test_hessian_is_the_slope_of_the_gradient(seed):
    rng = np.random.default_rng(seed)
    X, y, point = rng.normal(size=(12, 3)), rng.normal(size=12), rng.normal(size=4)

    def component(i):
        return lambda p: float(np.append(*mean_squared_error_gradient(X, y, p[:-1], p[-1]))[i])

    measured = [central_difference(component(i), point) for i in range(4)]
    assert hessian(X) == pytest.approx(np.array(measured), abs=1e-8)


def test_the_books_data_have_the_books_rates():
    assert round(largest_stable_learning_rate(data.X), 4) == 0.1345
    assert round(best_learning_rate(data.X), 4) == 0.1186
    assert round(condition_number(data.X), 2) == 7.45


@pytest.mark.parametrize("seed", range(5))
def test_rates_follow_from_the_eigenvalues_of_the_hessian(seed):
    X = np.random.default_rng(seed).normal(size=(30, 3)) * [1, 5, 0.3]
    eigenvalues = np.linalg.eigvalsh(hessian(X))
    assert largest_stable_learning_rate(X) == pytest.approx(2 / eigenvalues[-1], rel=1e-12)
    assert best_learning_rate(X) == pytest.approx(2 / (eigenvalues[0] + eigenvalues[-1]), rel=1e-12)
    assert condition_number(X) == pytest.approx(eigenvalues[-1] / eigenvalues[0], rel=1e-10)


def test_just_below_the_limit_descent_converges_and_just_above_it_diverges():
    limit = largest_stable_learning_rate(data.X)
    assert descend(data.X, data.y, 0.99 * limit, 10_000).outcome is Outcome.CONVERGED
    assert descend(data.X, data.y, 1.01 * limit, 50_000).outcome is Outcome.DIVERGED


def test_no_other_rate_shrinks_the_worst_case_faster_than_the_best_one():
    eigenvalues = np.linalg.eigvalsh(hessian(data.X))

    def worst_factor(rate):
        return np.abs(1 - rate * eigenvalues).max()

    best, kappa = best_learning_rate(data.X), condition_number(data.X)
    assert worst_factor(best) == pytest.approx((kappa - 1) / (kappa + 1), rel=1e-12)
    assert all(worst_factor(best) < worst_factor(best * factor) for factor in (0.5, 0.99, 1.01, 1.2))


def test_the_distance_shrinks_at_the_best_rates_pace():
    run = descend(data.X, data.y, best_learning_rate(data.X), 60)
    distances = np.linalg.norm(run.points - np.append(*least_squares(data.X, data.y)), axis=1)
    kappa = condition_number(data.X)
    assert (distances[60] / distances[20]) ** (1 / 40) == pytest.approx((kappa - 1) / (kappa + 1), rel=1e-3)


def test_a_standardized_feature_makes_a_round_bowl():
    x = data.X[:, 0]
    X = ((x - x.mean()) / x.std())[:, np.newaxis]
    assert condition_number(X) == pytest.approx(1, rel=1e-12)
    assert best_learning_rate(X) == pytest.approx(0.5, rel=1e-12)  # both eigenvalues are 2


FLAT = {
    "a constant column": np.column_stack([np.arange(5.0), np.full(5, 7.3)]),
    "a zero column": np.column_stack([np.arange(5.0), np.zeros(5)]),
    "a repeated column": np.column_stack([np.arange(5.0), np.arange(5.0)]),
    "too few rows": np.array([[1.0, 2.0]]),
}


@pytest.mark.parametrize("name", FLAT)
def test_a_flat_direction_has_no_best_rate(name):
    with pytest.raises(ValueError, match=r"^X has no best learning rate: .* linearly dependent"):
        best_learning_rate(FLAT[name])


@pytest.mark.parametrize("name", FLAT)
def test_a_flat_direction_has_an_infinite_condition_number_but_a_limit(name):
    X = FLAT[name]
    assert condition_number(X) == math.inf
    assert largest_stable_learning_rate(X) == pytest.approx(2 / np.linalg.eigvalsh(hessian(X))[-1], rel=1e-12)


def test_an_x_whose_squares_overflow_is_refused():
    with pytest.raises(ValueError, match=r"^X is too large: the squares of its entries overflow"):
        largest_stable_learning_rate([[1e200], [2e200]])

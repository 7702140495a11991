"""Vectors, standard errors, minima and measured gradients against SciPy's."""

import numpy as np
import pytest
from scipy import linalg, optimize, spatial, stats
from scipy.differentiate import derivative

from ml_from_scratch import (
    angle_between,
    central_difference,
    cosine_similarity,
    hessian,
    hubble,
    largest_stable_learning_rate,
    least_squares,
    mean_squared_error,
    mean_squared_error_gradient,
    noisy_line,
    project,
    standard_errors,
)

LINES = {"noisy line": noisy_line(np.random.default_rng(42)), "Hubble": hubble()}


@pytest.mark.parametrize("seed", range(10))
def test_cosine_and_angle_agree_with_spatial_and_subspace_angles(seed):
    a, b = np.random.default_rng(seed).normal(size=(2, 20))
    assert cosine_similarity(a, b) == pytest.approx(1 - spatial.distance.cosine(a, b), abs=1e-14)
    between_lines = linalg.subspace_angles(a[:, np.newaxis], b[:, np.newaxis])[0]
    assert min(angle_between(a, b), angle_between(a, -b)) == pytest.approx(between_lines, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_projection_is_the_least_squares_share_of_the_vector(seed):
    v, w = np.random.default_rng(seed).normal(size=(2, 20))
    share = linalg.lstsq(w[:, np.newaxis], v)[0][0]
    assert project(v, onto=w) == pytest.approx(share * w, rel=1e-12)


@pytest.mark.parametrize("name", LINES)
def test_line_and_standard_errors_agree_with_linregress(name):
    data = LINES[name]
    theirs = stats.linregress(data.x, data.y)
    weights, bias = least_squares(data.X, data.y)
    slope_error, intercept_error = standard_errors(data.X, data.y)
    assert (weights[0], bias) == pytest.approx((theirs.slope, theirs.intercept), rel=1e-12)
    assert slope_error[0] == pytest.approx(theirs.stderr, rel=1e-12)
    assert intercept_error == pytest.approx(theirs.intercept_stderr, rel=1e-12)


def test_a_general_minimizer_finds_the_same_minimum_with_our_gradient():
    data = LINES["noisy line"]
    found = optimize.minimize(
        lambda p: mean_squared_error(data.y, data.X @ p[:-1] + p[-1]),
        [0.0, 0.0],
        jac=lambda p: np.append(*mean_squared_error_gradient(data.X, data.y, p[:-1], p[-1])),
        method="BFGS",
    )
    assert found.x == pytest.approx(np.append(*least_squares(data.X, data.y)), rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_our_gradient_passes_scipys_check(seed):
    rng = np.random.default_rng(seed)
    X, y, point = rng.normal(size=(30, 3)), rng.normal(size=30), rng.normal(size=4)
    error = optimize.check_grad(
        lambda p: mean_squared_error(y, X @ p[:-1] + p[-1]),
        lambda p: np.append(*mean_squared_error_gradient(X, y, p[:-1], p[-1])),
        point,
    )
    assert error < 1e-6


@pytest.mark.parametrize("x", [-1.3, 0.2, 2.0])
def test_central_difference_agrees_with_scipys_adaptive_derivative(x):
    def f(t):
        return np.exp(np.sin(t)) / (1 + t**2)

    assert central_difference(f, x) == pytest.approx(derivative(f, x).df, rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_limit_agrees_with_scipys_largest_eigenvalue(seed):
    X = np.random.default_rng(seed).normal(size=(30, 4))
    largest = linalg.eigh(hessian(X), eigvals_only=True, subset_by_index=[4, 4])[0]
    assert largest_stable_learning_rate(X) == pytest.approx(2 / largest, rel=1e-12)

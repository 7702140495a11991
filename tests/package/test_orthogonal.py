"""Exact arithmetic under least squares against fractions, and the factorization against its definition."""

from fractions import Fraction

import numpy as np
import pytest

from ml_from_scratch._orthogonal import exact_products, factorize


@pytest.mark.parametrize("seed", range(10))
def test_products_are_rounded_only_once(seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(5, 8)) * 10.0 ** rng.integers(-10, 10, (5, 8))
    v = rng.normal(size=8)
    A[:, 7] = -(A[:, :7] @ v[:7]) / v[7]  # so that nearly all of each sum cancels
    exact = [float(sum(Fraction(a) * Fraction(x) for a, x in zip(row, v, strict=True))) for row in A.tolist()]
    assert exact_products(A, v).tolist() == exact
    assert (A @ v).tolist() != exact  # plain arithmetic does lose them


def test_factors_multiply_to_the_scaled_columns():
    X = np.random.default_rng(0).normal(size=(20, 3)) * [1e-150, 1, 1e150]
    factorization = factorize(X, intercept=True)
    Q, R = factorization.Q, factorization.R
    assert np.array_equal(
        np.ldexp(factorization.scaled, factorization.exponents), np.column_stack([X, np.ones(20)])
    )
    assert np.abs(Q @ R - factorization.scaled).max() < 5e-15
    assert np.abs(Q.T @ Q - np.eye(4)).max() < 5e-15
    assert np.array_equal(R, np.triu(R))

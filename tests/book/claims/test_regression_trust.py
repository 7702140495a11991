"""What the regression chapter says of noise and of Hubble's data, proved apart from its own cells."""

from __future__ import annotations

import numpy as np
import pytest

from ml_from_scratch import standard_errors

N = 100


# sec-redraws


def test_the_fits_surround_the_truth_with_the_textbooks_standard_errors(says, data):
    says("sec-redraws", "on average they are not off", "together they surround the truth")
    says("sec-redraws", "Around the truth, each a little off", "pushes as often one way as the other")
    x, _ = data
    A = np.column_stack([x, np.ones(N)])
    noise = np.random.default_rng(7).normal(size=(N, 4000))
    fits = np.linalg.lstsq(A, (2 * x + 3)[:, None] + noise, rcond=None)[0].T
    errors = np.sqrt(np.diag(np.linalg.inv(A.T @ A)))  # the noise's deviation is 1
    assert fits.mean(axis=0) == pytest.approx([2, 3], abs=0.006)
    assert fits.std(axis=0) == pytest.approx(errors, rel=0.04)
    assert errors == pytest.approx([0.036, 0.099], rel=0.08)
    for side in (fits[:, 0] > 2, fits[:, 1] > 3):
        assert side.mean() == pytest.approx(0.5, abs=0.03)


def test_less_noise_more_data_or_a_wider_spread_makes_the_standard_error_smaller(says):
    says("sec-redraws", "So less noise, more data or a wider spread of x makes the standard error smaller")

    def error(n=100, spread=5, noise=1):
        rng = np.random.default_rng(12)
        x = spread * np.linspace(-1, 1, n)
        slopes = [np.polyfit(x, 2 * x + 3 + noise * rng.normal(size=n), 1)[0] for _ in range(500)]
        return np.std(slopes)

    for better in (error(noise=0.5), error(n=400), error(spread=10)):
        assert better == pytest.approx(error() / 2, rel=0.15)


def test_the_formula_needs_only_the_one_data_set(says, data, closed):
    says(
        "sec-redraws",
        "needs only the one data set that you have",
        "standard errors, which is nothing unusual",
    )
    x, y = data
    e = y - np.polyval(closed, x)
    s = np.sqrt(e @ e / (N - 2))
    width = np.sqrt(((x - x.mean()) ** 2).sum())
    expected = s / width, s * np.sqrt(1 / N + x.mean() ** 2 / width**2)
    (slope,), bias = standard_errors(x.reshape(-1, 1), y)
    assert (slope, bias) == pytest.approx(expected)
    assert (abs(closed - [2, 3]) / expected < 1).all()

"""Least squares against NIST's certified coefficients, to the digits that double precision allows.

A coefficient has as many correct digits as its relative error has zeros. Orthogonal methods without
refinement reach 12 digits on Norris, 12 or 13 on Pontius, 7 or 8 on Filip, and 6 to 10 on the Wampler sets;
the normal equations 12, 11, none and 6. The floors below leave a margin for other machines.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from ml_from_scratch import least_squares, standard_errors

DATA = Path(__file__).parent / "data"
CERTIFIED = json.loads((DATA / "certified.json").read_text(encoding="utf-8"))["datasets"]

# Of the worst coefficient. Filip's powers of x are themselves rounded, which costs the rest of its digits.
FLOOR = {
    "Norris": 13,
    "Pontius": 13,
    "NoInt1": 14.5,
    "NoInt2": 14.5,
    "Filip": 7,
    "Wampler3": 14,
    "Wampler4": 14,
    "Wampler5": 14,
}


def load(name):
    """Columns x, x², … without the column of ones, which the intercept stands for."""
    y, x = np.loadtxt(DATA / CERTIFIED[name]["file"], delimiter=",", skiprows=1, unpack=True)
    degree = CERTIFIED[name]["polynomial_degree"]
    return np.column_stack([x**k for k in range(1, degree + 1)]), y


def in_nists_order(weights, bias, *, intercept):
    return np.append(bias, weights) if intercept else weights


def correct_digits(computed, certified):
    errors = np.abs(computed - certified) / np.abs(certified)
    return -math.log10(max(errors.max(), 1e-15))  # the certified values have 15 digits


def test_every_certified_set_has_a_floor():
    assert sorted(FLOOR) == sorted(CERTIFIED)


@pytest.mark.parametrize("name", FLOOR)
def test_coefficients_have_the_digits_that_nist_certifies(name):
    certified = CERTIFIED[name]
    X, y = load(name)
    intercept = certified["intercept"]
    computed = in_nists_order(*least_squares(X, y, intercept=intercept), intercept=intercept)
    assert correct_digits(computed, np.array(certified["coefficients"])) >= FLOOR[name]


@pytest.mark.parametrize("name", FLOOR)
def test_standard_errors_have_the_digits_that_nist_certifies(name):
    certified = CERTIFIED[name]
    X, y = load(name)
    intercept = certified["intercept"]
    computed = in_nists_order(*standard_errors(X, y, intercept=intercept), intercept=intercept)
    assert correct_digits(computed, np.array(certified["coefficient_std_devs"])) >= min(FLOOR[name], 9)


@pytest.mark.parametrize("name", FLOOR)
def test_r_squared_is_nists(name):
    certified = CERTIFIED[name]
    X, y = load(name)
    weights, bias = least_squares(X, y, intercept=certified["intercept"])
    residuals = y - (X @ weights + bias)
    centre = y.mean() if certified["intercept"] else 0  # without an intercept, R² is not centred
    r_squared = 1 - residuals @ residuals / np.sum((y - centre) ** 2)
    assert r_squared == pytest.approx(certified["r_squared"], rel=1e-9)


@pytest.mark.parametrize("name", ["Filip", "Wampler5"])
def test_the_normal_equations_would_not_pass(name):
    X, y = load(name)
    A = np.column_stack([np.ones(len(y)), X])
    computed = np.linalg.solve(A.T @ A, A.T @ y)
    assert correct_digits(computed, np.array(CERTIFIED[name]["coefficients"])) < FLOOR[name]

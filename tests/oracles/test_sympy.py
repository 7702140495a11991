"""Gradient, Hessian, fit and descent, as SymPy derives them from the loss alone, in exact fractions."""

import numpy as np
import pytest
import sympy

from ml_from_scratch import gradient_descent, hessian, least_squares, mean_squared_error_gradient

w1, w2, b = sympy.symbols("w1 w2 b")
PARAMETERS = [w1, w2, b]
ROWS = [(1, -2), (3, 5), (-4, 0), (2, 7), (6, -1)]
TARGETS = [3, -1, 4, 1, -5]

LOSS = sum(
    (y - (w1 * x1 + w2 * x2 + b)) ** 2 for (x1, x2), y in zip(ROWS, TARGETS, strict=True)
) / sympy.Integer(len(TARGETS))
X, y = np.array(ROWS, dtype=float), np.array(TARGETS, dtype=float)


@pytest.mark.parametrize("point", [(0, 0, 0), (1, -2, 3), (-7, 4, 2)])
def test_gradient_is_the_derivative_of_the_loss(point):
    at = dict(zip(PARAMETERS, point, strict=True))
    exact = [float(sympy.diff(LOSS, parameter).subs(at)) for parameter in PARAMETERS]
    computed = np.append(*mean_squared_error_gradient(X, y, point[:2], point[2]))
    assert computed == pytest.approx(exact, rel=1e-14)


def test_hessian_is_the_second_derivative_of_the_loss():
    exact = np.array(sympy.hessian(LOSS, PARAMETERS), dtype=float)
    assert hessian(X) == pytest.approx(exact, rel=1e-15)


def test_least_squares_is_where_the_derivative_vanishes():
    solution = sympy.solve([sympy.diff(LOSS, parameter) for parameter in PARAMETERS], PARAMETERS)
    exact = [float(solution[parameter]) for parameter in PARAMETERS]
    assert np.append(*least_squares(X, y)) == pytest.approx(exact, rel=1e-15)


def test_descent_on_the_parabola_follows_the_solved_recurrence():
    x, rate, k = sympy.Function("x"), sympy.Rational(1, 10), sympy.Symbol("k", integer=True)
    step = x(k + 1) - (x(k) - rate * 2 * (x(k) - 3))  # the slope of (x - 3)² is 2(x - 3)
    formula = sympy.rsolve(step, x(k), {x(0): 0})
    run = gradient_descent(lambda t: 2 * (t - 3), 0.0, learning_rate=0.1, steps=50)
    assert run.points == pytest.approx([float(formula.subs(k, i)) for i in range(51)], rel=1e-14)

"""What chapter 5 says of its loss, its gradient and its checks, computed apart from its cells and from its formulas."""

from __future__ import annotations

import inspect
from fractions import Fraction

import numpy as np
import pytest
from scipy import optimize

from ml_from_scratch import check_gradient, mean_squared_error_gradient
from ml_from_scratch.derivation.calculus import STEP

X4, Y4 = np.array([0.0, 1, 2, 3]), np.array([1.0, 3, 6, 6])


def loss(w, b, x=X4, y=Y4):
    """The mean squared error, point by point."""
    return sum((yn - (w * xn + b)) ** 2 for xn, yn in zip(x, y, strict=True)) / len(x)


def slope(f, at, h=Fraction(1, 2)):
    """A central difference in exact fractions: of a square, the exact slope."""
    return (f(Fraction(at) + h) - f(Fraction(at) - h)) / (2 * h)


@pytest.fixture(scope="module")
def mse(pages):
    return pages["chapters/05-mse-gradient.html"]


# sec-mse-loss, sec-mse-checked


def test_the_guess_predicts_and_misses_as_worked_by_hand(says):
    says("sec-mse-loss", "It predicts 1, 2, 3 and 4, so the residuals are 0, 1, 3 and 2, and the loss is")
    assert [x + 1 for x in X4] == [1, 2, 3, 4]
    assert [y - (x + 1) for x, y in zip(X4, Y4, strict=True)] == [0, 1, 3, 2]
    assert loss(1, 1) == 3.5  # (0 + 1 + 9 + 4) / 4


@pytest.mark.parametrize("h", [Fraction(1, 2), Fraction(7), Fraction(1, 1000)])
def test_central_differences_are_exact_for_a_square(says, h):
    says("sec-mse-checked", "for a square they are exact, with any step")
    for u in (Fraction(-5, 3), Fraction(0), Fraction(11, 7)):
        assert slope(lambda t: t**2, u, h) == 2 * u
    assert STEP == 0.5


def test_rounding_is_about_as_large_as_the_text_says(mse, says):
    says("sec-mse-checked", "A difference like 2×10−16 is rounding")
    quotes = mse.tree.xpath("//div[contains(@class, 'derivation')]//blockquote")
    upright = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    shown = [" ".join(quote.text_content().split()).partition("difference ")[2] for quote in quotes]
    sizes = [float(each.translate(upright).replace(" × 10", "e")) for each in shown]
    assert len(sizes) == 36
    assert 0 < np.median([size for size in sizes if size]) < 1e-15


# sec-one-term, sec-average


def test_the_third_points_slopes_are_those_of_the_text_and_of_the_figure(says):
    says(
        "sec-one-term",
        "its input is 2, and its residual 3",
        "the bias behaves like a weight whose input is always 1",
    )
    assert (X4[2], Y4[2] - (X4[2] + 1)) == (2, 3)
    assert slope(lambda w: (6 - (w * 2 + 1)) ** 2, 1) == -12  # -2 * 2 * 3
    assert slope(lambda b: (6 - (1 * 2 + b)) ** 2, 1) == -6
    assert slope(lambda prediction: (6 - prediction) ** 2, 3) == -6
    assert slope(lambda residual: residual**2, 3) == 6


def test_the_examples_slopes_are_exact(says):
    says("sec-average", "are 0, 1, 6 and 6", "to lower the loss, raise both")
    assert list(X4 * (Y4 - X4 - 1)) == [0, 1, 6, 6]
    x, y = [Fraction(v) for v in X4], [Fraction(v) for v in Y4]
    assert slope(lambda w: loss(w, 1, x, y), 1) == Fraction(-13, 2)
    assert slope(lambda b: loss(1, b, x, y), 1) == -3
    assert loss(1.01, 1) < loss(1, 1)
    assert loss(1, 1.01) < loss(1, 1)


def test_residuals_perpendicular_to_the_inputs_leave_w_nothing_to_gain(says):
    says("sec-average", "when the residuals are perpendicular to the inputs it is zero")
    best = optimize.minimize_scalar(lambda w: loss(w, 1)).x
    assert X4 @ (Y4 - best * X4 - 1) == pytest.approx(0, abs=1e-6)


# sec-matrix-form


def test_the_matrix_form_is_the_measured_gradient_in_the_shape_told(says):
    says("sec-matrix-form", "one slope for each weight", "-(2 / N) * (X.T @ residuals)")
    rng = np.random.default_rng(50)
    X, y, weights = rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=3)
    residuals = y - (X @ weights + 0.4)
    gradient = -(2 / 7) * (X.T @ residuals)
    measured = optimize.approx_fprime(weights, lambda v: np.mean((y - np.dot(X, v) - 0.4) ** 2))
    assert gradient.shape == (3,)
    assert gradient == pytest.approx(measured, rel=1e-5)
    assert np.array_equal(gradient, mean_squared_error_gradient(X, y, weights, 0.4)[0])


# sec-gradient-check


def test_the_check_passes_with_a_tiny_relative_error(mse):
    formula, error = mse.output("mse-check").splitlines()
    assert formula.split() == ["by", "formula:", "[-6.5", "-3.", "]", "by", "nudging:", "[-6.5", "-3.", "]"]
    assert error.endswith("passed: True")
    assert float(error.split()[2].rstrip(",")) < 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_relative_errors_of_sound_and_faulty_gradients(says, seed):
    says(
        "sec-gradient-check",
        "or less is sound; a minus lost in front gives 2, a lost factor of 2 one half",
        "a fault in a small entry much less",
    )
    says("sec-gradient-check", "draws the line at one in a million, plus what rounding can do")
    assert inspect.signature(check_gradient).parameters["tolerance"].default == 1e-6
    rng = np.random.default_rng(seed)
    x, y, point = rng.normal(size=30), rng.normal(size=30), rng.normal(size=2)

    def right(p):
        e = y - p[0] * x - p[1]
        return -2 * np.array([np.mean(x * e), np.mean(e)])

    def at(p):
        return np.mean((y - p[0] * x - p[1]) ** 2)

    assert check_gradient(at, right, point).relative_error < 1e-8
    for fault, error in ((-1, 2), (0.5, 0.5)):
        check = check_gradient(at, lambda p, fault=fault: fault * right(p), point)
        assert check.relative_error == pytest.approx(error, rel=1e-6)
    small = check_gradient(lambda p: 1000 * p[0] + p[1], lambda p: np.array([1000.0, -1]) + 0 * p, point)
    assert 1e-6 < small.relative_error < 0.01
    assert not small.passed
    at_rest = check_gradient(lambda p: 1 + (p @ p), lambda p: 2 * p, np.zeros(2))  # rounding is all there is
    assert at_rest.passed


def test_the_three_wrong_gradients_leave_the_ratios_of_the_table(mse, says):
    says("sec-gradient-check", "the ratios are 0.46 for", "and 1.00 for", "they are 0.80 and 1.00")
    _, *rows = mse.table("tbl-mse-candidates")
    shown = {name: [float(ratio) for ratio in ratios] for name, *ratios in rows}
    assert shown["no minus"] == [-1, -1, -1, -1]
    assert shown["no mean"] == [4, 4, 4, 4]  # N
    sums = [(np.sum(Y4 - w * X4 - b), np.sum(X4 * (Y4 - w * X4 - b))) for w, b in [(1, 1), (2, 0)]]
    first, second = (plain / weighed for plain, weighed in sums)
    assert shown["no input"] == pytest.approx([first, 1, second, 1], abs=5e-3)
    assert abs(first - second) > 0.3
    says("sec-gradient-check", "Divide the two gradients, where no entry is 0")
    assert all(entry != 0 for entries in sums for entry in entries)


# sec-mse-pitfalls, sec-mse-checks


def test_two_signs_cancel_and_one_does_not(says):
    says(
        "sec-mse-pitfalls",
        "the gradient is the same",
        "Mix the two and one sign turns, so that the steps go uphill, and the loss rises from the first one",
    )
    x, y = [Fraction(v) for v in X4], [Fraction(v) for v in Y4]
    turned = (X4 + 1) - Y4  # the residuals with the other sign
    assert 2 / 4 * X4 @ turned == slope(lambda w: loss(w, 1, x, y), 1) == -6.5
    mixed = -2 / 4 * X4 @ turned
    for rate in (1e-6, 0.01, 1.0):
        assert loss(1 - rate * mixed, 1) > loss(1, 1)


def test_the_answers_are_right(says):
    says("sec-mse-checks", "−12, so", "should rise", "The tempting answer is 12")
    assert slope(lambda w: (1 - (w * -2 + 4)) ** 2, 0) == -12
    assert slope(lambda w: (1 - (w * -2 + 4)) ** 2, 0) < 0  # raising w lowers the loss


@pytest.mark.parametrize(("points", "mean", "median"), [((1, 3, 8), 4, 3), ((1, 3, 80), 28, 3)])
def test_without_an_input_the_mean_has_the_least_mse_and_the_median_the_least_absolute_error(
    says, points, mean, median
):
    says(
        "sec-mse-checks",
        "The mean, 4: there the residuals add up to 0",
        "the median, 3: move",
        "and farther from two",
    )
    says(
        "sec-mse-checks",
        "the mean is 28 and the median still 3",
        "by absolute errors the best b asks only on which side a point lies, not how far off",
    )
    places = [Fraction(n, 4) for n in range(4 * 90)]
    assert min(places, key=lambda b: sum((y - b) ** 2 for y in points)) == mean == Fraction(sum(points), 3)
    assert min(places, key=lambda b: sum(abs(y - b) for y in points)) == median
    assert slope(lambda b: sum((y - b) ** 2 for y in points), mean) == 0  # -2 Σ e
    for up in (Fraction(1, 10), -Fraction(1, 10)):
        nearer = [abs(y - median - up) < abs(y - median) for y in points]
        assert sum(nearer) == 1


def test_without_a_bias_every_line_runs_through_the_origin(says):
    says("sec-mse-loss", "(without it, every line would run through the origin)")
    for w in (-2, 0, 0.5, 7):
        assert w * 0 == 0
    assert optimize.minimize_scalar(lambda w: loss(w, 0)).fun > loss(*np.polyfit(X4, Y4, 1))

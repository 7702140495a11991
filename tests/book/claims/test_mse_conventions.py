"""Halves, sums, roots and bell curves: what chapter 5 says of the loss's conventions and reasons."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats

X4, Y4 = np.array([0.0, 1, 2, 3]), np.array([1.0, 3, 6, 6])
A = np.column_stack([X4, np.ones(4)])


def squares(p):
    """The sum of squared residuals."""
    return np.sum((Y4 - A @ p) ** 2)


LOSSES = {
    "MSE": lambda p: squares(p) / 4,
    "half of it": lambda p: squares(p) / 8,
    "sum": squares,
    "root": lambda p: np.sqrt(squares(p) / 4),
}


def descend(rate, factor, steps=300):
    """Steps down the mean squared error times a factor."""
    points = [np.array([1.0, 1.0])]
    for _ in range(steps):
        points.append(points[-1] - rate * factor * (2 / 4) * A.T @ (A @ points[-1] - Y4))
    return np.array(points)


# sec-mse-conventions


def test_the_table_shows_each_loss_its_slopes_and_the_one_minimum(pages, says):
    says(
        "sec-mse-conventions", "Each convention changes the number and its slopes, and none moves the minimum"
    )
    _, *rows = pages["chapters/05-mse-gradient.html"].table("tbl-mse-conventions")
    assert [row[0] for row in rows] == list(LOSSES)
    for name, *numbers in rows:
        f, at = LOSSES[name], np.array([1.0, 1.0])
        expected = [f(at), *optimize.approx_fprime(at, f), *optimize.minimize(f, at).x]
        assert [float(number) for number in numbers] == pytest.approx(expected, abs=1e-3)
    assert len({tuple(row[-2:]) for row in rows}) == 1
    assert len({tuple(row[1:4]) for row in rows}) == 4


def test_each_loss_is_less_wherever_the_mse_is_less(says):
    says(
        "sec-mse-conventions",
        "so they still balance at the same line",
        "where the square is least, so is its root",
        "Each is less wherever the MSE is less",
    )
    lines = np.random.default_rng(5).normal(scale=3, size=(200, 2))
    orders = [np.argsort([f(p) for p in lines]) for f in LOSSES.values()]
    assert all(np.array_equal(order, orders[0]) for order in orders)


def test_half_the_loss_takes_the_same_steps_at_twice_the_rate(says):
    says(
        "sec-mse-conventions",
        "Half the loss takes the same steps, to the last digit, at twice the learning rate",
    )
    assert np.array_equal(descend(0.05, 1), descend(0.1, 0.5))


def test_the_largest_usable_rate_doubles(says):
    says("sec-mse-conventions", "so its largest usable rate is twice as large, too")
    limit = 2 / np.linalg.eigvalsh(2 / 4 * A.T @ A).max()
    for factor in (1, 0.5):
        below, above = (squares(descend(share * limit / factor, factor)[-1]) for share in (0.99, 1.01))
        assert below < squares([1, 1]) < above


def test_the_sums_slopes_grow_with_the_data_and_the_means_do_not(says):
    says("sec-mse-conventions", "The slopes of the sum grow with", "those of the mean do not")
    rng = np.random.default_rng(7)
    lengths = {}
    for n in (100, 10_000):
        x = rng.uniform(-5, 5, n)
        e = 2 * x + 3 + rng.normal(size=n)  # the residuals of w = b = 0
        total = -2 * np.array([x @ e, e.sum()])
        lengths[n] = np.linalg.norm(total), np.linalg.norm(total / n)
    assert lengths[10_000][0] / lengths[100][0] == pytest.approx(100, rel=0.2)
    assert lengths[10_000][1] / lengths[100][1] == pytest.approx(1, rel=0.2)


def test_the_roots_gradient_is_divided_by_twice_the_root(says):
    says("sec-mse-conventions", "For the root, the chain rule divides the gradient by")
    for point in ([1.0, 1.0], [2.0, -1.0]):
        mean, root = (optimize.approx_fprime(np.array(point), LOSSES[name]) for name in ("MSE", "root"))
        assert root == pytest.approx(mean / (2 * LOSSES["root"](np.array(point))), rel=1e-5)
    says("sec-mse-conventions", "is 0, the root has no gradient")
    exact = lambda w: np.sqrt(np.mean((2 * X4 - w * X4) ** 2))  # noqa: E731 - a line through every point, at 2
    assert exact(2) == 0
    slopes = [(exact(2 + h) - exact(2)) / h for h in (1e-6, -1e-6)]
    assert slopes[0] == pytest.approx(-slopes[1])
    assert slopes[0] > 1  # a corner: the two sides differ


# sec-why-squares


@pytest.mark.parametrize("sigma", [0.3, 1.0, 4.0])
def test_the_logarithm_of_the_likelihood_is_the_line_of_the_box(says, sigma):
    says("sec-why-squares", "and is a sum")
    for p in ([1, 1], [1.8, 1.3]):
        density = stats.norm.logpdf(Y4 - A @ np.array(p), scale=sigma).sum()
        assert density == pytest.approx(-4 * np.log(sigma * np.sqrt(2 * np.pi)) - squares(p) / (2 * sigma**2))


def test_the_likelihood_is_a_density_and_needs_noise_around_zero_with_one_width(says):
    says(
        "sec-why-squares",
        "a bell curve around zero",
        "with the same standard deviation",
        "with the inputs given, is how densely probability lies where these",
    )
    assert stats.norm.pdf(0, scale=0.1) > 1  # no probability is
    widths = np.array([0.1, 1, 1, 10])
    unequal = optimize.minimize(lambda p: -stats.norm.logpdf(Y4 - A @ p, scale=widths).sum(), [1, 1]).x
    shifted = optimize.minimize(lambda p: -stats.norm.logpdf(Y4 - A @ p, loc=2).sum(), [1, 1]).x
    for best in (unequal, shifted):
        assert abs(best - np.polyfit(X4, Y4, 1)).max() > 0.1


@pytest.mark.parametrize("sigma", [0.3, 1.0, 4.0])
def test_the_likeliest_line_has_the_least_sum_of_squares(says, sigma):
    says("sec-why-squares", "the likeliest line has the least sum of squares")
    best = optimize.minimize(lambda p: -stats.norm.logpdf(Y4 - A @ p, scale=sigma).sum(), [0, 0]).x
    assert best == pytest.approx(np.polyfit(X4, Y4, 1), abs=1e-4)


def test_other_noise_asks_for_another_loss(says):
    says("sec-why-squares", "Other noise asks for another loss")
    values = np.array([0.0, 1, 2, 3, 100])  # the bias alone: the likeliest centre
    centres = np.linspace(-5, 105, 11_001)
    gaussian, laplace = (
        centres[np.argmax([law.logpdf(values - c).sum() for c in centres])]
        for law in (stats.norm, stats.laplace)
    )
    assert gaussian == pytest.approx(values.mean())
    assert laplace == pytest.approx(np.median(values))


def test_one_wild_point_pulls_the_line(says):
    says(
        "sec-why-squares",
        "a point three times as far off counts nine times, and one wild point can pull the line",
    )
    assert pytest.approx(9 * 0.7**2) == (3 * 0.7) ** 2
    wild = np.append(Y4[:3], 60)
    assert np.polyfit(X4, wild, 1)[0] > 5 * np.polyfit(X4, Y4, 1)[0]


# sec-mse-ai


def test_a_linear_layer_inside_a_network_has_the_same_form_of_gradient(says):
    says(
        "sec-mse-ai",
        "In every linear layer the same form returns",
        "its own inputs, transposed, times the slopes that the backward pass brings; yours were",
    )
    rng = np.random.default_rng(9)
    X, y, first, second = (rng.normal(size=size) for size in ((6, 3), 6, (3, 4), 4))

    def network(weights):
        return np.mean((y - np.tanh(X @ weights.reshape(3, 4)) @ second) ** 2)

    hidden = np.tanh(X @ first)
    back = np.outer(-2 / 6 * (y - hidden @ second), second) * (1 - hidden**2)  # (6, 4)
    assert (X.T @ back).ravel() == pytest.approx(
        optimize.approx_fprime(first.ravel(), network), rel=1e-4, abs=1e-6
    )

"""What the chapter on the learning rate says of the bowl, its limit and its best rate, proved apart from its cells."""

from __future__ import annotations

import re

import numpy as np
import pytest
import sympy


@pytest.fixture(scope="module")
def page(pages):
    return pages["chapters/07-learning-rate.html"]


@pytest.fixture(scope="module")
def sums(data):
    """The Hessian by its sums, not by the matrix product of the page."""
    x, _ = data
    return 2 / len(x) * np.array([[np.sum(x * x), np.sum(x)], [np.sum(x), len(x)]])


@pytest.fixture(scope="module")
def curvatures(sums):
    """Both eigenvalues by the quadratic formula, the flat one first."""
    half, determinant = np.trace(sums) / 2, np.linalg.det(sums)
    return half + np.array([-1, 1]) * np.sqrt(half**2 - determinant)


def numbers(text):
    return [float(v) for v in re.findall(r"-?\d+\.?\d*(?:e[-+]?\d+)?", text.replace("\N{MINUS SIGN}", "-"))]


# sec-four-rates


def test_no_run_gets_below_the_least_squares_line(says, loss, closed, walk):
    says("sec-four-rates", f"the loss of the least-squares line, {loss(closed):.4f}")
    for rate in (0.001, 0.01, 0.1):
        assert walk(rate)[1].min() > loss(closed) - 1e-12


def test_of_four_rates_one_is_too_slow_two_arrive_and_one_explodes(says, walk, closed):
    says("sec-four-rates", "0.001 is still on its way, 0.01 and 0.1 have arrived, 0.5 has exploded")
    ends = {rate: walk(rate)[0][-1] for rate in (0.001, 0.01, 0.1)}
    says(
        "sec-four-rates", f"only {ends[0.001][1]:.2f} after 1,000 steps, where", f"has {closed[1]:.2f}; 0.01"
    )
    assert f"{ends[0.001][1]:.2f}" == "2.58"
    for rate in (0.01, 0.1):
        assert ends[rate] == pytest.approx(closed, abs=1e-6)
    assert abs(ends[0.001] - closed).max() > 0.3
    _, losses = walk(0.5)
    says("sec-four-rates", f"the loss overflows at step {len(losses) - 1}:")
    assert (len(losses) - 1, np.isfinite(losses[-1]), np.isfinite(losses[-2])) == (189, False, True)


def test_each_curve_becomes_straight_on_a_logarithmic_axis(says, walk, loss, closed):
    says(
        "sec-four-rates",
        "on a logarithmic axis that means the same factor at every step",
        "that factor is above 1",
    )
    tails = {0.001: slice(900, 1000), 0.01: slice(200, 300), 0.1: slice(15, 40), 0.5: slice(5, 150)}
    factors = []
    for rate, tail in tails.items():
        excess = walk(rate)[1][tail] - loss(closed)
        slopes = np.diff(np.log(excess))
        assert slopes == pytest.approx(np.full(len(slopes), slopes.mean()), rel=1e-2)
        factors.append(np.exp(slopes.mean()))
    assert [factor > 1 for factor in factors] == [False, False, False, True]


def test_a_parabola_has_a_rate_at_which_the_error_stops_shrinking(says):
    says("sec-four-rates", "even a parabola has a rate at which the error stops shrinking")
    x = 0.0
    for _ in range(10):
        x -= 1.0 * 2 * (x - 3)  # (x - 3)², at a rate of 1
    assert abs(x - 3) == 3


# sec-curvature


def test_a_step_on_a_parabola_multiplies_the_distance_by_one_minus_rate_times_curvature(says):
    says("sec-curvature", "The 2 is the parabola's curvature", "a step leads from")
    rate, curvature, c, x = sympy.symbols("rate curvature c x")
    slope = sympy.diff(curvature * (x - 3) ** 2 / 2, x)
    assert sympy.expand(3 + c - rate * slope.subs(x, 3 + c) - 3 - (1 - rate * curvature) * c) == 0
    assert sympy.diff((x - 3) ** 2, x, 2) == 2


def test_the_paths_do_what_the_picture_says(page, walk, closed, loss):
    text = page.tree.xpath("//figure[@id='fig-bowl-paths']/img/@alt")[0]
    assert "leaves the frame to the right with the first step" in text
    assert walk(0.5, 1)[0][1][0] > 5
    swings = walk(0.1, 6)[0][:, 0] - closed[0]
    assert (np.sign(swings[1:]) == -np.sign(swings[:-1])).all()  # "swings from side to side"
    for rate in (0.001, 0.01):
        points, _ = walk(rate)
        assert (np.diff(points, axis=0) >= -1e-12).all()
        assert (points[:, 1][abs(points[:, 0] - closed[0]) > 0.5] < 1).all()  # right first, then up
    steep, flat = (loss(closed + v) - loss(closed) for v in np.eye(2))
    assert steep > 5 * flat  # "steep across and flat along"


def test_the_gradient_is_the_hessian_times_the_displacement(says, gradient, closed, sums):
    says("sec-curvature", "Its sums are the dot products among the column of inputs and a column of ones")
    for displacement in ([1.0, 0.0], [0.0, 1.0], [-2.0, 5.0]):
        assert gradient(closed + displacement) == pytest.approx(sums @ displacement, abs=1e-9)


def test_along_the_axes_the_gradient_points_straight_away_and_between_them_it_does_not(
    says, page, gradient, closed, sums, curvatures
):
    says("sec-curvature", "the same multiple of those of", "they are not")
    flat, steep, neither = page.output("eigenvectors").splitlines()
    for line, curvature in zip((flat, steep), curvatures, strict=True):
        assert numbers(line.split("/ v")[1]) == pytest.approx([curvature] * 2, rel=1e-7)
        v = np.array([sums[0, 1], curvature - sums[0, 0]])  # from (H - λ) v = 0
        assert gradient(closed + v) == pytest.approx(curvature * v, rel=1e-9)
    first, second = numbers(neither.split("/ v")[1])
    assert [first, second] == pytest.approx(gradient(closed + 1))
    assert first > 5 * second
    axes = [np.array([sums[0, 1], c - sums[0, 0]]) for c in curvatures]
    assert axes[0] @ axes[1] == pytest.approx(0, abs=1e-9)  # "at right angles to each other"


def test_the_axes_almost_run_along_w_and_b(says, data, sums, curvatures):
    says("sec-curvature", "is near zero here, so the axes almost run along")
    assert abs(data[0].mean()) < 0.2
    v = np.array([sums[0, 1], curvatures[0] - sums[0, 0]])
    assert abs(v[0] / v[1]) < np.tan(np.radians(2))


def test_each_logged_step_multiplies_the_distance_along_each_axis_as_predicted(
    says, page, walk, closed, sums, curvatures
):
    says("sec-curvature", "a run on the bowl is two runs on two parabolas, side by side")
    axes = np.array([[sums[0, 1], c - sums[0, 0]] for c in curvatures])
    along = (walk(0.1, 3)[0] - closed) @ axes.T
    measured = along[1:] / along[:-1]
    assert measured == pytest.approx(np.tile(1 - 0.1 * curvatures, (3, 1)), rel=1e-9)
    printed = np.reshape(numbers(page.output("factors-by-direction")), (4, 2))
    assert printed[0] == pytest.approx(1 - 0.1 * curvatures, abs=1e-8)
    assert printed[1:] == pytest.approx(measured, abs=1e-8)


def test_the_limit_divides_runs_that_arrive_from_runs_that_explode(
    says, walk, loss, closed, curvatures, limit
):
    says("sec-curvature", f"is {curvatures[1]:.4f}, so the limit is {limit:.4f}")
    assert round(limit, 4) == 0.1345
    below, above = (walk(rate)[1] - loss(closed) for rate in (0.1345, 0.1346))
    says("sec-curvature", f"the excess loss is {below[-1]:.1f} at 0.1345 and on its way down")
    says("sec-curvature", f"and {above[-1]:.0f} at 0.1346 and on its way up")
    assert (np.diff(below[20:]) < 0).all()
    assert (np.diff(above[20:]) > 0).all()


# sec-best-rate, sec-rate-checks, sec-rate-summary


def test_the_best_rate_follows_from_the_two_extremes():
    rate, low, ratio = sympy.symbols("rate low ratio", positive=True)
    high = ratio * low
    (best,) = sympy.solve(sympy.Eq(1 - rate * low, rate * high - 1), rate)
    assert sympy.simplify(best - 2 / (low + high)) == 0
    assert sympy.simplify(1 - best * low - (ratio - 1) / (ratio + 1)) == 0
    assert sympy.simplify((high - low) / (high + low) - (ratio - 1) / (ratio + 1)) == 0


def test_no_other_constant_rate_has_a_smaller_factor(says, curvatures):
    says("sec-best-rate", "the best rate is where they meet")
    rates = np.linspace(0.001, 0.15, 20_001)
    pace = abs(1 - np.outer(rates, curvatures)).max(axis=1)
    assert rates[pace.argmin()] == pytest.approx(2 / curvatures.sum(), abs=1e-5)
    ratio = curvatures[1] / curvatures[0]
    assert pace.min() == pytest.approx((ratio - 1) / (ratio + 1), abs=1e-4)


def test_the_worked_example_by_hand(says):
    says("sec-best-rate", "are 8 and 0, so along", "the curvatures are 8 and 2; the limit is")
    A = np.array([[-2, 1], [2, 1]])
    assert np.linalg.eigvalsh(2 / 2 * A.T @ A).tolist() == [2, 8]
    assert (4 - 1) / (4 + 1) == 3 / 5 == 1 - 2 * 2 / 10  # at the best rate, 2/(8 + 2)


def test_the_answers_are_right(says, data):
    says("sec-rate-checks", "0.222, 0.2 and 0.8, by", "then keeps 0.89 of its distance")
    assert max(abs(1 - 0.2 * 1), abs(1 - 0.2 * 9)) == pytest.approx(0.8)
    x, _ = data
    limits = []
    for inputs in (x, 2 * x):
        A = np.column_stack([inputs, np.ones(len(x))])
        limits.append(len(x) / np.linalg.norm(A, 2) ** 2)  # 2/λ, λ = 2/N times the square of A's norm
    says("sec-rate-checks", f"It falls to about a quarter, {limits[1]:.4f}", "that rate would explode")
    assert limits[1] == pytest.approx(limits[0] / 4, rel=0.01)
    assert limits[0] / 2 > limits[1]

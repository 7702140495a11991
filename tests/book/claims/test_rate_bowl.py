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


def test_the_first_step_moves_the_weight_by_the_rate_times_the_slope(says, walk, closed):
    step = walk(0.01, 1)[0][1][0]
    says("sec-four-rates", f"is \N{MINUS SIGN}{step / 0.01:.1f}, so the first step at 0.01 moves")
    says("sec-four-rates", f"a hundredth of that, {step:.2f}, of the {closed[0]:.2f} that it has to go")
    assert step > 0


def test_a_tenth_of_the_rate_takes_ten_times_the_steps_and_beyond_the_limit_none_suffice(
    says, walk, loss, closed, sums, curvatures
):
    says("sec-four-rates", "About 800; 8; at 0.5 it never happens", "above the limit, no number is")
    says(
        "sec-four-rates",
        "From 0.1 to 0.01 to 0.001, all below the limit, a tenth of the rate takes about ten",
    )
    assert 2 / curvatures[1] > 0.1
    excess = {rate: walk(rate)[1] - loss(closed) for rate in (0.001, 0.01, 0.1, 0.5)}
    steps = {
        rate: next((k for k, e in enumerate(run) if e <= run[0] / 100), None) for rate, run in excess.items()
    }
    says("sec-four-rates", f"down to 1% of its start after {steps[0.01]} steps")
    says("sec-four-rates", f"At 0.001 it takes {steps[0.001]} steps, at 0.1 it takes {steps[0.1]}, and")
    assert steps == {0.001: 802, 0.01: 80, 0.1: 8, 0.5: None}
    says("sec-four-rates", "the run does swing, but each swing is about half as wide as the one before")
    swings = (walk(0.1, 4)[0] - closed) @ [sums[0, 1], curvatures[1] - sums[0, 0]]
    assert swings[1:] / swings[:-1] == pytest.approx(np.full(4, -0.5), abs=0.02)


def test_a_smaller_rate_ends_farther_away_without_a_warning(says, data, walk, closed):
    ends = {rate: walk(rate)[0][-1] for rate in (0.001, 0.01, 0.1)}
    says("sec-four-rates", "0.001 is too slow, 0.01 is good, 0.1 is fast, and 0.5 diverges")
    says("sec-four-rates", f"only {ends[0.001][1]:.2f} after 1,000 steps, where", f"has {closed[1]:.2f}: it")
    assert f"{ends[0.001][1]:.2f}" == "2.58"
    for rate in (0.01, 0.1):
        assert ends[rate] == pytest.approx(closed, abs=1e-6)
    _, losses = walk(0.5)
    says("sec-four-rates", f"the loss overflows at step {len(losses) - 1}, where the squares outgrow")
    assert (len(losses) - 1, np.isfinite(losses[-1]), np.isfinite(losses[-2])) == (189, False, True)
    x, y = data
    e = y - np.polyval(closed, x)
    error = np.sqrt(e @ e / (len(x) - 2)) * np.sqrt(1 / len(x) + x.mean() ** 2 / ((x - x.mean()) ** 2).sum())
    off = (closed[1] - ends[0.001][1]) / error
    says("sec-four-rates", f"off by {off:.1f} standard errors", "and nothing warns")
    assert off > 2


def test_each_curve_becomes_straight_on_a_logarithmic_axis(says, walk, loss, closed):
    says(
        "sec-four-rates",
        "On a logarithmic axis each run soon follows a straight line, the same factor at every step",
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


# sec-curvature


def test_a_step_on_a_parabola_multiplies_the_distance_by_one_minus_rate_times_curvature(says):
    says("sec-curvature", "and the 2 is the parabola's curvature", "a step leads from", "its sign included")
    rate, curvature, c, x = sympy.symbols("rate curvature c x")
    slope = sympy.diff(curvature * (x - 3) ** 2 / 2, x)
    assert sympy.expand(3 + c - rate * slope.subs(x, 3 + c) - 3 - (1 - rate * curvature) * c) == 0
    assert sympy.diff((x - 3) ** 2, x, 2) == 2


def test_the_paths_do_what_the_picture_says(page, walk, closed, loss):
    text = page.tree.xpath("//figure[@id='fig-bowl-paths']/img/@alt")[0]
    assert "leaves the frame to the right with the first step" in text
    assert walk(0.5, 1)[0][1][0] > 5.2
    swings = walk(0.1, 6)[0][:, 0] - closed[0]
    assert (np.sign(swings[1:]) == -np.sign(swings[:-1])).all()  # "swings from side to side"
    for rate in (0.001, 0.01):
        points, _ = walk(rate)
        assert (np.diff(points, axis=0) >= -1e-12).all()
        assert (points[:, 1][abs(points[:, 0] - closed[0]) > 0.5] < 1).all()  # right first, then up
    steep, flat = (loss(closed + v) - loss(closed) for v in np.eye(2))
    assert steep > 5 * flat  # "steep across and flat along"


def test_a_line_beside_the_best_has_only_the_new_part_of_the_gradient(says, data, closed):
    says("sec-curvature", "the part with", "is the gradient at the minimum, which is zero")
    x, y = data
    e = y - np.polyval(closed, x)
    assert np.sum(x * e) == pytest.approx(0, abs=1e-9)
    dw, db = 0.5, -2.0
    whole = -2 / len(x) * np.sum(x * (y - np.polyval(closed + np.array([dw, db]), x)))
    assert whole == pytest.approx(2 / len(x) * np.sum(x * (x * dw + db)))


def test_a_parabola_of_curvature_lambda_has_half_of_it_times_the_square_as_its_height(says):
    says("sec-curvature", "(its derivative is", "by the power rule)")
    curvature, c = sympy.symbols("curvature c")
    assert sympy.diff(curvature * c**2 / 2, c) == curvature * c


def test_the_gradient_is_the_hessian_times_the_displacement(says, gradient, closed, sums):
    says("sec-curvature", "Its sums are the dot products among the column of inputs and a column of ones")
    for displacement in ([1.0, 0.0], [0.0, 1.0], [-2.0, 5.0]):
        assert gradient(closed + displacement) == pytest.approx(sums @ displacement, abs=1e-9)


def test_along_the_axes_the_gradient_points_straight_away_and_between_them_it_does_not(
    says, page, gradient, closed, sums, curvatures
):
    says(
        "sec-curvature",
        "the same multiple of those of",
        "they are not",
        "Start on the line through the minimum in such a direction",
        "so each step stays on the line and multiplies",
    )
    flat, steep, neither = page.output("eigenvectors").splitlines()
    for line, curvature in zip((flat, steep), curvatures, strict=True):
        assert numbers(line.split("/ v")[1]) == pytest.approx([curvature] * 2, rel=1e-7)
        v = np.array([sums[0, 1], curvature - sums[0, 0]])  # from (H - λ) v = 0
        assert gradient(closed + v) == pytest.approx(curvature * v, rel=1e-9)
    first, second = numbers(neither.split("/ v")[1])
    assert [first, second] == pytest.approx(gradient(closed + 1))
    assert first > 5 * second
    axes = [np.array([sums[0, 1], c - sums[0, 0]]) for c in curvatures]
    assert axes[0] @ axes[1] == pytest.approx(0, abs=1e-9)  # "two such directions, at right angles"


def test_the_axes_almost_run_along_w_and_b(says, data, sums, curvatures):
    says("sec-curvature", "near zero here, so the steep axis runs almost along w and the flat one along b")
    assert abs(data[0].mean()) < 0.2
    v = np.array([sums[0, 1], curvatures[0] - sums[0, 0]])
    assert abs(v[0] / v[1]) < np.tan(np.radians(2))


def test_with_two_added_the_ellipses_lean_and_stretch_and_both_runs_are_worse(says, data, loss, curvatures):
    x, y = data[0] + 2, data[1]
    lean = (
        np.degrees(np.arctan2(2 * x.mean(), np.mean(x**2) - 1)) / 2
    )  # half the angle of the plane's ellipse
    middle, root = np.mean(x**2) + 1, np.hypot(np.mean(x**2) - 1, 2 * x.mean())
    flat, steep = middle - root, middle + root
    assert flat * steep == pytest.approx(4 * x.var())  # the determinant
    factor = f"{1 - 0.1 * steep:.2f}".replace("-", "\N{MINUS SIGN}")
    left = [100 * (1 - 0.01 * each) ** 150 for each in (flat, curvatures[0])]
    says(
        "sec-curvature",
        "With 2 added to every x, each line keeps its w, and its b falls by 2w",
        f"lean by {lean:.0f}° from upright and stretch. The steep curvature grows"
        f" from {curvatures[1]:.2f} to {steep:.2f}, the flat one shrinks from {curvatures[0]:.2f} to {flat:.2f}",
        f"The run at 0.1 explodes, since each step multiplies the steep displacement by {factor};",
        f"after 150 steps at 0.01, {left[0]:.2f}% of the flat one is left, where it was {left[1]:.2f}%",
        "Most points now have a positive x",
        "so both together change the loss less than b alone",
        "x then counts from another zero, and no line fits better or worse",
    )
    assert steep / flat > 2 * curvatures[1] / curvatures[0]  # they stretch
    assert (x > 0).mean() > 0.6
    shifted = np.polyfit(x, y, 1)  # "no line fits better or worse": each is a line of the other bowl

    assert shifted[1] < np.polyfit(*data, 1)[1]  # down

    def above(dw, db):
        return np.mean((y - np.polyval(shifted + np.array([dw, db]), x)) ** 2) - loss(np.polyfit(*data, 1))

    for w, b in ((0, 0), (1.5, -1), (4, 4)):
        assert np.mean((y - (w * x + b - 2 * w)) ** 2) == pytest.approx(loss([w, b]))
    alone = above(0, -1)
    assert alone == pytest.approx(1)  # half of the curvature 2
    assert above(np.tan(np.radians(lean)), -1) < 0.7 * alone
    # A walk anew, along its own axes: at 0.1 it grows, at 0.01 so much of the flat part is left.
    steepest = np.array([np.cos(np.radians(lean)), np.sin(np.radians(lean))])
    for rate, axis, share in (
        (0.1, steepest, (1 - 0.1 * steep) ** 150),
        (0.01, steepest[::-1] * [-1, 1], left[0] / 100),
    ):
        point = np.zeros(2)
        for _ in range(150):
            e = y - np.polyval(point, x)
            point = point + rate * 2 * np.array([np.mean(e * x), np.mean(e)])
        assert (point - shifted) @ axis == pytest.approx(-share * (shifted @ axis), rel=1e-6)
    assert abs(1 - 0.1 * steep) > 1 > abs(1 - 0.1 * curvatures[1])


def test_at_0_01_the_weight_is_nearly_right_long_before_the_bias(says, walk, closed):
    says("sec-curvature", "in Section 6.2, the weight was nearly right long before the bias")
    points, _ = walk(0.01, 20)
    done = points[20] / closed  # from zero: the part of the way that is behind it
    assert done[0] > 0.9
    assert done[1] < 0.4


@pytest.mark.parametrize(("unit", "shift"), [(1, 0), (1, 2), (10, -3)])
def test_the_flat_direction_is_the_one_of_which_the_data_say_least(says, data, curvatures, unit, shift):
    says("sec-curvature", "The flat direction is also the one of which the data say least")
    x = unit * data[0] + shift
    A = np.column_stack([x, np.ones(100)])
    rng = np.random.default_rng(8)
    targets = A @ [2, 3] + rng.normal(size=(20_000, 100))  # the line drawn anew, many times
    ends = np.linalg.lstsq(A, targets.T, rcond=None)[0].T
    values, axes = np.linalg.eigh(2 / 100 * A.T @ A)
    spread = (ends @ axes).std(axis=0)
    assert spread == pytest.approx(np.sqrt(2 / (100 * values)), rel=0.03)  # the noise's s is 1
    assert spread[0] / spread[1] == pytest.approx(np.sqrt(values[1] / values[0]), rel=0.03)
    if (unit, shift) == (1, 0):
        ratio = ends.std(axis=0)[1] / ends.std(axis=0)[0]
        root = np.sqrt(curvatures[1] / curvatures[0])
        assert ratio == pytest.approx(root, rel=0.03)  # "here"
        exact = np.sqrt(np.mean(x**2))  # of b's standard error to w's
        says(
            "sec-curvature",
            f"is {exact:.2f} times that of w",
            "Along an axis of the ellipses it is",
            "(not derived here); so the two stand in the ratio",
            f"flat to steep, whatever the inputs: here {root:.2f}, too",
        )


def test_two_points_make_two_parabolas_side_by_side(says):
    says("sec-curvature", "the best line runs through both points", "with the curvatures 8 and 2")
    dw, db, w, b, first, second = sympy.symbols("dw db w b first second")
    # Two points on the line (w, b), and a line that stands (dw, db) away.
    xs, ys = (-2, 2), (-2 * w + b, 2 * w + b)
    loss = sum((y - (w + dw) * x - (b + db)) ** 2 for x, y in zip(xs, ys, strict=True)) / 2
    assert sympy.expand(loss - 4 * dw**2 - db**2) == 0
    assert (sympy.diff(loss, dw, 2), sympy.diff(loss, db, 2), sympy.diff(loss, dw, db)) == (8, 2, 0)
    assert 1 - 8 * (2 / 8) == -1
    says("sec-curvature", "explodes unless it starts at its minimum, however sound the rate is for")
    for start, explodes in ((1e-3, True), (0, False)):
        assert (abs(start * (1 - 8 * 0.3) ** 100) > 1e6) == explodes
    assert abs(1 - 2 * 0.3) < 1  # the rate suits b
    # "the best line runs through both points": any two targets are met exactly.
    line = sympy.solve([w * x + b - y for x, y in zip(xs, (first, second), strict=True)], [w, b])
    assert set(line) == {w, b}


def test_a_symmetric_matrix_has_as_many_axes_as_parameters_all_at_right_angles(says):
    says("sec-notation-axes", "one such direction for each parameter, all at right angles")
    half = np.random.default_rng(21).normal(size=(6, 6))
    _, axes = np.linalg.eigh(half + half.T)
    assert axes.T @ axes == pytest.approx(np.eye(6), abs=1e-12)
    shear = sympy.Matrix([[1, 1], [0, 1]])  # not symmetric
    assert sum(len(vectors) for *_, vectors in shear.eigenvects()) == 1


def test_curvatures_belong_to_bare_numbers_and_change_with_the_unit_of_x(says, data):
    says(
        "sec-curvature", "The axes and the curvatures change with where x is counted from, and with its unit"
    )
    ratios = [np.linalg.cond(np.column_stack([unit * data[0], np.ones(100)])) ** 2 for unit in (1, 10)]
    assert ratios[1] > 50 * ratios[0]


def test_a_symmetric_matrix_can_move_from_one_factor_of_a_dot_product_to_the_other(says):
    says("sec-notation-axes", "so in a dot product it can move from one factor to the other")
    p, q, r, *entries = sympy.symbols("p q r u1 u2 v1 v2")
    H, u, v = sympy.Matrix([[p, q], [q, r]]), sympy.Matrix(entries[:2]), sympy.Matrix(entries[2:])
    assert sympy.expand((H * u).dot(v) - u.dot(H * v)) == 0


def test_the_excess_is_the_sum_of_both_directions_and_soon_follows_the_slower(
    says, walk, loss, closed, sums, curvatures
):
    says(
        "sec-curvature",
        "so the excess loss is the sum of that over both axes",
        "soon follows the slower one",
    )
    axes = np.array([[sums[0, 1], c - sums[0, 0]] for c in curvatures])
    axes /= np.linalg.norm(axes, axis=1)[:, np.newaxis]
    points, losses = walk(0.01, 150)
    parts = curvatures / 2 * ((points - closed) @ axes.T) ** 2
    assert losses - loss(closed) == pytest.approx(parts.sum(axis=1), rel=1e-6)
    assert parts[0, 1] > parts[0, 0]  # steep starts higher
    assert (parts[25:, 1] < 0.01 * parts[25:, 0]).all()
    slopes = np.diff(np.log(parts[:46]), axis=0)  # straight on a logarithmic axis
    assert slopes == pytest.approx(np.tile(2 * np.log(1 - 0.01 * curvatures), (45, 1)), rel=1e-4)


def test_each_logged_step_multiplies_the_distance_along_each_axis_as_predicted(
    says, walk, closed, sums, curvatures
):
    says("sec-curvature", "a run on the bowl is again two runs on two parabolas")
    axes = np.array([[sums[0, 1], c - sums[0, 0]] for c in curvatures])
    along = (walk(0.1, 3)[0] - closed) @ axes.T
    measured = along[1:] / along[:-1]
    predicted = 1 - 0.1 * curvatures
    assert measured == pytest.approx(np.tile(predicted, (3, 1)), rel=1e-9)
    flat, steep = (f"{v:.4f}".replace("-", "\N{MINUS SIGN}") for v in predicted)
    says("sec-curvature", f"along the flat axis by {flat}, along the steep one by {steep}, and")
    says("sec-curvature", f"is {flat} and {steep}. A negative value leads across")


def test_the_limit_divides_runs_that_arrive_from_runs_that_explode(
    says, walk, loss, closed, curvatures, limit
):
    says("sec-curvature", f"is {curvatures[1]:.4f}, so the limit is {limit:.4f}")
    assert round(limit, 4) == 0.1345
    below, above = (walk(rate)[1] - loss(closed) for rate in (0.1345, 0.1346))
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
    says("sec-best-rate", "the best rate is where they meet", "In the long run, and from a start with a part")
    rates = np.linspace(0.001, 0.15, 20_001)
    pace = abs(1 - np.outer(rates, curvatures)).max(axis=1)
    assert rates[pace.argmin()] == pytest.approx(2 / curvatures.sum(), abs=1e-5)
    ratio = curvatures[1] / curvatures[0]
    assert pace.min() == pytest.approx((ratio - 1) / (ratio + 1), abs=1e-4)


def test_at_one_over_the_largest_curvature_the_steep_direction_lands_and_the_flat_one_does_not(
    says, walk, closed, sums, curvatures
):
    says(
        "sec-best-rate", "touches zero, at 1/", "that direction lands in one step, but the flat one does not"
    )
    axes = np.array([[sums[0, 1], c - sums[0, 0]] for c in curvatures])
    before, after = (walk(1 / curvatures[1], 1)[0] - closed) @ axes.T
    assert abs(after[1]) < 1e-9 * abs(before[1])
    assert after[0] > 0.8 * before[0] or after[0] < 0.8 * before[0] < 0
    assert 1 - curvatures[0] / curvatures[1] > 0.8


def test_the_two_points_have_a_factor_of_three_fifths(says):
    says("sec-best-rate", "The two points have", "so their best rate is")
    A = np.array([[-2, 1], [2, 1]])
    assert np.linalg.eigvalsh(2 / 2 * A.T @ A).tolist() == [2, 8]
    assert (4 - 1) / (4 + 1) == 3 / 5 == 1 - 2 * 2 / 10  # at the best rate, 2/(8 + 2)


def test_momentum_at_its_best_puts_the_root_of_the_condition_number_in_its_place(says, gradient, curvatures):
    says("sec-rate-ai", "carries a part of each step over to the next", "takes the place of")
    low, high = np.sqrt(curvatures)
    kept, rate = ((high - low) / (high + low)) ** 2, (2 / (high + low)) ** 2
    root = high / low
    # The step as a matrix on (point, last step); its largest eigenvalue is the factor in the long run.
    axes = [np.array([[1 - rate * c, kept], [-rate * c, kept]]) for c in curvatures]
    factor = max(abs(np.linalg.eigvals(step)).max() for step in axes)
    assert factor == pytest.approx((root - 1) / (root + 1), rel=1e-6)
    best_plain = (root**2 - 1) / (root**2 + 1)
    assert factor < best_plain


def test_the_answer_is_right(says):
    A = sympy.Matrix([[-2, 1], [0, 1], [2, 1]])
    low, high = sorted((sympy.Rational(2, 3) * A.T * A).eigenvals())
    assert (low, high) == (2, sympy.Rational(16, 3))
    limit, best = 2 / high, 2 / (low + high)
    says(
        "sec-rate-checks",
        f"The limit is {limit}, the best rate {best}, and the factor there {1 - best * low}",
    )
    assert (limit, best, 1 - best * low) == tuple(map(sympy.Rational, ("3/8", "3/11", "5/11")))
    assert limit > sympy.Rational(2, 8)  # that of the two points: "the bowl flatter along w"


def test_two_decades_in_twenty_steps_are_a_factor_of_0_891(says):
    says("sec-rate-checks", "0.891: the excess falls by", "= 0.794 per step", "The tempting answer is 0.794")
    distance = 0.891 ** np.arange(21)  # the excess is its square, times half a curvature
    assert (distance**2)[-1] == pytest.approx(0.01, rel=0.02)
    assert (distance**2)[1] == pytest.approx(0.794, abs=5e-4)

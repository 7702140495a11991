"""What the regression chapter says of its loop and its witnesses, proved apart from its own cells."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from ml_from_scratch import LinearRegression, gradient_descent, least_squares, standard_errors
from ml_from_scratch.style import PALETTE

N = 100


# sec-regression-task


def test_the_drawn_guess_rises_too_slowly_and_its_strokes_are_longest_at_the_right(says, regression, data):
    text = regression.tree.xpath("//figure[@id='fig-fit-the-line']/img/@alt")[0]
    assert "rises too slowly" in text
    assert "longest towards the right" in text
    x, y = data
    strokes = abs(y - (x + 1))
    assert np.corrcoef(x, strokes)[0, 1] > 0.5
    assert strokes[x > 3].mean() > 2 * strokes[x < 0].mean()


def test_the_check_at_the_guess_passes_and_would_not_for_a_wrong_gradient(regression, loss, gradient):
    assert regression.output("gradient-check") == "check passed: True"
    h = 1e-6
    slopes = [
        (loss([1 + h, 1]) - loss([1 - h, 1])) / (2 * h),
        (loss([1, 1 + h]) - loss([1, 1 - h])) / (2 * h),
    ]
    assert gradient(np.array([1.0, 1.0])) == pytest.approx(slopes, rel=1e-6)


# sec-descent-loop


def test_the_loss_bends_more_sharply_in_w_than_in_b(says, data, gradient):
    x, _ = data
    bend = (
        gradient(np.array([1.0, 0.0])) - gradient(np.zeros(2)),
        gradient(np.array([0.0, 1.0])) - gradient(np.zeros(2)),
    )
    says("sec-descent-loop", f", {bend[0][0]:.1f}; raise b by 1")
    assert bend[0][0] == pytest.approx(2 * np.mean(x**2))
    assert bend[1][1] == pytest.approx(2)


def test_the_loss_falls_at_every_step_until_it_is_within_rounding(says, walk, loss, closed):
    says("sec-descent-loop", "The loss falls at every step, until it is within rounding of its minimum")
    _, losses = walk(0.01)
    least = loss(closed)
    falling = np.diff(losses) < 0
    near = losses[:-1] - least < 1e-14 * losses[0]
    assert (falling | near).all()
    assert falling[:300].all()


def test_the_weight_is_nearly_right_within_100_steps_and_the_bias_is_not(says, walk, closed):
    says("sec-descent-loop", "nearly right within 100 steps, while the bias takes its time")
    points, _ = walk(0.01)
    off = abs(points[100] / closed - 1)
    assert off[0] < 0.01
    assert off[1] > 0.1
    says(
        "sec-descent-loop",
        "Which is nearly right first, the weight or the bias?",
        "by x, up to 5; raise b by 1",
    )


def test_the_progress_is_the_walks(regression, walk):
    points, losses = walk(0.01)
    for line in regression.output("bare-loop").splitlines():
        _, step, _, shown, _, w, _, b = line.split()
        assert (float(w), float(b)) == pytest.approx(tuple(points[int(step)]), abs=5.1e-5)
        assert float(shown) == pytest.approx(losses[int(step)], abs=5.1e-5)
    assert int(step) == 1000


def test_what_is_left_is_close_to_the_noises_variance(says, loss, closed):
    says("sec-descent-loop", "0.9589 is left, close to", "of which the fit has followed only a little")
    assert 0 < loss([2, 3]) - loss(closed) < 0.05
    assert loss(closed) == pytest.approx(0.9589, abs=5e-5)
    assert 0.8 < loss(closed) < 1.2


def test_the_loss_drops_fast_and_levels_off(says, walk):
    says("sec-descent-loop", "The loss drops fast, then levels off at the noise")
    _, losses = walk(0.01)
    assert losses[20] < losses[0] / 4
    assert losses[500] - losses[1000] < 1e-6


def test_at_a_place_outside_the_data_the_line_estimates_the_mean(says, data, closed, walk):
    says("sec-descent-loop", "which need not be in the data", "a single y misses that mean by its noise")
    assert 4 not in data[0]
    w, b = walk(0.01)[0][-1]
    says("sec-descent-loop", f"the line says w * 4 + b, or {w * 4 + b:.1f}. That estimates the mean")
    y = 2 * 4 + 3 + np.random.default_rng(4).normal(0, 1, 10_000)  # there, from the same source
    assert np.polyval(closed, 4) == pytest.approx(y.mean(), abs=0.2)
    assert np.std(y - y.mean()) == pytest.approx(1, abs=0.03)


def test_the_loss_curve_is_drawn_by_matplotlib_alone_in_the_colour_of_losses(sources):
    _, code = sources["chapters/06-linear-regression.html"].cells["fig-descent"]
    assert 'left.semilogy(losses, "C4")  # C4: the fifth colour, here that of losses' in code
    assert list(PALETTE).index("loss") == 4


# sec-two-witnesses


def test_the_package_reproduces_the_bare_loop_to_the_last_digit(says, regression, data):
    says("sec-two-witnesses", "Not close but equal: the weight, the bias and every loss on the way")
    says("sec-two-witnesses", "(on this machine; elsewhere @ may add in another order)")
    assert (0.1 + 0.2) + 0.3 != 0.1 + (0.2 + 0.3)
    assert regression.output("package-agrees") == "to the last digit: True"
    x, y = data
    w, b = 0.0, 0.0
    for _ in range(1000):
        e = y - (w * x + b)
        w, b = w + 0.01 * (2 / N) * (x @ e), b + 0.01 * (2 / N) * e.sum()
    model = LinearRegression(learning_rate=0.01, steps=1000).fit(x.reshape(-1, 1), y)
    assert (model.coef_[0], model.intercept_) == pytest.approx((w, b), rel=1e-14)


def test_the_table_shows_truth_descent_and_closed_form(regression, walk, loss, closed):
    rows = {name: [float(v) for v in values] for name, *values in regression.table("tbl-three-answers")[1:]}
    points, losses = walk(0.01)
    assert rows["truth"] == pytest.approx([2, 3, loss([2, 3])], abs=5e-7)
    assert rows["descent"] == pytest.approx([*points[-1], losses[-1]], abs=6e-7)
    assert rows["closed form"] == pytest.approx([*closed, loss(closed)], abs=5e-7)


def test_the_truth_has_the_larger_loss(says, loss, closed):
    says("sec-two-witnesses", "the truth has the larger loss")
    assert loss([2, 3]) > loss(closed)


def test_what_parts_descent_from_the_truth_is_not_an_error_of_descent(says, walk, closed):
    off = abs(walk(0.01)[0][-1] - closed).max()
    says("sec-two-witnesses", f"agrees with the closed form to {int(-np.log10(off))} decimals")
    says("sec-two-witnesses", "comes from the data, not from stopping too early")
    assert off < 1e-6
    assert off < 1e-4 * abs(closed - [2, 3]).max()


def test_the_loss_is_one_bowl_unless_all_inputs_are_the_same(says, data, loss, closed, walk):
    says("sec-two-witnesses", "a parabola that opens upwards", "one lowest point unless", "any start will do")
    x, y = data
    t = np.array([-3.0, -1, 0, 2, 5])
    rng = np.random.default_rng(3)
    for _ in range(20):
        start, direction = rng.normal(scale=5, size=(2, 2))
        along = np.array([loss(start + step * direction) for step in t])
        fitted = np.polyfit(t, along, 2)
        assert np.polyval(fitted, t) == pytest.approx(along)  # a parabola
        assert fitted[0] > 0  # that opens upwards
    for start in ([-50.0, 80.0], [1e3, 1e3]):
        point = np.array(start)
        for _ in range(3000):
            e = y - point[0] * x - point[1]
            point = point + 0.01 * 2 / N * np.array([x @ e, e.sum()])
        assert point == pytest.approx(closed)
    same = np.column_stack([np.full(N, 2.0), np.ones(N)])
    assert np.linalg.matrix_rank(same) == 1  # then a whole line of (w, b) predicts the same


def test_the_closed_form_is_the_formula_on_the_page(says, data, closed):
    says("sec-two-witnesses", "set both entries of the gradient in", "The brackets add up to 0")
    x, y = data
    for slope in (0.0, 1.0, 2.5):
        brackets = (y - y.mean()) - slope * (x - x.mean())
        assert brackets.sum() == pytest.approx(0, abs=1e-10)
        assert x @ brackets == pytest.approx((x - x.mean()) @ brackets)
    w = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    assert (w, y.mean() - w * x.mean()) == pytest.approx(tuple(closed))


# sec-regression-ai


def test_the_line_is_a_neuron_without_a_bend(says, data, closed):
    says("sec-regression-ai", "Your line is a neuron", "with one input and no bend; with")
    no_bend = lambda z: z  # noqa: E731 - in the place of the activation function
    (w, b), x = closed, data[0]
    neuron = [no_bend(np.array([w]) @ np.array([each]) + b) for each in x]
    assert neuron == pytest.approx(np.polyval(closed, x))
    assert LinearRegression(learning_rate=0.1).fit(x.reshape(-1, 1), data[1]).predict(
        x[:3, None]
    ) == pytest.approx(neuron[:3])


# sec-regression-checks, sec-regression-summary


def test_one_lost_decimal_point_moves_the_line(says, data, closed):
    x, y = data
    wild = y.copy()
    wild[x.argmax()] *= 10
    moved = np.polyfit(x, wild, 1)
    says(
        "sec-regression-checks",
        f"the y of the rightmost point, {y[x.argmax()]:.1f}, becomes ten times as large",
    )
    says("sec-regression-checks", f"The weight goes from {closed[0]:.2f} to {moved[0]:.2f}, more than twenty")
    (error,), _ = standard_errors(x.reshape(-1, 1), y)
    assert moved[0] - closed[0] > 20 * error
    says("sec-regression-checks", "a point pulls with its residual times its x, and both are large")
    residual = wild[x.argmax()] - np.polyval(closed, x.max())
    assert residual > 100 * np.std(y - np.polyval(closed, x))
    assert x.max() > 4
    says("sec-regression-checks", "nothing limits what one square can weigh")
    share = residual**2 / np.sum((wild - np.polyval(closed, x)) ** 2)
    assert share > 0.99
    says("sec-regression-checks", "By the mean of absolute residuals the line would stay")
    assert least_absolute(x, wild) == pytest.approx(least_absolute(x, y))


def test_by_absolute_residuals_the_loop_takes_the_same_steps_with_the_outlier(says, data, sources):
    says(
        "sec-regression-checks",
        "Put np.sign(e) / 2 for e in your loop's dw and db (the 2 there came from the square)",
        "it takes the same steps with the outlier as without. It creeps, though",
        "a far point pulls no harder than a near one, so no step moves b by more than the learning rate",
    )
    x, y = data
    wild = np.where(x == x.max(), 10 * y, y)
    _, code = sources["chapters/06-linear-regression.html"].cells["bare-loop"]
    for old, new in (
        ("(x @ e) ", "(x @ (np.sign(e) / 2)) "),
        ("e.sum()", "(np.sign(e) / 2).sum()"),
        ("step % 100", "step % 1"),
    ):
        assert code.count(old) == 1
        code = code.replace(old, new)
    walks = {}
    for name, targets in (("clean", y), ("outlier", wild)):
        walks[name] = []
        report = lambda line, to=walks[name]: to.append([float(n) for n in line.split()[5::2]])  # noqa: E731
        exec(code, {"np": np, "x": x, "y": targets, "N": N, "print": report})  # noqa: S102 - the chapter's own loop
    assert walks["clean"] == walks["outlier"]
    points = np.array(walks["clean"])
    assert len(points) == 1001

    def absolute(point):
        return np.mean(abs(y - point[0] * x - point[1]))

    slopes = optimize.approx_fprime([1.0, 1.0], absolute)  # the factor: at a place, by nudging
    e = y - x - 1
    assert [-2 / N * (x @ np.sign(e)) / 2, -2 / N * np.sign(e).sum() / 2] == pytest.approx(slopes, abs=1e-6)
    assert absolute(points[-1]) < absolute(least_absolute(x, y)) + 1e-3
    assert abs(points[-1] - least_absolute(x, y)).max() > 0.05  # not there yet: it creeps
    moves = abs(np.diff(points[:, 1]))
    assert moves.max() < 0.01 + 1.01e-4  # four decimals are printed
    squared = [
        0.01 * 2 * abs(np.mean(targets)) for targets in (y, wild)
    ]  # the first move by squares, from zero
    assert min(squared) > 3 * moves.max()


def least_absolute(x, y):
    """The line with the least sum of absolute residuals, as a linear program: slope, intercept."""
    A = np.column_stack([x, np.ones(N)])
    cost = np.concatenate([[0, 0], np.ones(2 * N)])
    sides = np.hstack([A, np.eye(N), -np.eye(N)])  # above the line, below the line
    free, positive = [(None, None)] * 2, [(0, None)] * (2 * N)
    return optimize.linprog(cost, A_eq=sides, b_eq=y, bounds=free + positive).x[:2]


def test_descent_finds_the_least_squares_line(says, data, gradient, closed):
    says("sec-regression-summary", "Descent finds the least-squares line, which is the truth plus noise")
    x, y = data
    (slope,), intercept = least_squares(x.reshape(-1, 1), y)
    end = gradient_descent(gradient, [0, 0], learning_rate=0.1, steps=2000).end
    assert end == pytest.approx(closed)
    assert (slope, intercept) == pytest.approx(tuple(closed))


def test_the_loop_is_a_dozen_lines(says, sources):
    says("sec-regression-summary", "in a dozen lines of NumPy")
    _, code = sources["chapters/06-linear-regression.html"].cells["bare-loop"]
    # Without the two lines that report.
    lines = [
        line for line in code.splitlines() if line.strip() and "print(" not in line and "% 100" not in line
    ]
    assert len(lines) == 12

"""What chapter "Linear regression from scratch" says of its experiments, proved apart from its own cells."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ml_from_scratch import (
    LinearRegression,
    check_gradient,
    gradient_descent,
    hubble,
    least_squares,
    standard_errors,
)

N = 100


@pytest.fixture(scope="module")
def data():
    """The chapter's simulation, drawn here anew."""
    rng = np.random.default_rng(42)
    x = rng.uniform(-5, 5, N)
    return x, 2 * x + 3 + rng.normal(0, 1, N)


@pytest.fixture(scope="module")
def loss(data):
    x, y = data
    return lambda point: np.mean((y - point[0] * x - point[1]) ** 2)


@pytest.fixture(scope="module")
def gradient(data):
    """By the design matrix, not by the chapter's two sums."""
    x, y = data
    A = np.column_stack([x, np.ones(N)])
    return lambda point: 2 / N * A.T @ (A @ point - y)


@pytest.fixture(scope="module")
def closed(data):
    """The least-squares line by NumPy: slope, intercept."""
    return np.polyfit(*data, 1)


@pytest.fixture(scope="module")
def limit(data):
    """2/λmax, from the eigenvalues of the Hessian."""
    A = np.column_stack([data[0], np.ones(N)])
    return 2 / np.linalg.eigvalsh(2 / N * A.T @ A).max()


@pytest.fixture(scope="module")
def walk(gradient, loss):
    """Descend from (0, 0): the points and their losses, until one overflows."""

    def run(rate, steps=1000, slope=gradient):
        points = [np.zeros(2)]
        with np.errstate(over="ignore", invalid="ignore"):
            for _ in range(steps):
                points.append(points[-1] - rate * slope(points[-1]))
                if not np.isfinite(loss(points[-1])):
                    break
            return np.array(points), np.array([loss(p) for p in points])

    return run


# sec-regression-task


def test_the_drawn_guess_rises_too_slowly_and_its_strokes_are_longest_at_the_right(says, regression, data):
    text = regression.tree.xpath("//figure[@id='fig-fit-the-line']/img/@alt")[0]
    assert "rises too slowly" in text
    assert "longest towards the right" in text
    x, y = data
    strokes = abs(y - (x + 1))
    assert np.corrcoef(x, strokes)[0, 1] > 0.5
    assert strokes[x > 3].mean() > 2 * strokes[x < 0].mean()


def test_the_gradient_is_the_slope_of_the_loss(says, data, loss):
    says(
        "sec-regression-task",
        "Each residual changes by",
        "Averaged over the data, these are the partial derivatives",
    )
    x, y = data
    for w, b in [(0.5, -1.0), (2.5, 4.0)]:
        e = y - (w * x + b)
        numeric = [
            (loss([w + 1e-6, b]) - loss([w - 1e-6, b])) / 2e-6,
            (loss([w, b + 1e-6]) - loss([w, b - 1e-6])) / 2e-6,
        ]
        assert [-2 / N * (x @ e), -2 / N * e.sum()] == pytest.approx(numeric, rel=1e-6)


def test_at_the_best_weight_the_residuals_have_nothing_in_the_direction_of_the_inputs(says, data, closed):
    says("sec-regression-task", "nothing left in the direction of the inputs")
    x, y = data
    assert x @ (y - np.polyval(closed, x)) == pytest.approx(0, abs=1e-10)


def test_formula_and_nudging_print_the_same_digits(regression):
    formula, nudging = (
        line.split(":")[1].split() for line in regression.output("gradient-check").splitlines()
    )
    assert formula == nudging


def test_both_slopes_are_negative_at_the_guess(says, gradient):
    says("sec-regression-task", "Both slopes are negative at the guess")
    assert (gradient(np.array([1.0, 1.0])) < 0).all()


# sec-descent-loop


def test_the_loss_is_steeper_in_w_than_in_b(says, data, gradient):
    x, _ = data
    bend = (
        gradient(np.array([1.0, 0.0])) - gradient(np.zeros(2)),
        gradient(np.array([0.0, 1.0])) - gradient(np.zeros(2)),
    )
    says("sec-descent-loop", f", {bend[0][0]:.1f}, and in")
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


def test_the_progress_is_the_walks(regression, walk):
    points, losses = walk(0.01)
    for line in regression.output("bare-loop").splitlines():
        _, step, _, shown, _, w, _, b = line.split()
        assert (float(w), float(b)) == pytest.approx(tuple(points[int(step)]), abs=5.1e-5)
        assert float(shown) == pytest.approx(losses[int(step)], abs=5.1e-5)
    assert int(step) == 1000


def test_what_is_left_is_close_to_the_noises_variance(says, loss, closed):
    says("sec-descent-loop", "0.9589 is left, close to")
    assert loss(closed) == pytest.approx(0.9589, abs=5e-5)
    assert 0.8 < loss(closed) < 1.2


def test_the_loss_drops_fast_and_levels_off(says, walk):
    says("sec-descent-loop", "The loss drops fast, then levels off at the noise")
    _, losses = walk(0.01)
    assert losses[20] < losses[0] / 4
    assert losses[500] - losses[1000] < 1e-6


# sec-two-witnesses


def test_the_package_reproduces_the_bare_loop_to_the_last_digit(says, regression, data):
    says("sec-two-witnesses", "Not close: equal")
    assert regression.output("package-agrees").count("True") == 3
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
    says("sec-two-witnesses", "comes from the data, not from stopping too early")
    off = abs(walk(0.01)[0][-1] - closed).max()
    assert off < 1e-6
    assert off < 1e-4 * abs(closed - [2, 3]).max()


def test_the_closed_form_is_the_formula_on_the_page(says, data, closed):
    says("sec-two-witnesses", "set both slopes in")
    x, y = data
    w = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    assert (w, y.mean() - w * x.mean()) == pytest.approx(tuple(closed))


# sec-redraws


def test_the_fits_surround_the_truth_with_the_textbooks_standard_errors(says, data):
    says("sec-redraws", "Scattered around the truth", "together they surround the truth")
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


# sec-hubble


def test_hubbles_line_is_the_least_squares_line_of_24_nebulae(says, regression):
    says("sec-hubble", "24 nebulae", "454.2 times the distance minus 40.8", "423.9", "Nor far beyond 2 Mpc")
    sky = hubble()
    slope, intercept = np.polyfit(sky.x, sky.y, 1)
    assert len(sky.x) == 24
    assert (slope, intercept) == pytest.approx((454.1584, -40.7836), abs=5e-5)
    assert (sky.x @ sky.y) / (sky.x @ sky.x) == pytest.approx(423.937, abs=5e-4)
    assert 1.9 < sky.x.max() <= 2.1


def test_velocity_grows_with_distance_with_a_wide_scatter_and_some_below_zero(says):
    says("sec-hubble", "the farther away, the faster they leave, with a wide scatter")
    sky = hubble()
    assert 0.6 < np.corrcoef(sky.x, sky.y)[0, 1] < 0.9
    assert 0 < (sky.y < 0).sum() < len(sky.y) / 2
    assert sky.x[sky.y < 0].max() < 1


def test_at_hubbles_rate_the_universe_is_about_half_as_old_as_the_earth(says):
    says("sec-hubble", "2.2 billion years old, about half the age of the Earth")
    seconds_a_year, kilometres_a_megaparsec = 365.25 * 86400, 3.0857e19
    billion_years = kilometres_a_megaparsec / seconds_a_year / 1e9
    assert billion_years == pytest.approx(977.8, abs=0.1)
    assert round(billion_years / 454.1584, 1) == 2.2
    assert billion_years / 454.1584 == pytest.approx(4.54 / 2, rel=0.1)  # Dalrymple 2001: 4.54 billion years
    assert kilometres_a_megaparsec / 9.4607e12 / 1e6 == pytest.approx(3.26, abs=0.005)  # million light years


def test_todays_value_is_many_standard_errors_away_and_longer_distances_change_no_residual(says):
    sky = hubble()
    (error,), _ = standard_errors(sky.X, sky.y)
    slope, intercept = np.polyfit(sky.x, sky.y, 1)
    says("sec-hubble", f"which is {(slope - 70) / error:.1f} of those standard errors away")
    says("sec-hubble", "the slope is a seventh, and every residual is the same")
    longer = np.polyfit(7 * sky.x, sky.y, 1)
    assert longer == pytest.approx([slope / 7, intercept])
    assert sky.y - np.polyval(longer, 7 * sky.x) == pytest.approx(sky.y - slope * sky.x - intercept)


# sec-regression-pitfalls


def test_a_sign_error_grows_at_every_rate_and_a_large_rate_only_above_the_limit(says, walk, gradient, limit):
    says("sec-regression-pitfalls", "so the loss grows at every rate", "only above a limit, here 0.1345")
    assert round(limit, 4) == 0.1345
    for rate in (0.2, 0.01, 0.001, 1e-5):
        _, losses = walk(rate, 50, lambda p: -gradient(p))
        assert (np.diff(losses) > 0).all()
    assert walk(limit * 0.99)[1][-1] < 1
    assert walk(limit * 1.01)[1][-1] > 1e3


def test_the_table_of_faults_tells_what_the_runs_do(regression, walk, gradient):
    faults = {"correct": 1, "sign error": -1, "not averaged": N}
    head, *rows = regression.table("tbl-faults")
    assert head[1:] == list(faults)
    for name, *cells in rows[:-1]:
        for cell, factor in zip(cells, faults.values(), strict=True):
            _, losses = walk(float(name.removeprefix("rate ")), 1000, lambda p, f=factor: f * gradient(p))
            if not np.isfinite(losses[-1]):
                assert cell == f"overflows at step {len(losses) - 1}"
            elif losses[-1] > 1e6:
                assert re.sub(r"\s", "", cell) == f"growsbeyond10{np.log10(losses[-1]):.0f}"
            else:
                way = "falls" if losses[-1] < losses[0] else "grows"
                assert cell == f"{way} to {losses[-1]:.3g}"
    assert [float(cell) for cell in rows[-1][1:]] == list(faults.values())


def test_not_averaging_overflows_at_a_hundredth_and_is_harmless_at_a_thousandth(
    says, walk, gradient, closed, limit
):
    says(
        "sec-regression-pitfalls", "At 0.01 it overflows; at 0.001 it is harmless", "A smaller rate cures it"
    )
    says("sec-regression-pitfalls", "so its limit is", f"times smaller, {limit / N:.4f}")
    _, losses = walk(0.01, 1000, lambda p: N * gradient(p))
    assert not np.isfinite(losses[-1])
    points, _ = walk(0.001, 1000, lambda p: N * gradient(p))
    assert points[-1] == pytest.approx(closed)


def test_a_smaller_rate_tells_a_sign_error_from_too_large_a_rate(says, walk, gradient):
    says("sec-regression-pitfalls", "One of the two goes away, and the other only slows down")
    assert walk(0.2)[1][-1] > 1e10
    assert walk(0.02)[1][-1] < 1
    fast, slow = (walk(rate, 100, lambda p: -gradient(p))[1] for rate in (0.2, 0.02))
    assert fast[20] > slow[20] > slow[0]


def test_after_one_step_a_doomed_run_looks_sound_and_later_it_does_not(
    says, regression, walk, gradient, limit
):
    says("sec-regression-pitfalls", "a doomed run can look as sound as any", "just above the limit")
    text = regression.tree.xpath("//figure[@id='fig-faults']/img/@alt")[0]
    assert "falls at first and then rises" in text
    _, sound = walk(0.01, 100)
    _, doomed = walk(0.135, 100)
    assert limit < 0.135
    assert sound[1] < sound[0]
    assert doomed[1] < doomed[0]
    assert doomed[-1] > doomed.min()
    assert 0 < doomed.argmin() < 99
    assert (np.diff(doomed)[doomed.argmin() :] > 0).all()
    assert (np.diff(sound) < 0).all()
    says(
        "sec-regression-pitfalls",
        f"From a loss of {sound[0]:.1f}",
        f"leads to {sound[1]:.1f} at the sound rate",
    )
    says("sec-regression-pitfalls", f"and to {doomed[1]:.1f} at 0.135")


def test_the_sign_error_rises_straight_on_a_logarithmic_axis_and_the_sum_shoots_up(
    says, regression, walk, gradient
):
    text = regression.tree.xpath("//figure[@id='fig-faults']/img/@alt")[0]
    assert "along a straight line" in text
    assert "shoots up in its first two" in text
    _, climbing = walk(0.01, 25, lambda p: -gradient(p))
    _, summed = walk(0.01, 2, lambda p: N * gradient(p))
    slopes = np.diff(np.log(climbing))
    assert slopes[2:] == pytest.approx(np.full(23, slopes[2:].mean()), rel=0.15)
    assert summed[2] > 1e3 * summed[0]
    says(
        "sec-regression-pitfalls",
        f"the sign error is then at {climbing[1]:.1f}",
        f"the missing average at {summed[1]:.0f}",
    )


def test_updating_w_first_reaches_the_same_line_and_fails_the_gradient_check(
    says, walk, gradient, loss, closed
):
    says("sec-regression-pitfalls", "It reaches the same line", "fails the check")

    def w_first(point):
        slope = gradient(point)
        return np.array([slope[0], gradient([point[0] - 0.01 * slope[0], point[1]])[1]])

    points, losses = walk(0.01, 1000, w_first)
    _, correct = walk(0.01)
    assert points[-1] == pytest.approx(closed, abs=1e-6)
    says("sec-regression-pitfalls", f"by more than {100 * abs(losses / correct - 1).max():.1f} %")
    assert not np.array_equal(losses, correct)  # "A comparison with the package to the last digit fails too"
    assert not check_gradient(loss, w_first, [0.0, 0.0]).passed
    assert check_gradient(loss, gradient, [0.0, 0.0]).passed


def test_the_update_orders_cell_prints_that_its_check_failed(regression):
    assert "check passed: False" in regression.output("fault-update-order")


def test_a_column_falls_smoothly_and_stalls_high_on_a_flat_line(says, regression, data):
    says("sec-regression-pitfalls", "the loss falls smoothly and then stalls, high", "flat at the mean of")
    x, y = data
    w, b, losses = 0.0, 0.0, []
    for _ in range(1000):
        e = y[:, None] - (w * x + b)[None, :]
        assert e.shape == (N, N)
        losses.append(np.mean(e**2))
        w, b = w + 0.02 * np.mean(x * e), b + 0.02 * np.mean(e)
    assert (np.diff(losses) < 1e-12).all()
    assert losses[-1] == pytest.approx(y.var())
    assert losses[-1] > 20
    assert abs(w) < 1e-6
    assert b == pytest.approx(y.mean())
    printed = regression.output("fault-column")
    assert "(100, 100)" in printed
    assert f"{y.mean():.4f}" in printed


def test_more_steps_do_not_help_the_column_but_help_too_small_a_rate(says, walk, loss, closed):
    losses = walk(1e-4)[1]
    says("sec-regression-pitfalls", "Here more steps do not help")
    says(
        "sec-regression-pitfalls",
        f"at a rate of 0.0001 by {losses[-100] - losses[-1]:.2f} over its last 100 steps",
    )
    says("sec-regression-checks", "but then it is still falling")
    assert losses[-1] > 5
    assert (np.diff(losses) < 0).all()
    assert walk(1e-3, 10_000)[1][-1] == pytest.approx(loss(closed))


def test_in_the_bare_loop_a_column_is_loud(says, data, sources):
    says("sec-regression-pitfalls", "the line of progress at step 100 stops with a TypeError")
    x, y = data
    _, code = sources["chapters/06-linear-regression.html"].cells["bare-loop"]
    names = {"np": np, "x": x, "y": y.reshape(-1, 1), "N": N, "print": [].append}
    with pytest.raises(TypeError, match="format"):
        exec(code, names)  # noqa: S102 - the chapter's own loop
    assert names["step"] == 100


def test_the_package_refuses_a_column(says, regression, data):
    says("sec-regression-pitfalls", "The package refuses such a")
    x, y = data
    with pytest.raises(ValueError, match="y must") as refusal:
        LinearRegression().fit(x.reshape(-1, 1), y.reshape(-1, 1))
    assert str(refusal.value) in regression.output("fault-column-refused")


# sec-regression-checks, sec-regression-summary


def test_the_first_answer_is_minus_twice_the_mean_of_y(says, data, gradient):
    _, y = data
    says("sec-regression-checks", "Minus twice the mean of", f"{-2 * y.mean():.4f}")
    assert gradient(np.zeros(2))[1] == pytest.approx(-2 * y.mean())


def test_doubled_rows_keep_the_fit_and_shrink_the_formulas_error(says, data, closed):
    says("sec-regression-checks", "The fit stays", "that is the trap")
    x, y = data
    twice = np.concatenate([x, x]), np.concatenate([y, y])
    assert np.polyfit(*twice, 1) == pytest.approx(closed)
    once = standard_errors(x.reshape(-1, 1), y)[0][0]
    doubled = standard_errors(twice[0].reshape(-1, 1), twice[1])[0][0]
    says("sec-regression-checks", f"shrinks from {once:.3f} to {doubled:.3f}")
    assert doubled / once == pytest.approx(1 / np.sqrt(2), rel=0.01)


def test_descent_finds_the_least_squares_line(says, data, gradient, closed):
    says("sec-regression-summary", "Descent finds the least-squares line")
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

"""What the chapter on the learning rate predicts and measures of runs, and its pitfalls, proved apart from its cells."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

N = 100


@pytest.fixture(scope="module")
def page(pages):
    return pages["chapters/07-learning-rate.html"]


@pytest.fixture(scope="module")
def excess(walk, loss, closed):
    """The loss that a run still has above the least, by step."""
    return lambda rate, steps=1000: walk(rate, steps)[1] - loss(closed)


@pytest.fixture(scope="module")
def pace():
    """The factor per step late in a run: the root of the ratio of two excess losses, far apart."""

    def measure(run, first, last):
        return (run[last] / run[first]) ** (0.5 / (last - first))

    return measure


@pytest.fixture(scope="module")
def curvatures(data):
    """Squares of the singular values of [x 1], times 2/N; the flat one first."""
    A = np.column_stack([data[0], np.ones(N)])
    return 2 / N * np.linalg.svd(A, compute_uv=False)[::-1] ** 2


# sec-rate-table


def test_the_measured_side_of_the_table_is_what_logged_runs_do(page, walk, excess, pace):
    rows = [row for row in page.table("tbl-four-rates")[1:] if row[1] == "measured"]
    tails = {"0.001": (800, 1000), "0.01": (300, 500), "0.1": (25, 45), "0.5": (100, 180)}
    assert [row[0] for row in rows] == list(tails)
    for rate, _, factor, steps, outcome in rows:
        run = excess(float(rate))
        assert float(factor) == pytest.approx(pace(run, *tails[rate]), abs=5.1e-5)
        if rate == "0.5":
            assert (steps, outcome) == ("never", "inf at 189")
            assert (run > run[0] / 100).all()
        else:
            assert int(steps) == next(k for k, left in enumerate(run) if left <= run[0] / 100)
            assert outcome == f"{walk(float(rate))[0][-1][1]:.4f}"


def test_the_predicted_side_follows_from_the_curvatures_without_a_step(page, closed, curvatures, data):
    rows = [row for row in page.table("tbl-four-rates")[1:] if row[1] == "predicted"]
    A = np.column_stack([data[0], np.ones(N)])
    _, _, axes = np.linalg.svd(A)
    start = axes[::-1] @ -closed  # along the flat axis and the steep one
    for rate, _, factor, steps, outcome in rows:
        factors = 1 - float(rate) * curvatures
        assert float(factor) == pytest.approx(abs(factors).max(), abs=5.1e-5)
        # Exact integers of digits: a parabola's height is half its curvature times its distance squared.
        heights = [
            Fraction(float(c)) * Fraction(float(s)) ** 2 / 2 for c, s in zip(curvatures, start, strict=True)
        ]
        squares = [Fraction(float(f)) ** 2 for f in factors]
        if rate == "0.5":
            assert steps == "never"
            growth = np.log(float(heights[1]) * N) + 2 * np.arange(300) * np.log(abs(factors[1]))
            # The sum of N squares overflows before it is divided by N.
            assert outcome == f"inf at {np.argmax(growth > np.log(np.finfo(float).max))}"
            continue
        left = [float(h) * float(s) ** np.arange(2000) for h, s in zip(heights, squares, strict=True)]
        assert int(steps) == np.argmax(sum(left) <= float(sum(heights)) / 100)
        end = closed + axes[::-1].T @ (start * factors**1000)
        assert outcome == f"{end[1]:.4f}"


def test_prediction_and_measurement_agree_in_every_cell(says, page):
    says(
        "sec-rate-table",
        "What the curvatures predict, the logged runs do",
        "the measured side uses no curvature",
    )
    rows = page.table("tbl-four-rates")[1:]
    assert len(rows) == 8
    for predicted, measured in zip(rows[::2], rows[1::2], strict=True):
        assert (predicted[1], measured[1]) == ("predicted", "measured")
        assert predicted[2:] == measured[2:]


def test_a_small_excess_has_lost_half_of_its_digits(says):
    says(
        "sec-rate-table",
        "Fit only excesses above",
        "of a smaller one, rounding has taken more than half of the digits",
    )
    assert 15 < -np.log10(np.finfo(float).eps) < 16
    assert np.spacing(1.0) / 1e-8 == pytest.approx(1e-8, rel=2)  # 8 of 16


# sec-best-rate


def test_nearer_the_limit_is_slower(says, excess, pace, limit):
    near, far = excess(0.13), excess(0.1)
    steps = [next(k for k, left in enumerate(run) if left <= run[0] / 100) for run in (far, near)]
    says(
        "sec-best-rate",
        f"At 0.1 the factor is {pace(far, 25, 45):.3f}, at 0.13 it is {pace(near, 60, 140):.3f}",
    )
    says("sec-best-rate", f"{steps[0]} steps to 1% against {steps[1]}.")
    assert limit > 0.13
    assert steps[0] < steps[1]


def test_at_the_best_rate_a_logged_run_has_the_factor_of_the_formula(says, excess, pace, curvatures):
    ratio = curvatures[1] / curvatures[0]
    best = 2 / curvatures.sum()
    says("sec-best-rate", f"is {ratio:.2f} and the best rate is {best:.4f}", "7.45", "0.1186")
    measured = pace(excess(best), 15, 35)
    says(
        "sec-best-rate",
        f"with a factor of {(ratio - 1) / (ratio + 1):.4f} by the formula and {measured:.4f} in",
    )
    to_one_percent = {}
    for rate in (0.11, best):
        run = excess(rate)
        to_one_percent[rate] = next(k for k, left in enumerate(run) if left <= run[0] / 100)
    says(
        "sec-best-rate",
        f"a rate of 0.11 takes {to_one_percent[0.11]} steps, and the best rate {to_one_percent[best]}.",
    )
    assert to_one_percent[0.11] < to_one_percent[best]
    assert excess(best)[40] < excess(0.11)[40]  # "the tail decides"
    others = [pace(excess(rate), 15, 30) for rate in (best - 0.005, best + 0.005)]
    assert min(others) > measured


def test_near_the_limit_the_steep_direction_is_the_slow_one(says, walk, closed):
    says("sec-best-rate", "At 0.13, the steep direction has become the slow one")
    off = walk(0.13, 60)[0][40:, 0] - closed[0]
    assert off[1:] / off[:-1] == pytest.approx(np.full(20, -0.93), abs=0.01)


def test_a_search_by_threes_finds_a_rate_that_will_do(says, walk, excess, curvatures, limit):
    ends = [walk(0.001 * 3**k, 30)[1][30] for k in range(6)]
    assert ends[5] > 1e26
    assert (np.diff(ends[:5]) < 0).all()  # "keep the last rate before the explosion"
    shown = [f"{end:.0f}" if end > 10 else f"{end:.1f}" for end in ends[:3]]
    says("sec-best-rate", f"the losses end at {', '.join(shown)}, 1.3, 0.96 and 3 × 10²⁶")
    assert [round(end, 2) for end in ends[3:5]] == [1.29, 0.96]
    assert round(ends[5] / 1e26) == 3

    def needed(rate):
        run = excess(rate)
        return next(k for k, left in enumerate(run) if left <= run[0] / 100)

    says(
        "sec-best-rate",
        f"0.081, takes {needed(0.081)} steps and a third of it {needed(0.027)}, against "
        f"{needed(2 / curvatures.sum())} at the best rate; beyond the limit nothing helps",
    )
    assert 0.081 < limit < 0.243
    assert needed(0.081) < 2 * needed(2 / curvatures.sum())


def test_a_rate_a_little_above_the_limit_falls_at_first(says, excess, limit):
    says("sec-best-rate", "or a third of it, since a little above the limit the loss still falls at first")
    run = excess(1.003 * limit)
    assert (np.diff(run[:5]) < 0).all()
    assert run[-1] > run[0]
    assert (np.diff(excess(1.003 * limit / 3, 100)) < 0).all()


def test_no_heading_says_that_a_rate_has_a_limit_before_it_is_asked(page):
    headings = [each.text_content().lower() for each in page.tree.xpath("//h1 | //h2 | //nav//a")]
    assert not [each for each in headings if "limit" in each]


def test_the_mark_at_the_best_rate_waits_for_the_prediction_of_it(page):
    (figure,) = page.tree.xpath("//*[@data-figure='bowl']")
    assert page.tree.xpath(f"//section[@id='sec-best-rate']//*[@id='{figure.get('data-after')}']")


# sec-rate-pitfalls


def test_a_small_gain_means_arrived_or_slow_and_a_small_gradient_arrived(says, walk, gradient, data, closed):
    says("sec-rate-pitfalls", "A small change means arrived, or slow", "is small beside a standard error")
    x, y = data
    e = y - np.polyval(closed, x)
    error = np.sqrt(e @ e / (N - 2)) * np.sqrt(1 / N + x.mean() ** 2 / ((x - x.mean()) ** 2).sum())
    stops = {}
    for rate in (1e-6, 0.001):
        points, losses = walk(rate, 2000)
        k = next(k for k in range(1, 2001) if losses[k - 1] - losses[k] < losses[k - 1] / 10_000)
        stops[rate] = k, (closed[1] - points[k][1]) / error
    assert stops[1e-6][0] == 1
    k, short = stops[0.001]
    says("sec-rate-pitfalls", "and a run at 0.000001 ends after step 1, one at 0.001 after step")
    says("sec-rate-pitfalls", f"after step {k:,}, with b still {short:.1f} standard errors short")
    assert short > 1
    steps = []
    for rate in (0.001, 0.01, 0.1):
        points, _ = walk(rate, 3000)
        lengths = [np.hypot(*gradient(point)) for point in points]
        steps.append(next(k for k, length in enumerate(lengths) if length <= lengths[0] / 1000))
        assert closed[1] - points[steps[-1]][1] < 0.2 * error  # arrived, to a fifth of a standard error
    says(
        "sec-rate-pitfalls",
        "On a bowl as round as this one it is enough to wait",
        f"(at 0.01 after {steps[1]} steps)",
    )
    says(
        "sec-rate-pitfalls",
        "in a narrow valley one step can shorten the gradient that much, with nearly all of the way still to go",
    )
    steep, flat = 1e6, 1.0  # curvatures
    left = np.array([1, 1]) * (1 - np.array([steep, flat]) / steep)
    assert np.hypot(*(left * [steep, flat])) < np.hypot(steep, flat) / 1000
    assert left[1] > 0.99


def test_the_run_ahead_at_step_10_is_far_behind_at_step_100(says, excess):
    says("sec-best-rate", "on a linear axis a run that has lost most of its loss looks finished")
    slow, fast = excess(0.015, 100), excess(0.13, 100)
    says("sec-best-rate", f"is ahead of 0.13, with an excess of {slow[10]:.1f} against {fast[10]:.1f}; at")
    says(
        "sec-best-rate",
        "At first a direction that falls fast can hide the slow one, which rules the later steps",
    )
    assert slow[1] / slow[0] < 0.8
    assert slow[100] / slow[99] > 0.9
    says(
        "sec-best-rate",
        f"at step 100 it has {slow[100]:.2f}, and 0.13 has {10**5 * fast[100]:.0f} × 10⁻⁵",
    )
    assert (slow[1:11] < fast[1:11]).all()
    assert fast[100] < slow[100] / 100
    assert abs(slow[100] - fast[100]) < 40 / 500  # on a linear axis to 40 they touch


def test_the_limit_holds_for_other_targets_and_not_for_other_inputs(says, data):
    x, y = data
    says("sec-rate-pitfalls", "a run at 0.13 has converged", "and the same run has diverged")
    ends = {}
    for name, inputs, targets in (("targets", x, 1000 * y), ("inputs", x + 2, y)):
        A = np.column_stack([inputs, np.ones(N)])
        limit = N / np.linalg.norm(A, 2) ** 2
        point = np.zeros(2)
        for _ in range(600):
            point = point - 0.13 * 2 / N * A.T @ (A @ point - targets)
        ends[name] = limit, abs(point - np.linalg.lstsq(A, targets, rcond=None)[0]).max()
    assert ends["targets"][0] > 0.13 > ends["inputs"][0]
    assert ends["targets"][1] < 1e-6
    assert ends["inputs"][1] > 1e6
    says("sec-rate-pitfalls", f"the limit falls to {ends['inputs'][0]:.4f}")

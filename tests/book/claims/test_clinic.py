"""What the clinic's answers say of its twelve curves, each run again apart from the chapter's cell."""

from __future__ import annotations

import re

import numpy as np
import pytest

N = 100


@pytest.fixture(scope="module")
def least(loss, closed):
    return loss(closed)


@pytest.fixture(scope="module")
def refit(data):
    """Descend on other data, from zero: points and losses."""

    def run(x, rate, steps, y=data[1]):
        A, points = np.column_stack([x, np.ones(N)]), [np.zeros(2)]
        for _ in range(steps):
            points.append(points[-1] + 2 * rate / N * A.T @ (y - A @ points[-1]))
        return np.array(points), np.array([np.mean((y - A @ p) ** 2) for p in points])

    return run


@pytest.fixture(scope="module")
def shuffles(data):
    """The inputs in ten other orders: what is said of E must not hang on one of them."""
    return [np.random.default_rng(seed).permutation(data[0]) for seed in range(10)]


@pytest.fixture(scope="module")
def told(pages):
    """Assert that a curve's answer, or its picture's alternative text, says what a test proves."""
    tree = pages["chapters/07b-loss-clinic.html"].tree
    picture = tree.xpath("//div[@id='cell-plot-clinic']//img/@alt")[0]

    def check(letter, *phrases):
        answer = tree.xpath(f"//details[@id='ans-rate-clinic-{letter.lower()}']")[0].text_content()
        text = " ".join(answer.split()).replace("’", "'") + picture
        for phrase in phrases:
            assert phrase in text, f"{letter} no longer says: {phrase}"

    return check


def test_a_still_falls_where_e_and_l_are_level(told, walk, refit, shuffles, limit, least):
    told(
        "A",
        "falls from the first step to the last",
        "nowhere near done",
        "ten times as many steps, and only A",
    )
    _, slow = walk(2e-4, 3000)
    assert (np.diff(slow) < 0).all()
    assert slow[300] > 10 * least
    assert slow[3000] < slow[300] / 2
    for flat in [walk(limit, 3000)[1], *(refit(x, 0.02, 3000)[1] for x in shuffles)]:
        assert flat[3000] == pytest.approx(flat[300], rel=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_b_trembles_above_the_line_and_less_at_a_tenth_of_the_rate(told, data, loss, walk, least, seed):
    told(
        "B",
        "trembles above the line",
        "a tenth of the rate brings the trembling down: that is why most schedules end with a small one",
        "curves are smooth",
    )
    x, y = data
    tails = {}
    for rate, steps in ((0.05, 300), (0.005, 3000)):
        rng = np.random.default_rng(seed)

        def few(p, rng=rng):
            i = rng.integers(N, size=5)
            e = y[i] - p[0] * x[i] - p[1]
            return -2 / 5 * np.array([x[i] @ e, e.sum()])

        tails[rate] = walk(rate, steps, few)[1][-150:] - least
    assert (tails[0.05] > 0).all()
    assert tails[0.005].mean() < tails[0.05].mean() / 4
    assert tails[0.005].std() < tails[0.05].std() / 4
    assert np.sum(np.diff(np.sign(np.diff(tails[0.05]))) != 0) > 50
    for rate in (0.01, 0.1, 0.13):
        assert (np.diff(walk(rate, 300)[1], 2) > -1e-9).all()  # no trembling on all rows


def test_c_falls_then_rises_and_is_sound_at_half_the_rate(told, walk, limit, least):
    told(
        "C",
        "It falls while the flat direction arrives",
        "Halve the rate, and C is sound",
        "C, on a linear axis, falls a little, then rises",
    )
    _, losses = walk(0.135, 40)
    turn = losses.argmin()
    assert limit < 0.135 < 1.01 * limit
    assert 2 < turn < 10
    # On an axis from zero the fall and the rise are a good part of the panel's height.
    assert losses[0] - losses[turn] > 0.1 * losses.max()
    assert losses[-1] - losses[turn] > 0.3 * losses.max()
    assert (np.diff(losses[: turn + 1]) < 0).all()
    assert (np.diff(losses[turn:]) > 0).all()
    assert walk(0.0675, 200)[1][-1] == pytest.approx(least)


def test_d_and_i_are_twins_in_the_long_run_and_part_at_a_hundredth_of_the_rate(told, walk, gradient, limit):
    told(
        "D",
        "climbs from the first step, soon by nearly a third",
        "starts more slowly",
        "D still rises, and I falls",
    )
    told("I", "Even the first step loses more in the steep direction", "is 1.148 here and 1.149 there")

    def climb(p):
        return -gradient(p)

    signed, large = walk(0.01, 12, climb)[1], walk(0.1445, 12)[1]
    assert (np.diff(signed) > 0).all()
    assert (np.diff(large) > 0).all()
    assert abs(np.log(signed / large)).max() < np.log(1000) / 30  # of an axis over three decades
    assert (f"{0.1445 * 2 / limit - 1:.3f}", f"{1 + 0.01 * 2 / limit:.3f}") == ("1.148", "1.149")
    assert (np.diff(walk(0.0001, 300, climb)[1]) > 0).all()
    assert (np.diff(walk(0.001445, 300)[1]) < 0).all()


def test_e_arrives_at_a_flat_line_near_the_variance_of_y(told, data, refit, shuffles):
    _, y = data
    told(
        "E",
        f"near the variance of y (the mean squared distance from the mean), {y.var():.1f}",
        "here it settles, far below 2, while L's jumps; e.shape tells E from the column",
        "stays level, high",
    )
    slopes = []
    for x in shuffles:
        points, losses = refit(x, 0.02, 300)
        assert losses[-1] == pytest.approx(y.var(), rel=0.05)
        assert losses[-1] == pytest.approx(losses[100], rel=0.01)
        assert points[-1][0] == pytest.approx(points[-2][0], abs=1e-5)
        slopes.append(abs(points[-1][0]))
    assert max(slopes) < 0.6
    rng = np.random.default_rng(11)  # and the one that is drawn
    for _ in range(300):
        rng.integers(N, size=5)  # B's
    points, _ = refit(rng.permutation(data[0]), 0.02, 300)
    assert abs(points[-1][0]) < 0.6
    assert points[-1][0] == pytest.approx(points[-20][0], abs=1e-4)


def test_f_is_sound_and_far_below_the_variance_of_y(told, data, walk, least):
    told("F", "Nothing is wrong", "F falls to the dotted line and stays")
    _, losses = walk(0.02, 300)
    assert (np.diff(losses) < 1e-15).all()
    assert losses[-1] == pytest.approx(least, abs=1e-4)
    assert losses[-1] < data[1].var() / 20


def test_g_drops_at_once_then_goes_on_creeping(told, data, refit, limit):
    x, _ = data
    A = np.column_stack([10 * x, np.ones(N)])
    told("G", f"is {np.linalg.cond(A) ** 2:.0f}", "lands in one step", "G goes on falling")
    _, losses = refit(10 * x, limit / 200, 3000)
    assert losses[1] < losses[0] / 3
    assert losses[300] > losses[1] / 3
    assert (np.diff(losses) < 0).all()
    assert losses[3000] < losses[300] / 2


def test_j_stops_too_early_and_falls_again_with_a_fresh_rate(told, gradient, loss, least):
    told("J", "worth 20 of the first", "Start again from J's end with a fresh rate, and it falls further")
    told("G", "which stops")
    assert (0.95 ** np.arange(300)).sum() == pytest.approx(20, rel=1e-4)
    point, path = np.zeros(2), []
    for k in range(3000):
        point = point - 0.01 * 0.95**k * gradient(point)
        path.append(loss(point))
    assert path[2999] == pytest.approx(path[299], rel=1e-3)
    assert path[299] > 3 * least
    assert loss(point - 0.01 * gradient(point)) < loss(point) - 0.01


@pytest.mark.parametrize("seed", range(5))
def test_h_leaps_whenever_the_bad_row_is_drawn_and_falls_again(told, data, seed):
    told(
        "H",
        "the decimal point has slipped one place",
        "leaps, by a hundredfold once the run has settled, and falls",
    )
    told("H", "H falls, leaps up again and again, and falls after each leap", "B, which trembles evenly")
    told("H", "one number is in all of them", "Were that y nan, the curve would end there")
    x, y = data
    worst = x.argmax()
    bad, others, rng = y.copy(), np.arange(N) != x.argmax(), np.random.default_rng(seed)
    bad[worst] *= 10
    point, rows, losses = np.zeros(2), [], []
    for _ in range(600):
        losses.append(np.mean((y - point[0] * x - point[1])[others] ** 2))
        rows.append(rng.integers(N, size=5))
        e = bad[rows[-1]] - point[0] * x[rows[-1]] - point[1]
        point = point + 0.02 * 2 / 5 * np.array([x[rows[-1]] @ e, e.sum()])
    losses, drawn = np.array(losses), np.array([worst in batch for batch in rows])
    grows = losses[1:] / losses[:-1]
    settled = losses[:-1] < 1.5
    assert grows[drawn[:-1] & settled].min() > 80
    assert grows[~drawn[:-1]].max() < 4
    assert set.intersection(*(set(rows[k]) for k in np.flatnonzero(grows > 20))) == {worst}
    for k in np.flatnonzero(drawn[:-40]):  # and falls again, unless the row comes back
        if not drawn[k + 1 : k + 40].any():
            assert losses[k + 40] < losses[k + 1] / 20


def test_h_is_drawn_with_the_seed_of_the_notebook_and_leaps_four_times(sources, data):
    """The panel that is shown: some leaps, well apart, and none that leaves the frame."""
    _, code = sources["chapters/07b-loss-clinic.html"].cells["plot-clinic"]
    seed = int(re.search(r"default_rng\((\d+)\)", code)[1])
    rng = np.random.default_rng(seed)
    for _ in range(300):
        rng.integers(N, size=5)  # B's
    rng.permutation(N)  # E's
    hits = [k for k in range(150) if data[0].argmax() in rng.integers(N, size=5)]
    assert len(hits) == 4
    assert np.diff(hits).min() > 20


@pytest.fixture
def curves(walk, refit, gradient, data, shuffles, limit):
    """The losses of all but B and H, whose batches other tests draw: they tremble and leap to the end."""
    fading = iter(0.95 ** np.arange(300))
    return {
        "A": walk(2e-4, 300)[1],
        "C": walk(0.135, 40)[1],
        "D": walk(0.01, 12, lambda p: -gradient(p))[1],
        "E": refit(shuffles[0], 0.02, 300)[1],
        "F": walk(0.02, 300)[1],
        "G": refit(10 * data[0], limit / 200, 300)[1],
        "I": walk(0.1445, 12)[1],
        "J": walk(0.01, 300, lambda p: next(fading) * gradient(p))[1],
        "K": walk(0.001)[1],
        "L": walk(limit, 300)[1],
    }


def test_three_grow_three_are_level_too_high_and_two_go_down_to_the_last(says, told, curves, least):
    says("sec-loss-clinic", "which three grow at their end, which three are level but too high")
    says(
        "sec-loss-clinic", "which two go down from the first step to the last, and are plainly far from done?"
    )
    grow = [each for each, run in curves.items() if run[-1] > 1.01 * run[-2]]
    high = {each: run for each, run in curves.items() if each not in grow and run[-1] > 2 * least}
    level = [each for each, run in high.items() if run[-1] > 0.99 * run[-len(run) // 3]]
    assert (grow, level) == (["C", "D", "I"], ["E", "J", "L"])
    told("sorted", "C, D and I grow, E, J and L are level but too high, and A and G still go down.")
    assert high.keys() - level == {"A", "G"}
    for each in "AG":
        assert (np.diff(curves[each][1:]) < 0).all()


def test_k_looks_finished_on_a_linear_axis_and_is_not(told, walk, least):
    excess = walk(0.001)[1] - least
    told("K", f"At its end the excess is {excess[-1]:.2f}", "thinner than the line drawn")
    panel, line = 95, 1.8  # points: at most so high is a panel, so wide its line
    assert excess[-1] / 38 * panel < line
    assert excess[-100] / excess[-1] > 1.3  # the last hundred steps still take a good part of it


def test_l_swings_for_ever_between_two_points_at_one_height(told, walk, limit):
    points, losses = walk(limit, 300)
    told("L", f"jumps between {points[300][0]:.2f} and {points[299][0]:.2f}", "at the same height")
    assert losses[100:] == pytest.approx(np.full(201, losses[300]), rel=1e-6)
    assert points[100:-2] == pytest.approx(points[102:], rel=1e-6)
    assert abs(points[300][0] - points[299][0]) > 3


def test_on_three_points_of_a_line_the_loss_falls_to_zero(says):
    says("sec-clinic-else", "Run your code on three points of a line that you know", "must fall to zero")
    x, y = np.array([-2, 0, 2]), np.array([-1, 3, 7])
    assert (y == 2 * x + 3).all()
    w = b = 0.0
    for _ in range(1000):
        e = y - w * x - b
        w, b = w + 0.1 * 2 / 3 * (x @ e), b + 0.1 * 2 / 3 * e.sum()
    e = y - w * x - b
    assert e @ e / 3 < 1e-28
    says("sec-clinic-else", "× 10⁻³¹ in 1,000 steps). If at that rate it does not, the fault is in the code")
    says("sec-clinic-else", "If it does, some faults may still hide: check the gradient and the step")


def test_answers_name_the_code_that_made_the_curve(pages, sources):
    """An answer's `run(…)` stands in the cell of the clinic."""
    _, code = sources["chapters/07b-loss-clinic.html"].cells["plot-clinic"]
    for letter in "abcdefghijkl":
        answer = (
            pages["chapters/07b-loss-clinic.html"]
            .tree.xpath(f"//details[@id='ans-rate-clinic-{letter}']")[0]
            .text_content()
        )
        for call in re.findall(r"run\([^)]*\)", answer):
            assert f'"{letter.upper()}": {call}' in code

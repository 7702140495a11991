"""What the chapter on descent says of walks in one variable, proved by closed forms and by loops of its own."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import sympy

from ml_from_scratch import gradient_descent


@pytest.fixture(scope="module")
def chapter(pages):
    return pages["chapters/04-gradient-descent.html"]


def walk(slope, start, rate, steps):
    """Descend in plain Python, in whatever numbers it is given."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - rate * slope(points[-1]))
    return points


def parabola(x):
    """The slope of (x - 3)² by its expansion, x² - 6x + 9."""
    return 2 * x - 6


def bumpy(x):
    """The slope of 0.1x⁴ - x² + 0.5x, by its polynomial's coefficients."""
    return np.polyval(np.polyder([0.1, 0, -1, 0.5, 0]), x)


# the opening


@pytest.mark.parametrize("start", [(0, 0), (7, -4), (-3, 10)])
def test_a_models_numbers_are_found_from_any_start_by_walking_down_the_error(
    chapter, data, gradient, loss, start
):
    assert (
        "measures the model's error on examples, and changes the numbers so that the error falls."
        in chapter.text.replace("’", "'")
    )
    assert "The error is the height, and the numbers are the place." in chapter.text
    point, heights = np.array(start, dtype=float), []
    for _ in range(1000):
        heights.append(loss(point))
        point = point - 0.01 * gradient(point)
    assert (np.diff(heights[:300]) < 0).all()
    assert point == pytest.approx(np.polyfit(*data, 1), abs=1e-4)


# sec-descent-one-variable


def test_the_slope_says_which_way_is_down(says):
    says("sec-descent-one-variable", "falls to the right, so go right", "falls to the left, so go left")
    assert parabola(0) == -6
    assert parabola(5) == 4
    assert (0.1 - 3) ** 2 < (0 - 3) ** 2
    assert (4.9 - 3) ** 2 < (5 - 3) ** 2


def test_the_equation_gives_here_what_the_walk_finds_by_slopes_alone(says):
    says("sec-descent-one-variable", "feel only the slope", "Here you could solve")
    v = sympy.Symbol("v")
    assert sympy.solve(sympy.diff((v - 3) ** 2, v), v) == [3]
    asked = []
    run = gradient_descent(lambda x: asked.append(x) or 2 * (x - 3), 0.0, learning_rate=0.1, steps=50)
    assert asked == run.points[:50].tolist()  # nowhere else, and nothing but slopes


def test_the_first_steps_by_hand(says):
    says("sec-descent-one-variable", "so x2=0.6", "each is shorter than the last")
    points = walk(parabola, Fraction(0), Fraction(1, 10), 3)
    assert points[1:3] == [Fraction("0.6"), Fraction("1.08")]
    assert parabola(points[1]) == Fraction("-4.8")
    assert points[2] - points[1] == Fraction("0.48")
    assert points[2] - points[1] < points[1] - points[0]


def test_the_loop_prints_the_exact_walk(says, chapter):
    points = walk(parabola, Fraction(0), Fraction(1, 10), 50)
    printed = [line.split() for line in chapter.output("bare-descent").splitlines()]
    assert [int(line[1]) for line in printed] == [1, 2, 3, 10, 20, 30, 40, 50]
    for _, step, _, x, _, _, off in printed:
        assert float(x) == pytest.approx(float(points[int(step)]), abs=5.1e-7)
        assert float(off) == pytest.approx(float(3 - points[int(step)]), abs=5.1e-7)


def test_the_walk_never_arrives_and_comes_as_near_as_you_like(says):
    says(
        "sec-descent-one-variable",
        "On paper never quite, but it comes as near as you like",
        "the computer's walk stops within its last digits",
        "here each covers a fifth of it",
        "four fifths of the distance left remain after each",
    )
    points = walk(parabola, Fraction(0), Fraction(1, 10), 200)
    assert all(p < 3 for p in points)
    assert 3 - points[-1] < Fraction(1, 10**18)
    assert {(b - a) / (3 - a) for a, b in pairwise(points)} == {Fraction(1, 5)}
    on_a_computer = walk(parabola, 0.0, 0.1, 400)
    assert on_a_computer[300] == on_a_computer[400]
    assert abs(on_a_computer[400] - 3) < 1e-14


def test_ten_steps_bring_about_one_digit(says):
    says("sec-descent-one-variable", "every ten steps add roughly one digit")
    assert 9 < 1 / 0.8**10 < 11


def test_the_steps_shrink(says):
    says("sec-descent-one-variable", "The steps shrink by themselves, because the slope does")
    lengths = np.diff(np.array(walk(parabola, 0.0, 0.1, 50)))
    assert (np.diff(lengths) < 0).all()
    assert lengths == pytest.approx(0.1 * 6 * 0.8 ** np.arange(50))


def test_the_package_ends_where_the_loop_does_to_the_last_digit(says):
    says("sec-descent-one-variable", "does what your loop does, to the last digit")
    end = gradient_descent(lambda x: 2 * (x - 3), 0.0, learning_rate=0.1, steps=50).end
    assert end == walk(lambda x: 2 * (x - 3), 0.0, 0.1, 50)[-1]


# sec-descent-rates


@pytest.mark.parametrize("rate", ["1/10", "1/4", "1/2", "9/10", "1", "11/10"])
def test_each_step_multiplies_the_error_by_the_same_factor(says, rate):
    says("sec-descent-rates", "Each step multiplies the error by the same factor, whatever")
    rate = Fraction(rate)
    for start in (Fraction(0), Fraction(7), Fraction(-5, 3)):
        off = [point - 3 for point in walk(parabola, start, rate, 12)]
        assert all(after == (1 - 2 * rate) * before for before, after in pairwise(off))


def test_after_30_steps_the_walk_is_off_by_what_the_factor_predicts(says):
    says("sec-descent-rates", "steps from 0: after 30 that predicts 0.0037, and the walk is off by 0.0037")
    assert round(3 * 0.8**30, 4) == 0.0037
    assert 3 - walk(parabola, Fraction(0), Fraction(1, 10), 30)[-1] == 3 * Fraction(4, 5) ** 30


LAST = {"0.1": 12, "0.5": 1, "0.9": 9, "1.0": 3, "1.1": 4}  # where each walk of the figure ends


def test_one_arrives_at_once_two_get_near_at_the_same_pace_and_two_never_do(says):
    says("sec-descent-rates", "One arrives at once; two get near at the same pace; two never do")
    says("sec-descent-rates", "The factors are 0.8, 0.0, −0.8, −1.0, −1.2")
    off = {
        r: [p - 3 for p in walk(parabola, Fraction(0), Fraction(r), 60)]
        for r in ("0.1", "0.5", "0.9", "1.0", "1.1")
    }
    assert off["0.5"][1] == 0
    assert [abs(v) for v in off["0.1"]] == [abs(v) for v in off["0.9"]]
    assert abs(off["0.9"][-1]) < Fraction(1, 10**4)
    assert {abs(v) for v in off["1.0"]} == {3}
    assert abs(off["1.1"][-1]) > 10**5
    assert all(v < 0 for v in off["0.1"])  # stays on its side
    for rate in ("0.9", "1.0", "1.1"):
        assert all(a * b < 0 for a, b in pairwise(off[rate]))  # jumps across
    measured = (f"{float(off[r][k] / off[r][k - 1]):.1f}".replace("-", "−") for r, k in LAST.items())
    says(
        "sec-descent-rates", f"as the last error over the one before, the factors are {', '.join(measured)}:"
    )


def test_a_walk_with_a_factor_above_1_moves_away_unless_it_starts_at_the_minimum(says):
    says("sec-descent-rates", "it moves away without end, unless it starts at 3 itself")
    says(
        "sec-descent-summary",
        "its size whether it converges (below 1: it comes as near as you like) or diverges (above 1: it moves away",
    )
    for start in (0.0, 2.999, 3.0):
        off = [abs(p - 3) for p in walk(parabola, Fraction(start), Fraction(11, 10), 200)]
        assert off[-1] > 10**12 if start != 3 else set(off) == {0}


def test_the_parabola_allows_learning_rates_between_0_and_1(says):
    says("sec-descent-rates", "So this parabola allows learning rates between 0 and 1")
    for rate in np.linspace(0.02, 0.98, 25):
        assert abs(walk(parabola, 0.0, rate, 2000)[-1] - 3) < 1e-6
    for rate in (1.0, 1.01, 1.5):
        assert abs(walk(parabola, 0.0, rate, 100)[-1] - 3) >= 3


# sec-descent-valleys


def test_neighbouring_starts_end_in_different_valleys(says):
    says("sec-descent-valleys", "a deep valley on the left and a shallow one on the right")
    says(
        "sec-descent-valleys",
        "In different valleys",
        "so one slope points left and the other right",
        "it cannot say whether that is the lowest of all",
    )
    assert bumpy(0) == pytest.approx(0.5)
    assert bumpy(0.5) == pytest.approx(-0.45)
    left, ridge, right = np.sort(np.roots(np.polyder([0.1, 0, -1, 0.5, 0])))
    assert 0 < ridge < 0.5
    says("sec-descent-valleys", "Both in the shallow one, which is nearer", "which is the lower place")
    assert right - 0.5 < 0.5 - left
    assert right - 0 < 0 - left
    heights = np.polyval([0.1, 0, -1, 0.5, 0], [left, ridge, right])
    assert heights[0] < heights[2] < heights[1]
    says("sec-descent-valleys", "is a local minimum: no place near it is lower")
    for bottom in (left, right):
        near = np.polyval([0.1, 0, -1, 0.5, 0], bottom + np.linspace(-0.5, 0.5, 1001))
        assert near.argmin() == 500
    ends = [walk(bumpy, start, 0.1, 200)[-1] for start in (0.0, 0.5)]
    assert ends == pytest.approx([left, right])
    ends = f"From 0 the walk ends at {left:.2f}, from 0.5 at {right:.2f}".replace("-", "−")
    says("sec-descent-valleys", f"{ends}.")
    says("sec-descent-valleys", "each ends in the valley that its first step leads to")
    for start in (0.0, 0.5):
        first, *_, end = np.diff(walk(bumpy, start, 0.1, 200)).cumsum()
        assert np.sign(first) == np.sign(end)
    for start in (0.0, 0.5):
        drawn = walk(bumpy, start, 0.1, 24)[-1]
        assert (
            abs(drawn - (left if start == 0 else right)) < 0.1
        )  # the last of the dots drawn lies at the bottom


def test_a_larger_rate_leaves_either_valley(says):
    def first(start, leaves):
        return next(k / 100 for k in range(10, 100) if leaves(walk(bumpy, start, k / 100, 50)[-1]))

    down, up = first(3.5, lambda end: end < 0), first(-3.5, lambda end: end > 0)
    says(
        "sec-descent-valleys",
        "a walk from 3.5, which ends in the shallow valley",
        f"At {down} the first step clears the ridge. But at {up} a walk from −3.5 leaves the deep valley",
        "a long step does not look where it lands",
    )
    assert walk(bumpy, 3.5, 0.1, 50)[-1] > 0
    ridge = np.sort(np.roots([0.4, 0, -2, 0.5]))[1]
    assert walk(bumpy, 3.5, down, 1)[-1] < ridge
    assert walk(bumpy, -3.5, up, 1)[-1] > ridge

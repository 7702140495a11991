"""What the chapter on descent says of gradients and directions, proved by symbols and by turning all round."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from ml_from_scratch import central_difference

x, y, h, t = sympy.symbols("x y h t", real=True)
BOWL = x**2 - x * y + 3 * y**2
AT = {x: 2, y: 1}


@pytest.fixture(scope="module")
def chapter(pages):
    return pages["chapters/04-gradient-descent.html"]


def height(p):
    """The bowl as a matrix product, not as the chapter's polynomial."""
    return np.asarray(p) @ np.array([[1, -0.5], [-0.5, 3]]) @ np.asarray(p)


# sec-partial-derivatives


def test_each_partial_derivative_is_a_limit_with_the_other_variable_held(says, chapter):
    says("sec-partial-derivatives", "is then a constant like any other")
    along_x = sympy.limit(sympy.expand((BOWL.subs(x, x + h) - BOWL) / h), h, 0)
    along_y = sympy.limit(sympy.expand((BOWL.subs(y, y + h) - BOWL) / h), h, 0)
    assert sympy.expand(along_x - (2 * x - y)) == 0
    assert sympy.expand(along_y - (-x + 6 * y)) == 0
    assert [along_x.subs(AT), along_y.subs(AT)] == [3, 4]
    assert chapter.output("measured-gradient").count("[3. 4.]") == 2


def test_the_default_step_is_small_but_not_too_small(says):
    says("sec-partial-derivatives", ": small, but not too small")
    asked = []
    central_difference(lambda v: asked.append(v) or v, 1.0)
    step = abs(asked[0] - 1)
    assert step == pytest.approx(6e-6, rel=0.02)

    def error(at):
        return abs(((1 + at) ** 3 - (1 - at) ** 3) / (2 * at) - 3)

    assert error(step) < error(1000 * step) / 1e3
    assert error(step) < error(step / 1e4) / 10


# sec-gradient-direction


def test_every_line_of_the_derivation_has_the_same_limit(says):
    says(
        "sec-gradient-direction",
        "and the two slopes that you have give all the others",
        "the difference vanishes",
    )
    u1, u2 = sympy.cos(t), sympy.sin(t)
    move_x = {x: x + h * u1}
    a, b = BOWL, BOWL.subs(move_x, simultaneous=True)
    c = BOWL.subs({x: x + h * u1, y: y + h * u2}, simultaneous=True)
    assert sympy.simplify((c - a) - ((b - a) + (c - b))) == 0
    slope = sympy.limit(sympy.expand((c - a) / h), h, 0)
    by_parts = sympy.diff(BOWL, x) * u1 + sympy.diff(BOWL, y) * u2
    assert sympy.simplify(slope - by_parts) == 0
    at_corner = sympy.diff(BOWL, y).subs(move_x)  # the second slope, taken at B
    assert sympy.limit(at_corner, h, 0) == sympy.diff(BOWL, y)


def slopes_all_round(count):
    """Slopes of the bowl at (2, 1), measured, and the directions that they belong to."""
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    directions = np.column_stack([np.cos(turns), np.sin(turns)])
    start = np.array([2.0, 1.0])
    step = 1e-4
    return directions, np.array(
        [(height(start + step * u) - height(start - step * u)) / 2 / step for u in directions]
    )


def test_measured_slopes_lie_on_the_cosine(says, chapter):
    says("sec-gradient-direction", "the gradient's length times the cosine of the angle between them")
    directions, slopes = slopes_all_round(360)
    angles = np.arctan2(directions[:, 1], directions[:, 0]) - np.arctan2(4, 3)
    assert slopes == pytest.approx(5 * np.cos(angles), abs=1e-8)
    stated = int(chapter.text.split("and they agree to ")[1].split()[0])
    assert 8 <= stated <= 12


def test_the_steepest_direction_is_the_gradients_and_beats_both_axes(says, chapter):
    says(
        "sec-gradient-direction",
        "where the gradient is not zero, it points in the direction of steepest ascent",
        "and its length is the slope",
    )
    says(
        "sec-gradient-direction", "the slope is smallest, so −∇f points in the direction of steepest descent"
    )
    directions, slopes = slopes_all_round(3600)
    assert directions[slopes.argmax()] == pytest.approx([0.6, 0.8], abs=2e-3)
    assert directions[slopes.argmin()] == pytest.approx([-0.6, -0.8], abs=2e-3)
    assert slopes.max() == pytest.approx(5, abs=1e-4)
    right = chapter.tree.xpath("//div[@id='prd-descent-steepest']//div[contains(@class, 'right')]/p")[0]
    assert right.text_content().startswith("5, the length of the gradient")


def test_turning_a_little_from_y_towards_x_gains_more_than_it_loses(says):
    says("sec-gradient-direction", "you gain some of its 3 while you lose hardly anything of the other")
    little = np.radians(5)
    assert 3 * np.sin(little) > 10 * 4 * (1 - np.cos(little))


def test_across_the_gradient_the_height_stays(says):
    says(
        "sec-gradient-direction",
        "at 90° it is zero: across the gradient, a short step changes the height only in proportion to its square",
        "a line of equal height on a map, the height stays, so the slope that way is zero",
        "the gradient stands at right angles to it",
    )
    directions, slopes = slopes_all_round(3600)
    flat = directions[np.argsort(abs(slopes))[:2]]
    assert flat @ [3, 4] == pytest.approx([0, 0], abs=1e-2)
    start, across = np.array([2.0, 1.0]), np.array([-0.8, 0.6])
    changes = [height(start + step * across) - height(start) for step in (0.1, 0.01, 0.001)]
    assert np.array(changes) / [1e-2, 1e-4, 1e-6] == pytest.approx(across @ [[1, -0.5], [-0.5, 3]] @ across)
    contour = sympy.idiff(BOWL - 5, y, x).subs(AT)  # the contour's own slope, by implicit differentiation
    assert 1 * 3 + contour * 4 == 0


def test_on_the_map_both_arrows_cross_the_contour_at_a_right_angle_and_the_way_down_misses_the_minimum(says):
    says("sec-gradient-direction", "draws it, and −∇f, at a fifth of their length")
    says(
        "sec-gradient-direction",
        "crosses the contour at a right angle",
        "the way against it misses the minimum",
    )
    contour = sympy.idiff(BOWL - 5, y, x).subs(AT)
    for tip in (
        (2 + sympy.Rational(3, 5), 1 + sympy.Rational(4, 5)),
        (2 - sympy.Rational(3, 5), 1 - sympy.Rational(4, 5)),
    ):
        assert (tip[0] - 2) * 1 + (tip[1] - 1) * contour == 0
        assert sympy.sqrt((tip[0] - 2) ** 2 + (tip[1] - 1) ** 2) == 5 / sympy.Integer(5)  # a fifth of 5
    along = [np.hypot(2 - 0.6 * way, 1 - 0.8 * way) for way in np.linspace(0, 10, 10_001)]
    assert min(along) == pytest.approx(1)  # from the minimum, however far the walk goes on


def test_the_walk_leaves_against_the_gradient_and_not_straight_for_the_minimum(says):
    says(
        "sec-gradient-direction",
        "leads to the minimum, the origin:",
        "is never below 0, and is 0 only there",
        "not the goal",
    )
    squares = (x - y / 2) ** 2 + sympy.Rational(11, 4) * y**2
    assert sympy.expand(squares - BOWL) == 0
    assert sympy.solve([x - y / 2, y], [x, y]) == {x: 0, y: 0}  # where both squares are 0
    matrix = np.array([[2, -1], [-1, 6]])  # the gradient is this times the point
    assert np.linalg.eigvalsh(matrix).min() > 0  # it curves upwards in every direction
    points = [np.array([2.0, 1.0])]
    for _ in range(50):
        points.append(points[-1] - 0.1 * matrix @ points[-1])
    assert points[1] - points[0] == pytest.approx([-0.3, -0.4])
    assert np.linalg.det([[-3, -4], [-2, -1]]) != 0  # the two directions differ
    says("sec-gradient-direction", f"it is {np.hypot(*points[-1]):.4f} from the goal after 50 steps")


# sec-descent-ai


def test_nudging_takes_two_runs_for_each_entry(says):
    says("sec-descent-ai", "Nudging would take two runs of the network for each entry")
    calls = []
    central_difference(lambda p: calls.append(1) or float(p.sum()), np.zeros(7))
    assert len(calls) == 2 * 7


def test_each_entry_says_by_its_sign_whether_the_error_rises_and_by_its_size_how_much(says):
    says(
        "sec-descent-ai",
        "which says whether raising that number raises or lowers the error",
        "with [3,4], a small change of y moves the height about 4/3 times as far as an equal change of x",
    )
    nudges = 1e-4 * np.eye(2)
    rises = [height(np.array([2, 1]) + nudge) - height((2, 1)) for nudge in nudges]
    assert rises[1] / rises[0] == pytest.approx(4 / 3, rel=1e-3)
    for place in ((2, 1), (0.2, 1), (2, 0.1), (-1, -1)):
        slopes = [float(sympy.diff(BOWL, v).subs({x: place[0], y: place[1]})) for v in (x, y)]
        raised = [height(np.array(place) + nudge) > height(place) for nudge in nudges]
        assert raised == [slope > 0 for slope in slopes]


# sec-descent-checks


def test_the_answers_are_right(says):
    v = sympy.Symbol("v")
    assert sympy.diff((2 * v + 1) ** 2, v).subs(v, 1) == 12
    says(
        "sec-descent-checks",
        "12: the square changes",
        "The tempting answer is 6, which forgets the inner rate",
    )
    steps = next(k for k in range(1000) if 3 * 0.8**k < 0.001)
    says("sec-descent-checks", f"{steps}, the first", "costs the same number of steps, about 10")
    assert round(0.8**10, 1) == 0.1

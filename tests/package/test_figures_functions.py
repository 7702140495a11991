"""Curves, slopes and walks stand where their numbers say."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from ml_from_scratch import figures
from ml_from_scratch.style import PALETTE, use_book_style


@pytest.fixture
def axes():
    with mpl.rc_context():
        use_book_style()
        yield plt.subplots()[1]
    plt.close("all")


def texts(axes):
    return {text.get_text(): text for text in axes.texts if text.get_text()}


def arrows(axes):
    """Each arrow as (start, tip)."""
    return [(text.xyann, text.xy) for text in axes.texts if text.arrow_patch]


def test_a_curve_follows_its_function_and_has_its_label_at_the_right(axes):
    figures.draw_function(axes, lambda x: x**3 - x, (-1, 2), label="f")
    (curve,) = axes.lines
    x, y = curve.get_data()
    assert (x[0], x[-1]) == (-1, 2)
    assert y == pytest.approx(x * (x - 1) * (x + 1))
    assert texts(axes)["f"].xy == (2, 6)  # 8 - 2


def test_a_function_is_called_with_one_plain_number_at_a_time(axes):
    figures.draw_function(axes, lambda x: 1.0 if type(x) is float and x > 0 else 0.0, (-1, 1))
    assert set(axes.lines[0].get_ydata()) == {0.0, 1.0}


def test_a_slope_goes_through_its_point_and_ends_where_it_should(axes):
    figures.draw_slope(axes, (1, 1), 2, (0, 3), label="tangent", role="gradient")
    (line,) = axes.lines
    assert line.get_xydata().tolist() == [[0, -1], [3, 5]]  # 1 + 2(0 - 1), 1 + 2(3 - 1)
    assert texts(axes)["tangent"].xy == (3, 5)
    assert line.get_color() == PALETTE["gradient"].light


def test_a_walk_has_a_dot_at_each_point_and_an_arrow_for_each_step(axes):
    figures.draw_walk(axes, [0, 4, 2], [9, 1, 1])
    (dots,) = axes.lines
    assert dots.get_xydata().tolist() == [[0, 9], [4, 1], [2, 1]]
    assert arrows(axes) == [((0, 9), (4, 1)), ((4, 1), (2, 1))]


def test_a_step_shorter_than_a_tenth_of_the_walk_has_no_arrow(axes):
    figures.draw_walk(axes, [0, 10, 10.9], [0, 0, 0])
    assert arrows(axes) == [((0, 0), (10, 0))]


def test_a_walk_that_stays_has_no_arrow(axes):
    figures.draw_walk(axes, [1, 1], [2, 2], numbered=1)
    assert arrows(axes) == []


def test_a_walk_of_one_point_is_a_dot(axes):
    figures.draw_walk(axes, [1], [2], numbered=3)
    assert axes.lines[0].get_xydata().tolist() == [[1, 2]]
    assert texts(axes) == {}


def test_numbers_stand_below_on_the_side_that_the_step_leaves(axes):
    figures.draw_walk(axes, [0, 4, 2, 3], [9, 1, 1, 0], numbered=2)
    assert set(texts(axes)) == {"0", "1"}
    assert texts(axes)["0"].xy == (0, 9)
    assert texts(axes)["0"].xyann[0] < 0  # the walk leaves to the right
    assert texts(axes)["1"].xyann[0] > 0  # and then to the left
    assert all(text.xyann[1] < 0 for text in texts(axes).values())

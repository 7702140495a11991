import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from ml_from_scratch import figures
from ml_from_scratch.figures.operations import TIMING_ROLES
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
    return [(text.xyann, text.xy) for text in axes.texts if text.arrow_patch]


def test_a_sum_is_drawn_tip_to_tail_and_the_other_way_round(axes):
    figures.draw_sum(axes, (3, 1), (1, 2))
    assert arrows(axes) == [((0, 0), (4, 3)), ((0, 0), (3, 1)), ((3, 1), (4, 3))]
    (other_way,) = axes.lines
    assert other_way.get_xydata().tolist() == [[0, 0], [1, 2], [4, 3]]
    assert other_way.get_linestyle() == "--"


def test_the_legs_of_a_sum_are_named_beside_their_middles(axes):
    figures.draw_sum(axes, (4, 0), (0, 2))
    label = texts(axes)[r"$\boldsymbol{a}$"]
    assert label.xy == (2, 0)
    assert label.xyann == pytest.approx((0, -11))  # in points, to the right of one who walks
    assert texts(axes)[r"$\boldsymbol{b}$"].xyann == pytest.approx((11, 0))


def test_each_arrow_wears_its_products_sign(axes):
    figures.draw_signs(axes, (2, 1), [(1, 2), (-1, 2), (-2, 1)], [4, 0, -3])
    labels = texts(axes)
    assert labels["+4"].get_color() == PALETTE["data"].light
    assert labels["0"].get_color() == PALETTE["muted"].light
    assert labels["\N{MINUS SIGN}3"].get_color() == PALETTE["model"].light
    assert [tip for _, tip in arrows(axes)] == [(1, 2), (-1, 2), (-2, 1), (2, 1)]


def test_the_dashed_line_stands_at_a_right_angle_to_a(axes):
    figures.draw_signs(axes, (2, 1), [(1, 2)], [4])
    (line,) = axes.lines
    first, second = np.array(line.get_xy1()), np.array(line.get_xy2())
    assert first.tolist() == [0, 0]
    assert second @ (2, 1) == 0


def test_a_zero_is_written_beside_the_line_and_not_on_it(axes):
    figures.draw_signs(axes, (2, 1), [(-1, 2)], [0])
    offset = np.array(texts(axes)["0"].xyann)
    assert offset @ (-1, 2) == pytest.approx(0)
    assert np.hypot(*offset) == pytest.approx(11)


def test_entries_are_bars_from_zero_the_first_on_top_each_with_its_value(axes):
    figures.draw_entries(axes, ["up", "down", "none"], [2, -1, 0])
    assert [bar.get_width() for bar in axes.patches] == [2, -1, 0]
    assert [to_hex(bar.get_facecolor()) for bar in axes.patches[:2]] == [
        PALETTE["data"].light,
        PALETTE["model"].light,
    ]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["up", "down", "none"]
    assert axes.yaxis_inverted()
    assert [text.get_text() for text in axes.texts] == ["2", "\N{MINUS SIGN}1", "0"]
    assert [text.get_ha() for text in axes.texts] == ["left", "right", "left"]
    low, high = axes.get_xlim()
    assert low == -high  # zero stands in the middle


def test_a_response_is_a_curve_with_named_points(axes):
    figures.draw_response(axes, [-1, 0, 1], [0.2, 0.5, 0.8], {"Ada": (0.5, 0.6), "Ben": (-1, 0.2)})
    curve, ada, ben = axes.lines
    assert curve.get_xydata().tolist() == [[-1, 0.2], [0, 0.5], [1, 0.8]]
    assert (ada.get_xydata().tolist(), ben.get_xydata().tolist()) == ([[0.5, 0.6]], [[-1, 0.2]])
    assert texts(axes)["Ben"].xy == (-1, 0.2)


def test_a_products_entry_stands_where_its_row_and_its_column_meet(axes):
    A, B = np.array([[1, 2], [3, 4], [5, 6]]), np.array([[7], [8]])
    figures.draw_product_table(axes, A, B, A @ B, entry=(1, 0), names=("A", "B"))
    places = {text.get_text(): text.xy for text in axes.texts}
    assert set(places) == {*"AB12345678", "23", "53", "83"}  # 3*7 + 4*8 = 53
    assert places["53"] == (places["7"][0], places["3"][1])
    row, column, entry = [patch for patch in axes.patches if not patch.get_fill()]
    assert all(row.get_bbox().contains(*places[name]) for name in "34")
    assert all(column.get_bbox().contains(*places[name]) for name in "78")
    assert entry.get_bbox().contains(*places["53"])
    assert (row.get_width(), row.get_height()) == (2, 1)
    assert (column.get_width(), column.get_height()) == (1, 2)


def test_the_factors_of_a_product_are_named_on_the_side_where_the_other_is(axes):
    figures.draw_product_table(
        axes, np.ones((3, 2)), np.ones((2, 1)), np.ones((3, 1)), entry=(0, 0), names=("A", "B")
    )
    left, top = texts(axes)["A"], texts(axes)["B"]
    assert (left.xy, left.get_va()) == ((1, 2.5), "bottom")  # two columns wide; its top is at 2.5
    assert (top.xy, top.get_ha()) == ((2.5, 1), "right")  # two rows high; its left is at 2.5


def test_times_are_drawn_in_microseconds_on_logarithmic_axes(axes):
    figures.draw_timings(axes, [1, 10], {"slow": [1e-6, 1e-5], "fast": [1e-6, 2e-6]})
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert [line.get_ydata().tolist() for line in axes.lines] == [
        pytest.approx([1, 10]),
        pytest.approx([1, 2]),
    ]
    assert texts(axes)["slow"].xy == pytest.approx((10, 10))


def test_curves_of_times_differ_in_more_than_colour():
    cues = [(PALETTE[role].dash, PALETTE[role].width) for role in TIMING_ROLES]
    assert len(set(cues)) == len(cues)

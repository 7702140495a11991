import ast
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from ml_from_scratch import figures
from ml_from_scratch.figures.runs import CURVE_ROLES
from ml_from_scratch.style import PALETTE, figure_svg, use_book_style


@pytest.fixture
def axes():
    with mpl.rc_context():
        use_book_style()
        yield plt.subplots()[1]
    plt.close("all")


X = np.array([-1.0, 0.0, 2.0])
Y = np.array([1.0, 3.0, 8.0])
PICTURES = {
    "draw_plane": lambda axes: figures.draw_plane(axes, x=(-1, 4), y=(-1, 3)),
    "draw_arrow": lambda axes: figures.draw_arrow(axes, (3, 4), "a"),
    "draw_label": lambda axes: figures.draw_label(axes, "a", (1, 1), role="model"),
    "draw_angle": lambda axes: figures.draw_angle(axes, (1, 0), (0, 1)),
    "draw_projection": lambda axes: figures.draw_projection(axes, (4, 0), (2, 3), (2, 0)),
    "draw_leg_shadows": lambda axes: figures.draw_leg_shadows(axes, (0.6, 0.8), (2, 1)),
    "draw_mirror": lambda axes: figures.draw_mirror(axes, (0.6, 0.8)),
    "draw_points": lambda axes: figures.draw_points(axes, X, Y),
    "draw_line": lambda axes: figures.draw_line(axes, (2, 3), (-1, 2), label="fit"),
    "draw_residuals": lambda axes: figures.draw_residuals(axes, X, Y, 2 * X + 3),
    "draw_losses": lambda axes: figures.draw_losses(axes, {"slow": [9, 3, 1], "fast": [9, 1]}),
    "draw_estimates": lambda axes: figures.draw_estimates(axes, [[1.9, 3.1], [2.1, 2.9]], (2, 3)),
    "draw_histograms": lambda axes: figures.draw_histograms(axes, {"a": [1], "b": [2]}, bins=[0, 1, 2, 3]),
    "draw_bars": lambda axes: figures.draw_bars(axes, [0.2, 0.8]),
    "draw_bowl": lambda axes: figures.draw_bowl(axes, lambda p: p @ p, x=(-1, 1), y=(-1, 1), levels=[0.2, 1]),
    "draw_path": lambda axes: figures.draw_path(axes, [[1, 1], [0.5, 0.2]], label="slow"),
    "draw_function": lambda axes: figures.draw_function(axes, lambda x: x**2, (-1, 2), label="f"),
    "draw_slope": lambda axes: figures.draw_slope(axes, (1, 1), 2, (0, 3), label="tangent"),
    "draw_walk": lambda axes: figures.draw_walk(axes, [0, 2, 1], [9, 1, 4], numbered=2),
    "draw_graph": lambda axes: figures.draw_graph(
        axes, [("w", (0, 0), "1"), ("L", (1, 0), "2")], [(0, 1, "x")]
    ),
    "draw_minimum": lambda axes: figures.draw_minimum(axes, (2, 3)),
    "draw_legs": lambda axes: figures.draw_legs(axes, (3, 4), ("3", "4")),
    "draw_grid": lambda axes: figures.draw_grid(axes, [[2, 1], [-1, 2]]),
    "draw_steps": lambda axes: figures.draw_steps(axes, {"man": (0, 0), "woman": (2, 1)}),
    "draw_words": lambda axes: figures.draw_words(axes, {"cat": (1, 2)}, side="above"),
    "draw_sum": lambda axes: figures.draw_sum(axes, (3, 1), (1, 2)),
    "draw_signs": lambda axes: figures.draw_signs(axes, (2, 1), [(1, 2), (-1, 2), (-2, 1)], [4, 0, -3]),
    "draw_entries": lambda axes: figures.draw_entries(axes, ["up", "down"], [2, -1]),
    "draw_response": lambda axes: figures.draw_response(axes, [-1, 0, 1], [0, 0.5, 1], {"a": (0, 0.5)}),
    "draw_product_table": lambda axes: figures.draw_product_table(
        axes, [[1, 2]], [[3], [4]], [[11]], entry=(0, 0), names=("A", "B")
    ),
    "draw_timings": lambda axes: figures.draw_timings(axes, [1, 10], {"slow": [1e-6, 1e-5]}),
    "draw_factors": lambda axes: figures.draw_factors(axes, [0, 1, 2], {"flat": [1, 0.5, 0]}),
    "draw_unlabelled": lambda axes: figures.draw_unlabelled(axes, [9, 3, 1], "A", least=1),
    "draw_answers": lambda axes: figures.draw_answers(axes, [-1, 2], [0, 1]),
    "draw_probability": lambda axes: figures.draw_probability(axes, X, [0.1, 0.5, 0.9], label="p"),
    "draw_boundary": lambda axes: figures.draw_boundary(axes, 1.5, label="even"),
}


def texts(axes):
    return {text.get_text(): text for text in axes.texts if text.get_text()}


def test_every_drawing_function_is_among_the_pictures_tested():
    assert set(PICTURES) == {name for name in vars(figures) if name.startswith("draw_")}


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_uses_the_palettes_colours_alone(axes, name):
    PICTURES[name](axes)
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", figure_svg(axes.figure)))
    assert colours <= {role.light for role in PALETTE.values()}


@pytest.mark.parametrize("name", PICTURES)
def test_drawing_returns_nothing_and_leaves_showing_to_the_caller(axes, name, monkeypatch):
    for function in ("show", "savefig", "subplots", "figure"):
        monkeypatch.setattr(plt, function, lambda *_, **__: pytest.fail("drawing opened, saved or showed"))
    assert PICTURES[name](axes) is None


def test_drawing_imports_nothing_that_fits():
    imported = {
        node.module
        for path in Path(figures.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("ml_from_scratch")
    }
    others = {name for name in imported if not name.startswith("ml_from_scratch.figures")}
    assert others == {"ml_from_scratch._checks", "ml_from_scratch.style"}


def test_an_arrow_runs_from_start_to_tip_with_its_label_beyond(axes):
    figures.draw_arrow(axes, (4, 4), "v", start=(1, 0), role="gradient")
    arrow, label = axes.texts
    assert (arrow.xyann, arrow.xy) == ((1, 0), (4, 4))
    assert label.xyann == pytest.approx((11 * 0.6, 11 * 0.8))  # along (3, 4)/5, in points
    assert label.get_color() == PALETTE["gradient"].light


@pytest.mark.parametrize(
    ("a", "b", "middle"),
    [((1, 0), (0, 1), 45), ((0, 1), (1, 0), 45), ((-1, 0.1), (-1, -0.1), 180), ((2, 0), (-3, 3), 67.5)],
)
def test_the_arc_goes_the_short_way_round(axes, a, b, middle):
    figures.draw_angle(axes, a, b, radius=2)
    (arc,) = axes.lines
    x, y = arc.get_data()
    assert np.hypot(x, y) == pytest.approx(np.full(60, 2))
    direction = np.array([(x[29] + x[30]) / 2, (y[29] + y[30]) / 2])
    wanted = np.radians(middle)
    assert direction / np.hypot(*direction) == pytest.approx([np.cos(wanted), np.sin(wanted)])
    assert texts(axes)["θ"].xy == pytest.approx((2 * np.cos(wanted), 2 * np.sin(wanted)))


def test_the_projections_dashed_line_joins_tip_and_foot(axes):
    figures.draw_projection(axes, (4, 0), (2, 3), (2, 0))
    shadow, perpendicular = axes.lines
    assert shadow.get_xydata().tolist() == [[0, 0], [2, 0]]
    assert perpendicular.get_xydata().tolist() == [[2, 3], [2, 0]]
    assert perpendicular.get_linestyle() == "--"


def test_a_shadow_behind_the_origin_falls_on_the_line_drawn_on(axes):
    figures.draw_projection(axes, (4, 0), (-2, 2), (-2, 0))
    line, shadow, _ = axes.lines
    assert line.get_linestyle() == ":"
    assert line.get_xydata()[0].tolist() == [0, 0]
    assert line.get_xydata()[1][0] < shadow.get_xydata()[1][0] == -2


def test_the_legs_shadows_lie_end_to_end_and_reach_the_foot_of_the_arrows_own(axes):
    figures.draw_leg_shadows(axes, (0.6, 0.8), (2, 1))
    bands = [line.get_xydata() for line in axes.lines if line.get_alpha()]
    assert bands[0][0] == pytest.approx([0, 0])
    assert bands[0][1] == pytest.approx(bands[1][0])
    assert bands[1][1] == pytest.approx([1.2, 1.6])  # (0.6*2 + 0.8*1) u = 2 u
    for (x, y), (foot_x, foot_y) in (
        line.get_xydata() for line in axes.lines if line.get_linestyle() == "--"
    ):
        assert 0.6 * (x - foot_x) + 0.8 * (y - foot_y) == pytest.approx(0)  # at a right angle to u


@pytest.mark.parametrize(
    ("u", "b", "marks"), [((0.6, 0.8), (2, 1), 2), ((0.8, 0.6), (3, 1), 3), ((0.6, 0.8), (0.5, 0.5), 0)]
)
def test_marks_across_the_line_count_the_lengths_of_u_up_to_the_arrows_shadow(axes, u, b, marks):
    figures.draw_leg_shadows(axes, u, b)  # the shadows are 2, 3 and 0.7 long
    strokes = [line.get_xydata() for line in axes.lines if line.get_color() == PALETTE["ink"].light]
    assert len(strokes) == marks
    for count, (start, end) in enumerate(strokes, 1):
        assert (start + end) / 2 == pytest.approx(count * np.array(u))
        assert (end - start) @ u == pytest.approx(0)  # at a right angle to u
        assert texts(axes)[str(count)].xy == pytest.approx(count * np.array(u))


def test_the_mirror_swaps_the_two_shadows(axes):
    figures.draw_mirror(axes, (0.6, 0.8))
    swap = np.array([[0.6, 0.8], [0.8, -0.6]])  # mirrors [1, 0] to u, and u to [1, 0]
    first, second = (line.get_xydata() for line in axes.lines if line.get_alpha())
    assert first @ swap == pytest.approx(second)
    assert first[1] == pytest.approx([0.6, 0])  # the shadow of u on the axis: its first entry


def test_points_stand_where_the_data_are(axes):
    figures.draw_points(axes, X, Y)
    (points,) = axes.lines
    assert points.get_xydata().tolist() == np.column_stack([X, Y]).tolist()
    assert points.get_linestyle() == "None"


def test_a_line_has_its_weight_and_bias_and_its_label_at_the_right(axes):
    figures.draw_line(axes, (2, 3), (-1, 4), label="fit")
    (line,) = axes.lines
    assert line.get_xydata().tolist() == [[-1, 1], [4, 11]]  # 2(-1) + 3, 2*4 + 3
    assert texts(axes)["fit"].xy == (4, 11)


def test_residuals_run_from_prediction_to_observation(axes):
    figures.draw_residuals(axes, [1, 2], [5, 0], [3, 4])
    (strokes,) = axes.collections
    assert [segment.tolist() for segment in strokes.get_segments()] == [[[1, 3], [1, 5]], [[2, 4], [2, 0]]]


def test_losses_end_at_their_last_finite_value_on_a_logarithmic_scale(axes):
    figures.draw_losses(axes, {"sound": [8, 4, 2], "doomed": [8, 1e300, np.inf]})
    assert axes.get_yscale() == "log"
    assert [len(line.get_ydata()) for line in axes.lines] == [3, 2]
    assert texts(axes)["doomed"].xy == (1, 1e300)


def test_curves_differ_in_more_than_colour():
    cues = [(PALETTE[role].dash, PALETTE[role].width) for role in CURVE_ROLES]
    assert len(set(cues)) == len(cues)


def test_the_truth_is_marked_among_the_estimates(axes):
    figures.draw_estimates(axes, [[1.9, 3.1], [2.1, 2.9]], (2, 3))
    cloud, cross = axes.lines
    assert cloud.get_xydata().tolist() == [[1.9, 3.1], [2.1, 2.9]]
    assert cross.get_xydata().tolist() == [[2, 3]]
    assert texts(axes)["truth"].xy == (2, 3)


def test_histograms_stand_in_order_the_first_on_top_each_filling_its_row(axes):
    figures.draw_histograms(axes, {"wide": [0.5, 1.5, 2.5], "narrow": [1.5, 1.5]}, bins=[0, 1, 2, 3])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["narrow", "wide"]
    outlines = [patch.get_data() for patch in axes.patches if not patch.get_fill()]
    assert outlines[0].values.tolist() == [0, 0.85, 0]
    assert outlines[1].values.tolist() == [1.85, 1.85, 1.85]


def test_bars_are_numbered_from_one(axes):
    figures.draw_bars(axes, [0.2, 0.8])
    assert [bar.get_height() for bar in axes.patches] == [0.2, 0.8]
    assert [bar.get_center()[0] for bar in axes.patches] == pytest.approx([1, 2])
    assert to_hex(axes.patches[0].get_facecolor()) == PALETTE["prediction"].light


def test_a_plane_has_equal_units_and_the_limits_asked_for(axes):
    figures.draw_plane(axes, x=(-1, 4), y=(-2, 3))
    assert axes.get_aspect() == 1
    assert (axes.get_xlim(), axes.get_ylim()) == ((-1, 4), (-2, 3))


def test_a_bowls_contours_run_at_their_losses(axes):
    figures.draw_bowl(axes, lambda p: p @ p, x=(-2, 2), y=(-2, 2), levels=[1, 2.25])
    (contours,) = axes.collections
    assert contours.levels.tolist() == [1, 2.25]
    for path, radius in zip(contours.get_paths(), (1, 1.5), strict=True):
        assert np.hypot(*path.vertices.T) == pytest.approx(np.full(len(path.vertices), radius), abs=0.01)


def test_a_path_goes_through_every_point_and_is_named_at_its_start(axes):
    figures.draw_path(axes, [[0, 0], [1, 2], [2, 3]], label="fast", role="gradient")
    (line,) = axes.lines
    assert line.get_xydata().tolist() == [[0, 0], [1, 2], [2, 3]]
    assert texts(axes)["fast"].xy == (0, 0)


def test_the_minimum_is_a_cross_with_a_name(axes):
    figures.draw_minimum(axes, (2, 3), label="best")
    (cross,) = axes.lines
    assert (cross.get_marker(), cross.get_xydata().tolist()) == ("+", [[2, 3]])
    assert texts(axes)["best"].xy == (2, 3)

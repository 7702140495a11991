"""Words on a map: each dot at its place, each name on the side asked for."""

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


def test_each_word_has_a_dot_and_a_name_of_its_roles_colour(axes):
    figures.draw_words(axes, {"cat": (1, 2), "dog": (3, 4)}, role="model")
    assert [line.get_xydata().tolist() for line in axes.lines] == [[[1, 2]], [[3, 4]]]
    assert [(text.get_text(), text.xy) for text in axes.texts] == [("cat", (1, 2)), ("dog", (3, 4))]
    assert {text.get_color() for text in axes.texts} == {PALETTE["model"].light}


@pytest.mark.parametrize(
    ("side", "direction"), [("left", (-1, 0)), ("right", (1, 0)), ("above", (0, 1)), ("below", (0, -1))]
)
def test_names_stand_on_the_side_asked_for_clear_of_the_dot(axes, side, direction):
    figures.draw_words(axes, {"cat": (1, 2)}, side=side)
    (text,) = axes.texts
    x, y = text.xyann
    assert x * direction[0] + y * direction[1] >= 4  # points
    axes.figure.draw_without_rendering()
    box, (dot_x, dot_y) = text.get_window_extent(), axes.transData.transform((1, 2))
    assert not (box.x0 < dot_x < box.x1 and box.y0 < dot_y < box.y1)


def test_single_names_can_stand_elsewhere(axes):
    figures.draw_words(axes, {"cat": (1, 2), "dog": (3, 4)}, elsewhere={"dog": "left"})
    assert [text.get_ha() for text in axes.texts] == ["left", "right"]


def test_steps_lead_from_each_first_word_to_its_second(axes):
    figures.draw_steps(axes, {"man": (0, 0), "woman": (2, 1), "king": (0, 5), "queen": (1, 4)})
    arrows = [(text.xyann, text.xy) for text in axes.texts if text.arrow_patch]
    assert arrows == [((0, 0), (2, 1)), ((0, 5), (1, 4))]
    sides = {text.get_text(): text.get_ha() for text in axes.texts if text.get_text()}
    assert sides == {"man": "right", "woman": "left", "king": "right", "queen": "left"}


def test_a_step_without_an_end_is_refused(axes):
    with pytest.raises(ValueError, match="shorter"):
        figures.draw_steps(axes, {"man": (0, 0), "woman": (2, 1), "king": (0, 5)})

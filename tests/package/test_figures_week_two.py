"""Where week two's picture puts its answers, its curve and its boundary."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from ml_from_scratch import figures
from ml_from_scratch.style import PALETTE, use_book_style


@pytest.fixture
def axes():
    with mpl.rc_context():
        use_book_style()
        yield plt.subplots()[1]
    plt.close("all")


def test_answers_stand_at_zero_and_one_which_the_axis_names(axes):
    figures.draw_answers(axes, [-1, 0, 2], [0, 1, 1])
    (dots,) = axes.lines
    assert dots.get_xydata().tolist() == [[-1, 0], [0, 1], [2, 1]]
    assert dots.get_linestyle() == "None"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["no, 0", "0.5", "yes, 1"]
    low, high = axes.get_ylim()
    assert low < 0
    assert high > 1


def test_the_curve_goes_through_its_probabilities_and_is_named_on_its_upper_half(axes):
    x = np.linspace(-4, 4, 81)
    heights = (1 + np.tanh(x / 2)) / 2
    figures.draw_probability(axes, x, heights, label="σ")
    (curve,) = axes.lines
    assert curve.get_xydata().tolist() == np.column_stack([x, heights]).tolist()
    (label,) = axes.texts
    assert label.get_text() == "σ"
    assert label.get_color() == PALETTE["model"].light
    at, height = label.xy
    assert height == pytest.approx(0.75, abs=0.01)
    assert at == pytest.approx(np.log(3), abs=0.05)  # where σ is 3/4, its odds are 3
    assert label.xyann[0] > 0  # to the right of the curve


def test_the_boundary_is_upright_at_its_place(axes):
    figures.draw_boundary(axes, 1.5, label="even")
    (line,) = axes.lines
    assert list(line.get_xdata()) == [1.5, 1.5]
    (label,) = axes.texts
    assert label.xy[0] == 1.5

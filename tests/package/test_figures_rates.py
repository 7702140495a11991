"""The pictures of learning rates: factors per step, and the clinic's curves without a name."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from ml_from_scratch import figures
from ml_from_scratch.style import use_book_style


@pytest.fixture
def axes():
    with mpl.rc_context():
        use_book_style()
        yield plt.subplots()[1]
    plt.close("all")


def curve(axes):
    """The drawn run: the last line, above the level that is drawn first."""
    return axes.lines[-1].get_ydata()


def test_each_directions_factor_is_drawn_over_the_rates_and_named_at_its_right_end(axes):
    figures.draw_factors(axes, [0, 0.1, 0.2], {"flat": [1, 0.8, 0.6], "steep": [1, 0.4, 1.8]})
    level, flat, steep = axes.lines
    assert set(level.get_ydata()) == {1}
    assert flat.get_xydata().tolist() == [[0, 1], [0.1, 0.8], [0.2, 0.6]]
    assert steep.get_xydata().tolist() == [[0, 1], [0.1, 0.4], [0.2, 1.8]]
    assert {text.get_text(): text.xy for text in axes.texts} == {"flat": (0.2, 0.6), "steep": (0.2, 1.8)}


def test_an_unlabelled_curve_shows_its_letter_its_axis_and_the_least_loss_alone(axes):
    figures.draw_unlabelled(axes, [38, 5, 1.5], "C", least=0.96)
    assert axes.get_title(loc="left") == "C"
    assert (axes.get_yscale(), axes.get_ylabel()) == ("log", "loss")
    assert set(axes.lines[0].get_ydata()) == {0.96}
    assert curve(axes).tolist() == [38, 5, 1.5]
    assert (axes.get_xlim(), axes.get_xticks().tolist()) == ((-0.1, 2), [0, 2])
    assert not axes.texts


def test_a_linear_axis_says_so_and_starts_at_zero(axes):
    figures.draw_unlabelled(axes, [38, 5, 1.5], "K", least=0.96, linear=True)
    assert (axes.get_yscale(), axes.get_ylabel()) == ("linear", "loss, linear")
    assert axes.get_ylim()[0] == 0


def test_logarithmic_panels_share_their_limits_so_that_heights_compare(axes):
    other = axes.figure.add_subplot()
    figures.draw_unlabelled(axes, [38, 1], "A", least=0.96)
    figures.draw_unlabelled(other, [38, 1e9], "B", least=0.96)
    assert axes.get_ylim() == other.get_ylim()


@pytest.mark.parametrize("losses", [[np.nan], [38, np.inf], [38, np.nan, 4]])
def test_what_is_not_finite_is_left_out_and_moves_no_other_step(axes, losses):
    figures.draw_unlabelled(axes, losses, "H", least=0.96)
    assert np.isfinite(curve(axes)).tolist() == np.isfinite(losses).tolist()
    axes.figure.canvas.draw()  # an empty panel can be drawn

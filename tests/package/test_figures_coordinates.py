"""Legs and grids: what is drawn where."""

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


def test_the_legs_lead_along_the_axes_to_the_tip(axes):
    figures.draw_legs(axes, (3, 4), ("3", "4"))
    along, up = axes.lines
    assert along.get_xydata().tolist() == [[0, 0], [3, 0]]
    assert up.get_xydata().tolist() == [[3, 0], [3, 4]]


def test_in_another_basis_the_legs_follow_its_arrows(axes):
    figures.draw_legs(axes, (3, 4), ("2", "1"), basis=[[2, 1], [-1, 2]])
    first, second = axes.lines
    assert first.get_xydata() == pytest.approx(np.array([[0, 0], [4, 2]]))  # 2 · [2, 1]
    assert second.get_xydata() == pytest.approx(np.array([[4, 2], [3, 4]]))  # and 1 · [-1, 2]


@pytest.mark.parametrize("tip", [(3, 4), (3, -4), (-3, 4), (-3, -4)])
def test_a_legs_label_stands_beside_it_away_from_the_arrow(axes, tip):
    figures.draw_legs(axes, tip, ("a", "b"))
    along, up = axes.texts
    assert along.xy == (tip[0] / 2, 0)
    assert up.xy == (tip[0], tip[1] / 2)
    assert along.xyann[1] * tip[1] < 0  # below a leg whose arrow is above, and the reverse
    assert up.xyann[0] * tip[0] > 0  # outside
    assert up.get_ha() == ("left" if tip[0] > 0 else "right")


def test_grid_lines_run_along_one_arrow_and_whole_steps_of_the_other_apart(axes):
    basis = np.array([[2.0, 1.0], [-1.0, 2.0]])
    figures.draw_grid(axes, basis, reach=2)
    assert len(axes.lines) == 10  # five of each family
    for line in axes.lines:
        recipes = np.linalg.solve(basis.T, line.get_xydata().T)  # (2, 2): a column for each end
        constant = recipes[np.argmin(np.ptp(recipes, axis=1))]
        assert np.ptp(constant) == pytest.approx(0, abs=1e-12)
        assert constant[0] == pytest.approx(round(constant[0]))

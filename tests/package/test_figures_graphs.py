import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from ml_from_scratch import figures
from ml_from_scratch.style import PALETTE, use_book_style

BOXES = [("w = 1", (0, 1), "-12"), ("b = 1", (0, 0), "-6"), ("y = 3", (1, 0.5), "-6")]
ARROWS = [(0, 2, "x = 2"), (1, 2, "-1")]


@pytest.fixture
def axes():
    with mpl.rc_context():
        use_book_style()
        yield plt.subplots(figsize=(4.8, 2.7))[1]
    plt.close("all")


@pytest.fixture
def drawn(axes):
    figures.draw_graph(axes, BOXES, ARROWS)
    axes.figure.canvas.draw()
    return axes


def written(axes, words):
    return [text for text in axes.texts if text.get_text() == words]


def test_each_box_stands_in_its_place_with_what_comes_back_below(drawn):
    for words, at, below in BOXES:
        (box,) = written(drawn, words)
        assert box.xy == at
        slopes = [text for text in written(drawn, below.replace("-", "\N{MINUS SIGN}")) if text.xy == at]
        assert len(slopes) == 1
        assert slopes[0].get_color() == PALETTE["gradient"].light
        assert slopes[0].get_window_extent().y1 < box.get_bbox_patch().get_window_extent().y0


def test_each_arrow_runs_from_its_tail_to_its_head_with_its_words_at_the_middle(drawn):
    arrows = [text for text in drawn.texts if text.arrow_patch]
    assert [(arrow.xyann, arrow.xy) for arrow in arrows] == [((0, 1), (1, 0.5)), ((0, 0), (1, 0.5))]
    (rate,) = written(drawn, "x = 2")
    assert rate.xy == (0.5, 0.75)
    assert rate.get_color() == PALETTE["prediction"].light


def test_no_words_overlap(drawn):
    extents = [text.get_window_extent() for text in drawn.texts if text.get_text()]
    for n, first in enumerate(extents):
        assert not any(first.overlaps(other) for other in extents[n + 1 :])


def test_everything_stands_inside_the_axes(drawn):
    frame = drawn.get_window_extent()
    for text in drawn.texts:
        if text.get_text():
            box = text.get_window_extent()
            assert frame.x0 <= box.x0 < box.x1 <= frame.x1
            assert frame.y0 <= box.y0 < box.y1 <= frame.y1
    assert np.diff(drawn.get_xlim()) > 1

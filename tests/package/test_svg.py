"""The second drawing that a figure's file holds, for where there is little room."""

import re
from xml.etree import ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from ml_from_scratch._svg import NARROW
from ml_from_scratch.style import figure_svg, use_book_style

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _own_style():
    with mpl.rc_context():
        use_book_style()
        yield
    plt.close("all")


def picture(width, height=3):
    figure, axes = plt.subplots(figsize=(width, height))
    axes.plot([0, 1], [0, 1])
    axes.set(xlabel="x", title="θ")
    return figure


def drawings(svg):
    root = ET.fromstring(svg)  # noqa: S314 - our own output
    return {group.get("class"): group for group in root.findall(f"{SVG}g[@class]")}


def sizes(group):
    """The sizes of the words in a drawing, in points of its own: Matplotlib's glyphs are 100 units high."""
    transforms = [g.get("transform", "") for g in group.iter(f"{SVG}g")]
    return {
        100 * float(found[1]) for t in transforms if (found := re.search(r"translate.* scale\((\S+) ", t))
    }


def test_a_figure_of_a_phones_width_is_drawn_once():
    assert drawings(figure_svg(picture(NARROW))) == {}


def test_a_wider_figure_is_drawn_again_with_words_that_are_larger_beside_it():
    drawn = drawings(figure_svg(picture(7.2)))
    assert list(drawn) == ["drawing-wide", "drawing-narrow"]
    assert sizes(drawn["drawing-wide"]) == sizes(drawn["drawing-narrow"]) == {10, 11}
    assert drawn["drawing-narrow"].get("transform") == "scale(1.5)"  # 7.2 / 4.8


def test_the_second_drawing_has_the_shape_of_the_first():
    drawn = drawings(figure_svg(picture(7.2, 3)))
    paper = [drawn[name].find(f".//{SVG}g[@id='{i}']/{SVG}path").get("d") for name, i in
             (("drawing-wide", "patch_1"), ("drawing-narrow", "narrow-patch_1"))]  # fmt: skip
    assert [re.findall(r"[\d.]+ [\d.]+", path)[1] for path in paper] == ["518.4 216", "345.6 144"]


def test_it_waits_for_a_place_of_three_quarters_of_the_first():
    svg = figure_svg(picture(6))  # 6 inches are 576 pixels
    assert "@media (max-width:432px){.drawing-wide{display:none}.drawing-narrow{display:inline}}" in svg
    assert drawings(svg)["drawing-narrow"].get("display") == "none"  # for a renderer without media queries


def test_no_id_stands_twice_in_a_file_and_each_that_is_used_is_there():
    svg = figure_svg(picture(6))
    ids = re.findall(r'\bid="(.*?)"', svg)
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'href="#(.*?)"|url\(#(.*?)\)', svg))
    assert used
    assert {a or b for a, b in used} <= set(ids)


def test_drawing_leaves_the_figure_as_it_was():
    figure = picture(6)
    figure_svg(figure)
    assert tuple(figure.get_size_inches()) == (6, 3)

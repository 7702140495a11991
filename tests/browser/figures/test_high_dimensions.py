"""high-dimensions: random pairs, keys and their weights, beside the same numbers drawn in Python."""

from __future__ import annotations

import math
import runpy

import numpy as np
import pytest

from ml_from_scratch import cosine_similarity, dot

PAIRS, KEYS, MOST = 300, 8, 1024


@pytest.fixture(scope="module")
def drawn(root):
    """What a seed draws: pairs (300, 1024, 2), then one query beside eight keys (1024, 9)."""
    script = runpy.run_path(str(root / "tests/js/cases/high_dimensions.py"))

    def draw(seed: int):
        stream = script["normal"](seed)
        return script["take"](stream, PAIRS, MOST, 2), script["take"](stream, MOST, 1 + KEYS)

    return draw


def check_dimensions(widget, d: int, pairs, table) -> None:
    """Every number and every bar that is shown for d entries."""
    widget.settle()
    spread, root = (
        widget.number(text) for text in widget.widget.locator(".line-readings > span").all_inner_texts()
    )
    cosines = np.array([cosine_similarity(*pair[:d].T) for pair in pairs])
    assert spread == pytest.approx(math.sqrt(np.mean(cosines**2)), abs=0.0005 + 1e-9)
    assert root == pytest.approx(1 / math.sqrt(d), abs=0.0005 + 1e-9)
    near = int((abs(cosines) < 0.1).sum())
    assert ("every cosine is 1 or −1" if d == 1 else f"{near} have a cosine") in widget.words()

    size = math.sqrt(np.mean([dot(*pair[:d].T) ** 2 for pair in pairs]))
    scores = np.array([dot(table[:d, 0], table[:d, key]) for key in range(1, 1 + KEYS)])
    cells = widget.widget.locator(".thirds > div").all_inner_texts()
    groups = widget.widget.locator(".shares .bars").all()
    for scale, cell, group in zip((1, math.sqrt(d), d), cells, groups, strict=True):
        powers = np.exp((scores - scores.max()) / scale)
        weights = powers / powers.sum()
        largest, typical = widget.numbers(cell)[-2:]
        assert largest == pytest.approx(weights.max(), abs=0.005 + 1e-9)
        assert typical == pytest.approx(size / scale, abs=0.005 + 1e-9)
        heights = np.array(
            group.locator("rect").evaluate_all("(all) => all.map((each) => +each.getAttribute('height'))")
        )
        # A bar is as high as its weight, to a tenth of a pixel.
        whole = widget.widget.locator(".shares svg clipPath rect").get_attribute("height")
        assert heights / float(whole) == pytest.approx(weights, abs=0.1 / 50)
    bars = widget.widget.locator(".cosines .bars rect").evaluate_all(
        "(all) => all.map((each) => +each.getAttribute('height'))"
    )
    counts, _ = np.histogram(cosines, bins=len(bars), range=(-1, 1))
    assert np.array(bars) / max(bars) == pytest.approx(counts / counts.max(), abs=0.1 / 50)


def test_the_slider_and_the_keys_choose_the_dimension(visit, use, drawn):
    with visit() as seen:
        widget = use("high-dimensions", seen, "d=3")
        check_dimensions(widget, 3, *drawn(1))
        slider = widget.slider("Entries d")
        for key, d in (("ArrowRight", 4), ("Home", 1), ("End", 1024), ("ArrowLeft", 768)):
            slider.press(key)
            widget.settle()
            assert slider.get_attribute("aria-valuetext") == str(d)
            check_dimensions(widget, d, *drawn(1))
        box = slider.bounding_box()
        widget.page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
        widget.page.mouse.down()
        widget.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        widget.page.mouse.up()
        check_dimensions(widget, 32, *drawn(1))  # the middle of thirteen
        assert seen.console == []


def test_a_new_draw_has_other_vectors_and_reset_brings_the_first_back(visit, use, drawn):
    with visit() as seen:
        widget = use("high-dimensions", seen, "d=64")
        before = widget.words()
        widget.press("New draw")
        assert widget.words() != before
        check_dimensions(widget, 64, *drawn(2))
        widget.press("Reset")
        check_dimensions(widget, 512, *drawn(1))
        assert seen.console == []
    with visit() as seen:
        check_dimensions(use("high-dimensions", seen, "d=512&seed=7"), 512, *drawn(7))


def test_the_chapter_shows_the_angles_alone_and_gives_no_weight_away(visit, use, drawn):
    with visit() as seen:
        widget = use("fig-high-dimensions", seen)
        pairs, _ = drawn(1)
        cosines = np.array([cosine_similarity(*pair[:3].T) for pair in pairs])
        near = int((abs(cosines) < 0.1).sum())
        assert widget.words() == f"Of {PAIRS} random pairs, {near} have a cosine within 0.1 of zero."
        assert widget.widget.locator(".cosines").count() == 1
        assert widget.widget.locator(".shares, .thirds").count() == 0

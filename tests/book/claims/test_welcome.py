"""What the welcome page's picture says, proved apart from its cell."""

from __future__ import annotations

import re
from itertools import count

import numpy as np
import pytest


def test_the_drawn_line_starts_flat_and_each_next_one_is_closer_to_the_dots(pages):
    page = pages["index.html"]
    assert "a line that starts flat and learns its way into the data" in page.text
    text = page.tree.xpath("//div[@id='cell-plot-learning']//img/@alt")[0]
    assert "The first lies flat at zero" in text
    assert "Each of the next is closer to the dots" in text
    rng = np.random.default_rng(42)
    x = rng.uniform(-5, 5, 100)
    y = 2 * x + 3 + rng.normal(0, 1, 100)
    w, b, losses = 0.0, 0.0, []
    for _ in range(1001):
        e = y - (w * x + b)
        losses.append(np.mean(e**2))
        w, b = w + 0.02 * np.mean(x * e), b + 0.02 * np.mean(e)
    shown = [losses[step] for step in (0, 3, 20, 1000)]
    assert shown == sorted(shown, reverse=True)
    assert shown[1] < 0.9 * shown[0]
    assert shown[2] < 0.9 * shown[1]
    assert losses[-1] < 1


def test_what_the_build_does_not_compute_is_said(says, pages, root):
    assert (
        "except for timings and one ranking of words (in chapter 1), which were made once"
        in pages["index.html"].text
    )
    says("sec-views-analogy", "among 341,479 of GloVe's words")
    held = (
        (root / "code/ml_from_scratch/data/glove6b_100d_subset.txt").read_text(encoding="utf-8").splitlines()
    )
    assert len(held) < 341_479  # so no cell can rank them all


def plan(page):
    """The week's table, without its head: session, chapter, minutes."""
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.section("sec-week-plan").xpath(".//tbody/tr")
    ]


@pytest.fixture(scope="module")
def chapters(sources):
    """The chapters that take time, by their page's name, in the book's order."""
    return {name: source for name, source in sources.items() if "minutes" in source.front_matter}


def test_the_plan_lists_the_ten_chapters_in_order_with_their_minutes_and_links(pages, chapters):
    page = pages["index.html"]
    rows = plan(page)
    numbers = count(1)
    for (_, named, minutes), source in zip(rows, chapters.values(), strict=True):
        interlude = source.title.startswith("Interlude: ")
        assert named == (source.title if interlude else f"{next(numbers)}. {source.title}")
        assert minutes == str(source.front_matter["minutes"])
    assert next(numbers) == 11
    assert len(rows) == 14  # "After four of the ten chapters comes an interlude"
    assert "After four of the ten chapters comes an interlude" in page.text
    assert page.section("sec-week-plan").xpath(".//tbody//a/@href") == list(chapters)


def test_the_chapters_minutes_add_up_to_the_hours_that_the_plan_says(pages, chapters):
    minutes = [source.front_matter["minutes"] for source in chapters.values()]
    text = pages["index.html"].text
    assert (
        f"Chapters and interludes together take {sum(minutes) / 60:.1f} hours, one of which is for chapter 8 and its interlude"
        in text
    )
    assert sum(source.front_matter["minutes"] for name, source in chapters.items() if "/08" in name) == 60
    assert "9 to 11 hours in all" in text
    assert 9 <= sum(minutes) / 60 <= 11


def test_each_session_fits_its_evening_or_its_day(pages):
    rows = plan(pages["index.html"])
    sessions, last = {}, ""
    for session, _, minutes in rows:
        last = session or last
        sessions[last] = sessions.get(last, 0) + int(minutes) / 60
    assert list(sessions) == [
        "A, a midweek evening (about 3 h)",
        "B, Saturday (3 to 4 h)",
        "B or C",
        "going further",
        "C, Sunday (2 to 3 h)",
    ]
    evening, saturday, clinic, _, sunday = sessions.values()
    assert 2.5 <= evening <= 3
    assert 3 <= saturday <= 4
    assert 2 <= sunday <= sunday + clinic <= 3


def test_the_two_notebooks_hold_the_chapters_that_the_page_names(pages, chapters):
    said = pages["index.html"].section("sec-how-to-run").text_content()
    keys = {
        re.search(r"\d\db?", name)[0]: each.front_matter.get("notebook") for name, each in chapters.items()
    }
    assert "tutorials.ipynb: session A, chapters 1 to 3 and an interlude" in said
    assert [n for n, key in keys.items() if key == "tutorials"] == ["01", "02", "03", "03b"]
    assert "01-linear-regression.ipynb: the model, chapters 5 to 7 and two interludes" in said
    assert [n for n, key in keys.items() if key == "01-linear-regression"] == ["05", "06", "06b", "07", "07b"]
    assert "Each of the chapters 1 to 8 and each interlude also has a notebook of its own" in said
    assert "open these for chapters 4 and 8, and for the interlude after 8" in said
    assert [n for n, key in keys.items() if not key] == ["09", "10"]

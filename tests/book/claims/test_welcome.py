"""What the welcome page's picture says, proved apart from its cell."""

from __future__ import annotations

import numpy as np


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


def plan(page):
    """The week's table, without its head."""
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.section("sec-week-plan").xpath(".//tbody/tr")
    ]


def test_the_plan_adds_up_to_the_week(pages):
    rows = plan(pages["index.html"])
    hours = sum(int(row[2]) for row in rows) / 60
    assert "9 to 11 hours" in pages["index.html"].text
    assert 9 <= hours <= 11


def test_the_plan_and_the_chapters_agree_on_minutes(pages, sources):
    rows = {row[1]: row for row in plan(pages["index.html"])}
    for source in sources.values():
        if minutes := source.front_matter.get("minutes"):
            assert rows[source.title][2] == str(minutes)
            assert rows[source.title][3] == "yes"
    assert sum(row[3] == "yes" for row in rows.values()) == sum(
        "minutes" in s.front_matter for s in sources.values()
    )

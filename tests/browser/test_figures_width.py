"""How wide figures stand: of one panel within the text, of several as wide as code, and never over a note."""

from __future__ import annotations

import pytest

TEXT, WIDE = 576, 720  # CSS pixels: 6 and 7.5 inches

# Each picture on the page: its panels, the width that it is drawn for and the one that it is shown at.
PICTURES = """async () => Promise.all([...document.querySelectorAll("figure.figure img")].map(async (image) => ({
  name: image.closest("figure").id,
  panels: new Set((await (await fetch(image.src)).text()).match(/"axes_\\d+"/g)).size,
  drawn: Number(image.getAttribute("width")),
  box: image.getBoundingClientRect().toJSON(),
})))"""

# Notes in the margin, and what they would hide: figures, code, tables, figures to touch.
MEETINGS = """() => {
  const boxes = (names) => [...document.querySelectorAll(names)].filter((e) => e.checkVisibility())
    .map((e) => [e, e.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes(".column-margin, .toc").flatMap(([note, a]) =>
    boxes("figure.figure img, .code, .scroll, .widget").filter(([, b]) => meet(a, b)).map(() => note.textContent.trim()));
}"""


def opened(seen, address):
    """The page with all that folds and waits open."""
    page = seen.open(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for prediction in page.locator(".predict").all():
        prediction.locator("input[type=radio]").first.check()
    return page


def test_a_figure_of_several_panels_is_as_wide_as_code_and_others_stay_in_the_text(visit, server, every_page):
    with visit(1440, scripts=False) as seen:
        page = seen.open(server + every_page)
        measure = page.locator("h1").first.bounding_box()
        for picture in page.evaluate(PICTURES):
            box, several = picture["box"], picture["panels"] > 1
            assert several == (picture["drawn"] == WIDE), picture["name"]
            assert several or picture["drawn"] <= TEXT, picture["name"]
            assert box["width"] == pytest.approx(picture["drawn"], abs=1)
            right = measure["x"] + measure["width"]
            assert box["x"] >= measure["x"] - 1
            assert box["right"] <= right + (WIDE - measure["width"] if several else 0) + 1, picture["name"]


@pytest.mark.parametrize("width", [768, 1200, 1440, 1664])
def test_a_wide_figure_covers_no_note_and_no_contents(visit, server, every_chapter, width):
    with visit(width) as seen:
        page = opened(seen, server + every_chapter)
        assert page.evaluate(MEETINGS) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

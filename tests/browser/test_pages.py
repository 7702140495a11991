"""Every page in a browser: at each width, in each theme, from a server and from the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from pathlib import Path

COSINE = "chapters/03-cosine-identity.html"
WIDTHS = [360, 768, 1440]

# To list what is right takes most of its time.
ONLY_WRONG = {"resultTypes": ["violations"]}

# What sticks out to the right of the page, and does not scroll inside something of its own.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(p).overflowX) && p !== document.body) return true; };
  return [...document.body.querySelectorAll("*")]
    .filter((e) => !e.ownerSVGElement && e.checkVisibility() && e.getBoundingClientRect().right > width + 1 && !inside(e))
    .map((e) => e.tagName + "." + e.className).slice(0, 5);
}"""


# Equations and tables that scroll inside their boxes.
SCROLLING = """() => [...document.querySelectorAll(".equation, .scroll, .chapter section > table")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.trim().slice(0, 60))"""

# Code in the text whose line ends elsewhere than at a space.
PARTED = """() => [...document.querySelectorAll(":not(pre) > code")].filter((code) => {
  const range = document.createRange();
  const walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let [before, above] = [" ", 0];
  while (walk.nextNode()) for (let at = 0; at < walk.currentNode.length; at++) {
    range.setStart(walk.currentNode, at);
    range.setEnd(walk.currentNode, at + 1);
    const [mark, line] = [walk.currentNode.data[at], range.getBoundingClientRect().bottom];
    if (mark !== " " && before !== " " && line > above + 4) return true;
    [before, above] = [mark, line];
  }
}).map((code) => code.textContent)"""


def open_all(page):
    """Open what folds, answer each prediction, show every line of the derivations."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for prediction in page.locator(".predict").all():
        prediction.locator("input[type=radio]").first.check()
    while (unopened := page.get_by_role("button", name="Show all")).count():
        unopened.first.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_fits_says_no_error_and_axe_finds_nothing(visit, server, width, scheme, every_page):
    with visit(width, scheme) as seen:
        page = seen.open(server + every_page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate(STICKING_OUT) == []
        found = Axe().run(page, options=ONLY_WRONG).response["violations"]
        assert not found, "\n".join(f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found)
        assert seen.console == []
        assert seen.failed == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_when_all_that_folds_is_open(visit, server, every_chapter, scheme):
    with visit(360, scheme) as seen:
        page = seen.open(server + every_chapter)
        open_all(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        found = Axe().run(page, options=ONLY_WRONG).response["violations"]
        assert not found, "\n".join(f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found)
        assert seen.console == []


def test_on_a_phone_equations_and_tables_fit_and_code_parts_at_spaces_alone(visit, server, every_page):
    with visit(360) as seen:
        page = seen.open(server + every_page)
        open_all(page)
        assert page.evaluate(SCROLLING) == []
        assert page.evaluate(PARTED) == []


def test_the_left_sides_of_an_equations_lines_end_at_its_equals_signs(visit, server):
    with visit() as seen:
        page = seen.open(server + "chapters/02-vector-operations.html")
        gaps = page.eval_on_selector_all(
            ".equation mtd:first-child:is(.align-right, [columnalign=right])",
            "cells => cells.map((c) => c.getBoundingClientRect().right - c.lastElementChild.getBoundingClientRect().right)",
        )
        assert len(gaps) >= 3
        assert max(gaps) < 1


def test_a_page_asks_nobody_else_for_anything(visit, server, every_page):
    with visit() as seen:
        page = seen.open(server + every_page)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        assert len(seen.requests) >= 4  # the page, its style sheet, two scripts
        assert not [url for url in seen.requests if not url.startswith((server, "data:"))]


def test_a_page_works_from_the_disk(visit, book: Path, every_page):
    with visit() as seen:
        page = seen.open((book / every_page).as_uri())
        assert seen.console == []
        assert seen.failed == []
        assert page.evaluate("'ready' in document.documentElement.dataset")
        assert page.evaluate("[...document.images].every((i) => i.complete && i.naturalWidth > 0)")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        )  # styled


def test_a_page_works_in_a_subfolder(visit, subfolder, every_page):
    with visit() as seen:
        page = seen.open(subfolder + every_page)
        assert seen.console == []
        assert seen.failed == []
        assert all(url.startswith(subfolder) for url in seen.requests)
        page.locator(".book-title a").click()
        page.wait_for_url(subfolder + "index.html")


def test_the_mathematics_is_set_in_the_shipped_font(visit, server, every_chapter):
    with visit() as seen:
        page = seen.open(server + every_chapter)
        page.wait_for_function("document.fonts.status === 'loaded'")
        assert any(url.endswith("math.woff2") for url in seen.requests)
        assert page.evaluate("[...document.fonts].some((f) => f.status === 'loaded')")
        family = page.evaluate("getComputedStyle(document.querySelector('math')).fontFamily")
        assert family.startswith('"Book Math"')


def test_the_keyboard_reaches_the_text_past_the_navigation(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        page.locator("html:not(.setting)").wait_for()  # the page waits a moment for its mathematics
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id || location.hash") in ("content", "#content")


@pytest.mark.parametrize("width", WIDTHS[:2])
def test_where_the_contents_are_folded_they_open_and_lead_on(visit, server, width):
    with visit(width) as seen:
        page = seen.open(server + "index.html")
        link = page.locator("nav.contents-list a", has_text="Linear regression from scratch")
        assert not link.is_visible()
        page.locator("details.contents > summary").click()
        assert page.evaluate(STICKING_OUT) == []
        link.click()
        page.wait_for_url("**/06-linear-regression.html")
        assert "Linear regression" in page.title()


def test_every_reference_lands_on_something_that_is_seen(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        for target in sorted(
            set(
                page.eval_on_selector_all(
                    "main a.reference[href^='#']", "as => as.map((a) => a.getAttribute('href'))"
                )
            )
        ):
            page.evaluate("(target) => { location.hash = target; }", target)
            page.wait_for_timeout(30)
            place = page.locator(f"[id='{target[1:]}']")
            assert place.is_visible(), target
            box = place.bounding_box()
            assert box["height"] > 0
            assert -200 < box["y"] < 900, target

"""The search: opened, typed at and followed, by keyboard alone, from a server and from the disk."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

COSINE = "chapters/03-cosine-identity.html"


def search(page, words: str) -> list[str]:
    """Open the search by its key and type; the titles of what it finds."""
    page.keyboard.press("/")
    page.locator("dialog.search input").fill(words)
    page.locator(".search-status", has_text=re.compile("section|Nothing")).wait_for()
    return page.locator("#search-results .title").all_inner_texts()


@pytest.mark.parametrize("where", ["server", "disk"])
def test_a_known_phrase_is_found_and_followed(visit, server, book, where):
    with visit(1280) as seen:
        page = seen.open(server + COSINE if where == "server" else (book / COSINE).as_uri())
        assert search(page, "quaternion") == []
        titles = search(page, "closed form")
        assert titles[0] == "Two witnesses"
        assert {"closed", "form"} <= {
            hit.lower() for hit in page.locator("#search-results mark").all_inner_texts()
        }
        page.keyboard.press("Enter")
        page.wait_for_url("**/06-linear-regression.html#sec-two-witnesses")
        assert seen.console == []
        assert seen.failed == []


# What a beginner types, and the section that should be among the first three.
BEGINNERS = {
    "what is a vector": "sec-arrow-and-list",
    "dot product": "sec-dot-product",
    "cosine similarity": "sec-word-vectors",
    "king queen": "sec-views-analogy",
    "why divide by sqrt d": "sec-attention-scale",
    "gradient descent": "sec-descent-one-variable",
    "what is the gradient": "sec-partial-derivatives",
    "how do i choose the learning rate": "sec-learning-rate",
    "standardize": "sec-standardise",
    "install": "sec-how-to-run",
    "loss nan": "sec-clinic-answers",
    "chain rule": "sec-descent-rules",
    "norm": "sec-arrow-and-list",
    "check_gradient": "ml_from_scratch.gradients.check_gradient",
}


def test_what_beginners_type_leads_where_it_is_explained(visit, server):
    with visit(1280) as seen:
        page = seen.open(server + COSINE)
        search(page, "a")
        missed = {}
        for query, wanted in BEGINNERS.items():
            page.locator("dialog.search input").fill(query)
            links = page.locator("#search-results a")
            first = [links.nth(place).get_attribute("href") for place in range(min(3, links.count()))]
            if not any(href.endswith("#" + wanted) for href in first):
                missed[query] = first
        assert missed == {}


def test_arrows_walk_the_results_and_escape_closes(visit, server):
    with visit(1280) as seen:
        page = seen.open(server + COSINE)
        page.locator("button.search-open").focus()
        page.keyboard.press("Control+k")
        page.locator("dialog.search input").fill("gradient")
        page.wait_for_selector("#search-results li:nth-child(2)")
        focused = "document.activeElement.closest('li') && [...document.activeElement.closest('ul').children].indexOf(document.activeElement.closest('li'))"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate(focused) == 1
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.tagName") == "INPUT"
        page.keyboard.press("Escape")
        assert page.locator("dialog.search").is_hidden()
        assert page.evaluate("document.activeElement.className") == "search-open"


def test_a_slash_that_is_typed_is_a_slash(visit, server):
    with visit(1280) as seen:
        page = seen.open(server + COSINE)
        search(page, "a")
        page.keyboard.type("/b")
        assert page.locator("dialog.search input").input_value() == "a/b"


def test_what_the_reader_has_not_opened_is_found_and_not_given_away(visit, server):
    with visit(1280) as seen:
        page = seen.open(server + COSINE)
        assert "Angles in 768 dimensions" in search(page, "blum")
        line = page.locator("#search-results li", has_text="Angles in 768")
        assert "In something to open" in line.inner_text()
        assert "nearly perpendicular" not in line.inner_text()


def test_a_result_on_the_same_page_closes_the_search_and_goes_there(visit, server):
    with visit(1280) as seen:
        page = seen.open(server + COSINE)
        search(page, "projection of b onto a")
        page.locator("#search-results a", has_text="Projection").first.click()
        assert page.locator("dialog.search").is_hidden()
        assert page.evaluate("location.hash") == "#sec-projection"


def test_the_index_is_fetched_only_when_it_is_asked_for(visit, server):
    with visit(1280) as seen:
        page = seen.open(server + COSINE)
        assert not [address for address in seen.requests if "search" in address]
        search(page, "step")
        assert len([address for address in seen.requests if "search" in address]) == 1


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_the_open_search(visit, server, width, scheme):
    with visit(width, scheme) as seen:
        page = seen.open(server + COSINE)
        search(page, "learning rate")
        found = Axe().run(page).response["violations"]
        assert found == [], [violation["id"] for violation in found]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_there_is_no_button(visit, server):
    with visit(1280, scripts=False) as seen:
        page = seen.open(server + COSINE)
        assert page.locator("button.search-open").is_hidden()

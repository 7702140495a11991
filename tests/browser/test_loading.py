"""How a page comes: what it weighs, that nothing jumps or flashes on the way, and that no script is needed to read it."""

from __future__ import annotations

import pytest

COSINE = "chapters/03-cosine-identity.html"
WIDTHS = [360, 768, 1440]
PAGE_LIMIT, SCRIPT_LIMIT = 100_000, 25_000  # bytes on their way, gzipped and with their headers

# By Chromium's own performance entries: the bytes of a first view, by the ending of each file's name.
TRANSFERRED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((entry) => [new URL(entry.name).pathname.split(".").at(-1), entry.transferSize])"""

# By its own entries too: how far things moved that had been painted, in all.
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 150);
})"""


def hold(page) -> list:
    """Keep the main script from coming, until the request in the list is let go on."""
    held = []

    def keep(route) -> None:  # Playwright wants a function of Python's own
        held.append(route)

    page.route("**/book.js", keep)
    return held


def test_a_first_view_is_light(visit, server, every_page):
    with visit() as seen:
        page = seen.open(server + every_page)
        loaded = [(kind, size) for kind, size in page.evaluate(TRANSFERRED) if kind not in ("svg", "png")]
        kinds = {kind for kind, _ in loaded}
        assert {"html", "css", "js"} <= kinds
        assert ("woff2" in kinds) == page.evaluate("document.querySelector('math') !== null")
        assert all(size > 300 for _, size in loaded)  # nothing came from a cache
        assert sum(size for _, size in loaded) <= PAGE_LIMIT
        assert sum(size for kind, size in loaded if kind == "js") <= SCRIPT_LIMIT


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_a_page_comes(visit, server, every_page, width):
    with visit(width) as seen:
        seen.wait_for_scripts()
        page = seen.open(server + every_page)
        for _ in range(3):  # pictures come as the reader comes to them
            page.mouse.wheel(0, 2500)
            page.wait_for_timeout(40)
        assert page.evaluate(SHIFTS) == 0


def test_nothing_moves_where_the_mathematics_font_is_late(visit, server):
    with visit() as seen:
        seen.wait_for_scripts()
        seen.page.route("**/math.woff2", lambda route: (seen.page.wait_for_timeout(250), route.continue_()))
        page = seen.open(server + COSINE)
        assert page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")
        assert page.evaluate(SHIFTS) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_on_a_slow_machine(visit, server, width):
    """The welcome page has no formulas: it waits for its scripts alone."""
    with visit(width) as seen:
        seen.wait_for_scripts()
        seen.page.context.new_cdp_session(seen.page).send("Emulation.setCPUThrottlingRate", {"rate": 16})
        page = seen.open(server + "index.html#first-line")
        assert page.evaluate(SHIFTS) == 0


def test_a_page_can_be_read_while_its_scripts_are_on_their_way(visit, server):
    with visit() as seen:
        held = hold(seen.page)
        seen.page.goto(server + COSINE, wait_until="commit")
        seen.page.locator("#sec-projection").wait_for()
        assert seen.page.locator("h1").is_visible()
        assert seen.page.locator("main p").first.is_visible()
        seen.page.locator(".toc-list a", has_text="Projection").click()
        assert seen.page.evaluate("location.hash") == "#sec-projection"
        assert seen.page.evaluate("scrollY") > 500
        held[0].continue_()
        seen.page.locator("html[data-ready]").wait_for()


def test_a_page_whose_script_never_comes_hides_nothing(visit, server):
    with visit() as seen:
        seen.page.route("**/book.js", lambda route: route.abort())
        seen.page.goto(server + COSINE, wait_until="load")
        for kind in (".reveal", ".feedback", ".step", ".equation"):
            for element in seen.page.locator(f"main {kind}").all():
                assert element.is_visible(), kind
        assert seen.page.locator(".search-open").is_hidden()


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_the_chosen_theme_is_there_at_the_first_paint(visit, server, chosen):
    """The page's ground before the main script has run: with a dark system and a light choice, and the other way."""
    with visit(scheme="light" if chosen == "dark" else "dark") as seen:
        page = seen.open(server + COSINE)
        page.locator("button.theme-switch").click()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        held = hold(page)
        page.goto(server + "index.html", wait_until="commit")
        page.locator("h1").wait_for()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
        held[0].continue_()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 800)])
def test_the_welcome_page_shows_its_words_and_a_live_figure_on_one_screen(visit, server, width, height):
    with visit(width, height=height) as seen:
        page = seen.open(server + "index.html")
        first = page.locator("main p").first
        button = page.locator(".widget button", has_text="Let it learn")
        assert first.bounding_box()["y"] > 0
        assert button.bounding_box()["y"] + button.bounding_box()["height"] <= height
        before = page.locator(".widget .words").inner_text()
        button.click()
        page.wait_for_timeout(100)
        assert page.locator(".widget .words").inner_text() != before
        assert page.evaluate("scrollY") == 0

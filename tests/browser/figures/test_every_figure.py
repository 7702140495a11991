"""Every figure that the reader touches, on every page that uses it: what main.js's contract promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from press import site

ROOT = Path(__file__).parents[3]
ONLY_WRONG = {"resultTypes": ["violations"]}

# Layout shifts of the page's whole life, as the browser reports them.
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


def address(widget) -> str:
    """Where "Link to this state" leads: the whole of a state, in figures."""
    widget.settle()
    return widget.widget.locator(".state-link").get_attribute("href")


def holds(widget):
    """What can be taken hold of: handles on a plane, and sliders."""
    return [
        *widget.widget.locator(".handle:not(.away)").all(),
        *widget.widget.locator("input[type=range]").all(),
    ]


def test_a_widget_stands_in_the_place_of_its_image(visit, use, book, server, every_figure):
    with visit() as seen:
        widget = use(every_figure, seen)
        assert widget.widget.is_visible()
        assert not widget.box.locator("img").is_visible()
        assert widget.box.locator("figcaption").is_visible()
        assert seen.console == []
        assert seen.failed == []
        assert not [url for url in seen.requests if not url.startswith((server, "data:"))]
    with visit() as seen:
        seen.open(f"{(book / every_figure.page).as_uri()}#{every_figure.id}")
        assert seen.page.locator(f'[data-figure="{every_figure.name}"] .widget').is_visible()
        assert seen.console == []
        assert seen.failed == []


def test_whatever_can_be_held_moves_by_the_keys_alone(visit, use, every_figure):
    with visit() as seen:
        widget = use(every_figure, seen)
        start = address(widget)
        for hold in holds(widget):
            hold.focus()
            before = hold.get_attribute("aria-valuetext"), address(widget)
            for key in ("ArrowRight", "ArrowUp"):
                widget.page.keyboard.press(key)
            if (hold.get_attribute("aria-valuetext"), address(widget)) == before:  # it stood at its end
                widget.page.keyboard.press("ArrowLeft")
            widget.settle()
            assert hold.get_attribute("aria-valuetext") != before[0]
            assert address(widget) != before[1]
            ring = hold.evaluate(
                "(e) => getComputedStyle(e.querySelector('.ring') ?? e)[e.matches('.handle') ? 'stroke' : 'outlineStyle']"
            )
            assert ring != "none"
        told = widget.widget.get_by_role("status")
        widget.page.wait_for_timeout(800)
        assert told.inner_text() == widget.words()
        widget.press("Reset")
        assert address(widget) == start
        assert seen.console == []


def test_a_finger_moves_a_handle_and_the_page_stays(visit, use, every_figure):
    with visit(360, height=760, has_touch=True) as seen:
        widget = use(every_figure, seen)
        for handle in widget.widget.locator(".handle:not(.away)").all():
            name = handle.get_attribute("aria-label")
            widget.middle(name)
            scrolled = widget.page.evaluate("scrollY")
            before = handle.get_attribute("aria-valuetext")
            widget.touch(name, -24, -40)
            assert handle.get_attribute("aria-valuetext") != before
            assert widget.page.evaluate("scrollY") == scrolled
            target = handle.locator(".target").bounding_box()
            assert min(target["width"], target["height"]) >= 43.9
        for slider in widget.widget.locator("input[type=range]").all():
            slider.scroll_into_view_if_needed()
            before = slider.input_value()
            slider.evaluate("(e) => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
            box = slider.bounding_box()
            for part in (0.8, 0.3):  # one of them is not where it stands
                widget.page.touchscreen.tap(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
                if slider.input_value() != before:
                    break
            assert slider.input_value() != before
            assert box["height"] >= 39
        assert seen.console == []


def test_a_state_can_be_linked_to(visit, use, every_figure):
    with visit() as seen:
        widget = use(every_figure, seen)
        start = address(widget)
        for hold in holds(widget):
            hold.focus()
            for key in ("ArrowLeft", "ArrowDown", "ArrowLeft"):
                widget.page.keyboard.press(key)
        there = address(widget)
        assert there != start
    with visit() as seen:
        widget = use(every_figure, seen, there.partition(":")[2])
        assert address(widget) == there
        assert widget.widget.locator(".plane").first.evaluate(
            "(e) => e.getBoundingClientRect().top < innerHeight"
        )
        widget.press("Reset")
        assert address(widget) == start
        assert widget.page.evaluate("location.hash") == f"#{widget.id}"
        widget.page.evaluate("(hash) => { location.hash = hash }", there)
        assert address(widget) == there
        widget.press("Reset")
        widget.page.evaluate("location.hash = 'nothing:here=1'")
        assert address(widget) == start
        widget.widget.locator(".state-link").click()
        assert widget.page.evaluate("location.hash") == start
        assert seen.console == []


def test_paper_and_a_page_without_scripts_show_the_image(visit, use, every_figure):
    with visit() as seen:
        widget = use(every_figure, seen)
        widget.page.emulate_media(media="print")
        assert widget.box.locator("img").is_visible()
        assert not widget.widget.is_visible()
    with visit(scripts=False) as seen:
        widget = use(every_figure, seen)
        picture = widget.box.locator("img")
        assert picture.is_visible()
        # As large as it was drawn: no room is kept for a widget that will not come.
        assert picture.evaluate(
            "(e) => Math.abs(e.clientHeight / e.clientWidth - e.naturalHeight / e.naturalWidth) < 0.02"
        )


@pytest.mark.parametrize("width", [360, 500, 768, 1440])
def test_nothing_moves_when_a_widget_comes_or_is_used(visit, use, every_figure, width):
    with visit(width) as seen:
        seen.wait_for_scripts()
        widget = use(every_figure, seen, "")

        def sizes() -> list[float]:
            widget.settle()
            return [
                box.evaluate("(e) => e.getBoundingClientRect().height")
                for box in (widget.box.locator("figure"), *widget.widget.locator(".plane").all())
            ]

        room = widget.widget.evaluate("(e) => parseFloat(getComputedStyle(e).minHeight)")
        assert widget.widget.evaluate("(e) => e.offsetHeight") == pytest.approx(room, abs=0.6)
        assert widget.page.evaluate(SHIFTS) < 1e-4
        before = sizes()
        for button in widget.widget.locator(".foot button, .row button").all():
            button.click()
            assert sizes() == before
        for option in widget.widget.locator(".answers button").all()[:1]:
            if option.is_visible():
                option.click()
            assert sizes() == before
        # Every slider at its ends: the longest words, and the widest numbers.
        for key in ("Home", "End"):
            for slider in widget.widget.locator("input[type=range]").all():
                slider.press(key)
                assert sizes() == before
        assert widget.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_use(visit, use, every_figure, scheme):
    def wrong(page) -> list[str]:
        return [
            f"{v['id']}: {v['nodes'][0]['html'][:200]}"
            for v in Axe()
            .run(page, f"[data-figure='{every_figure.name}']", options=ONLY_WRONG)
            .response["violations"]
        ]

    with visit(360, scheme) as seen:
        widget = use(every_figure, seen)
        assert wrong(widget.page) == []
        for button in widget.widget.locator(".row button").all():  # steps and runs, as far as there are any
            button.click()
        widget.settle()
        assert wrong(widget.page) == []
        widget.widget.locator(".foot button").first.click()
        widget.settle()
        assert wrong(widget.page) == []
        for option in widget.widget.locator(".answers button:visible").all()[:1]:
            option.click()
            assert wrong(widget.page) == []


def test_a_page_loads_the_script_of_its_own_figures_and_no_other(book, every_place, every_figure):
    mine = sorted({each.name for each in every_place if each.page == every_figure.page})
    page = (book / every_figure.page).read_text(encoding="utf-8")
    assert re.findall(r'<script src="[./]*assets/(figures[^"]*)"', page) == [f"figures-{'-'.join(mine)}.js"]
    script = (book / "assets" / f"figures-{'-'.join(mine)}.js").read_text(encoding="utf-8")
    for source in (ROOT / "figures/interactive/widgets").glob("*.js"):
        label = re.search(
            r'(?:(?:=|return) \{ label: |makeWidget\()("[^"]+")', source.read_text(encoding="utf-8")
        )[1]
        assert (label in script) == (source.stem in mine), source.stem


def test_every_figure_that_the_text_names_has_its_module(every_place):
    pages = (ROOT / "index.qmd", *(ROOT / "chapters").glob("*.qmd"))
    named = {
        name
        for page in pages
        for name in re.findall(r'figure="([a-z0-9-]+)"', page.read_text(encoding="utf-8"))
    }
    assert len(named) == 8
    assert named == {place.name for place in every_place}


def test_a_page_without_a_figure_to_touch_loads_no_script_for_one(book, every_place):
    pages = {each.page for each in every_place}
    for path in book.rglob("*.html"):
        if path.relative_to(book).as_posix() not in pages:
            assert "assets/figures" not in path.read_text(encoding="utf-8")


def test_the_joined_script_of_all_figures_is_small():
    assert len(site.figures_script(ROOT / "figures")) < 60_000

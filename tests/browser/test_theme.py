"""Light and dark: as the system says, or as the reader chooses; the pictures follow."""

from __future__ import annotations

import io

import pytest
from PIL import Image

COSINE = "chapters/03-cosine-identity.html"


def brightness(element) -> float:
    """The mean brightness of what is drawn, 0 to 255."""
    pixels = Image.open(io.BytesIO(element.screenshot())).convert("L")
    histogram = pixels.histogram()
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


def ink(element) -> float:
    """The brightness of what stands out most from the picture's ground."""
    histogram = Image.open(io.BytesIO(element.screenshot())).convert("L").histogram()
    ground = histogram.index(max(histogram))
    return max(
        (value for value, count in enumerate(histogram) if count), key=lambda value: abs(value - ground)
    )


def scheme(page) -> str:
    """What the page's first picture is drawn for."""
    return page.evaluate("getComputedStyle(document.querySelector('main figure img')).colorScheme")


@pytest.mark.parametrize("where", ["server", "disk"])
def test_page_and_pictures_follow_the_system(visit, server, book, where):
    address = server + COSINE if where == "server" else (book / COSINE).as_uri()
    seen = {}
    for system in ("light", "dark"):
        with visit(1000, system) as visiting:
            page = visiting.open(address)
            picture = page.locator("#fig-triangle img")
            seen[system] = brightness(picture), ink(picture)
    assert seen["light"][0] > 180
    assert seen["dark"][0] < 90
    assert seen["light"][1] < 100  # dark words on a light ground
    assert seen["dark"][1] > 155


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_switch_turns_page_and_pictures_and_remembers(visit, server, system):
    other = "dark" if system == "light" else "light"
    with visit(1000, system) as seen:
        page = seen.open(server + COSINE)
        before = ink(page.locator("#fig-triangle img"))
        switch = page.locator("button.theme-switch")
        assert switch.get_attribute("aria-pressed") == str(system == "dark").lower()
        switch.press("Enter")
        assert switch.get_attribute("aria-pressed") == str(other == "dark").lower()
        assert scheme(page) == other
        assert abs(ink(page.locator("#fig-triangle img")) - before) > 100
        page.goto(server + "index.html", wait_until="networkidle")
        assert scheme(page) == other
        page.locator("button.theme-switch").click()
        assert page.evaluate("document.documentElement.dataset.theme ?? 'as the system'") == "as the system"
        page.reload(wait_until="networkidle")
        page.emulate_media(color_scheme=other)
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") != system
        assert seen.console == []


def test_a_page_is_dark_from_its_first_paint(visit, server):
    with visit(1000, "light") as seen:
        page = seen.open(server + COSINE)
        page.locator("button.theme-switch").click()
        page.goto(server + COSINE, wait_until="commit")
        page.wait_for_selector("body")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_paper_is_light(visit, server):
    with visit(1000, "dark") as seen:
        page = seen.open(server + COSINE)
        page.emulate_media(media="print", color_scheme="dark")
        assert scheme(page) == "light"
        red, green, blue = (
            int(value)
            for value in page.evaluate("getComputedStyle(document.body).color.match(/[0-9]+/g).slice(0, 3)")
        )
        assert max(red, green, blue) < 100

"""The reader's progress: kept by the browser, shown in the contents, cleared on request, sent nowhere."""

from __future__ import annotations

COSINE = "chapters/03-cosine-identity.html"


def kept(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).sort()")


def test_a_box_keeps_its_tick_over_a_reload(visit, server):
    with visit() as seen:
        page = seen.open(server + "index.html")
        boxes = page.locator('.chapter input[type="checkbox"]')
        assert boxes.count() >= 5
        boxes.nth(2).check()
        page.reload(wait_until="networkidle")
        assert [box.is_checked() for box in boxes.all()[:4]] == [False, False, True, False]
        boxes.nth(2).uncheck()
        assert kept(page) == []
        assert seen.console == []


def test_a_box_is_ticked_by_keyboard(visit, server):
    with visit() as seen:
        page = seen.open(server + "index.html")
        box = page.locator('.chapter input[type="checkbox"]').first
        box.focus()
        page.keyboard.press("Space")
        assert box.is_checked()


def test_a_chapter_counts_as_read_when_its_last_section_has_been_seen(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        mark = page.locator(".contents-list .read")
        assert mark.count() == 0
        page.locator("#sec-cosine-summary").scroll_into_view_if_needed()
        mark.first.wait_for()
        page.goto(server + "index.html", wait_until="networkidle")
        line = page.locator(".contents-list li", has=page.locator(".read"))
        assert "The cosine identity" in line.inner_text()
        assert "1 of " in page.locator(".progress-read").inner_text()


def test_clearing_forgets_predictions_ticks_and_chapters_and_keeps_the_theme(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        page.locator("button.theme-switch").click()
        page.locator("#prd-four-pairs label").first.click()
        page.locator("#sec-cosine-summary").scroll_into_view_if_needed()
        page.locator(".contents-list .read").first.wait_for()
        assert len(kept(page)) == 3
        with page.expect_navigation():
            page.locator(".progress-note button").click()
        page.wait_for_load_state("networkidle")
        assert [key.split(":")[1] for key in kept(page) if "read:" not in key] == ["theme"]
        assert not page.locator("#prd-four-pairs .reveal").is_visible()


def test_nothing_is_sent_anywhere(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        before = len(seen.requests)
        page.locator("#prd-four-pairs label").first.click()
        page.locator("#sec-cosine-summary").scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        later = [address for address in seen.requests[before:] if not address.endswith(".svg")]
        assert later == []

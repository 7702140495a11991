"""The book's own elements: a prediction waits for a choice, a derivation opens line by line, and paper shows all."""

from __future__ import annotations

import pytest

COSINE = "chapters/03-cosine-identity.html"
REGRESSION = "chapters/06-linear-regression.html"
RATE = "chapters/07-learning-rate.html"
CLINIC = "chapters/07b-loss-clinic.html"


def test_each_result_is_hidden_until_the_reader_chooses(visit, server, every_chapter):
    with visit() as seen:
        page = seen.open(server + every_chapter)
        boxes = page.locator(".predict")
        assert (boxes.count() >= 1) == (every_chapter != CLINIC)  # there the curves ask
        for box in boxes.all():
            assert not box.locator(".reveal").is_visible()
            assert not any(feedback.is_visible() for feedback in box.locator(".feedback").all())
            assert box.locator("input[type=radio]").count() >= 3
            box.locator("label").nth(1).click()
            assert box.locator(".reveal").is_visible()
            assert box.locator(".option").nth(1).locator(".feedback").is_visible()
            assert box.locator(".option.right .feedback").is_visible()  # and why the right one is right
        assert seen.console == []


def test_a_prediction_is_made_by_keyboard_alone(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        box = page.locator("#prd-four-pairs")
        for _ in range(120):
            page.keyboard.press("Tab")
            if (
                page.evaluate(
                    "document.activeElement.closest('#prd-four-pairs') && document.activeElement.type"
                )
                == "radio"
            ):
                break
        page.keyboard.press("ArrowDown")
        assert not box.locator(".reveal").is_visible()  # arrows walk, they do not choose
        page.keyboard.press("Space")
        assert box.locator(".reveal").is_visible()
        assert box.locator("input[type=radio]").nth(1).is_checked()
        assert page.evaluate("document.activeElement.type") == "radio"  # the focus stays


def test_a_choice_survives_a_reload_and_can_be_taken_back(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        page.locator("#prd-four-pairs label").nth(2).click()
        page.reload(wait_until="networkidle")
        box = page.locator("#prd-four-pairs")
        assert box.locator("input[type=radio]").nth(2).is_checked()
        assert box.locator(".reveal").is_visible()
        assert not page.locator("#prd-high-dimensions .reveal").is_visible()  # each is kept by itself
        box.get_by_role("button", name="Predict again").click()
        assert not box.locator(".reveal").is_visible()
        page.reload(wait_until="networkidle")
        assert not page.locator("#prd-four-pairs .reveal").is_visible()


def test_what_stands_apart_from_its_predictions_waits_for_each_of_them(visit, server):
    with visit() as seen:
        page = seen.open(server + RATE)
        table, summary = page.locator("#tbl-four-rates"), page.locator("#sec-rate-summary li").first
        notes = page.locator(".waits >> visible=true")
        assert notes.count() == page.locator(".reveal[data-after]").count() >= 3
        assert [table.is_visible(), summary.is_visible()] == [False, False]
        assert notes.first.inner_text() == "This waits for your prediction in 7.1. Show it now"
        assert notes.first.locator("a").get_attribute("href") == "#prd-four-rates"
        assert notes.last.inner_text().startswith("This waits for 2 of your predictions; the next is in 7.1.")
        page.locator("#prd-four-rates label").first.click()
        assert [table.is_visible(), summary.is_visible()] == [True, False]
        assert notes.last.inner_text().startswith("This waits for your prediction in 7.4.")
        page.locator("#prd-near-the-limit label").first.click()
        assert summary.is_visible()
        assert notes.count() == 0
        page.locator("#prd-four-rates").get_by_role("button", name="Predict again").click()
        assert [table.is_visible(), summary.is_visible()] == [False, False]
        page.locator("#prd-four-rates label").first.click()
        page.reload(wait_until="networkidle")
        assert [table.is_visible(), summary.is_visible()] == [True, True]
        assert seen.console == []


def test_what_waits_can_be_shown_without_a_prediction_and_a_reference_opens_it(visit, server):
    with visit() as seen:
        page = seen.open(server + RATE)
        summary = page.locator("#sec-rate-summary")
        show = summary.get_by_role("button", name="Show it now")
        show.focus()
        page.keyboard.press("Enter")
        assert summary.locator("li").first.is_visible()
        assert page.evaluate("document.activeElement.matches('#sec-rate-summary .reveal')")
        assert not page.locator("#tbl-four-rates").is_visible()  # each by itself
        page = seen.open(server + RATE + "#tbl-four-rates")
        assert page.locator("#tbl-four-rates").is_visible()
        assert seen.console == []


def test_asking_why_not_the_others_leads_to_the_first_of_them_and_keeps_the_prediction(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        box = page.locator("#prd-four-pairs")
        box.locator("label").first.click()  # wrong; the second is right, so the third still waits
        box.get_by_role("button", name="Why not the others?").focus()
        page.keyboard.press("Enter")
        assert (
            box.locator(".feedback")
            .nth(2)
            .evaluate("(e) => e === document.activeElement && e.checkVisibility()")
        )
        page.keyboard.press("Enter")
        assert box.locator(".reveal").is_visible()


def test_the_verdict_is_announced(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        box = page.locator("#prd-four-pairs")
        assert box.locator("[role=status]").inner_text() == ""
        right = box.locator(".option.right label")
        right.click()
        assert "You predicted it" in box.locator("[role=status]").inner_text()


def test_a_reference_into_a_hidden_result_opens_it(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE + "#tbl-four-pairs")
        assert page.locator("#tbl-four-pairs").is_visible()


def test_without_scripts_everything_is_there(visit, server, every_page):
    with visit(scripts=False) as seen:
        page = seen.open(server + every_page)
        for kind in (".reveal", ".feedback", ".option", ".step", ".because", "figure", ".equation", "img"):
            for element in page.locator(f"main {kind}").all():
                assert element.is_visible(), kind
        assert page.locator("main input[type=radio], main button").count() == 0
        for answer in page.locator("main details").all():
            answer.locator("summary").click()
            assert answer.locator(":scope > :not(summary)").first.is_visible()
        assert seen.console == []


def test_a_reference_shows_what_it_leads_to_while_the_pointer_rests_on_it(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        preview = page.locator(".preview")
        link = page.locator("main a.reference[href='#eq-cosine-identity']:visible").last
        link.scroll_into_view_if_needed()
        link.hover()
        preview.wait_for()
        shown, target = preview.locator("math"), page.locator("#eq-cosine-identity math")
        assert shown.text_content() == target.text_content()
        assert preview.locator("[id], a, button").count() == 0
        assert preview.evaluate("(e) => e.getBoundingClientRect().bottom < innerHeight")
        page.keyboard.press("Escape")
        assert preview.is_hidden()
        assert page.evaluate("document.querySelectorAll('#eq-cosine-identity').length") == 1
        assert seen.console == []


def test_a_reference_does_not_show_what_waits_for_a_prediction(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        page.evaluate("""() => {
          const link = Object.assign(document.createElement("a"), { href: "#tbl-four-pairs", className: "reference" });
          link.textContent = "the table";
          document.querySelector("main p").append(link);
        }""")
        link = page.locator("main p a", has_text="the table")
        link.hover()
        page.wait_for_timeout(400)
        assert page.locator(".preview").is_hidden()
        page.locator("#prd-four-pairs label").first.click()
        page.mouse.move(0, 0)
        link.scroll_into_view_if_needed()
        link.hover()
        page.locator(".preview table").wait_for()  # now it may be seen


@pytest.mark.parametrize("protocol", ["http", "file"])
@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("06b-trust.html a[href$='#ref-hubble1929']", "A Relation Between Distance and Radial"),
        ("06-linear-regression.html .code a[href$='.least_squares']", "Weights and bias that minimise"),
        ("07-learning-rate.html a[href$='#eq-error-factor']", "(4.4)"),
    ],
)
def test_a_link_to_another_page_shows_a_source_a_function_and_an_equation(
    visit, book, server, protocol, link, shown
):
    base = server if protocol == "http" else f"{book.as_uri()}/"
    name, _, link = link.partition(" ")
    with visit() as seen:
        page = seen.open(f"{base}chapters/{name}")
        first = page.locator(f"main {link}:visible").first
        first.scroll_into_view_if_needed()
        first.hover()
        preview = page.locator(".preview")
        preview.wait_for()
        assert shown in preview.inner_text()
        assert preview.locator("[id], a, button").count() == 0
        assert preview.evaluate(
            "(e) => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight; }"
        )
        page.mouse.move(0, 0)
        assert preview.is_hidden()
        first.press("Shift")  # from here on by keyboard
        first.focus()
        preview.wait_for()
        page.keyboard.press("Tab")
        assert preview.is_hidden()
        assert seen.console == []


def test_a_derivation_opens_line_by_line(visit, server):
    with visit() as seen:
        page = seen.open(server + COSINE)
        box = page.locator("#drv-cosine-identity")
        steps = box.locator(".step")

        def shown() -> list[bool]:
            return [step.locator("math").first.is_visible() for step in steps.all()]

        total = steps.count()
        assert total > 3
        for line in range(1, total):
            assert shown() == [True] * line + [False] * (total - line)
            box.get_by_role("button", name="What comes next?").press("Enter")  # asked for, then hinted at
            assert shown() == [True] * line + [False] * (total - line)
            assert box.locator("[role=status]").inner_text().startswith("Next: ")
            box.get_by_role("button", name="Show the next line").press("Enter")
        assert shown() == [True] * total
        box.get_by_role("button", name="Start over").click()
        assert shown() == [True] + [False] * (total - 1)
        box.get_by_role("button", name="Show all").click()
        assert shown() == [True] * total


def test_code_can_be_copied_by_a_button_with_a_name(visit, server):
    with visit(permissions=["clipboard-read", "clipboard-write"]) as seen:
        page = seen.open(server + REGRESSION)
        cell = page.locator("#cell-noisy-data")
        cell.get_by_role("button").click()
        assert (
            page.evaluate("navigator.clipboard.readText()").strip()
            == cell.locator("code").inner_text().strip()
        )


def test_a_note_stands_in_the_margin_where_there_is_one_and_covers_nothing(visit, server, every_chapter):
    others = """(note) => [...document.querySelectorAll("main p, main .cell, main .code, main figure, main .equation, .toc")]
      .filter((e) => !note.contains(e)).filter((e) => {
        const [a, b] = [e.getBoundingClientRect(), note.getBoundingClientRect()];
        return a.width && a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
      }).map((e) => e.tagName + e.id + e.textContent.slice(0, 40))"""
    for width in (360, 1280, 1440, 1920):
        with visit(width) as seen:
            page = seen.open(server + every_chapter)
            for note in page.locator("main section > .column-margin").all():
                assert note.evaluate(others) == []
                before = note.locator("xpath=preceding-sibling::p[1]").bounding_box()
                box = note.bounding_box()
                if width >= 1440:
                    assert box["x"] > before["x"] + before["width"]
                    assert box["y"] + box["height"] == pytest.approx(before["y"] + before["height"], abs=1)
                else:
                    assert box["y"] > before["y"] + before["height"] - 1
                    assert box["x"] == pytest.approx(before["x"], abs=1)


def test_paper_shows_the_answers_and_hides_the_navigation(visit, server, every_chapter):
    with visit() as seen:
        page = seen.open(server + every_chapter)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        for kind in (
            ".reveal",
            ".feedback",
            ".step .equation",
            "details > :not(summary)",
            "figure",
            ".output",
        ):
            for element in page.locator(f"main {kind}").all():
                assert element.is_visible(), kind
        for kind in (
            ".masthead",
            ".toc",
            ".skip",
            ".sequence",
            ".theme-switch",
            "main button",
            "main .permalink",
        ):
            for element in page.locator(kind).all():
                assert not element.is_visible(), kind
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        assert not page.locator(".reveal").first.is_visible()


def test_paper_shows_the_answers_without_scripts_too(visit, server):
    with visit(scripts=False) as seen:
        page = seen.open(server + COSINE)
        page.emulate_media(media="print")
        for answer in page.locator("main details > :not(summary)").all():
            assert answer.is_visible()

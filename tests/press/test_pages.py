"""Every kind of element on the pages of the site. The sample is in `sample/`."""

import re

import pytest

MATHML = "{http://www.w3.org/1998/Math/MathML}"
PAGE = "chapters/01-elements.html"


@pytest.fixture(scope="session")
def page(sample):
    return sample.html(PAGE)


def text(element):
    plain = element.text_content().replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(plain.split())


def test_the_site_has_a_page_for_each_chapter_and_the_downloads(sample):
    made = {name for name in sample.files if not name.startswith(("assets/", "files/", "notebooks/"))}
    assert made == {
        "index.html", PAGE, "chapters/02-second.html", "chapters/a-notation.html", "chapters/references.html",
        "icon.svg", "small.pdf", "small-letter.pdf", "small.epub", "404.html",
    }  # fmt: skip


def test_headings_have_numbers_by_place_and_unnumbered_ones_none(sample):
    found = {}
    for name in ("index.html", PAGE, "chapters/02-second.html", "chapters/a-notation.html"):
        for heading in sample.html(name).xpath(".//h1 | .//h2 | .//h3"):
            heading.remove(heading.find("a"))  # the permalink
            found[heading.getparent().get("id")] = text(heading)
    assert found == {
        "sec-welcome": "Welcome", "sec-elements": "1 Elements", "sec-numbers": "1.1 Numbers", "sec-cells": "1.2 Cells",
        "sec-own": "1.3 Elements of our own", "sec-second": "2 Second", "sec-deep": "2.1 Deep",
        "sec-deeper": "2.1.1 Deeper", "sec-wide": "2.2 Wide", "sec-wider": "2.2.1 Wider", "sec-last": "Last words", "sec-notation": "A Notation", "sec-signs": "A.1 Signs",
    }  # fmt: skip


def test_references_are_links_with_quartos_words_on_this_page_and_others(page):
    [paragraph] = page.xpath(".//p[starts-with(., 'See ')][a[@class='reference']]")
    assert [(link.get("href"), text(link)) for link in paragraph.findall("a[@class='reference']")] == [
        ("#eq-first", "Equation 1.1"),
        ("#eq-second", "1.2"),  # [-@eq-second]
        ("#sec-numbers", "Section 1.1"),
        ("#sec-elements", "Chapter 1"),
        ("#fig-picture", "Figure 1.1"),
        ("#tbl-cell", "Table 1.1"),
        ("#eq-first", "Equation 1.1"),  # the two of [@eq-first; @tbl-plain]
        ("#tbl-plain", "Table 1.2"),
        ("02-second.html#sec-second", "Chapter 2"),
        ("02-second.html#sec-deeper", "Section 2.1.1"),
        ("02-second.html#eq-other", "Equation 2.1"),
        ("a-notation.html#sec-notation", "Appendix A"),
        ("a-notation.html#eq-appendix", "Equation A.1"),
    ]
    assert "Equation 1.1, Table 1.2, Chapter 2" in text(paragraph)


def test_a_reference_does_not_break_before_its_number(page):
    assert (
        page.xpath(".//a[@href='#sec-numbers'][@class='reference']")[0].text == "Section\N{NO-BREAK SPACE}1.1"
    )


def test_citations_link_to_the_bibliography_wherever_it_stands(page, sample):
    links = page.xpath(".//a[contains(@href, 'ref-gauss1809')]")
    assert [(link.get("href"), text(link)) for link in links] == [
        ("references.html#ref-gauss1809", "1809"),  # As Gauss (1809) says
        ("references.html#ref-gauss1809", "Gauss 1809, 3"),
    ]
    assert (
        text(sample.html("chapters/references.html").get_element_by_id("ref-gauss1809"))
        == "Gauss, Carl. 1809. Theory."
    )


def test_inline_values_stand_as_they_are_and_are_no_markdown(page):
    [paragraph] = page.xpath(".//p[contains(., 'The values are')]")
    assert "The values are 3, 0.5 and a *b* _c_ <d> $e$ #f." in text(paragraph)


def test_prose_keeps_its_letters_quotes_and_signs(page):
    [paragraph] = page.xpath(".//p[contains(., 'The values are')]")
    assert text(paragraph).startswith(
        "Größe ‖a‖ and “quotes”, it’s emphatic and strong – a code span; 5 < 6 & 7."
    )


def test_a_footnote_and_its_mark_link_to_each_other(page):
    note = page.get_element_by_id("fn1")
    assert note.xpath(".//a[@href='#fnref1']")
    assert page.get_element_by_id("fnref1").get("href") == "#fn1"
    assert note.xpath(".//a[@href='https://example.org/note']")


@pytest.mark.parametrize(
    ("name", "number"), [("eq-first", "(1.1)"), ("eq-second", "(1.2)"), ("eq-step", "(1.3)")]
)
def test_an_equation_with_an_id_is_numbered(page, name, number):
    equation = page.get_element_by_id(name)
    assert text(equation.find("span[@class='equation-number']")) == number
    assert equation.find("math").get("display") == "block"


def test_an_equation_without_id_has_no_number(page):
    [equation] = [e for e in page.find_class("equation") if not e.get("id")]
    assert text(equation) == "c=d"


def test_a_figure_has_its_picture_alt_text_size_and_numbered_caption(page, sample):
    figure = page.get_element_by_id("fig-picture")
    image = figure.find("img")
    assert image.get("alt") == 'A blue field, "wide" & flat.'
    assert (image.get("width"), image.get("height")) == ("96", "48")  # 72 by 36 points, at 96 pixels an inch
    assert sample.files[image.get("src").removeprefix("../")].startswith(b"<svg ")
    caption = figure.find("figcaption")
    assert text(caption).startswith("Figure 1.1 A blue field, of x by y; see Equation 1.1.")
    assert caption.find("em").text == "blue"


def test_a_table_of_a_cell_and_one_of_the_text_are_numbered_alike(page):
    captions = [text(page.get_element_by_id(name).find("figcaption")) for name in ("tbl-cell", "tbl-plain")]
    assert captions == ["Table 1.1 Made by a cell.", "Table 1.2 Of the text, as it stands."]


def test_table_cells_keep_alignment_links_mathematics_and_values(page):
    plain = page.get_element_by_id("tbl-plain").xpath(".//td")
    assert [(cell.get("class"), text(cell)) for cell in plain] == [
        ("left", "Größe"),
        ("center", "link"),
        ("right", "0.50"),
    ]
    assert plain[1].find("a").get("href") == "02-second.html"
    assert page.get_element_by_id("tbl-cell").xpath(".//td//*[local-name()='msup']")


CELLS = {
    "hidden-code": (None, "code is hidden"),
    "not-run": ('print("is not run")', None),
    "quiet": ('print("output is hidden")', None),
    "raises": ("1 / 0", "ZeroDivisionError: division by zero"),
    "in-list": ('print("from the list")', "from the list"),
    "in-answer": ('print("from the answer")', "from the answer"),
    "in-callout": ('print("from the callout")', "from the callout"),
    "revealed": ('print("something")', "something"),
    "checks": ("print(1 + 1 == 2)", "True"),
}


@pytest.mark.parametrize("label", CELLS)
def test_a_cell_shows_the_code_and_output_that_its_options_ask_for(page, label):
    cell = page.get_element_by_id(f"cell-{label}")
    parts = [[text(part) for part in cell.find_class(name)] for name in ("code", "output")]
    assert parts == [[part] if part else [] for part in CELLS[label]]


def test_a_cell_stands_where_its_text_stands(page):
    places = {"in-list": "li", "in-answer": "details", "revealed": "div"}
    assert {label: page.get_element_by_id(f"cell-{label}").getparent().tag for label in places} == places
    assert "something" in text(page.find_class("reveal")[0])


def test_outputs_say_what_they_are_and_escape_what_is_html(page):
    outputs = page.get_element_by_id("cell-warns").find_class("output")
    assert [(o.get("class"), text(o)) for o in outputs] == [
        ("output output-text", "'a value'"),
        ("output output-stream", "<careful> & ready"),
    ]


def test_folded_code_waits_behind_its_summary(page):
    fold = page.get_element_by_id("cell-setup").find("details")
    assert fold.get("class") == "code-fold"
    assert text(fold.find("summary")) == "Set-up: a picture & words"
    assert "class Picture" in text(fold)


def test_code_of_another_fence_is_shown_and_not_run(page):
    assert page.xpath(".//code[@class='language-markdown'][contains(., 'shown, not run')]")


def test_callouts_have_titles_and_hidden_answers_wait(page):
    assert [(c.tag, c.get("class"), text(c[0])) for c in page.find_class("callout")] == [
        ("div", "callout callout-note", "Note"),
        ("details", "callout callout-tip", "Answer & reason"),
        ("div", "callout callout-warning", "Mind the <cell>"),
    ]


def test_a_note_for_the_margin_stands_behind_the_paragraph_that_it_belongs_to(page):
    [note] = page.find_class("column-margin")
    assert text(note) == "A note beside the text, on f\N{PRIME}."
    assert note.getparent().tag == "section"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("fig-picture", "caption-label", "Figure 1.1"),
        ("tbl-cell", "caption-label", "Table 1.1"),
        ("eq-first", "equation-number", "(1.1)"),
    ],
)
def test_the_number_of_a_figure_a_table_and_an_equation_links_to_its_place(page, name, kind, words):
    [link] = page.get_element_by_id(name).xpath(f".//span[@class='{kind}']/a")
    assert (link.get("href"), text(link)) == (f"#{name}", words)


def test_a_prime_is_no_exponent(page):
    [note] = page.find_class("column-margin")
    [prime] = [mark for mark in note.iter("mo") if mark.text == "\N{PRIME}"]
    assert [part.tag for part in prime.getparent()] == ["mi", "mo"]
    assert prime.getparent().tag == "mrow"
    assert not [power for power in page.iter("msup") if power[1].text == "\N{PRIME}"]


def test_what_is_for_paper_is_not_on_the_page(page):
    assert "Only on a screen." in text(page)
    assert "Only on paper." not in text(page)


def test_a_prediction_holds_its_options_their_feedback_and_the_right_one(page):
    predict = page.get_element_by_id("prd-sample")
    options = predict.find_class("option")
    assert [text(option) for option in options] == [
        "Nothing. Too little.",
        "Something, 3 times. That much.",
        "All. Too much.",
    ]
    assert [option.get("class") for option in options] == ["option", "option right", "option"]
    assert [text(feedback) for feedback in predict.find_class("feedback")] == [
        "Too little.",
        "That much.",
        "Too much.",
    ]
    assert predict[-1].get("class") == "reveal"


def test_a_derivations_step_starts_with_its_reason(page):
    steps = page.get_element_by_id("drv-sample").find_class("step")
    assert [text(step[0]) for step in steps] == ["The law of cosines, for θ.", "Check it."]
    assert [step[0].get("class") for step in steps] == ["because", "because"]
    assert not page.xpath("//@because")


def test_an_interactive_holds_its_executed_figure(page):
    [interactive] = page.find_class("interactive")
    assert interactive.get("data-figure") == "dot-product"
    assert interactive.xpath(".//figure[@id='fig-interactive']/img/@alt") == ["A second blue field."]


def test_links_to_chapters_are_links_to_pages(sample):
    hrefs = sample.html("index.html").xpath(".//p/a/@href")
    assert hrefs == [
        "chapters/01-elements.html",
        "chapters/01-elements.html#sec-cells",
        "notebooks/shared.ipynb",
    ]


def test_no_page_holds_a_style_an_inline_script_or_a_foreign_address(sample):
    for name, content in sample.files.items():
        if name.endswith(".html"):
            page = content.decode()
            assert not re.search(r"<[^>]*\sstyle=|<style|\son\w+=", page), name
            assert not re.search(r'<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?//', page), name
            assert all("src=" in attributes for attributes in re.findall(r"<script([^>]*)>", page)), name


def test_ids_on_a_page_are_unique(sample):
    for name in (n for n in sample.files if n.endswith(".html")):
        ids = re.findall(r'\sid="([^"]*)"', sample.files[name].decode())
        assert len(ids) == len(set(ids)), name

"""One book in three formats: the same ids, with the same numbers on them."""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_uppercase

import pikepdf
import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTTextContainer


def numbers(page) -> dict[str, str]:
    """The number on each figure, table, equation and section of a page, by its id."""
    found = {}
    for element in page.tree.xpath("//*[@id]"):
        name = element.get("id")
        kind = name.partition("-")[0]
        if kind in ("fig", "tbl"):
            label = element.xpath(".//*[contains(@class, 'caption-label')]")
            found[name] = label[0].text_content() if label else None
        elif kind == "eq":
            label = element.xpath(".//*[contains(@class, 'equation-number')]")
            found[name] = label[0].text_content() if label else None
        elif kind == "sec":
            label = element.xpath("./*[self::h1 or self::h2 or self::h3][1]/*[contains(@class, '-number')]")
            found[name] = label[0].text_content() if label else None
    return {name: number and re.sub(r"\s+", " ", number).strip() for name, number in found.items()}


@pytest.fixture(scope="module")
def of_site(pages) -> dict[str, str]:
    return {name: number for page in pages.values() for name, number in numbers(page).items()}


def test_each_kind_of_element_is_counted_from_1_within_its_chapter(pages, sources):
    chapters, appendices = iter(range(1, 100)), iter(ascii_uppercase)
    for name, source in sources.items():
        found = numbers(pages[name])
        if not any(found.values()):
            continue
        chapter = next(appendices if source.appendix else chapters)
        for kind, form in {
            "fig": "Figure {}.{}",
            "tbl": "Table {}.{}",
            "eq": "({}.{})",
            "sec": "{}.{}",
        }.items():
            given = [number for i, number in found.items() if i.startswith(kind) and number and "." in number]
            assert given == [form.format(chapter, n) for n in range(1, len(given) + 1)], f"{name}: {kind}"


def test_every_id_of_the_sources_is_numbered_on_the_site(sources, of_site):
    for name, source in sources.items():
        if "{.unnumbered" in source.text or ".unnumbered}" in source.text:
            continue
        written = set(re.findall(r"\{#((?:sec|eq|tbl|fig)-[\w-]+)", source.text))
        written |= {label for label in source.cells if label.startswith(("fig-", "tbl-"))}
        for label in written:
            assert of_site.get(label), f"{name}: {label}"


def test_every_reference_says_the_number_that_its_target_bears(pages, of_site):
    read = 0
    words = {"fig": "Figure", "tbl": "Table", "eq": "Equation", "sec": "Section"}
    for page in pages.values():
        for link in page.tree.xpath("//main//a[contains(@class, 'reference')]"):
            label = link.get("href").partition("#")[2]
            kind = label.partition("-")[0]
            number = of_site[label].strip("()").rpartition(" ")[2]
            whole = "Chapter" if number.isdigit() else "Appendix"
            word = words[kind] if "." in number else whole
            said = re.sub(r"\s+", " ", link.text_content())
            assert said in (f"{word} {number}", number), f"{page.name}: {said} for {label}"
            read += 1
    assert read > 10


def test_the_epub_has_the_sites_ids_and_numbers(epub, of_site):
    of_epub = {name: number for page in epub.values() for name, number in numbers(page).items()}
    assert of_epub == of_site


@pytest.fixture(scope="module")
def links_of_pdf(book) -> list[tuple[str, str]]:
    """Each link inside the PDF: the words under it, and all text of the page that it leads to."""
    path = book / "ml-from-scratch.pdf"
    layout = list(extract_pages(path))
    texts = [
        squeezed("".join(box.get_text() for box in page if isinstance(box, LTTextContainer)))
        for page in layout
    ]
    found = []
    with pikepdf.open(path) as pdf:
        at = {page.objgen: n for n, page in enumerate(pdf.pages)}
        named = {
            str(name): target.D if isinstance(target, pikepdf.Dictionary) else target
            for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items()
        }
        for page, characters in zip(pdf.pages, map(list, map(drawn, layout)), strict=True):
            for annotation in page.get("/Annots", []):
                if "/Dest" in annotation:
                    goal = (
                        annotation.Dest
                        if isinstance(annotation.Dest, pikepdf.Array)
                        else named[str(annotation.Dest)]
                    )
                    x0, y0, x1, y1 = (float(v) for v in annotation.Rect)
                    under = "".join(text for text, x, y in characters if x0 <= x <= x1 and y0 <= y <= y1)
                    found.append((squeezed(under), texts[at[goal[0].objgen]]))
    return found


def drawn(layout):
    """Each character with the middle of its box, in reading order, but for roots: their boxes reach into the line above."""
    for box in layout:
        if isinstance(box, LTTextContainer):
            for line in box:
                for char in line:
                    if isinstance(char, LTChar) and char.get_text() != "√":
                        yield char.get_text(), (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_pdf_makes_the_sites_references_and_each_leads_to_the_page_that_bears_the_number(
    links_of_pdf, pages
):
    form = re.compile(
        r"(Figure|Table|Equation|Section|Chapter|Appendix)((?:\d+|[A-Z])(?:\.\d+)?)|()(\d+\.\d+)"
    )
    of_pdf = [(under, text) for under, text in links_of_pdf if form.fullmatch(under)]
    said = Counter(
        squeezed(link.text_content())
        for page in pages.values()
        for link in page.tree.xpath("//main//a[contains(@class, 'reference')]")
    )
    assert Counter(under for under, _ in of_pdf) == said
    for under, text in of_pdf:
        kind, number = filter(lambda group: group is not None, form.fullmatch(under).groups())
        wanted = {"Equation": f"({number})", "Figure": under, "Table": under}.get(kind, number)
        assert wanted in text, under


def test_the_pdf_has_a_place_for_each_section(book, of_site):
    with pikepdf.open(book / "ml-from-scratch.pdf") as pdf:
        there = {str(name) for name, _ in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
    assert {name for name in of_site if name.startswith("sec-")} <= there

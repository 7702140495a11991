"""The PDFs, for A4 and for Letter: what the makers of standards and the readers ask of them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest
import yaml
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTTextContainer, LTTextLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


A4, LETTER = (595.276, 841.89), (612, 792)  # points
PAPERS = {"ml-from-scratch.pdf": A4, "ml-from-scratch-letter.pdf": LETTER}


@pytest.fixture(scope="module", params=PAPERS)
def path(request, book: Path) -> Path:
    return book / request.param


@pytest.fixture(scope="module")
def pdf(path: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def layout(path: Path) -> list:
    """Each page's text as pdfminer finds it."""
    return list(extract_pages(path))


@pytest.fixture(scope="module")
def on_pages(layout) -> list[str]:
    """Each page's text, without spaces."""
    return [squeezed("".join(box.get_text() for box in texts(page))) for page in layout]


def texts(page) -> list:
    return [box for box in page if isinstance(box, LTTextContainer)]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def place_of(pdf, target) -> pikepdf.Array:
    """A destination, found by its name where it has one."""
    if not isinstance(target, pikepdf.Array):
        target = destinations(pdf)[str(target)]
    return target.D if isinstance(target, pikepdf.Dictionary) else target


def page_of(pdf, target) -> int:
    """The number of the page, from 1, on which a destination lies."""
    return [page.objgen for page in pdf.pages].index(place_of(pdf, target)[0].objgen) + 1


@pytest.fixture(scope="module")
def lines(layout) -> list[str]:
    """Every line of text in the PDF, with single spaces."""
    found = []
    for page in layout:
        for box in page:
            if isinstance(box, LTTextContainer):
                found += [" ".join(line.get_text().split()) for line in box]
    return found


def elements(pdf, *kinds):
    """The elements of those kinds in the structure tree."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if str(node.get("/S", "")) in kinds:
                found.append(node)
            if "/K" in node:
                waiting.append(node.K)
    return found


@cache
def destinations(pdf) -> dict[str, object]:
    return {str(name): target for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


def bookmarks(pdf) -> list[tuple[int, str]]:
    """Depth and title of each bookmark, spaces left out."""
    found = []

    def walk(items, depth):
        for item in items:
            found.append((depth, squeezed(item.title)))
            walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        walk(outline.root, 1)
    return found


def test_it_declares_pdf_a_2a_and_pdf_ua_1(pdf):
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
        assert metadata["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_every_page_has_the_papers_size(pdf, path):
    for page in pdf.pages:
        assert [float(v) for v in page.MediaBox] == pytest.approx([0, 0, *PAPERS[path.name]], abs=0.01)


def test_it_has_a_language_a_title_and_tags(pdf):
    assert str(pdf.Root.Lang) == "en"
    assert str(pdf.docinfo.Title) == "Machine learning from scratch"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked


def test_every_figure_has_the_sites_alternative_text(pdf, pages):
    read = sorted(str(figure.Alt) for figure in elements(pdf, "/Figure"))
    assert read == sorted(str(alt) for page in pages.values() for alt in page.tree.xpath("//img/@alt"))


def test_every_formula_has_an_alternative_text(pdf, pages):
    formulas = elements(pdf, "/Formula")
    assert len(formulas) == sum(
        page.main.xpath("count(.//*[local-name() = 'math'])") for page in pages.values()
    )
    for formula in formulas:
        assert str(formula.get("/Alt", "")).strip()


def test_every_table_has_heads_and_every_caption_its_place(pdf, pages):
    tables = elements(pdf, "/Table")
    assert len(tables) == sum(len(page.main.xpath(".//table")) for page in pages.values())
    assert len(elements(pdf, "/THead")) == len(tables)
    captions = sum(len(page.main.xpath(".//figcaption")) for page in pages.values())
    assert len(elements(pdf, "/Caption")) >= captions


def test_every_font_is_embedded(pdf):
    fonts = {}
    for page in pdf.pages:
        for name, font in page.Resources.get("/Font", {}).items():
            fonts[str(font.BaseFont)] = font.get("/DescendantFonts", [font])[0], name
    assert len(fonts) >= 3
    for base, (font, _) in fonts.items():
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()), base


def test_every_part_chapter_and_section_has_its_bookmark_in_its_place(pdf, pages, sources, root):
    listed = yaml.safe_load((root / "_quarto.yml").read_text())["book"]
    starts = {item["chapters"][0]: item for item in listed["chapters"] if isinstance(item, dict)}
    within = {name for item in starts.values() for name in item["chapters"]} | set(listed["appendices"])
    wanted = [(1, "Contents")]
    for name in sources:
        source = name.replace(".html", ".qmd")
        if source in starts:
            wanted.append((1, squeezed(starts[source]["part"])))
        if source == listed["appendices"][0]:
            wanted.append((1, "Appendices"))
        depth = 1 if source in within else 0
        for heading in pages[name].tree.xpath("//h1 | //h2"):
            text = squeezed(heading.text_content().strip().removesuffix("#"))
            wanted.append((depth + int(heading.tag[1]), text))
        if "</details>" in pages[name].html and 'class="callout callout-tip"' in pages[name].html:
            wanted.append((depth + 2, "Answers"))
    assert bookmarks(pdf) == wanted


def headings(pdf) -> list[tuple[str, int, float]]:
    """Each bookmark's title, page from 1, and height on it."""
    found = []

    def walk(items):
        for item in items:
            place = place_of(pdf, item.destination if item.destination is not None else item.action.D)
            found.append((item.title, page_of(pdf, place), float(place[3])))
            walk(item.children)

    with pdf.open_outline() as outline:
        walk(outline.root)
    return found


def test_no_heading_ends_a_page(pdf, layout):
    foot = 75  # points: below stands the page's number
    for title, number, height in headings(pdf):
        below = [
            line
            for box in texts(layout[number - 1])
            for line in box
            if isinstance(line, LTTextLine) and foot < line.y1 < height - 20 and line.get_text().strip()
        ]
        assert below, f"page {number}: {title}"


def test_a_figure_or_table_stands_below_its_code_or_on_the_next_page(layout, sources, pages):
    where: dict[str, list[tuple[int, float]]] = {}
    for page in layout:
        for box in texts(page):
            for line in box:
                where.setdefault(squeezed(line.get_text()), []).append((page.pageid, -line.y1))
    seen = 0
    for name, source in sources.items():
        for label, (options, code) in source.cells.items():
            if not options.get("echo", True):
                continue
            caption = pages[name].tree.xpath(f"//figure[@id='{label}']//figcaption")
            last = where.get(squeezed(code.strip().splitlines()[-1]), [])
            if not caption or len(last) != 1:  # a line that stands in several cells says nothing of its place
                continue
            words = squeezed(caption[0].text_content())
            # A role's mark, which is no text, ends a line.
            before = (
                "./span[starts-with(@class, 'role-')][1]/preceding-sibling::node()/descendant-or-self::text()"
            )
            least = min(16, len(squeezed("".join(caption[0].xpath(before)))) or 16)
            (first,) = [
                places[0] for line, places in where.items() if len(line) >= least and words.startswith(line)
            ]
            assert last[0] < first, f"{label} stands above its code"
            assert first[0] - last[0][0] <= 1, f"{label} stands far from its code"
            seen += 1
    assert seen > 20


def test_no_figure_stands_behind_the_beginning_of_the_section_after_its_own(pdf, layout, pages, sources):
    """Unless that section would leave much of a page empty before it, and the figure's code would be below the figure."""
    where = [
        (squeezed(line.get_text()), (page.pageid, -line.y1))
        for page in layout
        for box in texts(page)
        for line in box
        if isinstance(line, LTTextLine)
    ]
    seen = 0
    for path, page in pages.items():
        named = page.tree.xpath(
            "//main//*[starts-with(@id, 'sec-') or starts-with(@id, 'fig-') or starts-with(@id, 'tbl-')]"
        )
        ids = [element.get("id") for element in named]
        for place, element in enumerate(named):
            following = next((name for name in ids[place + 1 :] if name.startswith("sec-")), None)
            if ids[place].startswith("sec-") or following is None:
                continue
            words = squeezed(element.xpath(".//figcaption")[0].text_content())
            label = squeezed(element.xpath(".//*[@class='caption-label']")[0].text_content())
            caption = next(
                at
                for line, at in where
                if line.startswith(label) and words.startswith(line) and line != label
            )
            section = page_of(pdf, following), -float(place_of(pdf, following)[3])
            height = layout[section[0] - 1].height
            above = (height - 76 + section[1]) / (height - 161)  # the page's share above the section's title
            options, _ = sources[path].cells.get(ids[place], ({}, ""))
            assert caption < section or (above < 0.6 and options.get("echo", True)), ids[place]
            seen += 1
    assert seen > 40


def test_code_of_up_to_sixteen_lines_stands_on_one_page(on_pages, pages):
    for page in pages.values():
        for code in page.tree.xpath("//main//pre"):
            text = code.text_content()
            if len(text.strip("\n").split("\n")) <= 16:
                assert any(squeezed(text) in on_page for on_page in on_pages), text


def test_no_page_within_a_chapter_is_half_empty(layout):
    """Figures float, so that none of them leaves a hole before it."""
    head, foot = 76, 85  # points, of the margins
    for page, following in pairwise(layout):
        lowest = min((item.y0 for item in page if item.y0 > foot), default=page.height - head)
        # No running head: a chapter begins.
        begins = max(item.y1 for item in following) < following.height - 60
        filled = (page.height - head - lowest) / (page.height - head - foot)
        assert begins or filled > 0.5, f"page {page.pageid} is filled to {filled:.0%}"


def test_no_chapter_ends_with_a_few_lines_on_a_page_of_their_own(layout):
    for page, following in pairwise(layout[4:]):  # behind the contents
        begins = max(item.y1 for item in following) < following.height - 60
        lines = [line for box in texts(page) for line in box if 85 < line.y0 < page.height - 76]
        assert not begins or len(lines) >= 6, f"page {page.pageid}"


def test_the_contents_keep_each_chapter_in_one_column(layout):
    columns: dict[str, set[tuple[int, bool]]] = {}
    for page in layout[2:4]:
        for box in texts(page):
            for line in box:
                words = line.get_text().split()
                number = re.fullmatch(r"(\d+|[A-E])(\.\d+)?", words[0]) if len(words) > 1 else None
                if number and page.height - 76 > line.y0 > 85:
                    columns.setdefault(number[1], set()).add((page.pageid, line.x0 > page.width / 2))
    assert set(columns) == {*map(str, range(1, 11)), *"ABCDE"}
    assert all(len(places) == 1 for places in columns.values()), columns
    assert len(set().union(*(columns[letter] for letter in "ABCDE"))) == 1


def test_no_page_ends_with_what_only_leads_to_the_next(layout, pdf):
    """A signature of the package's reference, or the bold name of a chapter at the head of a list."""
    start = next(number for title, number, _ in headings(pdf) if squeezed(title) == "CWheretheanswersare")
    for page in layout[start - 1 :]:
        lines = [line for box in texts(page) for line in box if line.y0 > 60 and line.get_text().strip()]
        lowest = min(line.y0 for line in lines)
        last = [char for line in lines if line.y0 < lowest + 8 for char in line]
        fonts = {char.fontname for char in last if isinstance(char, LTChar)}
        assert not all("Mono" in font or "Bold" in font for font in fonts), f"page {page.pageid}"


def test_an_address_outside_is_printed_on_the_page_that_links_to_it(pdf, on_pages):
    read = 0
    for page, text in zip(pdf.pages, on_pages, strict=True):
        for annotation in page.get("/Annots", []):
            action = annotation.get("/A", {})
            if action.get("/S") == "/URI":
                assert squeezed(str(action.URI)).removeprefix("https://") in text, action.URI
                read += 1
    assert read > 20


def test_the_list_of_answers_gives_each_answers_page(pdf, layout):
    start = next(number for title, number, _ in headings(pdf) if squeezed(title) == "CWheretheanswersare")
    end = next(number for title, number, _ in headings(pdf) if number > start)
    given: list[int] = []
    goals: list[tuple[int, list[float]]] = []
    for page, drawn in list(zip(pdf.pages, layout, strict=True))[start - 1 : end - 1]:
        for box in texts(drawn):
            given += map(int, re.findall(r"p\.\s*(\d+)", box.get_text()))
        for annotation in page.get("/Annots", []):
            place = place_of(pdf, annotation.Dest if "/Dest" in annotation else annotation.A.D)
            goal = page_of(pdf, place), [float(value) for value in list(place)[2:4]]
            goals += [goal] if goals[-1:] != [goal] else []  # a link on two lines counts once
    assert given == [number for number, _ in goals]
    assert len(given) > 30


def test_every_link_inside_leads_somewhere(pdf):
    there = destinations(pdf)
    inside = outside = 0
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if annotation.Subtype != "/Link":
                continue
            action = annotation.get("/A", {})
            if action.get("/S") == "/URI":
                assert str(action.URI).startswith("https://"), action.URI
                outside += 1
                continue
            target = annotation.get("/Dest", action.get("/D"))
            assert target is not None
            if not isinstance(target, pikepdf.Array):
                assert str(target) in there, target
            inside += 1
    assert inside > 50
    assert outside


def test_every_named_place_is_on_a_page(pdf):
    pages = {page.objgen for page in pdf.pages}
    for name, target in destinations(pdf).items():
        place = target.D if isinstance(target, pikepdf.Dictionary) else target
        assert place[0].objgen in pages, name


def test_captions_are_the_sites_with_the_same_numbers(lines, pages):
    text = squeezed("".join(lines))
    for page in pages.values():
        for caption in page.tree.xpath("//figcaption"):
            wanted = squeezed(caption.text_content())
            assert wanted in text, caption.text_content()


def test_no_text_leaves_the_pages_margins(layout):
    margin = 80  # points: the text's own is 85 (30 mm), past which a full stop may hang
    for page in layout:
        left, bottom, right, top = page.bbox
        for box in page:
            if not isinstance(box, LTTextContainer):
                continue
            for line in box:
                drawn = [char for char in line if isinstance(char, LTChar) and char.get_text().strip()]
                for char in drawn:
                    where = f"page {page.pageid}: {line.get_text()!r}"
                    assert left + margin <= char.x0 <= char.x1 <= right - margin, where
                    assert bottom + 40 <= char.y0 <= char.y1 <= top - 40, where


def test_no_line_of_text_is_printed_over_another(layout):
    for page in layout:
        boxes = [
            (line.bbox, line.get_text())
            for box in page
            if isinstance(box, LTTextContainer)
            for line in box
            if isinstance(line, LTTextLine) and line.get_text().strip() and all_mono(line)
        ]
        for i, ((ax0, ay0, ax1, ay1), a) in enumerate(boxes):
            for (bx0, by0, bx1, by1), b in boxes[i + 1 :]:
                across = min(ax1, bx1) - max(ax0, bx0)
                down = min(ay1, by1) - max(ay0, by0)
                assert across <= 1 or down <= 0.5 * min(ay1 - ay0, by1 - by0), (
                    f"page {page.pageid}: {a!r} {b!r}"
                )


def all_mono(line) -> bool:
    return all("Mono" in char.fontname for char in line if isinstance(char, LTChar))


def test_every_line_of_code_is_there_whole(lines, sources):
    there = set(lines)
    for name, source in sources.items():
        for label, (options, code) in source.cells.items():
            if not options.get("echo", True):
                continue
            for line in code.splitlines():
                wanted = " ".join(line.split())
                assert not wanted or wanted in there, f"{name}: {label}: {line}"


def test_every_line_that_a_cell_prints_is_there_whole(lines, pages):
    there = set(lines)
    for page in pages.values():
        for printed in page.tree.xpath("//*[contains(@class, 'output-')]"):
            for line in printed.text_content().splitlines():
                wanted = " ".join(line.split())
                assert not wanted or wanted in there, f"{page.name}: {line}"


def test_answers_stand_at_the_end_of_their_chapter_and_not_before(pdf, lines, sources):
    text = " ".join(lines)
    for source in sources.values():
        answers = re.findall(
            r'^::: \{\.callout-tip [^}\n]*collapse="true".*?\n(.*?)^:::$',
            source.text,
            re.MULTILINE | re.DOTALL,
        )
        for answer in answers:
            # The longest run of plain words: without inline code, results, mathematics.
            words = re.sub(r"`[^`]*`", "`", answer)
            run = max(re.split(r"[`$*@\[\]{}]|\d|'|\n|\"|–|—", words), key=len).strip()
            # A page may end within it: then one of its halves is whole.
            halves = run[: len(run) // 2], run[len(run) // 2 :]
            assert any(text.count(part.strip()) == 1 for part in (run, *halves)), run
        if answers:
            assert f"{source.path.stem}-answers" in destinations(pdf)


def test_the_regressions_numbers_are_in_the_text(lines):
    text = " ".join(lines)
    for number in ("2.0077", "2.9870", "454.2"):
        assert number in text

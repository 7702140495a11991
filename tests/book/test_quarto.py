"""The contract of the two engines: Quarto, where it is to be had, makes the same book of the same sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import lxml.html
import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import sync_playwright

from press.mathml import SPACING

NUMBERED = ("sec-", "fig-", "tbl-", "eq-")
# What press writes otherwise on purpose: no joiner between a formula and its comma, and no combining accents in MathML.
SAME = str.maketrans(SPACING)


def squeezed(text: str) -> str:
    """Single spaces, and press's own characters as Quarto has them."""
    return " ".join(text.translate(SAME).split())


@pytest.fixture(scope="module")
def quarto(root: Path, tmp_path_factory) -> Path:
    """The book as `press book --engine quarto` renders a copy of the sources."""
    program = shutil.which(os.environ.get("QUARTO_PATH") or "quarto")
    if not program:
        pytest.skip("Quarto is not on this machine: that it renders the same book is not shown here")
    copy = tmp_path_factory.mktemp("quarto") / "book"
    left_out = shutil.ignore_patterns(".git", ".venv", ".press", "_book", "tests", "*_cache", "__pycache__")
    shutil.copytree(root, copy, ignore=left_out)
    (copy / ".press").mkdir()
    (copy / ".press" / "cache").symlink_to(root / ".press" / "cache")
    done = subprocess.run(
        [sys.executable, "-m", "press", "book", "--engine", "quarto"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "code"), "QUARTO_PATH": program},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return copy / "_book"


@pytest.fixture(scope="module")
def theirs(quarto: Path, pages) -> dict[str, lxml.html.HtmlElement]:
    """Quarto's pages, without what only copies or hides."""
    found = {}
    for name in pages:
        html = (quarto / name).read_text()
        # Drawn twice: MathML beside its source.
        found[name] = lxml.html.document_fromstring(
            re.sub(r"<annotation.*?</annotation>", "", html, flags=re.DOTALL)
        )
    return found


def number_of(tree, name: str) -> str | None:
    """The number that Quarto puts on the element of that id."""
    (element,) = tree.xpath(f"//*[@id='{name}']")
    if name.startswith("eq-"):
        found = re.search(r"\(([\dA-Z]+\.\d+)\)\s*$", element.text_content())
    elif name.startswith("sec-"):
        numbers = element.xpath("./descendant-or-self::*[contains(@class, 'chapter-number')]")
        numbers += element.xpath("./*[self::h2 or self::h3]/*[@class='header-section-number']")
        # An appendix's letter stands among its title's words.
        found = (
            re.match(r"([\d.]+|[A-Z](?:\.\d+)*)(?=\s|$|\u00a0)", numbers[0].text_content())
            if numbers
            else re.match(r"Appendix ([A-Z]) —", element.text_content())
        )
    else:
        caption = element.xpath(".//figcaption")
        found = (
            re.match(r"\s*(?:Figure|Table)\s([\dA-Z]+\.\d+)", caption[0].text_content()) if caption else None
        )
    return found[1] if found else None


def test_it_makes_the_same_pages_and_downloads(quarto: Path, book: Path):
    def names(folder: Path) -> set[str]:
        kinds = (".html", ".pdf", ".epub", ".ipynb", ".whl")
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in kinds}

    # A page for lost readers is the site's, not the book's: press alone makes one.
    assert names(quarto) == names(book) - {"404.html"}


def test_it_keeps_every_id_that_the_sources_give(theirs, pages):
    for name, page in pages.items():
        wanted = {i for i in page.ids if i.startswith((*NUMBERED, "prd-", "drv-", "ref-"))}
        assert wanted <= set(theirs[name].xpath("//@id")), name


def test_it_puts_the_same_numbers_on_them(theirs, pages):
    compared = 0
    for name, page in pages.items():
        for label in page.ids:
            if not label.startswith(NUMBERED):
                continue
            (element,) = page.tree.xpath(f"//*[@id='{label}']")
            own = element.xpath(
                ".//*[@class='caption-label' or @class='equation-number']"
                "| ./h1/*[@class='chapter-number'] | ./h2/*[@class='section-number']"
            )
            wanted = re.search(r"(?<!\w)[\dA-Z]+(?:\.\d+)*(?!\w)", own[0].text_content())[0] if own else None
            assert number_of(theirs[name], label) == wanted, label
            compared += wanted is not None
    assert compared > 40


def test_its_references_say_the_same(theirs, pages):
    def references(tree, kind):
        """Words and target of each; Quarto leads to a whole chapter by its page alone."""
        found = []
        for link in tree.xpath(f"//main//a[contains(@class, '{kind}')]"):
            said = squeezed(link.text_content())
            anchor = link.get("href").partition("#")[2]
            found.append((said, "" if re.fullmatch(r"Chapter \d+|Appendix [A-Z]", said) else anchor))
        return sorted(found)

    for name, page in pages.items():
        assert references(theirs[name], "quarto-xref") == references(page.tree, "reference"), name


def test_its_cells_print_the_same(theirs, pages):
    for name, page in pages.items():
        ours = [e.text_content().rstrip() for e in page.tree.xpath("//*[contains(@class, 'output-stream')]")]
        made = [
            e.text_content().strip("\n").rstrip()
            for e in theirs[name].xpath("//*[contains(@class, 'cell-output-stdout')]")
        ]
        assert made == ours, name
        errors = [e.text_content().strip() for e in page.tree.xpath("//*[contains(@class, 'output-error')]")]
        raised = [
            e.text_content().strip() for e in theirs[name].xpath("//*[contains(@class, 'cell-output-error')]")
        ]
        assert len(raised) == len(errors)
        assert all(long.endswith(short) for long, short in zip(raised, errors, strict=True)), name


def test_its_tables_hold_the_same(theirs, pages):
    def cells(tree, label):
        return [squeezed(cell.text_content()) for cell in tree.xpath(f"//*[@id='{label}']//tr/*")]

    for name, page in pages.items():
        for label in page.tree.xpath("//figure[contains(@class, 'table')]/@id"):
            assert cells(theirs[name], label) == cells(page.tree, label), label


def test_its_prose_gives_the_same_results(theirs, pages):
    """Paragraphs with a number and without mathematics, references and citations, which each engine words in HTML its own way."""

    def paragraphs(tree):
        plain = "//main//p[not(.//*[local-name() = 'math']) and not(.//a) and not(ancestor::header)]"
        return {
            squeezed(p.text_content()) for p in tree.xpath(plain) if re.search(r"\d\.\d", p.text_content())
        }

    read = 0
    for name, page in pages.items():
        ours = paragraphs(page.tree)
        made = {squeezed(p.text_content()) for p in theirs[name].xpath("//main//p | //main//figcaption")}
        assert ours <= made, f"{name}: {ours - made}"
        read += len(ours)
    assert read


def test_its_pictures_are_the_same_bytes(quarto: Path, book: Path, pages, theirs):
    for name, page in pages.items():
        ours = page.tree.xpath("//main//img/@src")
        made = [src for src in theirs[name].xpath("//main//img/@src") if "figure-html" in src]
        assert len(ours) == len(made)
        for own, other in zip(ours, made, strict=True):
            place = Path(name).parent
            assert (book / place / own).read_bytes().rstrip() == (
                quarto / place / other
            ).read_bytes().rstrip(), own


def test_its_pdf_shows_the_same_checks_and_the_same_numbers_on_equations(quarto: Path, book: Path):
    def said(path: Path) -> tuple[list[str], list[str]]:
        lines = [" ".join(line.replace("¹", "1").split()) for line in extract_text(path).splitlines()]
        return (
            [line for line in lines if line.startswith("Both sides computed: ")],
            [line for line in lines if re.fullmatch(r"\([1-9]\d?\.\d+\)", line)],
        )

    ours, theirs = said(book / "ml-from-scratch.pdf"), said(quarto / "ml-from-scratch.pdf")
    assert len(ours[0]) > 10
    assert ours == theirs


def test_its_pdf_numbers_the_figures_that_the_site_numbers_and_no_other(quarto: Path, pages):
    """Those of the welcome page and of the interludes have no number."""
    text = " ".join(extract_text(quarto / "ml-from-scratch.pdf").split())
    without = 0
    for page in pages.values():
        for caption in page.tree.xpath("//main//figure[contains(@class, 'figure')]/figcaption"):
            label = caption.xpath("string(*[@class='caption-label'])")
            start = " ".join(caption.text_content().strip().removeprefix(label).split()[:3])
            assert start in text
            assert (f": {start}" in text) == bool(label), start
            assert not label or f"{label}: {start}".replace("\N{NO-BREAK SPACE}", " ") in text
            without += not label
    assert without == 4


def test_its_epub_shows_the_same_checks(quarto: Path, book: Path):
    def said(path: Path) -> list[str]:
        with ZipFile(path) as epub:
            texts = [epub.read(name).decode() for name in sorted(epub.namelist()) if name.endswith(".xhtml")]
        quotes = [
            quote
            for text in texts
            for quote in re.findall(r"<blockquote>(.*?)</blockquote>", text, re.DOTALL)
        ]
        return [" ".join(re.sub(r"<[^>]*>", "", quote).split()) for quote in quotes]

    assert said(quarto / "ml-from-scratch.epub") == said(book / "ml-from-scratch.epub")


def test_its_pages_ask_nobody_else_for_anything(theirs):
    for name, tree in theirs.items():
        loaded = tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
        assert not [target for target in loaded if re.match(r"(https?:)?//", target)], name


def test_a_prediction_has_the_same_parts(theirs, pages):
    for name, page in pages.items():
        for kind in (
            "predict",
            "option",
            "right",
            "feedback",
            "reveal",
            "derivation",
            "step",
            "because",
            "interactive",
        ):
            count = f"count(//main//div[contains(concat(' ', @class, ' '), ' {kind} ')])"
            assert theirs[name].xpath(count) == page.tree.xpath(count), f"{name}: {kind}"


def test_its_pages_run_the_books_scripts(quarto, theirs, need):
    """In a browser: predictions wait, figures can be touched, and no script of ours stumbles over a page of Quarto's."""
    with sync_playwright() as playwright:
        names = ("chromium", "chromium-browser", "google-chrome")
        program = need("Chromium", os.environ.get("CHROMIUM"), *names, playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        for name, tree in theirs.items():
            page.goto((quarto / name).as_uri())
            assert errors == [], name
            assert page.locator("html.scripted").count() == 1, name
            figures = len(tree.xpath("//div[contains(@class, 'interactive')]"))
            assert page.locator(".interactive.upgraded .widget").count() == figures, name
            assert page.locator(".predict .reveal >> visible=true").count() == 0, name
        browser.close()

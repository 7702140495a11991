"""The appendices: complete, and in step with the chapters and the package."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

import ml_from_scratch
from ml_from_scratch import figures

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def modules(root: Path) -> set[str]:
    """The package's public modules."""
    folder = root / "code" / "ml_from_scratch"
    names = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    return {name for name in names if not name.startswith("_")}


def test_the_reference_has_a_section_for_each_public_module(pages, modules):
    shown = {
        i.removeprefix("cell-package-") for i in pages["chapters/package.html"].ids if "cell-package-" in i
    }
    assert shown == modules


@pytest.mark.parametrize("names", [ml_from_scratch.__all__, figures.__all__], ids=["package", "figures"])
def test_the_reference_shows_every_public_name_with_its_first_sentence(pages, names):
    page = pages["chapters/package.html"]
    signatures = [e.text_content() for e in page.tree.xpath("//div[starts-with(@id, 'cell-package-')]//pre")]
    for name in names:
        assert any(re.match(rf"{name}\b", signature) for signature in signatures), name


def test_what_a_chapter_imports_from_the_package_leads_to_its_entry(pages):
    reference = pages["chapters/package.html"].tree
    followed = set()
    for name, page in pages.items():
        for code in page.tree.xpath("//main//div[@class='code'][.//a]"):
            for link in code.iter("a"):
                path, _, anchor = link.get("href").partition("#")
                assert path in ("package.html", "chapters/package.html", "")
                [entry] = reference.xpath("//div[@class='code'][@id=$anchor]", anchor=anchor)
                assert re.match(rf"{link.text_content()}\b", entry.text_content()), (name, anchor)
                followed.add((name, link.text_content()))
        blocks = "\n".join(e.text_content() for e in page.tree.xpath("//main//div[@class='code']//pre"))
        imports = re.findall(r"^from ml_from_scratch\S* import (.+)$", blocks, re.MULTILINE)
        for imported in re.findall(r"\w+", " ".join(imports)):
            assert imported not in ml_from_scratch.__all__ or (name, imported) in followed
    assert len({name for _, name in followed}) > 40


def test_the_docstrings_name_chapters_by_titles_that_the_book_has(root, sources):
    """A docstring is read where no link leads: in the source, in the notebooks, on a page that shows the source."""
    titles = {source.title for source in sources.values()}
    modules = "\n".join(path.read_text() for path in (root / "code/ml_from_scratch").rglob("*.py"))
    named = re.findall(r'\bchapter\s+"([^"]+)"', modules)
    assert {" ".join(name.split()) for name in named} <= titles
    assert "@sec-" not in modules


def test_the_functions_that_a_page_shows_name_their_chapter(sources):
    shown = [
        (source.title, name)
        for source in sources.values()
        for _, code in source.cells.values()
        for name in re.findall(r"show_source\((\w+)\)", code)
    ]
    assert len(shown) >= 3
    for title, name in shown:
        words = " ".join(getattr(ml_from_scratch, name).__doc__.split())
        assert re.search(r'chapter "[^"]+"', words), f"{title} shows {name}, whose docstring names no chapter"


def test_the_codes_names_in_the_notation_are_in_the_package_or_in_a_chapters_cells(sources):
    text = sources["chapters/notation.html"].text
    rows = [line.split("|")[3] for line in text.splitlines() if line.startswith("|") and "`" in line]
    assert len(rows) > 20
    used = set(ml_from_scratch.__all__)
    for source in sources.values():
        for _, code in source.cells.values():
            used |= {n.id for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Name)}
            used |= {n.attr for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Attribute)}
            used |= {n.name for n in ast.walk(ast.parse(code)) if isinstance(n, ast.FunctionDef)}
            used |= {n.arg for n in ast.walk(ast.parse(code)) if isinstance(n, ast.keyword) and n.arg}
    names = {
        name for row in rows for name in re.findall(r"[A-Za-z_]\w*", " ".join(re.findall(r"`([^`]+)`", row)))
    }
    assert names - used == set()


def test_every_answer_is_listed_once_in_the_order_of_the_book(sources):
    answers = [
        i for source in sources.values() for i in re.findall(r"\{[^}\n]*#(ans-[\w-]+)[^}\n]*\}", source.text)
    ]
    hidden = [
        line
        for source in sources.values()
        for line in source.text.splitlines()
        if re.match(r':+ \{\.callout-tip .*collapse="true"', line)
    ]
    assert len(hidden) == len(answers) > 30
    listed = re.findall(r"\]\([\w-]+\.qmd#(ans-[\w-]+)\)", sources["chapters/answers.html"].text)
    assert listed == answers


def test_the_glossary_is_in_order_and_each_term_stands_in_bold_where_it_sends_the_reader(sources, pages):
    text = sources["chapters/glossary.html"].text
    # A section by its number, or by a link where it has none, in an interlude.
    place = r"(?:@|\[interlude after \d\]\([\w-]+\.qmd#)(sec-[\w-]+)\)?"
    entries = re.findall(rf"^\*\*(.+?)\*\* \({place}\)\.", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^\*\*", text, re.MULTILINE))
    terms = [term.lower() for term, _ in entries]
    assert len(terms) > 60
    assert terms == sorted(terms)
    for term, section in entries:
        page = next(page for page in pages.values() if section in page.ids)
        bold = [
            " ".join(e.text_content().replace("’", "'").split()).lower()
            for e in page.section(section).xpath(".//strong")
        ]
        assert any(form in words for form in forms(term) for words in bold), (
            f"{term}: not in bold in {section}"
        )


def forms(term: str) -> set[str]:
    """A headword as the text may write it: entry, entries; least squares, least-squares."""
    word = term.lower()
    return {word, word.replace(" ", "-"), word.removesuffix("y") + "ies"}

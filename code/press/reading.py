"""All chapters read and checked: every refusal that needs no cell to run is found here, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache as cache_once
from pathlib import Path
from typing import TYPE_CHECKING

from press import check, check_pandoc, citations, number, pandoc, references, source, splice
from press.cache import digest, files_digest
from press.errors import Problem, Refused
from press.number import Page
from press.parallel import side_by_side

if TYPE_CHECKING:
    from press.cache import Cache
    from press.project import Book, Chapter
    from press.source import Source
    from press.tree import Node

FILTER = "figures/elements.lua"


@cache_once
def press_digest() -> str:
    """A hash of press itself and of Pandoc: what any text that it writes depends on, beside that text's source."""
    here = Path(__file__).parent
    return digest(files_digest(here, here.glob("*.py")), pandoc.installed())


def read(book: Book, cache: Cache) -> list[Page]:
    """The book's pages, not yet run; raises Refused with everything that is wrong anywhere."""
    problems = list(check.unlisted(book))
    found: list[tuple[Chapter, Source, list[Node]]] = []
    drafts: dict[Chapter, list[Node] | None] = {}
    for chapter, one in zip(
        book.chapters, side_by_side(lambda c: _one(book, c, cache), book.chapters), strict=True
    ):
        problems += one.problems
        if one.source:
            found.append((chapter, one.source, one.blocks))
            drafts[chapter] = one.draft
    problems += source.duplicates([text for _, text, _ in found])
    made = list(number.pages(found))
    problems += [item for item in made if isinstance(item, Problem)]
    pages = [item for item in made if isinstance(item, Page)]
    drafted = [replace(page, blocks=draft) for page in pages if (draft := drafts[page.chapter]) is not None]
    problems += _references(book, drafted)
    if problems:
        raise Refused(problems)
    return pages


@dataclass(frozen=True)
class _Read:
    """A chapter read: its source and trees, or what is wrong with it."""

    problems: list[Problem]
    source: Source | None = None
    blocks: list[Node] = field(default_factory=list)
    draft: list[Node] | None = None  # None where something keeps it from being made


def _one(book: Book, chapter: Chapter, cache: Cache) -> _Read:
    lua = book.root / FILTER
    try:
        text = source.read(book.root, chapter.path)
        inputs = [press_digest(), lua.read_text(encoding="utf-8"), str(chapter.path), text.text, book.name]
        blocks, draft, wrong = cache.json("tree", inputs, lambda: _trees(text, lua, book))
    except Refused as error:
        return _Read(error.problems)
    said = {problem.line for problem in text.problems}
    problems = [Problem(chapter.path, line, message) for line, message in wrong if line not in said]
    return _Read([*text.problems, *problems], text, blocks, draft)


def _trees(
    text: Source, lua: Path, book: Book
) -> tuple[list[Node], list[Node] | None, list[tuple[int, str]]]:
    """A chapter's tree as both engines' filter leaves it, its draft, and what is wrong with it."""
    try:
        blocks = pandoc.read(text.markdown, filters=[str(lua)])
    except pandoc.PandocFailed as failed:
        raise Refused([*text.problems, *check_pandoc.warnings(text, str(failed))]) from None
    problems = [*check.chapter(text, blocks, book), *check_pandoc.tex(text, blocks)]
    draft = None
    try:
        draft = splice.draft(text, blocks)
    except Refused as refused:
        problems += refused.problems
    return blocks, draft, [(problem.line, problem.message) for problem in problems]


def _references(book: Book, drafts: list[Page]) -> list[Problem]:
    """Ids that stand twice, references and citations that lead nowhere."""
    labels, problems = number.index(drafts)
    problems += references.astray(drafts)
    keys = (
        citations.keys((book.root / book.bibliography).read_text(encoding="utf-8"))
        if book.bibliography
        else set()
    )
    for page in drafts:
        blocks, unresolved = references.resolve(page, labels, book.pages)
        # Where a chapter is missing, so are its ids: what refers to them is not at fault.
        problems += unresolved if len(drafts) == len(book.chapters) else []
        problems += citations.unknown(page.source, blocks, keys)
    return problems

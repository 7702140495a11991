"""What press refuses in a chapter's tree before anything runs: the unknown, and what an engine would get wrong."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from press import check_elements, check_pandoc, links, tree
from press.check_place import Place
from press.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.project import Book
    from press.source import Source
    from press.tree import Node

_GRID = re.compile(r"^\s*\+[-=:+]+\+\s*$")


def chapter(source: Source, blocks: list[Node], book: Book) -> Iterator[Problem]:
    """Everything that this chapter's tree is refused for, but for ids and references, which need the whole book."""
    place = Place(source, blocks)
    cells = [node for node in tree.walk(blocks) if node["t"] == "CodeBlock" and "cell" in tree.classes(node)]
    lines = {int(tree.value(node, "line") or 0) for node in cells}
    for cell in source.cells:
        if cell.line not in lines:
            yield Problem(
                source.path, cell.line, f"the cell '{cell.label}' stands where Pandoc sees no cell."
            )
    seen = {
        tree.value(node, "n")
        for node in tree.walk(blocks)
        if node["t"] == "Code" and "inline" in tree.classes(node)
    }
    for n, inline in enumerate(source.inlines):
        if str(n) not in seen:
            yield Problem(
                source.path,
                inline.line,
                "an inline {python} stands where Pandoc sees no code, as inside $…$.",
            )
    for node in tree.walk(blocks):
        yield from _node(place, node, book)
    yield from check_elements.waiting(place, blocks)


def _node(place: Place, node: Node, book: Book) -> Iterator[Problem]:
    match node["t"]:
        case "RawBlock" | "RawInline":
            yield place.problem(node["c"][1], f"raw {node['c'][0]}: only one format would show it.")
        case "Header":
            yield from _header(place, node)
        case "Image":
            yield place.problem(
                node["c"][2][0], "a picture comes from a cell, with caption and alt text: no ![](…)."
            )
        case "Math":
            yield from _math(place, node)
        case "Link":
            yield from _link(place, node, book)
        case "Div":
            yield from check_elements.div(place, node)
        case "Span":
            yield place.problem("]{", "press knows no spans, [text]{…}: use emphasis, or a div.")
        case "Table":
            yield from _table(place, node)
        case "Code" | "CodeBlock" if "{python}" in node["c"][1] and "cell" not in tree.classes(node):
            yield place.problem(
                "{python}",
                "press runs no {python} here: an inline one stands on one line, a cell in no quotation.",
            )
        case "Str" if ":::" in node["c"]:
            yield place.problem(
                node["c"], "these colons open or close no div: blank lines around them are wanted."
            )
        case "Str" if "[^" in node["c"]:
            yield place.problem(node["c"], f"{node['c']}: there is no such footnote.")


def _header(place: Place, node: Node) -> Iterator[Problem]:
    if not tree.identifier(node).startswith("sec-"):
        words = tree.plain(node["c"][2])
        yield place.problem(words, f"the heading “{words}” needs an id: {{#sec-…}}.", node)
    for unknown in [name for name in tree.classes(node) if name != "unnumbered"]:
        yield place.problem(
            f".{unknown}", f"unknown class '{unknown}' of a heading. press knows: unnumbered.", node
        )


def _math(place: Place, node: Node) -> Iterator[Problem]:
    for pattern, instead in check_pandoc.WRONG_TEX.items():
        if found := re.search(pattern, node["c"][1]):
            yield place.problem(found[0], f"{found[0]} in mathematics: {instead}.")


def _table(place: Place, node: Node) -> Iterator[Problem]:
    _, _, _, head, bodies, foot = node["c"]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    cells = [cell for row in rows for cell in row[1]]
    if any(cell[2:4] != [1, 1] or [b["t"] for b in cell[4]] not in ([], ["Plain"]) for cell in cells):
        line = next((n for n in place.source.prose if _GRID.match(place.source.lines[n - 1])), 0)
        yield Problem(
            place.source.path, line, "press knows pipe tables, whose cells hold one line of text each."
        )


def _link(place: Place, node: Node, book: Book) -> Iterator[Problem]:
    target: str = node["c"][2][0]
    path = target.partition("#")[0]
    if links.is_outside(target) or not path or path.endswith(".qmd"):
        return  # references.resolve looks up chapters
    found = links.follow(place.source.path, path)
    made = {*book.pdfs, f"{book.name}.epub"}
    if found not in made and not found.startswith("notebooks/"):  # links.check looks into the finished site
        yield place.problem(target, f"there is no file {found} in the book.")


def unlisted(book: Book) -> Iterator[Problem]:
    """Chapters that lie in the folder and that the book does not list."""
    listed = {chapter.path for chapter in book.chapters}
    for path in sorted((book.root / "chapters").glob("*.qmd")):
        relative = PurePosixPath(path.relative_to(book.root))
        if relative not in listed:
            yield Problem(relative, 0, "this chapter is not listed in _quarto.yml.")

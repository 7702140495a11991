"""Citations and the bibliography, set by Pandoc's citeproc: once for the whole book, so that all formats agree."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from press import pandoc, tree
from press.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.source import Source
    from press.tree import Node

_ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE | re.IGNORECASE)


def keys(bibliography: str) -> set[str]:
    """The keys of a BibTeX text."""
    return set(_ENTRY.findall(bibliography))


def cites(blocks: list[Node]) -> list[Node]:
    """The citations of a tree whose references are already links, in order."""
    return [node for node in tree.walk(blocks) if node["t"] == "Cite"]


def unknown(source: Source, blocks: list[Node], known: set[str]) -> Iterator[Problem]:
    """Citations of what the bibliography does not hold."""
    for cite in cites(blocks):
        for citation in cite["c"][0]:
            name = citation["citationId"]
            if name not in known:
                yield Problem(source.path, source.line_of(f"@{name}"), f"@{name} is not in the bibliography.")


def format(cites_of: list[list[Node]], bibliography: Path) -> tuple[list[list[list[Node]]], list[Node]]:  # noqa: A001
    """Each chapter's citations as words that link to `#ref-key`, and the bibliography's blocks."""
    wanted = [tree.para([cite]) for cites_here in cites_of for cite in cites_here]
    if not wanted:
        return [[] for _ in cites_of], []
    text = pandoc.document(
        [*wanted, tree.div(tree.attr("refs"), [])], {"link-citations": {"t": "MetaBool", "c": True}}
    )
    arguments = ["--citeproc", f"--bibliography={bibliography}"]
    *paragraphs, refs = json.loads(pandoc.run(arguments, text, to="json", source="json"))["blocks"]
    words = iter(paragraph["c"][0]["c"][1] for paragraph in paragraphs)
    return [[next(words) for _ in cites_here] for cites_here in cites_of], refs["c"][1]


def place(
    trees: list[list[Node]], pages: list[str], words: list[list[list[Node]]], entries: list[Node]
) -> list[list[Node]]:
    """The trees with those words for citations, and the bibliography where a tree has the div `#refs`."""
    home = next((page for page, blocks in zip(pages, trees, strict=True) if _refs(blocks)), "")

    def placed(blocks: list[Node], own: list[list[Node]]) -> list[Node]:
        left = iter(own)

        def change(node: Node) -> Node | list[Node]:
            if node["t"] == "Cite":
                return next(left)
            if node["t"] == "Div" and tree.identifier(node) == "refs":
                return tree.div(tree.attr("refs", ["references"]), entries)
            return node

        changed: list[Node] = tree.rewrite(blocks, change)
        for node in tree.walk(changed):
            if node["t"] == "Link" and node["c"][2][0].startswith("#ref-"):
                node["c"][2][0] = home + node["c"][2][0]
        return changed

    return [placed(blocks, own) for blocks, own in zip(trees, words, strict=True)]


def _refs(blocks: list[Node]) -> bool:
    return any(node["t"] == "Div" and tree.identifier(node) == "refs" for node in tree.walk(blocks))

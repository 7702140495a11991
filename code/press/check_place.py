"""Where a node of a chapter's tree stands in its source, for what is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press import tree
from press.errors import Problem

if TYPE_CHECKING:
    from press.source import Source
    from press.tree import Node

_FILTERED = {"option", "feedback", "because"}  # classes of the divs that figures/elements.lua makes
_DIV = re.compile(r"^[\s>]*:{3,}\s*[^\s:]")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s")


class Place:
    """Finds the line of a node: by its turn among the divs or headings, or by words that it holds."""

    def __init__(self, source: Source, blocks: list[Node]) -> None:
        self.source = source
        self.lines: dict[int, int] = {}
        nodes = list(tree.walk(blocks))
        divs = [node for node in nodes if node["t"] == "Div" and not _FILTERED & set(tree.classes(node))]
        headings = [node for node in nodes if node["t"] == "Header"]
        for pattern, found in ((_DIV, divs), (_HEADING, headings)):
            lines = [n for n in source.prose if pattern.match(source.lines[n - 1])]
            if len(lines) == len(found):
                self.lines |= {id(node): line for node, line in zip(found, lines, strict=True)}

    def problem(self, token: str, message: str, node: Node | None = None) -> Problem:
        """What is wrong with the node, at its line or else at the first that holds the token."""
        line = (
            self.lines.get(id(node))
            or self.source.line_of(token)
            or self.source.line_of(token.split("\n", maxsplit=1)[0])
        )
        return Problem(self.source.path, line, message)

"""A chapter's text: front matter, cells and inline expressions, each with its line.

What Quarto would read differently is refused here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from press import yamlfile
from press.cell import Cell
from press.errors import Problem, refuse
from press.scan import Inline, Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePosixPath

FRONT_MATTER = {"notebook", "description", "minutes"}


@dataclass(frozen=True)
class Source:
    """One chapter as written."""

    path: PurePosixPath
    text: str
    front_matter: dict[str, Any]
    steps: tuple[Cell | Inline, ...]  # in document order: the order of execution
    markdown: str  # for Pandoc: same lines, cells' openers rewritten, inline expressions numbered
    prose: tuple[int, ...]  # the lines outside fences
    problems: tuple[Problem, ...]  # what is refused; a refused cell is here all the same, under its label

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in order; the tree's cell of `line` is the one with that line."""
        return tuple(step for step in self.steps if isinstance(step, Cell))

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        """The inline expressions in order; the tree's expression number n is inlines[n]."""
        return tuple(step for step in self.steps if isinstance(step, Inline))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the Markdown for Pandoc; line n is lines[n - 1]."""
        return self.markdown.split("\n")

    def line_of(self, token: str) -> int:
        """The first line that holds the token, in prose rather than in code; 0 where none does."""
        # @fig-a stands not in @fig-ab, nor .step in .steps.
        end = r"(?![\w-])" if token[:1] in ("@", "#", ".", "\\") and token[-1].isalnum() else ""
        wanted = re.compile(re.escape(token) + end)
        everywhere = [*self.prose, *range(1, len(self.lines) + 1)]
        return next((n for n in everywhere if wanted.search(self.lines[n - 1])), 0)

    def lines_of_id(self, name: str) -> list[int]:
        """The lines that give something this id."""
        given = re.compile(rf"(?:\{{[^}}]*#|#\|\s*label:\s*[\"']?){re.escape(name)}(?![\w-])")
        return [n for n, line in enumerate(self.lines, 1) if given.search(line)]


def read(root: Path, path: PurePosixPath) -> Source:
    """Read the chapter at `path`; raises Refused where its fences or its front matter leave the rest in doubt."""
    try:
        text = (root / path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise refuse(path, 0, f"this file is not UTF-8 (byte {error.start}).") from None
    return parse(text, path)


def parse(text: str, path: PurePosixPath) -> Source:
    """Parse a chapter's text; `path` is for messages."""
    lines = text.split("\n")
    problems: list[Problem] = []
    front_matter, first = _front_matter(lines, path)
    scanner = Scanner(path, problems)
    markdown = lines[:first] + [scanner.line(line, n) for n, line in enumerate(lines[first:], first + 1)]
    scanner.finish(len(lines))
    return Source(
        path,
        text,
        front_matter,
        tuple(scanner.steps),
        "\n".join(markdown),
        tuple(scanner.prose),
        tuple(problems),
    )


def _front_matter(lines: list[str], path: PurePosixPath) -> tuple[dict[str, Any], int]:
    """The front matter and the number of lines it takes."""
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise refuse(path, 1, "the front matter does not end: a line --- is missing.")
    found = yamlfile.load("\n".join(lines[1:end]), path, first_line=2)
    if "title" in found:
        raise refuse(
            path,
            found.line_of["title"],
            "a title: beside the first heading shifts the numbers in Quarto: remove it.",
        )
    yamlfile.only(found, FRONT_MATTER, path, "key in the front matter")
    return dict(found), end + 1


def duplicates(sources: list[Source]) -> Iterator[Problem]:
    """Cells whose label an earlier cell of the book has."""
    seen: dict[str, str] = {}
    for source in sources:
        for cell in source.cells:
            if cell.label in seen:
                yield Problem(
                    source.path, cell.line, f"the label '{cell.label}' stands already at {seen[cell.label]}."
                )
            seen.setdefault(cell.label, f"{source.path}:{cell.line}")

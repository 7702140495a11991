"""A chapter's lines, taken one by one: which stand in a fence, which open a cell, which hold an inline expression.

Pandoc reads the fence ```` ```{python} ```` as inline code, so the text is handed on with only such openers
rewritten, line for line, and each inline expression marked with its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press import cell
from press.errors import Problem, Refused

if TYPE_CHECKING:
    from pathlib import PurePosixPath

_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
_OPENER = re.compile(r"^\{python\}\s*$")
_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)")


@dataclass(frozen=True)
class Inline:
    """An inline expression, whose value stands in the prose."""

    expression: str
    line: int


class Scanner:
    """Goes through the lines once, knowing at each whether it stands in a fence."""

    def __init__(self, path: PurePosixPath, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.steps: list[cell.Cell | Inline] = []
        self.fence: tuple[str, str] | None = None  # the indent and the fence that opened
        self.cell: list[str] | None = None  # a cell's lines so far
        self.opened = 0
        self.count = 0  # of inline expressions
        self.prose: list[int] = []

    def _refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.path, line, message))

    def line(self, line: str, number: int) -> str:
        """Take one line; return it as Pandoc is to read it."""
        found = _FENCE.match(line)
        if self.fence is None:
            return self._open(line, number, found) if found else self._prose(line, number)
        indent, fence = self.fence
        if found and found["fence"].startswith(fence) and not found["info"].strip():
            if self.cell is not None:
                self._cell()
            self.fence = self.cell = None
            return line
        if self.cell is not None:
            self.cell.append(line.removeprefix(indent))
        elif "{python}" in line:
            self._refuse(
                number,
                "Quarto would run a {python} that stands inside another fence: show it some other way.",
            )
        return line

    def _open(self, line: str, number: int, found: re.Match[str]) -> str:
        info = found["info"].strip()
        if found["fence"][0] == "`" and "`" in info:  # a code span that fills a line is prose
            return self._prose(line, number)
        self.fence, self.opened = (found["indent"], found["fence"]), number
        if _OPENER.match(info):
            if found["fence"][0] == "~":
                self._refuse(number, "Quarto runs no cell between tildes: write ```{python}.")
            self.cell = []
            return f'{found["indent"]}{found["fence"]} {{.python .cell line="{number}"}}'
        if info.startswith("{"):
            name = info.strip("{}").split()[0] if info.strip("{}").split() else ""
            if not name.startswith((".", "#")):
                self._refuse(
                    number,
                    f"unknown kind of cell '{info}': press runs {{python}} cells, without more in the braces.",
                )
        return line

    def _cell(self) -> None:
        assert self.cell is not None
        read, problems = cell.read(self.cell, self.opened, self.path)
        self.steps.append(read)
        self.problems += problems

    def _prose(self, line: str, number: int) -> str:
        self.prose.append(number)

        def number_it(found: re.Match[str]) -> str:
            code = found["code"].strip()
            if "{python}" not in code:
                return found[0]
            if len(found["ticks"]) > 1 or not code.startswith("{python}"):
                self._refuse(
                    number, "Quarto would run a {python} inside a longer code span: show it some other way."
                )
                return found[0]
            expression = code.removeprefix("{python}").strip()
            if not expression:
                self._refuse(number, "an inline {python} without an expression.")
            self.steps.append(Inline(expression, number))
            self.count += 1
            return f'`{expression}`{{.inline n="{self.count - 1}"}}'

        return _SPAN.sub(number_it, line)

    def finish(self, last: int) -> None:
        """At the text's end, refuse a fence that is still open: what follows it is not what it seems."""
        if self.fence is not None:
            self._refuse(self.opened, f"this fence does not end (the file does, at line {last}).")
            raise Refused(self.problems)

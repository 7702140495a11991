"""A chapter's text: front matter, cells and inline expressions, each with its line.

Pandoc reads the fence ```` ```{python} ```` as inline code, so the text is handed on with only such openers
rewritten, line for line, and each inline expression marked with its number. What Quarto would read differently is
refused here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from press import yamlfile
from press.errors import Problem, Refused, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePosixPath

FRONT_MATTER = {"notebook", "description", "minutes"}
OPTIONS: dict[str, type] = {
    "label": str, "fig-cap": str, "fig-alt": str, "tbl-cap": str, "echo": bool, "eval": bool, "error": bool,
    "output": bool, "code-fold": bool, "code-summary": str, "warning": bool,
}  # fmt: skip
LONGEST_LINE = 88  # of code and of output: what a line of the PDF holds

_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
_OPENER = re.compile(r"^\{python\}\s*$")
_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)")
_LABEL = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Cell:
    """A Python cell: its code without the option lines, and where its opening fence stands."""

    code: str
    options: dict[str, Any]
    line: int
    code_line: int  # of the code's first line

    @property
    def label(self) -> str:
        """The cell's name, unique in the book."""
        return str(self.options["label"])

    @property
    def kind(self) -> str | None:
        """What the cell's output is: "figure" (numbered where its label starts with `fig-`), "table", or neither."""
        if "fig-cap" in self.options:
            return "figure"
        return "table" if self.label.startswith("tbl-") else None

    def option(self, key: str, default: Any) -> Any:
        """An option's value, or what it is where the cell does not say."""
        return self.options.get(key, default)


@dataclass(frozen=True)
class Inline:
    """An inline expression, whose value stands in the prose."""

    expression: str
    line: int


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
    scanner = _Scanner(path, problems)
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


class _Scanner:
    """Goes through the lines once, knowing at each whether it stands in a fence."""

    def __init__(self, path: PurePosixPath, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.steps: list[Cell | Inline] = []
        self.fence: tuple[str, str] | None = None  # the indent and the fence that opened
        self.cell: list[str] | None = None  # a cell's lines so far
        self.opened = 0
        self.count = 0  # of inline expressions
        self.prose: list[int] = []

    def refuse(self, line: int, message: str) -> None:
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
            self.refuse(
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
                self.refuse(number, "Quarto runs no cell between tildes: write ```{python}.")
            self.cell = []
            return f'{found["indent"]}{found["fence"]} {{.python .cell line="{number}"}}'
        if info.startswith("{"):
            name = info.strip("{}").split()[0] if info.strip("{}").split() else ""
            if not name.startswith((".", "#")):
                self.refuse(
                    number,
                    f"unknown kind of cell '{info}': press runs {{python}} cells, without more in the braces.",
                )
        return line

    def _cell(self) -> None:
        assert self.cell is not None
        lines = self.cell
        options = [line for line in lines if line.startswith("#|")][: _leading(lines)]
        text = "\n".join(line[2:].removeprefix(" ") for line in options)
        code_line = self.opened + 1 + len(options)
        before = len(self.problems)
        found = yamlfile.Mapping()
        try:
            found = yamlfile.load(text, self.path, first_line=self.opened + 1)
            self._check(found, found.line_of, lines[len(options) :], code_line)
        except Refused as error:
            self.problems += error.problems
        kept = dict(found) if len(self.problems) == before else _stand_in(found, self.opened)
        self.steps.append(Cell("\n".join(lines[len(options) :]).strip("\n"), kept, self.opened, code_line))

    def _check(
        self, options: dict[str, Any], line_of: dict[str, int], code: list[str], code_line: int
    ) -> None:
        for key, value in options.items():
            if key not in OPTIONS:
                self.refuse(
                    line_of[key], f"unknown cell option '{key}'. press knows: {', '.join(sorted(OPTIONS))}."
                )
            elif not isinstance(value, OPTIONS[key]) or value == "":
                self.refuse(line_of[key], f"{key} must be {_KINDS[OPTIONS[key]]}; got {value!r}.")
        label = options.get("label")
        if label is None:
            self.refuse(
                self.opened, "this cell has no label: Quarto would give it a random id. Add `#| label: …`."
            )
        elif label and not _LABEL.match(str(label)):
            self.refuse(line_of["label"], f"a label is words-and-hyphens in lower case; got {label!r}.")
        else:
            self._check_captions(str(label), options, line_of)
        for number, line in enumerate(code, code_line):
            if len(line) > LONGEST_LINE:
                self.refuse(
                    number, f"a line of {len(line)} characters: the PDF holds {LONGEST_LINE}. Break it."
                )

    def _check_captions(self, label: str, options: dict[str, Any], line_of: dict[str, int]) -> None:
        figure = label.startswith("fig-") or "fig-cap" in options or "fig-alt" in options
        table = label.startswith("tbl-")
        for key, wanted in {"fig-cap": figure, "fig-alt": figure, "tbl-cap": table}.items():
            name = {"fig-cap": "caption", "fig-alt": "alt text", "tbl-cap": "caption"}[key]
            kind = "figure" if key.startswith("fig") else "table"
            if wanted and key not in options:
                self.refuse(self.opened, f"the {kind} '{label}' has no {name}: add `#| {key}: …`.")
        if "tbl-cap" in options and not table:
            line = line_of["tbl-cap"]
            self.refuse(line, f"tbl-cap belongs to a cell whose label starts with tbl-; this is '{label}'.")

    def _prose(self, line: str, number: int) -> str:
        self.prose.append(number)

        def number_it(found: re.Match[str]) -> str:
            code = found["code"].strip()
            if "{python}" not in code:
                return found[0]
            if len(found["ticks"]) > 1 or not code.startswith("{python}"):
                self.refuse(
                    number, "Quarto would run a {python} inside a longer code span: show it some other way."
                )
                return found[0]
            expression = code.removeprefix("{python}").strip()
            if not expression:
                self.refuse(number, "an inline {python} without an expression.")
            self.steps.append(Inline(expression, number))
            self.count += 1
            return f'`{expression}`{{.inline n="{self.count - 1}"}}'

        return _SPAN.sub(number_it, line)

    def finish(self, last: int) -> None:
        """At the text's end, refuse a fence that is still open: what follows it is not what it seems."""
        if self.fence is not None:
            self.refuse(self.opened, f"this fence does not end (the file does, at line {last}).")
            raise Refused(self.problems)


_KINDS = {str: "text", bool: "true or false"}


def _stand_in(options: dict[str, Any], line: int) -> dict[str, Any]:
    """Options for a refused cell, under its own label where it has one, so that references to it hold."""
    label = str(options.get("label") or f"line-{line}")
    return {"label": label} | {
        key: "…" for key in ("fig-cap", "fig-alt", "tbl-cap") if label.startswith(key[:4])
    }


def _leading(lines: list[str]) -> int:
    """How many of a cell's first lines are option lines."""
    return next((n for n, line in enumerate(lines) if not line.startswith("#|")), len(lines))


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

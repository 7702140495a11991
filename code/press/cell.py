"""A Python cell as it stands in the source: its options, read and checked, and its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from press import yamlfile
from press.errors import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

OPTIONS: dict[str, type] = {
    "label": str, "fig-cap": str, "fig-alt": str, "tbl-cap": str, "echo": bool, "eval": bool, "error": bool,
    "output": bool, "code-fold": bool, "code-summary": str, "warning": bool,
}  # fmt: skip
LONGEST_LINE = 88  # of code and of output: what a line of the PDF holds

_KINDS = {str: "text", bool: "true or false"}
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


def read(lines: list[str], opened: int, path: PurePosixPath) -> tuple[Cell, list[Problem]]:
    """The cell whose fence opened at a line, from the lines within, and what is refused in it.

    A refused cell keeps its label, so that references to it hold.
    """
    count = next((n for n, line in enumerate(lines) if not line.startswith("#|")), len(lines))
    options, code = lines[:count], lines[count:]
    code_line = opened + 1 + count
    found = yamlfile.Mapping()
    try:
        text = "\n".join(line[2:].removeprefix(" ") for line in options)
        found = yamlfile.load(text, path, first_line=opened + 1)
        refused = [*_wrong_options(found, opened), *_long_lines(code, code_line)]
        problems = [Problem(path, line, message) for line, message in refused]
    except Refused as error:
        problems = error.problems
    kept = dict(found) if not problems else _stand_in(found, opened)
    return Cell("\n".join(code).strip("\n"), kept, opened, code_line), problems


def _wrong_options(options: yamlfile.Mapping, opened: int) -> Iterator[tuple[int, str]]:
    """The line and the message of each option that is wrong or missing."""
    for key, value in options.items():
        line = options.line_of[key]
        if key not in OPTIONS:
            yield line, f"unknown cell option '{key}'. press knows: {', '.join(sorted(OPTIONS))}."
        elif not isinstance(value, OPTIONS[key]) or value == "":
            yield line, f"{key} must be {_KINDS[OPTIONS[key]]}; got {value!r}."
    label = options.get("label")
    if label is None:
        yield opened, "this cell has no label: Quarto would give it a random id. Add `#| label: …`."
    elif label and not _LABEL.match(str(label)):
        yield options.line_of["label"], f"a label is words-and-hyphens in lower case; got {label!r}."
    else:
        yield from _wrong_captions(str(label), options, opened)


def _wrong_captions(label: str, options: yamlfile.Mapping, opened: int) -> Iterator[tuple[int, str]]:
    figure = label.startswith("fig-") or "fig-cap" in options or "fig-alt" in options
    table = label.startswith("tbl-")
    for key, wanted in {"fig-cap": figure, "fig-alt": figure, "tbl-cap": table}.items():
        name = {"fig-cap": "caption", "fig-alt": "alt text", "tbl-cap": "caption"}[key]
        kind = "figure" if key.startswith("fig") else "table"
        if wanted and key not in options:
            yield opened, f"the {kind} '{label}' has no {name}: add `#| {key}: …`."
    if "tbl-cap" in options and not table:
        words = f"tbl-cap belongs to a cell whose label starts with tbl-; this is '{label}'."
        yield options.line_of["tbl-cap"], words


def _long_lines(code: list[str], first: int) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(code, first):
        if len(line) > LONGEST_LINE:
            yield number, f"a line of {len(line)} characters: the PDF holds {LONGEST_LINE}. Break it."


def _stand_in(options: dict[str, Any], line: int) -> dict[str, Any]:
    """Options for a refused cell, under its own label where it has one."""
    label = str(options.get("label") or f"line-{line}")
    return {"label": label} | {
        key: "…" for key in ("fig-cap", "fig-alt", "tbl-cap") if label.startswith(key[:4])
    }

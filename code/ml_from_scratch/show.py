"""What a chapter shows besides pictures: a function's own source, tables of finished text, and numbers as set in print.

Jupyter, Quarto and press display an object that has `_repr_markdown_`; nothing here imports IPython.
"""

import inspect
import math
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Side = Literal["left", "center", "right"]
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
RULES: dict[Side, str] = {"left": ":---", "center": ":---:", "right": "---:"}


@dataclass(frozen=True, slots=True)
class Markdown:
    """Text that a notebook displays as Markdown."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text


def show_source(subject: Callable[..., Any] | type) -> Markdown:
    """Show a function or class as it stands in its module, so that page and code cannot drift apart.

    Raises OSError or TypeError, as inspect.getsource does, where there is no source to show.
    """
    source = textwrap.dedent(inspect.getsource(subject)).rstrip()
    # A fence must be longer than any run of backticks inside it.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", source)), default=0))
    return Markdown(f"{fence}python\n{source}\n{fence}")


def show_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, align: Sequence[Side] | None = None
) -> Markdown:
    """Show rows of text under their columns, as a pipe table.

    Cells are text: whoever knows what a number means formats it. align gives each column's side; by default a
    column goes right if all its cells read as numbers, left if not. Raises TypeError for a cell that is not
    text, ValueError for a row or an align of another length than columns.
    """
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"Each row must have {len(columns)} cells, one a column; got {list(row)}.")
    for cell in (cell for line in (columns, *rows) for cell in line):
        if not isinstance(cell, str):
            raise TypeError(f"A cell must be text, already formatted; got {cell!r}.")
    sides = [_side([row[i] for row in rows]) for i in range(len(columns))] if align is None else list(align)
    if len(sides) != len(columns) or not set(sides) <= set(RULES):
        raise ValueError(f"align must give left, center or right to {len(columns)} columns; got {sides}.")
    lines = [columns, [RULES[side] for side in sides], *rows]
    return Markdown("\n".join(f"| {' | '.join(map(_escape, line))} |" for line in lines))


def scientific(number: float, digits: int = 1) -> str:
    """Write a number as a power of ten, 5 × 10⁻⁹ for 5e-9, with so many significant digits.

    Raises ValueError for a number that is not finite, or for no digits.
    """
    if digits < 1 or not math.isfinite(number):
        raise ValueError(
            f"A finite number and at least one digit make a power of ten; got {number}, {digits}."
        )
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    power = str(int(exponent)).translate(SUPERSCRIPTS)
    return f"{mantissa} × 10{power}".replace("-", "\N{MINUS SIGN}")


def _escape(cell: str) -> str:
    text = re.sub(r"\s+", " ", cell.replace("|", r"\|")).strip()
    # A number's hyphen is set as the minus sign that it is.
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") and _is_number(text) else text


def _side(cells: Sequence[str]) -> Side:
    return "right" if cells and all(map(_is_number, cells)) else "left"


def _is_number(cell: str) -> bool:
    """Whether the cell reads as a number, with the marks that a page writes around one."""
    try:
        float(cell.replace("\N{MINUS SIGN}", "-").replace(",", "").rstrip("%° "))
    except ValueError:
        return False
    return True

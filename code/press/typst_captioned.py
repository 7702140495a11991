"""What bears a caption or a number in the PDF: figures, tables, equations."""

from __future__ import annotations

from itertools import permutations
from textwrap import wrap
from typing import TYPE_CHECKING

from press import tree
from press.typst_text import around, inline, reference, string

if TYPE_CHECKING:
    from press.tree import Node

_CSS_PIXEL = 0.75  # points
_LINE = 80  # characters that a table's line holds beside the gaps between its columns
_SHORT = 16  # characters that a column may have and yet keep its width where there is not enough for all
_PAGE = "p. 100 "  # stands behind a link to another chapter
_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "left"}


def math(node: Node) -> list[Node]:
    """Mathematics with its TeX as the alternative text that PDF/UA asks for."""
    source = " ".join(node["c"][1].split())
    return [inline(f"#[#set math.equation(alt: {string(source)});"), node, inline("]")]


def equation(node: Node) -> list[Node]:
    """A displayed equation: `math` has already wrapped it; the number goes inside the same brackets."""
    start, formula, end = node["c"][1][0]["c"]
    number, name = tree.value(node, "number"), tree.identifier(node)
    if not number:
        return list(node["c"][1])
    numbering = inline(f"#set math.equation(numbering: _ => [({number})]);")
    return [tree.para([start, numbering, formula, inline(f" <{name}>"), end])]


def figure(node: Node) -> list[Node]:
    """A picture with its caption."""
    caption, picture = node["c"][1]
    image = picture["c"][0]
    alt = tree.plain(image["c"][1])
    width = float(tree.value(image, "width") or 0) * _CSS_PIXEL
    name = reference(tree.identifier(node))
    opening = f"#book-figure({string(image['c'][2][0])}, {string(alt)}, {width:g}pt, {name})["
    return around(opening, caption["c"][1])


def captioned_table(node: Node) -> list[Node]:
    """A table with its caption."""
    caption = next(child for child in node["c"][1] if "caption" in tree.classes(child))
    body = [child for child in node["c"][1] if child is not caption]
    opening = tree.raw("typst", f"#book-table({reference(tree.identifier(node))}, [")
    return [opening, *caption["c"][1], *around("])[", body)]


def table(node: Node) -> Node:
    """A table as Typst's own, since Pandoc's writer would wrap it in a second figure."""
    _, _, columns, head, bodies, _ = node["c"]
    align = ", ".join(_ALIGN[column[0]["t"]] for column in columns)
    rows = [row for body in bodies for row in body[3]]
    widths = ", ".join(_widths([*head[1], *rows]))
    inlines = [inline(f"#table(columns: ({widths},), align: ({align},), ")]
    for row in head[1]:
        inlines += [inline("table.header("), *_cells(row), inline("), ")]
    for row in rows:
        inlines += _cells(row)
    return tree.para([*inlines, inline(")")])


def _widths(rows: list[list[list[list[list[Node]]]]]) -> list[str]:
    """Columns as wide as their words; where a line cannot hold them all, such that the table is lowest.

    Code does not break, so that a column of names keeps its width.
    """
    columns = [[_said(cell[4]) for cell in column] for column in zip(*(row[1] for row in rows), strict=True)]
    longest = [max(map(len, column)) for column in columns]
    names = [
        any(node["t"] == "Code" for row in rows for node in tree.walk(row[1][place][4]))
        for place in range(len(columns))
    ]
    if sum(longest) <= _LINE:
        return ["auto"] * len(columns)
    wide = [
        place
        for place, (length, code) in enumerate(zip(longest, names, strict=True))
        if length > (2 * _SHORT if code else _SHORT)
    ]
    room = _LINE - sum(length for place, length in enumerate(longest) if place not in wide)
    shares = dict(zip(wide, _shares([columns[place] for place in wide], room), strict=True))
    return [f"{shares[place]}fr" if place in wide else "auto" for place in range(len(columns))]


def _shares(columns: list[list[str]], room: int) -> list[int]:
    """How many of the characters for which there is room each column gets, so that the rows need the fewest lines.

    From shares as the longest cells ask for, characters move between columns for as long as that saves lines.
    """
    longest = [max(map(len, column)) for column in columns]
    shares = [max(1, room * length // sum(longest)) for length in longest]
    shares[0] += max(0, room - sum(shares))

    def height(tried: list[int]) -> int:
        lines = [
            [len(wrap(cell, width)) for cell in column] for column, width in zip(columns, tried, strict=True)
        ]
        return sum(map(max, zip(*lines, strict=True)))

    words = [max(len(word) for cell in column for word in cell.split()) for column in columns]
    while True:
        moves = [
            [share + moved * ((place == to) - (place == giver)) for place, share in enumerate(shares)]
            for giver, to in permutations(range(len(shares)), 2)
            for moved in range(1, shares[giver] - words[giver] + 1)
        ]
        best = min(moves, key=height, default=shares)
        if height(best) >= height(shares):
            return shares
        shares = best


def _said(blocks: list[Node]) -> str:
    """The blocks' words, about as long as they are set on one line. A formula is far narrower than its TeX."""

    def change(node: Node) -> Node | list[Node]:
        if node["t"] == "Math":
            return tree.text("x" * max(1, len(node["c"][1]) // 4))
        if node["t"] == "RawInline":
            return tree.text(_PAGE) if node["c"][1].startswith("#paged(") else []
        return node

    return tree.plain(tree.rewrite(blocks, change)) or " "


def _cells(row: list[list[list[list[Node]]]]) -> list[Node]:
    inlines: list[Node] = []
    for cell in row[1]:
        content = [node for block in cell[4] for node in block["c"]]
        # With nothing before it, a leading "+ ", "- ", "/ " or "= " would begin a list or a heading.
        guard = "#[]" if tree.plain(content).startswith(("+", "-", "/", "=")) else ""
        inlines += [inline(f"[{guard}"), *content, inline("], ")]
    return inlines

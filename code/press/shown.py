"""What a cell showed, as blocks of the tree: what it printed, its picture, its table."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from press import tree
from press.errors import refuse
from press.separate import separate
from press.tree import Node

if TYPE_CHECKING:
    from press.cell import Cell
    from press.results import Output
    from press.source import Source

_SIZE = re.compile(
    r'<svg[^>]*?\bwidth="([\d.]+)pt"[^>]*?\bheight="([\d.]+)pt"|<svg[^>]*?\bheight="([\d.]+)pt"[^>]*?\bwidth="([\d.]+)pt"',
    re.DOTALL,
)
_POINT = 4 / 3  # CSS pixels


Parsed = dict[str, list[Node]]  # Markdown texts of cells, read


def output(source: Source, cell: Cell, output: Output, parsed: Parsed) -> list[Node]:
    """One output of a cell that is neither a figure's nor a table's."""
    if output["kind"] == "text/markdown":
        # A notebook keeps a cell's output as it came, so no reference in it would be resolved.
        refuse_unknown(
            source, cell, parsed[output["text"]], *(["Cite"] if "notebook" in source.front_matter else [])
        )
        return separate(source, parsed[output["text"]])
    if output["kind"] == "image/svg+xml":
        raise refuse(
            source.path, cell.line, f"the cell '{cell.label}' draws a figure: give it fig-cap and fig-alt."
        )
    name = output["kind"].removeprefix("text/").replace("plain", "text")
    block: Node = {"t": "CodeBlock", "c": [tree.attr(), output["text"]]}
    return [tree.div(tree.attr("", ["output", f"output-{name}"]), [block])]


def picture(source: Source, cell: Cell, outputs: list[Output], files: dict[str, str]) -> Node:
    """The picture of a figure's cell, whose SVG is put into `files` under its path from the root."""
    pictures = [o["text"] for o in outputs if o["kind"] == "image/svg+xml"]
    if len(pictures) != 1:
        raise refuse(
            source.path,
            cell.line,
            f"a figure's cell draws one figure; '{cell.label}' draws {len(pictures)} as SVG.",
        )
    stray = [o["text"] for o in outputs if o["kind"] == "text/plain"]
    if stray:
        message = (
            f"the figure's cell '{cell.label}' also shows {stray[0]}: its last line must return nothing."
        )
        raise refuse(source.path, cell.line, message)
    svg = pictures[0]
    path = f"files/{cell.label}-{hashlib.sha256(svg.encode()).hexdigest()[:10]}.svg"
    files[path] = svg
    found = _SIZE.search(svg)
    if not found:
        raise refuse(
            source.path, cell.line, f"the picture of '{cell.label}' does not say its width and height in pt."
        )
    width, height = (found[1], found[2]) if found[1] else (found[4], found[3])
    image = tree.attr("", [], width=f"{float(width) * _POINT:.0f}", height=f"{float(height) * _POINT:.0f}")
    alt = [tree.text(str(cell.options["fig-alt"]))]
    return tree.para([{"t": "Image", "c": [image, alt, [path, ""]]}])


def table(source: Source, cell: Cell, outputs: list[Output], parsed: Parsed) -> Node:
    """The one Markdown table that a table's cell shows."""
    tables = [
        n for o in outputs if o["kind"] == "text/markdown" for n in parsed[o["text"]] if n["t"] == "Table"
    ]
    if len(tables) != 1 or len(outputs) != 1:
        raise refuse(
            source.path,
            cell.line,
            f"a table's cell shows one Markdown table and nothing else: '{cell.label}'.",
        )
    refuse_unknown(source, cell, tables, "Cite")
    return tables[0]


def refuse_unknown(source: Source, cell: Cell, blocks: list[Node], *more: str) -> None:
    """Refuse in a cell's Markdown what has an id or only one format's form; tables, code and mathematics are known."""
    for node in tree.walk(blocks):
        if node["t"] in {"RawBlock", "RawInline", "Image", "Figure", "Span", "Header", "Div", *more}:
            words = f"the cell '{cell.label}' shows Markdown that press does not know there: {node['t']}."
            raise refuse(source.path, cell.line, words)

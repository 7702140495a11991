"""Results put into the tree: each cell becomes its code and its outputs, each inline expression its value.

What comes out is Pandoc's tree with a few classes of press's own, the same for every format:

    div.cell            a cell; holds a CodeBlock and the outputs below
    div.code-fold       a cell's code that waits to be opened; `summary` says what it is
    div.output          what a cell printed; its second class says how (output-stream, output-text, output-error)
    div.figure          a figure: an Image and a div.caption
    div.table           a table that can be referred to: div.caption and a Table
    div.equation        displayed mathematics; with an id it is numbered
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from press import pandoc, tree
from press.errors import refuse
from press.tree import Node

if TYPE_CHECKING:
    from press.execute import Output, Results
    from press.source import Cell, Source

_EQUATION_ID = re.compile(r"^\{#(eq-[\w-]+)\}$")
_SIZE = re.compile(
    r'<svg[^>]*?\bwidth="([\d.]+)pt"[^>]*?\bheight="([\d.]+)pt"|<svg[^>]*?\bheight="([\d.]+)pt"[^>]*?\bwidth="([\d.]+)pt"',
    re.DOTALL,
)
_POINT = 4 / 3  # CSS pixels

Spliced = tuple[list[Node], dict[str, str]]
Parsed = dict[str, list[Node]]  # Markdown texts of cells, read


def draft(source: Source, blocks: list[Node]) -> list[Node]:
    """The chapter's tree before it has run: every id is there, each figure and table as its caption alone."""
    cells = {str(cell.line): cell for cell in source.cells}
    parsed = _parse(_captions(source))

    def change(node: Node) -> Node | list[Node]:
        if node["t"] == "CodeBlock" and "cell" in tree.classes(node):
            cell = cells[tree.value(node, "line") or ""]
            inner = [_captioned_div(source, cell, parsed, [])] if cell.kind else []
            return [tree.div(tree.attr(f"cell-{cell.label}", ["cell"]), inner)]
        return node

    drafted: list[Node] = tree.rewrite(separate(source, blocks), change)
    return drafted


def splice(source: Source, blocks: list[Node], results: Results) -> Spliced:
    """The chapter's tree with results in place, and the pictures in it: SVG text by path from the root."""
    files: dict[str, str] = {}
    cells = {str(cell.line): cell for cell in source.cells}
    shown = [
        o["text"] for outputs in results["cells"].values() for o in outputs if o["kind"] == "text/markdown"
    ]
    parsed = _parse([*shown, *_captions(source)])

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] == "CodeBlock" and "cell" in tree.classes(node):
            cell = cells[tree.value(node, "line") or ""]
            return _cell(source, cell, results["cells"][cell.label], parsed, files)
        if node["t"] == "Code" and "inline" in tree.classes(node):
            return tree.words(results["inlines"][int(tree.value(node, "n") or "")])
        return node

    return tree.rewrite(separate(source, blocks), change), files


def _captions(source: Source) -> list[str]:
    return [
        str(cell.options[key])
        for cell in source.cells
        for key in ("fig-cap", "tbl-cap")
        if key in cell.options
    ]


def _captioned_div(source: Source, cell: Cell, parsed: Parsed, blocks: list[Node]) -> Node:
    """A figure's or a table's div: its caption, which may hold Markdown, and its blocks; an id where it is numbered."""
    kind = cell.kind or ""
    words = parsed[str(cell.options[f"{kind[:3].replace('tab', 'tbl')}-cap"])]
    if [block["t"] for block in words] != ["Para"]:
        raise refuse(source.path, cell.line, f"the caption of '{cell.label}' is one paragraph.")
    _refuse_unknown(source, cell, words)
    caption = tree.div(tree.attr("", ["caption"]), words)
    name = cell.label if cell.label.startswith(("fig-", "tbl-")) else ""
    return tree.div(tree.attr(name, [kind]), [caption, *blocks])


def _parse(texts: list[str]) -> Parsed:
    """The trees of a chapter's Markdown outputs and captions, read at once: one process."""
    if not texts:
        return {}
    fenced = "\n\n".join(f"::::::::: {{.one}}\n\n{text}\n\n:::::::::" for text in texts)
    return {text: node["c"][1] for text, node in zip(texts, pandoc.read(fenced), strict=True)}


def _cell(
    source: Source, cell: Cell, outputs: list[Output], parsed: Parsed, files: dict[str, str]
) -> list[Node]:
    blocks: list[Node] = []
    if cell.option("echo", True):
        code: Node = {"t": "CodeBlock", "c": [tree.attr("", ["python"]), cell.code]}
        if cell.option("code-fold", False):
            code = tree.div(tree.attr("", ["code-fold"], summary=cell.option("code-summary", "Code")), [code])
        blocks.append(code)
    shown = outputs if cell.option("output", True) else []
    if cell.kind == "figure":
        blocks.append(_captioned_div(source, cell, parsed, [_picture(source, cell, shown, files)]))
        # What a figure's cell prints beside its picture stays above it, as it came.
        shown = [o for o in shown if o["kind"] != "image/svg+xml"]
        blocks[-1:-1] = [node for o in shown for node in _output(source, cell, o, parsed)]
    elif cell.kind == "table":
        blocks.append(_captioned_div(source, cell, parsed, [_table(source, cell, shown, parsed)]))
    else:
        blocks += [node for o in shown for node in _output(source, cell, o, parsed)]
    return [tree.div(tree.attr(f"cell-{cell.label}", ["cell"]), blocks)] if blocks else []


def _output(source: Source, cell: Cell, output: Output, parsed: Parsed) -> list[Node]:
    if output["kind"] == "text/markdown":
        # A notebook keeps a cell's output as it came, so no reference in it would be resolved.
        _refuse_unknown(
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


def _picture(source: Source, cell: Cell, outputs: list[Output], files: dict[str, str]) -> Node:
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


def _table(source: Source, cell: Cell, outputs: list[Output], parsed: Parsed) -> Node:
    tables = [
        n for o in outputs if o["kind"] == "text/markdown" for n in parsed[o["text"]] if n["t"] == "Table"
    ]
    if len(tables) != 1 or len(outputs) != 1:
        raise refuse(
            source.path,
            cell.line,
            f"a table's cell shows one Markdown table and nothing else: '{cell.label}'.",
        )
    _refuse_unknown(source, cell, tables, "Cite")
    return tables[0]


def _refuse_unknown(source: Source, cell: Cell, blocks: list[Node], *more: str) -> None:
    """Refuse in a cell's Markdown what has an id or only one format's form; tables, code and mathematics are known."""
    for node in tree.walk(blocks):
        if node["t"] in {"RawBlock", "RawInline", "Image", "Figure", "Span", "Header", "Div", *more}:
            words = f"the cell '{cell.label}' shows Markdown that press does not know there: {node['t']}."
            raise refuse(source.path, cell.line, words)


def separate(source: Source, blocks: list[Node]) -> list[Node]:
    """The tree with displayed mathematics in blocks of its own, and the tables of the text as div.table.

    Pandoc leaves `$$ … $$ {#eq-x}` inside a paragraph, its id as text behind it.
    """

    def change(node: Node) -> Node | list[Node]:
        if node["t"] in ("Para", "Plain") and any(_is_display(i) or _equation_id(i) for i in node["c"]):
            return _split(source, node["c"])
        if node["t"] == "Table":
            return _captioned(source, node)
        return node

    changed: list[Node] = tree.rewrite(blocks, change)
    return changed


def _equation_id(node: Node) -> re.Match[str] | None:
    return _EQUATION_ID.match(node["c"]) if node["t"] == "Str" else None


def _is_display(node: Node) -> bool:
    return bool(node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath")


def _split(source: Source, inlines: list[Node]) -> list[Node]:
    blocks: list[Node] = []
    rest: list[Node] = []
    for node in inlines:
        if _is_display(node):
            blocks += _paragraph(rest)
            rest = []
            blocks.append(tree.div(tree.attr("", ["equation"]), [tree.para([node])]))
            continue
        found = _equation_id(node)
        if not found:
            rest.append(node)
            continue
        if not blocks or _paragraph(rest) or blocks[-1]["c"][0][0]:
            raise refuse(
                source.path,
                source.line_of(node["c"]),
                f"{node['c']} belongs right behind the $$ that ends its equation.",
            )
        blocks[-1]["c"][0][0] = found[1]
        rest = []
    return blocks + _paragraph(rest)


def _paragraph(inlines: list[Node]) -> list[Node]:
    """A paragraph without space at its ends; none where nothing else is in it."""
    space = ("Space", "SoftBreak")
    while inlines and inlines[0]["t"] in space:
        inlines = inlines[1:]
    while inlines and inlines[-1]["t"] in space:
        inlines = inlines[:-1]
    return [tree.para(inlines)] if inlines else []


def _captioned(source: Source, table: Node) -> Node:
    """A table of the text, its caption taken out; one with an id can be referred to and must have a caption."""
    name = tree.identifier(table)
    blocks: list[Any] = table["c"][1][1]
    if not name:
        if blocks:
            raise refuse(
                source.path,
                source.line_of(tree.plain(blocks)[:20]),
                "a table with a caption needs an id: {#tbl-…}.",
            )
        return table
    if not blocks:
        raise refuse(source.path, source.line_of(f"#{name}"), f"the table '{name}' has no caption.")
    bare = {"t": "Table", "c": [tree.attr(), [None, []], *table["c"][2:]]}
    return tree.div(tree.attr(name, ["table"]), [tree.div(tree.attr("", ["caption"]), blocks), bare])

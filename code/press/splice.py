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

from typing import TYPE_CHECKING

from press import check_elements, pandoc, shown, tree
from press.errors import refuse
from press.separate import separate
from press.tree import Node

if TYPE_CHECKING:
    from press.cell import Cell
    from press.results import Output, Results
    from press.shown import Parsed
    from press.source import Source

Spliced = tuple[list[Node], dict[str, str]]


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
    texts = [
        o["text"] for outputs in results["cells"].values() for o in outputs if o["kind"] == "text/markdown"
    ]
    parsed = _parse([*texts, *_captions(source)])

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
    if kind == "figure":
        for wrong in check_elements.caption(words):
            raise refuse(source.path, cell.line, wrong)
    shown.refuse_unknown(source, cell, _unmarked(words) if kind == "figure" else words)
    caption = tree.div(tree.attr("", ["caption"]), words)
    name = cell.label if cell.label.startswith(("fig-", "tbl-")) else ""
    return tree.div(tree.attr(name, [kind]), [caption, *blocks])


def _unmarked(words: list[Node]) -> list[Node]:
    """A caption without the marks of roles."""
    return tree.rewrite(words, lambda node: node["c"][1] if node["t"] == "Span" else node)  # type: ignore[no-any-return] # the tree is JSON


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
    kept = outputs if cell.option("output", True) else []
    if cell.kind == "figure":
        blocks.append(_captioned_div(source, cell, parsed, [shown.picture(source, cell, kept, files)]))
        # What a figure's cell prints beside its picture stays above it, as it came.
        kept = [o for o in kept if o["kind"] != "image/svg+xml"]
        blocks[-1:-1] = [node for o in kept for node in shown.output(source, cell, o, parsed)]
    elif cell.kind == "table":
        blocks.append(_captioned_div(source, cell, parsed, [shown.table(source, cell, kept, parsed)]))
    else:
        blocks += [node for o in kept for node in shown.output(source, cell, o, parsed)]
    return [tree.div(tree.attr(f"cell-{cell.label}", ["cell"]), blocks)] if blocks else []

"""Displayed mathematics and the tables of the text as blocks of their own, which can bear a number.

Pandoc leaves `$$ … $$ {#eq-x}` inside a paragraph, its id as text behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from press import tree
from press.errors import refuse

if TYPE_CHECKING:
    from press.source import Source
    from press.tree import Node

_EQUATION_ID = re.compile(r"^\{#(eq-[\w-]+)\}$")


def separate(source: Source, blocks: list[Node]) -> list[Node]:
    """The tree with div.equation around displayed mathematics and div.table around the tables of the text."""

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

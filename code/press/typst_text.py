"""Typst's text as nodes of Pandoc's tree: what the modules that write for paper build on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from press import tree

if TYPE_CHECKING:
    from press.tree import Node


def string(text: str) -> str:
    """A string of Typst's: JSON's escapes are a part of Typst's, but for the unicode ones, which are not used."""
    return json.dumps(text, ensure_ascii=False)


def inline(content: str) -> Node:
    """Typst's text within a paragraph."""
    return tree.raw("typst", content, inline=True)


def call(function: str, *arguments: str, label: str = "") -> Node:
    """A call of one of the functions of `figures/book.typ` that take no content."""
    mark = f" <{label}>" if label else ""
    return tree.raw("typst", f"#{function}({', '.join(arguments)}){mark}")


def around(opening: str, blocks: list[Node], label: str = "") -> list[Node]:
    """The blocks as a call's content: `#function[ … ] <label>`."""
    return [tree.raw("typst", opening), *blocks, tree.raw("typst", f"] <{label}>" if label else "]")]


def joined(opening: str, contents: list[list[Node]], label: str = "") -> list[Node]:
    """Several contents of one call: `#function[ … ][ … ]`."""
    between = [block for content in contents[1:] for block in (tree.raw("typst", "]["), *content)]
    return around(opening, [*contents[0], *between], label)


def reference(name: str) -> str:
    """A label as an argument."""
    return f"<{name}>" if name else "none"

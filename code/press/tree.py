"""Pandoc's document tree, as the JSON that Pandoc writes: nodes are {"t": type, "c": content}.

The constructors and the walk are all that press needs; pandoc.org/using-the-pandoc-api.html names the types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Node = dict[str, Any]
Attr = list[Any]  # [id, [class, …], [[key, value], …]]

_TEXT = {"Str", "Code", "Math", "RawInline", "CodeBlock", "RawBlock"}
_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}


def attr(id: str = "", classes: Iterable[str] = (), **values: str) -> Attr:  # noqa: A002 - Pandoc's own name
    """Attributes of a node that has them."""
    return [id, list(classes), [[key.replace("_", "-"), value] for key, value in values.items()]]


def text(value: str) -> Node:
    """Inline text, kept as one string: Pandoc's writers escape what needs it."""
    return {"t": "Str", "c": value}


SPACE: Node = {"t": "Space"}


def words(value: str) -> list[Node]:
    """Inline text that may break at its spaces."""
    nodes: list[Node] = []
    for word in value.split(" "):
        nodes += [SPACE, text(word)] if nodes else [text(word)]
    return nodes


def para(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def strong(inlines: list[Node]) -> Node:
    """Inlines of strong emphasis."""
    return {"t": "Strong", "c": inlines}


def div(attributes: Attr, blocks: list[Node]) -> Node:
    """A division of blocks."""
    return {"t": "Div", "c": [attributes, blocks]}


def span(attributes: Attr, inlines: list[Node]) -> Node:
    """A span of inlines."""
    return {"t": "Span", "c": [attributes, inlines]}


def link(inlines: list[Node], target: str, attributes: Attr | None = None) -> Node:
    """A link to an address or to `#id`."""
    return {"t": "Link", "c": [attributes or attr(), inlines, [target, ""]]}


def raw(format: str, content: str, *, inline: bool = False) -> Node:  # noqa: A002 - Pandoc's own name
    """Text that only one format's writer passes through, as it is."""
    return {"t": "RawInline" if inline else "RawBlock", "c": [format, content]}


def attributes(node: Node) -> Attr | None:
    """A node's attributes; None where its type has none."""
    match node["t"]:
        case "Header":
            found: Attr = node["c"][1]
        case "Div" | "Span" | "CodeBlock" | "Code" | "Link" | "Image" | "Table" | "Figure":
            found = node["c"][0]
        case _:
            return None
    return found


def classes(node: Node) -> list[str]:
    """A node's classes."""
    found = attributes(node)
    return found[1] if found else []


def value(node: Node, key: str) -> str | None:
    """A node's attribute of that key."""
    found = attributes(node)
    return next((v for k, v in found[2] if k == key), None) if found else None


def identifier(node: Node) -> str:
    """A node's id, or the empty string."""
    found = attributes(node)
    return found[0] if found else ""


def walk(content: Any) -> Iterator[Node]:
    """Every node below, in document order, a parent before its children."""
    if isinstance(content, list):
        for item in content:
            yield from walk(item)
    elif isinstance(content, dict):
        if "t" in content:
            yield content
        for key, item in content.items():
            if key != "t":
                yield from walk(item)


def rewrite(content: Any, change: Callable[[Node], Node | list[Node] | None]) -> Any:
    """A copy in which each node, children first, stands as `change` returns it: itself, a node, several or none.

    Several, or none, only make sense for nodes that stand in a list of blocks or inlines.
    """
    if isinstance(content, list):
        result: list[Any] = []
        for item in content:
            changed = rewrite(item, change)
            if isinstance(item, dict) and "t" in item:
                if isinstance(changed, list):
                    result += changed
                elif changed is not None:
                    result.append(changed)
            else:
                result.append(changed)
        return result
    if isinstance(content, dict):
        copy = {key: item if key == "t" else rewrite(item, change) for key, item in content.items()}
        return change(copy) if "t" in copy else copy
    return content


def plain(content: Any) -> str:
    """The text below, without its markup."""
    parts = []
    for node in walk(content):
        if node["t"] in _TEXT:
            parts.append(node["c"] if isinstance(node["c"], str) else node["c"][-1])
        elif node["t"] in _SPACES:
            parts.append(_SPACES[node["t"]])
    return "".join(parts)

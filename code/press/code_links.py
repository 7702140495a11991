"""Names in a page's code that lead to their entry in the package's reference: `show_module` gives each entry its id."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING

from press import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from press.number import Page
    from press.tree import Node

_NAME = re.compile(r"[\w.]+")


def entries(pages: Sequence[Page]) -> dict[str, str]:
    """Where each function and class is documented: `page.html#package.module.name` by its name, without members."""
    found = {}
    for page in pages:
        for node in tree.walk(page.blocks):
            name = tree.identifier(node) if node["t"] == "CodeBlock" else ""
            signature = _NAME.match(node["c"][1]) if name else None
            if signature and name.endswith(f".{signature[0]}") and "." not in signature[0]:
                found[signature[0]] = f"{page.chapter.page}#{name}"
    return found


def on_page(page: Page, documented: Mapping[str, str]) -> dict[str, str]:
    """Those of the documented names that mean the package's own on this page: its cells give them to nothing else."""
    packages = {address.partition("#")[2].partition(".")[0] for address in documented.values()}
    taken = {name for cell in page.source.cells for name in _bound(_parsed(cell.code), packages)}
    return {name: address for name, address in documented.items() if name not in taken}


def places(code: str, names: Mapping[str, str]) -> dict[int, str]:
    """Where in the code each of the names is first used or imported, as an offset, and where it leads."""
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = code.splitlines()
    found: dict[str, int] = {}
    for name, node in sorted(_used(_parsed(code)), key=lambda use: (use[1].lineno, use[1].col_offset)):
        if name in names and name not in found:
            before = lines[node.lineno - 1].encode()[: node.col_offset]  # Python counts bytes
            found[name] = starts[node.lineno - 1] + len(before.decode())
    return {place: names[name] for name, place in found.items()}


def mention(blocks: list[Node], names: Mapping[str, str]) -> list[Node]:
    """The blocks, each name's first mention in the text a link; but not in a prediction, whose options are buttons."""
    left = dict(names)

    def linked(node: Node) -> Node:
        address = left.pop(node["c"][1].removesuffix("()"), None) if node["t"] == "Code" else None
        return tree.link([node], address) if address else node

    def change(node: Node) -> None:
        if "predict" in tree.classes(node):
            return
        if node["t"] in ("Para", "Plain"):
            node["c"] = [linked(inline) for inline in node["c"]]
        elif node["t"] != "Header":
            for inner in _children(node.get("c")):
                change(inner)

    mentioned: list[Node] = deepcopy(blocks)
    for block in mentioned:
        change(block)
    return mentioned


def _children(content: object) -> Iterator[Node]:
    """The nearest nodes below, whatever lists they stand in."""
    if isinstance(content, dict) and "t" in content:
        yield content
    elif isinstance(content, list):
        for item in content:
            yield from _children(item)


def _parsed(code: str) -> ast.Module:
    """The code's tree; an empty one where it is no whole program, as in a signature or an expected error."""
    with suppress(SyntaxError):
        return ast.parse(code)
    return ast.Module([], [])


def _used(module: ast.Module) -> Iterator[tuple[str, ast.Name | ast.alias]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id, node
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.name, alias) for alias in node.names)


def _bound(module: ast.Module, packages: Iterable[str]) -> Iterator[str]:
    """The names that the code defines, assigns, takes as parameters, or imports from elsewhere."""
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.ImportFrom(module=source) if (source or "").partition(".")[0] in packages:
                yield from (alias.asname for alias in node.names if alias.asname)
            case ast.Import() | ast.ImportFrom():
                yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)

"""The numbered tree as a Jupyter notebook: prose in Markdown cells, code with its outputs, as the page has them."""

from __future__ import annotations

import json
import posixpath
import re
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from press import links, lower, pandoc, tree
from press.cache import digest

if TYPE_CHECKING:
    from press.cell import Cell
    from press.number import Page
    from press.project import Book
    from press.results import Output, Results
    from press.tree import Node

# What Jupyter reads: CommonMark with tables, mathematics in dollars, and HTML where Markdown has no word for it.
_FORMAT = "commonmark+tex_math_dollars+pipe_tables+strikeout+raw_html"
_BREAK = "press-notebook-break"


def root(book: Book) -> str:
    """The site's root as a notebook finds it: at its address, where it has one, else one folder above."""
    return f"{book.site.rstrip('/')}/" if book.site else "../"


def cells(page: Page, results: Results, root: str) -> list[dict[str, Any]]:
    """The chapter's notebook cells, their links from the site's `root`."""
    found: list[dict[str, Any]] = []
    by_label = {cell.label: cell for cell in page.source.cells}
    flat = _flat(_lower(lower.elsewhere(lower.visible(page.blocks, typst=False)), page, root))
    marked = [
        tree.raw("html", f"<!--{_BREAK} {tree.identifier(node).removeprefix('cell-')}-->")
        if _is_cell(node)
        else node
        for node in flat
    ]
    text = pandoc.write(marked, to=_FORMAT, arguments=["--wrap=preserve"])
    pieces = re.split(rf"<!--{_BREAK} ([\w-]+)-->", text)
    for n, piece in enumerate(pieces):
        if n % 2 and not by_label[piece].option("eval", True):
            # Code to read, not to run: a notebook's own code cells are all run.
            found.append(markdown_cell(f"```python\n{by_label[piece].code}\n```", piece))
        elif n % 2:
            found.append(_code(by_label[piece], results["cells"][piece]))
        elif piece.strip():
            found.append(markdown_cell(piece.strip(), f"{page.chapter.slug}-{n // 2}"))
    return found


def markdown_cell(text: str, name: str) -> dict[str, Any]:
    """A Markdown cell."""
    return {
        "cell_type": "markdown",
        "id": _id(name),
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }


def _id(name: str) -> str:
    """A cell's id: at most 64 characters, the same in every build."""
    return name if len(name) <= 64 else f"{name[:40]}-{digest(name)[:12]}"


def _code(cell: Cell, outputs: list[Output]) -> dict[str, Any]:
    shown = [_output(output) for output in outputs] if cell.option("output", True) else []
    tags = ["raises-exception"] if cell.option("error", False) else []
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": _id(cell.label),
        "metadata": {"tags": tags} if tags else {},
        "outputs": shown,
        "source": cell.code.splitlines(keepends=True),
    }


def _output(output: Output) -> dict[str, Any]:
    lines = output["text"].splitlines(keepends=True)
    if output["kind"] == "stream":
        return {"output_type": "stream", "name": "stdout", "text": lines}
    if output["kind"] == "error":
        return {
            "output_type": "error",
            "ename": output["name"],
            "evalue": output["value"],
            "traceback": [output["text"]],
        }
    data = {output["kind"]: lines}
    if output["kind"] != "text/plain":
        # Every output says itself in plain text too, for readers that show nothing else.
        data["text/plain"] = ["<Figure>" if output["kind"] == "image/svg+xml" else output["text"]]
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _is_cell(node: Node) -> bool:
    return node["t"] == "Div" and "cell" in tree.classes(node)


def _lower(blocks: list[Node], page: Page, root: str) -> list[Node]:
    """Links to the site's pages, numbers in words, and what Markdown cannot say in HTML."""

    def change(node: Node) -> Node | list[Node]:
        match node["t"]:
            case "Link":
                node["c"][2][0] = (
                    root + target if (target := _inside(node["c"][2][0], page)) else node["c"][2][0]
                )
                node["c"][0] = tree.attr()
            case "Span":
                inlines: list[Node] = node["c"][1]
                return [tree.strong(inlines)] if "caption-label" in tree.classes(node) else inlines
            case "Header":
                number = tree.value(node, "number")
                level, _, inlines = node["c"]
                mark = tree.words(f"{number} ") if number else []
                return {"t": "Header", "c": [level, tree.attr(), [*mark, *inlines]]}
            case "Div":
                return _div(node)
        return node

    lowered: list[Node] = tree.rewrite(blocks, change)
    return lowered


def _inside(target: str, page: Page) -> str:
    """Where a link leads, from the site's root; empty for one that leaves the book."""
    path, _, anchor = target.partition("#")
    if links.is_outside(target):
        return ""
    if path.endswith(".html") or target.startswith("#"):
        return (path or page.chapter.page) + (f"#{anchor}" if anchor else "")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.chapter.page), target))


def _div(node: Node) -> Node | list[Node]:
    classes, blocks = tree.classes(node), node["c"][1]
    if "cell" in classes:
        # The cell shows its own code and outputs; of the page's version only the caption is news.
        captions = [n for n in tree.walk(blocks) if n["t"] == "Div" and "caption" in tree.classes(n)]
        return [tree.div(node["c"][0], []), *(block for c in captions for block in c["c"][1])]
    if lower.callout(node):
        return _callout(node)
    if "equation" in classes:
        number = tree.value(node, "number")
        math = blocks[0]["c"][0]
        if number:
            math = {"t": "Math", "c": [math["c"][0], f"{math['c'][1].strip()} \\qquad ({number})"]}
        return [tree.para([math])]
    if "table" in classes:
        return list(blocks)
    if "because" in classes:
        return [tree.para([{"t": "Emph", "c": blocks[0]["c"]}])]
    if "option" in classes:
        return _option(node)
    return node


def _callout(node: Node) -> list[Node]:
    title = lower.title(node)
    if lower.is_collapsed(node):
        opening = tree.raw("html", f"<details><summary>{escape(title, quote=False)}</summary>")
        return [opening, *node["c"][1], tree.raw("html", "</details>")]
    return [{"t": "BlockQuote", "c": [tree.para([tree.strong(tree.words(title))]), *node["c"][1]]}]


def _option(node: Node) -> list[Node]:
    """An option, and what choosing it tells behind a fold."""
    choice, feedback = node["c"][1]
    verdict = "Right." if "right" in tree.classes(node) else "Not this one."
    opening = tree.raw("html", "<details><summary>If you chose this</summary>")
    words = [tree.para(tree.words(verdict)), *feedback["c"][1]]
    return [choice, opening, *words, tree.raw("html", "</details>")]


def _flat(blocks: list[Node]) -> list[Node]:
    """The blocks in one row: a notebook's cells cannot stand inside anything."""
    row: list[Node] = []
    for block in blocks:
        if block["t"] == "Div" and not _is_cell(block):
            row += _flat(block["c"][1])
        elif block["t"] in ("BlockQuote", "BulletList", "OrderedList") and any(
            map(_is_cell, tree.walk(block["c"]))
        ):
            row += _opened(block)
        else:
            row.append(block)
    return row


def _opened(block: Node) -> list[Node]:
    """A quotation or a list that holds a cell, in pieces: what stands before the cell keeps its form."""
    row: list[Node] = []
    if block["t"] == "BlockQuote":
        for node in _flat(block["c"]):
            if row and row[-1]["t"] == "BlockQuote" and not _is_cell(node):
                row[-1]["c"].append(node)
            else:
                row.append(node if _is_cell(node) else {"t": "BlockQuote", "c": [node]})
        return row
    ordered = block["t"] == "OrderedList"
    (start, *style), items = block["c"] if ordered else ([1], block["c"])
    for number, item in enumerate(items, start):
        flat = _flat(item)
        own = list(takewhile(lambda node: not _is_cell(node), flat))
        if own and row and row[-1]["t"] == block["t"]:
            (row[-1]["c"][1] if ordered else row[-1]["c"]).append(own)
        elif own:
            row.append({"t": block["t"], "c": [[number, *style], [own]] if ordered else [own]})
        row += flat[len(own) :]
    return row


def document(all_cells: list[dict[str, Any]], book: Book, wheel: str, title: str) -> bytes:
    """A whole notebook, with one line on top that says how to install what its cells import."""
    words = (
        f"*{title}*, a notebook of *{book.title}*. To run it, install the book's package, which lies beside this file: "
        f"`uv add ./{wheel} jupyter`, or `pip install` in place of `uv add`."
    )
    if book.site:
        words += f" In a hosted notebook, run `%pip install {root(book)}notebooks/{wheel}` first."
    notebook = {
        "cells": [markdown_cell(words, "how-to-run"), *all_cells],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()

"""The numbered trees as one Typst document, and that as an accessible PDF.

Numbers and references are press's own, so Typst counts nothing: it sets what it is given. The look is in
`figures/book.typ`, whose functions (`chapter`, `section`, `callout`, `answer`, …) the text below calls.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typst

from press import links, lower, pandoc, tree
from press.errors import PressError

if TYPE_CHECKING:
    from pathlib import Path

    from press.number import Page
    from press.project import Book
    from press.tree import Node

_CSS_PIXEL = 0.75  # points


def chapter(page: Page) -> str:
    """The chapter's text in Typst, its hidden answers gathered at its end."""
    shown, answers = lower.gather_answers(lower.visible(page.blocks, typst=True), page.chapter.slug)
    if answers:
        shown.append(_call("answers-heading", label=f"{page.chapter.slug}-answers"))
        for name, node in answers:
            # Two arguments: the words that stand before the answer, and where it was asked for.
            shown += [
                tree.raw("typst", f"#answer({_string(lower.title(node))}, <{name}-asked>)["),
                *node["c"][1],
                tree.raw("typst", f"] <{name}>"),
            ]
    return pandoc.write(lower_tree(shown), to="typst", arguments=["--wrap=none"])


def lower_tree(blocks: list[Node]) -> list[Node]:
    """The tree in Pandoc's own nodes and raw Typst."""

    def change(node: Node) -> Node | list[Node]:
        match node["t"]:
            case "Math":
                return _math(node)
            case "Header":
                return _heading(node)
            case "Span" if "caption-label" in tree.classes(node):
                return [_inline("#caption-label["), *node["c"][1], _inline("]")]
            case "Link":
                return _link(node)
            case "Div":
                return _div(node)
            case "Table":
                return _table(node)
        return node

    lowered: list[Node] = tree.rewrite(blocks, change)
    return lowered


def _string(text: str) -> str:
    """A string of Typst's: JSON's escapes are a part of Typst's, but for the unicode ones, which are not used."""
    return json.dumps(text, ensure_ascii=False)


def _call(function: str, *arguments: str, label: str = "") -> Node:
    mark = f" <{label}>" if label else ""
    return tree.raw("typst", f"#{function}({', '.join(arguments)}){mark}")


def _inline(content: str) -> Node:
    return tree.raw("typst", content, inline=True)


def _math(node: Node) -> list[Node]:
    """Mathematics with its TeX as the alternative text that PDF/UA asks for."""
    source = " ".join(node["c"][1].split())
    return [_inline(f"#[#set math.equation(alt: {_string(source)});"), node, _inline("]")]


def _heading(node: Node) -> list[Node]:
    level, attributes, inlines = node["c"]
    number = tree.value(node, "number")
    given = _string(number) if number else "none"
    name = attributes[0]
    return [tree.para([_inline(f"#section({level}, {given})["), *inlines, _inline(f"] <{name}>")])]


def _link(node: Node) -> Node | list[Node]:
    """A link inside the book leads to a label; one to a file beside the book is plain words in print."""
    target = node["c"][2][0]
    path, _, anchor = target.partition("#")
    if links.is_outside(target) and tree.plain(node["c"][1]) == target:
        return node  # the address is its own words
    if links.is_outside(target):
        return [_inline(f"#outside({_string(target)})["), *node["c"][1], _inline("]")]
    if anchor or path.endswith(".html"):
        label = anchor or page_label(path)
        return [_inline(f"#link(<{label}>)["), *node["c"][1], _inline("]")]
    return list(node["c"][1])


def page_label(page: str) -> str:
    """The label of a whole chapter, which stands before its heading."""
    return "page-" + page.removesuffix(".html").replace("/", "-")


def _div(node: Node) -> list[Node]:
    classes, blocks = tree.classes(node), node["c"][1]
    name = tree.identifier(node)
    if "caption" in classes:
        return [node]  # its figure's or table's, which places it
    if kind := lower.callout(node):
        kind = kind.removeprefix("callout-")
        return [
            tree.raw("typst", f"#callout({_string(kind)}, {_string(lower.title(node))})["),
            *blocks,
            _end(name),
        ]
    if "figure" in classes:
        return _figure(node)
    if "table" in classes:
        caption = next(child for child in blocks if "caption" in tree.classes(child))
        body = [child for child in blocks if child is not caption]
        return [
            tree.raw("typst", "#book-table(["),
            *caption["c"][1],
            tree.raw("typst", "])["),
            *body,
            _end(name),
        ]
    if "equation" in classes:
        return [_equation(node)]
    for wrapper in (
        "option",
        "feedback",
        "reveal",
        "because",
        "step",
        "predict",
        "output",
        "code-fold",
        "answer-link",
    ):
        if wrapper in classes:
            right = "true" if "right" in classes else "false"
            opening = f"#book-option({right})[" if wrapper == "option" else f"#book-{wrapper}["
            return [tree.raw("typst", opening), *blocks, _end(name)]
    if name and "references" not in classes and not name.startswith("cell-"):
        return [tree.raw("typst", "#["), *blocks, _end(name)]
    return list(blocks)


def _end(name: str) -> Node:
    return tree.raw("typst", f"] <{name}>" if name else "]")


def _figure(node: Node) -> list[Node]:
    caption, picture = node["c"][1]
    image = picture["c"][0]
    alt = tree.plain(image["c"][1])
    width = float(tree.value(image, "width") or 0) * _CSS_PIXEL
    opening = f"#book-figure({_string(image['c'][2][0])}, {_string(alt)}, {width:g}pt)["
    return [tree.raw("typst", opening), *caption["c"][1], _end(tree.identifier(node))]


def _equation(node: Node) -> Node:
    """A displayed equation: `_math` has already wrapped it; the number goes inside the same brackets."""
    start, math, end = node["c"][1][0]["c"]
    number, name = tree.value(node, "number"), tree.identifier(node)
    if not number:
        return node["c"][1][0]  # type: ignore[no-any-return] # the tree is JSON
    numbering = _inline(f"#set math.equation(numbering: _ => [({number})]);")
    return tree.para([start, numbering, math, _inline(f" <{name}>"), end])


def _table(node: Node) -> Node:
    """A table as Typst's own, since Pandoc's writer would wrap it in a second figure."""
    _, _, columns, head, bodies, _ = node["c"]
    align = ", ".join(_ALIGN[column[0]["t"]] for column in columns)
    inlines = [_inline(f"#table(columns: {len(columns)}, align: ({align},), ")]
    for row in head[1]:
        inlines += [_inline("table.header("), *_cells(row), _inline("), ")]
    for body in bodies:
        for row in body[3]:
            inlines += _cells(row)
    return tree.para([*inlines, _inline(")")])


_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "left"}


def _cells(row: list[list[list[list[Node]]]]) -> list[Node]:
    inlines: list[Node] = []
    for cell in row[1]:
        content = [inline for block in cell[4] for inline in block["c"]]
        inlines += [_inline("["), *content, _inline("], ")]
    return inlines


def document(book: Book, parts: list[tuple[str | None, str, str]], template: str) -> str:
    """The whole book. `parts` holds each chapter: the part that starts with it or None, its page, its text."""
    given = ", ".join(f"{key}: {_string(value)}" for key, value in book.words.items())
    text = [template, f"#show: book.with({given})"]
    for part, page, body in parts:
        if part:
            text.append(f"#part-page({_string(part)})")
        text.append(f"#chapter-start() <{page_label(page)}>")
        text.append(body)
    return "\n\n".join(text)


def compile_pdf(document_path: Path) -> bytes:
    """The PDF of the document, whose pictures lie beside it. Same bytes for the same document."""
    try:
        return typst.compile(
            str(document_path),
            root=str(document_path.parent),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        hints = "".join(f"\n  hint: {hint}" for hint in error.hints or [])
        raise PressError(
            f"Typst cannot set the PDF: {error.message}{hints}\n{error.diagnostic or ''}"
        ) from None

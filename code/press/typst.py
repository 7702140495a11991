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
    from collections.abc import Callable
    from pathlib import Path

    from press.number import Page
    from press.project import Book
    from press.tree import Node

_CSS_PIXEL = 0.75  # points


def chapter(page: Page) -> str:
    """The chapter's text in Typst, its hidden answers gathered at its end."""
    told = lower.tell_right(lower.visible(page.blocks, typst=True))
    shown, answers = lower.gather_answers(told, page.chapter.slug)
    if answers:
        shown.append(_call("answers-heading", label=f"{page.chapter.slug}-answers"))
        for name, title, node in answers:
            # Two arguments: the words that stand before the answer, and where it was asked for.
            shown += [
                tree.raw("typst", f"#answer({_string(title)}, <{name}-asked>)["),
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
            case "BulletList":
                return _list(node)
            case "Table":
                return _table(node)
        return node

    lowered: list[Node] = tree.rewrite(tree.rewrite(blocks, _behind), change)
    return lowered


def _behind(node: Node) -> Node | list[Node]:
    """A prediction with its experiment behind it: on paper no frame should run over pages and around figures."""
    if node["t"] != "Div" or "predict" not in tree.classes(node):
        return node
    reveals = [child for child in node["c"][1] if "reveal" in tree.classes(child)]
    return [tree.div(node["c"][0], [child for child in node["c"][1] if child not in reveals]), *reveals]


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
        label = links.place(anchor) or page_label(path)
        return [_inline(f"#link(<{label}>)["), *node["c"][1], _inline("]")]
    return list(node["c"][1])


def page_label(page: str) -> str:
    """The label of a whole chapter, which stands before its heading."""
    return "page-" + page.removesuffix(".html").replace("/", "-")


def _div(node: Node) -> list[Node]:
    classes, blocks, name = tree.classes(node), node["c"][1], tree.identifier(node)
    for kind, lowered in _OWN.items():
        if kind in classes:
            return lowered(node)
    if kind := lower.callout(node) or "":
        opening = f"#callout({_string(kind.removeprefix('callout-'))}, {_string(lower.title(node))})["
    elif wrapper := next((wrapper for wrapper in _WRAPPERS if wrapper in classes), ""):
        opening = f"#book-{wrapper}["
    elif name:
        opening = "#["
    else:
        return list(blocks)
    return [tree.raw("typst", opening), *blocks, _end(name)]


_WRAPPERS = (
    "output",
    "predict",
    "option",
    "feedback",
    "reveal",
    "derivation",
    "step",
    "because",
    "references",
    "column-margin",
)


def _cell(node: Node) -> list[Node]:
    """Code and what it printed keep together; nothing links to a cell. A quotation that it shows is a check."""
    blocks: list[Node] = []
    for block in node["c"][1]:
        quoted = block["t"] == "BlockQuote"
        blocks += [tree.raw("typst", "#book-check["), *block["c"], _end("")] if quoted else [block]
    if not any(_is_raw(block, "#book-output[") for block in blocks):
        return blocks
    return [tree.raw("typst", "#book-cell["), *blocks, _end("")]


def _answer_link(node: Node) -> list[Node]:
    asked = tree.identifier(node)
    opening = _inline(f"#book-answer-link(<{asked.removesuffix('-asked')}>)[")
    return [tree.para([opening, *node["c"][1][0]["c"], _inline(f"] <{asked}>")])]


def _is_raw(node: Node, start: str) -> bool:
    return node["t"] == "RawBlock" and str(node["c"][1]).startswith(start)


def _list(node: Node) -> Node | list[Node]:
    """A list of boxes to tick, or of a prediction's options: the boxes are its marks."""
    items = [_without_box(item) for item in node["c"]]
    if not all(items):
        return node
    return [tree.raw("typst", "#checklist["), {"t": "BulletList", "c": items}, _end("")]


def _without_box(item: list[Node]) -> list[Node]:
    """An item without its box; nothing where it has none. The boxes of options are already gone."""
    first, *rest = item
    if _is_raw(first, "#book-option["):
        return item
    if first["t"] in ("Plain", "Para") and first["c"][:1] in ([tree.text("☐")], [tree.text("☒")]):
        return [{"t": first["t"], "c": first["c"][2:]}, *rest]
    return []


def _end(name: str) -> Node:
    return tree.raw("typst", f"] <{name}>" if name else "]")


def _label(name: str) -> str:
    return f"<{name}>" if name else "none"


def _figure(node: Node) -> list[Node]:
    caption, picture = node["c"][1]
    image = picture["c"][0]
    alt = tree.plain(image["c"][1])
    width = float(tree.value(image, "width") or 0) * _CSS_PIXEL
    name = _label(tree.identifier(node))
    opening = f"#book-figure({_string(image['c'][2][0])}, {_string(alt)}, {width:g}pt, {name})["
    return [tree.raw("typst", opening), *caption["c"][1], _end("")]


def _captioned_table(node: Node) -> list[Node]:
    caption = next(child for child in node["c"][1] if "caption" in tree.classes(child))
    body = [child for child in node["c"][1] if child is not caption]
    opening = tree.raw("typst", f"#book-table({_label(tree.identifier(node))}, [")
    return [opening, *caption["c"][1], tree.raw("typst", "])["), *body, _end("")]


def _equation(node: Node) -> list[Node]:
    """A displayed equation: `_math` has already wrapped it; the number goes inside the same brackets."""
    start, math, end = node["c"][1][0]["c"]
    number, name = tree.value(node, "number"), tree.identifier(node)
    if not number:
        return list(node["c"][1])
    numbering = _inline(f"#set math.equation(numbering: _ => [({number})]);")
    return [tree.para([start, numbering, math, _inline(f" <{name}>"), end])]


_OWN: dict[str, Callable[[Node], list[Node]]] = {
    "caption": lambda node: [node],  # its figure's or table's, which places it
    "figure": _figure,
    "table": _captioned_table,
    "equation": _equation,
    "answer-link": _answer_link,
    "cell": _cell,
}


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
        # With nothing before it, a leading "+ ", "- ", "/ " or "= " would begin a list or a heading.
        guard = "#[]" if tree.plain(content).startswith(("+", "-", "/", "=")) else ""
        inlines += [_inline(f"[{guard}"), *content, _inline("], ")]
    return inlines


def document(book: Book, parts: list[tuple[str | None, str, str]], template: str) -> str:
    """The whole book. `parts` holds each chapter: the part that starts with it or None, its page, its text."""
    told = book.words | {"paper": book.paper}
    given = ", ".join(f"{key}: {_string(value)}" for key, value in told.items())
    text = [template, f"#show: book.with({given})"]
    for part, page, body in parts:
        given = f"part: {_string(part)}" if part else ""
        text.append(f"#chapter-start({given}) <{page_label(page)}>")
        text.append(body)
    return "\n\n".join(text)


def compile_pdf(document_path: Path) -> bytes:
    """The PDF of the document, whose pictures lie beside it. Same bytes for the same document."""
    try:
        made, warnings = _compile(document_path)
        if any("converge" in warning.message for warning in warnings):
            made, _ = _compile(document_path, floating="false")
    except typst.TypstError as error:
        hints = "".join(f"\n  hint: {hint}" for hint in error.hints or [])
        raise PressError(
            f"Typst cannot set the PDF: {error.message}{hints}\n{error.diagnostic or ''}"
        ) from None
    return made


def _compile(path: Path, **inputs: str) -> tuple[bytes, list[typst.TypstWarning]]:
    made, warnings = typst.compile_with_warnings(
        str(path),
        root=str(path.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made, warnings

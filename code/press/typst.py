"""A numbered tree as Typst's text: Pandoc's writer does most, and the book's own elements become calls.

Numbers and references are press's own, so Typst counts nothing: it sets what it is given. The look is in
`figures/book.typ`, whose functions (`section`, `callout`, `answer`, …) the text below calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import check_elements, links, lower, pandoc, paper, tree, typst_captioned
from press.typst_text import around, call, inline, joined, string

if TYPE_CHECKING:
    from collections.abc import Callable

    from press.number import Page
    from press.tree import Node


def chapter(page: Page) -> str:
    """The chapter's text in Typst, its hidden answers gathered at its end."""
    shown, answers = paper.prepare(page)
    if answers:
        shown.append(call("answers-heading", label=f"{page.chapter.slug}-answers"))
        for name, title, node in answers:
            # Two arguments: the words that stand before the answer, and where it was asked for.
            shown += around(f"#answer({string(title)}, <{name}-asked>)[", node["c"][1], name)
    return pandoc.write(lower_tree(shown), to="typst", arguments=["--wrap=none"])


def lower_tree(blocks: list[Node]) -> list[Node]:
    """The tree in Pandoc's own nodes and raw Typst."""

    def change(node: Node) -> Node | list[Node]:
        match node["t"]:
            case "Math":
                return typst_captioned.math(node)
            case "Header":
                return _heading(node)
            case "Span":
                return _span(node)
            case "Link":
                return _link(node)
            case "Div":
                return _div(node)
            case "BulletList":
                return _list(node)
            case "Table":
                return typst_captioned.table(node)
        return node

    lowered: list[Node] = tree.rewrite(blocks, change)
    return lowered


def _heading(node: Node) -> list[Node]:
    level, attributes, inlines = node["c"]
    number = tree.value(node, "number")
    given = string(number) if number else "none"
    before = f"#before-section({given})" if number else ""
    return [
        tree.para([inline(f"{before}#section({level}, {given})["), *inlines, inline(f"] <{attributes[0]}>")])
    ]


def _span(node: Node) -> list[Node]:
    """A caption's number, or its words in the look of their role."""
    if "caption-label" in tree.classes(node):
        return [inline("#caption-label["), *node["c"][1], inline("]")]
    if role := check_elements.role(node):
        # The stop keeps a bracket that follows in the text from being taken for an argument.
        return [inline(f"#swatch({string(role)})["), *node["c"][1], inline("];")]
    return [node]


def _link(node: Node) -> Node | list[Node]:
    """A link inside the book leads to a label; one to a file beside the book is plain words in print."""
    target = node["c"][2][0]
    path, _, anchor = target.partition("#")
    if links.is_outside(target) and tree.plain(node["c"][1]) == target:
        return node  # the address is its own words
    if links.is_outside(target):
        return [inline(f"#outside({string(target)})["), *node["c"][1], inline("]")]
    if anchor or path.endswith(".html"):
        label = links.place(anchor) or page_label(path)
        function = "paged" if "paged" in tree.classes(node) else "link"
        return [inline(f"#{function}(<{label}>)["), *node["c"][1], inline("]")]
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
        opening = f"#callout({string(kind.removeprefix('callout-'))}, {string(lower.title(node))})["
    elif wrapper := next((wrapper for wrapper in _WRAPPERS if wrapper in classes), ""):
        opening = f"#book-{wrapper}["
    elif name:
        opening = "#["
    else:
        return list(blocks)
    return around(opening, blocks, name)


_WRAPPERS = (
    "asks",
    "output",
    "predict",
    "derivation",
    "because",
    "references",
    "column-margin",
)


def _cell(node: Node) -> list[Node]:
    """Code and what it printed keep together; nothing links to a cell. A quotation that it shows is a check.

    Code with an id is a signature of the package's reference, and what it means begins on its page. Other code behind a
    cell's own is the source of a function, which it showed.
    """
    blocks: list[Node] = []
    for place, block in enumerate(node["c"][1]):
        if block["t"] == "BlockQuote":
            blocks += around("#book-check[", block["c"])
        elif block["t"] == "CodeBlock" and tree.identifier(block):
            blocks += around("#book-signature[", [block])
        elif block["t"] == "CodeBlock" and place:
            blocks += around("#book-source[", [block])
        else:
            blocks.append(block)
    shows = any(_is_raw(block, "#book-output[", "#book-source[") for block in blocks)
    return around("#book-cell[", blocks) if shows else blocks


def _early(node: Node) -> list[Node]:
    """A figure before its section: the call takes what `book-figure` takes."""
    opening, *rest = node["c"][1]
    return [tree.raw("typst", opening["c"][1].replace("#book-figure(", "#early-figure(", 1)), *rest]


def _answer_link(node: Node) -> list[Node]:
    asked = tree.identifier(node)
    opening = inline(f"#book-answer-link(<{asked.removesuffix('-asked')}>)[")
    return [tree.para([opening, *node["c"][1][0]["c"], inline(f"] <{asked}>")])]


def _answer_links(node: Node) -> list[Node]:
    told, *asked = node["c"][1]
    return [
        *around("#book-answers-told[", [told]),
        *joined("#book-answer-links[", [[link] for link in asked]),
    ]


def _step(node: Node) -> list[Node]:
    """A line with its reason, on one page; one with a figure may break, for else it leaves a hole."""
    breaks = any(_is_raw(block, "#book-figure(") for block in node["c"][1])
    return around(f"#book-step({str(breaks).lower()})[", node["c"][1], tree.identifier(node))


def _question(node: Node) -> list[Node]:
    """A prediction's question and options, on one page where nothing among them floats."""
    breaks = any(_is_raw(block, "#book-figure(", "#book-table(") for block in node["c"][1])
    title = string(tree.value(node, "title") or "")
    return around(f"#book-question({title}, {str(breaks).lower()})[", node["c"][1])


def _reveal(node: Node) -> list[Node]:
    title = string(tree.value(node, "title") or "")
    return around(f"#book-reveal({title})[", node["c"][1], tree.identifier(node))


def _is_raw(block: Node, *starts: str) -> bool:
    return block["t"] == "RawBlock" and str(block["c"][1]).startswith(starts)


def _lettered(function: str) -> Callable[[Node], list[Node]]:
    """A prediction's options, or what choosing each of them tells: the call sets the letters."""
    return lambda node: joined(f"#{function}[", node["c"][1][0]["c"][1])


_OWN: dict[str, Callable[[Node], list[Node]]] = {
    "caption": lambda node: [node],  # its figure's or table's, which places it
    "figure": typst_captioned.figure,
    "table": typst_captioned.captioned_table,
    "equation": typst_captioned.equation,
    "answer-link": _answer_link,
    "answer-links": _answer_links,
    "cell": _cell,
    "early": _early,
    "step": _step,
    "question": _question,
    "reveal": _reveal,
    "options": _lettered("book-options"),
    "verdicts": _lettered("book-verdicts"),
}


def _list(node: Node) -> Node | list[Node]:
    """A list of boxes to tick: the boxes are its marks."""
    items = [_without_box(item) for item in node["c"]]
    if not all(items):
        return node
    return around("#checklist[", [{"t": "BulletList", "c": items}])


def _without_box(item: list[Node]) -> list[Node]:
    """An item without its box; nothing where it has none."""
    first, *rest = item
    if first["t"] in ("Plain", "Para") and first["c"][:1] in ([tree.text("☐")], [tree.text("☒")]):
        return [{"t": first["t"], "c": first["c"][2:]}, *rest]
    return []

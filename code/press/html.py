"""The numbered tree as a page's HTML: press's divs as HTML's own elements, mathematics as MathML, no inline style."""

from __future__ import annotations

import posixpath
import re
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from press import breaks, code_links, highlight, links, lower, mathml, pandoc, tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.tree import Node

_STYLE = re.compile(r"^text-align: (left|right|center);?$")
_ARGUMENTS = ["--mathml", "--section-divs", "--wrap=none", "--syntax-highlighting=none"]


def write(blocks: list[Node], page: str, names: Mapping[str, str] | None = None) -> str:
    """The body of the page at the address `page`, which its links and pictures are relative to.

    `names` says where in the book a name in code is documented.
    """
    seen = code_links.mention(lower.visible(blocks, typst=False), names or {})
    lowered = lower_tree(seen, page, names=names)
    return tidy(pandoc.write(lowered, to="html5", arguments=_ARGUMENTS))


def lower_tree(
    blocks: list[Node],
    page: str | None,
    *,
    permalinks: bool = True,
    names: Mapping[str, str] | None = None,
) -> list[Node]:
    """The tree in Pandoc's own nodes and raw HTML. `page` is None where all pages are one, as in the EPUB."""

    def change(node: Node) -> Node | list[Node]:
        match node["t"]:
            case "CodeBlock":
                return _code(node, {name: _target(address, page) for name, address in (names or {}).items()})
            case "Header" if permalinks:
                return _heading(node)
            case "Header":
                return plain_heading(node)
            case "Link" if page is None and _is_beside(node["c"][2][0]):
                return list(node["c"][1])  # the files beside the site are not in the EPUB
            case "Link":
                node["c"][2][0] = _target(node["c"][2][0], page)
            case "Image" if page is not None:
                node["c"][2][0] = posixpath.relpath(node["c"][2][0], posixpath.dirname(page) or ".")
            case "Div":
                return _div(node, permalinks=permalinks)
        return node

    lowered: list[Node] = tree.rewrite(tree.rewrite(blocks, _printed), change)
    return lowered


def _printed(node: Node) -> Node:
    """What a cell printed is not code in colour: the bare <pre>, which scrolls inside itself."""
    if node["t"] != "Div" or "output" not in tree.classes(node):
        return node
    names = escape(" ".join(tree.classes(node)))
    text = escape(tree.plain(node["c"][1]).rstrip("\n"), quote=False)
    return tree.raw("html", f'<div class="{names}"><pre tabindex="0">{text}</pre></div>')


def _is_beside(target: str) -> bool:
    """Whether a link leads to a file of the site that is not one of its pages."""
    path = target.partition("#")[0]
    return bool(path) and not path.endswith(".html") and not links.is_outside(target)


def _target(target: str, page: str | None) -> str:
    """A link's target from the page: press's own start at the site's root and name a page."""
    path, _, anchor = target.partition("#")
    if "://" in target or not (path.endswith(".html") or target.startswith("#")):
        return target
    if page is None:
        return f"#{links.place(anchor)}" if anchor else f"#{page_id(path)}"
    if not path:
        return target
    if path == page and anchor:
        return f"#{anchor}"
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + (f"#{anchor}" if anchor else "")


def page_id(page: str) -> str:
    """The id of a whole page where all pages are one: it stands before the chapter's heading."""
    return "page-" + re.sub(r"\W+", "-", page.removesuffix(".html"))


def _code(node: Node, names: Mapping[str, str]) -> Node:
    language, code = next(iter(tree.classes(node)), ""), node["c"][1]
    own = tree.identifier(node)  # of an entry of the reference, which does not lead to itself
    others = {name: address for name, address in names.items() if not own or address != f"#{own}"}
    places = code_links.places(code, others) if language == "python" else {}
    name = f' id="{own}"' if own else ""
    return tree.raw("html", f'<div class="code"{name}>{highlight.to_html(code, language, places)}</div>')


def plain_heading(node: Node) -> Node:
    """A heading with its number before its words."""
    number = tree.value(node, "number")
    level, attributes, inlines = node["c"]
    kind = "chapter-number" if level == 1 else "section-number"
    mark = [tree.span(tree.attr("", [kind]), [tree.text(number)]), tree.SPACE] if number else []
    kept = [attributes[0], attributes[1], [pair for pair in attributes[2] if pair[0] != "number"]]
    return {"t": "Header", "c": [level, kept, mark + inlines]}


def _heading(node: Node) -> Node:
    name = tree.identifier(node)
    heading = plain_heading(node)
    label = escape(f"Link to “{tree.plain(node['c'][2])}”")
    heading["c"][2] += [
        tree.SPACE,
        tree.raw("html", f'<a class="permalink" href="#{name}" aria-label="{label}">#</a>', inline=True),
    ]
    return heading


def _numbered(kind: str, name: str, words: str, *, permalinks: bool) -> Node:
    """The number of an equation, a figure or a table; on a page it is the link to its own place."""
    shown = escape(words, quote=False)
    if permalinks:
        shown = f'<a href="#{name}">{shown}</a>'
    return tree.raw("html", f'<span class="{kind}">{shown}</span>', inline=True)


def _div(node: Node, *, permalinks: bool) -> Node | list[Node]:
    classes, blocks = tree.classes(node), node["c"][1]
    name = tree.identifier(node)
    if kind := lower.callout(node):
        return _callout(node, kind)
    if "figure" in classes or "table" in classes:
        return _figure(node, "figure" if "figure" in classes else "table", permalinks=permalinks)
    if "code-fold" in classes:
        summary = escape(tree.value(node, "summary") or "", quote=False)
        return [
            tree.raw("html", f'<details class="code-fold"><summary>{summary}</summary>'),
            *blocks,
            _close("details"),
        ]
    if "equation" in classes:
        number = tree.value(node, "number")
        mark = [_numbered("equation-number", name, f"({number})", permalinks=permalinks)] if number else []
        return tree.div(tree.attr(name, ["equation"]), [{"t": "Plain", "c": [*blocks[0]["c"], *mark]}])
    return node


def _close(element: str) -> Node:
    return tree.raw("html", f"</{element}>")


def _callout(node: Node, kind: str) -> list[Node]:
    title = escape(lower.title(node), quote=False)
    name = f' id="{tree.identifier(node)}"' if tree.identifier(node) else ""
    if lower.is_collapsed(node):
        opening = f'<details class="callout {kind}"{name}><summary class="callout-title">{title}</summary>'
        return [tree.raw("html", opening), *node["c"][1], _close("details")]
    opening = f'<div class="callout {kind}"{name}><p class="callout-title">{title}</p>'
    return [tree.raw("html", opening), *node["c"][1], _close("div")]


def _figure(node: Node, kind: str, *, permalinks: bool) -> list[Node]:
    name, blocks = tree.identifier(node), node["c"][1]
    caption = next(child for child in blocks if "caption" in tree.classes(child))
    body = [child for child in blocks if child is not caption]

    def label(inner: Node) -> Node:
        if inner["t"] != "Span" or "caption-label" not in tree.classes(inner):
            return inner
        return _numbered("caption-label", name, tree.plain(inner["c"][1]), permalinks=permalinks)

    words_of = tree.rewrite(_plain(caption["c"][1]), label)
    figcaption = [tree.raw("html", "<figcaption>"), *words_of, _close("figcaption")]
    given = f' id="{name}"' if name else ""
    opening = tree.raw("html", f'<figure{given} class="{kind}">')
    if kind == "table":
        words = escape(tree.plain(caption["c"][1]).split("\n")[0])
        scroll = tree.raw("html", f'<div class="scroll" tabindex="0" role="region" aria-label="{words}">')
        return [opening, *figcaption, scroll, *body, _close("div"), _close("figure")]
    return [opening, *_plain(body), *figcaption, _close("figure")]


def _plain(blocks: list[Node]) -> list[Node]:
    """A single paragraph without its <p>."""
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        return [{"t": "Plain", "c": blocks[0]["c"]}]
    return blocks


def tidy(body: str) -> str:
    """The page's body without what a strict content policy forbids, and with MathML that browsers set well."""
    root = etree.fromstring(f"<body>{body}</body>", etree.XMLParser(remove_comments=True))
    for element in root.iter(etree.Element):
        style = element.get("style")
        if style is not None:
            del element.attrib["style"]
            _restyle(element, style)
    for math in list(root.iter(f"{mathml.MATHML}math")):
        mathml.tidy(math)
        mathml.hold_mark(math)
    for code in root.iter("code"):
        breaks.hold_code(code)
    for table in root.iter("table"):
        _tidy_table(table)
    text: str = etree.tostring(root, encoding="unicode", method="html")
    text = breaks.between_words(text)
    return text.removeprefix("<body>").removesuffix("</body>").strip() + "\n"


def _restyle(element: etree._Element, style: str) -> None:
    """Alignment as a class; widths of columns are left to the browser."""
    found = _STYLE.match(style)
    if found and not element.tag.startswith(mathml.MATHML):
        element.set("class", found[1])
    elif found:
        element.set("class", f"align-{found[1]}")


def _tidy_table(table: etree._Element) -> None:
    for group in table.findall("colgroup"):
        table.remove(group)
    for cell in table.iter("th"):
        if not (cell.text or "").strip() and not len(cell):
            cell.tag = "td"  # an empty header heads nothing
        else:
            cell.set("scope", "col")
            breaks.hold_heading(cell.iter())

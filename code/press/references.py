"""Numbers put on what bears them, and references as links, on any page, to any page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press import links, tree
from press.errors import Problem
from press.number import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.number import Label, Page
    from press.tree import Node

_REFERENCE = re.compile(r"^(fig|tbl|eq|sec)-")


def astray(all_pages: Sequence[Page]) -> Iterator[Problem]:
    """Links to a place of a page, `#id` or `other.qmd#id`, where that page has no such id."""
    ids = {str(page.chapter.path): set(map(tree.identifier, tree.walk(page.blocks))) for page in all_pages}
    for page in all_pages:
        for node in tree.walk(page.blocks):
            target = node["c"][2][0] if node["t"] == "Link" else ""
            path, _, anchor = target.partition("#")
            there = links.follow(page.chapter.path, path) if path else str(page.chapter.path)
            if (
                anchor
                and not links.is_outside(target)
                and there in ids
                and links.place(anchor) not in ids[there]
            ):
                line = page.source.line_of(target)
                yield Problem(
                    page.source.path, line, f"the link {target} leads nowhere: {there} has no such id."
                )


def resolve(
    page: Page, found: dict[str, Label], chapters: dict[str, str]
) -> tuple[list[Node], list[Problem]]:
    """The page's tree with numbers on headings and captions and with references as links.

    A link's target is `#id` on the same page and `page.html#id` on another one. `chapters` gives the page of each
    chapter's path, for links to `.qmd` files. Numbered equations get their number as the attribute `number`.
    """
    problems: list[Problem] = []

    def change(node: Node) -> Node | list[Node]:
        if node["t"] == "Cite":
            return _references(page, node, found, problems)
        if node["t"] == "Header":
            label = found.get(tree.identifier(node))
            if label and label.number and "unnumbered" not in tree.classes(node):
                node["c"][1][2].append(["number", label.number])
        elif node["t"] == "Div" and numbered(node):
            label = found[tree.identifier(node)]
            if label.kind == "Equation":
                node["c"][0][2].append(["number", label.number])
            else:
                _caption(node, label)
        elif node["t"] == "Link":
            _qmd_link(page, node, chapters, problems)
        return node

    return tree.rewrite(page.blocks, change), problems


def _caption(node: Node, label: Label) -> None:
    inner = next(child for child in node["c"][1] if "caption" in tree.classes(child))
    first = inner["c"][1][0]
    mark = tree.span(tree.attr("", ["caption-label"]), [tree.text(label.words)])
    first["c"] = [mark, tree.SPACE, *first["c"]]


def _references(
    page: Page, cite: Node, found: dict[str, Label], problems: list[Problem]
) -> Node | list[Node]:
    """A Cite of references as links, `Figure 1.1, Figure 1.2`; one of citations as it is."""
    citations = cite["c"][0]
    references = [c for c in citations if _REFERENCE.match(c["citationId"])]
    if not references:
        return cite
    inlines: list[Node] = []
    for citation in citations:
        name = citation["citationId"]
        label = found.get(name)
        line = page.source.line_of(f"@{name}")
        if label is None:
            problems.append(
                Problem(page.source.path, line, f"@{name} refers to nothing: no such id in the book.")
            )
            continue
        if citation["citationPrefix"] or citation["citationSuffix"]:
            problems.append(
                Problem(page.source.path, line, f"@{name}: press knows references without words around them.")
            )
        if name.startswith("sec-") and not page.number:
            problems.append(
                Problem(
                    page.source.path, line, f"@{name}: on an unnumbered page Quarto words this otherwise."
                )
            )
        elif not label.number:
            problems.append(
                Problem(page.source.path, line, f"@{name} has no number: write a link, [words](…).")
            )
        shown = label.number if citation["citationMode"]["t"] == "SuppressAuthor" else label.words
        inlines += [tree.text(","), tree.SPACE] if inlines else []
        inlines.append(tree.link([tree.text(shown)], f"{label.page}#{name}", tree.attr("", ["reference"])))
    return inlines


def _qmd_link(page: Page, node: Node, chapters: dict[str, str], problems: list[Problem]) -> None:
    target = node["c"][2][0]
    path, _, anchor = target.partition("#")
    if links.is_outside(target) or not path.endswith(".qmd"):
        return
    found = chapters.get(links.follow(page.chapter.path, path))
    if found is None:
        problems.append(
            Problem(page.source.path, page.source.line_of(target), f"the link to {path} leads to no chapter.")
        )
        return
    node["c"][2][0] = found + (f"#{anchor}" if anchor else "")

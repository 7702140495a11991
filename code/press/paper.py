"""What a reader on paper needs beside the chapter's words, marked in its tree before Typst's text is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import answers, links, lower, tree, verdicts

if TYPE_CHECKING:
    from press.number import Page
    from press.tree import Node


def prepare(page: Page) -> tuple[list[Node], list[tuple[str, str, Node]]]:
    """The chapter's blocks, and its answers: id, title and callout."""
    told = verdicts.in_short(lower.judge(lower.elsewhere(lower.visible(page.blocks, typst=True))))
    shown, hidden = answers.gather(told, page.chapter.slug)
    return _with_pages(_offered(_kept(tree.rewrite(shown, _behind))), page), [
        (name, title, _with_pages([node], page)[0]) for name, title, node in hidden
    ]


def _behind(node: Node) -> Node | list[Node]:
    """A prediction in parts: what it asks, what choosing tells, and, behind it, the experiment.

    For on paper no frame should run over pages and around figures.
    """
    if node["t"] != "Div" or "predict" not in tree.classes(node):
        return node
    number = tree.value(node, "question")
    asked, told = (f"Question {number}", "Answer") if number else ("Predict", "What happens")
    parts: dict[str, list[Node]] = {"question": [], "verdicts": [], "reveal": []}
    for child in node["c"][1]:
        parts[next((name for name in parts if name in tree.classes(child)), "question")].append(child)
    question = tree.div(tree.attr("", ["question"], title=asked), parts["question"])
    reveal = [
        tree.div(tree.attr(tree.identifier(child), ["reveal"], title=told), child["c"][1])
        for child in parts["reveal"]
    ]
    return [tree.div(node["c"][0], [question, *parts["verdicts"]]), *reveal]


def _kept(blocks: list[Node]) -> list[Node]:
    """The blocks with each paragraph that only leads to the next block kept on that block's page.

    Such a paragraph is a question before the link to its answer, or a bold one at the head of a list.
    """
    kept: list[Node] = []
    for block in blocks:
        if kept and kept[-1]["t"] == "Para" and _leads(kept[-1], block):
            kept[-1] = tree.div(tree.attr("", ["asks"]), [kept[-1]])
        kept.append(block)
    return kept


def _offered(blocks: list[Node]) -> list[Node]:
    """The blocks with each figure whose code is not shown offered before its section, too.

    There it may float to the top of the page, if the page behind its section were the next.
    """
    offered: list[Node] = []
    section = None
    for block in blocks:
        if block["t"] == "Header":
            section = len(offered) if block["c"][0] > 1 else None
        offered.append(block)
        inside = block["c"][1] if "cell" in tree.classes(block) else []
        if section is not None and len(inside) == 1 and "figure" in tree.classes(inside[0]):
            offered.insert(section, tree.div(tree.attr("", ["early"]), inside))
            section += 1
    return offered


def _leads(paragraph: Node, following: Node) -> bool:
    if following["t"] == "BulletList":
        return bool(paragraph["c"][0]["t"] == "Strong")
    return any(name in tree.classes(following) for name in ("answer-link", "answer-links"))


def _with_pages(blocks: list[Node], page: Page) -> list[Node]:
    """The blocks with a mark on each link whose page a reader on paper needs to be told.

    These are words that lead to another chapter and do not say its number, and all references of an appendix, for it is
    there to look things up.
    """

    def change(node: Node) -> Node:
        path, _, anchor = node["c"][2][0].partition("#") if node["t"] == "Link" else ("", "", "")
        elsewhere = path.endswith(".html") and path != page.chapter.page and not links.is_outside(path)
        numbered = "reference" in tree.classes(node)
        if elsewhere and not anchor.startswith("ref-") and (page.chapter.appendix or not numbered):
            node["c"][0][1].append("paged")
        return node

    marked: list[Node] = tree.rewrite(blocks, change)
    return marked

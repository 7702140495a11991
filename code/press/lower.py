"""What the formats share on the way from press's tree to Pandoc's: visibility, and answers gathered at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import tree

if TYPE_CHECKING:
    from press.tree import Node

CALLOUTS = {
    "callout-note": "Note",
    "callout-tip": "Tip",
    "callout-important": "Important",
    "callout-warning": "Warning",
    "callout-caution": "Caution",
}


def callout(node: Node) -> str | None:
    """The kind of callout that a div is: its class."""
    if node["t"] != "Div":
        return None
    return next((name for name in tree.classes(node) if name in CALLOUTS), None)


def title(node: Node) -> str:
    """A callout's title: its own, or its kind's."""
    return tree.value(node, "title") or CALLOUTS[callout(node) or ""]


def is_collapsed(node: Node) -> bool:
    """Whether a callout waits to be opened: a hidden answer."""
    return tree.value(node, "collapse") == "true"


def visible(blocks: list[Node], *, typst: bool) -> list[Node]:
    """The blocks without those that are for the other formats. `when-format` and `unless-format` only know typst."""

    def change(node: Node) -> Node | list[Node]:
        if node["t"] == "Div" and "content-visible" in tree.classes(node):
            shown = typst if tree.value(node, "when-format") else not typst
            return node["c"][1] if shown else []
        return node

    changed: list[Node] = tree.rewrite(blocks, change)
    return changed


def tell_right(blocks: list[Node]) -> list[Node]:
    """The blocks with the right option of each prediction told in words, for formats in which nobody can choose."""

    def change(node: Node) -> Node:
        if not {"option", "right"} <= set(tree.classes(node)):
            return node
        choice, feedback = node["c"][1]
        mark = [tree.strong([tree.text("Right.")]), tree.SPACE]
        first, *rest = feedback["c"][1]
        words = [tree.para(mark + first["c"])] if first["t"] == "Para" else [tree.para(mark), first]
        return tree.div(node["c"][0], [choice, tree.div(feedback["c"][0], [*words, *rest])])

    told: list[Node] = tree.rewrite(blocks, change)
    return told


def gather_answers(blocks: list[Node], prefix: str) -> tuple[list[Node], list[tuple[str, Node]]]:
    """The blocks with each collapsed callout replaced by a link to its answer, and the answers: their ids and callouts.

    For formats that cannot hide. `prefix` makes the ids unique in the book; a link's place has the id `<id>-asked`.
    """
    answers: list[tuple[str, Node]] = []

    def change(node: Node) -> Node:
        if not callout(node) or not is_collapsed(node):
            return node
        name = f"{prefix}-answer-{len(answers) + 1}"
        answers.append((name, node))
        words = f"{title(node)} {len(answers)}, at the end of the chapter"
        return tree.div(
            tree.attr(f"{name}-asked", ["answer-link"]),
            [tree.para([tree.link(tree.words(words), f"#{name}")])],
        )

    return tree.rewrite(blocks, change), answers

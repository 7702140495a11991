"""What the formats share on the way from press's tree to Pandoc's: visibility, callouts, predictions."""

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


def elsewhere(blocks: list[Node]) -> list[Node]:
    """The blocks with "On the web page" for "Try this", which begins a question to a figure: only there it moves."""

    def change(node: Node) -> Node:
        if node["t"] == "Para" and node["c"][0]["t"] == "Strong":
            words = tree.plain(node["c"][0]["c"])
            if words.rstrip(":") == "Try this":
                first = tree.strong(tree.words(words.replace("Try this", "On the web page")))
                return tree.para([first, *node["c"][1:]])
        return node

    changed: list[Node] = tree.rewrite(blocks, change)
    return changed


def judge(blocks: list[Node]) -> list[Node]:
    """The blocks with each prediction's options first, and only then what choosing each tells, the right one in words.

    For formats in which nobody can choose. Both are lists with the same letters, in `.options` and `.verdicts`. What
    waits for a prediction elsewhere is a part of the text like any other.
    """

    def change(node: Node) -> Node | list[Node]:
        if node["t"] == "Div" and "reveal" in tree.classes(node) and tree.value(node, "after"):
            return list(node["c"][1])
        options = _options(node)
        if not options:
            return node
        choices = [option["c"][1][:-1] for option in options]
        return [
            tree.div(tree.attr("", ["options"]), [_lettered(choices)]),
            tree.div(tree.attr("", ["verdicts"]), [_lettered([_verdict(option) for option in options])]),
        ]

    judged: list[Node] = tree.rewrite(blocks, change)
    return judged


def _options(node: Node) -> list[Node]:
    """The options of a prediction that a list holds; none where it is another list."""
    if node["t"] != "BulletList" or not all("option" in tree.classes(item[0]) for item in node["c"]):
        return []
    return [item[0] for item in node["c"]]


def _lettered(items: list[list[Node]]) -> Node:
    return {"t": "OrderedList", "c": [[1, {"t": "UpperAlpha"}, {"t": "Period"}], items]}


def _verdict(option: Node) -> list[Node]:
    """What choosing the option tells."""
    first, *rest = option["c"][1][-1]["c"][1]
    if "right" not in tree.classes(option):
        return [first, *rest]
    mark = [tree.strong([tree.text("Right.")]), tree.SPACE]
    return [tree.para(mark + first["c"]), *rest] if first["t"] == "Para" else [tree.para(mark), first, *rest]

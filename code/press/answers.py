"""Hidden answers for formats that cannot hide: gathered for the chapter's end, with a link where each was asked for."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from press import lower, tree

if TYPE_CHECKING:
    from press.tree import Node

_END = "at the end of the chapter"
_MANY = 3  # links below one another that are better set side by side


def gather(blocks: list[Node], prefix: str) -> tuple[list[Node], list[tuple[str, str, Node]]]:
    """The blocks with each collapsed callout replaced by a link to its answer, and the answers: id, title and callout.

    An answer keeps its own id; one without gets one that starts with `prefix`, unique in the book. A link's place has
    the id `<id>-asked`. Titles that repeat are counted. Several links in a row stand in one `.answer-links`.
    """
    titles = [_of_question(node) for node in tree.walk(blocks) if _hides(node)]
    answers: list[tuple[str, str, Node]] = []

    def change(node: Node) -> Node:
        if not _hides(node):
            return node
        place = len(answers)
        name = tree.identifier(node) or f"{prefix}-answer-{place + 1}"
        count = titles[: place + 1].count(titles[place])
        words = f"{titles[place]} {count}" if titles.count(titles[place]) > 1 else titles[place]
        answers.append((name, words, node))
        link = tree.link(tree.words(f"{words}, {_END}"), f"#{name}")
        return tree.div(tree.attr(f"{name}-asked", ["answer-link"]), [tree.para([link])])

    return _side_by_side(tree.rewrite(blocks, change), dict(_words(answers))), answers


def _hides(node: Node) -> bool:
    return bool(lower.callout(node)) and lower.is_collapsed(node)


def _of_question(node: Node) -> str:
    """An answer's title; where it is no more than "Answer", with the number of its question, which its id ends in."""
    number = re.search(r"^ans-.*-(\d+)$", tree.identifier(node))
    words = lower.title(node)
    return f"{words} to question {number[1]}" if number and words == "Answer" else words


def _words(answers: list[tuple[str, str, Node]]) -> list[tuple[str, str]]:
    """For each link's place, what it says beside others: its title without the word that all of them share."""
    return [(f"{name}-asked", title.removesuffix(", answer")) for name, title, _ in answers]


def _side_by_side(blocks: list[Node], words: dict[str, str]) -> list[Node]:
    """The blocks with each run of links to answers as one element, which says only once where the answers stand."""
    joined: list[Node] = []
    for is_link, run in groupby(blocks, lambda block: "answer-link" in tree.classes(block)):
        found = list(run)
        if not is_link or len(found) < _MANY:
            joined += found
            continue
        for link in found:
            link["c"][1][0]["c"][0]["c"][1] = tree.words(words[tree.identifier(link)])
        told = tree.para(tree.words(f"Answers, {_END}:"))
        joined.append(tree.div(tree.attr("", ["answer-links"]), [told, *found]))
    return joined

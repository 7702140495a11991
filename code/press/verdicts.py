"""The checks of a derivation's lines for paper: one short line for all equations that a cell shows.

On the page each equation has its check beside it, a quotation of three lines: the left side's value, the right side's,
and how far they are apart (`show_step` of `ml_from_scratch.derivation` writes them). Below every line of a printed
derivation these digits would weigh more than the derivation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import tree

if TYPE_CHECKING:
    from press.tree import Node

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻\N{NO-BREAK SPACE}", "0123456789- ")
_SMALL = "difference"  # begins the last line of a check that holds; one that fails is in bold


def in_short(blocks: list[Node]) -> list[Node]:
    """The blocks with the checks in each cell as one line, which gives the largest difference.

    A check that fails stays below its equation and says only by how much.
    """

    def change(node: Node) -> Node:
        if node["t"] == "Div" and "cell" in tree.classes(node):
            return tree.div(node["c"][0], _merged(node["c"][1]))
        return node

    changed: list[Node] = tree.rewrite(blocks, change)
    return changed


def _merged(blocks: list[Node]) -> list[Node]:
    kept: list[Node] = []
    differences: list[str] = []
    for block in blocks:
        verdict = _verdict(block)
        if not verdict:
            kept.append(block)
        elif (said := tree.plain(verdict)).startswith(_SMALL):
            differences.append(said.removeprefix(_SMALL).strip())
        else:
            kept.append(_quotation([*tree.words("Both sides computed: they"), tree.SPACE, *verdict]))
    if differences:
        largest = max(differences, key=_size)
        apart = f"they differ by at most {largest}" if _size(largest) else "they do not differ"
        kept.append(_quotation(tree.words(f"Both sides computed: {apart}")))
    return kept


def _verdict(block: Node) -> list[Node]:
    """The last line of a check; nothing where the block is none."""
    inlines = block["c"][0]["c"] if block["t"] == "BlockQuote" else []
    breaks = [place for place, node in enumerate(inlines) if node["t"] == "LineBreak"]
    return inlines[breaks[-1] + 1 :] if breaks else []


def _size(difference: str) -> float:
    """The number that is written as 0 or as 2 × 10⁻¹⁶."""
    return float(difference.translate(_DIGITS).replace(" × 10", "e"))


def _quotation(inlines: list[Node]) -> Node:
    return {"t": "BlockQuote", "c": [tree.para(inlines)]}

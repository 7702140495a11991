"""What Pandoc says of a chapter: mathematics that does not convert or that a writer gets wrong, and its warnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press import pandoc, tree
from press.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.source import Source
    from press.tree import Node

# TeX that some writer gets wrong, and what to write instead (DESIGN's known facts, each tried).
WRONG_TEX = {
    r"\\\|": r"write \lVert … \rVert for a norm",
    r"\\[bB]igg?[lr]?(?![a-zA-Z])": r"write \left … \right, or nothing",
    r"\\tag\b": "give the equation an id: press numbers it",
    r"\\color\b": "colour has no place in an equation: name the parts",
    r"\\substack\b": "write two conditions side by side",
    r"\\mathbf\b": r"MathML sets it in bold italic: write \boldsymbol",
}
_TEX_FAILED = re.compile(r"Could not convert TeX math (.+?), rendering as TeX", re.DOTALL)
_WARNING = re.compile(r"^\[WARNING\] (.+?) at line (\d+) column \d+(.*)$", re.MULTILINE)
_SAME_ID = re.compile(r"^Duplicate identifier '(.+)'$")


def tex(source: Source, blocks: list[Node]) -> Iterator[Problem]:
    """Mathematics that does not convert."""
    forbidden = re.compile("|".join([*WRONG_TEX, r"\{\.inline n="]))  # said already
    maths = [
        tree.para([node])
        for node in tree.walk(blocks)
        if node["t"] == "Math" and not forbidden.search(node["c"][1])
    ]
    for target, arguments in (("html5", ["--mathml"]), ("typst", [])):
        try:
            pandoc.write(maths, to=target, arguments=arguments)
        except pandoc.PandocFailed as error:
            for found in _TEX_FAILED.findall(str(error)) or [str(error)]:
                lines = [line.strip() for line in found.strip().split("\n") if line.strip()]
                line = next((n for n in map(source.line_of, lines) if n), 0)
                yield Problem(source.path, line, f"this TeX does not convert: {found.strip()}")
            return


def warnings(source: Source, words: str) -> Iterator[Problem]:
    """What Pandoc warned of as it read the chapter."""
    for what, line, more in _WARNING.findall(words):
        same = _SAME_ID.match(what)
        if same:
            lines = source.lines_of_id(same[1])
            yield Problem(
                source.path,
                lines[1] if len(lines) > 1 else int(line),
                f"the id '{same[1]}' stands twice in the book.",
            )
        else:
            yield Problem(source.path, int(line), f"Pandoc warns: {what}{more}")
    if not _WARNING.search(words):
        yield Problem(source.path, 0, f"Pandoc cannot read this: {words}")

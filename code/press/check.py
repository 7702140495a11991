"""What press refuses in a chapter's tree before anything runs: the unknown, and what an engine would get wrong."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from press import links, lower, pandoc, tree
from press.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.project import Book
    from press.source import Source
    from press.tree import Node

CLASSES = {
    "predict", "option", "right", "feedback", "reveal", "derivation", "step", "because", "interactive",
    "content-visible", "column-margin", *lower.CALLOUTS,
}  # fmt: skip
_FILTERED = {"option", "feedback", "because"}  # classes of the divs that figures/elements.lua makes
_VISIBLE = (["when-format", "typst"], ["unless-format", "typst"])

# TeX that some writer gets wrong, and what to write instead (DESIGN's known facts, each tried).
_TEX = {
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
_DIV = re.compile(r"^[\s>]*:{3,}\s*[^\s:]")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s")
_GRID = re.compile(r"^\s*\+[-=:+]+\+\s*$")


def chapter(source: Source, blocks: list[Node], book: Book) -> Iterator[Problem]:
    """Everything that this chapter's tree is refused for, but for ids and references, which need the whole book."""
    place = _Place(source, blocks)
    cells = [node for node in tree.walk(blocks) if node["t"] == "CodeBlock" and "cell" in tree.classes(node)]
    lines = {int(tree.value(node, "line") or 0) for node in cells}
    for cell in source.cells:
        if cell.line not in lines:
            yield Problem(
                source.path, cell.line, f"the cell '{cell.label}' stands where Pandoc sees no cell."
            )
    seen = {
        tree.value(node, "n")
        for node in tree.walk(blocks)
        if node["t"] == "Code" and "inline" in tree.classes(node)
    }
    for n, inline in enumerate(source.inlines):
        if str(n) not in seen:
            yield Problem(
                source.path,
                inline.line,
                "an inline {python} stands where Pandoc sees no code, as inside $…$.",
            )
    for node in tree.walk(blocks):
        yield from _node(place, node, book)


class _Place:
    """Finds the line of a node: by its turn among the divs or headings, or by words that it holds."""

    def __init__(self, source: Source, blocks: list[Node]) -> None:
        self.source = source
        self.lines: dict[int, int] = {}
        nodes = list(tree.walk(blocks))
        divs = [node for node in nodes if node["t"] == "Div" and not _FILTERED & set(tree.classes(node))]
        headings = [node for node in nodes if node["t"] == "Header"]
        for pattern, found in ((_DIV, divs), (_HEADING, headings)):
            lines = [n for n in source.prose if pattern.match(source.lines[n - 1])]
            if len(lines) == len(found):
                self.lines |= {id(node): line for node, line in zip(found, lines, strict=True)}

    def problem(self, token: str, message: str, node: Node | None = None) -> Problem:
        line = (
            self.lines.get(id(node))
            or self.source.line_of(token)
            or self.source.line_of(token.split("\n", maxsplit=1)[0])
        )
        return Problem(self.source.path, line, message)


def _node(place: _Place, node: Node, book: Book) -> Iterator[Problem]:
    match node["t"]:
        case "RawBlock" | "RawInline":
            yield place.problem(node["c"][1], f"raw {node['c'][0]}: only one format would show it.")
        case "Header":
            yield from _header(place, node)
        case "Image":
            yield place.problem(
                node["c"][2][0], "a picture comes from a cell, with caption and alt text: no ![](…)."
            )
        case "Math":
            yield from _math(place, node)
        case "Link":
            yield from _link(place, node, book)
        case "Div":
            yield from _div(place, node)
        case "Span":
            yield place.problem("]{", "press knows no spans, [text]{…}: use emphasis, or a div.")
        case "Table":
            yield from _table(place, node)
        case "Code" | "CodeBlock" if "{python}" in node["c"][1] and "cell" not in tree.classes(node):
            yield place.problem(
                "{python}",
                "press runs no {python} here: an inline one stands on one line, a cell in no quotation.",
            )
        case "Str" if ":::" in node["c"]:
            yield place.problem(
                node["c"], "these colons open or close no div: blank lines around them are wanted."
            )
        case "Str" if "[^" in node["c"]:
            yield place.problem(node["c"], f"{node['c']}: there is no such footnote.")


def _header(place: _Place, node: Node) -> Iterator[Problem]:
    if not tree.identifier(node).startswith("sec-"):
        words = tree.plain(node["c"][2])
        yield place.problem(words, f"the heading “{words}” needs an id: {{#sec-…}}.", node)
    for unknown in [name for name in tree.classes(node) if name != "unnumbered"]:
        yield place.problem(
            f".{unknown}", f"unknown class '{unknown}' of a heading. press knows: unnumbered.", node
        )


def _math(place: _Place, node: Node) -> Iterator[Problem]:
    for pattern, instead in _TEX.items():
        if found := re.search(pattern, node["c"][1]):
            yield place.problem(found[0], f"{found[0]} in mathematics: {instead}.")


def _table(place: _Place, node: Node) -> Iterator[Problem]:
    _, _, _, head, bodies, foot = node["c"]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    cells = [cell for row in rows for cell in row[1]]
    if any(cell[2:4] != [1, 1] or [b["t"] for b in cell[4]] not in ([], ["Plain"]) for cell in cells):
        line = next((n for n in place.source.prose if _GRID.match(place.source.lines[n - 1])), 0)
        yield Problem(
            place.source.path, line, "press knows pipe tables, whose cells hold one line of text each."
        )


def _link(place: _Place, node: Node, book: Book) -> Iterator[Problem]:
    target: str = node["c"][2][0]
    path = target.partition("#")[0]
    if links.is_outside(target) or not path or path.endswith(".qmd"):
        return  # number.resolve looks up chapters
    found = links.follow(place.source.path, path)
    made = {f"{book.name}.pdf", f"{book.name}.epub"}
    if found not in made and not found.startswith("notebooks/"):  # links.check looks into the finished site
        yield place.problem(target, f"there is no file {found} in the book.")


def _div(place: _Place, node: Node) -> Iterator[Problem]:
    classes = tree.classes(node)
    if not classes and not tree.identifier(node):
        yield place.problem("<div", "a div without class or id is nothing to press.", node)
    for known in classes:
        if known.startswith("callout") and known not in lower.CALLOUTS:
            yield place.problem(
                known, f"unknown callout '{known}'. press knows: {', '.join(lower.CALLOUTS)}.", node
            )
        elif known not in CLASSES:
            yield place.problem(
                f".{known}", f"unknown class '{known}'. press knows: {', '.join(sorted(CLASSES))}.", node
            )
    if lower.callout(node):
        yield from _callout(place, node)
    elif "content-visible" in classes:
        if len(node["c"][0][2]) != 1 or node["c"][0][2][0] not in _VISIBLE:
            words = 'content-visible knows when-format="typst" and unless-format="typst".'
            yield place.problem(".content-visible", words, node)
    elif "predict" in classes:
        yield from _predict(place, node)
    elif "step" in classes and not any("because" in tree.classes(child) for child in node["c"][1]):
        yield place.problem(".step", 'a step of a derivation says why: because="…".', node)
    elif "derivation" in classes and any("step" not in tree.classes(child) for child in node["c"][1]):
        yield place.problem(".derivation", "a derivation holds steps and nothing else.", node)
    elif "interactive" in classes:
        inside = [c for c in tree.walk(node["c"][1]) if c["t"] == "CodeBlock" and "cell" in tree.classes(c)]
        if not tree.value(node, "figure") or len(inside) != 1:
            yield place.problem(
                ".interactive", 'an interactive names its figure="…" and holds one figure\'s cell.', node
            )


def _callout(place: _Place, node: Node) -> Iterator[Problem]:
    for key, value in node["c"][0][2]:
        if key not in ("title", "collapse"):
            words = f"unknown attribute '{key}' of a callout. press knows: title, collapse."
            yield place.problem(f"{key}=", words, node)
        elif key == "collapse" and value != "true":
            yield place.problem("collapse=", 'collapse is "true" or does not stand there.', node)


def _predict(place: _Place, node: Node) -> Iterator[Problem]:
    token = f"#{tree.identifier(node)}" if tree.identifier(node) else ".predict"
    options = [child for child in tree.walk(node["c"][1]) if "option" in tree.classes(child)]
    if len(options) < 3:
        yield place.problem(
            token, f"a prediction offers three options or more (`- [ ] …`); this has {len(options)}.", node
        )
    right = [option for option in options if "right" in tree.classes(option)]
    if len(right) != 1:
        yield place.problem(token, f"one option is right (`- [x] …`); {len(right)} are.", node)
    for option in options:
        if not option["c"][1][1]["c"][1]:
            words = tree.plain(option["c"][1][0])
            yield place.problem(words[:40], f"the option “{words}” does not tell what choosing it means.")
    if not any("reveal" in tree.classes(child) for child in node["c"][1]):
        yield place.problem(token, "a prediction ends with its .reveal.", node)
    if not tree.identifier(node):
        words = "a prediction needs an id, under which the reader's choice is kept: {.predict #prd-…}."
        yield place.problem(token, words, node)


def tex(source: Source, blocks: list[Node]) -> Iterator[Problem]:
    """Mathematics that does not convert."""
    forbidden = re.compile("|".join([*_TEX, r"\{\.inline n="]))  # said already
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


def unlisted(book: Book) -> Iterator[Problem]:
    """Chapters that lie in the folder and that the book does not list."""
    listed = {chapter.path for chapter in book.chapters}
    for path in sorted((book.root / "chapters").glob("*.qmd")):
        relative = PurePosixPath(path.relative_to(book.root))
        if relative not in listed:
            yield Problem(relative, 0, "this chapter is not listed in _quarto.yml.")

"""What press refuses in a chapter's tree before anything runs: what it does not know, or what an engine would get wrong."""

from __future__ import annotations

import re
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
    "content-visible", *lower.CALLOUTS,
}  # fmt: skip

# TeX that some writer gets wrong, and what to write instead (DESIGN's known facts, each tried).
_TEX = {
    r"\\\|": r"write \lVert … \rVert for a norm",
    r"\\[bB]igg?[lr]?(?![a-zA-Z])": r"write \left … \right, or nothing",
    r"\\tag\b": "give the equation an id: press numbers it",
    r"\\color\b": "colour has no place in an equation: name the parts",
    r"\\substack\b": "write two conditions side by side",
    r"\\mathbf\b": r"MathML sets it in bold italic: write \boldsymbol",
}
_TEX_FAILED = re.compile(r"Could not convert TeX math (.+?), rendering as TeX", re.S)


def chapter(source: Source, blocks: list[Node], book: Book) -> Iterator[Problem]:
    """Everything that this chapter's tree is refused for, but for ids and references, which need the whole book."""
    place = _Place(source)
    cells = [node for node in tree.walk(blocks) if node["t"] == "CodeBlock" and "cell" in tree.classes(node)]
    lines = {int(tree.value(node, "line") or 0) for node in cells}
    for cell in source.cells:
        if cell.line not in lines:
            yield Problem(source.path, cell.line, f"the cell '{cell.label}' stands where Pandoc sees no cell.")
    inlines = [node for node in tree.walk(blocks) if node["t"] == "Code" and "inline" in tree.classes(node)]
    if len(inlines) != len(source.inlines):
        yield Problem(source.path, 0, "an inline {python} stands where Pandoc sees no code, as inside $…$.")
    for node in tree.walk(blocks):
        yield from _node(place, node, book)


class _Place:
    """Finds the line of a node by words that it holds."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def problem(self, token: str, message: str) -> Problem:
        line = self.source.line_of(token) or self.source.line_of(token.split("\n")[0])
        return Problem(self.source.path, line, message)


def _node(place: _Place, node: Node, book: Book) -> Iterator[Problem]:
    match node["t"]:
        case "RawBlock" | "RawInline":
            yield place.problem(node["c"][1], f"raw {node['c'][0]}: only one format would show it.")
        case "Header":
            yield from _header(place, node)
        case "Image":
            yield place.problem(node["c"][2][0], "a picture comes from a cell, with caption and alt text: no ![](…).")
        case "Math":
            yield from _math(place, node)
        case "Link":
            yield from _link(place, node, book)
        case "Div":
            yield from _div(place, node)
        case "Str" if ":::" in node["c"]:
            yield place.problem(node["c"], "these colons open or close no div: blank lines around them are wanted.")


def _header(place: _Place, node: Node) -> Iterator[Problem]:
    if not tree.identifier(node).startswith("sec-"):
        words = tree.plain(node["c"][2])
        yield place.problem(words, f"the heading “{words}” needs an id: {{#sec-…}}.")


def _math(place: _Place, node: Node) -> Iterator[Problem]:
    for pattern, instead in _TEX.items():
        if found := re.search(pattern, node["c"][1]):
            yield place.problem(found[0], f"{found[0]} in mathematics: {instead}.")
    if "{python}" in node["c"][1]:
        yield place.problem("{python}", "an inline {python} inside $…$ is not run: close the mathematics before it.")


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
    name = tree.identifier(node)
    for known in classes:
        if known.startswith("callout") and known not in lower.CALLOUTS:
            yield place.problem(known, f"unknown callout '{known}'. press knows: {', '.join(lower.CALLOUTS)}.")
        elif known not in CLASSES:
            yield place.problem(f".{known}", f"unknown class '{known}'. press knows: {', '.join(sorted(CLASSES))}.")
    if lower.callout(node):
        yield from _callout(place, node)
    elif "content-visible" in classes:
        if [pair for pair in node["c"][0][2] if pair not in (["when-format", "typst"], ["unless-format", "typst"])]:
            yield place.problem(".content-visible", 'content-visible knows when-format="typst" and unless-format="typst".')
    elif "predict" in classes:
        yield from _predict(place, node)
    elif "step" in classes and not any("because" in tree.classes(child) for child in node["c"][1]):
        yield place.problem(".step", 'a step of a derivation says why: because="…".')
    elif "derivation" in classes and any("step" not in tree.classes(child) for child in node["c"][1]):
        yield place.problem(f"#{name}" if name else ".derivation", "a derivation holds steps and nothing else.")
    elif "interactive" in classes:
        inside = [c for c in tree.walk(node["c"][1]) if c["t"] == "CodeBlock" and "cell" in tree.classes(c)]
        if not tree.value(node, "figure") or len(inside) != 1:
            yield place.problem(".interactive", 'an interactive names its figure="…" and holds one figure\'s cell.')


def _callout(place: _Place, node: Node) -> Iterator[Problem]:
    for key, value in node["c"][0][2]:
        if key not in ("title", "collapse"):
            yield place.problem(f"{key}=", f"unknown attribute '{key}' of a callout. press knows: title, collapse.")
        elif key == "collapse" and value != "true":
            yield place.problem("collapse=", 'collapse is "true" or does not stand there.')


def _predict(place: _Place, node: Node) -> Iterator[Problem]:
    token = f"#{tree.identifier(node)}" if tree.identifier(node) else ".predict"
    options = [child for child in tree.walk(node["c"][1]) if "option" in tree.classes(child)]
    if len(options) < 3:
        yield place.problem(token, f"a prediction offers three options or more (`- [ ] …`); this has {len(options)}.")
    right = [option for option in options if "right" in tree.classes(option)]
    if len(right) != 1:
        yield place.problem(token, f"one option is right (`- [x] …`); {len(right)} are.")
    for option in options:
        if not option["c"][1][1]["c"][1]:
            words = tree.plain(option["c"][1][0])
            yield place.problem(words[:40], f"the option “{words}” does not tell what choosing it means.")
    if not any("reveal" in tree.classes(child) for child in node["c"][1]):
        yield place.problem(token, "a prediction ends with its .reveal.")
    if not tree.identifier(node):
        yield place.problem(token, "a prediction needs an id, under which the reader's choice is kept: {.predict #prd-…}.")


def tex(source: Source, blocks: list[Node]) -> Iterator[Problem]:
    """Mathematics that does not convert."""
    maths = [tree.para([node]) for node in tree.walk(blocks) if node["t"] == "Math"]
    for target, arguments in (("html5", ["--mathml"]), ("typst", [])):
        try:
            pandoc.write(maths, to=target, arguments=arguments)
        except pandoc.PandocFailed as error:
            for found in _TEX_FAILED.findall(str(error)) or [str(error)]:
                lines = [line.strip() for line in found.strip().split("\n") if line.strip()]
                line = next((n for n in map(source.line_of, lines) if n), 0)
                yield Problem(source.path, line, f"this TeX does not convert: {found.strip()}")
            return


def unlisted(book: Book) -> Iterator[Problem]:
    """Chapters that lie in the folder and that the book does not list."""
    listed = {chapter.path for chapter in book.chapters}
    for path in sorted((book.root / "chapters").glob("*.qmd")):
        relative = path.relative_to(book.root)
        if relative not in listed:
            yield Problem(relative, 0, "this chapter is not listed in _quarto.yml.")

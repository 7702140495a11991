"""Numbers, as Quarto gives them, and references resolved to them.

Two passes: `labels` walks each numbered chapter and finds what can be referred to; `resolve` then puts numbers on
everything and turns references into links, on any page, to any page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from press import links, tree
from press.errors import Problem
from press.project import letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.project import Chapter
    from press.source import Source
    from press.tree import Node

KINDS = {"fig": "Figure", "tbl": "Table", "eq": "Equation", "sec": "Section"}
_REFERENCE = re.compile(r"^(fig|tbl|eq|sec)-")
_NUMBERED = {"figure": "fig", "table": "tbl", "equation": "eq"}


@dataclass(frozen=True)
class Label:
    """Something that can be referred to."""

    name: str
    page: str
    number: str  # "" on an unnumbered page
    kind: str  # "Figure", "Section", "Chapter", "Appendix", …

    @property
    def words(self) -> str:
        """How a reference reads: "Figure 6.1"."""
        return f"{self.kind}\N{NO-BREAK SPACE}{self.number}" if self.number else self.kind


@dataclass(frozen=True)
class Page:
    """A chapter read: its place in the book, its number ("" without one), its title, its tree."""

    chapter: Chapter
    source: Source
    number: str
    title: list[Node]
    blocks: list[Node]

    @property
    def words(self) -> str:
        """The title as plain text."""
        return tree.plain(self.title)


def pages(read: Sequence[tuple[Chapter, Source, list[Node]]]) -> Iterator[Page | Problem]:
    """The chapters with their numbers: by position among the numbered ones, letters for appendices."""
    counts = {False: 0, True: 0}
    for chapter, source, blocks in read:
        first = blocks[0] if blocks else None
        if first is None or first["t"] != "Header" or first["c"][0] != 1:
            yield Problem(source.path, 0, "a chapter starts with its title: `# Title {#sec-…}`.")
            continue
        number = ""
        if "unnumbered" not in tree.classes(first):
            counts[chapter.appendix] += 1
            count = counts[chapter.appendix]
            number = letter(count) if chapter.appendix else str(count)
        yield Page(chapter, source, number, first["c"][2], blocks)


def labels(page: Page) -> Iterator[Label]:
    """What the page holds that can be referred to, in order, each with its number."""
    counts = dict.fromkeys(_NUMBERED.values(), 0)
    sections = [0] * 6
    for node in tree.walk(page.blocks):
        if node["t"] == "Header":
            level, (name, *_), _ = node["c"]
            number = page.number if "unnumbered" not in tree.classes(node) else ""
            if level > 1 and number:
                sections[level - 2] += 1
                sections[level - 1 :] = [0] * (7 - level)
                number = ".".join([number, *map(str, sections[: level - 1])])
            kind = "Section" if level > 1 else "Appendix" if page.chapter.appendix else "Chapter"
            yield Label(name, page.chapter.page, number, kind)
        elif node["t"] == "Div" and (short := _short(node)):
            name = tree.identifier(node)
            counts[short] += 1
            yield Label(name, page.chapter.page, f"{page.number}.{counts[short]}".lstrip("."), KINDS[short])


def _short(node: Node) -> str | None:
    """fig, tbl or eq for a numbered block."""
    if not tree.identifier(node):
        return None
    return next((short for name, short in _NUMBERED.items() if name in tree.classes(node)), None)


def index(all_pages: Sequence[Page]) -> tuple[dict[str, Label], list[Problem]]:
    """Every label of the book by its id, and the ids that stand twice."""
    found: dict[str, Label] = {}
    problems = []
    for page in all_pages:
        for label in labels(page):
            if not page.number and label.kind in ("Figure", "Table", "Equation"):
                short = label.name.partition("-")[0]
                message = (
                    f"'{label.name}' on an unnumbered page: engines number it differently. Drop {short}-."
                )
                problems.append(Problem(page.source.path, page.source.line_of(label.name), message))
            found[label.name] = label
    return found, [*problems, *_twice(all_pages)]


def _twice(all_pages: Sequence[Page]) -> Iterator[Problem]:
    """Ids of any kind that an earlier place of the book has."""
    seen: set[str] = set()
    cells: set[str] = set()
    for page in all_pages:
        here: set[str] = set()
        for name in filter(None, map(tree.identifier, tree.walk(page.blocks))):
            if name in seen and name.startswith("cell-"):
                cells.add(name.removeprefix("cell-"))  # `source.duplicates` says so
            elif name in seen and name not in cells:
                lines = page.source.lines_of_id(name)
                line = lines[min(name in here, len(lines) - 1)] if lines else page.source.line_of(name)
                yield Problem(page.source.path, line, f"the id '{name}' stands twice in the book.")
            seen.add(name)
            here.add(name)


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
        elif node["t"] == "Div" and _short(node):
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

"""Numbers, as Quarto gives them: what can be referred to in each chapter, found in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from press import tree
from press.errors import Problem
from press.project import letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.project import Chapter
    from press.source import Source
    from press.tree import Node

KINDS = {"fig": "Figure", "tbl": "Table", "eq": "Equation", "sec": "Section"}
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
        elif node["t"] == "Div" and (short := numbered(node)):
            name = tree.identifier(node)
            counts[short] += 1
            yield Label(name, page.chapter.page, f"{page.number}.{counts[short]}".lstrip("."), KINDS[short])


def numbered(node: Node) -> str | None:
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

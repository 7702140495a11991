"""The site: every file that it holds, by its path from the site's root. Nothing is written here."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from press import scripts, tree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from press.number import Page
    from press.project import Book, Chapter

Files = dict[str, bytes]

STYLESHEET, SCRIPT, THEME, MATH_FONT, SEARCH = (
    "assets/book.css",
    "assets/book.js",
    "assets/theme.js",
    "assets/math.woff2",
    "assets/search.js",
)
ICON = "icon.svg"
_MATH = re.compile(r"<math.*?</math>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def stylesheet(look: Path) -> str:
    """The palette, then the style sheets in the order of their names."""
    sheets = [look / "palette.css", *sorted((look / "css").glob("*.css"))]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def stylesheet_of_epub(look: Path) -> str:
    """What the EPUB takes of the look: colours come from the reader's device."""
    return (look / "epub.css").read_text(encoding="utf-8")


def assets(look: Path) -> Files:
    """What every page shares, but for the mathematics font."""
    return {
        STYLESHEET: stylesheet(look).encode(),
        SCRIPT: scripts.join(look / "js", "main.js").encode(),
        THEME: (look / "js" / "theme.js").read_bytes(),
        ICON: (look / "icon.svg").read_bytes(),
    }


def math_characters(bodies: Sequence[str]) -> str:
    """Every character that stands in mathematics on these pages, sorted."""
    found = set()
    for body in bodies:
        for math in _MATH.findall(body):
            found |= set(unescape(_TAG.sub("", math)))
    return "".join(sorted(found))


@cache
def _environment(look: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(look), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )


def page(book: Book, look: Path, pages: Sequence[Page], here: Page, body: str, notebook: str | None) -> bytes:
    """One page: the body in the template, with its place among the others."""
    chapter = here.chapter
    at = pages.index(here)
    matter = here.source.front_matter
    template = _environment(look).get_template("page.html.j2")
    return (
        template.render(
            book={**book.words, "licence": book.license, "repo": book.repository},
            page={
                "title": here.words,
                "description": matter.get("description", book.description),
                "number": here.number,
                "url": chapter.page,
                "root": chapter.root,
                "source": str(chapter.path),
                "minutes": matter.get("minutes"),
                "notebook": chapter.root + notebook if notebook else None,
                "body": Markup(body),  # noqa: S704 - press's own output, not a visitor's
                "toc": _contents(here),
                "prev": _neighbour(chapter, pages[at - 1]) if at else None,
                "next": _neighbour(chapter, pages[at + 1]) if at + 1 < len(pages) else None,
            },
            nav=navigation(pages, here),
            downloads=[
                {"href": f"{chapter.root}{book.name}.pdf", "label": "PDF"},
                {"href": f"{chapter.root}{book.name}.epub", "label": "EPUB"},
            ],
            stylesheet=chapter.root + STYLESHEET,
            script=chapter.root + SCRIPT,
            theme_script=chapter.root + THEME,
            search_index=chapter.root + SEARCH,
        ).encode()
        + b"\n"
    )


def navigation(pages: Sequence[Page], here: Page) -> list[dict[str, object]]:
    """The chapters in their parts."""
    parts: list[dict[str, object]] = []
    for other in pages:
        title = "Appendices" if other.chapter.appendix else other.chapter.part
        if not parts or parts[-1]["title"] != title:
            parts.append({"title": title, "chapters": []})
        entry = {**_neighbour(here.chapter, other), "current": other is here}
        chapters = parts[-1]["chapters"]
        assert isinstance(chapters, list)
        chapters.append(entry)
    return parts


def _neighbour(chapter: Chapter, other: Page) -> dict[str, object]:
    return {"href": chapter.root + other.chapter.page, "title": other.words, "number": other.number}


def _contents(here: Page) -> list[dict[str, str]]:
    """The page's own sections, of the first level below its title."""
    return [
        {
            "id": tree.identifier(node),
            "title": tree.plain(node["c"][2]),
            "number": tree.value(node, "number") or "",
        }
        for node in tree.walk(here.blocks)
        if node["t"] == "Header" and node["c"][0] == 2
    ]

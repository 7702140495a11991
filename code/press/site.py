"""The site: every file that it holds, by its path from the site's root. Nothing is written here."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from press import scripts, tree
from press.project import PAPERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from press.number import Page
    from press.project import Book

Files = dict[str, bytes]

STYLESHEET, SCRIPT, THEME, MATH_FONT, SEARCH = (
    "assets/book.css",
    "assets/book.js",
    "assets/theme.js",
    "assets/math.woff2",
    "assets/search.js",
)
PAGE_MODULE, FIGURES_MODULE = "js/main.js", "interactive/main.js"
ICON = "icon.svg"
CARD = "assets/card.png"
WIDGETS = "interactive/widgets"
_FIGURE = re.compile(r'data-figure="([^"]+)"')
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
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
        STYLESHEET: _squeeze(stylesheet(look)).encode(),
        SCRIPT: scripts.squeeze(scripts.join(look, PAGE_MODULE)).encode(),
        THEME: (look / "js" / "theme.js").read_bytes(),
        ICON: (look / "icon.svg").read_bytes(),
    }


def _squeeze(sheet: str) -> str:
    """The style sheet without its remarks, blank lines and indentation."""
    return "".join(f"{line}\n" for text in _REMARK.sub("", sheet).split("\n") if (line := text.strip()))


def _widgets(look: Path) -> set[str]:
    """The names of all figures to touch."""
    return {path.stem for path in (look / WIDGETS).glob("*.js")}


def figures_of(look: Path, body: str) -> tuple[str, ...]:
    """The names of the figures to touch on this page, sorted; where no module has the name, the still one stays."""
    return tuple(sorted(set(_FIGURE.findall(body)) & _widgets(look)))


def figures_address(names: Sequence[str]) -> str:
    """Where the script of these figures stands."""
    return f"assets/figures-{'-'.join(names)}.js"


def figures_script(look: Path, names: Sequence[str] | None = None) -> bytes:
    """The figures to touch of these names, or all of them, as one script: a page carries no other page's figures."""
    others = _widgets(look).difference(names if names is not None else _widgets(look))
    without = [f"{WIDGETS}/{name}.js" for name in others]
    return scripts.squeeze(scripts.join(look, FIGURES_MODULE, without)).encode()


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


class Written(NamedTuple):
    """What stands on one page: its text, previews of what that links to, and the notebook's address, if it has one."""

    body: str
    previews: str
    notebook: str | None


def page(book: Book, look: Path, pages: Sequence[Page], here: Page, written: Written) -> bytes:
    """One page: what stands on it in the template, with its place among the others."""
    chapter = here.chapter
    at = pages.index(here)
    matter = here.source.front_matter
    return _fill(
        book,
        look,
        pages,
        here,
        chapter.root,
        {
            "title": here.words,
            "description": matter.get("description", book.description),
            "number": here.number,
            "url": chapter.page,
            "source": str(chapter.path),
            "minutes": matter.get("minutes"),
            "notebook": chapter.root + written.notebook if written.notebook else None,
            "body": Markup(written.body),  # noqa: S704 - press's own output, not a visitor's
            "previews": Markup(written.previews),  # noqa: S704 - likewise
            "toc": _contents(here),
            "prev": _neighbour(chapter.root, pages[at - 1]) if at else None,
            "next": _neighbour(chapter.root, pages[at + 1]) if at + 1 < len(pages) else None,
        },
    )


def not_found(book: Book, look: Path, pages: Sequence[Page]) -> bytes:
    """The page that a server shows for an address that is not there, at whatever depth that address lies.

    So its links start at the site's own path, where `site-url` gives one, and else at the folder of the address.
    """
    root = urlsplit(book.site).path.rstrip("/") + "/" if book.site else ""
    body = _environment(look).get_template("404.html.j2").render(home=root + pages[0].chapter.page)
    given: dict[str, object] = {
        "title": "Not found",
        "description": "There is no page at this address.",
        "number": "",
        "url": None,
        "source": None,
        "minutes": None,
        "notebook": None,
        "body": Markup(body),  # noqa: S704 - the template's own
        "previews": "",
        "toc": [],
        "prev": None,
        "next": None,
    }
    return _fill(book, look, pages, None, root, given)


def sitemap(book: Book, pages: Sequence[Page]) -> Files:
    """`sitemap.xml`, where `site-url` says at which address the site will stand."""
    if not book.site:
        return {}
    found = "".join(f"<url><loc>{escape(_address(book, page.chapter.page))}</loc></url>\n" for page in pages)
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{schema}">\n{found}</urlset>\n'
    return {"sitemap.xml": text.encode()}


def _address(book: Book, path: str) -> str:
    """The whole address of a file of the site; its path alone where no `site-url` is given."""
    return f"{book.site.rstrip('/')}/{path.removesuffix('index.html')}" if book.site else path


def _fill(
    book: Book,
    look: Path,
    pages: Sequence[Page],
    here: Page | None,
    root: str,
    given: dict[str, object],
) -> bytes:
    """The template with a page's own part and what all pages share."""
    template = _environment(look).get_template("page.html.j2")
    figures = figures_of(look, str(given["body"]))
    filled = template.render(
        book={
            **book.words,
            "licence": book.license,
            "repo": book.repository,
            "site": book.site,
            "name": book.name,
        },
        page={**given, "root": root},
        canonical=_address(book, str(given["url"])) if book.site and given["url"] else None,
        card=_address(book, CARD) if book.site else root + CARD,
        nav=navigation(pages, here, root),
        downloads=[
            *({"href": root + name, "label": f"PDF, {PAPERS[paper]}"} for name, paper in book.pdfs.items()),
            {"href": f"{root}{book.name}.epub", "label": "EPUB"},
        ],
        stylesheet=root + STYLESHEET,
        script=root + SCRIPT,
        figures_script=root + figures_address(figures) if figures else None,
        theme_script=root + THEME,
        search_index=root + SEARCH,
    )
    return filled.encode() + b"\n"


def navigation(pages: Sequence[Page], here: Page | None, root: str) -> list[dict[str, object]]:
    """The chapters in their parts, as links that start at the root."""
    parts: list[dict[str, object]] = []
    for other in pages:
        if not parts or parts[-1]["title"] != other.chapter.part:
            parts.append({"title": other.chapter.part, "chapters": []})
        chapters = parts[-1]["chapters"]
        assert isinstance(chapters, list)
        chapters.append({**_neighbour(root, other), "current": other is here})
    return parts


def _neighbour(root: str, other: Page) -> dict[str, object]:
    return {"href": root + other.chapter.page, "title": other.words, "number": other.number}


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

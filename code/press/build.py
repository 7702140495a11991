"""The book made: every step in order, chapters side by side, results from the cache where nothing changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from press import (
    code_links,
    cover,
    epub,
    html,
    links,
    mathfont,
    notebook,
    pdf,
    previews,
    reading,
    ready,
    search,
    site,
    typst,
    wheel,
)
from press.cache import Cache, digest, files_digest
from press.parallel import side_by_side
from press.project import PAPERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement

    from press.number import Page
    from press.progress import Reporter
    from press.project import Book
    from press.ready import Ready
    from press.settle import Settled

FORMATS = ("html", "pdf", "second-pdf", "epub", "notebooks")


class Build:
    """One build of one book."""

    def __init__(self, book: Book, reporter: Reporter) -> None:
        self.book = book
        self.look = book.root / "figures"
        self.scratch = book.root / ".press"
        self.cache = Cache(self.scratch / "cache")
        self.reporter = reporter
        self.press = reading.press_digest()

    def files(self, formats: Sequence[str] = FORMATS) -> site.Files:
        """The whole book as files by their paths; raises PressError where a chapter does not hold."""
        chapters = self.ready()
        writers: dict[str, Callable[[Sequence[Ready]], site.Files]] = {
            "html": self.html,
            "pdf": self.pdf,
            "second-pdf": partial(self.pdf, second=True),
            "epub": self.epub,
            "notebooks": self.notebooks,
        }
        files: site.Files = {}
        for made in side_by_side(lambda name: writers[name](chapters), formats):
            files |= made
        if set(formats) == set(FORMATS):
            links.check(files, [chapter.page for chapter in chapters])
        self.cache.prune()
        return files

    def ready(self) -> list[Ready]:
        """The chapters, run and numbered."""
        return ready.chapters(self.book, self.cache, self.scratch, self.reporter)

    def html(self, chapters: Sequence[Ready]) -> site.Files:
        """The site's pages, their pictures, and what they share."""
        pages = [chapter.page for chapter in chapters]
        documented = code_links.entries(pages)

        def write(page: Page) -> str:
            names = code_links.on_page(page, documented)
            inputs = [self.press, page.chapter.page, page.blocks, names]
            made = self.cache.bytes(
                "html", inputs, lambda: html.write(page.blocks, page.chapter.page, names).encode()
            )
            return made.decode()

        with self.reporter.stage("the site"):
            bodies = side_by_side(write, pages)
            files = site.assets(self.look)
            characters = site.math_characters(bodies)
            files[site.MATH_FONT] = self.cache.bytes(
                "font", [self.press, characters], lambda: mathfont.subset_woff2(characters)
            )
            files[site.SEARCH] = search.script(pages, bodies)
            files[site.CARD] = self._cover("book-card")
            files["404.html"] = site.not_found(self.book, self.look, pages)
            files |= site.sitemap(self.book, pages)
            files["assets/math-font-licence.txt"] = mathfont.licence().encode()
            known: dict[str, list[HtmlElement]] = {}
            for page, body in zip(pages, bodies, strict=True):
                known |= previews.entries(page.chapter.page, body)
            for chapter, body in zip(chapters, bodies, strict=True):
                page = chapter.page
                has_notebook = "notebook" in page.source.front_matter
                written = site.Written(
                    body,
                    previews.template(page.chapter.page, body, known),
                    f"notebooks/{page.chapter.slug}.ipynb" if has_notebook else None,
                )
                if names := site.figures_of(self.look, body):
                    files[site.figures_address(names)] = site.figures_script(self.look, names)
                files[page.chapter.page] = site.page(self.book, self.look, pages, page, written)
                files |= {path: svg.encode() for path, svg in chapter.pictures.items()}
        return files

    def pdf(self, chapters: Sequence[Ready], *, second: bool = False) -> site.Files:
        """The PDF, or the second one, for the other paper."""
        look = pdf.template(self.look)

        def text(page: Page) -> str:
            inputs = [self.press, page.chapter.page, page.blocks]
            return self.cache.bytes("typst", inputs, lambda: typst.chapter(page).encode()).decode()

        pages = [chapter.page for chapter in chapters]
        written = side_by_side(text, pages)
        bodies = pdf.bodies([(page.chapter, body) for page, body in zip(pages, written, strict=True)])
        name, paper = list(self.book.pdfs.items())[second]
        document = pdf.document(self.book, bodies, look, paper)
        pictures = {path: svg for chapter in chapters for path, svg in chapter.pictures.items()}

        def settled(body: str, chapter: Ready) -> Settled:
            alone = pdf.alone(self.book, body, look, paper)
            inputs = [self.press, alone, chapter.pictures]
            made: Settled = self.cache.json("settled", inputs, lambda: pdf.settled(alone, chapter.pictures))
            return made

        def write() -> bytes:
            return pdf.write(document, pictures, side_by_side(settled, bodies, chapters))

        with self.reporter.stage(f"the PDF for {PAPERS[paper]}"):
            made = self.cache.bytes("pdf", [self.press, document, pictures], write)
        return {name: made}

    def epub(self, chapters: Sequence[Ready]) -> site.Files:
        """The EPUB."""
        css = site.stylesheet_of_epub(self.look)
        pictures = {path: svg for chapter in chapters for path, svg in chapter.pictures.items()}
        trees = [chapter.page.blocks for chapter in chapters]
        with self.reporter.stage("the EPUB"):
            front = self._cover("book-cover")
            made = self.cache.bytes(
                "epub",
                [self.press, css, pictures, trees, self.book.words, digest(front)],
                lambda: epub.write(self.book, [c.page for c in chapters], pictures, css, front),
            )
        return {f"{self.book.name}.epub": made}

    def _cover(self, kind: str) -> bytes:
        """The cover or the card."""
        given = cover.template(self.look)
        inputs = [self.press, kind, given, self.book.words]
        return self.cache.bytes("cover", inputs, lambda: cover.picture(kind, self.book, given))

    def notebooks(self, chapters: Sequence[Ready]) -> site.Files:
        """Each chapter's notebook, the combined ones, and the wheel of the package that they import."""
        with self.reporter.stage("the notebooks"):
            root = self.book.root
            built = self.cache.bytes(
                "wheel", files_digest(root, wheel.inputs(root)), lambda: wheel.build(root)
            )
            name = wheel.name(root)
            files = {f"notebooks/{name}": built}
            combined: dict[str, list[Ready]] = {}
            for chapter in chapters:
                if shared := chapter.page.source.front_matter.get("notebook"):
                    files |= self._notebook(chapter.page.chapter.slug, [chapter], name)
                    combined.setdefault(shared, []).append(chapter)
            for shared, members in combined.items():
                files |= self._notebook(shared, members, name)
        return files

    def _notebook(self, name: str, members: list[Ready], wheel_name: str) -> site.Files:
        cells = []
        for page, results in ((chapter.page, chapter.results) for chapter in members):
            root = notebook.root(self.book)
            inputs = [self.press, page.chapter.page, page.blocks, results, root]
            cells += self.cache.json("notebook", inputs, partial(notebook.cells, page, results, root))
        return {f"notebooks/{name}.ipynb": notebook.document(cells, self.book, wheel_name, name)}

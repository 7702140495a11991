"""The chapters' texts as one Typst document, and that as an accessible PDF."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from press import settle
from press.errors import PressError
from press.typst import page_label
from press.typst_text import string

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.project import Book, Chapter
    from press.settle import Settled


def template(look: Path) -> str:
    """The PDF's look."""
    return "\n".join(
        (look / name).read_text(encoding="utf-8") for name in ("palette.typ", "swatch.typ", "book.typ")
    )


def bodies(chapters: Sequence[tuple[Chapter, str]]) -> list[str]:
    """Each chapter's text behind what opens it: the first of a part bears the part's name."""
    made = []
    part = None
    for chapter, body in chapters:
        opens = f"part: {string(chapter.part)}" if chapter.part and chapter.part != part else ""
        key = string(chapter.slug)
        # What stands in a part stands below it among the bookmarks.
        text = [f"#set heading(offset: {int(bool(chapter.part))})", f"#set par(..rhythm({key}))", body]
        start = f"#chapter-start({opens}) <{page_label(chapter.page)}>"
        made.append("\n\n".join([start, *text, f"#chapter-end({key})"]))
        part = chapter.part
    return made


def document(book: Book, chapters: Sequence[str], look: str, paper: str) -> str:
    """The whole book on that paper."""
    return "\n\n".join([look, f"#show: book.with({_given(book, paper)})", *chapters])


def alone(book: Book, chapter: str, look: str, paper: str) -> str:
    """One chapter on that paper, set like a part of the book but for its links."""
    words = f"#show: book.with({_given(book, paper)}, alone: true)\n#let (link, paged) = leading-nowhere"
    return f"{look}\n\n{words}\n\n{chapter}"


def _given(book: Book, paper: str) -> str:
    return ", ".join(f"{key}: {string(value)}" for key, value in (book.words | {"paper": paper}).items())


def settled(text: str, pictures: dict[str, str]) -> Settled:
    """What a chapter that is set alone tells of its pages."""
    with _laid(text, pictures) as path:
        return settle.chapter(path)


def write(text: str, pictures: dict[str, str], chapters: Sequence[Settled]) -> bytes:
    """The PDF of a document and the pictures that it shows; its chapters told this. Same bytes for the same text."""
    with _laid(text, pictures) as path:
        made = typst.compile(
            str(path),
            root=str(path.parent),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs=settle.book(path, chapters),
            pdf_standards=["a-2a", "ua-1"],
            timestamp=0,
        )
        assert isinstance(made, bytes)
        return made


@contextmanager
def _laid(text: str, pictures: dict[str, str]) -> Iterator[Path]:
    """The path of a document in a folder of its own; Typst's errors become press's."""
    with tempfile.TemporaryDirectory(prefix="press-pdf-") as name:
        folder = Path(name)
        for path, svg in pictures.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(svg, encoding="utf-8")
        (folder / "book.typ").write_text(text, encoding="utf-8")
        try:
            yield folder / "book.typ"
        except RuntimeError as error:  # of a query, or Typst's own, which says more
            hints = "".join(f"\n  hint: {hint}" for hint in getattr(error, "hints", []))
            raise PressError(
                f"Typst cannot set the PDF: {error}{hints}\n{getattr(error, 'diagnostic', '')}"
            ) from None

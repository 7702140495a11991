"""The chapters' texts as one Typst document, and that as an accessible PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from press.errors import PressError
from press.settle import settle
from press.typst import page_label
from press.typst_text import string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.project import Book, Chapter


def template(look: Path) -> str:
    """The PDF's look."""
    return "\n".join((look / name).read_text(encoding="utf-8") for name in ("palette.typ", "book.typ"))


def document(book: Book, chapters: Sequence[tuple[Chapter, str]], look: str, paper: str) -> str:
    """The whole book on that paper: each chapter's text behind the part that starts with it."""
    told = book.words | {"paper": paper}
    given = ", ".join(f"{key}: {string(value)}" for key, value in told.items())
    text = [look, f"#show: book.with({given})"]
    part = None
    for chapter, body in chapters:
        opens = f"part: {string(chapter.part)}" if chapter.part and chapter.part != part else ""
        key = string(chapter.slug)
        text.append(f"#chapter-start({opens}) <{page_label(chapter.page)}>")
        # What stands in a part stands below it among the bookmarks.
        text += [f"#set heading(offset: {int(bool(chapter.part))})", f"#set par(..rhythm({key}))", body]
        text.append(f"#chapter-end({key})")
        part = chapter.part
    return "\n\n".join(text)


def write(text: str, pictures: dict[str, str]) -> bytes:
    """The PDF of a document and the pictures that it shows. Same bytes for the same document."""
    with tempfile.TemporaryDirectory(prefix="press-pdf-") as name:
        folder = Path(name)
        for path, svg in pictures.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(svg, encoding="utf-8")
        (folder / "book.typ").write_text(text, encoding="utf-8")
        try:
            return _compile(folder / "book.typ", settle(folder / "book.typ"))
        except typst.TypstError as error:
            hints = "".join(f"\n  hint: {hint}" for hint in error.hints or [])
            raise PressError(
                f"Typst cannot set the PDF: {error.message}{hints}\n{error.diagnostic or ''}"
            ) from None


def _compile(path: Path, settled: dict[str, str]) -> bytes:
    made = typst.compile(
        str(path),
        root=str(path.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=settled,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made

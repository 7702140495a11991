"""The chapters' texts as one Typst document, and that as an accessible PDF."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from press.errors import PressError
from press.typst import page_label
from press.typst_text import string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.project import Book, Chapter

_ROUNDS = 40  # far more than a book needs: most places settle in two or three


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
        # What stands in a part stands below it among the bookmarks.
        opens = f"part: {string(chapter.part)}" if chapter.part and chapter.part != part else ""
        text.append(f"#chapter-start({opens}) <{page_label(chapter.page)}>")
        # What stands in a part stands below it among the bookmarks.
        text += [f"#set heading(offset: {int(bool(chapter.part))})", body]
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
            return _compile(folder / "book.typ", _settle(folder / "book.typ"))
        except typst.TypstError as error:
            hints = "".join(f"\n  hint: {hint}" for hint in error.hints or [])
            raise PressError(
                f"Typst cannot set the PDF: {error.message}{hints}\n{error.diagnostic or ''}"
            ) from None


def _settle(path: Path) -> dict[str, str]:
    """Where each figure and table stands, by its key: "here", where it is written, or "next", atop the next page.

    Whether there is room depends on everything before, hence the rounds: each asks the document, set with the places
    so far, anew. What stands after the last change is final. A place that would change back and forth, since a figure
    takes its distance from the text with it, is "next".
    """
    places: dict[str, str] = {}
    crowded: set[str] = set()
    for _ in range(_ROUNDS):
        marks = typst.query(
            str(path),
            "<book-place>",
            root=str(path.parent),
            ignore_system_fonts=True,
            sys_inputs=_inputs(places),
        )
        asked = {mark["value"]["key"]: mark["value"]["place"] for mark in json.loads(marks)}
        first = next(
            (key for key, place in asked.items() if key not in crowded and places.get(key) != place), None
        )
        if first is None:
            break
        if places.get(first) == "here":
            crowded.add(first)  # all before it is settled, and there is no room for it
        places = asked | dict.fromkeys(crowded, "next")
    return places


def _inputs(places: dict[str, str]) -> dict[str, str]:
    return {"places": json.dumps(places)}


def _compile(path: Path, places: dict[str, str]) -> bytes:
    made = typst.compile(
        str(path),
        root=str(path.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=_inputs(places),
        pdf_standards=["a-2a", "ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made

"""The book's pictures of itself, set by Typst like its title page: the EPUB's cover, and the card that links show."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from press.project import Book

_WIDTHS = {"book-cover": (1600, 160), "book-card": (1200, 240)}  # in pixels and in millimetres
_MILLIMETRES = 25.4  # in an inch


def template(look: Path) -> str:
    """What both are set with."""
    return "\n".join(
        (look / name).read_text(encoding="utf-8")
        for name in ("palette.typ", "swatch.typ", "book.typ", "cover.typ")
    )


def picture(kind: str, book: Book, given: str) -> bytes:
    """The PNG of "book-cover" or "book-card"; given is the template's text. The same bytes for the same book."""
    words = {key: book.words[key] for key in ("title", "subtitle", "author")}
    # JSON's strings are Typst's, as in typst.py.
    arguments = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in words.items())
    pixels, millimetres = _WIDTHS[kind]
    with tempfile.TemporaryDirectory(prefix="press-cover-") as name:
        path = Path(name) / "cover.typ"
        path.write_text(f"{given}\n#{kind}({arguments})\n", encoding="utf-8")
        made = typst.compile(
            str(path), format="png", ppi=pixels / millimetres * _MILLIMETRES, ignore_system_fonts=True
        )
    assert isinstance(made, bytes)
    return made

"""What only the set pages tell: where figures find room, what waits for them, and which chapters have to be set closer.

A document is set several times. It says in marks how each round turned out and is given what has been found in its
inputs. `figures/book.typ` leaves the marks and reads the inputs.

Every chapter begins a page, so each is settled alone, and only those that have changed are settled again. Alone, the
numbers of pages that a text gives are not the book's, and may be wider or narrower. So the whole book is asked too:
nearly always it has nothing to change. What a document is given follows from its text alone, not from earlier builds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypedDict

import typst

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ROUNDS = 40  # far more than a book needs: most places settle in two or three
_FEW = 0.16  # of a page's height: what a chapter's last page should fill at least


class Settled(TypedDict):
    """What is known of a document's pages: all that a round is given, and what it need not ask again."""

    places: dict[str, str]  # of each figure, table and section, by its key
    crowded: list[str]  # keys of those that find no room where they are written, though it looks as if
    tight: list[str]  # chapters that are set closer


def chapter(path: Path) -> Settled:
    """What the document at that path tells, a chapter that is set alone.

    If its last page would hold a few lines it is set closer, where these lines then find room before it.
    """
    plain = _placed(path, {"places": {}, "crowded": [], "tight": []})
    if short := _short(path, plain):
        closer = _placed(path, {**plain, "tight": short})
        if not _short(path, closer):
            return closer
    return plain


def book(path: Path, chapters: Sequence[Settled]) -> dict[str, str]:
    """The inputs for the document at that path, the whole book, whose chapters told this."""
    told: Settled = {
        "places": {key: place for one in chapters for key, place in one["places"].items()},
        "crowded": [key for one in chapters for key in one["crowded"]],
        "tight": [key for one in chapters for key in one["tight"]],
    }
    return _inputs(_placed(path, told))


def _placed(path: Path, known: Settled) -> Settled:
    """With the places found: of figures, tables and sections, as `figures/book.typ` asks for them.

    Whether there is room depends on everything before, hence the rounds: each asks the document, set with the places
    so far, anew; the first with those given. What stands after the last change is final. A place that would change
    back and forth, since a figure takes its distance from the text with it, is "next".
    """
    places, crowded = known["places"], list(known["crowded"])
    for _ in range(_ROUNDS):
        now: Settled = {"places": places, "crowded": crowded, "tight": known["tight"]}
        asked = {mark["key"]: mark["place"] for mark in _marks(path, "book-place", now)}
        asked |= {key: "next" for key in crowded if key in asked}
        first = next((key for key, place in asked.items() if places.get(key) != place), None)
        if first is None:
            break
        if places.get(first) == "here":
            crowded.append(first)  # all before it is settled, and there is no room for it
        places = asked
    return now


def _short(path: Path, known: Settled) -> list[str]:
    """The chapters whose last page holds too little."""
    return [mark["key"] for mark in _marks(path, "book-end", known) if mark["filled"] < _FEW]


def _marks(path: Path, label: str, known: Settled) -> list[dict[str, Any]]:
    """The marks of that label in the document, set with what has been found so far."""
    marks = typst.query(
        str(path),
        f"<{label}>",
        root=str(path.parent),
        ignore_system_fonts=True,
        sys_inputs=_inputs(known),
    )
    return [mark["value"] for mark in json.loads(marks)]


def _inputs(known: Settled) -> dict[str, str]:
    return {"places": json.dumps(known["places"]), "tight": json.dumps(known["tight"])}

"""What only the set pages tell: where each figure and table finds room, and which chapters have to be set closer.

The document is set several times. It says in marks how each round turned out and is given what has been found in its
inputs, so that the last round is the PDF. `figures/book.typ` leaves the marks and reads the inputs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ROUNDS = 40  # far more than a book needs: most places settle in two or three
_FEW = 0.16  # of a page's height: what a chapter's last page should fill at least


def settle(path: Path) -> dict[str, str]:
    """The inputs for the document at that path.

    A chapter whose last page would hold a few lines is set closer, if these lines then find room before it.
    """
    places = _places(path, {}, ())
    if short := _short(path, places, ()):
        places = _places(path, places, short)
        tight = [key for key in short if key not in _short(path, places, short)]
        if tight != short:
            short, places = tight, _places(path, places, tight)
    return _inputs(places, short)


def _places(path: Path, places: dict[str, str], tight: Sequence[str]) -> dict[str, str]:
    """Where each figure and table stands, by its key: "here", where it is written, or "next", atop the next page.

    Whether there is room depends on everything before, hence the rounds: each asks the document, set with the places
    so far, anew; the first with those given. What stands after the last change is final. A place that would change
    back and forth, since a figure takes its distance from the text with it, is "next".
    """
    crowded: set[str] = set()
    for _ in range(_ROUNDS):
        asked = {mark["key"]: mark["place"] for mark in _marks(path, "book-place", places, tight)}
        first = next(
            (key for key, place in asked.items() if key not in crowded and places.get(key) != place), None
        )
        if first is None:
            break
        if places.get(first) == "here":
            crowded.add(first)  # all before it is settled, and there is no room for it
        places = asked | dict.fromkeys(crowded, "next")
    return places


def _short(path: Path, places: dict[str, str], tight: Sequence[str]) -> list[str]:
    """The chapters whose last page holds too little."""
    return [mark["key"] for mark in _marks(path, "book-end", places, tight) if mark["filled"] < _FEW]


def _marks(path: Path, label: str, places: dict[str, str], tight: Sequence[str]) -> list[dict[str, Any]]:
    """The marks of that label in the document, set with what has been found so far."""
    marks = typst.query(
        str(path),
        f"<{label}>",
        root=str(path.parent),
        ignore_system_fonts=True,
        sys_inputs=_inputs(places, tight),
    )
    return [mark["value"] for mark in json.loads(marks)]


def _inputs(places: dict[str, str], tight: Sequence[str]) -> dict[str, str]:
    return {"places": json.dumps(places), "tight": json.dumps(list(tight))}

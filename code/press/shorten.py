"""A module's own names, cut short, so that a page carries less of them.

Every name that the module declares gets a short one, the same wherever the module says it, so that scopes stay as they
are; `const` becomes `let`. What is no name of its own keeps its letters: properties, keys, methods, the browser's. Of
JavaScript, only the forms that the book's modules use are known; the page's own tests hold the outcome to its work.
"""

from __future__ import annotations

import itertools
import re
import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_HOLE = re.compile(r"\$\{[^{}]*\}")  # in a template
_IN_HOLE = re.compile(r"""(?P<kept>"[^"]*"|'[^']*'|\.{3}|\.[A-Za-z_$][\w$]*)|(?P<name>[A-Za-z_$][\w$]*)""")
_KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        "as async await break case catch class const continue default delete do else export extends false finally for "
        "function if import in instanceof let new null of return super switch this throw true try typeof undefined "
        "var void while with yield",
    )
)
_BEFORE_BLOCK = frozenset([")", ";", "{", "}", "else", "try", "finally", "do"])


def shorten(tokens: Sequence[str]) -> list[str]:
    """The tokens of a module, without its space and comments, and with its own names cut short."""
    module = _Module(tokens)
    taken = {name for part in tokens for name in _NAME.findall(part)}
    fresh = (name for name in _names() if name not in taken and name not in _KEYWORDS)
    often = sorted(module.declared(), key=lambda name: (-list(tokens).count(name), name))
    short = {name: new for name, new in zip(often, fresh, strict=False) if len(new) < len(name)}
    return [module.renamed(place, short) for place in range(len(tokens))]


def _names() -> Iterator[str]:
    """Names from the shortest on: a, b, …, Z, aa, ab and so on."""
    for length in itertools.count(1):
        yield from map("".join, itertools.product(string.ascii_letters, repeat=length))


class _Module:
    """A module's tokens, and what its brackets are."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = [*tokens, "", ""]
        self.partner: dict[int, int] = {}
        self.in_object: list[bool] = []  # whether the innermost bracket is that of an object or a pattern
        open_: list[tuple[int, bool]] = []
        for place, part in enumerate(tokens):
            if part in (")", "]", "}"):
                start, _ = open_.pop()
                self.partner |= {start: place, place: start}
            self.in_object.append(bool(open_) and open_[-1][1])
            if part in ("(", "[", "{"):
                open_.append((place, part == "{" and not self._opens_block(place)))

    def _opens_block(self, place: int) -> bool:
        before = self.tokens[max(0, place - 2) : place]
        return not before or before[-1] in _BEFORE_BLOCK or before == ["=", ">"]

    def declared(self) -> set[str]:
        """Every name that is bound here, as a constant, a variable, a function or an argument."""
        names: set[str] = set()
        tokens = self.tokens
        for place, part in enumerate(tokens):
            after = tokens[place + 1 : place + 2]
            if part in ("const", "let"):
                self._targets(place + 1, names)
            elif part == "function":
                names.add(after[0])
                self._arguments(place + 2, names)
            elif part == "catch" and after == ["("]:
                self._arguments(place + 1, names)
            elif part == "=" and after == [">"]:
                if tokens[place - 1] == ")":
                    self._arguments(self.partner[place - 1], names)
                else:
                    names.add(tokens[place - 1])
            elif part == ")" and after == ["{"] and self.in_object[self.partner[place]]:  # a method
                self._arguments(self.partner[place], names)
        return {name for name in names if _NAME.fullmatch(name) and name not in _KEYWORDS}

    def _targets(self, place: int, names: set[str]) -> None:
        """The names of `const a = 1, { b } = c;`, from the first on."""
        while True:
            place = self._rest(self._pattern(place, names))
            if self.tokens[place] != ",":
                return
            place += 1

    def _arguments(self, start: int, names: set[str]) -> None:
        """The names between a bracket and its partner, each with its default passed over."""
        end, place = self.partner[start], start + 1
        while place < end:
            key = self.tokens[start] == "{" and self.tokens[place + 1] == ":"
            place = self._rest(self._pattern(place + 2 if key else place, names)) + 1

    def _pattern(self, place: int, names: set[str]) -> int:
        """The names that one target binds; the place after it."""
        while self.tokens[place] == ".":
            place += 1
        part = self.tokens[place]
        if part in ("[", "{"):
            self._arguments(place, names)
            return self.partner[place] + 1
        if part == ",":  # a hole in a list
            return place
        names.add(part)
        return place + 1

    def _rest(self, place: int) -> int:
        """The place of the comma or the end that follows a value."""
        while self.tokens[place] not in (",", ";", ")", "]", "}", "of", ""):
            place = self.partner.get(place, place) + 1
        return place

    def renamed(self, place: int, short: dict[str, str]) -> str:
        """The part as it is written now."""
        part, after = self.tokens[place], self.tokens[place + 1]
        if part.startswith("`"):
            return _HOLE.sub(
                lambda hole: _IN_HOLE.sub(lambda found: short.get(found[0], found[0]), hole[0]), part
            )
        if part not in short:
            return "let" if part == "const" else part
        before = self.tokens[max(0, place - 3) : place]
        if before[-1:] == ["."] and before != [".", ".", "."]:
            return part
        if self.in_object[place]:
            if before[-1] in ("{", ","):  # a key, a method, or both a key and a name
                return part if after in (":", "(") else f"{part}:{short[part]}"
            if before[-1] in ("get", "set", "async") and before[-2] in ("{", ",") and after == "(":
                return part
        return short[part]

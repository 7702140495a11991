"""The names that a module of JavaScript binds, and the stretches of it in which each holds.

A module is a list of its tokens, without space and comments. Only the forms that the book's modules use are known: no
`class`, no `var`, no label that is also a name; each statement ends in a semicolon or a block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = re.compile(r"[A-Za-z_$][\w$]*")
KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        "as async await break case catch class const continue default delete do else export extends false finally for "
        "function if import in instanceof let new null of return super switch this throw true try typeof undefined "
        "var void while with yield",
    )
)
_BEFORE_BLOCK = frozenset([")", ";", "{", "}", "else", "try", "finally", "do"])


class Module:
    """A module's tokens, and what its brackets are."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = [*tokens, "", ""]
        self.partner: dict[int, int] = {}
        self.in_object: list[bool] = []  # whether the innermost bracket is that of an object or a pattern
        self.inside: list[int] = []  # where the innermost bracket opens, -1 where there is none
        open_: list[tuple[int, bool]] = [(-1, False)]
        for place, part in enumerate(tokens):
            if part in (")", "]", "}"):
                start, _ = open_.pop()
                self.partner |= {start: place, place: start}
            self.inside.append(open_[-1][0])
            self.in_object.append(open_[-1][1])
            if part in ("(", "[", "{"):
                open_.append((place, part == "{" and not self._opens_block(place)))

    def _opens_block(self, place: int) -> bool:
        before = self.tokens[max(0, place - 2) : place]
        return not before or before[-1] in _BEFORE_BLOCK or before == ["=", ">"]

    def declared(self) -> dict[str, list[range]]:
        """Every name that is bound here, as a constant, a variable, a function or an argument, with where it holds."""
        found: dict[str, list[range]] = {}
        tokens = self.tokens
        for place, part in enumerate(tokens):
            names: set[str] = set()
            after = tokens[place + 1 : place + 2]
            if after == [":"] or tokens[place - 1 : place] in (["."], ["?."]):
                continue  # a property may be called `function`
            if part in ("const", "let"):
                self._targets(place + 1, names)
                where = self._around(place)
            elif part == "function":
                title = place + 1 + (after == ["*"])
                start = title + (tokens[title] != "(")
                self._arguments(start, names)
                where = range(place, self._body(start))
                if start > title:
                    found.setdefault(tokens[title], []).append(self._around(place))
            elif part == "catch" and after == ["("]:
                self._arguments(place + 1, names)
                where = range(place, self._body(place + 1))
            elif part == "=" and after == [">"]:
                start = self.partner.get(place - 1, place - 1)
                if start < place - 1:
                    self._arguments(start, names)
                else:
                    names.add(tokens[start])
                where = range(start, self._end(place + 2))
            elif part == ")" and after == ["{"] and self.in_object[self.partner[place]]:  # a method
                self._arguments(self.partner[place], names)
                where = range(self.partner[place], self._body(self.partner[place]))
            else:
                continue
            for name in names:
                found.setdefault(name, []).append(where)
        return {
            name: places for name, places in found.items() if NAME.fullmatch(name) and name not in KEYWORDS
        }

    def _around(self, place: int) -> range:
        """The block of a declaration; of one in the brackets of a loop, these and the loop's body."""
        start = self.inside[place]
        if start < 0:
            return range(len(self.tokens))
        end = self.partner[start]
        return range(start, self._body(start) if self.tokens[start] == "(" else end)

    def _body(self, start: int) -> int:
        """Where the block or the statement ends that follows a pair of round brackets."""
        place = self.partner[start] + 1
        return self.partner[place] if self.tokens[place] == "{" else self._end(place)

    def _end(self, place: int) -> int:
        """Where an expression ends."""
        while self.tokens[place] not in (",", ";", ")", "]", "}", ""):
            place = self.partner.get(place, place) + 1
        return place

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

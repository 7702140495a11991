"""A module's own names, cut short, so that a page carries less of them.

Every name that the module declares gets a short one, the same wherever the module says it, so that one scope hides
another as before; `const` becomes `let`. What is no name of its own keeps its letters: properties, keys, methods, the
browser's.

What is assumed: only the forms of JavaScript that bindings.py knows; no `eval` and no `with`, which would read a name
from a text. A name that is declared in one function and is the browser's in another (`name`, `status`, `open`) keeps
its letters everywhere. The page's own tests hold the outcome to its work.
"""

from __future__ import annotations

import itertools
import re
import string
from typing import TYPE_CHECKING

from press.bindings import KEYWORDS, NAME, Module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOLE = re.compile(r"\$\{[^{}]*\}")  # in a template
_IN_HOLE = re.compile(r"""(?P<kept>"[^"]*"|'[^']*'|\.{3}|\.[A-Za-z_$][\w$]*)|(?P<name>[A-Za-z_$][\w$]*)""")


def shorten(tokens: Sequence[str]) -> list[str]:
    """The tokens of a module, without its space and comments, and with its own names cut short."""
    module = Module(tokens)
    declared = module.declared()
    taken = {name for part in tokens for name in NAME.findall(part)}
    fresh = (name for name in _names() if name not in taken and name not in KEYWORDS)
    own = [name for name, places in declared.items() if not _strays(module, name, places)]
    often = sorted(own, key=lambda name: (-list(tokens).count(name), name))
    short = {name: new for name, new in zip(often, fresh, strict=False) if len(new) < len(name)}
    return [_renamed(module, place, short) for place in range(len(tokens))]


def _strays(module: Module, name: str, places: Sequence[range]) -> bool:
    """Whether the name is also said where none of its declarations holds: there it is another's."""
    for place, part in enumerate(module.tokens[:-2]):
        if name in part and not any(place in each for each in places):
            mark = {name: f"{name}$"}
            if _renamed(module, place, mark) != _renamed(module, place, {}):
                return True
    return False


def _names() -> Iterator[str]:
    """Names from the shortest on: a, b, …, Z, aa, ab and so on."""
    for length in itertools.count(1):
        yield from map("".join, itertools.product(string.ascii_letters, repeat=length))


def _renamed(module: Module, place: int, short: dict[str, str]) -> str:
    """The part as it is written now."""
    part, after = module.tokens[place], module.tokens[place + 1]
    if part.startswith("`"):
        return _HOLE.sub(
            lambda hole: _IN_HOLE.sub(lambda found: short.get(found[0], found[0]), hole[0]), part
        )
    if part not in short:
        return "let" if part == "const" else part
    before = module.tokens[max(0, place - 3) : place]
    if before[-1:] == ["."] and before != [".", ".", "."]:
        return part
    if module.in_object[place]:
        if before[-1] in ("{", ","):  # a key, a method, or both a key and a name
            return part if after in (":", "(") else f"{part}:{short[part]}"
        if before[-1] in ("get", "set", "async") and before[-2] in ("{", ",") and after == "(":
            return part
    return short[part]

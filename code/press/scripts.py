"""The page's scripts: ES modules, so that Node can test them, joined into one classic script, which `file://` allows.

Each module becomes a function that returns its exports, its own names cut short; only the forms that the book's modules
use are known.
A module is named by its path from one folder, and imports by a path from where it stands.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from press.errors import refuse
from press.shorten import shorten

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[\w/.-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ )
  | (?P<kept> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
      | `(?:\\.|\$\{[^`{}]*\}|\$(?!\{)|[^`\\$])*`
      | (?<=[(,=:!&|?])\ ?/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n\[])+/[a-z]* )
  | (?P<space> \s+ )
  | (?P<word> [\w$]+ )
  | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_HOLE = re.compile(r"(?<!\\)\$\{([^{}]*)\}")  # in a template
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)


def join(folder: Path, entry: str, without: Collection[str] = ()) -> str:
    """The entry module with all it imports, dependencies first, as one script.

    What the modules `without` would export is undefined in it, and what they alone import is not there.
    """
    done: dict[str, str] = {}
    _add(folder, entry, done, {}, (), frozenset(without))
    body = "\n".join(done.values())
    return f'"use strict";\n(() => {{\n{body}}})();\n'


def squeeze(script: str) -> str:
    """The script without comments, space and marks that only its reader needs; only `join`'s names are cut short.

    A line break stays where a statement might end. Templates inside templates are not known, and refused.
    """
    made: list[str] = []
    gap = ""
    modules: dict[str, str] = {}
    for found in _TOKEN.finditer(script):
        text = found[0]
        if found.lastgroup in ("comment", "space"):
            gap = "\n" if "\n" in gap + text else " "
            continue
        if text == "`":
            raise refuse(PurePosixPath("figures"), 0, "press cannot squeeze a template inside a template.")
        if text == ">" and made[-2:] == [")", "="] and made[-4:-3] == ["("] and _is_word(made[-3][0]):
            after_word = len(made) > 4 and _is_word(made[-5][-1])
            made[-4:-1] = [" " * after_word + made[-3]]  # an arrow's only parameter needs no brackets
        if (text == "}" and made[-1:] in ([";"], [","])) or (text == ")" and made[-1:] == [","]):
            made.pop()  # nothing needs it there: the house's loops have bodies
            gap = ""
        last = made[-1][-1] if made else ";"
        if gap == "\n" and last not in ";{,([" and text not in ")]":
            made.append("\n")
        elif gap and ((_is_word(last) and _is_word(text[0])) or (last in "+-" and text[0] == last)):
            made.append(" ")
        if text.startswith("module_"):
            text = modules.setdefault(text, f"m{len(modules)}")
        if text[0] == "`":
            text = _HOLE.sub(lambda hole: f"${{{squeeze(hole[1]).strip()}}}", text)
        made.append(text.strip() if found.lastgroup == "kept" else text)
        gap = ""
    return "".join(made) + "\n"


def _is_word(character: str) -> bool:
    return character.isalnum() or character in "_$"


def _add(
    folder: Path,
    name: str,
    done: dict[str, str],
    given: dict[str, list[str]],
    above: tuple[str, ...],
    without: frozenset[str],
) -> None:
    path = PurePosixPath(folder.name) / name
    if name in above:
        raise refuse(path, 0, f"these modules import each other: {' -> '.join([*above, name])}.")
    if name in done:
        return
    if name.startswith("../") or not (folder / name).is_file():
        raise refuse(
            PurePosixPath(folder.name) / above[-1] if above else path, 0, f"there is no module ./{name}."
        )
    text = (folder / name).read_text(encoding="utf-8")
    names: list[str] = []

    def bring(found: re.Match[str]) -> str:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
        if other in without:
            return f"const {{ {_wanted(found[1], [])} }} = {{}};\n"
        _add(folder, other, done, given, (*above, name), without)
        return f"const {{ {_wanted(found[1], given[other])} }} = {_variable(other)};\n"

    def give(found: re.Match[str]) -> str:
        names.append(found[1])
        return ""

    text = _EXPORT.sub(give, _IMPORT.sub(bring, text))
    if other := _OTHER.search(text):
        raise refuse(path, text.count("\n", 0, other.start()) + 1, f"press cannot join this form: {other[0]}")
    given[name] = names
    body = _short(f"{text}return [{', '.join(names)}];\n")
    done[name] = f"const {_variable(name)} = (() => {{\n{body}}})();\n"


def _short(text: str) -> str:
    """A module's text with its own names cut short."""
    parts = [(found.lastgroup, found[0]) for found in _TOKEN.finditer(text)]
    own = iter(shorten([part for kind, part in parts if kind not in ("comment", "space")]))
    return "".join(part if kind in ("comment", "space") else next(own) for kind, part in parts)


def _wanted(names: str, given: list[str]) -> str:
    """The names of an import as the pattern that takes them, by their places, out of what a module gives."""
    pairs = (part.strip().partition(" as ") for part in names.split(",") if part.strip())
    return ", ".join(
        f"{given.index(name) if name in given else name}: {alias or name}" for name, _, alias in pairs
    )


def _variable(name: str) -> str:
    return "module_" + re.sub(r"\W", "_", name.removesuffix(".js"))

"""The page's scripts: ES modules, so that Node can test them, joined into one classic script, which `file://` allows.

Each module becomes a function that returns its exports; only the forms that the book's modules use are known.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from press.errors import refuse

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w/-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)


def join(folder: Path, entry: str) -> str:
    """The entry module with all it imports, dependencies first, as one script."""
    done: dict[str, str] = {}
    _add(folder, entry, done, ())
    body = "\n".join(done.values())
    return f'"use strict";\n(() => {{\n{body}}})();\n'


def _add(folder: Path, name: str, done: dict[str, str], above: tuple[str, ...]) -> None:
    path = PurePosixPath(folder.name) / name
    if name in above:
        raise refuse(path, 0, f"these modules import each other: {' -> '.join([*above, name])}.")
    if name in done:
        return
    if not (folder / name).is_file():
        raise refuse(
            PurePosixPath(folder.name) / above[-1] if above else path, 0, f"there is no module ./{name}."
        )
    text = (folder / name).read_text(encoding="utf-8")
    names: list[str] = []

    def bring(found: re.Match[str]) -> str:
        _add(folder, found[2], done, (*above, name))
        wanted = ", ".join(part.strip().replace(" as ", ": ") for part in found[1].split(",") if part.strip())
        return f"const {{ {wanted} }} = {_variable(found[2])};\n"

    def give(found: re.Match[str]) -> str:
        names.append(found[1])
        return ""

    text = _EXPORT.sub(give, _IMPORT.sub(bring, text))
    if other := _OTHER.search(text):
        raise refuse(path, text.count("\n", 0, other.start()) + 1, f"press cannot join this form: {other[0]}")
    done[name] = f"const {_variable(name)} = (() => {{\n{text}return {{ {', '.join(names)} }};\n}})();\n"


def _variable(name: str) -> str:
    return "module_" + re.sub(r"\W", "_", name.removesuffix(".js"))

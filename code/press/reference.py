"""A package's reference from its docstrings, for the chapter that shows it: read by Griffe, nothing imported."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = Path(__file__).parents[1]  # where the packages lie side by side
_LONGEST = 84  # characters of a signature on one line
_ENTRY = re.compile(r"(?=^[A-Za-z]\w*(?:, \w+)*: )", re.MULTILINE)
_CODE = re.compile(r"(`[^`]+`)")


class Reference:
    """Markdown that a cell shows."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_markdown_(self) -> str:
        return self.text


def show_module(name: str) -> Reference:
    """Show what a module offers: its own words, then each public name with its signature and docstring.

    name is dotted, `ml_from_scratch.vectors`. A package shows what it exports. Each signature has the dotted name as
    its id, so that code elsewhere can link to it. Raises ModuleNotFoundError where there is no such module, ValueError
    where a public name has no docstring.
    """
    loaded = griffe.ModulesCollection()
    try:
        griffe.load(
            name.partition(".")[0], search_paths=[CODE], allow_inspection=False, modules_collection=loaded
        )
        module = loaded[name]
    except (KeyError, ImportError):
        raise ModuleNotFoundError(f"there is no module {name} beside press.", name=name) from None
    parts = [_prose(module)]
    for item in _public(module):
        parts += [_signature(item, name), _prose(item)]
        if item.is_class:
            for member in _public(item):
                parts += [_signature(member, name, owner=item.name), _prose(member)]
    return Reference("\n\n".join(parts))


def _public(owner: griffe.Object) -> Iterator[griffe.Object]:
    """What a package exports, and else the owner's own public functions, classes and properties, in order."""
    if isinstance(owner, griffe.Module) and owner.is_init_module:
        own = list(filter(None, (_target(owner.members[str(name)]) for name in owner.exports or ())))
    else:
        named = [member for member in owner.members.values() if not member.name.startswith("_")]
        own = sorted(
            (m for m in named if isinstance(m, griffe.Object)), key=lambda member: member.lineno or 0
        )
    for member in own:
        # A method without a docstring is an override, which its base class documents.
        documented = member.docstring or not isinstance(owner, griffe.Class)
        if documented and (isinstance(member, griffe.Function | griffe.Class) or "property" in member.labels):
            yield member


def _target(member: griffe.Object | griffe.Alias) -> griffe.Object | None:
    """What an import leads to; None for a value among several that one line unpacks, which Griffe does not follow."""
    if isinstance(member, griffe.Object):
        return member
    try:
        found = member.final_target
    except griffe.AliasResolutionError:
        return None
    return found if isinstance(found, griffe.Object) else None


def _signature(item: griffe.Object, module: str, owner: str = "") -> str:
    """The name and what it takes, as a block of code; over several lines where one would be too long."""
    name = f"{owner}.{item.name}" if owner else item.name
    shown, result = [], ""
    if isinstance(item, griffe.Function | griffe.Class):
        shown = list(_parameters([p for p in item.parameters if p.name != "self"]))
    if isinstance(item, griffe.Function):
        result = f" -> {item.returns}" if item.returns else ""
    line = f"{name}({', '.join(shown)}){result}" if shown or isinstance(item, griffe.Function) else name
    if len(line) > _LONGEST:
        line = "\n".join([f"{name}(", *(f"    {part}," for part in shown), f"){result}"])
    return f"```{{#{module}.{name} .python}}\n{line}\n```"


def _parameters(parameters: list[griffe.Parameter]) -> Iterator[str]:
    """Each parameter as it is written, with the star before the first that goes by keyword alone."""
    kind = griffe.ParameterKind
    before = None
    for parameter in parameters:
        if parameter.kind is kind.keyword_only and before not in (kind.keyword_only, kind.var_positional):
            yield "*"
        before = parameter.kind
        stars = "*" if before is kind.var_positional else "**" if before is kind.var_keyword else ""
        annotation = f": {parameter.annotation}" if parameter.annotation else ""
        sign = " = " if annotation else "="
        default = "" if stars or parameter.default is None else f"{sign}{parameter.default}"
        yield f"{stars}{parameter.name}{annotation}{default}"


def _prose(item: griffe.Object) -> str:
    """The docstring as Markdown: its paragraphs, and lines that explain a field as a list."""
    if not item.docstring:
        raise ValueError(f"{item.path} has no docstring.")
    paragraphs = item.docstring.value.strip().split("\n\n")
    return "\n\n".join(_list(entries) if (entries := _entries(p)) else _escape(p) for p in paragraphs)


def _entries(paragraph: str) -> list[str]:
    """The paragraph's entries, `name: what it is`, where it consists of such."""
    entries = [entry for entry in _ENTRY.split(paragraph) if entry.strip()]
    return entries if len(entries) > 1 and all(map(_ENTRY.match, entries)) else []


def _list(entries: list[str]) -> str:
    shown = []
    for entry in entries:
        names, _, words = entry.partition(": ")
        shown.append(f"- `{names}`: {_escape(words)}")
    return "\n".join(shown)


def _escape(text: str) -> str:
    """Words that mean themselves in Markdown; code in backticks stays."""
    pieces = _CODE.split(" ".join(text.split()))
    return "".join(
        piece if place % 2 else re.sub(r"([\\*_{}\[\]<>#|~$^@])", r"\\\1", piece)
        for place, piece in enumerate(pieces)
    )

"""YAML with lines: mappings that know where each key stands, so that a refusal can name the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from press.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import PurePath


class Mapping(dict[str, Any]):
    """A mapping whose `line_of` gives each key's line, from 1."""

    line_of: dict[str, int]

    def __init__(self) -> None:
        super().__init__()
        self.line_of = {}


class _Loader(yaml.SafeLoader):
    """YAML's safe loader, with `Mapping` for mappings and a refusal of keys that stand twice."""

    def construct_lined(self, node: yaml.MappingNode) -> Mapping:
        mapping = Mapping()
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node))
            line = key_node.start_mark.line + 1
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' stands here twice", key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=True)
            mapping.line_of[key] = line
        return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_lined)


def load(text: str, path: PurePath, *, first_line: int = 1) -> Mapping:
    """Parse a mapping; its lines count from `first_line`, where the text stands in the file at `path`."""
    try:
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader's subclass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + first_line
        raise refuse(path, line, f"this is not YAML: {getattr(error, 'problem', error)}") from None
    if loaded is None:
        return Mapping()
    if not isinstance(loaded, Mapping):
        raise refuse(path, first_line, "`key: value` lines are wanted here.")
    _shift(loaded, first_line - 1)
    return loaded


def _shift(content: object, by: int) -> None:
    if isinstance(content, Mapping):
        content.line_of = {key: line + by for key, line in content.line_of.items()}
        for item in content.values():
            _shift(item, by)
    elif isinstance(content, list):
        for item in content:
            _shift(item, by)


def only(mapping: Mapping, known: Collection[str], path: PurePath, what: str) -> None:
    """Refuse a key that is not among the known ones."""
    for key, line in mapping.line_of.items():
        if key not in known:
            raise refuse(path, line, f"unknown {what} '{key}'. press knows: {', '.join(sorted(known))}.")

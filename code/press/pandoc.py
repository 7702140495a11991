"""Pandoc, as the package `pypandoc_binary` carries it: text to tree, tree to text, a warning is an error."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pypandoc

from press.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.tree import Node

READER = "markdown"


class PandocFailed(PressError):
    """Pandoc stopped or warned; the message is its own."""


@cache
def executable() -> str:
    """The path of Pandoc's program."""
    return str(pypandoc.get_pandoc_path())


@cache
def installed() -> str:
    """Pandoc's version, as its package's."""
    return metadata.version("pypandoc-binary")


@cache
def _api_version() -> list[int]:
    """The version of Pandoc's tree, which every tree handed to it must carry."""
    version: list[int] = json.loads(run([], "", to="json"))["pandoc-api-version"]
    return version


def run(arguments: Sequence[str], text: str, *, to: str, source: str = READER, cwd: str | None = None) -> str:
    """Convert a text; raises PandocFailed where Pandoc fails or warns."""
    done = subprocess.run(
        [executable(), "--from", source, "--to", to, "--fail-if-warnings", *arguments],
        input=text.encode(),
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"},
    )
    if done.returncode:
        raise PandocFailed(done.stderr.decode(errors="replace").strip())
    return done.stdout.decode()


def read(markdown: str, *, filters: Sequence[str] = ()) -> list[Node]:
    """The blocks of a Markdown text."""
    tree = json.loads(run([f"--lua-filter={path}" for path in filters], markdown, to="json"))
    blocks: list[Node] = tree["blocks"]
    return blocks


def write(
    blocks: list[Node], *, to: str, arguments: Sequence[str] = (), meta: dict[str, Any] | None = None
) -> str:
    """The blocks written as another format."""
    return run(arguments, document(blocks, meta), to=to, source="json")


def document(blocks: list[Node], meta: dict[str, Any] | None = None) -> str:
    """The blocks as a whole document in Pandoc's JSON."""
    return json.dumps({"pandoc-api-version": _api_version(), "meta": meta or {}, "blocks": blocks})

"""Links inside the book: where a relative one leads, and whether every one of the finished site leads somewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from press.errors import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.number import Page
    from press.site import Files

_LINK = re.compile(r'<[a-z][^>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


def is_outside(target: str) -> bool:
    """Whether a link leaves the book."""
    return "://" in target or target.startswith("mailto:")


def place(anchor: str) -> str:
    """The id in an anchor: `fig-dot-product` of `fig-dot-product:ax=4`, which is a state of a figure to touch."""
    return anchor.partition(":")[0] if "=" in anchor else anchor


def follow(here: PurePosixPath, path: str) -> str:
    """Where a relative path leads from the file `here`, from the root."""
    parts = list(here.parent.parts)
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


def check(files: Files, pages: Sequence[Page]) -> None:
    """Refuse a page of the site with a link, picture or anchor that leads nowhere, naming the chapter's line."""
    texts = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    ids = defaultdict(set, {name: set(_ID.findall(text)) for name, text in texts.items()})
    sources = {page.chapter.page: page.source for page in pages}
    problems = []
    for name, text in texts.items():
        for target in _broken(name, text, files, ids):
            source = sources[name]
            anchor = target.partition("#")[2]
            line = source.line_of(target) or (source.line_of(f"#{anchor}") if anchor else 0)
            problems.append(Problem(source.path, line, f"the link {target} leads nowhere."))
    if problems:
        raise Refused(problems)


def _broken(name: str, text: str, files: Files, ids: dict[str, set[str]]) -> Iterator[str]:
    for raw in _LINK.findall(text):
        target = unescape(raw)
        if is_outside(target):
            continue
        path, _, anchor = target.partition("#")
        found = follow(PurePosixPath(name), unquote(path)) if path else name
        if found not in files or (anchor and place(unquote(anchor)) not in ids[found]):
            yield target

"""What a page's links to other pages lead to, so that a reader sees it without leaving: sources, functions, equations.

It lies in a `<template>` at the page's end: nothing is fetched, which `file://` would not allow, and nothing is shown
or loaded until the script copies a part of it.
"""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree

from press import links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

_LINK = re.compile(r'<a [^>]*?href="([^"#]+#[^"]+)"')
_SHOWN = "//*[@id][self::figure or @class='equation' or @class='code' or @class='csl-entry']"
# What a reader has to open first is not given away.
_CLOSED = "ancestor::details or ancestor::*[@class='reveal' or @class='feedback' or @class='step']"


def entries(page: str, body: str) -> dict[str, list[HtmlElement]]:
    """What can be shown of the page at the address `page`: figures, tables, equations, entries, by their addresses."""
    root = lxml.html.fragment_fromstring(body, create_parent="div")
    found = {}
    for element in root.xpath(f"{_SHOWN}[not({_CLOSED})]"):
        parts = [element]
        if element.get("class") == "code" and (words := element.getnext()) is not None and words.tag == "p":
            parts.append(words)  # a signature alone says little
        found[f"{page}#{element.get('id')}"] = parts
    return found


def template(page: str, body: str, known: Mapping[str, Sequence[HtmlElement]]) -> str:
    """The page's template, in the order of its links; empty where none leads to something that is known."""
    inside = "".join(
        f'<div data-for="{escape(target)}">{"".join(_copy(part, address, page) for part in known[address])}</div>\n'
        for target, address in _links(page, body)
        if address in known
    )
    return f'<template class="previews">\n{inside}</template>' if inside else ""


def _links(page: str, body: str) -> Iterator[tuple[str, str]]:
    """The links to other pages of the book, each once, as written and as an address from the root."""
    for raw in dict.fromkeys(_LINK.findall(body)):
        target = unescape(raw)
        if not links.is_outside(target):
            path, _, anchor = target.partition("#")
            yield target, f"{links.follow(PurePosixPath(page), path)}#{links.place(anchor)}"


def _copy(element: HtmlElement, address: str, page: str) -> str:
    """The element's HTML for another page: without ids and links, its pictures found from there."""
    copy = lxml.html.fromstring(lxml.html.tostring(element, encoding="unicode", with_tail=False))
    for part in copy.iter():
        for name in ("id", "tabindex"):
            if name in part.attrib:
                del part.attrib[name]
        if source := part.get("src"):
            whole = links.follow(PurePosixPath(address.partition("#")[0]), source)
            part.set("src", posixpath.relpath(whole, posixpath.dirname(page) or "."))
    etree.strip_tags(copy, "a")
    text: str = lxml.html.tostring(copy, encoding="unicode")
    return text.replace("</wbr>", "")  # lxml closes it as if it could hold something

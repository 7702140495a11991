"""What the site's search looks through: every section's words, as a script that also `file://` can load."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from press.number import Page

# What a reader has to open first. It is found, but the list of results must not give it away.
_HIDDEN = (
    ".//*[contains(concat(' ', @class, ' '), ' reveal ') or contains(concat(' ', @class, ' '), ' feedback ')]"
    " | .//details[contains(@class, 'callout')]"
    " | .//*[contains(concat(' ', @class, ' '), ' step ')][preceding-sibling::*[contains(@class, 'step')]]"
)
# No reader means these: signs, numbers, and the folded code behind a picture.
_FURNITURE = ".//*[contains(@class, 'permalink') or contains(@class, 'section-number') or @class='code-fold']"
_NAME = re.compile(r"[^\w.]")  # what ends a function's name
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

Entry = dict[str, object]


def script(pages: Sequence[Page], bodies: Sequence[str]) -> bytes:
    """The index: one entry for each section, in the order of the book."""
    found = [entry for page, body in zip(pages, bodies, strict=True) for entry in entries(page, body)]
    return f"globalThis.bookSearch = {json.dumps(found, ensure_ascii=False)};\n".encode()


def entries(page: Page, body: str) -> Iterator[Entry]:
    """The page's sections: where each stands, its chapter's title and its own, and its words by their kind.

    `terms` are those that it sets in bold, which is how the book defines a word; `code` is code and what it printed;
    `hidden` is what waits to be opened; `text` is the rest. What `documents` a function is an entry by itself.
    """
    chapter = f"{page.number} {page.words}".strip()
    for section in lxml.html.fragment_fromstring(body, create_parent="div").iter("section"):
        own = deepcopy(section)
        for inner in own.xpath(".//section"):
            inner.drop_tree()
        for part in own.xpath(_FURNITURE):
            part.drop_tree()
        for part in own.xpath(".//code | .//pre"):
            text = part.text_content()  # without the spans that colour it, between which a space would come
            del part[:]
            part.text = text
        heading = next(iter(own.iter(*_HEADINGS)), None)
        title = _words(heading) if heading is not None else ""
        if heading is not None:
            heading.drop_tree()
        documented = list(_functions(own))
        terms = sorted(
            {_words(part).rstrip(".:") for part in own.xpath(".//strong")}
        )  # hidden ones too: none is shown
        hidden = _taken(own, _HIDDEN)
        code = _taken(own, ".//pre")
        address = page.chapter.page + (f"#{section.get('id')}" if section.get("id") else "")
        yield {
            "address": address,
            "chapter": chapter,
            "title": title,
            "terms": terms,
            "text": _words(own),
            "code": code,
            "hidden": hidden,
        }
        for name, signature, words in documented:
            yield {
                "address": f"{page.chapter.page}#{name}",
                "chapter": chapter,
                "title": _NAME.split(signature, maxsplit=1)[0],
                "terms": [],
                "text": words,
                "code": signature,
                "hidden": "",
                "documents": True,
            }


def _functions(own: HtmlElement) -> Iterator[tuple[str, str, str]]:
    """The id, signature and words of each entry of the package's reference, which are no longer there afterwards."""
    for signature in own.xpath(".//*[@class='code'][@id]"):
        words = []
        while (after := signature.getnext()) is not None and after.get("class") != "code":
            words.append(_words(after))
            after.drop_tree()
        yield signature.get("id"), _words(signature), " ".join(words)
        signature.drop_tree()


def _taken(own: HtmlElement, path: str) -> str:
    """The words of what the path finds, which is no longer there afterwards."""
    found = []
    for part in own.xpath(path):
        if part.getparent() is not None:
            found.append(_words(part))
            part.drop_tree()
    return " ".join(found)


def _words(element: HtmlElement) -> str:
    # A space between blocks: `text_content` alone would join the last word of one to the first of the next.
    return (
        " ".join(" ".join(element.itertext()).split())
        .replace(" ,", ",")
        .replace(" .", ".")
        .replace(" :", ":")
    )

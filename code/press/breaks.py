"""Where a line of a page may end, and where not: in code, in addresses, in numbers, in a table's headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

_POWER = re.compile(r"(?<=\d) × (?=10[⁻⁰¹²³⁴-⁹])")
_ADDRESS = re.compile(r"(?<=>)https?://[^<\s]+(?=</a>)")
_SLASH = re.compile(r"(?<=[^:/]/)")
# A space beside a single character, or in (1, 2).
_LONELY = re.compile(r" (?=\S(?!\S))|(?<!\S\S) |(?<=\d,) (?=\d+\))")
_SHORT = 16  # characters of code that stay on one line
_LONGEST = 28  # characters that a phone's line holds in a box


def between_words(text: str) -> str:
    """A page's HTML in which no line ends inside 5 × 10⁻⁹, and an address that is shown may part behind its slashes."""
    text = _ADDRESS.sub(lambda shown: _SLASH.sub("<wbr>", shown[0]), text)
    return _POWER.sub("\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}", text)


def hold_code(code: etree._Element) -> None:
    """Let code in the text part at its spaces alone, and a short piece not at all.

    Browsers would also part it behind a minus, which then reads as a hyphen.
    """
    above, text = code.getparent(), code.text or ""
    if len(code) or (above is not None and above.tag == "pre"):
        return
    if len(text) <= _SHORT:
        code.set("class", "held")
        return
    code.text, last = "", None
    for word in re.split("( )", text):
        if len(word) <= _LONGEST and not word.isalnum() and word != " ":
            last = etree.SubElement(code, "span", {"class": "held"})
            last.text, last.tail = word, ""
        elif last is None:
            code.text += word
        else:
            last.tail = (last.tail or "") + word


def hold_heading(parts: Iterable[etree._Element]) -> None:
    """Keep a single character beside its neighbours in a table's heading, and a pair whole: `a · b`, `w at (1, 2)`."""
    for part in parts:
        part.text = _LONELY.sub("\N{NO-BREAK SPACE}", part.text or "")

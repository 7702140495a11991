"""Code in colour for HTML: Pygments' short classes, which the style sheet colours from the palette."""

from __future__ import annotations

import re
from html import escape
from io import StringIO
from typing import TYPE_CHECKING

from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Token
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pygments.token import _TokenType

_FORMATTER = HtmlFormatter(nowrap=True)
_DOCUMENTED = Token.Name.Documented  # a kind of our own: a name that is to be a link
_LINK = re.compile(r'<span class="n n-Documented">(.*?)</span>')


def to_html(code: str, language: str, links: Mapping[int, str] | None = None) -> str:
    """A `<pre>` of the code; plain where there is no language, or none that Pygments knows.

    `links` gives the address of each word that is to be a link, by the word's offset in the code.
    """
    try:
        lexer = get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        lexer = None
    # A scrolling block must be reachable from the keyboard.
    if lexer is None:
        return f'<pre tabindex="0"><code>{escape(code, quote=False)}</code></pre>'
    coloured = StringIO()
    _FORMATTER.format(_marked(lexer.get_tokens(code), links or {}), coloured)
    addresses = (address for _, address in sorted((links or {}).items()))
    body = _LINK.sub(lambda word: f'<a href="{escape(next(addresses))}">{word[1]}</a>', coloured.getvalue())
    body = body.rstrip("\n")
    return f'<pre tabindex="0"><code class="language-{escape(language)}">{body}</code></pre>'


def _marked(
    tokens: Iterator[tuple[_TokenType, str]], links: Mapping[int, str]
) -> Iterator[tuple[_TokenType, str]]:
    """The tokens, those that are to be links as a kind of their own."""
    place = 0
    for kind, value in tokens:
        yield (_DOCUMENTED if place in links else kind), value
        place += len(value)

"""Code in colour for HTML: Pygments' short classes, which the style sheet colours from the palette."""

from __future__ import annotations

from html import escape

from pygments import highlight as _highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER = HtmlFormatter(nowrap=True)


def to_html(code: str, language: str) -> str:
    """A `<pre>` of the code; plain where there is no language, or none that Pygments knows."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        lexer = None
    # A scrolling block must be reachable from the keyboard.
    if lexer is None:
        return f'<pre tabindex="0"><code>{escape(code, quote=False)}</code></pre>'
    body = _highlight(code, lexer, _FORMATTER).rstrip("\n")
    return f'<pre tabindex="0"><code class="language-{escape(language)}">{body}</code></pre>'

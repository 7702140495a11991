"""The roles that captions name: their colour and their mark, as the browser draws them."""

import pytest

from ml_from_scratch.style import PALETTE

CUES = {"-": "solid", "--": "dashed", ":": "dotted"}
MARKED = """() => [...document.querySelectorAll("figcaption [class^=role-]")].map((word) => {
  const [style, mark] = [getComputedStyle(word), getComputedStyle(word, "::before")];
  return { role: word.className.slice(5), color: style.color, mark: mark.borderTopColor, dash: mark.borderTopStyle,
    radius: mark.borderTopLeftRadius, content: mark.content, lines: word.getClientRects().length };
})"""


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chapter", ["04-gradient-descent", "06-linear-regression", "08-features-and-scale"])
def test_a_role_in_a_caption_wears_its_colour_behind_its_mark(visit, server, chapter, scheme):
    with visit(360, scheme, scripts=False) as seen:
        found = seen.open(f"{server}chapters/{chapter}.html").evaluate(MARKED)
    assert len(found) >= 4
    for word in found:
        look = PALETTE[word["role"]]
        assert word["color"] == word["mark"] == rgb(getattr(look, scheme))
        assert word["dash"] == CUES[look.dash]
        assert (word["radius"] == "50%") == (look.marker == "o")
        assert word["content"] == '""'  # nothing for a screen reader to say
        assert word["lines"] == 1

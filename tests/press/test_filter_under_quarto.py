"""What the shared filter does under Quarto alone: Pandoc runs it as Quarto would, with Quarto's own name in its world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press import pandoc

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUESTION = """
::: {.predict}
Which?

- [ ] This one.

  No, not this.

- [x] That one.

  Since it is so.

- [ ] None.

  One is.

::: {.reveal}
It was that one.
:::
:::

**Try this:** drag [it](#fig-x:ax=3).
"""


@pytest.fixture
def filtered(root: Path, tmp_path: Path) -> Callable[[str], str]:
    """Run the filter under that name for the format."""

    def convert(to: str) -> str:
        around = tmp_path / "around.lua"
        doc = f"{{ is_format = function(name) return name == '{to}' end }}"
        around.write_text(f"quarto = {{ doc = {doc} }}\nreturn dofile('{root / 'figures/elements.lua'}')\n")
        return pandoc.run([f"--lua-filter={around}", "--wrap=none"], QUESTION, to=to)

    return convert


@pytest.mark.parametrize("to", ["typst", "plain"])
def test_where_nothing_can_be_touched_options_come_first_and_verdicts_below(filtered, to):
    text = filtered(to)
    order = [text.index(words) for words in ("Which?", "This one.", "That one.", "None.", "No, not this.", "Right.",
                                             "Since it is so.", "One is.", "It was that one.")]  # fmt: skip
    assert order == sorted(order)
    assert "On the web page:" in text
    assert "Try this" not in text
    assert "ax=3" not in text


def test_on_the_page_each_option_keeps_its_verdict(filtered):
    text = filtered("html")
    order = [
        text.index(words) for words in ("This one.", "No, not this.", "That one.", "Since it is so.", "None.")
    ]
    assert order == sorted(order)
    assert text.count('class="option') == 3
    assert "Try this:" in text
    assert "#fig-x:ax=3" in text

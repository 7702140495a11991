"""What the shared filter does under Quarto alone: Pandoc runs it as Quarto would, with Quarto's own name in its world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press import pandoc, verdicts

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
def filtered(root: Path, tmp_path: Path) -> Callable[..., str]:
    """Run the filter under that name for the format."""

    def convert(to: str, text: str = QUESTION) -> str:
        around = tmp_path / "around.lua"
        doc = f"{{ is_format = function(name) return name == '{to}' end }}"
        around.write_text(f"quarto = {{ doc = {doc} }}\nreturn dofile('{root / 'figures/elements.lua'}')\n")
        return pandoc.run([f"--lua-filter={around}", "--wrap=none"], text, to=to)

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


def check(difference: str) -> str:
    """An equation and its check, as `show_step` writes them."""
    return f"$$ a = b $$\n\n> left 1.0000\\\n> right 1.0000\\\n> {difference}"


CHECKS = {
    "they differ by at most 9 × 10⁻¹⁶": ["difference 2 × 10⁻¹⁶", "difference 9 × 10⁻¹⁶", "difference 0"],
    "they differ by at most 1 × 10⁻¹³": ["difference 9 × 10⁻¹⁶", "difference 1 × 10⁻¹³"],
    "they do not differ": ["difference 0", "difference 0"],
    "they differ by 0.7761": ["**differ by 0.7761**", "difference 0"],
}


@pytest.mark.parametrize(("said", "differences"), CHECKS.items(), ids=CHECKS)
def test_in_print_a_cells_checks_are_one_line_in_both_engines(filtered, said, differences):
    cell = "::: {.cell .cell-output-markdown}\n" + "\n\n".join(map(check, differences)) + "\n:::\n"
    cell = cell.replace("difference ", "difference\N{NO-BREAK SPACE}").replace(
        " × ", "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}"
    )
    plain = " ".join(filtered("plain", cell).replace("\N{NO-BREAK SPACE}", " ").split())
    assert f"Both sides computed: {said}" in plain
    assert "left" not in plain
    presses = pandoc.write(verdicts.in_short(pandoc.read(cell)), to="typst", arguments=["--wrap=none"])
    assert filtered("typst", cell) == presses
    assert filtered("html", cell).count("right") == len(differences)


def test_in_print_a_line_without_a_check_is_left_alone(filtered):
    cell = "::: {.cell .cell-output-markdown}\n> **no equation:** the left side has shape (2,)\n:::\n"
    assert filtered("typst", cell) == pandoc.run(["--wrap=none"], cell, to="typst")


def test_the_words_of_a_caption_that_name_a_role_are_marked_in_print_and_keep_their_class_on_the_page(
    filtered,
):
    words = "The [line]{.role-model} (straight)."
    assert filtered("typst", words) == 'The #swatch("model")[line]; (straight).\n'
    assert '<span class="role-model">line</span>' in filtered("html", words)

"""No result is typed into the prose: a number there is computed inline, or is one of those below."""

from __future__ import annotations

import re

import pytest

# What may stand as digits, and why it is no result. Each is a phrase, so that a number alone is not enough.
ALLOWED = {
    r"\b1, 0, −1 and 0\.5": "a wrong option of a prediction",
    r"\b\d+ to \d+ hours\b": "the week's plan",
    r"\babout \d+ minutes\b": "the chapter's time, which its front matter says too",
    r"^\|.*\| +\d+ \|": "minutes in the plan's table",
    r"\bPython 3\.\d+": "a version",
    r"^\*\*\d\.": "a question's or a fault's own number",
    r"\d+-[a-z-]+\.ipynb": "a file's name",
    r"−?\b\d+°": "an angle that the text sets up",
    r"(?<![\d.,])−?[0123]\b(?![.,]\d)": "one, two, three: lengths, signs, the simulation's truth",
    r"\b768\b": "the width of an embedding: a setting of the experiment",
    r"\blead of 2[23]\b": "an example's input",
    r"\b100 values\b|\blast 100 steps\b": "settings",
    r"\bwithin 100 steps\b|\bat step 100 stops\b": "claims at the loop's first report, each with its test",
    r"\b1,000 (fits|queries|steps|times)\b|\bafter 1,000 steps\b": "settings: how often, how long",
    r"\blearning rate of 0\.2\b|\brate of 0\.01\b|\b[Aa]t 0\.01\b|\bat 0\.001\b|\bat 0\.135\b|\brate of 0\.0001\b": "rates",
    r"\b1929\b|\b24 nebulae\b": "Hubble's paper: its year, its table",
    r"\b3\.26 million light years\b|\b977\.8 billion years\b": "conversions of units",
    r"\b3\.0857 × 10¹⁹ km\b|\b3\.156 × 10⁷ seconds\b": "conversions of units",
    r"\b465 ± 50\b|\b513 ± 60\b|\bnear 70\b": "cited from papers",
}


def prose(source: str) -> str:
    """The text without code, mathematics, inline results, links' targets, citations and attributes."""
    text = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    text = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"\[[^\]]*@[^\]]*\]|@[\w-]+", "", text)
    return re.sub(r"\{[^{}\n]*\}", "", text)


def typed_numbers(source: str) -> list[str]:
    """The lines of prose in which a digit stands that nothing allows."""
    found = []
    for line in prose(source).splitlines():
        left = line
        for pattern in ALLOWED:
            left = re.sub(pattern, "", left)
        if re.search(r"\d", left):
            found.append(line)
    return found


def test_no_result_is_typed_into_the_prose(sources):
    for name, source in sources.items():
        assert typed_numbers(source.text) == [], name


@pytest.mark.parametrize(
    "line",
    [
        "After 1,000 steps, the weight is 2.0077.",
        "Its standard error is 0.036.",
        "The slope is about 454 km/s per Mpc.",
        "Over the root it is 0.34 on average.",
        "It overflows at step 189.",
        "The loss falls by 38% in the first step.",
    ],
)
def test_a_typed_result_is_found(line):
    assert typed_numbers(line) == [line]


def test_each_allowance_is_still_needed(sources):
    text = "\n".join(prose(source.text) for source in sources.values())
    for pattern, reason in ALLOWED.items():
        assert re.search(pattern, text, re.MULTILINE), f"nothing needs {pattern!r} ({reason}) any more"


def test_captions_and_alternative_texts_carry_no_results(sources):
    for name, source in sources.items():
        for label, (options, _) in source.cells.items():
            for key in ("fig-cap", "fig-alt", "tbl-cap"):
                assert not typed_numbers(str(options.get(key, ""))), f"{name}: {label}: {key}"

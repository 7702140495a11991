"""No result is typed into the prose: a number there is computed inline, or is of a kind that a list allows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

# What may stand as digits, and why it is no result: a file a chapter, and one for them all. Each is a phrase, so that
# a number alone is not enough.
LISTS = Path(__file__).parent / "numbers"
EVERYWHERE = "every-chapter"


def allowed(name: str) -> dict[str, str]:
    """The phrases that this list allows, each with its reason."""
    path = LISTS / f"{name}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


def prose(source: str) -> str:
    """The text without code, mathematics, inline results, links' targets, citations and attributes."""
    text = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    text = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"\[[^\]]*@[^\]]*\]|@[\w-]+", "", text)
    return re.sub(r"\{[^{}\n]*\}", "", text)


def typed_numbers(source: str, name: str) -> list[str]:
    """The lines of prose in which a digit stands that neither the chapter's list nor that of all allows."""
    found = []
    for line in prose(source).splitlines():
        left = line
        for pattern in {**allowed(name), **allowed(EVERYWHERE)}:
            left = re.sub(pattern, "", left)
        if re.search(r"\d", left):
            found.append(line)
    return found


def test_no_result_is_typed_into_the_prose(sources):
    for source in sources.values():
        assert typed_numbers(source.text, source.path.stem) == [], source.path.stem


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
    assert typed_numbers(line, "06-linear-regression") == [line]


def test_each_allowance_is_still_needed(sources):
    texts = {source.path.stem: prose(source.text) for source in sources.values()}
    names = {path.stem for path in LISTS.glob("*.yml")}
    assert names <= {*texts, EVERYWHERE}
    for name in names:
        text = "\n".join(texts.values()) if name == EVERYWHERE else texts[name]
        for pattern, reason in allowed(name).items():
            assert re.search(pattern, text, re.MULTILINE), f"{name}: nothing needs {pattern!r} ({reason})"


# A stop inside these ends no sentence of the line: code, formulas, links and attributes, brackets, quotations.
WHOLE = r"`[^`]*`|\$[^$]*\$|\[[^\]]*\](?:\([^)]*\)|\{[^}]*\})?|\([^()]*(?:\([^()]*\)[^()]*)*\)|\"[^\"]*\""
# Nor does one in the number of a list's item, "1. What …", or in a run-in head, "**Shadows add.** To reach the tip …".
RUN_IN = r"\A\s*(?:\d+\. |(?:- (?:\[[ x]\] )?)?\*\*(?:`[^`]*`|[^*`])+\*\*(?:\s|\Z))"


def sentences(line: str) -> list[str]:
    """What stands on a line of prose, cut after each stop that another sentence follows."""
    return re.split(r"(?<=[.?!])[*_]*\s+(?=[*_]*[A-Z\"¤])", re.sub(WHOLE, "¤", re.sub(RUN_IN, "", line)))


def test_one_sentence_stands_on_one_line(sources):
    for source in sources.values():
        if source.path.stem == "glossary":
            continue  # an entry is a line
        for line in re.sub(r"^(`{3,}).*?^\1$", "", source.text, flags=re.MULTILINE | re.DOTALL).splitlines():
            if not line.startswith((":::", "|", ": ", "#", "description:")):  # of which each is one line
                assert len(sentences(line)) == 1, f"{source.path.stem}: {line}"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("It falls. It does not fall to zero.", 2),
        ("Does it turn? `x` tells (so it is. And so it was).", 2),
        ("- **The list** calculates. $a$ is measured.", 2),
        ("**Shadows add.** To reach the tip of $b$, i.e. 2.5 of it, go on.", 1),
        ("1. What is it, in both views?", 1),
        ("1. It falls. It does not fall to zero.", 2),
        ('  "No. Never," says [the text. All of it](#sec-x).', 1),
    ],
)
def test_sentences_are_counted_as_they_are_read(line, number):
    assert len(sentences(line)) == number


def test_captions_and_alternative_texts_carry_no_results(sources):
    for source in sources.values():
        for label, (options, _) in source.cells.items():
            for key in ("fig-cap", "fig-alt", "tbl-cap"):
                text = str(options.get(key, ""))
                assert not typed_numbers(text, source.path.stem), f"{source.path.stem}: {label}: {key}"

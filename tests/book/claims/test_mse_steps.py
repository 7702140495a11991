"""The lines of the derivation: each holds, and the page, the notebook and the numbered equations show these very lines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from ml_from_scratch import derivation
from ml_from_scratch.derivation import Step
from ml_from_scratch.derivation.expressions import expression
from ml_from_scratch.derivation.letters import DATA, N, d, i, j

CHAPTER = (Path(__file__).parents[3] / "chapters" / "05-mse-gradient.qmd").read_text(encoding="utf-8")
CELLS = re.findall(
    r"^#\| label: (step-[\w-]+)\n#\| echo: false\n(.*?)^```$", CHAPTER, re.MULTILINE | re.DOTALL
)

UPRIGHT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")  # an exponent as Python reads it


def steps() -> dict[str, list[Step]]:
    """The equations of every step, from the chapter's own cells."""
    found: dict[str, list[Step]] = {}
    for label, code in CELLS:

        def record(*sides, label=label):
            trees = [expression(side) for side in sides]
            found[label] = [Step(*pair, DATA) for pair in zip(trees[::2], trees[1::2], strict=True)]

        exec(code, {name: getattr(derivation, name) for name in derivation.__all__} | {"show_step": record})  # noqa: S102
    return found


STEPS = steps()


@pytest.mark.parametrize("label", STEPS)
def test_each_line_holds_to_rounding(label):
    for step in STEPS[label]:
        assert step.difference() < 1e-14, step.latex()


@pytest.mark.parametrize("seed", range(5))
def test_no_line_holds_by_an_accident_of_the_data(seed):
    rng = np.random.default_rng(seed)
    drawn = {key: rng.normal(size=np.shape(value)) for key, value in DATA.items()}
    kept = {key: DATA[key] for key in (N, d, derivation.ones)}
    data = DATA | drawn | kept | {i: int(rng.integers(5)), j: int(rng.integers(3))}
    for step in (step for lines in STEPS.values() for step in lines):
        assert Step(step.left, step.right, data).difference() < 1e-13, step.latex()


def test_every_step_of_the_chapter_is_tested(sources):
    source = sources["chapters/05-mse-gradient.html"]
    assert list(STEPS) == [label for label in source.cells if label.startswith("step-")]
    shown = [
        ["show_step(" in step for step in box.split(":::: {.step because=")[1:]]
        for box in re.findall(r"^::: \{\.derivation.*?^:::$", source.text, re.MULTILINE | re.DOTALL)
    ]
    assert len(STEPS) == sum(map(sum, shown))
    # The last step of each box uses what its lines have found, and holds no line of its own.
    assert all(box == [True] * (len(box) - 1) + [False] for box in shown)


def test_the_page_shows_each_line_with_its_check_beside_it(pages, says):
    says("sec-mse-checked", "both sides are evaluated on random data and subtracted")
    page = pages["chapters/05-mse-gradient.html"]
    for label, lines in STEPS.items():
        cell = page.tree.xpath(f"//div[@id='cell-{label}']")[0]
        assert [part.get("class") or part.tag for part in cell] == ["equation", "blockquote"] * len(lines)
        for quote, step in zip(cell.findall("blockquote"), lines, strict=True):
            check = " ".join(quote.text_content().split()).replace("\N{MINUS SIGN}", "-")
            left, right, difference = re.fullmatch(r"left (.+) right (.+) difference (.+)", check).groups()
            assert left == right
            assert float(difference.translate(UPRIGHT).replace(" × 10", "e")) < 1e-14
            shown = np.array(left.strip("[]").split(", "), dtype=float)
            assert shown == pytest.approx(np.atleast_1d(step.left.value(DATA)), abs=5e-5)


def test_the_epub_says_once_a_step_how_far_its_sides_are_apart_and_no_digits(epub):
    chapter = next(page for page in epub.values() if "cell-step-model" in page.ids)
    for label, lines in STEPS.items():
        *equations, check = chapter.tree.xpath(f"//div[@id='cell-{label}']")[0]
        assert [part.get("class") for part in equations] == ["equation"] * len(lines)
        largest = max(step.difference() for step in lines)
        apart = f"they differ by at most {largest:.0e}" if largest else "they do not differ"
        said = " ".join(check.text_content().split()).translate(UPRIGHT).replace(" × 10", "e")
        assert re.sub(r"e-0?(\d)", r"e-\1", said) == f"Both sides computed: {apart}"


def test_the_notebook_holds_these_lines_and_the_code_that_makes_them(book):
    notebook = json.loads((book / "notebooks" / "01-linear-regression.ipynb").read_text(encoding="utf-8"))
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for label, code in CELLS:
        assert "".join(cells[label]["source"]) == code.rstrip("\n")
        text = "".join(cells[label]["outputs"][0]["data"]["text/markdown"])
        assert re.findall(r"\$\$ (.*?) \$\$", text) == [step.latex() for step in STEPS[label]]


@pytest.mark.parametrize(
    ("name", "label"),
    [("eq-mse", "step-mean"), ("eq-mse-gradient", "step-average"), ("eq-mse-gradient-matrix", "step-stack")],
)
def test_each_numbered_equation_is_a_line_of_its_derivation(name, label):
    shown = re.search(rf"^\$\$ (.*?) \$\$ \{{#{name}\}}$", CHAPTER, re.MULTILINE)[1]
    derived = [step.latex() for step in STEPS[label]]
    assert set(shown.split(r", \qquad ")) <= set(derived)
    assert name == "eq-mse" or derived[-1] in shown  # with it the derivation ends


def test_a_wrong_line_is_shown_as_wrong(pages, epub, says):
    says("sec-mse-pitfalls", "The inner derivative is lost", "All d products survive")
    cell = pages["chapters/05-mse-gradient.html"].tree.xpath("//div[@id='cell-pitfall-wrong-lines']")[0]
    verdicts = [strong.text_content() for strong in cell.xpath(".//blockquote//strong")]
    assert len(verdicts) == 2
    assert all(float(verdict.removeprefix("differ by ")) > 0.1 for verdict in verdicts)
    chapter = next(page for page in epub.values() if "cell-pitfall-wrong-lines" in page.ids)
    cell = chapter.tree.xpath("//div[@id='cell-pitfall-wrong-lines']")[0]
    assert [part.get("class") or part.tag for part in cell] == ["equation", "blockquote"] * 2
    said = [" ".join(quote.text_content().split()) for quote in cell.findall("blockquote")]
    assert said == [f"Both sides computed: they {verdict}" for verdict in verdicts]

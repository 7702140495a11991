"""The chapter that asks the reader to explain: its model answer, its checklist, its addresses."""

from __future__ import annotations

import re

import numpy as np
import pytest
import sympy

PAGE = "chapters/09-explain-it-back.html"


@pytest.fixture(scope="module")
def source(sources):
    return sources[PAGE].text


@pytest.fixture(scope="module")
def answers(source):
    """The two hidden answers, as they stand in the source."""
    return {
        name: re.search(rf"\{{\.callout-tip #{name} .*?\}}\n(.*?)\n:::\n", source, re.DOTALL)[1]
        for name in ("ans-recall-1", "ans-recall-2")
    }


def test_the_model_answer_has_about_three_hundred_words(says, answers):
    says("sec-recall-essay", "In 20 minutes and about 300 words, answer three questions")
    text = re.sub(r"\$[^$]+\$", "formula", answers["ans-recall-1"])
    words = [word for word in text.split() if re.search(r"\w", word)]
    assert 270 <= len(words) <= 330


def test_the_model_answer_answers_the_three_questions_in_their_order(answers, pages):
    paragraphs = answers["ans-recall-1"].split("\n\n")
    assert len(paragraphs) == 3
    for paragraph, subject in zip(paragraphs, ("dot product", "gradient", "squared residuals"), strict=True):
        assert subject in paragraph.split("\n", 1)[0]
    questions = pages[PAGE].section("sec-recall-essay").xpath(".//ol/li")
    assert len(questions) == 3


def test_the_answers_derivative_is_right_and_so_is_where_each_factor_comes_from(says):
    says("sec-recall-essay", "So the 2 comes from the square, the minus from subtracting the prediction")
    w, b, x, y = sympy.symbols("w b x y", real=True)
    e = y - (w * x + b)
    assert sympy.simplify(sympy.diff(e**2, w) + 2 * x * e) == 0
    assert sympy.simplify(sympy.diff(e**2, b) + 2 * e) == 0
    assert sympy.simplify(sympy.diff(e**3, w) + 3 * x * e**2) == 0  # another power, another number in front
    assert sympy.simplify(sympy.diff(y + (w * x + b), w) - x) == 0  # without subtracting, no minus


def test_at_the_minimum_the_residuals_are_perpendicular_to_the_inputs(says, data, closed):
    says("sec-recall-essay", "the residuals are perpendicular to the inputs")
    x, y = data
    e = y - np.polyval(closed, x)
    assert x @ e / np.linalg.norm(x) / np.linalg.norm(e) == pytest.approx(0, abs=1e-12)


def test_of_all_short_steps_of_one_length_the_one_against_the_gradient_lowers_the_loss_most(
    says, loss, gradient
):
    says("sec-recall-essay", "So where the gradient is not zero, of all short steps of one length this one")
    says("sec-recall-essay", "lowers the loss most, as far as slopes tell")
    point = np.array([1.0, 1.0])
    angles = np.radians(np.arange(0, 360, 0.1))
    losses = [loss(point + 1e-4 * np.array([np.cos(a), np.sin(a)])) for a in angles]
    best = angles[np.argmin(losses)]
    slope = gradient(point)
    assert np.array([np.cos(best), np.sin(best)]) == pytest.approx(-slope / np.linalg.norm(slope), abs=2e-3)


def test_in_a_narrow_bowl_the_way_against_the_gradient_points_well_to_the_side_of_the_minimum(says):
    says("sec-recall-essay", "in a narrow bowl it points well to the side of the minimum")
    bowl = np.diag([1.0, 100.0])
    for start in ([10.0, 1.0], [3.0, -1.0]):
        way, home = -bowl @ np.array(start), -np.array(start)
        assert way @ home / np.linalg.norm(way) / np.linalg.norm(home) < 0.5  # more than 60° off


def test_many_directions_lower_the_loss_and_half_of_them_do(says, loss, gradient):
    says("sec-recall-essay", "many directions fulfil it, and the cosine picks one")
    point = np.array([1.0, 1.0])
    angles = np.radians(np.arange(0, 360, 1.0))
    falls = [loss(point + 1e-6 * np.array([np.cos(a), np.sin(a)])) < loss(point) for a in angles]
    assert np.mean(falls) == pytest.approx(0.5, abs=0.02)


def test_a_sum_for_the_mean_needs_a_learning_rate_n_times_smaller(says, walk, gradient, limit):
    says("sec-recall-essay", "the sum, which needs a learning rate")
    for rate, sound in ((0.99 * limit / 100, True), (1.01 * limit / 100, False)):
        _, losses = walk(rate, 1000, lambda p: 100 * gradient(p))
        assert (losses[-1] < losses[0]) == sound


def test_the_checklist_is_ticked_point_by_point_each_with_its_error(answers, pages):
    points = re.split(r"\n(?=- )", answers["ans-recall-2"])
    assert all(re.match(r"- \[ \] \*\*.+?\s\*Often instead:\* ", point, re.DOTALL) for point in points)
    assert len(points) == 9
    boxes = pages[PAGE].section("sec-recall-essay").xpath(".//input[@type='checkbox']")
    assert len(boxes) == len(points)


def test_each_statement_of_the_self_assessment_links_to_its_sections(pages):
    section = pages[PAGE].section("sec-self-assessment")
    statements = [item for item in section.xpath(".//li") if item.xpath(".//input[@type='checkbox']")]
    assert len(statements) == 5
    for statement in statements:
        assert "If not:" in statement.text_content()
        links = statement.xpath(".//a/@href")
        assert links
        for link in links:
            path, name = link.split("#")
            assert name in pages[f"chapters/{path.split('/')[-1]}"].ids
    told = " ".join(section.text_content().split())
    for skill in (
        "sketch the dot product without notes",
        "the sign of",
        "derive the gradient on blank paper",
    ):
        assert skill in told
    for skill in ("I explain why the step goes along", "My regression converges"):
        assert skill in told


def test_the_three_failure_modes_each_have_a_look_from_outside_and_a_cure(pages):
    section = pages[PAGE].section("sec-recall-failures")
    told = " ".join(section.text_content().split())
    names = ("Maths as decoration around the code.", "Skipping the derivation.", "A private repository.")
    places = [told.index(f"{name} From outside:") for name in names]
    assert places == sorted(places)
    assert told.count("The cure:") == 3


def test_the_experiment_on_recall_is_cited_as_it_was(says, root):
    says("sec-recall-quiz", "five minutes later, it was the other way round (Roediger and Karpicke 2006)")
    entry = re.search(r"@article\{roediger2006,(.*?)\n\}", (root / "references.bib").read_text(), re.DOTALL)[
        1
    ]
    for part in ("Psychological Science", "{17}", "249--255"):
        assert part in entry

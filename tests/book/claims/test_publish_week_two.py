"""What the last chapter promises of week two, proved apart from its own cells."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from scipy.optimize import minimize
from scipy.special import expit

PAGE = "chapters/10-publish.html"
N = 100


@pytest.fixture(scope="module")
def page(pages):
    return pages[PAGE]


@pytest.fixture(scope="module")
def answers(data):
    """The chapter's yes-or-no answers, drawn here anew."""
    x, _ = data
    return (np.random.default_rng(2).uniform(size=N) < 1 / (1 + np.exp(-(x + 1)))).astype(float)


# sec-week-two, sec-publish-ai


def test_the_answers_are_yes_with_the_sigmoids_probability(says, sources, data):
    says("sec-week-two", "here on simulated answers, yes with probability")
    assert ".uniform(size=N) < sigmoid(x + 1)" in sources[PAGE].cells["logistic-check"][1]
    x, _ = data
    drawn = np.random.default_rng(7).uniform(size=(20_000, N)) < expit(x + 1)
    assert drawn.mean(axis=0) == pytest.approx(expit(x + 1), abs=0.02)


def test_the_derivative_of_the_cross_entropy_in_the_score_is_prediction_minus_answer():
    z, y = sympy.symbols("z y", real=True)
    p = 1 / (1 + sympy.exp(-z))
    slope = sympy.diff(-y * sympy.log(p) - (1 - y) * sympy.log(1 - p), z)
    assert sympy.simplify(slope - (p - y)) == 0


def test_the_softmaxs_cross_entropy_has_the_same_gradient(says):
    says("sec-publish-ai", "the gradient in the scores is prediction minus answer")
    scores = sympy.symbols("s0:3", real=True)
    total = sum(map(sympy.exp, scores))
    loss = -sympy.log(sympy.exp(scores[1]) / total)  # the answer is the second
    for i, score in enumerate(scores):
        assert sympy.simplify(sympy.diff(loss, score) - (sympy.exp(score) / total - int(i == 1))) == 0


def test_the_cross_entropy_is_minus_the_logarithm_of_what_happened(says, data, answers):
    says(
        "sec-week-two",
        "minus the natural logarithm of the probability that the model gave to what happened",
        "only the first term is left",
        "What is left is near 0 where the probability of what happened is near 1",
        "and grows beyond any bound as that nears 0",
    )
    x, _ = data
    p = expit(0.5 * x - 1)
    terms = answers * np.log(p) + (1 - answers) * np.log(1 - p)
    assert terms == pytest.approx(np.log(np.where(answers == 1, p, 1 - p)))
    assert (np.diff(-np.log(np.linspace(0.01, 1, 50))) < 0).all()
    assert all(0 < expit(z) < 1 for z in (-30, 30))
    assert -np.log(1e-300) > 600


def test_the_table_of_one_operation_names_dot_products(page, data, gradient):
    rows = page.table("tbl-one-operation")
    assert len(rows) == 1 + 7  # "under seven names"
    assert "one operation under seven names" in page.text
    x, y = data
    point = np.array([0.5, -1.0])
    e = y - point[0] * x - point[1]
    assert gradient(point)[0] == pytest.approx(-2 / N * sum(a * b for a, b in zip(x, e, strict=True)))


@pytest.mark.parametrize("side", [1, -1])
def test_answers_that_some_x_parts_have_no_minimum_and_these_overlap(says, data, answers, side):
    says(
        "sec-week-two",
        "were all yeses on one side of some",
        "and all noes on the other, the size of the weight would grow without end",
    )
    x, _ = data
    assert x[answers == 1].min() < x[answers == 0].max()
    parted, weights, point = (side * x > 0).astype(float), [], np.zeros(2)
    for step in range(1, 50_001):
        difference = expit(point[0] * x + point[1]) - parted
        point = point - 0.5 / N * np.array([x @ difference, difference.sum()])
        if step in (50, 500, 5000, 50_000):
            weights.append(side * point[0])
    assert (np.diff(weights) > 0.5).all()


def test_formula_and_nudging_print_the_same_digits(page, data, answers):
    formula, nudging = (line.split(":")[1] for line in page.output("logistic-check").splitlines())
    assert formula.split() == nudging.split()
    x, _ = data
    off = expit(0.5 * x - 1) - answers
    shown = [float(v) for v in formula.strip(" []").split()]
    assert shown == pytest.approx([np.mean(x * off), np.mean(off)], abs=1e-7)


def test_the_loop_reaches_the_minimum_that_another_method_finds(sources, data, answers):
    x, _ = data
    found = minimize(
        lambda p: np.mean(np.logaddexp(0, p[0] * x + p[1]) - answers * (p[0] * x + p[1])),
        [0, 0],
        method="BFGS",
    ).x
    point = np.zeros(2)
    for _ in range(1000):
        off = expit(point[0] * x + point[1]) - answers
        point = point - 0.5 * np.array([np.mean(x * off), np.mean(off)])
    assert point == pytest.approx(found, abs=1e-4)
    assert "learning_rate=0.5, steps=1000" in sources[PAGE].cells["fig-week-two"][1]
    # what its alternative text says: no on the left, yes on the right, with an overlap
    yes, no = x[answers == 1], x[answers == 0]
    assert yes.mean() > no.mean() + 1
    assert yes.min() < no.max()
    assert -5 < -point[1] / point[0] < 5
    assert point[0] > 0


def test_where_the_model_is_sure_and_wrong_the_square_has_no_slope(says):
    z, h = -10.0, 1e-4
    square = ((expit(z + h) - 1) ** 2 - (expit(z - h) - 1) ** 2) / (2 * h)
    entropy = (np.logaddexp(0, -(z + h)) - np.logaddexp(0, -(z - h))) / (2 * h)
    minus = "\N{MINUS SIGN}"
    says(
        "sec-week-two",
        f"The slope of the square in that score is {minus}{-square:.4f}",
        f"cross-entropy is {minus}{-entropy:.4f}",
    )
    says("sec-week-two", "the worst mistakes would be corrected slowest")
    slopes = [2 * (1 - expit(score)) ** 2 * expit(score) for score in (-10, -6, -2)]
    assert slopes == sorted(slopes)


def test_a_confident_wrong_score_should_fall(says):
    says("sec-publish-check", "0.9, so the score should fall")
    h, z = 1e-6, np.log(0.9 / 0.1)  # the score of 0.9
    slope = (np.logaddexp(0, z + h) - np.logaddexp(0, z - h)) / (2 * h)  # of -log(1 - σ(z)), for a no
    assert slope == pytest.approx(0.9, abs=1e-6)
    tempting = (np.logaddexp(0, -(z + h)) - np.logaddexp(0, -(z - h))) / (2 * h)  # for a yes
    assert tempting == pytest.approx(-0.1, abs=1e-6)

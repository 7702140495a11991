"""Each question of the recall quiz: its form, and its answers, computed apart from the book's package."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import pairwise

import numpy as np
import pytest

PAGE = "chapters/09-explain-it-back.html"
SECTION = "sec-recall-quiz"


@pytest.fixture(scope="module")
def questions(pages):
    """Every question: its options' words, which is right, and what its reveal refers to."""
    found = {}
    for box in pages[PAGE].section(SECTION).xpath(".//*[contains(@class, 'predict')]"):
        options = box.xpath("./ul/li/*[contains(@class, 'option')]")
        found[box.get("id")] = (
            [
                " ".join(o.text_content().replace(f.text_content(), "").split())
                for o in options
                for f in _feedback(o)
            ],
            [i for i, o in enumerate(options) if "right" in o.get("class").split()],
            box.xpath("./*[contains(@class, 'reveal')]//a/@href"),
            [" ".join(f.text_content().split()) for o in options for f in _feedback(o)],
        )
    return found


def _feedback(option):
    return option.xpath("./*[contains(@class, 'feedback')]")


def cosine(a, b):
    return np.dot(a, b) / np.sqrt(np.dot(a, a) * np.dot(b, b))


def curvature(x):
    """The largest eigenvalue of the Hessian, and the smallest."""
    A = np.column_stack([x, np.ones(len(x))])
    values = np.linalg.eigvalsh(2 / len(x) * A.T @ A)
    return values.max(), values.min()


def test_eleven_questions_each_with_one_right_option_and_a_word_on_every_option(says, questions):
    says(SECTION, "Eleven questions, mixed on purpose")
    assert len(questions) == 11
    for name, (options, right, _, feedback) in questions.items():
        assert len(options) in (3, 4), name
        assert len(right) == 1, name
        assert all(len(words) > 20 for words in feedback), name
        assert len(feedback) == len(options), name


def test_neither_place_nor_length_gives_the_right_option_away(questions):
    places = [right[0] for _, right, _, _ in questions.values()]
    assert all(1 <= places.count(place) <= 5 for place in range(4))
    longest = [
        max(range(len(options)), key=lambda i: len(options[i])) == right[0]
        for options, right, _, _ in questions.values()
    ]
    assert sum(longest) <= 5  # of 11: chance gives about 3


def test_each_reveal_says_where_it_was_taught_and_neighbours_come_from_other_chapters(questions):
    taught = {
        name: [found[1] for link in links if (found := re.search(r"(\d\d)b?-[\w-]+\.html", link))]
        for name, (_, _, links, _) in questions.items()
    }
    assert all(taught.values())
    assert {chapter for found in taught.values() for chapter in found} == {f"{n:02}" for n in range(1, 9)}
    last = [found[-1] for found in taught.values()]
    assert all(a != b for a, b in pairwise(last))


# What a reveal says and nothing else on its page may: words that would answer the question before it is asked.
KEPT_BACK = {
    "prd-recall-layer": ["output of a layer"],
    "prd-recall-size": ["narrower"],
    "prd-recall-one-step": ["zero at a half"],
    "prd-recall-truth": ["400", "more data"],
    "prd-recall-span": ["is a line"],
    "prd-recall-half": ["doubles, here"],
    "prd-recall-root": ["divides by exactly"],
    "prd-recall-steepest": ["0.05 (Section"],
    "prd-recall-units": ["takes the unit out"],
    "prd-recall-check": ["missing mean", "sum where the loss is a mean"],
    "prd-recall-standardise": ["what falls is"],
    "prd-publish-zero-grad": ["still swings", "dies out", "never settles"],
}


@pytest.mark.parametrize("question", KEPT_BACK)
def test_nothing_on_the_page_answers_a_question_before_it_is_chosen(pages, question):
    page = pages["chapters/10-publish.html" if "publish" in question else PAGE]
    whole = deepcopy(page.main)
    said = " ".join(whole.text_content().split())
    assert any(sign in said for sign in KEPT_BACK[question])
    hidden = (
        ".//*[contains(@class, 'reveal') or contains(@class, 'feedback')] | .//details[contains(@id, 'ans-')]"
    )
    for waiting in whole.xpath(hidden):
        waiting.drop_tree()
    left = " ".join(whole.text_content().split())
    assert not [sign for sign in KEPT_BACK[question] if sign in left]


def test_a_layer_is_one_dot_product_for_each_row(says):
    says(SECTION, "Each output of a layer is one row's dot product with the input")
    W, x = np.arange(15.0).reshape(3, 5), np.arange(5.0)
    assert (W @ x).tolist() == [sum(a * b for a, b in zip(row, x, strict=True)) for row in W]
    assert (W * x).shape == (3, 5)
    with pytest.raises(ValueError, match="mismatch"):
        W[:, 0] @ x


def test_a_larger_dot_product_may_go_with_either_angle(says):
    q, u = [3, 0], [2, 1]
    assert np.dot(q, u) == 6
    assert np.dot(q, [3, 4]) == np.dot(q, [3, 1]) == 9
    assert cosine(q, [3, 4]) < cosine(q, u) < cosine(q, [3, 1])
    says(SECTION, f"with a cosine of {cosine(q, u):.2f}")
    says(SECTION, f"but cosines of {cosine(q, [3, 4]):.2f} and {cosine(q, [3, 1]):.2f}: one wider than")


def test_half_the_slope_is_the_whole_way(says):
    says(SECTION, "each leaves 0.8 of the error", "which is zero at a half")
    for start in (-4.0, 0.0, 10.0):
        assert start - 0.5 * 2 * (start - 3) == 3
        assert start - 1 * 2 * (start - 3) - 3 == -(start - 3)  # as far off on the other side
        assert (start - 0.1 * 2 * (start - 3) - 3) / (start - 3) == pytest.approx(0.8)


def test_only_more_observations_bring_the_fit_closer_to_the_truth(says, walk, closed):
    says(SECTION, "descent ends at a weight of 2.0077; the truth is 2")
    assert closed[0] == pytest.approx(2.0077, abs=5e-5)
    assert walk(0.01)[0][-1] == pytest.approx(closed, abs=1e-6)  # "in every digit shown"
    assert walk(0.005, 4000)[0][-1] == pytest.approx(closed, abs=1e-6)  # "Another pace"
    off = {}
    for n in (100, 400):
        rng = np.random.default_rng(n)
        draws = []
        for _ in range(2000):
            x = rng.uniform(-5, 5, n)
            draws.append(np.polyfit(x, 2 * x + 3 + rng.normal(0, 1, n), 1)[0] - 2)
        off[n] = np.std(draws)
    assert off[400] / off[100] == pytest.approx(0.5, abs=0.05)


def test_the_two_standard_errors_are_those_of_the_formula(says):
    found = []
    for seed, n in ((42, 100), (400, 400)):
        rng = np.random.default_rng(seed)
        x = rng.uniform(-5, 5, n)
        y = 2 * x + 3 + rng.normal(0, 1, n)
        _, covariance = np.polyfit(x, y, 1, cov=True)
        found.append(np.sqrt(covariance[0, 0]))
    says(SECTION, f"the standard error of the weight is {found[0]:.3f}; with 400, about half: {found[1]:.3f}")
    assert found[1] / found[0] == pytest.approx(0.5, abs=0.05)


def test_a_multiple_adds_no_direction(says):
    says(SECTION, "The span of these two vectors is a line")
    assert np.linalg.matrix_rank([[2, 1], [-4, -2]]) == 1
    assert (-2 * np.array([2, 1])).tolist() == [-4, -2]


def test_half_the_loss_takes_shorter_steps_to_the_same_line_and_bears_twice_the_rate(
    says, walk, gradient, closed, limit
):
    says(SECTION, f"here from {limit:.4f} to {2 * limit:.4f}", "as if you had halved the rate")
    points, _ = walk(0.01, 3000, lambda p: gradient(p) / 2)
    same, _ = walk(0.005, 3000)
    assert points == pytest.approx(same)
    assert points[-1] == pytest.approx(closed, abs=1e-6)
    assert walk(1.98 * limit, 1000, lambda p: gradient(p) / 2)[1][-1] < 1


def test_the_typical_dot_product_doubles_from_64_entries_to_256(says):
    says(SECTION, "The typical size goes from 8 to 16")
    rng = np.random.default_rng(7)
    spread = {
        d: (rng.normal(size=(20_000, d)) * rng.normal(size=(20_000, d))).sum(axis=1).std() for d in (64, 256)
    }
    assert spread[64] == pytest.approx(8, rel=0.03)
    assert spread[256] == pytest.approx(16, rel=0.03)


def test_the_steepest_short_step_falls_by_the_gradients_length(says):
    says(SECTION, "is 5, and", "of it is 0.05")
    angles = np.radians(np.arange(0, 360, 0.01))
    falls = -0.01 * (3 * np.cos(angles) + 4 * np.sin(angles))
    assert falls.max() == pytest.approx(0.05)
    assert np.hypot(0.01, 0.01) > 0.01  # "together are longer"


def test_a_hundredfold_feature_bears_a_ten_thousandth_of_the_rate(says, data):
    x, _ = data
    before, after = 2 / curvature(x)[0], 2 / curvature(100 * x)[0]
    says(SECTION, f"It goes from {before:.4f} to {after:.7f}")
    assert before / after == pytest.approx(10_000, rel=0.01)


def test_a_gradient_100_times_too_long_falls_at_a_small_rate_and_fails_its_check(
    says, data, walk, gradient, loss
):
    says(SECTION, "The rate had hidden a missing mean")
    _, losses = walk(0.001, 1000, lambda p: 100 * gradient(p))
    assert (np.diff(losses)[:50] < 0).all()
    assert losses[-1] == pytest.approx(losses.min())
    point, h = np.array([0.5, -1.0]), 1e-6
    nudged = [(loss(point + h * axis) - loss(point - h * axis)) / (2 * h) for axis in np.eye(2)]
    assert 100 * gradient(point) / nudged == pytest.approx([100, 100], rel=1e-6)
    x, y = np.tile(data[0], 10), np.tile(data[1], 10)  # "comes back when N changes"
    A = np.column_stack([x, np.ones(1000)])
    _, losses = walk(0.001, 1000, lambda p: 2 * A.T @ (A @ p - y))
    assert losses[-1] > losses[0]


def test_standardising_leaves_the_smallest_loss_and_rounds_the_bowl(says, data):
    x, y = data
    z = (x - x.mean()) / x.std()
    lowest = [np.mean((y - np.polyval(np.polyfit(v, y, 1), v)) ** 2) for v in (x, z)]
    assert lowest[0] == pytest.approx(lowest[1])
    kappa = [top / bottom for top, bottom in (curvature(x), curvature(z))]
    says(SECTION, f"Both are {lowest[0]:.4f} on the data", f"from {kappa[0]:.2f} to {kappa[1]:.2f}")
    assert kappa[1] == pytest.approx(1)

"""What the interlude says of attention and the softmax, proved apart from its cells."""

from __future__ import annotations

import json

import numpy as np
import pytest


@pytest.fixture(scope="module")
def page(pages):
    return pages["chapters/03b-attention.html"]


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@pytest.fixture(scope="module")
def scores():
    """Dot products of 4,000 queries with eight keys each, d = 512, from another seed than the page's."""
    rng = np.random.default_rng(99)
    return np.einsum("qid,qkd->qk", rng.normal(size=(4000, 1, 512)), rng.normal(size=(4000, 8, 512)))


# sec-attention-scale


def test_a_product_of_entries_has_mean_0_and_variance_1_and_their_sum_variance_d(says):
    says("sec-attention-scale", "Independent means that knowing", "So the variances add up")
    says("sec-attention-scale", "independent, about as at the start of training")
    weights = np.random.default_rng(15).normal(0, 1 / 8, size=(2, 4000, 64, 1))  # fresh rows, for one word
    word = np.random.default_rng(16).normal(size=64)
    first, second = (np.squeeze(w, -1) @ word for w in weights)
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0, abs=0.05)
    assert first.mean() == pytest.approx(0, abs=0.05)
    q, k = np.random.default_rng(5).normal(size=(2, 20_000, 64))
    assert (q * k).mean() == pytest.approx(0, abs=0.01)
    assert (q * k).var() == pytest.approx(1, rel=0.02)
    assert (q * k).sum(axis=1).var() == pytest.approx(64, rel=0.05)


def test_the_mean_of_a_product_of_independent_numbers_is_the_product_of_the_means(says):
    says(
        "sec-attention-scale",
        "the mean of a product of independent numbers is the product of their means",
        "The mixed ones, such as",
    )
    first, second = (
        np.array([-2, 0, 1, 4]),
        np.array([-3, 1, 1, 5, 7]),
    )  # each equally likely, in every pairing
    pairs = np.outer(first, second)
    assert pairs.mean() == pytest.approx(first.mean() * second.mean())
    assert (pairs**2).mean() == pytest.approx((first**2).mean() * (second**2).mean())
    assert np.mean([a * a for a in first]) != pytest.approx(
        first.mean() ** 2
    )  # which dependent ones do not obey


def test_the_table_grows_with_d_unless_divided_by_the_root(says, page):
    says("sec-attention-scale", "only the root keeps it near 1, whatever the number of entries")
    for d, plain, root, whole in page.table("cell-score-variance")[1:]:
        assert float(plain) == pytest.approx(float(d), rel=0.06)
        assert float(root) == pytest.approx(1, rel=0.06)
        assert float(whole) == pytest.approx(1 / float(d), rel=0.06)


# sec-softmax


def test_unscaled_scores_differ_by_about_root_d(says, scores):
    says("sec-softmax", "about 23")
    assert scores.std() == pytest.approx(np.sqrt(512), rel=0.03)
    assert softmax(np.array([0.0, np.sqrt(512)]))[0] < 1e-9  # "vanishes beside the larger"


def test_the_root_brings_the_deviation_back_to_1_and_d_to_one_over_root_d(says, scores):
    says("sec-softmax", "brings the standard deviation back to 1", "all weights nearly equal")
    assert (scores / np.sqrt(512)).std() == pytest.approx(1, rel=0.03)
    assert (scores / 512).std() == pytest.approx(1 / np.sqrt(512), rel=0.03)
    assert abs(softmax(scores / 512) - 1 / 8).max() < 0.05


def test_unscaled_scores_leave_one_winner_and_scores_over_d_no_choice(says, scores):
    says("sec-softmax", "leave one winner", "leave no choice", "0.125")
    largest = [softmax(scores / scale).max(axis=1).mean() for scale in (1, np.sqrt(512), 512)]
    assert largest[0] > 0.95
    assert 0.25 < largest[1] < 0.5
    assert largest[2] == pytest.approx(1 / 8, abs=0.015)
    assert softmax(scores / np.sqrt(512)).min(axis=1).mean() > 0.02  # no key is left out


def test_the_drawn_query_is_as_its_alternative_text_says(page):
    text = page.tree.xpath("//div[@id='cell-plot-softmax-scales']//img/@alt")[0]
    assert "one bar has nearly the whole height" in text
    rng = np.random.default_rng(512)
    drawn = (rng.normal(size=(1000, 1, 512)) * rng.normal(size=(1000, 8, 512))).sum(axis=-1)[0]
    assert softmax(drawn).max() > 0.9
    middle = softmax(drawn / np.sqrt(512))
    assert middle.min() > 0.005
    assert middle.max() / middle.min() > 2
    assert np.ptp(softmax(drawn / 512)) < 0.03


def test_the_softmax_prints_what_it_must_and_only_differences_count(says, page):
    says(
        "sec-softmax",
        "every power is multiplied by the same factor, which cancels",
        "no power overflows",
    )
    shown = json.loads(page.output("softmax"))
    assert shown == pytest.approx([1 / (1 + np.e), 1 / (1 + np.exp(-1))], abs=5.1e-5)
    powers, raised = np.exp([0.0, 1.0]), np.exp([7.0, 8.0])
    assert raised / powers == pytest.approx(np.exp([7, 7]))
    assert raised / raised.sum() == pytest.approx(powers / powers.sum())
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert np.isinf(np.exp(np.array([1000.0])))  # what the subtraction avoids
    assert softmax(np.array([1000.0, 1001.0])) == pytest.approx(softmax(np.array([0.0, 1.0])))


def test_of_two_scores_ten_apart_the_larger_gets_nearly_all(says):
    says("sec-softmax", f"the larger already gets {1 / (1 + np.exp(-10)):.5f}.")
    assert 1 / (1 + np.exp(-10)) > 0.9999


def test_a_weight_near_1_hardly_answers_to_its_score(says):
    says("sec-softmax", "from a lead of 23 over one other key to a lead of 22, it loses 2 × 10⁻¹⁰")
    loss = softmax(np.array([23.0, 0.0]))[0] - softmax(np.array([22.0, 0.0]))[0]
    assert f"{loss:.0e}" == "2e-10"


def test_a_longer_query_sharpens_the_choice(says, scores):
    says(
        "sec-softmax",
        "A query vector of greater length does the opposite: its scores lie farther apart, and one weight takes more",
    )
    plain, long = (softmax(length * scores / np.sqrt(512)).max(axis=1) for length in (1, 2))
    assert (long > plain).all()


def test_over_the_root_the_weights_look_alike_at_3_entries_and_at_1024(says):
    says("sec-softmax", "its weights differ as much at 1,024 as at 3", "at 3 they still differ")
    rng, largest = np.random.default_rng(3), {}
    for d in (3, 1024):
        q, k = rng.normal(size=(2000, 1, d)), rng.normal(size=(2000, 8, d))
        scores = (q * k).sum(axis=-1)
        largest[d] = [softmax(scores / scale).max(axis=1).mean() for scale in (1, np.sqrt(d), d)]
    plain, root, whole = zip(largest[3], largest[1024], strict=True)
    assert root[1] == pytest.approx(root[0], rel=0.15)
    assert plain[0] < 0.6
    assert plain[1] > 0.95
    assert whole[0] > 1.5 / 8
    assert whole[1] < 1.1 / 8


# sec-attention-checks


def test_the_measured_deviation_over_d_is_that_of_the_text(says, scores):
    says("sec-attention-checks", "leaves a standard deviation of 0.044 as measured")
    assert (scores / 512).std() == pytest.approx(0.044, abs=0.001)


def test_entries_of_variance_4_leave_a_deviation_of_4_after_the_division(says):
    says("sec-attention-checks", "4: one product", "it undoes only what d does")
    q, k = 2 * np.random.default_rng(64).normal(size=(2, 50_000, 64))
    assert ((q * k).sum(axis=1) / np.sqrt(64)).std() == pytest.approx(4, rel=0.02)

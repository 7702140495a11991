"""What chapter "The cosine identity" says of its experiments, proved apart from its own cells."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ml_from_scratch import angle_between, cosine_similarity, dot, norm, normalize, project


def random_angles(d, pairs=4000, seed=11):
    """Cosines of the angles between random pairs, by NumPy alone."""
    a, b = np.random.default_rng(seed).normal(size=(2, pairs, d))
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@pytest.fixture(scope="module")
def scores():
    """Dot products of 4,000 queries with eight keys each, d = 512, from another seed than the page's."""
    rng = np.random.default_rng(99)
    return np.einsum("qid,qkd->qk", rng.normal(size=(4000, 1, 512)), rng.normal(size=(4000, 8, 512)))


# sec-two-readings


def test_the_dot_product_is_the_length_times_the_shadow(says):
    says("sec-two-readings", "The dot product is the length of")
    a, b = np.array([4.0, 1.0]), np.array([2.0, 3.0])
    assert dot(a, b) == 11  # 4*2 + 1*3
    assert norm(a) * norm(project(b, onto=a)) == pytest.approx(11)


# sec-cosine-worked


def test_the_worked_pair_lies_at_45_degrees(says):
    says("sec-cosine-worked", "whose cosine is", "which here is 0.7071, so", "is 45°")
    assert cosine_similarity([1, 0], [1, 1]) == pytest.approx(1 / np.sqrt(2))
    assert np.degrees(angle_between([1, 0], [1, 1])) == pytest.approx(45)


# sec-cosine-proof


@pytest.mark.parametrize("degrees", [20, 75, 90, 130, 175])
def test_every_line_of_the_proof_gives_the_same_side(says, degrees):
    says("sec-cosine-proof", "the foot lies behind the origin", "the first line still holds")
    theta = np.radians(degrees)
    a, b = np.array([4.0, 0.0]), 3 * np.array([np.cos(theta), np.sin(theta)])
    side = np.hypot(*(a - b)) ** 2
    assert (4 - 3 * np.cos(theta)) ** 2 + (3 * np.sin(theta)) ** 2 == pytest.approx(side)
    assert 16 + 9 - 2 * 4 * 3 * np.cos(theta) == pytest.approx(side)
    assert ((a - b) ** 2).sum() == pytest.approx(side)
    assert norm(a) ** 2 + norm(b) ** 2 - 2 * dot(a, b) == pytest.approx(side)
    assert (b[0] < 0) == (degrees > 90)


@pytest.mark.parametrize("d", [3, 10, 768])
def test_the_angle_is_that_in_the_arrows_common_plane(says, d):
    says("sec-cosine-proof", "two arrows from one point still lie in a common plane")
    a, b = np.random.default_rng(d).normal(size=(2, d))
    basis, _ = np.linalg.qr(np.column_stack([a, b]))  # (d, 2): the plane
    flat_a, flat_b = basis.T @ a, basis.T @ b
    turn = np.arctan2(flat_b[1], flat_b[0]) - np.arctan2(flat_a[1], flat_a[0])
    assert cosine_similarity(a, b) == pytest.approx(np.cos(turn))


def test_both_lines_of_the_check_show_the_same_number(cosine):
    (_, algebra), (_, geometry) = (line.split() for line in cosine.output("check-proof").splitlines())
    assert algebra == geometry


# sec-four-pairs


def test_the_cosine_has_its_extremes_where_the_text_says(says):
    says("sec-four-pairs", "largest at 0°, zero at 90°, and smallest at 180°")
    degrees = np.arange(0, 181)
    turned = np.array([dot([3, 0], [2 * np.cos(t), 2 * np.sin(t)]) for t in np.radians(degrees)])
    assert turned.argmax() == 0
    assert turned.argmin() == 180
    assert turned[90] == pytest.approx(0, abs=1e-12)
    assert (turned[:90] > 0).all()
    assert (turned[91:] < 0).all()


def test_a_cosine_starts_flat(says):
    says("sec-four-pairs", "from 0° to 45° it loses less than from 45° to 90°")
    assert np.cos(0) - np.cos(np.pi / 4) < np.cos(np.pi / 4) - np.cos(np.pi / 2)


def test_the_table_measures_what_the_angles_predict(cosine):
    _, *rows = cosine.table("tbl-four-pairs")
    expected = {
        "parallel": (10, 1),
        "perpendicular": (0, 0),
        "opposite": (-5, -1),
        "at 45°": (5, 1 / np.sqrt(2)),
    }
    assert len(rows) == 4
    for name, product, predicted, measured in rows:
        assert (float(product), float(measured)) == pytest.approx(expected[name.partition(",")[0]], abs=5e-5)
        assert float(predicted) == float(measured)


def test_the_right_option_is_the_one_that_the_table_shows(cosine):
    right = cosine.tree.xpath("//div[@id='prd-four-pairs']//div[contains(@class, 'right')]/p")[
        0
    ].text_content()
    assert right == "1, 0, −1 and about 0.71"


# sec-projection


def test_the_rest_stands_at_a_right_angle(says, cosine):
    says("sec-projection", "so its dot product with", "must be zero, up to rounding")
    a, b = np.array([4.0, 1.0]), np.array([2.0, 3.0])
    assert abs((b - 11 / 17 * a) @ a) < 1e-14  # a·b / a·a = 11/17
    assert abs(float(cosine.output("projection-check").split("=")[1])) < 1e-14


# sec-misleading-pair


def test_the_longer_arrow_wins_by_dot_product_and_loses_by_cosine(says, cosine):
    says("sec-misleading-pair", "opposite orders", "as the last two columns show")
    q, u, v = [1, 0], [2, 0.2], [4, 4]
    assert norm(v) > norm(u)
    assert dot(q, u) < dot(q, v)
    assert cosine_similarity(q, u) > cosine_similarity(q, v)
    assert np.degrees(angle_between(q, u)) < 6  # "almost parallel"
    assert np.degrees(angle_between(q, v)) == pytest.approx(45)
    assert dot(normalize(q), normalize(v)) == pytest.approx(cosine_similarity(q, v))
    for row in cosine.table("tbl-misleading-pair")[1:]:
        assert row[-1] == row[-2]


# sec-high-dimensions


def test_on_a_flat_sheet_random_angles_spread_evenly(says):
    says("sec-high-dimensions", "they do.")
    angles = np.degrees(np.arccos(random_angles(2)))
    assert np.histogram(angles, bins=6, range=(0, 180))[0] / 4000 == pytest.approx(
        np.full(6, 1 / 6), abs=0.03
    )


def test_on_a_globe_there_is_more_room_near_the_equator(says):
    says("sec-high-dimensions", "lands more often near the wide equator")
    angles = np.degrees(np.arccos(random_angles(3)))
    assert np.mean(abs(angles - 90) < 30) == pytest.approx(
        0.5, abs=0.03
    )  # sin 30°: half of a third of the range
    assert np.mean(angles < 30) < 0.1


def test_random_angles_crowd_around_90_degrees_as_d_grows(says):
    says(
        "sec-high-dimensions",
        "They crowd around 90°",
        "nearly perpendicular as the number of dimensions grows",
    )
    angles = {d: np.degrees(np.arccos(random_angles(d))) for d in (3, 10, 100, 768)}
    spread = [a.std() for a in angles.values()]
    assert spread == sorted(spread, reverse=True)
    assert [a.mean() for a in angles.values()] == pytest.approx([90] * 4, abs=2)
    assert abs(angles[768] - 90).max() < 10


def test_the_vectors_grow_longer_and_the_products_cancel(says):
    says("sec-high-dimensions", "as many negative as positive ones", "The vectors grow longer too")
    for d in (10, 768):
        a, b = np.random.default_rng(d).normal(size=(2, 2000, d))
        assert np.mean(a * b > 0) == pytest.approx(0.5, abs=0.02)
        assert np.linalg.norm(a, axis=1).mean() == pytest.approx(np.sqrt(d), rel=0.04)


def test_the_cosines_have_a_typical_size_of_one_over_root_d(says):
    says("sec-high-dimensions", "Their cosines have a typical size of", "0.0361, and the next section")
    assert random_angles(768).std() == pytest.approx(0.0361, rel=0.05)  # 1/√768


def test_the_sum_grows_like_root_d_and_the_lengths_product_like_d(says):
    says("sec-high-dimensions", "their sum grows like", "while the product of the lengths grows like")
    says("sec-attention-scale", "each length is about")
    for d in (64, 1024):
        a, b = np.random.default_rng(d).normal(size=(2, 4000, d))
        assert (a * b).sum(axis=1).std() == pytest.approx(np.sqrt(d), rel=0.05)
        assert (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)).mean() == pytest.approx(d, rel=0.05)


# sec-attention-scale


def test_a_product_of_entries_has_mean_0_and_variance_1_and_their_sum_variance_d(says):
    says("sec-attention-scale", "has mean 0, and its variance")
    q, k = np.random.default_rng(5).normal(size=(2, 20_000, 64))
    assert (q * k).mean() == pytest.approx(0, abs=0.01)
    assert (q * k).var() == pytest.approx(1, rel=0.02)
    assert (q * k).sum(axis=1).var() == pytest.approx(64, rel=0.05)


def test_the_table_grows_with_d_unless_divided_by_the_root(says, cosine):
    says("sec-attention-scale", "Only the root keeps the variance near 1, whatever the number of entries")
    for d, plain, root, whole in cosine.table("tbl-score-variance")[1:]:
        assert float(plain) == pytest.approx(float(d), rel=0.06)
        assert float(root) == pytest.approx(1, rel=0.06)
        assert float(whole) == pytest.approx(1 / float(d), rel=0.06)


def test_unscaled_scores_differ_by_about_root_d(says, scores):
    says("sec-attention-scale", "about 23")
    assert scores.std() == pytest.approx(np.sqrt(512), rel=0.03)
    assert softmax(np.array([0.0, np.sqrt(512)]))[0] < 1e-9  # "vanishes beside the larger"


def test_the_root_brings_the_deviation_back_to_1_and_d_to_one_over_root_d(says, scores):
    says("sec-attention-scale", "brings the standard deviation back to 1", "all weights nearly equal")
    assert (scores / np.sqrt(512)).std() == pytest.approx(1, rel=0.03)
    assert (scores / 512).std() == pytest.approx(1 / np.sqrt(512), rel=0.03)
    assert abs(softmax(scores / 512) - 1 / 8).max() < 0.05


def test_unscaled_scores_leave_one_winner_and_scores_over_d_no_choice(says, scores):
    says("sec-attention-scale", "leave one winner", "leave no choice", "0.125")
    largest = [softmax(scores / scale).max(axis=1).mean() for scale in (1, np.sqrt(512), 512)]
    assert largest[0] > 0.95
    assert 0.25 < largest[1] < 0.5
    assert largest[2] == pytest.approx(1 / 8, abs=0.015)
    assert softmax(scores / np.sqrt(512)).min(axis=1).mean() > 0.02  # no key is left out


def test_the_drawn_query_is_as_its_alternative_text_says(cosine):
    text = cosine.tree.xpath("//figure[@id='fig-softmax-scales']/img/@alt")[0]
    assert "one bar has nearly the whole height" in text
    rng = np.random.default_rng(512)
    drawn = (rng.normal(size=(1000, 1, 512)) * rng.normal(size=(1000, 8, 512))).sum(axis=-1)[0]
    assert softmax(drawn).max() > 0.9
    middle = softmax(drawn / np.sqrt(512))
    assert middle.min() > 0.005
    assert middle.max() / middle.min() > 2
    assert np.ptp(softmax(drawn / 512)) < 0.03


def test_the_softmax_prints_what_it_must_and_only_differences_count(says, cosine):
    says("sec-attention-scale", "Only differences count")
    for line, score in zip(cosine.output("softmax").splitlines(), (1, 10), strict=True):
        shown = [float(v) for v in re.findall(r"\d\.\d*", line.partition(":")[2])]
        assert shown == pytest.approx([1 / (1 + np.exp(score)), 1 / (1 + np.exp(-score))], abs=5.1e-5)
    assert softmax(np.array([1000.0, 1001.0])) == pytest.approx(softmax(np.array([0.0, 1.0])))


def test_a_weight_near_1_hardly_answers_to_its_score(says):
    says("sec-attention-scale", "from a lead of 23 over one other key to a lead of 22, it loses 2e-10")
    loss = softmax(np.array([23.0, 0.0]))[0] - softmax(np.array([22.0, 0.0]))[0]
    assert f"{loss:.0e}" == "2e-10"


def test_the_sign_of_a_difference_is_lost_in_its_square(says):
    says("sec-cosine-proof", "If the shadow is longer than", "and its square is the same")
    a, b = np.array([2.0, 0.0]), np.array([3.0, 1.0])
    assert norm(a) - b[0] < 0
    assert (norm(a) - b[0]) ** 2 + b[1] ** 2 == pytest.approx(((a - b) ** 2).sum())


# sec-cosine-pitfalls, sec-cosine-checks


def test_a_star_b_stops_before_adding_up(says, cosine):
    says("sec-cosine-pitfalls", "stops before adding up")
    assert cosine.output("pitfall-elementwise").split() == [
        "a",
        "*",
        "b",
        "=",
        "[",
        "4",
        "10",
        "18]",
        "a",
        "@",
        "b",
        "=",
        "32",
    ]


def test_the_answers_are_right(says):
    says("sec-cosine-checks", "1, since the second is twice the first", "10, but that is the dot product")
    says("sec-cosine-checks", "Positive, zero, negative; then negative, zero, positive")
    assert cosine_similarity([1, 2], [2, 4]) == pytest.approx(1)
    assert dot([1, 2], [2, 4]) == 10  # 1*2 + 2*4
    signs = [np.sign(round(dot([1, 0], [np.cos(t), np.sin(t)]), 12)) for t in np.radians([30, 90, 120])]
    turned = [np.sign(round(dot([1, 0], [-2 * np.cos(t), 0]), 12)) for t in np.radians([30, 90, 120])]
    assert signs == [1, 0, -1]
    assert turned == [-1, 0, 1]


def test_the_measured_deviation_over_d_is_that_of_the_text(says, scores):
    says("sec-cosine-checks", "measured 0.044")
    assert (scores / 512).std() == pytest.approx(0.044, abs=0.001)


def test_random_dot_products_grow_like_root_d(says):
    says("sec-cosine-summary", "Their dot products, with entries of variance 1, grow like")
    deviations = []
    for d in (16, 64, 256):
        q, k = np.random.default_rng(d).normal(size=(2, 8000, d))
        deviations.append((q * k).sum(axis=1).std())
    assert np.array(deviations[1:]) / deviations[:-1] == pytest.approx([2, 2], rel=0.04)  # √4

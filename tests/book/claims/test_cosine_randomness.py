"""What the chapter on the cosine identity says of random vectors and attention, proved apart from its cells."""

from __future__ import annotations

import numpy as np
import pytest

from ml_from_scratch import cosine_similarity


def random_angles(d, pairs=4000, seed=11):
    """Cosines of the angles between random pairs, by NumPy alone."""
    a, b = np.random.default_rng(seed).normal(size=(2, pairs, d))
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


# sec-high-dimensions


def test_on_a_flat_sheet_random_angles_spread_evenly(says):
    says("sec-high-dimensions", "they do;")
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
    says("sec-high-dimensions", "as many are negative as positive", "The vectors also grow longer")
    for d in (10, 768):
        a, b = np.random.default_rng(d).normal(size=(2, 2000, d))
        assert np.mean(a * b > 0) == pytest.approx(0.5, abs=0.02)
        assert np.linalg.norm(a, axis=1).mean() == pytest.approx(np.sqrt(d), rel=0.04)


def test_the_cosines_have_a_typical_size_of_one_over_root_d(says):
    says(
        "sec-high-dimensions",
        "and the typical size of their cosines is",
        "0.0361: an arrow's cosine with an axis",
    )
    says(
        "sec-high-dimensions",
        "is its entry divided by its length, so the",
        "squares add up to 1; no direction is preferred",
    )
    arrows = np.random.default_rng(10).normal(size=(20_000, 6))
    on_axis = np.array([cosine_similarity(arrows[0], axis) for axis in np.eye(6)])
    assert on_axis == pytest.approx(arrows[0] / np.sqrt((arrows[0] ** 2).sum()))
    squares = (arrows / np.linalg.norm(arrows, axis=1, keepdims=True)) ** 2  # of the cosines with six axes
    assert squares.sum(axis=1) == pytest.approx(1)
    assert squares.mean(axis=0) == pytest.approx(np.full(6, 1 / 6), rel=0.03)
    assert np.mean(random_angles(6, pairs=20_000) ** 2) == pytest.approx(1 / 6, rel=0.03)
    assert random_angles(768).std() == pytest.approx(0.0361, rel=0.05)  # 1/√768


def test_the_sum_grows_like_root_d_and_the_lengths_product_like_d(says):
    says("sec-high-dimensions", "their sum grows like", "while the product of the lengths grows like")
    says("sec-high-dimensions", "their d squares add up to about d, and each length is about")
    for d in (64, 1024):
        a, b = np.random.default_rng(d).normal(size=(2, 4000, d))
        assert (a * b).sum(axis=1).std() == pytest.approx(np.sqrt(d), rel=0.05)
        assert (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)).mean() == pytest.approx(d, rel=0.05)


# sec-cosine-summary


def test_random_dot_products_grow_like_root_d(says):
    says("sec-cosine-summary", "With entries of standard deviation 1, their dot products grow like")
    deviations = []
    for d in (16, 64, 256):
        q, k = np.random.default_rng(d).normal(size=(2, 8000, d))
        deviations.append((q * k).sum(axis=1).std())
    assert np.array(deviations[1:]) / deviations[:-1] == pytest.approx([2, 2], rel=0.04)  # √4

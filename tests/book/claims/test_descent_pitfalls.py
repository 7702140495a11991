"""What the chapter on descent says of its pitfalls, each fault made anew."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ml_from_scratch import central_difference


def walk(slope, start, rate, steps):
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - rate * slope(points[-1]))
    return points


def parabola(x):
    """The slope of (x - 3)² by its expansion, x² - 6x + 9."""
    return 2 * x - 6


def test_a_wrong_sign_leads_away_from_the_minimum(says):
    first = walk(lambda x: 6 - 2 * x, 0.0, 0.1, 3)[1:]
    shown = ", ".join(f"{p:.2f}" for p in first).replace("-", "−")
    says("sec-descent-pitfalls", f"a plus in the step leads to {shown}, away from 3.")
    for rate in (1e-4, 0.1, 2.0):
        off = [abs(p - 3) for p in walk(lambda x: 6 - 2 * x, 0.0, rate, 50)]
        assert all(before < after for before, after in pairwise(off))


def test_the_height_exposes_the_sign_and_nudging_does_not(says):
    says(
        "sec-descent-pitfalls",
        "The slope itself is right, so central_difference finds nothing wrong. "
        "The walk tells you: it climbs at every step, and stays on one side of 3",
    )

    def height(x):
        return (x - 3) ** 2

    for place in (0.0, 4.5, 6.0):
        assert parabola(place) == pytest.approx(central_difference(height, place))
    points = [0.0]
    for _ in range(50):
        points.append(points[-1] + 0.1 * parabola(points[-1]))  # the plus
    assert all(height(before) < height(after) for before, after in pairwise(points))
    assert max(points) < 3


def test_flat_places_hold_a_walk_whatever_they_are(says):
    says(
        "sec-descent-pitfalls",
        "a minimum, a maximum, and neither",
        "one and the same outcome, converged (the next step leads to no new point); only the slopes or heights",
    )
    says("sec-descent-pitfalls", "only the slopes or heights beside a flat place tell what it is")
    slopes, heights = [], []
    for f, slope in (
        (lambda x: x**2, lambda x: 2 * x),
        (lambda x: -(x**2), lambda x: -2 * x),
        (lambda x: x**3, lambda x: 3 * x * x),
    ):
        assert set(walk(slope, 0.0, 0.1, 50)) == {0.0}
        slopes.append((slope(-0.1) > 0, slope(0.1) > 0))
        heights.append((f(-0.1) > 0, f(0.1) > 0))
    assert slopes == [(False, True), (True, False), (True, True)]
    assert heights == [(True, True), (False, False), (False, True)]

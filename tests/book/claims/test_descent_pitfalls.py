"""What the chapter on descent says of its pitfalls, each fault made anew."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def chapter(pages):
    return pages["chapters/04-gradient-descent.html"]


def walk(slope, start, rate, steps):
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - rate * slope(points[-1]))
    return points


def parabola(x):
    """The slope of (x - 3)² by its expansion, x² - 6x + 9."""
    return 2 * x - 6


def test_three_wrong_walks_are_told_apart_by_their_first_steps_and_a_tenth_of_the_rate(says, chapter):
    says("sec-descent-pitfalls", "The wrong sign climbs on its own side of 3, at every learning rate")
    says("sec-descent-pitfalls", "jumps across, and a smaller one cures it", "always moves left")
    faults = {
        "sound": (parabola, 0.1),
        "wrong sign": (lambda x: 6 - 2 * x, 0.1),
        "η = 1.1": (parabola, 1.1),
        "f for f′": (lambda x: (x - 3) ** 2, 0.1),
    }
    rows = chapter.table("tbl-wrong-walks")[1:]
    assert [row[0] for row in rows] == list(faults)
    for row, (slope, rate) in zip(rows, faults.values(), strict=True):
        assert [float(v) for v in row[1:4]] == pytest.approx(walk(slope, 0.0, rate, 3)[1:], abs=5.1e-3)
    assert [row[4] for row in rows] == ["3", f"{3 - 3 * 1.02**500:,.0f}", "3", "overflow"]
    for rate in (1e-4, 0.1, 2.0):
        climbing = [abs(p - 3) for p in walk(faults["wrong sign"][0], 0.0, rate, 50)]
        assert climbing == sorted(climbing)
    with pytest.raises(OverflowError):
        walk(faults["f for f′"][0], 0.0, 0.01, 500)
    creeping = walk(faults["f for f′"][0], 6.0, 0.1, 50)
    says("sec-descent-pitfalls", f"it creeps to {creeping[-1]:.2f} in 50 steps")
    assert creeping == sorted(creeping, reverse=True)
    assert creeping[-1] > 3


def test_flat_places_hold_a_walk_whatever_they_are(says, chapter):
    says(
        "sec-descent-pitfalls",
        "whatever the place is",
        "converged, converged, converged",
        "only those beside it tell",
    )
    slopes = (lambda x: 2 * x, lambda x: -2 * x, lambda x: 3 * x * x)
    for row, slope in zip(chapter.table("tbl-flat")[1:], slopes, strict=True):
        assert [float(v) for v in row[1:4]] == pytest.approx([slope(v) for v in (-0.1, 0.0, 0.1)])
        assert set(walk(slope, 0.0, 0.1, 50)) == {0.0}


def test_too_small_a_nudge_looks_flat_or_noisy(says):
    assert 1 + 1e-16 == 1
    says("sec-descent-pitfalls", "comes out as 0.0", f"as {((1 + 1e-15) ** 3 - 1) / 1e-15:.2f}")


def test_another_unit_needs_a_learning_rate_ten_thousand_times_as_large(says, chapter):
    says("sec-descent-pitfalls", "needs a learning rate ten thousand times as large")
    factors = [1 - 2 * rate / 100**2 for rate in (0.1, 1000)]
    ends = [300 - 300 * factor**50 for factor in factors]
    printed = chapter.output("change-of-unit").splitlines()
    assert [float(line.split()[-2]) for line in printed] == pytest.approx(ends, abs=5.1e-5)
    assert factors[1] == pytest.approx(0.8)  # the same walk as in metres

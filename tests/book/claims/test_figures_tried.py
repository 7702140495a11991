"""What the answers say of the figures to touch in chapters 3, 6, 7 and 8, proved apart from the figures and the cells."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest


def test_the_shortest_arrow_with_a_product_lies_on_the_other_arrows_line(says):
    says("sec-two-readings", "On the line of", "it must be longer to reach as far")
    along = np.linspace(-5, 5, 100_001)
    b = np.column_stack([along, 11 - 4 * along])  # every b with 4 b₁ + b₂ = 11
    lengths = np.hypot(*b.T)
    best = b[lengths.argmin()]
    assert best[0] / best[1] == pytest.approx(4 / 1, rel=1e-3)
    assert lengths.min() == pytest.approx(11 / np.sqrt(17), rel=1e-6)
    linked = np.array([2.6, 0.6])
    assert linked @ [4, 1] == pytest.approx(11)


def test_with_one_entry_every_cosine_is_one_and_nine_of_ten_are_near_zero_between_256_and_512(says):
    says(
        "sec-high-dimensions",
        "where a cosine can only be 1 or −1",
        "do nine of ten cosines lie",
        "on, between the figure's steps 256 and 512: for such d, nine of ten cosines are within about",
        "that is only their typical size: about a third lie farther out",
    )
    assert 1 / np.sqrt(100) == pytest.approx(0.1)
    assert 2 * NormalDist().cdf(-1) == pytest.approx(1 / 3, abs=0.02)
    ninetieth = NormalDist().inv_cdf(0.95)  # five in a hundred beyond it, and as many below its opposite
    assert ninetieth == pytest.approx(1.64, abs=0.01)
    assert (ninetieth / 0.1) ** 2 == pytest.approx(270, abs=3)
    assert 256 < (ninetieth / 0.1) ** 2 < 512
    rng = np.random.default_rng(5)

    def near(d: int) -> float:
        a, b = rng.normal(size=(2, 4000, d))
        cosines = (a * b).sum(axis=1) / np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
        if d == 1:
            assert abs(cosines) == pytest.approx(1)
        return float((abs(cosines) < 0.1).mean())

    assert near(1) == 0
    assert near(128) < 0.8
    assert 1 - near(100) == pytest.approx(1 / 3, abs=0.03)
    assert near(270) == pytest.approx(0.9, abs=0.02)
    assert near(512) > 0.95


def test_setting_w_moves_the_best_b(says, data):
    says("sec-regression-task", "Yes: the best", "the best for where the other then stood")
    x, y = data
    heights = np.linspace(-4, 9, 13_001)
    best = [heights[np.argmin([np.mean((y - w * x - b) ** 2) for b in heights])] for w in (-1.0, 0.0)]
    assert best[1] - best[0] == pytest.approx(-x.mean(), abs=2e-3)
    assert abs(x.mean()) > 0.01  # or the answer would be no


def test_the_path_swings_unless_it_starts_on_the_valleys_line(says, data):
    says(
        "sec-curvature",
        "Those on the floor of the valley, the line through the minimum along its flat axis",
        "no distance across it",
    )
    x, y = data
    A = np.column_stack([x, np.ones(len(x))])
    best = np.polyfit(x, y, 1)
    steep = np.linalg.svd(A)[2][0]

    def across(start: tuple[float, float]) -> np.ndarray:
        point, found = np.array(start), []
        for _ in range(4):
            found.append((point - best) @ steep)
            point = point - 0.1 * 2 / len(x) * A.T @ (A @ point - y)
        return np.array(found)

    swings = across((0, 0))
    assert (swings[1:] * swings[:-1] < 0).all()
    assert abs(across((1.95, 0.0))[0]) < 0.01 * abs(swings[0])  # the linked start


@pytest.mark.parametrize("start", [(60, -9000), (0, 0), (90, 3000), (-20, -12_000)])
def test_a_raw_run_finds_the_floor_and_nothing_along_it(says, root, start):
    says(
        "sec-standardise",
        "The floor of the ravine",
        "at the first step",
        "nearly all of the distance is still to go",
    )
    table = root / "code" / "ml_from_scratch" / "data" / "penguins.csv"
    x, y = np.genfromtxt(table, delimiter=",", skip_header=1, usecols=(4, 5)).T
    A = np.column_stack([x, np.ones(len(x))])
    _, singular, axes = np.linalg.svd(A, full_matrices=False)
    steep, flat = axes
    rate = len(x) / singular[0] ** 2 / 2  # half of 2/λ, with λ = 2 s²/N
    best = np.polyfit(x, y, 1)
    point = np.array(start, dtype=float)
    first = None
    for _ in range(1000):
        point = point - rate * 2 / len(x) * A.T @ (A @ point - y)
        first = point if first is None else first
    assert abs((first - best) @ steep) < 1e-6 * abs((np.array(start) - best) @ steep)
    assert (point - best) @ flat == pytest.approx((np.array(start) - best) @ flat, rel=1e-3)

"""What the chapter on vector operations says of sums, dot products and their signs, in exact arithmetic."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

from ml_from_scratch import dot


@pytest.fixture(scope="module")
def operations(pages):
    return pages["chapters/02-vector-operations.html"]


def products(a, b):
    """The products of matching entries, exactly."""
    return [Fraction(x) * Fraction(y) for x, y in zip(a, b, strict=True)]


# sec-add-and-scale


def test_the_walk_one_right_two_up_then_three_right_four_up(says, operations):
    says("sec-add-and-scale", "three right and one up, then one right and two up")
    assert complex(1, 2) + complex(3, 4) == complex(4, 6)  # the plane, without arrays
    printed = [line.strip() for line in operations.output("add-and-scale").splitlines()]
    assert printed == ["a + b = [4 6]", "2 * a = [2 4]", "a - b = [-2 -2]"]


def test_the_difference_leads_from_the_tip_of_b_to_that_of_a(says):
    says("sec-add-and-scale", "the step from the tip of", "to the tip of")
    for a, b in itertools.product([1 + 2j, -3 + 1j, 0.5 - 2j], repeat=2):
        assert b + (a + (-1) * b) == a


def test_a_scalar_makes_an_arrow_its_size_times_as_long_and_a_negative_one_turns_it_round(says):
    says("sec-add-and-scale", "times as long", "a negative one turns it round")
    for s in (3, 0.5, 0, -2):
        assert abs(s * (3 - 4j)) == pytest.approx(abs(s) * 5)
    assert np.angle(-2 * (1 + 1j) / (1 + 1j), deg=True) == pytest.approx(180)


def test_the_figure_walks_the_sum_that_the_text_names(says, sources):
    _, code = sources["chapters/02-vector-operations.html"].cells["fig-add-and-scale"]
    assert "draw_sum(left, [3, 1], [1, 2])" in code
    assert complex(3, 1) + complex(1, 2) == complex(4, 3)
    says("sec-add-and-scale", "point so nearly the same way")
    assert abs(np.angle((3 + 4j) / (1 + 2j), deg=True)) < 12  # of the two in the formula
    assert abs(np.angle((1 + 2j) / (3 + 1j), deg=True)) > 40


# sec-dot-product


def test_the_basket_costs_what_the_till_says(says):
    says("sec-dot-product", "You buy 2 loaves, 3 apples and 1 cheese, at 4, 0.5 and 6 euros")
    assert sum(products([2, 3, 1], ["4", "1/2", "6"])) == Fraction("15.5")


def test_three_ways_give_one_number(says, operations):
    says("sec-dot-product", "NumPy has two ways to write it, and Python a third")
    assert products([1, 2, 3], [4, 5, 6]) == [4, 10, 18]
    assert operations.output("three-ways").split()[:3] == [str(4 + 10 + 18)] * 3


def test_a_vectors_product_with_itself_is_the_square_of_its_length(says):
    says("sec-dot-product", "is the square of its length, by Pythagoras")
    for v in [(3, 4), (1, -2, 2), (0, 0), (2, 3, 6, -1)]:
        assert math.hypot(*v) ** 2 == pytest.approx(float(sum(products(v, v))))


def test_the_laws_hold_for_any_vectors(says):
    says("sec-dot-product", "Each law holds for a single product", "the same holds on its right")
    rng = np.random.default_rng(20)
    for _ in range(50):
        a, b, c = rng.integers(-9, 10, size=(3, 4)).tolist()
        s = Fraction(int(rng.integers(-9, 10)), 7)
        both = [x + y for x, y in zip(a, b, strict=True)]
        assert sum(products(a, b)) == sum(products(b, a))
        assert sum(products(both, c)) == sum(products(a, c)) + sum(products(b, c))
        assert sum(products(c, both)) == sum(products(c, a)) + sum(products(c, b))
        assert sum(products([s * x for x in a], b)) == s * sum(products(a, b))


def test_weights_that_add_up_to_1_make_an_average(says):
    says("sec-dot-product", "has no negative entry and adds up to 1, the dot product is a weighted average")
    rng = np.random.default_rng(6)
    for _ in range(20):
        shares = [Fraction(int(n)) for n in rng.integers(0, 9, size=4)]
        weights, values = [s / sum(shares) for s in shares], rng.integers(-9, 10, size=4).tolist()
        assert min(values) <= sum(products(weights, values)) <= max(values)
    assert sum(products(["1/4"] * 4, [1, 2, 3, 6])) == Fraction(1 + 2 + 3 + 6, 4)  # equal ones: the mean


# sec-operations-sign


def test_ada_and_the_film_agree_on_balance(says):
    says("sec-operations-sign", "that adds too", "that subtracts", "The sum, 3, is positive")
    assert products([2, -1, 1], [1, -2, -1]) == [2, 2, -1]


def test_the_arrows_on_as_side_have_the_positive_products(says, operations):
    says("sec-operations-sign", "Eight arrows of equal length", "side of the line through the origin")
    half = [(2, 1), (1, 2), (-1, 2), (-2, 1)]
    ring = [*half, *((-x, -y) for x, y in half)]
    assert {x * x + y * y for x, y in ring} == {5}
    angles = {b: np.degrees(np.angle(complex(*b) / complex(2, 1))) for b in ring}
    signs = {b: np.sign(sum(products((2, 1), b))) for b in ring}
    for b, angle in angles.items():
        on_the_line = np.isclose(abs(angle), 90)
        assert signs[b] == (0 if on_the_line else 1 if abs(angle) < 90 else -1)
    assert sorted(signs.values()) == [-1, -1, -1, 0, 0, 1, 1, 1]
    assert max(ring, key=lambda b: sum(products((2, 1), b))) == (2, 1)
    alt = operations.tree.xpath("//figure[@id='fig-signs']/img/@alt")[0]
    assert "two of the arrows lie on it, marked zero" in alt
    assert "largest for a itself" in alt
    says("sec-operations-summary", "zero where the arrows are perpendicular, at a right angle")


def test_the_wrong_options_of_the_sign_have_the_counterexamples_that_they_name(says):
    says(
        "sec-operations-sign",
        "in the large entry, and disagrees in the small one",
        "points to the right, but down more",
    )
    assert sum(products((2, 1), (2, -1))) > 0
    assert sum(products((2, 1), (1, -2))) == 0


def test_the_dot_product_counts_how_far_an_arrow_goes_along_a(says):
    says("sec-operations-sign", "two up and one left", "every arrow is", "5p, since", "drops out")
    assert complex(2, 1) * 1j == complex(-1, 2)  # times i: turned left by a right angle
    assert [sum(products((2, 1), b)) for b in ((2, 1), (-1, 2))] == [5, 0]
    for b in itertools.product(range(-4, 5), repeat=2):
        recipe = complex(*b) / complex(2, 1)  # p + qi, for q times w is qi times a
        p, q = Fraction(round(5 * recipe.real), 5), Fraction(round(5 * recipe.imag), 5)
        assert (2 * p - q, p + 2 * q) == b
        assert sum(products((2, 1), b)) == 5 * p


def test_the_same_holds_for_any_arrow_except_zero(says):
    says("sec-operations-sign", "any 𝒂 except zero: turned left")
    for a, p, q in itertools.product([(3, 0), (-1, 4), (2, -5)], (-2, 0, 3), (-1, 0, 2)):
        turned = complex(*a) * 1j
        assert turned == complex(-a[1], a[0])
        b = p * complex(*a) + q * turned
        assert sum(products(a, (b.real, b.imag))) == p * sum(products(a, a))


# sec-operations-checks


def test_the_self_checks_give_the_numbers_that_they_compute(says):
    says(
        "sec-operations-checks", "0: one arrow lies on the x-axis", "10: five products of 2, added up", "= 3."
    )
    assert sum(products([2, 0], [0, 3])) == 0
    assert sum(products([1] * 5, [2] * 5)) == 10
    assert sum(products([2, 1], [2, -1])) == 3
    assert dot([2, 0], [0, 3]) == 0  # and so says the package


def test_the_product_stays_on_a_line_and_falls_on_a_circle(says):
    says(
        "sec-operations-sign",
        "whose product is 5",
        "A straight line through the tip of",
        "while the product falls as it turns away",
    )
    places = [Fraction(k, 10) for k in range(-50, 51)]
    on = [(x, y) for x, y in itertools.product(places, places) if 2 * x + y == 5]
    assert len(on) > 20
    for x, y in on:
        assert 2 * (x - 2) + (y - 1) == 0  # from the tip of a, at a right angle to a
    turned = [
        2 * math.cos(t) * math.sqrt(5) + math.sin(t) * math.sqrt(5)
        for t in np.linspace(0, math.pi, 9) + math.atan2(1, 2)
    ]
    assert (np.diff(turned) < 0).all()

"""What the chapter on vector operations says of sums, dot products and their signs, in exact arithmetic."""

from __future__ import annotations

import itertools
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
    says("sec-add-and-scale", "is four right and six up")
    assert complex(1, 2) + complex(3, 4) == complex(4, 6)  # the plane, without arrays
    printed = [line.strip() for line in operations.output("add-and-scale").splitlines()]
    assert printed == ["a + b = [4 6]", "2 * a = [2 4]", "a - b = [-2 -2]"]


def test_the_difference_leads_from_the_tip_of_b_to_that_of_a(says):
    says("sec-add-and-scale", "the step from the tip of", "to the tip of")
    for a, b in itertools.product([1 + 2j, -3 + 1j, 0.5 - 2j], repeat=2):
        assert b + (a + (-1) * b) == a


# sec-dot-product


def test_the_basket_costs_what_the_till_says(says):
    says("sec-dot-product", "You buy 2 loaves, 3 apples and 1 cheese, at 4, 0.5 and 6 euros")
    assert sum(products([2, 3, 1], ["4", "1/2", "6"])) == Fraction("15.5")


def test_three_ways_give_one_number(says, operations):
    says("sec-dot-product", "NumPy has two ways to write it, and Python a third")
    assert products([1, 2, 3], [4, 5, 6]) == [4, 10, 18]
    assert operations.output("three-ways").split() == [str(4 + 10 + 18)] * 3


def test_the_laws_hold_for_any_vectors(says):
    says("sec-dot-product", "Each law holds for a single product", "the other two hold on the right")
    rng = np.random.default_rng(20)
    for _ in range(50):
        a, b, c = rng.integers(-9, 10, size=(3, 4)).tolist()
        s = Fraction(int(rng.integers(-9, 10)), 7)
        both = [x + y for x, y in zip(a, b, strict=True)]
        assert sum(products(a, b)) == sum(products(b, a))
        assert sum(products(both, c)) == sum(products(a, c)) + sum(products(b, c))
        assert sum(products(c, both)) == sum(products(c, a)) + sum(products(c, b))
        assert sum(products([s * x for x in a], b)) == s * sum(products(a, b))


def test_the_mean_basket_costs_the_mean_of_the_totals(says, operations):
    says(
        "sec-dot-product",
        "It does, and where the first line took a thousand dot products, the second took one",
    )
    baskets = np.random.default_rng(2).integers(0, 5, size=(1000, 3))
    means = [Fraction(int(column.sum()), 1000) for column in baskets.T]
    cost = sum(products(means, ["4", "1/2", "6"]))
    printed = [line.split()[-1] for line in operations.output("laws-at-work").splitlines()]
    assert printed == [f"{float(cost):.3f}"] * 2


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


def test_the_wrong_options_of_the_sign_have_the_counterexamples_that_they_name(says):
    says(
        "sec-operations-sign",
        "in the large entry, and disagrees in the small one",
        "points to the right, but down more",
    )
    assert sum(products((2, 1), (2, -1))) > 0
    assert sum(products((2, 1), (1, -2))) == 0


def test_with_a_along_an_axis_the_product_is_the_first_entry(says):
    says("sec-operations-sign", "the dot product is the first entry of", "proves more than that")
    for b in [(3, -2), (0, 5), (-1, 4)]:
        assert sum(products((1, 0), b)) == b[0]
    for turn in np.radians([17, 100, 251]):  # turning both arrows changes no dot product
        spin = np.exp(1j * turn)
        a, b = complex(2, 1), complex(-1, 3)
        assert ((spin * a).conjugate() * (spin * b)).real == pytest.approx(2 * -1 + 1 * 3)


# sec-operations-checks


def test_the_self_checks_give_the_numbers_that_they_compute(says):
    says(
        "sec-operations-checks", "0: one arrow lies on the x-axis", "10: five products of 2, added up", "= 3."
    )
    assert sum(products([2, 0], [0, 3])) == 0
    assert sum(products([1] * 5, [2] * 5)) == 10
    assert sum(products([2, 1], [2, -1])) == 3
    assert dot([2, 0], [0, 3]) == 0  # and so says the package


def test_a_large_product_may_hide_a_wide_angle(says):
    says(
        "sec-operations-checks", "two long arrows can have a large product at any angle short of a right one"
    )
    assert sum(products([100, 0], [1, 100])) > sum(products([2, 1], [2, 1]))  # at 89°, and at 0°


def test_a_dot_product_may_not_be_regrouped_but_a_matrix_product_may(says):
    says("sec-operations-checks", "No: the first is a multiple of", "so may products of matrices")
    a, b, c = np.array([1, 0]), np.array([1, 1]), np.array([0, 1])
    assert not np.array_equal(sum(products(a, b)) * c, a * sum(products(b, c)))
    A, B, C = np.random.default_rng(4).integers(-5, 6, size=(3, 3, 3))
    assert np.array_equal((A @ B) @ C, A @ (B @ C))

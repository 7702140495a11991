"""What the chapter on two views says of arrows, lists and bases, proved apart from its own cells."""

from __future__ import annotations

import cmath
import math

import numpy as np
import pytest
import sympy


@pytest.fixture(scope="module")
def views(pages):
    """The chapter on the two views of a vector."""
    return pages["chapters/01-two-views.html"]


# sec-arrow-and-list


def test_the_length_is_the_same_by_both_views(says):
    says(
        "sec-arrow-and-list",
        "Its tip follows a circle and arrives at 5",
        "By the list: the legs of Figure 1.1 meet at a right angle",
    )
    assert math.isqrt(3**2 + 4**2) ** 2 == 3**2 + 4**2  # 25 is a square: the root is exact
    arrow = complex(3, 4)
    swung = arrow * cmath.exp(-1j * cmath.phase(arrow))  # turned back by its own angle
    assert swung.real == pytest.approx(5)
    assert swung.imag == pytest.approx(0, abs=1e-12)


def test_order_matters(says):
    says("sec-arrow-and-list", "leads to another corner")
    assert cmath.phase(complex(3, 4)) != pytest.approx(cmath.phase(complex(4, 3)))


def test_formulas_count_from_one_and_python_from_zero(says):
    says("sec-arrow-and-list", "In code they are v[0] and v[1]: formulas count from 1, Python from 0")
    v = np.array([3.0, 4.0])  # v₁ and v₂
    assert (v[0], v[1]) == (3, 4)
    with pytest.raises(IndexError):
        v[2]


# sec-views-conversion


def test_the_arrow_done_by_hand_is_right(says, views):
    says("sec-views-conversion", "so the list is", "nothing is lost on the way")
    exact = [10 * sympy.cos(sympy.pi / 6), 10 * sympy.sin(sympy.pi / 6)]
    assert exact == [5 * sympy.sqrt(3), 5]
    assert exact[0] ** 2 + exact[1] ** 2 == 75 + 25 == 10**2
    listed, arrow = views.output("there-and-back").splitlines()
    assert listed == f"list:  [{float(exact[0]):.4f}, 5.0000]"
    assert arrow == "arrow: length 10.0000 at 30.0000°"


@pytest.mark.parametrize("degrees", range(-170, 181, 35))
def test_each_view_gives_back_the_other(says, degrees):
    says(
        "sec-views-conversion",
        "each view holds all that the other holds, except that",
        "has no angle",
        "the coordinates of an arrow of length 1 at that angle, sign included",
    )
    assert {0 * cmath.exp(1j * math.radians(turn)) for turn in (degrees, degrees + 60)} == {0}
    z = cmath.rect(7, math.radians(degrees))  # length and angle to coordinates, by complex numbers
    assert [7 * math.cos(math.radians(degrees)), 7 * math.sin(math.radians(degrees))] == pytest.approx(
        [z.real, z.imag]
    )
    says("sec-views-conversion", "np.hypot gives the length", "in all four quarters of the plane")
    assert np.hypot(z.real, z.imag) == pytest.approx(abs(z))
    assert np.degrees(np.arctan2(z.imag, z.real)) == pytest.approx(degrees)


# sec-linear-combinations


def test_one_arrow_being_a_multiple_the_span_is_a_line(says):
    says("sec-linear-combinations", "it is a single line", "reach every place of the plane")
    says("sec-linear-combinations", "neither a multiple of the other")
    assert sympy.Matrix([[2, 1], [4, 2]]).rank() == 1
    assert sympy.Matrix([[-1, 2], [2, 1]]).rank() == 2
    assert sympy.Matrix([[-1, 2], [1, -2]]).rank() == 1  # two directions are not enough: these are opposite
    p, q = np.random.default_rng(5).uniform(-1, 1, size=(2, 300))
    x, y = 2 * p + 4 * q, p + 2 * q
    assert x == pytest.approx(2 * y)
    x, y = -p + 2 * q, 2 * p + q
    assert abs(np.corrcoef(x, y)[0, 1]) < 0.3


def test_the_recipe_in_the_second_basis_is_exact_and_the_only_one(says, views):
    says(
        "sec-linear-combinations",
        "each by exactly one recipe",
        "Coordinates belong to a basis; the arrow does not.",
    )
    p, q = sympy.symbols("p q")
    assert sympy.solve([-p + 2 * q - 3, 2 * p + q - 4], [p, q]) == {p: 1, q: 2}
    says("sec-linear-combinations", "so the second becomes")
    assert sympy.expand((2 * p + q).subs(p, 2 * q - 3)) == 5 * q - 6
    right = views.tree.xpath("//div[@id='prd-bases']//div[contains(@class, 'right')]/p")[0]
    assert "".join(right.text_content().split()) == "[1,2]"
    assert np.array([[-1, 2], [2, 1]]) @ [3, 4] == pytest.approx([5, 10])  # the old numbers as a recipe


def test_pythagoras_on_those_coordinates_misses_the_length(says):
    says(
        "sec-linear-combinations",
        "and yet the arrow is still 5 long",
        "at right angles, as these are, and of length 1, as these are not",
    )
    assert 1**2 + 2**2 == 5 != 3**2 + 4**2
    assert math.hypot(2, 1) == math.hypot(-1, 2) == pytest.approx(5**0.5)
    assert 2 * -1 + 1 * 2 == 0  # the two are at a right angle
    assert sympy.sqrt(5) * sympy.sqrt(1**2 + 2**2) == sympy.sqrt(3**2 + 4**2) == 5  # what was missing


# sec-views-dimensions


def test_a_length_is_pythagoras_one_leg_at_a_time(says):
    says("sec-views-dimensions", "Each further entry is one more leg")
    v = np.random.default_rng(2).normal(size=9)
    leg_by_leg = 0.0
    for entry in v:
        leg_by_leg = math.hypot(leg_by_leg, entry)
    assert leg_by_leg == pytest.approx(math.sqrt(sum(entry**2 for entry in v)))


def test_five_baskets_with_one_fruit_each_are_a_basis(says):
    says("sec-views-dimensions", "a basis, of five", "vectors, one for each entry")
    singles = sympy.eye(5)
    assert singles.rank() == 5
    assert 2 * singles.row(0) + 3 * singles.row(2) + singles.row(4) == sympy.Matrix([[2, 0, 3, 0, 1]])


# sec-views-pitfalls


def test_degrees_for_radians_keep_the_length_and_lose_the_direction(says):
    wrong = cmath.rect(2, 60)
    listed = f"[{wrong.real:.2f}, {wrong.imag:.2f}]".replace("-", "−")
    says("sec-views-pitfalls", f"becomes {listed}, and nothing complains")
    says("sec-views-pitfalls", "Its length is right", "an arrow at 60° has no negative entry")
    assert abs(wrong) == pytest.approx(2)
    assert min(wrong.real, wrong.imag) < 0 < min(cmath.rect(2, math.radians(60)).real, 3**0.5)


# sec-views-checks


def test_the_answers_on_arrows_are_right(says):
    says(
        "sec-views-checks",
        "so [1, 1.732]",
        "that arrow lies at 30°",
        "a basis of that space has five vectors",
    )
    z = cmath.rect(2, math.pi / 3)
    assert (z.real, z.imag) == pytest.approx((1, 3**0.5))
    assert f"{3**0.5:.3f}" == "1.732"
    assert math.degrees(cmath.phase(complex(3**0.5, 1))) == pytest.approx(30)


def test_the_opening_prediction_is_not_answered_by_its_own_vectors(sources):
    """The right list must not be one of the arrows that the question names."""
    text = sources["chapters/01-two-views.html"].text
    asked = text.partition("::: {.predict #prd-bases}")[0]
    assert "[1, 2]" not in asked


def test_near_the_top_a_turning_tip_runs_level(says):
    """5 at each angle, by the complex exponential."""

    def tip(degrees):
        return 5 * cmath.exp(1j * math.radians(degrees))

    first = tip(80) - tip(90)
    middle = tip(40) - tip(50)
    last = tip(0) - tip(10)
    says(
        "sec-views-conversion",
        f"bring it from 0 to {first.real:.2f}, and take only {-first.imag:.2f} off",
        "near 0° they swap roles",
        f"one gains the {middle.real:.2f} that the other loses",
        "at its top a circle runs level",
    )
    assert middle.real == pytest.approx(-middle.imag)
    assert (last.real, -last.imag) == pytest.approx((-first.imag, first.real))

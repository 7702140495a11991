"""What the chapter on the cosine identity says of angles, proved apart from its own cells."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ml_from_scratch import angle_between, cosine_similarity, dot, norm, normalize, project
from ml_from_scratch.show import scientific


def turned(v, u):
    """v in axes of which the first is u's direction: its first coordinate is its shadow on u."""
    return complex(*v) * complex(*u).conjugate() / abs(complex(*u))


# sec-two-readings


def test_the_dot_product_is_the_length_times_the_shadow(says):
    says("sec-two-readings", "The dot product is the length of", "counts as negative where it falls behind")
    a = np.array([4.0, 1.0])
    assert dot(a, [2, 3]) == 11  # 4*2 + 1*3
    assert norm(a) * norm(project([2, 3], onto=a)) == pytest.approx(11)
    behind = turned((-2, 2), a)
    assert behind.real < 0
    assert norm(a) * behind.real == pytest.approx(dot(a, [-2, 2]))


@pytest.mark.parametrize("degrees", [0, 40, 90, 130, 180])
def test_the_shadow_is_the_leg_that_the_cosine_gives(says, degrees):
    says(
        "sec-two-readings",
        "from 0° to 180°, the shadow is",
        "of a right triangle",
        "So the picture in one line is the cosine identity (where an arrow is zero, so are both sides)",
    )
    a, theta = np.array([4.0, 1.0]), np.radians(degrees)
    b = 3 * np.array([[np.cos(theta), -np.sin(theta)], [np.sin(theta), np.cos(theta)]]) @ a / norm(a)
    across = turned(b, a)
    assert across.real == pytest.approx(3 * np.cos(theta))
    assert np.hypot(across.real, across.imag) == pytest.approx(3)  # the legs and the long side
    assert dot(a, b) == pytest.approx(norm(a) * 3 * np.cos(theta))
    assert dot(a, [0, 0]) == norm(a) * norm([0, 0]) == 0


def test_the_picture_comes_before_the_formula(cosine):
    ids = cosine.ids
    assert ids.index("sec-two-readings") < ids.index("fig-dot-product") < ids.index("eq-cosine-identity")


# sec-products-shadow


def test_shadows_add_and_stretch(says):
    says(
        "sec-products-shadow",
        "Shadows add.",
        "the shadows of the two legs add up to that of",
        "(a step back counts as negative), and a leg twice as long casts a shadow twice as long",
    )
    u = (0.6, 0.8)
    whole, legs = turned((2, 1), u).real, (turned((2, 0), u).real, turned((0, 1), u).real)
    assert whole == pytest.approx(sum(legs)) == pytest.approx(2 * 0.6 + 1 * 0.8)
    assert turned((4, 0), u).real == pytest.approx(2 * legs[0])
    back = turned((-1, 0), u).real
    assert back < 0
    assert turned((-1, 1), u).real == pytest.approx(back + legs[1])


@pytest.mark.parametrize("degrees", [0, 20, 53, 90, 140, 200, 310])
def test_a_mirror_swaps_u_and_the_axis_so_their_shadows_are_equal(says, degrees):
    says("sec-products-shadow", "A mirror finds them.", "and with them the shadows", "is its first entry")
    u = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    for axis, entry in zip(np.eye(2), u, strict=True):
        across = u - axis  # what the mirror halfway between the two stands at a right angle to
        if across.any():
            mirror = np.eye(2) - 2 * np.outer(across, across) / across.dot(across)
            assert mirror @ axis == pytest.approx(u)
            assert mirror @ u == pytest.approx(axis)
        assert turned(axis, u).real == pytest.approx(entry)  # so the axis's shadow on u is u's entry


def test_the_second_mirror_gives_the_second_entry_and_the_shadows_of_the_figure_end_at_its_marks(says):
    says(
        "sec-products-shadow",
        "which number does it give?",
        "Your mirror gives u2.",
        "as the marks on the line of",
    )
    u, b = (0.6, 0.8), (2, 1)
    assert turned((0, 1), u).real == pytest.approx(0.8)  # the second mirror's: u's second entry
    assert 0.6 * 2 == pytest.approx(turned((2, 0), u).real) == pytest.approx(1.2)
    assert turned((0, 1), u).real == pytest.approx(0.8 * 1)
    assert turned(b, u).real == pytest.approx(1.2 + 0.8) == pytest.approx(2)


def test_a_shadow_of_minus_one_gives_three_lengths_of_u_the_product_minus_three(says):
    says(
        "sec-products-shadow",
        ", length times shadow: where the shadow on",
        "is −1, the product with",
        "is −3.",
    )
    linked_a, linked_b = np.array([1.8, 2.4]), (1, -2)
    assert linked_a == pytest.approx(3 * np.array([0.6, 0.8]))
    assert turned(linked_b, linked_a).real == pytest.approx(-1)
    assert dot(linked_a, linked_b) == pytest.approx(-3)


@pytest.mark.parametrize("degrees", [0, 25, 90, 160, 180])
def test_equal_lengths_cast_equal_shadows_and_length_times_shadow_doubles_both_ways(says, degrees):
    says(
        "sec-products-shadow",
        "may trade places: two of equal length cast equal shadows on each other",
        "so length times shadow doubles both ways",
    )
    theta = np.radians(degrees)
    a, b = np.array([1.2, 1.6]), 2 * np.array([np.cos(theta), np.sin(theta)])
    on_a, on_b = turned(b, a).real, turned(a, b).real
    assert on_a == pytest.approx(on_b)
    longer = 2 * a
    assert turned(longer, b).real == pytest.approx(2 * on_b)  # the shadow doubles
    assert turned(b, longer).real == pytest.approx(on_a)  # the shadow stays, and the length doubles
    assert norm(longer) * on_a == pytest.approx(norm(b) * 2 * on_b)
    assert dot((2, 3), (4, 1)) == dot((4, 1), (2, 3)) == 11  # the linked pair, and the figure's own


def test_every_rule_that_adds_and_stretches_is_a_dot_product_with_what_it_gives_to_each_axis(says):
    says(
        "sec-products-shadow",
        "A neuron's weights are such a rule, and another gives the slope in a direction",
        "shadows add, and that they stretch as their arrows do",
        "So every rule from arrows to numbers that does both is a dot product: its list holds the numbers that it",
    )
    rng = np.random.default_rng(9)
    shift, W, weights = rng.normal(size=5), rng.normal(size=(4, 5)), rng.normal(size=4)

    def surface(v):
        return np.sin(v) @ np.arange(1, 6)

    rules = {
        "a weighted last layer of a layer without a bend": lambda v: weights @ (W @ v),
        "the mean of two neighbours minus the first": lambda v: np.mean(v[1:3]) - v[0],
        "the slope of a curved surface, measured": lambda v: (
            (surface(shift + 1e-5 * v) - surface(shift - 1e-5 * v)) / 2e-5
        ),
    }
    for rule in rules.values():
        listed = [rule(axis) for axis in np.eye(5)]
        for v in rng.normal(size=(10, 5)):
            assert rule(v) == pytest.approx(dot(listed, v), rel=1e-6, abs=1e-6)
    bent = [1 / (1 + np.exp(-z)) for z in (1.0, 2.0, 3.0)]
    assert bent[0] + bent[1] != pytest.approx(bent[2], abs=0.1)  # a bend does not add: the weights alone do


def test_the_entries_of_u_measure_how_far_any_arrow_reaches_along_it(says):
    says(
        "sec-products-shadow",
        "an arrow and also a rule: it measures how far another arrow reaches along it, times its own length",
        "length times shadow",
    )
    rng = np.random.default_rng(8)
    for _ in range(20):
        a, b = rng.normal(size=(2, 2))
        assert abs(complex(*a)) * turned(b, a).real == pytest.approx(a[0] * b[0] + a[1] * b[1])


# sec-cosine-worked


def test_the_worked_pair_lies_at_45_degrees(says):
    says("sec-cosine-worked", "whose cosine is", "which here is 0.7071, so", "is 45°")
    assert cosine_similarity([1, 0], [1, 1]) == pytest.approx(1 / np.sqrt(2))
    assert np.degrees(angle_between([1, 0], [1, 1])) == pytest.approx(45)


# sec-cosine-proof


@pytest.mark.parametrize("degrees", [20, 75, 90, 130, 175])
def test_every_line_of_the_proof_gives_the_same_side(says, degrees):
    says("sec-cosine-proof", "The first line holds for every", "the foot lies behind the origin")
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


def test_the_sum_of_products_needs_a_basis_of_length_1_at_right_angles(says):
    says(
        "sec-cosine-proof", "only for a basis of arrows of length 1 at right angles, such as the standard one"
    )
    a, b = np.random.default_rng(12).normal(size=(2, 5))
    square, _ = np.linalg.qr(np.random.default_rng(13).normal(size=(5, 5)))
    for basis, holds in ((square, True), (square @ np.diag([1, 2, 1, 1, 1]), False)):
        listed = [np.linalg.solve(basis, v) for v in (a, b)]
        assert (listed[0] @ listed[1] == pytest.approx(a @ b)) == holds


def test_the_sign_of_a_difference_is_lost_in_its_square(says):
    says("sec-cosine-proof", "where the shadow is longer than", "and its square is the same")
    a, b = np.array([2.0, 0.0]), np.array([3.0, 1.0])
    assert norm(a) - b[0] < 0
    assert (norm(a) - b[0]) ** 2 + b[1] ** 2 == pytest.approx(((a - b) ** 2).sum())


# sec-four-pairs


def test_the_cosine_has_its_extremes_where_the_text_says(says):
    says("sec-four-pairs", "largest at 0°, zero at 90°, and smallest at 180°.")
    says(
        "sec-four-pairs", "Divide the lengths out, and the cosine of the angle remains, the cosine similarity"
    )
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


def test_the_third_option_is_the_products_over_the_first_length_squared(says):
    says(
        "sec-four-pairs", "Those are the dot products over", "the length of the second arrow is still in them"
    )
    assert 2 * 2 + 1 * 1 == 5
    seconds = [(4, 2), (-1, 2), (-2, -1), (1, 3)]
    assert [(2 * x + y) / 5 for x, y in seconds] == [2, 0, -1, 1]


def test_the_question_on_four_pairs_tells_no_angle(sources):
    text = sources["chapters/03-cosine-identity.html"].text
    asked = text.partition("::: {.predict #prd-four-pairs}")[2].partition("- [ ]")[0]
    assert not re.search(r"°|parallel|perpendicular|opposite", asked)


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
        assert (float(product), float(measured)) == pytest.approx(expected[name], abs=5e-5)
        assert float(predicted) == float(measured)


def test_the_right_option_is_the_one_that_the_table_shows(cosine):
    right = cosine.tree.xpath("//div[@id='prd-four-pairs']//div[contains(@class, 'right')]/p")[
        0
    ].text_content()
    assert right == "1, 0, −1 and about 0.71"


# sec-projection


def test_the_rest_stands_at_a_right_angle(says):
    a, b = np.array([4.0, 1.0]), np.array([2.0, 3.0])
    rest = dot(b - project(b, onto=a), a)
    says("sec-projection", "must be zero", f"gives {scientific(rest)}: zero, up to rounding")
    assert abs(rest) < 1e-14
    assert abs((b - 11 / 17 * a) @ a) < 1e-14  # a·b / a·a = 11/17


# sec-misleading-pair


def test_the_longer_arrow_wins_by_dot_product_and_loses_by_cosine(says):
    says("sec-misleading-pair", "wins, by its length", "so by angle")
    says("sec-cosine-ai", "the nearest by angle are those with the largest dot product")
    says("sec-cosine-ai", "a table of cosines, each times two lengths")
    q, s, t = [1, 0], [2, 0.2], [4, 4]
    assert norm(t) > norm(s)
    assert dot(q, s) < dot(q, t)
    assert cosine_similarity(q, s) > cosine_similarity(q, t)
    assert np.degrees(angle_between(q, s)) < 6  # "almost parallel"
    assert np.degrees(angle_between(q, t)) == pytest.approx(45)
    assert dot(normalize(q), normalize(t)) == pytest.approx(cosine_similarity(q, t))
    says(
        "sec-misleading-pair",
        "are 2 and 4, so",
        f"are {1 / np.sqrt(1.01):.3f} and {np.sqrt(0.5):.3f}, so",
    )


# sec-cosine-pitfalls, sec-cosine-checks


def test_a_star_b_stops_before_adding_up(says):
    says(
        "sec-cosine-pitfalls",
        "stops before adding up",
        "the first gives [4, 10, 18], the second 32, and nothing warns",
    )
    assert [1 * 4, 2 * 5, 3 * 6] == [4, 10, 18]
    assert sum([4, 10, 18]) == 32


def test_lengths_taken_along_axis_0_give_an_arrow_an_impossible_angle_with_itself(says, cosine):
    says("sec-cosine-pitfalls", "so both cosines must be 1", "taken along axis 0, from row to row")
    # From row to row: √(3² + 1²) and 4.
    wrong = [9 / 10 + 16 / 16, 1 / 10 + 0]
    printed = [float(v) for v in re.findall(r"\d\.\d*", cosine.output("pitfall-skipped-geometry"))]
    assert printed == pytest.approx(wrong)
    says("sec-cosine-pitfalls", "say the sign that you expect, and where you can the size")
    assert min(wrong) > 0  # here the sign alone would have found nothing
    for row in ([3, 4], [1, 0]):
        assert cosine_similarity(row, row) == pytest.approx(1)


def test_the_answers_are_right(says):
    says("sec-cosine-checks", "1, since the second is twice the first", "10, but that is the dot product")
    assert cosine_similarity([1, 2], [2, 4]) == pytest.approx(1)
    assert dot([1, 2], [2, 4]) == 10  # 1*2 + 2*4


# sec-cosine-summary


@pytest.mark.parametrize("d", [2, 3, 768])
def test_a_sum_of_products_is_one_length_times_the_others_shadow_in_any_number_of_dimensions(says, d):
    says(
        "sec-cosine-summary",
        "a sum of products is one arrow's length times the other's shadow on it",
        "in any number of dimensions",
    )
    a, b = np.random.default_rng(d + 1).normal(size=(2, d))
    length = sum(entry**2 for entry in a) ** 0.5
    (shadow,) = np.linalg.lstsq((a / length)[:, None], b, rcond=None)[0]  # the foot is the nearest place to b
    assert sum(x * y for x, y in zip(a, b, strict=True)) == pytest.approx(length * shadow)

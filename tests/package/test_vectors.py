"""The vector functions against arithmetic by hand, Python's math module, and the identities they satisfy."""

import math

import numpy as np
import pytest

from ml_from_scratch import angle_between, cosine_similarity, dot, norm, normalize, project

TWO_VECTORS = [dot, cosine_similarity, angle_between]


@pytest.fixture(params=range(20))
def pair(request):
    """Two random vectors of the same random length, the coordinates on very different scales."""
    rng = np.random.default_rng(request.param)
    d = int(rng.integers(1, 50))
    return rng.normal(size=d) * 10.0 ** rng.integers(-8, 8), rng.normal(size=d)


def test_dot_is_the_sum_of_products():
    assert dot([1, 2], [3, 4]) == 11  # 1*3 + 2*4
    assert dot([1, 2, 3], [4, 5, 6]) == 32  # 4 + 10 + 18
    assert dot([1] * 5, [2] * 5) == 10  # 5 * (1*2)
    assert isinstance(dot([1, 2], [3, 4]), float)


def test_dot_agrees_with_an_exactly_rounded_sum(pair):
    a, b = pair
    exact = math.sumprod(a, b) if hasattr(math, "sumprod") else math.fsum(a * b)
    assert dot(a, b) == pytest.approx(exact, rel=1e-12, abs=1e-12 * float(np.abs(a * b).sum()))


def test_norm_is_pythagoras():
    assert norm([3, 4]) == 5  # √(9 + 16)
    assert norm([1, 2, 2]) == 3  # √(1 + 4 + 4)
    assert norm([0, 0]) == 0


def test_norm_agrees_with_hypot(pair):
    assert norm(pair[0]) == pytest.approx(math.hypot(*pair[0]), rel=1e-15)


@pytest.mark.parametrize("scale", [1e-320, 1e-200, 1e200, 1e307])
def test_norm_survives_coordinates_whose_squares_do_not(scale):
    assert norm([3 * scale, 4 * scale]) == pytest.approx(math.hypot(3 * scale, 4 * scale), rel=1e-15)


def test_norm_is_infinite_only_where_the_length_is():
    largest = np.finfo(np.float64).max
    assert norm([largest, 0]) == largest
    assert norm([largest, largest]) == math.inf  # √2 times the largest float


def test_normalize_keeps_the_direction_and_gives_length_one(pair):
    unit = normalize(pair[0])
    assert norm(unit) == pytest.approx(1, rel=1e-15)
    assert unit * norm(pair[0]) == pytest.approx(pair[0], rel=1e-14)


def test_normalize_works_at_the_ends_of_the_floats():
    assert normalize([3e-320, 4e-320]) == pytest.approx([0.6, 0.8], rel=1e-3)  # so small, 4 digits are left
    assert normalize([1.2e308, 1.6e308]) == pytest.approx([0.6, 0.8], rel=1e-15)  # the length overflows


def test_cosine_of_the_four_textbook_pairs():
    assert cosine_similarity([1, 2], [2, 4]) == pytest.approx(1, abs=1e-15)  # parallel
    assert cosine_similarity([1, 0], [0, 5]) == 0  # perpendicular
    assert cosine_similarity([1, 2], [-1, -2]) == pytest.approx(-1, abs=1e-15)  # opposite
    assert cosine_similarity([1, 0], [1, 1]) == pytest.approx(1 / math.sqrt(2), rel=1e-15)  # 45°


def test_cosine_identity_ties_dot_norm_and_angle(pair):
    a, b = pair
    right = norm(a) * norm(b) * math.cos(angle_between(a, b))
    assert dot(a, b) == pytest.approx(right, abs=1e-14 * norm(a) * norm(b))


def test_cosine_never_leaves_its_range():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(2000, 7))
    cosines = [cosine_similarity(v, sign * v) for v in vectors for sign in (1, -1)]
    assert max(cosines) <= 1
    assert min(cosines) >= -1
    # Without the clamp some would: the test must be able to fail.
    assert max(float(normalize(v) @ normalize(v)) for v in vectors) > 1


def test_angle_of_known_pairs():
    assert angle_between([1, 0], [0, 3]) == pytest.approx(math.pi / 2, rel=1e-15)
    assert angle_between([1, 0], [-2, 0]) == math.pi
    assert angle_between([1, 0, 0], [1, 1, 0]) == pytest.approx(math.pi / 4, rel=1e-15)
    assert angle_between([1, 2, 3], [1, 2, 3]) == 0


@pytest.mark.parametrize("tiny", [1e-4, 1e-8, 1e-12, 1e-150])
def test_angle_is_accurate_for_nearly_parallel_vectors(tiny):
    assert angle_between([1, 0], [1, tiny]) == pytest.approx(math.atan(tiny), rel=1e-14)
    assert math.pi - angle_between([1, 0], [-1, tiny]) == pytest.approx(math.atan(tiny), abs=1e-15)


def test_arc_cosine_would_lose_the_angle_that_kahan_keeps():
    assert math.acos(cosine_similarity([1, 0], [1, 1e-9])) == 0


def test_projection_of_known_pairs():
    assert project([3, 4], onto=[2, 0]).tolist() == [3, 0]
    assert project([1, 2], onto=[1, 1]).tolist() == [1.5, 1.5]  # (1 + 2)/2 * [1, 1]
    assert project([1, 0], onto=[0, 1]).tolist() == [0, 0]


def test_projection_leaves_a_perpendicular_rest_and_is_its_own_projection(pair):
    v, w = pair
    shadow = project(v, onto=w)
    assert dot(v - shadow, w) == pytest.approx(0, abs=1e-14 * norm(v) * norm(w))
    assert project(shadow, onto=w) == pytest.approx(shadow, rel=1e-13, abs=1e-15 * norm(v))


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_projection_does_not_overflow(scale):
    assert project([scale, 2 * scale], onto=[scale, scale]) == pytest.approx([1.5 * scale] * 2, rel=1e-15)


@pytest.mark.parametrize("function", TWO_VECTORS)
def test_vectors_of_different_lengths_are_refused(function):
    with pytest.raises(ValueError, match=r"^b must have shape \(2,\) to match a; got \(3,\)\.$"):
        function([1, 2], [1, 2, 3])


@pytest.mark.parametrize("function", TWO_VECTORS)
def test_a_column_is_refused_and_not_broadcast(function):
    with pytest.raises(ValueError, match=r"^b must have shape \(2,\) to match a; got \(2, 1\)\.$"):
        function([1, 2], [[1], [2]])
    with pytest.raises(ValueError, match=r"^a must be a vector of shape \(d,\); got shape \(2, 1\)\.$"):
        function([[1], [2]], [1, 2])


@pytest.mark.parametrize("function", [cosine_similarity, angle_between])
def test_zero_vectors_have_no_angle(function):
    with pytest.raises(ValueError, match=r"^a must not be the zero vector, which has no direction\.$"):
        function([0, 0], [1, 2])
    with pytest.raises(ValueError, match=r"^b must not be the zero vector"):
        function([1, 2], [0, 0])


def test_zero_vectors_have_no_direction():
    with pytest.raises(ValueError, match=r"^v must not be the zero vector"):
        normalize([0.0, 0.0])
    with pytest.raises(ValueError, match=r"^onto must not be the zero vector"):
        project([1, 2], onto=[0, 0])


def test_the_argument_is_left_as_it_was():
    a, b = np.array([3.0, 4.0]), np.array([1.0, 2.0])
    normalize(a), project(a, onto=b), angle_between(a, b)
    assert a.tolist() == [3, 4]
    assert b.tolist() == [1, 2]

"""Vectors as lists of coordinates and as arrows: what the dot product tells of both.

A vector is a one-dimensional array or list, shape (d,). Its coordinates may have any
unit, the same in all. Before coordinates are squared, they are scaled by a power of
two: that changes none of their digits, and keeps the squares from overflowing (1e200²
is infinity) or vanishing (1e-200² is 0).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray, same_length, vector


def dot(a: ArrayLike, b: ArrayLike) -> float:
    """Sum of the products of matching coordinates, a·b = Σ aᵢbᵢ.

    a and b are (d,); the unit is that of a times that of b. Raises ValueError
    where their shapes differ. The chapter "The cosine identity" proves that it
    is also ‖a‖‖b‖ cos θ.
    """
    a, b = same_length("a", a, "b", b)
    return float(a @ b)


def norm(v: ArrayLike) -> float:
    """Length of v, ‖v‖ = √(v·v), in the unit of its coordinates.

    v is (d,). The squares are taken after scaling, so only a length beyond the largest
    float gives infinity (scaling as in Blue 1978, "A portable Fortran program to find
    the Euclidean norm of a vector").
    """
    scaled, exponent = _scaled(vector("v", v))
    with np.errstate(over="ignore"):
        return float(np.ldexp(math.sqrt(scaled @ scaled), exponent))


def normalize(v: ArrayLike) -> FloatArray:
    """Vector of length 1 in v's direction, v / ‖v‖, without unit.

    v is (d,), and so is the result. Raises ValueError for the zero vector, which has no
    direction.
    """
    return _unit("v", vector("v", v))


def cosine_similarity(a: ArrayLike, b: ArrayLike) -> float:
    """Cosine of the angle between a and b, a·b / (‖a‖‖b‖), from -1 to 1.

    It is the dot product of the two directions: normalise both, then multiply.
    Rounding can push that product past 1 by a few units in the last place,
    which no cosine can be, so it is held to the range. a and b are (d,); the
    result has no unit. Raises ValueError where their shapes differ or one of
    them is zero. Source: the chapter "The cosine identity".
    """
    a, b = same_length("a", a, "b", b)
    cosine = float(_unit("a", a) @ _unit("b", b))
    return max(-1.0, min(1.0, cosine))


def angle_between(a: ArrayLike, b: ArrayLike) -> float:
    """Angle between a and b in radians, from 0 to π.

    With u and v the two directions, it is 2 atan2(‖u - v‖, ‖u + v‖): u + v and u - v
    are the diagonals of a rhombus, which halve its angles and cross at right angles.
    The arc cosine of the cosine similarity is the plainer formula, but the cosine is
    flat near 0 and π: there the arc cosine loses half the digits, and takes every angle
    below 1e-8 for 0. Source: Kahan, "How futile are mindless assessments of roundoff in
    floating-point computation?" (2006), §12.

    a and b are (d,). Raises ValueError where their shapes differ or one of them is
    zero.
    """
    a, b = same_length("a", a, "b", b)
    u, v = _unit("a", a), _unit("b", b)
    return 2 * math.atan2(norm(u - v), norm(u + v))


def project(v: ArrayLike, *, onto: ArrayLike) -> FloatArray:
    """Part of v along another vector w, (v·w / w·w) w: the shadow of v on w's line.

    v and onto, which is w, are (d,), and so is the result, in the unit of v. What is
    left, v - project(v, onto=w), is perpendicular to w.
    Raises ValueError where the shapes differ or onto is zero.
    Source: Strang, "Introduction to Linear Algebra" (2016), §4.2.
    """
    v, onto = same_length("v", v, "onto", onto)
    scaled, exponent = _scaled(v)
    direction, _ = _scaled(_nonzero("onto", onto))
    share = (scaled @ direction) / (direction @ direction)
    return np.ldexp(share * direction, exponent)


def _scaled(v: FloatArray) -> tuple[FloatArray, int]:
    """Split v into scaled · 2^exponent, the largest coordinate of scaled in [½, 1)."""
    exponent = math.frexp(np.abs(v).max())[1]
    return np.ldexp(v, -exponent), exponent


def _unit(name: str, v: FloatArray) -> FloatArray:
    scaled, _ = _scaled(_nonzero(name, v))
    return scaled / math.sqrt(scaled @ scaled)


def _nonzero(name: str, v: FloatArray) -> FloatArray:
    if not v.any():
        raise ValueError(f"{name} must not be the zero vector, which has no direction.")
    return v

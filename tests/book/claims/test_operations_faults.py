"""What the chapter on vector operations says of its pitfalls, each made to happen again."""

from __future__ import annotations

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest

from ml_from_scratch import dot


@pytest.fixture(scope="module")
def operations(pages):
    return pages["chapters/02-vector-operations.html"]


def test_lists_join_and_repeat(says, operations):
    says("sec-operations-pitfalls", "No error: + joins, * repeats. The result is too long")
    assert operations.output("pitfall-lists") == "[1, 2, 3, 4] [1, 2, 1, 2]"


def test_eight_bits_keep_the_remainder_and_nothing_warns(says, operations):
    says(
        "sec-operations-pitfalls",
        "Only the remainder by 256 is left: plausible, wrong, and without a warning",
    )
    pixels = np.array([200, 100], dtype=np.uint8)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wrapped = pixels @ pixels
    assert wrapped.dtype == np.uint8  # "in the bits of its inputs"
    assert int(wrapped) == (200**2 + 100**2) % 256
    assert operations.output("pitfall-overflow").splitlines()[0] == f"uint8: {wrapped}    as floats: 50000.0"
    assert dot(pixels, pixels) == 50000  # "as the package's dot does"


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64])
def test_wider_whole_numbers_wrap_too(says, dtype):
    says("sec-operations-pitfalls", "Wider whole numbers wrap too, only later")
    most = np.array([np.iinfo(dtype).max, 1], dtype=dtype)
    assert most @ np.array([1, 1], dtype=dtype) == np.iinfo(dtype).min


def test_a_column_plus_a_vector_is_a_table(says, operations):
    says("sec-operations-pitfalls", "You meant three sums, and got nine", "column.ravel()")
    column, row = np.array([[1], [2], [3]]), np.array([10, 20, 30])
    assert (column + row).size == 9
    assert operations.output("pitfall-column") == "(3, 3)"
    assert (column.ravel() + row).tolist() == [11, 22, 33]


def test_lengths_that_differ_are_loud_but_for_zip(says, operations):
    says(
        "sec-operations-pitfalls", "Lengths that do not match are loud", "stops at the shorter one in silence"
    )
    with pytest.raises(ValueError, match="not aligned") as refusal:
        np.dot(np.array([1, 2, 3]), np.array([4, 5]))
    assert operations.output("pitfall-lengths") == f"ValueError: {refusal.value}"
    assert sum(x * y for x, y in zip([1, 2, 3], [4, 5], strict=False)) == 14  # 1*4 + 2*5
    with pytest.raises(ValueError, match="shorter"):
        sum(x * y for x, y in zip([1, 2, 3], [4, 5], strict=True))


def test_sums_in_another_order_differ_in_their_last_digits_alone(says, operations):
    says("sec-operations-pitfalls", "All three are right to many digits, and none to the last")
    a, b = np.random.default_rng(1).normal(size=(2, 100_000))
    exact = sum(Fraction(float(x)) * Fraction(float(y)) for x, y in zip(a, b, strict=True))
    forwards = backwards = 0.0
    for x, y in zip(a.tolist(), b.tolist(), strict=True):
        forwards += x * y
    for x, y in zip(a[::-1].tolist(), b[::-1].tolist(), strict=True):
        backwards += x * y
    sums = [float(a @ b), forwards, backwards]
    assert len(set(sums)) == 3
    for value in sums:
        assert value == pytest.approx(float(exact), rel=1e-11)
        assert value != float(exact)
    assert " ".join(operations.output("pitfall-order").split()) == "equal: False False isclose: True True"


def test_a_float_keeps_about_16_digits(says):
    says("sec-operations-pitfalls", "A float keeps about 16 digits")
    assert math.log10(2**53) == pytest.approx(16, abs=0.1)


def test_one_pitfall_of_the_five_stops_you(says, operations):
    says("sec-operations-pitfalls", "five more, and only one of them stops you")
    section = operations.section("sec-operations-pitfalls")
    assert len(section.xpath(".//div[contains(@class, 'output-error')]")) == 1

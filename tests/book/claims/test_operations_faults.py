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


def test_lists_join_and_repeat_and_zip_drops(says, operations):
    says(
        "sec-operations-pitfalls", "No error: + joins, * repeats, and zip drops the 3", "@ would have refused"
    )
    cut = 1 * 4 + 2 * 5  # and nothing for the 3
    assert operations.output("pitfall-lists") == f"[1, 2, 3, 4] [1, 2, 1, 2] {cut}"
    with pytest.raises(ValueError, match="size 2 is different from 3"):
        np.array([1, 2, 3]) @ np.array([4, 5])


def test_eight_bits_keep_the_remainder_and_nothing_warns(says):
    says(
        "sec-operations-pitfalls",
        "or 50,000, and gives 80: the remainder after division by 256",
        "plausible, wrong, and without a warning",
    )
    pixels = np.array([200, 100], dtype=np.uint8)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wrapped = pixels @ pixels
    assert wrapped.dtype == np.uint8  # "in the bits of its inputs"
    assert int(wrapped) == (200**2 + 100**2) % 256 == 80
    assert dot(pixels, pixels) == 50000  # "as the package's dot does"


def test_a_column_plus_a_vector_is_a_table(says):
    says(
        "sec-operations-pitfalls", "to the shape (3, 3): you meant three sums, and got nine", "column.ravel()"
    )
    column, row = np.array([[1], [2], [3]]), np.array([10, 20, 30])
    assert (column + row).size == 9
    assert (column + row).shape == (3, 3)
    assert (column.ravel() + row).tolist() == [11, 22, 33]


def test_the_order_of_a_sum_changes_its_last_digits(says):
    forwards, backwards = (
        math.fsum([0.1 + 0.2, 0.3]),
        math.fsum([0.3 + 0.2, 0.1]),
    )  # of two, fsum is one addition
    assert forwards != backwards
    assert math.isclose(forwards, backwards)
    says("sec-operations-pitfalls", f"0.1 + 0.2 + 0.3 is {forwards}, and 0.3 + 0.2 + 0.1 is {backwards}")


def test_the_at_sign_adds_in_an_order_of_its_own_and_differs_in_its_last_digits_alone(says):
    says("sec-operations-pitfalls", "on long vectors its last digits are not those of your loop")
    differ = 0
    for seed in range(6):
        a, b = np.random.default_rng(seed).normal(size=(2, 100_000))
        loop = 0.0
        for x, y in zip(a.tolist(), b.tolist(), strict=True):
            loop += x * y
        exact = sum(Fraction(float(x)) * Fraction(float(y)) for x, y in zip(a, b, strict=True))
        differ += float(a @ b) != loop
        assert float(a @ b) == pytest.approx(float(exact), rel=1e-10)
        assert loop == pytest.approx(float(exact), rel=1e-10)
    assert differ >= 4  # two sums may round to the same float by chance; which do depends on the processor


def test_a_float_keeps_about_16_digits_so_most_additions_round(says):
    says("sec-operations-pitfalls", "A float keeps about 16 digits, so most additions round")
    says("sec-operations-pitfalls", "== asks for the same last bit, which another order need not give")
    pairs = np.random.default_rng(3).normal(size=(2000, 2)).tolist()
    rounded = [Fraction(a) + Fraction(b) != Fraction(a + b) for a, b in pairs]
    assert 0.5 < np.mean(rounded) < 1
    sums = {order: sum(np.random.default_rng(9).normal(size=8)[::order].tolist()) for order in (1, -1)}
    assert sums[1] == pytest.approx(sums[-1])
    assert math.log10(2**53) == pytest.approx(16, abs=0.1)

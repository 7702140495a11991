"""Standardising: what it makes of a table, the ways back, and every refusal."""

import dataclasses
import re
import statistics

import numpy as np
import pytest

from ml_from_scratch import condition_number, hessian, least_squares, penguins, standardize

SEEDS = range(6)


def table(seed, *, n=40, d=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) * 10 ** rng.uniform(-3, 3, d) + rng.uniform(-500, 500, d)


def test_a_table_by_hand():
    # Means 3 and 10; mean squared distances (4 + 0 + 4)/3 = 8/3 and (100 + 100 + 400)/3 = 200.
    scaled = standardize([[1, 0], [3, 0], [5, 30]])
    assert scaled.means.tolist() == [3, 10]
    assert scaled.deviations == pytest.approx([np.sqrt(8 / 3), np.sqrt(200)], rel=1e-15)
    assert scaled.Z[:, 0] == pytest.approx([-np.sqrt(3 / 2), 0, np.sqrt(3 / 2)], rel=1e-15)
    assert scaled.Z[:, 1] == pytest.approx([-np.sqrt(1 / 2), -np.sqrt(1 / 2), np.sqrt(2)], rel=1e-15)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_deviation_is_the_populations(seed):
    X = table(seed)
    scaled = standardize(X)
    assert scaled.deviations == pytest.approx([statistics.pstdev(column) for column in X.T.tolist()])
    assert scaled.means == pytest.approx([statistics.fmean(column) for column in X.T.tolist()])


@pytest.mark.parametrize("seed", SEEDS)
def test_each_column_has_mean_zero_and_deviation_one(seed):
    Z = standardize(table(seed)).Z
    assert Z.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-9)
    assert (Z**2).mean(axis=0) == pytest.approx(np.ones(3), rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_units_do_not_matter_to_the_scaled_table(seed):
    X = table(seed)
    inches = X / 25.4 - [3, 0, 100]
    scaled = standardize(inches).Z
    assert scaled == pytest.approx(standardize(X).Z, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_transform_and_its_inverse_undo_each_other(seed):
    X, new = table(seed), table(seed + 100, n=5)
    scaled = standardize(X)
    assert np.array_equal(scaled.transform(X), scaled.Z)
    assert scaled.inverse_transform(scaled.Z) == pytest.approx(X, rel=1e-13)
    assert scaled.inverse_transform(scaled.transform(new)) == pytest.approx(new, rel=1e-9)


def test_new_rows_are_measured_by_the_tables_means_not_by_their_own():
    scaled = standardize([[0], [2]])  # mean 1, deviation 1
    assert scaled.transform([[5], [5]]).tolist() == [[4], [4]]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_line_in_raw_units_predicts_the_same(seed):
    X, new = table(seed), table(seed + 100, n=5)
    rng = np.random.default_rng(seed)
    weights, bias = rng.normal(size=3), float(rng.normal())
    scaled = standardize(X)
    raw_weights, raw_bias = scaled.raw_line(weights, bias)
    assert isinstance(raw_bias, float)
    assert new @ raw_weights + raw_bias == pytest.approx(scaled.transform(new) @ weights + bias, rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_line_is_the_same_in_both_units(seed):
    X, y = table(seed), np.random.default_rng(seed).normal(size=40)
    scaled = standardize(X)
    weights, bias = scaled.raw_line(*least_squares(scaled.Z, y))
    expected_weights, expected_bias = least_squares(X, y)
    assert weights == pytest.approx(expected_weights, rel=1e-8)
    assert bias == pytest.approx(expected_bias, rel=1e-8)


def test_the_bowl_of_one_standardised_feature_is_round():
    Z = standardize(penguins("flipper_length").X).Z
    assert hessian(Z) == pytest.approx(2 * np.eye(2), abs=1e-12)
    assert condition_number(Z) == pytest.approx(1, rel=1e-12)


def test_integers_and_lists_are_welcome():
    assert standardize([[1], [2], [3]]).Z.dtype == np.float64


@pytest.mark.parametrize("value", [0, 5, 0.1, -1e300])
def test_a_constant_column_is_refused_by_its_place(value):
    X = np.column_stack([np.arange(7.0), np.full(7, value)])
    with pytest.raises(
        ValueError, match=re.escape(f"Column 1 of X must vary; all its values are {value:g}: leave")
    ):
        standardize(X)


def test_one_row_has_no_deviation():
    with pytest.raises(ValueError, match=r"^Column 0 of X must vary"):
        standardize([[200.0]])


@pytest.mark.parametrize("factor", [1e160, 1e307, 1e-160, 5e-324])
def test_numbers_that_cannot_be_squared_are_refused(factor):
    X = np.array([[1.0, 0.0], [2.0, 1.0], [3.0, -1.0]]) * [1, factor]
    with pytest.raises(ValueError, match=r"^Column 1 of X leaves the range of floats when squared"):
        standardize(X)


@pytest.mark.parametrize("factor", [1e145, 1e-145])
def test_numbers_that_can_be_squared_are_scaled_all_the_same(factor):
    X = table(0)
    scaled = standardize(X * factor).Z
    assert scaled == pytest.approx(standardize(X).Z, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([1, 2, 3], r"^X must have shape \(n, d\); got \(3,\): for one feature"),
        ([[1, np.nan], [2, 3]], r"^X must be finite; got nan at index \(0, 1\)"),
        ([[]], r"^X must not be empty"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(X, message):
    with pytest.raises(ValueError, match=message):
        standardize(X)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda s: s.transform([[1, 2]]), r"^X must have shape \(m, 3\); got \(1, 2\)\.$"),
        (lambda s: s.inverse_transform([[1, 2, 3, 4]]), r"^Z must have shape \(m, 3\); got \(1, 4\)\.$"),
        (lambda s: s.transform([1, 2, 3]), r"^X must have shape \(n, d\)"),
        (
            lambda s: s.raw_line([1, 2], 0),
            r"^weights must have shape \(3,\) to match the columns; got \(2,\)",
        ),
        (lambda s: s.raw_line([1, 2, 3], [4]), r"^bias must be one number"),
        (lambda s: s.raw_line([1, 2, 3], np.inf), r"^bias must be finite"),
    ],
)
def test_what_does_not_match_the_table_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(standardize(table(0)))


def test_the_record_keeps_copies_and_cannot_be_changed():
    X = table(0)
    scaled, before = standardize(X), X.copy()
    X[:] = 0
    assert scaled.inverse_transform(scaled.Z) == pytest.approx(before, rel=1e-13)
    for array in (scaled.Z, scaled.means, scaled.deviations):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        scaled.means = np.zeros(3)

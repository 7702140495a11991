"""What the public edge refuses, and in which words; asked of public functions, whatever they use inside."""

from fractions import Fraction

import numpy as np
import pytest

from ml_from_scratch import (
    LinearRegression,
    best_learning_rate,
    condition_number,
    dot,
    gradient_descent,
    hessian,
    largest_stable_learning_rate,
    least_squares,
    mean_squared_error,
    mean_squared_error_gradient,
    norm,
    standard_errors,
)

X = np.arange(6.0).reshape(6, 1)
y = np.array([1.0, 3.0, 2.0, 5.0, 4.0, 6.0])

WITH_X_AND_Y = {
    "least_squares": least_squares,
    "standard_errors": standard_errors,
    "fit": LinearRegression().fit,
    "score": LinearRegression().fit(X, y).score,
    "gradient": lambda X, y: mean_squared_error_gradient(X, y, [0.0], 0.0),
}
WITH_X = {
    "hessian": hessian,
    "limit": largest_stable_learning_rate,
    "best": best_learning_rate,
    "condition": condition_number,
    "predict": LinearRegression().fit(X, y).predict,
}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2"], "text"),
        ([b"1"], "bytes"),
        ([1, None], "objects"),
        ([Fraction(1, 2)], "objects"),
        ([1 + 2j], "complex numbers"),
        ([True, False], "booleans"),
        (np.array(["2020-01-01"], dtype="datetime64[D]"), "dates"),
        (np.array([1], dtype="timedelta64[D]"), r"dtype timedelta64\[D\]"),
    ],
)
def test_what_is_not_a_real_number_is_refused(values, kind):
    with pytest.raises(TypeError, match=rf"^v must hold real numbers; got {kind}\."):
        norm(values)


def test_a_masked_array_is_refused_since_its_mask_would_be_lost():
    with pytest.raises(TypeError, match=r"^v must be a plain array: a masked array"):
        norm(np.ma.array([1.0, 2.0], mask=[False, True]))


def test_the_word_for_booleans_says_what_to_do():
    with pytest.raises(TypeError, match=r"Convert with \.astype\(float\) where 0 and 1 are meant\.$"):
        norm([True, False])


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.uint8, np.float16, np.float32, np.float64])
def test_integers_and_floats_of_every_size_are_numbers(dtype):
    assert norm(np.array([3, 4], dtype=dtype)) == 5


def test_small_integers_do_not_wrap_around():
    assert dot(np.array([100], dtype=np.int8), np.array([100], dtype=np.int8)) == 10_000


def test_rows_of_different_lengths_are_refused():
    message = r"^X must be a regular array of numbers: its rows differ in length\.$"
    with pytest.raises(ValueError, match=message):
        hessian([[1.0, 2.0], [3.0]])


@pytest.mark.parametrize(("bad", "word"), [(np.nan, "nan"), (np.inf, "inf"), (-np.inf, "-inf")])
def test_a_value_that_is_not_finite_is_named_with_its_place(bad, word):
    with pytest.raises(ValueError, match=rf"^v must be finite; got {word} at index 2\.$"):
        norm([1.0, 2.0, bad])
    spoiled = np.ones((4, 3))
    spoiled[3, 1] = bad
    with pytest.raises(ValueError, match=rf"^X must be finite; got {word} at index \(3, 1\)\.$"):
        hessian(spoiled)


@pytest.mark.parametrize("name", WITH_X_AND_Y)
def test_a_column_y_is_refused_by_everything_that_takes_y(name):
    with pytest.raises(ValueError, match=r"^y must have shape \(6,\) to match X; got \(6, 1\)\.$"):
        WITH_X_AND_Y[name](X, y[:, np.newaxis])


@pytest.mark.parametrize("name", WITH_X_AND_Y)
def test_a_y_of_another_length_is_refused(name):
    with pytest.raises(ValueError, match=r"^y must have shape \(6,\) to match X; got \(5,\)\.$"):
        WITH_X_AND_Y[name](X, y[:5])


@pytest.mark.parametrize("name", WITH_X_AND_Y)
def test_a_y_that_is_not_finite_is_refused(name):
    spoiled = y.copy()
    spoiled[4] = np.nan
    with pytest.raises(ValueError, match=r"^y must be finite; got nan at index 4\.$"):
        WITH_X_AND_Y[name](X, spoiled)


@pytest.mark.parametrize("name", WITH_X)
def test_an_x_of_one_dimension_is_refused_with_the_remedy(name):
    message = r"^X must have shape \(n, d\); got \(6,\): for one feature, write X\[:, np\.newaxis\]\.$"
    with pytest.raises(ValueError, match=message):
        WITH_X[name](X[:, 0])


@pytest.mark.parametrize("name", WITH_X)
@pytest.mark.parametrize("shape", [(), (2, 3, 4)])
def test_an_x_of_other_dimensions_is_refused(name, shape):
    with pytest.raises(ValueError, match=r"^X must have shape \(n, d\); got \("):
        WITH_X[name](np.ones(shape))


@pytest.mark.parametrize("name", WITH_X)
@pytest.mark.parametrize("shape", [(0, 1), (3, 0)])
def test_an_empty_x_is_refused(name, shape):
    with pytest.raises(ValueError, match=r"^X must not be empty; got shape \("):
        WITH_X[name](np.empty(shape))


def test_empty_vectors_are_refused():
    with pytest.raises(ValueError, match=r"^y must not be empty; got shape \(0,\)\.$"):
        mean_squared_error([], [])


@pytest.mark.parametrize("rate", [0, -0.1])
def test_a_learning_rate_that_is_not_positive_is_refused(rate):
    with pytest.raises(ValueError, match=rf"^learning_rate must be positive; got {rate}\.$"):
        gradient_descent(lambda p: p, [1.0], learning_rate=rate, steps=1)


@pytest.mark.parametrize("rate", [np.nan, np.inf])
def test_a_learning_rate_that_is_not_finite_is_refused(rate):
    with pytest.raises(ValueError, match=r"^learning_rate must be finite; got (nan|inf)\.$"):
        gradient_descent(lambda p: p, [1.0], learning_rate=rate, steps=1)


@pytest.mark.parametrize(("rate", "error"), [("0.1", TypeError), (True, TypeError), ([0.1], ValueError)])
def test_a_learning_rate_that_is_not_one_number_is_refused(rate, error):
    with pytest.raises(error, match=r"^learning_rate must "):
        LinearRegression(learning_rate=rate).fit(X, y)


@pytest.mark.parametrize("steps", [10.0, "10", None, True, np.True_])
def test_steps_that_are_not_whole_numbers_are_refused(steps):
    with pytest.raises(TypeError, match=r"^steps must be a whole number; got "):
        gradient_descent(lambda p: p, [1.0], learning_rate=0.1, steps=steps)


def test_negative_steps_are_refused():
    with pytest.raises(ValueError, match=r"^steps must be at least 0; got -1\.$"):
        LinearRegression(steps=-1).fit(X, y)


def test_a_numpy_integer_is_a_whole_number():
    assert gradient_descent(lambda p: p, [1.0], learning_rate=0.1, steps=np.int64(3)).steps == 3

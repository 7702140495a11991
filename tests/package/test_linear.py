"""Linear regression: descent against least squares, both against statistics' formulas, and every refusal."""

import math

import numpy as np
import pytest

from ml_from_scratch import (
    DivergenceError,
    LinearRegression,
    NotFittedError,
    Outcome,
    best_learning_rate,
    hubble,
    largest_stable_learning_rate,
    least_squares,
    noisy_line,
    standard_errors,
)

data = noisy_line(np.random.default_rng(42))


def random_problem(seed, *, n=50, d=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) * rng.uniform(0.5, 2, d) + rng.normal(size=d), rng.normal(size=n)


def test_fit_finds_the_least_squares_line():
    model = LinearRegression().fit(data.X, data.y)
    weights, bias = least_squares(data.X, data.y)
    assert model.coef_ == pytest.approx(weights, rel=1e-14)
    assert model.intercept_ == pytest.approx(bias, rel=1e-14)
    assert (model.coef_.round(4).tolist(), round(model.intercept_, 4)) == ([2.0077], 2.987)
    assert model.descent_.outcome is Outcome.CONVERGED


@pytest.mark.parametrize("seed", range(10))
def test_fit_agrees_with_least_squares_for_several_features(seed):
    X, y = random_problem(seed)
    model = LinearRegression().fit(X, y)
    weights, bias = least_squares(X, y)
    assert model.coef_ == pytest.approx(weights, rel=1e-10, abs=1e-12)
    assert model.intercept_ == pytest.approx(bias, rel=1e-10, abs=1e-12)


def test_default_rate_is_the_best_one_of_the_data():
    default = LinearRegression(steps=5).fit(data.X, data.y)
    named = LinearRegression(learning_rate=best_learning_rate(data.X), steps=5).fit(data.X, data.y)
    assert np.array_equal(default.descent_.points, named.descent_.points)


def test_running_out_of_steps_is_an_outcome_and_no_error():
    model = LinearRegression(learning_rate=0.001, steps=1000).fit(data.X, data.y)
    assert model.descent_.outcome is Outcome.OUT_OF_STEPS
    assert round(model.intercept_, 2) == 2.58


def test_fit_returns_the_model_with_plain_types():
    model = LinearRegression()
    assert model.fit(data.X.tolist(), data.y.tolist()) is model
    assert isinstance(model.intercept_, float)
    assert model.coef_.shape == (1,)


def test_predict_is_the_line():
    model = LinearRegression().fit(data.X, data.y)
    assert model.predict([[0.0], [1.0]]) == pytest.approx([2.9870, 2.9870 + 2.0077], abs=1e-4)


def test_score_is_one_for_a_perfect_line_and_zero_for_the_mean():
    X = np.arange(5.0)[:, np.newaxis]
    assert LinearRegression().fit(X, 2 * X[:, 0] + 1).score(X, 2 * X[:, 0] + 1) == pytest.approx(1, abs=1e-14)
    symmetric = np.array([1.0, -2.0, 2.0, -2.0, 1.0])  # no slope, mean 0
    assert LinearRegression().fit(X, symmetric).score(X, symmetric) == pytest.approx(0, abs=1e-14)


def test_score_is_the_squared_correlation_for_one_feature():
    model = LinearRegression().fit(data.X, data.y)
    assert model.score(data.X, data.y) == pytest.approx(np.corrcoef(data.x, data.y)[0, 1] ** 2, rel=1e-12)


def test_divergence_is_an_error_with_step_rate_and_limit():
    with pytest.raises(DivergenceError) as caught:
        LinearRegression(learning_rate=0.5).fit(data.X, data.y)
    error = caught.value
    assert (error.step, error.learning_rate, error.loss) == (189, 0.5, math.inf)
    assert error.limit == largest_stable_learning_rate(data.X)
    assert str(error) == (
        "Gradient descent diverged: at step 189 the loss is inf. The learning rate 0.5 is above the limit "
        "2/λmax = 0.1345 of these data: lower it, or leave learning_rate=None."
    )


def test_divergence_is_seen_even_if_the_steps_end_before_the_overflow():
    with pytest.raises(
        DivergenceError, match=r"at step 3 the loss is [\d.e+]+\. The learning rate 0\.5 is above"
    ):
        LinearRegression(learning_rate=0.5, steps=3).fit(data.X, data.y)


@pytest.mark.parametrize("rate", [1e10, 1e150, 1e300, 1e307, 1e308])
def test_any_rate_however_large_is_divergence_and_nothing_else(rate):
    X, y = random_problem(0)
    with pytest.raises(DivergenceError, match="above the limit"):
        LinearRegression(learning_rate=rate).fit(X, y)


def test_data_too_large_to_square_are_named_as_the_cause():
    with pytest.raises(DivergenceError, match=r"step 0 the loss is inf.*below the limit.*rescale them\.$"):
        LinearRegression().fit(data.X, data.y * 1e200)


def test_a_failed_fit_leaves_no_model_behind():
    model = LinearRegression(learning_rate=0.5)
    with pytest.raises(DivergenceError):
        model.fit(data.X, data.y)
    with pytest.raises(NotFittedError):
        model.predict(data.X)


@pytest.mark.parametrize("ask", [lambda m: m.predict(data.X), lambda m: m.score(data.X, data.y)])
def test_an_unfitted_model_says_so(ask):
    with pytest.raises(
        NotFittedError, match=r"^This LinearRegression is not fitted yet: call fit\(X, y\) first\.$"
    ):
        ask(LinearRegression())


def test_predict_refuses_another_number_of_features():
    with pytest.raises(ValueError, match=r"^X must have shape \(n, 1\) as in fit; got \(3, 2\)\.$"):
        LinearRegression().fit(data.X, data.y).predict(np.ones((3, 2)))


def test_score_refuses_a_constant_target():
    with pytest.raises(
        ValueError, match=r"^y must vary for R² to have a meaning; all its values are 0\.1\.$"
    ):
        LinearRegression().fit(data.X, data.y).score(data.X[:5], [0.1] * 5)


def test_least_squares_of_three_points_by_hand():
    # Means 1 and 7/3, so the slope is ((-1)(-4/3) + 0 + (1)(5/3)) / 2 = 3/2, and the bias 7/3 - 3/2 = 5/6.
    weights, bias = least_squares([[0], [1], [2]], [1, 2, 4])
    assert weights == pytest.approx([3 / 2], rel=1e-15)
    assert bias == pytest.approx(5 / 6, rel=1e-15)


def test_least_squares_through_the_origin_by_hand():
    weights, bias = least_squares([[1], [2]], [3, 5], intercept=False)
    assert weights == pytest.approx([13 / 5], rel=1e-15)  # Σxy / Σx² = (3 + 10) / (1 + 4)
    assert bias == 0.0


def test_hubbles_line():
    # scikit-learn and SciPy give the same digits: tests/oracles.
    weights, bias = least_squares(hubble().X, hubble().y)
    assert (weights.round(4).tolist(), round(bias, 4)) == ([454.1584], -40.7836)
    assert least_squares(hubble().X, hubble().y, intercept=False)[0].round(3).tolist() == [423.937]


@pytest.mark.parametrize("seed", range(10))
def test_residuals_of_least_squares_are_perpendicular_to_every_column(seed):
    X, y = random_problem(seed)
    weights, bias = least_squares(X, y)
    residuals = y - (X @ weights + bias)
    assert np.append(X.T @ residuals, residuals.sum()) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1e-8, 1e8, 1e200])
def test_least_squares_does_not_depend_on_the_units(scale):
    X, y = random_problem(1)
    weights, bias = least_squares(X, y)
    scaled_weights, scaled_bias = least_squares(X * [1, scale, 1, 1], y)
    assert scaled_weights * [1, scale, 1, 1] == pytest.approx(weights, rel=1e-13)
    assert scaled_bias == pytest.approx(bias, rel=1e-13)


@pytest.mark.parametrize("scale", [1e-300, 1e-8, 1e8, 1e300])
def test_fit_and_standard_errors_carry_the_unit_of_y(scale):
    X, y = random_problem(1)
    for function in (least_squares, standard_errors):
        weights, bias = function(X, y)
        scaled_weights, scaled_bias = function(X, y * scale)
        assert scaled_weights == pytest.approx(weights * scale, rel=1e-12)
        assert scaled_bias == pytest.approx(bias * scale, rel=1e-12)


def test_least_squares_fits_exactly_where_it_can():
    weights, bias = least_squares([[1.0], [3.0]], [2.0, 8.0])  # two points, one line: slope 3, through -1
    assert weights == pytest.approx([3], rel=1e-15)
    assert bias == pytest.approx(-1, rel=1e-14)
    assert least_squares(data.X, np.zeros(100)) == ([0.0], 0.0)


@pytest.mark.parametrize(
    "X",
    [
        np.column_stack([np.arange(9.0), np.full(9, 0.1)]),  # constant
        np.column_stack([np.arange(9.0), np.zeros(9)]),  # zero
        np.column_stack([np.arange(9.0), 3 * np.arange(9.0) - 0.7]),  # a combination
        np.column_stack([np.arange(9.0), 1e-9 * np.arange(9.0)]),  # repeated, in another unit
    ],
)
def test_dependent_columns_are_refused(X):
    message = (
        r"^The coefficients of X are not determined: its columns and the bias's column of ones are linearly"
    )
    for function in (least_squares, standard_errors):
        with pytest.raises(ValueError, match=message):
            function(X, np.arange(9.0))
    with pytest.raises(ValueError, match=r"^X has no best learning rate"):
        LinearRegression().fit(X, np.arange(9.0))


def test_dependent_columns_still_descend_at_a_rate_that_is_given():
    X = np.column_stack([data.x, data.x])
    model = LinearRegression(learning_rate=0.05).fit(X, data.y)
    assert model.coef_.sum() == pytest.approx(least_squares(data.X, data.y)[0][0], rel=1e-12)


def test_fewer_rows_than_coefficients_are_refused():
    message = (
        r"^X has 1 rows, too few to determine 2 coefficients \(its columns and the bias's column of ones\)\.$"
    )
    with pytest.raises(ValueError, match=message):
        least_squares([[1.0]], [1.0])


def test_standard_errors_are_the_textbooks():
    # One feature: s²/Sxx for the slope, s²(1/n + x̄²/Sxx) for the intercept, s² = Σe²/(n - 2).
    x, y, n = data.x, data.y, 100
    weights, bias = least_squares(data.X, y)
    spread = np.sum((x - x.mean()) ** 2)
    variance = np.sum((y - weights[0] * x - bias) ** 2) / (n - 2)
    slope_error, intercept_error = standard_errors(data.X, y)
    assert slope_error[0] == pytest.approx(math.sqrt(variance / spread), rel=1e-12)
    assert intercept_error == pytest.approx(math.sqrt(variance * (1 / n + x.mean() ** 2 / spread)), rel=1e-12)
    assert (slope_error.round(3).tolist(), round(intercept_error, 3)) == ([0.036], 0.099)


def test_standard_errors_are_the_scatter_of_refits():
    rng = np.random.default_rng(7)
    y = 2 * data.x + 3
    fits = np.array([np.append(*least_squares(data.X, y + rng.normal(size=100))) for _ in range(1000)])
    predicted = np.append(*standard_errors(data.X, data.y))
    # A standard deviation of 1,000 fits is known to 1/√2000 = 2 %, s to 1/√196 = 7 %: 3 of both is 22 %.
    assert fits.std(axis=0) == pytest.approx(predicted, rel=0.22)


def test_standard_error_through_the_origin_by_hand():
    # Residuals of y = 2.6 x at (1, 3), (2, 5): 0.4, -0.2; s² = 0.2 / 1; error √(0.2 / (1 + 4)) = 0.2.
    errors, bias_error = standard_errors([[1], [2]], [3, 5], intercept=False)
    assert errors == pytest.approx([0.2], rel=1e-14)
    assert bias_error == 0.0


def test_standard_errors_need_rows_to_spare():
    with pytest.raises(ValueError, match=r"^X must have more rows than its 2 coefficients .*; got 2\.$"):
        standard_errors([[1.0], [2.0]], [1.0, 2.0])

"""The model against scikit-learn's."""

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError as TheirNotFittedError
from sklearn.linear_model import LinearRegression as TheirRegression
from sklearn.metrics import mean_squared_error as their_mean_squared_error
from sklearn.metrics.pairwise import cosine_similarity as their_cosine_similarity

from ml_from_scratch import (
    LinearRegression,
    NotFittedError,
    cosine_similarity,
    hubble,
    least_squares,
    mean_squared_error,
    noisy_line,
)


def problems():
    yield "noisy line", noisy_line(np.random.default_rng(42)).X, noisy_line(np.random.default_rng(42)).y
    yield "Hubble", hubble().X, hubble().y
    for seed in range(8):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(60, 1 + seed % 5)) + 1
        yield f"random {seed}", X, X.sum(axis=1) + rng.normal(size=60)


PROBLEMS = {name: (X, y) for name, X, y in problems()}


@pytest.mark.parametrize("name", PROBLEMS)
def test_fit_predict_and_score_agree(name):
    X, y = PROBLEMS[name]
    ours, theirs = LinearRegression().fit(X, y), TheirRegression().fit(X, y)
    assert ours.coef_ == pytest.approx(theirs.coef_, rel=1e-9, abs=1e-11)
    assert ours.intercept_ == pytest.approx(theirs.intercept_, rel=1e-9, abs=1e-11)
    assert ours.predict(X[:5] + 0.5) == pytest.approx(theirs.predict(X[:5] + 0.5), rel=1e-9)
    assert ours.score(X, y) == pytest.approx(theirs.score(X, y), rel=1e-10)


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("intercept", [True, False])
def test_least_squares_agrees(name, intercept):
    X, y = PROBLEMS[name]
    weights, bias = least_squares(X, y, intercept=intercept)
    theirs = TheirRegression(fit_intercept=intercept).fit(X, y)
    assert weights == pytest.approx(theirs.coef_, rel=1e-11)
    assert bias == pytest.approx(theirs.intercept_, rel=1e-10, abs=1e-12)


def test_learned_attributes_have_their_names_and_shapes():
    X, y = PROBLEMS["random 4"]
    ours, theirs = LinearRegression().fit(X, y), TheirRegression().fit(X, y)
    for name in ("coef_", "intercept_"):
        assert np.shape(getattr(ours, name)) == np.shape(getattr(theirs, name))


def test_not_fitted_is_the_same_kind_of_error():
    assert NotFittedError.__bases__ == TheirNotFittedError.__bases__


@pytest.mark.parametrize("seed", range(5))
def test_mean_squared_error_agrees(seed):
    y, predictions = np.random.default_rng(seed).normal(size=(2, 30))
    assert mean_squared_error(y, predictions) == pytest.approx(
        their_mean_squared_error(y, predictions), rel=1e-14
    )


@pytest.mark.parametrize("seed", range(5))
def test_cosine_similarity_agrees(seed):
    a, b = np.random.default_rng(seed).normal(size=(2, 300))
    assert cosine_similarity(a, b) == pytest.approx(their_cosine_similarity([a], [b])[0, 0], rel=1e-12)

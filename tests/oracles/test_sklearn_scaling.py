"""Standardising, and the penguins' line through it, against scikit-learn's."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression as TheirRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ml_from_scratch import LinearRegression, least_squares, penguins, standardize


def tables():
    yield "penguins", penguins().X
    for seed in range(5):
        rng = np.random.default_rng(seed)
        yield f"random {seed}", rng.normal(size=(30, 4)) * 10 ** rng.uniform(-3, 3, 4) + rng.normal(size=4)


TABLES = dict(tables())


@pytest.mark.parametrize("name", TABLES)
def test_scaling_agrees_with_the_population_deviation_of_the_standard_scaler(name):
    X = TABLES[name]
    ours, theirs = standardize(X), StandardScaler().fit(X)
    assert ours.means == pytest.approx(theirs.mean_, rel=1e-12)
    assert ours.deviations == pytest.approx(theirs.scale_, rel=1e-12)
    scaled = ours.transform(X)
    assert scaled == pytest.approx(theirs.transform(X), rel=1e-10, abs=1e-12)
    new = X[:3] * 1.5
    assert ours.transform(new) == pytest.approx(theirs.transform(new), rel=1e-10, abs=1e-12)
    assert ours.inverse_transform(ours.Z) == pytest.approx(
        theirs.inverse_transform(theirs.transform(X)), rel=1e-12
    )


@pytest.mark.parametrize("features", [("flipper_length",), ("flipper_length", "bill_depth"), ()])
def test_descent_on_scaled_penguins_finds_the_line_of_raw_ones(features):
    data = penguins(*features)
    scaled = standardize(data.X)
    model = LinearRegression().fit(scaled.Z, data.y)
    weights, bias = scaled.raw_line(model.coef_, model.intercept_)
    theirs = TheirRegression().fit(data.X, data.y)
    assert weights == pytest.approx(theirs.coef_, rel=1e-10)
    assert bias == pytest.approx(theirs.intercept_, rel=1e-10)
    assert least_squares(data.X, data.y)[0] == pytest.approx(theirs.coef_, rel=1e-10)
    pipeline = make_pipeline(StandardScaler(), TheirRegression()).fit(data.X, data.y)
    new = data.X[::50] + 1
    assert model.predict(scaled.transform(new)) == pytest.approx(pipeline.predict(new), rel=1e-10)

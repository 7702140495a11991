"""Linear regression: learned by gradient descent, and computed outright to check it."""

import math
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray, features_and_target, matrix
from ml_from_scratch._orthogonal import factorize
from ml_from_scratch.curvature import best_learning_rate, largest_stable_learning_rate
from ml_from_scratch.descent import Descent, Outcome, gradient_descent
from ml_from_scratch.losses import mean_squared_error, mean_squared_error_gradient
from ml_from_scratch.vectors import norm


class NotFittedError(ValueError, AttributeError):
    """A model was asked for predictions before it was fitted."""


class DivergenceError(ArithmeticError):
    """Gradient descent moved away from the minimum.

    step, loss: where it was found, and the loss there; learning_rate, limit: the rate,
    and 2/λmax.
    """

    def __init__(self, *, step: int, learning_rate: float, limit: float, loss: float) -> None:
        """Word the message from the run's numbers, and keep them."""
        self.step, self.learning_rate, self.limit, self.loss = step, learning_rate, limit, loss
        reason = (
            f"above the limit 2/λmax = {limit:.4g} of these data: lower it, or leave learning_rate=None"
            if learning_rate > limit
            else f"below the limit 2/λmax = {limit:.4g}, so the data themselves are too large: rescale them"
        )
        super().__init__(
            f"Gradient descent diverged: at step {step} the loss is {loss:.4g}. "
            f"The learning rate {learning_rate:.4g} is {reason}."
        )


class LinearRegression:
    """The linear model ŷ = Xw + b, fitted by gradient descent from w = 0, b = 0.

    learning_rate: by default best_learning_rate(X), from the data's curvature.
    steps: the most that fit takes. To run out of them is an outcome, not an error.

    After fit, by scikit-learn's conventions: coef_, the weights, (d,), in units of y
    per unit of the feature; intercept_, the bias, in units of y; descent_, the run's
    record, its points the weights and then the bias.
    """

    coef_: FloatArray
    intercept_: float
    descent_: Descent

    def __init__(self, *, learning_rate: float | None = None, steps: int = 10_000) -> None:
        """Keep the settings; fit checks them."""
        self.learning_rate = learning_rate
        self.steps = steps

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit to X, (n, d), and y, (n,), and return the model itself.

        Raises DivergenceError where the loss overflows, or ends above its start at a
        rate past the limit; ValueError for data or settings that make no sense, and for
        dependent columns with the default rate.
        """
        X, y = features_and_target(X, y)

        def gradient(point: FloatArray) -> FloatArray:
            return np.append(*mean_squared_error_gradient(X, y, point[:-1], point[-1]))

        def loss(point: FloatArray) -> float:
            predictions = X @ point[:-1] + point[-1]
            # Predictions that overflow are divergence, for the loop to report, not bad input.
            return mean_squared_error(y, predictions) if np.isfinite(predictions).all() else math.inf

        rate = best_learning_rate(X) if self.learning_rate is None else self.learning_rate
        descent = gradient_descent(
            gradient, np.zeros(X.shape[1] + 1), learning_rate=rate, steps=self.steps, loss=loss
        )
        _refuse_divergence(descent, rate, limit=largest_stable_learning_rate(X))
        self.descent_ = descent
        self.coef_, self.intercept_ = descent.end[:-1], float(descent.end[-1])
        return self

    def predict(self, X: ArrayLike) -> FloatArray:
        """Predictions Xw + b, (n,), for X (n, d). Raises NotFittedError before fit."""
        X = matrix("X", X)
        if not hasattr(self, "coef_"):
            raise NotFittedError("This LinearRegression is not fitted yet: call fit(X, y) first.")
        if X.shape[1] != len(self.coef_):
            raise ValueError(f"X must have shape (n, {len(self.coef_)}) as in fit; got {X.shape}.")
        return X @ self.coef_ + self.intercept_

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Coefficient of determination, R² = 1 - Σ(yᵢ - ŷᵢ)² / Σ(yᵢ - ȳ)².

        X is (n, d), y (n,). Raises NotFittedError before fit; ValueError where y is
        constant: R² is 0/0.
        """
        X, y = features_and_target(X, y)
        residuals = y - self.predict(X)
        if (y == y[0]).all():
            raise ValueError(f"y must vary for R² to have a meaning; all its values are {y[0]:g}.")
        return float(1 - np.sum(residuals**2) / np.sum((y - y.mean()) ** 2))


def least_squares(X: ArrayLike, y: ArrayLike, *, intercept: bool = True) -> tuple[FloatArray, float]:
    """Weights and bias that minimise Σ (yᵢ - ŷᵢ)², computed outright: no steps, no rate.

    X is (n, d), y (n,); weights are (d,). intercept=False fits through the origin, with
    bias 0.0. By Householder QR and one step of refinement (see _orthogonal), never the
    normal equations. Raises ValueError where X does not determine them: fewer rows than
    coefficients, or dependent columns.
    """
    X, y = features_and_target(X, y)
    coefficients = factorize(X, intercept=intercept).solve(y)
    return (coefficients[:-1], float(coefficients[-1])) if intercept else (coefficients, 0.0)


def standard_errors(X: ArrayLike, y: ArrayLike, *, intercept: bool = True) -> tuple[FloatArray, float]:
    """Scatter that noise alone gives the least-squares weights and bias: standard errors.

    Square roots of the diagonal of s²(AᵀA)⁻¹, with A = [X 1], p columns, and s² = Σ eᵢ²
    / (n - p); for noise that is independent and equally spread. X is (n, d), y (n,);
    the weights' are (d,), the bias's 0.0 without intercept. Raises ValueError as
    least_squares does, and where n = p leaves nothing to measure the noise by. Source:
    Seber & Lee, "Linear Regression Analysis" (2003), §3.2 and §3.3.
    """
    X, y = features_and_target(X, y)
    factorization = factorize(X, intercept=intercept)
    n, p = factorization.Q.shape
    if n == p:
        raise ValueError(f"X must have more rows than its {p} coefficients for standard errors; got {n}.")
    weights, bias = least_squares(X, y, intercept=intercept)
    residuals = y - (X @ weights + bias)
    s = norm(residuals) / math.sqrt(n - p)
    errors = s * factorization.inverse_gram_roots()
    return (errors[:-1], float(errors[-1])) if intercept else (errors, 0.0)


def _refuse_divergence(descent: Descent, rate: float, *, limit: float) -> None:
    """Raise where the loss overflowed, or only the last step saved it from that."""
    first, last = np.asarray(descent.losses)[[0, -1]]
    if descent.outcome is Outcome.DIVERGED or (rate > limit and last > first):
        raise DivergenceError(step=descent.steps, learning_rate=rate, limit=limit, loss=float(last))

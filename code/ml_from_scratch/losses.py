"""How wrong a model's predictions are, and which change makes them less wrong.

A linear model predicts ŷ = Xw + b. X is (n, d), one row for each observation; w,
`weights`, is (d,); b, `bias`, is a number. The loss averages over the n observations,
so neither it nor its gradient grows with their number.
"""

import numpy as np
from numpy.typing import ArrayLike

from ml_from_scratch._checks import (
    FloatArray,
    features_and_target,
    matching_vector,
    number,
    same_length,
)


def mean_squared_error(y: ArrayLike, predictions: ArrayLike) -> float:
    """Mean of squared residuals, (1/n) Σ (yᵢ - ŷᵢ)², in squared units of y; no ½.

    y and predictions are (n,). Raises ValueError where their shapes differ: a column
    (n, 1) would broadcast to (n, n), and the mean be taken of the wrong differences.
    """
    y, predictions = same_length("y", y, "predictions", predictions)
    residuals = y - predictions
    return float(np.mean(residuals**2))


def mean_squared_error_gradient(
    X: ArrayLike, y: ArrayLike, weights: ArrayLike, bias: float
) -> tuple[FloatArray, float]:
    """Gradient of a linear model's mean squared error: (∂L/∂w, ∂L/∂b), in that order.

    With residuals e = y - (Xw + b), ∂L/∂w = -(2/n) Xᵀe, (d,), and ∂L/∂b = -(2/n) Σ eᵢ,
    a number. The 2 comes from the square: the loss has no factor ½ to cancel it. Units:
    of y times each feature's, and of y.

    X is (n, d), y (n,), weights (d,), bias a number. Raises ValueError where the shapes
    do not match. By the chain rule on each eᵢ², then the mean: the chapter "Deriving
    the MSE gradient" takes every step.
    """
    X, y = features_and_target(X, y)
    n, d = X.shape
    weights = matching_vector("weights", weights, length=d, match="the columns of X")
    bias = number("bias", bias)
    residuals = y - (X @ weights + bias)  # (n,)
    weights_gradient = -(2 / n) * (X.T @ residuals)  # (d,)
    bias_gradient = -(2 / n) * residuals.sum()
    return weights_gradient, float(bias_gradient)

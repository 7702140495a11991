"""The shape of the loss: a bowl whose curvature decides which learning rates work.

The mean squared error of a linear model is a quadratic bowl in (weights, bias). Its
second derivatives, the Hessian, are the same everywhere and do not depend on y. Along
an eigenvector with eigenvalue λ, a step of descent multiplies the distance to the
minimum by 1 - learning_rate · λ. All below follows from that factor.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray, matrix


def hessian(X: ArrayLike) -> FloatArray:
    """Second derivatives of the mean squared error, (2/n) [X 1]ᵀ[X 1]; no factor ½.

    X is (n, d); the result is symmetric, (d + 1, d + 1), the bias last.
    Source: differentiate -(2/n) [X 1]ᵀe once more; the residuals e are linear in
    (weights, bias).
    """
    A = _with_ones(matrix("X", X))
    return (2 / len(A)) * (A.T @ A)


def largest_stable_learning_rate(X: ArrayLike) -> float:
    """Limit 2/λmax of the learning rate: below it descent converges, above it diverges.

    X is (n, d), and λmax the largest eigenvalue of hessian(X). A flat direction (λ = 0)
    does no harm here: descent does not move along it.
    Source: Goh, "Why momentum really works", Distill (2017).
    """
    return 2 / float(_eigenvalues(X).max())


def best_learning_rate(X: ArrayLike) -> float:
    """Constant rate 2/(λmin + λmax), whose slowest direction is the fastest.

    X is (n, d). Along both the steepest and the flattest direction, the distance to the
    minimum shrinks by (κ - 1)/(κ + 1) per step. Raises ValueError where the loss has a
    flat direction (λmin = 0, κ infinite) and so no single minimum: a constant, repeated
    or otherwise dependent column, or fewer than d + 1 rows. Source: Goh, as above.
    """
    eigenvalues = _eigenvalues(X)
    if eigenvalues.min() == 0:
        raise ValueError(
            "X has no best learning rate: its columns and the bias's column of ones are linearly dependent "
            "(a constant or repeated column, or too few rows), so the loss is flat in some direction."
        )
    return 2 / float(eigenvalues.min() + eigenvalues.max())


def condition_number(X: ArrayLike) -> float:
    """κ = λmax/λmin of hessian(X): 1 for a round bowl, large for a narrow valley.

    X is (n, d). Infinite where the loss has a flat direction (see best_learning_rate).
    """
    eigenvalues = _eigenvalues(X)
    return float(eigenvalues.max() / eigenvalues.min()) if eigenvalues.min() > 0 else math.inf


def _with_ones(X: FloatArray) -> FloatArray:
    """[X 1]: the bias is the weight of a feature that is always 1."""
    return np.column_stack([X, np.ones(len(X))])


def _eigenvalues(X: ArrayLike) -> FloatArray:
    """Eigenvalues of hessian(X), (d + 1,); zero up to rounding becomes exactly 0."""
    A = _with_ones(matrix("X", X))
    # From the singular values of A rather than from AᵀA, whose rounding would swamp a
    # λmin below 1e-16 λmax.
    singular = np.zeros(A.shape[1])
    found = np.linalg.svd(A, compute_uv=False)
    singular[: len(found)] = found
    singular[singular <= max(A.shape) * np.finfo(np.float64).eps * singular.max()] = 0
    with np.errstate(over="ignore"):
        eigenvalues = (2 / len(A)) * singular**2
    if not np.isfinite(eigenvalues).all():
        raise ValueError("X is too large: the squares of its entries overflow; rescale its columns.")
    return eigenvalues

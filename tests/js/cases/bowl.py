"""What the package says of four bowls: chapter 6's points, the same with 2 added to x, and the penguins, raw and standardised."""

from __future__ import annotations

from typing import Any

import numpy as np

from ml_from_scratch import (
    best_learning_rate,
    condition_number,
    gradient_descent,
    hessian,
    largest_stable_learning_rate,
    least_squares,
    mean_squared_error,
    mean_squared_error_gradient,
    noisy_line,
    penguins,
    standardize,
)

# Points (w, b), and runs from the first of them: the rate as a part of the limit, and the steps.
BOWLS = {
    "line": ([(0.0, 0.0), (1.5, -1.0), (4.0, 4.0)], [(0.1, 40), (0.75, 20), (1.1, 60)]),
    "shifted": ([(0.0, 0.0), (1.5, -4.0), (4.0, 2.0)], [(0.1, 40), (0.75, 20), (1.1, 40)]),
    "raw": ([(0.0, 0.0), (40.0, -4000.0), (90.0, 3000.0)], [(0.5, 1000), (0.9, 50), (1.1, 60)]),
    "standardised": ([(0.0, 0.0), (700.0, 4200.0), (-3000.0, 7000.0)], [(0.5, 1), (0.1, 40), (1.1, 60)]),
}


def cases() -> dict[str, Any]:
    """By bowl: what the inputs decide, then losses and gradients at points, then where runs stand."""
    line, birds = noisy_line(np.random.default_rng(42)), penguins("flipper_length")
    tables = {
        "line": (line.X, line.y),
        "shifted": (line.X + 2, line.y),
        "raw": (birds.X, birds.y),
        "standardised": (standardize(birds.X).Z, birds.y),
    }
    return {name: bowl(*tables[name], *BOWLS[name]) for name in tables}


def bowl(X: np.ndarray, y: np.ndarray, points: list, runs: list) -> dict[str, Any]:
    """One bowl."""
    weights, bias = least_squares(X, y)
    limit = largest_stable_learning_rate(X)
    _, directions = np.linalg.eigh(hessian(X))
    return {
        "x": X[:3, 0].tolist(),
        "best": [float(weights[0]), bias],
        "limit": limit,
        "best_rate": best_learning_rate(X),
        "condition_number": condition_number(X),
        "axes": directions.T.tolist(),  # flattest first
        "points": [at(X, y, w, b) for w, b in points],
        "runs": [run(X, y, share * limit, steps) for share, steps in runs],
    }


def at(X: np.ndarray, y: np.ndarray, w: float, b: float) -> dict[str, Any]:
    """Loss and gradient at a point."""
    (slope,), intercept = mean_squared_error_gradient(X, y, [w], b)
    return {
        "point": [w, b],
        "loss": mean_squared_error(y, X @ [w] + b),
        "gradient": [float(slope), intercept],
    }


def run(X: np.ndarray, y: np.ndarray, rate: float, steps: int) -> dict[str, Any]:
    """Where so many steps from (0, 0) lead."""

    def gradient(point: np.ndarray) -> np.ndarray:
        return np.append(*mean_squared_error_gradient(X, y, point[:1], point[1]))

    def loss(point: np.ndarray) -> float:
        return mean_squared_error(y, X @ point[:1] + point[1])

    walk = gradient_descent(gradient, [0, 0], learning_rate=rate, steps=steps, loss=loss)
    assert walk.losses is not None
    weights, bias = least_squares(X, y)
    _, directions = np.linalg.eigh(hessian(X))
    start = directions.T @ (walk.points[0] - np.append(weights, bias))  # along the axes, flattest first
    return {
        "rate": rate,
        "steps": steps,
        "end": walk.points[-1].tolist(),
        "loss": float(walk.losses[-1]),
        "along": np.abs(start).tolist(),
        "factors": (1 - rate * np.linalg.eigvalsh(hessian(X))).tolist(),
    }

"""What the package says of a line over the data of chapter 6, and of descents to its best line."""

from __future__ import annotations

from typing import Any

import numpy as np

from ml_from_scratch import (
    gradient_descent,
    largest_stable_learning_rate,
    least_squares,
    mean_squared_error,
    mean_squared_error_gradient,
    noisy_line,
)
from ml_from_scratch.curvature import hessian

LINES = [(1.0, 1.0), (0.0, 0.0), (2.0, 3.0), (-1.0, 9.0), (4.0, -4.0), (2.0077, 2.987)]
RUNS = [  # start, rate, steps
    ((0.0, 0.0), 0.01, 1000),  # the book's loop
    ((1.0, 1.0), 0.01, 1),
    ((0.0, 0.0), 0.001, 1000),
    ((4.0, -4.0), 0.1, 1000),
    ((1.0, 1.0), 0.13, 1000),
    ((0.0, 0.0), 0.5, 1000),  # diverges
]


def cases() -> dict[str, Any]:
    """Lines, runs, and what their curvature allows."""
    data = noisy_line(np.random.default_rng(42))
    weights, bias = least_squares(data.X, data.y)
    return {
        "lines": [line(data.X, data.y, w, b) for w, b in LINES],
        "runs": [run(data.X, data.y, *each) for each in RUNS],
        "least_squares": [float(weights[0]), bias],
        "largest_stable_learning_rate": largest_stable_learning_rate(data.X),
        "curvatures": [float(value) for value in np.linalg.eigvalsh(hessian(data.X))[::-1]],
    }


def line(X: np.ndarray, y: np.ndarray, w: float, b: float) -> dict[str, Any]:
    """The loss of a line, its gradient, and the first of its residuals."""
    (slope,), intercept = mean_squared_error_gradient(X, y, [w], b)
    loss = mean_squared_error(y, X @ [w] + b)
    first = (y - (X @ [w] + b))[:3].tolist()
    return {"point": [w, b], "loss": loss, "gradient": [float(slope), intercept], "residuals": first}


def run(X: np.ndarray, y: np.ndarray, start: tuple[float, float], rate: float, steps: int) -> dict[str, Any]:
    """One descent: its end, and the last finite loss."""

    def gradient(point: np.ndarray) -> np.ndarray:
        return np.append(*mean_squared_error_gradient(X, y, point[:1], point[1]))

    def loss(point: np.ndarray) -> float:
        return float(np.mean((y - (X @ point[:1] + point[1])) ** 2))

    walk = gradient_descent(gradient, start, learning_rate=rate, steps=steps, loss=loss)
    assert walk.losses is not None
    finite = walk.losses[np.isfinite(walk.losses)]
    return {
        "start": list(start),
        "rate": rate,
        "steps": steps,
        "taken": walk.steps,
        "outcome": walk.outcome.value,
        "end": walk.end.tolist(),
        "loss": float(finite[-1]),
    }

"""Write what the page's arithmetic is checked against, and the data that it draws: `python tests/js/write_cases.py`.

`tests/js/cases.json` holds results of the Python package for given inputs; `node --test` compares the page's modules
with them, pytest the package. `figures/interactive/data.js` holds the points of chapter 6. Both are committed; a test
holds them to what this script writes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ml_from_scratch import (
    angle_between,
    dot,
    gradient_descent,
    largest_stable_learning_rate,
    least_squares,
    mean_squared_error,
    mean_squared_error_gradient,
    noisy_line,
    norm,
    project,
)
from ml_from_scratch.curvature import hessian

ROOT = Path(__file__).parents[2]
CASES = "tests/js/cases.json"
DATA = "figures/interactive/data.js"

PAIRS = [
    ([4.0, 1.0], [2.0, 3.0]),  # as the figure starts
    ([1.0, 0.0], [1.0, 1.0]),
    ([2.0, 1.0], [4.0, 2.0]),  # parallel: the angle is 0
    ([2.0, 1.0], [-1.0, 2.0]),  # a right angle
    ([2.0, 1.0], [-2.0, -1.0]),  # opposite: the angle is π
    ([0.3, -0.1], [-5.0, 4.0]),
    ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]),
]
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
    """Every case, by what it is of."""
    data = noisy_line(np.random.default_rng(42))
    weights, bias = least_squares(data.X, data.y)
    drawn = np.random.default_rng(7).normal(size=(6, 2, 4))
    pairs = [*PAIRS, *((a.tolist(), b.tolist()) for a, b in drawn)]
    return {
        "pairs": [pair(a, b) for a, b in pairs],
        "lines": [line(data.X, data.y, w, b) for w, b in LINES],
        "runs": [run(data.X, data.y, *each) for each in RUNS],
        "least_squares": [float(weights[0]), bias],
        "largest_stable_learning_rate": largest_stable_learning_rate(data.X),
        "curvatures": [float(value) for value in np.linalg.eigvalsh(hessian(data.X))[::-1]],
    }


def pair(a: list[float], b: list[float]) -> dict[str, Any]:
    """What the package says of two vectors."""
    return {
        "a": a,
        "b": b,
        "dot": dot(a, b),
        "norm": norm(a),
        "angle": angle_between(a, b),
        "projection": project(b, onto=a).tolist(),
    }


def line(X: np.ndarray, y: np.ndarray, w: float, b: float) -> dict[str, Any]:
    """The loss of a line and its gradient."""
    (slope,), intercept = mean_squared_error_gradient(X, y, [w], b)
    loss = mean_squared_error(y, X @ [w] + b)
    return {"point": [w, b], "loss": loss, "gradient": [float(slope), intercept]}


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


def files() -> dict[str, str]:
    """The text of both files, by their paths from the repository's root."""
    data = noisy_line(np.random.default_rng(42))
    made = (
        "// Written by tests/js/write_cases.py: noisy_line(np.random.default_rng(42)), to the last digit.\n"
    )
    columns = "".join(
        f"  {name}: {json.dumps(values.tolist())},\n" for name, values in (("x", data.x), ("y", data.y))
    )
    return {
        CASES: json.dumps(cases(), indent=1) + "\n",
        DATA: f"{made}export const noisyLine = {{\n{columns}}};\n",
    }


if __name__ == "__main__":
    for path, text in files().items():
        (ROOT / path).write_text(text, encoding="utf-8")

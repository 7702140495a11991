"""The regression chapter's simulation, drawn and fitted anew, apart from its cells."""

from __future__ import annotations

import numpy as np
import pytest

N = 100


@pytest.fixture(scope="module")
def data():
    """The chapter's simulation, drawn here anew."""
    rng = np.random.default_rng(42)
    x = rng.uniform(-5, 5, N)
    return x, 2 * x + 3 + rng.normal(0, 1, N)


@pytest.fixture(scope="module")
def loss(data):
    x, y = data
    return lambda point: np.mean((y - point[0] * x - point[1]) ** 2)


@pytest.fixture(scope="module")
def gradient(data):
    """By the design matrix, not by the chapter's two sums."""
    x, y = data
    A = np.column_stack([x, np.ones(N)])
    return lambda point: 2 / N * A.T @ (A @ point - y)


@pytest.fixture(scope="module")
def closed(data):
    """The least-squares line by NumPy: slope, intercept."""
    return np.polyfit(*data, 1)


@pytest.fixture(scope="module")
def limit(data):
    """2/λmax, from the eigenvalues of the Hessian."""
    A = np.column_stack([data[0], np.ones(N)])
    return 2 / np.linalg.eigvalsh(2 / N * A.T @ A).max()


@pytest.fixture(scope="module")
def walk(gradient, loss):
    """Descend from (0, 0): the points and their losses, until one overflows."""

    def run(rate, steps=1000, slope=gradient):
        points = [np.zeros(2)]
        with np.errstate(over="ignore", invalid="ignore"):
            for _ in range(steps):
                points.append(points[-1] - rate * slope(points[-1]))
                if not np.isfinite(loss(points[-1])):
                    break
            return np.array(points), np.array([loss(p) for p in points])

    return run

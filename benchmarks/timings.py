"""What the chapters quote of speed: a dot product computed five ways, and a step of descent on all rows or on 32.

Writes code/ml_from_scratch/data/timings.json, which ships in the package and which `load_timings` reads: pages then
rebuild the same anywhere. Run it on an idle machine; ratios between the methods matter, not the seconds. All methods
and sizes take turns, so that a slow moment hits them alike, and each counts by the median of its turns.
NumPy computes on one thread, as the other methods do.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import platform
import statistics
import timeit
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypedDict

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"  # read when NumPy is first imported

import numpy as np

FILE = Path(__file__).parents[1] / "code" / "ml_from_scratch" / "data" / "timings.json"
DOT_SIZES = [10**k for k in range(7)]
STEP_SIZES = [10**k for k in range(2, 7)]
FEATURES, BATCH, LEARNING_RATE = 3, 32, 0.1
TURNS = 31
TURN = 0.004  # seconds: many calls of a fast method, one of a slow one

Methods = dict[str, Callable[[], object]]
Key = tuple[str, int, str]  # what, n, method


class Row(TypedDict):
    """A method's time at one size."""

    what: str
    method: str
    n: int
    seconds: float


def dot_methods(n: int) -> Methods:
    """Ways to the same dot product of two vectors, (n,), as arrays and as lists."""
    a, b = np.random.default_rng(n).normal(size=(2, n))
    listed_a, listed_b = a.tolist(), b.tolist()
    return {
        "np.dot": lambda: np.dot(a, b),
        "@": lambda: a @ b,
        "sum over arrays": lambda: sum(x * y for x, y in zip(a, b, strict=True)),
        "sum over lists": lambda: sum(x * y for x, y in zip(listed_a, listed_b, strict=True)),
        "np.dot of lists": lambda: np.dot(listed_a, listed_b),
    }


def step_methods(n: int) -> Methods:
    """One step of descent on the mean squared error, for n rows of 3 features: on all rows, or on 32 drawn anew."""
    rng = np.random.default_rng(n)
    X, noise = rng.normal(size=(n, FEATURES)), rng.normal(size=n)
    y = X @ np.ones(FEATURES) + 3 + noise
    weights, bias = np.zeros(FEATURES), 0.0

    def step(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
        residuals = y - (X @ weights + bias)
        weights_gradient = -(2 / len(y)) * (X.T @ residuals)
        bias_gradient = -(2 / len(y)) * float(residuals.sum())
        return weights - LEARNING_RATE * weights_gradient, bias - LEARNING_RATE * bias_gradient

    def mini_batch() -> tuple[np.ndarray, float]:
        rows = rng.integers(n, size=BATCH)
        return step(X[rows], y[rows])

    return {"full batch": lambda: step(X, y), "mini-batch": mini_batch}


def medians(methods: Mapping[Key, Callable[[], object]], *, turns: int, turn: float) -> dict[Key, float]:
    """Seconds that one call of each method takes, the median of its turns; a turn takes at least `turn` seconds."""
    timers, calls = {key: timeit.Timer(method) for key, method in methods.items()}, {}
    for key, timer in timers.items():
        timer.timeit(1)  # warm caches and buffers
        few = max(1, round(turn / 10 / timer.timeit(1)))
        calls[key] = max(1, math.ceil(turn * few / timer.timeit(few)))
    seconds: dict[Key, list[float]] = {key: [] for key in timers}
    for _ in range(turns):
        for key, timer in timers.items():
            timer.timeit(1)  # untimed: its data are in the cache again, after the other methods' data
            seconds[key].append(timer.timeit(calls[key]) / calls[key])
    return {key: statistics.median(measured) for key, measured in seconds.items()}


def measure() -> list[Row]:
    """Every method at every size."""
    kinds = (("dot", DOT_SIZES, dot_methods), ("step", STEP_SIZES, step_methods))
    methods = {
        (what, n, name): method
        for what, sizes, ways in kinds
        for n in sizes
        for name, method in ways(n).items()
    }
    return [
        {"what": what, "method": name, "n": n, "seconds": float(f"{seconds:.3g}")}
        for (what, n, name), seconds in medians(methods, turns=TURNS, turn=TURN).items()
    ]


def main() -> None:
    """Measure, print and write."""
    rows = measure()
    for row in rows:
        print(f"{row['what']:<5} n = {row['n']:<8} {row['method']:<16} {1e6 * row['seconds']:12.3g} µs")
    python, numpy = platform.python_version(), np.__version__
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, NumPy on one thread; Python {python}, NumPy {numpy}"
    )
    date = dt.datetime.now(tz=dt.UTC).date().isoformat()
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    head = f'  "date": {json.dumps(date)},\n  "machine": {json.dumps(machine)}'
    FILE.write_text(f'{{\n{head},\n  "rows": [\n{lines}\n  ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()

"""Walks down the curves of chapter 4, by the package's loop."""

from __future__ import annotations

from typing import Any

import numpy as np

from ml_from_scratch import gradient_descent

SLOPES = {"parabola": lambda x: 2 * (x - 3), "valleys": lambda x: 0.4 * x**3 - 2 * x + 0.5}
HEIGHTS = {"parabola": lambda x: (x - 3) ** 2, "valleys": np.polynomial.Polynomial([0, 0.5, -1, 0, 0.1])}
WALKS = [  # curve, start, learning rate
    *(("parabola", 0.0, rate) for rate in (0.01, 0.1, 0.25, 0.5, 0.9, 1.0, 1.1, 1.2)),
    ("parabola", 9.5, 0.3),
    ("valleys", 0.0, 0.1),
    ("valleys", 0.5, 0.1),
    ("valleys", -3.5, 0.05),
    ("valleys", 3.5, 1.2),  # diverges
]


def cases() -> dict[str, Any]:
    """Every walk, and where the second curve is flat."""
    walks = []
    for curve, start, rate in WALKS:
        walk = gradient_descent(SLOPES[curve], start, learning_rate=rate, steps=50)
        walks.append(
            {
                "curve": curve,
                "start": start,
                "rate": rate,
                "outcome": walk.outcome.value,
                "points": walk.points[:40].tolist(),
                "heights": [float(HEIGHTS[curve](x)) for x in walk.points[:4]],
            }
        )
    return {"walks": walks, "flats": sorted(np.roots([0.4, 0, -2, 0.5]).real.tolist())}

"""What the package says of two vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from ml_from_scratch import angle_between, dot, norm, project

PAIRS = [
    ([4.0, 1.0], [2.0, 3.0]),  # as the figure starts
    ([1.0, 0.0], [1.0, 1.0]),
    ([2.0, 1.0], [4.0, 2.0]),  # parallel: the angle is 0
    ([2.0, 1.0], [-1.0, 2.0]),  # a right angle
    ([2.0, 1.0], [-2.0, -1.0]),  # opposite: the angle is π
    ([0.3, -0.1], [-5.0, 4.0]),
    ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]),
]


def cases() -> dict[str, Any]:
    """The pairs above and six drawn at random."""
    drawn = np.random.default_rng(7).normal(size=(6, 2, 4))
    pairs = [*PAIRS, *((a.tolist(), b.tolist()) for a, b in drawn)]
    return {
        "pairs": [
            {
                "a": a,
                "b": b,
                "dot": dot(a, b),
                "norm": norm(a),
                "angle": angle_between(a, b),
                "projection": project(b, onto=a).tolist(),
            }
            for a, b in pairs
        ]
    }

"""Arrows as lists and as lengths with angles: what NumPy, and the package's norm and angle, say of each."""

from __future__ import annotations

from typing import Any

import numpy as np

from ml_from_scratch import angle_between, norm

LISTS = [(3.0, 4.0), (-3.0, -4.0), (5.0, 0.0), (-5.0, 0.0), (0.0, -2.0), (-0.1, 5.9), (4.24, -4.24)]
ARROWS = [(2.0, 60.0), (10.0, 30.0), (5.0, 180.0), (6.0, -126.9), (0.1, -90.0), (0.0, 45.0)]


def cases() -> dict[str, Any]:
    """Lists with their arrows, and arrows with their lists."""
    turned = np.radians([degrees for _, degrees in ARROWS])
    lengths = np.array([length for length, _ in ARROWS])
    return {
        "lists": [
            {
                "list": each,
                "length": norm(each),
                "degrees": float(np.degrees(np.arctan2(each[1], each[0]))),
                "from_axis": float(np.degrees(angle_between([1, 0], each))),
            }
            for each in LISTS
        ],
        "arrows": [
            {"arrow": arrow, "list": each}
            for arrow, each in zip(
                ARROWS,
                np.column_stack([lengths * np.cos(turned), lengths * np.sin(turned)]).tolist(),
                strict=True,
            )
        ],
    }

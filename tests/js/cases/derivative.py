"""Slopes of chapter 4's functions by their rules, and measured by a nudge."""

from __future__ import annotations

from typing import Any

import numpy as np

from ml_from_scratch import central_difference

FUNCTIONS = {
    "x²": (lambda x: x * x, lambda x: 2 * x),
    "x³": (lambda x: x * x * x, lambda x: 3 * x * x),
    "|x|": (abs, lambda x: float(np.sign(x))),
}
PLACES = (1.0, -1.5, 0.5)
STEPS = [2.0, -0.7, 0.1, 1e-3, -1e-8, 1e-10, 1e-15, 1e-16]
EXACT = [
    2.0,
    0.25,
    2.0**-10,
    2.0**-17,
]  # these add to a place without rounding, so 2h is what the package measures


def cases() -> dict[str, Any]:
    """Every function at every place, with every step."""
    made = []
    for name, (f, slope) in FUNCTIONS.items():
        for x in PLACES:
            one_sided = [[h, (f(x + h) - f(x)) / h] for h in STEPS]
            central = [[h, float(central_difference(f, x, step=h))] for h in EXACT]
            made.append(
                {"curve": name, "x": x, "slope": slope(x), "one_sided": one_sided, "central": central}
            )
    return {"slopes": made}

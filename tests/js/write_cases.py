"""Write what the page's arithmetic is checked against, and the data that it draws: `python tests/js/write_cases.py`.

Each figure has its module beside this one in `cases/`, whose `cases()` gives results of the Python package for chosen
inputs; they are written to a file of JSON of the same name. `node --test` compares the page's modules with them, pytest
the package. `figures/interactive/data.js` holds the points of chapter 6, `penguins.js` the birds of chapter 8. All are committed; a test holds them to what
this script writes.
"""

from __future__ import annotations

import base64
import json
import runpy
from pathlib import Path

import numpy as np

from ml_from_scratch import noisy_line, penguins

ROOT = Path(__file__).parents[2]
CASES = Path("tests/js/cases")
MASS_UNIT = 25  # grams: every penguin's mass is a multiple
MADE = """// Written by tests/js/write_cases.py.
import { bytesOf, halves } from "./unpack.js";

"""
LINE = (
    MADE
    + """/** noisy_line(np.random.default_rng(42)): its x, then its y, as floats of 8 bytes, to the last digit. */
export const noisyLine = halves([...new Float64Array(bytesOf("%s").buffer)]);
"""
)
BIRDS = (
    MADE
    + """/** penguins("flipper_length"): the flippers in mm, then the masses in units of 25 g, a byte each. */
const birds = halves([...bytesOf("%s")]);
export const penguins = { x: birds.x, y: birds.y.map((mass) => mass * 25) };
"""
)


def files() -> dict[str, str]:
    """The text of every file that is written, by its path from the repository's root."""
    modules = sorted((ROOT / CASES).glob("*.py"))
    written = {
        str(CASES / f"{path.stem}.json"): json.dumps(runpy.run_path(str(path))["cases"](), indent=1) + "\n"
        for path in modules
    }
    return {**written, **data()}


def data() -> dict[str, str]:
    """The points that the figures draw, in base64: to the last digit, and in half the room that digits take."""
    line, birds = noisy_line(np.random.default_rng(42)), penguins("flipper_length")
    points = np.concatenate([line.x, line.y]).astype("<f8")
    halves = np.concatenate([birds.x, birds.y / MASS_UNIT])
    small = halves.astype(np.uint8)
    assert (halves == small).all()
    return {
        "figures/interactive/data.js": LINE % base64.b64encode(points.tobytes()).decode(),
        "figures/interactive/penguins.js": BIRDS % base64.b64encode(small.tobytes()).decode(),
    }


if __name__ == "__main__":
    for path, text in files().items():
        (ROOT / path).write_text(text, encoding="utf-8")

"""Write what the page's arithmetic is checked against, and the data that it draws: `python tests/js/write_cases.py`.

Each figure has its module beside this one in `cases/`, whose `cases()` gives results of the Python package for chosen
inputs; they are written to a file of JSON of the same name. `node --test` compares the page's modules with them, pytest
the package. `figures/interactive/data.js` holds the points of chapter 6. All are committed; a test holds them to what
this script writes.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import numpy as np

from ml_from_scratch import noisy_line

ROOT = Path(__file__).parents[2]
CASES = Path("tests/js/cases")


def files() -> dict[str, str]:
    """The text of every file that is written, by its path from the repository's root."""
    modules = sorted((ROOT / CASES).glob("*.py"))
    written = {
        str(CASES / f"{path.stem}.json"): json.dumps(runpy.run_path(str(path))["cases"](), indent=1) + "\n"
        for path in modules
    }
    return {**written, "figures/interactive/data.js": data()}


def data() -> str:
    """The points that the figures draw, to the last digit."""
    drawn = noisy_line(np.random.default_rng(42))
    made = (
        "// Written by tests/js/write_cases.py: noisy_line(np.random.default_rng(42)), to the last digit.\n"
    )
    columns = "".join(
        f"  {name}: {json.dumps(values.tolist())},\n" for name, values in (("x", drawn.x), ("y", drawn.y))
    )
    return f"{made}export const noisyLine = {{\n{columns}}};\n"


if __name__ == "__main__":
    for path, text in files().items():
        (ROOT / path).write_text(text, encoding="utf-8")

"""What the page's arithmetic is checked against is what the package computes now."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ml_from_scratch import angle_between, dot, mean_squared_error, noisy_line, norm, project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def script(root: Path):
    spec = importlib.util.spec_from_file_location("write_cases", root / "tests" / "js" / "write_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cases(root: Path) -> dict[str, Any]:
    return json.loads((root / "tests" / "js" / "cases.json").read_text(encoding="utf-8"))


def test_the_script_writes_what_is_committed(script, root):
    for path, text in script.files().items():
        assert (root / path).read_text(encoding="utf-8") == text, (
            f"run tests/js/write_cases.py: {path} is not what it writes"
        )


def test_the_package_agrees_with_the_cases(cases):
    close = {"rel": 1e-12, "abs": 1e-12}
    for case in cases["pairs"]:
        a, b = case["a"], case["b"]
        assert dot(a, b) == pytest.approx(case["dot"], **close)
        assert norm(a) == pytest.approx(case["norm"], **close)
        assert angle_between(a, b) == pytest.approx(case["angle"], **close)
        assert project(b, onto=a) == pytest.approx(case["projection"], **close)
    data = noisy_line(np.random.default_rng(42))
    for case in cases["lines"]:
        w, b = case["point"]
        assert mean_squared_error(data.y, w * data.x + b) == pytest.approx(case["loss"], **close)

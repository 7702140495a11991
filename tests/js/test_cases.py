"""What the page's arithmetic is checked against is what the package computes now."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ml_from_scratch import (
    angle_between,
    central_difference,
    dot,
    gradient_descent,
    mean_squared_error,
    noisy_line,
    norm,
    project,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def script(root: Path):
    spec = importlib.util.spec_from_file_location("write_cases", root / "tests" / "js" / "write_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cases(root: Path) -> Callable[[str], dict[str, Any]]:
    """What is committed for a figure."""
    return lambda name: json.loads((root / "tests/js/cases" / f"{name}.json").read_text(encoding="utf-8"))


CLOSE = {"rel": 1e-12, "abs": 1e-12}


def test_the_script_writes_what_is_committed(script, root):
    written = script.files()
    assert {path for path in written if path.endswith(".json")} == {
        path.relative_to(root).as_posix() for path in (root / "tests/js/cases").glob("*.json")
    }
    for path, text in written.items():
        assert (root / path).read_text(encoding="utf-8") == text, (
            f"run tests/js/write_cases.py: {path} is not what it writes"
        )


def test_the_package_agrees_with_the_cases_of_the_dot_product(cases):
    for case in cases("dot_product")["pairs"]:
        a, b = case["a"], case["b"]
        assert dot(a, b) == pytest.approx(case["dot"], **CLOSE)
        assert norm(a) == pytest.approx(case["norm"], **CLOSE)
        assert angle_between(a, b) == pytest.approx(case["angle"], **CLOSE)
        assert project(b, onto=a) == pytest.approx(case["projection"], **CLOSE)


def test_the_package_agrees_with_the_cases_of_the_line(cases):
    data = noisy_line(np.random.default_rng(42))
    for case in cases("fit_the_line")["lines"]:
        w, b = case["point"]
        assert mean_squared_error(data.y, w * data.x + b) == pytest.approx(case["loss"], **CLOSE)


def test_the_package_agrees_with_the_cases_of_the_two_views(cases):
    for case in cases("two_views")["lists"]:
        assert norm(case["list"]) == pytest.approx(case["length"], **CLOSE)
        assert np.degrees(angle_between([1, 0], case["list"])) == pytest.approx(abs(case["degrees"]), **CLOSE)
    for case in cases("two_views")["arrows"]:
        length, degrees = case["arrow"]
        assert norm(case["list"]) == pytest.approx(length, **CLOSE)
        if length:
            turned = np.radians(degrees)
            there = [np.cos(turned), np.sin(turned)]
            assert angle_between(case["list"], there) == pytest.approx(0, abs=1e-12)


def test_the_package_agrees_with_the_cases_of_the_derivative(cases):
    functions = {"x²": np.square, "x³": lambda x: x**3, "|x|": np.abs}
    for case in cases("derivative")["slopes"]:
        measured = central_difference(functions[case["curve"]], case["x"])
        assert measured == pytest.approx(case["slope"], abs=1e-9)
        for h, slope in case["central"]:
            measured = central_difference(functions[case["curve"]], case["x"], step=h)
            assert measured == pytest.approx(slope, **CLOSE)


def test_the_package_agrees_with_the_cases_of_the_walks(cases):
    bottoms = cases("descent_1d")["flats"]
    slopes = {"parabola": lambda x: 2 * x - 6, "valleys": lambda x: np.polyval([0.4, 0, -2, 0.5], x)}
    for case in cases("descent_1d")["walks"]:
        walk = gradient_descent(slopes[case["curve"]], case["start"], learning_rate=case["rate"], steps=3)
        assert walk.points[:4] == pytest.approx(case["points"][:4], **CLOSE)
    assert slopes["valleys"](np.array(bottoms)) == pytest.approx(0, abs=1e-12)

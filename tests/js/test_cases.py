"""What the page's arithmetic is checked against is what the package computes now."""

from __future__ import annotations

import importlib.util
import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ml_from_scratch import (
    angle_between,
    best_learning_rate,
    central_difference,
    condition_number,
    cosine_similarity,
    dot,
    gradient_descent,
    largest_stable_learning_rate,
    mean_squared_error,
    noisy_line,
    norm,
    penguins,
    project,
    standardize,
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


def test_the_package_agrees_with_the_cases_of_random_vectors(cases):
    # Drawn as the page draws them: the first number of the stream is the first entry of the first pair.
    found = cases("high_dimensions")
    for draw in found["draws"]:
        a, b = draw["normal"][:2]
        assert dot([a], [b]) == pytest.approx(draw["dots"][0][0], **CLOSE)
        assert cosine_similarity([a], [b]) == pytest.approx(draw["cosines"][0][0], **CLOSE)
        for scores, weights in zip(draw["scores"], draw["weights"], strict=True):
            powers = [2.718281828459045 ** (score - max(scores)) for score in scores]
            assert [power / sum(powers) for power in powers] == pytest.approx(weights[0], **CLOSE)


def test_the_package_agrees_with_the_cases_of_the_bowl(cases):
    birds = penguins("flipper_length")
    line = noisy_line(np.random.default_rng(42))
    tables = {
        "line": line.X,
        "shifted": line.X + 2,
        "raw": birds.X,
        "standardised": standardize(birds.X).Z,
    }
    for name, X in tables.items():
        case = cases("bowl")[name]
        assert largest_stable_learning_rate(X) == pytest.approx(case["limit"], rel=1e-12)
        assert best_learning_rate(X) == pytest.approx(case["best_rate"], rel=1e-12)
        assert condition_number(X) == pytest.approx(case["condition_number"], rel=1e-12)
        best = case["best"]
        y = line.y if len(X) == len(line.y) else birds.y
        assert mean_squared_error(y, X @ best[:1] + best[1]) < min(each["loss"] for each in case["points"])


def test_whatever_a_widget_computes_with_is_tested(root):
    def taken(folder: str, pattern: str) -> set[tuple[str, str]]:
        return {
            (module, name)
            for path in (root / folder).glob(pattern)
            for names, module in re.findall(
                r'^import \{ ([^}]*) \} from ".*/arithmetic/([\w-]+)\.js"',
                path.read_text("utf-8"),
                re.MULTILINE,
            )
            for name in names.split(", ")
        }

    used = taken("figures/interactive/widgets", "*.js")
    assert len(used) > 25
    assert used <= taken("tests/js", "*.test.js")

"""The page's scripts, as far as they need no page: Node's own test runner on the files beside this one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = [
    "bowl.test.js",
    "derivation.test.js",
    "derivative.test.js",
    "descent-1d.test.js",
    "dot-product.test.js",
    "figures.test.js",
    "first-line.test.js",
    "fit-the-line.test.js",
    "high-dimensions.test.js",
    "page.test.js",
    "predict.test.js",
    "search.test.js",
    "two-views.test.js",
]


def test_every_file_of_tests_is_run(root: Path):
    assert sorted(path.name for path in (root / "tests" / "js").glob("*.test.js")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_the_scripts_pass_nodes_tests(name: str, need: Callable[..., str], root: Path):
    done = subprocess.run(
        [need("Node", "node"), "--test", f"tests/js/{name}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "# fail 0" in done.stdout

"""The package without the book: NumPy, Matplotlib and pytest are all that it and its own tests need."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def bare(environment, root: Path):
    """Run Python with the locked few packages and the package's folder alone."""
    python = environment("package.txt")
    settings = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), *arguments],
            cwd=root,
            env={**settings, "PYTHONPATH": str(root / "code")},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_its_own_tests_pass_with_numpy_matplotlib_and_pytest_alone(bare):
    done = bare("-m", "pytest", "tests/package", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert re.search(r"\d\d+ passed", done.stdout)
    # What is left out shows something in a notebook, which needs IPython.
    assert all("IPython" in line for line in re.findall(r"^SKIPPED.*", done.stdout, re.MULTILINE))


def test_none_of_the_books_tools_is_there(bare):
    for name in ("nbclient", "pypandoc", "typst", "sklearn", "scipy", "sympy"):
        assert bare("-c", f"import {name}").returncode != 0, name


def test_importing_it_does_not_import_matplotlib(bare):
    done = bare("-W", "error", "-c", "import ml_from_scratch, sys; print(*sorted(sys.modules))")
    modules = done.stdout.split()
    assert done.returncode == 0, done.stderr
    assert "numpy" in modules
    assert not [name for name in modules if name.split(".")[0] in ("matplotlib", "IPython", "press")]

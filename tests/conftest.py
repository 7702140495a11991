"""What the tests of the finished book share. Needs only pytest: the package's own tests load this too."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]

# Renders into a folder of its own: `_book/` may be Quarto's, or open in the reader's browser.
RENDER = """
import sys
from pathlib import Path
from press import project, publish
from press.build import Build
from press.progress import Reporter
root, folder = Path(sys.argv[1]), Path(sys.argv[2])
publish.publish(Build(project.load(root), Reporter()).files(), folder, folder.with_name("scratch"))
"""


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Hold what pytest's workers must not do side by side."""
    folder = ROOT / ".press"
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def alone() -> Callable[[str], object]:
    """The lock above, for fixtures of other files."""
    return one_at_a_time


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the book as press renders it now: in a second where its cache is warm."""
    folder = tmp_path_factory.mktemp("rendered") / "book"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "code")}
    with one_at_a_time("render"):
        done = subprocess.run(
            [sys.executable, "-c", RENDER, str(ROOT), str(folder)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, f"press cannot render the book:\n{done.stderr}"
    return folder


@pytest.fixture(scope="session")
def need() -> Callable[..., str]:
    """Find a program that not every machine has: without it a test skips here, and fails in CI."""

    def find(name: str, *candidates: str | None) -> str:
        for candidate in candidates:
            if candidate and (found := shutil.which(candidate)):
                return found
        missing = f"{name} is not on this machine"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}, and CI must have it", pytrace=False)
        pytest.skip(missing)

    return find


@pytest.fixture(scope="session")
def java(need: Callable[..., str]) -> str:
    """Java, for the Nu HTML checker and epubcheck."""
    home = os.environ.get("JAVA_HOME")
    return need("Java", f"{home}/bin/java" if home else None, "java")

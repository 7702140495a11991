"""The package's wheel, for the reader of the notebooks: built by hatchling, offline, the same bytes every time."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from press.errors import PressError


def name(root: Path) -> str:
    """The wheel's file name."""
    words = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{words['name'].replace('-', '_')}-{words['version']}-py3-none-any.whl"


def build(root: Path) -> bytes:
    """The wheel's bytes."""
    with tempfile.TemporaryDirectory(prefix="press-wheel-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PressError(f"the package's wheel cannot be built:\n{done.stderr}")
        return (Path(folder) / name(root)).read_bytes()


def inputs(root: Path) -> list[Path]:
    """The files that the wheel depends on."""
    code = (path for path in (root / "code").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [*code, *(root / name for name in ("pyproject.toml", "README.md", "LICENSE"))]

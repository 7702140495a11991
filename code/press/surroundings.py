"""What a chapter's results depend on beside its cells: the kernel's environment, and a key of all of it."""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.cache import digest, files_digest
from press.cell import Cell

if TYPE_CHECKING:
    from press.source import Source


def environment(scratch: Path) -> dict[str, str]:
    """The kernel's environment: the reader's own, but for what would make results differ from machine to machine."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "IPYTHON", "JUPYTER"))}
    if "MPLCONFIGDIR" not in kept and not os.access(Path.home(), os.W_OK):
        kept["MPLCONFIGDIR"] = str(
            scratch / "matplotlib"
        )  # else Matplotlib warns, in the first cell that imports it
    return (
        kept
        | {
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "SOURCE_DATE_EPOCH": "0",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "IPYTHONDIR": str(scratch / "ipython"),
            "MATPLOTLIBRC": os.devnull,  # not the reader's settings, but their list of fonts: it takes a second to make
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        }
    )


def surroundings(root: Path) -> str:
    """A hash of all that a chapter's results depend on beside its own cells.

    The shared package with its data, press, the committed benchmark results, the locks, the packages that are
    installed (whatever the locks say), Python, and the kind of machine.
    """
    code = [path for path in (root / "code").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    others = [*(root / "requirements").glob("*.txt"), *(root / "benchmarks").glob("*.json")]
    site = Path(sysconfig.get_paths()["purelib"])
    installed = sorted(path.name for path in site.glob("*.dist-info"))
    return digest(files_digest(root, [*code, *others]), installed, sys.version, platform.platform())


def key(source: Source, around: str) -> list[Any]:
    """What the results of this chapter depend on."""
    steps = [
        [
            step.code,
            step.option("eval", True),
            step.option("error", False),
            step.options.get("warning"),
            step.label,
        ]
        if isinstance(step, Cell)
        else step.expression
        for step in source.steps
    ]
    return [str(source.path), steps, around]

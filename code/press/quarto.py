"""Real Quarto, where it is there or can be installed: found, tried within a bounded time, and run.

Quarto's wheel on the package index is only an installer, which downloads the program from its release page. Where that
page is out of reach the attempt costs seconds and is remembered, so that only the first build pays for it.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from press.errors import PressError

if TYPE_CHECKING:
    from press.site import Files

RELEASES = "https://github.com/quarto-dev/quarto-cli/releases/latest"
REACH_SECONDS = 5
INSTALL_SECONDS = 240  # the program is some 150 MB
REMEMBER_DAYS = 7


def find() -> str | None:
    """The path of Quarto's program: `QUARTO_PATH`, or what the shell finds, or what the installer left in `.venv`."""
    beside = Path(sys.executable).parent / "quarto"
    named = os.environ.get("QUARTO_PATH")
    if named:
        return shutil.which(named)
    return shutil.which("quarto") or (str(beside) if beside.is_file() else None)


def choose(wanted: str, scratch: Path) -> tuple[str | None, str]:
    """Quarto's program or None for press, and the line that says which and why.

    `wanted` is "quarto", "press" or "" for whichever is to be had; raises PressError where "quarto" is not.
    """
    if wanted not in ("", "quarto", "press"):
        raise PressError(f"ENGINE is quarto or press, not {wanted!r}.")
    if wanted == "press":
        return None, "press renders the book, as ENGINE asks."
    found = find()
    if found:
        return found, f"Quarto {_version(found)} renders the book."
    failed = _remembered(scratch) if wanted == "" else None
    if failed is None:
        failed = install()
        if failed is None and (found := find()):
            return found, f"Quarto {_version(found)}, just installed, renders the book."
        failed = failed or "it installed nothing that runs"
        _remember(scratch, failed)
    if wanted == "quarto":
        raise PressError(f"ENGINE=quarto, but Quarto is not here and its installer failed: {failed}.")
    return None, f"press renders the book: Quarto is not here and its installer failed ({failed})."


def install() -> str | None:
    """Install Quarto by its package; the reason where that fails."""
    try:
        request = urllib.request.Request(RELEASES, method="HEAD")
        urllib.request.urlopen(request, timeout=REACH_SECONDS).close()  # noqa: S310
    except (OSError, http.client.HTTPException):
        return "its download page is out of reach"
    arguments = [sys.executable, "-m", "pip", "install", "--quiet", "quarto-cli>=1.10,<1.11"]
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"it took more than {INSTALL_SECONDS} seconds"
    return None if done.returncode == 0 else "pip could not install it"


def _remember(scratch: Path, failed: str) -> None:
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / "no-quarto").write_text(failed, encoding="utf-8")


def _remembered(scratch: Path) -> str | None:
    path = scratch / "no-quarto"
    try:
        if time.time() - path.stat().st_mtime > REMEMBER_DAYS * 86400:
            return None
        return path.read_text(encoding="utf-8") + "; remembered from an earlier build"
    except FileNotFoundError:
        return None


def _version(program: str) -> str:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise PressError(f"{program} does not run: {done.stderr.strip()}")
    return done.stdout.strip()


def render(program: str, root: Path, output: Path) -> Files:
    """Render the book with Quarto into the folder `output`; raises PressError with its own words where it fails."""
    shutil.rmtree(output, ignore_errors=True)
    done = subprocess.run(
        [program, "render", str(root), "--output-dir", str(output)],
        cwd=root,
        env={**os.environ, "QUARTO_PYTHON": sys.executable, "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PressError(f"Quarto stopped:\n{done.stderr.strip()}")
    # Jupyter's kernels warn at each start that they talk in plain text; they do so on this machine alone.
    warnings = [line for line in done.stderr.splitlines() if "WARN" in line and "IPKernelApp" not in line]
    if warnings:
        raise PressError("Quarto warns:\n" + "\n".join(warnings))
    return {str(p.relative_to(output)): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}

"""The book replaced in one move, only when all of it is good. Interrupted at any moment, a whole book is left."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from press.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = ".press"  # an empty file in a folder that press made and may replace


def is_current(files: dict[str, bytes], output: Path) -> bool:
    """Whether the folder holds just these files."""
    if not output.is_dir():
        return False
    there = {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()}
    return there == {*files, MARK} and all(
        (output / name).read_bytes() == content for name, content in files.items()
    )


def publish(files: dict[str, bytes], output: Path, scratch: Path) -> bool:
    """Put the files in place of what the folder holds; False where it holds them already.

    They are written to a new folder beside, which then takes the old one's place: two renames, with interruptions put
    off. Refuses to replace a folder that press did not make.
    """
    recover(output, scratch)
    if is_current(files, output):
        return False
    if output.exists() and any(output.iterdir()) and not (output / MARK).is_file():
        raise PressError(
            f"{output.name} holds files that press did not make: move them away, then build again."
        )
    scratch.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="new-", dir=scratch))
    try:
        for name, content in {**files, MARK: b""}.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        fresh.chmod(0o755)
        swap(fresh, output, scratch)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def swap(fresh: Path, output: Path, scratch: Path) -> None:
    """The two renames."""
    old = _old(scratch)
    with _uninterrupted():
        if output.exists():
            output.rename(old)
        fresh.rename(output)
    shutil.rmtree(old, ignore_errors=True)


def recover(output: Path, scratch: Path) -> None:
    """After a stop between the two renames (power, SIGKILL), put the old book back; sweep away half-written ones."""
    old = _old(scratch)
    if old.exists() and not output.exists():
        old.rename(output)
    for left in [old, *scratch.glob("new-*")]:
        shutil.rmtree(left, ignore_errors=True)


def _old(scratch: Path) -> Path:
    return scratch / "old"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C and termination for the length of two renames."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone
        return
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for late in came:
        signal.raise_signal(late)

"""Results of earlier builds, each under a key of everything that it depends on.

A step asks for its result by name and inputs; where those inputs were seen before, the result comes from disk. A key
holds the inputs themselves (hashed), never a time or a path's date, so a result is stale only if an input was left
out of it: `execute` lists what a chapter's results depend on.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

KEEP_DAYS = 14


def digest(*inputs: object) -> str:
    """A hash of the inputs: bytes as they are, everything else as JSON."""
    sha = hashlib.sha256()
    for item in inputs:
        part = item if isinstance(item, bytes) else json.dumps(item, sort_keys=True, default=str).encode()
        sha.update(len(part).to_bytes(8, "big"))
        sha.update(part)
    return sha.hexdigest()


def files_digest(root: Path, paths: Iterable[Path]) -> str:
    """A hash of files: their names below `root` and their bytes."""
    return digest(
        *(item for path in sorted(paths) for item in (str(path.relative_to(root)), path.read_bytes()))
    )


class Cache:
    """A folder of results. Safe under interruption and for two builds at once: a result appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str, key: str) -> bytes | None:
        """The result kept under the key, if it is there and whole."""
        path = self.folder / name / key
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        checksum, _, result = content.partition(b"\n")
        if checksum.decode(errors="replace") != digest(result):
            return None
        os.utime(path)
        return result

    def put(self, name: str, key: str, result: bytes) -> None:
        """Keep a result under the key."""
        path = self.folder / name / key
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{key}.{os.getpid()}.{time.monotonic_ns()}")
        partial.write_bytes(digest(result).encode() + b"\n" + result)
        partial.replace(path)

    def bytes(self, name: str, inputs: object, make: Callable[[], bytes]) -> bytes:
        """The result of `make`, made only where these inputs have not been seen."""
        key = digest(inputs)
        found = self.get(name, key)
        if found is None:
            found = make()
            self.put(name, key, found)
        return found

    def json(self, name: str, inputs: object, make: Callable[[], Any]) -> Any:
        """The same for a result that JSON can hold."""
        return json.loads(self.bytes(name, inputs, lambda: json.dumps(make()).encode()))

    def prune(self) -> None:
        """Drop what no build has asked for in KEEP_DAYS days."""
        oldest = time.time() - KEEP_DAYS * 86400
        for path in self.folder.glob("*/*"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

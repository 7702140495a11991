"""press beside Quarto: how long each takes for this book, in one run on one machine. `make bench` prints it.

Each renders a copy of the book. Cold is without any cache; the others follow it: nothing changed, and one word of prose
changed in one chapter. Page weights are gzipped, as a server sends them, figures apart. Quarto's rows stand where
Quarto is found.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from press import quarto

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".press", ".quarto", "_book", "built", "__pycache__", ".*_cache"
)
NOT_SHOWN = {".svg", ".png", ".html", ".ipynb", ".pdf", ".epub", ".whl"}  # figures, other pages, downloads


def timed(command: list[str], folder: Path) -> float:
    """Seconds that the command takes in the folder."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment(), check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return time.perf_counter() - start


def environment() -> dict[str, str]:
    """What both engines run in."""
    return {**os.environ, "QUARTO_PYTHON": sys.executable}


def edit_prose(folder: Path) -> None:
    """Change one word of one chapter."""
    chapter = folder / "chapters" / "06-linear-regression.qmd"
    before, sentence = chapter.read_text(encoding="utf-8"), "In this chapter a machine learns"
    if sentence not in before:
        sys.exit(f"{chapter.name} no longer says “{sentence}”: name another sentence to edit.")
    chapter.write_text(before.replace(sentence, "In this chapter a machine will learn", 1), encoding="utf-8")


def rounds(command: list[str], folder: Path) -> dict[str, float]:
    """The three builds, in order."""
    result = {"cold": timed(command, folder), "nothing changed": timed(command, folder)}
    edit_prose(folder)
    return result | {"prose edit": timed(command, folder)}


def weights(folder: Path) -> dict[str, int]:
    """Bytes of each chapter's first view, gzipped: the page and every file of its site that it names, but figures."""
    site = folder / "_book"
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix not in NOT_SHOWN]
    # Fonts are named by style sheets.
    fonts = {
        path for path in files if path.suffix == ".woff2" or ("icons" in path.name and "woff" in path.suffix)
    }
    sizes = {path: len(gzip.compress(path.read_bytes(), 6)) for path in files}
    found = {}
    for page in sorted((site / "chapters").glob("[0-9]*.html")):
        html = page.read_bytes()
        loaded = {
            path for path in sizes if re.search(rf'(?:src|href)="[^"]*{re.escape(path.name)}"', html.decode())
        }
        found[page.stem] = len(gzip.compress(html, 6)) + sum(sizes[path] for path in loaded | fonts)
    return found


def main() -> None:
    """Measure and print."""
    engines = {"press": [sys.executable, "-m", "press", "render"]}
    if program := quarto.find():
        engines["Quarto"] = [program, "render"]
    seconds, weighed = {}, {}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for engine, command in engines.items():
            folder = Path(name) / engine
            shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
            seconds[engine] = rounds(command, folder)
            weighed[engine] = weights(folder)
    for build in seconds["press"]:
        row = "   ".join(f"{engine} {measured[build]:6.1f} s" for engine, measured in seconds.items())
        ratio = (
            f"   ratio {seconds['press'][build] / seconds['Quarto'][build]:.3f}"
            if "Quarto" in seconds
            else ""
        )
        print(f"{build:<16} {row}{ratio}")
    print("\nThe first view of each chapter, gzipped, figures apart:")
    for chapter in weighed["press"]:
        print(
            f"{chapter:<24} "
            + "   ".join(f"{engine} {of[chapter] / 1000:6.1f} KB" for engine, of in weighed.items())
        )
    if "Quarto" not in seconds:
        print("Quarto is not here: only press was measured. QUARTO_PATH may name its program.")


if __name__ == "__main__":
    main()

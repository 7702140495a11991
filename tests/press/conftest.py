"""Small throwaway books, each a copy of one template that holds all a build needs: no test touches the real book."""

import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from rich.console import Console

from press import project, reading
from press.build import FORMATS, Build
from press.cache import Cache
from press.errors import Refused
from press.progress import Reporter

REPO = Path(__file__).parents[2]
CHAPTERS = ("index.qmd", "chapters/01-one.qmd")
FILES = {
    "index.qmd": "# Welcome {#sec-welcome .unnumbered}\n\nHello.\n",
    "chapters/01-one.qmd": "# One {#sec-one}\n\nText.\n",
    "references.bib": "@article{gauss1809,\n  author = {Gauss, Carl},\n  title = {Theory},\n  year = {1809}\n}\n",
    "README.md": "A small book.\n",
    "LICENSE": "Free.\n",
    "requirements/book.txt": "numpy==2.4.0\n",
    "pyproject.toml": dedent("""\
        [build-system]
        requires = ["hatchling"]
        build-backend = "hatchling.build"

        [project]
        name = "ml-from-scratch"
        version = "0.1.0"
        requires-python = ">=3.11"
        readme = "README.md"
        license-files = ["LICENSE"]

        [tool.hatch.build.targets.wheel]
        packages = ["code/ml_from_scratch"]
        """),
}


class Throwaway:
    """A book in a folder of its own, and what tests do with one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.executed = 0  # cells that the last build ran

    def write(self, path: str, text: str) -> None:
        """Write a file of the book; the text may be indented as a whole."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(dedent(text), encoding="utf-8")

    def chapter(self, body: str, *, path: str = "chapters/01-one.qmd", title: str = "# One {#sec-one}") -> None:
        """Write a chapter: its title on line 1, the body from line 3."""
        self.write(path, f"{title}\n\n" + dedent(body).strip("\n") + "\n")

    def replace(self, path: str, old: str, new: str) -> None:
        """Edit one place of a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def list_chapters(self, *paths: str, appendices: tuple[str, ...] = ()) -> None:
        """Write `_quarto.yml` with these chapters."""
        lines = [
            "project:", "  type: book", "book:", '  title: "A small book"', '  author: "Nobody"',
            '  description: "A book for tests."', "  output-file: small", "  chapters:",
            *(f"    - {path}" for path in paths),
            *(["  appendices:"] if appendices else []),
            *(f"    - {path}" for path in appendices),
            "lang: en", "bibliography: references.bib",
        ]  # fmt: skip
        self.write("_quarto.yml", "\n".join(lines) + "\n")

    def problems(self, cache: Path | None = None) -> list[tuple[str, int, str]]:
        """What press refuses without running anything: file, line and message."""
        try:
            book = project.load(self.root)
            reading.read(book, Cache(cache or self.root / ".press" / "cache"))
        except Refused as refused:
            return [(str(p.path), p.line, p.message) for p in refused.problems]
        return []

    def build(self, *formats: str) -> dict[str, bytes]:
        """Build in this process: the files by their paths."""
        reporter = Reporter(Console(file=StringIO()))
        files = Build(project.load(self.root), reporter).files(formats or FORMATS)
        self.executed = reporter.executed
        return files

    @property
    def environment(self) -> dict[str, str]:
        """The process's own, with this book's copy of the package before the repository's."""
        code = os.pathsep.join([str(self.root / "code"), str(REPO / "code")])
        kept = {key: value for key, value in os.environ.items() if key not in ("ENGINE", "QUARTO_PATH")}
        return {**kept, "PYTHONPATH": code, "PYTHONWARNINGS": "error"}

    def press(self, *arguments: str, start: bool = False, **environment: str):
        """Run the command `press` in the book's folder, to its end or, with `start`, only its start."""
        command = [sys.executable, "-m", "press", *arguments]
        settings = {"cwd": self.root, "env": {**self.environment, **environment}, "text": True}
        if start:
            return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **settings)
        return subprocess.run(command, capture_output=True, timeout=120, check=False, **settings)

    @property
    def site(self) -> dict[str, bytes]:
        """Every file in `_book`, by its path."""
        output = self.root / "_book"
        return {str(p.relative_to(output)): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A whole book of two pages; never written to."""
    root = tmp_path_factory.mktemp("template")
    for name in ("figures", "code/ml_from_scratch"):
        shutil.copytree(REPO / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "built"))
    book = Throwaway(root)
    for path, text in FILES.items():
        book.write(path, text)
    book.list_chapters(*CHAPTERS)
    return root


@pytest.fixture(scope="session")
def make_book(template, tmp_path_factory):
    """Make another copy of the template."""

    def make():
        root = tmp_path_factory.mktemp("book") / "a book"  # press must bear a space in a path
        shutil.copytree(template, root)
        return Throwaway(root)

    return make


@pytest.fixture
def book(make_book, monkeypatch):
    """A throwaway book, whose kernels import its own copy of the package."""
    made = make_book()
    monkeypatch.setenv("PYTHONPATH", made.environment["PYTHONPATH"])
    return made


@pytest.fixture(scope="session")
def read_cache(tmp_path_factory):
    """A cache of trees that all books of a session share: each reads its index but once."""
    return tmp_path_factory.mktemp("trees")

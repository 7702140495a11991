"""Small throwaway books, each a copy of one template that holds all a build needs: no test touches the real book."""

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from lxml import html
from rich.console import Console

from press import project, publish, reading, typst
from press.build import FORMATS, Build
from press.cache import Cache
from press.errors import Refused
from press.progress import Reporter
from press.ready import Ready

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
FIT = """
```{python}
#| label: fit
import numpy as np
from ml_from_scratch import least_squares, noisy_line
data = noisy_line(np.random.default_rng(42))
weights, bias = least_squares(data.X, data.y)
```

The slope is `{python} f"{weights[0]:.1f}"`.
"""
COUNT = "```{python}\n#| label: count\nprint(1 + 1)\n```\n"


class Throwaway:
    """A book in a folder of its own, and what tests do with one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.executed = 0  # cells that the last build ran

    def write(self, path: str, text: str) -> None:
        """Write a file of the book; the text may be indented as a whole."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(dedent(text), encoding="utf-8")

    def chapter(
        self, body: str, *, path: str = "chapters/01-one.qmd", title: str = "# One {#sec-one}"
    ) -> None:
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

    def problems(self) -> list[tuple[str, int, str]]:
        """What press refuses without running anything: file, line and message."""
        try:
            reading.read(project.load(self.root), Cache(self.root / ".press" / "cache"))
        except Refused as refused:
            return [(str(p.path), p.line, p.message) for p in refused.problems]
        return []

    def build(self, *formats: str) -> dict[str, bytes]:
        """Build in this process: the files by their paths."""
        reporter = Reporter(Console(file=StringIO()))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", self.environment["PYTHONPATH"])
            files = Build(project.load(self.root), reporter).files(formats or FORMATS)
        self.executed = reporter.executed
        return files

    def chapters(self) -> dict[str, Ready]:
        """The chapters run, numbered and resolved, by the file's name without its ending."""
        build = Build(project.load(self.root), Reporter(Console(file=StringIO())))
        return {chapter.page.chapter.slug: chapter for chapter in build.ready()}

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
    """A whole book of two pages without cells, built once, so that its copies need not cut the font again."""
    root = tmp_path_factory.mktemp("template")
    for name in ("figures", "code/ml_from_scratch"):
        shutil.copytree(REPO / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "built"))
    book = Throwaway(root)
    for path, text in FILES.items():
        book.write(path, text)
    book.list_chapters(*CHAPTERS)
    book.build()
    return root


@pytest.fixture(scope="session")
def make_book(template, tmp_path_factory):
    """Make another copy of the template, or of another book with its cache."""

    def make(original=template):
        root = tmp_path_factory.mktemp("book") / "a book"  # press must bear a space in a path
        shutil.copytree(original, root)
        return Throwaway(root)

    return make


@pytest.fixture
def book(make_book):
    """A throwaway book, whose kernels import its own copy of the package."""
    return make_book()


@pytest.fixture(scope="session")
def two_chapters(make_book):
    """A book whose two chapters have run, and whose pages are published; never written to."""
    book = make_book()
    book.list_chapters("index.qmd", "chapters/01-one.qmd", "chapters/02-two.qmd")
    book.chapter(FIT)
    book.chapter(COUNT, path="chapters/02-two.qmd", title="# Two {#sec-two}")
    publish.publish(book.build("html", "notebooks"), book.root / "_book", book.root / ".press")
    assert book.executed == 2
    return book.root


@pytest.fixture
def built(make_book, two_chapters):
    """A copy of that book: its first chapter fits a line with the package, its second counts."""
    return make_book(two_chapters)


@dataclass(frozen=True)
class Sample:
    """The book in `sample/`, which holds an element of every kind, as built."""

    book: Throwaway
    files: dict[str, bytes]
    chapters: dict[str, Ready]  # numbered and resolved, by the file's name without its ending

    def html(self, page):
        """A page of the site as a tree, from its `<main>` on."""
        return html.fromstring(self.files[page].decode()).get_element_by_id("content")

    def typst(self, slug):
        """A chapter's text for the PDF."""
        return typst.chapter(self.chapters[slug].page)


@pytest.fixture(scope="session")
def sample(make_book, tmp_path_factory):
    """The sample, which the first process that asks for it runs; the others take the results from its cache."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    root = tmp_path_factory.getbasetemp().parent / f"sample-{run}"
    with (root.parent / f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            make_book().root.rename(root)
        book = Throwaway(root)
        shutil.rmtree(root / "chapters")
        shutil.copytree(Path(__file__).parent / "sample", root, dirs_exist_ok=True)
        listed = (
            "index.qmd",
            "chapters/01-elements.qmd",
            "chapters/02-second.qmd",
            "chapters/references.qmd",
        )
        book.list_chapters(*listed, appendices=("chapters/a-notation.qmd",))
        files = book.build()
        ready = book.chapters()
    return Sample(book, files, ready)

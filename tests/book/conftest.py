"""The rendered book, read: its pages as trees, its chapters' sources, and its readers' environments."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import lxml.html
import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml.html import HtmlElement


def words(element: HtmlElement) -> str:
    """The element's text, with single spaces."""
    return " ".join(element.text_content().split())


@dataclass(frozen=True)
class Page:
    """One page of the site."""

    name: str  # from the site's root
    html: str

    @cached_property
    def tree(self) -> HtmlElement:
        """The whole document."""
        return lxml.html.document_fromstring(self.html)

    @property
    def main(self) -> HtmlElement:
        """What the chapter says, without the page's navigation."""
        return self.tree.xpath("//main")[0]

    @property
    def text(self) -> str:
        """The chapter's words."""
        return words(self.main)

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return self.tree.xpath("//@id")

    def section(self, name: str) -> HtmlElement:
        """The section of that id."""
        found = self.tree.xpath(f"//section[@id='{name}']")
        assert found, f"{self.name} has no section {name}"
        return found[0]

    def output(self, label: str) -> str:
        """What the cell of that label printed."""
        found = self.tree.xpath(f"//div[@id='cell-{label}']//div[contains(@class, 'output-')]")
        assert found, f"{self.name} shows no output of the cell {label}"
        return "\n".join(element.text_content().strip("\n") for element in found)

    def table(self, name: str) -> list[list[str]]:
        """The cells of the table of that id, or of the cell that shows it, its head first; a minus sign as Python reads it."""
        rows = self.tree.xpath(f"//*[@id='{name}']//tr")
        assert rows, f"{self.name} has no table {name}"
        return [[words(cell).replace("\N{MINUS SIGN}", "-") for cell in row] for row in rows]


@dataclass(frozen=True)
class Source:
    """One chapter's .qmd."""

    path: Path
    text: str
    appendix: bool = False

    @property
    def front_matter(self) -> dict[str, object]:
        """Its YAML."""
        found = re.match(r"---\n(.*?)\n---\n", self.text, re.DOTALL)
        return yaml.safe_load(found[1]) if found else {}

    @property
    def title(self) -> str:
        """Its heading."""
        return re.search(r"^# (.*?)(?: \{.*\})?$", self.text, re.MULTILINE)[1]

    @property
    def cells(self) -> dict[str, tuple[dict[str, object], str]]:
        """Each cell's options and code, by its label."""
        found = {}
        for body in re.findall(r"^```\{python\}\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL):
            lines = body.splitlines()
            options = yaml.safe_load("\n".join(line[3:] for line in lines if line.startswith("#| ")))
            found[options["label"]] = options, "\n".join(line for line in lines if not line.startswith("#| "))
        return found


@pytest.fixture(scope="session")
def sources(root: Path) -> dict[str, Source]:
    """The chapters that `_quarto.yml` lists, by their page's name, in its order."""
    listed = yaml.safe_load((root / "_quarto.yml").read_text())["book"]
    paths = [
        p for item in listed["chapters"] for p in (item["chapters"] if isinstance(item, dict) else [item])
    ]
    return {
        path.replace(".qmd", ".html"): Source(
            root / path, (root / path).read_text(), path in listed["appendices"]
        )
        for path in [*paths, *listed["appendices"]]
    }


@pytest.fixture(scope="session")
def site_pages(book: Path) -> dict[str, Page]:
    """Every page of the site, by its path."""
    found = sorted(book.rglob("*.html"))
    return {str(p.relative_to(book)): Page(str(p.relative_to(book)), p.read_text()) for p in found}


@pytest.fixture(scope="session")
def pages(site_pages: dict[str, Page]) -> dict[str, Page]:
    """The chapters' pages."""
    return {name: page for name, page in site_pages.items() if name != "404.html"}


@pytest.fixture(scope="session")
def cosine(pages: dict[str, Page]) -> Page:
    """The chapter on the cosine identity."""
    return pages["chapters/03-cosine-identity.html"]


@pytest.fixture(scope="session")
def regression(pages: dict[str, Page]) -> Page:
    """The chapter on linear regression."""
    return pages["chapters/06-linear-regression.html"]


@pytest.fixture(scope="session")
def says(pages: dict[str, Page]) -> Callable[[str, str], None]:
    """Assert that a section states what a test proves: who rewords the claim must look at its proof."""

    def check(section: str, *phrases: str) -> None:
        page = next((page for page in pages.values() if section in page.ids), None)
        assert page, f"no page has the section {section}"
        text = words(page.section(section)).replace("’", "'")
        for phrase in phrases:
            assert phrase in text, f"{section} no longer says: {phrase}"

    return check


@pytest.fixture(scope="session")
def epub(book: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The EPUB's pages."""
    with zipfile.ZipFile(book / "ml-from-scratch.epub") as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        # The parser is HTML's: it wants no XML declaration.
        texts = {name: re.sub(r"^<\?xml.*?\?>\s*", "", archive.read(name).decode()) for name in names}
    return {name: Page(name, text) for name, text in texts.items()}


@pytest.fixture(scope="session")
def environment(root: Path, alone: Callable[[str], object]) -> Callable[..., Path]:
    """Make a virtual environment of one lock, with a wheel if given, and return its Python.

    It is kept under the lock's hash, so that only the first run downloads; a changed wheel is put in anew.
    """

    def make(lock: str, wheel: Path | None = None) -> Path:
        text = (root / "requirements" / lock).read_bytes()
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        key = hashlib.sha256(text + version.encode()).hexdigest()[:16]
        folder = root / ".press" / "venvs" / f"{lock.removesuffix('.txt')}-{key}"
        python, mark = folder / "bin" / "python", folder / "complete"
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        with alone("venvs"):
            if not mark.is_file():
                shutil.rmtree(folder, ignore_errors=True)
                run([sys.executable, "-m", "venv", str(folder)])
                run([*pip, "--require-hashes", "--requirement", str(root / "requirements" / lock)])
                mark.write_text("")
            wanted = hashlib.sha256(wheel.read_bytes()).hexdigest() if wheel else ""
            if mark.read_text() != wanted:
                run([*pip, "--no-deps", "--no-index", "--force-reinstall", str(wheel)])
                mark.write_text(wanted)
        return python

    return make


def run(command: list[str], folder: Path | None = None) -> str:
    """Run a program outside this project's own environment; its output."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout

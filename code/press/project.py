"""The book as `_quarto.yml` describes it: its words, its chapters in order, their numbers and parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from string import ascii_uppercase

from press import yamlfile
from press.errors import refuse

CONFIGURATION = PurePosixPath("_quarto.yml")

_TOP = {"project", "book", "bibliography", "lang", "execute", "format", "filters", "number-sections"}
_PROJECT = {"type", "output-dir", "execute-dir", "pre-render", "resources"}
_BOOK = {
    "title", "subtitle", "author", "description", "output-file", "repo-url", "site-url", "license",
    "chapters", "appendices", "page-navigation", "search", "cover-image", "cover-image-alt", "favicon",
}  # fmt: skip
_PART = {"part", "chapters"}
PAPERS = {"a4": "A4", "us-letter": "Letter"}  # Typst's names and the reader's


@dataclass(frozen=True)
class Chapter:
    """One page of the book. Whether it is numbered its own heading says, so `number` decides when it has been read."""

    path: PurePosixPath  # of the .qmd, from the project's root
    part: str | None = None  # its name; the appendices' is theirs
    appendix: bool = False

    @property
    def page(self) -> str:
        """The page's address from the site's root."""
        return str(self.path.with_suffix(".html"))

    @property
    def slug(self) -> str:
        """The file's name without its ending: `06-linear-regression`."""
        return self.path.stem

    @property
    def root(self) -> str:
        """The way from the page to the site's root: "", "../", …."""
        return "../" * (len(self.path.parts) - 1)


@dataclass(frozen=True)
class Book:
    """What `_quarto.yml` says."""

    root: Path
    title: str
    subtitle: str
    author: str
    description: str
    license: str
    language: str
    name: str  # of the PDF and the EPUB, without their endings
    repository: str | None
    site: str | None
    bibliography: PurePosixPath | None
    chapters: tuple[Chapter, ...]
    output: str = "_book"
    paper: str = "a4"  # of the PDF, by Typst's name; a second PDF is for the other

    @property
    def pdfs(self) -> dict[str, str]:
        """Each PDF's paper, by the file's name: the book's own first."""
        (other,) = set(PAPERS) - {self.paper}
        return {f"{self.name}.pdf": self.paper, f"{self.name}-{PAPERS[other].lower()}.pdf": other}

    @property
    def pages(self) -> dict[str, str]:
        """The page of each chapter's path."""
        return {str(chapter.path): chapter.page for chapter in self.chapters}

    @property
    def words(self) -> dict[str, str]:
        """What the title page says."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "author": self.author,
            "description": self.description,
            "license": self.license,
            "language": self.language,
        }


def load(root: Path) -> Book:
    """Read `_quarto.yml` at `root`; refuse what press does not know in it, and files that are not there."""
    try:
        text = (root / CONFIGURATION).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise refuse(
            CONFIGURATION, 0, f"there is no such file in {root}: run press in the book's folder."
        ) from None
    top = yamlfile.load(text, CONFIGURATION)
    yamlfile.only(top, _TOP, CONFIGURATION, "key")
    project, book = _mapping(top, "project"), _mapping(top, "book")
    yamlfile.only(project, _PROJECT, CONFIGURATION, "key in project:")
    yamlfile.only(book, _BOOK, CONFIGURATION, "key in book:")
    if project.get("type") != "book":
        raise refuse(CONFIGURATION, project.line_of.get("type", 1), "project: type: must be book.")
    for key in ("title", "author", "description", "output-file", "chapters"):
        if not book.get(key):
            raise refuse(CONFIGURATION, top.line_of["book"], f"book: needs a {key}.")

    bibliography = top.get("bibliography")
    if bibliography and not (isinstance(bibliography, str) and (root / bibliography).is_file()):
        raise refuse(CONFIGURATION, top.line_of["bibliography"], f"there is no file {bibliography}.")
    return Book(
        root=root,
        title=book["title"],
        subtitle=book.get("subtitle", ""),
        author=book["author"],
        description=book["description"],
        license=book.get("license", ""),
        language=top.get("lang", "en"),
        name=book["output-file"],
        repository=book.get("repo-url"),
        site=book.get("site-url"),
        bibliography=PurePosixPath(bibliography) if bibliography else None,
        chapters=_chapters(root, book),
        output=project.get("output-dir", "_book"),
        paper=_paper(top),
    )


def _paper(top: yamlfile.Mapping) -> str:
    """The PDF's paper, where Quarto looks for it too: `format: typst: papersize:`."""
    options = (top.get("format") or {}).get("typst")
    found = options.get("papersize", "a4") if isinstance(options, dict) else "a4"
    if found not in PAPERS:
        known = " or ".join(PAPERS)
        raise refuse(CONFIGURATION, top.line_of["format"], f"typst: papersize: is {known}; got {found!r}.")
    return str(found)


def _mapping(top: yamlfile.Mapping, key: str) -> yamlfile.Mapping:
    found = top.get(key)
    if not isinstance(found, yamlfile.Mapping):
        raise refuse(
            CONFIGURATION, top.line_of.get(key, 1), f"{key}: must stand here, with its keys below it."
        )
    return found


def _chapters(root: Path, book: yamlfile.Mapping) -> tuple[Chapter, ...]:
    chapters: list[Chapter] = []
    line = book.line_of["chapters"]
    if not isinstance(book["chapters"], list):
        raise refuse(CONFIGURATION, line, "chapters: is a list, one chapter or part a line.")
    for item in book["chapters"]:
        if isinstance(item, yamlfile.Mapping):
            yamlfile.only(item, _PART, CONFIGURATION, "key of a part")
            if not item.get("part"):
                raise refuse(CONFIGURATION, min(item.line_of.values()), "a part needs a name: `part: …`.")
            line = item.line_of["part"]
            chapters += [_chapter(root, line, path, part=item["part"]) for path in item.get("chapters", [])]
        else:
            chapters.append(_chapter(root, line, item))
    chapters += [
        _chapter(root, book.line_of["appendices"], path, part="Appendices", appendix=True)
        for path in book.get("appendices", [])
    ]
    if str(chapters[0].path) != "index.qmd":
        raise refuse(CONFIGURATION, book.line_of["chapters"], "the first chapter must be index.qmd.")
    paths = [chapter.path for chapter in chapters]
    for path in paths:
        if paths.count(path) > 1:
            raise refuse(CONFIGURATION, book.line_of["chapters"], f"{path} stands twice among the chapters.")
    return tuple(chapters)


def _chapter(
    root: Path, line: int, path: object, *, part: str | None = None, appendix: bool = False
) -> Chapter:
    if not isinstance(path, str) or not path.endswith(".qmd"):
        raise refuse(CONFIGURATION, line, f"a chapter is the path of a .qmd file; got {path!r}.")
    if not (root / path).is_file():
        raise refuse(CONFIGURATION, line, f"there is no file {path}.")
    return Chapter(PurePosixPath(path), part=part, appendix=appendix)


def letter(position: int) -> str:
    """The appendix of that position, from 1: "A", "B", …."""
    return ascii_uppercase[position - 1]

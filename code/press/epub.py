"""The numbered trees as one EPUB 3 with MathML, written by Pandoc; the same bytes for the same book."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from press import answers, epub_finish, html, lower, pandoc, tree, verdicts
from press.cache import digest

if TYPE_CHECKING:
    from press.number import Page
    from press.project import Book
    from press.tree import Node

_ARGUMENTS = [
    "--from=json", "--to=epub3", "--mathml", "--split-level=1", "--toc", "--toc-depth=2", "--syntax-highlighting=none",
    "--fail-if-warnings",
]  # fmt: skip
_REMARK = re.compile(r" {3,}(?=# )")


def chapter(page: Page) -> list[Node]:
    """The chapter's blocks for the joined book, its hidden answers gathered at its end."""
    told = verdicts.in_short(lower.judge(lower.elsewhere(lower.visible(page.blocks, typst=False))))
    shown, hidden = answers.gather(told, page.chapter.slug)
    if hidden:
        shown.append(
            {"t": "Header", "c": [2, tree.attr(f"{page.chapter.slug}-answers"), tree.words("Answers")]}
        )
        for name, title, node in hidden:
            back = tree.para([tree.link(tree.words("Back to the question"), f"#{name}-asked")])
            heading = tree.para([tree.strong(tree.words(title))])
            shown.append(tree.div(tree.attr(name, ["answer"]), [heading, *node["c"][1], back]))
    lowered = html.lower_tree(tree.rewrite(shown, _with_near_remarks), None, permalinks=False)
    return tree.rewrite(lowered, _without_details)  # type: ignore[no-any-return] # the tree is JSON


def _with_near_remarks(node: Node) -> Node:
    """Remarks behind lines of code stand two spaces off: in a column, they would all wrap where lines are short."""
    if node["t"] == "CodeBlock":
        return {"t": "CodeBlock", "c": [node["c"][0], _REMARK.sub("  ", node["c"][1])]}
    return node


def _without_details(node: Node) -> Node | list[Node]:
    """Readers of EPUBs fold nothing: what waits on the page to be opened stands open."""
    if node["t"] == "RawBlock" and node["c"][1].startswith(('<details class="code-fold"', "</details>")):
        return []
    return node


def write(book: Book, pages: list[Page], pictures: dict[str, str], css: str, cover: bytes) -> bytes:
    """The EPUB of all chapters, with the pictures that they show; cover is a PNG."""
    # A link to a whole page leads to its title's own id.
    titles = {f"#{html.page_id(page.chapter.page)}": f"#{tree.identifier(page.blocks[0])}" for page in pages}

    def change(node: Node) -> Node:
        if node["t"] == "Link":
            node["c"][2][0] = titles.get(node["c"][2][0], node["c"][2][0])
        return node

    blocks = [tree.rewrite(block, change) for page in pages for block in chapter(page)]
    meta = {
        "title": _text(book.title),
        "subtitle": _text(book.subtitle),
        "author": _text(book.author),
        "description": _text(book.description),
        "rights": _text(book.license),
        "lang": _text(book.language),
        # A name of our own making: the same book keeps it, whatever its bytes.
        "identifier": _text(f"urn:uuid:{_uuid(book.title + book.author)}"),
    }
    with tempfile.TemporaryDirectory(prefix="press-epub-") as name:
        folder = Path(name)
        for path, content in {**pictures, "book.css": css}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        (folder / "cover.png").write_bytes(cover)
        (folder / epub_finish.MATH_FONT).write_bytes(
            b""
        )  # its place, to be filled when all formulas are there
        arguments = [
            *_ARGUMENTS, "--css=book.css", "--epub-cover-image=cover.png", f"--epub-embed-font={epub_finish.MATH_FONT}",
            "--output=book.epub",
        ]  # fmt: skip
        done = subprocess.run(
            [pandoc.executable(), *arguments],
            input=pandoc.document(blocks, meta).encode(),
            capture_output=True,
            check=False,
            cwd=folder,
            env={"SOURCE_DATE_EPOCH": "315532800", "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise pandoc.PandocFailed(f"the EPUB: {done.stderr.decode(errors='replace').strip()}")
        return epub_finish.finish((folder / "book.epub").read_bytes(), pages)


def _text(value: str) -> dict[str, object]:
    return {"t": "MetaString", "c": value}


def _uuid(text: str) -> str:
    sha = digest(text)
    return f"{sha[:8]}-{sha[8:12]}-5{sha[13:16]}-8{sha[17:20]}-{sha[20:32]}"

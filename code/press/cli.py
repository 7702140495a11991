"""The command `press`. It prints what was made, or what went wrong, and then exits with 1."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from press import preview, project, publish, quarto, reading, site
from press.build import FORMATS, Build
from press.cache import Cache
from press.errors import CellFailed, PressError
from press.progress import Reporter

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    given = _parser().parse_args(arguments)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    # Termination ends a build as Ctrl-C does: with its kernels.
    before = signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        given.run(given)
    except CellFailed as failed:
        errors.print(Text(str(failed.problem), style="bold red"))
        errors.print(Text.from_ansi(failed.traceback))
        return 1
    except PressError as error:
        errors.print(Text(str(error), style="red"))
        return 1
    except KeyboardInterrupt:
        errors.print("Interrupted: the last good book is as it was.")
        return 130
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="press", description="Render and check the book in this folder.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: object, words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument("--root", type=Path, default=Path(), help="the book's folder (default: this one)")
        return added

    book = command("book", _book, "render everything, with Quarto where it is to be had, else with press")
    book.add_argument("--engine", default=os.environ.get("ENGINE", ""), help="quarto or press, to force one")
    render = command("render", _render, "render with press")
    render.add_argument("--to", action="append", choices=FORMATS, help="this format alone; may be repeated")
    command("check", _check, "read every chapter and refuse what is wrong, running nothing")
    command(
        "prepare", _prepare, "what Quarto runs first: check, and join the page's scripts for Quarto's pages"
    )
    seen = command("preview", _preview, "serve the book and render it again when a file is saved")
    seen.add_argument("--port", type=int, default=4848, help="0 takes any free one (default: 4848)")
    return parser


def _book(given: argparse.Namespace) -> None:
    root = given.root.resolve()
    program, why = quarto.choose(given.engine, root / ".press")
    reporter = Reporter()
    reporter.line(why)
    if program is None:
        _press(root, reporter, FORMATS)
    else:
        _quarto(root, reporter, program)


def _render(given: argparse.Namespace) -> None:
    _press(given.root.resolve(), Reporter(), given.to or FORMATS)


def _press(root: Path, reporter: Reporter, formats: Sequence[str]) -> None:
    book = project.load(root)
    output = root / book.output
    publish.recover(output, root / ".press")
    with reporter.running():
        files = Build(book, reporter).files(formats)
    if set(formats) != set(FORMATS) and output.is_dir():
        # The formats that were not asked for stay as they are.
        kept = {str(p.relative_to(output)): p.read_bytes() for p in output.rglob("*") if p.is_file()}
        files = {name: content for name, content in kept.items() if name != publish.MARK} | files
    changed = publish.publish(files, output, root / ".press")
    _where(book, files, reporter, changed=changed)


def _quarto(root: Path, reporter: Reporter, program: str) -> None:
    book = project.load(root)
    scratch = root / ".press" / "quarto"
    reading.read(book, Cache(root / ".press" / "cache"))
    files = quarto.render(program, root, scratch)
    with reporter.running():
        build = Build(book, reporter)
        files |= build.files(("second-pdf", "notebooks"))
    shutil.rmtree(scratch, ignore_errors=True)
    changed = publish.publish(files, root / book.output, root / ".press")
    _where(book, files, reporter, changed=changed)


def _where(book: project.Book, files: dict[str, bytes], reporter: Reporter, *, changed: bool) -> None:
    """Say what there is to look at, and where."""
    ran = f"{reporter.executed} cells ran" if reporter.executed else "no cell had to run"
    state = "" if changed else ", nothing changed"
    reporter.line(f"The book is there: {ran}{state}, {reporter.seconds:.1f} s.")
    rows = {
        "page": ["index.html"],
        "PDF": list(book.pdfs),
        "EPUB": [f"{book.name}.epub"],
        "notebooks": sorted({f"{Path(name).parent}/" for name in files if name.endswith(".ipynb")}),
    }
    for what, names in rows.items():
        for name in names:
            if name in files or name.endswith("/"):
                reporter.line(f"  {what:<10} {book.output}/{name}")


def _check(given: argparse.Namespace) -> None:
    root = given.root.resolve()
    pages = reading.read(project.load(root), Cache(root / ".press" / "cache"))
    Reporter().line(f"{len(pages)} chapters read: nothing to refuse.")


def _prepare(given: argparse.Namespace) -> None:
    _check(given)
    built = given.root / "figures" / "built"
    built.mkdir(exist_ok=True)
    look = given.root / "figures"
    (built / "book.js").write_bytes(site.assets(look)[site.SCRIPT])
    (built / "figures.js").write_bytes(site.figures_script(look))


def _preview(given: argparse.Namespace) -> None:
    root = given.root.resolve()

    def render() -> None:
        try:
            _press(root, Reporter(), ("html",))
        except PressError as error:
            # A preview goes on: the last good page stays, and the next save may mend it.
            Console(stderr=True, highlight=False).print(Text(str(error), style="red"))

    render()
    preview.serve(root, root / project.load(root).output, given.port, render, print)


if __name__ == "__main__":
    sys.exit(main())

"""What a build that does not come to its end leaves behind: the last good book, and nothing else."""

import os
import re
import shutil
import signal
import time
from pathlib import Path

import pytest

from press import publish
from press.errors import PressError

CELL = "```{{python}}\n#| label: work\n{}\n```\n"


def kernels(book):
    """The processes that work for this book's kernels: their environment names its scratch folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # it has ended, or is another user's
            continue
        if f"IPYTHONDIR={book.root}".encode() in environment and state != "Z":
            found.append(int(process.name))
    return found


def gone(book, seconds=10):
    """Whether the book's kernels end within the time."""
    end = time.monotonic() + seconds
    while kernels(book):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_cell_that_raises_ends_with_status_1_the_place_and_the_last_good_book(built):
    before = built.site
    built.chapter("Text.\n\n" + CELL.format("x = 0\n1 / x"))
    done = built.press("render")
    words = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr)
    assert done.returncode == 1
    assert words.startswith(
        "chapters/01-one.qmd:8: the cell 'work' raised ZeroDivisionError: division by zero\n"
    )
    assert "----> 2 1 / x" in words  # the cell's own traceback
    assert "nbclient" not in words  # and nobody else's
    assert built.site == before
    assert gone(built)


def test_a_refused_chapter_ends_with_status_1_and_the_last_good_book(built):
    before = built.site
    built.chapter("See @fig-none.\n\n" + CELL.format("open('ran', 'w')"))
    done = built.press("render")
    assert done.returncode == 1
    assert done.stderr == "chapters/01-one.qmd:3: @fig-none refers to nothing: no such id in the book.\n"
    assert built.site == before
    assert not (built.root / "ran").exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_the_last_good_book_and_no_kernel(built, sent):
    before = built.site
    for name in ("one", "two"):
        path = f"chapters/0{1 + (name == 'two')}-{name}.qmd"
        code = f"import time\nopen('{name}-runs', 'w').close()\ntime.sleep(60)"
        built.chapter(CELL.format(code).replace("work", name), path=path, title=f"# {name} {{#sec-{name}}}")
    build = built.press("render", start=True)
    end = time.monotonic() + 60
    while not ((built.root / "one-runs").exists() and (built.root / "two-runs").exists()):
        assert time.monotonic() < end
        assert build.poll() is None, build.stderr.read()
        time.sleep(0.05)
    build.send_signal(sent)
    _, errors = build.communicate(timeout=20)
    assert build.returncode == 130, errors
    assert errors == "Interrupted: the last good book is as it was.\n"
    assert built.site == before
    assert gone(built)


@pytest.fixture
def folders(tmp_path):
    """Where a book is published, and what is beside it."""
    output, scratch = tmp_path / "_book", tmp_path / ".press"
    assert publish.publish({"index.html": b"old", "a/b.html": b"old"}, output, scratch)
    return output, scratch


def test_what_the_new_book_lacks_is_gone_and_what_it_has_is_there(folders):
    output, scratch = folders
    assert publish.publish({"index.html": b"new", "c.html": b"new"}, output, scratch)
    assert {p.name for p in output.iterdir()} == {"index.html", "c.html", publish.MARK}
    assert (output / "index.html").read_bytes() == b"new"
    assert list(scratch.iterdir()) == []


def test_the_same_book_is_not_written_again(folders):
    output, scratch = folders
    before = output.stat().st_ino, (output / "index.html").stat().st_mtime_ns
    assert not publish.publish({"index.html": b"old", "a/b.html": b"old"}, output, scratch)
    assert (output.stat().st_ino, (output / "index.html").stat().st_mtime_ns) == before


def test_a_stop_between_the_two_renames_brings_the_old_book_back(folders):
    output, scratch = folders
    (scratch / "new-half").mkdir()
    output.rename(scratch / "old")  # where SIGKILL stopped it
    publish.recover(output, scratch)
    assert (output / "a/b.html").read_bytes() == b"old"
    assert list(scratch.iterdir()) == []


def test_a_stop_after_the_two_renames_keeps_the_new_book(folders):
    output, scratch = folders
    shutil.copytree(output, scratch / "old")
    (output / "index.html").write_bytes(b"new")
    publish.recover(output, scratch)
    assert (output / "index.html").read_bytes() == b"new"
    assert list(scratch.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_book(folders):
    output, scratch = folders
    with pytest.raises(OSError, match="name too long"):
        publish.publish({"index.html": b"new", "x" * 300: b""}, output, scratch)
    assert (output / "index.html").read_bytes() == b"old"
    assert list(scratch.iterdir()) == []


def test_signals_wait_for_the_two_renames(folders):
    output, scratch = folders

    def rename_while_interrupted():
        with publish._uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            output.rename(scratch / "old")

    with pytest.raises(KeyboardInterrupt):
        rename_while_interrupted()
    assert (scratch / "old").exists()


def test_a_folder_that_press_did_not_make_is_not_replaced(tmp_path):
    output = tmp_path / "_book"
    output.mkdir()
    (output / "thesis.txt").write_text("mine")
    with pytest.raises(PressError, match="files that press did not make"):
        publish.publish({"index.html": b"new"}, output, tmp_path / ".press")
    assert (output / "thesis.txt").read_text() == "mine"

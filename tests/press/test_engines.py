"""Which engine renders: Quarto where it is to be had, else press; and the commands, which say why."""

import http.client
import io
import os
import stat
import subprocess
import sys
import time

import pytest

from press import cli, quarto
from press.errors import PressError

NOWHERE = "http://127.0.0.1:9/"  # the port that discards: nothing answers
FAKE = """\
#!{python}
import pathlib, sys
if sys.argv[1] == "--version":
    print("1.10.18")
elif "{fails}":
    sys.exit("{fails}")
else:
    output = pathlib.Path(sys.argv[sys.argv.index("--output-dir") + 1])
    (output / "chapters").mkdir(parents=True)
    (output / "index.html").write_text("by Quarto")
    print("{warns}", file=sys.stderr)
"""


@pytest.fixture
def no_quarto(monkeypatch, tmp_path):
    """A machine without Quarto, from which its release page cannot be reached."""
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setattr(quarto, "RELEASES", NOWHERE)


@pytest.fixture
def fake_quarto(tmp_path, monkeypatch):
    """Put a program named quarto on the PATH."""

    def put(fails="", warns=""):
        program = tmp_path / "bin" / "quarto"
        program.parent.mkdir(exist_ok=True)
        program.write_text(FAKE.format(python=sys.executable, fails=fails, warns=warns))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        return str(program)

    return put


def test_quarto_renders_where_it_is_there(fake_quarto, tmp_path):
    program = fake_quarto()
    assert quarto.choose("", tmp_path) == (program, "Quarto 1.10.18 renders the book.")


def test_press_renders_where_it_is_asked_to(fake_quarto, tmp_path):
    fake_quarto()
    assert quarto.choose("press", tmp_path) == (None, "press renders the book, as ENGINE asks.")


def test_an_engine_that_is_neither_is_an_error(tmp_path):
    with pytest.raises(PressError, match="ENGINE is quarto or press, not 'pandoc'"):
        quarto.choose("pandoc", tmp_path)


def test_where_quarto_cannot_be_had_press_says_so_in_one_line_and_remembers(no_quarto, tmp_path, monkeypatch):
    start = time.monotonic()
    program, why = quarto.choose("", tmp_path)
    assert time.monotonic() - start < quarto.REACH_SECONDS + 1
    assert program is None
    assert why == (
        "press renders the book: Quarto is not here and its installer failed (its download page is out of reach)."
    )
    monkeypatch.setattr(quarto, "install", lambda: pytest.fail("it tried again"))
    program, why = quarto.choose("", tmp_path)
    assert program is None
    assert "out of reach; remembered from an earlier build" in why
    assert "\n" not in why


def test_what_is_remembered_is_tried_again_after_a_week(no_quarto, tmp_path):
    quarto.choose("", tmp_path)
    old = time.time() - (quarto.REMEMBER_DAYS + 1) * 86400
    os.utime(tmp_path / "no-quarto", (old, old))
    assert "remembered" not in quarto.choose("", tmp_path)[1]


def test_quarto_that_is_asked_for_and_cannot_be_had_is_an_error_even_where_that_is_remembered(
    no_quarto, tmp_path
):
    quarto.choose("", tmp_path)
    with pytest.raises(
        PressError, match="ENGINE=quarto, but Quarto is not here and its installer failed: its download"
    ):
        quarto.choose("quarto", tmp_path)


def test_a_page_that_answers_nonsense_is_out_of_reach_too(no_quarto, tmp_path, monkeypatch):
    def answer(*_, **__):
        raise http.client.BadStatusLine("garbage")

    monkeypatch.setattr(quarto.urllib.request, "urlopen", answer)
    assert "out of reach" in quarto.choose("", tmp_path)[1]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (subprocess.CompletedProcess([], 1), "pip could not install it"),
        (subprocess.CompletedProcess([], 0), "it installed nothing that runs"),
        (subprocess.TimeoutExpired("pip", 240), "it took more than 240 seconds"),
    ],
)
def test_an_installer_that_fails_is_said_and_press_renders(no_quarto, tmp_path, monkeypatch, outcome, words):
    def run(*_, **__):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(quarto.urllib.request, "urlopen", lambda *_, **__: io.BytesIO())
    monkeypatch.setattr(quarto.subprocess, "run", run)
    program, why = quarto.choose("", tmp_path)
    assert program is None
    assert words in why


def test_quarto_that_fails_is_an_error_in_its_own_words(fake_quarto, tmp_path):
    with pytest.raises(PressError, match="Quarto stopped:\nno such filter"):
        quarto.render(fake_quarto(fails="no such filter"), tmp_path, tmp_path / "out")


def test_a_warning_of_quartos_is_an_error(fake_quarto, tmp_path):
    with pytest.raises(PressError, match=r"Quarto warns:\n\[WARNING\] unresolved"):
        quarto.render(fake_quarto(warns="[WARNING] unresolved"), tmp_path, tmp_path / "out")


def test_the_book_by_quarto_has_presss_notebooks(fake_quarto, built, monkeypatch, capsys):
    fake_quarto()
    built.write("chapters/02-two.qmd", "---\nnotebook: both\n---\n\n# Two {#sec-two}\n\nText.\n")
    assert cli.main(["book", "--root", str(built.root)]) == 0
    assert built.site["index.html"] == b"by Quarto"
    assert {"notebooks/02-two.ipynb", "notebooks/both.ipynb"} <= set(built.site)
    assert capsys.readouterr().out.startswith("Quarto 1.10.18 renders the book.\n")


def test_a_refused_chapter_does_not_reach_quarto(fake_quarto, built, capsys):
    fake_quarto(fails="it ran")
    built.chapter("See @fig-none.")
    assert cli.main(["book", "--root", str(built.root)]) == 1
    assert (
        capsys.readouterr().err
        == "chapters/01-one.qmd:3: @fig-none refers to nothing: no such id in the book.\n"
    )


def test_render_says_what_ran_and_where_to_look(built, capsys):
    assert cli.main(["render", "--root", str(built.root)]) == 0
    said = capsys.readouterr().out
    assert "no cell had to run" in said
    for words in ("page       _book/index.html", "PDF        _book/small.pdf", "EPUB       _book/small.epub"):
        assert words in said
    assert "\x1b" not in said  # plain lines where there is no terminal


def test_one_format_leaves_the_others_as_they_are(built, capsys):
    assert cli.main(["render", "--root", str(built.root)]) == 0
    before = built.site
    built.replace("chapters/02-two.qmd", "# Two", "# Second")
    assert cli.main(["render", "--to", "pdf", "--root", str(built.root)]) == 0
    after = built.site
    assert set(after) == set(before) >= {"small.pdf", "small-letter.pdf"}
    assert {name for name in after if after[name] != before[name]} == {"small.pdf"}


def test_check_runs_nothing(book, capsys):
    book.chapter("```{python}\n#| label: a\nopen('ran', 'w')\n```")
    assert cli.main(["check", "--root", str(book.root)]) == 0
    assert capsys.readouterr().out == "2 chapters read: nothing to refuse.\n"
    assert not (book.root / "ran").exists()
    assert not (book.root / "_book").exists()

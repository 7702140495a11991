"""What runs again after a change, and what does not; and that two builds give the same bytes."""

import os
import shutil
import time

import pytest

from press import pdf
from press.cache import KEEP_DAYS, Cache, digest


def ran(book):
    book.build("notebooks")
    return book.executed


def test_where_nothing_changed_nothing_runs(built):
    assert ran(built) == 0


def test_a_constant_changed_in_the_package_changes_the_number_on_the_page(built):
    assert "The slope is 2.0." in built.build("html")["chapters/01-one.html"].decode()
    built.replace("code/ml_from_scratch/datasets.py", "    slope: float = 2.0,", "    slope: float = 7.0,")
    assert "The slope is 7.0." in built.build("html")["chapters/01-one.html"].decode()
    assert built.executed == 2


def test_an_edit_of_prose_runs_nothing_and_is_on_the_page(built):
    built.replace("chapters/01-one.qmd", "The slope is", "Its slope is")
    assert "Its slope is 2.0." in built.build("html")["chapters/01-one.html"].decode()
    assert built.executed == 0


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("chapters/02-two.qmd", "1 + 1", "1 + 2"),
        ("chapters/02-two.qmd", "#| label: count\n", "#| label: count\n#| warning: true\n"),
        ("chapters/02-two.qmd", "#| label: count\n", "#| label: count\n#| error: true\n"),
    ],
    ids=["its code", "warning", "error"],
)
def test_a_changed_cell_runs_again_and_the_other_chapter_does_not(built, path, old, new):
    built.replace(path, old, new)
    assert ran(built) == 1


@pytest.mark.parametrize("option", ["echo: false", "output: false", "code-fold: true"])
def test_an_option_of_looks_runs_nothing(built, option):
    built.replace("chapters/02-two.qmd", "#| label: count\n", f"#| label: count\n#| {option}\n")
    assert ran(built) == 0


def test_a_changed_lock_data_file_or_benchmark_runs_everything_again(built):
    for path in (
        "requirements/book.txt",
        "code/ml_from_scratch/data/hubble1929.csv",
        "benchmarks/results.json",
    ):
        (built.root / path).parent.mkdir(exist_ok=True)
        with (built.root / path).open("a") as file:
            file.write("\n")
        assert ran(built) == 2, path


def test_bytecode_beside_the_package_runs_nothing(built):
    built.write("code/ml_from_scratch/__pycache__/vectors.cpython-311.pyc", "x")
    assert ran(built) == 0


def test_a_result_that_was_damaged_is_made_again(built):
    before = built.build("html")
    for path in (built.root / ".press" / "cache").glob("*/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert built.build("html") == before
    assert built.executed == 2


def test_two_builds_in_two_folders_give_the_same_bytes(built, make_book, monkeypatch):
    shutil.rmtree(built.root / ".press")
    other = make_book()
    for path in ("_quarto.yml", "chapters/01-one.qmd", "chapters/02-two.qmd"):
        (other.root / path).write_bytes((built.root / path).read_bytes())
    shutil.rmtree(other.root / ".press")
    first = built.build()
    monkeypatch.setenv("PYTHONPATH", other.environment["PYTHONPATH"])
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    second = other.build()
    assert other.executed == built.executed == 2
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_keys_tell_inputs_apart_that_read_alike_when_joined():
    assert digest("ab", "c") != digest("a", "bc")
    assert digest(b"1") != digest("1") != digest(1)


def test_results_that_nobody_asks_for_are_dropped_in_time(tmp_path):
    cache = Cache(tmp_path)
    cache.put("kind", "old", b"1")
    cache.put("kind", "new", b"2")
    long_ago = time.time() - (KEEP_DAYS + 1) * 86400
    os.utime(tmp_path / "kind" / "old", (long_ago, long_ago))
    cache.prune()
    assert cache.get("kind", "old") is None
    assert cache.get("kind", "new") == b"2"


def pages_with_tables(name: str) -> str:
    """Text with tables, of which some find room where they are written and some do not."""
    parts = []
    for number in range(8):
        rows = "".join(f"| {row} | {row * row} |\n" for row in range(9 + number % 3))
        parts.append("A sentence of some length, said again. " * (12 + 7 * number % 5))
        parts.append(f"| n | square |\n|:--|:--|\n{rows}\n: Squares. {{#tbl-{name}-{number}}}")
    return "\n\n".join(parts)


def test_a_pdf_after_an_edit_is_that_of_a_cold_build_and_only_the_edited_chapter_is_settled_anew(
    book, monkeypatch
):
    told = []
    settled = pdf.settled

    def counted(*arguments):
        told.append(settled(*arguments))
        return told[-1]

    monkeypatch.setattr(pdf, "settled", counted)
    book.list_chapters("index.qmd", "chapters/01-one.qmd", "chapters/02-two.qmd")
    book.chapter(pages_with_tables("one"))
    book.chapter(pages_with_tables("two"), path="chapters/02-two.qmd", title="# Two {#sec-two}")
    before = book.build("pdf")
    assert len(told) == 2  # the welcome is the template's
    places = {key: place for one in told for key, place in one["places"].items()}
    assert {"here", "next"} <= set(places.values())
    book.replace(
        "chapters/02-two.qmd", "# Two {#sec-two}\n", "# Two {#sec-two}\n\n" + "Words more. " * 60 + "\n"
    )
    after = book.build("pdf")
    assert len(told) == 3
    assert any(places[key] != place for key, place in told[-1]["places"].items())
    assert after != before
    shutil.rmtree(book.root / ".press")
    assert book.build("pdf") == after
    assert len(told) == 6

"""Cells that run, cells that raise, and outputs that press cannot show. Each test starts one kernel."""

import asyncio
from pathlib import PurePosixPath
from textwrap import dedent

import pytest

from press import execute, source, splice
from press.errors import CellFailed, Refused


@pytest.fixture
def run(book):
    """Run a chapter's text, from its first line on."""

    def run(text):
        chapter = source.parse(dedent(text).strip("\n"), PurePosixPath("chapters/01-one.qmd"))
        assert not chapter.problems
        return asyncio.run(execute.run(chapter, book.root, book.root / ".press", lambda label: None))

    return run


def cell(code, options="", label="a"):
    return f"```{{python}}\n#| label: {label}\n{options}{dedent(code).strip()}\n```\n"


REFUSED = {
    "a number of NumPy": ("import numpy as np", "It is `{python} np.float64(2)`.", 6, "give it a format"),
    "an expression that raises": ("x = 0", "It is `{python} 1 / x`.", 6, "raised ZeroDivisionError"),
    "a list": ("x = 0", "It is `{python} [x]`.", 6, "gives [0], not text or a plain number"),
    "a name that is not there": ("x = 0", "It is `{python} y`.", 6, "raised NameError"),
    "text over two lines": ("x = 0", "It is `{python} 'a\\n'`.", 6, "must be escaped"),
}


@pytest.mark.parametrize(("code", "prose", "line", "words"), REFUSED.values(), ids=REFUSED)
def test_inline_code_is_refused_at_its_line_for(run, code, prose, line, words):
    with pytest.raises(Refused) as refused:
        run(cell(code) + "\n" + prose)
    [problem] = refused.value.problems
    assert (str(problem.path), problem.line) == ("chapters/01-one.qmd", line)
    assert words in problem.message


def test_inline_values_are_text_and_numbers_of_python(run):
    results = run(
        cell("n, x, s = 3, 0.5, 'a *b* _c_ ± \"q\"'") + "`{python} n`, `{python} x`, `{python} s`, `{python} 1e-9`, "
        "`{python} \"it's\"`.\n\n" + cell("n = 4", label="b") + "`{python} f'{n:.2f}'`"
    )
    assert results["inlines"] == ["3", "0.5", 'a *b* _c_ ± "q"', "1e-09", "it's", "4.00"]


OUTPUTS = {
    "a warning": ("import warnings\nwarnings.warn('careful')", "writes to stderr"),
    "a long line": ("print('x' * 89)", "prints a line of 89 characters"),
    "a long value": ("'x' * 87", "prints a line of 89 characters"),  # and two quotes
    "a picture that is no SVG": ("from IPython.display import Image\nImage(b'\\x89PNG\\r\\n\\x1a\\n' + bytes(9))", "shows image/png"),
    "colours of a terminal": ("print('\\x1b[31mred')", "control character"),
    "a kernel that dies": ("import os\nos._exit(1)", "the kernel died in the cell 'a'"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "words"), OUTPUTS.values(), ids=OUTPUTS)
def test_an_output_is_refused_for(run, code, words):
    with pytest.raises(Refused) as refused:
        run("Text.\n\n" + cell(code))
    [problem] = refused.value.problems
    assert (str(problem.path), problem.line) == ("chapters/01-one.qmd", 3)
    assert words in problem.message


def test_a_warning_is_shown_or_hidden_as_the_cell_says(run):
    warn = "import sys\nprint('careful', file=sys.stderr)\nprint('done')"
    results = run(cell(warn, "#| warning: true\n") + cell(warn, "#| warning: false\n", "b"))
    texts = {label: [output["text"] for output in outputs] for label, outputs in results["cells"].items()}
    assert texts == {"a": ["careful", "done"], "b": ["done"]}


def test_a_cell_that_raises_names_its_line_and_keeps_its_own_traceback(run):
    with pytest.raises(CellFailed) as failed:
        run("Text.\n\n" + cell("x = 0\n\n1 / x", "#| echo: false\n"))
    problem = failed.value.problem
    assert (str(problem.path), problem.line) == ("chapters/01-one.qmd", 8)  # fence 3, options 4 and 5, then code
    assert problem.message == "the cell 'a' raised ZeroDivisionError: division by zero"
    assert "1 / x" in failed.value.traceback.replace("\x1b[39m", "").replace("\x1b[38;5;241m", "") or "/" in failed.value.traceback


def test_an_error_that_is_meant_is_shown_and_the_next_cell_runs(run):
    results = run(cell("1 / 0", "#| error: true\n") + cell("print('on')", label="b"))
    assert results["cells"]["a"] == [
        {"kind": "error", "text": "ZeroDivisionError: division by zero", "name": "ZeroDivisionError", "value": "division by zero"}
    ]  # fmt: skip
    assert results["cells"]["b"][0]["text"] == "on"


def test_a_cell_that_is_not_evaluated_does_not_run(run):
    results = run(cell("x = 1") + cell("x = 2", "#| eval: false\n", "b") + "`{python} x`")
    assert results == {"cells": {"a": [], "b": []}, "inlines": ["1"]}


def test_cells_run_in_the_books_folder_with_a_fixed_hash_seed(run, book):
    results = run(cell("import os\nprint(os.getcwd())\nprint(os.environ['PYTHONHASHSEED'], os.environ['TZ'])"))
    assert results["cells"]["a"][0]["text"].split("\n") == [str(book.root), "0 UTC"]


PICTURE = {"kind": "image/svg+xml", "text": '<svg width="72pt" height="36pt" xmlns="http://www.w3.org/2000/svg"/>'}
SHOWN = {
    "two figures": ("fig-a", [PICTURE, PICTURE], "draws one figure; 'fig-a' draws 2"),
    "no figure": ("fig-a", [], "draws one figure; 'fig-a' draws 0"),
    "a figure without size": ("fig-a", [{"kind": "image/svg+xml", "text": "<svg/>"}], "its width and height"),
    "a figure in another cell": ("a", [PICTURE], "the cell 'a' draws a figure"),
    "no table": ("tbl-a", [{"kind": "text/markdown", "text": "Words."}], "shows one Markdown table and nothing else"),
    "raw HTML": ("a", [{"kind": "text/markdown", "text": "A <b>word</b>."}], "raw html"),
}


@pytest.mark.parametrize(("label", "outputs", "words"), SHOWN.values(), ids=SHOWN)
def test_what_a_cell_shows_is_refused_for(label, outputs, words):
    captions = {"fig": "#| fig-cap: C\n#| fig-alt: A\n", "tbl": "#| tbl-cap: C\n"}.get(label[:3], "")
    chapter = source.parse(f"# One {{#sec-one}}\n\n{cell('1', captions, label)}", PurePosixPath("chapters/01-one.qmd"))
    blocks = [{"t": "CodeBlock", "c": [["", ["python", "cell"], [["line", "3"]]], "1"]}]
    with pytest.raises(Refused) as refused:
        splice.splice(chapter, blocks, {"cells": {label: outputs}, "inlines": []})
    [problem] = refused.value.problems
    assert (str(problem.path), problem.line) == ("chapters/01-one.qmd", 3)
    assert words in problem.message

"""Cells that run, cells that raise, and outputs that press cannot show."""

import asyncio
import re
from pathlib import PurePosixPath
from textwrap import dedent

import pytest
from nbclient import NotebookClient
from nbformat import v4

from press import execute, results, source, splice, surroundings, tree, typst
from press.errors import CellFailed, Refused

PATH = PurePosixPath("chapters/01-one.qmd")


def parse(text):
    chapter = source.parse(dedent(text).strip("\n"), PATH)
    assert not chapter.problems
    return chapter


def cell(code, options="", label="a"):
    return f"```{{python}}\n#| label: {label}\n{options}{dedent(code).strip()}\n```\n"


@pytest.fixture
def run(book):
    """Run a chapter's text in a kernel."""

    def run(text):
        return asyncio.run(execute.run(parse(text), book.root, book.root / ".press", str))

    return run


INLINE = {
    "np.float64(2)": "give it a format",
    "np.arange(2)": "give it a format",
    "1 / 0": "raised ZeroDivisionError",
    "missing": "raised NameError",
    "[1]": "gives [1], not text or a plain number",
    "float('nan')": "gives nan, not text or a plain number",
    "None": "gives None, not text",
    r"'a\n'": "must be escaped",
}


def test_inline_code_is_refused_at_its_line_for_what_is_neither_text_nor_a_plain_number(book):
    async def ask(chapter):
        client = NotebookClient(
            v4.new_notebook(), kernel_name="python3", extra_arguments=["--log-level=ERROR"]
        )
        async with execute._kernel(client, surroundings.environment(book.root / ".press")):
            await client.kc.execute("import numpy as np", reply=True)
            for inline in chapter.inlines:
                with pytest.raises(Refused) as refused:
                    await execute._inlines(client, chapter, [inline])
                [problem] = refused.value.problems
                assert (problem.path, problem.line) == (PATH, inline.line)
                assert INLINE[inline.expression] in problem.message

    asyncio.run(ask(parse("\n\n".join(f"It is `{{python}} {expression}`." for expression in INLINE))))


def test_inline_values_are_those_of_their_place_in_the_text(run):
    results = run(
        cell("n, x, s = 3, 0.5, 'a *b* _c_ ± \"q\"'")
        + "`{python} n`, `{python} x`, `{python} s`, `{python} 1e-9`, "
        '`{python} "it\'s"`.\n\n' + cell("n = 4", label="b") + "`{python} f'{n:.2f}'`"
    )
    assert results["inlines"] == ["3", "0.5", 'a *b* _c_ ± "q"', "1e-09", "it's", "4.00"]


def test_cells_run_as_their_options_say(run, book):
    warn = "import sys\nprint('careful', file=sys.stderr)\nprint('done')"
    results = run(
        cell(warn, "#| warning: true\n", "warns")
        + cell(warn, "#| warning: false\n", "hides")
        + cell("x = 1 / 0", "#| error: true\n", "raises")
        + cell("done = 1 / 0", "#| eval: false\n", "skipped")
        + cell(
            "import os\nprint(os.getcwd())\nprint(os.environ['PYTHONHASHSEED'], os.environ['TZ'])",
            label="place",
        )
    )
    texts = {label: [output["text"] for output in outputs] for label, outputs in results["cells"].items()}
    assert texts == {
        "warns": ["done", "careful"],  # stderr last, whenever it was flushed
        "hides": ["done"],
        "raises": ["ZeroDivisionError: division by zero"],
        "skipped": [],
        "place": [f"{book.root}\n0 UTC"],
    }


def test_a_cell_that_raises_names_its_line_and_keeps_its_own_traceback(run):
    with pytest.raises(CellFailed) as failed:
        run("Text.\n\n" + cell("x = 0\n\n1 / x", "#| echo: false\n"))
    problem = failed.value.problem
    assert (problem.path, problem.line) == (PATH, 8)  # fence 3, options 4 and 5, then code
    assert problem.message == "the cell 'a' raised ZeroDivisionError: division by zero"
    assert "1 / x" in re.sub(r"\x1b\[[0-9;]*m", "", failed.value.traceback)


def test_a_kernel_that_dies_is_an_error_at_its_cell(run):
    with pytest.raises(Refused, match=re.escape(f"{PATH}:3: the kernel died in the cell 'a'")):
        run("Text.\n\n" + cell("import os\nos._exit(1)"))


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def data(**shown):
    return {
        "output_type": "execute_result",
        "data": {mime.replace("_", "/"): text for mime, text in shown.items()},
    }


OUTPUTS = {
    "a warning": (
        stream("careful", "stderr"),
        "writes to stderr; say `warning: true` to show it, or mend it:\ncareful",
    ),
    "a long line": (stream("short\n" + "x" * 89), "prints a line of 89 characters"),
    "a long value": (data(text_plain="x" * 89), "prints a line of 89 characters"),
    "the colours of a terminal": (stream("\x1b[31mred"), r"control character '\x1b'"),
    "a progress bar": (stream("1\r2\r"), r"control character '\r'"),
    "a picture that is no SVG": (data(image_png="", text_plain="<Image>"), "shows image/png, text/plain"),
    "HTML": (data(text_html="<b>x</b>"), "shows text/html"),
}


@pytest.mark.parametrize(("output", "words"), OUTPUTS.values(), ids=OUTPUTS)
def test_an_output_is_refused_for(output, words):
    chapter = parse("Text.\n\n" + cell("1"))
    with pytest.raises(Refused) as refused:
        results.outputs(chapter, chapter.cells[0], [output])
    [problem] = refused.value.problems
    assert (problem.path, problem.line) == (PATH, 3)
    assert words in problem.message


def test_lines_of_88_characters_are_not_too_long():
    chapter = parse(cell("1"))
    assert results.outputs(chapter, chapter.cells[0], [stream("x" * 88 + "\n")])[0]["text"] == "x" * 88


PICTURE = {
    "kind": "image/svg+xml",
    "text": '<svg width="72pt" height="36pt" xmlns="http://www.w3.org/2000/svg"/>',
}
SHOWN = {
    "two figures": ("fig-a", [PICTURE, PICTURE], "draws one figure; 'fig-a' draws 2"),
    "no figure": ("fig-a", [], "draws one figure; 'fig-a' draws 0"),
    "a figure without size": ("fig-a", [{"kind": "image/svg+xml", "text": "<svg/>"}], "its width and height"),
    "a figure in another cell": ("a", [PICTURE], "the cell 'a' draws a figure"),
    "no table": (
        "tbl-a",
        [{"kind": "text/markdown", "text": "Words."}],
        "shows one Markdown table and nothing else",
    ),
    "raw HTML": (
        "a",
        [{"kind": "text/markdown", "text": "A <b>word</b>."}],
        "does not know there: RawInline",
    ),
    "a heading": ("a", [{"kind": "text/markdown", "text": "## Words"}], "does not know there: Header"),
}


@pytest.mark.parametrize(("label", "outputs", "words"), SHOWN.values(), ids=SHOWN)
def test_what_a_cell_shows_is_refused_for(label, outputs, words):
    captions = {"fig": "#| fig-cap: C\n#| fig-alt: A\n", "tbl": "#| tbl-cap: C\n"}.get(label[:3], "")
    chapter = parse("Text.\n\n" + cell("1", captions, label))
    blocks = [{"t": "CodeBlock", "c": [["", ["python", "cell"], [["line", "3"]]], "1"]}]
    with pytest.raises(Refused) as refused:
        splice.splice(chapter, blocks, {"cells": {label: outputs}, "inlines": []})
    [problem] = refused.value.problems
    assert (problem.path, problem.line) == (PATH, 3)
    assert words in problem.message


SHOW = "from IPython.display import Markdown\nMarkdown('See @{}.')"


def test_a_reference_that_a_cell_shows_is_resolved_like_one_of_the_text(book):
    book.chapter("Text.\n\n" + cell(SHOW.format("sec-one")))
    page = book.build("html")["chapters/01-one.html"].decode()
    assert re.search(r"<a [^>]*href=\"#sec-one\"[^>]*>Chapter\s1</a>", page)


def test_a_reference_to_nothing_that_a_cell_shows_is_refused(book):
    book.chapter("Text.\n\n" + cell(SHOW.format("sec-none")))
    with pytest.raises(Refused, match=r"@sec-none refers to nothing"):
        book.build("html")


def test_a_reference_that_a_notebooks_cell_shows_is_refused(book):
    book.chapter(cell(SHOW.format("sec-one")), title="---\nnotebook: shared\n---\n\n# One {#sec-one}")
    with pytest.raises(Refused, match="does not know there: Cite"):
        book.build("html")


def test_mathematics_that_a_cell_shows_stands_as_an_equation_and_a_quotation_as_its_check():
    chapter = parse("Text.\n\n" + cell("1", "", "a"))
    blocks = [{"t": "CodeBlock", "c": [["", ["python", "cell"], [["line", "3"]]], "1"]}]
    shown = [{"kind": "text/markdown", "text": "$$ a = b $$\n\n> left 1\\\n> right 1"}]
    [spliced], _ = splice.splice(chapter, blocks, {"cells": {"a": shown}, "inlines": []})
    _, equation, quotation = spliced["c"][1]
    assert tree.classes(equation) == ["equation"]
    assert quotation["t"] == "BlockQuote"
    lowered = [node["c"][1] for node in tree.walk(typst.lower_tree([spliced])) if node["t"] == "RawBlock"]
    assert lowered == ["#book-check[", "]"]

"""What press refuses in a chapter's text, before Pandoc reads it. The arrow marks the line that must be named."""

import pytest

CELL = "```{python}\n#| label: a\n1\n```\n"


def marked(body):
    """The text without its arrow, and the line that the arrow marks in a chapter whose body starts on line 3."""
    lines = body.strip("\n").split("\n")
    return body.replace(" ←", ""), next((n for n, line in enumerate(lines, 3) if "←" in line), 0)


def refused(book, body, **where):
    text, line = marked(body)
    book.chapter(text, **where)
    found = book.problems()
    assert [(path, at) for path, at, _ in found] == [("chapters/01-one.qmd", line)], found
    return found[0][2]


OPTIONS = {
    "an unknown cell option": (
        "```{python}\n#| label: a\n#| fig-width: 3 ←\n1\n```",
        "unknown cell option 'fig-width'",
    ),
    "a cell without a label": ("```{python} ←\n1\n```", "no label"),
    "a label in capitals": (
        "```{python}\n#| label: Set_Up ←\n1\n```",
        "words-and-hyphens in lower case; got 'Set_Up'",
    ),
    "an empty label": ('```{python}\n#| label: "" ←\n1\n```', "label must be text; got ''"),
    "an option that is not of its kind": (
        "```{python}\n#| label: a\n#| echo: fenced ←\n1\n```",
        "true or false; got 'fenced'",
    ),
    "an option twice": (
        "```{python}\n#| label: a\n#| echo: true\n#| echo: false ←\n1\n```",
        "'echo' stands here twice",
    ),
    "options that are not YAML": ('```{python}\n#| label: a\n#| code-summary: "x ←\n1\n```', "not YAML"),
    "a figure without alt text": (
        '```{python} ←\n#| label: fig-a\n#| fig-cap: "C."\n1\n```',
        "'fig-a' has no alt text",
    ),
    "a figure without caption": (
        '```{python} ←\n#| label: fig-a\n#| fig-alt: "A."\n1\n```',
        "'fig-a' has no caption",
    ),
    "an empty alt text": (
        '```{python}\n#| label: fig-a\n#| fig-cap: C\n#| fig-alt: "" ←\n1\n```',
        "fig-alt must be text",
    ),
    "a table's cell without caption": ("```{python} ←\n#| label: tbl-a\n1\n```", "'tbl-a' has no caption"),
    "a caption without alt text": (
        "```{python} ←\n#| label: a\n#| fig-cap: C\n1\n```",
        "the figure 'a' has no alt text",
    ),
    "a table's caption elsewhere": (
        "```{python}\n#| label: a\n#| tbl-cap: C ←\n1\n```",
        "whose label starts with tbl-",
    ),
    "a long line of code": (
        f"```{{python}}\n#| label: a\nx = 1\ny = '{'x' * 83}' ←\n```",
        "a line of 89 characters",
    ),
}
FENCES = {
    "a cell of another language": ("```{r} ←\n1\n```", "unknown kind of cell '{r}'"),
    "options in the braces": ("```{python, echo=FALSE} ←\n1\n```", "without more in the braces"),
    "a cell that Quarto would not see": ("~~~{python} ←\n#| label: a\n1\n~~~", "tildes"),
    "{python} in an outer fence": ("````markdown\n```{python} ←\n1\n```\n````", "inside another fence"),
    "{python} in a longer code span": ("So ``{python} x`` ← says it.", "inside a longer code span"),
    "{python} that does not start a span": ("So `x {python} y` ← says it.", "inside a longer code span"),
    "an inline without an expression": ("It is `{python}` ← here.", "without an expression"),
    "an inline that spans lines": ("It is `{python} 1 + ←\n1` here.", "on one line"),
    "a fence that does not end": ("Text.\n\n```python ←\nx = 1\n\nMore.", "this fence does not end"),
    "a cell that does not end": ("```{python} ←\n#| label: a\n1\n", "this fence does not end"),
}


@pytest.mark.parametrize(("body", "words"), OPTIONS.values(), ids=OPTIONS)
def test_a_cell_is_refused_at_its_line_for(book, body, words):
    assert words in refused(book, body)


@pytest.mark.parametrize(("body", "words"), FENCES.values(), ids=FENCES)
def test_code_is_refused_at_its_line_for(book, body, words):
    assert words in refused(book, body)


def test_what_python_allows_in_a_line_of_88_characters_is_not_refused(book):
    book.chapter(f"```{{python}}\n#| label: a\ny = '{'x' * 82}'\n```")  # 5 + 82 + 1
    assert book.problems() == []


@pytest.mark.parametrize(
    ("matter", "line", "words"),
    [
        ('title: "One"', 2, "title: beside the first heading"),
        ("minutes: 3\nauthor: me", 3, "unknown key in the front matter 'author'"),
        ("minutes: 3\nminutes: 4", 3, "'minutes' stands here twice"),
        ("minutes: [", 2, "not YAML"),
        ("just words", 2, "`key: value` lines"),
    ],
)
def test_front_matter_is_refused_at_its_line(book, matter, line, words):
    book.write("chapters/01-one.qmd", f"---\n{matter}\n---\n\n# One {{#sec-one}}\n")
    [(path, at, message)] = book.problems()
    assert (path, at) == ("chapters/01-one.qmd", line)
    assert words in message


def test_front_matter_that_does_not_end_is_refused(book):
    book.write("chapters/01-one.qmd", "---\nminutes: 3\n\n# One {#sec-one}\n")
    assert book.problems() == [
        ("chapters/01-one.qmd", 1, "the front matter does not end: a line --- is missing.")
    ]


def test_a_label_that_stands_in_two_chapters_is_refused_with_both_places(book):
    book.list_chapters("index.qmd", "chapters/01-one.qmd", "chapters/02-two.qmd")
    book.chapter(CELL)
    book.chapter("Text.\n\n" + CELL, path="chapters/02-two.qmd", title="# Two {#sec-two}")
    assert book.problems() == [
        ("chapters/02-two.qmd", 5, "the label 'a' stands already at chapters/01-one.qmd:3.")
    ]


def test_a_file_that_is_not_utf8_is_refused(book):
    (book.root / "chapters/01-one.qmd").write_bytes("# Größe {#sec-one}\n".encode("latin-1"))
    [(path, _, message)] = book.problems()
    assert path == "chapters/01-one.qmd"
    assert "not UTF-8" in message


def test_everything_wrong_in_all_chapters_is_said_at_once(book):
    book.list_chapters("index.qmd", "chapters/01-one.qmd", "chapters/02-two.qmd")
    book.chapter("```{python}\n1\n```\n\nSo ``{python} x``.")
    book.chapter(
        "::: {.callout-hint}\nx\n:::\n\n## No id\n\n@fig-none",
        path="chapters/02-two.qmd",
        title="# Two {#sec-two}",
    )
    assert [(path, line) for path, line, _ in book.problems()] == [
        ("chapters/01-one.qmd", 3),  # no label
        ("chapters/01-one.qmd", 7),  # a longer code span
        ("chapters/02-two.qmd", 3),  # unknown callout
        ("chapters/02-two.qmd", 7),  # a heading without id
        ("chapters/02-two.qmd", 9),  # a reference to nothing
    ]

"""What press refuses in a chapter's tree, in the book's ids and references. The arrow marks the line that must be named."""

import pytest

OPTIONS = "- [ ] First.\n\n  Why.\n\n- [x] Right.\n\n  Why.\n\n- [ ] Third.\n\n  Why.\n\n"
REVEAL = ":::: {.reveal}\nSo.\n::::\n:::"


def refused(book, body):
    lines = body.strip("\n").split("\n")
    line = next((n for n, text in enumerate(lines, 3) if "←" in text), 0)
    book.chapter(body.replace(" ←", ""))
    found = book.problems()
    assert [(path, at) for path, at, _ in found] == [("chapters/01-one.qmd", line)], found
    return found[0][2]


PROSE = {
    "a heading without id": (
        "Why *this* heading\n\n## Why *this* heading ←",
        "“Why this heading” needs an id",
    ),
    "a heading with another id": ("## Why {#why} ←", "needs an id: {#sec-…}"),
    "a heading's unknown class": ("## Why {#sec-why .big} ←", "unknown class 'big'"),
    "a raw HTML block": ("Text.\n\n<hr> ←", "raw html"),
    "a raw <div>": ("Text.\n\n<div>x</div> ←", "without class or id"),
    "raw HTML in a line": ("Text.\n\nA<br>line. ←", "raw html"),
    "an HTML comment": ("Text.\n\n<!-- later --> ←", "raw html"),
    "raw LaTeX": ("Text \\newpage ← here.", "raw tex"),
    "a picture": ("Text.\n\n![A cat](cat.png) ←", "a picture comes from a cell"),
    "a span with a class": ("Some [text]{.small} ← here.", "press knows no spans"),
    "a span with a style": ('Some [text]{style="color: red"} ← here.', "press knows no spans"),
    "a footnote that is not there": ("Text.[^1] ←", "no such footnote"),
    "a footnote that nothing asks for": ("Text.\n\n[^1]: Why. ←", "Pandoc warns: Note with key '1'"),
    "a div that does not end": ("::: {.callout-tip} ←\nText.", "Pandoc warns: Div"),
    "colons that open no div": ("Text\n::: {.callout-note} ←\nx\n:::", "these colons open or close no div"),
    "a cell in a blockquote": ("> ```{python} ←\n> 1\n> ```", "{python}"),
    "a cell that Pandoc sees as indented text": (
        "Text.\n\n    ```{python} ←\n    #| label: a\n    ```",
        "'a' stands where Pandoc sees no cell",
    ),
    "an inline in mathematics": ("Text.\n\nIt is `{python} 1` and $a = `{python} x` b$. ←", "inside $…$"),
    "a table whose cells hold blocks": ("Text.\n\n+-----+ ←\n| - a |\n+-----+", "press knows pipe tables"),
}
MATHEMATICS = {
    "TeX that does not convert": ("Text.\n\n$$ a = \\frac{1}{ ←\n$$", "does not convert"),
    "an unknown command of TeX": ("Text.\n\n$\\notthere x$ ←", "does not convert"),
    "a norm in \\|": ("$\\|x\\|$ ←", r"\| in mathematics: write \lVert"),
    "a \\bigl": ("$\\bigl( x$ ←", r"\bigl in mathematics"),
    "a \\tag": ("$$ x \\tag{1} $$ ←", r"\tag in mathematics"),
    "a \\color": ("$\\color{red} x$ ←", r"\color in mathematics"),
    "a \\substack": ("$\\sum_{\\substack{i}} x$ ←", r"\substack in mathematics"),
    "a \\mathbf": ("$\\mathbf{x}$ ←", r"\boldsymbol"),
    "an equation's id away from its equation": ("$$ x $$\n\n{#eq-x} ←", "right behind the $$"),
}
DIVS = {
    "an unknown callout": ("::: {.callout-hint} ←\nx\n:::", "unknown callout 'callout-hint'"),
    "a callout's unknown attribute": ('::: {.callout-tip icon="false"} ←\nx\n:::', "unknown attribute 'icon'"),
    "a callout with collapse=false": ('::: {.callout-tip collapse="false"} ←\nx\n:::', 'collapse is "true"'),
    "an unknown class": ("::: {.aside} ←\nx\n:::", "unknown class 'aside'"),
    "content for an unknown format": ('::: {.content-visible when-format="docx"} ←\nx\n:::', "content-visible knows"),
    "content for no format": ("::: {.content-visible} ←\nx\n:::", "content-visible knows"),
    "a second step without reason": (
        '::: {.derivation #drv-a}\n:::: {.step because="So."}\nx\n::::\n:::: {.step} ←\ny\n::::\n:::', "says why",
    ),
    "a derivation with more than steps": ('::: {.derivation #drv-a} ←\nx\n:::', "holds steps and nothing else"),
    "an interactive without figure": ("::: {.interactive} ←\nx\n:::", "names its figure"),
    "a reveal of no prediction": ("::: {.reveal} ←\nx\n:::", "says which it waits for"),
    "a reveal that waits for no prediction of the page": ('::: {.reveal after="prd-x"} ←\nx\n:::', "no prediction #prd-x"),
}  # fmt: skip
PREDICTIONS = {
    "without id": ("::: {.predict} ←\nQ?\n\n" + OPTIONS + REVEAL, "needs an id"),
    "with two options": (
        "::: {.predict #prd-a} ←\nQ?\n\n" + OPTIONS.replace("- [ ] Third.\n\n  Why.\n\n", "") + REVEAL,
        "three options or more",
    ),
    "without a right answer": (
        "::: {.predict #prd-a} ←\nQ?\n\n" + OPTIONS.replace("[x]", "[ ]") + REVEAL,
        "one option is right",
    ),
    "with two right answers": (
        "::: {.predict #prd-a} ←\nQ?\n\n" + OPTIONS.replace("[ ] F", "[x] F") + REVEAL,
        "one option is right",
    ),
    "without feedback": (
        "::: {.predict #prd-a}\nQ?\n\n" + OPTIONS.replace("Third.\n\n  Why.", "Third. ←") + REVEAL,
        "“Third.” does not tell",
    ),
    "with a question that is no number": (
        '::: {.predict #prd-a question="one"} ←\nQ?\n\n' + OPTIONS + REVEAL,
        "the number of a quiz's question",
    ),
    "with a title": ('::: {.predict #prd-a title="Q"} ←\nQ?\n\n' + OPTIONS + REVEAL, 'knows question="…"'),
    "without reveal": ("::: {.predict #prd-a} ←\nQ?\n\n" + OPTIONS + ":::", "ends with its .reveal"),
}
REFERENCES = {
    "to no figure": (
        "See @fig-ab2.\n\nSee @fig-ab. ←\n\n```{python}\n#| label: fig-ab2\n#| fig-cap: C\n#| fig-alt: A\n1\n```",
        "@fig-ab refers to nothing",
    ),
    "to no prediction": ("See @prd-a. ←", "@prd-a is not in the bibliography"),
    "with words around it": ("See [see @sec-one]. ←", "without words around"),
    "to what has no number": ("See @sec-welcome. ←", "has no number"),
    "to a citation that is not there": (
        "Text.\n\nSee @hubble1929 ←.",
        "@hubble1929 is not in the bibliography",
    ),
    "by a link to no chapter": ("See [two](02-two.qmd). ←", "leads to no chapter"),
    "by a link to no place of this page": ("See [it](#sec-none). ←", "leads nowhere"),
    "by a link to no place of another": ("See [it](../index.qmd#sec-one). ←", "index.qmd has no such id"),
    "by a link to no file": ("See [data](../data/x.csv). ←", "there is no file data/x.csv"),
}
IDS = {
    "two headings": "## A {#sec-a}\n\n## B {#sec-a} ←",
    "two equations": "$$ x $$ {#eq-a}\n\n$$ y $$ {#eq-a} ←",
    "a table and a cell": "| a |\n|---|\n| 1 |\n\n: C {#tbl-a}\n\n```{python}\n#| label: tbl-a ←\n#| tbl-cap: C\n1\n```",
    "two derivations": '::: {.derivation #drv-a}\n:::: {.step because="a"}\nx\n::::\n:::\n\n::: {.derivation #drv-a} ←\n:::: {.step because="a"}\nx\n::::\n:::',
    "a heading here and in the index": "## A {#sec-welcome} ←",
}
TABLES = {
    "a table with a caption and no id": ("| a |\n|---|\n| 1 |\n\n: Caption. ←", "needs an id"),
    "a table with an id and no caption": ("| a |\n|---|\n| 1 |\n\n: {#tbl-a} ←", "has no caption"),
}
ALL = PROSE | MATHEMATICS | DIVS | REFERENCES | TABLES


@pytest.mark.parametrize(("body", "words"), ALL.values(), ids=ALL)
def test_it_is_refused_at_its_line(book, body, words):
    assert words in refused(book, body)


@pytest.mark.parametrize(("body", "words"), PREDICTIONS.values(), ids=PREDICTIONS)
def test_a_prediction_is_refused(book, body, words):
    assert words in refused(book, body)


@pytest.mark.parametrize("body", IDS.values(), ids=IDS)
def test_an_id_that_stands_twice_is_refused_where_it_stands_again(book, body):
    assert "stands twice in the book" in refused(book, body)


def test_a_section_is_not_referred_to_from_a_page_without_number(book):
    book.write("index.qmd", "# Welcome {#sec-welcome .unnumbered}\n\nSee @sec-one.\n")
    [(path, line, message)] = book.problems()
    assert (path, line) == ("index.qmd", 3)
    assert "Quarto words this otherwise" in message


def test_an_unnumbered_section_has_no_number_to_refer_to(book):
    assert "has no number" in refused(book, "See @sec-end. ←\n\n## End {#sec-end .unnumbered}")


def test_a_chapter_starts_with_its_title(book):
    book.write("chapters/01-one.qmd", "Text.\n\n# One {#sec-one}\n")
    assert book.problems() == [
        ("chapters/01-one.qmd", 0, "a chapter starts with its title: `# Title {#sec-…}`.")
    ]

"""The sample's elements in the PDF's text, the EPUB and the notebooks."""

import io
import json
import re
import textwrap
import zipfile

import nbformat
import pytest
from lxml import etree
from pdfminer.high_level import extract_text

from press import settle, typst, typst_captioned


@pytest.fixture(scope="session")
def paper(sample):
    """The first chapter in Typst, its runs of space made one."""
    return " ".join(sample.typst("01-elements").replace("~", " ").split())


PAPER = {
    "a section with number and label": '#section(2, "1.1")[Numbers] <sec-numbers>',
    "a reference": "See #link(<eq-first>)[Equation 1.1], #link(<eq-second>)[1.2], #link(<sec-numbers>)[Section 1.1]",
    "a reference to another chapter": "#link(<sec-deeper>)[Section 2.1.1]",
    "an appendix": "#link(<sec-notation>)[Appendix A] with #link(<eq-appendix>)[Equation A.1]",
    "a citation": "As Gauss (#link(<ref-gauss1809>)[1809]) says",
    "inline values, escaped": r"The values are 3, 0.5 and a \*b\* \_c\_ \<d\> \$e\$ \#f.",
    "a numbered equation with alt text": r'math.equation(alt: "a = \\lVert b \\rVert");#set math.equation(numbering: _ => [(1.1)])',
    "an equation without number": '#[#set math.equation(alt: "c = d");$ c = d $]',
    "a figure with alt text and width": r'svg", "A blue field, \"wide\" & flat.", 72pt',
    "a caption": "#caption-label[Figure 1.1] A #emph[blue] field",
    "a table": "#table(columns: (auto, auto, auto,), align: (left, center, right,), table.header([Plain], [Centre], [Value], ), [Größe],",
    "a footnote, its link written out": 'footnote[A note with a #outside("https://example.org/note")[link].]',
    "a note of the margin": "#book-column-margin[ A note beside the text, on ",
    "what is for paper": "Only on paper.",
    "the way to an answer": "#link(<01-elements-answer-1>)[Answer & reason, at the end of the chapter]",
    "the way back": '#answer("Answer & reason", <01-elements-answer-1-asked>)[ Because of #link(<eq-second>)',
    "a reason": "#book-because[ The law of cosines, for θ.",
    "an error that is meant": "``` ZeroDivisionError: division by zero ```",
    "a prediction's options": "#book-options[ Nothing. ][ Something, 3 times. ][ All. ]",
    "what choosing tells, apart": "#book-verdicts[ Too little. ][ #strong[Right.] That much. ][ Too much. ]",
}


@pytest.mark.parametrize("words", PAPER.values(), ids=PAPER)
def test_the_text_for_paper_holds(paper, words):
    assert words in paper


@pytest.mark.parametrize("words", ["Only on a screen.", "output is hidden\n```", 'print("code is hidden")'])
def test_the_text_for_paper_does_not_hold(sample, words):
    assert words not in sample.typst("01-elements")


def test_on_paper_answers_stand_after_everything_else_of_their_chapter(paper):
    question, heading, answer = (paper.index(w) for w in ("-asked>", "#answers-heading()", "Because of"))
    assert question < paper.index("#book-derivation[") < heading < answer


def test_on_paper_what_choosing_tells_stands_between_the_options_and_the_experiment(paper):
    places = [
        paper.index(words)
        for words in ("#book-question(", "#book-options[", "#book-verdicts[", "#book-reveal(")
    ]
    assert places == sorted(places)


ASKED = """
**Try this:** drag it.

::: {.callout-tip #ans-one-drag collapse="true" title="Try this, answer"}
It moves.
:::

**1.** Why?

::: {.callout-tip #ans-one-1 collapse="true" title="Answer"}
Because.
:::

**2.** And here?

::: {.callout-tip #ans-one-2 collapse="true" title="Answer"}
Here too.
:::

::: {.predict #prd-quiz question="7"}
Which?

- [ ] This.

  No.

- [x] That.

  Yes.

- [ ] None.

  No.

:::: {.reveal}
So it is.
::::
:::
"""


def test_on_paper_an_answer_bears_its_questions_number_and_not_its_place_among_the_answers(book):
    book.chapter(ASKED)
    made = typst.chapter(book.chapters()["01-one"].page).replace("~", " ")
    assert re.findall(r'#answer\("([^"]+)", <([\w-]+)>', made) == [
        ("Try this, answer", "ans-one-drag-asked"),
        ("Answer to question 1", "ans-one-1-asked"),
        ("Answer to question 2", "ans-one-2-asked"),
    ]
    assert "#book-answer-link(<ans-one-2>)[#link(<ans-one-2>)[Answer to question 2, at the end" in made


CURVES = "".join(
    f"""
::: {{.callout-tip #ans-curve-{letter} collapse="true" title="Curve {letter.upper()}, answer"}}
It is {letter}.
:::
"""
    for letter in "abc"
)


def test_many_links_to_answers_stand_side_by_side_and_say_once_where_the_answers_are(book):
    book.chapter("Which?\n" + CURVES)
    made = " ".join(typst.chapter(book.chapters()["01-one"].page).replace("~", " ").split())
    told, links = made.index("Answers, at the end of the chapter:"), made.index("#book-answer-links[")
    assert made.index("#book-asks[ Which?") < told < links
    for letter in "abc":
        link = f"#link(<ans-curve-{letter}>)[Curve {letter.upper()}]] <ans-curve-{letter}-asked>"
        assert made.index(link) > links
        assert f'#answer("Curve {letter.upper()}, answer", <ans-curve-{letter}-asked>)' in made
    with zipfile.ZipFile(io.BytesIO(book.build("epub")["small.epub"])) as archive:
        chapter = next(text for name in archive.namelist() if b"Curve A" in (text := archive.read(name)))
    [box] = etree.fromstring(chapter).xpath("//*[@class='answer-links']")
    assert [child.get("id") for child in box] == [None, *(f"ans-curve-{letter}-asked" for letter in "abc")]
    words = " ".join("".join(box.itertext()).split())
    assert words == "Answers, at the end of the chapter: Curve A Curve B Curve C"


def test_a_quizs_question_says_its_number_and_that_an_answer_follows(book):
    book.chapter(ASKED)
    made = typst.chapter(book.chapters()["01-one"].page)
    assert '#book-question("Question 7", false)[' in made
    assert '#book-reveal("Answer")[' in made
    assert (
        b'<div id="prd-quiz" class="predict" data-question="7">' in book.build("html")["chapters/01-one.html"]
    )


def test_what_waits_for_a_prediction_elsewhere_is_plain_text_where_nobody_can_choose(book):
    book.chapter(f'{ASKED}\n::: {{.reveal after="prd-quiz"}}\nIt was that one.\n:::\n')
    made = typst.chapter(book.chapters()["01-one"].page)
    assert made.count("#book-reveal(") == 1
    assert "It was that one." in made
    with zipfile.ZipFile(io.BytesIO(book.build("epub")["small.epub"])) as archive:
        chapter = next(text for n in archive.namelist() if b"It was that one." in (text := archive.read(n)))
    assert chapter.count(b'class="reveal"') == 1
    assert b'<div class="reveal" data-after="prd-quiz">' in book.build("html")["chapters/01-one.html"]


def test_a_question_to_a_figure_that_moves_sends_the_reader_of_paper_to_the_web_page(book):
    book.chapter(ASKED)
    ready = book.chapters()["01-one"]
    made = typst.chapter(ready.page)
    assert "#strong[On the web page:] drag it." in made
    assert "Try this:" not in made


def test_columns_of_long_texts_share_the_line_and_names_in_code_keep_theirs(book):
    book.chapter("""
        | symbol | meaning | code |
        |:--|:--|:--|
        | w | a weight, which says how much one input counts for in the sum | `model.coef_after_fitting` |

        : Signs. {#tbl-signs}
    """)
    chapter = book.chapters()["01-one"]
    assert re.search(r"columns: \(auto, \d+fr, auto,\)", typst.chapter(chapter.page))


def test_columns_share_the_line_so_that_the_table_is_low():
    columns = [["one two three four five six", "-"], ["-", "far longer words, " * 11]]

    def height(shares):
        return sum(
            max(len(textwrap.wrap(cell, share)) for cell, share in zip(row, shares, strict=True))
            for row in zip(*columns, strict=True)
        )

    shares = typst_captioned._shares(columns, 60)
    assert sum(shares) == 60
    assert height(shares) < height(
        [7, 53]
    )  # as the lengths of the longest cells, 27 and 198, alone would have it
    assert height(shares) == min(height([first, 60 - first]) for first in range(5, 51))


def test_a_bold_paragraph_keeps_with_the_list_that_it_heads_and_a_signature_with_its_meaning(book):
    book.chapter("""
        **After** the first

        - one

        A text

        - two

        ```{python}
        #| label: shown
        #| echo: false
        from ml_from_scratch.show import Markdown
        Markdown("```{#shapes.f .python}\\nf(x)\\n```\\n\\nIts meaning.")
        ```
    """)
    made = " ".join(typst.chapter(book.chapters()["01-one"].page).split())
    assert "#book-asks[ #strong[After] the first ]" in made
    assert made.count("#book-asks[") == 1
    assert "#book-signature[ ```python f(x) ``` ]" in made


CHAPTER_ENDS = """
#let tight = json(bytes(sys.inputs.at("tight", default: "[]")))
#metadata((key: "one", filled: {filled})) <book-end>
"""
ENDS = {
    "helped": ('if "one" in tight { 0.9 } else { 0.05 }', ["one"]),
    "not helped": ("0.05", []),
    "needs none": ("0.5", []),
}


@pytest.mark.parametrize(("filled", "tight"), ENDS.values(), ids=ENDS)
def test_a_chapter_that_would_end_with_a_few_lines_is_set_closer_where_that_helps(tmp_path, filled, tight):
    (tmp_path / "book.typ").write_text(CHAPTER_ENDS.replace("{filled}", filled))
    assert settle.chapter(tmp_path / "book.typ")["tight"] == tight


SWINGS = """
#let places = json(bytes(sys.inputs.at("places", default: "{}")))
#metadata((key: "a", place: "here")) <book-place>
#metadata((key: "b", place: if places.at("b", default: "") == "here" { "next" } else { "here" })) <book-place>
#metadata((key: "c", place: if places.at("b", default: "") == "next" { "next" } else { "here" })) <book-place>
"""


def test_a_figure_that_finds_room_only_while_it_is_not_there_goes_to_the_next_page(tmp_path):
    (tmp_path / "book.typ").write_text(SWINGS)
    told = settle.chapter(tmp_path / "book.typ")
    assert told == {"places": {"a": "here", "b": "next", "c": "next"}, "crowded": ["b", "c"], "tight": []}
    assert json.loads(settle.book(tmp_path / "book.typ", [told])["places"]) == told["places"]


def test_the_whole_book_corrects_what_a_chapter_told(tmp_path):
    (tmp_path / "book.typ").write_text(SWINGS)
    wrong = {"places": {"a": "next", "b": "next", "c": "here"}, "crowded": ["b"], "tight": []}
    assert json.loads(settle.book(tmp_path / "book.typ", [wrong])["places"]) == {
        "a": "here",
        "b": "next",
        "c": "next",
    }


def test_code_that_shows_a_functions_source_stays_on_its_page(book):
    book.chapter("""
        ```{python}
        #| label: shown
        from ml_from_scratch.show import Markdown
        Markdown("```python\\nf(x)\\n```")
        ```
    """)
    made = " ".join(typst.chapter(book.chapters()["01-one"].page).split())
    assert re.search(
        r"#book-cell\[ ````python from .*? ```` #book-source\[ ```python f\(x\) ``` \] \]", made
    ), made


DRAWN = """
## Drawn {{#sec-drawn}}

Text before it.

```{{python}}
#| label: fig-drawn
#| echo: {echo}
#| fig-cap: "A field."
#| fig-alt: "A field, alone."
class Picture:
    def _repr_svg_(self):
        return '<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt"/>'
Picture()
```
"""


@pytest.mark.parametrize(("echo", "offered"), [("false", 1), ("true", 0)])
def test_a_figure_whose_code_is_not_shown_may_stand_before_its_section(book, echo, offered):
    book.chapter(DRAWN.format(echo=echo))
    text = typst.chapter(book.chapters()["01-one"].page)
    early = re.findall(r"#early-figure(\(.*?\]\n)", text, re.DOTALL)
    (written,) = re.findall(r"#book-figure(\(.*?\]\n)", text, re.DOTALL)
    assert early == [written] * offered
    section = text.index('#before-section("1.1")#section(2, "1.1")')
    assert all(text.index(f"#early-figure{copy}") < section for copy in early)
    assert section < text.index("#book-figure(")


def test_words_that_lead_to_another_chapter_say_its_page_on_paper(book):
    book.list_chapters(
        "index.qmd", "chapters/01-one.qmd", "chapters/02-two.qmd", appendices=("chapters/a.qmd",)
    )
    book.chapter("See [the other](02-two.qmd), [it too](02-two.qmd#sec-two), @sec-two, and [this](#sec-one).")
    book.chapter("Text.", path="chapters/02-two.qmd", title="# Two {#sec-two}")
    book.chapter("Looked up: @sec-two.", path="chapters/a.qmd", title="# Terms {#sec-terms}")
    made = {slug: typst.chapter(ready.page).replace("~", " ") for slug, ready in book.chapters().items()}
    assert (
        "See #paged(<page-chapters-02-two>)[the other], #paged(<sec-two>)[it too], "
        "#link(<sec-two>)[Chapter 2], and #link(<sec-one>)[this]."
    ) in made["01-one"]
    assert "Looked up: #paged(<sec-two>)[Chapter 2]." in made["a"]


def test_a_table_cell_that_begins_like_a_list_is_no_list_on_paper(book):
    book.chapter("""
        | sign | meaning |
        |:--|:--|
        | + for − | a slip |
        | = 3 | a value |

        : Signs. {#tbl-signs}
    """)
    text = extract_text(io.BytesIO(book.build("pdf")["small.pdf"]))
    assert "+ for −" in text
    assert "= 3" in text


def test_the_pdf_claims_both_standards_and_its_language(sample):
    pdf = sample.files["small.pdf"]
    assert pdf.startswith(b"%PDF-1.7")
    for claim in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<", b"/Lang"):
        assert claim in pdf, claim


@pytest.fixture(scope="session")
def ebook(sample):
    """The EPUB's files, its texts as trees."""
    with zipfile.ZipFile(io.BytesIO(sample.files["small.epub"])) as archive:
        assert archive.namelist()[0] == "mimetype"
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xhtml", ".opf"))
        }


def test_the_ebook_holds_no_time_of_its_making(sample):
    with zipfile.ZipFile(io.BytesIO(sample.files["small.epub"])) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def anchors(ebook):
    return {f"{name.rpartition('/')[2]}#{i}" for name, tree in ebook.items() for i in tree.xpath("//@id")}


def test_every_link_in_the_ebook_leads_somewhere(ebook):
    known = anchors(ebook)
    for name, tree in ebook.items():
        for target in tree.xpath("//*[local-name()='a']/@href"):
            here = target if not target.startswith("#") else name.rpartition("/")[2] + target
            if "#" in here and "://" not in here:
                assert here.removeprefix("text/") in known, (name, target)


def test_the_ebook_hides_nothing_and_gathers_answers_with_links_both_ways(ebook):
    [chapter] = [tree for tree in ebook.values() if tree.xpath("//*[@id='sec-elements']")]
    assert chapter.xpath("//*[local-name()='details']") == []
    [asked] = chapter.xpath("//*[@class='answer-link']")
    [answer] = chapter.xpath("//*[@class='answer']")
    assert asked.xpath(".//@href")[0].endswith("#" + answer.get("id"))
    assert answer.xpath(".//@href")[-1].endswith("#" + asked.get("id"))
    assert "from the answer" in "".join(answer.itertext())


def test_the_ebook_has_mathml_figures_with_alt_text_and_what_is_for_screens(ebook):
    [chapter] = [tree for tree in ebook.values() if tree.xpath("//*[@id='sec-elements']")]
    words = "".join(chapter.itertext())
    assert chapter.xpath("//*[@id='eq-first']//*[local-name()='math']")
    assert chapter.xpath("//*[@id='fig-picture']//@alt") == ['A blue field, "wide" & flat.']
    assert "Only on a screen." in words
    assert "Only on paper." not in words
    assert "3, 0.5 and a *b* _c_ <d> $e$ #f." in words


@pytest.fixture(scope="session")
def notebooks(sample):
    return {name[10:]: json.loads(text) for name, text in sample.files.items() if name.endswith(".ipynb")}


def cells(notebook, kind="code"):
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind}


def test_chapters_that_share_a_key_share_a_notebook_in_the_books_order(notebooks):
    assert set(notebooks) == {"01-elements.ipynb", "02-second.ipynb", "shared.ipynb"}
    titles = [
        source for source in cells(notebooks["shared.ipynb"], "markdown").values() if source.startswith("# ")
    ]
    assert [title.split("\n")[0] for title in titles] == ["# 1 Elements", "# 2 Second"]


def test_notebooks_are_valid(notebooks):
    for notebook in notebooks.values():
        nbformat.validate(nbformat.from_dict(notebook))


def test_every_cell_is_in_the_notebook_wherever_it_stands_in_the_chapter(notebooks, sample):
    source = sample.chapters["01-elements"].page.source
    run = {cell.label: cell.code for cell in source.cells if cell.option("eval", True)}
    assert cells(notebooks["01-elements.ipynb"]) == run


def test_code_that_is_not_to_be_run_is_to_be_read_in_the_notebook(notebooks):
    words = cells(notebooks["01-elements.ipynb"], "markdown")
    assert words["not-run"] == '```python\nprint("is not run")\n```'


def test_a_cells_neighbours_in_a_list_or_callout_stay_in_the_notebook(notebooks):
    words = "\n\n".join(cells(notebooks["01-elements.ipynb"], "markdown").values())
    assert "1.  A first item.\n\n2.  A list whose item holds a cell:" in words
    assert "> Before the cell." in words
    assert "> After the cell." in words


def test_the_notebook_keeps_outputs_and_marks_an_error_that_is_meant(notebooks):
    by_id = {cell["id"]: cell for cell in notebooks["01-elements.ipynb"]["cells"]}
    assert by_id["checks"]["outputs"][0]["text"] == ["True"]
    assert by_id["raises"]["metadata"] == {"tags": ["raises-exception"]}
    assert by_id["quiet"]["outputs"] == []
    assert "image/svg+xml" in by_id["fig-picture"]["outputs"][0]["data"]


NOTEBOOK = {
    "references that lead to the site": "[Equation 1.1](../chapters/01-elements.html#eq-first)",
    "references to other chapters": "[Appendix A](../chapters/a-notation.html#sec-notation)",
    "numbered equations": r"$$a = \lVert b \rVert \qquad (1.1)$$",
    "inline values, escaped": r"3, 0.5 and a \*b\* \_c\_ \<d\> \$e\$ \#f.",
    "captions": "**Figure 1.1** A *blue* field",
    "answers behind a fold": "<details><summary>Answer &amp; reason</summary>",
    "feedback behind a fold": "<details><summary>If you chose this</summary>\n\n  Not this one.\n\n  Too little.",
    "the way to install the package": "`uv add ./ml_from_scratch-0.1.0-py3-none-any.whl jupyter`",
}


@pytest.mark.parametrize("words", NOTEBOOK.values(), ids=NOTEBOOK)
def test_the_notebooks_prose_holds(notebooks, words):
    prose = "\n\n".join(cells(notebooks["01-elements.ipynb"], "markdown").values())
    assert words in prose.replace("\N{NO-BREAK SPACE}", " ")


def test_the_wheel_that_lies_beside_the_notebooks_holds_the_package_and_its_data(sample):
    wheel = sample.files["notebooks/ml_from_scratch-0.1.0-py3-none-any.whl"]
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        assert {"ml_from_scratch/linear.py", "ml_from_scratch/data/hubble1929.csv"} <= set(archive.namelist())

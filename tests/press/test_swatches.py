"""Words of a figure's caption that name a role: what press knows of them, and what each format makes of them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import html

from ml_from_scratch.style import PALETTE
from press import check_elements, typst

if TYPE_CHECKING:
    from pathlib import Path

CELL = """```{python}
#| label: fig-a
#| fig-cap: "%s"
#| fig-alt: "Dots and a line."
import matplotlib.pyplot as plt
from ml_from_scratch.style import use_book_style
use_book_style()
plt.plot([1, 2]);
```
"""
CAPTION = "The [line]{.role-model} (straight) meets *all* [data]{.role-data}(few)."
CUES = {"-": "solid", "--": "dashed", ":": "dotted"}  # Matplotlib's dashes, in the words of CSS and Typst


def test_press_knows_the_palettes_roles():
    grounds = {"ink", "muted", "paper", "surface", "rule", "accent"}
    assert list(check_elements.ROLES) == [name for name in PALETTE if name not in grounds]


@pytest.mark.parametrize(
    "span",
    [
        "[line]{.role-modle}",
        "[line]{.model}",
        "[line]{.role-model .role-data}",
        "[line]{#x .role-model}",
        "[line]{.role-model a=b}",
        "[line]{.role-ink}",
    ],
)
def test_a_span_that_names_no_role_or_more_is_refused(book, span):
    book.chapter(CELL % f"The {span} rises.")
    [(path, line, message)] = book.problems()
    assert (path, line) == ("chapters/01-one.qmd", 3)
    assert "[line]{…} in a caption names one role of the palette" in message
    assert "press knows: role-data, role-model, role-residual, " in message


def test_a_role_is_known_in_a_figures_caption(book):
    book.chapter(CELL % CAPTION)
    assert book.problems() == []


def test_a_role_is_refused_in_a_tables_caption_and_in_the_text(book):
    cell = '```{python}\n#| label: tbl-a\n#| tbl-cap: "The [line]{.role-model}."\n1\n```\n'
    book.chapter(f"{cell}\nA [line]{{.role-model}}.")
    assert [(line, message.partition(":")[0]) for _, line, message in book.problems()] == [
        (3, "the cell 'tbl-a' shows Markdown that press does not know there"),
        (9, "press knows no spans, [text]{…}"),
    ]


@pytest.fixture(scope="module")
def marked(make_book):
    """A book with such a caption, and its files."""
    book = make_book()
    book.list_chapters("index.qmd", "chapters/01-one.qmd")
    book.chapter(CELL % CAPTION, title="---\nnotebook: all\n---\n\n# One {#sec-one}")
    return book, book.build("html", "epub", "notebooks")


def test_on_the_page_the_words_bear_their_roles_class_and_no_style(marked):
    page = marked[1]["chapters/01-one.html"].decode()
    caption = html.fromstring(page).xpath("//figcaption")[0]
    assert [(span.get("class"), span.text) for span in caption.xpath("./span")[1:]] == [
        ("role-model", "line"),
        ("role-data", "data"),
    ]
    assert (
        caption.text_content().strip()
        == "Figure\N{NO-BREAK SPACE}1.1 The line (straight) meets all data(few)."
    )
    assert "style=" not in html.tostring(caption).decode()


def test_in_the_epub_the_words_bear_it_too(marked):
    with zipfile.ZipFile(io.BytesIO(marked[1]["small.epub"])) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    assert '<span class="role-model">line</span>' in text


def test_in_the_notebook_the_caption_is_plain_words(marked):
    cells = ["".join(cell["source"]) for cell in json.loads(marked[1]["notebooks/01-one.ipynb"])["cells"]]
    assert "**Figure\N{NO-BREAK SPACE}1.1** The line (straight) meets *all* data(few)." in cells


def test_in_the_pdf_the_mark_ends_before_a_bracket_that_follows(marked):
    text = " ".join(typst.chapter(marked[0].chapters()["01-one"].page).split())
    assert 'The #swatch("model")[line]; (straight)' in text
    assert r'#swatch("data")[data];\(few).' in text


def test_the_marks_are_drawn_as_the_palettes_strokes_in_every_format(root: Path):
    sheets = [root / "figures" / name for name in ("css/30-elements.css", "epub.css")]
    written = {
        sheet.name: re.findall(
            r"figcaption \.role-(\w+)::before \{ border-top: ([\d.]+)pt (\w+); \}", sheet.read_text()
        )
        for sheet in sheets
    }
    written["swatch.typ"] = re.findall(
        r'^  (\w+): \(([\d.]+), "(\w+)"\),$', (root / "figures" / "swatch.typ").read_text(), re.MULTILINE
    )
    strokes = {name: PALETTE[name] for name in check_elements.ROLES if not PALETTE[name].marker}
    for name, found in written.items():
        assert {role: (float(width), dash) for role, width, dash in found} == {
            role: (look.width, CUES[look.dash]) for role, look in strokes.items()
        }, name
    assert PALETTE["data"].marker == "o"  # the one role of dots, and the marks' only circle

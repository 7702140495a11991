"""What press reads, and refuses, in `_quarto.yml`."""

import pytest

from press import project
from press.errors import Refused

WRONG = {
    "a key that press does not know": ("lang: en", "language: en", "unknown key 'language'"),
    "a key of project that press does not know": ("  type: book", "  type: book\n  preview: x", "project: 'preview'"),
    "a key of book that press does not know": ('  author: "Nobody"', '  authors: "Nobody"', "book: 'authors'"),
    "another type of project": ("  type: book", "  type: website", "type: must be book"),
    "a book without title": ('  title: "A small book"', '  subtitle: "A small book"', "book: needs a title"),
    "a chapter that is not there": ("chapters/01-one.qmd", "chapters/02-two.qmd", "there is no file chapters/02-two.qmd"),
    "a chapter of another kind": ("chapters/01-one.qmd", "chapters/01-one.md", "a chapter is the path of a .qmd file"),
    "a chapter twice": ("chapters/01-one.qmd", "index.qmd", "index.qmd stands twice"),
    "a book without index": ("    - index.qmd\n", "", "the first chapter must be index.qmd"),
    "a part's key that press does not know": ("    - index.qmd", "    - file: index.qmd", "key of a part 'file'"),
    "a part without name": ("    - chapters/01-one.qmd", "    - chapters: [chapters/01-one.qmd]", "a part needs a name"),
    "chapters that are not a list": ("  chapters:\n    - index.qmd\n    - chapters/01-one.qmd", "  chapters: index.qmd", "chapters: is a list"),
    "a bibliography that is not there": ("references.bib", "missing.bib", "there is no file missing.bib"),
    "two bibliographies": ("references.bib", "[references.bib]", "there is no file"),
    "what is not YAML": ('title: "A small book"', 'title: "A small', "not YAML"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), WRONG.values(), ids=WRONG)
def test_it_is_refused(book, old, new, words):
    book.replace("_quarto.yml", old, new)
    with pytest.raises(Refused) as refused:
        project.load(book.root)
    [problem] = refused.value.problems
    assert words in problem.message
    assert str(problem.path) == "_quarto.yml"
    assert problem.line > 0


def test_the_line_of_an_unknown_key_is_its_own(book):
    book.replace("_quarto.yml", "lang: en", "language: en")
    lines = (book.root / "_quarto.yml").read_text().split("\n")
    assert [line for _, line, _ in book.problems()] == [lines.index("language: en") + 1]


def test_one_pdf_is_for_the_books_paper_and_the_second_for_the_other(book):
    assert project.load(book.root).pdfs == {"small.pdf": "a4", "small-letter.pdf": "us-letter"}
    book.replace("_quarto.yml", "lang: en", "lang: en\nformat:\n  typst:\n    papersize: us-letter")
    assert project.load(book.root).pdfs == {"small.pdf": "us-letter", "small-a4.pdf": "a4"}
    book.replace("_quarto.yml", "us-letter", "a5")
    with pytest.raises(Refused, match="papersize: is a4 or us-letter; got 'a5'"):
        project.load(book.root)


def test_a_folder_without_a_book_is_refused(tmp_path):
    with pytest.raises(Refused, match="run press in the book's folder"):
        project.load(tmp_path)


def test_a_chapter_that_the_book_does_not_list_is_refused(book):
    book.write("chapters/02-two.qmd", "# Two {#sec-two}\n")
    assert book.problems() == [("chapters/02-two.qmd", 0, "this chapter is not listed in _quarto.yml.")]


def test_chapters_know_their_part_their_page_and_the_way_home(book):
    book.replace(
        "_quarto.yml",
        "    - chapters/01-one.qmd",
        '    - part: "First"\n      chapters: [chapters/01-one.qmd]',
    )
    index, one = project.load(book.root).chapters
    assert (index.part, index.page, index.root) == (None, "index.html", "")
    assert (one.part, one.page, one.root) == ("First", "chapters/01-one.html", "../")

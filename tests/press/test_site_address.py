"""What a site knows of its own address, where `site-url` gives one."""

from __future__ import annotations

import json

from lxml import etree, html

ADDRESS = "https://books.example/first-week"


def test_without_an_address_pages_name_none(book):
    files = book.build("html")
    page = html.document_fromstring(files["chapters/01-one.html"])
    assert "sitemap.xml" not in files
    assert page.xpath("//link[@rel='canonical']") == []
    assert page.xpath("//meta[@property='og:image']/@content") == ["../assets/card.png"]
    assert html.document_fromstring(files["404.html"]).xpath("//main//a/@href") == ["index.html"]


def test_with_an_address_every_page_names_its_own_and_the_sitemap_all(book):
    book.replace("_quarto.yml", "book:\n", f'book:\n  site-url: "{ADDRESS}/"\n')
    files = book.build("html")
    places = {"index.html": f"{ADDRESS}/", "chapters/01-one.html": f"{ADDRESS}/chapters/01-one.html"}
    for name, address in places.items():
        page = html.document_fromstring(files[name])
        assert page.xpath("//link[@rel='canonical']/@href") == [address]
        assert page.xpath("//meta[@property='og:url']/@content") == [address]
        assert page.xpath("//meta[@property='og:image']/@content") == [f"{ADDRESS}/assets/card.png"]
    sitemap = etree.fromstring(files["sitemap.xml"])
    assert sitemap.xpath("//*[local-name()='loc']/text()") == list(places.values())
    assert "404" not in files["sitemap.xml"].decode()


def test_with_an_address_a_lost_reader_is_led_home_from_any_depth(book):
    book.replace("_quarto.yml", "book:\n", f'book:\n  site-url: "{ADDRESS}"\n')
    lost = html.document_fromstring(book.build("html")["404.html"])
    assert lost.xpath("//main//a/@href") == ["/first-week/index.html"]
    assert lost.xpath("//link[@rel='stylesheet']/@href") == ["/first-week/assets/book.css"]
    assert lost.xpath("//nav//a/@href")[0] == "/first-week/index.html"


def test_with_an_address_a_notebook_runs_and_links_wherever_it_is_opened(book):
    book.write(
        "chapters/01-one.qmd", "---\nnotebook: all\n---\n\n# One {#sec-one}\n\n[Home](../index.qmd).\n"
    )
    for address, root in ((None, "../"), (ADDRESS, f"{ADDRESS}/")):
        if address:
            book.replace("_quarto.yml", "book:\n", f'book:\n  site-url: "{address}"\n')
        first, *others = json.loads(book.build("notebooks")["notebooks/01-one.ipynb"])["cells"]
        assert f"[Home]({root}index.html)" in "".join("".join(cell["source"]) for cell in others)
        assert (f"%pip install {ADDRESS}/notebooks/ml_from_scratch-" in "".join(first["source"])) is bool(
            address
        )


def test_a_repository_gives_every_chapter_a_link_to_edit_it(book):
    book.replace("_quarto.yml", "book:\n", 'book:\n  repo-url: "https://git.example/book"\n')
    files = book.build("html")
    links = html.document_fromstring(files["chapters/01-one.html"]).xpath("//footer//a/@href")
    assert "https://git.example/book/edit/main/chapters/01-one.qmd" in links
    assert "https://git.example/book/issues/new" in links
    assert "git.example" not in files["404.html"].decode()

"""Names in code that lead to the package's reference, and what a page brings along of the pages that it links to."""

from __future__ import annotations

from types import SimpleNamespace

import lxml.html
import pytest

from press import code_links, highlight, html, previews, tree

HOME = "chapters/package.html"
DOT, NORM = f"{HOME}#sums.dot", f"{HOME}#sums.norm"
KNOWN = {"dot": DOT, "norm": NORM}


def page(*blocks, cells=(), at=HOME):
    source = SimpleNamespace(cells=[SimpleNamespace(code=code) for code in cells])
    return SimpleNamespace(chapter=SimpleNamespace(page=at), source=source, blocks=list(blocks))


def entry(name, code):
    return {"t": "CodeBlock", "c": [tree.attr(name, ["python"]), code]}


def linked(code, names=KNOWN):
    found = lxml.html.fromstring(highlight.to_html(code, "python", code_links.places(code, names)))
    assert found.text_content() == code.rstrip("\n")
    return [(link.text_content(), link.get("href")) for link in found.iter("a")]


def test_the_entries_are_the_functions_and_classes_that_the_reference_shows_without_their_members():
    shown = page(
        entry("sums.dot", "dot(a, b) -> float"),
        entry("sums.Total", "Total"),
        entry("sums.Total.add", "Total.add(x)"),
        entry("", "print(1)"),
        entry("other", "dot(a)"),
    )
    assert code_links.entries([shown]) == {"dot": DOT, "Total": f"{HOME}#sums.Total"}


def test_a_name_is_a_link_where_it_is_imported_and_where_a_block_first_uses_it():
    assert linked("from sums import dot\nfrom sums import norm as n\n") == [("dot", DOT), ("norm", NORM)]
    assert linked("x = dot(a, b) + dot(b, a)\nnorm(x)\n") == [("dot", DOT), ("norm", NORM)]
    assert linked("π = 'é'; print(dot)  # dot\n") == [("dot", DOT)]  # a place counts characters, not bytes


@pytest.mark.parametrize(
    "code",
    ["np.dot(a, b)", "f(dot=1)", "'dot'", "dot = 1", "def dot(a): pass", "dot(a: int) -> float", "x = )dot("],
    ids=["attribute", "keyword", "text", "assigned", "defined", "signature", "broken"],
)
def test_what_only_looks_like_the_name_is_no_link(code):
    assert linked(code + "\n") == []


def test_an_entry_does_not_lead_to_itself():
    [shown] = html.lower_tree([entry("sums.dot", "dot")], HOME, names=KNOWN)
    assert "<a" not in shown["c"][1]
    [other] = html.lower_tree([entry("sums.norm", "norm(dot)")], HOME, names=KNOWN)
    assert 'href="#sums.dot"' in other["c"][1]


@pytest.mark.parametrize(
    "cell",
    ["dot = 1", "def dot(a): pass", "class dot: pass", "def f(dot): pass", "from numpy import dot",
     "import dot", "from numpy import vdot as dot", "for dot in x: pass", "from sums import norm as dot"],
)  # fmt: skip
def test_a_page_that_gives_the_name_to_something_else_links_it_nowhere(cell):
    assert code_links.on_page(page(cells=["from sums import dot, norm", cell]), KNOWN) == {"norm": NORM}


def test_the_first_mention_in_the_text_is_a_link_but_in_no_heading_and_no_option():
    def code(words):
        return {"t": "Code", "c": [tree.attr(), words]}

    blocks = [
        {"t": "Header", "c": [2, tree.attr("h"), [code("dot")]]},
        tree.div(tree.attr("", ["predict"]), [tree.para([code("dot")])]),
        {"t": "HorizontalRule"},
        {"t": "BulletList", "c": [[tree.para([code("dot()"), tree.SPACE, code("dot"), code("other")])]]},
        tree.para([tree.link([code("norm")], "elsewhere")]),
    ]
    found = [node for node in tree.walk(code_links.mention(blocks, KNOWN)) if node["t"] == "Link"]
    assert [(tree.plain(link["c"][1]), link["c"][2][0]) for link in found] == [
        ("dot()", DOT),
        ("norm", "elsewhere"),
    ]
    assert not [node for node in tree.walk(blocks[:4]) if node["t"] == "Link"]  # a copy was changed


THERE = """
<figure id="fig-a" class="figure"><img src="../files/a.svg" alt="A"><figcaption><a href="#fig-a">Figure 1</a></figcaption></figure>
<div class="equation" id="eq-a"><math><mi>x</mi></math></div>
<div class="code" id="sums.dot"><pre tabindex="0"><code>dot(a, b)</code></pre></div><p>Add up.</p><p>More.</p>
<div class="reveal"><div class="equation" id="eq-secret"><math><mi>y</mi></math></div></div>
<details><div class="equation" id="eq-answer"><math><mi>z</mi></math></div></details>
<div id="ref-gauss" class="csl-entry">Gauss.</div>
<p id="other">Other.</p>
"""


def brought(body, at="chapters/one.html"):
    known = previews.entries(HOME, THERE)
    text = previews.template(at, body, known)
    if not text:
        return {}
    [template] = lxml.html.fragments_fromstring(text)
    return {part.get("data-for"): part for part in template.findall("div")}


def test_a_page_brings_along_each_thing_that_it_links_to_once_without_ids_and_links():
    links = "".join(
        f'<p><a class="reference" href="package.html#{i}">x</a></p>' for i in ("fig-a", "eq-a", "fig-a")
    )
    found = brought(
        links + '<a href="package.html#ref-gauss">Gauss</a> <a href="package.html#sums.dot">dot</a>'
    )
    assert list(found) == [f"package.html#{i}" for i in ("fig-a", "eq-a", "ref-gauss", "sums.dot")]
    assert found["package.html#sums.dot"].text_content() == "dot(a, b)Add up."
    assert found["package.html#fig-a"].text_content() == "Figure 1"
    for part in found.values():
        assert not part.xpath(".//*[@id or @tabindex or self::a]")


def test_pictures_are_found_from_the_page_that_brings_them_along():
    body = '<a href="{}#fig-a">x</a>'
    assert brought(body.format("package.html"))["package.html#fig-a"].xpath(".//img/@src") == [
        "../files/a.svg"
    ]
    assert brought(body.format(HOME), "index.html")[f"{HOME}#fig-a"].xpath(".//img/@src") == ["files/a.svg"]


@pytest.mark.parametrize("name", ["eq-secret", "eq-answer", "other"])
def test_what_waits_to_be_opened_and_what_is_only_text_is_not_brought_along(name):
    assert brought(f'<a href="package.html#{name}">x</a>') == {}


def test_a_page_brings_nothing_along_of_itself_and_of_other_sites():
    assert brought('<a href="#eq-a">x</a> <a href="https://example.org/package.html#eq-a">x</a>') == {}

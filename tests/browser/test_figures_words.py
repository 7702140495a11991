"""Words in pictures: as large on a phone as a reader needs, in every figure of the book."""

from __future__ import annotations

import re
from urllib.parse import urljoin

LEAST = 10  # CSS pixels, for the numbers at the axes; exponents and indices are seven tenths of their base

# Each picture's address and the width at which it is shown, its own script's drawing aside.
SHOWN = """() => [...document.querySelectorAll("main img[src$='.svg']")].filter((i) => i.checkVisibility())
  .map((i) => [i.getAttribute("src"), i.getBoundingClientRect().width])"""

# The sizes of a picture's words, as it stands in a window of its own: Matplotlib draws a word from glyphs of 100 units.
SIZES = """() => {
  document.documentElement.setAttribute("width", "100%");
  document.documentElement.setAttribute("height", "100%");
  const seen = (g) => [...document.querySelectorAll("[class^=drawing]")]
    .every((drawing) => getComputedStyle(drawing).display !== "none" || !drawing.contains(g));
  return [...document.querySelectorAll("[id*=text_] > g[transform*=' scale(']")].filter(seen).map((g) => {
    const { c, d } = g.getScreenCTM();
    return 100 * Math.hypot(c, d);
  });
}"""


def test_on_a_phone_no_word_of_a_picture_is_small(visit, book, every_page):
    with visit(360, scripts=False) as seen:
        address = (book / every_page).as_uri()
        page = seen.open(address)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        shown = page.evaluate(SHOWN)
        assert bool(shown) == bool(re.search(r"<img\b", page.content()))
        for source, width in shown:
            page.goto(urljoin(address, source))
            natural = page.evaluate("parseFloat(document.documentElement.getAttribute('width'))")
            height = page.evaluate("parseFloat(document.documentElement.getAttribute('height'))")
            page.set_viewport_size({"width": round(width), "height": round(width * height / natural)})
            sizes = page.evaluate(SIZES)
            assert sizes, source
            assert min(sizes) >= LEAST, f"{source}, {width} px wide: {min(sizes):.1f} px"


def test_a_picture_chooses_its_drawing_by_its_own_width(visit, server):
    with visit(1440) as seen:
        page = seen.open(server + "chapters/07-learning-rate.html")
        image = page.locator("#fig-four-rates img")
        wide, narrow = (
            page.evaluate(
                """async ([source, rules]) => {
                  const text = await (await fetch(source)).text();
                  return `data:image/svg+xml,${encodeURIComponent(text.replace(/@media \\(max-width.*?\\}\\}/, rules))}`;
                }""",
                [image.get_attribute("src"), rules],
            )
            for rules in ("", ".drawing-wide{display:none}.drawing-narrow{display:inline}")
        )
        pictures = {}
        for width in (340, 560):
            for name, source in (("own", None), ("wide", wide), ("narrow", narrow)):
                blank = seen.page.context.new_page()
                address = source or urljoin(page.url, image.get_attribute("src"))
                blank.set_content(f'<img src="{address}" width="{width}">')
                blank.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 0")
                pictures[width, name] = blank.locator("img").screenshot()
                blank.close()
        for width, drawing, other in ((340, "narrow", "wide"), (560, "wide", "narrow")):
            assert pictures[width, "own"] == pictures[width, drawing] != pictures[width, other]

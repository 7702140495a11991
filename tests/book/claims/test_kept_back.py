"""What gives a prediction away waits for the choice: all of it is on the page, and none of it outside of what waits."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KEPT_BACK = {
    "sec-views-analogy": ["alike, and not the same", "lies nearer to", "does real work"],
    "sec-views-summary": ["comes along"],
    "sec-operations-summary": ["zero where the arrows are perpendicular"],
    "sec-four-pairs": ["cell-source-cosine-similarity", "tbl-four-pairs"],
    "sec-attention-scale": ["cell-score-variance"],
    "sec-softmax": ["plot-softmax-scales", "one weight takes more", "gets no grip"],
    "sec-cosine-summary": ["nearly perpendicular"],
    "sec-gradient-direction": ["direction of steepest", "the slope is smallest"],
    "sec-descent-summary": ["as near as you like"],
    "sec-descent-loop": ["cell-bare-loop", "takes its time", "fig-descent"],
    "sec-new-data": ["cell-new-data", "flatters the fit"],
    "sec-hubble": ["plot-hubble", "were several times too short", "rate of expansion"],
    "sec-regression-pitfalls": ["cell-fault-update-order", "reaches the same line", "reaches the right line"],
    "sec-regression-summary": ["the truth plus noise"],
    "sec-four-rates": ["fig-four-rates", "fig-bowl-paths", "0.5 diverges", "overflows"],
    "sec-curvature": ["so the limit is", "eq-stable-limit", "swings from side to side", "in place of 0.5"],
    "sec-rate-table": ["tbl-four-rates", "overflow", "never"],
    "sec-best-rate": [
        "fig-best-rate",
        "drv-best-rate",
        "0.1186",
        "cross",
        "a rate of 0.11",
        "condition number",
    ],
    "sec-rate-pitfalls": ["standard errors short", "the limit falls"],
    "sec-rate-summary": ["goes fastest in the long run"],
    "sec-penguins": ["That trade is the floor", "level is not arrived"],
    "sec-three-features": [" days.", "creeps up"],
    "sec-mini-batch": ["cell-step-cost", "is the <em>slower</em> one"],
    "sec-scale-pitfalls": ["Their own scale"],
    "sec-scale-checks": ["correlation of 0.9"],
    "sec-scale-summary": ["columns lean on each other"],
}
WAITS = ".//*[contains(@class, 'reveal') or contains(@class, 'feedback')]"


def without_what_waits(part: HtmlElement) -> str:
    """The part's HTML as a reader sees it who has chosen nothing."""
    shown = deepcopy(part)
    for waiting in shown.xpath(WAITS):
        waiting.drop_tree()
    return etree.tostring(shown, encoding="unicode")


@pytest.mark.parametrize("section", KEPT_BACK)
def test_what_gives_a_prediction_away_waits_for_the_choice(site_pages, section):
    [part] = [
        found for page in site_pages.values() for found in page.tree.xpath(f"//section[@id='{section}']")
    ]
    whole, shown = etree.tostring(part, encoding="unicode"), without_what_waits(part)
    for sign in KEPT_BACK[section]:
        assert sign in whole
        assert sign not in shown

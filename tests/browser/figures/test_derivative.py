"""derivative: a secant that closes in on the tangent, and how small its step may be."""

from __future__ import annotations

import re

import pytest

from ml_from_scratch import central_difference

FUNCTIONS = {"x²": lambda x: x * x, "x³": lambda x: x * x * x, "|x|": abs}


def shown(widget) -> tuple[float, float]:
    """x and h, once what stands below the plane agrees with the package and the points on it."""
    widget.settle()
    x, h = (quantity(text) for text in widget.widget.locator("output").all_inner_texts())
    name = widget.widget.locator(".choices [aria-pressed=true]").inner_text()
    f = FUNCTIONS[name]
    both = widget.widget.get_by_role("button", name="Both ways").get_attribute("aria-pressed") == "true"
    expected = (f(x + h) - f(x - h)) / (2 * h) if both else (f(x + h) - f(x)) / h
    secant, tangent, gap = (
        quantity(text) for text in widget.widget.locator(".cells .value").all_inner_texts()
    )
    assert secant == pytest.approx(expected, abs=0.51e-8)
    assert tangent == pytest.approx(central_difference(f, x), abs=1e-4)
    assert gap == pytest.approx(expected - tangent, rel=0.06, abs=1e-14)  # tiny ones have two digits
    first = widget.numbers(widget.handle("Point at x").get_attribute("aria-valuetext"))
    assert first == pytest.approx([x, f(x)], abs=1e-4)
    return x, h


def quantity(text: str) -> float:
    """0.5, −2 or 3.1 × 10⁻⁷, as the figure writes them."""
    found = re.fullmatch(r"(−?[\d.]+)?(?: × )?(?:(−?)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", text)
    number = float((found[1] or f"{found[2]}1").replace("−", "-"))
    power = (found[3] or "⁰").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return number * 10.0 ** int(power)


def test_the_secant_follows_both_points(visit, use):
    with visit() as seen:
        widget = use("derivative", seen)
        assert shown(widget) == (1.0, 2.0)
        widget.drag("Second point", -70, 150)
        x, h = shown(widget)
        assert x == 1
        assert 0 < h < 1.5
        widget.drag("Second point", -150, 0)
        assert shown(widget)[1] < 0
        assert "less than the tangent" in widget.words()
        widget.drag("Point at x", -60, 0)
        x, again = shown(widget)
        assert x < 0.5
        assert again == shown(widget)[1]
        for curve in ("x³", "x²"):
            widget.press(curve)
            shown(widget)
        assert seen.console == []


def test_the_step_shrinks_by_tens(visit, use):
    with visit() as seen:
        widget = use("derivative", seen)
        for expected in (1, 0.1, 0.01, 0.001):
            widget.press("h ÷ 10")
            assert shown(widget) == (1, expected)
        # (1 + h)² - 1 over h is 2 + h
        assert widget.words().startswith("For h = 0.001 the secant’s slope is 0.001 more")
        widget.slider("h").press("End")
        assert shown(widget) == (1, 2)
        widget.slider("h").press("ArrowLeft")
        assert shown(widget) == (1, 1.9)
        assert seen.console == []


def test_it_closes_in_until_rounding_is_all_that_is_left(visit, use):
    with visit() as seen:  # a reader who wants no motion: it jumps
        widget = use("derivative", seen, "x=1&h=1&curve=1")
        assert shown(widget) == (1, 1)
        widget.press("Close in")
        assert "x itself" in widget.words()
        assert widget.widget.locator(".cells .value").first.inner_text() == "0.00000000"
        tried = widget.widget.locator(".trail").first.get_attribute("d").count("M")
        assert tried == 27  # 1, 0.9, ... 0.1; 0.05, 0.02; 0.01, 0.001, ... 1e-15
        widget.press("Both ways")
        widget.slider("h").fill("37")  # the places of the slider: -2 is 0, and 1e-16 the first on the right
        widget.slider("h").press("End")
        assert shown(widget) == (1, 2)
        widget.press("Reset")
        assert shown(widget) == (1, 2)
        assert widget.widget.locator(".trail").first.get_attribute("d").count("M") == 1
        assert seen.console == []


def test_closing_in_can_be_watched_and_stopped(visit, use):
    with visit() as seen:
        widget = use("derivative", seen)
        widget.page.emulate_media(reduced_motion="no-preference")
        widget.press("Close in")
        widget.page.wait_for_timeout(600)
        widget.press("Stop")
        _, h = shown(widget)
        assert h < 2
        widget.page.wait_for_timeout(300)
        assert shown(widget)[1] == h
        assert seen.console == []


def test_a_corner_has_no_tangent(visit, use):
    with visit() as seen:
        widget = use("derivative", seen, "x=0&h=-0.5&curve=2")
        values = widget.widget.locator(".cells .value").all_inner_texts()
        assert values == ["−1.00000000", "none", "–"]
        assert "has no derivative" in widget.words()
        widget.press("Both ways")
        assert "averages two slopes" in widget.words()
        assert seen.console == []

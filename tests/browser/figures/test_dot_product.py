"""dot-product: two readings of one number, and a sign to predict."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from ml_from_scratch import angle_between, dot, norm


def arrows(widget) -> tuple[list[float], list[float]]:
    """a and b, as they are announced."""
    widget.settle()
    texts = [widget.handle(f"Arrow {name}").get_attribute("aria-valuetext") for name in "ab"]
    return tuple([widget.number(part) for part in text.split(",")] for text in texts)


def results(widget) -> list[float]:
    widget.settle()
    return [widget.number(text) for text in widget.widget.locator(".result").all_inner_texts()]


def check_product(widget) -> None:
    """Both readings, the word and the colour against the package."""
    a, b = arrows(widget)
    product = dot(a, b)
    assert results(widget) == [pytest.approx(product, abs=0.005 + 1e-9)] * 2
    word = "Zero" if abs(product) < 0.005 else "Positive" if product > 0 else "Negative"
    said = widget.words()
    assert said.startswith(word)
    assert widget.widget.locator(".readings").get_attribute("data-sign") == word.lower()
    if word != "Zero":
        assert widget.number(re.search(r"θ is ([\d.]+)", said)[1]) == pytest.approx(
            math.degrees(angle_between(a, b)), abs=0.05
        )
        assert widget.number(said.rstrip(".")) == pytest.approx(product / norm(a), abs=0.005)


def test_the_arrows_follow_the_mouse_and_both_readings_agree(visit, use):
    with visit() as seen:
        widget = use("dot-product", seen)
        assert arrows(widget) == ([4.0, 1.0], [2.0, 3.0])
        check_product(widget)
        for name, dx, dy in (
            ("b", -230, 40),
            ("a", -90, -60),
            ("b", 60, 190),
            ("a", -400, 0),
            ("b", 5000, 5000),
        ):
            before = arrows(widget)
            widget.drag(f"Arrow {name}", dx, dy)
            assert arrows(widget) != before
            check_product(widget)
        assert arrows(widget)[1] == [5.0, -4.0]  # held on the plane
        assert seen.console == []


def test_the_arrows_follow_the_keys(visit, use):
    with visit() as seen:
        widget = use("dot-product", seen)
        handle = widget.handle("Arrow b")
        handle.focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowLeft"):
            widget.page.keyboard.press(key)
        widget.settle()
        assert arrows(widget)[1] == [1.1, 2.8]  # 2 + 0.1 - 1, 3 - 0.2
        check_product(widget)
        assert float(handle.get_attribute("aria-valuenow")) == 1.1
        assert handle.evaluate("(e) => getComputedStyle(e.querySelector('.ring')).stroke") != "none"
        told = widget.widget.get_by_role("status")
        widget.page.wait_for_timeout(800)
        assert told.inner_text() == widget.words()


def test_of_two_handles_over_each_other_the_nearer_is_taken(visit, use):
    with visit() as seen:
        widget = use("dot-product", seen, "ax=3&ay=1&bx=3.2&by=1")
        x, y = widget.middle("Arrow a")
        widget.page.mouse.move(x - 4, y)
        widget.page.mouse.down()
        widget.page.mouse.move(x - 4, y - 80, steps=4)
        widget.page.mouse.up()
        widget.settle()
        assert arrows(widget)[1] == [3.2, 1.0]
        assert arrows(widget)[0][1] > 2


def test_a_sign_is_predicted_judged_and_counted(visit, use):
    with visit() as seen:
        widget = use("dot-product", seen)
        play = widget.widget.get_by_role("button", name="Predict the sign")
        play.press("Enter")
        widget.settle()
        assert not widget.widget.locator(".readings").is_visible()
        assert not widget.handle("Arrow a").is_visible()
        assert widget.page.evaluate("document.activeElement.textContent") == "Positive"
        right, signs = 0, set()
        for _ in range(8):
            widget.press("Zero")
            said = widget.words()
            a, b = arrows(widget)
            product = dot(a, b)
            assert widget.number(said.rstrip(".")) == pytest.approx(product, abs=0.005)
            assert ("exactly a right angle" in said) == (abs(product) < 0.005)
            assert said.startswith("Right.") == (product == 0)
            assert not widget.widget.locator(".readings").is_visible()  # they would lie under the question
            right += product == 0
            signs.add(np.sign(product))
            widget.widget.get_by_role("button", name="Positive").click(
                force=True
            )  # a second guess counts for nothing
            widget.settle()
            widget.widget.get_by_role("button", name="Next pair").press("Enter")
            widget.settle()
            assert widget.page.evaluate("document.activeElement.textContent") == "Positive"
        assert widget.widget.locator(".tally").inner_text() == f"{right} of 8 right"
        assert signs == {-1, 0, 1}
        widget.press("Drag again")
        assert results(widget) == [11.0, 11.0]  # 4 * 2 + 1 * 3
        assert seen.console == []


def test_a_linked_state_stands(visit, use):
    with visit() as seen:
        widget = use("dot-product", seen, "ax=-1&ay=2&bx=2&by=1")
        assert arrows(widget) == ([-1, 2], [2, 1])
        check_product(widget)


def test_of_two_handles_at_one_place_the_one_on_top_is_taken(visit, use):
    with visit() as seen:
        widget = use("dot-product", seen, "ax=2&ay=1&bx=2&by=1")
        widget.drag("Arrow b", -40, -80)
        assert arrows(widget)[0] == [2.0, 1.0]
        assert arrows(widget)[1] != [2.0, 1.0]

"""two-views: one arrow as a list, and as a length with an angle."""

from __future__ import annotations

import numpy as np
import pytest

from ml_from_scratch import norm


def shown(widget) -> tuple[list[float], float, float]:
    """The list, the length and the angle, as they stand below the plane; checked against each other on the way."""
    widget.settle()
    first, second = widget.widget.locator(".views .result").all_inner_texts()
    v, (length, angle) = widget.numbers(first), widget.numbers(second)
    assert length == pytest.approx(norm(v), abs=0.0101)
    if length > 0.1:
        # Two decimals of a coordinate are known to half a hundredth: seen from the origin, that is an angle.
        turn = np.degrees(np.arctan2(v[1], v[0])) - angle
        assert abs((turn + 180) % 360 - 180) <= 0.05 + np.degrees(0.0071 / length)
    outputs = [widget.number(text) for text in widget.widget.locator("output").all_inner_texts()]
    assert outputs == [*v, length, angle]
    told = widget.numbers(widget.handle("Tip").get_attribute("aria-valuetext"))
    assert told == [*v, length, angle]
    return v, length, angle


def test_length_and_angle_follow_the_tip(visit, use):
    with visit() as seen:
        widget = use("two-views", seen)
        assert shown(widget) == ([3.0, 4.0], 5.0, 53.1)
        for dx, dy in ((-250, 30), (60, 200), (300, -10), (-120, -240), (5000, 5000)):
            before = shown(widget)
            widget.drag("Tip", dx, dy)
            assert shown(widget) != before
        _, length, angle = shown(widget)
        assert length == 6  # held at the longest,
        assert angle == pytest.approx(-45, abs=3)  # in the direction of the pull
        widget.slider("Length").fill("5")
        widget.slider("Angle").fill("-90")
        widget.handle("Tip").focus()
        for key in ("ArrowUp", "Shift+ArrowUp", "ArrowLeft"):
            widget.page.keyboard.press(key)
        assert shown(widget)[0] == [-0.1, -3.9]  # -5 + 0.1 + 1
        assert seen.console == []


def test_the_arrow_follows_its_length_and_angle(visit, use):
    with visit() as seen:
        widget = use("two-views", seen)
        for length, angle in ((2, 60), (5, -127), (6, 180), (4.5, -90)):
            widget.slider("Length").fill(str(length))
            widget.slider("Angle").fill(str(angle))
            v, *arrow = shown(widget)
            assert arrow == [length, angle]
            turned = np.radians(angle)
            assert v == pytest.approx([length * np.cos(turned), length * np.sin(turned)], abs=0.00501)
        assert widget.words().startswith("4.50 down, and nothing to the side")
        assert seen.console == []


def test_an_arrow_without_length_keeps_its_direction_for_later(visit, use):
    with visit() as seen:
        widget = use("two-views", seen)
        widget.slider("Length").fill("0")
        assert shown(widget)[:2] == ([0.0, 0.0], 0.0)
        assert "no direction" in widget.words()
        widget.slider("Length").fill("5")
        assert shown(widget) == ([3.0, 4.0], 5.0, 53.1)
        assert seen.console == []


def test_the_coordinates_move_alone_and_stop_at_the_longest(visit, use):
    with visit() as seen:
        widget = use("two-views", seen)
        widget.slider("v₁").fill("-4")
        assert shown(widget)[0] == [-4.0, 4.0]
        widget.slider("v₂").press("End")
        v, length, _ = shown(widget)
        assert v == pytest.approx([-4, np.sqrt(36 - 16)], abs=0.00501)
        assert length == 6
        assert seen.console == []


def test_a_linked_state_stands(visit, use):
    with visit() as seen:
        widget = use("two-views", seen, "x=-3&y=-4")
        assert shown(widget) == ([-3.0, -4.0], 5.0, -126.9)
        assert "to the left" in widget.words()

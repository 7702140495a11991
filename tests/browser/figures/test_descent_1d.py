"""descent-1d: walks down a curve with one valley and one with two."""

from __future__ import annotations

import pytest

from ml_from_scratch import gradient_descent

SLOPES = {"One valley": lambda x: 2 * (x - 3), "Two valleys": lambda x: 0.4 * x**3 - 2 * x + 0.5}


def shown(widget) -> tuple[float, float, int]:
    """Start, rate and number of steps, once the end that is said is the package's."""
    said = widget.words()
    start, rate = (widget.number(text) for text in widget.widget.locator("output").all_inner_texts())
    if not said.startswith("Step "):
        assert said.startswith(f"At x = {start:g} the slope is ".replace("-", "−"))
        return start, rate, 0
    steps, x = widget.numbers(said)[:2]
    name = widget.widget.locator(".choices [aria-pressed=true]").inner_text()
    walk = gradient_descent(SLOPES[name], start, learning_rate=rate, steps=int(steps))
    assert x == pytest.approx(walk.end, abs=0.51e-4)
    dots = widget.widget.locator(".planes .trail").all()
    assert [dot.get_attribute("d").count("M") for dot in dots] == [steps + 1] * 2
    return start, rate, int(steps)


def test_steps_follow_the_packages_loop(visit, use):
    with visit() as seen:
        widget = use("descent-1d", seen)
        assert shown(widget) == (0, 0.1, 0)
        assert "the first step goes right, by 0.1 · 6 = 0.6" in widget.words()
        for count in (1, 2, 3):
            widget.press("Step")
            assert shown(widget) == (0, 0.1, count)
        factor, ratio = widget.widget.locator(".line-readings span:not([class])").all_inner_texts()
        assert widget.number(factor) == 0.8  # 1 - 2 * 0.1, and so it is measured
        assert widget.number(ratio) == 0.8
        widget.press("Run")
        assert shown(widget) == (0, 0.1, 50)
        widget.press("Back to the start")
        assert shown(widget) == (0, 0.1, 0)
        assert seen.console == []


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        (0.1, "Converges: each step keeps 0.8 of the error, on the same side of 3."),
        (0.5, "The factor is 0: one step lands on 3."),
        (0.9, "Oscillates, and converges: each step jumps across 3 and keeps 0.8 of the error."),
        (1, "Oscillates for ever: each step jumps across 3 and lands as far away."),
        (1.1, "Diverges: each step jumps across 3 and lands 1.2 times as far away."),
    ],
)
def test_the_rate_decides_and_the_words_say_what(visit, use, rate, says):
    with visit() as seen:
        widget = use("descent-1d", seen, f"rate={rate}&steps=8")
        assert shown(widget) == (0, rate, 1 if rate == 0.5 else 8)  # there it arrives at once
        assert widget.words().endswith(says)
        start = widget.words()
        widget.slider("Learning rate").press("ArrowRight")
        assert shown(widget)[1:] == (pytest.approx(rate + 0.01), 8)  # the whole walk follows
        assert widget.words() != start
        assert seen.console == []


def test_the_start_decides_which_valley(visit, use):
    with visit() as seen:
        widget = use("descent-1d", seen)
        widget.press("Two valleys")
        widget.press("Run")
        assert shown(widget) == (0, 0.1, 50)
        assert "the left valley, the deeper one" in widget.words()
        widget.drag("Start", 60, 0)
        start, _, _ = shown(widget)
        assert start > 0.3
        assert "the right valley, the shallower one" in widget.words()
        widget.drag("Start", 5000, 0)
        assert shown(widget)[0] == 3.5
        widget.slider("Learning rate").fill("1.2")
        assert widget.words().startswith("Diverges: step ")
        assert seen.console == []


def test_a_run_can_be_watched_and_stopped(visit, use):
    with visit() as seen:
        widget = use("descent-1d", seen)
        widget.page.emulate_media(reduced_motion="no-preference")
        widget.press("Run")
        widget.page.wait_for_timeout(500)
        widget.press("Stop")
        steps = shown(widget)[2]
        assert 1 <= steps < 50
        widget.page.wait_for_timeout(300)
        assert shown(widget)[2] == steps
        assert seen.console == []

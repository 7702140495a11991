"""fit-the-line: a line fitted by hand and by descent."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ml_from_scratch import gradient_descent, mean_squared_error, mean_squared_error_gradient, noisy_line

DATA = noisy_line(np.random.default_rng(42))


def fit(widget) -> tuple[float, float, float]:
    """w, b and the loss, as they are shown."""
    widget.settle()
    equation, loss = widget.widget.locator(".line-readings > span").all_inner_texts()
    w, sign, b = re.findall(r"= (−?[\d.]+) x ([+−]) ([\d.]+)", equation)[0]
    return float(w.replace("−", "-")), float(b) * (1 if sign == "+" else -1), widget.number(loss)


def check_fit(widget) -> None:
    w, b, loss = fit(widget)
    # The line is shown to two decimals and is on them: its loss is the package's.
    assert loss == pytest.approx(mean_squared_error(DATA.y, w * DATA.x + b), abs=0.005 + 1e-9)


def test_the_line_follows_handles_sliders_and_keys(visit, use):
    with visit() as seen:
        widget = use("fit-the-line", seen)
        assert fit(widget)[:2] == (1.0, 1.0)
        check_fit(widget)
        widget.drag("b", 0, -40)
        w, b, _ = fit(widget)
        assert w == 1
        assert b > 2
        check_fit(widget)
        widget.drag("w", 0, -50)
        assert fit(widget)[0] > 1.5
        check_fit(widget)
        for name, key, place in (("w", "ArrowLeft", 0), ("b", "ArrowRight", 1)):
            before = fit(widget)[place]
            widget.widget.locator("label.slider", has_text=re.compile(rf"^{name}")).locator("input").press(
                key
            )
            assert fit(widget)[place] == pytest.approx(before + (0.01 if place else -0.01))
            check_fit(widget)
        widget.handle("w").focus()
        widget.page.keyboard.press("Shift+ArrowUp")
        check_fit(widget)
        assert seen.console == []


def test_the_gradient_is_shown_on_demand(visit, use):
    with visit() as seen:
        widget = use("fit-the-line", seen)
        shown = widget.widget.locator(".row > span")
        assert not shown.is_visible()
        button = widget.widget.get_by_role("button", name="Gradient")
        button.click()
        widget.settle()
        assert button.get_attribute("aria-pressed") == "true"
        (slope,), intercept = mean_squared_error_gradient(DATA.X, DATA.y, [1.0], 1.0)
        parts = re.findall(r"−?[\d.]+", shown.inner_text())
        assert [widget.number(part) for part in parts] == [
            pytest.approx(slope, abs=0.005),
            pytest.approx(intercept, abs=0.005),
        ]
        assert "raising w lowers the loss, and raising b lowers the loss" in widget.words()


def test_descent_takes_over_and_ends_where_the_books_loop_ends(visit, use):
    def gradient(point):
        return np.append(*mean_squared_error_gradient(DATA.X, DATA.y, point[:1], point[1]))

    with visit() as seen:  # a reader who wants no motion: the run jumps to its end
        widget = use("fit-the-line", seen)
        widget.press("Start at 0")
        widget.press("Step")
        first = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1).end
        assert widget.words().startswith(f"Step 1: w = {first[0]:.4f}, b = {first[1]:.4f}")
        widget.press("Start at 0")
        widget.press("Run")
        end = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1000).end
        assert widget.words().startswith(f"Step 1000: w = {end[0]:.4f}, b = {end[1]:.4f}")
        assert "least-squares line" in widget.words()
        widget.widget.locator(".descent input").press("End")
        widget.press("Run")
        assert "beyond what the computer can hold" in widget.words()
        widget.press("Reset")
        assert fit(widget)[:2] == (1.0, 1.0)
        assert seen.console == []


def test_a_run_moves_can_be_stopped_and_goes_on_to_the_end(visit, use):
    with visit() as seen:
        widget = use("fit-the-line", seen)
        widget.page.emulate_media(reduced_motion="no-preference")
        widget.press("Run")
        widget.page.wait_for_timeout(400)
        widget.press("Stop")
        stopped = widget.words()
        assert 1 <= widget.number(re.match(r"Step \d+", stopped)[0]) < 1000
        widget.page.wait_for_timeout(200)
        assert widget.words() == stopped
        widget.press("Step")
        step = int(widget.number(re.match(r"Step \d+", stopped)[0]))
        assert widget.words().startswith(f"Step {step + 1}:")
        assert seen.console == []


def test_a_linked_state_stands(visit, use):
    with visit() as seen:
        widget = use("fit-the-line", seen, "w=2.5&b=-1&rate=0.1&slopes=1")
        assert fit(widget)[:2] == (2.5, -1)
        check_fit(widget)

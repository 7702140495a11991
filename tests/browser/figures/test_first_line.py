"""first-line, on the welcome page: a line that learns, from wherever the reader puts it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ml_from_scratch import gradient_descent, mean_squared_error, mean_squared_error_gradient, noisy_line

DATA = noisy_line(np.random.default_rng(42))


def gradient(point):
    return np.append(*mean_squared_error_gradient(DATA.X, DATA.y, point[:1], point[1]))


def said(widget) -> tuple[float, float, float, float]:
    """Step, w, b and the loss."""
    step, w, b, loss = re.match(
        r"Step (\d+): ŷ = (−?[\d.]+) x ([+−] [\d.]+), mean squared error ([\d.]+)\.$", widget.words()
    ).groups()
    return int(step), float(w.replace("−", "-")), float(b.replace("−", "-").replace(" ", "")), float(loss)


def test_the_line_learns_what_the_books_loop_learns(visit, use):
    with visit() as seen:  # a reader who wants no motion: the run jumps to its end
        widget = use("first-line", seen)
        assert said(widget)[:3] == (0, 0, 0)
        widget.press("Let it learn")
        end = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1000).end
        loss = mean_squared_error(DATA.y, end[0] * DATA.x + end[1])
        assert said(widget) == pytest.approx((1000, *end, loss), abs=0.005 + 1e-9)
        widget.press("Learn again")
        assert said(widget)[0] == 1000
        assert seen.console == []


def test_the_line_learns_from_where_it_was_put(visit, use):
    with visit() as seen:
        widget = use("first-line", seen)
        widget.drag("Height of the line at x = 4", 0, -60)
        step, w, b, loss = said(widget)
        assert step == 0
        assert w > 0.2
        assert b == pytest.approx(4 * w, abs=0.03)  # the other end stayed at 0
        assert loss == pytest.approx(
            mean_squared_error(DATA.y, w * DATA.x + b), abs=0.3
        )  # w and b are rounded
        widget.press("Let it learn")
        start = [w, b]
        end = gradient_descent(gradient, start, learning_rate=0.01, steps=1000).end
        assert said(widget)[1:3] == pytest.approx(tuple(end), abs=0.006)
        widget.press("Reset")
        assert said(widget)[:3] == (0, 0, 0)


def test_a_run_can_be_stopped_and_goes_on(visit, use):
    with visit() as seen:
        widget = use("first-line", seen)
        widget.page.emulate_media(reduced_motion="no-preference")
        widget.press("Let it learn")
        widget.widget.locator(".words", has_text=re.compile("Step [1-9]")).wait_for()
        widget.press("Stop")
        stopped = said(widget)
        widget.page.wait_for_timeout(200)
        assert said(widget) == stopped
        path = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1000).points
        assert stopped[1:3] == pytest.approx(tuple(path[stopped[0]]), abs=0.005 + 1e-9)
        widget.press("Go on")
        widget.widget.locator(".words", has_text="Step 1000").wait_for()
        assert seen.console == []

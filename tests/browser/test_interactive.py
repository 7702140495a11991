"""The figures that the reader touches: by mouse, finger and keyboard, beside what the package computes."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from ml_from_scratch import (
    angle_between,
    dot,
    gradient_descent,
    mean_squared_error,
    mean_squared_error_gradient,
    noisy_line,
    norm,
)

WIDGETS = {
    "dot-product": "chapters/03-cosine-identity.html",
    "fit-the-line": "chapters/06-linear-regression.html",
}
ONLY_WRONG = {"resultTypes": ["violations"]}
DATA = noisy_line(np.random.default_rng(42))

# Layout shifts of the page's whole life, as the browser reports them.
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


def number(text: str) -> float:
    """The last number in a text, whose minus is a real one."""
    return float(re.findall(r"−?\d+\.?\d*", text)[-1].replace("−", "-"))


class Widget:
    """One figure on its page."""

    def __init__(self, seen, address: str, name: str, fragment: str = "") -> None:
        self.seen, self.name = seen, name
        self.page = seen.open(address + fragment)
        self.box = self.page.locator(f'[data-figure="{name}"]')
        self.widget = self.box.locator(".widget")
        self.box.locator("figure").scroll_into_view_if_needed()
        self.page.wait_for_timeout(100)

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def handle(self, name: str):
        return self.widget.locator(f".handle[role=slider][aria-label^='{name}']")

    def middle(self, name: str) -> tuple[float, float]:
        found = self.handle(name).bounding_box()
        return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2

    def words(self) -> str:
        self.settle()
        return self.widget.locator(".words").inner_text()

    def drag(self, name: str, dx: float, dy: float) -> None:
        """Pull a handle by so many pixels, with the mouse, in steps."""
        x, y = self.middle(name)
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + dx, y + dy, steps=5)
        mouse.up()
        self.settle()

    def arrows(self) -> tuple[list[float], list[float]]:
        texts = [self.handle(f"Arrow {name}").get_attribute("aria-valuetext") for name in "ab"]
        return tuple([number(part) for part in text.split(",")] for text in texts)

    def results(self) -> list[float]:
        self.settle()
        return [number(text) for text in self.widget.locator(".result").all_inner_texts()]

    def fit(self) -> tuple[float, float, float]:
        """w, b and the loss, as they are shown."""
        self.settle()
        equation, loss = self.widget.locator(".line-readings > span").all_inner_texts()
        w, sign, b = re.findall(r"= (−?[\d.]+) x ([+−]) ([\d.]+)", equation)[0]
        return float(w.replace("−", "-")), float(b) * (1 if sign == "+" else -1), number(loss)


@pytest.fixture
def touch(visit, server):
    """Open the page of a widget."""

    def start(name: str, seen, fragment: str = "") -> Widget:
        return Widget(seen, server + WIDGETS[name], name, fragment)

    return start


def check_product(widget: Widget) -> None:
    """Both readings, the word and the colour against the package."""
    a, b = widget.arrows()
    product = dot(a, b)
    assert widget.results() == [pytest.approx(product, abs=0.005 + 1e-9)] * 2
    word = "Zero" if abs(product) < 0.005 else "Positive" if product > 0 else "Negative"
    said = widget.words()
    assert said.startswith(word)
    assert widget.widget.locator(".readings").get_attribute("data-sign") == word.lower()
    if word != "Zero":
        assert number(re.search(r"θ is ([\d.]+)", said)[1]) == pytest.approx(
            math.degrees(angle_between(a, b)), abs=0.05
        )
        assert number(said.rstrip(".")) == pytest.approx(product / norm(a), abs=0.005)


def check_fit(widget: Widget) -> None:
    w, b, loss = widget.fit()
    # The line is shown to two decimals and is on them: its loss is the package's.
    assert loss == pytest.approx(mean_squared_error(DATA.y, w * DATA.x + b), abs=0.005 + 1e-9)


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_stands_in_the_place_of_its_image(visit, touch, book, server, name):
    with visit() as seen:
        widget = touch(name, seen)
        assert widget.widget.is_visible()
        assert not widget.box.locator("img").is_visible()
        assert widget.box.locator("figcaption").is_visible()
        assert seen.console == []
        assert seen.failed == []
        assert not [url for url in seen.requests if not url.startswith((server, "data:"))]
    with visit() as seen:
        seen.open((book / WIDGETS[name]).as_uri())
        assert seen.page.locator(f'[data-figure="{name}"] .widget').is_visible()
        assert seen.console == []
        assert seen.failed == []


def test_the_arrows_follow_the_mouse_and_both_readings_agree(visit, touch):
    with visit() as seen:
        widget = touch("dot-product", seen)
        assert widget.arrows() == ([4.0, 1.0], [2.0, 3.0])
        check_product(widget)
        for name, dx, dy in (
            ("b", -230, 40),
            ("a", -90, -60),
            ("b", 60, 190),
            ("a", -400, 0),
            ("b", 5000, 5000),
        ):
            before = widget.arrows()
            widget.drag(f"Arrow {name}", dx, dy)
            assert widget.arrows() != before
            check_product(widget)
        assert widget.arrows()[1] == [5.0, -4.0]  # held on the plane
        assert seen.console == []


def test_the_arrows_follow_the_keys(visit, touch):
    with visit() as seen:
        widget = touch("dot-product", seen)
        handle = widget.handle("Arrow b")
        handle.focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowLeft"):
            widget.page.keyboard.press(key)
        widget.settle()
        assert widget.arrows()[1] == [1.1, 2.8]  # 2 + 0.1 - 1, 3 - 0.2
        check_product(widget)
        assert float(handle.get_attribute("aria-valuenow")) == 1.1
        assert handle.evaluate("(e) => getComputedStyle(e.querySelector('.ring')).stroke") != "none"
        told = widget.widget.get_by_role("status")
        widget.page.wait_for_timeout(800)
        assert told.inner_text() == widget.words()


@pytest.mark.parametrize(("name", "handle"), [("dot-product", "Arrow a"), ("fit-the-line", "b")])
def test_a_finger_moves_a_handle_and_the_page_stays(visit, touch, name, handle):
    with visit(360, height=760, has_touch=True) as seen:
        widget = touch(name, seen)
        x, y = widget.middle(handle)
        scrolled = widget.page.evaluate("scrollY")
        before = widget.handle(handle).get_attribute("aria-valuetext")
        touches = widget.page.context.new_cdp_session(widget.page)
        touches.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 6):
            touches.send(
                "Input.dispatchTouchEvent",
                {"type": "touchMove", "touchPoints": [{"x": x - 3 * step, "y": y - 8 * step}]},
            )
        touches.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        widget.settle()
        assert widget.handle(handle).get_attribute("aria-valuetext") != before
        assert widget.page.evaluate("scrollY") == scrolled
        target = widget.handle(handle).locator(".target").bounding_box()
        assert min(target["width"], target["height"]) >= 43.9
        (check_product if name == "dot-product" else check_fit)(widget)


def test_of_two_handles_over_each_other_the_nearer_is_taken(visit, touch):
    with visit() as seen:
        widget = touch("dot-product", seen, "#fig-dot-product:ax=3&ay=1&bx=3.2&by=1")
        x, y = widget.middle("Arrow a")
        widget.page.mouse.move(x - 4, y)
        widget.page.mouse.down()
        widget.page.mouse.move(x - 4, y - 80, steps=4)
        widget.page.mouse.up()
        widget.settle()
        assert widget.arrows()[1] == [3.2, 1.0]
        assert widget.arrows()[0][1] > 2


def test_a_sign_is_predicted_judged_and_counted(visit, touch):
    with visit() as seen:
        widget = touch("dot-product", seen)
        play = widget.widget.get_by_role("button", name="Predict the sign")
        play.press("Enter")
        widget.settle()
        assert not widget.widget.locator(".readings").is_visible()
        assert not widget.handle("Arrow a").is_visible()
        right, signs = 0, set()
        for _ in range(8):
            widget.widget.get_by_role("button", name="Zero").click()
            said = widget.words()
            a, b = widget.arrows()
            product = dot(a, b)
            assert number(said.rstrip(".")) == pytest.approx(product, abs=0.005)
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
        widget.widget.get_by_role("button", name="Drag again").click()
        assert widget.results() == [11.0, 11.0]  # 4 * 2 + 1 * 3
        assert seen.console == []


def test_the_line_follows_handles_sliders_and_keys(visit, touch):
    with visit() as seen:
        widget = touch("fit-the-line", seen)
        assert widget.fit()[:2] == (1.0, 1.0)
        check_fit(widget)
        widget.drag("b", 0, -40)
        w, b, _ = widget.fit()
        assert w == 1
        assert b > 2
        check_fit(widget)
        widget.drag("w", 0, -50)
        assert widget.fit()[0] > 1.5
        check_fit(widget)
        for name, key, place in (("w", "ArrowLeft", 0), ("b", "ArrowRight", 1)):
            before = widget.fit()[place]
            widget.widget.locator("label.slider", has_text=re.compile(rf"^{name}")).locator("input").press(
                key
            )
            assert widget.fit()[place] == pytest.approx(before + (0.01 if place else -0.01))
            check_fit(widget)
        widget.handle("w").focus()
        widget.page.keyboard.press("Shift+ArrowUp")
        check_fit(widget)
        assert seen.console == []


def test_the_gradient_is_shown_on_demand(visit, touch):
    with visit() as seen:
        widget = touch("fit-the-line", seen)
        shown = widget.widget.locator(".row > span")
        assert not shown.is_visible()
        button = widget.widget.get_by_role("button", name="Gradient")
        button.click()
        widget.settle()
        assert button.get_attribute("aria-pressed") == "true"
        (slope,), intercept = mean_squared_error_gradient(DATA.X, DATA.y, [1.0], 1.0)
        parts = re.findall(r"−?[\d.]+", shown.inner_text())
        assert [number(part) for part in parts] == [
            pytest.approx(slope, abs=0.005),
            pytest.approx(intercept, abs=0.005),
        ]
        assert "raising w lowers the loss, and raising b lowers the loss" in widget.words()


def test_descent_takes_over_and_ends_where_the_books_loop_ends(visit, touch):
    def gradient(point):
        return np.append(*mean_squared_error_gradient(DATA.X, DATA.y, point[:1], point[1]))

    with visit() as seen:  # a reader who wants no motion: the run jumps to its end
        widget = touch("fit-the-line", seen)
        widget.widget.get_by_role("button", name="Start at 0").click()
        widget.widget.get_by_role("button", name="Step").click()
        first = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1).end
        assert widget.words().startswith(f"Step 1: w = {first[0]:.4f}, b = {first[1]:.4f}")
        widget.widget.get_by_role("button", name="Start at 0").click()
        widget.widget.get_by_role("button", name="Run").click()
        end = gradient_descent(gradient, [0, 0], learning_rate=0.01, steps=1000).end
        assert widget.words().startswith(f"Step 1000: w = {end[0]:.4f}, b = {end[1]:.4f}")
        assert "least-squares line" in widget.words()
        widget.widget.locator(".descent input").press("End")
        widget.widget.get_by_role("button", name="Run").click()
        assert "beyond what the computer can hold" in widget.words()
        widget.widget.get_by_role("button", name="Reset").click()
        assert widget.fit()[:2] == (1.0, 1.0)
        assert seen.console == []


def test_a_run_moves_can_be_stopped_and_goes_on_to_the_end(visit, touch):
    with visit() as seen:
        widget = touch("fit-the-line", seen)
        widget.page.emulate_media(reduced_motion="no-preference")
        widget.widget.get_by_role("button", name="Run").click()
        widget.page.wait_for_timeout(400)
        widget.widget.get_by_role("button", name="Stop").click()
        stopped = widget.words()
        assert 1 <= number(re.match(r"Step \d+", stopped)[0]) < 1000
        widget.page.wait_for_timeout(200)
        assert widget.words() == stopped
        assert seen.console == []


@pytest.mark.parametrize(
    ("name", "fragment", "expected"),
    [
        ("dot-product", "ax=-1&ay=2&bx=2&by=1", ([-1, 2], [2, 1])),
        ("fit-the-line", "w=2.5&b=-1&rate=0.1&slopes=1", (2.5, -1)),
    ],
)
def test_a_state_can_be_linked_to(visit, touch, name, fragment, expected):
    with visit() as seen:
        widget = touch(name, seen, f"#fig-{name}:{fragment}")

        def state():
            widget.settle()
            return widget.arrows() if name == "dot-product" else widget.fit()[:2]

        assert state() == expected
        assert widget.widget.locator(".plane").evaluate("(e) => e.getBoundingClientRect().top < innerHeight")
        link = widget.widget.locator(".state-link")
        assert link.get_attribute("href") == f"#fig-{name}:{fragment}"
        widget.widget.get_by_role("button", name="Reset").click()
        assert state() != expected
        assert widget.page.evaluate("location.hash") == f"#fig-{name}"
        widget.page.evaluate(f"location.hash = 'fig-{name}:{fragment}'")
        assert state() == expected
        widget.widget.get_by_role("button", name="Reset").click()
        widget.page.evaluate("location.hash = 'nothing:here=1'")
        assert state() != expected
        link.click()
        assert widget.page.evaluate("location.hash") == link.get_attribute("href")
        assert seen.console == []


@pytest.mark.parametrize("name", WIDGETS)
def test_paper_and_a_page_without_scripts_show_the_image(visit, touch, name):
    with visit() as seen:
        widget = touch(name, seen)
        widget.page.emulate_media(media="print")
        assert widget.box.locator("img").is_visible()
        assert not widget.widget.is_visible()
    with visit(scripts=False) as seen:
        widget = touch(name, seen)
        picture = widget.box.locator("img")
        assert picture.is_visible()
        # As large as it was drawn: no room is kept for a widget that will not come.
        assert picture.evaluate(
            "(e) => Math.abs(e.clientHeight / e.clientWidth - e.naturalHeight / e.naturalWidth) < 0.02"
        )


@pytest.mark.parametrize("width", [360, 500, 768, 1440])
@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_moves_when_a_widget_comes_or_is_used(visit, touch, name, width):
    with visit(width) as seen:
        widget = touch(name, seen, f"#fig-{name}")

        def height() -> float:
            widget.settle()
            return widget.box.locator("figure").evaluate("(e) => e.getBoundingClientRect().height")

        room = widget.widget.evaluate("(e) => parseFloat(getComputedStyle(e).minHeight)")
        assert widget.widget.evaluate("(e) => e.offsetHeight") == pytest.approx(room, abs=0.6)
        assert widget.page.evaluate(SHIFTS) < 1e-4
        before = height(), widget.widget.locator(".plane").bounding_box()["height"]
        for button in widget.widget.locator(".foot button, .row button").all():
            button.click()
            assert (height(), widget.widget.locator(".plane").bounding_box()["height"]) == before
        for option in widget.widget.locator(".answers button").all()[:1]:
            if option.is_visible():
                option.click()
            assert (height(), widget.widget.locator(".plane").bounding_box()["height"]) == before
        assert widget.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", WIDGETS)
def test_axe_finds_nothing_before_and_after_use(visit, touch, name, scheme):
    def wrong(page) -> list[str]:
        return [
            f"{v['id']}: {v['nodes'][0]['html'][:200]}"
            for v in Axe().run(page, f"[data-figure='{name}']", options=ONLY_WRONG).response["violations"]
        ]

    with visit(360, scheme) as seen:
        widget = touch(name, seen)
        assert wrong(widget.page) == []
        widget.widget.locator(".foot button, .row button").first.click()
        widget.settle()
        assert wrong(widget.page) == []
        for option in widget.widget.locator(".answers button").all()[:1]:
            option.click()
        assert wrong(widget.page) == []


def test_only_pages_with_a_figure_to_touch_load_its_script_and_it_is_small(book):
    assert "figures.js" not in (book / "index.html").read_text(encoding="utf-8")
    for name in WIDGETS.values():
        assert '<script src="../assets/figures.js" defer>' in (book / name).read_text(encoding="utf-8")
    assert (book / "assets/figures.js").stat().st_size < 60_000

"""What the tests of the figures to touch share: where they stand, and a hand that uses one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[3]
# A figure in a chapter's source: its own id, if it has one, its name, and the id of the cell that draws it for paper.
FIGURE = re.compile(
    r'\.interactive(?: #([a-z0-9-]+))? figure="([a-z0-9-]+)"[^}\n]*\}\n```\{python\}\n#\| label: ([a-z0-9-]+)'
)

# The predictions that a hidden figure waits for: its own, or those that what it stands in names.
WAITS_FOR = "(e) => e.closest('.reveal').dataset.after?.split(' ') ?? [e.closest('.predict').id]"


class Place(NamedTuple):
    """Where a figure stands."""

    name: str
    page: str
    id: str


def places() -> list[Place]:
    """Every figure of the book that main.js knows, wherever it is used."""
    registry = (ROOT / "figures/interactive/main.js").read_text(encoding="utf-8")
    known = re.findall(r'^  "([a-z0-9-]+)": \w+,$', registry, re.MULTILINE)
    found = [
        (path.relative_to(ROOT).with_suffix(".html").as_posix(), *each)
        for path in (ROOT / "index.qmd", *sorted((ROOT / "chapters").glob("*.qmd")))
        for each in FIGURE.findall(path.read_text(encoding="utf-8"))
    ]
    return [Place(name, page, own or label) for page, own, name, label in found if name in known]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`every_figure` is each place where a figure stands, once for each page that uses it."""
    if "every_figure" in metafunc.fixturenames:
        metafunc.parametrize("every_figure", places(), ids=lambda place: f"{place.name}, {place.id}")


@pytest.fixture
def every_place() -> list[Place]:
    """All of them at once."""
    return places()


class Widget:
    """One figure on its page."""

    def __init__(self, seen, place: Place, address: str) -> None:
        self.seen, self.name, self.id = seen, place.name, place.id
        self.page: Page = seen.open(address)
        self.box = self.page.locator(
            f'[data-figure="{self.name}"]:is([id="{self.id}"], :has([id="{self.id}"]))'
        )
        self.widget = self.box.locator(".widget")
        if not self.box.is_visible():  # it waits for a prediction
            for asked in self.box.evaluate(WAITS_FOR):
                self.page.locator(f"#{asked} input[type=radio]").first.click()
        self.box.locator("figure").scroll_into_view_if_needed()
        self.page.wait_for_timeout(100)

    @staticmethod
    def numbers(text: str) -> list[float]:
        """Every number in a text, whose minus is a real one."""
        return [float(each.replace("−", "-")) for each in re.findall(r"−?\d+\.?\d*", text)]

    def number(self, text: str) -> float:
        """The last of them."""
        return self.numbers(text)[-1]

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def words(self) -> str:
        """The result, as it is said."""
        self.settle()
        return self.widget.locator(".words").inner_text()

    def handle(self, name: str) -> Locator:
        """What is dragged, by the start of its label."""
        return self.widget.locator(f".handle[role=slider][aria-label^='{name}']")

    def slider(self, name: str) -> Locator:
        """The range input whose label starts with these words."""
        return self.widget.locator("label.slider", has_text=re.compile(rf"^{re.escape(name)}")).locator(
            "input"
        )

    def press(self, name: str) -> None:
        """Press a button."""
        self.widget.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def middle(self, name: str) -> tuple[float, float]:
        """Where a handle is on the screen, which scrolls to it where it must."""
        self.handle(name).evaluate("(e) => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
        found = self.handle(name).locator(".target").bounding_box()
        return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2

    def drag(self, name: str, dx: float, dy: float) -> None:
        """Pull a handle by so many pixels, with the mouse, in steps."""
        x, y = self.middle(name)
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + dx, y + dy, steps=5)
        mouse.up()
        self.settle()

    def touch(self, name: str, dx: float, dy: float) -> None:
        """The same with a finger, on a page that was opened with one."""
        x, y = self.middle(name)
        finger = self.page.context.new_cdp_session(self.page)

        def send(kind: str, *points: dict[str, float]) -> None:
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

        send("touchStart", {"x": x, "y": y})
        for step in range(1, 6):
            send("touchMove", {"x": x + dx * step / 5, "y": y + dy * step / 5})
        send("touchEnd")
        self.settle()


@pytest.fixture
def use(server: str) -> Callable[..., Widget]:
    """Open a figure at its place, the last of a name, or the one of an id; at a state, where one is given ("" is where it starts)."""

    def start(which: str | Place, seen, state: str | None = None) -> Widget:
        place = (
            which
            if isinstance(which, Place)
            else [each for each in places() if which in (each.name, each.id)][-1]
        )
        hash_ = "" if state is None else f"#{place.id}:{state}" if state else f"#{place.id}"
        return Widget(seen, place, server + place.page + hash_)

    return start

"""bowl: descent over the contours of two sets of data, two bowls each, beside the package's own runs."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from ml_from_scratch import (
    best_learning_rate,
    condition_number,
    gradient_descent,
    hessian,
    largest_stable_learning_rate,
    least_squares,
    mean_squared_error,
    mean_squared_error_gradient,
    noisy_line,
    penguins,
    standardize,
)

LINE, BIRDS = noisy_line(np.random.default_rng(42)), penguins("flipper_length")
TABLES = {
    "line": (LINE.X, LINE.y),
    "shifted": (LINE.X + 2, LINE.y),
    "raw": (BIRDS.X, BIRDS.y),
    "standardised": (standardize(BIRDS.X).Z, BIRDS.y),
}
IDS = {
    "line": "fig-by-direction",
    "shifted": "fig-by-direction",
    "raw": "fig-bowls",
    "standardised": "fig-bowls",
}
LINES = ("line", "shifted")
SECOND = {table: f"second={place}" for table, place in zip(IDS, (0, 1, 0, 1), strict=True)}


def walk(table: str, start, rate: float, steps: int) -> np.ndarray:
    """The package's own run."""
    X, y = TABLES[table]

    def gradient(point):
        return np.append(*mean_squared_error_gradient(X, y, point[:1], point[1]))

    return gradient_descent(gradient, start, learning_rate=rate, steps=steps).points


def state(widget) -> dict[str, float]:
    """The state, as the link to it gives it."""
    widget.settle()
    pairs = widget.widget.locator(".state-link").get_attribute("href").partition(":")[2].split("&")
    return {name: float(value) for name, value in (pair.split("=") for pair in pairs)}


def power(text: str) -> float:
    """A number that may be written with a power of ten: −7.3 × 10⁵."""
    digits, _, raised = text.replace("−", "-").partition(" × 10")
    return float(digits) * 10 ** int(raised.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def factor(text: str) -> float:
    """A factor, also one written as 1 − 1.2 × 10⁻⁷."""
    return 1 - power(text[4:]) if text.startswith("1 − ") else power(text)


def check_bowl(widget, table: str) -> np.ndarray:
    """All that is shown against the package's run from the same start; returns that run."""
    X, y = TABLES[table]
    now = state(widget)
    rate = now["rate"] * (1 if table in LINES else largest_stable_learning_rate(X))
    points = walk(table, [now["w"], now["b"]], rate, int(now["steps"]))
    w, b = points[-1]
    equation, size = widget.widget.locator(".line-readings > span").all_inner_texts()
    letter = {"shifted": r"\(x \+ 2\)", "standardised": "z"}.get(table, "x")
    slope, sign, height = re.fullmatch(f"ŷ = (.+) {letter} ([+−]) (.+)", equation).groups()
    close = {"abs": 0.5 / 10 ** (2 if table in LINES else 1) + 1e-9}
    if "×" in equation:
        close = {"rel": 0.05}  # two digits and a power of ten
    assert power(slope) == pytest.approx(w, **close)
    assert power(sign.replace("+", "") + height) == pytest.approx(b, **close)
    loss = mean_squared_error(y, X @ [w] + b)
    if table in LINES:
        assert power(size.removeprefix("Loss ")) == pytest.approx(
            loss, abs=0.005 + 1e-9, rel=0.05 * ("×" in size)
        )
    else:
        assert widget.number(size) == pytest.approx(math.sqrt(loss), abs=0.5 + 1e-6)

    # The factors: predicted by the curvatures, measured on the last step.
    curvatures, directions = np.linalg.eigh(hessian(X))
    if table == "standardised":
        directions = np.eye(2)[::-1].T  # round: the figure takes the axes of b and w
    along = (points - np.append(*least_squares(X, y))) @ directions
    rows = [row.locator("th, td").all_inner_texts() for row in widget.widget.locator("tbody tr").all()]
    for place, (_, curvature, predicted, measured) in enumerate(rows):
        assert widget.number(curvature) == pytest.approx(curvatures[place], rel=1e-4, abs=0.005)
        exact = 1 - rate * curvatures[place]
        assert 1 - factor(predicted) == pytest.approx(1 - exact, rel=0.05, abs=0.00005 + 1e-9)
        if len(points) > 1 and abs(along[-2, place]) > 1e-3:
            assert factor(measured) == pytest.approx(along[-1, place] / along[-2, place], abs=0.00005 + 1e-6)
        if len(points) == 1:
            assert measured == "–"
    return points


def pixels(widget, points: np.ndarray) -> np.ndarray:
    """Where the path runs, in pixels of the map, and so also where its points should be."""
    path = widget.widget.locator(".plane").first.locator("path.walk").get_attribute("d")
    return np.array([[float(each) for each in pair.split()] for pair in re.split("[ML]", path)[1:]])[
        : len(points)
    ]


@pytest.mark.parametrize("table", TABLES)
def test_the_start_follows_mouse_click_and_keys(visit, use, table):
    with visit() as seen:
        widget = use(IDS[table], seen, SECOND[table])
        assert (state(widget)["w"], state(widget)["b"]) == (0, 0)
        check_bowl(widget, table)
        widget.drag("Start", 30, -60)
        dragged = state(widget)
        assert dragged["w"] > 0
        assert dragged["b"] > 0
        check_bowl(widget, table)
        box = widget.widget.locator(".plane svg").first.bounding_box()
        widget.page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.5)
        clicked = state(widget)
        assert clicked["w"] > dragged["w"]
        check_bowl(widget, table)
        handle = widget.handle("Start")
        handle.focus()
        for key in ("ArrowLeft", "Shift+ArrowDown"):
            widget.page.keyboard.press(key)
        moved = state(widget)
        assert moved["w"] < clicked["w"]
        assert moved["b"] < clicked["b"]
        check_bowl(widget, table)
        widget.drag("Start", -5000, 5000)  # held on the map
        assert widget.middle("Start")[0] >= box["x"]
        check_bowl(widget, table)
        assert seen.console == []


@pytest.mark.parametrize("table", TABLES)
def test_steps_and_runs_are_the_packages(visit, use, table):
    with visit() as seen:
        rate = {"shifted": 0.04, "standardised": 0.3}.get(table)
        widget = use(IDS[table], seen, f"{SECOND[table]}&steps=0" + (f"&rate={rate}" if rate else ""))
        for count in (1, 2, 3):
            widget.press("Step")
            assert state(widget)["steps"] == count
            points = check_bowl(widget, table)
        # The path has a corner at each point, and its corners lie as the points do.
        corners = pixels(widget, points)
        assert len(corners) == 4
        across, up = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
        for drawn, meant in ((corners[:, 0] - corners[0, 0], across), (corners[0, 1] - corners[:, 1], up)):
            unit = drawn[-1] / meant[-1]
            assert drawn == pytest.approx(unit * meant, abs=0.25)
        widget.press("Run")
        end = check_bowl(widget, table)
        assert "arrived" in widget.words() if table != "raw" else "still to go" in widget.words()
        assert len(end) > 30
        widget.press("Back")
        assert state(widget)["steps"] == 0
        check_bowl(widget, table)
        assert seen.console == []


def test_the_rate_bends_the_path_and_its_limit_is_marked(visit, use):
    with visit() as seen:
        widget = use("fig-by-direction", seen, "steps=40")
        check_bowl(widget, "line")
        slider = widget.slider("Learning rate")
        X = TABLES["line"][0]
        # Where the best rate is, a prediction asks: its mark waits for the answer.
        assert widget.widget.locator(".mark").all_inner_texts() == ["limit"]
        widget.page.locator("#prd-near-the-limit input[type=radio]").first.click()
        slider.fill("0.01")
        widget.settle()
        low, high = (float(slider.get_attribute(name)) for name in ("min", "max"))
        track = slider.bounding_box()
        for word, value in (("limit", largest_stable_learning_rate(X)), ("best", best_learning_rate(X))):
            mark = widget.widget.locator(".mark", has_text=word)
            at = float(mark.evaluate("(e) => e.style.getPropertyValue('--at')"))
            assert at == pytest.approx((value - low) / (high - low), abs=1e-9)
            box = mark.bounding_box()
            tick = box["x"] if word == "limit" else box["x"] + box["width"]
            assert tick == pytest.approx(track["x"] + 8 + at * (track["width"] - 16), abs=1.5)
        for _ in range(30):
            slider.press("ArrowRight")
        assert state(widget)["rate"] == 0.04
        check_bowl(widget, "line")
        slider.press("End")
        assert "the loss rises" in widget.words()
        check_bowl(widget, "line")
        widget.press("Run")
        assert "the loss rises" in widget.words() or "beyond what a computer" in widget.words()
        widget.press("Reset")
        assert state(widget) == {"second": 0, "w": 0, "b": 0, "rate": 0.01, "steps": 150}
        assert seen.console == []


def test_raw_penguins_crawl_and_standardised_ones_land_in_one_step(visit, use):
    with visit() as seen:
        widget = use("fig-bowls", seen, "")
        assert "ravine" in widget.words()
        widget.press("Run")
        assert "99.99% of the way along the floor is still to go" in widget.words()
        check_bowl(widget, "raw")
        button = widget.widget.get_by_role("button", name="Standardise")
        widget.press("Standardise")
        assert button.get_attribute("aria-pressed") == "true"
        assert "round" in widget.words()
        assert state(widget)["steps"] == 0
        widget.press("Step")
        assert "one step is enough" in widget.words()
        check_bowl(widget, "standardised")
        widget.press("Standardise")
        assert button.get_attribute("aria-pressed") == "false"
        check_bowl(widget, "raw")
        assert seen.console == []


def ellipses(widget, X) -> list[tuple[float, float, float]]:
    """Of each level curve of the map: how far its axis leans, its length by its width, and the excess loss on it."""
    scale = pixels_of_units(widget)
    cross = widget.widget.locator(".plane path.role-ink").get_attribute("d")
    left, height = re.match(r"M([\d.-]+) ([\d.-]+)h12M", cross).groups()
    best = np.array([float(left) + 6, float(height)])
    found = []
    for path in widget.widget.locator("path.contour").all():
        pairs = re.split("[ML]", path.get_attribute("d"))[1:]
        at = np.array([pair.split() for pair in pairs], dtype=float)
        at = (at - best) / scale  # (w, b), from the minimum
        _, lengths, axes = np.linalg.svd(at[:-1], full_matrices=False)
        excess = 0.5 * np.einsum("ij,jk,ik->i", at, hessian(X), at)
        assert excess == pytest.approx(np.full(len(at), excess.mean()), rel=0.05)
        found.append((np.degrees(np.arctan(axes[0, 0] / axes[0, 1])), lengths[0] / lengths[1], excess.mean()))
    return found


def pixels_of_units(widget) -> np.ndarray:
    """How long a unit of w and one of b are on the map, by the numbers at its edges; b grows upwards."""
    marks = widget.widget.locator(".plane").first.locator(".ticks text")
    places = [
        (power(mark.text_content()), mark.get_attribute("class") == "left", mark) for mark in marks.all()
    ]
    units = []
    for left, key in ((False, "x"), (True, "y")):
        (low, at_low), *_, (high, at_high) = sorted(
            (value, float(mark.get_attribute(key))) for value, side, mark in places if side == left
        )
        units.append((at_high - at_low) / (high - low))
    return np.array(units)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_second_bowl_of_the_line_leans_and_everything_follows_by_the_keys(visit, use, width):
    with visit(width) as seen:
        widget = use("fig-by-direction", seen, "rate=0.1&steps=5")
        swap = widget.widget.get_by_role("button", name="Add 2 to x", exact=True)
        assert "press Add 2 to x" in " ".join(widget.page.locator("main").inner_text().split())
        limit = widget.widget.locator(".mark", has_text="limit")

        def shown() -> dict[str, object]:
            widget.settle()
            planes = widget.widget.locator(".plane")
            return {
                "contours": [e.get_attribute("d") for e in widget.widget.locator("path.contour").all()],
                "axes": widget.widget.locator("path.across").get_attribute("d"),
                "path": planes.first.locator("path.walk").get_attribute("d"),
                "curves": [
                    planes.nth(2).locator(f"path.{c}").get_attribute("d")
                    for c in ("both", "role-loss", "role-model")
                ],
                "said of the curve": planes.nth(2).locator("svg").get_attribute("aria-label"),
                "line": planes.nth(1).locator("path.role-model").get_attribute("d"),
                "table": widget.widget.locator("tbody").inner_text(),
                "readings": widget.widget.locator(".line-readings").inner_text(),
                "limit": limit.evaluate("(e) => e.style.getPropertyValue('--at')"),
                "words": widget.words(),
            }

        before = shown()
        check_bowl(widget, "line")
        upright = ellipses(widget, LINE.X)
        for lean, stretch, _ in upright:
            assert abs(lean) < 2
            assert stretch == pytest.approx(np.sqrt(condition_number(LINE.X)), rel=0.03)
        swap.focus()
        widget.page.keyboard.press("Enter")
        after = shown()
        assert swap.get_attribute("aria-pressed") == "true"
        assert state(widget) == {"second": 1, "w": 0, "b": 0, "rate": 0.1, "steps": 5}
        assert [name for name in before if before[name] == after[name]] == []
        check_bowl(widget, "shifted")
        X = TABLES["shifted"][0]
        flat = np.linalg.eigh(hessian(X))[1][:, 0]
        for (lean, stretch, excess), (*_, as_before) in zip(ellipses(widget, X), upright, strict=True):
            assert lean == pytest.approx(np.degrees(np.arctan(flat[0] / flat[1])), abs=0.5)
            assert stretch == pytest.approx(np.sqrt(condition_number(X)), rel=0.03)
            assert excess == pytest.approx(as_before, rel=0.02)
        assert "above the limit, " + f"{largest_stable_learning_rate(X):.4f}" in after["words"]
        assert widget.widget.locator(".plane").nth(1).get_by_text("x + 2", exact=True).is_visible()
        widget.page.wait_for_timeout(800)
        assert widget.widget.get_by_role("status").inner_text() == after["words"]  # a screen reader is told
        widget.page.keyboard.press("Space")
        assert shown() == before
        assert swap.get_attribute("aria-pressed") == "false"
        assert seen.console == []


@pytest.mark.parametrize("width", [360, 1440])
def test_the_best_rates_of_both_bowls_wait_for_the_answer(visit, use, width):
    with visit(width) as seen:
        widget = use("fig-by-direction", seen, "second=1")
        marks = widget.widget.locator(".mark")
        for _ in range(3):
            assert marks.all_inner_texts() == ["limit"]
            widget.press("Add 2 to x")
        assert "best" not in widget.widget.inner_text()
        widget.page.locator("#prd-near-the-limit input[type=radio]").first.click()
        slider = widget.slider("Learning rate")
        low, high = (float(slider.get_attribute(name)) for name in ("min", "max"))
        for _ in LINES:
            widget.press("Add 2 to x")
            X = TABLES[LINES[int(state(widget)["second"])]][0]
            assert marks.all_inner_texts() == ["best", "limit"]
            for mark, value in zip(
                marks.all(), (best_learning_rate(X), largest_stable_learning_rate(X)), strict=True
            ):
                at = float(mark.evaluate("(e) => e.style.getPropertyValue('--at')"))
                assert at == pytest.approx((value - low) / (high - low), abs=1e-9)
            best, limit = (mark.bounding_box() for mark in marks.all())
            # Side by side, however close their ticks are.
            assert best["x"] + best["width"] <= limit["x"] + 1
        assert seen.console == []


def test_the_line_that_is_drawn_is_the_point_of_the_map(visit, use):
    with visit() as seen:
        widget = use("fig-by-direction", seen, "w=3&b=-1&steps=0")
        dots = widget.widget.locator(".plane").nth(1).locator(".dots circle")
        places = np.array(
            dots.evaluate_all("(all) => all.map((e) => [+e.getAttribute('cx'), +e.getAttribute('cy')])")
        )
        x_of = np.polyfit(LINE.x, places[:, 0], 1)
        y_of = np.polyfit(LINE.y, places[:, 1], 1)
        path = widget.widget.locator(".plane").nth(1).locator("path.role-model").get_attribute("d")
        (x1, y1), (x2, y2) = ([float(each) for each in pair.split()] for pair in re.split("[ML]", path)[1:])
        for left, top in ((x1, y1), (x2, y2)):
            x = (left - x_of[1]) / x_of[0]
            assert (top - y_of[1]) / y_of[0] == pytest.approx(3 * x - 1, abs=0.02)
        assert seen.console == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("table", LINES)
@pytest.mark.parametrize(("rate", "steps"), [(0.01, 150), (0.1, 5), (0.001, 1000), (0.16, 2), (0.05, 0)])
def test_the_loss_falls_along_the_axes_as_the_package_says(visit, use, width, table, rate, steps):
    X, y = TABLES[table]
    with visit(width) as seen:
        widget = use("fig-by-direction", seen, f"{SECOND[table]}&rate={rate}&steps={steps}")
        graph = widget.widget.locator(".plane").nth(2)
        ticks = {
            power(f"1 × {tick.text_content()}"): float(tick.get_attribute("y")) - 4
            for tick in graph.locator(".ticks .left").all()
        }
        (one, at_one), *_, (other, at_other) = sorted(ticks.items())
        decade = (at_other - at_one) / (np.log10(other) - np.log10(one))
        span = 1000 if steps > 150 else 150
        curvatures, axes = np.linalg.eigh(hessian(X))
        points = walk(table, [0, 0], rate, span)
        best = np.append(*least_squares(X, y))
        flat, steep = (curvatures / 2 * ((points - best) @ axes) ** 2).T
        for name, expected in (("role-loss", flat), ("role-model", steep), ("both", flat + steep)):
            path = graph.locator(f"path.{name}").get_attribute("d")
            at = np.array([pair.split() for pair in re.split("[ML]", path)[1:]], dtype=float)
            assert len(at) == span + 1
            assert np.diff(at[:, 0]) == pytest.approx(np.full(span, np.diff(at[:, 0]).mean()), abs=0.11)
            seen_part = (expected > 1e-5) & (expected < 1e4)  # of what the frame shows
            seen_part &= np.maximum.accumulate(flat + steep) < 1e4  # beyond it, rounding takes the flat part
            heights = at_one + decade * (np.log10(expected[seen_part]) - np.log10(one))
            assert at[seen_part, 1] == pytest.approx(heights, abs=0.2)
        dot = graph.locator("circle.reached")
        above = mean_squared_error(y, X @ points[steps][:1] + points[steps][1]) - mean_squared_error(
            y, X @ best[:1] + best[1]
        )
        assert float(dot.get_attribute("cy")) == pytest.approx(
            at_one + decade * (np.log10(above) - np.log10(one)), abs=0.2
        )
        said = graph.locator("svg").get_attribute("aria-label")
        numbers = re.search(rf"At step {steps}: flat (.+?), steep (.+?), both (.+?)\. At step {span}: ", said)
        for told, part in zip(numbers.groups(), (flat, steep, flat + steep), strict=True):
            assert power(told) == pytest.approx(part[steps], rel=0.06, abs=1e-12)
        # The names stand inside, and the parts' do not hide each other.
        box = graph.bounding_box()
        names = [
            graph.locator("text.label", has_text=each).bounding_box() for each in ("flat", "steep", "both")
        ]
        for each in names:
            assert each["x"] >= box["x"]
            assert each["x"] + each["width"] <= box["x"] + box["width"] + 1
            assert box["y"] <= each["y"] <= box["y"] + box["height"] - each["height"]
        a, b = names[:2]
        assert abs(a["y"] - b["y"]) > 9 or a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
        assert seen.console == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("rate", [0.09, 0.093, 0.1, 0.12, 0.16])
def test_no_name_hides_a_run_that_grows(visit, use, width, rate):
    with visit(width) as seen:
        widget = use("fig-by-direction", seen, f"second=1&rate={rate}&steps=5")
        graph = widget.widget.locator(".plane").nth(2)
        path = graph.locator("path.both").get_attribute("d")
        at = np.array([pair.split() for pair in re.split("[ML]", path)[1:]], dtype=float)
        steps = np.linspace(0, len(at) - 1, 5000)
        curve = np.column_stack([np.interp(steps, np.arange(len(at)), each) for each in at.T])
        for name in ("both", "steep"):
            box = graph.locator("text.label", has_text=name).evaluate(
                "(e) => { const { x, y, width, height } = e.getBBox(); return [x, y, x + width, y + height]; }"
            )
            inside = (curve > box[:2]).all(axis=1) & (curve < box[2:]).all(axis=1)
            assert not inside.any(), name
        assert seen.console == []


def test_the_curves_follow_the_rate_slider(visit, use):
    with visit(360) as seen:
        widget = use("fig-by-direction", seen, "steps=0")
        curve = widget.widget.locator(".plane").nth(2).locator("path.both")
        before = curve.get_attribute("d")
        widget.slider("Learning rate").press("ArrowRight")
        widget.settle()
        assert curve.get_attribute("d") != before
        assert seen.console == []


def test_a_run_moves_and_can_be_stopped(visit, use):
    with visit() as seen:
        widget = use("fig-by-direction", seen, "")
        widget.page.emulate_media(reduced_motion="no-preference")
        widget.press("Run")
        widget.page.wait_for_timeout(400)
        widget.press("Stop")
        stopped = widget.words()
        assert 1 <= state(widget)["steps"] < 1000
        widget.page.wait_for_timeout(200)
        assert widget.words() == stopped
        check_bowl(widget, "line")
        assert seen.console == []

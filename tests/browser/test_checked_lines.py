"""A step with several checked lines opens them one by one, each with its check; a link or paper opens them all."""

from __future__ import annotations

MSE = "chapters/05-mse-gradient.html"


def lines(box):
    """Whether each equation of the derivation, and the check beside it, can be seen."""
    equations = box.locator(".step .cell .equation").all()
    checks = box.locator(".step blockquote").all()
    assert len(equations) == len(checks) > box.locator(".step").count()
    seen = [equation.is_visible() for equation in equations]
    assert [check.is_visible() for check in checks] == seen
    return seen


def test_a_step_of_several_lines_opens_them_one_by_one(visit, server):
    with visit() as seen:
        page = seen.open(server + MSE)
        box = page.locator("#drv-mse-one-term")
        total = len(lines(box))
        checked, closing = box.locator(".step:has(blockquote)"), box.locator(".step:not(:has(blockquote))")
        firsts = {0}  # where a step begins, its reason is the hint
        for step in checked.all():
            firsts.add(max(firsts) + step.locator("blockquote").count())
        for line in range(1, total):
            assert lines(box) == [True] * line + [False] * (total - line)
            box.get_by_role("button", name="What comes next?").press("Enter")
            if line in firsts:
                assert box.locator("[role=status]").inner_text().startswith("Next: ")
                box.get_by_role("button", name="Show the next line").press("Enter")
        assert lines(box) == [True] * total
        assert not closing.is_visible()  # what the lines lead to, which would give them away
        box.get_by_role("button", name="What comes next?").press("Enter")
        assert box.locator("[role=status]").inner_text().startswith("Next: ")
        box.get_by_role("button", name="Show the next line").press("Enter")
        assert closing.is_visible()
        assert box.locator("[role=status]").inner_text() == f"All {total + 1} lines"
        box.get_by_role("button", name="Start over").click()
        assert lines(box) == [True] + [False] * (total - 1)
        assert seen.console == []


def test_paper_shows_every_line_and_its_check(visit, server):
    with visit() as seen:
        page = seen.open(server + MSE)
        page.emulate_media(media="print")
        for box in page.locator(".derivation").all():
            assert all(lines(box))


def test_on_a_phone_the_check_stands_below_its_line_and_on_a_desk_beside_it(visit, server):
    with visit() as seen:
        page = seen.open(server + MSE)
        for width, beside in ((1280, True), (360, False)):
            page.set_viewport_size({"width": width, "height": 900})
            cell = page.locator("#cell-step-model")
            equation = cell.locator(".equation").first.bounding_box()
            check = cell.locator("blockquote").first.bounding_box()
            assert (check["x"] >= equation["x"] + equation["width"]) == beside
            assert (check["y"] >= equation["y"] + equation["height"]) != beside
            assert check["x"] + check["width"] <= width

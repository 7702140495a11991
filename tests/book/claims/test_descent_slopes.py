"""What the chapter on descent says of slopes, rules and nudges, proved by algebra and by exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest
import sympy

x, h, u = sympy.symbols("x h u", real=True)


@pytest.fixture(scope="module")
def chapter(pages):
    return pages["chapters/04-gradient-descent.html"]


def secant(f, at, step):
    """The slope between two points, in exact numbers."""
    at, step = Fraction(at), Fraction(step)
    return (f(at + step) - f(at)) / step


# sec-derivative


def test_the_table_shows_secants_that_close_in_on_the_tangents_slope(says, chapter):
    says("sec-derivative", "The slopes come as near to 2 as you like", "closes in on one number")
    rows = chapter.table("tbl-secants")[1:]
    assert len(rows) == 5
    for step, rise, slope in rows:
        exact = secant(lambda v: v * v, 1, step)
        assert float(slope) == pytest.approx(float(exact), abs=5.1e-5)
        assert float(rise) == pytest.approx(float(exact * Fraction(step)), abs=5.1e-9)
    off = [abs(float(slope) - 2) for _, _, slope in rows]
    assert off == sorted(off, reverse=True)
    assert sympy.limit(((1 + h) ** 2 - 1) / h, h, 0) == 2


def test_every_line_of_the_square_is_the_same_expression(says):
    says("sec-derivative", "each secant is too steep by exactly", "any", "divide it out")
    lines = [((x + h) ** 2 - x**2) / h, (x**2 + 2 * x * h + h**2 - x**2) / h, 2 * x + h]
    assert all(sympy.simplify(line - lines[0]) == 0 for line in lines)
    assert sympy.limit(lines[0], h, 0) == sympy.diff(x**2, x) == 2 * x
    for step in ("1", "1/10", "1/1000"):
        assert secant(lambda v: v * v, 1, step) - 2 == Fraction(step)


def test_the_secants_of_the_figure_grow_less_steep_as_their_second_point_comes_near(says, chapter):
    says("sec-derivative", "the secant turns into the tangent")
    text = chapter.tree.xpath("//figure[@id='fig-secants']/img/@alt")[0]
    assert "each less steep than the last" in text
    slopes = [secant(lambda v: v * v, 1, step) for step in ("2", "7/5", "4/5")]
    assert slopes == sorted(slopes, reverse=True)
    assert slopes[-1] > 2  # the tangent is the least steep of all


def test_the_derivatives_sign_is_the_curves_direction(says):
    says(
        "sec-derivative", "is negative where the curve falls, positive where it rises, and zero at the bottom"
    )
    heights = np.linspace(-2, 2, 401) ** 2
    assert (np.diff(heights)[:200] < 0).all()
    assert (np.diff(heights)[200:] > 0).all()


def test_a_nudge_changes_f_by_about_the_slope_times_the_nudge(says):
    says("sec-derivative", "changes by about")
    for f, slope in ((np.sin, np.cos), (np.exp, np.exp)):
        change = f(1.3 + 1e-4) - f(1.3)
        assert change == pytest.approx(slope(1.3) * 1e-4, rel=1e-3)


# sec-descent-rules


@pytest.mark.parametrize(
    ("function", "derivative"),
    [(x**n, n * x ** (n - 1)) for n in range(1, 7)]
    + [
        (sympy.Integer(7), sympy.Integer(0)),
        (x**2 - 6 * x + 9, 2 * x - 6),
        ((3 * x - 6) ** 2, 6 * (3 * x - 6)),
    ],
)
def test_the_rules_give_the_limit_of_the_definition(says, function, derivative):
    says("sec-descent-rules", "Power.", "Constant factor.", "Sum.", "Chain.", "the rates multiply")
    quotient = sympy.expand((function.subs(x, x + h) - function) / h)
    assert sympy.expand(sympy.limit(quotient, h, 0) - derivative) == 0


def test_factors_come_out_and_sums_come_apart_for_any_functions(says):
    says("sec-descent-rules", "every rise is", "the rises add up")
    f, g, c = sympy.Function("f"), sympy.Function("g"), sympy.Symbol("c")
    rise = (c * f(x + h) + g(x + h)) - (c * f(x) + g(x))
    assert sympy.expand(rise - c * (f(x + h) - f(x)) - (g(x + h) - g(x))) == 0


def test_the_chains_table_multiplies_its_two_rates(says, chapter):
    says(
        "sec-descent-rules",
        "the last column is the product of the two before it",
        "change 12, 15 or 36 times",
    )
    rows = chapter.table("tbl-chain")[1:]
    assert len(rows) == 3
    for shown, inner, outer, whole in rows:
        step = Fraction(shown)
        before, after = Fraction(6), 3 * (4 + step) - 6
        assert Fraction(inner) == (after - before) / step == 3
        assert Fraction(outer) == (after**2 - before**2) / (after - before)
        assert Fraction(whole) == (after**2 - before**2) / step == Fraction(inner) * Fraction(outer)
    assert sympy.diff((3 * x - 6) ** 2, x).subs(x, 4) == 36


def test_the_rules_table_agrees_with_symbolic_derivatives(chapter):
    at_4 = [sympy.diff(f, x).subs(x, 4) for f in (x**3, 5 * x**2, (x - 3) ** 2, (3 * x - 6) ** 2)]
    rows = chapter.table("tbl-rules")[1:]
    assert [int(by_rule) for _, _, by_rule, _ in rows] == at_4
    assert [float(measured) for *_, measured in rows] == pytest.approx([float(v) for v in at_4], abs=1e-6)


# sec-descent-nudge


def test_the_errors_of_both_differences_are_those_of_the_algebra(says):
    says("sec-descent-nudge", "the first difference gives", "looking both ways cancels the")
    cube = lambda v: v**3  # noqa: E731
    assert sympy.expand(((1 + h) ** 3 - 1) / h - (3 + 3 * h + h**2)) == 0
    assert sympy.expand((cube(1 + h) - cube(1 - h)) / (2 * h) - (3 + h**2)) == 0


def measured_errors(steps):
    """Both errors of the slope of x³ at 1, in floats, by products instead of powers."""
    up, down = 1 + steps, 1 - steps
    one = up * up * up
    return abs((one - 1) / steps - 3), abs((one - down * down * down) / (2 * steps) - 3)


def test_ten_times_smaller_gains_one_digit_one_sided_and_two_central(says):
    says("sec-descent-nudge", "about ten times smaller, and the central one a hundred times")
    one, central = measured_errors(np.array([1e-2, 1e-3]))
    assert one[0] / one[1] == pytest.approx(10, rel=0.01)
    assert central[0] / central[1] == pytest.approx(100, rel=1e-4)
    says("sec-descent-nudge", f"by a factor of {one[0] / one[1]:.1f}, the central one by 100.0")


def test_the_errors_shrink_and_then_grow_the_central_one_turning_first_and_lower(says, chapter):
    says(
        "sec-descent-nudge",
        "They shrink at first, and then grow.",
        "A smaller step helps until rounding takes over",
    )
    text = chapter.tree.xpath("//figure[@id='fig-nudges']/img/@alt")[0]
    assert "The central one turns first but much lower" in text
    steps = 10.0 ** -np.arange(1, 15.5, 0.5)
    one, central = measured_errors(steps)
    assert central.argmin() < one.argmin()
    assert central.min() < one.min() / 10
    for errors in (one, central):
        assert 0 < errors.argmin() < len(steps) - 1
        assert (np.diff(errors[: errors.argmin() - 2]) < 0).all()
        assert errors[-1] > 1e6 * errors.min()


def test_the_least_errors_are_near_those_stated(says, chapter):
    says("sec-descent-nudge", "The best that they reach is")
    stated = re.findall(r"reach is (\S+) and (\S+?)\. ", chapter.text)[0]
    one, central = measured_errors(10.0 ** -np.arange(1, 15.5, 0.5))
    for shown, least in zip(stated, (one.min(), central.min()), strict=True):
        assert least / 30 < float(shown) < 30 * least


def test_the_two_heights_share_their_digits_and_division_enlarges_the_rounding(says):
    says("sec-descent-nudge", "agree in nearly all their digits", "makes the rounding large")
    step = 1e-12
    exact = secant(lambda v: v**3, 1, step)
    rise = (1 + step) ** 3 - 1.0
    rounding = abs(Fraction(rise) - exact * Fraction(step))
    assert rounding < 1e-15
    assert rounding / Fraction(step) > 1e-5

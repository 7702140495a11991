"""What the chapter on descent says of slopes, rules and nudges, proved by algebra and by exact fractions."""

from __future__ import annotations

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


def test_the_secants_close_in_on_the_tangents_slope(says):
    says("sec-derivative", "The slopes come as near to 2 as you like")
    slopes = [secant(lambda v: v * v, 1, step) for step in ("1", "0.1", "0.01", "0.001", "0.0001")]
    assert slopes[:2] == [3, Fraction("2.1")]  # the two by hand
    found = ", ".join(f"{float(slope):.4f}" for slope in slopes[2:])
    says("sec-derivative", f"the computer finds {found}; say which number")
    off = [abs(slope - 2) for slope in slopes]
    assert off == sorted(off, reverse=True)
    assert sympy.limit(((1 + h) ** 2 - 1) / h, h, 0) == 2


def test_every_line_of_the_square_is_the_same_expression(says):
    says("sec-derivative", "each secant was too steep by exactly", "any", "divide it out")
    lines = [((x + h) ** 2 - x**2) / h, (2 * x * h + h**2) / h, 2 * x + h]
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


def test_a_corner_has_a_limit_from_each_side_and_they_differ(says):
    says("sec-derivative", "if both sides lead to the same one", "at the corner of", "there is none")
    quotient = (sympy.Abs(h) - sympy.Abs(0)) / h
    assert [sympy.limit(quotient, h, 0, side) for side in "+-"] == [1, -1]
    smooth = ((1 + h) ** 2 - 1) / h
    assert [sympy.limit(smooth, h, 0, side) for side in "+-"] == [2, 2]


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
    says("sec-descent-rules", "Power.", "Constant factor.", "Sum.", "Chain.", "the rates of change multiply")
    quotient = sympy.expand((function.subs(x, x + h) - function) / h)
    assert sympy.expand(sympy.limit(quotient, h, 0) - derivative) == 0


def test_one_bracket_gives_the_power_rule_and_every_further_term_has_two_factors_h(says):
    says("sec-descent-rules", "every further term has at least two factors h")
    for n in range(2, 8):
        by_power = sympy.Poly((x + h) ** n, h).all_coeffs()[::-1]
        assert by_power[:2] == [x**n, n * x ** (n - 1)]
        assert len(by_power) == n + 1


def test_factors_come_out_and_sums_come_apart_for_any_functions(says):
    says("sec-descent-rules", "every rise is", "the rises add up")
    f, g, c = sympy.Function("f"), sympy.Function("g"), sympy.Symbol("c")
    rise = (c * f(x + h) + g(x + h)) - (c * f(x) + g(x))
    assert sympy.expand(rise - c * (f(x + h) - f(x)) - (g(x + h) - g(x))) == 0


def test_the_chain_by_hand_multiplies_its_two_rates_and_so_does_every_nudge(says, chapter):
    says("sec-descent-rules", "as in a train of gears", "As the nudge shrinks, 12.3 becomes")
    for step in (Fraction("0.1"), Fraction("0.001"), Fraction(-2)):
        du = 3 * (4 + step) - 6 - 6
        df = (6 + du) ** 2 - 36
        assert du == 3 * step
        assert df / step == (df / du) * (du / step)
        assert df / du == 12 + du  # 2u in the limit
        if step == Fraction("0.1"):
            by_hand = [6 + du, 36 + df, df, du, df / du, df / step]
    assert by_hand == [Fraction(v) for v in ("6.3", "39.69", "3.69", "0.3", "12.3", "36.9")]
    section = chapter.section("sec-descent-rules").text_content()
    assert all(f"{float(v):g}" in section for v in by_hand)
    assert sympy.diff((3 * x - 6) ** 2, x).subs(x, 4) == 3 * 12 == 36


# sec-descent-nudge


def test_the_errors_of_both_differences_are_those_of_the_algebra(says):
    says("sec-descent-nudge", "the first gives", "looking both ways cancels the")
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


def test_the_stated_slopes_are_near_3_and_then_lose_it(says):
    stated = []
    for step in (1e-5, 1e-10, 1e-15):
        up, down = 1 + step, 1 - step
        stated.append((up**3 - down**3) / (2 * step))
    says("sec-descent-nudge", f"its central difference is {', '.join(f'{v:.8f}' for v in stated)}.")
    off = abs(np.array(stated) - 3)
    assert off[0] < 1e-8
    assert (np.diff(off) > 0).all()
    assert off[2] > 0.1
    one, central = measured_errors(10.0 ** -np.arange(1, 15.5, 0.5))
    for errors in (one, central):  # the three show no accident
        assert 0 < errors.argmin() < len(errors) - 1
        assert (np.diff(errors[: errors.argmin() - 2]) < 0).all()
        assert errors[-1] > 1e6 * errors.min()
    assert central.min() < one.min() / 10


def test_the_two_heights_share_their_digits_and_division_enlarges_the_rounding(says):
    says("sec-descent-nudge", "agree in nearly all of these digits", "makes the rounding large")
    step = 1e-12
    exact = secant(lambda v: v**3, 1, step)
    rise = (1 + step) ** 3 - 1.0
    rounding = abs(Fraction(rise) - exact * Fraction(step))
    assert rounding < 1e-15
    assert rounding / Fraction(step) > 1e-5


def test_the_best_nudge_is_not_the_smallest(says):
    steps = np.array([float(f"1e-{k}") for k in range(17)])
    says(
        "sec-descent-nudge",
        "One way, 1 × 10⁻⁸; both ways, one of the two powers beside 6 × 10⁻⁶, and which is luck",
        "there the error of the algebra, which fades with",
        "that of the rounding, which grows as",
        "The tempting answer is the smallest",
    )
    winners = {"one": [], "central": []}
    for at in np.linspace(0.5, 2, 301):  # a single place would show its own luck
        up, down = (at + steps) ** 3, (at - steps) ** 3
        winners["one"].append(int(abs((up - at**3) / steps - 3 * at**2).argmin()))
        winners["central"].append(int(abs((up - down) / (2 * steps) - 3 * at**2).argmin()))
    assert winners["one"].count(8) > 0.8 * 301
    assert set(winners["central"]) == {5, 6}
    for errors in measured_errors(steps):
        assert errors[-1] > 1e6 * errors.min()
        assert errors[0] > 1e6 * errors.min()

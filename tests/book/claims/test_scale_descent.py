"""What the chapter on scale says of descent on the penguins, proved apart from its own cells."""

from __future__ import annotations

import re

import numpy as np
import pytest
import sympy as sp

from ml_from_scratch import DivergenceError, LinearRegression, standardize


@pytest.fixture(scope="module")
def birds(root):
    """The shipped table, read by NumPy alone: bill length, bill depth, flipper, mass."""
    file = root / "code" / "ml_from_scratch" / "data" / "penguins.csv"
    return np.genfromtxt(file, delimiter=",", skip_header=1, usecols=(2, 3, 4, 5))


@pytest.fixture(scope="module")
def page(pages):
    return pages["chapters/08-features-and-scale.html"]


def with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


def curvatures(X):
    """By singular values, since the raw Hessian's own would be blurred by rounding."""
    return np.linalg.svd(with_ones(X), compute_uv=False)[::-1] ** 2 * 2 / len(X)


def walk(X, y, rate, steps):
    A, p = with_ones(X), np.zeros(np.shape(X)[1] + 1)
    points = [p]
    for _ in range(steps):
        p = p - rate * 2 / len(A) * A.T @ (A @ p - y)
        points.append(p)
    points = np.array(points)
    return points, np.mean((y - points @ A.T) ** 2, axis=1)


def scores(X):
    return (X - X.mean(axis=0)) / np.sqrt(((X - X.mean(axis=0)) ** 2).mean(axis=0))


# sec-penguins


def test_the_line_and_its_typical_residual(says, birds):
    slope, intercept = np.polyfit(birds[:, 2], birds[:, 3], 1)
    e = birds[:, 3] - slope * birds[:, 2] - intercept
    says("sec-several-features", "342 penguins")
    says("sec-penguins", f"adds {slope:.1f} g per millimetre", f"−{-intercept:,.0f} g")
    says("sec-penguins", f"the typical size of a residual, is {np.sqrt(e @ e / len(e)):.0f} g")
    assert len(birds) == 342
    assert (slope, intercept) == pytest.approx((49.68557, -5780.831), abs=5e-4)


def test_the_raw_bowl_needs_tens_of_millions_of_steps(says, page, birds):
    says("sec-penguins", "Tens of millions", "its curvature does not depend on")
    low, high = curvatures(birds[:, [2]])[[0, -1]]
    kappa, count = map(int, re.findall(r"[\d,]+", page.output("steps-needed").replace(",", "")))
    assert high / low == pytest.approx(8.3e6, rel=0.01)
    assert kappa == round(high / low)
    assert count == pytest.approx(57.65e6, rel=1e-3)
    # The factor of the slowest direction, to that power, by repeated squaring.
    rate = 2 / (low + high)
    slow, fewer = ((1 - sp.Rational(rate) * sp.Rational(low)).evalf(40) ** n for n in (count, count - 20_000))
    assert slow == pytest.approx(1e-6, rel=1e-3)
    assert fewer > 1e-6


def test_the_simulated_line_needs_about_fifty_steps(says):
    says("sec-penguins", "at its own best rate, needs about fifty steps")
    rng = np.random.default_rng(42)
    low, high = curvatures(rng.uniform(-5, 5, (100, 1)))
    assert np.log(1e-6) / np.log((high - low) / (high + low)) == pytest.approx(50, abs=5)


def test_at_the_best_rate_w_leaps_and_at_half_the_limit_the_bias_crawls(says, birds):
    X, y = birds[:, [2]], birds[:, 3]
    low, high = curvatures(X)
    leaps, _ = walk(X, y, 2 / (low + high), 1001)
    says("sec-penguins", "leaps from wall to wall", "the leaps shrink as slowly as it moves along the floor")
    widths = np.diff(leaps[:, 0])  # from each step to the next, and back again
    assert abs(widths[-1]) > 40
    assert np.sign(widths[-1]) == -np.sign(widths[-2])
    assert abs(widths[-1] / widths[0]) == pytest.approx((1 - 2 / (low + high) * low) ** 1000, rel=1e-5)
    points, losses = walk(X, y, 1 / high, 1000)
    moved = abs(points[1000, 1] - points[1, 1])
    says("sec-penguins", f"move the bias by {moved:.2f} g of the 5,781 g")
    says("sec-penguins", f"is stuck at {np.sqrt(losses[-1]):.0f} g instead of 393 g", "looks level")
    across = np.array([high / 2, X.mean()]) / np.hypot(high / 2, X.mean())  # the steep axis, to first order
    best = np.polyfit(X[:, 0], y, 1)
    says("sec-penguins", "where the leaps vanish", "Its first step lands on the floor")
    assert abs((points[1] - best) @ across) < 1e-3 * abs((points[0] - best) @ across)
    assert np.ptp(losses[1:]) < 1e-3 * losses[1]
    assert points[1, 0] == pytest.approx((X[:, 0] @ y) / (X[:, 0] @ X[:, 0]), rel=0.01)
    assert 0 < points[-1, 0] < np.polyfit(X[:, 0], y, 1)[0] / 2  # far from the best line, as the map shows


# sec-standardise


def test_two_lengths_and_an_angle(says, page, birds):
    x = birds[:, 2]
    m, s = x.mean(), x.std()
    angle = np.degrees(np.arctan(s / m))  # of x with the ones: its part across is s, along is m
    says("sec-standardise", f"{np.hypot(m, s):.0f} to 1 and an angle of only {angle:.1f}°", "about 200 mm")
    expected = {
        "raw": (angle, np.hypot(m, s), x),
        "scaled": (angle, np.hypot(m, s) / s, x / s),
        "centred": (90, s, x - m),
        "both": (90, 1, (x - m) / s),
    }
    for name, *cells in page.table("tbl-centre-or-scale")[1:]:
        degrees, length, column = expected[name]
        low, high = curvatures(column[:, None])
        assert cells[:2] == [f"{degrees:.1f}°", f"{length:.1f}"]
        assert cells[2:] == [f"{high / low:,.0f}"]
    says("sec-standardise", "is then the squared ratio of the lengths")
    assert curvatures((x - m)[:, None])[-1] / 2 == pytest.approx(s**2)


def test_one_step_of_a_half_lands_on_the_least_squares_line(says, page, birds):
    says(
        "sec-standardise",
        "has 2 on its diagonal and 0 elsewhere",
        "a step multiplies every displacement by",
        "It lands, as",
        "a valley in raw units, and a round bowl in z-scores",
    )
    x, y = birds[:, 2], birds[:, 3]
    z = scores(x[:, None])
    assert 2 / len(z) * with_ones(z).T @ with_ones(z) == pytest.approx(2 * np.eye(2), abs=1e-12)
    points, _ = walk(z, y, 0.5, 2)
    assert points[1] == pytest.approx(np.polyfit(z[:, 0], y, 1), rel=1e-12)
    assert points[2] == pytest.approx(points[1], rel=1e-12)
    slope, intercept = points[1, 0] / x.std(), points[1, 1] - points[1, 0] * x.mean() / x.std()
    assert (slope, intercept) == pytest.approx(tuple(np.polyfit(x, y, 1)), rel=1e-12)
    first, second = page.output("one-step").splitlines()
    assert first.split(":")[1].split() == second.split(":")[1].split()
    assert f"{slope:.8f} g/mm, {intercept:.6f} g" in first


def test_the_raw_line_is_the_same_line():
    w, b, x, m, s = sp.symbols("w b x m s", positive=True)
    assert sp.simplify(w * (x - m) / s + b - (w / s * x + (b - w * m / s))) == 0


# sec-three-features


def test_centring_turns_columns_apart_and_nothing_changes_the_angles_of_centred_ones(says, birds):
    says(
        "sec-three-features",
        "Centring turns these columns away from the ones, and so from each other",
        "neither centring nor scaling touches the angles between centred columns, their correlations",
    )
    says("sec-scale-summary", "leaves the correlations between features")
    raw, centred, standard = birds[:, :3], birds[:, :3] - birds[:, :3].mean(axis=0), scores(birds[:, :3])

    def cosines(table):
        unit = table / np.sqrt((table**2).sum(axis=0))
        return (unit.T @ unit)[np.triu_indices(3, 1)]

    assert (abs(cosines(raw)) > 0.95).all()  # within 20° of each other
    assert (abs(cosines(centred)) < 0.7).all()
    assert cosines(standard) == pytest.approx(cosines(centred))
    assert cosines(centred) == pytest.approx(np.corrcoef(raw.T)[np.triu_indices(3, 1)])


def test_columns_that_lean_either_way_make_the_bowl_steep(says):
    says("sec-three-features", "lean on each other, the same way or opposite ways, make the bowl steep")
    steep = [np.linalg.eigvalsh(2 * np.array([[1, r], [r, 1]])).max() for r in (0, 0.6, -0.6)]
    assert steep == pytest.approx([2, 3.2, 3.2])


def test_nearly_a_combination_of_the_others_is_collinear_and_these_columns_are_not(says, birds):
    says("sec-three-features", "so these columns are correlated", "is nearly a combination of the others")
    Z = scores(birds[:, :3])
    for k in range(3):
        others = np.delete(Z, k, axis=1)
        left = Z[:, k] - others @ np.linalg.lstsq(others, Z[:, k], rcond=None)[0]
        assert left @ left / len(Z) > 0.2  # of a variance of 1


def test_with_a_copied_column_the_floor_is_level_and_the_start_says_where_descent_ends(says, birds):
    says(
        "sec-three-features",
        "as the flipper in inches copies the one in millimetres. Then one eigenvalue is 0",
        "many weights share the least loss",
        "The start decides at which of them descent ends; all predict the same",
    )
    X, y = np.column_stack([birds[:, :3], birds[:, 2] / 25.4]), birds[:, 3]
    Z = scores(X)
    assert Z[:, 3] == pytest.approx(Z[:, 2])
    assert sum(value < 1e-12 for value in curvatures(Z)) == 1
    A = with_ones(Z)
    least = np.mean((y - A @ np.linalg.lstsq(A, y, rcond=None)[0]) ** 2)
    ends = []
    for start in ([0, 0, 0, 0, 0], [0, 0, 3000, -1000, 0]):
        p = np.array(start, dtype=float)
        for _ in range(1000):
            p = p - 0.3 * 2 / len(y) * A.T @ (A @ p - y)
        assert np.mean((y - A @ p) ** 2) == pytest.approx(least, rel=1e-12)
        ends.append(p)
    assert ends[1] - ends[0] == pytest.approx(
        [0, 0, 2000, -2000, 0], abs=1e-6
    )  # the start's part along the floor
    assert A @ ends[0] == pytest.approx(A @ ends[1])


def test_at_a_half_three_standardised_features_diverge_slowly(says, page, birds):
    Z, y = scores(birds[:, :3]), birds[:, 3]
    values = curvatures(Z)
    says("sec-three-features", f"is {values[-1]:.4f}, so the limit is {2 / values[-1]:.4f}, just below 0.5")
    printed = np.array(page.output("correlations").replace("[", "").replace("]", "").split(), dtype=float)
    assert printed.reshape(3, 3) == pytest.approx(np.corrcoef(birds[:, :3].T), abs=5.1e-4)
    # "A long flipper goes with a long and shallow bill."
    length, depth = np.corrcoef(birds[:, :3].T)[2, :2]
    assert length > 0.5 > -0.5 > depth
    points, losses = walk(Z, y, 0.5, 1000)
    best = np.linalg.lstsq(with_ones(Z), y, rcond=None)[0]
    grows = np.linalg.norm(points - best, axis=1)[400] / np.linalg.norm(points - best, axis=1)[399]
    doubles = np.log(2) / np.log(grows)
    says("sec-three-features", f"{100 * (grows - 1):.2f}% larger", f"every {doubles:.0f} steps")
    assert (np.diff(losses)[losses.argmin() :] > 0).all()
    says(
        "sec-three-features",
        f"the loss falls until step {losses.argmin()}, then creeps up",
        "The package's fit refuses a run that ends above its start: after 500 steps this one is still below it, after 1,000 it is refused",
    )
    assert (np.diff(losses)[: losses.argmin()] < 0).all()
    assert losses[500] < losses[0] < losses[1000]
    scaled = standardize(birds[:, :3]).Z
    LinearRegression(learning_rate=0.5, steps=500).fit(scaled, y)
    with pytest.raises(DivergenceError):
        LinearRegression(learning_rate=0.5, steps=1000).fit(scaled, y)


def test_at_the_best_rate_sixty_steps_suffice_and_raw_none_will(says, birds):
    Z, y = scores(birds[:, :3]), birds[:, 3]
    low, *_, high = curvatures(Z)
    points, _ = walk(Z, y, 2 / (low + high), 60)
    best = np.linalg.lstsq(with_ones(Z), y, rcond=None)[0]
    left = np.linalg.norm(points[:, :3] - best[:3], axis=1) / np.linalg.norm(best[:3])
    says(
        "sec-three-features", f"{2 / (low + high):.3f}, descent arrives", f"{high / low:.1f} and the weights"
    )
    says("sec-three-features", f"left after {np.argmax(left < 1e-6)} steps")
    raw = curvatures(birds[:, :3])
    count = np.log(1e-6) / np.log1p(-2 / (raw[-1] / raw[0] + 1))
    says("sec-three-features", f"would need {count / 1e6:.0f} million")

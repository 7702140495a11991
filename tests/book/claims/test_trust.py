"""What the interlude says of new data and of Hubble's, proved apart from its own cells."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ml_from_scratch import hubble, standard_errors

# sec-new-data


@pytest.mark.parametrize(("n", "row"), [(5, 1), (24, 2), (100, 3)])
def test_the_fit_flatters_its_own_points_and_new_ones_tell(says, pages, n, row):
    says("sec-new-data", "One below 1, the other above", "the more so the fewer the points")
    says("sec-new-data", "for these, no line is better", "They would be, for the true line")
    says("sec-new-data", "A model whose training loss is far below its test loss overfits")
    size, *shown = pages["chapters/06b-trust.html"].table("cell-new-data")[row]
    assert size == str(n)
    training, test = map(float, shown)
    # What theory expects, at inputs drawn here: the fit takes up the noise of two points of n, and adds its own to new ones.
    says("sec-new-data", "Two parameters take up the noise of about two points")
    x = np.random.default_rng(11).uniform(-5, 5, (20_000, n))
    middle = x.mean(axis=1)
    spread = ((x - middle[:, None]) ** 2).sum(axis=1)
    expected = 1 + np.mean(1 / n + (25 / 3 + middle**2) / spread)
    assert training == pytest.approx(1 - 2 / n, abs=0.03)
    assert test == pytest.approx(expected, rel=0.1)
    assert training < 1 < test


def test_a_line_through_a_curve_underfits(says):
    says(
        "sec-new-data",
        "One of too simple a shape underfits: even with many data it misses old and new alike",
        "drawn against x, show the shape that it missed",
    )
    rng = np.random.default_rng(6)
    losses = {}
    for n in (100, 10_000):
        x = rng.uniform(-5, 5, (2, n))
        y = x**2 + rng.normal(0, 1, (2, n))
        line = np.polyfit(x[0], y[0], 1)
        old, new = losses[n] = np.mean((y - np.polyval(line, x)) ** 2, axis=1)
        assert old == pytest.approx(new, rel=0.3)
        assert min(old, new) > 20  # the noise has variance 1
        assert np.polyfit(x[0], y[0] - np.polyval(line, x[0]), 2)[0] == pytest.approx(1, abs=0.1)  # the curve
    assert losses[10_000] == pytest.approx(losses[100], rel=0.3)


def test_a_test_set_from_the_same_source_says_nothing_of_another(says, data, closed):
    says("sec-new-data", "It speaks only for new data from its own source")
    rng = np.random.default_rng(9)
    own, other = rng.uniform(-5, 5, 5000), rng.uniform(5, 15, 5000)

    def world(x):
        return np.where(x < 5, 2 * x + 3, 13) + rng.normal(0, 1, x.shape)  # level beyond the data's range

    assert np.mean((world(own) - np.polyval(closed, own)) ** 2) == pytest.approx(1, abs=0.1)
    assert np.mean((world(other) - np.polyval(closed, other)) ** 2) > 50


# sec-hubble


def test_hubbles_line_is_the_least_squares_line_of_24_nebulae(says):
    says("sec-hubble", "24 nebulae", "454.2 times the distance minus 40.8", "423.9", "nor far beyond 2 Mpc")
    sky = hubble()
    slope, intercept = np.polyfit(sky.x, sky.y, 1)
    assert len(sky.x) == 24
    assert (slope, intercept) == pytest.approx((454.1584, -40.7836), abs=5e-5)
    assert (sky.x @ sky.y) / (sky.x @ sky.x) == pytest.approx(423.937, abs=5e-4)
    assert 1.9 < sky.x.max() <= 2.1


def test_velocity_grows_with_distance_with_a_wide_scatter_and_some_below_zero(says):
    says("sec-hubble", "the farther away, the faster they leave, with a wide scatter")
    sky = hubble()
    assert 0.6 < np.corrcoef(sky.x, sky.y)[0, 1] < 0.9
    assert 0 < (sky.y < 0).sum() < len(sky.y) / 2
    assert sky.x[sky.y < 0].max() < 1


def test_with_five_points_the_test_loss_wobbles_because_some_draws_lie_close_together(says):
    says("sec-new-data", "the test loss wobbles from seed to seed", "all five x lie close together")

    def excess(n, seed):
        x = np.random.default_rng(seed).uniform(-5, 5, (1000, n))
        spread = ((x - x.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
        return 1 / n + (25 / 3 + x.mean(axis=1) ** 2) / spread, spread  # of the noise's variance, each draw

    few, many = (np.array([excess(n, seed)[0].mean() for seed in range(40)]) for n in (5, 100))
    assert few.std() > 20 * many.std()
    losses, spread = excess(5, 3)
    assert np.argmax(losses) == np.argmin(spread) or spread[np.argmax(losses)] < np.quantile(spread, 0.01)


def test_at_hubbles_rate_the_universe_is_about_half_as_old_as_the_earth(says):
    says("sec-trust-checks", "if each lay on the line through the origin")
    says("sec-trust-checks", "2.3 billion years ago: about half the age of the Earth")
    seconds_a_year, kilometres_a_megaparsec = 365.25 * 86400, 3.0857e19
    billion_years = kilometres_a_megaparsec / seconds_a_year / 1e9
    assert billion_years == pytest.approx(977.8, abs=0.1)
    assert round(billion_years / 423.937, 1) == 2.3
    assert billion_years / 423.937 == pytest.approx(4.54 / 2, rel=0.1)  # Dalrymple 2001: 4.54 billion years
    assert kilometres_a_megaparsec / 9.4607e12 / 1e6 == pytest.approx(3.26, abs=0.005)  # million light years


def test_todays_value_is_many_standard_errors_away_and_longer_distances_change_no_residual(says):
    sky = hubble()
    (error,), _ = standard_errors(sky.X, sky.y)
    slope, intercept = np.polyfit(sky.x, sky.y, 1)
    says("sec-hubble", f"Today's 70 is {(slope - 70) / error:.1f} of those standard errors away")
    says(
        "sec-hubble",
        "the slope is six standard errors away from zero",
        "Several times 70, far beyond the noise",
    )
    assert round(slope / error) == 6
    assert slope > 5 * 70
    says("sec-hubble", "the slope is a seventh, and every residual is the same")
    longer = np.polyfit(7 * sky.x, sky.y, 1)
    assert longer == pytest.approx([slope / 7, intercept])
    assert sky.y - np.polyval(longer, 7 * sky.x) == pytest.approx(sky.y - slope * sky.x - intercept)


def test_the_smallest_of_ten_test_losses_is_below_what_any_line_can_have(says, pages):
    says("sec-trust-checks", "the smallest of ten has more of it than the others")
    says(
        "sec-trust-checks",
        "On new data, no line has a smaller loss than 1 on average, the variance of the noise",
    )
    rng, found = np.random.default_rng(77), []
    for _ in range(3000):
        x = rng.uniform(-5, 5, (11, 24))
        y = 2 * x + 3 + rng.normal(0, 1, x.shape)
        lines = [np.polynomial.Polynomial.fit(*each, 1) for each in zip(x[:10], y[:10], strict=True)]
        found.append([np.mean((y[10] - line(x[10])) ** 2) for line in lines])
    mean, smallest = np.mean(found), np.min(found, axis=1).mean()
    assert smallest < 1 < mean
    shown = re.findall(r"\d\.\d\d", pages["chapters/06b-trust.html"].output("smallest-of-ten"))
    assert [float(each) for each in shown] == pytest.approx([mean, smallest], abs=0.05)

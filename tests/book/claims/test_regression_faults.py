"""What the regression chapter says of its five faults, proved apart from its own cells."""

from __future__ import annotations

import numpy as np
import pytest

from ml_from_scratch import LinearRegression, check_gradient

N = 100


# sec-regression-pitfalls


def test_a_sign_error_grows_at_every_rate_and_a_large_rate_only_above_the_limit(says, walk, gradient, limit):
    says("sec-regression-pitfalls", "so the loss grows at every rate", "only above a limit, which")
    for rate in (0.2, 0.01, 0.001, 1e-5):
        _, losses = walk(rate, 50, lambda p: -gradient(p))
        assert (np.diff(losses) > 0).all()
    assert walk(limit * 0.99)[1][-1] < 1
    assert walk(limit * 1.01)[1][-1] > 1e3


def test_the_table_of_faults_tells_what_the_runs_do(regression, walk, gradient):
    faults = {"correct": 1, "sign error": -1, "not averaged": N}
    head, *rows = regression.table("tbl-faults")
    assert head[1:] == list(faults)
    for name, *cells in rows[:-1]:
        for cell, factor in zip(cells, faults.values(), strict=True):
            _, losses = walk(float(name.removeprefix("rate ")), 1000, lambda p, f=factor: f * gradient(p))
            if not np.isfinite(losses[-1]):
                assert cell == f"step {len(losses) - 1}"
            else:
                assert cell == f"{losses[-1]:.3g}"
    assert [float(cell) for cell in rows[-1][1:]] == list(faults.values())


def test_not_averaging_overflows_at_a_hundredth_and_is_harmless_at_a_thousandth(
    says, walk, gradient, closed, limit
):
    says(
        "sec-regression-pitfalls",
        "so its limit is N times smaller",
        "at 0.01 it overflows; at 0.001 it is harmless",
        "A smaller rate cures two of the three explosions; the last row tells those two apart, whatever the rate",
    )
    steep = walk(0.99 * limit / N, 5000, lambda p: N * gradient(p))[1]
    assert steep[-1] < 1 < walk(1.01 * limit / N, 5000, lambda p: N * gradient(p))[1][-1]
    _, losses = walk(0.01, 1000, lambda p: N * gradient(p))
    assert not np.isfinite(losses[-1])
    points, _ = walk(0.001, 1000, lambda p: N * gradient(p))
    assert points[-1] == pytest.approx(closed)


def test_every_row_taken_twice_tells_a_sum_from_too_large_a_rate(says, data):
    says(
        "sec-regression-pitfalls", "the gradient check tells them apart, or a run with every row taken twice"
    )
    says("sec-regression-pitfalls", "where only the sum explodes clearly sooner")
    limits = {}
    for copies in (1, 2):
        A = np.column_stack([np.tile(data[0], copies), np.ones(copies * N)])
        limits["sum", copies] = 2 / np.linalg.eigvalsh(2 * A.T @ A).max()
        limits["mean", copies] = limits["sum", copies] * copies * N
    assert limits["mean", 2] == pytest.approx(limits["mean", 1])
    assert limits["sum", 2] == pytest.approx(limits["sum", 1] / 2)


def test_a_smaller_rate_tells_a_sign_error_from_too_large_a_rate(says, walk, gradient):
    says("sec-regression-pitfalls", "One of the two goes away, and the other only slows down")
    assert walk(0.2)[1][-1] > 1e10
    assert walk(0.02)[1][-1] < 1
    fast, slow = (walk(rate, 100, lambda p: -gradient(p))[1] for rate in (0.2, 0.02))
    assert fast[20] > slow[20] > slow[0]


def test_after_one_step_a_doomed_run_looks_sound_and_later_it_does_not(says, walk, limit):
    says(
        "sec-regression-pitfalls",
        "a loss that falls once tells you little",
        "which is too large: both fall",
    )
    _, sound = walk(0.01, 100)
    _, doomed = walk(0.135, 100)
    assert limit < 0.135
    assert sound[1] < sound[0]
    assert doomed[1] < doomed[0]
    assert 0 < doomed.argmin() < 99
    assert (np.diff(doomed)[doomed.argmin() :] > 0).all()
    assert (np.diff(sound) < 0).all()
    says(
        "sec-regression-pitfalls",
        f"From a loss of {sound[0]:.1f}, one step leads to {sound[1]:.1f} at the sound rate of 0.01",
        f"and to {doomed[1]:.1f} at 0.135",
        f"the first has come to {sound[-1]:.1f}, while the second has turned, and climbed to {doomed[-1]:.1f}",
    )


def test_updating_w_first_reaches_the_same_line_and_fails_the_gradient_check(
    says, walk, gradient, loss, closed
):
    says("sec-regression-pitfalls", "It reaches the same line", "yet it is no longer gradient descent")
    says(
        "sec-regression-pitfalls",
        "divided by the rate, that fails, and so does a comparison with the package",
    )

    def w_first(point):
        slope = gradient(point)
        return np.array([slope[0], gradient([point[0] - 0.01 * slope[0], point[1]])[1]])

    points, losses = walk(0.01, 1000, w_first)
    _, correct = walk(0.01)
    assert points[-1] == pytest.approx(closed, abs=1e-6)
    says("sec-regression-pitfalls", f"by at most about {100 * abs(losses / correct - 1).max():.1f}%")
    assert not np.array_equal(losses, correct)
    assert not check_gradient(loss, w_first, [0.0, 0.0]).passed
    assert check_gradient(loss, gradient, [0.0, 0.0]).passed
    says(
        "sec-regression-pitfalls",
        "It is, but by less and less",
        "they agree: a slope taken one small step later",
    )
    gaps = [np.linalg.norm(w_first(p) - gradient(p)) / np.linalg.norm(gradient(points[0])) for p in points]
    assert max(gaps) < 0.01
    assert gaps[-1] < 1e-6 * gaps[0]


def test_the_update_orders_cell_prints_that_its_check_failed(regression):
    assert "check passed: False" in regression.output("fault-update-order")


def test_a_column_falls_smoothly_and_stalls_high_on_a_flat_line(says, regression, data):
    says("sec-regression-pitfalls", "the loss falls smoothly and then stalls, high", "flat, at the mean of")
    x, y = data
    w, b, losses = 0.0, 0.0, []
    for _ in range(1000):
        e = y[:, None] - (w * x + b)[None, :]
        assert e.shape == (N, N)
        losses.append(np.mean(e**2))
        w, b = w + 0.02 * np.mean(x * e), b + 0.02 * np.mean(e)
    assert (np.diff(losses) < 1e-12).all()
    assert losses[-1] == pytest.approx(y.var())
    assert losses[-1] > 20
    assert abs(w) < 1e-6
    assert b == pytest.approx(y.mean())
    says("sec-regression-pitfalls", "while this one has stopped changing")
    assert losses[-100] - losses[-1] < 1e-9
    printed = regression.output("fault-column")
    assert "(100, 100)" in printed
    assert f"{y.mean():.4f}" in printed


def test_more_steps_do_not_help_the_column_but_help_too_small_a_rate(says, walk, loss, closed):
    losses = walk(1e-4)[1]
    says("sec-regression-pitfalls", "Here more steps do not help")
    says(
        "sec-regression-pitfalls",
        f"that loss still falls, at 0.0001 by {losses[-101] - losses[-1]:.2f} over its last 100 steps",
    )
    assert losses[-1] > 5
    assert (np.diff(losses) < 0).all()
    assert walk(1e-3, 10_000)[1][-1] == pytest.approx(loss(closed))


def test_in_the_bare_loop_a_column_is_loud(says, data, sources):
    says("sec-regression-pitfalls", "the line of progress at step 100 stops with a TypeError")
    x, y = data
    _, code = sources["chapters/06-linear-regression.html"].cells["bare-loop"]
    names = {"np": np, "x": x, "y": y.reshape(-1, 1), "N": N, "print": [].append}
    with pytest.raises(TypeError, match="format"):
        exec(code, names)  # noqa: S102 - the chapter's own loop
    assert names["step"] == 100


def test_the_package_refuses_a_column(says, data):
    x, y = data
    with pytest.raises(ValueError, match="y must") as refusal:
        LinearRegression().fit(x.reshape(-1, 1), y.reshape(-1, 1))
    says("sec-regression-pitfalls", f"The package refuses such a y at the door: {refusal.value}")

"""What the interlude says of the cost of a step, proved apart from its own cells."""

from __future__ import annotations

import json

import numpy as np
import pytest

from ml_from_scratch import least_squares


@pytest.fixture(scope="module")
def page(pages):
    return pages["chapters/08b-cost-of-a-step.html"]


@pytest.fixture(scope="module")
def problem(root):
    """All three measures of the penguins as z-scores, with a column of ones; their masses; and their best point."""
    file = root / "code" / "ml_from_scratch" / "data" / "penguins.csv"
    X, y = np.split(np.genfromtxt(file, delimiter=",", skip_header=1, usecols=(2, 3, 4, 5)), [3], axis=1)
    A = np.column_stack([(X - X.mean(axis=0)) / X.std(axis=0), np.ones(len(X))])
    return A, y[:, 0], np.linalg.lstsq(A, y[:, 0], rcond=None)[0]


@pytest.fixture(scope="module")
def seconds(root):
    """The committed measurements of a step, by method and number of rows."""
    record = json.loads((root / "code" / "ml_from_scratch" / "data" / "timings.json").read_text())
    return {(row["method"], row["n"]): row["seconds"] for row in record["rows"] if row["what"] == "step"}


@pytest.fixture(scope="module")
def mini_batches(problem):
    """The excess losses of a run on 32 rows a step."""
    A, y, best = problem
    floor = np.mean((y - A @ best) ** 2)

    def run(seed, rate=0.1, steps=200):
        rng, p, excess = np.random.default_rng(seed), np.zeros(4), []
        for _ in range(steps):
            excess.append(np.mean((y - A @ p) ** 2) - floor)
            rows = rng.integers(len(y), size=32)
            p = p - rate * 2 / 32 * A[rows].T @ (A[rows] @ p - y[rows])
        return np.array(excess)

    return run


def test_a_step_from_the_normal_matrix_is_the_same_step(says, page, problem):
    says("sec-precompute", "The steps are the same, up to rounding", "no step reads the rows again")
    A, y, _ = problem
    for p in np.random.default_rng(0).normal(size=(5, 4)) * 1000:
        direct = -2 / len(y) * A.T @ (y - A @ p)
        H, c = 2 / len(y) * A.T @ A, 2 / len(y) * A.T @ y
        assert H @ p - c == pytest.approx(direct, rel=1e-10, abs=1e-8)
    says(
        "sec-precompute",
        "can lose twice as many digits to rounding as a method that works on",
        "which matters with raw columns",
        "never forms that product",
    )
    lopsided = np.array([[1, 1], [1e-9, 0], [0, 1e-9]])  # its weights are 1 and 1; 1 + 1e-18 is 1 in floats
    targets = lopsided.sum(axis=1)
    assert np.linalg.matrix_rank(lopsided.T @ lopsided) == 1  # the product has lost them
    assert least_squares(lopsided, targets, intercept=False)[0] == pytest.approx([1, 1], rel=1e-5)
    counted, difference = page.output("normal-step").split(", ")
    assert counted == f"{342 * 3 + 3 * 342} or {4 * 4} multiplications per step"
    assert float(difference.split()[-1]) < 1e-9


def test_at_the_minimum_the_normal_equations_hold(says, problem):
    says("sec-precompute", "At the minimum the gradient is zero, so", "these are the normal equations")
    says("sec-precompute", "their one solution is the closed form for any number of features")
    A, y, _ = problem
    for d in range(4):
        columns = A[:, 3 - d :]  # d features and the ones
        H, c = 2 / len(y) * columns.T @ columns, 2 / len(y) * columns.T @ y
        assert np.linalg.solve(H, c) == pytest.approx(np.linalg.lstsq(columns, y, rcond=None)[0])


def test_a_mini_batchs_gradient_is_right_on_average_and_off_each_time(says, problem):
    says(
        "sec-mini-batch",
        "its gradient is on average that of all rows, and each time off by the luck of the draw",
    )
    A, y, _ = problem
    p, rng = np.full(4, 100.0), np.random.default_rng(5)
    rows = rng.integers(len(y), size=(40_000, 32))
    e = y[rows] - A[rows] @ p  # (draws, 32)
    gradients = -2 / 32 * np.einsum("nij,ni->nj", A[rows], e)
    whole = -2 / len(y) * A.T @ (y - A @ p)
    spread = gradients.std(axis=0)
    assert (abs(gradients.mean(axis=0) - whole) < 4 * spread / 200).all()  # √40,000 = 200
    assert (spread > 10).all()


def test_near_the_minimum_mini_batches_tremble(says, mini_batches):
    says("sec-mini-batch", "near the minimum its luck makes the loss tremble")
    for seed in (32, *range(5)):
        run = mini_batches(seed)
        assert run[100:].min() > 1  # all rows are below a hundredth there
        assert 0.3 < run[100:150].mean() / run[150:].mean() < 3  # level
        assert (np.diff(run[100:]) > 0).mean() > 0.3  # up as well as down


def test_the_table_is_the_committed_measurement(says, page, seconds):
    head, *rows = page.table("cell-step-cost")
    assert head == ["N", "full batch", "mini-batch"]
    for n, full, mini in rows:
        size = int(n.replace(",", ""))
        assert (full, mini) == tuple(
            f"{1e6 * seconds[way, size]:,.0f}" for way in ("full batch", "mini-batch")
        )
    assert [row[0] for row in rows] == ["100", "1,000", "10,000", "100,000", "1,000,000"]


def test_the_mini_batch_is_slower_for_few_rows_and_far_faster_for_a_million(says, seconds):
    says("sec-mini-batch", "For few rows the mini-batch is the slower one")
    assert seconds["mini-batch", 100] > seconds["full batch", 100]
    assert seconds["mini-batch", 1000] > seconds["full batch", 1000]
    says(
        "sec-mini-batch",
        "From a few thousand.",
        "the two meet between 1,000 and 10,000 rows",
        "NumPy multiplies all rows in the time",
    )
    assert seconds["mini-batch", 10_000] < seconds["full batch", 10_000]
    times = seconds["full batch", 10**6] / seconds["mini-batch", 10**6]
    says("sec-mini-batch", f"at a million the mini-batch is about {round(times, -2):.0f} times as fast")
    # "on all rows the time grows with them, on a mini-batch it does not"
    assert seconds["full batch", 10**6] > 100 * seconds["full batch", 1000]
    assert seconds["mini-batch", 10**6] < 1.5 * seconds["mini-batch", 100]


def test_days_for_the_raw_features_and_less_than_a_second_after_standardising(says, problem, root, seconds):
    file = root / "code" / "ml_from_scratch" / "data" / "penguins.csv"
    raw = np.genfromtxt(file, delimiter=",", skip_header=1, usecols=(2, 3, 4))
    steps = []
    for table in (np.column_stack([raw, np.ones(342)]), problem[0]):
        singular = np.linalg.svd(table, compute_uv=False)
        kappa = (singular[0] / singular[-1]) ** 2
        steps.append(np.log(1e-6) / np.log1p(-2 / (kappa + 1)))
    days = steps[0] * seconds["full batch", 10**6] / 86_400
    rest = np.ceil(steps[1]) * seconds["full batch", 10**6]
    says("sec-three-features", f"left after {np.ceil(steps[1]):.0f} steps, where the raw features would need")
    says("sec-three-features", f"that is {rest:.1f} seconds against {days:.1f} days")
    says("sec-mini-batch", "But count steps first: no cheaper step makes up for a narrow valley")
    gained = [
        seconds["full batch", n] / seconds["mini-batch", n] for n in (100, 1000, 10_000, 100_000, 10**6)
    ]
    assert steps[0] / steps[1] > 1000 * max(gained)


def test_precomputing_pays_from_half_as_many_steps_as_there_are_features(says):
    says(
        "sec-cost-checks",
        "From about 500, counted in multiplications",
        "each later step is 2,000 times cheaper",
    )
    rows, d = 10**6, 1000
    steps = np.arange(1, 2000)
    reading, kept = steps * 2 * rows * d, rows * d**2 + steps * d**2  # multiplications
    assert steps[np.argmax(kept < reading)] == pytest.approx(500, abs=2)
    assert 2 * rows * d / d**2 == 2000


def test_four_times_the_rows_halve_the_luck(says, problem):
    says(
        "sec-cost-checks",
        "Half as large, if those drawn are few beside all rows: the gradient is a mean over them",
    )
    A, y, best = problem
    rng, spread = np.random.default_rng(8), {}
    for size in (32, 128):
        rows = rng.integers(len(y), size=(20_000, size))
        e = y[rows] - A[rows] @ (best + 50)
        spread[size] = np.einsum("nij,ni->nj", A[rows], e).std(axis=0) / size
    assert spread[32] / spread[128] == pytest.approx(np.full(4, 2), rel=0.04)

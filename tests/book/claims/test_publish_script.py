"""What the last chapter says of a training script and of its store, proved apart from its own cells."""

from __future__ import annotations

import ast
import re

import numpy as np
import pytest

PAGE = "chapters/10-publish.html"
N = 100


@pytest.fixture(scope="module")
def page(pages):
    return pages[PAGE]


@pytest.fixture(scope="module")
def script(sources):
    return sources[PAGE].cells["training-script"][1]


@pytest.fixture(scope="module")
def batches(data):
    """Descend on shuffled batches of 20 from a random start: the points after each step."""
    x, y = data
    A = np.column_stack([x, np.ones(N)])

    def run(rate, epochs, seed):
        rng = np.random.default_rng(seed)
        point, path = rng.uniform(-1, 1, 2), []
        for _ in range(epochs):
            for batch in np.array_split(rng.permutation(N), 5):
                point = point - rate * 2 / 20 * A[batch].T @ (A[batch] @ point - y[batch])
                path.append(point)
        return np.array(path)

    return run


@pytest.fixture(scope="module")
def stored(gradient, loss):
    """Descend with a store of gradients that keeps a share of itself at each step: the losses."""

    def run(keep, steps=1000, rate=0.01):
        point, store, losses = np.zeros(2), np.zeros(2), []
        for _ in range(steps + 1):
            losses.append(loss(point))
            store = keep * store + gradient(point)
            point = point - rate * store
        return np.array(losses)

    return run


# sec-training-script


def test_the_script_is_python_and_its_loop_does_the_four_things_in_order(script):
    (outer,) = [node for node in ast.parse(script).body if isinstance(node, ast.For)]
    (inner,) = outer.body
    assert [ast.unparse(line) for line in inner.body] == [
        "predictions = model(some_inputs)",
        "loss = loss_function(predictions, some_targets)",
        "optimizer.zero_grad()",
        "loss.backward()",
        "optimizer.step()",
    ]


def test_every_numbered_line_of_the_script_has_its_row(script, page):
    numbers = {int(found) for found in re.findall(r"# (\d+)$", script, re.MULTILINE)}
    rows = [row[0] for row in page.table("tbl-script-lines")[1:]]
    assert [int(row) for row in rows] == sorted(numbers)
    for line, words in page.table("tbl-script-lines")[1:]:
        for name in re.match(r"[\w., ]+(?=:)", words)[0].replace(", twice", "").split(" and "):
            assert re.search(rf"\b{re.escape(name)}\b.*# {line}$", script, re.MULTILINE), words
    assert "for line 9" in page.text
    assert re.search(r"loss\.backward\(\) +# 9$", script, re.MULTILINE)


def test_an_epoch_is_five_steps_and_the_script_takes_a_thousand(script, page):
    assert "one pass over the data, here five steps" in page.text
    size = int(re.search(r"batch_size=(\d+)", script)[1])
    epochs = int(re.search(r"range\((\d+)\)", script)[1])
    assert N / size == 5
    assert epochs * N / size == 1000  # "after 1,000 such steps"


def test_a_list_beside_a_column_makes_a_residual_of_every_pair(says):
    says("sec-training-script", "so y must be one too, or fault 5 of Section", "returns, here with a warning")
    says("sec-regression-pitfalls", "5. A y of shape (N, 1) makes NumPy broadcast")
    assert (np.zeros(20) - np.zeros((20, 1))).shape == (20, 20)


def test_a_batchs_gradient_is_a_noisy_estimate_of_the_full_one(says, data, gradient):
    says("sec-training-script", "a noisy estimate of the full one at a fraction of its cost")
    x, y = data
    A, point, rng = np.column_stack([x, np.ones(N)]), np.array([1.0, 1.0]), np.random.default_rng(0)
    drawn = []
    for _ in range(5000):
        batch = rng.permutation(N)[:20]
        drawn.append(2 / 20 * A[batch].T @ (A[batch] @ point - y[batch]))
    assert np.mean(drawn, axis=0) == pytest.approx(gradient(point), rel=0.02)
    assert (np.std(drawn, axis=0) > 0.05 * abs(gradient(point))).all()


def test_batches_keep_the_weight_trembling_around_the_least_squares_weight(says, page, batches, closed):
    says("sec-training-script", "it trembles around the least-squares one", "less at a smaller rate")
    for seed in range(5):
        late = batches(0.01, 200, seed)[-250:, 0]
        assert 0.005 < late.std() < 0.02
        assert abs(late.mean() - closed[0]) < 0.003  # the truth is 0.0077 away
    printed = re.findall(r"by (0\.\d{4})", page.output("batch-run"))
    for shown, rate, epochs in zip(printed, (0.01, 0.002), (200, 1000), strict=True):
        off = batches(rate, epochs, 1)[-250:, 0] - closed[0]
        assert float(shown) == pytest.approx(np.sqrt(np.mean(off**2)), abs=6e-5)


def test_each_batch_has_a_best_line_of_its_own(says, data):
    says("sec-training-script", "Each batch has a best line of its own")
    x, y = data
    drawn = np.random.default_rng(0).permutation(N).reshape(5, 20)
    assert np.std([np.polyfit(x[batch], y[batch], 1)[0] for batch in drawn]) > 0.01


# sec-publish-check, sec-publish-pitfalls


def test_all_the_data_at_each_step_is_one_step_an_epoch(says, script):
    says(
        "sec-publish-check",
        "An epoch is then one step",
        "takes five times as many epochs",
        "The tempting answer is line 6",
    )
    size = int(re.search(r"batch_size=(\d+)", script)[1])
    assert (N // N, N // size) == (1, 5)
    assert re.search(r"batch_size.* # 2$", script, re.MULTILINE)  # "Line 2"


def test_at_a_fifth_of_the_rate_the_weight_trembles_about_a_fifth_as_far(says, batches, closed):
    says("sec-publish-check", "About a fifth as far")
    for seed in range(3):
        coarse, fine = (
            np.sqrt(np.mean((batches(*how, seed)[-250:, 0] - closed[0]) ** 2))
            for how in ((0.01, 200), (0.002, 1000))
        )
        assert fine / coarse == pytest.approx(0.2, abs=0.04)


def test_with_batches_drawn_anew_it_would_nearly_be_the_root_of_a_fifth(says, data, closed):
    says(
        "sec-publish-check",
        f"about {np.sqrt(1 / 5):.2f} times as far (the root of a fifth), would nearly hold if",
    )
    says("sec-publish-check", "if each batch were drawn anew from all the points")
    x, y = data
    A = np.column_stack([x, np.ones(N)])

    def typical(rate, steps, runs=40):
        rng, points = np.random.default_rng(0), np.tile(closed, (runs, 1))
        off = []
        for step in range(steps):
            batch = rng.integers(0, N, (runs, 20))
            e = np.einsum("rbk,rk->rb", A[batch], points) - y[batch]
            points = points - rate * 2 / 20 * np.einsum("rbk,rb->rk", A[batch], e)
            if step >= steps // 2:
                off.append(points[:, 0] - closed[0])
        return np.sqrt(np.mean(np.square(off)))

    assert typical(0.002, 2500) / typical(0.01, 500) == pytest.approx(np.sqrt(1 / 5), abs=0.05)


def test_emptied_between_backward_and_step_the_store_moves_nothing(says, gradient, loss):
    says("sec-publish-pitfalls", "Between backward and step it empties the store", "the loss stands still")

    def run(order):
        point, store, losses = np.zeros(2), np.zeros(2), [loss(np.zeros(2))]
        for _ in range(50):
            for call in order:
                if call == "zero_grad":
                    store = np.zeros(2)
                elif call == "backward":
                    store = store + gradient(point)
                else:
                    point = point - 0.01 * store
            losses.append(loss(point))
        return losses

    assert set(run(["backward", "zero_grad", "step"])) == {loss(np.zeros(2))}
    assert (np.diff(run(["zero_grad", "backward", "step"])) < 0).all()


# sec-publish-zero-grad


def test_without_emptying_the_store_the_loss_swings_without_end(says, stored):
    kept = stored(1)
    says("sec-publish-zero-grad", "It swings up and down, without end")
    says("sec-publish-zero-grad", f"still swings between {kept[-100:].min():.1f} and {kept[-100:].max():.1f}")
    long = stored(1, 20_000)
    for start in range(0, 20_000, 1000):
        assert 30 < long[start : start + 1000].max() < 1.1 * long[0]
    assert np.isfinite(long).all()


def test_emptied_it_falls_and_stays(says, stored, loss, closed):
    says("sec-publish-zero-grad", "with it, it falls and stays")
    losses = stored(0)
    assert (np.diff(losses[:300]) < 0).all()
    assert losses[-1] == pytest.approx(loss(closed))


def test_at_first_the_sum_of_gradients_falls_faster(says, stored):
    says("sec-publish-zero-grad", "At first it does")
    assert (stored(1, 3)[2:] < stored(0, 3)[2:]).all()


def test_a_smaller_rate_stops_too_large_a_rate_and_only_slows_the_swings(says, stored, limit):
    says(
        "sec-publish-zero-grad",
        "With too large a rate, which looks similar, the loss grows without bound, and a smaller rate cures it",
        "here a smaller rate only makes the swings",
    )

    def swings(rate):
        losses = stored(1, 4000, rate)
        return np.sum((losses[1:-1] < losses[:-2]) & (losses[1:-1] < losses[2:])), losses[
            -1000:
        ].max() / losses[0]

    fast, slow = swings(0.01), swings(0.0025)
    assert slow[0] < 0.7 * fast[0]
    assert slow[1] > 0.8
    assert stored(0, 500, 1.05 * limit)[-1] > 1e10
    assert stored(0, 500, 0.5 * limit)[-1] < 1


def test_a_store_that_loses_a_tenth_at_each_step_settles(says, stored, loss, closed):
    says("sec-publish-zero-grad", "Let the store lose a tenth at each step, and the swings die out")
    losses = stored(0.9)
    assert losses[-1] == pytest.approx(loss(closed))
    assert (np.diff(losses[:100]) > 0).any()  # it swings before it settles

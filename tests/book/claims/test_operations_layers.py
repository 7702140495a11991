"""What the chapter on vector operations says of layers and tables of dot products, entry by entry."""

from __future__ import annotations

import math

import numpy as np
import pytest

W, B = [[2, -1, 1], [-1, 1, 0]], [-1, 2]
FILMS = [[1, -2, -1], [-1, 2, 1], [2, 0, 1], [0, 1, 2]]


@pytest.fixture(scope="module")
def operations(pages):
    return pages["chapters/02-vector-operations.html"]


def score(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def logistic(z):
    """By the hyperbolic tangent, not by the chapter's formula."""
    return (1 + math.tanh(z / 2)) / 2


# sec-layer


def test_the_layer_by_hand_and_in_numpy_agree(says, operations):
    says("sec-layer", "the columns with the inputs as its recipe", "The sums are 3 and −3", "become 2 and −1")
    raw = [score(row, FILMS[0]) for row in W]
    assert raw == [3, -3]
    scores = [r + b for r, b in zip(raw, B, strict=True)]
    assert scores == [2, -1]
    outputs = [f"{logistic(z):.2f}" for z in scores]
    says("sec-layer", f"the film scores {outputs[0]} with Ada and {outputs[1]} with Ben")
    first, second = operations.output("a-layer").splitlines()
    assert first == "row by row: [ 3 -3]    W @ x: [ 3 -3]"
    assert second.split("[")[1].rstrip("]").split() == outputs


def test_by_columns_a_layer_gives_the_same_sums(says):
    says("sec-layer", "is the linear combination of the columns", "the same sums grouped the other way")
    columns = [np.array(column) for column in zip(*W, strict=True)]
    assert [column.tolist() for column in columns] == [[2, -1], [-1, 1], [1, 0]]
    combined = sum(entry * column for entry, column in zip(FILMS[0], columns, strict=True))
    assert combined.tolist() == [3, -3] == [score(row, FILMS[0]) for row in W]


def test_the_shapes_of_a_layer(says):
    says("sec-layer", "(2, 3) @ (3,) gives (2,)", "gives (m,)")
    for m, d in [(2, 3), (1, 4), (5, 1)]:
        assert (np.ones((m, d)) @ np.ones(d)).shape == (m,)


def test_an_elementwise_product_summed_along_each_row_is_the_same_and_the_named_axis_vanishes(says):
    says(
        "sec-layer", "(W * x).sum(axis=1) gives the same numbers: * works elementwise, here each row times x"
    )
    says("sec-layer", "axis 0 goes from row to row, axis 1 from column to column, and −1 is the last")
    says("sec-layer", "is summed over and vanishes: (2, 3) becomes (2,)")
    table = np.array(W) * np.array(FILMS[0])
    assert table.tolist() == [[w * x for w, x in zip(row, FILMS[0], strict=True)] for row in W]
    assert table.sum(axis=1).tolist() == [score(row, FILMS[0]) for row in W]
    assert table.sum(axis=0).tolist() == [sum(column) for column in zip(*table.tolist(), strict=True)]
    assert table.sum(axis=-1).tolist() == table.sum(axis=1).tolist()
    assert (table.shape, table.sum(axis=1).shape, table.sum(axis=0).shape) == ((2, 3), (2,), (3,))


def test_a_matrix_turns_arrows_of_three_entries_into_arrows_of_two(says):
    says("sec-layer", "a rule that turns every arrow of ℝ3 into one of ℝ2", "Its columns are what becomes of")
    assert [len(row) for row in W] == [3, 3]
    assert [len(np.array(W) @ np.array(film)) for film in FILMS] == [2] * len(FILMS)
    standard = [[score(row, unit) for row in W] for unit in ([1, 0, 0], [0, 1, 0], [0, 0, 1])]
    assert standard == [list(column) for column in zip(*W, strict=True)]


def test_the_logistic_function_squeezes_keeps_order_and_is_flat_far_out(says, operations):
    says("sec-layer", "squeezes every score between 0 and 1", "at a score of 0 it is one half")
    outputs = [logistic(z) for z in np.linspace(-30, 30, 241)]
    assert all(0 < s < 1 for s in outputs)
    assert outputs == sorted(set(outputs))
    assert logistic(0) == 0.5
    assert logistic(-30) < 1e-12 < 1 - 1e-12 < logistic(30)  # "nearly"
    alt = operations.tree.xpath("//figure[@id='fig-logistic']/img/@alt")[0]
    assert "rises most steeply through one half at a score of zero" in alt
    steps = np.diff([logistic(z) for z in np.linspace(-7, 7, 141)])
    assert 69 <= steps.argmax() <= 70
    assert "Ben's, left of the middle, and Ada's, high on the right" in alt


# sec-operations-table


def test_the_framed_entry_and_every_other_is_a_dot_product(says, sources):
    says("sec-operations-table", "The framed entry is Ada's score for the third film", "= 5; check another")
    assert score(FILMS[2], W[0]) == 5
    table = [[score(film, viewer) for viewer in W] for film in FILMS]
    assert np.array_equal(np.einsum("nd,md->nm", FILMS, W), table)
    _, code = sources["chapters/02-vector-operations.html"].cells["fig-product-table"]
    assert str(FILMS) in code  # the films of the picture are those of this test
    assert "entry=(2, 0)" in code


def test_the_shapes_of_a_matrix_product(says):
    says("sec-operations-table", "(4, 3) @ (3, 2) gives (4, 2)", "the inner sizes must match and vanish")
    for n, d, m in [(4, 3, 2), (1, 5, 7), (6, 1, 2)]:
        assert (np.ones((n, d)) @ np.ones((d, m))).shape == (n, m)


def test_the_bias_is_added_to_every_row(says):
    says("sec-operations-table", "of shape (2,), to every row")
    whole = np.array(FILMS) @ np.array(W).T + np.array(B)
    assert whole.tolist() == [[score(f, w) + b for w, b in zip(W, B, strict=True)] for f in FILMS]


def test_a_forgotten_transpose_is_refused_and_the_sizes_stand_at_the_messages_end(says, operations):
    says("sec-operations-table", "Read such a message from its end", "are 2 and 3")
    with pytest.raises(ValueError, match=r"\(n\?,k\),\(k,m\?\).*size 2 is different from 3\)$") as refusal:
        np.array(FILMS) @ np.array(W)
    assert operations.output("shape-error").split() == str(refusal.value).split()


def test_both_sides_add_up_one_product_for_each_path_through_the_network(says):
    says("sec-operations-table", "one term for each path from an input through one of the five neurons")
    rng = np.random.default_rng(3)
    W1, W2, x = (
        rng.integers(-9, 10, size=(5, 3)),
        rng.integers(-9, 10, size=(2, 5)),
        rng.integers(-9, 10, size=3),
    )
    ways = [sum(W2[o, h] * W1[h, i] * x[i] for h in range(5) for i in range(3)) for o in range(2)]
    assert ways == (W2 @ (W1 @ x)).tolist() == ((W2 @ W1) @ x).tolist()


@pytest.mark.parametrize("seed", range(20))
def test_two_layers_without_a_bend_are_one(says, seed):
    says("sec-operations-table", "one matrix does the work of both", "Biases collapse as well")
    rng = np.random.default_rng(seed)
    W1, W2, b1, b2, x = (rng.integers(-9, 10, size=s) for s in [(5, 3), (2, 5), 5, 2, 3])
    hidden = [score(row, x) + b for row, b in zip(W1, b1, strict=True)]
    two = [score(row, hidden) + b for row, b in zip(W2, b2, strict=True)]
    merged = [[score(row, column) for column in W1.T] for row in W2]
    bias = [score(row, b1) + b for row, b in zip(W2, b2, strict=True)]
    assert two == [score(row, x) + b for row, b in zip(merged, bias, strict=True)]


def test_a_hundred_layers_without_a_bend_are_one(says):
    says("sec-operations-table", "a network of a hundred layers is one")
    rng = np.random.default_rng(100)
    stack, x = rng.integers(-1, 2, size=(100, 3, 3)).astype(object), rng.integers(-9, 10, size=3)
    merged, signal = np.eye(3, dtype=int).astype(object), x.astype(object)
    for weights in stack:  # whole numbers of any size, so exact
        signal, merged = np.array([score(row, signal) for row in weights]), weights @ merged
    assert signal.tolist() == [score(row, x) for row in merged]


def test_two_layers_with_a_bend_between_them_are_no_matrix(says):
    says("sec-operations-table", "The bend in between is what keeps two layers two")
    weights = np.array([[1.0, 2.0], [-1.0, 1.0]])

    def layers(x):
        return np.array([1.0, 1.0]) @ np.array([logistic(z) for z in weights @ x])

    x = np.array([1.0, 1.0])
    assert layers(2 * x) - layers(0 * x) != pytest.approx(2 * (layers(x) - layers(0 * x)))


def test_the_two_layers_cell_prints_the_same_scores_twice(operations):
    one, other = operations.output("two-layers").splitlines()
    assert one.split(":")[1].strip() == other.split(":")[1].partition("  W2")[0].strip()
    assert other.endswith("W2 @ W1 is (2, 3)")


# sec-operations-ai


def test_a_layer_takes_two_operations_a_weight(says):
    says("sec-operations-ai", "two operations per weight", "if it uses them all, takes about two billion")
    says("sec-operations-ai", "the scores of attention not counted")
    operations = 0
    for row, bias in zip(W, B, strict=True):
        total = bias  # so that the first product is added in as well
        for weight, entry in zip(row, FILMS[0], strict=True):
            total += weight * entry
            operations += 2
    assert operations == 2 * np.size(W)


# sec-operations-checks


def test_the_shapes_of_the_exercise_fit(says):
    says("sec-operations-checks", "W is (10, 784), a row per neuron", "is (32, 10)")
    X, weights = np.ones((32, 784)), np.ones((10, 784))
    assert (X @ weights.T + np.ones(10)).shape == (32, 10)
    with pytest.raises(ValueError, match=r"size 32 is different from 784"):
        weights @ X

import numpy as np
import pytest

from ml_from_scratch.derivation import (
    D,
    L,
    L_i,
    N,
    Sum,
    X,
    b,
    e_i,
    i,
    j,
    k,
    loss,
    ones,
    r_i,
    residuals,
    show_step,
    w,
    w_j,
    weights,
    x_i,
    x_ij,
    x_ik,
    y,
    y_hat_i,
    y_i,
)
from ml_from_scratch.derivation.letters import DATA, x
from ml_from_scratch.derivation.steps import Step


def words(shown):
    return shown.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("tree", "latex"),
    [
        (y_i - (w * x_i + b), "y_i - (w x_i + b)"),
        (y_i - w * x_i - b, "y_i - w x_i - b"),
        ((y_i - y_hat_i) ** 2, r"(y_i - \hat y_i)^2"),
        (-x_i + y_i, "-x_i + y_i"),
        (2 * e_i * (-x_i), r"2 e_i \cdot (-x_i)"),
        (2 * e_i * -1, r"2 e_i \cdot (-1)"),
        (-2 * x_i * e_i, "-2 x_i e_i"),
        (y_i + -2 * x_i, "y_i - 2 x_i"),
        (-(w * x_i + b), "-(w x_i + b)"),
        (e_i * 3, r"e_i \cdot 3"),
        ((x_i / 2 + b) * w, r"\left( \frac{x_i}{2} + b \right) w"),
        (1 / N * Sum(i, -2 * e_i), r"\frac{1}{N} \sum_{i=1}^{N} (-2 e_i)"),
        (D(L_i, e_i) * D(e_i, w), r"\frac{\partial L_i}{\partial e_i} \cdot \frac{\partial e_i}{\partial w}"),
        (D(Sum(i, L_i), b), r"\frac{\partial}{\partial b} \sum_{i=1}^{N} L_i"),
        (D(1 / N * L_i, b), r"\frac{\partial}{\partial b} \left( \frac{1}{N} L_i \right)"),
        (X.T @ residuals, r"\boldsymbol{X}^{\mathsf T} \boldsymbol{e}"),
        ((X.T @ residuals)[j], r"(\boldsymbol{X}^{\mathsf T} \boldsymbol{e})_j"),
        (x_ij * weights[0], "x_{ij} w_1"),
    ],
)
def test_a_tree_is_set_as_it_is_written(tree, latex):
    assert tree.latex() == latex


def test_letters_are_worth_what_plain_numpy_makes_of_the_data():
    xs, ys, slope, bias = DATA[x], DATA[y], DATA[w], DATA[b]
    n, m = DATA[i], DATA[j]
    e = ys - (slope * xs + bias)
    assert y_hat_i.value(DATA) == pytest.approx(slope * xs[n] + bias)
    assert e_i.value(DATA) == pytest.approx(e[n])
    assert L_i.value(DATA) == pytest.approx(e[n] ** 2)
    assert L.value(DATA) == pytest.approx(np.mean(e**2))
    table, ws = DATA[X], DATA[weights]
    left = ys - np.einsum("ij,j->i", table, ws) - bias
    assert residuals.value(DATA) == pytest.approx(left)
    assert r_i.value(DATA) == pytest.approx(left[n])
    assert loss.value(DATA) == pytest.approx(left @ left / 5)
    assert x_ij.value(DATA) == table[n, m]


def test_data_of_a_kind_differ_enough_to_tell_letters_apart():
    drawn = np.concatenate([np.ravel(DATA[letter]) for letter in (x, y, w, b, X, weights)])
    gaps = np.abs(drawn[:, None] - drawn) + np.eye(len(drawn))
    assert gaps.min() > 1e-3
    assert np.abs(drawn).min() > 1e-2


@pytest.mark.parametrize("point", [-3.0, 0.2, 70.0])
def test_a_derivative_of_a_square_is_measured_exactly(point):
    data = DATA | {w: point}
    assert D((3 * w - 6) ** 2, w).value(data) == pytest.approx(6 * (3 * point - 6), rel=1e-12)


def test_a_derivative_sees_through_definitions_and_holds_apart_what_it_moves():
    n = DATA[i]
    e = float(e_i.value(DATA))
    assert D(L_i, e_i).value(DATA) == pytest.approx(2 * e)
    assert D(L_i, w).value(DATA) == pytest.approx(2 * e * -DATA[x][n])
    assert D(e_i, e_i).value(DATA) == pytest.approx(1)
    assert D(w, e_i).value(DATA) == 0


def test_a_gradient_is_the_derivative_by_each_entry():
    gradient = D(loss, weights).value(DATA)
    assert gradient.shape == (3,)
    assert gradient[DATA[j]] == pytest.approx(D(loss, w_j).value(DATA))
    expected = 2 / 5 * DATA[X].T @ (DATA[X] @ DATA[weights] + DATA[b] - DATA[y])
    assert gradient == pytest.approx(expected, rel=1e-12)


def test_a_derivative_by_an_entry_reaches_a_matrix_product_too():
    assert D((X @ weights)[i], w_j).value(DATA) == pytest.approx(DATA[X][DATA[i], DATA[j]])


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (y - b, "adds shapes"),
        (X * weights, "multiplies two arrays"),
        (X @ residuals, r"multiplies shapes \(5, 3\) and \(5,\)"),
        (y @ weights, "multiplies shapes"),
        (y**2, "is a power of an array"),
        (x_ik, "no sum runs over it"),
        (X[i], "is no entry"),
        (weights[7], "is no entry"),
    ],
)
def test_what_paper_would_refuse_is_refused(tree, words):
    with pytest.raises(ValueError, match=words):
        tree.value(DATA)


def test_a_letter_without_a_value_is_named():
    with pytest.raises(ValueError, match="w has no value"):
        w.value({})


def test_a_step_that_holds_shows_both_sides_and_rounding():
    text = words(show_step(D(e_i, w), -x_i))
    value = f"{-DATA[x][DATA[i]]:.8f}".replace("-", "\N{MINUS SIGN}")
    first, *check = text.splitlines()
    assert first == r"$$ \frac{\partial e_i}{\partial w} = -x_i $$"
    assert f"left {value}\\" in check[1]
    assert f"right {value}\\" in check[2]
    assert check[3].startswith("> difference ")


def test_a_step_that_does_not_hold_says_by_how_much():
    n = DATA[i]
    gap = abs(-DATA[x][n] - DATA[x][n])
    assert f"**differ by {gap:.4f}**" in show_step(D(e_i, w), x_i).text
    assert not Step(D(e_i, w), x_i, DATA).holds()


def test_a_step_whose_shapes_clash_says_so():
    assert "**no equation:** the left side has shape (), the right side (5,)." in show_step(e_i, ones).text
    assert "multiplies shapes" in show_step(D(loss, weights), X @ residuals).text


def test_arrays_are_shown_entry_by_entry():
    shown = ", ".join(f"{value:.4f}" for value in DATA[weights]).replace("-", "\N{MINUS SIGN}")
    assert f"left [{shown}]" in words(show_step(weights, weights))


def test_several_equations_stand_in_turn_and_whole_numbers_are_sides():
    text = show_step(D(e_i, b), -1, D(e_i, w), -x_i).text
    assert text.count("$$ ") == 2
    assert "= -1 $$" in text


def test_half_an_equation_is_refused():
    with pytest.raises(ValueError, match="got 3 sides"):
        show_step(w, b, w)


def test_equal_lines_are_equal_trees():
    assert 2 * e_i * -x_i == 2 * e_i * (-x_i)
    assert Sum(k, x_ik) != Sum(i, x_i)

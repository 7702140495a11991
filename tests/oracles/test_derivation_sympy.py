"""The lines of chapter 5's derivation as SymPy sees them: exact, with its own rules of differentiation.

The page measures derivatives at one random place. Here each line is translated, for three observations of two features,
and must hold identically, in all its letters.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import add, mul

import pytest
import sympy

from ml_from_scratch import derivation
from ml_from_scratch.derivation.arrays import Entry, MatrixProduct, Symbol, Transpose
from ml_from_scratch.derivation.calculus import Derivative, Sum
from ml_from_scratch.derivation.expressions import (
    Add,
    Fraction,
    Negative,
    Number,
    Power,
    Product,
    expression,
)
from ml_from_scratch.derivation.letters import N, d, i, j, ones

SIZES = {N: 3, d: 2}
PLACES = {i: 1, j: 0}  # where a line about one term stands


def exact(node, known):  # noqa: PLR0911 - a line for each kind of node
    """The tree in SymPy's terms; known holds the places of indices, and entries that stand apart from their definition."""
    match node:
        case Number(n):
            return sympy.Integer(n)
        case Symbol():
            return letter(node, known)
        case Entry(of, at):
            return entry(of, tuple(place if isinstance(place, int) else known[place] for place in at), known)
        case Negative(term):
            return -exact(term, known)
        case Add(terms):
            return reduce(add, (exact(term, known) for term in terms))
        case Product(factors):
            return reduce(mul, (exact(factor, known) for factor in factors))
        case Fraction(numerator, denominator):
            return exact(numerator, known) / exact(denominator, known)
        case Power(base, exponent):
            return exact(base, known) ** exponent.number
        case Transpose(of):
            return exact(of, known).T
        case MatrixProduct(left, right):
            return exact(left, known) * exact(right, known)
        case Sum(index, term):
            return sum(exact(term, known | {index: n}) for n in range(SIZES[index.size]))
        case Derivative(of, by):
            return derivative(of, by, known)
    raise TypeError(node)


def letter(symbol, known):
    """A number's symbol, or a vector's or matrix's entries as a Matrix."""
    if symbol in SIZES:
        return sympy.Integer(SIZES[symbol])
    if not symbol.indices:
        return exact(symbol.definition, known) if symbol.definition else sympy.Symbol(symbol.letter)
    sizes = [SIZES[index.size] for index in symbol.indices]
    columns = sizes[1] if len(sizes) > 1 else 1
    return sympy.Matrix(sizes[0], columns, lambda r, c: entry(symbol, (r, c)[: len(sizes)], known))


def entry(of, places, known):
    """An entry: held apart, or by its definition, or a symbol of its own, or taken from a computed Matrix."""
    if (of, places) in known:
        return known[of, places]
    if not isinstance(of, Symbol):
        return exact(of, known)[places[0]]
    if of == ones:
        return sympy.Integer(1)
    if of.definition:
        return exact(of.definition, known | dict(zip(of.indices, places, strict=True)))
    return sympy.Symbol("_".join([of.letter, *map(str, places)]))


def derivative(of, by, known):
    """SymPy's own derivative; with respect to a defined entry, that entry is a variable of its own for a while."""
    if isinstance(by, Symbol) and by.indices:
        return sympy.Matrix([derivative(of, by[n], known) for n in range(SIZES[by.indices[0].size])])
    if isinstance(by, Entry) and by.of.definition:
        places = tuple(known[place] for place in by.at)
        held = sympy.Symbol("held")
        rate = sympy.diff(exact(of, known | {(by.of, places): held}), held)
        return rate.subs(held, exact(by, known))
    return sympy.diff(exact(of, known), exact(by, known))


@pytest.fixture(scope="module")
def lines(root):
    """Both sides of every line, from the chapter's own cells."""
    text = (root / "chapters" / "05-mse-gradient.qmd").read_text(encoding="utf-8")
    cells = re.findall(r"^#\| label: step-.*?\n#\| echo: false\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    found = []

    def record(*sides):
        trees = [expression(side) for side in sides]
        found.extend(zip(trees[::2], trees[1::2], strict=True))

    for code in cells:
        exec(code, {name: getattr(derivation, name) for name in derivation.__all__} | {"show_step": record})  # noqa: S102
    return found


def difference(left, right):
    """Left minus right, multiplied out."""
    return sympy.Matrix([exact(left, PLACES) - exact(right, PLACES)]).expand()


def test_every_line_holds_identically(lines):
    assert len(lines) == 36
    for left, right in lines:
        assert difference(left, right).is_zero_matrix, f"{left.latex()} = {right.latex()}"


def test_a_wrong_line_does_not_hold(lines):
    for left, right in lines:
        assert not difference(left, Negative(right)).is_zero_matrix, f"{left.latex()} = -({right.latex()})"


def test_the_last_lines_are_sympys_gradient_of_the_loss(lines):
    w, b, L = derivation.w, derivation.b, derivation.L
    xs, ys = sympy.symbols("x_0:3"), sympy.symbols("y_0:3")
    weight, bias = sympy.symbols("w b")
    mean = sum((yn - (weight * xn + bias)) ** 2 for xn, yn in zip(xs, ys, strict=True)) / 3
    derived = {left: exact(right, PLACES) for left, right in lines}
    assert sympy.expand(derived[Derivative(L, w)] - sympy.diff(mean, weight)) == 0
    assert sympy.expand(derived[Derivative(L, b)] - sympy.diff(mean, bias)) == 0

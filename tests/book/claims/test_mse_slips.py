"""No line of the derivation survives a slip of the pen: each sign, factor, term and index of each line is changed once."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from ml_from_scratch import derivation
from ml_from_scratch.derivation import Step, Sum, b, w
from ml_from_scratch.derivation.arrays import Entry, MatrixProduct, Transpose
from ml_from_scratch.derivation.calculus import Derivative
from ml_from_scratch.derivation.expressions import (
    Add,
    Expression,
    Fraction,
    Negative,
    Number,
    Power,
    Product,
    expression,
)
from ml_from_scratch.derivation.letters import DATA

CHAPTER = (Path(__file__).parents[3] / "chapters" / "05-mse-gradient.qmd").read_text(encoding="utf-8")
CELLS = re.findall(
    r"^#\| label: (step-[\w-]+)\n#\| echo: false\n(.*?)^```$", CHAPTER, re.MULTILINE | re.DOTALL
)
FAR = 1e-3  # rounding is a trillion times smaller
# Another index, but no slip: every residual answers to b at the same rate.
TRUE_TOO = {
    r"\frac{\partial e_1}{\partial b} = -1",
    r"\frac{\partial L_i}{\partial b} = \frac{\partial L_i}{\partial e_i} \cdot \frac{\partial e_1}{\partial b}",
}


def steps() -> list[tuple[str, Step]]:
    """Every equation of every step, from the chapter's own cells."""
    found: list[tuple[str, Step]] = []
    for label, code in CELLS:

        def record(*sides, label=label):
            trees = [expression(side) for side in sides]
            found.extend((label, Step(*pair, DATA)) for pair in zip(trees[::2], trees[1::2], strict=True))

        exec(code, {name: getattr(derivation, name) for name in derivation.__all__} | {"show_step": record})  # noqa: S102
    return found


STEPS = steps()
EACH = pytest.mark.parametrize("step", [step for _, step in STEPS], ids=[label for label, _ in STEPS])


def flipped(term: Expression) -> Expression:
    """The term with its sign turned."""
    return term.term if isinstance(term, Negative) else Negative(term)


def slips_here(node: Expression) -> list[Expression]:
    """What one slip makes of this node itself."""
    found: list[Expression] = []
    match node:
        case Number(n):
            found = [Number(-n), Number(n + 1)]
        case Negative(part) | Transpose(part):
            found = [part]
        case Add(terms):
            found = [Add((*terms[:n], flipped(terms[n]), *terms[n + 1 :])) for n in range(len(terms))]
            found += [Add(rest) if len(rest) > 1 else rest[0] for rest in without_one(terms)]
        case Product(factors):
            found = [Negative(node)]
            found += [Product(rest) if len(rest) > 1 else rest[0] for rest in without_one(factors)]
        case Fraction(numerator, denominator):
            found = [numerator, denominator]
        case Power(base, _):
            found = [base, Power(base, Number(3))]
        case Entry(of, at):
            found = [of, *(Entry(of, (*at[:n], 0, *at[n + 1 :])) for n in range(len(at)))]
            found += [Entry(of, at[::-1])] if len(at) > 1 else []
        case Sum(index, term):
            found = [term, Sum(index, flipped(term))]
        case Derivative(of, by):
            found = [of, Negative(node), Derivative(of, b if by == w else w)]
        case MatrixProduct(left, right):
            found = [left, right, MatrixProduct(right, left)]
    return found


def without_one(parts: tuple[Expression, ...]) -> list[tuple[Expression, ...]]:
    """The parts, each time without one of them."""
    return [parts[:n] + parts[n + 1 :] for n in range(len(parts))]


def slips(node: Expression) -> list[Expression]:
    """The tree with one slip, anywhere. What a letter stands for is no part of the line."""
    found = slips_here(node)
    for field in () if isinstance(node, derivation.Symbol) else dataclasses.fields(node):
        part = getattr(node, field.name)
        if isinstance(part, Expression):
            found += [dataclasses.replace(node, **{field.name: slip}) for slip in slips(part)]
        for n, child in enumerate(part if isinstance(part, tuple) else ()):
            for slip in slips(child) if isinstance(child, Expression) else ():
                found.append(dataclasses.replace(node, **{field.name: (*part[:n], slip, *part[n + 1 :])}))
    return found


def slipped(step: Step) -> list[Step]:
    """The line with one slip on either side, each such line once."""
    pairs = {(left, step.right) for left in (flipped(step.left), *slips(step.left))}
    pairs |= {(step.left, right) for right in (flipped(step.right), *slips(step.right))}
    return [Step(*pair, DATA) for pair in pairs if pair != (step.left, step.right)]


def is_noticed(step: Step) -> bool:
    """Whether the check refuses the line: its shapes clash, or its sides lie far apart."""
    try:
        return step.difference() > FAR
    except ValueError:
        return True


@EACH
def test_the_check_notices_every_slip(step):
    made = slipped(step)
    assert len(made) >= 6
    assert {slip.latex() for slip in made if not is_noticed(slip)} <= TRUE_TOO


@EACH
def test_every_slip_shows_in_the_mathematics(step):
    assert step.latex() not in {slip.latex() for slip in slipped(step)}


def test_there_are_as_many_slips_as_the_lines_have_places_for():
    counts = [len(slipped(step)) for _, step in STEPS]
    assert (len(counts), sum(counts)) == (36, 607)


@pytest.mark.parametrize(
    ("slip", "line"),
    [
        ("a sign", r"e_i = y_i + \hat y_i"),
        ("a factor", r"\frac{\partial L_i}{\partial w} = -2 e_i"),
        ("an index", r"\frac{\partial L}{\partial w} = -\frac{2}{N} \sum_{i=1}^{N} \boldsymbol{x} e_i"),
        ("the 1/N", r"\frac{\partial L}{\partial w} = \sum_{i=1}^{N} \frac{\partial L_i}{\partial w}"),
        (
            "a transpose",
            r"\frac{\partial L}{\partial \boldsymbol{w}} = -\frac{2}{N} \boldsymbol{X} \boldsymbol{e}",
        ),
        ("a square", r"L = \frac{1}{N} \sum_{i=1}^{N} (y_i - \hat y_i)"),
        ("a rate", r"\frac{\partial L_i}{\partial w} = \frac{\partial L_i}{\partial e_i}"),
        ("a sum", r"\frac{\partial L}{\partial b} = -\frac{2}{N} e_i"),
    ],
)
def test_the_slips_that_students_make_are_among_them(slip, line):
    assert line in {made.latex() for _, step in STEPS for made in slipped(step)}, slip

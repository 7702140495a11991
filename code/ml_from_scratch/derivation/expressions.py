# ruff: noqa: D102 - latex and value are documented once, in Expression
"""Mathematics as trees: what a line says, `latex`, and what it is worth, `value`, come from the same object.

Operators build the trees, so that code reads as the line does: `-2 * x_i * e_i`. Nothing is ever simplified: the
tree is the line, sign by sign. Nothing is broadcast either: terms of different shapes are refused, as on paper.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from ml_from_scratch._checks import FloatArray

Value = float | FloatArray
# What a letter is worth: a symbol, an index (from 0), or an entry, (symbol, places), held apart from its definition.
Data = Mapping[Hashable, Value]

# How tightly an expression holds together: the looser needs brackets inside the tighter.
SUM, SIGN, PRODUCT, POWER = range(4)


class Expression:
    """A node of a tree: immutable, equal to any other with the same parts."""

    binding = POWER

    def latex(self) -> str:
        """The expression as LaTeX."""
        raise NotImplementedError

    def value(self, data: Data) -> Value:
        """Its value on these data, a number or an array. Raises ValueError where shapes clash."""
        raise NotImplementedError

    def within(self, binding: int) -> str:
        """Its LaTeX, in brackets if it holds together less tightly than asked."""
        text = self.latex()
        if self.binding >= binding:
            return text
        return rf"\left( {text} \right)" if r"\frac" in text or r"\sum" in text else f"({text})"

    def __add__(self, other: Expression | int) -> Expression:
        return Add((*self.terms, expression(other)) if isinstance(self, Add) else (self, expression(other)))

    def __sub__(self, other: Expression | int) -> Expression:
        return self + Negative(expression(other))

    def __neg__(self) -> Expression:
        return Negative(self)

    def __mul__(self, other: Expression | int) -> Expression:
        factors = self.factors if isinstance(self, Product) else (self,)
        return Product((*factors, expression(other)))

    def __rmul__(self, other: int) -> Expression:
        return Number(other) * self

    def __truediv__(self, other: Expression | int) -> Expression:
        return Fraction(self, expression(other))

    def __rtruediv__(self, other: int) -> Expression:
        return Fraction(Number(other), self)

    def __pow__(self, exponent: int) -> Expression:
        return Power(self, Number(exponent))


def expression(given: Expression | int) -> Expression:
    """What was given, a whole number as a Number."""
    return given if isinstance(given, Expression) else Number(given)


@dataclass(frozen=True)
class Number(Expression):
    """A whole number."""

    number: int

    @property
    def binding(self) -> int:  # type: ignore[override]
        return SIGN if self.number < 0 else POWER

    def latex(self) -> str:
        return str(self.number)

    def value(self, data: Data) -> Value:  # noqa: ARG002 - the same on all data
        return float(self.number)


@dataclass(frozen=True)
class Negative(Expression):
    """A minus sign and what it stands before."""

    term: Expression
    binding = SIGN

    def latex(self) -> str:
        return f"-{self.term.within(PRODUCT)}"

    def value(self, data: Data) -> Value:
        return -self.term.value(data)


@dataclass(frozen=True)
class Add(Expression):
    """Terms added up; one that is subtracted is Negative."""

    terms: tuple[Expression, ...]
    binding = SUM

    def latex(self) -> str:
        first, *rest = (term.within(SIGN) for term in self.terms)
        return first + "".join(f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in rest)

    def value(self, data: Data) -> Value:
        values = [term.value(data) for term in self.terms]
        if len({np.shape(value) for value in values}) > 1:
            raise ValueError(
                f"{self.latex()} adds shapes {', '.join(str(np.shape(value)) for value in values)}."
            )
        total: Value = sum(values[1:], values[0])
        return total


@dataclass(frozen=True)
class Product(Expression):
    """Factors multiplied, of which at most one is a vector or matrix."""

    factors: tuple[Expression, ...]

    @property
    def binding(self) -> int:  # type: ignore[override]
        return SIGN if self.factors[0].binding == SIGN else PRODUCT

    def latex(self) -> str:
        first, *rest = self.factors
        text, before = first.within(SIGN), first
        for factor in rest:
            following = factor.within(PRODUCT)
            dot = isinstance(factor, Number) or (
                following != factor.latex() and r"\frac{" not in before.latex()
            )
            text += (r" \cdot " if dot or r"\partial" in before.latex() else " ") + following
            before = factor
        return text

    def value(self, data: Data) -> Value:
        values = [factor.value(data) for factor in self.factors]
        if sum(np.ndim(value) > 0 for value in values) > 1:
            raise ValueError(f"{self.latex()} multiplies two arrays, which needs a sum or a matrix product.")
        product: Value = 1.0
        for value in values:
            product = product * value
        return product


@dataclass(frozen=True)
class Fraction(Expression):
    """A quotient of numbers."""

    numerator: Expression
    denominator: Expression

    def latex(self) -> str:
        return rf"\frac{{{self.numerator.latex()}}}{{{self.denominator.latex()}}}"

    def value(self, data: Data) -> Value:
        return self.numerator.value(data) / self.denominator.value(data)


@dataclass(frozen=True)
class Power(Expression):
    """A number raised to a whole number."""

    base: Expression
    exponent: Number

    def latex(self) -> str:
        return f"{self.base.within(POWER)}^{self.exponent.latex()}"

    def value(self, data: Data) -> Value:
        base = self.base.value(data)
        if np.ndim(base):
            raise ValueError(f"{self.latex()} is a power of an array.")
        return base**self.exponent.number

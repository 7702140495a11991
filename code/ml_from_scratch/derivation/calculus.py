"""Sums over an index, and derivatives, whose values are measured: no rule of calculus is used that a line claims."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ml_from_scratch.derivation.arrays import Entry, Index, Symbol, size
from ml_from_scratch.derivation.expressions import (
    POWER,
    PRODUCT,
    Data,
    Expression,
    Value,
)

# A central difference is exact for a square, whatever its step: ((u + h)² - (u - h)²) / 2h = 2u. So the step need not
# be small, and a large one keeps the digits. With h = 1/2 even the division falls away.
STEP = 0.5


@dataclass(frozen=True)
class Sum(Expression):
    """The sum of a term over all places of an index."""

    index: Index
    term: Expression
    binding = PRODUCT

    def latex(self) -> str:
        """A sigma with its bounds; brackets around a term that has a sign."""
        return rf"\sum_{{{self.index.letter}=1}}^{{{self.index.size.letter}}} {self.term.within(PRODUCT)}"

    def value(self, data: Data) -> Value:
        """Add up, place by place."""
        terms = [self.term.value({**data, self.index: n}) for n in range(size(self.index, data))]
        total: Value = sum(terms[1:], terms[0])
        return total


@dataclass(frozen=True)
class Derivative(Expression):
    """How an expression changes with one letter, or with each entry of a vector, while all others stay fixed.

    by is a symbol or an entry. One that has a definition, e_i, is moved as if nothing lay behind it.
    """

    of: Expression
    by: Symbol | Entry
    binding = PRODUCT

    def latex(self) -> str:
        """A fraction of ∂s, with a letter above the line and anything longer behind it."""
        by = self.by.latex()
        if isinstance(self.of, Symbol) or (isinstance(self.of, Entry) and isinstance(self.of.of, Symbol)):
            return rf"\frac{{\partial {self.of.latex()}}}{{\partial {by}}}"
        of = self.of.latex() if isinstance(self.of, Sum) else self.of.within(POWER)
        return rf"\frac{{\partial}}{{\partial {by}}} {of}"

    def value(self, data: Data) -> Value:
        """Measured by a central difference: exact, up to rounding, where nothing exceeds a square."""
        if isinstance(self.by, Symbol) and self.by.indices:
            entries = range(size(self.by.indices[0], data))
            return np.array([Derivative(self.of, Entry(self.by, (n,))).value(data) for n in entries])
        above = np.asarray(self.of.value(_moved(data, self.by, STEP)))
        below = np.asarray(self.of.value(_moved(data, self.by, -STEP)))
        rate: Value = (above - below) / (2 * STEP)
        return rate


def _moved(data: Data, target: Symbol | Entry, step: float) -> Data:
    """The data with one letter moved; an entry that has a definition is held apart from it, at its new value."""
    key: object = target
    moved: Value = target.value(data) + step
    if isinstance(target, Entry):
        places = target.places(data)
        key = (target.of, places)
        if target.of in data:
            key, array = target.of, np.array(data[target.of])
            array[places] = moved
            moved = array
    return {**data, key: moved}

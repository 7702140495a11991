# ruff: noqa: D102 - latex and value are documented once, in Expression
"""Letters, some of which stand for vectors and matrices, their entries, and the products of matrices and vectors.

Indices run from 1 on the page and from 0 in Python, as everywhere in NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ml_from_scratch.derivation.expressions import POWER, PRODUCT, Data, Expression, Value


class Array(Expression):
    """An expression that may be a vector or a matrix: it has entries, a transpose and matrix products."""

    def __matmul__(self, other: Expression) -> Expression:
        return MatrixProduct(self, other)

    def __getitem__(self, places: Index | int | tuple[Index | int, ...]) -> Expression:
        return Entry(self, places if isinstance(places, tuple) else (places,))

    @property
    def T(self) -> Expression:  # noqa: N802 - NumPy's name
        """The transpose: rows become columns."""
        return Transpose(self)


@dataclass(frozen=True)
class Index:
    """A letter that runs from 1 to a size: i from 1 to N."""

    letter: str
    size: Symbol


@dataclass(frozen=True)
class Symbol(Array):
    """A letter: a number, or with indices a vector or matrix. The data give its value, or its definition does.

    The definition of a symbol with an index is that of one entry: e, with the index i, is defined by y_i - ŷ_i.
    """

    letter: str
    indices: tuple[Index, ...] = ()
    definition: Expression | None = None

    def latex(self) -> str:
        return rf"\boldsymbol{{{self.letter}}}" if self.indices else self.letter

    def value(self, data: Data) -> Value:
        if self in data:
            return data[self]
        if self.definition is None:
            raise ValueError(f"{self.letter} has no value in the data.")
        if not self.indices:
            return self.definition.value(data)
        (index,) = self.indices
        return np.array([self[n].value(data) for n in range(size(index, data))])


@dataclass(frozen=True)
class Entry(Expression):
    """One entry of a vector or matrix: at an index, x_i, or at a place, x_1 (which Python counts as 0)."""

    of: Expression
    at: tuple[Index | int, ...]

    def latex(self) -> str:
        marks = "".join(at.letter if isinstance(at, Index) else str(at + 1) for at in self.at)
        if isinstance(self.of, Symbol):
            letter = self.of.letter.lower() if len(self.at) > 1 else self.of.letter
            return f"{letter}_{{{marks}}}" if len(marks) > 1 else f"{letter}_{marks}"
        return f"({self.of.latex()})_{marks}"

    def places(self, data: Data) -> tuple[int, ...]:
        """Where the entry stands, counted from 0."""
        return tuple(place(at, data) if isinstance(at, Index) else at for at in self.at)

    def value(self, data: Data) -> Value:
        places = self.places(data)
        if (self.of, places) in data:
            return data[self.of, places]
        if isinstance(self.of, Symbol) and self.of.definition and self.of.indices:
            return self.of.definition.value({**data, **dict(zip(self.of.indices, places, strict=True))})
        array = np.asarray(self.of.value(data))
        if array.ndim != len(places) or any(p >= n for p, n in zip(places, array.shape, strict=True)):
            raise ValueError(f"{self.latex()} is no entry of an array of shape {array.shape}.")
        return float(array[places])


def place(index: Index, data: Data) -> int:
    """The place at which an index stands, counted from 0."""
    if index not in data:
        raise ValueError(f"{index.letter} stands for no entry here: no sum runs over it.")
    return int(data[index])


def size(index: Index, data: Data) -> int:
    """How far an index runs."""
    return int(data[index.size])


@dataclass(frozen=True)
class Transpose(Array):
    """A matrix with its rows as columns."""

    of: Expression

    def latex(self) -> str:
        return rf"{self.of.within(POWER)}^{{\mathsf T}}"

    def value(self, data: Data) -> Value:
        return np.asarray(self.of.value(data)).T


@dataclass(frozen=True)
class MatrixProduct(Array):
    """A matrix times a vector: one dot product for each row."""

    left: Expression
    right: Expression
    binding = PRODUCT

    def latex(self) -> str:
        return f"{self.left.within(PRODUCT)} {self.right.within(PRODUCT)}"

    def value(self, data: Data) -> Value:
        left, right = np.asarray(self.left.value(data)), np.asarray(self.right.value(data))
        if left.ndim != 2 or left.shape[1:] != right.shape:
            raise ValueError(f"{self.latex()} multiplies shapes {left.shape} and {right.shape}.")
        product: Value = left @ right
        return product

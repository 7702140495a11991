"""An equation as a chapter shows it: set as mathematics, both sides evaluated on random data, and their difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ml_from_scratch.derivation.expressions import Data, Expression, Value, expression
from ml_from_scratch.derivation.letters import DATA
from ml_from_scratch.show import Markdown, scientific

# Rounding leaves about 1e-15 of numbers near 1; a wrong sign, factor or index leaves far more than this.
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Step:
    """A line of a derivation: left = right, on these data."""

    left: Expression
    right: Expression
    data: Data

    def latex(self) -> str:
        """The line as LaTeX."""
        return f"{self.left.latex()} = {self.right.latex()}"

    def difference(self) -> float:
        """How far apart the sides are, at most over their entries. Raises ValueError where their shapes differ."""
        left, right = np.asarray(self.left.value(self.data)), np.asarray(self.right.value(self.data))
        if left.shape != right.shape:
            raise ValueError(f"the left side has shape {left.shape}, the right side {right.shape}.")
        return float(np.max(np.abs(left - right)))

    def holds(self) -> bool:
        """Whether the sides agree, up to rounding."""
        return self.difference() < TOLERANCE

    def markdown(self) -> str:
        """The line, and the check as a quotation of three lines, which every format can set small and apart."""
        try:
            difference, agree = self.difference(), self.holds()
        except ValueError as error:
            return f"$$ {self.latex()} $$\n\n> **no equation:** {error}"
        small = scientific(difference).replace(" ", SPACE) if difference else "0"
        lines = [
            f"left{SPACE}{_words(self.left.value(self.data))}",
            f"right{SPACE}{_words(self.right.value(self.data))}",
            f"difference{SPACE}{small}" if agree else f"**differ by {difference:.4f}**",
        ]
        return f"$$ {self.latex()} $$\n\n> " + "\\\n> ".join(lines).replace("-", MINUS)


MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"  # on a phone a line may break between the sides, not within one


def _words(value: Value) -> str:
    """A value with as many digits as show agreement: eight of a number, four of each entry of an array."""
    text = f",{SPACE}".join(f"{number:.{4 if np.ndim(value) else 8}f}" for number in np.atleast_1d(value))
    return f"[{text}]" if np.ndim(value) else text


def show_step(*sides: Expression | int, data: Data = DATA) -> Markdown:
    """Show one equation or several, left and right in turn, each with its check on random data.

    A line that does not hold is shown too, and says so. Raises ValueError for an odd number of sides.
    """
    if not sides or len(sides) % 2:
        raise ValueError(f"An equation has a left and a right side; got {len(sides)} sides.")
    trees = [expression(side) for side in sides]
    steps = [Step(left, right, data) for left, right in zip(trees[::2], trees[1::2], strict=True)]
    return Markdown("\n\n".join(step.markdown() for step in steps))

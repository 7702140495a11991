"""Features on one scale: mean 0 and standard deviation 1, and the way back to their own units.

A weight's unit is the target's per unit of its feature, so where features differ in unit or
spread, the loss is steep along one weight and flat along another. Standardising changes the
units and nothing else: the same lines can be written in both, and the best one is the same.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from ml_from_scratch._checks import FloatArray, matching_vector, matrix, number

LARGEST = 1e150  # its square, and that of its inverse, are floats


@dataclass(frozen=True, eq=False)
class Standardized:
    """A standardised table, and what it takes to treat new rows alike and to go back.

    Z: the table, (n, d); each entry says how many standard deviations its bird, house or
    word lies above its column's mean, and so has no unit.
    means, deviations: of each raw column, (d,), in its own unit. All are read-only.
    """

    Z: FloatArray
    means: FloatArray
    deviations: FloatArray

    def __post_init__(self) -> None:
        """Keep copies, and lock them."""
        for name in ("Z", "means", "deviations"):
            own = getattr(self, name).copy()
            own.setflags(write=False)
            object.__setattr__(self, name, own)

    def transform(self, X: ArrayLike) -> FloatArray:
        """New rows X, (m, d), on this table's scale: by its means and deviations, not by their own."""
        X = self._rows("X", X)
        return (X - self.means) / self.deviations

    def inverse_transform(self, Z: ArrayLike) -> FloatArray:
        """Rows Z, (m, d), of this scale back in the raw units."""
        Z = self._rows("Z", Z)
        return Z * self.deviations + self.means

    def raw_line(self, weights: ArrayLike, bias: float) -> tuple[FloatArray, float]:
        """Weights and bias that predict from raw rows what the given ones predict from Z.

        weights is (d,). From Σ wⱼ (xⱼ - mⱼ)/sⱼ + b: the raw weight is wⱼ/sⱼ, and the raw
        bias b - Σ wⱼ mⱼ/sⱼ.
        """
        weights = matching_vector("weights", weights, length=len(self.means), match="the columns")
        raw_weights = weights / self.deviations
        return raw_weights, number("bias", bias) - float(raw_weights @ self.means)

    def _rows(self, name: str, rows: ArrayLike) -> FloatArray:
        """Rows with as many columns as the table has."""
        checked = matrix(name, rows)
        if checked.shape[1] != len(self.means):
            raise ValueError(f"{name} must have shape (m, {len(self.means)}); got {checked.shape}.")
        return checked


def standardize(X: ArrayLike) -> Standardized:
    """Give each column mean 0 and deviation 1: z = (x - mean) / deviation.

    X is (n, d). The standard deviation is the population's: the root of the mean
    of the squared distances from the mean, dividing by n (ddof=0 in NumPy, as in
    scikit-learn's StandardScaler; pandas and R divide by n - 1). Raises
    ValueError for a column that does not vary, which leaves nothing to divide
    by, and for one beyond 1e±150, whose squares overflow or vanish. The chapter
    "Features and scale" shows what it does for descent.
    """
    X = matrix("X", X)
    _refuse_unscalable(X)
    means, deviations = X.mean(axis=0), X.std(axis=0)  # both (d,)
    return Standardized((X - means) / deviations, means, deviations)


def _refuse_unscalable(X: FloatArray) -> None:
    """Name the first column that has no deviation to divide by."""
    lowest, highest = X.min(axis=0), X.max(axis=0)
    for j, (low, high) in enumerate(zip(lowest, highest, strict=True)):
        if low == high:
            raise ValueError(f"Column {j} of X must vary; all its values are {low:g}: leave it out.")
        if max(-low, high) > LARGEST or high / 2 - low / 2 < 1 / LARGEST:
            raise ValueError(f"Column {j} of X leaves the range of floats when squared: change its unit.")

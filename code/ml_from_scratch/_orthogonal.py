"""Least squares by orthogonal steps, to the last digits that the data allow.

The normal equations AᵀA z = Aᵀy square A's condition number and lose twice the digits.
A Householder QR factorization works on A itself: Q keeps lengths, so it magnifies no
rounding error, and R z = Qᵀy is solved from the last row up. One step of iterative
refinement then repairs the rounding of both.
"""

import math

import numpy as np

from ml_from_scratch._checks import FloatArray


class Factorization:
    """QR factorization of A, (n, p), its columns first scaled by powers of two: exact, and free of units.

    scaled: A with the largest entry of each column brought to [½, 1); exponents: the
    powers taken out, (p,). Q: (n, p) and R: (p, p) with Q R = scaled. Raises ValueError
    where the columns are linearly dependent to within rounding. Source: Golub & Van
    Loan, "Matrix Computations" (2013), §5.2 and §5.3.
    """

    def __init__(self, A: FloatArray, *, columns: str) -> None:
        """Scale, factorise and refuse what has no single answer; errors call A's columns `columns`."""
        n, p = A.shape
        if n < p:
            raise ValueError(f"X has {n} rows, too few to determine {p} coefficients ({columns}).")
        self.exponents = np.frexp(np.abs(A).max(axis=0))[1]
        self.scaled = np.ldexp(A, -self.exponents)
        self.Q, self.R = np.linalg.qr(self.scaled)
        singular = np.linalg.svd(self.R, compute_uv=False)
        if singular[-1] <= max(n, p) * np.finfo(np.float64).eps * singular[0]:
            raise ValueError(
                f"The coefficients of X are not determined: {columns} are linearly dependent "
                "(a constant, repeated or combined column), so many lines fit equally well."
            )

    def solve(self, y: FloatArray) -> FloatArray:
        """Vector z that minimises ‖y - A z‖, (p,), for y (n,).

        The refinement corrects z from errors that are rounded only once.
        Source: Björck 1967, "Iterative refinement of linear least squares solutions I";
        Higham, "Accuracy and Stability of Numerical Algorithms" (2002), §20.5.
        """
        exponent = np.frexp(np.abs(y).max())[1]
        y = np.ldexp(y, -exponent)
        z = np.linalg.solve(self.R, self.Q.T @ y)
        r = y - self.scaled @ z
        # At the solution y - r - A z = 0 and Aᵀr = 0; f and g are what rounding left of
        # them.
        f = exact_products(np.column_stack([y, r, self.scaled]), np.concatenate([[1.0, -1.0], -z]))
        g = exact_products(self.scaled.T, r)
        z = z + np.linalg.solve(self.R, self.Q.T @ f + np.linalg.solve(self.R.T, g))
        coefficients: FloatArray = np.ldexp(z, exponent - self.exponents)
        return coefficients

    def inverse_gram_roots(self) -> FloatArray:
        """Square roots of the diagonal of (AᵀA)⁻¹, (p,): the lengths of the rows of R⁻¹, unscaled."""
        inverse = np.linalg.solve(self.R, np.eye(len(self.R)))
        roots: FloatArray = np.ldexp(np.linalg.norm(inverse, axis=1), -self.exponents)
        return roots


def factorize(X: FloatArray, *, intercept: bool) -> Factorization:
    """Factorization of [X 1], the bias last, or of X alone; the error's words fit the case."""
    if not intercept:
        return Factorization(X, columns="its columns")
    with_ones = np.column_stack([X, np.ones(len(X))])
    return Factorization(with_ones, columns="its columns and the bias's column of ones")


def exact_products(A: FloatArray, v: FloatArray) -> FloatArray:
    """Product A v, (n,), each entry rounded only once; A is (n, p), v (p,), and no product near overflow.

    A product of two floats is a float and its rounding error, which is one too (Dekker
    1971, "A floating-point technique for extending the available precision"); math.fsum
    adds them without loss.
    """
    products = A * v
    A_high, v_high = _high_half(A), _high_half(v)
    A_low, v_low = A - A_high, v - v_high
    errors = ((A_high * v_high - products) + A_high * v_low + A_low * v_high) + A_low * v_low
    return np.array([math.fsum(row) for row in np.column_stack([products, errors]).tolist()])


def _high_half(a: FloatArray) -> FloatArray:
    """Upper half of each entry's digits: the product of two halves is exact (Veltkamp's split)."""
    c = (2.0**27 + 1) * a
    return c - (c - a)

"""The letters of linear regression, each with its definition, and random values for those that have none.

First with one feature, a number x_i for each observation; then with d features, a row of the matrix X. A prediction, a
residual and a loss are worth what their definitions say, so a derivative reaches through them to w and b.
"""

import numpy as np

from ml_from_scratch.derivation.arrays import Index, Symbol
from ml_from_scratch.derivation.calculus import Sum
from ml_from_scratch.derivation.expressions import Data

N, d = Symbol("N"), Symbol("d")
i, j, k = Index("i", N), Index("j", d), Index("k", d)

# One feature: ŷ_i = w x_i + b.
x, y = Symbol("x", (i,)), Symbol("y", (i,))
w, b = Symbol("w"), Symbol("b")
x_i, y_i = x[i], y[i]
y_hat_i = Symbol(r"\hat y", (i,), w * x_i + b)[i]
e_i = Symbol("e", (i,), y_i - y_hat_i)[i]
L_i = Symbol("L", (i,), e_i**2)[i]
L = Symbol("L", (), 1 / N * Sum(i, L_i))

# Several features: a weight for each column of X, and the same bias for every row.
X, weights, ones = Symbol("X", (i, j)), Symbol("w", (j,)), Symbol("1", (i,))
x_ij, x_ik, w_j, w_k = X[i, j], X[i, k], weights[j], weights[k]
residuals = Symbol("e", (i,), y_i - Sum(k, w_k * x_ik) - b)
r_i = residuals[i]
loss = Symbol("L", (), 1 / N * Sum(i, r_i**2))

_rng = np.random.default_rng(5)
DATA: Data = {
    N: 5,
    d: 3,
    i: 2,  # a line about one observation is checked on the third, one about one weight on the second
    j: 1,
    **{letter: _rng.normal(size=5) for letter in (x, y)},
    **{letter: float(_rng.normal()) for letter in (w, b)},
    X: _rng.normal(size=(5, 3)),
    weights: _rng.normal(size=3),
    ones: np.ones(5),
}

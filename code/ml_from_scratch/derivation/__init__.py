"""The derivation of the mean squared error's gradient, as expressions that are both shown and checked.

`expressions`, `arrays` and `calculus` hold the trees, each of which is set as LaTeX and has a value on data; `letters`
the symbols of linear regression and random values for them; `steps` shows an equation and whether its sides agree.
"""

from ml_from_scratch.derivation.arrays import Index, Symbol
from ml_from_scratch.derivation.calculus import Derivative, Sum
from ml_from_scratch.derivation.expressions import Expression
from ml_from_scratch.derivation.letters import (
    L,
    L_i,
    N,
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
    w,
    w_j,
    w_k,
    weights,
    x_i,
    x_ij,
    x_ik,
    y,
    y_hat_i,
    y_i,
)
from ml_from_scratch.derivation.steps import Step, show_step

D = Derivative

__all__ = [
    "D",
    "Derivative",
    "Expression",
    "Index",
    "L",
    "L_i",
    "N",
    "Step",
    "Sum",
    "Symbol",
    "X",
    "b",
    "e_i",
    "i",
    "j",
    "k",
    "loss",
    "ones",
    "r_i",
    "residuals",
    "show_step",
    "w",
    "w_j",
    "w_k",
    "weights",
    "x_i",
    "x_ij",
    "x_ik",
    "y",
    "y_hat_i",
    "y_i",
]

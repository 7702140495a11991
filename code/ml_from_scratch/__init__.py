"""The code that the book teaches: from the dot product to a first model, in NumPy.

Every public name is here, except those that draw: `from ml_from_scratch.figures import
draw_line`. So importing this package does not import Matplotlib.
"""

from ml_from_scratch.curvature import (
    best_learning_rate,
    condition_number,
    hessian,
    largest_stable_learning_rate,
)
from ml_from_scratch.datasets import Dataset, hubble, noisy_line, penguins
from ml_from_scratch.descent import Descent, Outcome, gradient_descent
from ml_from_scratch.gradients import GradientCheck, central_difference, check_gradient
from ml_from_scratch.linear import (
    DivergenceError,
    LinearRegression,
    NotFittedError,
    least_squares,
    standard_errors,
)
from ml_from_scratch.losses import mean_squared_error, mean_squared_error_gradient
from ml_from_scratch.scaling import Standardized, standardize
from ml_from_scratch.timings import Timings, load_timings
from ml_from_scratch.vectors import angle_between, cosine_similarity, dot, norm, normalize, project
from ml_from_scratch.words import UnknownWordError, WordVectors, analogy, load_words, nearest

__all__ = [
    "Dataset",
    "Descent",
    "DivergenceError",
    "GradientCheck",
    "LinearRegression",
    "NotFittedError",
    "Outcome",
    "Standardized",
    "Timings",
    "UnknownWordError",
    "WordVectors",
    "analogy",
    "angle_between",
    "best_learning_rate",
    "central_difference",
    "check_gradient",
    "condition_number",
    "cosine_similarity",
    "dot",
    "gradient_descent",
    "hessian",
    "hubble",
    "largest_stable_learning_rate",
    "least_squares",
    "load_timings",
    "load_words",
    "mean_squared_error",
    "mean_squared_error_gradient",
    "nearest",
    "noisy_line",
    "norm",
    "normalize",
    "penguins",
    "project",
    "standard_errors",
    "standardize",
]

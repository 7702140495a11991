"""One `draw_…` per kind of picture: it takes axes and finished data, and neither fits, saves nor shows.

Colours are the palette's roles. A label stands on what it names and wears its colour, so no picture needs a
legend; dash and width say the same to an eye that sees no colour.
"""

from ml_from_scratch.figures.arrows import draw_angle, draw_arrow, draw_label, draw_plane
from ml_from_scratch.figures.bowls import draw_bowl, draw_minimum, draw_path
from ml_from_scratch.figures.clinic import draw_unlabelled
from ml_from_scratch.figures.coordinates import draw_grid, draw_legs
from ml_from_scratch.figures.fits import draw_estimates, draw_line, draw_points, draw_residuals
from ml_from_scratch.figures.functions import draw_function, draw_slope, draw_walk
from ml_from_scratch.figures.graphs import draw_graph
from ml_from_scratch.figures.operations import (
    draw_entries,
    draw_product_table,
    draw_response,
    draw_signs,
    draw_sum,
    draw_timings,
)
from ml_from_scratch.figures.rates import draw_factors
from ml_from_scratch.figures.runs import draw_losses
from ml_from_scratch.figures.samples import draw_bars, draw_histograms
from ml_from_scratch.figures.shadows import draw_leg_shadows, draw_mirror, draw_projection
from ml_from_scratch.figures.week_two import draw_answers, draw_boundary, draw_probability
from ml_from_scratch.figures.words import draw_steps, draw_words

__all__ = [
    "draw_angle",
    "draw_answers",
    "draw_arrow",
    "draw_bars",
    "draw_boundary",
    "draw_bowl",
    "draw_entries",
    "draw_estimates",
    "draw_factors",
    "draw_function",
    "draw_graph",
    "draw_grid",
    "draw_histograms",
    "draw_label",
    "draw_leg_shadows",
    "draw_legs",
    "draw_line",
    "draw_losses",
    "draw_minimum",
    "draw_mirror",
    "draw_path",
    "draw_plane",
    "draw_points",
    "draw_probability",
    "draw_product_table",
    "draw_projection",
    "draw_residuals",
    "draw_response",
    "draw_signs",
    "draw_slope",
    "draw_steps",
    "draw_sum",
    "draw_timings",
    "draw_unlabelled",
    "draw_walk",
    "draw_words",
]

"""One `draw_…` per kind of picture: it takes axes and finished data, and neither fits, saves nor shows.

Colours are the palette's roles. A label stands on what it names and wears its colour, so no picture needs a
legend; dash and width say the same to an eye that sees no colour.
"""

from ml_from_scratch.figures.arrows import draw_angle, draw_arrow, draw_label, draw_plane, draw_projection
from ml_from_scratch.figures.bowls import draw_bowl, draw_minimum, draw_path
from ml_from_scratch.figures.fits import draw_estimates, draw_line, draw_points, draw_residuals
from ml_from_scratch.figures.functions import draw_function, draw_slope, draw_walk
from ml_from_scratch.figures.runs import draw_losses
from ml_from_scratch.figures.samples import draw_bars, draw_histograms

__all__ = [
    "draw_angle",
    "draw_arrow",
    "draw_bars",
    "draw_bowl",
    "draw_estimates",
    "draw_function",
    "draw_histograms",
    "draw_label",
    "draw_line",
    "draw_losses",
    "draw_minimum",
    "draw_path",
    "draw_plane",
    "draw_points",
    "draw_projection",
    "draw_residuals",
    "draw_slope",
    "draw_walk",
]

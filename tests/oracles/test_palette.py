"""The palette under colour blindness, as colorspacious simulates it.

The simulation is that of Machado, Oliveira and Fernandes (2009), at severity 100. Differences are distances
in CAM02-UCS (Luo, Cui and Li 2006), where about 1 can just be seen side by side. (It has no CIEDE2000.)
"""

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from ml_from_scratch.style import PALETTE

ROLES = ("data", "model", "residual", "gradient", "loss", "prediction")
LEAST_DIFFERENCE = 12.0  # far above 1, since dots and thin strokes lie apart and show little colour


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def seen(colour, deficiency):
    if deficiency is None:
        return rgb(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
    return np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1)


@pytest.mark.parametrize("deficiency", [None, "deuteranomaly", "protanomaly", "tritanomaly"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("first", "second"), list(combinations(ROLES, 2)))
def test_roles_stay_apart_to_every_eye(first, second, theme, deficiency):
    colours = [seen(getattr(PALETTE[name], theme), deficiency) for name in (first, second)]
    assert deltaE(*colours, input_space="sRGB1", uniform_space="CAM02-UCS") >= LEAST_DIFFERENCE


def test_the_simulation_confuses_the_red_and_green_that_deuteranopes_confuse():
    red, green = (seen(colour, "deuteranomaly") for colour in ("#c05040", "#7a7a3a"))
    plain = deltaE(rgb("#c05040"), rgb("#7a7a3a"), input_space="sRGB1", uniform_space="CAM02-UCS")
    assert deltaE(red, green, input_space="sRGB1", uniform_space="CAM02-UCS") < plain / 2

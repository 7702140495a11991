"""The palette under colour blindness, as coloraide simulates it.

The simulation is that of Machado, Oliveira and Fernandes (2009), at full severity. Differences are CIEDE2000 (Sharma,
Wu and Dalal 2005), of which about 1 can just be seen side by side.
"""

from itertools import combinations

import pytest
from coloraide import Color

from ml_from_scratch.style import PALETTE

ROLES = ("data", "model", "residual", "gradient", "loss", "prediction")
LEAST_DIFFERENCE = 12.0  # far above 1, since dots and thin strokes lie apart and show little colour


def seen(colour, deficiency):
    found = Color(colour)
    return found.filter(deficiency, 1, method="machado").clip("srgb") if deficiency else found


def difference(first, second, deficiency=None):
    return seen(first, deficiency).delta_e(seen(second, deficiency), method="2000")


@pytest.mark.parametrize("deficiency", [None, "deutan", "protan", "tritan"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("first", "second"), list(combinations(ROLES, 2)))
def test_roles_stay_apart_to_every_eye(first, second, theme, deficiency):
    colours = [getattr(PALETTE[name], theme) for name in (first, second)]
    assert difference(*colours, deficiency) >= LEAST_DIFFERENCE


def test_each_role_has_a_cue_beside_its_colour():
    cues = [(PALETTE[name].marker, PALETTE[name].dash, PALETTE[name].width) for name in ROLES]
    assert len(set(cues)) == len(ROLES)


def test_the_simulation_confuses_the_red_and_green_that_deuteranopes_confuse():
    red, green = "#c05040", "#7a7a3a"
    assert difference(red, green, "deutan") < difference(red, green) / 2


def test_the_difference_is_the_published_one():
    # Sharma, Wu and Dalal (2005), Table 1, pair 1.
    first, second = Color("lab-d65", [50, 2.6772, -79.7751]), Color("lab-d65", [50, 0, -82.7485])
    assert first.delta_e(second, method="2000") == pytest.approx(2.0425, abs=1e-4)

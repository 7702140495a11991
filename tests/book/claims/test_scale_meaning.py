"""What the chapter on scale says of weights, species, faults and exercises, proved apart from its own cells."""

from __future__ import annotations

import numpy as np
import pytest

from ml_from_scratch import standardize

SPECIES = ("Adelie", "Chinstrap", "Gentoo")


@pytest.fixture(scope="module")
def birds(root):
    """The shipped table, read by NumPy alone: bill length, bill depth, flipper, mass."""
    file = root / "code" / "ml_from_scratch" / "data" / "penguins.csv"
    return np.genfromtxt(file, delimiter=",", skip_header=1, usecols=(2, 3, 4, 5))


@pytest.fixture(scope="module")
def species(root):
    file = root / "code" / "ml_from_scratch" / "data" / "penguins.csv"
    return np.genfromtxt(file, delimiter=",", skip_header=1, usecols=0, dtype=str)


@pytest.fixture(scope="module")
def page(pages):
    return pages["chapters/08-features-and-scale.html"]


@pytest.fixture(scope="module")
def line(birds):
    """The flipper's line: slope, intercept, and the root of its mean squared residual."""
    slope, intercept = np.polyfit(birds[:, 2], birds[:, 3], 1)
    return slope, intercept, np.sqrt(np.mean((birds[:, 3] - slope * birds[:, 2] - intercept) ** 2))


# sec-several-features


def test_the_first_bird_by_hand(says, page, birds):
    says(
        "sec-several-features",
        "weighs 3,750 g",
        "less 6,400, which is 3,180.4 grams",
        "mm longer is predicted to be",
    )
    assert birds[0].tolist() == [39.1, 18.7, 181, 3750]
    by_hand = sum(w * x for w, x in zip((4, 20, 50), birds[0, :3], strict=True)) - 6400
    assert by_hand == pytest.approx(3180.4)
    assert birds[0, 3] - by_hand == pytest.approx(569.6)
    printed = page.output("several-features")
    assert "(342, 3) @ (3,) gives (342,)" in printed
    assert "3180.4" in printed


# sec-several-features: where the birds come from


def test_three_species_three_islands_and_two_birds_left_out(says, root, species):
    says(
        "sec-several-features", "three species, measured on three islands", "two more birds were not measured"
    )
    file = root / "code" / "ml_from_scratch" / "data" / "penguins.csv"
    islands = np.genfromtxt(file, delimiter=",", skip_header=1, usecols=1, dtype=str)
    assert set(species) == set(SPECIES)
    assert set(islands) == {"Biscoe", "Dream", "Torgersen"}
    assert len(species) == 344 - 2


# sec-scale-misuse


def test_a_weight_depends_on_its_company(says, birds, species):
    y, A = birds[:, 3], np.column_stack([birds[:, :3], np.ones(342)])
    inverse = np.linalg.inv(A.T @ A)
    together = inverse @ A.T @ y
    e = y - A @ together
    errors = np.sqrt(np.diag(inverse) * (e @ e) / (342 - 4))
    says("sec-scale-misuse", f"changes its sign, to {together[1]:.0f} ± {errors[1]:.0f} g per millimetre")
    says("sec-scale-misuse", "(one standard error)", "within two standard errors of zero")
    assert np.polyfit(birds[:, 1], y, 1)[0] < 0 < together[1] < 2 * errors[1]
    kinds = np.column_stack([species == name for name in SPECIES]).astype(float)
    within = np.linalg.lstsq(np.column_stack([birds[:, :3], kinds]), y, rcond=None)[0]
    says(
        "sec-scale-misuse",
        f"Subtract from every measure the mean of its species, and the same weight is {within[1]:.0f} g per millimetre",
    )
    assert within[1] > 5 * together[1]
    says("sec-scale-misuse", "deep bills go with short flippers, and so with light birds")
    assert np.corrcoef(birds[:, 1], birds[:, 2])[0, 1] < -0.5


def test_inside_each_species_deeper_bills_are_heavier_and_pooled_they_are_lighter(says, birds, species):
    says("sec-scale-misuse", "birds with deeper bills are heavier", "all 342 birds", "the line rises")
    for name in SPECIES:
        own = birds[species == name]
        assert np.polyfit(own[:, 1], own[:, 3], 1)[0] > 200
    pooled = np.polyfit(birds[:, 1], birds[:, 3], 1)[0]
    says(
        "sec-scale-misuse",
        f"It falls by {-pooled:.0f} g per millimetre: the heaviest species has the shallowest bills",
    )
    assert pooled < 0
    says(
        "sec-scale-misuse",
        "So it would if the groups were equally heavy: then the gaps between them only flatten",
    )
    level = birds[:, 3].copy()
    for name in SPECIES:
        level[species == name] -= level[species == name].mean()
    slopes = [np.polyfit(birds[species == name, 1], birds[species == name, 3], 1)[0] for name in SPECIES]
    assert 0 < np.polyfit(birds[:, 1], level, 1)[0] < min(slopes)
    depth, mass = ([birds[species == name, k].mean() for name in SPECIES] for k in (1, 3))
    assert np.argmin(depth) == np.argmax(mass) == 2


def test_each_species_has_a_line_of_its_own_and_chinstraps_lie_below(says, birds, species, line):
    slope, intercept, typical = line
    own = {name: birds[species == name] for name in SPECIES}
    offsets = [np.mean(rows[:, 3] - slope * rows[:, 2] - intercept) for rows in own.values()]
    says(
        "sec-scale-misuse",
        f"each has a line of its own, and the Chinstraps lie {-offsets[1]:.0f} g below this one on average",
    )
    assert offsets[1] < -typical / 2
    assert min(offsets[0], offsets[2]) > 0
    slopes = [np.polyfit(rows[:, 2], rows[:, 3], 1)[0] for rows in own.values()]
    assert max(slopes[0], slopes[1]) < slope < slopes[2]  # none of them has this one's


def test_a_chick_would_have_a_negative_mass(says, birds, line):
    slope, intercept, typical = line
    says("sec-scale-misuse", f"flippers from {birds[:, 2].min():.0f} to {birds[:, 2].max():.0f} mm")
    says(
        "sec-scale-misuse",
        f"by this line, a chick whose flipper is shorter than {-intercept / slope:.0f} mm",
        f"within a typical {typical:.0f} g",
    )
    assert slope * (-intercept / slope - 1) + intercept < 0


# sec-scale-pitfalls


def test_the_ways_to_prepare_rows_give_these_predictions(says, birds, species, line):
    x, gentoo = birds[:, 2], birds[species == "Gentoo"]
    slope, _, _ = line
    m, s, mean_mass = x.mean(), x.std(), birds[:, 3].mean()
    far = gentoo[:, 2].mean()
    # A weight of slope * s grams per deviation, and a bias of the mean mass.
    right = mean_mass + slope * (far - m)
    raw = mean_mass + slope * s * far
    mixed = mean_mass + slope * (far - m) * np.sqrt(341 / 342)
    says("sec-scale-pitfalls", f"of the Gentoos, which is {gentoo[:, 3].mean():,.1f} g. The right way is to")
    says(
        "sec-scale-pitfalls",
        f"deviation of all birds. That gives {right:,.1f} g: one line through three species runs a little below",
    )
    says(
        "sec-scale-pitfalls",
        f"a penguin of {raw / 1000:.0f} kg",
        f"gives {mean_mass:,.1f} g, the mean of all",
    )
    says("sec-scale-pitfalls", f"X.std(ddof=1), gives {mixed:,.1f} g", "but mixed they shift predictions")
    assert 0.5 < abs(mixed - right) < 2
    assert right < gentoo[:, 3].mean()  # the line runs below them
    assert abs(right - gentoo[:, 3].mean()) < 100 < abs(mean_mass - gentoo[:, 3].mean())


def test_a_single_bird_has_no_deviation_and_leaked_statistics_change_no_prediction(says, birds):
    says(
        "sec-scale-pitfalls",
        "a single new bird has no deviation",
        "At the exact minimum of least squares it changes no prediction",
        "Before the minimum, and in many other models, it does",
    )
    with pytest.raises(ValueError, match="must vary"):
        standardize(birds[:1, [2]])
    known, kept = birds[::2], birds[1::2]
    predictions, early = [], []
    for rows in (known, birds):  # the means and deviations of these
        m, s = rows[:, 2].mean(), rows[:, 2].std()
        weight, bias = np.polyfit((known[:, 2] - m) / s, known[:, 3], 1)
        predictions.append(weight * (kept[:, 2] - m) / s + bias)
        one_step = 0.2 * known[:, 3] @ ((known[:, 2] - m) / s) / len(known), 0.2 * known[:, 3].mean()
        early.append(one_step[0] * (kept[:, 2] - m) / s + one_step[1])
    assert predictions[0] == pytest.approx(predictions[1], rel=1e-10)
    assert abs(early[0] - early[1]).max() > 0.1  # grams


# sec-scale-checks


def test_the_bias_after_standardising_is_the_mean_mass(says, birds):
    says("sec-scale-checks", f"The mean mass, {birds[:, 3].mean():,.1f} g")
    z = (birds[:, 2] - birds[:, 2].mean()) / birds[:, 2].std()
    assert np.polyfit(z, birds[:, 3], 1)[1] == pytest.approx(birds[:, 3].mean(), rel=1e-12)


def test_a_correlation_of_nine_tenths_gives_a_condition_number_of_nineteen(says):
    H = 2 * np.array([[1, 0.9], [0.9, 1]])
    for v, value in (([1, 1], 3.8), ([1, -1], 0.2)):  # "try v = [1, 1] and [1, −1]"
        assert H @ v == pytest.approx(value * np.array(v))
    values = np.linalg.eigvalsh(2 * np.array([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1]]))
    assert values == pytest.approx([0.2, 2, 3.8])  # "the bias adds a third, 2, between the two"
    says("sec-scale-checks", f"is {values[-1] / values[0]:.0f}, and the limit", f"{2 / values[-1]:.3f}")

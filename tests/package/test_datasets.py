"""The data: the certified draw, the printed table, and records that cannot change under their reader."""

import csv
import dataclasses
from importlib import resources

import numpy as np
import pytest

from ml_from_scratch import Dataset, hubble, least_squares, noisy_line, penguins

RECORD = {"feature_names": ("a", "b"), "target_name": "t", "units": ("", "", ""), "source": "here"}


def test_noisy_line_draws_x_first_and_then_the_noise():
    rng = np.random.default_rng(42)
    x = rng.uniform(-5, 5, 100)
    y = 2 * x + 3 + rng.normal(0, 1, 100)
    data = noisy_line(np.random.default_rng(42))
    assert np.array_equal(data.X, x[:, np.newaxis])
    assert np.array_equal(data.x, x)
    assert np.array_equal(data.y, y)


def test_noisy_line_without_noise_is_the_line():
    data = noisy_line(np.random.default_rng(0), n=7, slope=-1.5, intercept=4, noise=0, low=2, high=3)
    assert np.array_equal(data.y, -1.5 * data.x + 4)
    assert data.X.shape == (7, 1)
    assert data.x.min() >= 2
    assert data.x.max() < 3


def test_noisy_line_has_the_spread_that_it_says():
    data = noisy_line(np.random.default_rng(1), n=200_000, noise=0.5)
    residuals = data.y - (2 * data.x + 3)
    # The standard error of a standard deviation is σ/√(2n) = 0.0008, that of a mean σ/√n = 0.0011.
    assert residuals.std() == pytest.approx(0.5, abs=4 * 0.0008)
    assert residuals.mean() == pytest.approx(0, abs=4 * 0.0011)


def test_a_seed_in_the_generators_place_is_refused():
    with pytest.raises(TypeError, match=r"^rng must be a numpy\.random\.Generator, .*; got 42\.$"):
        noisy_line(42)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"n": 0}, r"^n must be at least 1; got 0\.$"),
        ({"noise": -1}, r"^noise must not be negative; got -1\.$"),
        ({"low": 1, "high": 1}, r"^low must be below high; got 1 and 1\.$"),
        ({"slope": np.inf}, r"^slope must be finite; got inf\.$"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        noisy_line(np.random.default_rng(0), **settings)


def test_hubble_is_the_shipped_table():
    data = hubble()
    file = resources.files("ml_from_scratch") / "data" / "hubble1929.csv"
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert data.x.tolist() == [float(row["distance_mpc"]) for row in rows]
    assert data.y.tolist() == [float(row["velocity_km_s"]) for row in rows]
    assert data.X.shape == (24, 1)
    assert data.units == ("Mpc", "km/s")


def test_hubble_holds_values_that_the_paper_prints():
    data = hubble()
    # Hubble 1929, Table 1: S. Mag. is first, at 0.032 Mpc and +170 km/s; NGC 4649 last, at 2.0 and +1090.
    assert (data.x[0], data.y[0]) == (0.032, 170)
    assert (data.x[-1], data.y[-1]) == (2.0, 1090)
    assert (data.y < 0).sum() == 5  # those that approach: N.G.C. 6822, 598, 221, 224 and 3031


def birds():
    file = resources.files("ml_from_scratch") / "data" / "penguins.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_penguins_are_the_shipped_table_all_measures_in_order():
    data = penguins()
    columns = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm")
    assert data.X.tolist() == [[float(bird[column]) for column in columns] for bird in birds()]
    assert data.y.tolist() == [float(bird["body_mass_g"]) for bird in birds()]
    assert data.X.shape == (342, 3)
    assert (data.feature_names, data.target_name) == (
        ("bill_length", "bill_depth", "flipper_length"),
        "body_mass",
    )
    assert data.units == ("mm", "mm", "mm", "g")


def test_penguins_features_come_in_the_order_asked_for():
    everything = penguins().X
    assert np.array_equal(penguins("flipper_length").x, everything[:, 2])
    two = penguins("flipper_length", "bill_depth")
    assert np.array_equal(two.X, everything[:, [2, 1]])
    assert (two.feature_names, two.units) == (("flipper_length", "bill_depth"), ("mm", "mm", "g"))


@pytest.mark.parametrize(("species", "count"), [("Adelie", 151), ("Chinstrap", 68), ("Gentoo", 123)])
def test_penguins_of_one_species_are_its_birds_alone(species, count):
    data = penguins("bill_depth", species=species)
    of_species = [bird for bird in birds() if bird["species"] == species]
    assert data.X.shape == (count, 1)
    assert data.x.tolist() == [float(bird["bill_depth_mm"]) for bird in of_species]
    assert data.y.tolist() == [float(bird["body_mass_g"]) for bird in of_species]


def test_penguins_lie_within_what_penguins_measure():
    data = penguins()
    assert data.X.min(axis=0).tolist() == [32.1, 13.1, 172]  # as palmerpenguins' summary prints them
    assert data.X.max(axis=0).tolist() == [59.6, 21.5, 231]
    assert (data.y.min(), data.y.max()) == (2700, 6300)


def test_penguins_first_bird_and_line_are_the_known_ones():
    data = penguins("flipper_length")
    assert (data.x[0], data.y[0]) == (181, 3750)
    weights, bias = least_squares(data.X, data.y)
    assert weights == pytest.approx([49.68557], abs=5e-6)
    assert bias == pytest.approx(-5780.831, abs=5e-4)


@pytest.mark.parametrize(
    "features", [("flipper",), ("bill_depth", "bill_depth"), ("flipper_length_mm",), ("",)]
)
def test_features_that_penguins_do_not_have_are_refused(features):
    with pytest.raises(ValueError, match=r"^features must be different names of \('bill_length', .*; got \("):
        penguins(*features)


def test_a_species_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"^species must be None or one of \('Adelie', .*; got 'Emperor'\.$"):
        penguins(species="Emperor")


def test_data_files_ship_with_source_and_licence_beside_them():
    folder = resources.files("ml_from_scratch") / "data"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    files = [file.name for file in folder.iterdir() if file.name != "README.md"]
    assert files
    assert all(f"`{name}`" in readme for name in files)


def test_a_record_cannot_be_changed():
    data = hubble()
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.source = "elsewhere"
    for array in (data.X, data.y, data.x):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_record_keeps_copies_and_leaves_the_callers_arrays_alone():
    X, y = np.ones((3, 2)), np.ones(3)
    data = Dataset(X=X, y=y, **RECORD)
    X[0, 0] = y[0] = 9
    assert data.X[0, 0] == data.y[0] == 1


def test_a_record_whose_parts_do_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"^y must have shape \(3,\) to match X; got \(2,\)\.$"):
        Dataset(X=np.ones((3, 2)), y=np.ones(2), **RECORD)
    with pytest.raises(ValueError, match=r"^feature_names must be 3; got 2\.$"):
        Dataset(X=np.ones((3, 3)), y=np.ones(3), **RECORD)
    with pytest.raises(ValueError, match=r"^units must give 3 units, the target's last; got 2\.$"):
        Dataset(X=np.ones((3, 2)), y=np.ones(3), **{**RECORD, "units": ("", "")})


def test_x_as_a_vector_needs_a_single_feature():
    with pytest.raises(
        ValueError, match=r"^x is for data with one feature; this has 2: choose a column of X\.$"
    ):
        _ = Dataset(X=np.ones((3, 2)), y=np.ones(3), **RECORD).x

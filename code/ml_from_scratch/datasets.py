"""Data to learn from: one simulated, whose truth is known, and real ones, with their sources."""

import csv
from dataclasses import dataclass
from importlib import resources

import numpy as np

from ml_from_scratch._checks import FloatArray, count, features_and_target, number


@dataclass(frozen=True, eq=False)
class Dataset:
    """Observations to learn from: n rows of d features, and a target for each row.

    X: features, (n, d), and y: target, (n,). Both are the record's own copies, and
    read-only.
    feature_names: d names, one a column; target_name: what y measures.
    units: d + 1 units, of each feature and last of the target; "" where there is none.
    source: where the data come from.
    """

    X: FloatArray
    y: FloatArray
    feature_names: tuple[str, ...]
    target_name: str
    units: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        """Check that the parts fit together, and lock the arrays."""
        X, y = features_and_target(self.X, self.y)
        if len(self.feature_names) != X.shape[1]:
            raise ValueError(f"feature_names must be {X.shape[1]}; got {len(self.feature_names)}.")
        if len(self.units) != X.shape[1] + 1:
            raise ValueError(
                f"units must give {X.shape[1] + 1} units, the target's last; got {len(self.units)}."
            )
        for name, values in (("X", X), ("y", y)):
            own = values.copy()
            own.setflags(write=False)
            object.__setattr__(self, name, own)  # the way to set a field of a frozen record

    @property
    def x(self) -> FloatArray:
        """The only feature, as a vector, (n,), for pictures and formulas of one variable.

        Raises ValueError where there are several features.
        """
        if self.X.shape[1] != 1:
            raise ValueError(
                f"x is for data with one feature; this has {self.X.shape[1]}: choose a column of X."
            )
        column: FloatArray = self.X[:, 0]
        return column


def noisy_line(  # noqa: PLR0913 -- a simulation is its settings, each named by the caller
    rng: np.random.Generator,
    *,
    n: int = 100,
    slope: float = 2.0,
    intercept: float = 3.0,
    noise: float = 1.0,
    low: float = -5.0,
    high: float = 5.0,
) -> Dataset:
    """Points about a known line, y = slope · x + intercept + ε: x uniform on [low, high), ε normal, mean 0.

    noise is the standard deviation of ε; nothing has a unit. X is (n, 1) and y (n,).
    All values of x are drawn before all of ε, so a generator in the same state gives
    the same data. Raises TypeError for a seed in the generator's place, ValueError for
    settings that make no sense.
    """
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator, as default_rng(42) gives; got {rng!r}.")
    n = count("n", n, least=1)
    slope, intercept = number("slope", slope), number("intercept", intercept)
    noise, low, high = number("noise", noise), number("low", low), number("high", high)
    if noise < 0:
        raise ValueError(f"noise must not be negative; got {noise:g}.")
    if low >= high:
        raise ValueError(f"low must be below high; got {low:g} and {high:g}.")
    x = rng.uniform(low, high, n)
    y = slope * x + intercept + rng.normal(0, noise, n)
    return Dataset(
        X=x[:, np.newaxis],
        y=y,
        feature_names=("x",),
        target_name="y",
        units=("", ""),
        source=f"simulated: y = {slope:g} x + {intercept:g} + normal noise of standard deviation {noise:g}",
    )


def hubble() -> Dataset:
    """Hubble's 24 nebulae: distance (Mpc) and radial velocity (km/s, positive when receding), as printed.

    X is (24, 1), the distance, and y (24,), the velocity. Hubble's distances are too
    short, typically seven times.
    Source: Hubble, PNAS 15 (1929) 168, Table 1; public domain.
    """
    file = resources.files("ml_from_scratch") / "data" / "hubble1929.csv"
    with file.open(encoding="utf-8") as lines:
        distance, velocity = np.loadtxt(lines, delimiter=",", skiprows=1, usecols=(1, 2), unpack=True)
    return Dataset(
        X=distance[:, np.newaxis],
        y=velocity,
        feature_names=("distance",),
        target_name="radial velocity",
        units=("Mpc", "km/s"),
        source="Hubble, PNAS 15 (1929) 168, Table 1",
    )


PENGUIN_FEATURES = ("bill_length", "bill_depth", "flipper_length")
PENGUIN_SPECIES = ("Adelie", "Chinstrap", "Gentoo")


def penguins(*features: str, species: str | None = None) -> Dataset:
    """Palmer penguins: measures of bill and flipper (mm), and the body mass (g) to learn from them.

    features: the columns of X in their order, of "bill_length", "bill_depth" and
    "flipper_length"; none named means all three. species: "Adelie", "Chinstrap" or
    "Gentoo" for its birds alone, None for all. X is (n, d) and y (n,), with n = 342 for
    all (151, 68 and 123). The two of the original 344 birds that were not measured (NA)
    are left out of the file, so nothing is missing here. Raises ValueError for other
    names, and for a feature named twice. Source: Gorman, Williams & Fraser, PLoS ONE
    9(3) (2014) e90081, by way of Horst, Hill & Gorman, palmerpenguins (2020); CC0.
    """
    chosen = features or PENGUIN_FEATURES
    if len(set(chosen)) < len(chosen) or not set(chosen) <= set(PENGUIN_FEATURES):
        raise ValueError(f"features must be different names of {PENGUIN_FEATURES}; got {chosen}.")
    if species is not None and species not in PENGUIN_SPECIES:
        raise ValueError(f"species must be None or one of {PENGUIN_SPECIES}; got {species!r}.")
    file = resources.files("ml_from_scratch") / "data" / "penguins.csv"
    with file.open(encoding="utf-8") as lines:
        birds = [bird for bird in csv.DictReader(lines) if species in (None, bird["species"])]
    return Dataset(
        X=np.array([[float(bird[f"{feature}_mm"]) for feature in chosen] for bird in birds]),
        y=np.array([float(bird["body_mass_g"]) for bird in birds]),
        feature_names=chosen,
        target_name="body_mass",
        units=(*("mm" for _ in chosen), "g"),
        source="Gorman, Williams & Fraser, PLoS ONE 9(3) (2014) e90081; palmerpenguins (2020)",
    )

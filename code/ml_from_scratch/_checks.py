"""What every public function asks of its input, asked in one place and answered in words.

A public function checks its arguments once, here, and computes with float64 arrays from
then on. Numbers come as Python numbers, lists, or arrays of integers or floats.
Everything else is refused:

- TypeError: text, None, objects, dates, complex numbers, masked arrays (their mask
  would be lost), and booleans (more often a comparison passed by mistake than a 0 or 1
  that is meant);
- ValueError: the wrong shape, nothing at all, NaN or infinity.
"""

import operator
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

KINDS = {"b": "booleans", "c": "complex numbers", "O": "objects", "S": "bytes", "U": "text", "M": "dates"}


def as_floats(name: str, values: ArrayLike) -> FloatArray:
    """Values as a float64 array of any shape, finite or not; only their kind is checked."""
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} must be a plain array: a masked array would lose its mask here.")
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} must be a regular array of numbers: its rows differ in length.") from error
    if array.dtype.kind not in "iuf":
        kind = KINDS.get(array.dtype.kind, f"dtype {array.dtype}")
        hint = " Convert with .astype(float) where 0 and 1 are meant." if array.dtype.kind == "b" else ""
        raise TypeError(f"{name} must hold real numbers; got {kind}.{hint}")
    return array.astype(np.float64, copy=False)


def numbers(name: str, values: ArrayLike) -> FloatArray:
    """Values as a float64 array of any shape, not empty, every entry finite."""
    array = as_floats(name, values)
    if array.size == 0:
        raise ValueError(f"{name} must not be empty; got shape {array.shape}.")
    finite = np.isfinite(array)
    if not finite.all():
        first = tuple(int(i) for i in np.argwhere(~finite)[0])
        where = f" at index {first[0] if array.ndim == 1 else first}" if first else ""
        raise ValueError(f"{name} must be finite; got {array[first]}{where}.")
    return array


def number(name: str, value: ArrayLike) -> float:
    """One finite number, as a float."""
    array = numbers(name, value)
    if array.ndim != 0:
        raise ValueError(f"{name} must be one number; got shape {array.shape}.")
    return float(array)


def positive(name: str, value: ArrayLike) -> float:
    """One finite number above zero, as a float."""
    checked = number(name, value)
    if checked <= 0:
        raise ValueError(f"{name} must be positive; got {checked:g}.")
    return checked


def count(name: str, value: SupportsIndex, *, least: int) -> int:
    """Whole number that is at least `least`; 5.0 and True are refused, since neither is a count."""
    if isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be a whole number; got {value}.")
    try:
        checked = operator.index(value)
    except TypeError as error:
        raise TypeError(f"{name} must be a whole number; got {value!r}.") from error
    if checked < least:
        raise ValueError(f"{name} must be at least {least}; got {checked}.")
    return checked


def vector(name: str, values: ArrayLike) -> FloatArray:
    """Finite vector, shape (d,)."""
    array = numbers(name, values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a vector of shape (d,); got shape {array.shape}.")
    return array


def matching_vector(name: str, values: ArrayLike, *, length: int, match: str) -> FloatArray:
    """Finite vector of one length, the length that `match` sets; never broadcast to it."""
    array = numbers(name, values)
    if array.shape != (length,):
        raise ValueError(f"{name} must have shape ({length},) to match {match}; got {array.shape}.")
    return array


def matrix(name: str, values: ArrayLike) -> FloatArray:
    """Finite matrix of n rows (observations) and d columns (features), shape (n, d)."""
    array = numbers(name, values)
    if array.ndim == 1:
        hint = f"for one feature, write {name}[:, np.newaxis]"
        raise ValueError(f"{name} must have shape (n, d); got {array.shape}: {hint}.")
    if array.ndim != 2:
        raise ValueError(f"{name} must have shape (n, d); got {array.shape}.")
    return array


def features_and_target(X: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Matrix X, shape (n, d), and the vector y, shape (n,), that goes with its rows."""
    checked = matrix("X", X)
    return checked, matching_vector("y", y, length=len(checked), match="X")


def same_length(name_a: str, a: ArrayLike, name_b: str, b: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Two finite vectors of the same length."""
    first = vector(name_a, a)
    return first, matching_vector(name_b, b, length=len(first), match=name_a)

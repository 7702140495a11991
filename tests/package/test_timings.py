"""The committed measurements: as the file has them, read-only, and refused in words where there are none."""

import dataclasses
import json
from importlib import resources

import numpy as np
import pytest

from ml_from_scratch import load_timings


@pytest.fixture
def record():
    file = resources.files("ml_from_scratch") / "data" / "timings.json"
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", ["dot", "step"])
def test_every_row_of_the_file_is_there_and_no_other(record, what):
    timings = load_timings(what)
    rows = {(row["method"], row["n"]): row["seconds"] for row in record["rows"] if row["what"] == what}
    assert {(m, n): timings.at(m, n) for m in timings.seconds for n in timings.sizes} == rows
    for method, seconds in timings.seconds.items():
        assert seconds.tolist() == [rows[method, n] for n in timings.sizes]
    assert timings.what == what
    assert (timings.machine, timings.date) == (record["machine"], record["date"])


def test_the_file_holds_no_row_twice_and_no_time_that_cannot_be(record):
    keys = [(row["what"], row["method"], row["n"]) for row in record["rows"]]
    assert len(set(keys)) == len(keys)
    assert all(0 < row["seconds"] < 10 for row in record["rows"])


def test_the_sizes_are_powers_of_ten_in_order():
    assert load_timings("dot").sizes == tuple(10**k for k in range(7))
    assert load_timings("step").sizes == tuple(10**k for k in range(2, 7))


def test_the_methods_are_those_that_the_documentation_names():
    assert list(load_timings("step").seconds) == ["full batch", "mini-batch"]
    for what in ("dot", "step"):
        assert all(f'"{method}"' in load_timings.__doc__ for method in load_timings(what).seconds)


def test_the_machine_is_told_in_general_words():
    assert "cores" in load_timings("dot").machine
    assert "NumPy" in load_timings("dot").machine


def test_an_unknown_name_is_refused_and_the_known_ones_are_listed():
    with pytest.raises(ValueError, match=r"^what must be one of dot, step; got 'dots'\.$"):
        load_timings("dots")
    with pytest.raises(ValueError, match=r"^method must be one of full batch, mini-batch; got 'batch'\.$"):
        load_timings("step").at("batch", 100)
    with pytest.raises(ValueError, match=r"^size must be one of 100, 1000, .*, 1000000; got 7\.$"):
        load_timings("step").at("full batch", 7)


def test_measurements_cannot_be_changed():
    timings = load_timings("dot")
    with pytest.raises(dataclasses.FrozenInstanceError):
        timings.date = "today"
    with pytest.raises(TypeError):
        timings.seconds["@"] = np.zeros(7)
    with pytest.raises(ValueError, match="read-only"):
        timings.seconds["@"][0] = 0

"""What the chapter says of speed, against the committed file itself; and the benchmark, which must compare like with like."""

from __future__ import annotations

import importlib.util
import json
import math
import time

import numpy as np
import pytest


@pytest.fixture(scope="module")
def seconds(root):
    """The file's rows of dot products: seconds by method and size."""
    record = json.loads((root / "code/ml_from_scratch/data/timings.json").read_text())
    return {(row["method"], row["n"]): row["seconds"] for row in record["rows"] if row["what"] == "dot"}


@pytest.fixture(scope="module")
def benchmark(root):
    spec = importlib.util.spec_from_file_location("timings_benchmark", root / "benchmarks/timings.py")
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:  # it sets the number of NumPy's threads
        for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            patch.setenv(name, "1")
        spec.loader.exec_module(module)
    return module


def test_the_sum_over_arrays_takes_more_than_a_hundred_times_as_long(says, seconds):
    says("sec-dot-cost", "More than a hundred times")
    base = seconds["@", 10**6]
    assert seconds["sum over arrays", 10**6] > 100 * base
    says("sec-dot-cost", f"the sum over arrays takes {seconds['sum over arrays', 10**6] / base:.0f} times")
    says("sec-dot-cost", f"Over lists it takes {seconds['sum over lists', 10**6] / base:.0f} times as long")


def test_lists_are_summed_faster_than_arrays(says, seconds):
    says("sec-dot-cost", "a list already holds its numbers as objects")
    for n in (10**k for k in range(2, 7)):
        assert seconds["sum over lists", n] < seconds["sum over arrays", n]
    listed, array = [0.5, 1.5], np.array([0.5, 1.5])
    assert listed[0] is listed[0]  # the same object each time
    assert array[0] is not array[0]  # wrapped anew each time


def test_a_small_product_costs_little_more_than_the_call(says, seconds):
    says("sec-dot-cost", "Up to a thousand entries", f"{1e6 * seconds['@', 1]:.1f} microseconds")
    assert all(seconds["@", n] < 1.3 * seconds["@", 1] for n in (10, 100, 1000))
    assert seconds["@", 10_000] > 2 * seconds["@", 1]


def test_the_at_sign_and_np_dot_are_about_equally_fast(says, seconds):
    ratios = [seconds["@", 10**k] / seconds["np.dot", 10**k] for k in range(7)]
    worst = max(max(r, 1 / r) for r in ratios)
    says("sec-dot-cost", f"the slower takes at most {worst:.1f} times as long")
    assert worst < 1.5


def test_every_method_grows_and_the_at_sign_stays_level_while_its_call_costs_more_than_its_sum(says, seconds):
    says(
        "sec-dot-cost", "takes longer for more entries", "stays level while the call costs more than the sum"
    )
    for method in ("@", "sum over lists", "sum over arrays"):
        times = [seconds[method, 10**k] for k in range(7)]
        assert times == sorted(set(times))
    call = seconds["@", 1]
    for n in (10**k for k in range(1, 7)):
        level = seconds["@", n] < 1.3 * call
        assert level == (seconds["@", n] - call < call)  # what is left beside the call is the sum


def test_the_curves_run_as_the_alternative_text_says(pages, seconds):
    page = pages["chapters/02-vector-operations.html"]
    alt = page.tree.xpath("//figure[@id='fig-dot-cost']/img/@alt")[0]
    assert "runs level up to about a thousand entries and then rises" in alt
    assert "rise along straight, parallel lines" in alt
    assert "start near it" in alt
    for method in ("sum over lists", "sum over arrays"):
        assert seconds[method, 1] < 4 * seconds["@", 1]
        slopes = [math.log10(seconds[method, 10 ** (k + 1)] / seconds[method, 10**k]) for k in range(2, 6)]
        assert seconds[method, 10**6] > 10 * seconds["@", 10**6]  # "far above it at the right"
        assert slopes == pytest.approx([1] * 4, abs=0.1)


def test_np_dot_scales_by_a_number_and_the_at_sign_refuses(says):
    says("sec-dot-cost", "scales without a word, and 2 @ a is an error")
    assert np.dot(2, np.array([1, 2])).tolist() == [2, 4]
    with pytest.raises(ValueError, match="does not have enough dimensions"):
        2 @ np.array([1, 2])


def test_the_benchmarks_methods_are_those_of_the_file_and_compute_the_same(benchmark, seconds):
    for n in (1, 10, 1000):
        methods = benchmark.dot_methods(n)
        assert list(methods) == list(dict.fromkeys(method for method, _ in seconds))
        values = [method() for method in methods.values()]
        assert values == pytest.approx([values[0]] * len(values))


def test_a_full_step_of_the_benchmark_is_a_step_against_the_gradient(benchmark):
    n = 500
    weights, bias = benchmark.step_methods(n)["full batch"]()
    rng = np.random.default_rng(n)
    X, noise = rng.normal(size=(n, 3)), rng.normal(size=n)
    y = X @ np.ones(3) + 3 + noise
    assert weights == pytest.approx(0.1 * 2 / n * np.einsum("nd,n->d", X, y))  # from zero
    assert bias == pytest.approx(0.1 * 2 * y.mean())


def test_a_mini_step_of_the_benchmark_is_on_average_the_full_step(benchmark):
    methods = benchmark.step_methods(200)
    full, bias = methods["full batch"]()
    draws = [methods["mini-batch"]() for _ in range(4000)]
    spread = np.std([w for w, _ in draws], axis=0) / math.sqrt(len(draws))
    assert (abs(np.mean([w for w, _ in draws], axis=0) - full) < 5 * spread).all()
    assert np.std([b for _, b in draws]) > 0
    assert np.mean([b for _, b in draws]) == pytest.approx(bias, rel=0.02)


def test_the_benchmark_measures_by_the_median_of_turns(benchmark):
    measured = benchmark.medians(
        {("a", 1, "nap"): lambda: time.sleep(0.002), ("a", 1, "none"): lambda: None}, turns=3, turn=0.004
    )
    assert 0.002 <= measured["a", 1, "nap"] < 0.02
    assert measured["a", 1, "none"] < 1e-5

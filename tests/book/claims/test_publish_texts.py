"""The texts that the reader adapts, README and log, say nothing untrue."""

from __future__ import annotations

import re

import numpy as np
import pytest

PAGE = "chapters/10-publish.html"


def fences(text, language):
    """The bodies of the blocks in that language, in order."""
    found = re.findall(rf"^(`{{3,}}){language}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    return [body for _, body in found]


@pytest.fixture(scope="module")
def source(sources):
    return sources[PAGE].text


@pytest.fixture(scope="module")
def readme(source):
    return fences(source, "markdown")[0]


@pytest.fixture(scope="module")
def log(source):
    return fences(source, "markdown")[1]


def test_the_readmes_numbers_are_those_of_the_model(readme, data, closed, walk):
    rows = {}
    for line in readme.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and re.fullmatch(r"[\d.]+", cells[1]):
            rows[cells[0]] = [float(cell) for cell in cells[1:]]
    assert rows["truth"] == [2, 3]
    assert rows["descent, 1000 steps at 0.01"] == pytest.approx(walk(0.01)[0][-1], abs=5e-5)
    assert rows["closed form"] == pytest.approx(closed, abs=5e-5)
    x, y = data
    _, covariance = np.polyfit(x, y, 1, cov=True)
    assert rows["standard error"] == pytest.approx(np.sqrt(np.diag(covariance)), abs=5e-4)


def test_the_readmes_study_of_the_rate_is_the_readers_own_as_chapter_7_asks(readme, sources):
    """Its numbers are the reader's to fill in, prediction beside measurement: no run of the book stands there."""
    _, study = readme.split("Learning rates, seed [SEED]: the limit is [LIMIT].")
    assert "| rate | predicted | measured |" in study
    assert not re.search(r"\d", study.partition("## Run it")[0])
    asked = sources["chapters/07-learning-rate.html"].text
    assert "another seed" in asked


def test_dropping_one_of_the_two_minus_signs_grows_at_every_rate_and_dropping_both_changes_nothing(
    log, data, walk, gradient, loss
):
    assert (
        "In code the two cancel, and if I drop only one of them, the loss grows at every learning rate."
        in " ".join(log.split())
    )
    x, y = data
    for rate in (0.5, 0.1, 0.01, 0.001, 1e-5):
        assert (np.diff(walk(rate, 20, lambda p: -gradient(p))[1]) > 0).all()
    w, b = 0.0, 0.0
    for _ in range(1000):
        e = y - (w * x + b)
        w, b = w + 0.01 * 2 * np.mean(x * e), b + 0.01 * 2 * np.mean(e)
    assert (w, b) == pytest.approx(tuple(walk(0.01)[0][-1]))


def test_the_fresh_copy_ends_at_the_list_of_the_weeks_outputs(pages):
    links = pages[PAGE].section("sec-publish-git").xpath(".//a/@href")
    assert "../index.html#sec-week-outputs" in links
    items = pages["index.html"].section("sec-week-outputs").xpath(".//li[.//input[@type='checkbox']]")
    names = (
        "tutorials",
        "01-linear-regression",
        "by hand",
        "four learning rates",
        "README",
        "LEARNING_LOG",
        "public",
    )
    for subject, item in zip(names, items, strict=True):
        assert subject in item.text_content()

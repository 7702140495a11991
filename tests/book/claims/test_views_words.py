"""What the chapter on two views says of word vectors, proved from the file itself, without the package."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture(scope="module")
def views(pages):
    """The chapter on the two views of a vector."""
    return pages["chapters/01-two-views.html"]


@pytest.fixture(scope="module")
def vectors(root):
    """The words and their vectors, read line by line."""
    path = root / "code/ml_from_scratch/data/glove6b_100d_subset.txt"
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: np.array([float(entry) for entry in entries]) for word, *entries in lines}


@pytest.fixture(scope="module")
def cosine(vectors):
    """The cosine of the angle between two words, or a vector and a word."""

    def measure(a, b):
        a, b = (vectors[x] if isinstance(x, str) else x for x in (a, b))
        return float(np.vdot(a, b) / (np.sqrt(np.sum(a**2)) * np.sqrt(np.sum(b**2))))

    return measure


@pytest.fixture(scope="module")
def ranked(vectors, cosine):
    """All words but those left out, the nearest first."""
    return lambda vector, *out: sorted(set(vectors) - set(out), key=lambda word: -cosine(vector, word))


def right_option(views, name):
    """The option that the prediction ticks."""
    return views.tree.xpath(f"//div[@id='{name}']//div[contains(@class, 'right')]/p")[0].text_content()


# sec-word-vectors


def test_the_vectors_are_as_many_and_as_long_as_said(says, vectors):
    says("sec-word-vectors", "carries 281 of its 400,000 words", "gave each word 100 numbers")
    assert len(vectors) == 281
    assert {len(vector) for vector in vectors.values()} == {100}


def test_turning_all_arrows_changes_every_number_and_no_cosine(says, vectors, cosine):
    says(
        "sec-word-vectors", "No single one of these numbers has a meaning", "how the arrows lie to each other"
    )
    turn, _ = np.linalg.qr(np.random.default_rng(4).normal(size=(100, 100)))
    king, queen = turn @ vectors["king"], turn @ vectors["queen"]
    assert (abs(king - vectors["king"]) > 1e-6).all()
    assert cosine(king, queen) == pytest.approx(cosine("king", "queen"))


def test_the_neighbours_printed_are_the_nearest(views, ranked, cosine):
    for line in views.output("first-neighbours").splitlines():
        word, _, found = line.strip().partition(": ")
        expected = [f"{near} {cosine(word, near):.2f}" for near in ranked(word, word)[:4]]
        assert found.split(", ") == expected


@pytest.fixture(scope="module")
def map_places(vectors):
    """The map's words on its two directions, from the eigenvectors of their covariance."""
    kinds = {
        "animals": "cat dog rabbit horse cow lion",
        "food": "milk tea coffee wine bread",
        "family": "mother daughter uncle wife",
        "places": "rome italy berlin japan paris",
    }
    names = " ".join(kinds.values()).split()
    table = np.array([vectors[name] / np.linalg.norm(vectors[name]) for name in names])
    values, directions = np.linalg.eigh(np.cov(table.T))
    flat = (table - table.mean(axis=0)) @ directions[:, [-1, -2]]
    places = dict(zip(names, flat, strict=True))
    flip = np.sign(places["paris"])
    return kinds, {name: flip * place for name, place in places.items()}, values[-2:].sum() / values.sum()


def test_words_of_a_kind_lie_together_on_the_map(says, map_places):
    says("sec-word-vectors", "Words of a kind lie together")
    kinds, places, _ = map_places
    centres = {kind: np.mean([places[word] for word in text.split()], axis=0) for kind, text in kinds.items()}
    for kind, text in kinds.items():
        for word in text.split():
            assert min(centres, key=lambda k: np.hypot(*(places[word] - centres[k]))) == kind
    x, y = {kind: c[0] for kind, c in centres.items()}, {kind: c[1] for kind, c in centres.items()}
    assert (x["places"] > 0, y["places"] > 0, x["food"] < 0, y["food"] > 0) == (
        True,
    ) * 4  # as the alt text has it
    assert (x["family"] > 0, y["family"] < 0, x["animals"] < 0, y["animals"] < 0) == (True,) * 4
    assert min(kinds["food"].split(), key=lambda w: places[w][1]) == "milk"
    assert max(kinds["animals"].split(), key=lambda w: places[w][1]) == "cow"


def test_the_map_misleads_where_the_text_says_so(says, map_places, cosine):
    _, places, kept = map_places
    says("sec-word-vectors", f"This one keeps {100 * kept:.0f} % of the spread")
    tea, bread, coffee = (places[word] for word in ("tea", "bread", "coffee"))
    assert np.hypot(*(tea - bread)) < np.hypot(*(tea - coffee))
    assert cosine("tea", "bread") < cosine("tea", "coffee")
    says(
        "sec-word-vectors",
        f"cosine with bread is {cosine('tea', 'bread'):.2f} and that with coffee {cosine('tea', 'coffee'):.2f}",
    )


def test_bad_is_among_the_words_nearest_to_good(says, views, ranked):
    others = ranked("good", "good")
    says("sec-word-vectors", f"Bad is number {others.index('bad') + 1}.", "Rank the other 280 words")
    assert len(others) == 280
    assert others.index("bad") < 10
    assert right_option(views, "prd-antonym") == "Among the first ten."
    assert ranked("bad", "bad").index("good") < 10  # no accident of the direction asked


# sec-views-pitfalls, sec-views-checks


def test_the_number_of_entries_is_the_same_for_every_word_and_the_length_is_not(says, vectors):
    lengths = {word: np.linalg.norm(vectors[word]) for word in ("king", "kitten")}
    says(
        "sec-views-pitfalls",
        f"give 100 and {lengths['king']:.2f}; for kitten, 100 and {lengths['kitten']:.2f}",
    )
    assert len({round(np.linalg.norm(vector), 2) for vector in vectors.values()}) > 100


def test_a_row_is_refused_by_the_package_and_passed_on_by_numpy(says, views, vectors):
    says("sec-views-pitfalls", "The norm comes out right", "is a table with one row as well")
    row = np.array([vectors["he"]])
    assert np.linalg.norm(row) == pytest.approx(np.sqrt(np.sum(vectors["he"] ** 2)))
    assert (len(row), row[0].shape, (row + vectors["king"]).shape) == (1, (100,), (1, 100))
    printed = views.output("pitfall-row")
    assert f"(1, 100) len 1 norm {np.linalg.norm(vectors['he']):.2f}" in printed
    assert "ValueError: vector must have shape (100,) to match words; got (1, 100)." in printed


def test_hot_is_near_to_cold(says, cosine):
    says("sec-views-checks", f"hot and cold have a cosine of {cosine('hot', 'cold'):.2f} here")
    assert cosine("hot", "cold") > 0.7

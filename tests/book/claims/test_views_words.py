"""What the chapter on two views says of word vectors, proved from the file itself, without the package."""

from __future__ import annotations

import re

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
        "sec-word-vectors",
        "no single one of these numbers has a meaning",
        "how the arrows stand relative to each other",
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


KINDS = {
    "animals": "cat rabbit horse cow lion",
    "food": "milk tea sugar beer bread",
    "family": "mother uncle wife brother",
    "places": "rome italy berlin japan france",
}


@pytest.fixture(scope="module")
def places(cosine):
    """The map's words, each where its two cosines put it."""
    names = " ".join(KINDS.values()).split()
    return {name: np.array([cosine(name, "coffee"), cosine(name, "dog")]) for name in names}


def test_two_cosines_sort_words_by_kind_and_the_lion_strays(says, sources, places):
    says("sec-word-vectors", "only the lion strays, into the family")
    _, cell = sources["chapters/01-two-views.html"].cells["fig-word-map"]
    assert re.findall(r"[a-z]+", cell.partition(".split()")[0])[1:] == list(places)
    centres = {
        kind: np.mean([places[word] for word in text.split() if word != "lion"], axis=0)
        for kind, text in KINDS.items()
    }
    nearest = {word: min(centres, key=lambda k: np.hypot(*(at - centres[k]))) for word, at in places.items()}
    kinds = {word: kind for kind, text in KINDS.items() for word in text.split()}
    assert nearest == {**kinds, "lion": "family"}


def test_the_map_looks_as_its_alternative_text_has_it(places):
    at = {kind: np.array([places[word] for word in text.split()]) for kind, text in KINDS.items()}
    assert at["food"][:, 0].min() > 0.5
    assert max(at[kind][:, 0].max() for kind in KINDS if kind != "food") < 0.4
    assert at["animals"][:, 1].min() > at["family"][:, 1].max()
    assert at["family"][:, 1].min() > at["places"][:, 1].max()
    assert min(KINDS["animals"].split(), key=lambda word: places[word][1]) == "lion"
    assert max(KINDS["food"].split(), key=lambda word: places[word][1]) == "milk"


def test_the_map_misleads_where_the_text_says_so(says, places, cosine):
    others = sorted(set(places) - {"lion"}, key=lambda word: np.hypot(*(places[word] - places["lion"])))
    assert others[0] == "uncle"
    uncle, cat = cosine("lion", "uncle"), cosine("lion", "cat")
    assert uncle < cat
    says(
        "sec-word-vectors",
        f"lion stands beside uncle, and yet its cosine with uncle is {uncle:.2f}, and that with cat {cat:.2f}",
    )


def test_bad_is_among_the_words_nearest_to_good(says, views, ranked):
    others = ranked("good", "good")
    says("sec-word-vectors", f"Bad is number {others.index('bad') + 1}.", "Rank the other 280 words")
    assert len(others) == 280
    assert others.index("bad") < 10
    assert right_option(views, "prd-antonym") == "Among the first ten."
    says("sec-word-vectors", "Opposites fit into the same sentences, one in the other's place")
    assert ranked("bad", "bad").index("good") < 10  # no accident of the direction asked


def test_rabbit_lies_near_cat_and_physics_does_not(says, cosine, ranked):
    says("sec-views-ai", "rabbit lies near cat and physics does not")
    says("sec-views-ai", "a network starts from something similar for both, and tends to treat them alike")
    assert cosine("cat", "rabbit") > 0.7
    assert cosine("cat", "physics") < 0.2
    order = ranked("cat", "cat")
    assert order.index("rabbit") < 5
    assert order.index("physics") > 100


def test_no_arrow_points_away_from_good(says, vectors, cosine):
    says("sec-word-vectors", "even the last cosine is above zero")
    assert min(cosine("good", word) for word in vectors) > 0


# sec-views-pitfalls, sec-views-checks


def test_the_number_of_entries_is_the_same_for_every_word_and_the_length_is_not(says, vectors):
    lengths = {word: np.linalg.norm(vectors[word]) for word in ("king", "kitten")}
    says(
        "sec-views-pitfalls",
        f"give 100 and {lengths['king']:.2f}; for kitten, 100 and {lengths['kitten']:.2f}",
    )
    assert len({round(np.linalg.norm(vector), 2) for vector in vectors.values()}) > 100

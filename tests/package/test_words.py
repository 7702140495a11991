"""Words as vectors, against facts that were computed from the same vectors by other means."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from ml_from_scratch import UnknownWordError, WordVectors, analogy, load_words, nearest

# Computed apart from this package; "answer" is the one hoped for. Its own first lines say from what, and how.
EXPECTED = json.loads((Path(__file__).parent / "words_expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def words():
    return load_words()


@pytest.fixture
def compass():
    return WordVectors(("east", "north", "west"), np.array([[2, 0], [0, 3], [-1, 0]]), "made up")


def test_the_shipped_words_are_281_with_100_coordinates_each(words):
    assert len(words) == 281
    assert words.vectors.shape == (281, 100)
    assert words["king"].shape == (100,)
    assert list(words) == list(words.vocabulary)
    assert "281 words, d = 100" in repr(words)


def test_the_first_line_of_the_file_is_the_first_word(words):
    assert next(iter(words)) == "he"
    assert words["he"][:3].tolist() == [0.1225, -0.058833, 0.23658]  # as the file prints them


@pytest.mark.parametrize(("pair", "cosine"), EXPECTED["cosine_similarity"].items())
def test_cosines_are_those_computed_elsewhere(words, pair, cosine):
    a, b = pair.split(",")
    assert dict(nearest(words, words[a], count=281))[b] == pytest.approx(cosine, abs=1e-6)


@pytest.mark.parametrize("question", EXPECTED["analogies"])
def test_analogies_come_out_as_they_did_elsewhere(words, question):
    expected = EXPECTED["analogies"][question]
    a, _, b, _, c = question.split()
    word, cosine = analogy(words, a, b, c, count=1)[0]
    assert (word == expected["answer"]) == expected["correct_in_subset"]
    assert cosine == pytest.approx(expected["cosine_raw_vectors"], abs=1e-6)


def test_with_inputs_included_the_nearest_to_the_famous_sum_is_king(words):
    full = dict(EXPECTED["king_minus_man_plus_woman_full_vocab_raw_including_inputs"])
    here = analogy(words, "king", "man", "woman", count=5, exclude_inputs=False)
    assert [word for word, _ in here] == list(full)[:5]
    assert [cosine for _, cosine in here] == pytest.approx(list(full.values())[:5], abs=5e-5)


def test_nearest_ranks_by_direction_and_not_by_length(compass):
    found = nearest(compass, [10, 1])
    assert [word for word, _ in found] == ["east", "north", "west"]
    assert [cosine for _, cosine in found] == pytest.approx([10 / 101**0.5, 1 / 101**0.5, -10 / 101**0.5])
    assert nearest(compass, [1e-200, 0], count=1) == [("east", 1.0)]


def test_no_cosine_passes_one(words):
    assert all(nearest(words, words[word], count=1)[0][1] <= 1 for word in words)


def test_what_is_excluded_does_not_come_back(compass):
    assert [word for word, _ in nearest(compass, [1, 0], exclude=["east"])] == ["north", "west"]
    assert nearest(compass, [1, 0], exclude=(word for word in compass)) == []
    assert [word for word, _ in analogy(compass, "north", "east", "west")] == []


def test_words_of_equal_cosine_keep_the_order_of_the_vocabulary():
    twins = WordVectors(("b", "a"), np.array([[1.0, 1], [2, 2]]), "made up")
    assert [word for word, _ in nearest(twins, [1, 1])] == ["b", "a"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [("Kng", "did you mean king?"), ("queeen", "did you mean queen?"), ("zzzz", "list(words) shows them.")],
)
def test_an_unknown_word_is_refused_with_its_neighbours_in_spelling(words, word, hint):
    with pytest.raises(UnknownWordError) as caught:
        _ = words[word]
    assert str(caught.value) == f"{word!r} is not among the 281 words; {hint}"
    assert isinstance(caught.value, KeyError)
    assert word not in words
    assert words.get(word) is None
    for ask in (
        lambda: analogy(words, "king", word, "man"),
        lambda: nearest(words, words["king"], exclude=[word]),
    ):
        with pytest.raises(UnknownWordError):
            ask()


def test_a_vector_of_another_shape_is_refused(words):
    with pytest.raises(
        ValueError, match=r"^vector must have shape \(100,\) to match words; got \(1, 100\)\.$"
    ):
        nearest(words, words.vectors[:1])
    with pytest.raises(ValueError, match="zero vector, which has no direction"):
        nearest(words, np.zeros(100))
    with pytest.raises(TypeError, match=r"^vector must hold real numbers; got text\.$"):
        nearest(words, "king")


def test_settings_that_make_no_sense_are_refused(words):
    with pytest.raises(ValueError, match=r"^count must be at least 1; got 0\.$"):
        nearest(words, words["king"], count=0)
    with pytest.raises(TypeError, match=r"^exclude must be a list of words; got 'king': write \['king'\]\.$"):
        nearest(words, words["king"], exclude="king")


def test_the_record_cannot_be_changed(words):
    with pytest.raises(ValueError, match="read-only"):
        words["king"][0] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        words.source = "elsewhere"


def test_a_record_keeps_a_copy():
    array = np.eye(2)
    words = WordVectors(("a", "b"), array, "made up")
    array[0] = 9
    assert words["a"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("vocabulary", "vectors", "message"),
    [
        (("a",), np.eye(2), "must name 2 different words, one a row of vectors; got 1, 1 of them"),
        (("a", "a"), np.eye(2), "must name 2 different words, one a row of vectors; got 2, 1 of them"),
        (("a", "b"), np.array([[1, 0], [0, 0]]), "must not hold a row of zeros"),
        (("a",), np.ones(2), r"vectors must have shape \(n, d\)"),
    ],
)
def test_a_record_whose_parts_do_not_fit_is_refused(vocabulary, vectors, message):
    with pytest.raises(ValueError, match=message):
        WordVectors(vocabulary, vectors, "made up")


def test_a_file_of_ones_own_is_read(tmp_path):
    path = tmp_path / "small.txt"
    path.write_text("sun 1 0\nmoon 0.5 -2e-1\n", encoding="utf-8")
    words = load_words(path)
    assert words.source == "small.txt"
    assert {word: vector.tolist() for word, vector in words.items()} == {"sun": [1, 0], "moon": [0.5, -0.2]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sun 1 0\nmoon 1\n", "small.txt, line 2: 1 numbers; line 1 has 2."),
        ("sun 1 x\n", "small.txt, line 1: not a word"),
    ],
)
def test_a_line_that_breaks_the_form_is_named(tmp_path, text, message):
    path = tmp_path / "small.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_words(path)

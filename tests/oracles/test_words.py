"""Nearness of words against SciPy's and scikit-learn's cosines."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import cosine_similarity

from ml_from_scratch import analogy, load_words, nearest


@pytest.fixture(scope="module")
def words():
    return load_words()


@pytest.mark.parametrize("word", ["king", "good", "nurse", "kitten"])
def test_every_rank_and_cosine_is_scikit_learns(words, word):
    cosines = cosine_similarity(words[word].reshape(1, -1), words.vectors)[0]
    found = nearest(words, words[word], count=len(words))
    assert [name for name, _ in found] == [words.vocabulary[row] for row in np.argsort(-cosines)]
    assert [cosine for _, cosine in found] == pytest.approx(np.sort(cosines)[::-1], abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_analogies_of_random_words_are_scipys(words, seed):
    a, b, c = np.random.default_rng(seed).choice(words.vocabulary, 3, replace=False).tolist()
    target = np.array([words[a] - words[b] + words[c]])
    distances = dict(zip(words.vocabulary, cdist(target, words.vectors, "cosine")[0], strict=True))
    left = {word: distance for word, distance in distances.items() if word not in {a, b, c}}
    word, cosine = analogy(words, a, b, c)[0]
    assert word == min(left, key=left.get)
    assert cosine == pytest.approx(1 - left[word], abs=1e-12)
    assert analogy(words, a, b, c, exclude_inputs=False)[0][0] == min(distances, key=distances.get)

"""Words as vectors: some of the GloVe vectors, the words nearest to a vector, and analogies.

A word's vector was learned from a large collection of texts, so that words used in
similar company have vectors of similar direction. Its coordinates have no unit, and no
meaning one by one. Near is measured by the cosine of the angle: 1 is the same direction.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from ml_from_scratch import _checks
from ml_from_scratch._checks import FloatArray
from ml_from_scratch.vectors import normalize


class UnknownWordError(KeyError):
    """A word was asked for that has no vector; the text names words of similar spelling."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError alone would put quotes around its text


@dataclass(frozen=True, eq=False, repr=False)
class WordVectors(Mapping[str, FloatArray]):
    """Words and their vectors: words["king"] is a vector, (d,), and len(words) is n.

    vocabulary: the n words, in the order of the rows. vectors: all of them, (n, d); the
    record's own copy, and read-only, like each word's vector. source: where they come
    from. Raises ValueError where the parts do not fit together, and UnknownWordError,
    a KeyError, where a word is asked for that is not there.
    """

    vocabulary: tuple[str, ...]
    vectors: FloatArray
    source: str
    _rows: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Check that the parts fit together, lock the vectors, and note each word's row."""
        own = _checks.matrix("vectors", self.vectors).copy()
        own.setflags(write=False)
        rows = {word: row for row, word in enumerate(self.vocabulary)}
        if not len(rows) == len(self.vocabulary) == len(own):
            raise ValueError(
                f"vocabulary must name {len(own)} different words, one a row of vectors; "
                f"got {len(self.vocabulary)}, {len(rows)} of them different."
            )
        if not own.any(axis=1).all():
            raise ValueError("vectors must not hold a row of zeros, which has no direction.")
        object.__setattr__(self, "vectors", own)  # the way to set a field of a frozen record
        object.__setattr__(self, "_rows", rows)

    def __getitem__(self, word: str) -> FloatArray:
        if not isinstance(word, str) or word not in self._rows:
            close = difflib.get_close_matches(str(word).lower(), self.vocabulary, cutoff=0.7)
            hint = f"did you mean {' or '.join(close)}?" if close else "list(words) shows them."
            raise UnknownWordError(f"{word!r} is not among the {len(self)} words; {hint}")
        vector: FloatArray = self.vectors[self._rows[word]]
        return vector

    def __iter__(self) -> Iterator[str]:
        return iter(self.vocabulary)

    def __len__(self) -> int:
        return len(self.vocabulary)

    def __repr__(self) -> str:
        return f"WordVectors({len(self)} words, d = {self.vectors.shape[1]}: {self.source})"


def load_words(path: str | Path | None = None) -> WordVectors:
    """Load the 281 words that ship with the book, vectors of shape (n, d) = (281, 100).

    They are rows of GloVe 6B, 100 dimensions, whose 400,000 words were learned from
    Wikipedia 2014 and Gigaword 5; no coordinate was changed. With a path, load another
    file of that form, `word v1 v2 … vd` on each line, as all of GloVe is published.
    Source: Pennington, Socher, Manning, "GloVe: Global vectors for word representation"
    (EMNLP 2014); licence PDDL 1.0. Raises ValueError where a line breaks the form.
    """
    shipped = resources.files("ml_from_scratch") / "data" / "glove6b_100d_subset.txt"
    file = shipped if path is None else Path(path)
    vocabulary: list[str] = []
    rows: list[FloatArray] = []
    with file.open(encoding="utf-8") as lines:
        for place, line in enumerate(lines, start=1):
            word, *entries = line.rstrip("\n").split(" ")
            try:
                row = np.array(entries, dtype=np.float64)
            except ValueError as error:
                raise ValueError(f"{file.name}, line {place}: not a word and its numbers.") from error
            if rows and len(row) != len(rows[0]):
                raise ValueError(f"{file.name}, line {place}: {len(row)} numbers; line 1 has {len(rows[0])}.")
            vocabulary.append(word)
            rows.append(row)
    source = "GloVe 6B 100d (Pennington et al. 2014), a selection" if path is None else file.name
    return WordVectors(tuple(vocabulary), np.array(rows), source)


def nearest(
    words: WordVectors, vector: ArrayLike, *, count: SupportsIndex = 5, exclude: Iterable[str] = ()
) -> list[tuple[str, float]]:
    """Words whose vectors point most nearly this way, as (word, cosine), nearest first.

    vector is (d,), and any length will do: only its direction counts. At most `count`
    words come back, none of them in exclude. Raises ValueError for another shape or a
    vector of zeros, UnknownWordError for a word in exclude that has no vector, and
    TypeError where exclude is one text instead of several words.
    """
    d = words.vectors.shape[1]
    direction = normalize(_checks.matching_vector("vector", vector, length=d, match="words"))
    count = _checks.count("count", count, least=1)
    if isinstance(exclude, str):
        raise TypeError(f"exclude must be a list of words; got {exclude!r}: write [{exclude!r}].")
    left_out = set(exclude)
    for word in left_out:
        words[word]  # a misspelt word would leave nothing out, and say nothing
    cosines = words.vectors @ direction / np.linalg.norm(words.vectors, axis=1)  # (n,)
    cosines = np.clip(cosines, -1, 1)  # rounding can push one past what a cosine can be
    ranked = [(words.vocabulary[row], float(cosines[row])) for row in np.argsort(-cosines, kind="stable")]
    return [(word, cosine) for word, cosine in ranked if word not in left_out][:count]


def analogy(
    words: WordVectors,
    a: str,
    b: str,
    c: str,
    *,
    count: SupportsIndex = 5,
    exclude_inputs: bool = True,
) -> list[tuple[str, float]]:
    """Words nearest to a - b + c, as (word, cosine): they are to c what a is to b.

    The vectors are (d,), as stored. exclude_inputs leaves a, b and c out of the answer,
    as is usual, and hides that the nearest of all is very often a itself. Source:
    Linzen, "Issues in evaluating semantic spaces using word analogies" (2016).
    Raises UnknownWordError for a word that has no vector.
    """
    target = words[a] - words[b] + words[c]
    left_out = (a, b, c) if exclude_inputs else ()
    return nearest(words, target, count=count, exclude=left_out)

"""What the package says of random vectors, whose numbers are drawn here as the page draws them.

The stream is written out once more, in Python's integers and `math`, from the definitions of mulberry32 and of Box and
Muller's transform; NumPy's own generators are others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ml_from_scratch import cosine_similarity, dot, norm

if TYPE_CHECKING:
    from collections.abc import Iterator

DIMENSIONS = [1, 2, 3, 8, 64, 768]
PAIRS, KEYS = 5, 8
WORD = 2**32


def even(seed: int) -> Iterator[float]:
    """Numbers in [0, 1), by mulberry32."""
    state = seed % WORD
    while True:
        state = (state + 0x6D2B79F5) % WORD
        mixed = (state ^ state >> 15) * (state | 1) % WORD
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) % WORD
        yield (mixed ^ mixed >> 14) / WORD


def normal(seed: int) -> Iterator[float]:
    """Standard normal numbers, by Box and Muller: two from each two even ones."""
    stream = even(seed)
    for u, v in zip(stream, stream, strict=True):
        radius = math.sqrt(-2 * math.log(1 - u))
        yield radius * math.cos(2 * math.pi * v)
        yield radius * math.sin(2 * math.pi * v)


def take(stream: Iterator[float], *shape: int) -> np.ndarray:
    """The next numbers of a stream, as an array."""
    return np.array([next(stream) for _ in range(math.prod(shape))]).reshape(shape)


def softmax(scores: np.ndarray) -> list[float]:
    """As chapter 3 writes it."""
    powers = np.exp(scores - scores.max())
    return (powers / powers.sum()).tolist()


def cases() -> dict[str, Any]:
    """Two seeds: the streams' beginnings; then pairs and keys, measured by their first d entries."""
    return {
        "dimensions": DIMENSIONS,
        "count": PAIRS,
        "keys": KEYS,
        "draws": [drawn(seed) for seed in (1, 2**31)],
    }


def drawn(seed: int) -> dict[str, Any]:
    """Everything of one seed."""
    uniform, first = even(seed), normal(seed)
    stream = normal(seed)
    most = DIMENSIONS[-1]
    pairs = take(stream, PAIRS, most, 2)  # an entry of a, one of b, and so on
    table = take(stream, most, 1 + KEYS)  # an entry of the query, one of each key, and so on
    query, keys = table[:, 0], table[:, 1:].T
    scores = {d: np.array([dot(query[:d], key[:d]) for key in keys]) for d in DIMENSIONS}
    return {
        "seed": seed,
        "even": [next(uniform) for _ in range(6)],
        "normal": [next(first) for _ in range(7)],
        "dots": [[dot(*pair[:d].T) for pair in pairs] for d in DIMENSIONS],
        "cosines": [[cosine_similarity(*pair[:d].T) for pair in pairs] for d in DIMENSIONS],
        "spreads": [norm(scores[d]) / math.sqrt(KEYS) for d in DIMENSIONS],
        "scores": [scores[d].tolist() for d in DIMENSIONS],
        "weights": [[softmax(scores[d] / scale) for scale in (1, math.sqrt(d), d)] for d in DIMENSIONS],
    }

"""What the chapter on two views says of king − man + woman and its like, proved from the file of vectors itself."""

from __future__ import annotations

import json

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


# sec-views-analogy


def test_king_itself_is_nearest_then_queen(says, views, vectors, ranked, cosine):
    target = vectors["king"] - vectors["man"] + vectors["woman"]
    order = ranked(target)
    assert order[:2] == ["king", "queen"]
    printed = [line.split() for line in views.output("king-man-woman").splitlines()]
    assert printed == [[word, f"{cosine(target, word):.3f}"] for word in order[:6]]
    assert right_option(views, "prd-king") == "king"
    says("sec-views-analogy", "Queen wins only once the three words of the question are left out")


def test_the_step_is_short_beside_king(says, vectors):
    step, king = np.linalg.norm(vectors["woman"] - vectors["man"]), np.linalg.norm(vectors["king"])
    says("sec-views-analogy", f"The step has length {step:.1f}, and king has length {king:.1f}")
    assert step < 0.6 * king


def test_the_step_turns_prince_first_into_queen_first(says, vectors, ranked, cosine):
    says("sec-views-analogy", "nearest to king is prince, ahead of queen", "queen is far ahead of prince")
    assert ranked("king", "king")[:2] == ["prince", "queen"]
    target = vectors["king"] - vectors["man"] + vectors["woman"]
    assert cosine(target, "queen") - cosine(target, "prince") > 0.1


def test_the_first_two_were_confirmed_among_more_words(says, root):
    says("sec-views-analogy", "among 341,479 of GloVe's words, king and queen are the first two")
    facts = json.loads((root / "tests/package/words_expected.json").read_text(encoding="utf-8"))
    full = facts["king_minus_man_plus_woman_full_vocab_raw_including_inputs"]
    assert [word for word, _ in full[:2]] == ["king", "queen"]
    assert "341,479" in (root / "code/ml_from_scratch/data/README.md").read_text(encoding="utf-8")


def test_the_steps_from_male_to_female_are_alike_and_not_equal(says, vectors):
    says("sec-views-analogy", "alike, not equal", "two equal ones, at 0°")
    step = vectors["woman"] - vectors["man"]

    def angle(other):
        return np.degrees(np.arccos(step @ other / np.linalg.norm(step) / np.linalg.norm(other)))

    royal = angle(vectors["queen"] - vectors["king"])
    says(
        "sec-views-analogy",
        f"is {royal:.0f}°. Two steps that had nothing to do with each other would be near 90°",
    )
    pairs = ["king", "queen", "duke", "duchess", "son", "daughter", "actor", "actress", "boy", "girl"]
    angles = [angle(vectors[b] - vectors[a]) for a, b in zip(pairs[::2], pairs[1::2], strict=True)]
    assert all(40 < a < 70 for a in angles)
    names, rng = list(vectors), np.random.default_rng(6)
    others = [
        angle(vectors[b] - vectors[a]) for a, b in (rng.choice(names, 2, replace=False) for _ in range(500))
    ]
    assert np.mean(others) == pytest.approx(90, abs=2)
    assert np.mean(np.array(others) < max(angles)) < 0.02  # hardly any unrelated step is as close


# sec-views-caveats


def test_the_analogies_end_where_the_table_says(says, views, vectors, ranked, cosine):
    says("sec-views-caveats", "Brother becomes daughter, and mice stays among rats")
    _, *rows = views.table("tbl-analogies")
    for question, hoped, first, shown in rows:
        a, b, c = question.replace("−", "-").replace("+", "-").split(" - ")
        target = vectors[a] - vectors[b] + vectors[c]
        assert first == ranked(target, a, b, c)[0]
        assert hoped in vectors
        assert float(shown) == pytest.approx(cosine(target, first), abs=0.005)
    assert [hoped == first for _, hoped, first, _ in rows] == [True, True, True, False, False, False]
    assert [first for *_, first, _ in rows[-3:]] == ["daughter", "rats", "nurse"]
    assert right_option(views, "prd-two-more") == "rats and nurse"


def test_before_the_step_physician_is_nearest_to_doctor_and_doctor_itself_after_it(says, vectors, ranked):
    says(
        "sec-views-caveats", "the word nearest to doctor is physician", "the nearest of all is doctor itself"
    )
    assert ranked("doctor", "doctor")[0] == "physician"
    assert ranked(vectors["doctor"] - vectors["man"] + vectors["woman"])[:2] == ["doctor", "nurse"]


def test_nurse_leans_to_she_and_engineer_to_he_by_whatever_pair(says, views, cosine):
    says("sec-views-caveats", "Nurse leans furthest towards she, and engineer furthest towards he")
    _, *rows = views.table("tbl-lean")
    works = [row[0] for row in rows]
    assert len(works) == 6
    for work, he, she, lean in rows:
        assert [float(he), float(she)] == pytest.approx([cosine(work, "he"), cosine(work, "she")], abs=5e-4)
        assert float(lean) == pytest.approx(cosine(work, "she") - cosine(work, "he"), abs=5e-4)
    for male, female in (
        ("he", "she"),
        ("man", "woman"),
        ("father", "mother"),
        ("son", "daughter"),
        ("boy", "girl"),
    ):
        lean = {work: cosine(work, female) - cosine(work, male) for work in works}
        assert max(lean, key=lean.get) == "nurse"
        assert min(lean, key=lean.get) == "engineer"
        assert lean["nurse"] > 0 > lean["engineer"]

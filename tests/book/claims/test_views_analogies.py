"""What the chapter on two views says of king − man + woman and its like, proved from the file of vectors itself."""

from __future__ import annotations

import json
import math
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


# sec-views-analogy


def test_king_itself_is_nearest_then_queen(says, views, vectors, ranked, cosine):
    target = vectors["king"] - vectors["man"] + vectors["woman"]
    order = ranked(target)
    assert order[:2] == ["king", "queen"]
    rest = [word for word in order if word not in {"king", "man", "woman"}]
    for line, left_out, shown in zip(
        views.output("king-man-woman").splitlines(), (0, 3), (order, rest), strict=True
    ):
        found = ", ".join(f"{word} {cosine(target, word):.3f}" for word in shown[:3])
        assert line == f"{left_out} left out: {found}"
    assert rest[0] == "queen"
    assert right_option(views, "prd-king") == "king"
    says("sec-views-analogy", "Queen wins only once the three words of the question are left out")


def test_the_step_turns_king_by_little(says, vectors, cosine):
    step, king = np.linalg.norm(vectors["woman"] - vectors["man"]), np.linalg.norm(vectors["king"])
    says("sec-views-analogy", f"The step has length {step:.1f}, and king has length {king:.1f}")
    says("sec-views-analogy", "The step is about half as long as king")
    assert 0.4 < step / king < 0.6
    turn = np.degrees(np.arccos(cosine("king", vectors["king"] + vectors["woman"] - vectors["man"])))
    says("sec-views-analogy", f"it turns king by only {turn:.0f}°.")
    assert turn < np.degrees(np.arccos(cosine("king", "prince")))  # no other word is as near


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
    says("sec-views-analogy", "alike, not equal", "An equal step would stand at 0°")
    step = vectors["woman"] - vectors["man"]

    def angle(other):
        return np.degrees(np.arccos(step @ other / np.linalg.norm(step) / np.linalg.norm(other)))

    royal = angle(vectors["queen"] - vectors["king"])
    says(
        "sec-views-analogy",
        f"is {royal:.0f}°: the two steps are alike, and not the same. An equal step",
        f"random words of this list stands near 90°, and hardly ever as close as {royal:.0f}°.",
    )
    upwards = angle(vectors["king"] - vectors["man"])
    says("sec-views-analogy", f"are {upwards:.0f}° apart, near enough to a right angle")
    assert abs(upwards - 90) < 3
    pairs = ["king", "queen", "duke", "duchess", "son", "daughter", "actor", "actress", "boy", "girl"]
    angles = [angle(vectors[b] - vectors[a]) for a, b in zip(pairs[::2], pairs[1::2], strict=True)]
    assert all(40 < a < 70 for a in angles)
    names, rng = list(vectors), np.random.default_rng(6)
    others = [
        angle(vectors[b] - vectors[a]) for a, b in (rng.choice(names, 2, replace=False) for _ in range(500))
    ]
    assert np.mean(others) == pytest.approx(90, abs=2)
    assert np.mean(np.array(others) < max(royal, *angles)) < 0.02  # hardly any unrelated step is as close


@pytest.fixture(scope="module")
def place(vectors):
    """Where a vector stands on the map of the steps."""
    steps = [vectors[word] - vectors["man"] for word in ("woman", "king")]
    right, up = (step / np.linalg.norm(step) for step in steps)
    return lambda vector: (float(vector @ right), float(vector @ up))


def test_the_map_puts_the_sum_nearer_to_queen_and_all_dimensions_put_it_nearer_to_king(says, vectors, place):
    says("sec-views-analogy", "lies nearer to queen than to king, but the map drops 98 of the 100 dimensions")
    says("sec-views-analogy", "in all of them, it lies nearer to king")
    target = vectors["king"] - vectors["man"] + vectors["woman"]

    def nearer(where):
        return min(("king", "queen"), key=lambda word: math.dist(where(vectors[word]), where(target)))

    assert nearer(place) == "queen"
    assert nearer(lambda vector: vector) == "king"
    assert len(target) - len(place(target)) == 98


def test_the_picture_of_the_steps_looks_as_its_alternative_text_has_it(vectors, place):

    rising = ["man", "woman", "actor", "actress", "son", "daughter", "duke", "duchess", "king", "queen"]
    at = [place(vectors[word]) for word in rising]
    men, women = at[::2], at[1::2]
    assert men == sorted(men, key=lambda point: point[1])
    assert max(x for x, _ in men) < 0 < min(x for x, _ in women)
    falls = [y - other for (_, y), (_, other) in zip(men, women, strict=True)]
    assert min(falls) > 0
    assert max(falls) == falls[-1]
    x, y = place(vectors["king"] - vectors["man"] + vectors["woman"])
    assert x > at[-1][0]
    assert y > at[-1][1] + 1  # well above queen


# sec-views-caveats


@pytest.mark.parametrize(
    ("claim", "hoped"),
    [
        (
            "by the package's analogy, which leaves out the three words of the question, paris − france + italy gives rome",
            "rome",
        ),
        ("walked − walk + talk gives talked", "talked"),
        ("brother − man + woman gives daughter", "sister"),
        ("mice − mouse + cat gives rats", "cats"),
    ],
)
def test_two_analogies_hold_and_two_fail_though_the_word_hoped_for_is_there(
    says, vectors, ranked, claim, hoped
):
    says("sec-views-caveats", claim)
    a, b, c, *_, end = re.findall(r"[a-z]+", claim.lower().rpartition(", ")[2])
    assert ranked(vectors[a] - vectors[b] + vectors[c], a, b, c)[0] == end
    assert hoped in vectors
    assert (hoped == end) == (a in {"paris", "walked"})


def test_before_the_step_physician_leads_and_after_it_nurse_and_doctor_itself(
    says, views, vectors, ranked, cosine
):
    target = vectors["doctor"] - vectors["man"] + vectors["woman"]
    assert ranked("doctor", "doctor")[:2] == ["physician", "nurse"]
    assert ranked(target)[:3] == ["doctor", "nurse", "physician"]
    after = [f"{cosine(target, word):.2f}" for word in ("nurse", "physician")]
    before = [f"{cosine('doctor', word):.2f}" for word in ("physician", "nurse")]
    says(
        "sec-views-caveats",
        "The word nearest to doctor is physician.",
        f"Nurse wins by {' to '.join(after)}; before the step, physician led by {' to '.join(before)}.",
        "doctor itself is nearer still",
        "The step is shorter than doctor",
    )
    assert right_option(views, "prd-doctor") == "nurse"
    assert np.linalg.norm(vectors["woman"] - vectors["man"]) < np.linalg.norm(vectors["doctor"])


def test_nurse_leans_to_she_and_engineer_to_he_by_whatever_pair(says, views, cosine):
    says("sec-views-caveats", "Nurse leans furthest towards she, and engineer furthest towards he")
    _, *rows = views.table("tbl-lean")
    works = [row[0] for row in rows]
    assert len(works) == 6
    says("sec-views-caveats", "some lean towards she, some towards he")
    leans = [float(row[3]) for row in rows]
    assert min(leans) < -0.02 < 0.02 < max(leans)
    assert min(map(abs, leans)) > 0.01  # each of them leans
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

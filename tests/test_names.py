"""Names as the tagger and its repairs find them, and words that stand for names."""

from __future__ import annotations

import itertools
import json

import pytest

from briefing.facts import name_tagger
from briefing.facts.name_edges import entity, listed_apart
from briefing.facts.name_features import NUMBER, shape
from briefing.facts.name_tagger import SIZE, TAGS, WEIGHTS, learning, make_learning
from briefing.facts.names import find_names
from briefing.facts.standins import find_pronouns, find_subjects
from briefing.model import Entity
from tests.casebook import Case, analysed, cases


@pytest.mark.parametrize("case", cases("names"))
def test_names(case: Case) -> None:
    article, analysis = analysed(case.input)
    found: dict[str, list[str]] = {}
    for name in find_names(analysis):
        if name.label in {"PERSON", "ORG"}:
            found.setdefault(name.label, []).append(article.text[name.start : name.end])
    assert found == {k: v for k, v in case.expect.items() if v}


@pytest.mark.parametrize("case", cases("standins"))
def test_words_that_stand_for_names(case: Case) -> None:
    article, analysis = analysed(case.input)
    found = [f"{article.text[w.start : w.end]} = {w.label}" for w in find_pronouns(analysis)]
    assert found == case.expect["words"]
    if "subjects" in case.expect:
        subjects = [f"{article.text[s.start : s.end]} {s.verb}" for s in find_subjects(analysis)]
        assert subjects == case.expect["subjects"]


def test_names_never_overlap_and_lie_in_the_text() -> None:
    text = "Mr. Roth's Roth Mining (RM) met the Ministry of Ores' Anna Lund-Berg, \"Dr. No\" and J. J. O'Hara's A&B Co."
    article, analysis = analysed(text)
    names = find_names(analysis)
    assert [n.start for n in names] == sorted(n.start for n in names)
    for one, other in itertools.pairwise(names):
        assert one.end <= other.start
    for name in names:
        words = article.text[name.start : name.end]
        assert words == words.strip()
        assert analysis.tokens[name.first].start == name.start


def test_the_learned_weights_are_features_and_numbers() -> None:
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert kept["tags"] == list(TAGS)
    for table in (kept["first"], kept["second"]):
        assert all(len(row) == SIZE and all(isinstance(n, int) for n in row) for row in table.values())
        assert not [f for f in table if " " in f and len(f.split()) > 4], "a feature, not a sentence"
    assert learning().row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roth", "Xx"),
        ("WTO", "XX"),
        ("J.", "X."),
        ("U.S.", "X.X."),
        ("McRoth", "XxX"),
        ("4-0", "0"),
        ("Lund-Berg", "Xx-Xx"),
    ],
)
def test_shape(text: str, expected: str) -> None:
    assert shape(text) == expected


def test_a_word_of_digits_without_end_is_read_in_one_pass() -> None:
    assert [bool(NUMBER.match(word)) for word in ("1,250", "-3.5%", "12/3", "%5", "3rd", "...")] == [True] * 3 + [
        False
    ] * 3
    assert not NUMBER.match("1," * 200_000 + "x")  # tried from each digit, this would take an hour


def test_two_bodies_of_a_list_by_their_short_names() -> None:
    text = "Halden Metals Corporation and Straits Ores Group formed it. Baltco, Halden and Straits Ores own it."
    _, analysis = analysed(text)
    words = [t.text for t in analysis.tokens]

    def body(name: str) -> Entity:
        parts = name.split()
        first = next(i for i in range(len(words)) if words[i : i + len(parts)] == parts)
        return entity(analysis.tokens, first, first + len(parts), "ORG")

    names = [body("Halden Metals Corporation"), body("Straits Ores Group"), body("Halden and Straits Ores")]
    found = listed_apart(analysis.tokens, names)
    assert [text[n.start : n.end] for n in found[2:]] == ["Halden", "Straits Ores"]
    assert listed_apart(analysis.tokens, names[2:]) == names[2:]  # nothing says that these are two


def test_what_is_kept_of_features_is_forgotten_between_articles_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words an article has, its names are those of the same words with nothing kept."""
    _, analysis = analysed(
        "Ada Brandt met Bo Lind of Halden Mining in Oldby. " * 3 + "Reports said Halden Mining was sold."
    )
    fresh = find_names(analysis, make_learning(*_rounds()))
    monkeypatch.setattr(name_tagger, "MOST_KEPT", 5)
    crowded = make_learning(*_rounds())
    for _ in range(3):
        assert find_names(analysis, crowded) == fresh


def _rounds() -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return kept["first"], kept["second"]

"""Who said what: cases in tests/cases/statements and quotes, and what holds for any text."""

from __future__ import annotations

import importlib.util
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.facts.statements import find_quotes, find_statements, unbalanced_quotes
from briefing.facts.statements.weights import load_weights
from briefing.facts.statements.words import lexicon, stem
from briefing.facts.syntax import read_tree
from briefing.model import Analysis, Removed, Sentence, Statement, Token
from tests.casebook import Case, analysed, cases, flat_analysis
from tests.growth import assert_grows_with_length_only

MARKS = "\"'“”‘’„«»「」``''"
PIECES = st.sampled_from(
    ["Bolt", "said", "that", "it", "leaks", "told", "according", "to", "the", "claim", "was", "by", "Orr", "he", ":",
     ",", ".", "?", "\n\n", "(", ")", *MARKS, "''", "``", "don't", "12\"", "reportedly", "a", "-", "ÄÖ", "屋顶"]
)  # fmt: skip


def found(statement: Statement, text: str) -> dict[str, Any]:
    who, cue = statement.speaker, statement.cue
    return {
        "speaker": text[who.start : who.end] if who else None,
        "cue": text[cue.start : cue.end] if cue else None,
        "content": [text[c.start : c.end] for c in statement.content],
        "form": statement.form,
        "hedged": statement.hedged,
    }


@pytest.mark.parametrize("case", cases("statements"))
def test_statements(case: Case) -> None:
    _, analysis = analysed(case.input)
    statements = [found(s, analysis.text) for s in find_statements(analysis)]
    expected = [{"hedged": False, **e} for e in case.expect]
    assert statements == expected


@pytest.mark.parametrize("case", cases("quotes"))
def test_quotes(case: Case) -> None:
    _, analysis = analysed(case.input)
    assert [case.input[q.start : q.end] for q in find_quotes(analysis)] == case.expect["quotes"]
    assert [case.input[s.start : s.end] for s in unbalanced_quotes(analysis)] == case.expect.get("unbalanced", [])


def breaches(analysis: Analysis, statements: tuple[Statement, ...]) -> list[str]:
    """What the facts contract forbids."""
    text = analysis.text
    wrong = []
    for s in statements:
        spans = [*s.content, *([s.cue] if s.cue else []), *([s.speaker] if s.speaker else [])]
        wrong += [f"outside: {x}" for x in spans if not 0 <= x.start < x.end <= len(text)]
        wrong += [f"blank edge: {x}" for x in spans if text[x.start : x.end] != text[x.start : x.end].strip()]
        wrong += [] if s.content else ["no content"]
        wrong += [] if list(s.content) == sorted(s.content, key=lambda c: c.start) else ["out of order"]
        wrong += [] if s.form in ("direct", "indirect", "mixed") else [s.form]
    wrong += [] if len(set(statements)) == len(statements) else ["twice the same"]
    return wrong


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60), st.randoms(use_true_random=False))
def test_any_parse_gives_valid_statements(words: list[str], chance: Any) -> None:
    """Whatever a parser makes of a text, sensible or not."""
    analysis = flat_analysis(" ".join(words))
    tokens = tuple(
        Token(t.start, t.end, t.text, chance.choice(TAGS), chance.choice(DEPS), chance.randrange(i + 1), 0, 0)
        for i, t in enumerate(analysis.tokens)
    )
    analysis = Analysis(analysis.text, tokens, analysis.sentences, ())
    statements = find_statements(analysis)
    assert breaches(analysis, statements) == []
    assert find_statements(analysis) == statements


TAGS = ["NN", "NNP", "VBD", "VBZ", "VBG", "VBN", "IN", "JJ", "PRP", "RB", "``", "''", ",", ":"]
DEPS = ["nsubj", "nsubjpass", "ccomp", "dobj", "prep", "pobj", "ROOT", "xcomp", "punct", "conj", "advcl", "parataxis"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=80).map(" ".join))
def test_any_text_gives_valid_statements(text: str) -> None:
    _, analysis = analysed(text)
    assert breaches(analysis, find_statements(analysis)) == []


def test_nothing_reaches_over_text_that_was_set_aside() -> None:
    _, analysis = analysed('Bolt said: "It leaks. It has leaked for years."')
    cut = analysis.sentences[1]
    moved = 30  # as if an advertisement of thirty characters stood between the two sentences
    text = analysis.text[: cut.start] + "x" * (moved - 1) + " " + analysis.text[cut.start :]
    tokens = tuple(
        replace(t, start=t.start + moved, end=t.end + moved) if i >= cut.first else t
        for i, t in enumerate(analysis.tokens)
    )
    removed = Removed(cut.start, cut.start + moved - 1, "advertisement", "")
    sentences = (analysis.sentences[0], Sentence("s2", cut.start + moved, cut.end + moved, cut.first, cut.last, 0))
    statements = find_statements(Analysis(text, tokens, sentences, ()))
    assert statements
    assert not [c for s in statements for c in s.content if c.start < removed.end and removed.start < c.end]


@pytest.mark.parametrize(
    "piece",
    [
        '"It leaks," said Bolt. ',
        '" ',
        "'a ",
        "he said that ",
        "“",
        "(Bolt said ",
        "Bolt: Orr: ",
        ": ",
        ", Bolt said, ",
        "according to Bolt, ",
        "said. ",
        "it is said to leak ",
    ],
    ids=[
        "quotes",
        "straight marks",
        "single marks",
        "nested clauses",
        "openings",
        "brackets",
        "names before colons",
        "colons",
        "asides",
        "sources",
        "lone verbs",
        "hedges",
    ],
)
def test_work_grows_with_length_only(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        flat = flat_analysis(piece * times)
        analysis = Analysis(flat.text, tuple(_chained(flat.tokens)), flat.sentences, ())
        return lambda: find_statements(analysis)

    assert_grows_with_length_only(work)


def _chained(tokens: tuple[Token, ...]) -> list[Token]:
    """Every word hangs on the one before: the deepest parse there is."""
    tag = {"said": "VBD", "Bolt": "NNP", "Orr": "NNP", "he": "PRP", "that": "IN", "leaks": "VBZ"}
    return [
        Token(t.start, t.end, t.text, tag.get(t.text, "NN"), "ccomp" if i % 2 else "nsubj", max(i - 1, 0), 0, 0)
        for i, t in enumerate(tokens)
    ]


def test_forms_of_a_word_share_a_stem() -> None:
    for forms in (
        "say says said saying", "tell tells told telling", "argue argues argued arguing", "deny denies denied denying",
        "admit admits admitted admitting", "stress stresses stressed stressing", "claim claims claimed claiming",
        "think thinks thought thinking", "call calls called calling", "urge urges urged urging",
        "agree agrees agreed agreeing", "guarantee guarantees guaranteed", "focus focuses focused focusing",
    ):  # fmt: skip
        assert len({stem(form) for form in forms.split()}) == 1, forms


def test_weights_name_only_cues_and_grammar() -> None:
    """Each feature is made of parts that features.py and free.py write; no sentence can hide in there."""
    parts = {part for table in load_weights().values() for name in table for part in name.split(" & ")}
    assert len(parts) > 300
    assert not [part for part in parts if len(part) > 60 or part.count(" ") > 1]
    learned = {part.removeprefix("verb=") for part in parts if part.startswith("verb=")}
    assert len(learned & set(lexicon().groups)) > 200


def test_a_tree_reaches_from_edge_to_edge() -> None:
    _, analysis = analysed("Mayor Ada Bolt said that the old roof leaks.")
    tree = read_tree(analysis)
    said = next(i for i, t in enumerate(analysis.tokens) if t.text == "said")
    leaks = next(i for i, t in enumerate(analysis.tokens) if t.text == "leaks")
    assert (tree.left[said], tree.right[said]) == (0, len(analysis.tokens))
    span = tree.span(tree.left[leaks], tree.right[leaks])
    assert span is not None
    assert analysis.text[span.start : span.end] == "that the old roof leaks"


def test_public_news_is_read_as_well_as_before(shared: Path) -> None:
    """A dozen articles of a public corpus, scored by its own scorer: joint F1, words and speaker both right."""
    spec = importlib.util.spec_from_file_location("score_quotes", shared / "score" / "score_quotes.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with (shared / "corpora" / "polnear_dev.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in itertools.islice(lines, 0, 84, 7)]
    told = {}
    for document in gold:
        _, analysis = analysed(document["text"])
        told[document["doc_id"]] = [
            {
                "content": [[c.start, c.end] for c in s.content],
                "source": [[s.speaker.start, s.speaker.end]] if s.speaker else None,
                "cue": [[s.cue.start, s.cue.end]] if s.cue else None,
            }
            for s in find_statements(analysis)
        ]
    scores, _ = scorer.score(gold, told)
    reached = {part: scores[part]["joint"]["F1"] for part in ("all", "speech", "direct", "indirect")}
    assert all(reached[part] >= floor for part, floor in FLOORS.items()), reached


FLOORS = {"all": 64, "speech": 75, "direct": 84, "indirect": 52}  # below today's, above what is asked for

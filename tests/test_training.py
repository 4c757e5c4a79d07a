"""training: labels as written, as ranges of a text, in noisy copies, and per token.

Training itself takes an hour and is not tested here.
"""

from __future__ import annotations

import functools
import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.facts.reader.encoder import NAME_TAGS, ROLES, WEIGHTS, score
from training import augment
from training.corpora import (
    UNKNOWN,
    UNSURE,
    Attribution,
    Document,
    Example,
    Range,
    from_labelled,
    read_conll,
    read_polnear,
    read_sentences,
    read_text,
    to_example,
)
from training.labelled import HERE, LabelError, LabelledArticle, read_labelled
from training.places import find_place, find_places

ENOUGH = 150  # labelled articles
ROUNDING = 0.01  # of a probability, when weights are rounded again
SENTENCES = sorted((HERE / "sentences").glob("*.yaml"))


# --- places -----------------------------------------------------------------------------------

PLACES = "The levy, she said, is the\nlevy that the panel rules on. He said that levy rules are rules."


@pytest.mark.parametrize(
    ("words", "expect"),
    [
        ("the levy", [(23, 31)]),
        ("levy", [(4, 8), (27, 31), (70, 74)]),
        ("lev", []),
        ("is the levy that", [(20, 36)]),
        ("levy @2", [(4, 8), (27, 31), (70, 74)]),
        ("that ... rules", [(32, 52), (65, 80)]),
        ("He ... nowhere", []),
        ("on.", [(53, 56)]),
    ],
)
def test_every_place_of_words(words: str, expect: list[Range]) -> None:
    assert list(find_places(PLACES, words)) == expect


@pytest.mark.parametrize(
    ("words", "near", "beside", "expect"),
    [
        ("levy", (), None, (4, 8)),
        ("levy @3", (), None, (70, 74)),
        ("levy @3", ((0, 3),), None, (70, 74)),
        ("levy @4", (), None, None),
        ("said", ((70, 80),), None, (60, 64)),
        ("said", ((0, 8), (10, 13)), None, (14, 18)),
        ("rules", ((60, 64),), None, (47, 52)),
        ("rules", ((60, 64),), (85, 90), (75, 80)),
        ("roof", ((60, 64),), None, None),
    ],
)
def test_chosen_place_of_words(words: str, near: tuple[Range, ...], beside: Range | None, expect: Range | None) -> None:
    assert find_place(PLACES, words, near, beside) == expect


# --- labelled articles ------------------------------------------------------------------------

GOOD = {
    "id": "roof",
    "text": "Ada Verne said that the roof leaks. She did not say why. Verne left.",
    "names": {"person": ["Ada Verne", "Verne"]},
    "statements": [{"who": "Ada Verne", "cue": "said", "what": "that the roof leaks"}],
    "not_asserted": [{"who": "She", "cue": "say", "what": "why"}],
}


@functools.cache
def articles() -> tuple[LabelledArticle, ...]:
    return tuple(read_labelled())


def parse(folder: Path, *rows: dict[str, object]) -> list[LabelledArticle]:
    path = folder / "own.yaml"
    path.write_text(yaml.safe_dump(list(rows), allow_unicode=True), encoding="utf-8")
    return read_labelled([path])


def said(text: str, statement: dict[str, object]) -> dict[str, object]:
    return {"id": "a", "text": text, "names": {}, "statements": [statement]}


def words(text: str, span: Range | None) -> str | None:
    return text[slice(*span)] if span else None


def test_a_labelled_article(tmp_path: Path) -> None:
    (article,) = parse(tmp_path, GOOD)
    assert article.id == "own/roof"
    assert [(words(article.text, (n.start, n.end)), n.kind) for n in article.names] == [
        ("Ada Verne", "person"),
        ("Verne", "person"),
    ]
    assert [
        ([words(article.text, c) for c in s.content], words(article.text, s.source), words(article.text, s.cue))
        for s in article.statements
    ] == [(["that the roof leaks"], "Ada Verne", "said"), (["why"], "She", "say")]
    assert [s.asserted for s in article.statements] == [True, False]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**GOOD, "title": "Roof"}, "own/roof: `title` is not a known key"),
        ({k: v for k, v in GOOD.items() if k != "names"}, "own/roof: `names` is missing"),
        ({**GOOD, "names": {"persons": ["Verne"]}}, "`persons` is not a kind of name"),
        ({**GOOD, "names": {"place": ["Sull"]}}, "name not in the text: Sull"),
        (said("Bo said it.", {"who": "Bo", "cue": "said", "what": "them"}), "not in the text: them"),
        (said("Bo said it.", {"who": "Bo", "cue": "said"}), "own/a: a statement by `Bo` without content"),
        (said("Bo said it.", {"who": "Ada", "cue": "said", "what": "it"}), "not in the text: Ada"),
        (said("Bo said it.", {"who": "Bo", "verb": "said", "what": "it"}), "`verb` is not a key of a statement"),
        (said("Bo said Ada left.", {"who": "Ada", "cue": "said", "what": "Ada left"}), "speaker `Ada` lies inside"),
        (said("Bo said it said so.", {"who": "Bo", "cue": "said @2", "what": "it said so"}), "cue `said` lies inside"),
    ],
)
def test_wrong_labels_are_reported(row: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=re.escape(message)):
        parse(tmp_path, row)


@pytest.mark.parametrize("what", ["", []])
def test_an_empty_content_is_reported(what: object, tmp_path: Path) -> None:
    with pytest.raises(LabelError):
        parse(tmp_path, said("Bo said it.", {"who": "Bo", "cue": "said", "what": what}))


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(LabelError) as caught:
        parse(tmp_path, GOOD, {**GOOD, "names": {"place": ["Sull", "Oslo"]}})
    assert str(caught.value).splitlines() == [
        "own/roof: this id is used twice",
        "own/roof: name not in the text: Sull",
        "own/roof: name not in the text: Oslo",
    ]


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    (article,) = parse(tmp_path, *yaml.safe_load(readme.split("```yaml\n")[1].split("```")[0]))
    assert [words(article.text, (n.start, n.end)) for n in article.names] == ["Ruth Lang", "Oldmere Harbour Board"]
    assert [(words(article.text, s.source), len(s.content), s.asserted) for s in article.statements] == [
        ("Ruth Lang, who chairs the Oldmere Harbour Board", 1, True),
        ("she", 2, True),
        ("The mayor", 1, False),
    ]


def test_there_are_enough_articles() -> None:
    assert len({a.id for a in articles()}) == len(articles()) >= ENOUGH


def test_names_do_not_overlap_and_contents_have_words() -> None:
    for a in articles():
        assert all(one.end <= other.start for one, other in pairwise(a.names)), a.id
        assert all(s.content and all(start < end for start, end in s.content) for s in a.statements), a.id


# --- noisy copies -----------------------------------------------------------------------------

Step = Callable[[Document, random.Random], Document]
STEPS = list(dict.fromkeys(augment.STEPS))
ADDED_NAMES = {augment.with_dateline: 2}


@functools.cache
def documents() -> tuple[Document, ...]:
    return tuple(map(from_labelled, articles()))


def letters(text: str, span: Range | None) -> str:
    """Lower-case letters and digits, which noise never changes."""
    return "".join(c for c in (words(text, span) or "").upper() if c.isalnum())


def labels(document: Document, skip: int = 0, without: str = "-") -> tuple[list[object], list[object]]:
    """The words of all labels but the first `skip` names."""

    def read(span: Range | None) -> str:
        return letters(document.text, span).replace(without, "")

    return (
        [(read((start, end)), kind) for start, end, kind in (document.names or ())[skip:]],
        [(*map(read, a.content), read(a.source), read(a.cue), a.asserted) for a in document.attributions or ()],
    )


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_noise_keeps_labels_on_their_words(step: Step) -> None:
    without = "THAT" if step is augment.that_to_comma else "-"
    changed = 0
    for n, document in enumerate(documents()):
        noisy = step(document, random.Random(n))
        changed += noisy.text != document.text
        assert labels(noisy, ADDED_NAMES.get(step, 0), without) == labels(document, 0, without), document.id
    assert changed


def test_noise_is_reproducible() -> None:
    for n, document in enumerate(documents()):
        noisy = augment.augmented(document, random.Random(n))
        assert noisy == augment.augmented(document, random.Random(n))
        assert all(0 <= start < end <= len(noisy.text) for start, end, _ in noisy.names or ())
        assert labels(noisy, without="THAT")[1] == labels(document, without="THAT")[1], document.id


@pytest.mark.parametrize("step", [augment.lower_case, augment.upper_case])
def test_another_case_keeps_the_length(step: Step) -> None:
    odd = Document("odd", "Straße İzmir ﬁne Ὀδός ŉ", (), ())
    for document in (odd, *documents()):
        assert len(step(document, random.Random(1)).text) == len(document.text), document.id


def test_wrapped_lines_keep_words_paragraphs_and_a_width() -> None:
    for n, document in enumerate(documents()):
        text = augment.wrapped(document, random.Random(n)).text
        assert text.split() == document.text.split()
        assert len(augment.PARAGRAPH.findall(text)) == len(augment.PARAGRAPH.findall(document.text))
        longest = max(map(len, text.split()))
        assert all(len(line) <= max(augment.WIDTHS) + longest + 2 for line in text.splitlines()), document.id


@pytest.mark.parametrize("seed", range(6))
def test_leading_that_is_dropped_from_contents(seed: int) -> None:
    text = "Ada said that the roof leaks."
    document = Document("a", text, (), (Attribution(((9, 28),), (0, 3), None, (4, 8), True),))
    noisy = augment.that_to_comma(document, random.Random(seed))
    (content,) = noisy.attributions[0].content if noisy.attributions else ()
    assert (noisy.text, words(noisy.text, content)) in (
        (text, "that the roof leaks"),
        ("Ada said, the roof leaks.", "the roof leaks"),
        ("Ada said the roof leaks.", "the roof leaks"),
    )


def test_a_dateline_adds_its_names_only_where_names_are_labelled() -> None:
    document = Document("a", "It rained.", (), ())
    noisy = augment.with_dateline(document, random.Random(1))
    assert [(words(noisy.text, (s, e)) in augment.PLACES + augment.AGENCIES, k) for s, e, k in noisy.names or ()] == [
        (True, "LOC"),
        (True, "ORG"),
    ]
    assert augment.with_dateline(replace(document, names=None), random.Random(1)).names is None


@given(
    st.text("abc ", min_size=12, max_size=12),
    st.integers(0, 11),
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(1, 3), st.text("xyz", max_size=4)), max_size=4),
)
def test_labels_move_along_with_edits_beside_them(
    text: str, first: int, length: int, drawn: list[tuple[int, int, str]]
) -> None:
    label = first, min(first + length, len(text))
    edits: list[augment.Edit] = []
    for start, width, new in sorted(drawn):
        end = min(start + width, len(text))
        beside = end <= label[0] or start >= label[1]
        if beside and (not edits or edits[-1][1] <= start):
            edits.append((start, end, new))
    edited = augment.edited(Document("a", text, ((*label, "PER"),), None), edits)
    ((start, end, _),) = edited.names or ()
    assert edited.text[start:end] == text[slice(*label)]
    assert len(edited.text) == len(text) + sum(len(new) - (end - start) for start, end, new in edits)


def test_labels_of_removed_words_are_removed() -> None:
    document = Document("a", "Ada said it.", ((0, 3, "PER"),), (Attribution(((9, 11),), (0, 3), None, (4, 8), True),))
    edited = augment.edited(document, [(0, 4, "")])
    assert (edited.text, edited.names) == ("said it.", ())
    assert edited.attributions == (Attribution(((5, 7),), None, None, (0, 4), True),)
    assert augment.edited(document, [(9, 11, "")]).attributions == ()


# --- labels of tokens -------------------------------------------------------------------------


def one_statement(
    text: str,
    *content: str,
    who: str | None = None,
    cue: str | None = None,
    asserted: bool | None = True,
    names: tuple[tuple[str, str], ...] = (),
) -> Document:
    """A text with one statement."""

    def span(part: str | None) -> Range | None:
        return (text.index(part), text.index(part) + len(part)) if part else None

    pieces = tuple(place for part in content if (place := span(part)))
    return Document(
        "a",
        text,
        tuple((*place, kind) for part, kind in names if (place := span(part))),
        (Attribution(pieces, span(who), None, span(cue), asserted),) if pieces else (),
    )


def labelled(example: Example, role: str) -> list[str]:
    """The words covered by a role's labels."""
    tokens, found = example.analysis.tokens, list[Range]()
    for t, label in zip(tokens, example.roles[role], strict=True):
        if label == 1:
            found.append((t.start, t.end))
        elif label == 2:
            found[-1] = (found[-1][0], t.end)
    return [example.analysis.text[slice(*r)] for r in found]


def pointed(example: Example) -> list[tuple[str | None, ...]]:
    """The words at both ends of each pointer."""
    tokens = example.analysis.tokens
    return [
        tuple(None if i is None else tokens[i].text for i in (p.content, p.speaker, p.cue)) for p in example.pointers
    ]


def test_labels_stand_at_their_tokens() -> None:
    found = to_example(
        one_statement(
            "Mayor Ada Bolt told Coast News that the roof leaks.",
            "that the roof leaks",
            who="Mayor Ada Bolt",
            cue="told",
            names=(("Ada Bolt", "PER"), ("Coast News", "ORG")),
        )
    )
    assert {role: labelled(found, role) for role in ROLES} == {
        "cue": ["told"],
        "content": ["that the roof leaks"],
        "source": ["Mayor Ada Bolt"],
    }
    tags = [(t.text, NAME_TAGS[n]) for t, n in zip(found.analysis.tokens, found.names, strict=True) if n]
    assert tags == [("Ada", "B-PER"), ("Bolt", "I-PER"), ("Coast", "B-ORG"), ("News", "I-ORG")]
    assert pointed(found) == [("that", "Bolt", "told")]


@pytest.mark.parametrize(
    ("text", "pieces", "expect"),
    [
        ('"The roof leaks," Bolt said.', ["The roof leaks,"], ['"The roof leaks,"']),
        ('"The roof leaks," Bolt said.', ['"The roof leaks,"'], ['"The roof leaks,"']),
        ("Bolt said: “The roof leaks.”", ["The roof leaks."], ["“The roof leaks.”"]),
        ("Bolt said the roof “leaks badly”.", ["the roof “leaks badly"], ["the roof “leaks badly”"]),
        ("Bolt said the roof leaks.", ["the roof leaks"], ["the roof leaks"]),
        ("“It leaks,” Bolt said. “Badly.”", ["It leaks,", "Badly."], ["“It leaks,”", "“Badly.”"]),
        ("“It leaks,” Bolt said.\n\n“Badly.”", ["It leaks,", "Badly."], ["“It leaks,”", "“Badly.”"]),
        ("“It leaks.\n\n“Badly,” Bolt said.", ["“It leaks.\n\n“Badly,”"], ["“It leaks.", "“Badly,”"]),
        ('"It leaks." "Badly," Bolt said.', ['"It leaks."', '"Badly,"'], ['"It leaks."', '"Badly,"']),
        ('He wrote "Rain." It leaks, Bolt said.', ["It leaks"], ["It leaks"]),
    ],
)
def test_marks_around_a_content_belong_to_it_and_paragraphs_cut_it(
    text: str, pieces: list[str], expect: list[str]
) -> None:
    assert labelled(to_example(one_statement(text, *pieces, who="Bolt", cue="said")), "content") == expect


@pytest.mark.parametrize(
    ("text", "pieces", "expect"),
    [
        (
            "“It leaks,” Bolt said. “Badly.”",
            ["It leaks,", "Badly."],
            [("“", "Bolt", "said"), ("“", "Bolt", "said")],
        ),
        ("Rain. Bolt said it leaks.", ["it leaks"], [("it", "Bolt", "said")]),
        (
            "It leaks.\n\nBadly, Bolt said.",
            ["It leaks.\n\nBadly"],
            [("It", "Bolt", "said"), ("Badly", "Bolt", "said")],
        ),
    ],
)
def test_each_piece_of_a_content_points_to_its_speaker_and_cue_in_each_paragraph(
    text: str, pieces: list[str], expect: list[tuple[str, ...]]
) -> None:
    assert pointed(to_example(one_statement(text, *pieces, who="Bolt", cue="said"))) == expect


def test_who_has_no_speaker_points_to_nobody() -> None:
    assert pointed(to_example(one_statement("The roof leaks badly.", "The roof leaks"))) == [("The", None, None)]


@pytest.mark.parametrize(
    ("text", "cue", "asserted", "expect"),
    [
        ("Bolt said it leaks.", "said", True, 1),
        ("Bolt said it leaks.", "said", False, 0),
        ("Bolt said it leaks.", "said", None, 1),
        ("Bolt would say it leaks.", "say", None, 0),
        ("Bolt did not say it leaks.", "say", None, 0),
        ("Bolt would say it leaks.", "would say", None, 0),
        ("The roof did not hold, and Bolt said it leaks.", "said", None, 1),
        ("Bolt: it leaks.", None, None, 1),
    ],
)
def test_whether_a_content_is_asserted(text: str, cue: str | None, asserted: bool | None, expect: int) -> None:
    found = to_example(one_statement(text, "it leaks", who="Bolt", cue=cue, asserted=asserted))
    assert [p.asserted for p in found.pointers] == [expect]


def test_what_a_corpus_does_not_label_is_unknown() -> None:
    plain = one_statement("Bolt said it leaks.", "it leaks", who="Bolt", names=(("Bolt", "PER"),))
    unnamed = to_example(replace(plain, names=None))
    assert set(unnamed.names) == {UNKNOWN}
    assert labelled(unnamed, "content") == ["it leaks"]
    named = to_example(replace(plain, attributions=None))
    assert {label for labels in named.roles.values() for label in labels} == {UNKNOWN}
    assert named.names == [NAME_TAGS.index("B-PER"), 0, 0, 0, 0]
    unsure = to_example(replace(plain, names=((0, 4, UNSURE),)))
    assert unsure.names == [UNKNOWN, 0, 0, 0, 0]


def test_our_own_articles_as_examples() -> None:
    for own in documents()[::20]:
        found = to_example(own)
        count = len(found.analysis.tokens)
        assert found.analysis.text == own.text
        assert [len(found.names), *map(len, found.roles.values())] == [count] * 4
        begins = {i for i, label in enumerate(found.roles["content"]) if label == 1}
        pointing = {p.content for p in found.pointers}
        assert begins <= pointing, own.id
        assert all(found.roles["content"][i] for i in pointing), own.id
        assert all(i is None or 0 <= i < count for p in found.pointers for i in (p.speaker, p.cue))


# --- corpora ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: path.stem)
def test_sentences_have_the_words_of_their_cases(path: Path) -> None:
    found = read_sentences(path)
    assert len({d.id for d in found}) == len(found)
    for d, case in zip(found, yaml.safe_load(path.read_text(encoding="utf-8")), strict=True):
        assert d.names is None
        assert [
            {
                "speaker": words(d.text, a.source),
                "cue": words(d.text, a.cue),
                "content": [words(d.text, c) for c in a.content],
            }
            for a in d.attributions or ()
        ] == [{key: row[key] for key in ("speaker", "cue", "content")} for row in case["expect"]], d.id


def test_speakers_and_cues_of_sentences_are_whole_words() -> None:
    spans = [
        (d.text, *span) for p in SENTENCES for d in read_sentences(p) for a in d.attributions or ()
        for span in (a.source, a.cue) if span
    ]  # fmt: skip
    assert spans
    for text, start, end in spans:
        assert re.compile(r"\b" if text[start].isalnum() else "").match(text, start), text
        assert re.compile(r"\b" if text[end - 1].isalnum() else "").match(text, end), text


def test_rows_of_foreign_corpora(tmp_path: Path) -> None:
    text = "Ada said it. It rained."
    quoted = {"content": [[9, 11]], "source": [[0, 3]], "cue": [[4, 8]], "source_head": [0, 3]}
    unquoted = {"content": [[13, 22]], "source": [], "cue": []}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"doc_id": "p", "text": text, "attributions": [quoted, unquoted]}) + "\n\n")
    assert read_polnear(path) == [
        Document(
            "p",
            text,
            None,
            (
                Attribution(((9, 11),), (0, 3), (0, 3), (4, 8), None),
                Attribution(((13, 22),), None, None, None, None),
            ),
        )
    ]
    path.write_text(json.dumps({"doc_id": "c", "text": text, "entities": [{"span": [0, 3], "type": "PER"}]}))
    assert read_conll(path) == [Document("c", text, ((0, 3, "PER"),), None)]


# --- weights ----------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_refining_starts_from_the_answers_of_the_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="only an installation with the extra `train` has torch")
    from training.export import export, restored
    from training.network import pretrained

    export(restored(WEIGHTS, pretrained()), tmp_path / "again.onnx")
    text = read_text("Ada Bolt, who runs the port, said on Monday that the levy would stay.")
    before, after = score(text), score(text, tmp_path / "again.onnx")
    assert np.abs(np.exp(before.logs) - np.exp(after.logs)).max() < ROUNDING

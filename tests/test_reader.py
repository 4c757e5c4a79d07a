"""The reader: windows for the encoder, and decoding of its scores. No test runs the encoder."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from briefing.facts.reader import encoder, windows
from briefing.facts.reader.decoder import UNTAGGED, Segment, _pointed, _tagged, decode, segments
from briefing.facts.reader.encoder import (
    ASSERTED,
    CONTENT,
    CUE,
    NAME_TAGS,
    NAMES,
    ROLE_COLUMNS,
    SOURCE,
    TO_SPEAKER,
    WIDTH,
    Pointers,
    Scores,
)
from briefing.facts.reader.windows import (
    LONGEST,
    MOST_PIECES,
    SHAPES,
    UNKNOWN,
    VOCABULARY,
    Window,
    encode,
    find_windows,
    shape,
    word_pieces,
)
from briefing.model import Analysis, Sentence, Token
from tests.builders import analysis, attribution, sentence
from tests.casebook import analysed, plain_tokens

REMOVED, MARKUP = "#", "*"  # characters that stand for removed text and hidden markup
TALK = "Ada Verne said the roof leaks . Bo Lund nodded"
QUOTED = "Ada Verne said “ leaks badly ” ."


def paragraphs(*texts: str) -> Analysis:
    """An analysis with one paragraph per text."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    start = 0
    for block, text in enumerate(texts):
        for part in text.split(REMOVED):  # a new sentence starts after a removed passage
            first, number = len(tokens), len(sentences)
            tokens += [
                replace(t, start=start + t.start, end=start + t.end, sentence=number, block=block)
                for t in plain_tokens(part)
                if t.text != MARKUP
            ]
            if len(tokens) > first:
                sentences.append(sentence(start, start + len(part), first, len(tokens), f"s{number + 1}", block))
            start += len(part) + len(REMOVED)
        start += 2 - len(REMOVED)
    return analysis("\n\n".join(texts), tuple(tokens), tuple(sentences))


def tagged(found: Analysis, tags: Mapping[str, str]) -> Analysis:
    """The analysis with other parts of speech for some words."""
    return replace(found, tokens=tuple(replace(t, tag=tags.get(t.text, t.tag)) for t in found.tokens))


# --- windows ----------------------------------------------------------------------------------


def numbered(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """The token ranges of consecutive sentences of these lengths."""
    return list(pairwise(itertools.accumulate(lengths, initial=0)))


@pytest.mark.parametrize(
    ("lengths", "expect"),
    [
        ([], []),
        ([5, 5], [Window(0, 10, 0, 10)]),
        ([150, 150], [Window(0, 210, 0, 150), Window(90, 300, 150, 300)]),
        ([200, 5], [Window(0, 205, 0, 205)]),
    ],
)
def test_windows_of_sentences(lengths: list[int], expect: list[Window]) -> None:
    assert list(find_windows(numbered(lengths), [1] * sum(lengths))) == expect


def test_a_long_sentence_is_cut() -> None:
    cores = [(w.core_first, w.core_last) for w in find_windows([(0, 400)], [1] * 400)]
    assert cores == [(0, 190), (190, 380), (380, 400)]


@given(st.lists(st.integers(1, 300), max_size=8), st.integers(0, 1000))
def test_every_token_is_in_one_core_and_its_context_is_beside_it(lengths: list[int], seed: int) -> None:
    sizes = random.Random(seed).choices(range(1, 7), k=sum(lengths))
    sentence_of = [n for n, length in enumerate(lengths) for _ in range(length)]
    found = list(find_windows(numbered(lengths), sizes))
    assert [i for w in found for i in range(w.core_first, w.core_last)] == list(range(len(sizes)))
    for w in found:
        assert 0 <= w.first <= w.core_first < w.core_last <= w.last <= len(sizes)
        assert sum(sizes[w.core_first : w.core_last]) <= LONGEST
        for context in (slice(w.first, w.core_first), slice(w.core_last, w.last)):
            assert sum(sizes[context]) <= windows.CONTEXT
            assert len(set(sentence_of[context])) <= 1


@pytest.mark.parametrize("lengths", [[60, 190, 60], [60, 110, 60], [400]])
def test_no_window_is_longer_than_the_longest(lengths: list[int]) -> None:
    assert all(w.last - w.first <= LONGEST for w in find_windows(numbered(lengths), [1] * sum(lengths)))


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["Ada said it."],
        ["Ünlü met 屋顶", "“No”, she said", "antidisestablishmentarianism " * 3],
        ["the roof leaks " * 200, "Bo nodded"],
    ],
)
def test_article_is_encoded_as_ids(texts: list[str]) -> None:
    analysis = paragraphs(*texts)
    tokens = analysis.tokens
    labelled = 0
    for encoded in encode(analysis):
        inside = range(encoded.window.first, encoded.window.last)
        pieces = [word_pieces(tokens[i].text) for i in inside]
        assert encoded.ids == (windows.CLS, *itertools.chain(*pieces), windows.SEP)
        assert [encoded.ids[s] for s in encoded.starts] == [p[0] for p in pieces]
        assert len(encoded.features) == len(encoded.ids)
        opens = [i == 0 or tokens[i].block != tokens[i - 1].block for i in inside]
        assert [encoded.features[s] for s in encoded.starts] == [
            shape(tokens[i].text) + SHAPES * first for i, first in zip(inside, opens, strict=True)
        ]
        labelled += encoded.window.core_last - encoded.window.core_first
    assert labelled == len(tokens)


@pytest.mark.parametrize(
    ("word", "same_as"),
    [("``", '"'), ("''", '"'), ("＂", '"'), ("Ünlü", "unlu"), ("ROOF", "roof"), ("é", "e")],
)
def test_words_with_the_same_pieces(word: str, same_as: str) -> None:
    assert word_pieces(word) == word_pieces(same_as)


@pytest.mark.parametrize(
    ("word", "count"),
    [("roof", 1), ("屋顶", 2), ("antidisestablishmentarianism" * 3, MOST_PIECES), ("x" * 101, 1), ("\u200b", 1)],
)
def test_how_many_pieces_a_word_has(word: str, count: int) -> None:
    assert len(word_pieces(word)) == count


@given(st.text(max_size=120))
@example("[CLS]")
@example("[SEP] said")
def test_every_word_has_some_pieces_and_a_shape(word: str) -> None:
    pieces = word_pieces(word)
    assert 1 <= len(pieces) <= MOST_PIECES
    assert windows.CLS not in pieces
    assert windows.SEP not in pieces
    assert 0 <= shape(word) < SHAPES


def test_words_without_known_pieces_are_unknown() -> None:
    assert word_pieces("\u200b") == word_pieces("x" * 101) == (UNKNOWN,)


@pytest.mark.parametrize(
    ("words", "expect"),
    [
        (", “ ” ... - '' &", windows.MARK),
        ("12 2011", windows.DIGITS),
        ("1,000 G20 3rd", windows.WITH_DIGIT),
        ("$ + ½ =", windows.OTHER_SIGN),
        ("roof é o'clock", windows.LOWER),
        ("A Ü A.", windows.CAPITAL_LETTER),
        ("EU U.S. BÖRSE", windows.CAPITALS),
        ("Roof Ünlü St.", windows.CAPITALISED),
        ("iPhone O'Brien McKay 屋顶", windows.MIXED),
    ],
)
def test_shapes_of_words(words: str, expect: int) -> None:
    assert {word: shape(word) for word in words.split()} == dict.fromkeys(words.split(), expect)


# --- segments ---------------------------------------------------------------------------------


def logs_for(*rows: tuple[float, float, float]) -> list[list[float]]:
    return np.log(np.array(rows)).tolist()


O, B, I = (0.9, 0.05, 0.05), (0.05, 0.9, 0.05), (0.05, 0.05, 0.9)  # noqa: E741
WEAK, SPLIT = (0.4, 0.5, 0.1), (0.1, 0.5, 0.4)


@pytest.mark.parametrize(
    ("rows", "penalties", "cuts", "expect"),
    [
        ([O, B, I, I, O], (1.0, 1.0), (), [(1, 4)]),
        ([B, B, O], (1.0, 1.0), (), [(0, 1), (1, 2)]),
        ([B, B, O], (1.0, 4.0), (), [(0, 1)]),
        ([B, SPLIT, I, O], (0.0, 0.0), (), [(0, 1), (1, 3)]),
        ([B, SPLIT, I, O], (0.0, 1.0), (), [(0, 3)]),
        ([B, O, B], (0.0, 4.0), (), [(0, 1), (2, 3)]),
        ([B, I, I, I], (1.0, 1.0), (2,), [(0, 2), (2, 4)]),
        ([B, I, O, O], (1.0, 1.0), (2,), [(0, 2)]),
        ([O, WEAK, O], (0.0, 1.0), (), [(1, 2)]),
        ([O, WEAK, O], (1.0, 0.0), (), []),
        ([WEAK, O], (1.0, 0.0), (), []),
        ([O, O], (0.0, 0.0), (), []),
        ([B], (0.0, 0.0), (), [(0, 1)]),
    ],
)
def test_the_best_segments(
    rows: list[tuple[float, float, float]], penalties: tuple[float, float], cuts: tuple[int, ...], expect: list[Segment]
) -> None:
    assert segments(logs_for(*rows), penalties, [i == 0 or i in cuts for i in range(len(rows))]) == expect


LOG = st.floats(-30, 0)


@given(
    st.lists(st.tuples(st.tuples(LOG, LOG, LOG), st.booleans()), min_size=1, max_size=5),
    *[st.sampled_from((0, 1, 4))] * 2,
)
def test_no_other_segments_within_the_cuts_score_higher(
    rows: list[tuple[tuple[float, float, float], bool]], first: float, again: float
) -> None:
    logs = [row for row, _ in rows]
    cuts = [True, *(cut for _, cut in rows[1:])]

    def value(path: Sequence[int]) -> float:
        begins = [i for i, state in enumerate(path) if state == 1]
        splits = sum(i > 0 and path[i - 1] != 0 for i in begins)
        labels = sum(row[state] for row, state in zip(logs, path, strict=True))
        return labels - first * (len(begins) - splits) - again * splits

    found = segments(logs, (first, again), cuts)
    assert all(a < b for a, b in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert not any(any(cuts[a + 1 : b]) for a, b in found)
    allowed = [
        path
        for path in itertools.product(range(3), repeat=len(logs))
        if all(state != 2 or (not cuts[i] and path[i - 1] != 0) for i, state in enumerate(path))
    ]
    assert value(tags(found, len(logs))) == pytest.approx(max(map(value, allowed)))


def tags(found: Sequence[Segment], count: int) -> list[int]:
    """Segments as tags O, B and I."""
    path = [0] * count
    for first, last in found:
        path[first:last] = [1] + [2] * (last - first - 1)
    return path


@given(st.lists(st.lists(LOG, min_size=len(NAME_TAGS), max_size=len(NAME_TAGS)), min_size=1, max_size=3))
def test_no_other_names_score_higher_in_which_each_inside_follows_its_own_kind(logs: list[list[float]]) -> None:
    def follows(tag: int, before: int) -> bool:
        return NAME_TAGS[tag][0] != "I" or NAME_TAGS[before][1:] == NAME_TAGS[tag][1:]

    def value(path: Sequence[int]) -> float:
        return sum(row[tag] for row, tag in zip(logs, path, strict=True))

    path = [0] * len(logs)
    for first, last, kind in _tagged(logs, 0):
        begin = NAME_TAGS.index(f"B-{kind}")
        path[first:last] = [begin] + [begin + 1] * (last - first - 1)
    allowed = (
        p
        for p in itertools.product(range(len(NAME_TAGS)), repeat=len(logs))
        if all(follows(tag, before) for before, tag in pairwise((0, *p)))
    )
    assert value(path) == pytest.approx(max(map(value, allowed)))


# --- pointers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "first", "shares", "candidates", "expect", "mass"),
    [
        ("two words together", 0, [0.1, 0.25, 0.25, 0.0, 0.4], [(0, 2), (3, 4)], (0, 2), 0.5),
        ("nobody", 0, [0.5, 0.2, 0.2, 0.1, 0.0], [(0, 2), (2, 3)], None, 0.5),
        ("an untagged word", 0, [0.1, 0.1, 0.0, 0.8, 0.0], [(0, 2)], (2, 3), 0.8 * UNTAGGED[TO_SPEAKER]),
        ("an untagged word loses", 0, [0.1, 0.2, 0.2, 0.5, 0.0], [(0, 2)], (0, 2), 0.4),
        ("an untagged word, or nobody", 0, [0.5, 0.0, 0.0, 0.5, 0.0], [], None, 0.5),
        ("a segment that begins before the window", 10, [0.1, 0.3, 0.3, 0.3], [(8, 12)], (8, 12), 0.6),
        ("a segment that goes on behind it", 10, [0.1, 0.0, 0.4, 0.4], [(11, 20)], (11, 20), 0.8),
        (
            "segments outside of the window",
            10,
            [0.1, 0.8, 0.1],
            [(0, 10), (12, 14)],
            (10, 11),
            0.8 * UNTAGGED[TO_SPEAKER],
        ),
    ],
)
def test_where_a_pointer_points(
    label: str, first: int, shares: list[float], candidates: list[Segment], expect: Segment | None, mass: float
) -> None:
    found, share = _pointed(Pointers(first, np.array([shares])), TO_SPEAKER, candidates)
    assert found == expect, label
    assert share == pytest.approx(mass)


# --- decoding ---------------------------------------------------------------------------------


def scores_for(
    count: int,
    content: Sequence[Segment] = (),
    source: Sequence[Segment] = (),
    cue: Sequence[Segment] = (),
    names: Sequence[tuple[int, int, str]] = (),
    pointers: Mapping[int, Pointers] | None = None,
) -> Scores:
    """Confident scores for these segments and names; everything is asserted."""
    columns = [
        part.start + np.array(tags(at, count), dtype=int)
        for part, at in ((CONTENT, content), (SOURCE, source), (CUE, cue))
    ]
    named = np.zeros(count, dtype=int)
    for first, last, kind in names:
        named[first:last] = NAME_TAGS.index(f"I-{kind}")
        named[first] = NAME_TAGS.index(f"B-{kind}")
    shares = np.full((count, WIDTH), 1e-4)
    for chosen in (*columns, named, np.full(count, ASSERTED.start + 1)):
        shares[np.arange(count), chosen] = 0.999
    return Scores(np.log(shares, dtype=np.float32), dict(pointers or {}))


def pointing(count: int, speaker: Mapping[int, float], cue: Mapping[int, float]) -> Pointers:
    """Pointer scores over the whole article; -1 stands for nobody."""
    shares = np.zeros((2, 1 + count), dtype=np.float32)
    for which, targets in enumerate((speaker, cue)):
        for at, share in targets.items():
            shares[which, 1 + at] = share
    return Pointers(0, shares)


def test_contents_get_speakers_and_cues() -> None:
    pointers = {3: pointing(10, {0: 0.3, 1: 0.6, 8: 0.1}, {2: 0.9, -1: 0.1})}
    scores = scores_for(10, [(3, 6)], [(0, 2), (7, 9)], [(2, 3)], [(0, 2, "PER"), (7, 9, "PER")], pointers)
    names, found = decode(paragraphs(TALK), scores)
    assert [(TALK[n.start : n.end], n.label, n.first, n.last) for n in names] == [
        ("Ada Verne", "PERSON", 0, 2),
        ("Bo Lund", "PERSON", 7, 9),
    ]
    assert found == (attribution((3, 6), (0, 2), (2, 3), pytest.approx(0.999), pytest.approx(0.9, abs=0.001)),)


def test_content_without_a_speaker_has_half_the_confidence() -> None:
    nobody = pointing(10, {-1: 0.9, 0: 0.1}, {-1: 0.9, 2: 0.1})
    count = len(paragraphs(QUOTED).tokens)
    (found,) = decode(paragraphs(QUOTED), scores_for(count, [(3, 7)], [(0, 2)], [(2, 3)], pointers={3: nobody}))[1]
    assert (found.speaker, found.cue) == (None, None)
    assert found.confidence == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize(
    ("label", "text", "content", "share", "kept"),
    [
        ("sure", TALK, (3, 6), 0.9, True),
        ("unsure", TALK, (3, 6), 0.4, False),
        ("unsure, in marks", QUOTED, (3, 7), 0.4, True),
        ("unsure, the mark before it", QUOTED, (4, 6), 0.4, True),
        ("very unsure, in marks", QUOTED, (3, 7), 0.1, False),
        ("one word", TALK, (5, 6), 0.9, True),
        ("one word that says nothing", TALK, (3, 4), 0.9, False),
        ("one word in marks", QUOTED, (3, 5), 0.9, True),
        ("no word in marks", QUOTED, (6, 7), 0.9, False),
    ],
)
def test_uncertain_contents_are_dropped(label: str, text: str, content: Segment, share: float, kept: bool) -> None:
    analysis = tagged(paragraphs(text), {"the": "DT"})
    count = len(analysis.tokens)
    pointers = {content[0]: pointing(count, {1: share}, {2: share})}
    found = decode(analysis, scores_for(count, [content], [(0, 2)], [(2, 3)], pointers=pointers))[1]
    assert [a.content for a in found] == ([content] if kept else []), label


@pytest.mark.parametrize(
    ("label", "text", "cues", "certain", "expect"),
    [
        ("its cue has no other", TALK, [(2, 3)], [], [(4, 6)]),
        ("its cue has another", TALK, [(2, 3)], [(7, 9)], [(7, 9)]),
        ("another cue has the other", TALK, [(2, 3), (9, 10)], [(7, 9)], [(4, 6), (7, 9)]),
        ("no cue", TALK, [], [], []),
        ("in quotation marks", QUOTED, [(2, 3)], [], []),
    ],
)
def test_a_doubtful_content_needs_a_cue_of_its_own(
    label: str, text: str, cues: list[Segment], certain: list[Segment], expect: list[Segment]
) -> None:
    analysis = paragraphs(text)
    count = len(analysis.tokens)
    pointers = {4: pointing(count, {0: 0.9}, {2: 0.9}), 7: pointing(count, {0: 0.9}, {cues[-1][0] if cues else 2: 0.9})}
    scores = scores_for(count, certain, [(0, 2)], cues, pointers=pointers)
    scores.logs[4, CONTENT] = np.log([0.2, 0.79, 0.01])  # the odds of a content are between the two penalties
    scores.logs[5, CONTENT] = np.log([0.4, 0.01, 0.59])
    assert [a.content for a in decode(analysis, scores)[1]] == expect, label


def test_a_content_without_a_pointer_is_left_out() -> None:
    assert decode(paragraphs(TALK), scores_for(10, [(3, 6)])) == ((), ())


@pytest.mark.parametrize(
    ("kind", "tag", "words", "label"),
    [
        ("PER", "NNP", "Ada Verne", "PERSON"),
        ("ORG", "NNP", "Coast News", "ORG"),
        ("LOC", "NNP", "Sull", "GPE"),
        ("MISC", "NNP", "Harbour Act", "MISC"),
        ("MISC", "JJ", "Danish", "NORP"),
        ("MISC", "NNPS", "Danes", "NORP"),
        ("MISC", "JJ", "Act on the Danish", "MISC"),
    ],
)
def test_kinds_of_names(kind: str, tag: str, words: str, label: str) -> None:
    analysis = paragraphs(words)
    analysis = replace(analysis, tokens=tuple(replace(t, tag=tag) for t in analysis.tokens))
    count = len(analysis.tokens)
    names, _ = decode(analysis, scores_for(count, names=[(0, count, kind)]))
    assert [(n.start, n.end, n.label) for n in names] == [(0, len(words), label)]


@pytest.mark.parametrize(
    ("texts", "expect"),
    [
        (["it said the roof leaks"], (2, 5)),
        (["it said the", "roof leaks"], (3, 5)),
        (["it said the # roof leaks"], (3, 5)),
        (["it said **the roof leaks**"], (2, 5)),
        pytest.param(
            ["it said the **roof** leaks"],
            (2, 5),
            id="markup inside",
        ),
    ],
)
def test_paragraphs_and_removed_passages_cut_a_content(texts: list[str], expect: Segment) -> None:
    analysis = tagged(paragraphs(*texts), {"the": "DT"})  # alone it is no content
    scores = scores_for(5, [(2, 5)], pointers={i: pointing(5, {0: 0.9}, {1: 0.9}) for i in range(5)})
    scores.logs[3:, CONTENT] = np.log([1e-4, 0.3, 0.6])  # I, else B
    assert [a.content for a in decode(analysis, scores)[1]] == [expect]


def test_an_article_without_words() -> None:
    assert decode(paragraphs(), scores_for(0)) == ((), ())


WORDS = ("Ada", "said", "“", "”", '"', ",", "12", "it", REMOVED)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), max_size=3),
    st.integers(0, 2**32 - 1),
    st.sampled_from((0.1, 3.0, 30.0)),
)
def test_any_scores_can_be_decoded(texts: list[str], seed: int, spread: float) -> None:
    analysis = paragraphs(*texts)
    tokens = analysis.tokens
    names, found = decode(analysis, any_scores(len(tokens), np.random.default_rng(seed), spread))
    for n in names:
        assert (n.start, n.end) == (tokens[n.first].start, tokens[n.last - 1].end)
    for ranges in ([(n.first, n.last) for n in names], [a.content for a in found]):
        assert all(one[1] <= other[0] for one, other in pairwise(ranges))
    every = [(n.first, n.last) for n in names] + [r for a in found for r in (a.content, a.speaker, a.cue) if r]
    for first, last in every:
        assert 0 <= first < last <= len(tokens)
        words = analysis.text[tokens[first].start : tokens[last - 1].end]
        assert "\n\n" not in words
        assert REMOVED not in words
    assert all(0 <= a.asserted <= 1.001 and 0 <= a.confidence <= 1.001 for a in found)


def any_scores(count: int, chance: np.random.Generator, spread: float) -> Scores:
    """Random scores: normalised per head, for windows of any length."""
    logs = (chance.standard_normal((count, WIDTH)) * spread).astype(np.float32)
    for columns in (NAMES, *ROLE_COLUMNS, ASSERTED):
        logs[:, columns] -= np.logaddexp.reduce(logs[:, columns], axis=1, keepdims=True)
    pointers = {}
    for i in range(count):
        first, last = int(chance.integers(0, i + 1)), int(chance.integers(i + 1, count + 1))
        shares = chance.dirichlet([0.3] * (1 + last - first), 2)
        pointers[i] = Pointers(first, shares.astype(np.float32))
    return Scores(logs, pointers)


# --- word pieces ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library() -> Tokenizer:
    """The `tokenizers` library with the same vocabulary."""
    found = Tokenizer(WordPiece.from_file(str(VOCABULARY), unk_token="[UNK]", max_input_chars_per_word=100))
    found.normalizer = BertNormalizer(lowercase=True, strip_accents=True)
    found.pre_tokenizer = BertPreTokenizer()
    return found


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=20))
@example("Lindqvist’s")
@example("東京で")
@example("İstanbul")
@example("Łódź—½")
def test_word_pieces_are_those_of_the_library(library: Tokenizer, word: str) -> None:
    expected = tuple(library.encode(word, add_special_tokens=False).ids[:MOST_PIECES]) or (UNKNOWN,)
    assert word_pieces(word) == expected


# --- the same answers -------------------------------------------------------------------------


def test_an_answer_depends_on_the_window_alone() -> None:
    """An article has the same scores alone and after another one, on one thread and on two."""
    _, analysis = analysed("Ada Bolt said that the roof leaks. “Nobody mends it,” she told the Gazette in May.")
    once, again = encoder.score(analysis), encoder.score(analysis)
    assert (once.logs == again.logs).all()
    assert encoder.load_session(encoder.WEIGHTS).get_session_options().intra_op_num_threads == 1


def test_the_weights_are_small_enough_and_have_a_card() -> None:
    assert encoder.WEIGHTS.stat().st_size <= 25_000_000
    assert (encoder.WEIGHTS.parent / "MODEL_CARD.md").is_file()

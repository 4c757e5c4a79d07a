"""Analysis -> windows: what the encoder reads at once.

A window is a run of whole sentences, its core, with up to a sentence of context on each side. Every token is in the
core of exactly one window; its labels come from there. A sentence that is longer than a window is cut.

Each token becomes one to six word pieces and one feature code: the shape of its letters (the vocabulary is lower
case), and whether a paragraph begins with it (the encoder sees no line ends).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Analysis
from briefing.reader.pieces import CLS, SEP, word_pieces

LONGEST = 220  # word pieces of a core with its context
CONTEXT = 60  # word pieces of context on each side, fewer beside a long core
MARGIN = 30  # word pieces fewer than LONGEST at which a sentence is cut

# The shapes of words, as numbers.
MARK, DIGITS, WITH_DIGIT, OTHER_SIGN, LOWER, CAPITAL_LETTER, CAPITALS, CAPITALISED, MIXED = range(9)
SHAPES = 9
FEATURES = 2 * SHAPES  # a shape, with or without the beginning of a paragraph


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens first..last-1, of which core_first..core_last-1 are labelled here."""

    first: int
    last: int
    core_first: int
    core_last: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window as numbers. `starts` has the place of each token's first word piece."""

    window: Window
    ids: tuple[int, ...]
    features: tuple[int, ...]
    starts: tuple[int, ...]


def encode(analysis: Analysis) -> Iterator[Encoded]:
    """The windows of an article, in order."""
    tokens = analysis.tokens
    pieces = [word_pieces(t.text) for t in tokens]
    opens = [i == 0 or tokens[i - 1].block != t.block for i, t in enumerate(tokens)]
    features = [shape(t.text) + SHAPES * first for t, first in zip(tokens, opens, strict=True)]
    for window in find_windows([(s.first, s.last) for s in analysis.sentences], [len(p) for p in pieces]):
        ids, codes, starts = [CLS], [MARK], []
        for i in range(window.first, window.last):
            starts.append(len(ids))
            ids += pieces[i]
            codes += [features[i]] * len(pieces[i])
        yield Encoded(window, (*ids, SEP), (*codes, MARK), tuple(starts))


def find_windows(sentences: Sequence[tuple[int, int]], sizes: Sequence[int]) -> Iterator[Window]:
    """Windows over sentences (token ranges in order); `sizes` has the number of word pieces of each token."""
    parts = [part for first, last in sentences for part in _cut(first, last, sizes)]
    lengths = [sum(sizes[first:last]) for first, last in parts]
    at = 0
    while at < len(parts):
        used = min(lengths[at - 1], CONTEXT) if at else 0
        end = at
        while end < len(parts) and (end == at or used + lengths[end] + _next(lengths, end) <= LONGEST):
            used += lengths[end]
            end += 1
        core_first, core_last = parts[at][0], parts[end - 1][1]
        room = max(0, LONGEST - sum(lengths[at:end]))
        before = min(lengths[at - 1], CONTEXT, max(room // 2, room - _next(lengths, end - 1))) if at else 0
        first = _back(core_first, parts[at - 1][0], sizes, before) if at else core_first
        last = _forth(core_last, parts[end][1], sizes, min(CONTEXT, room - before)) if end < len(parts) else core_last
        yield Window(first, last, core_first, core_last)
        at = end


def _cut(first: int, last: int, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The sentence in parts that fit into a window."""
    start, length = first, 0
    for i in range(first, last):
        if length + sizes[i] > LONGEST - MARGIN:
            yield start, i
            start, length = i, 0
        length += sizes[i]
    if start < last:
        yield start, last


def _next(lengths: Sequence[int], i: int) -> int:
    return min(lengths[i + 1], CONTEXT) if i + 1 < len(lengths) else 0


def _back(end: int, low: int, sizes: Sequence[int], room: int) -> int:
    length = 0
    while end > low and length + sizes[end - 1] <= room:
        end -= 1
        length += sizes[end]
    return end


def _forth(start: int, high: int, sizes: Sequence[int], room: int) -> int:
    length = 0
    while start < high and length + sizes[start] <= room:
        length += sizes[start]
        start += 1
    return start


@functools.lru_cache(maxsize=100_000)
def shape(word: str) -> int:
    """What the letters of a word look like."""
    if word.isdigit():
        return DIGITS
    if any(c.isdigit() for c in word):
        return WITH_DIGIT
    if not any(c.isalpha() for c in word):
        return MARK if all(unicodedata.category(c)[0] == "P" for c in word) else OTHER_SIGN
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITAL_LETTER if sum(c.isalpha() for c in word) == 1 else CAPITALS
    return CAPITALISED if word[0].isupper() and word[1:].islower() else MIXED

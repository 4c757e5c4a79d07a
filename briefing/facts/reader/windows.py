"""Analysis -> windows: what the encoder reads at once, as numbers.

A window is a run of whole sentences, its core, with up to a sentence of context on each side. Every token is in the
core of exactly one window, which labels it. A sentence that is longer than a window is cut.

Each token becomes one to six word pieces of BERT's vocabulary ("Lindqvist": lind ##q ##vis ##t) and one feature code:
the shape of its letters, because the vocabulary is lower case, and whether it begins a paragraph, because the encoder
sees no line ends. The `tokenizers` library brings 35 MB of packages that we don't need; a test compares our word pieces
with it.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.model import Analysis

VOCABULARY = Path(__file__).parent / "weights" / "vocab.txt"
CLS, SEP, UNKNOWN = 101, 102, 100
MOST_PIECES = 6  # of a word; the rest of a longer word says nothing about it
LONGEST_WORD = 100  # characters; a longer one is unknown
SAME_MARK = {"``": '"', "''": '"', "＂": '"'}
ASCII_SIGNS = frozenset("$+<=>^`|~")  # signs that the vocabulary treats as punctuation
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip

LONGEST = 220  # word pieces of a core with its context
CONTEXT = 60  # word pieces of context on each side, fewer beside a long core
MARGIN = 30  # a sentence is cut at this many word pieces below LONGEST

# The shapes of words, as numbers.
MARK, DIGITS, WITH_DIGIT, OTHER_SIGN, LOWER, CAPITAL_LETTER, CAPITALS, CAPITALISED, MIXED = range(9)
SHAPES = 9
FEATURES = 2 * SHAPES  # a shape, with or without the beginning of a paragraph


# --- windows ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens first..last-1, of which core_first..core_last-1 are labelled here."""

    first: int
    last: int
    core_first: int
    core_last: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window as numbers."""

    window: Window
    ids: tuple[int, ...]
    features: tuple[int, ...]
    starts: tuple[int, ...]  # the place of each token's first word piece


def encode(analysis: Analysis) -> Iterator[Encoded]:
    """Yield the windows of an article, in order."""
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
    """Yield windows over sentences (token ranges in order), given the number of word pieces of each token."""
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
    """Split a sentence into parts that fit into a window."""
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


# --- words as numbers -------------------------------------------------------------------------


@functools.lru_cache(maxsize=100_000)
def word_pieces(word: str) -> tuple[int, ...]:
    """Return the numbers of a word's first pieces; at least one."""
    found = [n for part in _parts(SAME_MARK.get(word, word)) for n in _pieces(part)]
    return tuple(found[:MOST_PIECES]) or (UNKNOWN,)


def _pieces(part: str) -> list[int]:
    """Cut off the longest piece that the vocabulary has, then the longest of the rest, and so on."""
    numbers = _vocabulary()
    if len(part) > LONGEST_WORD:
        return [UNKNOWN]
    found: list[int] = []
    start = 0
    while start < len(part):
        prefix = "##" if start else ""
        end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in numbers), None)
        if end is None:
            return [UNKNOWN]
        found.append(numbers[prefix + part[start:end]])
        start = end
    return found


def _parts(word: str) -> Iterator[str]:
    """Yield the word in lower case without accents, each punctuation mark and ideograph by itself."""
    part = ""
    for c in _plain(word):
        if _is_space(c) or _stands_alone(c):
            if part:
                yield part
            part = ""
            if not _is_space(c):
                yield c
        else:
            part += c
    if part:
        yield part


def _plain(word: str) -> str:
    kept = "".join(c for c in word if _is_space(c) or (unicodedata.category(c) not in INVISIBLE and c != "\ufffd"))
    bare = "".join(c for c in unicodedata.normalize("NFD", kept) if unicodedata.category(c) != "Mn")
    return bare.lower()


def _is_space(c: str) -> bool:
    return c in "\t\n\r" or unicodedata.category(c) == "Zs"


def _stands_alone(c: str) -> bool:
    if c in ASCII_SIGNS or unicodedata.category(c)[0] == "P":
        return True
    return any(low <= ord(c) <= high for low, high in IDEOGRAPHS)


@functools.cache
def _vocabulary() -> dict[str, int]:
    return {piece: n for n, piece in enumerate(VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1])}


@functools.lru_cache(maxsize=100_000)
def shape(word: str) -> int:
    """Return the code of what the letters of a word look like."""
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

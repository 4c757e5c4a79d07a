"""Words -> numbers of word pieces, as BERT's vocabulary has them.

    word_pieces("Lindqvist")     lind ##q ##vis ##t

The library for this (`tokenizers`) brings a client for downloads with it, 35 MB of packages that we never use. What is
needed of it is here, and a test compares the two.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

VOCABULARY = Path(__file__).parent / "weights" / "vocab.txt"
CLS, SEP, UNKNOWN = 101, 102, 100
MOST_PIECES = 6  # of a word; what follows in a longer word says nothing about it
LONGEST_WORD = 100  # characters; a longer one is unknown
SAME_MARK = {"``": '"', "''": '"', "＂": '"'}
ASCII_SIGNS = frozenset("$+<=>^`|~")  # signs that the vocabulary treats as punctuation
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@functools.lru_cache(maxsize=100_000)
def word_pieces(word: str) -> tuple[int, ...]:
    """The numbers of a word's first pieces; at least one."""
    found = [n for part in _parts(SAME_MARK.get(word, word)) for n in _pieces(part)]
    return tuple(found[:MOST_PIECES]) or (UNKNOWN,)


def _pieces(part: str) -> list[int]:
    """The longest piece that the vocabulary has, then the longest of what is left, and so on."""
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
    """The word in lower case without accents, apart from its punctuation and ideographs."""
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

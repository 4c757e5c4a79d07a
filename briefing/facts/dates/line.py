"""Words of one sentence, cut finer than the language model cuts them.

The model leaves "mid-1980s", "22nd" or "2010/5/4" whole or not, as it pleases. Here digits, letters and
signs always come apart (`mid - 1980 s`), so that every recogniser sees one shape. A `Word` remembers where
it stands in the text and to which token it belongs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.model import Analysis, Sentence

# "p.m." stays one piece; else a run of digits, a run of letters, or one sign.
PIECE = re.compile(r"[ap]\.\s?m\b\.?|\d+|[^\W\d_]+|\S", re.IGNORECASE)
COMPOUND = re.compile(r"\d|\w[-‐‑–]\w")  # "22nd", "year-ago"
APOSTROPHES = frozenset("’‘`´")
DASHES = frozenset("‐‑‒–—−")
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})


class Word(NamedTuple):
    low: str  # lower case, apostrophes and dashes made plain
    raw: str
    start: int
    end: int
    glued: bool  # nothing between it and the word before
    tag: str  # of its token; "" outside an analysis
    token: int  # index in Analysis.tokens; -1 outside an analysis
    name: str  # label of the name it stands in, or ""


NOTHING = Word("", "", 0, 0, False, "", -1, "")


class Line:
    """A sequence of words that answers for any index, also outside."""

    __slots__ = ("size", "words")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.size = len(words)

    def __getitem__(self, i: int) -> Word:
        return self.words[i] if 0 <= i < self.size else NOTHING

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < self.size else ""

    def says(self, i: int, *lows: str) -> bool:
        """Do these words stand at i?"""
        for low in lows:
            if self.low(i) != low:
                return False
            i += 1
        return True

    def skip(self, i: int, *lows: str) -> int:
        """The place after an optional word."""
        return i + 1 if 0 <= i < self.size and self.words[i].low in lows else i


def plain(text: str) -> str:
    low = text.lower()
    if len(low) == 1:
        return "'" if low in APOSTROPHES else "-" if low in DASHES else low
    return low


def read_words(text: str) -> Line:
    """A line from a string that nobody has analysed."""
    words: list[Word] = []
    for m in PIECE.finditer(text):
        glued = bool(words) and words[-1].end == m.start()
        words.append(Word(plain(m.group()), m.group(), m.start(), m.end(), glued, "", -1, ""))
    return Line(words)


def read_sentences(analysis: Analysis, cores: frozenset[str]) -> list[Line]:
    """A line for each sentence, empty where it has neither a digit nor one of the words without which no
    date is. "Sept." cut off from its "30" by the sentence splitter is put back."""
    names = {i: e.label for e in analysis.entities if e.label in NAMES for i in range(e.first, e.last)}
    lines: list[Line] = []
    block = -1
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : sentence.last]
        words = _words(analysis, sentence, names) if any(_telling(t.text, cores) for t in tokens) else []
        if lines and sentence.block == block and _cut_off(lines[-1], words):
            lines[-1] = Line(lines[-1].words + words)
        else:
            lines.append(Line(words))
        block = sentence.block
    return lines


def _telling(text: str, cores: frozenset[str]) -> bool:
    return text.lower() in cores if text.isalpha() else COMPOUND.search(text) is not None


def _cut_off(line: Line, words: list[Word]) -> bool:
    """Did the splitter take the full stop of an abbreviation for a sentence's end? Only once in a row,
    so that a line of a thousand such pairs is not copied a thousand times."""
    if line.size > 400 or line.size < 2 or not words or not words[0].low.isdigit():
        return False
    return line[line.size - 1].low == "." and line[line.size - 2].low in {
        "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec", "no",
    }  # fmt: skip


def _words(analysis: Analysis, sentence: Sentence, names: dict[int, str]) -> list[Word]:
    words: list[Word] = []
    before = -1
    for i in range(sentence.first, sentence.last):
        token = analysis.tokens[i]
        name = names.get(i, "")
        if token.text.isalpha():
            words.append(
                Word(token.text.lower(), token.text, token.start, token.end, token.start == before, token.tag, i, name)
            )
        else:
            whole = len(token.text) == token.end - token.start  # else markup characters stand inside
            for m in PIECE.finditer(token.text):
                start = token.start + m.start() if whole else token.start
                end = token.start + m.end() if whole else token.end
                glued = m.start() > 0 if m.start() else token.start == before
                words.append(Word(plain(m.group()), m.group(), start, end, glued, token.tag, i, name))
        before = token.end
    return words

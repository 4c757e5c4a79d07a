"""Find words that a person copied from the source or the page.

    Places(article).find("the Ministry of Ports")   ->   (Span(120, 145),)

Words are compared as a reader sees them: without markup, with single spaces and straight quotation marks. So words
copied from the page are found, and a new line break changes nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from rapidfuzz import fuzz

from briefing.facts import kind_of
from briefing.model import Article, Fact, Mention, Removed, Span

SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "})
SPACE = re.compile(r"\s+")
LETTER = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")  # of scripts that put spaces between words
SEARCHED = 200_000  # characters in which the nearest words are looked for
WORD = re.compile(r"\S+")
MARGIN = 30  # characters around the likeness in which whole words are chosen
LIKE = 60  # of 100: below, the nearest words help nobody
Stretch = Span | Removed | Mention


class Places:
    """The visible text of an article, with the place of each character in `Article.text`."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        kept: list[int] = []
        at = 0
        for cut in article.hidden:
            kept.extend(range(at, max(at, cut.start)))
            at = max(at, cut.end)
        kept.extend(range(at, len(self.text)))
        self.places = [i for n, i in enumerate(kept) if not (self._blank(i) and n and self._blank(kept[n - 1]))]
        self.seen = SPACE.sub(" ", "".join(self.text[i] for i in self.places)).translate(SAME)
        self.found: dict[str, tuple[Span, ...]] = {}

    def _blank(self, place: int) -> bool:
        return self.text[place].isspace()

    def find(self, words: str) -> tuple[Span, ...]:
        """Return every place where these whole words occur."""
        wanted = SPACE.sub(" ", words.strip()).translate(SAME)
        if wanted not in self.found:
            self.found[wanted] = tuple(self._find(wanted))
        return self.found[wanted]

    def _find(self, wanted: str) -> Iterator[Span]:
        at = self.seen.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            whole = not self._inside_word(at) and not self._inside_word(end)
            if whole:
                yield Span(self.places[at], self.places[end - 1] + 1)
            at = self.seen.find(wanted, end if whole else at + 1)

    def words(self, span: Span) -> str:
        """Return the visible words of a place; `find` returns the place for them."""
        first, last = bisect_left(self.places, span.start), bisect_left(self.places, span.end)
        return " ".join("".join(self.text[i] for i in self.places[first:last]).split())

    def _inside_word(self, at: int) -> bool:
        return 0 < at < len(self.seen) and bool(LETTER.match(self.seen[at - 1]) and LETTER.match(self.seen[at]))

    def nearest(self, words: str) -> str | None:
        """Return the words of the text that resemble these most, if any do."""
        wanted = SPACE.sub(" ", words.strip()).translate(SAME)
        text = self.seen[:SEARCHED]
        best = fuzz.partial_ratio_alignment(wanted.lower(), text.lower(), score_cutoff=LIKE) if wanted else None
        if best is None or best.dest_end <= best.dest_start:
            return None
        around = list(WORD.finditer(text, max(0, best.dest_start - MARGIN), min(len(text), best.dest_end + MARGIN)))
        count = len(WORD.findall(wanted))
        runs = [
            text[around[first].start() : around[min(first + size, len(around)) - 1].end()]
            for size in {max(1, count - 1), count, count + 1}
            for first in range(max(1, len(around) - size + 1))
        ]
        return max(sorted(runs), key=lambda run: fuzz.ratio(run.lower(), wanted.lower()), default=None)

    def around(self, span: Span, length: int = 40) -> tuple[str, str]:
        """Return the visible text before and after a place, to tell equal words apart."""
        before = SPACE.sub(" ", self.text[max(0, span.start - length) : span.start]).translate(SAME).strip()
        after = SPACE.sub(" ", self.text[span.end : span.end + length]).translate(SAME).strip()
        return before, after

    def likeness(self, span: Span, before: str | None, after: str | None) -> float:
        """Score how well the text around a place matches what a person gave."""
        stood, stands = self.around(span, 60)
        total = 0.0
        if before:
            given = SPACE.sub(" ", before).translate(SAME)
            total += fuzz.ratio(given, stood[-len(given) :])
        if after:
            given = SPACE.sub(" ", after).translate(SAME)
            total += fuzz.ratio(given, stands[: len(given)])
        return total


def touch(a: Stretch, b: Stretch) -> bool:
    return a.start < b.end and b.start < a.end


def begin(fact: Fact) -> int:
    return min((s.start for s in kind_of(fact).words(fact)), default=0)


def overlap(fact: Fact, span: Span) -> float:
    """Return the share of characters common to both: 1 for the same words, 0 for words apart."""
    parts = kind_of(fact).words(fact)
    common = sum(max(0, min(p.end, span.end) - max(p.start, span.start)) for p in parts)
    whole = sum(p.end - p.start for p in parts) + (span.end - span.start) - common
    return common / whole if whole else 0.0

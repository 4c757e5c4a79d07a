"""As of when a figure is, and who says so; only where the sentence is sure of it.

In:  the figures, dates and statements of an article, with its syntax.
Out: the same figures with `as_of` and the words of who asserts them.

    "Output was 5,000 t in 2023, the ministry said."  ->  as_of "2023", asserted by "the ministry"
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from briefing.facts.figures.owners import WORDS
from briefing.facts.tokens import Tree
from briefing.model import Analysis, DateRef, Figure, Sentence, Span, Statement

STEPS = 6  # up from a word to the verb of its clause
LONGEST = 10  # tokens of a name behind "according to"
OPEN = frozenset({"since", "from", "until", "till", "before", "after", "by", "between", "than", "to", "about", "for"})
COMPARED = frozenset({"over", "than", "compared", "against", "versus", "from", "below", "above", "as"})
NEAR = 6  # tokens from "than" to its date
NAMES = frozenset({"ORG", "PERSON", "GPE", "NORP"})


def with_origins(
    figures: Sequence[Figure], dates: Sequence[DateRef], statements: Sequence[Statement], analysis: Analysis, tree: Tree
) -> tuple[Figure, ...]:
    """The figures with the period that each is of, and who asserts it."""
    reader = _Origins(dates, statements, analysis, tree)
    return tuple(reader.read(figure) for figure in figures)


class _Origins:
    def __init__(
        self, dates: Sequence[DateRef], statements: Sequence[Statement], analysis: Analysis, tree: Tree
    ) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.tree = tree
        self.dates = sorted(dates, key=lambda d: d.start)
        self.date_starts = [d.start for d in self.dates]
        self.sentence_starts = [s.start for s in analysis.sentences]
        self.starts = [t.start for t in analysis.tokens]
        self.according = [
            i for i in range(len(analysis.tokens) - 1) if tree.low(i) == "according" and tree.low(i + 1) == "to"
        ]
        self.said = [s for s in statements if s.speaker is not None]

    def read(self, figure: Figure) -> Figure:
        at = bisect_right(self.sentence_starts, figure.start) - 1
        if at < 0 or figure.rule == "table":
            return figure
        sentence = self.analysis.sentences[at]
        by = self._speaker(figure) or self._according(figure, sentence)
        text = " ".join(self.analysis.text[by.start : by.end].split()) if by else None
        return replace(figure, as_of=self._as_of(figure, sentence), asserted_span=by, asserted_by=text)

    # --- as of when

    def _as_of(self, figure: Figure, sentence: Sentence) -> str | None:
        """The date that hangs on the same verb, if it is the only one; or the one straight behind the figure."""
        first = bisect_left(self.date_starts, sentence.start)
        last = bisect_left(self.date_starts, sentence.end)
        following = bisect_right(self.date_starts, figure.end)
        if following > first and self._labels(self.dates[following - 1], figure):
            return self.dates[following - 1].edtf if self._is_period(self.dates[following - 1]) else None
        if following < last:
            near = self.dates[following]
            if self.analysis.text[figure.end : near.start].strip() in {"in", "during", ""}:
                return near.edtf if self._is_period(near) else None
        dates = [d for d in self.dates[first:last] if not self._is_compared(d) and not self._is_apart(d, figure)]
        if len(dates) != 1 or not self._is_period(dates[0]):
            return None
        verb = self._verb(figure.start)
        same = verb is not None and verb == self._verb(dates[0].start)
        return dates[0].edtf if same and self.tree.low(verb or 0) not in WORDS.heard else None

    def _labels(self, date: DateRef, figure: Figure) -> bool:
        """The 2023 of "(2023: 348 million euros)"."""
        return date.end < figure.start and self.analysis.text[date.end : figure.start].strip() == ":"

    def _is_apart(self, date: DateRef, figure: Figure) -> bool:
        """Does the date stand in brackets that do not hold the figure: "327 million euros (2023: 348 million)"?"""
        text = self.analysis.text
        if text[date.start - 1 : date.start] == "(" and text[date.end : date.end + 1] == ")":
            return False  # "327 million euros (2024)"
        if date.start >= figure.end:
            return text.rfind("(", figure.end, date.start) > text.rfind(")", figure.end, date.start)
        return ")" in text[date.end : figure.start].partition("(")[0]

    def _is_period(self, date: DateRef) -> bool:
        """A year, a quarter or a month, and no end of a period: "since 2020"."""
        before = self.tree.low(self._token(date.start) - 1)
        return (
            date.edtf is not None
            and before not in OPEN
            and len(date.edtf) <= len("2023-09")
            and date.edtf[:4].isdigit()
        )

    def _is_compared(self, date: DateRef) -> bool:
        """The 2020 of "lower than in 2020", "compared with 4 million in 2020", "below their peak in 2020"."""
        at = self._token(date.start) - 1
        sentence = self.tokens[at].sentence if at >= 0 else -1
        for i in range(at, max(-1, at - NEAR), -1):
            if self.tokens[i].sentence != sentence or (
                self.tree.tag(i).startswith("V") and self.tree.low(i) != "compared"
            ):
                return False
            if self.tree.low(i) in COMPARED or (i < at and self.tree.low(i) == "after"):
                return True  # "a dividend of 1.10 euros, after 1.40 euros in 2022"
        return False

    def _verb(self, place: int) -> int | None:
        """The verb of the clause that a place is in."""
        at = self._token(place)
        for _ in range(STEPS):
            if self.tree.tag(at).startswith("V"):
                return at
            if self.tokens[at].head == at:
                return None
            at = self.tokens[at].head
        return None

    def _token(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    # --- who says so

    def _speaker(self, figure: Figure) -> Span | None:
        """The speaker of the shortest statement that contains the figure."""
        around = [
            (c.end - c.start, s.speaker.start, s.speaker.end)
            for s in self.said
            for c in s.content
            if s.speaker is not None and c.start <= figure.start and figure.end <= c.end
        ]
        return Span(*min(around)[1:]) if around else None

    def _according(self, figure: Figure, sentence: Sentence) -> Span | None:
        """The name behind the only "according to" of the sentence, which hangs on the verb of the figure."""
        after = bisect_left(self.according, sentence.last - 1)
        places = self.according[bisect_left(self.according, sentence.first) : after]
        if len(places) != 1 or self._verb(figure.start) != self._verb(self.tokens[places[0]].start):
            return None
        noun = self.tree.child(places[0] + 1, {"pobj"})
        if noun is None:
            return None
        first, last = max(places[0] + 2, self.tree.left[noun]), min(self.tree.right[noun], noun + LONGEST)
        span = self.tree.span(first, last)
        named = any(e.label in NAMES and first <= e.first and e.last <= last for e in self.analysis.entities)
        return span if named and span and not span.start <= figure.start < span.end else None

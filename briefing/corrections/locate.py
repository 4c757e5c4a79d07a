"""One fact and what a person says of it -> the fact as the person left it.

    make("figure", [Span(10, 18)], base=None, said=Assertion(words="40 tonnes", value=40, unit="t"), ...)

Without a fact found by the program (`base`), the fact is made anew from the words and what was said of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from rapidfuzz import fuzz

from briefing.content.schema import Assertion
from briefing.model import Article, DateRef, Event, Figure, KeyFact, Role, Span, Speaker, Statement

# Words that a person copied -> where they stand in the text.
#
#     Places(article).find("the Ministry of Ports")   ->   (Span(120, 145),)
#
# Compared is what a reader sees: markup left out, white space as one space, straight and curly quotation marks alike.
# So words copied from the page are found, and words that were wrapped anew are found again.

SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "})
SPACE = re.compile(r"\s+")
LETTER = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")  # of scripts that put spaces between words
SEARCHED = 200_000  # characters in which the nearest words are looked for
WORD = re.compile(r"\S+")
MARGIN = 30  # characters around the likeness in which whole words are chosen
LIKE = 60  # of 100: below, the nearest words help nobody


class Places:
    """An article's words as a reader sees them, each with its place in `Article.text`."""

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

    def _blank(self, place: int) -> bool:
        return self.text[place].isspace()

    def find(self, words: str) -> tuple[Span, ...]:
        """Every place where the words stand as whole words."""
        wanted = SPACE.sub(" ", words.strip()).translate(SAME)
        found: list[Span] = []
        at = self.seen.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            whole = not self._inside_word(at) and not self._inside_word(end)
            if whole:
                found.append(Span(self.places[at], self.places[end - 1] + 1))
            at = self.seen.find(wanted, end if whole else at + 1)
        return tuple(found)

    def words(self, span: Span) -> str:
        """What a reader sees there: these words find the place again."""
        first, last = bisect_left(self.places, span.start), bisect_left(self.places, span.end)
        return " ".join("".join(self.text[i] for i in self.places[first:last]).split())

    def _inside_word(self, at: int) -> bool:
        return 0 < at < len(self.seen) and bool(LETTER.match(self.seen[at - 1]) and LETTER.match(self.seen[at]))

    def nearest(self, words: str) -> str | None:
        """The words of the text that these most resemble, if any do."""
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
        """What stands before and after, as a reader sees it: tells equal words apart."""
        before = SPACE.sub(" ", self.text[max(0, span.start - length) : span.start]).translate(SAME).strip()
        after = SPACE.sub(" ", self.text[span.end : span.end + length]).translate(SAME).strip()
        return before, after

    def likeness(self, span: Span, before: str | None, after: str | None) -> float:
        """How well the surroundings of a place fit those that a person gave."""
        stood, stands = self.around(span, 60)
        total = 0.0
        if before:
            given = SPACE.sub(" ", before).translate(SAME)
            total += fuzz.ratio(given, stood[-len(given) :])
        if after:
            given = SPACE.sub(" ", after).translate(SAME)
            total += fuzz.ratio(given, stands[: len(given)])
        return total


Fact = Statement | Figure | DateRef | Role | Event | KeyFact
RULE = "correction"  # the rule that made a fact which a person stated
OPENING = "“\"„«「『‘'"
KINDS: dict[type[Fact], str] = {
    Statement: "statement", Figure: "figure", DateRef: "date", Role: "role", Event: "event", KeyFact: "key-fact",
}  # fmt: skip
# Which of a kind overlap each other in an article: a statement may hold another, so that overlapping is not enough
# to be the same one.
NESTING = frozenset({"statement", "event", "key-fact"})
Find = Callable[[str, str], Span | None]  # words of a field -> where they stand, nearest to the fact


def kind_of(fact: Fact) -> str:
    return KINDS[type(fact)]


def extent(fact: Fact) -> tuple[Span, ...]:
    """The words a fact is recognised by."""
    if isinstance(fact, Statement):
        return fact.content or ((fact.cue,) if fact.cue else ())
    return (Span(fact.start, fact.end),)


def begin(fact: Fact) -> int:
    return min((s.start for s in extent(fact)), default=0)


def likeness(fact: Fact, span: Span) -> float:
    """How much of the two is common to both: 1 for the same words, 0 where they don't touch."""
    parts = extent(fact)
    common = sum(max(0, min(p.end, span.end) - max(p.start, span.start)) for p in parts)
    whole = sum(p.end - p.start for p in parts) + (span.end - span.start) - common
    return common / whole if whole else 0.0


def make(kind: str, words: Sequence[Span], base: Fact | None, said: Assertion, article: Article, find: Find) -> Fact:
    """A fact of a kind on these words. What is not said is kept from `base`, if that is of the kind."""
    first, last = words[0].start, words[-1].end
    if kind == "statement":
        return _statement(tuple(words), base if isinstance(base, Statement) else None, said, article, find)
    if kind == "figure":
        return _figure(first, last, base if isinstance(base, Figure) else None, said)
    if kind == "date":
        was = base if isinstance(base, DateRef) else DateRef(first, last, None, None, "unknown", RULE)
        if said.date:
            was = replace(was, edtf=said.date, relative=None, basis="absolute")
        return replace(was, start=first, end=last)
    if kind == "role":
        return _role(first, last, base if isinstance(base, Role) else None, said, article, find)
    if kind == "event":
        event = base if isinstance(base, Event) else Event(first, last, None, RULE)
        return replace(event, start=first, end=last, date=said.date or event.date)
    key = base if isinstance(base, KeyFact) else KeyFact(first, last, "sentence", None)
    return replace(key, start=first, end=last)


def _statement(
    content: tuple[Span, ...], base: Statement | None, said: Assertion, article: Article, find: Find
) -> Statement:
    if base is None:
        base = Statement(None, None, content, _form(article.text, content), False, RULE)
    speaker, cue = base.speaker, base.cue
    if said.speaker:
        where = find(said.speaker, "speaker")
        if where:
            same = speaker is not None and (speaker.start, speaker.end) == (where.start, where.end)
            speaker = speaker if same else Speaker(where.start, where.end)
    if said.actor and speaker is not None:
        speaker = replace(speaker, actor=said.actor)
    if said.cue:
        cue = find(said.cue, "cue") or cue
    return replace(
        base,
        content=content,
        speaker=speaker,
        cue=cue,
        form=said.form or base.form,
        hedged=base.hedged if said.hedged is None else said.hedged,
        about=base.about if said.about is None else said.about,
    )


def _form(text: str, content: Sequence[Span]) -> Literal["direct", "indirect"]:
    """Quoted words stand between quotation marks, paraphrased ones don't."""
    first = content[0].start
    return "direct" if text[max(0, first - 1) : first] in tuple(OPENING) or text[first] in OPENING else "indirect"


def _figure(first: int, last: int, base: Figure | None, said: Assertion) -> Figure:
    if base is None:
        base = Figure(first, last, said.value or 0.0, said.high, said.unit or "count", said.measure, RULE)
    return replace(
        base,
        start=first,
        end=last,
        value=base.value if said.value is None else said.value,
        high=said.high if said.high is not None or said.value is not None else base.high,
        unit=said.unit or base.unit,
        measure=said.measure or base.measure,
        measure_span=None if said.measure and said.measure != base.measure else base.measure_span,
        subject=said.actor or base.subject,
    )


def _role(first: int, last: int, base: Role | None, said: Assertion, article: Article, find: Find) -> Role:
    if base is None:
        title = said.title or " ".join(article.text[first:last].split())
        base = Role(first, last, title, Span(first, last), None, RULE)
    holder = find(said.speaker, "speaker") if said.speaker else None
    return replace(
        base,
        start=first,
        end=last,
        title=said.title or base.title,
        holder=holder or base.holder,
        actor=said.actor or base.actor,
        organisation=said.organisation or base.organisation,
    )


def lacks(kind: str, base: Fact | None, said: Assertion) -> str | None:
    """The key without which a fact of the kind cannot be made anew."""
    return "value" if kind == "figure" and not isinstance(base, Figure) and said.value is None else None

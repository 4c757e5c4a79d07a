"""One fact and what a person says of it -> the fact as the person left it.

    make("figure", [Span(10, 18)], base=None, said=Assertion(words="40 tonnes", value=40, unit="t"), ...)

Without a fact found by the program (`base`), the fact is made anew from the words and what was said of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from briefing.model import Article, DateRef, Event, Figure, KeyFact, Role, Span, Speaker, Statement
from briefing.schema import Assertion

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

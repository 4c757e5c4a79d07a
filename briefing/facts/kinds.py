"""Permanent ids: a short hash of the source's first id, the fact's kind and its evidence text.

They survive edits elsewhere in the source, and its move to another name. Equal evidence twice in one source is told
apart by its order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from briefing.model import Article, KeyFact, Reading, Span, Statement

# Names of the rules that find facts. A rule that is a matter of degree carries its confidence: "reader 0.93".


def with_confidence(name: str, confidence: float) -> str:
    return f"{name} {confidence:.2f}"


def confidence(rule: str) -> float | None:
    """The number at the end of a rule's name; None where it has none."""
    name, _, number = rule.rpartition(" ")
    return float(number) if name and number.replace(".", "", 1).isdigit() else None


def rule_name(rule: str) -> str:
    return rule if confidence(rule) is None else rule.rpartition(" ")[0]


LENGTH = 10  # hexadecimal digits: a clash inside one article is practically impossible


class Namer:
    """Gives the ids of one article."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.seen: Counter[str] = Counter()

    def name(self, kind: str, spans: Iterable[Span]) -> str:
        words = " ".join(" ".join(self.article.text[s.start : s.end].split()) for s in spans)
        key = f"{self.article.source.first_id}\n{kind}\n{words}"
        self.seen[key] += 1
        if self.seen[key] > 1:
            key += f"\n{self.seen[key]}"
        return hashlib.sha256(key.encode()).hexdigest()[:LENGTH]


def give_ids(article: Article, reading: Reading) -> Reading:
    """The reading with the ids of its facts; key facts get theirs when found."""
    namer = Namer(article)
    return replace(
        reading,
        statements=tuple(replace(s, id=namer.name("statement", evidence(s))) for s in reading.statements),
        figures=tuple(replace(f, id=namer.name("figure", [Span(f.start, f.end)])) for f in reading.figures),
        dates=tuple(replace(d, id=namer.name("date", [Span(d.start, d.end)])) for d in reading.dates),
        roles=tuple(replace(r, id=namer.name("role", [Span(r.start, r.end)])) for r in reading.roles),
        events=tuple(replace(e, id=namer.name("event", [Span(e.start, e.end)])) for e in reading.events),
    )


def name_key_facts(article: Article, key_facts: Iterable[KeyFact]) -> tuple[KeyFact, ...]:
    namer = Namer(article)
    return tuple(replace(k, id=namer.name("key-fact", [Span(k.start, k.end)])) for k in key_facts)


def evidence(statement: Statement) -> tuple[Span, ...]:
    """The words a statement rests on: who, cue and content, in that order."""
    who = (Span(statement.speaker.start, statement.speaker.end),) if statement.speaker else ()
    cue = (statement.cue,) if statement.cue else ()
    return (*who, *cue, *statement.content)

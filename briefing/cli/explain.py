"""Explain one sentence: what the models saw in it, the candidates of each kind of fact, and what decided on them.

    briefing facts --explain sources/quay.md                  the sentences with their numbers
    briefing facts --explain sources/quay.md --sentence 7     tokens, syntax, names, actors and facts of one

Nothing is recorded while facts are found. The steps that reject something return it with a reason, and this module asks
them again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from briefing.corrections.locate import Places
from briefing.facts import KINDS, reader
from briefing.facts.dates.scan import CORES, joined, scan
from briefing.facts.dates.words import read_sentences
from briefing.facts.events import read_events
from briefing.facts.figures import rejected_figures
from briefing.facts.names import read_names
from briefing.facts.reader.decoder import every_attribution, every_name
from briefing.facts.reader.encoder import ASSERTED, CONTENT, CUE, NAME_TAGS, NAMES, SOURCE, Scores
from briefing.facts.roles.titles import Names, find_titles
from briefing.facts.statements import read_statements
from briefing.facts.statements.quotes import find_quotes
from briefing.facts.tokens import Tree, read_places, read_tree
from briefing.model import Analysis, Article, Briefing, Sentence, Span

SHOWN = 0.05  # probability from which a tag is shown
LONGEST = 100  # characters of a candidate's words
HEADS = (("name", NAMES, NAME_TAGS), ("cue", CUE, "OBI"), ("content", CONTENT, "OBI"), ("source", SOURCE, "OBI"))


class Candidate(NamedTuple):
    kind: str
    start: int
    end: int
    verdict: str  # accepted, rejected
    rule: str  # the rule that found it, with its confidence
    reason: str  # why it is rejected, or the details of an accepted fact


class Sight:
    """An article as all stages see it; the models are asked again."""

    def __init__(self, briefing: Briefing, model: str) -> None:
        self.briefing = briefing
        self.article: Article = briefing.article
        self.analysis: Analysis = reader.analyse(self.article, model)
        self.scores: Scores | None = reader.score(self.analysis) if reader.is_read(self.article) else None
        self.tree: Tree = read_tree(self.analysis)
        self.places = Places(self.article)

    def words(self, start: int, end: int) -> str:
        words = self.places.words(Span(start, end))
        return words if len(words) <= LONGEST else f"{words[: LONGEST // 2]} ... {words[-LONGEST // 2 :]}"

    def range(self, first: int, last: int) -> Span:
        tokens = self.analysis.tokens
        return Span(tokens[first].start, tokens[last - 1].end)


def sentences(briefing: Briefing) -> Iterator[str]:
    """Yield the sentences of a briefing with their numbers."""
    places = Places(briefing.article)
    for sentence in briefing.sentences:
        yield f"{sentence.id:>5}  {places.words(Span(sentence.start, sentence.end))}"


def explain(briefing: Briefing, sentence: Sentence, model: str) -> Iterator[str]:
    """Yield the lines that explain a sentence."""
    sight = Sight(briefing, model)
    yield f"{briefing.article.source.path}, {sentence.id}, characters {sentence.start} to {sentence.end}"
    yield f"  {sight.places.words(Span(sentence.start, sentence.end))}"
    if sight.scores is None:
        yield f"  Language {briefing.article.language}: names and statements are not extracted."
    elif sentence.block in reader.headings(briefing.article):
        yield "  Heading: no statements are extracted."
    yield from ("", "Tokens", *_table(_tokens(sight, sentence)))
    yield from ("", "Syntax", *_syntax(sight.tree, sentence))
    here = [c for c in _candidates(sight) if c.start < sentence.end and sentence.start < c.end]
    for kind, label in (("name", "Name"), ("actor", "Actor"), *((kind.name, kind.label) for kind in KINDS)):
        rows = [_row(sight, c) for c in sorted(here) if c.kind == kind]
        yield from ("", label, *(_table(rows) if rows else ("  no candidates",)))


def _row(sight: Sight, candidate: Candidate) -> tuple[str, ...]:
    words = sight.words(candidate.start, candidate.end)
    return candidate.verdict, candidate.rule, f"[{words}]", candidate.reason


# --- what the models saw ----------------------------------------------------------------------


def _tokens(sight: Sight, sentence: Sentence) -> Iterator[tuple[str, ...]]:
    """Yield a row per token: part of speech, label and head, place, quotation, and what the reader sees in it."""
    quoted = {i: str(n) for n, q in enumerate(find_quotes(sight.analysis), 1) for i in range(q.first, q.last)}
    heads = [name for name, _, _ in HEADS] if sight.scores else []
    places = _places(sight, sentence)
    yield "", "word", "tag", "dep", "head", *places, "quote", *heads
    for i in range(sentence.first, sentence.last):
        token = sight.analysis.tokens[i]
        seen = [_tag(sight.scores, i, columns, tags) for _, columns, tags in HEADS] if sight.scores else []
        here = [column[i - sentence.first] for column in places.values()]
        yield str(i), token.text, token.tag, token.dep, str(token.head), *here, quoted.get(i, ""), *seen


def _places(sight: Sight, sentence: Sentence) -> dict[str, list[str]]:
    """Return the columns for line, table cell and list item, by heading; the line only if there are several."""
    found = read_places(sight.article, sight.analysis.tokens)[sentence.first : sentence.last]
    several = len({place.line for place in found}) > 1
    columns = {
        "line": [str(place.line) if several else "" for place in found],
        "cell": ["" if place.cell is None else str(place.cell) for place in found],
        "item": ["" if place.item is None else str(place.item) for place in found],
    }
    return {name: column for name, column in columns.items() if any(column)}


def _tag(scores: Scores, i: int, columns: slice, tags: Sequence[str]) -> str:
    """Return the most likely tag other than O with its probability, if that is worth showing."""
    shares = np.exp(scores.logs[i, columns])
    best = 1 + int(shares[1:].argmax())
    return f"{tags[best]} {shares[best]:.2f}" if shares[best] >= SHOWN else ""


def _syntax(tree: Tree, sentence: Sentence) -> Iterator[str]:
    """Yield the tree, one token a line, indented below its head."""
    waiting = [(i, 1) for i in range(sentence.last - 1, sentence.first - 1, -1) if _is_top(tree, i, sentence)]
    while waiting:
        i, depth = waiting.pop()
        yield f"{'  ' * depth}{tree.tokens[i].text}  ({tree.tokens[i].dep} {i})"
        waiting += [(child, depth + 1) for child in reversed(tree.children[i])]


def _is_top(tree: Tree, i: int, sentence: Sentence) -> bool:
    head = tree.tokens[i].head
    return head == i or not sentence.first <= head < sentence.last


# --- candidates -------------------------------------------------------------------------------


def _candidates(sight: Sight) -> Iterator[Candidate]:
    yield from _names(sight)
    for actor in sight.briefing.actors:
        for m in actor.mentions:
            yield Candidate("actor", m.start, m.end, "accepted", m.rule, f"{actor.id}, {actor.status}, {m.how}")
    yield from _facts(sight)
    yield from _statements(sight)
    for span, kind, reason in rejected_figures(sight.analysis, sight.briefing.dates):
        yield Candidate("figure", span.start, span.end, "rejected", kind, reason)
    yield from _dates(sight)
    yield from _titles(sight)
    names = read_names(sight.analysis).names
    for date, event in read_events(sight.analysis, sight.briefing.dates, names, sight.tree):
        if isinstance(event, str):
            yield Candidate("event", date.start, date.end, "rejected", "date", event)


def _names(sight: Sight) -> Iterator[Candidate]:
    found = read_names(sight.analysis)
    sure: dict[int, float] = {}
    for name, probability, reason in every_name(sight.analysis, sight.scores) if sight.scores else ():
        sure |= dict.fromkeys(range(name.first, name.last), probability)
        if reason:
            rule = f"reader {probability:.2f}"
            yield Candidate("name", name.start, name.end, "rejected", rule, f"{name.label}, {reason}")
    for name in found.names:
        rule = f"reader {sure[name.first]:.2f}" if name.first in sure else "spelling"
        yield Candidate("name", name.start, name.end, "accepted", rule, name.label)
    for name, reason in found.rejected:
        yield Candidate("name", name.start, name.end, "rejected", "doubts", f"{name.label}, {reason}")


def _facts(sight: Sight) -> Iterator[Candidate]:
    """Yield the facts as they are published, after linking and corrections."""
    for kind in KINDS:
        for fact in kind.of(sight.briefing):
            parts = kind.words(fact)
            values = kind.recorded(fact, sight.places.words)
            details = ", ".join([fact.id, *(f"{key} {value}" for key, value in values.items())])
            rule = getattr(fact, "rule", "")
            yield Candidate(kind.name, parts[0].start, parts[-1].end, "accepted", rule, details)


def _statements(sight: Sight) -> Iterator[Candidate]:
    unread = every_attribution(sight.analysis, sight.scores, reader.headings(sight.article)) if sight.scores else ()
    rejected = [(a.content, a.speaker, a.cue, a.confidence, reason) for a, reason in unread if reason]
    for draft, reason in read_statements(sight.analysis, sight.tree).rejected:
        rejected.append((draft.contents[0], draft.speaker, draft.cue, draft.confidence, reason))
    for content, speaker, cue, confidence, reason in rejected:
        span = sight.range(*content)
        asserted = f", asserted {np.exp(sight.scores.logs[content[0], ASSERTED][1]):.2f}" if sight.scores else ""
        parts = [
            f"{name} {sight.words(part.start, part.end)}"
            for name, at in (("speaker", speaker), ("cue", cue))
            if at and (part := sight.range(*at))
        ]
        details = "; ".join([reason, ", ".join(parts) + asserted])
        yield Candidate("statement", span.start, span.end, "rejected", f"reader {confidence:.2f}", details)


def _dates(sight: Sight) -> Iterator[Candidate]:
    known = {(d.start, d.end) for d in sight.briefing.dates}
    for line in read_sentences(sight.analysis, CORES):
        for here in joined(line, list(scan(line))):
            start, end = line[here.first].start, line[here.last - 1].end
            if (start, end) not in known:
                yield Candidate("date", start, end, "rejected", here.rule, "cannot be dated")


def _titles(sight: Sight) -> Iterator[Candidate]:
    roles = [Span(r.start, r.end) for r in sight.briefing.roles]
    for title in find_titles(sight.analysis, Names(read_names(sight.analysis).names)):
        span = sight.range(title.first, title.last)
        if not any(r.start <= span.start and span.end <= r.end for r in roles):
            yield Candidate("role", span.start, span.end, "rejected", "title", "no person's name next to it")


# --- layout -----------------------------------------------------------------------------------


def _table(rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows as aligned columns, without columns that are empty throughout."""
    lines = list(rows)
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True) if width)
        yield ("  " + "  ".join(cells)).rstrip()


def _width(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)

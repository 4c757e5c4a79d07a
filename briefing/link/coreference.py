"""Resolve pronouns, "the minister", "the ministry" and "the company" to the actor they refer to.

Pronouns look back one sentence; a title looks back six, to the one holder of such an office or the one organisation
with that word in its name. If two actors fit, the word is not linked. In "Katharina Roth opened the mine. She said
...", "She" is linked to Katharina Roth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from briefing.link.clusters import Cluster
from briefing.link.context import ArticleContext
from briefing.model import Entity, Mention
from briefing.registry.name_variants import key, words_for

PERSONAL = {"he": "m", "she": "f"}
PRONOUN_REACH = 2  # sentences: this one and the one before
TITLE_REACH = 6  # sentences


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A mention with its cluster."""

    start: int
    end: int
    cluster: Cluster
    subject: bool


def resolve(context: ArticleContext, clusters: list[Cluster]) -> None:
    """Add mentions by pronoun and by title to the clusters."""
    _Resolver(context, clusters).run()


class _Resolver:
    def __init__(self, context: ArticleContext, clusters: list[Cluster]) -> None:
        self.context = context
        self.mentions = sorted(
            (
                PlacedMention(m.start, m.end, g, self._is_subject(m))
                for g in clusters
                for m in g.mentions
                if m.how != "demonym" and m.rule != "metonym"
            ),
            key=lambda p: (p.start, p.end),
        )
        self.starts = [p.start for p in self.mentions]
        self.offices = {id(g): frozenset().union(*self._titles(g)) for g in clusters if g.kind == "person"}
        self.last: tuple[Cluster, int, str] | None = None  # referent, sentence and word of the last pronoun

    def _titles(self, cluster: Cluster) -> list[frozenset[str]]:
        return [
            self.context.titles[m.start, m.end] for m in cluster.mentions if (m.start, m.end) in self.context.titles
        ]

    def _is_subject(self, mention: Mention) -> bool:
        return bool(self.context.subject_ends(mention.start, mention.end))

    def run(self) -> None:
        new: list[tuple[Entity, Cluster, str, str]] = []
        for word in sorted(self.context.reading.pronouns, key=lambda w: w.start):
            if self._is_taken(word):
                continue
            if word.label in PERSONAL:
                found = self._person(word)
                if found:
                    found.gender = found.gender or PERSONAL[word.label]
                    self.last = (found, self.context.sentence_at(word.start), word.label)
                    new.append((word, found, "pronoun", "pronoun"))
            elif word.label in {"it", "they"}:
                found = self._organisation(word)
                if found:
                    new.append((word, found, "pronoun", "pronoun"))
            else:
                found = self._titled(word)
                if found:
                    new.append((word, found, "title", "title-alone"))
        for word, cluster, how, rule in new:
            cluster.add(self.context.text, word.start, word.end, how, rule)

    def _is_taken(self, word: Entity) -> bool:
        at = bisect_right(self.starts, word.start) - 1
        return (at >= 0 and self.mentions[at].end > word.start) or (
            at + 1 < len(self.mentions) and self.mentions[at + 1].start < word.end
        )

    def _mentions_before(self, word: Entity, back: int) -> list[PlacedMention]:
        """Return the mentions before a word in its sentence and the previous ones; nearest last."""
        number = self.context.sentence_at(word.start)
        first = self.context.sentence(max(0, number - back + 1))
        low = bisect_left(self.starts, first.start) if first else 0
        high = bisect_left(self.starts, word.start)
        return self.mentions[max(low, high - 40) : high]

    def _person(self, word: Entity) -> Cluster | None:
        gender = PERSONAL[word.label]
        people = [
            p
            for p in self._mentions_before(word, PRONOUN_REACH)
            if p.cluster.kind == "person" and self._fits(p.cluster, gender)
        ]
        number = self.context.sentence_at(word.start)
        if self.last and self.last[2] == word.label and number - self.last[1] <= 1:
            people_since = [p for p in people if self.context.sentence_at(p.start) >= self.last[1]]
            if all(p.cluster is self.last[0] for p in people_since):
                return self.last[0]
        clusters = {id(p.cluster): p.cluster for p in people}
        if len(clusters) == 1:
            return people[0].cluster
        here = [p for p in people if self.context.sentence_at(p.start) == number and p.subject]
        before = [p for p in people if self.context.sentence_at(p.start) == number - 1 and p.subject]
        for subjects in (here, before):
            if subjects:
                return subjects[0].cluster if len({id(p.cluster) for p in subjects}) == 1 else None
        return None

    def _fits(self, cluster: Cluster, gender: str) -> bool:
        return cluster.gender in {None, gender}

    def _organisation(self, word: Entity) -> Cluster | None:
        """Return the organisation or country that is the only subject of this sentence, else of the previous one."""
        number = self.context.sentence_at(word.start)
        organisations = [
            p
            for p in self._mentions_before(word, PRONOUN_REACH)
            if p.subject and p.cluster.kind in {"organisation", "country"}
        ]
        for sentence in (number, number - 1):
            here = {id(p.cluster): p.cluster for p in organisations if self.context.sentence_at(p.start) == sentence}
            if here:
                return next(iter(here.values())) if len(here) == 1 else None
        return None

    def _company(self, word: Entity) -> Cluster | None:
        """Return the only company of this sentence, else of the previous one; ministries do not count."""
        number = self.context.sentence_at(word.start)
        firms = [
            p
            for p in self._mentions_before(word, PRONOUN_REACH)
            if p.cluster.kind == "organisation" and not is_public(p.cluster)
        ]
        for sentence in (number, number - 1):
            here = [p for p in firms if self.context.sentence_at(p.start) == sentence]
            subjects = {id(p.cluster): p.cluster for p in here if p.subject}
            named = subjects or {id(p.cluster): p.cluster for p in here}
            if named:
                return next(iter(named.values())) if len(named) == 1 else None
        return None

    def _titled(self, word: Entity) -> Cluster | None:
        """Return the only holder of an office, or the only organisation of that kind."""
        noun = word.label
        if noun in words_for("company_nouns"):
            return self._company(word)
        reach = self._mentions_before(word, TITLE_REACH)
        found = {
            id(p.cluster): p.cluster
            for p in reach
            if (p.cluster.kind == "person" and noun in self.offices.get(id(p.cluster), ()))
            or (p.cluster.kind == "organisation" and noun in key(self.context.text[p.start : p.end]).split())
        }
        return next(iter(found.values())) if len(found) == 1 else None


def is_public(cluster: Cluster) -> bool:
    """Tell whether a cluster's names show that it is not a company."""
    return any(words_for("public_bodies").intersection(key(name).split()) for name in cluster.forms)

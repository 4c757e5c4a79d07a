"""Words that stand for a name -> the actor they stand for, where only one can be meant.

Pronouns look back to the sentence before and no further; "the minister" to the one holder of such an office,
"the ministry" to the one body of that name. Two that fit: none.
Example: "Katharina Roth opened the mine. She said ..." links "She" to Katharina Roth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from briefing.link.context import Scene
from briefing.link.groups import Group
from briefing.model import Entity, Mention, MentionType
from briefing.registry.name_variants import key, words_for

PERSONAL = {"he": "m", "she": "f"}
BACK = 2  # sentences in which an antecedent may stand: this one and the one before
TITLE_BACK = 6  # sentences in which the holder of "the minister" may stand


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention in the order of the text."""

    start: int
    end: int
    group: Group
    subject: bool


def resolve(scene: Scene, groups: list[Group]) -> None:
    """Adds mentions by pronoun and by title to the groups."""
    _Resolver(scene, groups).run()


class _Resolver:
    def __init__(self, scene: Scene, groups: list[Group]) -> None:
        self.scene = scene
        self.placed = sorted(
            (
                Placed(m.start, m.end, g, self._is_subject(m))
                for g in groups
                for m in g.mentions
                if m.how != "demonym" and m.rule != "metonym"
            ),
            key=lambda p: (p.start, p.end),
        )
        self.starts = [p.start for p in self.placed]
        self.offices = {id(g): frozenset().union(*self._titles(g)) for g in groups if g.kind == "person"}
        self.last: tuple[Group, int, str] | None = None  # whom the last pronoun meant, in which sentence

    def _titles(self, group: Group) -> list[frozenset[str]]:
        return [self.scene.titles[m.start, m.end] for m in group.mentions if (m.start, m.end) in self.scene.titles]

    def _is_subject(self, mention: Mention) -> bool:
        return bool(self.scene.subject_ends(mention.start, mention.end))

    def run(self) -> None:
        new: list[tuple[Entity, Group, MentionType, str]] = []
        for word in sorted(self.scene.reading.pronouns, key=lambda w: w.start):
            if self._taken(word):
                continue
            if word.label in PERSONAL:
                found = self._person(word)
                if found:
                    found.gender = found.gender or PERSONAL[word.label]
                    self.last = (found, self.scene.sentence_at(word.start), word.label)
                    new.append((word, found, "pronoun", "pronoun"))
            elif word.label in {"it", "they"}:
                found = self._body(word)
                if found:
                    new.append((word, found, "pronoun", "pronoun"))
            else:
                found = self._titled(word)
                if found:
                    new.append((word, found, "title", "title-alone"))
        for word, group, how, rule in new:
            group.add(self.scene.text, word.start, word.end, how, rule)

    def _taken(self, word: Entity) -> bool:
        at = bisect_right(self.starts, word.start) - 1
        return (at >= 0 and self.placed[at].end > word.start) or (
            at + 1 < len(self.placed) and self.placed[at + 1].start < word.end
        )

    def _reach(self, word: Entity, back: int) -> list[Placed]:
        """The mentions before a word, in its sentence and those before; nearest last."""
        number = self.scene.sentence_at(word.start)
        first = self.scene.sentence(max(0, number - back + 1))
        low = bisect_left(self.starts, first.start) if first else 0
        high = bisect_left(self.starts, word.start)
        return self.placed[max(low, high - 40) : high]

    def _person(self, word: Entity) -> Group | None:
        gender = PERSONAL[word.label]
        people = [p for p in self._reach(word, BACK) if p.group.kind == "person" and self._fits(p.group, gender)]
        number = self.scene.sentence_at(word.start)
        if self.last and self.last[2] == word.label and number - self.last[1] <= 1:
            people_since = [p for p in people if self.scene.sentence_at(p.start) >= self.last[1]]
            if all(p.group is self.last[0] for p in people_since):
                return self.last[0]
        groups = {id(p.group): p.group for p in people}
        if len(groups) == 1:
            return people[0].group
        here = [p for p in people if self.scene.sentence_at(p.start) == number and p.subject]
        before = [p for p in people if self.scene.sentence_at(p.start) == number - 1 and p.subject]
        for subjects in (here, before):
            if subjects:
                return subjects[0].group if len({id(p.group) for p in subjects}) == 1 else None
        return None

    def _fits(self, group: Group, gender: str) -> bool:
        return group.gender in {None, gender}

    def _body(self, word: Entity) -> Group | None:
        """A body or country that is the one subject of this sentence or else of the one before."""
        number = self.scene.sentence_at(word.start)
        bodies = [p for p in self._reach(word, BACK) if p.subject and p.group.kind in {"organisation", "country"}]
        for sentence in (number, number - 1):
            here = {id(p.group): p.group for p in bodies if self.scene.sentence_at(p.start) == sentence}
            if here:
                return next(iter(here.values())) if len(here) == 1 else None
        return None

    def _company(self, word: Entity) -> Group | None:
        """The one body of this sentence or else of the one before that may be a company; a ministry is none."""
        number = self.scene.sentence_at(word.start)
        firms = [p for p in self._reach(word, BACK) if p.group.kind == "organisation" and not is_public(p.group)]
        for sentence in (number, number - 1):
            here = [p for p in firms if self.scene.sentence_at(p.start) == sentence]
            subjects = {id(p.group): p.group for p in here if p.subject}
            named = subjects or {id(p.group): p.group for p in here}
            if named:
                return next(iter(named.values())) if len(named) == 1 else None
        return None

    def _titled(self, word: Entity) -> Group | None:
        """The one holder of an office, or the one body of that kind: "the minister", "the ministry", "the company"."""
        noun = word.label
        if noun in words_for("company_nouns"):
            return self._company(word)
        reach = self._reach(word, TITLE_BACK)
        found = {
            id(p.group): p.group
            for p in reach
            if (p.group.kind == "person" and noun in self.offices.get(id(p.group), ()))
            or (p.group.kind == "organisation" and noun in key(self.scene.text[p.start : p.end]).split())
        }
        return next(iter(found.values())) if len(found) == 1 else None


def is_public(group: Group) -> bool:
    """Whether the names of a body say that it is no company."""
    return any(words_for("public_bodies").intersection(key(name).split()) for name in group.forms)

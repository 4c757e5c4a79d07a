"""Resolve pronouns, "the minister", "the ministry" and "the company" to the actors they refer to.

Pronouns look back one sentence; a title looks back six, to the one holder of such an office or the one organisation
with that word in its name. If two actors fit, the word is not linked. In "Katharina Roth opened the mine. She said
...", "She" is linked to Katharina Roth.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.lexicon import load
from briefing.link.clusters import Cluster
from briefing.link.context import ArticleContext
from briefing.model import Entity, Mention, MentionType
from briefing.registry.name_variants import key, words_for

OFFICES = load("titles", dict[str, frozenset[str]])["heads"]
PERSONAL = {"he": "m", "she": "f"}
OWNING = {"he": "he", "his": "he", "she": "she", "her": "she", "it": "it", "its": "it"}
RELATIVES = frozenset({"which", "that", "who", "what"})
# "The depot" and "the Danish pump maker", as far as the noun before "of", "in" or the like
DESCRIBED = re.compile(r"the((?:\s+[\w-]+){0,2})\s+([a-z-]+[a-rt-z])", re.IGNORECASE)
# An object that has just come up, which "it" may mean: "bought a mill", "bought Aldorf", but not "said in a letter"
NEW_THING = re.compile(r"\b([a-z]+)\s+(?:(?:an?|another|the\s+first|one)\s+\w|(?:the\s+)?[A-Z])")
# Somebody new: "arrested a young man", but not "Roth, a young man" nor "as a man"
NEW_PERSON = re.compile(
    r"(?<![,(–—])(?<!\bas)(?<!\bis)(?<!\bwas)(?<!\bbe)(?<!\bbeen)(?<!\bbecame)(?<!\bbecome)\s+an?\s(?:[\w-]+\s){0,2}?([a-z]+)\b"
)
INDEFINITE = re.compile(r"\ban?\s(?:[\w-]+\s)?$", re.IGNORECASE)
PERSON_ENDING = re.compile(r"(?:man|woman|er|or|ist|ian)$")
PRONOUN_REACH = 2  # sentences: this one and the one before
PERSON_REACH = 4  # sentences, for the only person named there
TITLE_REACH = 6  # sentences
# `(“Roth” or the “Company”)` after a name
DEFINED = re.compile(r"\((?:[^()\n]{0,80}[\s,])?(?:the\s+)?[“\"‘'](?:the\s+)?([A-Z][a-z]{2,15})[”\"’'],?\s*\)")
AGENCY_END = re.compile(r"\)\s*[-–—]")  # of a dateline
COUNTERPART = re.compile(r"\bcounterpart,? $")  # "the minister met her counterpart, Ada Bolt": of the same office
JOINED_BEFORE = re.compile(r"\b[A-Z][\w.-]*,? (?:and|&) (?:the )?$")
JOINED_AFTER = re.compile(r",? (?:and|&) [A-Z]")
QUOTED = re.compile(r"[\"“”„«‘']")
MAX_NESTED = 3  # contents before a place that may be around it
MAX_SKIPPED = 5  # sentences of a quotation that do not count as distance
THAT = 5  # characters before the subject of what is said: "that "
GAP = 3  # characters between a name and its definition


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A mention with its cluster."""

    start: int
    end: int
    cluster: Cluster
    sentence: int
    is_subject: bool


def resolve(context: ArticleContext, clusters: list[Cluster]) -> Referents:
    """Add mentions by pronoun and by title to the clusters; return the resolver, for other words."""
    referents = Referents(context, clusters)
    referents.run()
    return referents


class Referents:
    """Resolves a pronoun, a title or "the company" to a cluster."""

    def __init__(self, context: ArticleContext, clusters: list[Cluster]) -> None:
        self.context = context
        said = [s for s in context.reading.statements if s.speaker]
        self.spoken = {(s.speaker.start, s.speaker.end): s.content for s in said if s.speaker}
        self.speakers = sorted(self.spoken)
        text = context.text
        self.quotations = sorted(
            (c.start, c.end, s.speaker.start, s.speaker.end)
            for s in said
            for c in s.content
            if s.speaker and s.form == "direct" and QUOTED.search(text[max(0, c.start - 1) : c.start + 1])
        )
        self.ordinals = self._count_sentences()
        mentions = [
            PlacedMention(m.start, m.end, c, self._ordinal(m.start), self._is_subject(m))
            for c in clusters
            for m in c.mentions
            if m.how != "demonym" and m.rule != "metonym"
        ]
        self.mentions = sorted(mentions, key=lambda p: (p.start, p.end))
        self.starts = [p.start for p in self.mentions]
        bodies = (p for p in self.mentions if p.cluster.kind == "organisation")
        self.companies = [p for p in bodies if not is_public(p.cluster)]
        self.owners: set[tuple[int, int]] = set()  # pronouns and the like that say whose a figure is
        self.resolved: list[tuple[int, Cluster, int, str]] = []  # where "he" stands, whom it means, sentence, word
        self.contents = sorted((c.start, c.end) for s in context.reading.statements for c in s.content)
        self.defined = self._find_definitions()
        self.offices: dict[Cluster, list[frozenset[str]]] = {}

    def _find_definitions(self) -> dict[str, Cluster | None]:
        """Return what the article calls "the Company" in brackets: an organisation, or None if it is something else."""
        found: dict[str, Cluster | None] = {}
        for match in DEFINED.finditer(self.context.text):
            bodies = [p for p in self.mentions if match.start() - GAP <= p.end <= match.start()]
            bodies = [p for p in bodies if p.cluster.kind == "organisation"]
            noun = match[1].lower()
            found[noun] = bodies[-1].cluster if bodies and found.get(noun, bodies[-1].cluster) else None
        return found

    def _count_sentences(self) -> list[int]:
        """Return the number of each sentence; those within a quotation do not count."""
        ordinals: list[int] = []
        number, skipped = -1, 0
        for sentence in self.context.reading.sentences:
            around = self._quotation_around(sentence.start + 1)
            quoted = around is not None and around[1] >= sentence.end - 2 and skipped < MAX_SKIPPED
            skipped = skipped + 1 if quoted else 0
            number += not quoted or number < 0
            ordinals.append(number)
        return ordinals

    def _ordinal(self, place: int) -> int:
        return self.ordinals[self.context.sentence_at(place)] if self.ordinals else 0

    def _is_subject(self, mention: Mention) -> bool:
        """Tell whether a mention is a subject, or a speaker: "according to Roth"."""
        at = bisect_right(self.speakers, (mention.start, mention.end))
        speaks = (
            mention.how in {"name", "alias", "surname"} and (mention.start, mention.end) in self.speakers[at - 1 : at]
        )
        return speaks or bool(self.context.subject_ends(mention.start, mention.end))

    def run(self) -> None:
        """Resolve the writer's words first: "she said" depends on nothing that somebody says of another woman."""
        known = self.context.reading.pronouns
        words = (*known, *self._owners({(w.start, w.end) for w in known}))
        for word in sorted(words, key=lambda w: (self._is_said(w.start), w.start)):
            if self._is_taken(word):
                continue
            cluster, how, rule = self._resolve(word)
            if cluster:
                cluster.add(self.context.text, word.start, word.end, how, rule)
                if how == "title" or word.label in PERSONAL:
                    self._remember(word, cluster)

    def _is_said(self, place: int) -> bool:
        """Tell whether a place is in what somebody says."""
        at = bisect_right(self.contents, (place, 1 << 60))
        return any(start <= place < end for start, end in self.contents[max(0, at - MAX_NESTED) : at])

    def meant(self, word: Entity) -> Cluster | None:
        """Return the organisation that "the bank" means, by its label."""
        return self._resolve(word)[0]

    def owner(self, start: int, quotation: int | None) -> Cluster | None:
        """Return the organisation or country that "its" means: a subject just before, or the only one named there."""
        number = self._ordinal(start if quotation is None else min(start, quotation))
        near = self.mentions[max(0, bisect_left(self.starts, start) - 40) : bisect_left(self.starts, start)]
        bodies = [p for p in near if p.cluster.kind != "person" and number - 1 <= p.sentence <= number]
        found = _only_in_last_sentence([p for p in bodies if p.is_subject], number)
        found = found or _only([p for p in bodies if p.cluster.kind == "organisation"])
        last = next((p for p in reversed(bodies) if p.cluster is found), None)
        return None if last and (self._is_joined(last) or self._tells_of_another(last, bodies)) else found

    def _tells_of_another(self, mention: PlacedMention, bodies: list[PlacedMention]) -> bool:
        """Tell whether a body is named only as the source of words about another one, so that "its" may be either's:
        "Peru's share is 60 percent, the bank says. Its share of refining is 9 percent"."""
        said = (c for (start, end), contents in self.spoken.items() if start <= mention.start < end for c in contents)
        others = [p.start for p in bodies if p.cluster is not mention.cluster]
        return any(c.end <= mention.start and any(c.start <= other < c.end for other in others) for c in said)

    def _is_joined(self, mention: PlacedMention) -> bool:
        """Tell whether another name, found or not, is joined to a mention: "Roth and Bolt"."""
        before, after = self.context.before(mention.start, 40), self.context.after(mention.end, 8)
        return JOINED_BEFORE.search(before) is not None or JOINED_AFTER.match(after) is not None

    def _remember(self, word: Entity, cluster: Cluster) -> None:
        """Let later words refer to a resolved one: "The minister left. She said ..."."""
        is_subject = word.label in PERSONAL or bool(self.context.subject_ends(word.start, word.end))
        at = bisect_right(self.starts, word.start)
        number = self._ordinal(word.start)
        self.mentions.insert(at, PlacedMention(word.start, word.end, cluster, number, is_subject))
        self.starts.insert(at, word.start)

    def _owners(self, known: set[tuple[int, int]]) -> Iterator[Entity]:
        """Yield the words that say whose a figure is, where they stand for a name: "its", "the partnership"."""
        spans = {(f.subject_span.start, f.subject_span.end) for f in self.context.reading.figures if f.subject_span}
        for start, end in spans - known:
            words = self.context.text[start:end]
            described = DESCRIBED.fullmatch(words)
            label = OWNING.get(words.lower())
            if label is None and described and self._describes(described[1].lower().split(), described[2]):
                label = described[2]
            if label is not None:
                self.owners.add((start, end))
                yield Entity(start, end, label, 0, 0)

    def _describes(self, before: list[str], noun: str) -> bool:
        """Tell whether "the pump maker" may mean a company named before, and not another: "the rival maker"."""
        if noun in words_for("company_nouns"):
            return words_for("other_companies").isdisjoint(before) and all(w.isalpha() for w in before)
        bodies = (p.cluster for p in self.mentions if p.cluster.kind == "organisation")
        return not before and any(key(form).split()[-1:] == [noun] for c in bodies for form in c.forms)

    def _resolve(self, word: Entity) -> tuple[Cluster | None, MentionType, str]:
        """Return the referent of a word, the mention type and the rule."""
        number = self._number(word)
        if word.label in PERSONAL:
            return self._person(word, number), "pronoun", "pronoun"
        if word.label in {"it", "they"}:
            return self._organisation(word, number), "pronoun", "pronoun"
        noun = word.label.split()[-1]
        if noun in self.defined:
            return self.defined[noun], "title", "defined"
        if noun in words_for("company_nouns"):
            return self._company(word, number), "title", "title-alone"
        near = self._mentions_before(word, TITLE_REACH)
        called = [p for p in near if self._is_called(p, word.label)]
        found = _only(called)
        if found is None and called and all(p.cluster.kind == "organisation" for p in called):
            found = _only_in_last_sentence([p for p in called if p.is_subject], number)
        elif found is None or found.kind == "person":
            found = self._last_in_office(near, called, number, word.label)
        return found, "title", "title-alone"

    def _last_in_office(
        self, near: list[PlacedMention], called: list[PlacedMention], number: int, noun: str
    ) -> Cluster | None:
        """Return the only one with that title in the last sentences, else the only one before."""
        last = [p for p in called if p.sentence > number - PRONOUN_REACH]
        if last:
            return _only(last)
        found = _only(called)
        if found and self._is_the_one(found, called[-1], noun):
            return found
        since = max((p.start for p in called), default=0)
        unknown = (p.cluster for p in near if p.start > since and p.cluster.kind == "person")
        return None if any(not self._offices(cluster) for cluster in unknown) else found

    def _is_the_one(self, person: Cluster, named: PlacedMention, noun: str) -> bool:
        """Tell whether the article calls a person by this title alone, with "the": "Ada Roth, the chairwoman, ..."."""
        of_person = {(m.start, m.end) for m in person.mentions}
        for role in self.context.reading.roles:
            if (role.holder.start, role.holder.end) in of_person and role.title.lower() == noun:
                between = self.context.text[min(role.holder.end, named.end) : role.end]
                return re.fullmatch(rf",\s+the\s+{re.escape(noun)}", between, re.IGNORECASE) is not None
        return False

    def _is_taken(self, word: Entity) -> bool:
        after = bisect_right(self.starts, word.start)
        inside = after > 0 and self.mentions[after - 1].end > word.start
        return inside or (after < len(self.mentions) and self.mentions[after].start < word.end)

    def _number(self, word: Entity) -> int:
        """Return the sentence to look back from: for a speaker, the one in which the quotation begins."""
        content = self.spoken.get((word.start, word.end), ())
        return self._ordinal(min([word.start, *(c.start for c in content)]))

    def _mentions_before(self, word: Entity, back: int, *, told: bool = False) -> list[PlacedMention]:
        """Return the mentions before a word in its sentence and the previous ones; nearest last.

        Nobody named in a quotation is its speaker; but in "Roth will build two mines, the company said" with `told`.
        """
        first = self.context.sentence(bisect_left(self.ordinals, max(0, self._number(word) - back + 1)))
        low = bisect_left(self.starts, first.start) if first else 0
        high = bisect_left(self.starts, word.start)
        content = self.spoken.get((word.start, word.end), ())
        near = self.mentions[max(low, high - 40) : high]
        around = self._quotation_around(word.start)
        if around:  # "he" in a quotation is not its speaker
            own = {p.cluster for p in self.mentions if around[2] <= p.start and p.end <= around[3]}
            near = [p for p in near if p.cluster not in own]
        if told and not any(QUOTED.search(self.context.text[max(0, c.start - 1) : c.start + 1]) for c in content):
            return near
        return [p for p in near if not any(c.start <= p.start < c.end for c in content)]

    def _quotation_around(self, place: int) -> tuple[int, int, int, int] | None:
        """Return the quotation that a place is in: its span and its speaker's."""
        at = bisect_right(self.quotations, (place, 1 << 60)) - 1
        return self.quotations[at] if at >= 0 and place < self.quotations[at][1] else None

    def _person(self, word: Entity, number: int) -> Cluster | None:
        """Return the last pronoun's referent if nobody else was mentioned since, else the only person or subject.

        A person without a name who was the subject since then may be meant as well: "A detective came. He ...".
        """
        far = [p for p in self._mentions_before(word, PERSON_REACH) if p.cluster.kind == "person"]
        far = [p for p in far if p.cluster.gender in {None, PERSONAL[word.label]}]
        people = [p for p in far if p.sentence > number - PRONOUN_REACH]
        found = None
        if self._is_before_subject(word):
            return None
        last = self._last_pronoun(word.start)
        if last and last[3] == word.label and number - last[2] <= 1:
            found = _only([p for p in people if p.sentence >= last[2]], last[1])
        found = found or _only(people) or _only_in_last_sentence([p for p in people if p.is_subject], number)
        found = found if people or found else _only([p for p in far if p.cluster.gender])
        surname_only = found is not None and found.gender is None and all(" " not in form for form in found.forms)
        if surname_only and any(p.cluster.gender for p in far if p.cluster is not found):
            return None
        if found and not self._quotation_around(word.start):  # nor is "he" outside somebody named in quotations only
            named = [p for p in far if p.cluster is found]
            if named and all(self._quotation_around(p.start) for p in named):
                return None
        since = max((p.end for p in far if p.cluster is found), default=word.start)
        if found and (
            self._has_unnamed_person(since, word.start, found, word.label) or self._has_unknown_name(since, word.start)
        ):
            return None
        if found:
            if not self._is_said(word.start):
                found.gender = found.gender or PERSONAL[word.label]
            insort(self.resolved, (word.start, found, number, word.label), key=lambda r: r[0])
        return found

    def _last_pronoun(self, place: int) -> tuple[int, Cluster, int, str] | None:
        """Return the resolved pronoun before a place."""
        at = bisect_left(self.resolved, place, key=lambda r: r[0])
        return self.resolved[at - 1] if at else None

    def _is_before_subject(self, word: Entity) -> bool:
        """Tell whether a pronoun in an opening clause may mean the subject after it: "Asked if she knew, Roth left"."""
        sentence = self.context.sentence(self.context.sentence_at(word.start))
        if sentence is None:
            return False
        opening = self.context.text[sentence.start : word.start].split()
        opens = opening[0].lower() if opening else ""
        if not (opens in words_for("opening_clauses") or opens.endswith(("ed", "ing"))) or "," in " ".join(opening):
            return False
        comma = self.context.text.find(",", word.end, sentence.end)
        behind = self.mentions[bisect_left(self.starts, comma) : bisect_left(self.starts, sentence.end)]
        if comma >= 0 and any(p.cluster.kind == "person" and p.is_subject for p in behind):
            return True
        ends = self.context.subject_ends(comma, sentence.end) if comma >= 0 else []
        return bool(ends) and self._noun(ends[0]) in self._people(word.label)

    def _noun(self, end: int) -> str:
        """Return the head of the subject that ends here, in lower case."""
        head = self.context.subjects[end]
        return self.context.text[head.start : head.end].lower()

    @staticmethod
    def _people(pronoun: str) -> frozenset[str]:
        """Return the nouns for people that "he" or "she" may mean."""
        own, other = ("male_nouns", "female_nouns") if pronoun == "he" else ("female_nouns", "male_nouns")
        return (words_for("person_nouns") | OFFICES | words_for(own)) - words_for(other)

    def _has_unknown_name(self, start: int, end: int) -> bool:
        """Tell whether a person who is linked to nobody ("Ms. Roth", of two) is a subject between two places."""
        for at in self.context.subject_ends(start, end):
            head = self.context.subjects[at]
            named = any(n.label == "PERSON" for n in self.context.names_at(head.start, head.end))
            if named and not self._is_mentioned(head.start):
                return True
        return False

    def _is_mentioned(self, place: int) -> bool:
        at = bisect_right(self.starts, place)
        return any(p.start <= place < p.end for p in self.mentions[max(0, at - MAX_NESTED) : at])

    def _has_unnamed_person(self, start: int, end: int, found: Cluster, pronoun: str) -> bool:
        """Tell whether a person without a name comes up between two places: "a detective" as a subject, or "met a man".

        A mention of `found` is no other person.
        """
        people = self._people(pronoun)
        for at in self.context.subject_ends(start, end):
            head, noun = self.context.subjects[at], self._noun(at)
            new = INDEFINITE.search(self.context.before(head.start, 30)) and PERSON_ENDING.search(noun)
            if (noun in people or new) and not any(
                p.start <= head.start < p.end and p.cluster is found
                for p in self.mentions[max(0, bisect_right(self.starts, head.start) - 3) :][:4]
            ):
                return True
        return any(m[1].lower() in people for m in NEW_PERSON.finditer(self.context.text, start, end))

    def _organisation(self, word: Entity, number: int) -> Cluster | None:
        """Return the organisation or country that is the only subject of this sentence, else of the previous one."""
        near = [p for p in self._mentions_before(word, PRONOUN_REACH) if p.cluster.kind in {"organisation", "country"}]
        found = _only_in_last_sentence([p for p in near if p.is_subject], number)
        if found and (word.start, word.end) in self.owners and not self._is_own_words(word, found):
            last = max((p for p in near if p.is_subject and p.cluster is found), key=lambda p: p.end)
            other = self._has_other_thing(last.end, word.start, near) or self._tells_of_another(last, near)
            return None if other else found
        return found

    def _is_own_words(self, word: Entity, body: Cluster) -> bool:
        """Tell whether "it" opens what this body says: "Roth Mining, which owns a pit, said it had 40 lorries"."""
        said = self.spoken.items()
        speakers = [span for span, content in said if any(0 <= word.start - c.start <= THAT for c in content)]
        own = (p for p in self.mentions if p.cluster is body)
        return any(start <= p.start and p.end <= end for p in own for start, end in speakers)

    def _has_other_thing(self, start: int, end: int, near: list[PlacedMention]) -> bool:
        """Tell whether "it" may mean something that came up since: "opened a mill", "bought Aldorf", "the pit lies"."""
        text = self.context.text
        away = words_for("prepositions")
        if any(m[1].lower() not in away for m in NEW_THING.finditer(text, start, end)):
            return True
        heads = (self.context.subjects[at] for at in self.context.subject_ends(start, end))
        words = ((h, text[h.start : h.end].lower()) for h in heads)
        named = {place for p in near for place in range(p.start, p.end)}
        return any(
            h.start not in named and w not in RELATIVES and (not w.endswith("s") or w.endswith("ss")) for h, w in words
        )

    def _company(self, word: Entity, number: int) -> Cluster | None:
        """Return the company that the last sentences are about.

        That is the only one named there, if it is a subject or no other is named more often in the article; with
        another company in between, the last subject that is named more often than the others.
        """
        near = [p for p in self._mentions_before(word, TITLE_REACH, told=True) if p.cluster.kind == "organisation"]
        companies = [p for p in near if not is_public(p.cluster) and not self._is_employer(p)]
        only = _only(companies)
        if only:
            is_topic = all(len(only.mentions) >= len(p.cluster.mentions) for p in self.companies)
            return only if is_topic or any(p.is_subject for p in companies) else None
        last = _only_in_last_sentence([p for p in companies if p.is_subject], number)
        others = {p.cluster for p in companies} - {last}
        return last if last and all(len(last.mentions) > len(c.mentions) for c in others) else None

    def _is_employer(self, body: PlacedMention) -> bool:
        """Tell whether it only employs an analyst or a reporter: "Norbank analyst Jens Aker", "OSLO (Norwire) - "."""
        if self.context.before(body.start, 1) == "(" and AGENCY_END.match(self.context.after(body.end, 4)):
            return True
        at = bisect_right(self.starts, body.end)
        after = self.mentions[at] if at < len(self.mentions) else None
        between = self.context.text[body.end : after.start] if after and after.cluster.kind == "person" else ""
        return re.fullmatch(r"\s+[a-z]+(?:\s[a-z]+)?\s+", between[:40]) is not None

    def _is_called(self, mention: PlacedMention, noun: str) -> bool:
        """Tell whether a person holds an office with this noun, or an organisation has it in its name.

        "Council leader Ann Roth" is not the council.
        """
        words = set(noun.split())
        if mention.cluster.kind == "organisation":
            names = (mention.cluster.actor and self.context.registry.by_id[mention.cluster.actor].name) or ""
            return words.issubset(key(self.context.text[mention.start : mention.end] + " " + names).split())
        if mention.cluster.kind != "person" or words & (words_for("public_bodies") | words_for("only_bodies")):
            return False
        if COUNTERPART.search(self.context.before(mention.start, 20)):
            return True
        return any(words <= title for title in self._offices(mention.cluster))

    def _offices(self, person: Cluster) -> list[frozenset[str]]:
        """Return the words of each title that the article gives to a person, and of those held then by the registry."""
        if person in self.offices:
            return self.offices[person]
        given = (self.context.titles.get((m.start, m.end)) for m in person.mentions)
        held = self.context.registry.by_id[person.actor].roles if person.actor else ()
        current = (o.title for o in held if o.since and self.context.in_time(o.since, o.until))
        known = (frozenset(re.findall(r"[a-z]+", title.lower())) for title in current)
        self.offices[person] = [*filter(None, given), *known]
        return self.offices[person]


def _only(mentions: list[PlacedMention], also: Cluster | None = None) -> Cluster | None:
    """Return the one cluster of these mentions, `also` included."""
    clusters = {p.cluster for p in mentions} | ({also} if also else set())
    return clusters.pop() if len(clusters) == 1 else None


def _only_in_last_sentence(mentions: list[PlacedMention], number: int) -> Cluster | None:
    """Return the one cluster of the mentions in this sentence; if it has none, in the previous one."""
    return _only([p for p in mentions if p.sentence == number] or [p for p in mentions if p.sentence == number - 1])


def is_public(cluster: Cluster) -> bool:
    """Tell whether a cluster's names show that it is not a company."""
    return any(words_for("public_bodies").intersection(key(name).split()) for name in cluster.forms)

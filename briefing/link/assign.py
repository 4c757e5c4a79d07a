"""Assign actors to the speakers, subjects, role holders and events of an article.

A speaker is the actor that its words name, not any actor that they contain: "Roth's lawyer" is not Roth, "an analyst at
Roth Mining" is unknown, and "some analysts" are a group.

The organisation of a role may be said by a reference or an owner:

    "Roth Mining closed a pit. Its director, Ann Lee, said ..."     Roth Mining
    "the company's director, Ann Lee", "a spokesman for the bank"   the company, the bank
    "Roth's treasurer, Ann Lee"                                     Roth, which the reader did not see as a name
    "EU Trade Commissioner Ann Lee"                                 the European Union

Where two organisations fit, the role has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from briefing.facts import KINDS
from briefing.link.clusters import Cluster
from briefing.link.context import ArticleContext, title_words
from briefing.link.coreference import Referents
from briefing.model import ActorHere, Entity, Event, Fact, Facts, Figure, Mention, MentionType, Reading, Role, Statement
from briefing.registry.name_variants import without_relative, words_for

MARKUP = re.compile(r"[*_`]+")
POSSESSIVE = re.compile(r"^\s*['’]s?(?!\w)")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
PEOPLE = re.compile(r"^(?!others$)[a-z]\w{2,}(?:ers|ors|ists|ians)$")  # "forecasters", "auditors"
PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "this", "one"})
POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our"})
SHARES = frozenset({"percent", "pp", "bp", "1"})
HELD = re.compile(r"\b(?:stakes?|shares?|holdings?|votes?|support|approval|ratings?)\b")  # of these a person has a part
GROUP_WORDS = 6  # the noun of a group is among the first words: "several of the biggest American buyers"
WORDS = re.compile(r"[^\W\d_][\w'’-]*")
APPOSITION = re.compile(
    r"\s*(?:\(|,\s+(?:the|an?|which|who|one|its|whose)\b|,\s+[A-Z][\w.-]*['’]s?\s+[a-z]|,\s+or\s+[A-Z]{2})"
)
IN_PLACE = re.compile(r",?\s+(?:of|(?:based\s+)?in)\s+[A-Z][\w.-]*(?:,?\s+[A-Z](?![\w.-]*['’])[\w.-]*){0,3},?")
ELSEWHERE = re.compile(r"(?:\bethnic |\b(?:pro|anti|non)-)$", re.IGNORECASE)  # "ethnic Albanians", "pro-British towns"
# Behind a name, or behind the words that describe it: "and", "as well as"
ALONG = re.compile(r"(?:\s*\([^()]{1,40}\))?(?:,[^,]{1,80},)?,?\s+(?:and|&|as well as|along with|together with)\s+\S")
JOINED_TO = re.compile(r"[^\s,]\s+(?:and|&|as well as|along with|together with)\s+$")
DESCRIBING = re.compile(r"(?:\s+[a-z][\w-]*){1,4},?\s+(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?")  # "Aston coach", between two names
LISTED = re.compile(r",\s*and\b|^\s*(?:and|or|&)\b", re.IGNORECASE)  # "Roth Mining, the miner, and Bolt Steel"


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A mention and its actor."""

    start: int
    end: int
    how: MentionType
    actor: ActorHere


class Mentions:
    """The mentions of an article in text order, to be queried by position."""

    def __init__(self, text: str, actors: Iterable[ActorHere]) -> None:
        self.text = text
        self.all = sorted(
            (PlacedMention(m.start, m.end, m.how, a) for a in actors for m in a.mentions),
            key=lambda h: (h.start, h.end),
        )
        self.starts = [h.start for h in self.all]
        self.longest = max((h.end - h.start for h in self.all), default=0)

    def overlapping(self, start: int, end: int) -> list[PlacedMention]:
        """Return the mentions that overlap a span."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        return [h for h in self.all[first:last] if h.end > start]

    def ids(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(h.actor.id for h in self.overlapping(start, end)))

    def named_by(self, start: int, end: int) -> ActorHere | None:
        """Return the actor that these words name as a whole."""
        end = start + len(without_relative(self.text[start:end]))
        overlapping = [h for h in self.overlapping(start, end) if not self.is_possessive(h, end)]
        whole = [h for h in overlapping if (h.start, h.end) == (start, end)]
        if whole:
            return whole[0].actor
        if self._is_joint(overlapping, start, end):
            return None
        people = [h for h in overlapping if h.actor.kind == "person"]
        if people:
            heads = [h for h in people if self._is_head(h, start)]
            return next((h.actor for h in heads if not self._only_describes(h, heads)), None)
        described = next((h for h in overlapping if self._is_described(h, start, end)), None)
        if described:
            return described.actor
        words = ARTICLE.sub("", self.text[start:end])
        at = end - len(words)
        for here in overlapping:
            rest = [w.lower() for w in WORDS.findall(self.text[here.end : end])]
            if here.start <= at and (here.how == "pronoun" or set(rest) <= words_for("speaking_for")):
                return None if rest and is_group(words) and rest[-1] != "authorities" else here.actor
        if set(WORDS.findall(words.lower())[:1]) & words_for("spokesmen"):
            return next((h.actor for h in overlapping if h.actor.kind in {"organisation", "country"}), None)
        owned = [h for h in self.overlapping(start, end) if h.start <= at and h.actor.kind != "person"]
        if owned and set(WORDS.findall(self.text[owned[0].end : end].lower())) - {"s"} <= words_for("speaking_for"):
            return owned[0].actor
        return None

    def _is_joint(self, names: list[PlacedMention], start: int, end: int) -> bool:
        """Tell whether somebody else speaks along with a name: "Roth and Bolt", "Roth, the mayor, and her deputy"."""
        people = [h for h in names if h.actor.kind == "person"]
        heads = [h for h in people if self._is_head(h, start)] or ([] if people else names[:1])
        joined = any(JOINED_TO.search(self.text, start, h.start) for h in people)
        return joined or any(h.how != "pronoun" and ALONG.match(self.text, h.end, end) for h in heads)

    def _is_head(self, person: PlacedMention, start: int) -> bool:
        """Tell whether a person speaks, and not somebody of theirs: "a lawyer for President Roth"."""
        before = WORDS.findall(self.text[start : person.start].rpartition(",")[2].lower())
        if before and before[-1] in words_for("honorifics"):
            while before and (before[-1] in words_for("honorifics") or before[-1] in words_for("before_titles")):
                before.pop()
        return not (before and before[-1] in words_for("prepositions"))

    def _only_describes(self, here: PlacedMention, people: list[PlacedMention]) -> bool:
        """Tell whether a name only says whose coach the next person is: "Aston coach Kay Bright"."""
        after = next((h for h in people if h.start > here.end), None)
        return after is not None and DESCRIBING.fullmatch(self.text, here.end, after.start) is not None

    def _is_described(self, here: PlacedMention, start: int, end: int) -> bool:
        """Tell whether an organisation speaks under a descriptor: "Australian miner Roth Corp.", "Roth, the miner"."""
        if here.actor.kind != "organisation" or here.how == "pronoun":
            return False
        after = self.text[here.end : end]
        placed = IN_PLACE.match(after)  # "Roth Mining of Halden, Europe's largest miner"
        beside = after[len(placed[0].rstrip(",")) :] if placed else after
        apposed = APPOSITION.match(beside) and not LISTED.search(beside)
        if after.strip(" .,;:\"”'’)") and not apposed and not IN_PLACE.fullmatch(after):
            return False
        before = WORDS.findall(ARTICLE.sub("", self.text[start : here.start]).lower())
        if not before:
            return True
        apart = words_for("prepositions") | words_for("joining")
        return apart.isdisjoint(before) and not before[-1].endswith("ing") and not is_group(" ".join(before))

    def owner(self, start: int, end: int) -> ActorHere | None:
        """Return the actor whose figure these words say it is: of "China's Ministry of Commerce", the ministry.

        A person's administration, firm or lawyer is not the person, and a people elsewhere is not its country.
        """
        found = [
            h for h in self.overlapping(start, end) if not ELSEWHERE.search(self.text[max(0, h.start - 10) : h.start])
        ]
        heads = [h for h in found if h.end >= end]
        inside = [h for h in found if h.actor.kind != "person" and not self._is_origin(h, start, end)]
        return heads[-1].actor if heads else inside[0].actor if inside else None

    def _is_origin(self, here: PlacedMention, start: int, end: int) -> bool:
        """Tell whether a country only says where somebody is from: "the Swiss brand Orlac", "an Italian bakery"."""
        if here.how != "demonym":
            return False
        rest = WORDS.findall(self.text[here.end : end])
        firm = any(w[0].isupper() or w.lower() in words_for("company_nouns") | words_for("origin_nouns") for w in rest)
        indefinite = self.text[start : here.start].strip().lower() in {"a", "an", "one", "another"}
        return bool(rest) and (firm or indefinite)

    def is_possessive(self, here: PlacedMention, end: int) -> bool:
        """Tell whether the mention is a possessive ("Roth's"), so that somebody or something else is meant."""
        return here.end < end and POSSESSIVE.match(self.text[here.end : end]) is not None


def is_group(words: str) -> bool:
    """Tell whether these words mean several people without naming them."""
    found = [w.lower() for w in WORDS.findall(words)][:GROUP_WORDS]
    return any(w in words_for("group_nouns") or PEOPLE.search(w) for w in found)


def find_group_speakers(text: str, reading: Reading, mentions: Mentions) -> dict[str, list[Mention]]:
    """Return the speakers that are groups, by name."""
    found: dict[str, list[Mention]] = {}
    names = {(n.start, n.end) for n in reading.names if n.label == "ORG"}
    for statement in reading.statements:
        speaker = statement.speaker
        if speaker is None or speaker.end - speaker.start > 80:
            continue
        words = text[speaker.start : speaker.end]
        if (speaker.start, speaker.end) in names:
            continue  # "Rovers said": a club
        if words.lower().startswith("whose "):
            continue
        if is_group(words) and mentions.named_by(speaker.start, speaker.end) is None:
            name = " ".join(MARKUP.sub("", ARTICLE.sub("", words)).split())
            opening = speaker.start + len(words) - len(ARTICLE.sub("", words))
            if not tuple(mentions.ids(opening, opening + 1)):  # lower-case "Traders", but not "Chinese"
                name = name[:1].lower() + name[1:]
            found.setdefault(name, []).append(Mention(speaker.start, speaker.end, "name", "group"))
    return found


def assign_statement(statement: Statement, mentions: Mentions) -> Statement:
    speaker = statement.speaker
    if speaker is not None:
        named = mentions.named_by(speaker.start, speaker.end)
        cue = statement.cue
        between = mentions.text[speaker.end : cue.start] if cue and cue.start - speaker.end < REACH else ""
        joined = ALONG.match(between) is not None and any(c.isupper() for c in between)
        actor = named.id if named and not joined else None
        speaker = speaker if speaker.actor == actor else replace(speaker, actor=actor)
    about = dict.fromkeys(i for span in statement.content for i in mentions.ids(span.start, span.end))
    return replace(statement, speaker=speaker, about=tuple(about))


def _with_source(figure: Figure, mentions: Mentions) -> Figure:
    """Name who asserts a figure by id; a pronoun that stands for nobody known is nobody."""
    by = figure.asserted_span
    if by is None:
        return figure
    named = mentions.named_by(by.start, by.end)
    words = " ".join(mentions.text[by.start : by.end].split())
    asserted = named.id if named else None if words.lower() in PRONOUNS else words
    return figure if figure.asserted_by == asserted else replace(figure, asserted_by=asserted)


def assign_figure(figure: Figure, mentions: Mentions) -> Figure:
    figure = _with_source(figure, mentions)
    if figure.subject_span is None:
        return figure
    owner = mentions.owner(figure.subject_span.start, figure.subject_span.end)
    subject = owner.id if owner and _may_own(owner, figure, mentions) else None
    return figure if figure.subject == subject else replace(figure, subject=subject)


def _may_own(owner: ActorHere, figure: Figure, mentions: Mentions) -> bool:
    """A person halves a tariff of 20 percent, which is not hers; a stake or "her 20 percent" is."""
    if owner.kind != "person" or figure.unit not in SHARES or figure.subject_span is None:
        return True
    here = figure.subject_span
    words = mentions.text[here.start : here.end].lower()
    possessive = words in POSSESSIVES or POSSESSIVE.match(mentions.text[here.end : here.end + 3]) is not None
    return possessive or HELD.search(figure.measure or "") is not None


def assign_role(role: Role, mentions: Mentions) -> Role:
    holders = [h for h in mentions.overlapping(role.holder.start, role.holder.end) if h.actor.kind == "person"]
    bodies = mentions.overlapping(role.body.start, role.body.end) if role.body else []
    bodies = [h for h in bodies if h.actor.kind in {"organisation", "country"}]
    if role.body:  # "China's foreign ministry" is not China
        bodies = [h for h in bodies if not mentions.is_possessive(h, role.body.end)]
    return replace(
        role,
        actor=holders[0].actor.id if holders else None,
        organisation=bodies[0].actor.id if bodies else None,
    )


ASSIGN: dict[type[Fact], Callable[[Any, Mentions], Any]] = {
    Statement: assign_statement,
    Figure: assign_figure,
    Role: assign_role,
    Event: lambda event, mentions: replace(event, actors=mentions.ids(event.start, event.end)),
}


def assign_actors(facts: Facts, mentions: Mentions) -> dict[str, Any]:
    """Return the facts of each kind with their actors, by the field that holds them. Other kinds name no actors."""
    return {
        kind.key: tuple(ASSIGN[kind.type](fact, mentions) for fact in kind.of(facts))
        if kind.type in ASSIGN
        else kind.of(facts)
        for kind in KINDS
    }


# --- organisations of roles -------------------------------------------------------------------


ITS = re.compile(r"(?<!\w)(?:its|their)\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
THE = re.compile(r"(?<!\w)the\s+([a-z]+)['’]s?\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
OWNER = re.compile(r"['’]s?\s+(?:(?:new|acting|former|long-time|then)\s+)?$")
NOUN = re.compile(r"(?:the\s+)?([a-z]+)$", re.IGNORECASE)
FIRST_NOUN = re.compile(r"([a-z]+)\s+[a-z]")
REACH = 40  # characters before a title that may hold its owner


class Employers:
    """Finds the organisations of one article's roles."""

    def __init__(
        self, context: ArticleContext, referents: Referents, ids: dict[Cluster, str], mentions: Mentions
    ) -> None:
        self.context = context
        self.referents = referents
        self.ids = ids
        self.mentions = mentions
        self.present = frozenset(ids.values())
        statements = context.reading.statements
        self.said = sorted(
            (s.speaker.start, s.speaker.end, min(c.start for c in s.content))
            for s in statements
            if s.speaker and s.content
        )
        self.direct = sorted((c.start, c.end) for s in statements if s.form == "direct" for c in s.content)

    def complete(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the roles, each with its organisation, without those that no person holds or only a comparison is."""
        kept = []
        for role in roles:
            quoted = role.rule == "verb" and role.body is None
            if quoted and self._is_quoted(role):
                continue  # "This was a system, and Roth was its treasurer"
            if role.actor is None and any(self._bodies(role.holder.start, role.holder.end)):
                continue  # "Roth Mining, its largest shareholder"
            organisation = role.organisation or self._organisation(role)
            kept.append(role if organisation == role.organisation else replace(role, organisation=organisation))
        return tuple(kept)

    def _is_quoted(self, role: Role) -> bool:
        at = bisect_right(self.direct, (role.start, 1 << 60)) - 1
        return at >= 0 and role.end <= self.direct[at][1]

    def _bodies(self, start: int, end: int) -> Iterator[str]:
        return (
            m.actor.id for m in self.mentions.overlapping(start, end) if m.actor.kind in {"organisation", "country"}
        )

    def _organisation(self, role: Role) -> str | None:
        if role.body is not None:
            noun = NOUN.fullmatch(self.context.text[role.body.start : role.body.end])
            return self._referred(noun[1], role.body.start, role.body.end) if noun else None
        title = self._title(role)
        if title is None:
            return None
        before = self.context.before(title, REACH)
        the = THE.search(before)
        if the:
            return self._referred(the[1], title - len(the[0]), title)
        its = ITS.search(before)
        if its:
            return self._id(self.referents.owner(title - len(its[0]), self._speaker(role)))
        owner = OWNER.search(before)
        if owner:
            end = title - len(owner[0])
            return next((m.actor.id for m in self.mentions.overlapping(end - 1, end) if m.actor.kind != "person"), None)
        noun = FIRST_NOUN.match(role.title)
        if noun and noun[1] in words_for("body_heads"):
            return self._referred(noun[1], title, title + len(noun[1]))
        inside = [m for m in self.mentions.overlapping(title, title + 1) if m.start == title and m.end < role.end]
        return next((m.actor.id for m in inside if m.actor.kind != "person"), None) or self._registered(role)

    def _title(self, role: Role) -> int | None:
        """Return where the title's words begin."""
        words = r"\s+".join(map(re.escape, role.title.split()))
        found = re.compile(words).search(self.context.text, role.start, role.end)
        return found.start() if found else None

    def _speaker(self, role: Role) -> int | None:
        """Return where the quotation begins of which the holder is the speaker: "its" looks back from there."""
        at = bisect_right(self.said, (role.start, 1 << 60, 0)) - 1
        return self.said[at][2] if at >= 0 and role.start <= self.said[at][1] else None

    def _referred(self, noun: str, start: int, end: int) -> str | None:
        noun = noun.lower()
        if noun not in words_for("body_heads") | words_for("company_nouns") | words_for("public_bodies") | {"bank"}:
            return None
        named = [c for c in self.ids if c.kind == "organisation" and noun in c.words]
        if len(named) > 1:
            return None  # "the bank's manager" after a power station called "North Bank": whose is not sure
        return self._id(self.referents.meant(Entity(start, end, noun, 0, 0)))

    def _id(self, cluster: Cluster | None) -> str | None:
        return self.ids.get(cluster) if cluster is not None and cluster.kind != "person" else None

    def _registered(self, role: Role) -> str | None:
        """Return the one organisation of the article where the registry says that the holder has this title."""
        actor = self.context.registry.by_id.get(role.actor or "")
        said = title_words(role.title)
        found = {
            o.organisation
            for o in (actor.roles if actor else ())
            if o.organisation in self.present and title_words(o.title) and self.context.in_time(o.since, o.until)
            if said <= title_words(o.title) or title_words(o.title) <= said
        }
        return found.pop() if len(found) == 1 else None

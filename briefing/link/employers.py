"""Find the organisation of a role whose words say it by a reference or an owner, and drop what is no role.

    "Roth Mining closed a pit. Its director, Ann Lee, said ..."     Roth Mining
    "the company's director, Ann Lee", "a spokesman for the bank"   the company, the bank
    "Roth's treasurer, Ann Lee"                                     Roth, which the reader did not see as a name
    "EU Trade Commissioner Ann Lee"                                 the European Union

Where two organisations fit, the role has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from briefing.link.assign import Mentions
from briefing.link.clusters import Cluster
from briefing.link.context import ArticleContext, title_words
from briefing.link.coreference import Referents
from briefing.model import Entity, Role
from briefing.registry.name_variants import words_for

ITS = re.compile(r"(?<!\w)(?:its|their)\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
THE = re.compile(r"(?<!\w)the\s+([a-z]+)['’]s?\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
OWNER = re.compile(r"['’]s?\s+(?:(?:new|acting|former|long-time|then)\s+)?$")
NOUN = re.compile(r"(?:the\s+)?([a-z]+)$", re.IGNORECASE)
FIRST_NOUN = re.compile(r"([a-z]+)\s+[a-z]")
REACH = 40  # characters before a title that may hold its owner


class Employers:
    """Answers for the roles of one article which organisation they are held at."""

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

"""Organisations named in one article -> a group for each: by name, acronym and short form.

A body whose name every country has ("Foreign Ministry") is told apart by its country; where the article does not
say which country's it is, it is that article's own and shares its page with no other.
Example: "Roth Mining Corp. (RMC)", "Roth Mining", "RMC" are one group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from briefing.link.context import Scene
from briefing.link.groups import Group, Several
from briefing.link.match import Countries, is_common_body
from briefing.link.notes import ambiguous
from briefing.model import Entity, MentionType, Note
from briefing.registry.name_variants import LEGAL, key, words_for

# "... Organization (WTO)"
DEFINITION = re.compile(r"\s*\(\s*(?:the\s+|or\s+|“|\")?([A-Z][A-Za-z0-9&.-]{1,11})[”\"]?\s*\)")
SHORT = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}s?$")
LITTLE = frozenset({"of", "the", "and", "for", "on", "in", "de", "du", "des", "la", "le", "&"})


class Bodies:
    def __init__(self, scene: Scene, registered: Iterable[Group], countries: Countries) -> None:
        self.scene = scene
        self.countries = countries
        self.notes: list[Note] = []
        self.groups = list(registered)
        self.by_name: dict[str, Group] = {}
        self.by_short: defaultdict[str, Several] = defaultdict(dict)  # defined acronyms and initials
        self.by_start: defaultdict[str, Several] = defaultdict(dict)  # the first words of a longer name
        self.by_word: defaultdict[str, Several] = defaultdict(dict)  # bodies whose name holds "ministry"
        for group in self.groups:
            for mention in list(group.mentions):
                self._learn(group, mention.start, mention.end)

    def add(self, names: list[Entity]) -> None:
        long: list[Entity] = []
        short: list[Entity] = []
        for name in names:
            words = self.scene.text[name.start : name.end]
            (short if SHORT.match(words) or " " not in words else long).append(name)
        common = [n for n in names if is_common_body(self._text(n))]
        long = [n for n in long if n not in common]
        short = [n for n in short if n not in common]
        for name in sorted(long, key=lambda n: (-len(_body_key(self._text(n)).split()), n.start)):
            self._add(name, self.by_start)
        for name in short:
            self._add(name, self.by_short if SHORT.match(self._text(name)) else self.by_start)
        for name in common:
            self._add(name, self.by_start)

    def _add(self, name: Entity, others: dict[str, Several]) -> None:
        written = _body_key(self._text(name))
        if is_common_body(self._text(name)):
            self._add_common(name, written)
            return
        fitting = others.get(written, {})
        group = self.by_name.get(written)
        if group is not None or len(fitting) != 1:
            self._put(group, name, written, "name", "name")
        else:
            next(iter(fitting)).add(self.scene.text, name.start, name.end, "alias", "short-form")

    def _add_common(self, name: Entity, written: str) -> None:
        """ "Foreign Ministry", "the Commission": the one body here whose name holds it, else a country's."""
        holding = [g for g in self.by_word.get(written.split()[-1], []) if set(written.split()) <= g.words]
        if len(holding) == 1 and self.countries.beside_at(name.start, name.end) is None:
            holding[0].add(self.scene.text, name.start, name.end, "alias", "short-form")
            return
        if len(holding) > 1:
            message = ambiguous(self._text(name), sorted({self._called(g) for g in holding}))
            self.notes.append(Note("ambiguous-name", "info", message, name.start, name.end))
            return
        country = self.countries.only(name.start, name.end)
        key = f"{written} {country or ''}"
        group = self.by_name.get(key)
        if group is None:
            group = Group("organisation", of=country or f"in {self.scene.article.source.id}")
            self.groups.append(group)
            self.by_name[key] = group
        group.add(self.scene.text, name.start, name.end, "name", "name")

    def _put(self, group: Group | None, name: Entity, written: str, how: MentionType, rule: str) -> None:
        if group is None:
            group = Group("organisation")
            self.groups.append(group)
        group.add(self.scene.text, name.start, name.end, how, rule)
        self.by_name.setdefault(written, group)
        self._learn(group, name.start, name.end)

    def _learn(self, group: Group, start: int, end: int) -> None:
        """What this name may be shortened to later."""
        text = self.scene.text
        words = _body_key(text[start:end]).split()
        self.by_name.setdefault(" ".join(words), group)
        defined = DEFINITION.match(text[end : end + 20])
        shorts = {key(defined[1])} if defined and _initials_fit(defined[1], words) else set()
        group.words |= set(words)
        for word in words:
            if word in words_for("body_heads"):
                self.by_word[word][group] = None
        initials = "".join(w[0] for w in words if w not in LITTLE)
        if len(initials) > 2:
            shorts.add(initials)
        for table, entries in (
            (self.by_short, shorts),
            (self.by_start, {" ".join(words[:n]) for n in range(1, min(len(words), 5))}),
        ):
            for entry in entries:
                table[entry][group] = None

    def _called(self, group: Group) -> str:
        return self.scene.registry.by_id[group.actor].name if group.actor else group.name

    def _text(self, name: Entity) -> str:
        return self.scene.text[name.start : name.end]


def _body_key(name: str) -> str:
    return key(LEGAL.sub("", name)).removeprefix("the ").replace(".", "").strip()


def _initials_fit(short: str, words: list[str]) -> bool:
    """Could these be the initials of those words, in order? "MOFCOM" of "Ministry of Commerce" may."""
    letters = iter("".join(words))
    return bool(words) and short[0].lower() == words[0][0] and all(c in letters for c in short.lower() if c.isalnum())

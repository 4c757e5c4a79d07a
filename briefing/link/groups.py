"""Names of one article -> groups that name one actor each: people by surname, bodies by acronym and short form.

A group starts from a registered actor or from a full name that the model found. Two different first names
are never one person; a surname that fits two people is linked to neither.
Example: "Katharina Roth", "Ms. Roth", "Roth" are one group; with "Jonas Roth" in the article, "Roth" is open.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing.link.decide import Decisions
from briefing.link.scene import Scene
from briefing.model import Entity, Mention, Note
from briefing.terms import LEGAL, key, words_for

WORD = re.compile(r"[^\W\d_][\w'’-]*")
# "... Organization (WTO)"
DEFINITION = re.compile(r"\s*\(\s*(?:the\s+|or\s+|“|\")?([A-Z][A-Za-z0-9&.-]{1,11})[”\"]?\s*\)")
SHORT = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}s?$")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
LITTLE = frozenset({"of", "the", "and", "for", "on", "in", "de", "du", "des", "la", "le", "&"})


@dataclass(slots=True)
class Group:
    """The mentions of one actor in one article."""

    kind: str
    actor: str | None = None  # the id, if registered
    mentions: list[Mention] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)  # how it is written, for names and spellings only
    first: dict[str, tuple[int, int]] = field(default_factory=dict)  # where each form stands first

    def add(self, text: str, start: int, end: int, how: str, rule: str) -> None:
        self.mentions.append(Mention(start, end, how, rule))
        if how in {"name", "alias"}:
            form = " ".join(text[start:end].split())
            self.forms[form] += 1
            self.first.setdefault(form, (start, end))

    @property
    def name(self) -> str:
        """The fullest form, then the most frequent, then the first."""
        forms = list(self.forms) or [""]
        return max(forms, key=lambda f: (not f.isupper(), len(f.split()), self.forms[f], -forms.index(f)))


def group_names(scene: Scene, made: Decisions) -> tuple[list[Group], list[Note]]:
    """All groups of an article, registered actors first, and notes on names that fit two of them."""
    registered: dict[str, Group] = {}
    for link in made.links:
        group = registered.setdefault(link.actor, Group(scene.registry.by_id[link.actor].kind, link.actor))
        group.add(scene.text, link.start, link.end, link.how, link.rule)
    taken = Taken(made)
    free = [n for n in scene.names if n.label in {"PERSON", "ORG"} and not taken.overlaps(n.start, n.end)]
    people = _People(scene, [g for g in registered.values() if g.kind == "person"])
    people.add([n for n in free if n.label == "PERSON"])
    bodies = _Bodies(scene, [g for g in registered.values() if g.kind == "organisation"])
    bodies.add([n for n in free if n.label == "ORG"])
    people.find_bare_surnames(taken)
    others = [g for g in registered.values() if g.kind not in {"person", "organisation"}]
    return [*others, *people.groups, *bodies.groups], people.notes


class Taken:
    """Stretches of the text that are linked or left open."""

    def __init__(self, made: Decisions) -> None:
        self.places: set[int] = set()
        for start, end in [*((link.start, link.end) for link in made.links), *made.open]:
            self.places.update(range(start, end))

    def overlaps(self, start: int, end: int) -> bool:
        return any(place in self.places for place in range(start, end))


# --- people ----------------------------------------------------------------------------------


class _People:
    def __init__(self, scene: Scene, registered: Iterable[Group]) -> None:
        self.scene = scene
        self.groups: list[Group] = []
        self.notes: list[Note] = []
        self.by_full: dict[str, Group] = {}  # first and last word
        self.by_initial: defaultdict[str, list[Group]] = defaultdict(list)  # initial and last word
        self.by_last: defaultdict[str, list[Group]] = defaultdict(list)
        self.by_first: defaultdict[str, list[Group]] = defaultdict(list)
        for group in registered:
            actor = scene.registry.by_id[group.actor or ""]
            self._start(group, [actor.name, *(a.name for a in actor.aliases if a.type != "title"), *group.forms])

    def _start(self, group: Group, names: Iterable[str]) -> None:
        self.groups.append(group)
        for name in names:
            words = _person_words(name)
            if len(words) > 1:
                self.by_full.setdefault(f"{words[0]} {words[-1]}", group)
                for table, entry in (
                    (self.by_initial, f"{words[0][0]} {words[-1]}"),
                    (self.by_last, words[-1]),
                    (self.by_first, words[0]),
                ):
                    if group not in table[entry]:
                        table[entry].append(group)

    def add(self, names: list[Entity]) -> None:
        single: list[Entity] = []
        initials: list[Entity] = []
        for name in names:
            words = _person_words(self._text(name))
            if len(words) < 2:
                single.append(name)
            elif len(words[0]) == 1:
                initials.append(name)
            else:
                group = self.by_full.get(f"{words[0]} {words[-1]}")
                if group is None:
                    group = Group("person")
                    self._start(group, [self._text(name)])
                self._add(group, name, "name", "name")
        for name in initials:
            words = _person_words(self._text(name))
            fitting = self.by_initial[f"{words[0]} {words[-1]}"]
            if not fitting:
                group = Group("person")
                self._start(group, [self._text(name)])
                fitting = [group]
            self._add_if_one(fitting, name, "name", "initials")
        for name in single:
            self._add_single(name)

    def _add_single(self, name: Entity) -> None:
        word = " ".join(_person_words(self._text(name)))
        fitting = self.by_last.get(word) or self.by_first.get(word)
        if fitting is None:
            group = Group("person")
            self.groups.append(group)
            self.by_last[word] = fitting = [group]
            self._add(group, name, "name", "name")
            return
        alone = len(fitting) == 1 and fitting[0].actor is None and all(" " not in f for f in fitting[0].forms)
        self._add_if_one(fitting, name, "name" if alone else "surname", "name" if alone else "surname")

    def _add_if_one(self, fitting: list[Group], name: Entity, how: str, rule: str) -> None:
        if len(fitting) == 1:
            self._add(fitting[0], name, how, rule)
            return
        between = " and ".join(sorted({self._called(g) for g in fitting}))
        message = f"“{self._text(name)}” may mean {between}: the article does not decide, so it is linked to none."
        self.notes.append(Note("ambiguous-name", "info", message, name.start, name.end))

    def find_bare_surnames(self, taken: Taken) -> None:
        """Surnames of registered people that the model overlooked: "Roth" between small words."""
        wanted = {w: g[0] for w, g in self.by_last.items() if len(g) == 1 and g[0].actor and len(w) > 2}
        if not wanted:
            return
        text = self.scene.text
        for match in WORD.finditer(text):
            word = re.sub(r"['’]s$", "", match[0])
            group = wanted.get(key(word)) if word[0].isupper() else None
            start, end = match.start(), match.start() + len(word)
            if group is None or taken.overlaps(start, end) or self.scene.names_at(start, end):
                continue
            if any(m.start <= start < m.end for m in group.mentions) or not _stands_alone(text, start, end):
                continue
            group.add(text, start, end, "surname", "surname")

    def _add(self, group: Group, name: Entity, how: str, rule: str) -> None:
        group.add(self.scene.text, name.start, name.end, how, rule)

    def _text(self, name: Entity) -> str:
        return self.scene.text[name.start : name.end]

    def _called(self, group: Group) -> str:
        return self.scene.registry.by_id[group.actor].name if group.actor else group.name


def _person_words(name: str) -> list[str]:
    """Folded; a double name is one word, so that "Smith-Jones" alone is a surname."""
    words = [key(w).replace(" ", "").strip(".,") for w in re.sub(r"(?<=\b[A-Z])\.(?=\S)", ". ", name).split()]
    words = [w for w in words if w]
    return words[:-1] if len(words) > 2 and words[-1] in SUFFIXES else words


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not beside another capitalised word, which would make it a part of another name."""
    before = re.search(r"([A-Z][\w'’-]*)[ \u00a0]$", text[max(0, start - 30) : start])
    after = re.match(r"[ \u00a0-][A-Z]", text[end : end + 2])
    return after is None and (before is None or before[1].lower() in words_for("honorifics"))


# --- organisations ---------------------------------------------------------------------------


class _Bodies:
    def __init__(self, scene: Scene, registered: Iterable[Group]) -> None:
        self.scene = scene
        self.groups = list(registered)
        self.by_name: dict[str, Group] = {}
        self.by_short: defaultdict[str, list[Group]] = defaultdict(list)  # defined acronyms and initials
        self.by_start: defaultdict[str, list[Group]] = defaultdict(list)  # the first words of a longer name
        for group in self.groups:
            for mention in list(group.mentions):
                self._learn(group, mention.start, mention.end)

    def add(self, names: list[Entity]) -> None:
        long: list[Entity] = []
        short: list[Entity] = []
        for name in names:
            words = self.scene.text[name.start : name.end]
            (short if SHORT.match(words) or " " not in words else long).append(name)
        for name in sorted(long, key=lambda n: (-len(_body_key(self._text(n)).split()), n.start)):
            self._add(name, self.by_start)
        for name in short:
            self._add(name, self.by_short if SHORT.match(self._text(name)) else self.by_start)

    def _add(self, name: Entity, others: dict[str, list[Group]]) -> None:
        written = _body_key(self._text(name))
        fitting = others.get(written, [])
        group = self.by_name.get(written)
        how, rule = "name", "name"
        if group is None and len(fitting) == 1 and not set(written.split()) <= words_for("body_words"):
            group, how, rule = fitting[0], "alias", "short-form"
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
        initials = "".join(w[0] for w in words if w not in LITTLE)
        if len(initials) > 2:
            shorts.add(initials)
        for table, entries in (
            (self.by_short, shorts),
            (self.by_start, {" ".join(words[:n]) for n in range(1, min(len(words), 5))}),
        ):
            for entry in entries:
                if group not in table[entry]:
                    table[entry].append(group)

    def _text(self, name: Entity) -> str:
        return self.scene.text[name.start : name.end]


def _body_key(name: str) -> str:
    return key(LEGAL.sub("", name)).removeprefix("the ").replace(".", "").strip()


def _initials_fit(short: str, words: list[str]) -> bool:
    """Could these be the initials of those words, in order? "MOFCOM" of "Ministry of Commerce" may."""
    letters = iter("".join(words))
    return bool(words) and short[0].lower() == words[0][0] and all(c in letters for c in short.lower() if c.isalnum())

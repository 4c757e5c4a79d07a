"""People named in one article -> a group for each.

A group starts from a registered person or from a full name that the model found. Two different first names
are never one person; a surname that fits two people is linked to neither.
Example: "Katharina Roth", "Ms. Roth", "Roth" are one group; with "Jonas Roth" in the article, "Roth" is open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from briefing.facts.names.lists import first_names, genders
from briefing.link.context import Scene, fits_office
from briefing.link.groups import Group, Several, Taken
from briefing.link.notes import ambiguous, registered_like
from briefing.model import Entity, MentionType, Note
from briefing.registry.name_variants import key, words_for

CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-z][\w'’-]+")
HONORIFICS = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f"}
PARTICLES = frozenset({"von", "van", "der", "den", "de", "du", "di", "da", "dos", "del", "della", "zu"})
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class People:
    def __init__(self, scene: Scene, registered: Iterable[Group], countries: Collection[str] = ()) -> None:
        self.scene = scene
        self.countries = countries  # that the article names
        self.groups: list[Group] = []
        self.notes: list[Note] = []
        self.by_full: dict[str, Group] = {}  # first and last word
        self.by_initial: defaultdict[str, Several] = defaultdict(dict)  # initial and last word
        self.by_last: defaultdict[str, Several] = defaultdict(dict)
        self.by_first: defaultdict[str, Several] = defaultdict(dict)
        for group in registered:
            actor = scene.registry.by_id[group.actor or ""]
            self._start(group, [actor.name, *(a.name for a in actor.aliases if a.type != "title"), *group.forms])

    def _start(self, group: Group, names: Iterable[str]) -> None:
        self.groups.append(group)
        for name in names:
            words = person_words(name)
            if len(words) > 1:
                group.gender = group.gender or genders().get(words[0])
                self.by_full.setdefault(f"{words[0]} {words[-1]}", group)
                for table, entry in (
                    (self.by_initial, f"{words[0][0]} {words[-1]}"),
                    (self.by_last, words[-1]),
                    (self.by_first, words[0]),
                ):
                    table[entry][group] = None

    def add(self, names: list[Entity]) -> None:
        single: list[Entity] = []
        initials: list[Entity] = []
        for name in sorted(names, key=lambda n: (self._text(n).count(" ") > 1, n.start)):
            words = person_words(self._text(name))
            if len(words) < 2 or self._is_surname(words):
                single.append(name)
            elif len(words[0]) == 1:
                initials.append(name)
            else:
                group = self.by_full.get(f"{words[0]} {words[-1]}")
                if group is None and len(words) > 2:  # "Crooked Katharina Roth"
                    group = self.by_full.get(" ".join(words[-2:]))
                if group is None and self._misspelt(words, name):
                    continue
                if group is None:
                    group = Group("person")
                    self._start(group, [self._text(name)])
                self._add(group, name, "name", "name")
        for name in initials:
            words = person_words(self._text(name))
            fitting = self.by_initial[f"{words[0]} {words[-1]}"]
            if not fitting:
                group = Group("person")
                self._start(group, [self._text(name)])
                fitting = {group: None}
            self._add_if_one(fitting, name, "name", "initials")
        for name in single:
            self._add_single(name)

    def _misspelt(self, words: list[str], name: Entity) -> bool:
        """Is it a registered person's name but for a slip, with that person's office beside it? Then it is added."""
        actor = registered_like(tuple(words), self.scene.registry)
        if actor is None or not fits_office(self.scene, name.start, name.end, actor):
            return False
        group = next((g for g in self.groups if g.actor == actor.id), None)
        if group is None:
            group = Group("person", actor.id)
            self._start(group, [actor.name, self._text(name)])
        self._add(group, name, "alias", "spelling-in-office")
        message = f"“{self._text(name)}” is read as {actor.name}, because the job title matches; the spelling differs."
        self.notes.append(Note("name-variant", "info", message, name.start, name.end))
        return True

    def _is_surname(self, words: list[str]) -> bool:
        """ "Van der Berg", of whom the article or the registry has the first name."""
        if words[0] not in PARTICLES:
            return False
        return any(
            person_words(form)[-len(words) :] == words and len(person_words(form)) > len(words)
            for group in self.by_last.get(words[-1], ())
            for form in group.forms
        )

    def _add_single(self, name: Entity) -> None:
        words = person_words(self._text(name))
        word = words[-1] if words and words[0] in PARTICLES else " ".join(words)
        fitting = self._fitting(word, name)
        if not fitting:
            group, rule = self._in_office(word, name), "title-surname"
            if group is None:
                group, rule = self._known_by_surname(word), "surname-in-office"
            if group is None:
                group, rule = Group("person"), "name"
            self.groups.append(group)
            self.by_last[word] = {group: None}
            self._add(group, name, "surname" if group.actor else "name", rule)
            return
        one = next(iter(fitting))
        alone = len(fitting) == 1 and one.actor is None and all(" " not in f for f in one.forms)
        self._add_if_one(fitting, name, "name" if alone else "surname", "name" if alone else "surname")

    def _fitting(self, word: str, name: Entity) -> Several:
        """The people whom a single name may mean: named in full before, and "Ms." only where it may be."""
        told = self._honorific(name)
        found = self.by_last.get(word) or self.by_first.get(word) or {}
        found = {g: None for g in found if g.gender is None or told is None or g.gender == told}
        before = {g: None for g in found if g.first and min(start for start, _ in g.first.values()) < name.start}
        return before or found

    def _in_office(self, word: str, name: Entity) -> Group | None:
        """The one registered person of that surname who held the office that stands beside it: "President Roth"."""
        actors = [
            a for a in self.scene.registry.by_surname.get(word, ()) if fits_office(self.scene, name.start, name.end, a)
        ]
        return Group("person", actors[0].id) if len(actors) == 1 else None

    def _known_by_surname(self, word: str) -> Group | None:
        """The one registered person of a rare surname, in office at that date, whose country the article names."""
        actors = self.scene.registry.by_surname.get(word, ())
        if len(actors) != 1 or self.scene.day is None or word in words_for("common_surnames"):
            return None
        (actor,) = actors
        if actor.country not in self.countries or self.scene.registry.named(word):
            return None
        in_office = any(o.since and self.scene.in_time(o.since, o.until) for o in actor.roles)
        if not in_office or word in first_names():
            return None
        bodies = self.scene.registry.by_kind.get("organisation", ())
        return None if any(body.startswith(f"{word} ") for body in bodies) else Group("person", actor.id)

    def take(self, names: list[Entity]) -> set[Entity]:
        """Those of the names taken for bodies that are surnames of registered people; they are added."""
        longer = {word for name in names for word in person_words(self._text(name))[:-1]}  # "Ford Motor"
        return {name for name in names if self._take(name, longer)}

    def _take(self, name: Entity, in_bodies: set[str]) -> bool:
        words = person_words(self._text(name))
        if not words or (len(words) > 1 and not self._is_surname(words)):
            return False
        fitting = self.by_last.get(words[-1], {})
        if (
            len(fitting) > 1
            or (len(words) == 1 and words[0] in in_bodies)
            or self.scene.registry.named(self._text(name))
        ):
            return False
        if not fitting:
            if self._speaks(name) and self._known_by_surname(words[0]):
                self._add_single(name)
                return True
            return False
        group = next(iter(fitting))
        if group.actor is not None:
            self._add(group, name, "surname", "surname")
        return group.actor is not None

    def _speaks(self, name: Entity) -> bool:
        subject = self.scene.subjects.get(name.end)
        return subject is not None and subject.verb in words_for("government_verbs")

    def _honorific(self, name: Entity) -> str | None:
        before = self.scene.before(name.start, 8).split()
        return HONORIFICS.get(before[-1].lower().rstrip(".")) if before else None

    def _add_if_one(self, fitting: Several, name: Entity, how: MentionType, rule: str) -> None:
        if len(fitting) == 1:
            self._add(next(iter(fitting)), name, how, rule)
            return
        message = ambiguous(self._text(name), sorted({self._called(g) for g in fitting}))
        self.notes.append(Note("ambiguous-name", "info", message, name.start, name.end))

    def find_bare_surnames(self, taken: Taken) -> None:
        """Surnames of registered people that the model overlooked: "Roth" between small words."""
        sure = {word: next(iter(groups)) for word, groups in self.by_last.items() if len(groups) == 1}
        wanted = {word: group for word, group in sure.items() if group.actor and len(word) > 2}
        if not wanted:
            return
        text = self.scene.text
        for match in CAPITALISED.finditer(text):
            word = match[0].removesuffix("'s").removesuffix("’s")
            low = word.lower()
            group = wanted.get(low) if low.isascii() and "-" not in low else wanted.get(key(word).replace(" ", ""))
            start, end = match.start(), match.start() + len(word)
            if group is None or taken.overlaps(start, end) or self.scene.names_at(start, end):
                continue
            if not _stands_alone(text, start, end):
                continue
            group.add(text, start, end, "surname", "surname")

    def _add(self, group: Group, name: Entity, how: MentionType, rule: str) -> None:
        group.gender = group.gender or self._honorific(name)
        group.add(self.scene.text, name.start, name.end, how, rule)

    def _text(self, name: Entity) -> str:
        return self.scene.text[name.start : name.end]

    def _called(self, group: Group) -> str:
        return self.scene.registry.by_id[group.actor].name if group.actor else group.name


def person_words(name: str) -> list[str]:
    """Folded; a double name is one word, so that "Smith-Jones" alone is a surname."""
    words = [key(w).replace(" ", "").strip(".,") for w in re.sub(r"(?<=\b[A-Z])\.(?=\S)", ". ", name).split()]
    words = [w for w in words if w]
    return words[:-1] if len(words) > 2 and words[-1] in SUFFIXES else words


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not beside another capitalised word, which would make it a part of another name."""
    before = re.search(r"([A-Z][\w'’-]*)[ \u00a0]$", text[max(0, start - 30) : start])
    after = re.match(r"[ \u00a0-][A-Z]", text[end : end + 2])
    return after is None and (before is None or before[1].lower() in words_for("honorifics"))

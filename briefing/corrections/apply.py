"""Apply the corrections of one briefing, one after the other; `__init__.py` gives the order."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.content.problems import Problem
from briefing.content.validation import did_you_mean
from briefing.content.yaml_source import Keys
from briefing.corrections.files import Added, Assertion, Comment, Corrections, Pointer
from briefing.corrections.locate import Places, begin, overlap, touch
from briefing.facts import BY_NAME, KINDS, kind_of
from briefing.facts.kinds import KEY_FACT, FactKind, Namer, Stated
from briefing.link.assign import Mentions, assign_actors
from briefing.model import (
    ActorHere,
    Briefing,
    Correction,
    CorrectionAction,
    Fact,
    KeyFact,
    Mention,
    MentionType,
    Span,
)
from briefing.registry import Registry, actor_meant

# Corrections of actors change mentions, and the facts that these mentions name actors for.

STANDING_FOR = frozenset({"pronoun", "title"})  # such mentions follow the names


@dataclass(frozen=True, slots=True)
class Meant:
    """Places that refer to this actor, or to nobody (None)."""

    places: tuple[Span, ...]
    actor: str | None


def known(briefing: Briefing, registry: Registry) -> dict[str, ActorHere]:
    """Return every actor that a correction may name, without mentions: registered ones and this article's own."""
    found = {a.id: ActorHere(a.id, a.name, a.kind, "registered", ()) for a in registry.actors}
    return found | {a.id: replace(a, mentions=()) for a in briefing.actors}


def with_meanings(briefing: Briefing, meant: Sequence[Meant], actors: Mapping[str, ActorHere]) -> Briefing:
    """Move these mentions, and assign the actors of the facts again."""
    if not meant:
        return briefing
    here = {a.id: list(a.mentions) for a in briefing.actors}
    for said in meant:
        _move(here, said, briefing.article.text, actors)
    briefing = replace(briefing, actors=in_order(here, actors))
    return replace(briefing, **assign_actors(briefing, Mentions(briefing.article.text, briefing.actors)))


def _move(here: dict[str, list[Mention]], said: Meant, text: str, actors: Mapping[str, ActorHere]) -> None:
    for name in list(here):
        if name == said.actor:
            continue
        touched = [m for m in here[name] if any(touch(m, place) for place in said.places)]
        if not touched:
            continue
        left = [m for m in here[name] if m not in touched]
        if all(m.how in STANDING_FOR for m in left):  # nothing names this actor any more
            if said.actor is not None:
                here.setdefault(said.actor, []).extend(left)
            left = []
        here[name] = left
    if said.actor is not None:
        own = here.setdefault(said.actor, [])
        for place in said.places:
            if not any((m.start, m.end) == (place.start, place.end) for m in own):
                own[:] = [m for m in own if not touch(m, place)]
                own.append(mention(place, actors[said.actor], text))


def mention(place: Span, actor: ActorHere, text: str) -> Mention:
    """A mention that a person stated."""
    how: MentionType = "name" if " ".join(text[place.start : place.end].split()) == actor.name else "alias"
    return Mention(place.start, place.end, how, "correction")


def with_named(
    briefing: Briefing, named: Iterable[tuple[str, Span]], actors: Mapping[str, ActorHere]
) -> tuple[ActorHere, ...]:
    """Return the briefing's actors, and those that only corrected facts name, at the words of these facts."""
    here = {a.id: list(a.mentions) for a in briefing.actors}
    for name, place in named:
        if name not in here:
            here[name] = [mention(place, actors[name], briefing.article.text)]
    return in_order(here, actors)


def in_order(here: Mapping[str, Sequence[Mention]], actors: Mapping[str, ActorHere]) -> tuple[ActorHere, ...]:
    """Return actors in the order in which the article names them, without those it no longer names."""
    found = [
        replace(actors[name], mentions=tuple(sorted(set(mentions), key=lambda m: (m.start, m.end, m.how))))
        for name, mentions in here.items()
        if mentions
    ]
    return tuple(sorted(found, key=lambda a: (a.mentions[0].start, a.mentions[0].end, a.id)))


HINTS = 20  # searches for similar words, which take time in a long article
SAME_FACT = 0.5  # share of common words above which two facts are the same one, found slightly differently


class FactsByPlace(dict[str, Fact]):
    """Facts by id, and by place, so that many corrections of many facts do not compare each with each."""

    STEP = 500  # characters

    def __init__(self, facts: Iterable[Fact]) -> None:
        super().__init__()
        self.ids: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for fact in facts:
            self[fact.id] = fact

    def __setitem__(self, name: str, fact: Fact) -> None:
        super().__setitem__(name, fact)
        for part in kind_of(fact).words(fact):
            for step in self._steps(part):
                self.ids[step][name] = None

    def near(self, span: Span) -> Iterator[Fact]:
        """Yield every fact with words at a place, and some around it."""
        names = dict.fromkeys(name for step in self._steps(span) for name in self.ids.get(step, ()))
        return (self[name] for name in names if name in self)

    def _steps(self, span: Span) -> range:
        return range(span.start // self.STEP, span.end // self.STEP + 1)


class CorrectionApplier:
    """A briefing while its corrections are applied."""

    def __init__(self, briefing: Briefing, corrections: Corrections, registry: Registry) -> None:
        self.before = briefing
        self.said = corrections
        self.article = briefing.article
        self.registry = registry
        self.known = known(briefing, registry)
        self.problems: dict[Problem, None] = {}  # each once, in order
        self.facts = FactsByPlace(_all(briefing))
        self.settled: dict[str, str] = {}  # id -> what a person said of it
        self.made: list[Correction] = []
        self.named: list[tuple[str, Span]] = []
        self.grown = False

    @functools.cached_property
    def places(self) -> Places:
        return Places(self.article)

    def _report(self, path: Keys, code: str, found: str, right: str, fix: str = "") -> None:
        self.problems[self.said.problem(path, code, found, right, fix)] = None

    # --- actors ------------------------------------------------------------------------------

    def settle_actors(self) -> None:
        meant: list[Meant] = []
        for number, entry in enumerate(self.said.file.actors):
            path = ("actors", number)
            found = self._standing(entry.words, (*path, "words"))
            known = self._known(entry.actor, (*path, "actor"))
            if entry.occurrence and found:
                found = self._nth(found, entry.occurrence, path)
            if found and known:
                meant.append(Meant(found, entry.actor))
        self.before = with_meanings(self.before, meant, self.known)
        self.facts = FactsByPlace(_all(self.before))

    def _known(self, actor: str | None, path: Keys) -> bool:
        if actor is None or actor in self.known:
            return True
        meant = actor_meant(actor, self.registry) or did_you_mean(actor, [a.id for a in self.before.actors])
        hint = f" Did you mean `{meant}`?" if meant else ""
        found = f"`{actor}` is not an actor id.{hint}"
        right = "Use an actor id from actors/ or from this article: the last part of the actor's page address."
        fix = f"{path[-1]}: {meant}" if meant and isinstance(path[-1], str) else ""
        self._report(path, "unknown-actor", found, right, fix)
        return False

    # --- facts -------------------------------------------------------------------------------

    def settle_assertions(self, part: str, action: CorrectionAction) -> None:
        entries: tuple[Assertion, ...] = getattr(self.said.file, part)
        for number, entry in enumerate(entries):
            problems = len(self.problems)
            fact = self._asserted(entry, (part, number), action == "added")
            if fact is not None and len(self.problems) == problems:
                self._record(fact, action, entry, (part, number))

    def settle_rejections(self) -> None:
        for number, entry in enumerate(self.said.file.reject):
            path = ("reject", number)
            problems = len(self.problems)
            fact = self._target(entry, path)
            if len(self.problems) > problems:
                continue
            name = entry.fact or (fact.id if fact else None)
            if name is None:
                continue  # the program does not find it any more, and it never had an address to keep
            if self.settled.get(name):
                found = f"this fact is {self.settled[name]} above but rejected here"
                self._report(path, "contradiction", found, "Keep one of the two.")
                continue
            if fact is not None:
                del self.facts[fact.id]
            self._record(fact, "retracted", entry, path, name)

    def settle_comments(self) -> None:
        for number, entry in enumerate(self.said.file.comment):
            problems = len(self.problems)
            fact = self._target(entry, ("comment", number))
            if len(self.problems) == problems:
                self._record(fact, "commented", entry, ("comment", number))

    def _record(
        self,
        fact: Fact | None,
        action: CorrectionAction,
        entry: Pointer,
        path: Keys,
        name: str | None = None,
    ) -> None:
        author = self.said.author(*path)
        by = entry.by or (author.name if author else None)
        words = entry.words or " … ".join(self._shown(s) for s in (kind_of(fact).words(fact) if fact else ()))
        name = name or (fact.id if fact else entry.fact) or ""
        if fact is not None and action in ("accepted", "edited", "added"):
            self.settled[fact.id] = action
        self.made.append(
            Correction(
                fact=name,
                kind=kind_of(fact).name if fact else entry.kind or "",
                action=action,
                words=words,
                by=by,
                recorded_by=author.name if author and author.name != by else None,
                on=author.day if author else None,
                why=entry.why,
                comment=entry.comment if isinstance(entry, Comment) else None,
            )
        )

    def _shown(self, span: Span) -> str:
        return " ".join(self.article.text[span.start : span.end].split())

    def _asserted(self, entry: Assertion, path: Keys, added: bool) -> Fact | None:
        """Return the corrected fact, in place of the one found."""
        problems = len(self.problems)
        base = None if added and entry.fact is None and not self._twin(entry, path) else self._target(entry, path)
        name = entry.becomes or (kind_of(base).name if base else entry.kind)
        words = self._words(entry, base, path)
        for key in ("actor", "organisation"):
            self._known(entry.values.get(key), (*path, key))
        for number, actor in enumerate(entry.values.get("about", ())):
            self._known(actor, (*path, "about", number))
        if len(self.problems) > problems:
            return None
        if not self._complete(name, base, entry, path) or name is None or not words:
            return None
        find = functools.partial(self._near, words[0], path)
        fact = BY_NAME[name].make(base, Stated(tuple(words), entry.values, self.article.text, find))
        return None if len(self.problems) > problems else self._put(fact, base, entry)

    def _complete(self, name: str | None, base: Fact | None, entry: Assertion, path: Keys) -> bool:
        """Are the kind of the fact and the values that it cannot do without known? Report what is missing."""
        if name is None:
            *names, last = BY_NAME
            right = f"Add the kind: {', '.join(names)} or {last}."
            self._report(path, "no-kind", "no fact was extracted from these words", right, "kind: ")
        elif missing := BY_NAME[name].lacks(base, entry.values):
            found = f"no {name} was extracted from these words, and `{missing}` is not given"
            self._report(path, "no-value", found, f"Add a line `{missing}: ...`.", f"{missing}: ")
        else:
            return True
        return False

    def _put(self, fact: Fact, base: Fact | None, entry: Assertion) -> Fact:
        """Store the fact under its former id, so that its address stays."""
        name = entry.fact or (base.id if base else self._new_id(fact))
        fact = replace(fact, id=name)
        if base is not None:
            del self.facts[base.id]
        self.grown = self.grown or base is None or begin(base) != begin(fact) or kind_of(base) != kind_of(fact)
        self.facts[name] = fact
        self.named += kind_of(fact).actors(fact)
        return fact

    def _new_id(self, fact: Fact) -> str:
        namer, kind = Namer(self.article), kind_of(fact)
        name = namer.name(kind, fact)
        while name in self.facts:
            name = namer.name(kind, fact)
        return name

    # --- which fact, which words -------------------------------------------------------------

    def _target(self, entry: Pointer, path: Keys) -> Fact | None:
        """Return the fact that an entry refers to, if the program finds it; report entries that refer to nothing."""
        by_id = self.facts.get(entry.fact) if entry.fact else None
        if by_id is not None and not (entry.words and (entry.before or entry.after)):
            return by_id
        if entry.words is None:
            if by_id is None:
                self._not_there(entry, path)
            return by_id
        if by_id is not None and not self.places.find(entry.words):
            return by_id  # the evidence is there, so other words for it do no harm
        span = self._place(entry, path)
        if span is None:
            return by_id
        ranked = sorted(
            (
                (overlap(f, span), _inside(span, f), f)
                for f in self.facts.near(span)
                if entry.kind in (None, kind_of(f).name)
            ),
            key=lambda found: (-found[0], begin(found[2]), found[2].id),
        )
        same = [f for share, _, f in ranked if share >= SAME_FACT or (share and not kind_of(f).nested)]
        if not same and entry.fact is None:  # the entry quotes a part of it
            same = [f for _, inside, f in ranked if inside][:1]
        return same[0] if same else None

    def _not_there(self, entry: Pointer, path: Keys) -> None:
        if path[0] != "reject":  # a retracted fact needs no words: its address is kept
            found = f"no fact in this article has the id `{entry.fact}`"
            right = "Add `words:` with the exact words of the source."
            self._report((*path, "fact"), "no-such-fact", found, right, "words: ")

    def _twin(self, entry: Assertion, path: Keys) -> bool:
        """Tell whether the program now finds the fact that a person added."""
        span = self._place(entry, path)
        return span is not None and any(
            overlap(f, span) > 0.9 for f in self.facts.near(span) if kind_of(f).name == entry.kind
        )

    def _words(self, entry: Assertion, base: Fact | None, path: Keys) -> list[Span]:
        """Return the words that the corrected fact rests on."""
        if entry.content:
            return [s for n, part in enumerate(entry.content) for s in self._standing(part, (*path, "content", n))[:1]]
        if base is not None and (entry.fact is None or base.id == entry.fact) and not isinstance(entry, Added):
            return list(kind_of(base).words(base))
        if entry.words is None:
            return []
        span = self._place(entry, path)
        return [span] if span else []

    def _place(self, entry: Pointer, path: Keys) -> Span | None:
        """Return the place of an entry's words."""
        found = self._standing(entry.words or "", (*path, "words"))
        if not found:
            return None
        if entry.before or entry.after:
            best = max(
                enumerate(found, 1),
                key=lambda n: (self.places.likeness(n[1], entry.before, entry.after), n[0] == entry.occurrence, -n[0]),
            )
            return best[1]
        if entry.occurrence is not None:
            return next(iter(self._nth(found, entry.occurrence, path)), None)
        kept = [s for s in found if not any(touch(s, r) for r in self.article.removed)]
        return (kept or found)[0]

    def _nth(self, found: tuple[Span, ...], occurrence: int, path: Keys) -> tuple[Span, ...]:
        if occurrence <= len(found):
            return (found[occurrence - 1],)
        times = "once" if len(found) == 1 else f"{len(found)} times"
        said, right = f"the words appear only {times} in the source", f"Use a number up to {len(found)}."
        self._report((*path, "occurrence"), "no-such-occurrence", said, right, f"occurrence: {len(found)}")
        return ()

    def _standing(self, words: str, path: Keys) -> tuple[Span, ...]:
        """Return every place of the words; report words that the source does not contain."""
        found = self.places.find(words)
        if not found:
            nearest = self.places.nearest(words) if len(self.problems) < HINTS else None
            hint = f" Did you mean “{nearest}”?" if nearest else ""
            right = "Copy the words from the source exactly."
            if path[0] == "reject":
                right += " If the words were removed from the article, delete `words:` and keep `fact:`."
            missing = f"the source does not contain “{words}”.{hint}"
            self._report(path, "words-not-found", missing, right)
        return found

    def _near(self, words: Span, path: Keys, wanted: str, field: str) -> Span | None:
        """Return the place of a field's words that is nearest to the fact."""
        found = self._standing(wanted, (*path, field))
        return min(found, key=lambda s: min(abs(s.end - words.start), abs(s.start - words.end)), default=None)

    # --- the outcome -------------------------------------------------------------------------

    def briefing(self) -> Briefing:
        facts: dict[str, Any] = {
            kind.key: tuple(self._key_facts() if kind is KEY_FACT else self._of(kind)) for kind in KINDS
        }
        return replace(
            self.before,
            actors=with_named(self.before, self.named, self.known) if self.named else self.before.actors,
            corrections=tuple(self.made),
            **facts,
        )

    def _of(self, kind: FactKind[Any]) -> Iterator[Fact]:
        order = {f.id: n for n, f in enumerate(_all(self.before))}
        chosen = [f for f in self.facts.values() if kind_of(f) is kind]
        if self.grown:
            return iter(sorted(chosen, key=lambda f: (begin(f), f.id)))
        return iter(sorted(chosen, key=lambda f: order.get(f.id, len(order))))

    def _key_facts(self) -> Iterator[KeyFact]:
        """Return key facts in order of importance, those that people added last."""
        order = {f.id: n for n, f in enumerate(self.before.key_facts)}
        chosen = [f for f in self.facts.values() if isinstance(f, KeyFact)]
        for fact in sorted(chosen, key=lambda f: (order.get(f.id, len(order)), f.start, f.id)):
            lost = fact.ref is not None and fact.ref not in self.facts
            yield replace(fact, ref=None, kind="sentence") if lost else fact


def _inside(span: Span, fact: Fact) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in kind_of(fact).words(fact))


def _all(briefing: Briefing) -> Iterator[Fact]:
    for kind in KINDS:
        yield from kind.of(briefing)

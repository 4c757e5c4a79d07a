"""Occurrences of registered names -> links, or a note between whom the article leaves it open.

First what is sure is linked: a name that one actor bears and that means nothing else. Then every doubtful
name is judged by what is sure around it. Two candidates left means none.
Example: "Georgia" is linked in an article that names Tbilisi, and not in one that names Atlanta.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefing.link.context import Scene, fits_office
from briefing.link.match import Countries, Occurrence, is_common_body
from briefing.link.notes import ambiguous
from briefing.model import Actor, MentionType, Note
from briefing.registry.name_variants import Term, words_for

BRACKETED = re.compile(r"\s?\(([A-Z][A-Z0-9&-]{1,11})\)")
DATELINE = re.compile(r"\s*(?:--|—|–|- |\(|, [A-Z0-9])")  # "WASHINGTON (News) -", "Beijing, May 4"
NAMED_IN_NOTE = 3  # actors, where a name may mean many
PLACES = frozenset({"GPE", "LOC", "NORP", "FAC"})


@dataclass(frozen=True, slots=True)
class Link:
    start: int
    end: int
    actor: str
    how: MentionType
    rule: str


@dataclass(slots=True)
class Decisions:
    """What has been decided so far."""

    links: list[Link] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    sure: Counter[str] = field(default_factory=Counter)  # how often each actor is surely named
    open: list[tuple[int, int]] = field(default_factory=list)  # names that stay unlinked
    countries: Countries | None = None


def decide(scene: Scene, occurrences: Sequence[Occurrence]) -> Decisions:
    """Every occurrence linked, left open with a note, or found to be no mention at all."""
    made = Decisions()
    doubtful: list[Occurrence] = []
    redefined = _redefined(scene, occurrences)
    for here in occurrences:
        if scene.text[here.start : here.end] in redefined:
            continue
        terms = tuple(t for t in here.terms if scene.in_time(t.since, t.until))
        if not terms or _in_other_name(scene, here, terms, occurrences):
            continue
        here = Occurrence(here.start, here.end, terms)
        if _is_sure(scene, here):
            _link(scene, made, here, terms[0], "name")
        else:
            doubtful.append(here)
    countries = made.countries = Countries(scene, occurrences, {(link.start, link.end) for link in made.links})
    for here in doubtful:
        _judge(scene, made, here, countries)
    made.links.sort(key=lambda link: link.start)
    return made


def _is_sure(scene: Scene, here: Occurrence) -> bool:
    actors = {t.actor for t in here.terms}
    if len(actors) > 1 or any(t.careful or t.type in {"metonym", "title"} for t in here.terms):
        return False
    actor = scene.registry.by_id[here.terms[0].actor]
    if actor.kind == "organisation":
        return not is_common_body(here.terms[0].written) and not _may_be_person(scene, here)
    return True


def _link(scene: Scene, made: Decisions, here: Occurrence, term: Term, rule: str) -> None:
    start, end = here.start, here.end
    if scene.registry.by_id[term.actor].kind == "organisation":
        for name in scene.names_at(start, end):
            if name.label == "ORG" and name.start <= start and end <= name.end:
                start, end = name.start, name.end  # "U.S. Department of Commerce": the whole name
    made.links.append(Link(start, end, term.actor, term.how, rule))
    if term.type != "demonym":
        made.sure[term.actor] += 1


def _leave_open(scene: Scene, made: Decisions, here: Occurrence, actors: Iterable[str]) -> None:
    words = scene.text[here.start : here.end]
    called = sorted({scene.registry.by_id[a].name for a in actors})
    more = len(called) - NAMED_IN_NOTE
    shown = called if more < 2 else [*called[:NAMED_IN_NOTE], f"{more} others"]
    several = len(set(actors)) > 1
    message = ambiguous(words, shown if several else [*called, "something else with that name"])
    made.open.append((here.start, here.end))
    made.notes.append(Note("ambiguous-name", "info", message, here.start, here.end))


def _redefined(scene: Scene, occurrences: Sequence[Occurrence]) -> frozenset[str]:
    """Acronyms that the article gives to another body than we do: "Wharf Transport Office (WTO)"."""
    places = {(here.start, here.end): here for here in occurrences}
    ends = {here.end: here for here in occurrences}
    found = set()
    for match in BRACKETED.finditer(scene.text):
        here = places.get(match.span(1))
        named = ends.get(match.start())
        if here is None or (named and {t.actor for t in named.terms} & {t.actor for t in here.terms}):
            continue
        before = re.split(r"[.;:(),]", scene.before(match.start(), 90))[-1]
        words = [w for w in re.findall(r"[^\W\d_][\w'’]*", before) if w[0].isupper()]
        short = [c for c in match[1] if c.isalpha()]
        spelled = len(words) >= len(short) and [w[0] for w in words[-len(short) :]] == short
        if spelled and not _one_of_ours(scene, here, words):
            found.add(match[1])
    return frozenset(found)


def _one_of_ours(scene: Scene, here: Occurrence, words: Sequence[str]) -> bool:
    """Is the name before the brackets a spelling of the actor's own name?"""
    ours = {w for t in here.terms for w in scene.registry.by_id[t.actor].name.lower().split()}
    return sum(w.lower() in ours for w in words) * 2 >= len(words)


# --- doubtful names --------------------------------------------------------------------------


def _judge(scene: Scene, made: Decisions, here: Occurrence, countries: Countries) -> None:
    if scene.label_at(here.start, here.end) == "PERSON" and not _persons(scene, here) and _is_person(scene, made, here):
        if any(scene.registry.by_id[t.actor].kind == "organisation" for t in here.terms):
            _leave_open(scene, made, here, [t.actor for t in here.terms])
        return
    metonyms = tuple(t for t in here.terms if t.type == "metonym")
    others = tuple(t for t in here.terms if t.type != "metonym")
    others += tuple(t for t in metonyms if _for_government(scene, here, t))
    fitting = [t for t in others if _possible(scene, made, here, t, countries)]
    actors = {t.actor for t in fitting}
    if len(actors) > 1:
        actors = _by_context(scene, made, here, actors, countries)
    if len(actors) == 1:
        (actor,) = actors
        term = next(t for t in fitting if t.actor == actor)
        rule = term.type if term.type in {"metonym", "title"} else "context"
        _link(scene, made, here, term, rule)
    elif others and (actors or countries.beside(here) is None):  # else another country's body is plainly meant
        _leave_open(scene, made, here, [t.actor for t in fitting or others])


def _is_person(scene: Scene, made: Decisions, here: Occurrence) -> bool:
    """The model sees a person in the name of a country or its capital: does the article bear it out?"""
    words = scene.text[here.start : here.end]
    if words in scene.surnames or words in scene.given or scene.has_honorific(here.start):
        return True
    actors = {t.actor for t in here.terms}
    if any(scene.registry.by_id[a].kind != "country" for a in actors):
        return True
    return not (any(made.sure[a] for a in actors) or _acts(scene, here))


def _persons(scene: Scene, here: Occurrence) -> bool:
    return any(scene.registry.by_id[t.actor].kind == "person" for t in here.terms)


def _possible(scene: Scene, made: Decisions, here: Occurrence, term: Term, countries: Countries) -> bool:
    actor = scene.registry.by_id[term.actor]
    if actor.kind == "country":
        return not term.careful or _evidence(scene, made, here, actor, countries)
    if term.type == "title":
        return scene.day is not None or (term.since is None and term.until is None)
    if term.careful:
        return _evidence(scene, made, here, actor, countries)
    if actor.kind == "organisation":
        if is_common_body(term.written):
            return _body_fits(scene, made, here, actor, countries)
        return not _may_be_person(scene, here)
    return True


def _body_fits(scene: Scene, made: Decisions, here: Occurrence, actor: Actor, countries: Countries) -> bool:
    """May a body that every country has be this one?"""
    home = actor.country or actor.parent or ""
    beside = countries.beside(here)
    if beside is not None:
        return beside == home
    if made.sure[actor.id]:
        return True
    if home not in countries.all and made.sure[home]:  # of a union: "the Commission", where the European Union is named
        return True
    if countries.only(here.start, here.end) == home:
        return True
    bearers = {t.actor for t in here.terms}
    return len(bearers) == 1 and (countries.leads(home, here.start) or countries.most_named() == home)


def _evidence(scene: Scene, made: Decisions, here: Occurrence, actor: Actor, countries: Countries) -> bool:
    """Does the article say that a word of many meanings means this actor?"""
    against = scene.says_any(actor.against)
    seats = tuple(a.name for a in actor.aliases if a.type == "metonym")
    clue = made.sure[actor.id] > 0 or scene.says_any(actor.clues + seats) or countries.in_list(here)
    if against or clue:
        return clue and not against
    label = scene.label_at(here.start, here.end)
    if actor.clues or label not in (PLACES if actor.kind == "country" else {"ORG"}):
        return False
    return not _opens_sentence(scene, here) or _acts(scene, here) or scene.is_place_elsewhere(here.start, here.end)


def _opens_sentence(scene: Scene, here: Occurrence) -> bool:
    """There every word has a capital: "Turkey is the usual roast"."""
    sentence = scene.sentence(scene.sentence_at(here.start))
    return sentence is not None and here.start - sentence.start < 3


def _acts(scene: Scene, here: Occurrence) -> bool:
    subject = scene.subjects.get(here.end)
    return subject is not None and subject.verb in words_for("government_verbs")


def _may_be_person(scene: Scene, here: Occurrence) -> bool:
    """Is a single word the surname of somebody in this article, or a person to the model?"""
    words = scene.text[here.start : here.end]
    if " " in words:
        return False
    if words in scene.surnames:
        return True
    # The model takes many a company for a person: where no person of that name is about, the registry is right.
    doubtful = any(t.careful for t in here.terms) or scene.has_honorific(here.start)
    return scene.label_at(here.start, here.end) == "PERSON" and doubtful


def _for_government(scene: Scene, here: Occurrence, term: Term) -> bool:
    """Does a capital, or an address, stand for those who rule or work there?"""
    if scene.registry.by_id[term.actor].kind == "organisation" and scene.label_at(here.start, here.end) == "ORG":
        return True
    if DATELINE.match(scene.after(here.end, 20)):
        return False
    if _acts(scene, here):
        return True
    owned = re.match(r"['’]s?\s+(\w+)(?:\s+(\w+))?(?:\s+(\w+))?", scene.after(here.end))
    if owned and any(w and w.lower() in words_for("government_matters") for w in owned.groups()):
        return True
    related = re.search(r"(\w+) (?:with|between|against) (?:[A-Z][\w.]+ and )?$", scene.before(here.start))
    return bool(related and related[1].lower() in words_for("relations"))


def _by_context(scene: Scene, made: Decisions, here: Occurrence, actors: set[str], countries: Countries) -> set[str]:
    """Narrow namesakes down, the strongest evidence first."""
    registered = scene.registry.by_id
    near = countries.near(here.start)
    beside = countries.beside(here)
    tests = (
        lambda a: fits_office(scene, here.start, here.end, a),
        lambda a: beside is not None and a.country == beside,
        lambda a: any(made.sure[o.organisation] for o in a.roles if o.organisation) or made.sure[a.parent or ""] > 0,
        lambda a: made.sure[a.id] > 0,
        lambda a: (a.country or a.id) in near,
        lambda a: (a.country or a.id) in countries.all,
    )
    for test in tests:
        passed = {a for a in actors if test(registered[a])}
        if passed:
            actors = passed
        if len(actors) == 1:
            break
    return actors


def _in_other_name(scene: Scene, here: Occurrence, terms: Sequence[Term], occurrences: Sequence[Occurrence]) -> bool:
    """Is it only a part of another's name? "Bank of China", "Jordan Pickford", "South China"."""
    for name in scene.names_at(here.start, here.end):
        if name.start > here.start or name.end < here.end or (name.start, name.end) == (here.start, here.end):
            continue
        kinds = {scene.registry.by_id[t.actor].kind for t in terms}
        rest = scene.text[name.start : here.start] + " " + scene.text[here.end : name.end]
        if name.label == "PERSON":
            return kinds != {"person"} or not _harmless(rest)
        if name.label == "ORG":
            return not _harmless(rest, countries=kinds == {"organisation"}, scene=scene)
        if name.label in {"GPE", "LOC", "FAC"}:
            return not set(re.findall(r"[\w-]+", rest.lower())) <= words_for("directions") | {"the"}
    return False


def _harmless(rest: str, countries: bool = False, scene: Scene | None = None) -> bool:
    for word in re.findall(r"[\w.'’]+", rest):
        if word.lower() in words_for("harmless"):
            continue
        known = scene.registry.named(word) if countries and scene else ()
        if not any(a.kind == "country" for a in known):
            return False
    return True

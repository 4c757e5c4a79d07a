"""Decide which actor each registered name means, or leave it unlinked with a note.

Unambiguous names are linked first. Each doubtful name is then judged by the certain links around it; if two candidates
remain, it is not linked. "Georgia" is linked in an article that names Tbilisi, and not in one that names Atlanta.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.facts.names.lists import first_names, is_first_name, listed
from briefing.link.context import ABBREVIATED, ArticleContext, fits_office
from briefing.link.match import Countries, Occurrence, is_common_body
from briefing.link.notes import ambiguous, unsure
from briefing.model import Actor, ActorKind, MentionType, Note
from briefing.registry.name_variants import Term, words_for

BRACKETED = re.compile(r"\s?\(([A-Z][A-Z0-9&-]{1,11})\)")
DATELINE = re.compile(r"\s*(?:--|—|–|- |\(|, [A-Z0-9])")  # "WASHINGTON (News) -", "Beijing, May 4"
MAX_DOUBTFUL = 4  # letters of an acronym
SURE_ACRONYMS = words_for("sure_acronyms")
MEASURED = re.compile(
    r"(?:\d|%|\bper ?cent|\b(?:per|of|/) ?(?:kg|mg|g|µg|tonne|litre|l))\s*(?:of\s+)?$|\b(?:g|mg|kg|ml) of\s+$"
)
COUNTED = re.compile(
    r"\b(?:a|an|each|every|per|any|much|more|less|no|some|high|higher|low|lower|its|their|of)\s+$", re.IGNORECASE
)
AFTER = re.compile(r"[\s-]+([a-z]+)")
SPELLED_BEFORE = re.compile(r"(?<!\w)((?:[a-z]+[\s-]+){0,5}[a-z]+)\s+\(\s*(?:or\s+)?[“\"‘']?$")
SPELLED_AFTER = re.compile(r"[”\"’']?\s*(?:\(|, (?:or|short for)\s+(?:the\s+)?)((?:[a-z]+[\s-]+){0,5}[a-z]+)")
AGENCY = re.compile(r"\)\s*[-_–—]")  # "HALDEN (AP) -"
A_PEOPLE = re.compile(r"\b(?:the|these|those|many|most|some|all|few|both|other|\d+) $", re.IGNORECASE)
NOUN_BEHIND = re.compile(r" [a-z]")
IN_TITLE = re.compile(
    r" (?:Secretary|Minister|Commissioner|Representative|[Oo]fficial|[Ss]pokes(?:man|woman|person))\b"
)
TO_FROM = re.compile(r"\b(?:to|from|of)\s+$")
WHERE = re.compile(r"\b(?:in|into|across|throughout|inside|outside)\s+$", re.IGNORECASE)
OWNED = re.compile(r"['’]s? $")
POSSESSIVE = re.compile(r"['’]s?(?!\w)")
CAPITAL_BEFORE = re.compile(r"(?<!\w)((?:[^\W\d_a-z][\w'’.-]* )?[^\W\d_a-z][\w'’.-]*), $")
LIST_ITEM = r"([^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,2})"
LIST_BEFORE = re.compile(rf"(?<!\w){LIST_ITEM}(?:,|,? and|,? or) $")
LIST_AFTER = re.compile(rf"(?:,|,? and|,? or) {LIST_ITEM}(?!\w)")
NAMED_SO = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur|[Mm]y) (?:[a-z-]+ )?([a-z-]+),? "
    r"(?:called|named|nicknamed|christened|dubbed) [“\"‘']?([A-Z][\w-]+)(?! as\b)"
)
# "Turkey, a town of 400 people", "the village of Jordan", "the mayor of Peru", "Cuba's mayor"
SETTLED = r"(?:town|city|village|hamlet|suburb|parish|township|borough|county|settlement|neighbou?rhood)"
TOWN_BEHIND = re.compile(rf"['’]s? mayor\b| mayor\b|,\s(?:an?|the)\s(?:[\w-]+\s){{0,3}}{SETTLED}\b")
TOWN_BEFORE = re.compile(rf"\b(?:{SETTLED}|mayor(?:ess)?|townspeople|villagers)\sof\s$", re.IGNORECASE)
IN_REGION = re.compile(r",\s([A-Z][a-z]+)\b(?!,?\s(?:and|or)\b|,\s[A-Z])")  # "Lebanon, Pennsylvania", not a list
ON_WATER = re.compile(r"\b(?:on|along|down|up|across|into|(?:banks?|mouth|source|bed|bend) of) the $")
BOTH = re.compile(r"\b(?:both|two) $", re.IGNORECASE)
THE_ONE = re.compile(r"\b(?:the|this|that|our|their) $", re.IGNORECASE)
THE_ANIMAL = re.compile(r"(?<!\w)([A-Z][a-z]+) the ([a-z]+)\b(?: ([a-z]+))?")
NAMED_IN_NOTE = 3  # actors listed in a note
PLACES = frozenset({"GPE", "LOC", "NORP", "FAC"})
LAST_WORD = re.compile(r"(?<!\w)([A-Za-z]+)\.?\s+$")


@dataclass(frozen=True, slots=True)
class Link:
    start: int
    end: int
    actor: str
    how: MentionType
    rule: str


def _listed_before(before: str) -> Iterator[str]:
    """Yield the names of a list that ends before a place, last first: "Chad, Jordan and "."""
    while found := LIST_BEFORE.search(before):
        yield found[1]
        before = before[: found.start()]


def _listed_after(after: str) -> Iterator[str]:
    """Yield the names of a list that goes on behind a place: ", Jordan and Sudan"."""
    at = 0
    while found := LIST_AFTER.match(after, at):
        yield found[1]
        at = found.end()


class Decisions:
    """Which occurrences are links, left open with a note, or dropped because they are not mentions."""

    def __init__(self, context: ArticleContext, occurrences: Sequence[Occurrence]) -> None:
        self.context = context
        self.actors = context.registry.by_id
        self.occurrences = occurrences
        self.links: list[Link] = []
        self.notes: list[Note] = []
        self.unlinked: list[tuple[int, int]] = []  # names that may mean several actors, or a thing
        self.surnames: set[tuple[int, int]] = set()  # countries' names that are people's here
        self.certain: Counter[str] = Counter()  # number of certain links of each actor
        doubtful = [here for here in self._possible_mentions() if not self._link_if_certain(here)]
        linked = {(link.start, link.end) for link in self.links}
        self.countries = Countries(context, occurrences, linked, context.sure_surnames | self.ends_of_names)
        for here in doubtful:
            self._resolve_doubtful(here)
        self.links.sort(key=lambda link: link.start)

    def _possible_mentions(self) -> Iterator[Occurrence]:
        redefined = _redefined_acronyms(self.context, self.occurrences)
        common = frozenset(_spelled_in_lower_case(self.context, self.occurrences))
        for here in self.occurrences:
            if self.context.text[here.start : here.end] in common:
                self.unlinked.append((here.start, here.end))
                continue
            if self.context.text[here.start : here.end] in redefined:
                continue
            terms = tuple(t for t in here.terms if self.context.in_time(t.since, t.until))
            kinds = {self.actors[t.actor].kind for t in terms}
            if self._is_somebody_else(here, kinds) or (kinds == {"country"} and has_other_sense(self.context, here)):
                continue
            if (
                (terms and all(t.type == "demonym" for t in terms) and self._is_called_so(here, terms))
                or (kinds == {"organisation"} and self._is_adjective(here, terms))
                or (kinds == {"country"} and self._is_another_place(here))
                or (kinds == {"person"} and self._is_namesake(here, terms))
            ):
                self.unlinked.append((here.start, here.end))
                continue
            if terms and not self._inside_other_name(here, terms):
                yield Occurrence(here.start, here.end, terms)

    def _is_somebody_else(self, here: Occurrence, kinds: set[ActorKind]) -> bool:
        """Record and tell that a name is a person's, "Mr. France", or a pet's, "a tortoise called Mali"."""
        titled = "person" not in kinds and self.context.has_honorific(here.start)
        if not titled and (kinds != {"country"} or self._text(here) not in self._called):
            return False
        if all((n.start, n.end) == (here.start, here.end) for n in self.context.names_at(here.start, here.end)):
            if titled:
                self.surnames.add((here.start, here.end))
            else:
                self.unlinked.append((here.start, here.end))
        return True

    def _is_another_place(self, here: Occurrence) -> bool:
        """Tell whether a country's name is a town's or a river's here: "Turkey, a town in Texas", "on the Congo"."""
        words = self._text(here)
        if words in self._towns:
            return True
        return (
            " " not in words
            and not words.endswith("s")
            and ON_WATER.search(self.context.before(here.start, 16)) is not None
            and _stands_alone(self.context, here.end)
        )

    @functools.cached_property
    def _towns(self) -> frozenset[str]:
        """The countries' names that the article gives to a town: "the mayor of Peru", "Lebanon, Pennsylvania"."""
        countries = (o for o in self.occurrences if all(self.actors[t.actor].kind == "country" for t in o.terms))
        named = (o for o in countries if all(t.type != "metonym" for t in o.terms))
        return frozenset(self._text(o) for o in named if self._is_town(o))

    def _is_town(self, here: Occurrence) -> bool:
        after = self.context.after(here.end, 50)
        region = IN_REGION.match(after)
        if region is not None and region[1].lower() in listed("region"):
            return True
        return (
            TOWN_BEHIND.match(after) is not None or TOWN_BEFORE.search(self.context.before(here.start, 30)) is not None
        )

    def _is_namesake(self, here: Occurrence, terms: Sequence[Term]) -> bool:
        """Tell whether a form of address shows that a person is not the registered one: "Cllr", "PC", "Sgt"."""
        title = LAST_WORD.search(self.context.before(here.start, 16))
        word = title[1].lower() if title else ""
        if word not in words_for("local_titles"):
            return False
        full = ABBREVIATED.get(word, word)
        return not any(full in o.title.lower() for t in terms for o in self.actors[t.actor].roles)

    @functools.cached_property
    def _called(self) -> frozenset[str]:
        """The names of pets, ships and the like: "a tortoise called Mali", "Mali the tortoise"."""
        text = self.context.text
        named = {m[2] for m in NAMED_SO.finditer(text) if m[1] not in words_for("lands")}
        return frozenset(named | {m[1] for m in THE_ANIMAL.finditer(text) if words_for("animals") & {m[2], m[3]}})

    def _is_called_so(self, here: Occurrence, terms: Sequence[Term]) -> bool:
        """Tell whether a nationality is a name: "French expects a deficit", "Norwegian cancels flights", "Germán".

        As the subject of a verb, a people has an article, a number or a plural: "the French", "many Danish", "Germans".
        """
        words = self.context.text[here.start : here.end]
        if not words.isascii() and all(t.written.isascii() for t in terms):
            return True
        if words.endswith(("s", "men", "women")):
            return False
        subject = self.context.subjects.get(here.end)
        noun = subject is not None and subject.start == here.start
        before = self.context.before(here.start, 12)
        if words.endswith("an") or words.lower() in words_for("single_people"):
            one = THE_ONE.search(before) is not None and (noun or _stands_alone(self.context, here.end))
            return one or (noun and A_PEOPLE.search(before) is None)  # "the Croatian" is one, "the French" are all
        return noun and A_PEOPLE.search(before) is None

    def _is_adjective(self, here: Occurrence, terms: Sequence[Term]) -> bool:
        """Tell whether a hyphen makes an adjective of a name written without one: "Anglo-American investors"."""
        words = self.context.text[here.start : here.end]
        if (
            "-" not in words
            or any("-" in t.written for t in terms)
            or NOUN_BEHIND.match(self.context.after(here.end, 2)) is None
        ):
            return False
        return not self.context.is_acting_subject(here.end)

    def _link_if_certain(self, here: Occurrence) -> bool:
        if not self._is_certain(here):
            return False
        self._link(here, here.terms[0], "name")
        return True

    def _is_certain(self, here: Occurrence) -> bool:
        actors = {t.actor for t in here.terms}
        if len(actors) > 1 or any(t.careful or t.type in {"metonym", "title"} for t in here.terms):
            return False
        actor = self.actors[here.terms[0].actor]
        if actor.kind == "country":
            return self._text(here) not in self.context.sure_surnames | self.ends_of_names
        if actor.kind == "organisation":
            if is_doubtful_acronym(self.context.text[here.start : here.end]):
                return False
            return not is_common_body(here.terms[0].written) and not self._may_be_person(here)
        return True

    def _link(self, here: Occurrence, term: Term, rule: str) -> None:
        start, end = here.start, here.end
        if self.actors[term.actor].kind == "organisation":
            for name in self.context.names_at(start, end):
                if name.label == "ORG" and name.start <= start and end <= name.end:
                    start, end = name.start, name.end  # extend to the whole name: "U.S. Department of Commerce"
        self.links.append(Link(start, end, term.actor, term.how, rule))
        if term.type != "demonym":
            self.certain[term.actor] += 1

    def _leave_open(self, here: Occurrence, actors: Iterable[str]) -> None:
        words = self.context.text[here.start : here.end]
        self.unlinked.append((here.start, here.end))
        if IN_TITLE.match(self.context.after(here.end, 24)):
            return  # "Treasury Secretary": a word of the title, whichever treasury it is
        called = sorted({self.actors[a].name for a in actors})
        more = len(called) - NAMED_IN_NOTE
        shown = called if more < 2 else [*called[:NAMED_IN_NOTE], f"{more} others"]
        person = self.context.person_called(words) if len(called) == 1 else None
        shown += [person] if person else []
        message = ambiguous(words, shown) if len(shown) > 1 else unsure(words, shown[0])
        self.notes.append(Note("ambiguous-name", "info", message, here.start, here.end, minor=len(shown) == 1))

    # --- doubtful names --------------------------------------------------------------------------

    def _resolve_doubtful(self, here: Occurrence) -> None:
        kinds = {self.actors[t.actor].kind for t in here.terms}
        label = self.context.label_at(here.start, here.end)
        if kinds == {"country"} and self._text(here) in self.context.sure_surnames | self.ends_of_names:
            self._resolve_surname(here)
            return
        if label == "PERSON" and "person" not in kinds and self._is_person(here, kinds):
            self._leave_to_person(here, kinds)
            return
        if kinds == {"organisation"} and is_doubtful_acronym(self.context.text[here.start : here.end]):
            here = Occurrence(here.start, here.end, tuple(t for t in here.terms if self._is_meant_by_acronym(here, t)))
            if not here.terms:
                self.unlinked.append((here.start, here.end))
                return
        metonyms = tuple(t for t in here.terms if t.type == "metonym")
        others = tuple(t for t in here.terms if t.type != "metonym")
        others += tuple(t for t in metonyms if self._means_government(here, t))
        fitting = [t for t in others if self._possible(here, t)]
        actors = {t.actor for t in fitting}
        if len(actors) > 1 and not BOTH.search(self.context.before(here.start, 6)):
            actors = self._narrow_by_context(here, actors)
        if len(actors) == 1:
            (actor,) = actors
            term = next(t for t in fitting if t.actor == actor)
            rule = term.type if term.type in {"metonym", "title"} else "context"
            self._link(here, term, rule)
        elif others and (actors or not self._is_elsewhere(here, others)):
            self._leave_open(here, [t.actor for t in fitting or others])

    def _leave_to_person(self, here: Occurrence, kinds: set[ActorKind]) -> None:
        """Leave a name to the person whom the model found there; a capital of two words is no person: "Addis Ababa"."""
        if "organisation" in kinds:
            self._leave_open(here, [t.actor for t in here.terms])
        elif " " in self._text(here) and all(t.type == "metonym" for t in here.terms):
            self.unlinked.append((here.start, here.end))

    def _resolve_surname(self, here: Occurrence) -> None:
        """Decide whether a country's name that is also a surname here means the country, the person, or is left open.

        Behind "in" and beside other countries it is the country. Once the article has named the country by it, another
        place may mean either.
        """
        words = self.context.text[here.start : here.end]
        actors = {t.actor for t in here.terms}
        if all(t.type == "metonym" for t in here.terms):  # "Denzel Washington will read in Washington"
            if words in self.context.sure_surnames and not WHERE.search(self.context.before(here.start)):
                self.surnames.add((here.start, here.end))
            else:
                self.unlinked.append((here.start, here.end))
            return
        countries = [o.start for o in self.occurrences if self._text(o) == words and self._is_where(o)]
        surname = words in self.context.sure_surnames
        if here.start in countries or (not surname and (countries or actors & self.countries.all)):
            self._link(here, here.terms[0], "context")
        elif not surname:
            self._leave_open(here, actors)
        elif countries and self.context.named_before(words, here.start) and here.start < min(countries):
            self.surnames.add((here.start, here.end))
        elif countries or actors & self.countries.all or TO_FROM.search(self.context.before(here.start, 8)):
            self._leave_open(here, actors)
        else:
            self.surnames.add((here.start, here.end))

    @functools.cached_property
    def ends_of_names(self) -> frozenset[str]:
        """The countries' names that end a name that the model did not see, "Priti Sweden", or begin a person's."""
        countries = [o for o in self.occurrences if all(self.actors[t.actor].kind == "country" for t in o.terms)]
        ends = frozenset(self._text(o) for o in countries if _ends_unseen(self.context, o))
        return ends | ((self.context.first_names | self._lone_first_names) & {self._text(o) for o in countries})

    @functools.cached_property
    def _lone_first_names(self) -> frozenset[str]:
        """The first names before a word with which they are no registered place: "Paris Holland"."""
        places = (self.context.text[n.start : n.end] for n in self.context.names if n.label in PLACES)
        pairs = (name.split() for name in places if not self.context.registry.named(name))
        return frozenset(w[0] for w in pairs if len(w) == 2 and is_first_name(w[0].lower()))

    def _text(self, here: Occurrence) -> str:
        return self.context.text[here.start : here.end]

    def _is_where(self, here: Occurrence) -> bool:
        """Tell whether the words around it make it a country: "in Jordan", "Chad, Jordan and Sudan"."""
        before, after = self.context.before(here.start), self.context.after(here.end)
        if WHERE.search(before) and not POSSESSIVE.match(after):
            return True
        capital = CAPITAL_BEFORE.search(before)
        if capital and {t.actor for t in here.terms} & {a.id for a in self.context.registry.named(capital[1])}:
            return True
        items = [*_listed_before(before), *_listed_after(after)]
        return any(a.kind == "country" and item not in a.careful for item in items for a in self._countries(item))

    def _countries(self, name: str) -> Sequence[Actor]:
        named = () if name in self.context.sure_surnames else self.context.registry.named(name)
        return [a for a in named if name in {a.name, *(x.name for x in a.aliases if x.type == "name")}]

    def _is_person(self, here: Occurrence, kinds: set[ActorKind]) -> bool:
        """Tell whether the article supports the model, which found a person in a country's or capital's name."""
        words = self.context.text[here.start : here.end]
        if words in self.context.surnames | self.context.first_names:
            return True
        certain = any(self.certain[t.actor] for t in here.terms)
        return kinds != {"country"} or not (certain or self.context.is_acting_subject(here.end))

    def _possible(self, here: Occurrence, term: Term) -> bool:
        actor = self.actors[term.actor]
        if actor.kind == "country":
            return not term.careful or self._has_evidence(here, actor)
        if term.type == "title":
            return self.context.day is not None or (term.since is None and term.until is None)
        if term.careful:
            return self._has_evidence(here, actor)
        if actor.kind == "organisation":
            if is_common_body(term.written):
                return self._common_name_fits(here, actor)
            return not self._may_be_person(here)
        return True

    def _common_name_fits(self, here: Occurrence, actor: Actor) -> bool:
        """Tell whether a name that every country has ("Ministry of Commerce") means this body."""
        home = actor.country or actor.parent or ""
        owner = self.countries.owner_of(here.start, here.end)
        if owner is not None:
            return owner == home
        if self.certain[actor.id]:
            return True
        if home not in self.countries.all and self.certain[home]:  # a union's body: "the Commission"
            return True
        if self.countries.only_candidate(here.start, here.end) == home:
            return True
        bearers = {t.actor for t in here.terms}
        return len(bearers) == 1 and (self.countries.leads(home, here.start) or self.countries.most_named() == home)

    def _is_elsewhere(self, here: Occurrence, terms: Sequence[Term]) -> bool:
        """Tell whether a name that every country has belongs to a country other than these actors'."""
        if self.countries.owner_of(here.start, here.end) is not None:
            return True
        if not all(is_common_body(t.written) for t in terms):
            return False
        homes = {self.actors[t.actor].country or self.actors[t.actor].parent for t in terms}
        if here.end - here.start == len(
            self.context.text[here.start : here.end].split()[0]
        ):  # "Council": many towns have one
            return homes.isdisjoint({*self.countries.all, *self.certain})
        named = max((self.countries.times[home] for home in homes if home), default=0)
        foreign = max((times for country, times in self.countries.times.items() if country not in homes), default=0)
        return len(homes) > 1 and foreign > named and homes.isdisjoint(self.countries.near(here.start))

    def _has_evidence(self, here: Occurrence, actor: Actor) -> bool:
        """Tell whether the article shows that an ambiguous word means this actor."""
        if self._is_common_noun(here):
            return False
        against = self.context.contains_any(actor.against)
        if actor.kind == "country" and not actor.clues and not against and self._is_where(here):
            return True
        seats = tuple(a.name for a in actor.aliases if a.type == "metonym")
        clue = self.context.contains_any(actor.clues + seats) or self.certain[actor.id] > 0
        if against or clue:
            return clue and not against
        label = self.context.label_at(here.start, here.end)
        if actor.kind == "organisation" and not actor.clues and label is None:  # "Apple said": a fruit does not speak
            return self.context.is_acting_subject(here.end)
        if actor.clues or label not in (PLACES if actor.kind == "country" else {"ORG"}):
            return False
        return not self._opens_sentence(here) or self.context.is_acting_subject(here.end)

    def _is_common_noun(self, here: Occurrence) -> bool:
        """Tell whether a careful name is a common noun: "Turkey" beside "a turkey", "the club's Guardian"."""
        words = self._text(here)
        if " " in words or words.isupper():
            return False
        if OWNED.search(self.context.before(here.start, 4)):
            return True
        if self.context.is_acting_subject(here.end):
            return False
        return self._opens_sentence(here) and self.context.contains_any((words.lower(), f"{words.lower()}s"))

    def _is_meant_by_acronym(self, here: Occurrence, term: Term) -> bool:
        """Tell whether something else in the article shows that a short acronym means this actor.

        It may be its full name, a clue, its country, parent or people, or a verb that only a body has.
        """
        actor = self.actors[term.actor]
        if self.certain[actor.id] or self.context.contains_any(actor.clues):
            return True
        if self.context.text[here.start : here.end] in self.technical:
            return False
        if actor.country in self.countries.all or actor.country in self.countries.capitals:
            return True
        if self.related & {actor.id, actor.country, actor.parent}:
            return True
        return self._acts_as_body(here)

    @functools.cached_property
    def related(self) -> frozenset[str]:
        """The countries, parents and employers of the actors that are linked for certain."""
        certain = [self.actors[a] for a in self.certain]
        offices = (o.organisation for actor in certain for o in actor.roles)
        return frozenset(
            filter(None, (*(a.country for a in certain), *(a.parent for a in certain), *offices, *self.certain))
        )

    @functools.cached_property
    def technical(self) -> frozenset[str]:
        """The acronyms that stand for a thing or a measure somewhere in the article."""
        words = {self.context.text[here.start : here.end]: None for here in self.occurrences}
        short = [w for w in words if is_doubtful_acronym(w)]
        return frozenset(w for w in short if _is_technical(self.context, w))

    def _acts_as_body(self, here: Occurrence) -> bool:
        """Tell whether an acronym is the subject of a verb like "said", or "the EPA" and no thing."""
        if self.context.is_acting_subject(here.end) or AGENCY.match(self.context.after(here.end, 6)):
            return True
        after = re.match(r"(?:['’]s?)?\s+(\w+)", self.context.after(here.end))
        if after and after[1].lower() in words_for("speaking_for") | words_for("spokesmen") | words_for("honorifics"):
            return True
        before = self.context.before(here.start, 20)
        return re.search(r"\b(?:according to|told|by|at) the\s+$|\baccording to\s+$", before, re.IGNORECASE) is not None

    def _opens_sentence(self, here: Occurrence) -> bool:
        """Tell whether it starts a sentence, where every word has a capital: "Turkey is the usual roast"."""
        sentence = self.context.sentence(self.context.sentence_at(here.start))
        return sentence is not None and here.start - sentence.start < 3

    def _may_be_person(self, here: Occurrence) -> bool:
        """Tell whether a single word is a surname of somebody in the article, or a person to the model."""
        words = self.context.text[here.start : here.end]
        if " " in words:
            return False
        if words in self.context.surnames:
            return True
        # The model takes many companies for people: if the article has no person of that name, trust the registry.
        return any(t.careful for t in here.terms) and self.context.label_at(here.start, here.end) == "PERSON"

    def _means_government(self, here: Occurrence, term: Term) -> bool:
        """Tell whether a capital or an address stands for the government or office there."""
        if self.actors[term.actor].kind == "organisation" and self.context.label_at(here.start, here.end) == "ORG":
            return True
        if DATELINE.match(self.context.after(here.end, 20)):
            return False
        if self.context.is_acting_subject(here.end):
            return True
        owned = re.match(r"['’]s?\s+(\w+)(?:\s+(\w+))?(?:\s+(\w+))?", self.context.after(here.end))
        if owned and any(w and w.lower() in words_for("government_matters") for w in owned.groups()):
            return True
        related = re.search(r"(\w+) (?:with|between|against) (?:[A-Z][\w.]+ and )?$", self.context.before(here.start))
        return bool(related and related[1].lower() in words_for("relations"))

    def _narrow_by_context(self, here: Occurrence, actors: set[str]) -> set[str]:
        """Narrow candidates down, strongest evidence first."""
        near = self.countries.near(here.start)
        owner = self.countries.owner_of(here.start, here.end)
        tests = (
            lambda a: fits_office(self.context, here.start, here.end, a),
            lambda a: owner is not None and a.country == owner,
            lambda a: any(self.certain[body] for body in (a.parent, *(o.organisation for o in a.roles)) if body),
            lambda a: self.certain[a.id] > 0,
            lambda a: (a.country or a.id) in near,
            lambda a: (a.country or a.id) in self.countries.all,
        )
        for test in tests:
            passed = {a for a in actors if test(self.actors[a])}
            if passed:
                actors = passed
            if len(actors) == 1:
                break
        return actors

    def _inside_other_name(self, here: Occurrence, terms: Sequence[Term]) -> bool:
        """Tell whether it is only part of another name: "Bank of China", "Jordan Pickford", "South China"."""
        for name in self.context.names_at(here.start, here.end):
            if name.start > here.start or name.end < here.end or (name.start, name.end) == (here.start, here.end):
                continue
            kinds = {self.actors[t.actor].kind for t in terms}
            rest = self.context.text[name.start : here.start] + " " + self.context.text[here.end : name.end]
            if name.label == "PERSON":
                return kinds != {"person"} or not _harmless(rest)
            if name.label == "ORG":
                return not _harmless(rest, countries=kinds == {"organisation"}, context=self.context)
            if name.label in {"GPE", "LOC", "FAC"}:
                return not set(re.findall(r"[\w-]+", rest.lower())) <= words_for("directions") | {"the"}
        return False


def _stands_alone(context: ArticleContext, end: int) -> bool:
    """Tell whether no noun follows: "on the Congo near Lukolela", not "the Congo basin"."""
    after = context.after(end, 30)
    word = re.match(r" ([a-z]+)\b", after)
    return NO_NOUN.match(after) is not None or (word is not None and word[1] in words_for("prepositions"))


def is_doubtful_acronym(words: str) -> bool:
    """Tell whether an acronym is so short that it often means something else."""
    letters = words.replace(".", "")
    return len(letters) <= MAX_DOUBTFUL and letters.isupper() and letters.isalpha() and letters not in SURE_ACRONYMS


def _is_technical(context: ArticleContext, words: str) -> bool:
    """Tell whether an acronym counts or measures ("2 g of EPA", "per kg DW", "a CPC of") or names a thing's kind."""
    for match in re.finditer(rf"(?<![\w.]){re.escape(words)}(?![\w])", context.text):
        if MEASURED.search(context.before(match.start(), 24)):
            return True
        after = AFTER.match(context.after(match.end(), 24))
        noun = after[1] if after else ""
        if noun in words_for("technical_nouns"):
            return True
        if COUNTED.search(context.before(match.start(), 12)) and (not noun or noun in words_for("prepositions")):
            return True
    return False


def _redefined_acronyms(context: ArticleContext, occurrences: Sequence[Occurrence]) -> frozenset[str]:
    """Return acronyms that the article defines for another organisation: "Wharf Transport Office (WTO)"."""
    places = {(here.start, here.end): here for here in occurrences}
    ends = {here.end: here for here in occurrences}
    found = set()
    for match in BRACKETED.finditer(context.text):
        here = places.get(match.span(1))
        named = ends.get(match.start())
        if here is None or (named and {t.actor for t in named.terms} & {t.actor for t in here.terms}):
            continue
        before = re.split(r"[.;:(),]", context.before(match.start(), 90))[-1]
        words = [w for w in re.findall(r"[^\W\d_][\w'’]*", before) if w[0].isupper()]
        short = [c for c in match[1] if c.isalpha()]
        spelled = len(words) >= len(short) and [w[0] for w in words[-len(short) :]] == short
        if spelled and not _is_own_name(context, here, words):
            found.add(match[1])
    return frozenset(found)


def _spelled_in_lower_case(context: ArticleContext, occurrences: Sequence[Occurrence]) -> Iterator[str]:
    """Yield the acronyms that the article spells out as a common noun: "closed-circuit television (CCTV)"."""
    for here in occurrences:
        words = context.text[here.start : here.end]
        if not (words.isupper() and words.isalpha()):
            continue
        before = SPELLED_BEFORE.search(context.before(here.start, 70))
        after = SPELLED_AFTER.match(context.after(here.end, 70))
        for spelled in (before, after):
            if spelled and _abbreviates(words.lower(), re.split(r"[\s-]+", spelled[1].strip())):
                yield words


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """Tell whether an acronym's letters stand in these words in order, beginning with the first letter of a word."""
    for first in range(max(0, len(words) - len(short) - 1), len(words)):
        if words[first][:1] != short[:1]:
            continue
        letters = iter("".join(words[first:]))
        if all(letter in letters for letter in short) and (len(words) - first) * 2 >= len(short) - 1:
            return True
    return False


def _is_own_name(context: ArticleContext, here: Occurrence, words: Sequence[str]) -> bool:
    """Tell whether the name before the brackets is a spelling of the actor's own name."""
    ours = {w for t in here.terms for w in context.registry.by_id[t.actor].name.lower().split()}
    return sum(w.lower() in ours for w in words) * 2 >= len(words)


def _harmless(rest: str, countries: bool = False, context: ArticleContext | None = None) -> bool:
    """Tell whether the other words of a name do not change whom it means."""
    for word in re.findall(r"[\w.'’]+", rest):
        if word.lower() in words_for("harmless"):
            continue
        known = context.registry.named(word) if countries and context else ()
        if not any(a.kind == "country" for a in known):
            return False
    return True


# --- other senses of a country's name ---------------------------------------------------------


THING = re.compile(r"\s+([a-z]+)(?:\s+([a-z]+))?")
MONEY = re.compile(r"\s?[$£€¥]|[ \u00a0-]([a-z]+)")
LEGAL_FORM = re.compile(
    r"\),?\s+(?:Inc|Corp|Ltd|LLC|PLC|plc|Co|GmbH|AG|SA|NV|BV|Pty|Sdn|Bhd|Pvt|Limited|Corporation|Company)\b"
)
ACRONYM_BEFORE = re.compile(r"(?<![\w-])([A-Z][A-Z&]+)-$")
MEETING = re.compile(r"[ -](?:[a-z]+\s)?(?:summit|forum|meeting|free|trade|[a-z]+-led)\b")
WORD_BEFORE = re.compile(r"(?<![\w'’.-])([A-Z][a-z]{2,}) $")
WORD_BEHIND = re.compile(r" ([A-Z][a-z]+)(?![\w'’])")
GOES_WITH_COUNTRIES = (
    words_for("body_words") | words_for("only_bodies") | words_for("no_actors") | words_for("openers") | listed("title")
) | {"war", "embassy", "city", "wars"}
LISTED_BEFORE = re.compile(r"\b([A-Z][a-z]+)(?:,|,? and|,? or) $")
SPOKEN = re.compile(
    r"\b(?:sp(?:eaks?|oke|oken|eaking)|learn\w*|taught|teach\w*|kn(?:ows?|ew)|fluent in|written in|said in|into|in|"
    r"[Tt]ranslat\w+ from|In|ha(?:s|ve|d)|understands?|understood|reads?|writes?|wrote)"
    r"\s+(?:both |only |fluent |good |some |no )?$"
)
LISTED_AFTER = re.compile(r"(?:,|,? and|,? or) ([A-Z][a-z]+)")
NO_NOUN = re.compile(
    r"\s*(?:[.,;:!?)”\"—–]|$|\b(?:and|or|but|nor|about|as|at|to|with|for|by|when|while|because|fluently|well|too)\b)"
    r"(?! (?:other|foreign|many|some|several) )"
)
OPENER = re.compile(r"(?:ly|ing|ed|ous|ful|ern|ish|ist|ic|al)$")  # "Formerly", "Neighbouring", "Landlocked"
LONGEST_LIST = 6  # languages
WORD = re.compile(r"[^\W\d_]{2,}")
THE_NAME = 2  # words
NEAR = 200  # characters of a sentence on each side that show whether it is a headline


def has_other_sense(context: ArticleContext, here: Occurrence) -> bool:
    """Tell whether a country's name or adjective means something else here.

    "Unicorn Canada", "(Japan) Inc.", "ORE-Myanmar"    part of a company's or a body's name
    "942 million Canadian dollars", "US$801"           money
    "She speaks Russian, Estonian and English"         languages
    "a bag of Brazil nuts", "two Jersey cows"          things
    """
    return (
        _is_thing(context, here)
        or _is_money(context, here.end)
        or _is_language(context, here.start, here.end)
        or _ends_name(context, here.start, here.end)
    )


def _is_thing(context: ArticleContext, here: Occurrence) -> bool:
    """Tell whether it is part of a thing's name: "Brazil nuts", "a Swiss roll", but not "Brazil nut exports".

    A country's name, unlike its adjective, hardly ever says where an animal or a piece of furniture comes from: "a
    Jersey cow", "a China cabinet", but "a Chinese cabinet".
    """
    match = THING.match(context.after(here.end, 40))
    if match is None or match[2] in words_for("trade_words"):
        return False
    noun, single = match[1], match[1].removesuffix("s")
    compound = f"{context.text[here.start : here.end].lower()} {single}"
    if noun in words_for("country_things") or compound in words_for("compounds"):
        return True
    adjective = any(t.type == "demonym" for t in here.terms)
    things = words_for("animals") | words_for("furnishings") | words_for("landscape")
    return not adjective and not {noun, single}.isdisjoint(things)


def _is_money(context: ArticleContext, end: int) -> bool:
    match = MONEY.match(context.after(end, 20))
    return match is not None and (match[1] is None or match[1] in words_for("money"))


def _is_language(context: ArticleContext, start: int, end: int) -> bool:
    """Tell whether it is what somebody speaks or something is written in, with no noun behind it."""
    languages = words_for("languages")
    if context.text[start:end].lower() not in languages:
        return False
    before, after = context.before(start), context.after(end)
    for _ in range(LONGEST_LIST):
        listed = LISTED_BEFORE.search(before)
        if listed is None or listed[1].lower() not in languages:
            break
        before = before[: listed.start()]
    for _ in range(LONGEST_LIST):
        listed = LISTED_AFTER.match(after)
        if listed is None or listed[1].lower() not in languages:
            break
        after = after[listed.end() :]
    return SPOKEN.search(before) is not None and NO_NOUN.match(after) is not None


def _ends_name(context: ArticleContext, start: int, end: int) -> bool:
    """Tell whether it is the end of a name that the language model did not see as one."""
    before, after = context.before(start, 40), context.after(end, 24)
    if before.endswith("(") and LEGAL_FORM.match(after):
        return True
    acronym = ACRONYM_BEFORE.search(before)
    if acronym:
        return not context.registry.named(acronym[1].lower()) and MEETING.match(after) is None
    paper = WORD_BEHIND.match(context.text, end)
    if paper is not None and paper[1].lower() in words_for("papers") and not context.names_at(end + 1, paper.end()):
        return True  # "Irish Times"
    if context.text[start:end].lower() in words_for("languages"):
        return _goes_on(context, start, end)
    word = WORD_BEFORE.search(before)
    if word is not None and _begins_name(context, start - len(word[1]) - 1, word[1]):
        return True
    return _goes_on(context, start, end)


def _ends_unseen(context: ArticleContext, here: Occurrence) -> bool:
    """Tell whether a capital stands before a name as the beginning of one that the model did not see."""
    word = WORD_BEFORE.search(context.before(here.start, 40))
    demonym = any(t.type == "demonym" for t in here.terms)
    return word is not None and not demonym and _begins_name(context, here.start - len(word[1]) - 1, word[1])


def _goes_on(context: ArticleContext, start: int, end: int) -> bool:
    """Tell whether a name that the model did not see goes on behind a country's: "India Moss", "Russia Today".

    A title, a body or a day may follow the country itself: "Lebanon Army", "Kenya President".
    """
    after = WORD_BEHIND.match(context.text, end)
    if after is None or " " in context.text[start:end] or context.text[end - 1] == ".":
        return False
    low = after[1].lower()
    behind = [n for n in context.names_at(end + 1, after.end()) if n.start > start]
    lone = all(n.label == "PERSON" and (n.start, n.end) == after.span(1) for n in behind)
    if behind and (not lone or after[1] in context.surnames or context.registry.by_surname.get(low)):
        return False  # "In China Xi said": a person, named elsewhere
    known = context.registry.named(low) or low in GOES_WITH_COUNTRIES or low in words_for("honorifics")
    return not known and _is_running(context, start)


def _begins_name(context: ArticleContext, at: int, word: str) -> bool:
    """Tell whether a capitalised word before a country's name is the beginning of one: not "On Monday China said"."""
    sentence = context.sentence(context.sentence_at(at))
    if sentence is None or context.registry.named(word.lower()):
        return False
    low = word.lower()
    if at > sentence.start and low in first_names() - words_for("no_actors"):
        return True  # "the finance chief, Per Holland", but "in April China"
    if low in words_for("openers") or (at == sentence.start and OPENER.search(low)):
        return False
    if low in words_for("no_actors") | words_for("directions") | words_for("honorifics") | words_for("prepositions"):
        return False
    if any(n.label == "PERSON" for n in context.names_at(at, at + len(word))):
        return False
    return _is_running(context, at)


def _is_running(context: ArticleContext, at: int) -> bool:
    """Tell whether the sentence at a place is no headline in capitals."""
    sentence = context.sentence(context.sentence_at(at))
    if sentence is None:
        return False
    first, last = max(sentence.start, at - NEAR), min(sentence.end, at + NEAR)
    words: list[str] = WORD.findall(context.text[first:last])[1:]
    small = sum(1 for word in words if word[0].islower())
    return small > len(words) - small - THE_NAME

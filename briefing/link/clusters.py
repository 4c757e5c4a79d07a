"""Cluster the names of people and organisations in one article: each cluster is one actor.

A cluster starts from a registered actor or from a full name that the model found; shorter forms join the one cluster
they fit. A name that fits two clusters joins none, and a note says so.

People: two different first names are never one person. "Katharina Roth", "Ms. Roth" and "Roth" are one cluster; with
"Jonas Roth" in the article, "Roth" alone stays open.

Organisations: "Roth Mining Corp. (RMC)", "Roth Mining" and "RMC" are one cluster. A body whose name every country has
("Foreign Ministry") is told apart by its country; without one, it belongs to this article alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.facts.names.lists import JUNIORS, first_names, genders
from briefing.link.context import ABBREVIATED, ArticleContext, fits_office
from briefing.link.match import Countries, is_common_body
from briefing.link.notes import ambiguous, similar_registered
from briefing.model import Actor, ActorKind, Entity, Mention, MentionType, Note
from briefing.registry.name_variants import LEGAL, key, words_for

CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-z][\w'’-]+")
NOUN_BEFORE = re.compile(r"\b([a-z]+),?\s+$")
HONORIFICS = dict.fromkeys(("mr", "sir", "lord", "signor", "signore", "señor", "senhor", "herr", "monsieur"), "m")
HONORIFICS |= dict.fromkeys(
    ("mrs", "ms", "miss", "lady", "signora", "señora", "señorita", "senhora", "frau", "madame", "mme", "mlle"), "f"
)
# "the other Roth", "Roth (no relation)": somebody else of that surname is in the article
OTHER_BEFORE = re.compile(r"\b(?:the other|another|a second)\s+$", re.IGNORECASE)
UNRELATED = re.compile(r",?\s+\(?(?:who (?:is|was) )?(?:no relation|not related|unrelated)\b")
KNOWN_AS = re.compile(
    r",?\s+\(?(?:(?:who|better|also|widely|usually) (?:(?:is|was) )?){0,2}(?:known|nicknamed|called)"
    r"(?:\s+[a-z]+){0,5}?(?:\s+as)?\s+[“\"‘']?([A-Z][a-z]+)\b"
)
NICKNAME = re.compile(r" [“\"‘'(]([^\W\d_]+)[”\"’')] ")
# "Councillor Roth, his father": somebody else than the Roth of whom the article speaks
RELATED = re.compile(r", (?:his|her) (?:late |elder |older |younger )?([a-z]+)\b")
PARTICLES = frozenset({"von", "van", "der", "den", "de", "du", "di", "da", "dos", "del", "della", "zu"})
# "... Organization (WTO)"
DEFINITION = re.compile(r"\s*\(\s*(?:the\s+|or\s+|“|\")?([A-Z][A-Za-z0-9&.-]{1,11})[”\"]?\s*\)")
AT_PLACE = re.compile(r"(?<!\bshares )(?<!\bstake )\b(?:in|at|near|from|to|of)\s+$", re.IGNORECASE)
GROUPS = frozenset(
    {"Group", "Holdings", "Industries", "Holding"}
)  # last words of companies' names, beside the legal forms
SHARES = re.compile(r"\b(?:shares|stake) (?:in|of) $", re.IGNORECASE)
MIN_SHORT_NAME = 3  # letters
SHORT = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}s?$")
SMALL_WORDS = frozenset({"of", "the", "and", "for", "on", "in", "de", "du", "des", "la", "le", "&"})


@dataclass(slots=True, eq=False)
class Cluster:
    """The mentions of one actor in one article."""

    kind: ActorKind
    actor: str | None = None  # id of a registered actor
    of: str | None = None  # country of a body whose name every country has ("Foreign Ministry"), else the article
    words: set[str] = field(default_factory=set)  # words of an organisation's names
    gender: str | None = None  # "m" or "f", from the first name or "Mr."
    mentions: list[Mention] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)  # spellings of mentions by name or alias, with counts
    first: dict[str, tuple[int, int]] = field(default_factory=dict)  # first position of each form
    titles: set[str] = field(default_factory=set)  # words before a person's names, such as "professor"
    apart: str = ""  # "Ms", where "Mr Roth" is somebody else in the article

    def add(self, text: str, start: int, end: int, how: MentionType, rule: str) -> None:
        self.mentions.append(Mention(start, end, how, rule))
        if how in {"name", "alias"}:
            form = " ".join(text[start:end].split())
            self.forms[form] += 1
            self.first.setdefault(form, (start, end))

    @property
    def name(self) -> str:
        """Return the form with the most words, then the most frequent, then the first."""
        forms = list(self.forms) or [""]
        form = max(forms, key=lambda f: (not f.isupper(), len(f.split()), self.forms[f], -forms.index(f)))
        return f"{self.apart} {form}" if self.apart else form


ClusterSet = dict[Cluster, None]  # an ordered set


class _Clusters:
    """The clusters of one kind, and notes on names that fit several of them."""

    def __init__(self, context: ArticleContext, clusters: list[Cluster]) -> None:
        self.context = context
        self.clusters = clusters
        self.notes: list[Note] = []

    def _text(self, name: Entity) -> str:
        return self.context.text[name.start : name.end]

    def _leave_open(self, name: Entity, fitting: Iterable[Cluster]) -> None:
        known = self.context.registry.by_id
        names = sorted({known[c.actor].name if c.actor else c.name for c in fitting})
        self.notes.append(Note("ambiguous-name", "info", ambiguous(self._text(name), names), name.start, name.end))


# --- people ----------------------------------------------------------------------------------


class People(_Clusters):
    def __init__(self, context: ArticleContext, registered: Iterable[Cluster], countries: Collection[str]) -> None:
        super().__init__(context, [])
        self.countries = countries  # named in the article
        self.by_full: dict[str, Cluster] = {}  # first and last word
        self.by_initial: defaultdict[str, ClusterSet] = defaultdict(dict)  # initial and last word
        self.by_last: defaultdict[str, ClusterSet] = defaultdict(dict)
        self.by_first: defaultdict[str, ClusterSet] = defaultdict(dict)
        self.shared: set[str] = set()  # surnames of which the article says that two bear them
        for cluster in registered:
            actor = context.registry.by_id[cluster.actor or ""]
            self._start(cluster, [actor.name, *(a.name for a in actor.aliases if a.type != "title"), *cluster.forms])

    def _start(self, cluster: Cluster, names: Iterable[str]) -> None:
        self.clusters.append(cluster)
        for name in names:
            words = person_words(name)
            if len(words) > 1:
                cluster.gender = cluster.gender or genders().get(words[0])
                self.by_full.setdefault(f"{words[0]} {words[-1]}", cluster)
                if nickname := NICKNAME.search(name):  # 'Theodora "Dora" Roth' is "Dora Roth" too
                    self.by_full.setdefault(f"{key(nickname[1])} {words[-1]}", cluster)
                for table, entry in (
                    (self.by_initial, f"{words[0][0]} {words[-1]}"),
                    (self.by_last, words[-1]),
                    (self.by_first, words[0]),
                ):
                    table[entry][cluster] = None

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
                cluster = self.by_full.get(f"{words[0]} {words[-1]}")
                if cluster is None and len(words) > 2:  # "Crooked Katharina Roth", 'Theodora "Dora" Roth'
                    cluster = self.by_full.get(" ".join(w.strip("“”\"‘’'()") for w in words[-2:]))
                if cluster is None and self._add_misspelt(words, name):
                    continue
                if cluster is None:
                    cluster = Cluster("person")
                    self._start(cluster, [self._text(name)])
                self._add(cluster, name, "name", "name")
        for name in initials:
            self._add_initials(name)
        self._add_nicknames()
        self._add_defined_initials()
        self.shared.update(self._shared_surnames(single))
        for name in single:
            self._add_single(name)

    def _add_initials(self, name: Entity) -> None:
        words = person_words(self._text(name))
        fitting = self.by_initial[f"{words[0]} {words[-1]}"]
        if not fitting:
            cluster = Cluster("person")
            self._start(cluster, [self._text(name)])
            fitting = {cluster: None}
        self._add_if_one(fitting, name, "name", "initials")

    def _shared_surnames(self, names: Iterable[Entity]) -> Iterator[str]:
        """Yield surnames that two people bear: "the other Roth", "Roth, who is no relation"."""
        for name in names:
            before, after = self.context.before(name.start, 16), self.context.after(name.end, 40)
            related = RELATED.match(after)
            if related and related[1] in words_for("male_nouns") | words_for("female_nouns"):
                yield from person_words(self._text(name))[-1:]
            if OTHER_BEFORE.search(before) or UNRELATED.match(after):
                yield from person_words(self._text(name))[-1:]

    def _add_nicknames(self) -> None:
        """Learn nicknames: "Ann Roth, known to everyone as Nan"."""
        for cluster in self.clusters:
            for mention in cluster.mentions:
                known = KNOWN_AS.match(self.context.after(mention.end, 80))
                if known and not self.by_last.get(key(known[1])):
                    self.by_first[key(known[1])][cluster] = None

    def _add_defined_initials(self) -> None:
        """Learn initials that the article explains: "Hannes Roth (HR)"."""
        for cluster in self.clusters:
            for mention in list(cluster.mentions):
                defined = DEFINITION.match(self.context.after(mention.end, 12))
                words = person_words(self.context.text[mention.start : mention.end])
                if defined and len(words) > 1 and key(defined[1]) == "".join(w[0] for w in words):
                    self.by_last[key(defined[1])][cluster] = None

    def _add_misspelt(self, words: list[str], name: Entity) -> bool:
        """Add a registered person's misspelt name if the job title beside it fits; return whether it did."""
        actor = similar_registered(tuple(words), self.context.registry)
        if actor is None or not fits_office(self.context, name.start, name.end, actor):
            return False
        cluster = next((g for g in self.clusters if g.actor == actor.id), None)
        if cluster is None:
            cluster = Cluster("person", actor.id)
            self._start(cluster, [actor.name, self._text(name)])
        self._add(cluster, name, "alias", "spelling-in-office")
        message = f"“{self._text(name)}” probably means {actor.name}: the job title matches, but the spelling differs."
        self.notes.append(Note("name-variant", "info", message, name.start, name.end))
        return True

    def _is_surname(self, words: list[str]) -> bool:
        """Tell whether words with a particle ("Van der Berg") are the surname of somebody whose first name is known."""
        if words[0] not in PARTICLES:
            return False
        return any(
            person_words(form)[-len(words) :] == words and len(person_words(form)) > len(words)
            for cluster in self.by_last.get(words[-1], ())
            for form in cluster.forms
        )

    def _add_single(self, name: Entity) -> None:
        words = person_words(self._text(name))
        word = words[-1] if words and words[0] in PARTICLES else " ".join(words)
        if word in self.shared:
            return
        fitting = self._fitting(word, name)
        if not fitting:
            actor = self._of_rare_surname(word, self._honorific(name))
            cluster = Cluster("person", actor)
            if actor:
                cluster.gender = self._usual_gender(self.context.registry.by_id[actor])
            self.clusters.append(cluster)
            namesakes = [g for g in self.by_last[word] if g.actor is None and all(" " not in f for f in g.forms)]
            if namesakes and not actor:  # "Mr Roth" and "Ms Roth"
                cluster.apart = self._title(name).title()
                for other in namesakes:
                    other.apart = min(other.titles, default="").title()
            self.by_last[word][cluster] = None
            self._add(cluster, name, "surname" if actor else "name", "surname-in-office" if actor else "name")
            return
        one = next(iter(fitting))
        alone = len(fitting) == 1 and one.actor is None and all(" " not in f for f in one.forms)
        self._add_if_one(fitting, name, "name" if alone else "surname", "name" if alone else "surname")

    def _fitting(self, word: str, name: Entity) -> ClusterSet:
        """Return the people that a single name may mean; a full name before it and a fitting "Ms." are required."""
        gender = self._honorific(name)
        found = self.by_last.get(word) or self.by_first.get(word) or {}
        found = {g: None for g in found if g.gender is None or gender is None or g.gender == gender}
        before = {g: None for g in found if g.first and min(start for start, _ in g.first.values()) < name.start}
        called = {g: None for g in before or found if self._title(name) in g.titles}
        return called if len(called) == 1 else before or found

    def _usual_gender(self, actor: Actor) -> str | None:
        return genders().get(person_words(actor.name)[0])

    def _of_rare_surname(self, word: str, gender: str | None) -> str | None:
        """Return the only registered person of a rare surname, in office then, whose country the article names."""
        actors = self.context.registry.by_surname.get(word, ())
        if len(actors) != 1 or word in words_for("common_surnames"):
            return None
        (actor,) = actors
        if self.context.day is None and not self._has_title(word, actor):
            return None
        if gender and self._usual_gender(actor) not in {None, gender}:  # "Mrs. Roth" is not Karl Roth
            return None
        if actor.country not in self.countries or self.context.registry.named(word):
            return None
        in_office = any(o.since and self.context.in_time(o.since, o.until) for o in actor.roles)
        if not in_office or word in first_names():
            return None
        return None if self.context.registry.body_starts.get(word) else actor.id

    def _has_title(self, word: str, actor: Actor) -> bool:
        """Tell whether the article calls a surname by the person's office: "President Roth"."""
        heads = "|".join({re.escape(w) for o in actor.roles for w in o.title.split() if w[0].isupper()})
        return (
            re.search(rf"\b(?:{heads or '(?!)'})\s+{re.escape(word)}\b", self.context.text, re.IGNORECASE) is not None
        )

    def _title(self, name: Entity) -> str:
        """Return the title or form of address directly before a name: "ms", "professor"; "" if there is none."""
        before = self.context.before(name.start, 16).split()
        word = before[-1].lower().rstrip(".") if before else ""
        return ABBREVIATED.get(word, word) if word in words_for("honorifics") else ""

    def _honorific(self, name: Entity) -> str | None:
        return HONORIFICS.get(self._title(name))

    def _noun_gender(self, name: Entity) -> str | None:
        """Return the gender that a noun before the name shows: "her father, Aksel Roth"."""
        noun = NOUN_BEFORE.search(self.context.before(name.start, 20))
        if noun is None:
            return None
        return "m" if noun[1] in words_for("male_nouns") else "f" if noun[1] in words_for("female_nouns") else None

    def _add_if_one(self, fitting: ClusterSet, name: Entity, how: MentionType, rule: str) -> None:
        if len(fitting) == 1:
            self._add(next(iter(fitting)), name, how, rule)
        else:
            self._leave_open(name, fitting)

    def add_bare_surnames(self, taken: set[int]) -> None:
        """Add surnames that the model missed, of registered people or behind "Mr.", where no other name is.

        A surname that comes first or has two letters may be an ordinary word, so only a speaker's is added.
        """
        first = {w: g for w, g in self.by_first.items() if w not in self.by_last and self._is_surname_of(w, g)}
        both = (self.by_last | first).items()
        sure = {word: next(iter(clusters)) for word, clusters in both if len(clusters) == 1}
        wanted = {word: cluster for word, cluster in sure.items() if len(word) > 1 and word not in self.shared}
        if not wanted:
            return
        text = self.context.text
        said = (s.speaker for s in self.context.reading.statements if s.speaker)
        speakers = {(s.start, s.end) for s in said if self.context.subject_ends(s.start, s.end)}
        for match in CAPITALISED.finditer(text):
            word = match[0].removesuffix("'s").removesuffix("’s")
            low = word.lower()
            cluster = wanted.get(low) if low.isascii() and "-" not in low else wanted.get(key(word).replace(" ", ""))
            start, end = match.start(), match.start() + len(word)
            known = cluster is not None and (cluster.actor or self.context.has_honorific(start))
            free = taken.isdisjoint(range(start, end)) and not self.context.names_at(start, end)
            sure_of = (len(word) >= MIN_SHORT_NAME and low not in first) or (start, end) in speakers
            if cluster is not None and known and free and sure_of and _is_isolated(text, start, end):
                cluster.add(text, start, end, "surname", "surname")

    def _is_surname_of(self, word: str, people: Iterable[Cluster]) -> bool:
        """Tell whether the first word of a registered name is the surname: the "Xi" of "Xi Jinping"."""
        ids = {actor.id for actor in self.context.registry.by_surname.get(word, ())}
        return any(person.actor in ids for person in people)

    def _add(self, cluster: Cluster, name: Entity, how: MentionType, rule: str) -> None:
        cluster.gender = self._noun_gender(name) or cluster.gender or self._honorific(name)
        cluster.titles |= {self._title(name)} - {""}
        cluster.add(self.context.text, name.start, name.end, how, rule)


def person_words(name: str) -> list[str]:
    """Return the folded words of a name; "Smith-Jones" is one word, so that it can be a surname."""
    words = [key(w).replace(" ", "").strip(".,") for w in re.sub(r"(?<=\b[A-Z])\.(?=\S)", ". ", name).split()]
    words = [w for w in words if w]
    return words[:-1] if len(words) > 2 and words[-1] in JUNIORS else words


def _is_isolated(text: str, start: int, end: int) -> bool:
    """Tell whether no capitalised word stands next to it, which would make it part of another name."""
    before = re.search(r"([A-Z][\w'’-]*)[ \u00a0]$", text[max(0, start - 30) : start])
    after = re.match(r"[ \u00a0-][A-Z]", text[end : end + 2])
    return after is None and (before is None or before[1].lower() in words_for("honorifics"))


# --- one kind for one spelling ----------------------------------------------------------------


OF_BODY = re.compile(
    r"\b(?:shares?|stakes?|stock|bonds|shareholders?|customers|employees|staff|workers|subsidiary|board|sales|chair"
    r"|spokes(?:man|woman|person))\s(?:of|in|at|for)\s(?:the\s(?:[a-z-]+\s){1,3})?$"
)
HAS_BODY = re.compile(
    r"['’]s?\s(?:(?:[a-z-]+)\s)?(?:shares?|stock|profits?|revenues?|sales|board|staff|shareholders|subsidiary|workers"
    r"|headquarters|factory|factories|plants?|shops|stores|customers)\b|\s(?:shares|stock|bonds)\b"
)
SHOP = re.compile(r"['’]s(?=,| and\b| or\b| of [A-Z])")  # "Dr Reddy's and Hetero": a firm, without a thing of its own
IS_BODY = re.compile(r",\s(?:an?|the|one of the)\s((?:[\w-]+\s){0,3}[\w-]+)")


def with_one_kind(context: ArticleContext, names: Sequence[Entity]) -> list[Entity]:
    """Return the names, of which those of one spelling are all people or all organisations, by the better evidence.

    A word that only opens a longer organisation's name ("Bell" of "Bell Labs") is short for it and no person.
    """
    people = [context.text[n.start : n.end].split() for n in context.names if n.label == "PERSON"]
    theirs = {key(w) for words in people if len(words) > 1 for w in words} | context.titled | first_names()
    theirs |= {key(context.text[r.holder.start : r.holder.end]).rpartition(" ")[2] for r in context.reading.roles}
    spelled: defaultdict[str, list[Entity]] = defaultdict(list)
    opening = set()
    for name in context.names:
        words = key(context.text[name.start : name.end]).split()
        if name.label == "ORG" and len(words) > 1 and words_for("public_bodies").isdisjoint(words):
            opening.add(words[0])  # "Thornby" of "Thornby Crown Court" is the place
    for name in names:
        spelled[key(context.text[name.start : name.end])].append(name)
    bodies = {
        spelling
        for spelling, found in spelled.items()
        if spelling.split()[:1] and spelling.split()[0] not in theirs and any(n.label == "PERSON" for n in found)
        if (" " not in spelling and spelling in opening)
        or any(n.label == "ORG" or _is_a_body(context, n) for n in found)
    }
    shops = {n for n in names if n.label == "PERSON" and SHOP.match(context.after(n.end, 12))}
    shops = {n for n in shops if not _is_full(context, n) and not context.before(n.start, 4).endswith("of ")}
    return [
        replace(n, label="ORG") if key(context.text[n.start : n.end]) in bodies and n.label == "PERSON" else n
        for n in names
        if n not in shops
    ]


def _is_full(context: ArticleContext, name: Entity) -> bool:
    """Tell whether a name or its bearer's full name is in the article."""
    words = context.text[name.start : name.end].split()
    return len(words) > 1 or words[-1] in context.surnames


def _is_a_body(context: ArticleContext, name: Entity) -> bool:
    """Tell whether the words around a name show an organisation: "shares of Roth", "Roth's board", "Roth, a miner"."""
    after = context.after(name.end, 60)
    described = IS_BODY.match(after)
    companies = words_for("company_nouns")
    return (
        OF_BODY.search(context.before(name.start, 60)) is not None
        or HAS_BODY.match(after) is not None
        or (described is not None and not companies.isdisjoint(described[1].split()))
    )


# --- organisations ---------------------------------------------------------------------------


class Organisations(_Clusters):
    def __init__(self, context: ArticleContext, registered: Iterable[Cluster], countries: Countries) -> None:
        super().__init__(context, list(registered))
        self.countries = countries
        self.by_name: dict[str, Cluster] = {}
        self.by_short: defaultdict[str, ClusterSet] = defaultdict(dict)  # defined acronyms and initials
        self.by_start: defaultdict[str, ClusterSet] = defaultdict(dict)  # the first words of a longer name
        self.by_end: defaultdict[str, ClusterSet] = defaultdict(dict)  # the last word of a longer name
        self.by_word: defaultdict[str, ClusterSet] = defaultdict(dict)  # organisations whose name contains "ministry"
        for cluster in self.clusters:
            for mention in list(cluster.mentions):
                self._learn(cluster, mention.start, mention.end)

    def add(self, names: list[Entity]) -> None:
        """Add full names, longest first, then short ones, then those that every country has."""
        full = [n for n in names if not is_common_body(self._text(n))]
        long = [n for n in full if not self._is_short(n)]
        for name in sorted(long, key=lambda n: (-len(_organisation_key(self._text(n)).split()), n.start)):
            self._add(name, self.by_start)
        for name in (n for n in full if self._is_short(n)):
            self._add(name, self.by_short if SHORT.match(self._text(name)) else self.by_start)
        for name in (n for n in names if is_common_body(self._text(n))):
            self._add_common(name)

    def _is_short(self, name: Entity) -> bool:
        words = self._text(name)
        return SHORT.match(words) is not None or " " not in words

    def _add(self, name: Entity, shortened: dict[str, ClusterSet]) -> None:
        written = _organisation_key(self._text(name))
        fitting = shortened.get(written, {})
        ending = {c: None for c in self.clusters if _ends_with(c, written) and c not in fitting}
        if fitting and ending and written not in self.by_name:  # "Rovers": of "Hale Rovers", not of "Rovers Trust"
            fitting = ending
        if (len(fitting) == 1 and len(self._longer(written)) > 1) or (len(ending) > 1 and fitting is ending):
            self._leave_open(name, fitting)
            return
        if not fitting and len(ending) == 1 and written in words_for("only_bodies"):
            fitting = ending  # "the League", after "Hale Growers' League"
        if LEGAL.search(self._text(name)):  # "Roth PLC" is a whole name, and not short for "Roth Mining"
            fitting = {}
        elif not fitting and " " not in written:
            fitting = self._by_one_word(name, written)
        cluster = self.by_name.get(written)
        if cluster is None and len(fitting) > 1 and fitting.keys() <= self.by_end.get(written, {}).keys():
            self._leave_open(name, fitting)
            return
        if cluster is None and len(fitting) == 1:
            next(iter(fitting)).add(self.context.text, name.start, name.end, "alias", "short-form")
            return
        if cluster is None:
            cluster = Cluster("organisation")
            self.clusters.append(cluster)
        cluster.add(self.context.text, name.start, name.end, "name", "name")
        self.by_name.setdefault(written, cluster)
        self._learn(cluster, name.start, name.end)

    def _longer(self, word: str) -> set[str]:
        """Return the names of whatever kind that end with a word: "Hale Rovers" and "Sull Rovers"."""
        found = (key(self._text(n)) for n in self.context.names) if " " not in word else ()
        return {name for name in found if name.endswith(f" {word}")}

    def _by_one_word(self, name: Entity, written: str) -> ClusterSet:
        """Return the organisations that begin with a word in capitals ("RTM Mining") or end with a word ("Rovers")."""
        if SHORT.match(self._text(name)):
            return self.by_start.get(written, {})
        no_word = re.search(rf"\b{re.escape(written)}\b", self.context.text) is None
        return self.by_end.get(written, {}) if no_word else {}

    def _add_common(self, name: Entity) -> None:
        """Add a name such as "Foreign Ministry" to the one cluster that contains it, else to a country's."""
        written = _organisation_key(self._text(name))
        holding = [c for c in self.by_word.get(written.split()[-1], []) if set(written.split()) <= c.words]
        if len(holding) == 1 and self.countries.owner_of(name.start, name.end) is None:
            holding[0].add(self.context.text, name.start, name.end, "alias", "short-form")
            return
        if len(holding) > 1:
            self._leave_open(name, holding)
            return
        country = self.countries.only_candidate(name.start, name.end)
        if self.countries.owner_of(name.start, name.end) is None and self.countries.most_named() != country:
            country = None  # "A Dutch firm asked the Federal Trade Commission" does not say whose it is
        key = f"{written} {country or ''}"
        cluster = self.by_name.get(key)
        if cluster is None:
            cluster = Cluster("organisation", of=country or f"in {self.context.article.source.id}")
            self.clusters.append(cluster)
            self.by_name[key] = cluster
        cluster.add(self.context.text, name.start, name.end, "name", "name")

    def _learn(self, cluster: Cluster, start: int, end: int) -> None:
        """Record how this name may be shortened later."""
        text = self.context.text
        words = _organisation_key(text[start:end]).split()
        self.by_name.setdefault(" ".join(words), cluster)
        defined = DEFINITION.match(text[end : end + 20])
        shorts = {key(defined[1])} if defined and _initials_fit(defined[1], words) else set()
        cluster.words |= set(words)
        for word in words:
            if word in words_for("body_heads"):
                self.by_word[word][cluster] = None
        if len(words) > 1 and SMALL_WORDS.isdisjoint(words) and words[-1] not in words_for("only_bodies"):
            self.by_end[words[-1]][cluster] = None
        initials = "".join(w[0] for w in words if w not in SMALL_WORDS)
        if len(initials) > 2:
            shorts.add(initials)
        for table, entries in (
            (self.by_short, shorts),
            (self.by_start, {" ".join(words[:n]) for n in range(1, min(len(words), 5))}),
        ):
            for entry in entries:
                table[entry][cluster] = None

    def add_bare_names(self, taken: set[int]) -> set[tuple[int, int]]:
        """Add the first word of a company's name where it stands alone, whatever the model took it for.

        Return the spans. "Roth" of "Roth Mining Ltd." is not added if the article names a person with that name.
        """
        people = [self._text(n).split() for n in self.context.names if n.label == "PERSON"]
        theirs = {key(w) for words in people if len(words) > 1 for w in words} | self.context.titled
        starts: defaultdict[str, ClusterSet] = defaultdict(dict)
        groups = set()
        for cluster in self.clusters:
            used = any(" " in form for form in cluster.forms)
            for form in cluster.forms:
                first, last = form.split()[0], form.split()[-1]
                ends = LEGAL.search(form) is not None or last in GROUPS
                short = ends and " " in form and len(first) > MIN_SHORT_NAME
                if (short or (used and first == form and not form.isupper())) and key(first) not in theirs:
                    starts[first.removesuffix(",")][cluster] = None
                if last in GROUPS:
                    groups.add(first)
        spans = set()
        for match in CAPITALISED.finditer(self.context.text) if starts else ():
            word = match[0].removesuffix("'s").removesuffix("’s")
            companies, start, end = starts.get(word, {}), match.start(), match.start() + len(word)
            if (
                len(companies) > 1
                and not self.context.names_at(start, end)[1:]
                and _is_isolated(self.context.text, start, end)
            ):
                spans.add((start, end))  # "Roth" of "Roth Mining Ltd." or "Roth Energy Ltd."
                continue
            company = next(iter(companies), None)
            if company and word in groups and not self._acts(start, end):
                continue
            if company and self._is_bare(company, start, end) and taken.isdisjoint(range(start, end)):
                company.add(self.context.text, start, end, "alias", "short-form")
                spans.add((start, end))
        return spans

    def _acts(self, start: int, end: int) -> bool:
        """Tell whether a word is a subject or has shares: "Western" of "Western Group" is mostly an ordinary word."""
        if SHARES.search(self.context.before(start, 12)):
            return True
        if any(n.label not in {"PERSON", "ORG"} for n in self.context.names_at(start, end)):
            return False
        return self.context.after(end, 2) in {"'s", "’s"} or bool(self.context.subject_ends(start, end))

    def _is_bare(self, cluster: Cluster, start: int, end: int) -> bool:
        """Tell whether a word after a company's full name stands alone, and not for a place."""
        if min(at for at, _ in cluster.first.values()) > start or AT_PLACE.search(self.context.before(start, 12)):
            return False
        names = self.context.names_at(start, end)
        inside = any(n.label == "ORG" or (n.start, n.end) != (start, end) for n in names)
        return not inside and _is_isolated(self.context.text, start, end)


def _ends_with(cluster: Cluster, word: str) -> bool:
    return any(_organisation_key(form).endswith(f" {word}") for form in cluster.forms)


def _organisation_key(name: str) -> str:
    return key(LEGAL.sub("", name)).removeprefix("the ").replace(".", "").strip()


def _initials_fit(short: str, words: list[str]) -> bool:
    """Tell whether these may be initials of those words, in order, as "MOFCOM" is of "Ministry of Commerce"."""
    letters = iter("".join(words))
    return bool(words) and short[0].lower() == words[0][0] and all(c in letters for c in short.lower() if c.isalnum())

"""What a kind of fact is, and the first six kinds.

    FIGURE.of(briefing)                      the figures of a briefing
    FIGURE.json(figure)                      {"id": ..., "value": 310000000.0, "high": None, ...}
    FIGURE.row(figure, shown)                the figure as other pages show it
    FIGURE.make(base, stated)                the figure as a person corrected it

Every place that treats all facts alike (JSON, rows, corrections, review, diff, the page) goes through `FactKind`.
`briefing.facts.KINDS` lists the kinds.

Ids are permanent: a short hash of the source's first id, the kind's name and the words that the fact rests on. They
survive edits elsewhere in the source and its move to another name. Equal words are told apart by their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Generic, Protocol, TypeVar, cast

from briefing.content.field_types import Edtf, Id, Ids, Line, Number, YesNo
from briefing.model import (
    Article,
    DateRef,
    Event,
    Fact,
    FactKindName,
    Facts,
    Figure,
    Form,
    KeyFact,
    Role,
    RowEvent,
    RowFact,
    RowFacts,
    RowFigure,
    RowKeyFact,
    RowRole,
    RowStatement,
    Span,
    Speaker,
    Statement,
)
from briefing.registry.name_variants import without_relative

# --- rules ------------------------------------------------------------------------------------
# A rule that is a matter of degree carries its confidence: "reader 0.93".

CORRECTION = "correction"  # the rule of a fact that a person stated


def with_confidence(name: str, confidence: float) -> str:
    return f"{name} {confidence:.2f}"


def confidence(rule: str) -> float | None:
    """Return the number at the end of a rule's name; None if it has none."""
    name, _, number = rule.rpartition(" ")
    return float(number) if name and number.replace(".", "", 1).isdigit() else None


# --- what a kind consists of ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a fact that people may correct."""

    name: str  # its key in a corrections file
    type: Any  # as pydantic checks it
    description: str | None = None
    also: tuple[str, ...] = ()  # other names that people use for the key
    asked: bool = True  # `review` asks for it


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as a person states it: the words it rests on and its values by field."""

    spans: tuple[Span, ...]
    values: Mapping[str, Any]
    text: str
    find: Callable[[str, str], Span | None]  # words given for a field -> where they stand, nearest to the fact

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


F = TypeVar("F", bound=Fact)
R = TypeVar("R", bound=RowFact)


class Shown(Protocol):
    """A text as its readers see it."""

    def words(self, start: int, end: int) -> str: ...

    def shortened(self, start: int, end: int) -> str: ...

    def sentence(self, place: int) -> str:
        """The id of the sentence that a place is in."""

    def context(self, place: int) -> str:
        """The words of that sentence, shortened."""


def span(value: Any) -> dict[str, int | None]:
    """Return the place of a value as JSON."""
    return {"start": value.start, "end": value.end}


def as_row(row: type[R]) -> Callable[[Any, Shown], R]:
    """Return a function that makes a row of a fact.

    `words`, `sentence` and `context` are those of the fact's place; other fields are copied, with words for spans.
    """

    def make(fact: Any, shown: Shown) -> R:
        given: dict[str, Any] = {}
        for name in (f.name for f in fields(row)):
            if name == "words":
                given[name] = shown.words(fact.start, fact.end)
            elif name in ("sentence", "context"):
                given[name] = getattr(shown, name)(fact.start)
            else:
                value = getattr(fact, name)
                given[name] = shown.words(value.start, value.end) if isinstance(value, Span) else value
        return row(**given)

    return make


def _own_span(fact: Any) -> tuple[Span, ...]:
    return (Span(fact.start, fact.end),)


def _nothing(_: Any) -> tuple[Any, ...]:
    return ()


def _words_of_row(row: Any) -> str:
    return cast(str, row.words)


@dataclass(frozen=True, slots=True, eq=False)
class FactKind(Generic[F]):
    """What is needed to publish, correct and compare a kind of fact."""

    name: FactKindName  # in ids and corrections files; never changes
    type: type[F]
    singular: str  # for people
    plural: str
    mark: str  # of its place in the source text
    json: Callable[[F], dict[str, Any]]  # keys in the order of the contract; new ones at the end
    new: Callable[[Stated], F]  # a fact that only a person states
    row: Callable[[F, Shown], RowFact] | None = None  # as other pages show it; None: they do not

    # evidence
    words: Callable[[F], tuple[Span, ...]] = _own_span  # that it is recognised by
    also_rests_on: Callable[[F], tuple[Span, ...]] = _nothing  # speaker, cue, holder, ...
    identity: Callable[[F], tuple[Span, ...]] | None = None  # that its id is made of; None: `words`
    nested: bool = False  # one may lie inside another, so that two that overlap need not be the same

    # corrections
    fields: tuple[Field, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)  # field -> attribute, where the names differ
    needs: tuple[str, ...] = ()  # fields without which no new fact can be made
    split: bool = False  # its words may stand in several places
    record: Callable[[F, Callable[[Span], str]], dict[str, Any]] | None = None  # fields as a file keeps them
    change: Callable[[F, Stated], F] | None = None  # None: each value replaces its attribute
    actors: Callable[[F], Iterable[tuple[str, Span]]] = _nothing  # that it names, and where

    # pages
    heading: str = ""  # of its section; "": the plural
    linked_to: bool = True  # other pages lead to it, so that its words are marked on arrival
    title: Callable[[Any], str] = _words_of_row  # of a row, in a report of changes

    @property
    def key(self) -> str:
        """The field of `Facts` and `RowFacts`, the key in JSON, the address of its section."""
        return self.plural.replace(" ", "_")

    @property
    def css(self) -> str:
        """The CSS class of the link from its sentence."""
        return self.name.removesuffix("-fact")

    @property
    def part(self) -> str:
        """The template of its section of a briefing's page."""
        return f"_briefing_{self.key}.md.j2"

    @property
    def label(self) -> str:
        return self.singular.capitalize()

    def of(self, facts: Facts) -> tuple[F, ...]:
        return cast(tuple[F, ...], getattr(facts, self.key))

    def rows_of(self, facts: RowFacts) -> tuple[RowFact, ...]:
        return cast(tuple[RowFact, ...], getattr(facts, self.key))

    def rows(self, facts: Facts, shown: Shown) -> tuple[RowFact, ...]:
        return tuple(self.row(fact, shown) for fact in self.of(facts)) if self.row else ()

    def evidence(self, fact: F) -> tuple[Span, ...]:
        """Return all spans that the fact rests on."""
        return (*self.words(fact), *self.also_rests_on(fact))

    def recorded(self, fact: F, words: Callable[[Span], str]) -> dict[str, Any]:
        """Return the values of a fact as a corrections file has them."""
        found = self.record(fact, words) if self.record else {f.name: self._value(fact, f) for f in self.fields}
        written = {name: words(v) if isinstance(v, Span) else as_written(v) for name, v in found.items()}
        return {name: value for name, value in written.items() if value is not None}

    def make(self, base: Fact | None, stated: Stated) -> F:
        """Return the fact as a person corrected it. What is not stated is kept from `base`, if that is of this kind."""
        fact = base if isinstance(base, self.type) else self.new(stated)
        return self.change(fact, stated) if self.change else self.replaced(fact, stated)

    def replaced(self, fact: F, stated: Stated) -> F:
        """Return the fact with the stated place and values; words for a span are looked up."""
        own: dict[str, Any] = {"start": stated.start, "end": stated.end}
        for of in self.fields:
            if of.name in stated.values:
                value, before = stated.values[of.name], self._value(fact, of)
                own[self._attribute(of)] = stated.find(value, of.name) or before if isinstance(before, Span) else value
        return cast(F, replace(cast(Any, fact), **own))

    def _attribute(self, of: Field) -> str:
        return self.attributes.get(of.name, of.name)

    def _value(self, fact: F, of: Field) -> Any:
        return getattr(fact, self._attribute(of))

    def lacks(self, base: Fact | None, values: Mapping[str, Any]) -> str | None:
        """Return a field that is missing for a new fact, or None."""
        if isinstance(base, self.type):
            return None
        return next((name for name in self.needs if name not in values), None)


def as_written(value: Any) -> Any:
    """Return a value as people write it: 310000000, 2.5, yes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else repr(value)
    return value


# --- ids --------------------------------------------------------------------------------------

LENGTH = 10  # hexadecimal digits: a clash inside one article is practically impossible


class Namer:
    """Gives the ids of one article."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.seen: Counter[str] = Counter()

    def name(self, kind: FactKind[F], fact: F) -> str:
        spans = (kind.identity or kind.words)(fact)
        words = " ".join(" ".join(self.article.text[s.start : s.end].split()) for s in spans)
        key = f"{self.article.source.first_id}\n{kind.name}\n{words}"
        self.seen[key] += 1
        if self.seen[key] > 1:
            key += f"\n{self.seen[key]}"
        return hashlib.sha256(key.encode()).hexdigest()[:LENGTH]


def with_ids(article: Article, kind: FactKind[F], facts: Iterable[F]) -> tuple[F, ...]:
    namer = Namer(article)
    return tuple(cast(F, replace(cast(Any, fact), id=namer.name(kind, fact))) for fact in facts)


# --- fields that several kinds have -----------------------------------------------------------

SPEAKER = Field("speaker", Line, "For a statement: the words that name the speaker", also=("says",))
ACTOR = Field("actor", Id, "Id of the speaker, the role holder or the subject of the figure")
DATE_FIELD = Field("date", Edtf, "For a date or event: 2023-09-25, 2023-09 or 2023 (EDTF)", also=("edtf",))

# --- statements -------------------------------------------------------------------------------

OPENING = "“\"„«「『‘'"
WORDS_BETWEEN = 60  # characters between "told" and what was told: "reporters on Monday"


def _statement_json(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id,
        "speaker": {"actor": s.speaker.actor} | span(s.speaker) if s.speaker else None,
        "cue": span(s.cue) if s.cue else None,
        "content": [span(c) for c in s.content],
        "form": s.form,
        "hedged": s.hedged,
        "about": list(s.about),
        "rule": s.rule,
    }


def _statement_row(s: Statement, shown: Shown) -> RowStatement:
    return RowStatement(
        id=s.id,
        sentence=shown.sentence(s.content[0].start if s.content else s.cue.start if s.cue else 0),
        speaker=without_relative(shown.words(s.speaker.start, s.speaker.end)) if s.speaker else None,
        actor=s.speaker.actor if s.speaker else None,
        cue=shown.words(s.cue.start, s.cue.end) if s.cue else None,
        content=tuple(shown.words(c.start, c.end) for c in s.content),
        form=s.form,
        hedged=s.hedged,
        about=s.about,
        rule=s.rule,
        clause=_clause(s, shown),
    )


def _clause(s: Statement, shown: Shown) -> str:
    """Return the words from the cue to the end of paraphrased content; "" if they are not one clause.

    With the cue inside the content, all of it: "If it leaks, she said, we close".
    """
    if s.form == "direct" or s.speaker is None or s.cue is None or not s.content:
        return ""
    first, last = s.content[0], s.content[-1]
    in_order = s.speaker.end <= s.cue.start < s.cue.end <= first.start <= s.cue.end + WORDS_BETWEEN
    around = first.end <= s.cue.start < s.cue.end <= last.start
    sentences = {shown.sentence(place) for place in (s.cue.start, *(c.start for c in s.content))}
    if len(sentences) > 1 or not (in_order or around):
        return ""
    return shown.words(s.cue.start if in_order else first.start, last.end)


def _speaker_and_cue(s: Statement) -> tuple[Span, ...]:
    who = (Span(s.speaker.start, s.speaker.end),) if s.speaker else ()
    return (*who, *((s.cue,) if s.cue else ()))


def _new_statement(stated: Stated) -> Statement:
    return Statement(None, None, stated.spans, _form(stated.text, stated.spans), False, CORRECTION)


def _form(text: str, content: Sequence[Span]) -> Form:
    """Quoted words stand between quotation marks, paraphrased ones do not."""
    first = content[0].start
    return "direct" if text[max(0, first - 1) : first] in tuple(OPENING) or text[first] in OPENING else "indirect"


def _change_statement(base: Statement, stated: Stated) -> Statement:
    values = stated.values
    speaker, cue = base.speaker, base.cue
    where = stated.find(values["speaker"], "speaker") if "speaker" in values else None
    if where and (speaker is None or (speaker.start, speaker.end) != (where.start, where.end)):
        speaker = Speaker(where.start, where.end)
    if "actor" in values and speaker is not None:
        speaker = replace(speaker, actor=values["actor"])
    if "cue" in values:
        cue = stated.find(values["cue"], "cue") or cue
    return replace(
        base,
        content=stated.spans,
        speaker=speaker,
        cue=cue,
        form=values.get("form", base.form),
        hedged=values.get("hedged", base.hedged),
        about=values.get("about", base.about),
    )


def _record_statement(s: Statement, words: Callable[[Span], str]) -> dict[str, Any]:
    return {
        "speaker": words(Span(s.speaker.start, s.speaker.end)) if s.speaker else None,
        "cue": words(s.cue) if s.cue else None,
        "form": s.form,
        "hedged": s.hedged or None,
        "actor": s.speaker.actor if s.speaker else None,
    }


def _actors_of_statement(s: Statement) -> Iterator[tuple[str, Span]]:
    if s.speaker and s.speaker.actor:
        yield s.speaker.actor, Span(s.speaker.start, s.speaker.end)
    for actor in s.about:
        yield actor, STATEMENT.words(s)[0]


STATEMENT = FactKind(
    "statement",
    Statement,
    "statement",
    "statements",
    "“”",
    heading="Who said what",
    json=_statement_json,
    row=_statement_row,
    words=lambda s: s.content or ((s.cue,) if s.cue else ()),
    also_rests_on=_speaker_and_cue,
    identity=lambda s: (*_speaker_and_cue(s), *s.content),
    nested=True,
    split=True,
    fields=(
        SPEAKER,
        Field("cue", Line, "For a statement: the words that attribute it"),
        Field("form", Form),
        Field("hedged", YesNo, "For a statement: whether the source itself is unsure"),
        ACTOR,
        Field("about", Ids, "For a statement: ids of the actors it is about", asked=False),
    ),
    new=_new_statement,
    change=_change_statement,
    record=_record_statement,
    actors=_actors_of_statement,
    title=lambda row: " … ".join(row.content),
)

# --- figures ----------------------------------------------------------------------------------


def _change_figure(base: Figure, stated: Stated) -> Figure:
    fact = FIGURE.replaced(base, stated)
    if "value" in stated.values and "high" not in stated.values:
        fact = replace(fact, high=None)
    return fact if fact.measure == base.measure else replace(fact, measure_span=None)


FIGURE = FactKind(
    "figure",
    Figure,
    "figure",
    "figures",
    "#",
    json=lambda f: (
        {"id": f.id, "value": f.value, "high": f.high, "unit": f.unit, "measure": f.measure, "subject": f.subject}
        | span(f)
        | {"rule": f.rule, "rate": f.rate, "as_of": f.as_of, "asserted_by": f.asserted_by, "qualifier": f.qualifier}
    ),
    row=as_row(RowFigure),
    identity=lambda f: (Span(f.start, f.rate_start or f.end),),  # ids are older than rates
    fields=(
        Field("value", Number, "For a figure: a plain number, as in 8500000000", also=("amount",)),
        Field("high", Number, "For a figure: upper end of a range"),
        Field("unit", Line, "percent, count, USD, EUR, t, kg, MW, ...", also=("currency",)),
        Field("measure", Line, "For a figure: what is measured or counted"),
        ACTOR,
    ),
    attributes={"actor": "subject"},
    needs=("value",),
    new=lambda stated: Figure(stated.start, stated.end, 0.0, None, "count", None, CORRECTION),
    change=_change_figure,
    actors=lambda f: [(f.subject, Span(f.start, f.end))] if f.subject else [],
)

# --- dates and events -------------------------------------------------------------------------


def _change_date(base: DateRef, stated: Stated) -> DateRef:
    fact = DATE.replaced(base, stated)
    return replace(fact, relative=None, basis="absolute") if "date" in stated.values else fact


DATE = FactKind(
    "date",
    DateRef,
    "date",
    "dates",
    "◷",
    json=lambda d: span(d) | {"edtf": d.edtf, "relative": d.relative, "basis": d.basis, "rule": d.rule, "id": d.id},
    fields=(DATE_FIELD,),
    attributes={"date": "edtf"},
    new=lambda stated: DateRef(stated.start, stated.end, None, None, "unknown", CORRECTION),
    change=_change_date,
    linked_to=False,
)

EVENT = FactKind(
    "event",
    Event,
    "event",
    "events",
    "◆",
    json=lambda e: {"id": e.id, "date": e.date, "actors": list(e.actors)} | span(e) | {"rule": e.rule},
    row=lambda e, shown: RowEvent(e.id, shown.sentence(e.start), e.date, shown.shortened(e.start, e.end), e.actors),
    nested=True,
    fields=(DATE_FIELD,),
    new=lambda stated: Event(stated.start, stated.end, None, CORRECTION),
)

# --- roles ------------------------------------------------------------------------------------


def _new_role(stated: Stated) -> Role:
    title = " ".join(stated.text[stated.start : stated.end].split())
    return Role(stated.start, stated.end, title, Span(stated.start, stated.end), None, CORRECTION)


def _actors_of_role(r: Role) -> Iterator[tuple[str, Span]]:
    if r.actor:
        yield r.actor, r.holder
    if r.organisation:
        yield r.organisation, r.body or Span(r.start, r.end)


ROLE = FactKind(
    "role",
    Role,
    "role",
    "roles",
    "○",
    json=lambda r: (
        {"actor": r.actor, "title": r.title, "organisation": r.organisation} | span(r) | {"rule": r.rule, "id": r.id}
    ),
    row=as_row(RowRole),
    also_rests_on=lambda r: (r.holder, *((r.body,) if r.body else ())),
    fields=(
        SPEAKER,
        Field("title", Line, "For a role: the title", also=("role",)),
        ACTOR,
        Field("organisation", Id, "For a role: id of the organisation", also=("organization",)),
    ),
    attributes={"speaker": "holder"},
    new=_new_role,
    actors=_actors_of_role,
    linked_to=False,
)

# --- key facts --------------------------------------------------------------------------------


def _key_fact_row(fact: KeyFact, shown: Shown) -> RowKeyFact:
    first, last = shown.sentence(fact.start), shown.sentence(fact.end - 1)
    return RowKeyFact(fact.id, first, shown.shortened(fact.start, fact.end), fact.kind, last if last != first else "")


KEY_FACT = FactKind(
    "key-fact",
    KeyFact,
    "key fact",
    "key facts",
    "★",
    json=lambda k: {"id": k.id, "kind": k.kind, "ref": k.ref} | span(k),
    row=_key_fact_row,
    nested=True,
    new=lambda stated: KeyFact(stated.start, stated.end, "sentence", None),
)

"""Declare the tables of the published data, once: names, types, descriptions, keys, and how a row is made.

    for name, row in rows_of(Found(facts, briefing, "https://archive.example/briefings/2012/quay/", actors)): ...

The database, CSV, Parquet, the Frictionless package, Datasette's metadata and most of the JSON Schema follow from
TABLES and VIEWS. Rows are made from the JSON object of the facts contract, so that a value in a table is the one that
`facts.jsonl` has. Every row of a fact carries its evidence: the exact words, their place in the text, the sentence, the
hash of the source's file and the address of the fact on its page.

A kind of fact that is not described here gets a table with the plain fields of its class.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args, get_type_hints

from briefing.archive import ActorInArchive, Archive
from briefing.archive.summaries import Row
from briefing.content.edtf import year_of
from briefing.facts import KINDS
from briefing.facts.kinds import FactKind
from briefing.site.exports import day
from briefing.site.facts_json import WITHHELD

VERSION = "1.1"  # of the format: the first number changes when something is renamed, removed or gets another meaning
Type = Literal["text", "integer", "number", "boolean"]
Value = str | int | float | bool | None
Fact = dict[str, Any]  # a fact of the contract


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type = "text"
    description: str = ""
    to: str = ""  # the table whose `id` this is
    required: bool = False
    indexed: bool = False  # columns with `to` are too
    value: Callable[[Found, Fact], Value] | None = None  # None: what the fact has under the column's name

    def of(self, found: Found, fact: Fact) -> Value:
        value = self.value(found, fact) if self.value else fact.get(self.name)
        return value if value != "" or self.required else None


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Found], Iterable[Fact]] | None = None  # of one briefing; None: the table is of the whole archive
    facets: tuple[str, ...] = ()  # columns by which Datasette offers to filter
    kind: FactKind[Any] | None = None  # of fact
    refers: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()  # keys of several columns: own, table, its

    @property
    def briefing(self) -> str:
        """The column with the id of the briefing that a row is of."""
        return "id" if self.name == "briefings" else "briefing"


class Found:
    """A briefing as the contract has it, and what its rows need to know besides."""

    def __init__(self, facts: Fact, row: Row, page: str, actors: Set[str]) -> None:
        self.facts, self.row, self.page, self.actors = facts, row, page, actors
        self.id: str = facts["id"]
        self.hash: str = facts["sha256"]
        self.text: str = facts["text"]
        self._starts = [sentence["start"] for sentence in facts["sentences"]]

    def words(self, fact: Fact | None) -> str | None:
        """Return the exact characters of a place in the text; None for no place."""
        return self.text[fact["start"] : fact["end"]] if fact and fact["start"] is not None else None

    def sentence(self, fact: Fact) -> int | None:
        """Return the number of the sentence in which a place begins, or of the one before it."""
        if not self._starts or fact["start"] is None:
            return None
        return max(1, bisect.bisect_right(self._starts, fact["start"]))

    def anchor(self, fact: Fact) -> str:
        """Return the address of a fact on its page, else of its sentence, else of the page."""
        if "id" in fact:
            return f"{self.page}#e-{fact['id']}"
        number = self.sentence(fact)
        return f"{self.page}#s{number}" if number else self.page

    def actor(self, name: str | None) -> str | None:
        return name if name in self.actors else None


# --- columns that many tables have ------------------------------------------------------------

BRIEFING = Column("briefing", "text", "Briefing", "briefings", True, value=lambda found, _: found.id)
ID = Column("id", "text", "Permanent id, unique within the briefing", required=True)
RULE = Column("rule", "text", "Rule that found it, with its confidence if it has one; correction: stated by a person")
PLACE = (
    Column("words", "text", "Exact words: the text from start to end", value=lambda found, fact: found.words(fact)),
    Column("start", "integer", "First character in the text, counted in Unicode code points from 0"),
    Column("end", "integer", "Character after the last"),
    Column("sentence", "integer", "Number of the sentence", value=lambda f, fact: f.sentence(fact)),
)
ORIGIN = (
    Column("source_sha256", "text", "SHA-256 of the source file", required=True, value=lambda found, _: found.hash),
    Column("page", "text", "Address of the words", required=True, value=lambda found, fact: found.anchor(fact)),
)
IN_SENTENCE = ((("briefing", "sentence"), "sentences", ("briefing", "number")),)


def _year(key: str) -> Column:
    return Column("year", "integer", f"Year of {key}", indexed=True, value=lambda _, fact: _number(year_of(fact[key])))


def _number(year: str | None) -> int | None:
    return int(year) if year else None


def _placed(name: str, description: str, *own: Column, **more: Any) -> Table:
    """Return a table of things that have a place in the text."""
    columns = (BRIEFING, *own, *PLACE, *ORIGIN)
    return Table(name, description, columns, refers=IN_SENTENCE, **more)


# --- facts ------------------------------------------------------------------------------------


def _extent(fact: Fact) -> Fact:
    """Return a statement with the place from its first to its last word."""
    spans = fact["content"] or [s for s in (fact["cue"], fact["speaker"]) if s]
    return fact | {"start": spans[0]["start"], "end": spans[-1]["end"]}


def _speaker(found: Found, fact: Fact) -> Value:
    return fact["speaker"]["actor"] if fact["speaker"] else None


def _part(name: str, what: str) -> tuple[Column, ...]:
    """Return the columns of the speaker or the cue of a statement."""

    def at(key: str) -> Callable[[Found, Fact], Value]:
        return lambda _, fact: fact[name][key] if fact[name] else None

    return (
        Column(f"{name}_words", "text", f"Words that {what}", value=lambda found, fact: found.words(fact[name])),
        Column(f"{name}_start", "integer", "Where they start in the text", value=at("start")),
        Column(f"{name}_end", "integer", "Where they end", value=at("end")),
    )


DESCRIBED: dict[str, tuple[str, tuple[Column, ...], tuple[str, ...]]] = {
    "statement": (
        "Who said what: attributed speech, writing or belief. words runs from the first to the last word said; the "
        "parts of a quotation that is interrupted are in statement_parts.",
        (
            Column("speaker", "text", "Actor who says it; empty if nobody known", "actors", value=_speaker),
            Column("form", "text", "direct (quoted), indirect (paraphrased) or mixed"),
            Column("hedged", "boolean", "The source itself is unsure: reportedly, is said to"),
            *_part("speaker", "name the speaker"),
            *_part("cue", "attribute it: said, according to"),
        ),
        ("speaker", "form", "hedged"),
    ),
    "figure": (
        "Figures: a number with its unit and what it counts.",
        (
            Column("value", "number", "The number; of a range, its lower end", required=True),
            Column("high", "number", "Upper end of a range"),
            Column("unit", "text", "percent, count, a currency (ISO 4217) or a symbol: t, kg, MW", indexed=True),
            Column("rate", "text", "What the amount is per: kg of USD/kg"),
            Column("qualifier", "text", "Words such as about, more than"),
            Column("measure", "text", "What is measured or counted, in the source's words"),
            Column("subject", "text", "Actor whose figure it is", "actors"),
            Column("as_of", "text", "Period that the source gives for the number, EDTF"),
            _year("as_of"),
            Column("asserted_by", "text", "Who says so: id of an actor, or the source's words"),
            Column(
                "asserted_by_actor", "text", "The same, if it is an actor", "actors",
                value=lambda found, fact: found.actor(fact["asserted_by"]),
            ),
        ),
        ("unit", "subject", "asserted_by_actor", "year"),
    ),
    "date": (
        "Dates in the text.",
        (
            Column("edtf", "text", "The date as EDTF; empty if it cannot be told"),
            _year("edtf"),
            Column("relative", "text", "ISO 8601 duration from the unknown day of publication"),
            Column("basis", "text", "How it was worked out: absolute, partial, published, context, vague, unknown"),
        ),
        ("basis", "year"),
    ),
    "role": (
        "Offices and roles as articles give them.",
        (
            Column("actor", "text", "Who holds it", "actors"),
            Column("title", "text", "Title"),
            Column("organisation", "text", "Where", "actors"),
        ),
        ("actor", "organisation", "title"),
    ),
    "event": (
        "Dated or datable events.",
        (Column("date", "text", "EDTF; empty if unknown"), _year("date")),
        ("year",),
    ),
    "key-fact": (
        "The most important sentences of each briefing, the most important first.",
        (
            Column("rank", "integer", "1: the most important", required=True),
            Column("kind", "text", "Kind of the fact it rests on, or sentence"),
            Column("ref", "text", "Id of that fact"),
        ),
        ("kind",),
    ),
    "vote": (
        "Votes that were counted.",
        (
            Column("in_favour", "integer", "Votes in favour", required=True),
            Column("against", "integer", "Votes against", required=True),
            Column("abstentions", "integer", "Abstentions, if given"),
        ),
        (),
    ),
}  # fmt: skip
PLAIN: dict[type, Type] = {str: "text", int: "integer", float: "number", bool: "boolean"}
EVIDENCE = {"start", "end", "id", "rule"}  # fields of every fact


def _fact_table(kind: FactKind[Any]) -> Table:
    description, own, facets = DESCRIBED.get(kind.name) or (f"{kind.plural.capitalize()}.", _plain_fields(kind), ())

    def rows(found: Found) -> Iterable[Fact]:
        facts: list[Fact] = found.facts.get(kind.key, [])
        if kind.name == "statement":
            return map(_extent, facts)
        return (fact | {"rank": n} for n, fact in enumerate(facts, 1)) if kind.name == "key-fact" else facts

    return _placed(kind.key, description, ID, *own, RULE, key=("briefing", "id"), rows=rows, facets=facets, kind=kind)


def _plain_fields(kind: FactKind[Any]) -> tuple[Column, ...]:
    """Return columns for the fields of a kind of fact that are words, numbers or yes and no."""
    hints = get_type_hints(kind.type)
    described = {of.name: of.description or "" for of in kind.fields}
    found = []
    for of in fields(kind.type):
        types = [PLAIN.get(one) for one in (get_args(hints[of.name]) or (hints[of.name],)) if one is not type(None)]
        if of.name not in EVIDENCE and len(types) == 1 and types[0]:
            found.append(Column(of.name, types[0], described.get(of.name, "")))
    return tuple(found)


FACT_TABLES = tuple(_fact_table(kind) for kind in KINDS)

# --- other tables of a briefing ---------------------------------------------------------------


def _of_row(get: Callable[[Row], Value]) -> Callable[[Found, Fact], Value]:
    return lambda found, _: get(found.row)


BRIEFINGS = Table(
    "briefings",
    "Briefings: one article each.",
    (
        Column("id", "text", "Permanent id", required=True),
        Column("title", "text", "Headline", required=True, value=lambda _, o: o["title"]["value"]),
        Column("title_basis", "text", "given, first-line or derived", value=lambda _, o: o["title"]["basis"]),
        Column("published", "text", "Date of publication, EDTF", value=lambda _, o: o["published"]["edtf"]),
        Column("published_basis", "text", "given, inferred or unknown", value=lambda _, o: o["published"]["basis"]),
        Column("day", "text", "Day of publication if it is certain: 2012-03-14", value=_of_row(day)),
        Column(
            "year", "integer", "Year of publication", indexed=True,
            value=_of_row(lambda row: _number(year_of(row.published))),
        ),
        Column(
            "estimated_year", "integer", "Estimate for an undated article",
            value=_of_row(lambda row: _number(row.estimated)),
        ),
        Column("publisher", "text", "Publisher"),
        Column("author", "text", "Author", value=_of_row(lambda row: row.author)),
        Column("url", "text", "Address of the original article"),
        Column("language", "text", "Language, BCP 47"),
        Column("rights", "text", "full, or excerpts: only sentences with facts are published",
               value=_of_row(lambda row: "full" if row.whole else "excerpts")),
        Column("source", "text", "Path of the source file in the repository", required=True),
        ORIGIN[0],
        Column("page", "text", "Address of the briefing", required=True, value=lambda found, _: found.page),
    ),
    ("id",),
    rows=lambda found: (found.facts,),
    facets=("publisher", "year", "language"),
)  # fmt: skip


def _sentence(found: Found, fact: Fact) -> Value:
    words = found.words(fact)
    return None if words and WITHHELD in words else words


SENTENCES = Table(
    "sentences",
    "Sentences, in order. Search them with sentences_fts.",
    (
        BRIEFING,
        Column("number", "integer", "Number in the briefing: 6 for s6", required=True),
        Column("text", "text", "Exact words; empty if only excerpts may be published", value=_sentence),
        *PLACE[1:3],
        ORIGIN[0],
        Column("page", "text", "Address", required=True, value=lambda f, s: f"{f.page}#{s['id']}"),
    ),
    ("briefing", "number"),
    rows=lambda found: ({**s, "number": int(s["id"][1:])} for s in found.facts["sentences"]),
)
MENTIONS = _placed(
    "mentions",
    "Words that stand for an actor.",
    Column("actor", "text", "Actor", "actors", True),
    Column("how", "text", "name, alias, surname, title, demonym or pronoun"),
    key=("briefing", "start", "end", "actor"),
    rows=lambda found: ({**m, "actor": a["id"]} for a in found.facts["actors"] for m in a["mentions"]),
    facets=("actor", "how"),
)
STATEMENT = Column("statement", "text", "Id of the statement", required=True)
OF_STATEMENT = ((("briefing", "statement"), "statements", ("briefing", "id")),)
PARTS = Table(
    "statement_parts",
    "The words of each statement, in several parts where a quotation is interrupted.",
    (BRIEFING, STATEMENT, Column("number", "integer", "From 1", required=True), *PLACE, *ORIGIN),
    ("briefing", "statement", "number"),
    rows=lambda found: (
        {**part, "statement": s["id"], "number": n}
        for s in found.facts["statements"]
        for n, part in enumerate(s["content"], 1)
    ),
    refers=(*OF_STATEMENT, *IN_SENTENCE),
)
ABOUT = Table(
    "statement_about",
    "Actors that a statement is about.",
    (BRIEFING, STATEMENT, Column("actor", "text", "Actor", "actors", True)),
    ("briefing", "statement", "actor"),
    rows=lambda found: (
        {"statement": s["id"], "actor": actor} for s in found.facts["statements"] for actor in dict.fromkeys(s["about"])
    ),
    refers=OF_STATEMENT,
)
EVENT_ACTORS = Table(
    "event_actors",
    "Actors of an event.",
    (
        BRIEFING,
        Column("event", "text", "Id of the event", required=True),
        Column("actor", "text", "Actor", "actors", True),
    ),
    ("briefing", "event", "actor"),
    rows=lambda found: (
        {"event": e["id"], "actor": actor} for e in found.facts["events"] for actor in dict.fromkeys(e["actors"])
    ),
    refers=((("briefing", "event"), "events", ("briefing", "id")),),
)
TOPICS_OF = Table(
    "briefing_topics",
    "Topics of each briefing.",
    (BRIEFING, Column("topic", "text", "Topic", "topics", True)),
    ("briefing", "topic"),
    rows=lambda found: ({"topic": name} for name in dict.fromkeys(found.facts["topics"])),
    facets=("topic",),
)
NUMBER = Column("number", "integer", "From 1, in the order of the briefing", required=True)


def _numbered(key: str) -> Callable[[Found], Iterable[Fact]]:
    return lambda found: ({**one, "number": n} for n, one in enumerate(found.facts.get(key, ()), 1))


NOTES = _placed(
    "notes",
    "Source warnings: doubts about the source. Without a place, the whole source is meant.",
    NUMBER,
    Column("code", "text", "Kind of warning", indexed=True),
    Column("severity", "text", "info or warning"),
    Column("message", "text", "In words"),
    key=("briefing", "number"),
    rows=_numbered("notes"),
    facets=("code", "severity"),
)
REMOVED = Table(
    "removed",
    "Passages that are not part of the article, such as advertisements. No fact comes from them.",
    (
        BRIEFING,
        NUMBER,
        Column("rule", "text", "Cleaning rule"),
        Column("reason", "text", "In words"),
        *PLACE[1:3],
        ORIGIN[0],
    ),
    ("briefing", "number"),
    rows=_numbered("removed"),
    facets=("rule",),
)
CORRECTIONS = Table(
    "corrections",
    "People’s corrections and comments. They override the software.",
    (
        BRIEFING,
        NUMBER,
        Column("fact", "text", "Id of the fact"),
        Column("kind", "text", "Its kind; empty if it is no longer found"),
        Column("action", "text", "accepted, edited, added, retracted or commented"),
        Column("words", "text", "Words that the fact rests on"),
        Column("corrected_by", "text", "Who corrected it", value=lambda _, c: c["by"]),
        Column("recorded_by", "text", "Who committed the correction, if that is somebody else"),
        Column("corrected_on", "text", "When, EDTF", value=lambda _, c: c["on"]),
        Column("why", "text", "Reason"),
        Column("comment", "text", "Comment"),
        ORIGIN[0],
        Column("page", "text", "Address", required=True, value=lambda found, c: f"{found.page}#e-{c['fact']}"),
    ),
    ("briefing", "number"),
    rows=_numbered("corrections"),
    facets=("action", "kind"),
)

# --- tables of the whole archive --------------------------------------------------------------

ACTORS = Table(
    "actors",
    "Actors: registered ones, and candidates, which are names that nobody has reviewed yet.",
    (
        Column("id", "text", "Permanent id", required=True),
        Column("name", "text", "Name", required=True),
        Column("kind", "text", "person, organisation, country or group"),
        Column("status", "text", "registered or candidate"),
        Column("briefings", "integer", "Briefings that mention it", required=True),
        Column("mentions", "integer", "Mentions in all briefings", required=True),
        Column("country", "text", "Country it belongs to", "actors"),
        Column("parent", "text", "What it is part of", "actors"),
        Column("iso2", "text", "ISO 3166-1 code of a country, two letters"),
        Column("iso3", "text", "ISO 3166-1 code of a country, three letters"),
        Column("wikidata", "text", "Wikidata id"),
        Column("website", "text", "Website"),
        Column("note", "text", "Description in the register"),
        Column("page", "text", "Address; empty if it has no page"),
    ),
    ("id",),
    facets=("kind", "status", "country"),
)
ALIASES = Table(
    "aliases",
    "Other names of registered actors.",
    (
        Column("actor", "text", "Actor", "actors", True),
        NUMBER,
        Column("name", "text", "Name", required=True, indexed=True),
        Column("type", "text", "name, transliteration, spelling, acronym, former, title, demonym or metonym"),
        Column("since", "text", "EDTF; empty: always"),
        Column("until", "text", "EDTF"),
    ),
    ("actor", "number"),
    facets=("type",),
)
OFFICES = Table(
    "offices",
    "Offices of registered people, from the register.",
    (
        Column("actor", "text", "Who holds it", "actors", True),
        NUMBER,
        Column("title", "text", "Title", required=True),
        Column("organisation", "text", "Where", "actors"),
        Column("since", "text", "EDTF"),
        Column("until", "text", "EDTF"),
    ),
    ("actor", "number"),
    facets=("organisation",),
)
TOPICS = Table(
    "topics",
    "Topics.",
    (
        Column("id", "text", "Permanent id", required=True),
        Column("name", "text", "Name", required=True),
        Column("description", "text", "Description"),
        Column("parent", "text", "Topic that it is part of", "topics"),
        Column("page", "text", "Address; empty if it has no page"),
    ),
    ("id",),
)
REPRINTS = Table(
    "reprints",
    "Pairs of briefings with nearly the same text.",
    (
        BRIEFING,
        Column("other", "text", "The other briefing", "briefings", True),
    ),
    ("briefing", "other"),
)
ABOUT_THE_DATA = Table(
    "archive",
    "About this database: version of its format, name and address of the archive.",
    (Column("key", "text", "What", required=True), Column("value", "text", "Value")),
    ("key",),
)
# A table comes after those that it refers to.
TABLES = (
    *(ABOUT_THE_DATA, ACTORS, ALIASES, OFFICES, TOPICS, BRIEFINGS, REPRINTS, SENTENCES, MENTIONS),
    *FACT_TABLES,
    *(PARTS, ABOUT, EVENT_ACTORS, TOPICS_OF, NOTES, REMOVED, CORRECTIONS),
)
BY_NAME = {table.name: table for table in TABLES}
OF_BRIEFINGS = tuple((table, table.rows) for table in TABLES if table.rows)


def rows_of(found: Found) -> Iterator[tuple[str, list[tuple[Value, ...]]]]:
    """Yield the rows of a briefing, by table."""
    for table, rows in OF_BRIEFINGS:
        of = [column.of for column in table.columns]
        yield table.name, [tuple([value(found, fact) for value in of]) for fact in rows(found)]


def archive_rows(archive: Archive, base: str, about: dict[str, str]) -> Iterator[tuple[str, list[tuple[Value, ...]]]]:
    """Yield the rows of the tables that are of the whole archive; addresses begin with `base`."""
    actors = [archive.actors[name] for name in sorted(archive.actors)]
    entries = [(actor.id, actor.entry) for actor in actors if actor.entry]

    def known(name: str | None) -> str | None:
        return name if name in archive.actors else None

    yield ABOUT_THE_DATA.name, list(about.items())
    yield ACTORS.name, [_actor(actor, base, known) for actor in actors]
    yield (
        ALIASES.name,
        [
            (name, n, alias.name, alias.type, alias.since, alias.until)
            for name, entry in entries
            for n, alias in enumerate(entry.aliases, 1)
        ],
    )
    yield (
        OFFICES.name,
        [
            (name, n, office.title, known(office.organisation), office.since, office.until)
            for name, entry in entries
            for n, office in enumerate(entry.roles, 1)
        ],
    )
    yield (
        TOPICS.name,
        [
            (t.id, t.name, t.description, t.parent, f"{base}topics/{t.id}/" if t.rows or t.children else None)
            for t in sorted(archive.topics.values(), key=lambda t: t.id)
        ],
    )
    yield REPRINTS.name, sorted((name, other) for name, others in archive.reprints.items() for other in others)


def _actor(actor: ActorInArchive, base: str, known: Callable[[str | None], str | None]) -> tuple[Value, ...]:
    entry = actor.entry
    country, parent = (known(entry.country), known(entry.parent)) if entry else (None, None)
    more = (entry.iso2, entry.iso3, entry.wikidata, entry.website, entry.note) if entry else (None,) * 5
    page = f"{base}{actor.address}" if actor.address else None
    counts = (len(actor.rows), actor.mentions)
    return (actor.id, actor.name, actor.kind, actor.status, *counts, country, parent, *more, page)


# --- views: common questions ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class View:
    name: str
    description: str
    sql: str
    facets: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)


def _all_facts() -> str:
    own = ("briefing", "id", "words", "start", "end", "sentence", "source_sha256", "page")
    columns = ", ".join(f'"{name}"' for name in own)
    return "\nUNION ALL ".join(
        f"SELECT '{t.kind.name}' AS kind, {columns} FROM {t.name}" for t in FACT_TABLES if t.kind
    )


JOINED = (
    "JOIN briefings b ON b.id = x.briefing LEFT JOIN sentences s ON s.briefing = x.briefing AND s.number = x.sentence"
)
SOURCE = "b.title AS briefing_title, b.publisher, b.published, coalesce(b.year, b.estimated_year) AS published_year"
VIEWS = (
    View("facts", "Every fact of every kind, with its evidence.", _all_facts(), ("kind",)),
    View(
        "figures_in_context",
        "Figures with the names of their subject and of who asserts them, the source, its date and the whole sentence.",
        f"""SELECT x.value, x.high, x.unit, x.rate, x.qualifier, x.measure, subject.name AS subject_name, x.as_of,
  coalesce(by_actor.name, x.asserted_by) AS asserted_by_name, {SOURCE}, s.text AS sentence_text, x.words, x.page,
  x.briefing, x.id, x.subject, x.sentence
FROM figures x {JOINED}
LEFT JOIN actors subject ON subject.id = x.subject LEFT JOIN actors by_actor ON by_actor.id = x.asserted_by_actor""",
        ("unit", "subject_name", "publisher", "published_year"),
    ),
    View(
        "who_said_what",
        "Statements with the speaker's name, the source, its date and the whole sentence. Read the words with their "
        "verb (cue_words): what somebody denied is a statement too.",
        f"""SELECT coalesce(speaker.name, x.speaker_words) AS speaker_name, x.words, x.form, x.hedged, {SOURCE},
  s.text AS sentence_text, x.page, x.briefing, x.id, x.speaker, x.sentence, x.cue_words
FROM statements x {JOINED} LEFT JOIN actors speaker ON speaker.id = x.speaker""",
        ("speaker_name", "form", "publisher", "published_year"),
    ),
    View(
        "who_said_what_about_whom",
        "Statements that are about an actor, one row for each actor.",
        f"""SELECT coalesce(speaker.name, x.speaker_words) AS speaker_name, about.name AS about_name, x.words, x.form,
  x.hedged, {SOURCE}, s.text AS sentence_text, x.page, x.briefing, x.id, x.speaker, a.actor AS about, x.sentence,
  x.cue_words
FROM statement_about a JOIN statements x ON x.briefing = a.briefing AND x.id = a.statement {JOINED}
LEFT JOIN actors speaker ON speaker.id = x.speaker JOIN actors about ON about.id = a.actor""",
        ("speaker_name", "about_name", "publisher", "published_year"),
    ),
    View(
        "timeline",
        "Events by date, with the names of their actors.",
        f"""SELECT x.date, x.year, x.words, (
    SELECT group_concat(name, '; ') FROM (
      SELECT actors.name FROM event_actors e JOIN actors ON actors.id = e.actor
      WHERE e.briefing = x.briefing AND e.event = x.id ORDER BY actors.name
    )) AS actors,
  {SOURCE}, s.text AS sentence_text, x.page, x.briefing, x.id, x.sentence
FROM events x {JOINED}""",
        ("year", "publisher"),
    ),
    View(
        "roles_reported",
        "Offices and roles as articles give them, with names.",
        f"""SELECT holder.name AS holder_name, x.title, body.name AS organisation_name, x.words, {SOURCE},
  s.text AS sentence_text, x.page, x.briefing, x.id, x.actor, x.organisation, x.sentence
FROM roles x {JOINED}
LEFT JOIN actors holder ON holder.id = x.actor LEFT JOIN actors body ON body.id = x.organisation""",
        ("holder_name", "organisation_name", "published_year"),
    ),
    View(
        "appearances",
        "How often each briefing mentions each actor.",
        """SELECT m.actor, a.name, a.kind, m.briefing, b.title AS briefing_title, b.published, count(*) AS mentions,
  b.page
FROM mentions m JOIN actors a ON a.id = m.actor JOIN briefings b ON b.id = m.briefing GROUP BY m.actor, m.briefing""",
        ("name", "kind"),
    ),
)  # fmt: skip

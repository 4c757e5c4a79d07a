"""The values that pass between the stages. No logic, and nothing of ours is imported.

Every `start`/`end` counts Unicode code points of `Article.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# --- the words that a field may hold -------------------------------------------------------------

Rights = Literal["full", "excerpts"]
ActorPages = Literal["registered", "named-twice", "all"]
Publisher = Literal["express", "mkdocs"]
DataPart = Literal["facts", "database", "csv", "parquet", "entities", "network", "annotations", "citations"]
BlockKind = Literal["heading", "paragraph", "item", "quote", "row", "code"]
InlineKind = Literal["emphasis", "strong", "deleted", "link", "image", "code", "cell"]
HintKind = Literal["byline", "dateline", "dated", "changed"]  # changed: the date of an update
TitleBasis = Literal["given", "first-line", "derived"]
PublishedBasis = Literal["given", "inferred", "unknown"]
FoundIn = Literal["label", "dateline", "file name", "address"]
ActorKind = Literal["person", "organisation", "country", "group"]
ActorStatus = Literal["registered", "candidate"]
AliasType = Literal["name", "transliteration", "spelling", "acronym", "former", "title", "demonym", "metonym"]
MentionType = Literal["name", "alias", "surname", "title", "demonym", "pronoun"]
DateBasis = Literal["absolute", "partial", "published", "context", "vague", "unknown"]
Severity = Literal["info", "warning"]
CorrectionAction = Literal["accepted", "edited", "added", "retracted", "commented"]

FactKindName = Literal["statement", "figure", "date", "role", "event", "key-fact", "vote"]
KeyFactKind = FactKindName | Literal["sentence"]  # of the fact that a key fact rests on
Form = Literal["direct", "indirect", "mixed"]  # of a statement: quoted, paraphrased, a paraphrase with quoted words

# --- what contributors send -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meta:
    """What the front matter of a source says; None or () where it says nothing."""

    title: str | None = None
    published: str | None = None  # EDTF
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None  # BCP 47
    rights: Rights | None = None
    topics: tuple[str, ...] = ()
    notes: str | None = None
    replaces: tuple[str, ...] = ()  # ids under which its page stood before, the oldest first


@dataclass(frozen=True, slots=True)
class Source:
    """One file of `sources/`, decoded. `body` is what follows the front matter."""

    id: str  # the path below its folder, without suffix, as a slug: permanent
    path: str  # as given
    sha256: str  # of the file's bytes
    meta: Meta
    body: str
    body_line: int  # the line of the file on which the body starts, from 1
    encoding: str

    @property
    def first_id(self) -> str:
        """The id under which it was first published: its facts keep the addresses that they got there."""
        return self.meta.replaces[0] if self.meta.replaces else self.id


# --- the text -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of `Article.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch set aside by a cleaning rule: still in the text, but no fact may come from it."""

    start: int
    end: int
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece of the text, in order; blocks never overlap."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # of a heading (1-6), a list item or a quote (depth)


@dataclass(frozen=True, slots=True)
class Inline:
    """Visible text that the author set apart."""

    kind: InlineKind
    start: int
    end: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """A line recognised as a byline, a dateline or a dated label, for those who infer from it."""

    kind: HintKind
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Title:
    value: str
    basis: TitleBasis
    start: int | None = None  # where the words stand in the text, if they do
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    edtf: str | None
    basis: PublishedBasis
    start: int | None = None  # the words it was inferred from
    end: int | None = None
    found_in: FoundIn | None = None  # what those are


@dataclass(frozen=True, slots=True)
class Article:
    """A source as text with structure. `hidden` are markup characters (`**`, `](url)`, tags):
    they stay in `text`, are never shown and never analysed."""

    source: Source
    text: str
    title: Title
    published: Published
    language: str
    blocks: tuple[Block, ...]
    hidden: tuple[Span, ...]
    inlines: tuple[Inline, ...]
    removed: tuple[Removed, ...]
    hints: tuple[Hint, ...]


# --- what the language model sees -----------------------------------------------------------


@dataclass(slots=True)
class Token:
    """A word as the language model sees it. Not frozen, which would double the cost of making thousands an article."""

    start: int
    end: int
    text: str
    tag: str  # Penn Treebank part of speech
    dep: str  # spaCy's English dependency labels
    head: int  # index of its head in Analysis.tokens; its own index for a root
    sentence: int  # index in Analysis.sentences
    block: int  # index in Article.blocks


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str  # s1, s2, ... in order
    start: int
    end: int
    first: int  # tokens first..last-1
    last: int
    block: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A name as the model sees it: label PERSON, ORG, GPE, LOC, NORP, FAC, ... (OntoNotes)."""

    start: int
    end: int
    label: str
    first: int  # tokens first..last-1
    last: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that the reader takes for somebody's, as token ranges."""

    content: tuple[int, int]
    speaker: tuple[int, int] | None
    cue: tuple[int, int] | None
    asserted: float  # 0-1: is it said, and not only supposed, denied, asked or expected?
    confidence: float  # 0-1


@dataclass(frozen=True, slots=True)
class Analysis:
    text: str  # Article.text
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """The head word of a grammatical subject, and its verb: who may be meant by "it" in the next sentence."""

    start: int
    end: int
    verb: str  # in lower case, as written


# --- facts ----------------------------------------------------------------------------------
# Made by facts/ with `actor`, `about`, `subject` empty; link/ fills those in. `rule` names the
# rule that made the fact.


@dataclass(frozen=True, slots=True)
class Speaker:
    start: int
    end: int
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    speaker: Speaker | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    hedged: bool
    rule: str
    id: str = ""
    about: tuple[str, ...] = ()


NO_CURRENCY = "XXX"  # ISO 4217: money, and the source does not say whose; as a unit and as "XXX/kg"


@dataclass(frozen=True, slots=True)
class Figure:
    start: int
    end: int
    value: float
    high: float | None
    unit: str
    measure: str | None
    rule: str
    qualifier: str | None = None  # "about", "more than": the source's words
    subject_span: Span | None = None  # the words that say whose figure it is
    measure_span: Span | None = None
    id: str = ""
    subject: str | None = None
    rate_start: int | None = None  # where "a tonne" of "$12,000 a tonne" begins
    as_of: str | None = None  # EDTF: the period that the source gives for the number
    asserted_span: Span | None = None  # the words that name who says so
    asserted_by: str | None = None  # an actor's id, or those words

    @property
    def rate(self) -> str | None:
        """What the amount is per: the kg of USD/kg."""
        return self.unit.partition("/")[2] or None


@dataclass(frozen=True, slots=True)
class DateRef:
    start: int
    end: int
    edtf: str | None
    relative: str | None  # ISO 8601 duration, where the anchor is unknown
    basis: DateBasis
    rule: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    start: int
    end: int
    title: str
    holder: Span  # the words that name the person
    body: Span | None  # the words that name the organisation
    rule: str
    actor: str | None = None
    organisation: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    start: int
    end: int
    date: str | None  # EDTF
    rule: str
    id: str = ""
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFact:
    start: int
    end: int
    kind: KeyFactKind
    ref: str | None  # the id of the fact it rests on
    id: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that was counted."""

    start: int
    end: int
    in_favour: int
    against: int
    abstentions: int | None
    rule: str
    id: str = ""


Fact = Statement | Figure | DateRef | Event | Role | KeyFact | Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one article; one field for each kind in `briefing.facts.KINDS`."""

    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateRef, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    key_facts: tuple[KeyFact, ...] = ()
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    code: str
    severity: Severity
    message: str
    start: int | None = None
    end: int | None = None
    minor: bool = False  # only in the data: a reader of the page can do nothing about it


@dataclass(frozen=True, slots=True)
class Reading(Facts):
    """What an article says, read from that article alone: no registry, no other article."""

    sentences: tuple[Sentence, ...]
    names: tuple[Entity, ...]  # names the linker may use, cleaned up
    pronouns: tuple[Entity, ...]  # words that stand for a name; label he, she, they, it, nominal
    notes: tuple[Note, ...]
    subjects: tuple[Subject, ...] = ()


# --- facts as other pages show them -----------------------------------------------------------
# In words, each with the sentence where a reader finds it. Dates are shown on their own page only.


@dataclass(frozen=True, slots=True)
class RowStatement:
    id: str
    sentence: str
    speaker: str | None  # the words that name the speaker
    actor: str | None
    cue: str | None
    content: tuple[str, ...]
    form: Form
    hedged: bool
    about: tuple[str, ...]
    rule: str = ""  # that found it, with its confidence where it has one: "reader 0.93"
    clause: str = ""  # cue and content as they follow each other: "told reporters that ..."


@dataclass(frozen=True, slots=True)
class RowFigure:
    id: str
    sentence: str
    words: str
    value: float
    high: float | None
    unit: str
    measure: str | None
    subject: str | None
    qualifier: str | None
    context: str  # the sentence, shortened
    as_of: str | None = None  # EDTF
    asserted_by: str | None = None  # an actor's id, or the source's words


@dataclass(frozen=True, slots=True)
class RowRole:
    sentence: str
    actor: str | None
    holder: str
    title: str
    organisation: str | None
    body: str | None
    words: str
    id: str = ""
    context: str = ""  # the sentence, shortened


@dataclass(frozen=True, slots=True)
class RowEvent:
    id: str
    sentence: str
    date: str | None
    words: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowKeyFact:
    id: str
    sentence: str
    words: str
    kind: KeyFactKind
    last: str = ""  # the last sentence where there are several


@dataclass(frozen=True, slots=True)
class RowVote:
    id: str
    sentence: str
    words: str
    in_favour: int
    against: int
    abstentions: int | None
    context: str  # the sentence, shortened
    rule: str


RowFact = RowStatement | RowFigure | RowEvent | RowRole | RowKeyFact | RowVote


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """The same fields as `Facts`, of the kinds that other pages show."""

    statements: tuple[RowStatement, ...] = ()
    figures: tuple[RowFigure, ...] = ()
    roles: tuple[RowRole, ...] = ()
    events: tuple[RowEvent, ...] = ()
    key_facts: tuple[RowKeyFact, ...] = ()
    votes: tuple[RowVote, ...] = ()


# --- actors and topics ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alias:
    name: str
    type: AliasType
    since: str | None = None  # EDTF; None: always
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A role of a registered person: title at an organisation, between two dates."""

    title: str
    organisation: str | None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the registry."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[Alias, ...] = ()
    roles: tuple[Office, ...] = ()
    parent: str | None = None
    country: str | None = None
    never: tuple[str, ...] = ()
    careful: tuple[str, ...] = ()  # names that often mean something else: linked only with evidence
    clues: tuple[str, ...] = ()  # words of the article that speak for this actor
    against: tuple[str, ...] = ()  # words of the article that speak for a namesake
    iso2: str | None = None
    iso3: str | None = None
    wikidata: str | None = None
    website: str | None = None
    note: str | None = None
    replaces: tuple[str, ...] = ()  # ids under which it had pages before
    path: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    name: str
    terms: tuple[str, ...]
    parent: str | None = None
    description: str | None = None


# --- what people say of it ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of a fact; it wins over the program."""

    fact: str  # its id
    kind: FactKindName | Literal[""]  # "": of a fact that is not found any more
    action: CorrectionAction
    words: str  # what the fact rests on, "" if a retracted fact left none
    by: str | None = None
    recorded_by: str | None = None  # who committed it, where that is another
    on: str | None = None  # day of that
    why: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Somebody has read the whole briefing against its source."""

    by: str | None = None
    on: str | None = None  # EDTF


# --- a briefing -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    how: MentionType
    rule: str = ""  # which linking rule decided, for the page


@dataclass(frozen=True, slots=True)
class ActorHere:
    """An actor as one article mentions it."""

    id: str
    name: str
    kind: ActorKind
    status: ActorStatus
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Briefing(Facts):
    """An article read and linked: what the facts contract prints and the page shows."""

    article: Article
    sentences: tuple[Sentence, ...]
    actors: tuple[ActorHere, ...]
    topics: tuple[str, ...]
    notes: tuple[Note, ...]
    corrections: tuple[Correction, ...] = ()
    reviewed: Reviewed | None = None
    corrected: bool = False  # there is a corrections file


# --- what is published ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One file below docs/: a Markdown page, or a file beside one (JSON, feed, citation)."""

    path: str  # relative to docs/, with forward slashes
    text: str
    fingerprint: str = ""  # see LazyPage; "" where nothing is known of what the page is made of


@dataclass(frozen=True, slots=True)
class LazyPage:
    """A page that is made only if `fingerprint`, a hash of all that it is made of, differs from the last time."""

    path: str
    fingerprint: str  # "": it is always made
    make: Callable[[], Page]

    @property
    def text(self) -> str:
        return self.make().text


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is drawn only if `fingerprint`, a hash of all that is seen on it, differs from the last time."""

    path: str
    fingerprint: str
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that may be too big for memory: it is written to a path, if `fingerprint` differs from the last time."""

    path: str
    fingerprint: str
    write: Callable[[Path], object]

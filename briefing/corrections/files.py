"""The schema of corrections files; reading them, and writing entries into them.

    text = merged(text, {"accept": [record(fact, places, registered)]}, reviewed=None)

Writing keeps existing lines and comments where an entry can simply be added. A new entry replaces an earlier one for
the same fact. What may be corrected of a fact follows from the kinds of facts.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError, create_model, model_validator

from briefing import cache, git
from briefing.content.field_types import (
    TIMES,
    Edtf,
    FactId,
    Ids,
    Line,
    Note,
    Quote,
    Quotes,
    Reference,
    as_meant,
    mistake,
)
from briefing.content.problems import ContentError, Problem
from briefing.content.scaffold import corrections_yaml
from briefing.content.schema import Written
from briefing.content.validation import read_contribution
from briefing.content.yaml_source import Keys, Place, read_yaml
from briefing.corrections.locate import Places
from briefing.facts import KINDS, kind_of
from briefing.facts.figures.quantities import MONEY
from briefing.facts.figures.rates import UNITS
from briefing.model import NO_CURRENCY, Fact, FactKindName

# --- schema -----------------------------------------------------------------------------------

FIELDS = {field.name: field for kind in KINDS for field in kind.fields}
A = TypeVar("A", bound="Pointer")


@functools.cache
def _unit_words() -> dict[str, str]:
    """Map other ways of writing a unit to the one of facts: tonnes -> t, canadian dollars -> CAD."""
    found = {word.casefold(): symbol for symbol, forms in UNITS.items() for word in (*forms.words, *forms.signs)}
    for money in MONEY.names:
        for word in money.words:
            found |= {f"{owner} {word}".casefold(): code for owner, code in money.by.items()}
            if money.code != NO_CURRENCY:
                found[word.casefold()] = money.code
    return {sign: code for sign, code in MONEY.signs.items() if code != "JPY"} | found


def _unit(value: str) -> str:
    """Refuse a unit that facts write in another way."""
    symbols = {*UNITS, *MONEY.codes.values(), "count"}
    right = "Write a unit as facts have it: percent, count, t, kg, MW, or a currency's code such as CAD."
    if value in symbols:
        return value
    scale = SCALED.fullmatch(value)
    meant = _unit_words().get((scale["unit"] if scale else value).casefold())
    if scale:
        factor = Decimal(10) ** TIMES.get(scale["times"].lower(), 6)
        right = f"Write only the unit here, as in `{meant or 'EUR'}`, and in `value` the number times {factor:,}."
        raise mistake("bad-unit", f"`{value}` has part of the number in it", right)
    if meant and meant != value:
        raise mistake("bad-unit", f"`{value}` is another word for `{meant}`", right, meant)
    if value.upper() in symbols:
        raise mistake("bad-unit", f"`{value}` is usually written `{value.upper()}`", right, value.upper())
    return value


SCALED = re.compile(rf"(?P<times>{'|'.join(TIMES)}|m\b)\.? ?(?P<unit>.*)", re.IGNORECASE)
TYPES: dict[str, Any] = {"unit": Annotated[Line, AfterValidator(_unit)], "actor": Reference}


def field_as_meant(name: str, value: str) -> str:
    """Return the value of a fact's field as the schema wants it, if that is clear. A scale that was given with the unit
    belongs to the value: such a unit is left as it is."""
    if name not in FIELDS or (name == "unit" and SCALED.fullmatch(value)):
        return value
    return as_meant(TYPES.get(name, FIELDS[name].type), value)


def field_mistake(name: str, value: str) -> tuple[str, str] | None:
    """Return what is wrong with the value of a fact's field and what to write; None if it is valid."""
    try:
        TypeAdapter(TYPES.get(name, FIELDS[name].type)).validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        context = first.get("ctx", {})
        allowed = f"Write one of: {context['expected']}." if "expected" in context else ""
        return str(context.get("found") or f"`{value}` is not a valid {name}"), str(context.get("right") or allowed)
    return None


def with_fields(model: type[A]) -> type[A]:
    """The model with every field that people may correct."""
    types = {name: TYPES.get(name, field.type) for name, field in FIELDS.items()}
    fields: dict[str, Any] = {
        field.name: (types[field.name] | None, Field(None, description=field.description)) for field in FIELDS.values()
    }
    return create_model(model.__name__, __base__=model, __doc__=model.__doc__, __module__=model.__module__, **fields)


class Pointer(Written):
    """Reference to a fact by its id, its words or both; with both, the correction survives most changes."""

    fact: FactId | None = Field(None, description="Fact id: what follows #f- in its address")
    kind: FactKindName | None = Field(None, description="Kind of fact; needed if several facts use these words")
    words: Quote | None = Field(None, description="Exact words of the source that the fact comes from")
    occurrence: int | None = Field(None, ge=1, description="Which occurrence, if the words appear more than once")
    before: Line | None = Field(None, description="Text before the words, if they appear more than once")
    after: Line | None = Field(None, description="Text after the words, if they appear more than once")
    by: Line | None = Field(None, description="Who made the correction; default: the author in Git")
    why: Note | None = Field(None, description="Reason, shown on the page")

    also: ClassVar[dict[str, str]] = {
        "id": "fact", "type": "kind", "text": "words", "quote": "words", "nth": "occurrence", "reason": "why",
        "author": "by", "who": "by",
    }  # fmt: skip

    needless: ClassVar[dict[str, str]] = dict.fromkeys(
        ("sentence", "line", "paragraph", "position", "number", "n", "index", "start", "end", "span"),
        "Name the fact by its exact words, `words: ...`, or by its id, `fact: ...`: what follows #f- in its address.",
    )

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.fact is None and self.words is None:
            right = "Add `fact:` (the id in the fact's address) or `words:` (the exact words of the source)."
            raise mistake("no-pointer", "no fact is identified", right)
        return self


@with_fields
class Assertion(Pointer):
    """A person's values for a fact. Omitted values stay as extracted."""

    becomes: FactKindName | None = Field(None, description="The right kind, if the software chose the wrong one")
    content: Quotes = Field((), description="The words it should come from; several if a quotation is split")

    also: ClassVar[dict[str, str]] = Pointer.also | {"new_kind": "becomes"} | {
        other: field.name for field in FIELDS.values() for other in field.also
    }  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        """The values given for the fields of the fact."""
        return {name: value for name in FIELDS if (value := getattr(self, name)) is not None}


class Added(Assertion):
    """A fact that the software did not find."""

    kind: FactKindName
    words: Quote


class Comment(Pointer):
    """A comment on a fact, for readers."""

    comment: Note

    also: ClassVar[dict[str, str]] = Pointer.also | {"note": "comment", "remark": "comment"}


class ActorCorrection(Written):
    """The actor that words of the source refer to."""

    words: Line
    occurrence: int | None = Field(None, ge=1, description="Which occurrence; default: all of them")
    actor: Reference | None = Field(description="Actor id; empty for no actor")
    by: Line | None = None
    why: Note | None = None

    also: ClassVar[dict[str, str]] = {"name": "words", "id": "actor", "reason": "why"}


class Review(Written):
    """A review of the briefing against its source."""

    by: Line | None = None
    on: Edtf | None = None

    also: ClassVar[dict[str, str]] = {"date": "on", "who": "by", "author": "by"}

    @model_validator(mode="before")
    @classmethod
    def _says_who(cls, value: Any) -> Any:
        if isinstance(value, str):
            right = "Give the reviewer and the date: {by: Mara Dell, on: 2026-11-02}."
            raise mistake("wrong-shape", f"`{value[:40]}` is plain text", right)
        return value


class CorrectionsFile(Written):
    """sources/<article>.facts.yaml: corrections to an article's facts. They always override the software."""

    reviewed: Review | None = Field(None, description="Who checked the whole briefing against its source, and when")
    title: Line | None = None
    published: Edtf | None = None
    topics: Ids | None = Field(None, description="Topic ids, replacing those found")
    actors: tuple[ActorCorrection, ...] = Field((), description="Which actors words of the source refer to")
    accept: tuple[Assertion, ...] = Field((), description="Correct facts; the values given are always kept")
    edit: tuple[Assertion, ...] = Field((), description="Facts to change; the values given replace those found")
    reject: tuple[Pointer, ...] = Field((), description="Wrong facts; their links say that they were withdrawn")
    add: tuple[Added, ...] = Field((), description="Facts that the software did not find")
    comment: tuple[Comment, ...] = Field((), description="Comments on facts, for readers")

    also: ClassVar[dict[str, str]] = {
        "date": "published", "accepted": "accept", "edits": "edit", "rejected": "reject", "added": "add",
        "comments": "comment", "change": "edit", "remove": "reject", "delete": "reject", "review": "reviewed",
    }  # fmt: skip


# --- reading ----------------------------------------------------------------------------------
# Corrections stand in sources/<article>.facts.yaml; git, where available, tells who wrote each line.

SUFFIX = ".facts.yaml"
LARGEST = 1_000_000  # bytes: ten thousand corrections


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one article, with the line and the author of each."""

    file: CorrectionsFile
    path: str
    places: Mapping[Keys, Place]
    last_authors: Mapping[Keys, git.Author]  # of each part of the file

    def author(self, *path: str | int) -> git.Author | None:
        """Return who last changed a part of the file."""
        return self.last_authors.get(path)

    def problem(self, path: Keys, code: str, found: str, right: str, fix: str = "") -> Problem:
        """Return a problem at a part of the file, or at the nearest outer part if that part was left out."""
        while path not in self.places and path:
            path = path[:-1]
        place = self.places.get(path, Place(1, 1))
        return Problem(self.path, place.line, place.column, code, found, right, fix)


def beside(source: Path) -> Path:
    """Return the path of a source's corrections."""
    return source.with_name(source.stem + SUFFIX)


def key(source: Path) -> str:
    """Return a hash of a source's corrections for the briefing's cache key; "" if there are none."""
    path = beside(source)
    try:
        data = path.read_bytes() if _is_regular(path) else b""
    except OSError:
        return ""
    if not data:
        return ""
    return cache.digest(data, repr(sorted(git.authors(path, cache.digest(data)).items())))


def _is_regular(path: Path) -> bool:
    return not path.is_symlink() and path.is_file() and path.stat().st_size <= LARGEST


def read_corrections(source: Path, label: str) -> Corrections | None:
    """Read a source's corrections, if any; raise ContentError. `label` is the path shown in messages."""
    path = beside(source)
    if not path.is_symlink() and not path.exists():
        return None
    shown = str(beside(Path(label)))
    if not _is_regular(path):
        right = f"Use a regular file of at most {LARGEST:,} bytes."
        found = "the file is a symbolic link, too large, or no file at all"
        raise ContentError(Problem(shown, 1, 1, "bad-corrections-file", found, right))
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        found = f"byte 0x{data[error.start]:02x} is not valid UTF-8"
        raise ContentError(Problem(shown, line, 1, "encoding", found, "Save the file as UTF-8.")) from error
    return parse(text, shown, git.authors(path, cache.digest(data)))


def parse(text: str, path: str, authors: Mapping[int, git.Author] | None = None) -> Corrections:
    """Validate the text of a corrections file."""
    said = read_contribution(text, CorrectionsFile, path)
    return Corrections(said.value, path, said.text.values, _last_authors(said.text.values, authors or {}))


def _last_authors(places: Mapping[Keys, Place], authors: Mapping[int, git.Author]) -> dict[Keys, git.Author]:
    """Return who last changed each part of a file: the latest of the authors of its lines."""
    found: dict[Keys, git.Author] = {}
    for keys, place in sorted(places.items(), key=lambda pair: pair[1].line) if authors else ():
        author = authors.get(place.line)
        for length in range(len(keys) + 1):
            known = found.get(keys[:length])
            if author and (known is None or author.time > known.time):
                found[keys[:length]] = author
    return found


def without_source(folder: Path, sources: set[Path]) -> Iterator[Path]:
    """Yield corrections files below a folder that belong to no source."""
    wanted = {beside(source) for source in sources}
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(SUFFIX) and not name.startswith(".") and Path(where, name) not in wanted:
                yield Path(where, name)


# --- writing ----------------------------------------------------------------------------------

Entry = Mapping[str, Any]
ANSWERS = ("accept", "edit", "reject")  # a fact has at most one of these
HEAD = "# Corrections to the facts of this article. They always override the software: see CONTRIBUTING.md.\n"
SECTION = re.compile(r"[a-z]+:[ \t]*(?:#.*)?$")


def pointer(fact: Fact, places: Places) -> dict[str, Any]:
    """Return the keys that identify a fact: its id and its words."""
    span = kind_of(fact).words(fact)[0]
    words = places.words(span)
    entry: dict[str, Any] = {"fact": fact.id, "kind": kind_of(fact).name, "words": words}
    found = places.find(words)
    if len(found) > 1:
        entry["occurrence"] = next((n for n, s in enumerate(found, 1) if s.start == span.start), 1)
        before, after = places.around(span)
        entry |= {key: value for key, value in (("before", before), ("after", after)) if value}
    return entry


def record(fact: Fact, places: Places, registered: Collection[str]) -> dict[str, Any]:
    """Return all keys of a fact, from which it can be rebuilt when no rule finds it any more."""
    entry = pointer(fact, places)
    parts = kind_of(fact).words(fact)
    if len(parts) > 1:
        entry["content"] = [places.words(part) for part in parts]
    kept = kind_of(fact).recorded(fact, places.words)
    for key in ("actor", "organisation"):
        if kept.get(key) not in registered:
            kept.pop(key, None)  # the id of a candidate may still change
    return entry | kept


def merged(text: str, new: Mapping[str, Sequence[Entry]], reviewed: Entry | None = None) -> str:
    """Return the file with these entries added."""
    before = read_yaml(text, "").value
    wanted: dict[str, Any] = {key: list(v) if isinstance(v, list) else v for key, v in (before or {}).items()}
    answered = {e["fact"] for part in ANSWERS for e in new.get(part, ()) if e.get("fact")}
    replaced = bool(reviewed and "reviewed" in wanted)
    for part in ANSWERS:
        kept = [e for e in wanted.get(part) or () if not (isinstance(e, dict) and e.get("fact") in answered)]
        replaced = replaced or len(kept) < len(wanted.get(part) or ())
        if part in wanted:
            wanted[part] = kept
    for part, entries in new.items():
        if entries:
            wanted[part] = [*(wanted.get(part) or ()), *map(_plain, entries)]
    if reviewed:
        wanted["reviewed"] = _plain(reviewed)
    wanted = {key: value for key, value in wanted.items() if value not in (None, [])}
    added = _appended(text, new, reviewed)
    if not replaced and read_yaml(added, "").value == wanted:
        return added
    return HEAD + corrections_yaml(wanted)


def _plain(entry: Entry) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, list | tuple) else str(value) for key, value in entry.items()}


def _appended(text: str, new: Mapping[str, Sequence[Entry]], reviewed: Entry | None) -> str:
    """Add entries at the end of their sections, as text. The caller checks that the result reads as intended."""
    lines = (text or HEAD).rstrip("\n").split("\n")
    if reviewed:
        lines += corrections_yaml({"reviewed": _plain(reviewed)}).rstrip("\n").split("\n")
    for part, entries in new.items():
        if not entries:
            continue
        block = corrections_yaml({part: [_plain(e) for e in entries]}).rstrip("\n").split("\n")
        start = next((n for n, line in enumerate(lines) if line.startswith(f"{part}:") and SECTION.match(line)), None)
        if start is None:
            lines += block
            continue
        end = next((n for n in range(start + 1, len(lines)) if re.match(r"[a-z]", lines[n])), len(lines))
        while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
            end -= 1
        lines[end:end] = block[1:]
    return "\n".join(lines) + "\n"

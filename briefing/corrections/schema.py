"""Schema of a corrections file. What may be corrected of a fact follows from the kinds of facts."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from pydantic import Field, create_model, model_validator

from briefing.content.field_types import Edtf, FactId, Id, Ids, Line, Note, Quote, Quotes, mistake
from briefing.content.schema import Written
from briefing.facts import KINDS
from briefing.model import FactKindName

FIELDS = {field.name: field for kind in KINDS for field in kind.fields}
A = TypeVar("A", bound="Pointer")


def with_fields(model: type[A]) -> type[A]:
    """The model with every field that people may correct."""
    fields: dict[str, Any] = {
        field.name: (field.type | None, Field(None, description=field.description)) for field in FIELDS.values()
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
    actor: Id | None = Field(description="Actor id; empty for no actor")
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

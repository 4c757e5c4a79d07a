"""The page that queries the published database in the browser: data/sql/. `sql.js` and `sql-worker.js` do the work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.cache import digest
from briefing.lexicon import load
from briefing.model import LazyPage, Page
from briefing.site.data import Data


@dataclass(frozen=True, slots=True)
class Question:
    label: str
    sql: str


QUESTIONS = load("questions", tuple[Question, ...])


def query_page(data: Data, fingerprint: str) -> Iterator[LazyPage]:
    """Yield the page, if the archive publishes its database. `fingerprint` is that of the data."""
    path = "data/sql.md"
    if "database" in data.parts:
        meta = {"title": "Query the data", "description": "Ask the database of this archive with SQL, in your browser."}

        def make() -> Page:
            size = data.made["archive.sqlite"].size
            return data.templates.page(path, "sql.md.j2", meta, questions=QUESTIONS, size=size)

        yield LazyPage(path, digest(fingerprint, path) if fingerprint else "", make)

"""The archive's facts as files for other programs, in `data/`, and the page that describes them.

    data_pages(Data(archive, templates, parts, contract, work), fingerprint)
        ->  data/index.md, data/facts.jsonl, data/archive.sqlite, data/csv/figures.csv, ...

All files are made together, when the first of them is needed: one pass over the briefings, one at a time, writes
`facts.jsonl`, the annotations and the database, and everything else is read from the database. So no archive is too big
for memory, and numbers cannot differ; that they do not is checked all the same.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, get_args

from briefing.archive import Archive
from briefing.archive.summaries import Row
from briefing.cache import digest
from briefing.facts import KINDS
from briefing.lexicon import load
from briefing.model import DataFile, DataPart, LazyPage, Page
from briefing.site import exports, network
from briefing.site.data import web_annotations
from briefing.site.data.database import Database
from briefing.site.data.follow_the_money import statements_of_briefings
from briefing.site.data.formats import (
    csv_head,
    datapackage,
    datasette,
    facts_schema,
    for_spreadsheets,
    parquet_writer,
    write_parquet,
)
from briefing.site.data.parts import Parts, PartsFile
from briefing.site.data.tables import OF_BRIEFINGS, TABLES, VERSION, VIEWS, Found, archive_rows, rows_of
from briefing.site.fingerprints import named
from briefing.site.publish import hash_of
from briefing.site.templates import Templates

FOLDER = "data"
BATCH = 50  # briefings whose rows are added to the database at once
DATABASE, FACTS, ANNOTATIONS = "archive.sqlite", "facts.jsonl", "annotations.jsonld"
LINES = (FACTS, ANNOTATIONS)  # files with lines for each briefing
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """One that the page for queries offers."""

    label: str
    sql: str


QUESTIONS = load("questions", tuple[Question, ...])


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that the page describes; of a folder, one entry stands for all files in it."""

    path: str  # below data/; "csv/" stands for a folder
    part: DataPart | None  # None: it is always there
    type: str  # media type
    label: str
    about: str
    use: str = ""  # an example, as typed


OFFERS = (
    Offer("facts.jsonl", "facts", "application/jsonl", "Facts, JSON Lines",
          "One JSON object per briefing: text, sentences, actors and all facts.",
          "jq -r '.figures[] | [.value, .unit, .measure] | @tsv' facts.jsonl"),
    Offer("facts.schema.json", "facts", "application/schema+json", "JSON Schema",
          "The fields of each line of facts.jsonl.",
          "check-jsonschema --schemafile facts.schema.json briefing.json"),
    Offer("archive.sqlite", "database", "application/vnd.sqlite3", "SQLite database",
          "All tables, with views for common questions and full-text search of sentences.",
          "datasette archive.sqlite --metadata metadata.json"),
    Offer("metadata.json", "database", "application/json", "Datasette metadata",
          "Descriptions of tables and columns, and filters."),
    Offer("csv/", "csv", "text/csv", "CSV",
          "Each table, for spreadsheets. Text that a spreadsheet would take for a formula begins with an apostrophe.",
          'pandas.read_csv("csv/figures.csv", dtype_backend="numpy_nullable")'),
    Offer("parquet/", "parquet", "application/vnd.apache.parquet", "Parquet", "Each table, for DuckDB, pandas and R.",
          "duckdb -c \"SELECT unit, count(*) FROM 'parquet/figures.parquet' GROUP BY unit\""),
    Offer("entities.ftm.json", "entities", "application/jsonl", "FollowTheMoney entities",
          "Actors, articles, mentions, statements, roles and events, for OpenAleph.",
          "ftm validate --infile entities.ftm.json"),
    Offer("network.gexf", "network", "application/gexf+xml", "Network, GEXF",
          "Who is mentioned with whom, and who speaks about whom, for Gephi.",
          "gephi network.gexf"),
    Offer("network.graphml", "network", "application/graphml+xml", "Network, GraphML",
          "The same, for yEd, Cytoscape and networkx.",
          'networkx.read_graphml("network.graphml")'),
    Offer("annotations.jsonld", "annotations", "application/ld+json", "Web Annotations",
          "Each fact with its quotation and its position in the source text (W3C).",
          "jq -r '.items[].target.selector[0].exact' annotations.jsonld"),
    Offer("citations.json", "citations", "application/vnd.citationstyles.csl+json", "CSL-JSON",
          "All briefings, for Zotero and citation processors.",
          "pandoc --citeproc --bibliography citations.json article.md"),
    Offer("citations.bib", "citations", "application/x-bibtex", "BibTeX", "All briefings, for LaTeX.",
          "\\addbibresource{citations.bib}"),
    Offer("citations.ris", "citations", "application/x-research-info-systems", "RIS",
          "All briefings, for EndNote, Mendeley and Zotero."),
    Offer("datapackage.json", None, "application/json", "Data package",
          "All files above with sizes, hashes, columns and keys (Frictionless).",
          "frictionless validate datapackage.json"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made."""

    path: str  # below data/
    size: int
    hash: str
    rows: int | None  # of a table


@dataclass(frozen=True, eq=False)
class Data:
    """What the files are made of."""

    archive: Archive
    templates: Templates
    parts: frozenset[DataPart]
    contract: Callable[[str], bytes]  # the id of a briefing -> its line of JSON, without what must not be published
    work: Path  # a folder for files in the making
    keys: Mapping[str, str] = field(default_factory=dict)  # of each briefing a hash of all that it is made of
    published: Callable[[str], tuple[Path, str] | None] = lambda name: None  # a file as the last build left it; hash

    @property
    def base(self) -> str:
        """What addresses begin with; from data/ to the top, if the address of the site is unknown."""
        return self.templates.site.url or "../"

    @property
    def about(self) -> dict[str, str]:
        site = self.templates.site
        return {"format": VERSION, "name": site.name, "address": site.url}

    @cached_property
    def skipped(self) -> frozenset[DataPart]:
        """Parts that were asked for and cannot be written here."""
        return self.parts & {"parquet"} if not parquet_writer() else frozenset()

    @property
    def paths(self) -> list[str]:
        """The files to make."""
        names: list[str] = []
        for offer in OFFERS:
            if self.offers(offer):
                ending = offer.path.removesuffix("/")
                folder = offer.path.endswith("/")
                names += [f"{offer.path}{table.name}.{ending}" for table in TABLES] if folder else [offer.path]
        return names

    def offers(self, offer: Offer) -> bool:
        offered = self.parts - self.skipped
        return bool(offered) if offer.part is None else offer.part in offered

    @cached_property
    def made(self) -> dict[str, Made]:
        """Make all files, and describe them by path. Raise ValueError if two of them disagree."""
        if not self.paths:
            return {}
        parts = self._parts()
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        if self.skipped:
            LOG.log(
                logging.INFO if self.parts == {*get_args(DataPart)} else logging.WARNING,  # is it asked for by name?
                "data/parquet is not written: DuckDB is not installed. Install it with the extra `data`, as in "
                "pip install 'briefing-archive[data]', or leave `parquet` out of the setting `data`.",
            )
        with Database(self.work / DATABASE, parts.paths.get(DATABASE)) as database:
            self._write_briefings(database, parts)
            database.finish()
            rows = {table.name: database.count(table.name) for table in TABLES}
            self._write_others(database, parts)
        made: dict[str, Made] = {}
        for name in (name for name in self.paths if name != "datapackage.json"):
            path = self.work / name
            count = rows[path.stem] if path.parent != self.work else None
            made[name] = Made(name, path.stat().st_size, hash_of(path), count)
        if parts.keys and DATABASE in made:
            parts.remember({name: one.hash for name, one in made.items()})
        types = {offer.path: offer.type for offer in OFFERS}
        described = [
            {"path": m.path, "mediatype": types.get(m.path) or types[m.path.partition("/")[0] + "/"]}
            | {"bytes": m.size, "hash": f"sha256:{m.hash}"}
            for m in made.values()
        ]
        package = self.work / "datapackage.json"
        package.write_text(datapackage(self.about, described), encoding="utf-8")
        return made | {package.name: Made(package.name, package.stat().st_size, hash_of(package), None)}

    def _parts(self) -> Parts:
        """Return what can be copied from the last build: nothing, where there was no database."""
        at = sorted(self.archive.rows, key=lambda row: row.id) if DATABASE in self.paths else []
        actors = self.archive.actors.keys()
        keys = {
            row.id: digest(self.keys[row.id], VERSION, self.base, *sorted(named(row) & actors))
            for row in at
            if row.id in self.keys
        }
        needed = {DATABASE, *LINES, *(f"csv/{table.name}.csv" for table, _ in OF_BRIEFINGS)}.intersection(self.paths)
        return Parts(self.work.with_suffix(".json"), keys, self.published, sorted(needed))

    def _write_briefings(self, database: Database, parts: Parts) -> None:
        """Write what is of one briefing each, and check that all have the same facts."""
        for name, rows in archive_rows(self.archive, self.base, self.about):
            database.add(name, rows)
        site = self.templates.site
        ordered = sorted(self.archive.rows, key=lambda row: row.id)
        with ExitStack() as stack:
            files: dict[str, PartsFile] = {}
            for name in LINES:
                if name in self.paths:
                    page = f"{site.url}{FOLDER}/{name}" if site.url else ""
                    head = web_annotations.head(page) if name == ANNOTATIONS else ""
                    between = "," if name == ANNOTATIONS else ""
                    files[name] = stack.enter_context(parts.file(name, self.work / name, head, between))
            for number in range(0, len(ordered), BATCH):
                self._add(database, parts, files, ordered[number : number + BATCH])
            if ANNOTATIONS in files:
                files[ANNOTATIONS].end(web_annotations.END)

    def _add(self, database: Database, parts: Parts, files: Mapping[str, PartsFile], rows: Sequence[Row]) -> None:
        """Add some briefings to the database and the files of lines."""
        batch: list[tuple[str, str] | dict[str, list[Any]]] = []  # first and last of a run that is copied; or new rows
        following = -1  # the place of the briefing that would continue a run
        for row in rows:
            place = parts.place(row.id)
            if place is None:
                batch.append(self._made_of(row, files))
                following = -1
                continue
            for file in files.values():
                file.keep(place)
            if place == following and isinstance(batch[-1], tuple):
                batch[-1] = (batch[-1][0], row.id)
            else:
                batch.append((row.id, row.id))
            following = place + 1
        for table, _ in OF_BRIEFINGS:
            for some in batch:
                if isinstance(some, tuple):
                    database.copy(table, *some)
                else:
                    database.add(table.name, some[table.name])

    def _made_of(self, row: Row, files: Mapping[str, PartsFile]) -> dict[str, list[Any]]:
        """Add the lines of a briefing to the files, and return its rows by table."""
        line = self.contract(row.id).decode()
        page = self.templates.site.briefing(row.id, up="../")
        found = Found(json.loads(line), row, page, self.archive.actors.keys())
        if FACTS in files:
            more = json.dumps({"page": page, "format": VERSION}, ensure_ascii=False)
            files[FACTS].add(f"{line.removesuffix('}')}, {more.removeprefix('{')}\n")
        tables = dict(rows_of(found))
        noted = list(web_annotations.annotate(found, tables.items())) if ANNOTATIONS in files else None
        if noted is not None:
            files[ANNOTATIONS].add(",".join(f"\n{one}" for one in noted))
        _check(found, row, tables, None if noted is None else len(noted))
        return tables

    def _write_others(self, database: Database, parts: Parts) -> None:
        """Write what is read from the database or from the archive as a whole."""
        site, work = self.templates.site, self.work
        ordered = sorted(self.archive.rows, key=lambda row: row.id)
        if "csv" in self.parts:
            self._write_csv(database, parts)
        if "parquet" in self.parts - self.skipped:
            write_parquet(database, work / "parquet")
        texts: dict[str, Callable[[], Iterable[str]]] = {
            "facts.schema.json": lambda: [facts_schema()],
            "metadata.json": lambda: [datasette(self.about)],
            "entities.ftm.json": lambda: (
                json.dumps(e, ensure_ascii=False) + "\n"
                for e in statements_of_briefings(database, self.archive, site.url)
            ),
            "citations.json": lambda: [_csl(ordered, self.templates)],
            "citations.bib": lambda: (exports.bibtex(row, site) + "\n" for row in ordered),
            "citations.ris": lambda: (exports.ris(row, site) + "\r\n" for row in ordered),
        }
        paths = {*self.paths}
        for name, write in texts.items():
            if name in paths:
                _write(work / name, write())
        if "network" in self.parts:
            for name, text in network.data_files(self.archive, self.base).items():
                _write(work / name, [text])

    def _write_csv(self, database: Database, parts: Parts) -> None:
        folder = self.work / "csv"
        folder.mkdir()
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            if not table.rows:
                _write(path, [csv_head(table), for_spreadsheets(table, database.rows(table.name))])
                continue
            with parts.file(f"csv/{path.name}", path, csv_head(table)) as file:
                for name in sorted(self.archive.by_id):
                    if (place := parts.place(name)) is not None:
                        file.keep(place)
                    else:
                        file.add(for_spreadsheets(table, database.rows(table.name, name)))


def _write(path: Path, texts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)


def _csl(rows: Sequence[Row], templates: Templates) -> str:
    entries = [json.dumps(exports.csl_entry(row, templates.site), ensure_ascii=False) for row in rows]
    return "[\n" + ",\n".join(entries) + "\n]\n"


def _check(found: Found, row: Row, tables: dict[str, list[Any]], annotated: int | None) -> None:
    """Raise ValueError if a page, a line of JSON, the tables or the annotations have another number of facts."""
    total = 0
    for kind in KINDS:
        count = len(found.facts.get(kind.key, ()))
        total += count
        shown = len(kind.rows_of(row)) if kind.row else count
        if not count == shown == len(tables[kind.key]):
            numbers = f"{count} in JSON, {shown} on its page, {len(tables[kind.key])} in the table"
            raise ValueError(f"{found.id}: not the same number of {kind.plural}: {numbers}")
    if annotated not in (None, total):
        raise ValueError(f"{found.id}: {total} facts and {annotated} annotations")


# --- pages ------------------------------------------------------------------------------------


def data_pages(data: Data, fingerprint: str) -> Iterator[Page | LazyPage | DataFile]:
    """Yield the page and the files. `fingerprint` is that of all briefings, the registry and the program."""
    of = digest(fingerprint, *sorted(data.parts), *sorted(data.skipped)) if fingerprint else ""
    yield LazyPage(f"{FOLDER}/index.md", of, partial(data_page, data))
    for name in data.paths:
        yield DataFile(f"{FOLDER}/{name}", of, partial(_move, data, name))


def _move(data: Data, name: str, path: Path) -> None:
    found = data.made[name]
    shutil.move(data.work / found.path, path)


def data_page(data: Data) -> Page:
    return data.templates.page(
        f"{FOLDER}/index.md",
        "data.md.j2",
        {"title": "Data", "description": "All facts of the archive for download, each with its exact words."},
        offers=[(offer, _files(offer, data.made)) for offer in OFFERS if data.offers(offer)],
        tables=TABLES,
        views=VIEWS,
        rows={Path(name).stem: made.rows for name, made in data.made.items() if made.rows is not None},
        parts=data.parts - data.skipped,
        skipped=data.skipped,
        version=VERSION,
    )


def _files(offer: Offer, made: dict[str, Made]) -> list[Made]:
    if offer.path.endswith("/"):
        return [found for name, found in made.items() if name.startswith(offer.path)]
    return [made[offer.path]]


def query_page(data: Data, fingerprint: str) -> Iterator[LazyPage]:
    """Yield `data/sql/`, which queries the database in the browser, if the archive publishes one.

    `fingerprint` is that of the data.
    """
    path = "data/sql.md"
    if "database" in data.parts:
        meta = {"title": "Query the data", "description": "Ask the database of this archive with SQL, in your browser."}

        def make() -> Page:
            size = data.made["archive.sqlite"].size
            return data.templates.page(path, "sql.md.j2", meta, questions=QUESTIONS, size=size)

        yield LazyPage(path, digest(fingerprint, path) if fingerprint else "", make)

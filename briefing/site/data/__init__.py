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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any, get_args

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
from briefing.site.data.formats import datapackage, datasette, facts_schema, parquet_writer, write_tables
from briefing.site.data.tables import TABLES, VERSION, VIEWS, Found, archive_rows, rows_of
from briefing.site.publish import hash_of
from briefing.site.templates import Templates

FOLDER = "data"
BATCH = 50  # briefings whose rows are added to the database at once
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
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        if self.skipped:
            LOG.log(
                logging.INFO if self.parts == {*get_args(DataPart)} else logging.WARNING,  # is it asked for by name?
                "data/parquet is not written: DuckDB is not installed. Install it with the extra `data`, as in "
                "pip install 'briefing-archive[data]', or leave `parquet` out of the setting `data`.",
            )
        with Database(self.work / "archive.sqlite") as database:
            self._write_briefings(database)
            database.finish()
            rows = {table.name: database.count(table.name) for table in TABLES}
            self._write_others(database)
        made: dict[str, Made] = {}
        for name in (name for name in self.paths if name != "datapackage.json"):
            path = self.work / name
            count = rows[path.stem] if path.parent != self.work else None
            made[name] = Made(name, path.stat().st_size, hash_of(path), count)
        types = {offer.path: offer.type for offer in OFFERS}
        described = [
            {"path": m.path, "mediatype": types.get(m.path) or types[m.path.partition("/")[0] + "/"]}
            | {"bytes": m.size, "hash": f"sha256:{m.hash}"}
            for m in made.values()
        ]
        package = self.work / "datapackage.json"
        package.write_text(datapackage(self.about, described), encoding="utf-8")
        return made | {package.name: Made(package.name, package.stat().st_size, hash_of(package), None)}

    def _write_briefings(self, database: Database) -> None:
        """Write what is of one briefing each, and check that all have the same facts."""
        for name, rows in archive_rows(self.archive, self.base, self.about):
            database.add(name, rows)
        site = self.templates.site
        before = 0  # annotations written
        waiting: dict[str, list[Any]] = {}
        with ExitStack() as stack:
            lines = self._open(stack, "facts.jsonl", "facts")
            annotated = self._open(stack, "annotations.jsonld", "annotations")
            if annotated:
                annotated.write(web_annotations.head(f"{site.url}{FOLDER}/annotations.jsonld" if site.url else ""))
            for number, row in enumerate(sorted(self.archive.rows, key=lambda row: row.id), 1):
                line = self.contract(row.id).decode()
                page = site.briefing(row.id, up="../")
                found = Found(json.loads(line), row, page, self.archive.actors.keys())
                if lines:
                    more = json.dumps({"page": page, "format": VERSION}, ensure_ascii=False)
                    lines.write(f"{line.removesuffix('}')}, {more.removeprefix('{')}\n")
                tables = list(rows_of(found))
                if annotated:
                    noted = list(web_annotations.annotate(found, tables))
                    annotated.writelines(f"{',' if n else ''}\n{one}" for n, one in enumerate(noted, before))
                    before += len(noted)
                _check(found, row, dict(tables), len(noted) if annotated else None)
                for name, facts in tables:
                    waiting.setdefault(name, []).extend(facts)
                if number % BATCH == 0 or number == len(self.archive.rows):
                    for name, rows in waiting.items():
                        database.add(name, rows)
                    waiting.clear()
            if annotated:
                annotated.write(web_annotations.END)

    def _open(self, stack: ExitStack, name: str, part: DataPart) -> IO[str] | None:
        path = self.work / name
        return stack.enter_context(path.open("w", encoding="utf-8", newline="")) if part in self.parts else None

    def _write_others(self, database: Database) -> None:
        """Write what is read from the database or from the archive as a whole."""
        site, work = self.templates.site, self.work
        write_tables(
            database,
            work / "csv" if "csv" in self.parts else None,
            work / "parquet" if "parquet" in self.parts - self.skipped else None,
        )
        ordered = sorted(self.archive.rows, key=lambda row: row.id)
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

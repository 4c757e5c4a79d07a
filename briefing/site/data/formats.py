"""Write the tables of the database in other formats, and describe them: all of it follows from `tables.py`.

CSV is for spreadsheets: a text that one of them would read as a formula begins with an apostrophe. Parquet has the
exact words. DuckDB writes it (the extra `data`): see decisions/data.md.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from briefing import escape
from briefing.facts.kinds import FactKind
from briefing.site.data.database import Database
from briefing.site.data.tables import BY_NAME, FACT_TABLES, TABLES, VERSION, VIEWS, Table, Type, Value

# --- CSV and Parquet --------------------------------------------------------------------------

DUCKDB: dict[Type, str] = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
ROW_GROUP = 50_000  # rows that DuckDB keeps in memory
READ = "header=true, quote='\"', escape='\"', nullstr='', auto_detect=false, parallel=false, max_line_size=10000000"


def parquet_writer() -> bool:
    """Tell whether Parquet can be written here."""
    return find_spec("duckdb") is not None


def csv_head(table: Table) -> str:
    """Return the first line of a table, which names its columns."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([column.name for column in table.columns])
    return out.getvalue()


def for_spreadsheets(table: Table, rows: Iterable[Sequence[Value]]) -> str:
    """Return rows of a table as lines of CSV."""
    out = io.StringIO()
    _write_rows(out, table, _without_formulas(table, rows))
    return out.getvalue()


def _write_rows(file: IO[str], table: Table, rows: Iterable[Sequence[Value]]) -> None:
    yes_no = [at for at, column in enumerate(table.columns) if column.type == "boolean"]
    csv.writer(file, lineterminator="\n").writerows(_with_words(rows, yes_no) if yes_no else rows)


def _with_words(rows: Iterable[Sequence[Value]], yes_no: Sequence[int]) -> Iterator[Sequence[Value]]:
    for row in rows:
        row = list(row)
        for at in yes_no:
            row[at] = None if row[at] is None else "true" if row[at] else "false"
        yield row


def _without_formulas(table: Table, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    texts = [at for at, column in enumerate(table.columns) if column.type == "text"]
    for row in rows:
        if any(row[at] and escape.is_formula(str(row[at])) for at in texts):
            row = [escape.cell(value) if isinstance(value, str) else value for value in row]
        yield row


def write_parquet(database: Database, folder: Path) -> None:
    """Write each table by way of a file of its exact words: adding rows to DuckDB one by one takes minutes."""
    import duckdb

    folder.mkdir(parents=True)
    exact = folder / "exact.csv"
    with duckdb.connect(config={"threads": 1, "memory_limit": "500MB"}) as engine:
        for table in TABLES:
            with exact.open("w", encoding="utf-8", newline="") as file:
                file.write(csv_head(table))
                _write_rows(file, table, database.rows(table.name))
            columns = ", ".join(f"'{c.name}': '{DUCKDB[c.type]}'" for c in table.columns)
            engine.execute(
                f"COPY (SELECT * FROM read_csv({_quoted(exact)}, columns={{{columns}}}, {READ})) "
                f"TO {_quoted(folder / f'{table.name}.parquet')} "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
            )
    exact.unlink()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


# --- descriptions -----------------------------------------------------------------------------


def datapackage(about: Mapping[str, str], files: Iterable[dict[str, Any]]) -> str:
    """Describe files (`path`, `bytes`, `hash`, `mediatype`) as a Frictionless data package; those of tables with their
    columns."""
    resources = []
    for file in files:
        name = file["path"].replace("/", "-").replace(".", "-").lower()
        table = BY_NAME.get(Path(file["path"]).stem) if file["path"].endswith(".csv") else None
        more = _tabular(table) if table else {"profile": "data-resource", "type": "file"}
        resources.append({"name": table.name if table else name} | file | more)
    package = {
        "profile": "data-package",
        "name": "briefing-archive",
        "title": about["name"],
        "homepage": about["address"],
        "version": VERSION,
        "resources": resources,
    }
    return json.dumps({key: value for key, value in package.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _tabular(table: Table) -> dict[str, Any]:
    named = {"text": "string"}
    columns = [
        {"name": c.name, "type": named.get(c.type, c.type), "description": c.description}
        | ({"constraints": {"required": True}} if c.required else {})
        for c in table.columns
    ]
    required = {c.name for c in table.columns if c.required}
    single = [((c.name,), c.to, ("id",)) for c in table.columns if c.to]
    keys = [
        {"fields": list(own), "reference": {"resource": "" if to == table.name else to, "fields": list(its)}}
        for own, to, its in (*single, *table.refers)
        if len(own) == 1 or required.issuperset(own)  # with an empty part, the format has no rule for them
    ]
    schema = {"fields": columns, "missingValues": [""], "primaryKey": list(table.key), "foreignKeys": keys}
    return {
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "encoding": "utf-8",
        "schema": {key: value for key, value in schema.items() if value or key == "missingValues"},
    }


def datasette(about: Mapping[str, str]) -> str:
    """Return Datasette's metadata: what tables and columns mean, facets, and units of search."""
    tables: dict[str, Any] = {
        table.name: {
            "description": table.description,
            "columns": {c.name: c.description for c in table.columns if c.description},
        }
        | ({"facets": list(table.facets)} if table.facets else {})
        | LABELS.get(table.name, {})
        for table in TABLES
    }
    for view in VIEWS:
        facets = {"facets": list(view.facets)} if view.facets else {}
        tables[view.name] = {"description": view.description} | facets
    database = {"description": "Facts from news briefings, each with its exact words.", "tables": tables}
    if about["address"]:
        database |= {"source": about["name"], "source_url": about["address"]}
    return json.dumps({"title": about["name"], "databases": {"archive": database}}, ensure_ascii=False, indent=1) + "\n"


LABELS: dict[str, dict[str, Any]] = {
    "actors": {"label_column": "name", "sort_desc": "briefings"},
    "briefings": {"label_column": "title", "sort_desc": "published"},
    "topics": {"label_column": "name"},
    "sentences": {"fts_table": "sentences_fts", "fts_pk": "rowid"},
}

# --- JSON Schema of facts.jsonl ---------------------------------------------------------------

SPAN = {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 0}}
TEXT, MAYBE = {"type": "string"}, {"type": ["string", "null"]}
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FACT_ID = {"type": "string", "pattern": "^[0-9a-f]{10}$"}


def _object(properties: Mapping[str, Any], optional: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    """Return the schema of an object. Further keys are allowed: later versions add some."""
    return {
        "type": "object", "properties": dict(properties),
        "required": [key for key in properties if key not in optional], **more,
    }  # fmt: skip


def _list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(of)}


def facts_schema() -> str:
    """Return the JSON Schema of a line of `facts.jsonl`."""
    words = {"value": TEXT, "basis": TEXT}
    mention = _object(SPAN | {"how": TEXT})
    actor = {"id": TEXT, "name": TEXT, "kind": TEXT, "status": TEXT, "mentions": _list(mention)}
    facts = {table.kind.key: _list(_fact(table, table.kind)) for table in FACT_TABLES if table.kind}
    maybe_span = {key: {"type": ["integer", "null"]} for key in SPAN}
    correction = {"fact": TEXT, "kind": TEXT, "action": TEXT, "words": TEXT}
    properties = {
        "id": TEXT,
        "source": TEXT,
        "sha256": HASH,
        "title": _object(words),
        "published": _object(words | {"edtf": MAYBE} | {"value": {}}, ("value",)),
        "publisher": MAYBE,
        "url": MAYBE,
        "language": MAYBE,
        "text": TEXT,
        "removed": _list(_object(SPAN | {"rule": TEXT, "reason": TEXT})),
        "sentences": _list(_object({"id": {"type": "string", "pattern": "^s[0-9]+$"}} | SPAN)),
        "actors": _list(_object(actor)),
        **facts,
        "topics": _list(TEXT),
        "notes": _list(_object({"code": TEXT, "severity": TEXT, "message": TEXT} | maybe_span)),
        "corrections": _list(_object(correction)),
        "rights": {"const": "excerpts"},
        "page": TEXT,
        "format": {"const": VERSION},
    }
    always = {"roles", "statements", "figures", "dates", "events", "key_facts"}
    optional = [*(facts.keys() - always), "corrections", "rights"]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A briefing as a line of facts.jsonl",
        "description": "`start` and `end` count Unicode code points of `text`: text[start:end] is the evidence.",
        **_object(properties, sorted(optional)),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _fact(table: Table, kind: FactKind[Any]) -> dict[str, Any]:
    """Return the schema of a fact: that of the plain columns of its table, and of its lists and places."""
    evidence = {"id": FACT_ID, **SPAN}
    if kind.name == "statement":
        part = _object(SPAN)
        nested = {
            "speaker": {"anyOf": [{"type": "null"}, _object({"actor": MAYBE} | SPAN)]},
            "cue": {"anyOf": [{"type": "null"}, part]},
            "content": _list(part),
            "about": _list(TEXT),
        }
        return _object({"id": FACT_ID, "form": TEXT, "hedged": {"type": "boolean"}, "rule": TEXT} | nested)
    own = {
        c.name: {"type": _json(c.type)} if c.required else {"type": [_json(c.type), "null"]}
        for c in table.columns
        if c.value is None and c.name not in ("id", "rule", "rank", "start", "end")
    }
    more = {"actors": _list(TEXT)} if kind.name == "event" else {}
    rule = {} if kind.name == "key-fact" else {"rule": TEXT}
    return _object(evidence | own | more | rule)


def _json(type_: Type) -> str:
    return "string" if type_ == "text" else type_

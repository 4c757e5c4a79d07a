"""Write the tables as one SQLite database, the same bytes for the same archive.

    with Database(path) as database:
        database.add("briefings", rows)
        database.finish()

Foreign keys are declared and checked. `sentences_fts` searches the sentences (FTS5). The file can be read by any SQLite
since 3.9 and needs no extension.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from briefing.site.data.tables import BY_NAME, TABLES, VERSION, VIEWS, Table, Type, Value

SQL: dict[Type, str] = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN"}
PAGE_SIZE = 4096  # bytes; what is read at once from a database on a web server
APPLICATION = 0x42415243  # "BARC": how `file` and others recognise the database
WRITTEN_BY = 96  # place in the file where SQLite notes its own version, which means nothing to readers
SEARCH = """CREATE VIRTUAL TABLE sentences_fts USING fts5(
  text, content="sentences", content_rowid="rowid", tokenize="unicode61 remove_diacritics 2")"""


class Database:
    """A new database, without indexes until it is finished."""

    def __init__(self, path: Path, before: Path | None = None) -> None:
        """`before` is an earlier one, from which `copy` takes rows."""
        self.path = path
        path.unlink(missing_ok=True)
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rwc", uri=True, isolation_level=None)
        if before:
            self._db.execute("ATTACH ? AS before", (f"{before.absolute().as_uri()}?mode=ro&immutable=1",))
        for pragma in (
            f"page_size={PAGE_SIZE}", "journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE",
            "cache_size=-65536", f"application_id={APPLICATION}", f"user_version={int(VERSION.partition('.')[0])}",
        ):  # fmt: skip
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("BEGIN")
        for table in TABLES:
            self._db.execute(table_sql(table))
        self._inserts = {t.name: f"INSERT INTO {t.name} VALUES ({', '.join('?' * len(t.columns))})" for t in TABLES}

    def add(self, table: str, rows: Iterable[Sequence[Value]]) -> None:
        self._db.executemany(self._inserts[table], rows)

    def copy(self, table: Table, first: str, last: str) -> None:
        """Take over the rows of all briefings from the first to the last, in the order in which they were added."""
        self._db.execute(
            f"INSERT INTO main.{table.name} SELECT * FROM before.{table.name} "
            f'WHERE "{table.briefing}" BETWEEN ? AND ? ORDER BY rowid',
            (first, last),
        )

    def finish(self) -> None:
        """Add indexes, search and views; raise ValueError if a row refers to one that is not there."""
        for table in TABLES:
            for index in indexes_sql(table):
                self._db.execute(index)
        self._db.execute(SEARCH)
        self._db.execute("INSERT INTO sentences_fts(sentences_fts) VALUES ('rebuild')")
        self._db.execute("INSERT INTO sentences_fts(sentences_fts) VALUES ('optimize')")
        for view in VIEWS:
            self._db.execute(f"CREATE VIEW {view.name} AS\n{view.sql}")
        if broken := self._db.execute("PRAGMA main.foreign_key_check").fetchone():
            raise ValueError(f"row {broken[1]} of {broken[0]} refers to a row of {broken[2]} that is not there")
        self._db.execute("COMMIT")
        self._db.execute("ANALYZE main")

    def rows(self, table: str, briefing: str | None = None) -> Iterator[tuple[Value, ...]]:
        """Yield the rows of a table, or of one briefing in it, in the order in which they were added."""
        columns = ", ".join(f'"{column.name}"' for column in BY_NAME[table].columns)
        only = "" if briefing is None else f'WHERE "{BY_NAME[table].briefing}" = ?'
        values = () if briefing is None else (briefing,)
        yield from self._db.execute(f"SELECT {columns} FROM main.{table} {only} ORDER BY rowid", values)

    def count(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def ask(self, sql: str, values: Sequence[Value] = ()) -> Iterator[tuple[Any, ...]]:
        yield from self._db.execute(sql, values)

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        if error is None:
            with self.path.open(
                "r+b"
            ) as file:  # else the same archive would have other bytes after an update of SQLite
                file.seek(WRITTEN_BY)
                file.write((0).to_bytes(4, "big"))


def table_sql(table: Table) -> str:
    lines = [f'  "{c.name}" {SQL[c.type]}{" NOT NULL" if c.required else ""}' for c in table.columns]
    lines.append(f"  PRIMARY KEY ({_names(table.key)})")
    lines += [f'  FOREIGN KEY ("{c.name}") REFERENCES {c.to} ("id")' for c in table.columns if c.to]
    lines += [f"  FOREIGN KEY ({_names(own)}) REFERENCES {to} ({_names(its)})" for own, to, its in table.refers]
    return f"CREATE TABLE {table.name} (\n" + ",\n".join(lines) + "\n)"


def indexes_sql(table: Table) -> Iterator[str]:
    """Yield what makes a table fast to search by its references and by columns that are often asked for."""
    for column in table.columns:
        if (column.to or column.indexed) and table.key[0] != column.name:
            yield f'CREATE INDEX {table.name}_{column.name} ON {table.name} ("{column.name}")'


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)

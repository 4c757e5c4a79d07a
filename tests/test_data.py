"""The files of `data/`: read by the programs they are meant for, equal to each other, and written only if new."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import re
import sqlite3
import warnings
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import networkx
import pytest
import rispy
from pybtex.database import parse_string

from briefing.facts import KINDS
from briefing.model import LazyPage
from briefing.site import data as data_files
from briefing.site import data_pages
from briefing.site.data import QUESTIONS as READY
from briefing.site.data.tables import BY_NAME, FACT_TABLES, TABLES, VERSION, VIEWS
from briefing.site.facts_json import WITHHELD
from briefing.site.publish import write_pages
from tests.example_data import PARTS, Made, archive, briefings, data_of, example_data

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    pytest.importorskip("duckdb")
    return example_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def database(made: Made) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(f"file:{made.data / 'archive.sqlite'}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    yield db
    db.close()


def facts_of(made: Made) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (made.data / "facts.jsonl").read_text(encoding="utf-8").splitlines()]


def table(made: Made, name: str) -> list[dict[str, str]]:
    with (made.data / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- numbers and evidence ---------------------------------------------------------------------


def test_every_format_has_the_facts_of_the_pages(made: Made, database: sqlite3.Connection) -> None:
    pages = Counter({kind.name: sum(len(kind.of(one)) for one in briefings().values()) for kind in KINDS})
    shown = {k.name: sum(len(k.rows_of(row)) for row in archive().rows) for k in KINDS if k.row}
    assert shown.items() <= pages.items()
    assert sum(pages.values()) > 60
    lines = facts_of(made)
    annotations = json.loads((made.data / "annotations.jsonld").read_text(encoding="utf-8"))["items"]
    found = [
        {kind.name: sum(len(line.get(kind.key, ())) for line in lines) for kind in KINDS},
        {t.kind.name: database.execute(f"SELECT count(*) FROM {t.name}").fetchone()[0] for t in FACT_TABLES},
        dict(database.execute("SELECT kind, count(*) FROM facts GROUP BY kind").fetchall()),
        {t.kind.name: len(table(made, t.name)) for t in FACT_TABLES},
        Counter(one["body"]["value"] for one in annotations),
    ]
    assert [{name: count for name, count in one.items() if count} for one in found] == [+pages] * len(found)
    assert len(lines) == len(archive().rows) == len(table(made, "briefings"))


def test_every_row_of_a_fact_carries_its_evidence(made: Made, database: sqlite3.Connection) -> None:
    texts = {line["id"]: line for line in facts_of(made)}
    pages = {line["id"]: line["page"] for line in texts.values()}
    places = set()
    for fact in database.execute("SELECT * FROM facts"):
        line = texts[fact["briefing"]]
        assert line["text"][fact["start"] : fact["end"]] == fact["words"]
        assert fact["source_sha256"] == line["sha256"]
        assert fact["page"] == f"{pages[fact['briefing']]}#e-{fact['id']}"
        sentence = line["sentences"][fact["sentence"] - 1]
        assert sentence["start"] <= fact["start"] < sentence["end"] or fact["kind"] == "statement"
        places.add(fact["page"])
    named = (places, {a["id"] for a in json.loads((made.data / "annotations.jsonld").read_text())["items"]})
    assert named[0] == named[1]


def test_ids_are_those_of_the_contract(made: Made) -> None:
    for line in facts_of(made):
        source = briefings()[line["id"]]
        for kind in KINDS:
            assert [fact["id"] for fact in line.get(kind.key, [])] == [fact.id for fact in kind.of(source)]


def test_excerpts_withhold_all_but_sentences_with_facts(made: Made, database: sqlite3.Connection) -> None:
    whole = {id: one.article.text for id, one in briefings().items()}
    for line in facts_of(made):
        text = whole[line["id"]]
        assert len(line["text"]) == len(text)
        assert all(a in (b, WITHHELD) for a, b in zip(line["text"], text, strict=True))
        excerpts = briefings()[line["id"]].article.source.meta.rights == "excerpts"
        assert (WITHHELD in line["text"]) is (line.get("rights") == "excerpts") is excerpts
    withheld = "=SUM(A1) is no fact"
    assert withheld in whole["2018/refining"]
    for path in (path for path in made.data.rglob("*") if path.suffix in {".jsonl", ".jsonld", ".json", ".csv"}):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "2018/refining" in line]
        assert not [line for line in lines if withheld in line], path
    rows = database.execute("SELECT text FROM sentences WHERE briefing = '2018/refining'").fetchall()
    assert [row["text"] is None for row in rows] == [True, False, True]
    assert not database.execute("SELECT count(*) FROM facts WHERE words LIKE ?", [f"%{WITHHELD}%"]).fetchone()[0]


# --- SQL --------------------------------------------------------------------------------------

SHARE = """SELECT published, publisher, value, sentence_text, page FROM figures_in_context
    WHERE subject_name = 'China' AND unit = 'percent' AND sentence_text LIKE '%refin%' ORDER BY published"""
SINCE = """SELECT published, speaker_name, about_name, cue_words, words, sentence_text, page
    FROM who_said_what_about_whom WHERE published_year >= 2020 ORDER BY published, speaker_name, about_name"""


def test_two_questions_are_answered_by_one_statement_each(database: sqlite3.Connection) -> None:
    shares = [tuple(row) for row in database.execute(SHARE)]
    assert [(row[0], row[1], row[2]) for row in shares] == [
        ("2018", "The Ore Post", 55.0), ("2021-07-01", "The Ore Post", 62.0), ("2022-02-03", "The Ore Post", 60.0)
    ]  # fmt: skip
    assert shares[1][3] == "The Ore Agency said China refined 62 percent of the world's zinc in 2021."
    assert re.fullmatch(r"https://archive\.example/briefings/2021/refining/#e-[0-9a-f]{10}", shares[1][4])
    said = [tuple(row) for row in database.execute(SINCE)]
    assert ("2021-07-01", "Ore Agency", "China") in {row[:3] for row in said}
    assert all((row[0] or "2020") >= "2020" and row[5] and "#e-" in row[6] for row in said)


def test_a_statement_stands_with_its_verb(database: sqlite3.Connection) -> None:
    """Words that somebody denied must not look like words that somebody said."""
    for view in ("who_said_what", "who_said_what_about_whom"):
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({view})")]
        assert columns[-1] == "cue_words", "new columns come last"
        verbs = database.execute(
            f"SELECT v.cue_words, s.cue_words FROM {view} v JOIN statements s USING (briefing, id)"
        ).fetchall()
        assert any(row[0] for row in verbs)
        assert all(row[0] == row[1] for row in verbs)
    for question in READY:
        if re.search(r"SELECT[^;]*\bwords\b[^;]*FROM who_said", question.sql):
            assert "cue_words, words" in question.sql


def test_the_questions_are_on_the_page(made: Made) -> None:
    text = " ".join(
        (made.data / "index.md").read_text(encoding="utf-8").replace("&#39;", "'").replace("&gt;", ">").split()
    )
    assert "subject_name = 'China' AND unit = 'percent' AND sentence_text LIKE '%refin%'" in text
    assert "FROM who_said_what_about_whom WHERE published_year >= 2020" in text


def test_database_is_sound_and_search_finds_sentences(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert not database.execute("PRAGMA foreign_key_check").fetchall()
    assert database.execute("PRAGMA user_version").fetchone()[0] == 1
    match = (
        "SELECT briefing FROM sentences WHERE rowid IN (SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH ?)"
    )
    assert {row[0] for row in database.execute(match, ["zinc"])} == {"2018/refining", "2021/refining", "2022/refining"}
    for view in VIEWS:
        assert database.execute(f"SELECT count(*) FROM {view.name}").fetchone()[0], view.name
    filled = {t.name: database.execute(f"SELECT count(*) FROM {t.name}").fetchone()[0] for t in TABLES}
    assert {name for name, count in filled.items() if not count} <= {"votes"}


def test_columns_are_described_and_names_are_plain() -> None:
    for one in TABLES:
        assert one.description
        assert not [c.name for c in one.columns if not c.description]
        assert not [c.name for c in one.columns if not re.fullmatch("[a-z][a-z0-9_]*", c.name)]
        assert {*one.key, *one.facets} <= {c.name for c in one.columns}
        assert {c.to for c in one.columns if c.to} <= BY_NAME.keys()


# --- readers ----------------------------------------------------------------------------------


def in_thread(ask: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run a coroutine in a thread of its own: a browser's test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, ask()).result()


def test_datasette_serves_the_database_and_its_facets_answer(made: Made) -> None:
    datasette = pytest.importorskip("datasette.app")
    metadata = json.loads((made.data / "metadata.json").read_text(encoding="utf-8"))

    async def ask() -> list[Any]:
        app = datasette.Datasette([str(made.data / "archive.sqlite")], metadata=metadata, immutables=[])
        await app.invoke_startup()
        answers = []
        for path in ("/archive/figures.json?_facet=unit&_shape=objects", "/archive/sentences.json?_search=zinc",
                     "/archive/who_said_what.json?_facet=speaker_name", "/archive/figures", "/archive"):  # fmt: skip
            answer = await app.client.get(path)
            assert answer.status_code == 200, path
            answers.append(answer.json() if ".json" in path else answer.text)
        return answers

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figures, found, said, page, index = in_thread(ask)
    units = {one["value"]: one["count"] for one in figures["facet_results"]["unit"]["results"]}
    assert units["percent"] == 3
    assert found["filtered_table_rows_count"] == 3
    assert {one["value"] for one in said["facet_results"]["speaker_name"]["results"]} >= {"Ore Agency", "Anna Kessowa"}
    assert "What the amount is per" in page
    assert "Statements that are about an actor" in index or "who_said_what_about_whom" in index


def test_follow_the_money_accepts_every_entity(made: Made) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("followthemoney")
        from followthemoney import model
    entities = [json.loads(line) for line in (made.data / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]
    schemas = {one["id"]: one["schema"] for one in entities}
    assert len(schemas) == len(entities)
    for one in entities:
        proxy = model.get_proxy(one, cleaned=False)
        proxy.schema.validate(one)
        for name, values in one["properties"].items():
            assert len(proxy.get(name)) == len(set(values)), (one["id"], name, values)
            of = proxy.schema.get(name)
            if of.range:
                assert all(model.get(schemas[value]).is_a(of.range) for value in values), (one["id"], name)
    counts = Counter(schemas.values())
    assert counts["Article"] == len(briefings())
    assert counts.keys() >= {
        "Person",
        "Organization",
        "Territory",
        "Mention",
        "UnknownLink",
        "Occupancy",
        "Position",
        "Event",
    }


def _weights(graph: Any) -> Any:
    return graph.edges(data="briefings")


def test_networkx_reads_both_graphs_with_equal_counts(made: Made) -> None:
    graphs = [networkx.read_gexf(made.data / "network.gexf"), networkx.read_graphml(made.data / "network.graphml")]
    nodes, edges = zip(
        *((sorted(g.nodes(data="kind")), sorted(g.edges(data="briefings"))) for g in graphs), strict=True
    )
    assert nodes[0] == nodes[1]
    assert edges[0] == edges[1]
    assert edges[0]
    ties = {(one, other, kind) for one, other, kind in graphs[0].edges(data="tie")}
    assert ("ore-agency", "china", "about") in ties


def test_citation_programs_read_every_briefing(made: Made) -> None:
    titles = Counter(row.title for row in archive().rows)
    bibtex = parse_string((made.data / "citations.bib").read_text(encoding="utf-8"), "bibtex").entries
    assert len(bibtex) == len(briefings())
    ris = rispy.loads((made.data / "citations.ris").read_text(encoding="utf-8"))
    assert Counter(one["title"] for one in ris) == titles
    csl = json.loads((made.data / "citations.json").read_text(encoding="utf-8"))
    assert Counter(one["title"] for one in csl) == titles
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        citeproc = pytest.importorskip("citeproc.source.json")
        assert len(citeproc.CiteProcJSON(csl)) == len(briefings())
    assert {one["id"] for one in csl} == {*bibtex} == {one["id"] for one in ris}


ANNO = json.loads((ROOT / "tests/cases/anno-context.json").read_text(encoding="utf-8"))
OA = "http://www.w3.org/ns/oa#"


def test_a_json_ld_processor_expands_the_annotations(made: Made) -> None:
    jsonld = pytest.importorskip("pyld.jsonld")

    def load(url: str, _: Any) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": ANNO}

    data = json.loads((made.data / "annotations.jsonld").read_text(encoding="utf-8"))
    (page,) = jsonld.expand(data, {"documentLoader": load})
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(items) == len(data["items"])
    texts = {line["page"]: line for line in facts_of(made)}
    for item in items:
        (target,) = item[OA + "hasTarget"]
        (source,) = target[OA + "hasSource"]
        line = texts[source["@id"]]
        assert source["https://schema.org/sha256"] == [{"@value": line["sha256"]}]
        quote, position = target[OA + "hasSelector"]
        start, end = (position[OA + name][0]["@value"] for name in ("start", "end"))
        assert quote[OA + "exact"][0]["@value"] == line["text"][start:end]
        before = quote[OA + "prefix"][0]["@value"] if OA + "prefix" in quote else ""
        assert line["text"][:start].endswith(before)
        assert WITHHELD not in json.dumps(quote, ensure_ascii=False)


def test_frictionless_validates_the_package(made: Made, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frictionless = pytest.importorskip("frictionless")
        package = frictionless.Package(str(made.data / "datapackage.json"))
        report = package.validate()
        assert report.valid, report.flatten(["title", "message"])[:5]
        (resource,) = (one for one in package.resources if one.name == "figures")
        (tmp_path / "figures.csv").write_text((made.data / resource.path).read_text().replace("62.0", "sixty"))
        schema = frictionless.Schema.from_descriptor({"fields": resource.schema.to_descriptor()["fields"]})
        wrong = frictionless.Resource(path="figures.csv", basepath=str(tmp_path), schema=schema)
        found = wrong.validate().flatten(["type", "fieldName"])
        assert ["type-error", "value"] in found, found
    described = {one["path"]: one for one in json.loads((made.data / "datapackage.json").read_text())["resources"]}
    files = {p.relative_to(made.data).as_posix() for p in made.data.rglob("*") if p.is_file()}
    assert files - described.keys() == {"index.md", "datapackage.json"}
    for name, one in described.items():
        content = (made.data / name).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_lines_of_facts_are_valid_against_their_schema(made: Made) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((made.data / "facts.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    lines = facts_of(made)
    for line in lines:
        validator.validate(line)
    for path in (
        ("figures", 0, "value"),
        ("statements", 0, "content"),
        ("sha256",),
        ("format",),
        ("dates", 0, "basis"),
    ):
        line = json.loads(json.dumps(next(one for one in lines if one["dates"])))
        inner = line
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = {}
        assert not validator.is_valid(line), path


TYPES = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


@pytest.mark.parametrize("name", [one.name for one in TABLES])
def test_pandas_and_duckdb_read_csv_and_parquet_with_the_right_types(
    made: Made, name: str, database: sqlite3.Connection
) -> None:
    duckdb, pandas = pytest.importorskip("duckdb"), pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    of = BY_NAME[name]
    columns = ", ".join(f'"{c.name}"' for c in of.columns)
    rows = [tuple(row) for row in database.execute(f"SELECT {columns} FROM {name} ORDER BY rowid")]
    parquet = made.data / "parquet" / f"{name}.parquet"
    with duckdb.connect() as engine:
        relation = engine.sql(f"SELECT * FROM '{parquet}'")
        names = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
        assert [str(t) for t in relation.types] == [names[c.type] for c in of.columns]
        assert relation.fetchall() == rows
        csv_ = engine.sql(f"SELECT * FROM read_csv('{made.data / 'csv' / name}.csv', all_varchar=false)")
        assert len(csv_.fetchall()) == len(rows)
    frame = pandas.read_parquet(parquet, dtype_backend="numpy_nullable")
    assert {c: str(t) for c, t in frame.dtypes.items()} == {c.name: TYPES[c.type] for c in of.columns}
    frame = pandas.read_csv(made.data / "csv" / f"{name}.csv", dtype={c.name: TYPES[c.type] for c in of.columns})
    assert len(frame) == len(rows)
    plain = pandas.read_csv(made.data / "csv" / f"{name}.csv", dtype_backend="numpy_nullable")
    told = {c.name for c in of.columns if c.type == "number" and plain[c.name].notna().any()}
    assert all(str(plain[c].dtype) in ("Float64", "Int64") for c in told)


def test_spreadsheets_see_no_formula(made: Made, database: sqlite3.Connection) -> None:
    assert database.execute("SELECT name FROM aliases WHERE name LIKE '=%'").fetchall()
    assert "'=HYPERLINK(1)" in {row["name"] for row in table(made, "aliases")}
    texts = {t.name: [c.name for c in t.columns if c.type == "text"] for t in TABLES}
    for name, columns in texts.items():
        assert not [row for row in table(made, name) for c in columns if row[c][:1] in tuple("=+-@\t\r")]


# --- parts, and what is written again ----------------------------------------------------------


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_same_archive_same_bytes_and_nothing_is_written_again(made: Made, tmp_path: Path) -> None:
    again = example_data(tmp_path)
    first, second = contents(made.data), contents(again.data)
    assert {name: data for name, (data, _) in first.items()} == {name: data for name, (data, _) in second.items()}
    changes = write_pages(data_pages(data_of(tmp_path / "work"), ""), tmp_path / "docs")
    assert (changes.written, changes.removed) == ((), ())
    assert contents(again.data) == second


def test_with_the_same_fingerprint_nothing_is_made(tmp_path: Path) -> None:
    data = data_of(tmp_path / "work", ("citations",))
    write_pages(data_pages(data, "same"), tmp_path / "docs")
    untouched = data_of(tmp_path / "other", ("citations",))
    changes = write_pages(data_pages(untouched, "same"), tmp_path / "docs")
    assert not changes.written
    assert not (tmp_path / "other").exists()
    assert write_pages(data_pages(data_of(tmp_path / "work", ("facts",)), "same"), tmp_path / "docs").removed


@pytest.mark.parametrize(
    "part", ["facts", "database", "csv", "parquet", "entities", "network", "annotations", "citations"]
)
def test_each_part_can_be_switched_off(part: str, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    only = data_of(tmp_path / "work", (part,))
    names = {page.path.removeprefix("data/") for page in data_pages(only, "")}
    own = {offer.path for offer in data_files.OFFERS if offer.part == part}
    assert names - {"index.md", "datapackage.json"} == {n for n in names if any(n.startswith(path) for path in own)}
    write_pages(data_pages(only, ""), tmp_path / "docs")
    assert not list((tmp_path / "docs/data").glob("*.sqlite")) or part == "database"


def test_no_data_at_all(tmp_path: Path) -> None:
    (page,) = data_pages(data_of(tmp_path / "work", ()), "")
    assert isinstance(page, LazyPage)
    assert "This archive offers no files for download." in page.text
    assert not (tmp_path / "work").exists()


def test_without_duckdb_parquet_is_left_out_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(data_files, "parquet_writer", lambda: False)
    data = data_of(tmp_path / "work", ("csv", "parquet"))
    write_pages(data_pages(data, ""), tmp_path / "docs")
    assert "pip install 'briefing-archive[data]'" in caplog.text
    assert not (tmp_path / "docs/data/parquet").exists()
    assert (
        "parquet"
        in (tmp_path / "docs/data/index.md").read_text().split("Not written in this build")[1].split("</p>")[0]
    )


def test_without_an_address_links_lead_to_the_pages_beside(tmp_path: Path) -> None:
    data = data_of(tmp_path / "work", ("facts", "database", "entities", "annotations"), url="")
    write_pages(data_pages(data, ""), tmp_path / "docs")
    lines = (tmp_path / "docs/data/facts.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["page"] for line in lines} >= {"../briefings/2021/refining/"}
    entities = (tmp_path / "docs/data/entities.ftm.json").read_text(encoding="utf-8")
    assert "../" not in entities


def test_disagreeing_numbers_stop_the_build(tmp_path: Path) -> None:
    data = data_of(tmp_path / "work", ("facts",))
    right = data.contract

    def wrong(name: str) -> bytes:
        line = json.loads(right(name))
        return json.dumps(line | {"figures": line["figures"][:-1]}).encode()

    object.__setattr__(data, "contract", wrong)
    with pytest.raises(ValueError, match="not the same number of figures"):
        assert data.made


# --- the examples of the manual ---------------------------------------------------------------

MANUAL = (ROOT / "manual" / "docs" / "data.md").read_text(encoding="utf-8")
QUESTIONS = {
    anchor: re.findall(r"^```python\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    for anchor, section in re.findall(r"^### .*?\{: #(\w+) \}\n(.*?)(?=^##)", MANUAL, re.DOTALL | re.MULTILINE)
}


@pytest.mark.parametrize("anchor", QUESTIONS)
def test_examples_of_the_manual_give_the_same_answer(made: Made, anchor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(made.data)
    answers = []
    assert len(QUESTIONS[anchor]) == 3
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        for code in QUESTIONS[anchor]:
            names: dict[str, Any] = {}
            exec(code, names)
            answers.append(sorted(tuple(row) for row in names["answer"]))
            if "database" in names:
                names["database"].close()
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]) >= 3


def test_the_manual_names_every_part_and_the_version() -> None:
    assert {part for part in PARTS if f"| `{part}` |" in MANUAL} == {*PARTS}
    assert f"`{VERSION}`" in MANUAL
    assert len(QUESTIONS) == 3

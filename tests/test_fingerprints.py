"""Fingerprints: an archive built step by step equals one built at once, and each step renders few pages."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing import pipeline
from briefing.archive import cross_link
from briefing.cache import Cache
from briefing.config import Config, load_config
from briefing.content.problems import ContentError
from briefing.git import last_changes
from briefing.model import ActorPages, DataPart
from briefing.pipeline.workspace import CACHE_FILE, open_workspace, tracked_output
from briefing.site import publish, render, search_index
from briefing.site.templates import Templates, template_hashes
from tests.conftest import ROOT

DATA: tuple[DataPart, ...] = ("facts", "csv", "database", "annotations")  # whose parts are kept
YEARS = ("2019", "2022", "2023", "2024")  # of our sources: with reprints, notes, figures, people and organisations


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    home = tmp_path_factory.mktemp("archive")
    for year in YEARS:
        shutil.copytree(ROOT / "sources" / year, home / "sources" / year)
    ours = load_config(ROOT / "mkdocs.yml", sources=home / "sources", site=home / "site")
    return replace(ours, cache=home / "cache", workers=1, data=DATA)


def lay_out(config: Config, docs: Path, actor_pages: ActorPages = "all") -> publish.Changes:
    """Run the stages of a build up to its pages."""
    config = replace(config, output=docs)
    with closing(open_workspace(config)) as workspace:
        found = pipeline.read_articles(workspace, lambda *_: None)
        if problems := [*workspace.errors, *found.problems]:
            raise ContentError(*problems)
        whole = cross_link(found.rows, workspace.registry.actors, workspace.topics, actor_pages)
        templates = pipeline._templates(config)
        pages = pipeline._pages(workspace, whole, found, templates, lambda *_: None)
        return publish.write_pages(chain(pages, pipeline._data_pages(workspace, whole, found, templates)), docs)


def contents(docs: Path) -> dict[str, bytes]:
    return {
        p.relative_to(docs).as_posix(): p.read_bytes()
        for p in docs.rglob("*")
        if p.is_file() and p.name != publish.MANIFEST
    }


def add(sources: Path) -> None:
    (sources / "2024" / "quay.md").write_text(
        "---\ntitle: Quay opens\npublished: 2024-06-02\n---\n\nPetra Quill of Marlow Metals said on 1 June that the "
        "port in China will ship 40,000 tonnes of gallium. Gina Raimondo welcomed the plan.\n"
    )


def name_again(sources: Path) -> None:
    (sources / "2023" / "quill.md").write_text(
        "---\ntitle: Quill resigns\npublished: 2023-02-01\n---\n\nPetra Quill, head of Marlow Metals, resigned.\n"
    )


def rewrite(sources: Path) -> None:
    path = sources / "2024" / "quay.md"
    path.write_text(path.read_text().replace("Quay opens", "The quay opens").replace("Gina Raimondo", "Xi Jinping"))


def date(sources: Path) -> None:
    path = sources / "2024" / "quay.md"
    path.write_text(path.read_text().replace("2024-06-02", "2022-06-02"))


def reprint(sources: Path) -> None:
    first = sorted((sources / "2024").glob("2024-07-*.md"))[0]
    words = first.read_text().replace("published: 2024-07-01", "published: 2024-07-03")
    (sources / "2024" / "reprint.md").write_text(words)


def remove(sources: Path) -> None:
    (sources / "2024" / "quay.md").unlink()
    sorted((sources / "2019").glob("*.md"))[0].unlink()


def excerpts(sources: Path) -> None:
    path = sources / "2023" / "quill.md"
    path.write_text(path.read_text().replace("published:", "rights: excerpts\npublished:"))


def correct(sources: Path) -> None:
    (sources / "2023" / "quill.facts.yaml").write_text("title: Quill gives up\npublished: 2023-02-03\n")


def put_under_a_topic(sources: Path) -> None:
    path = sources / "2023" / "quill.md"
    path.write_text(path.read_text().replace("published:", "topics: [critical-minerals]\npublished:"))


def move(sources: Path) -> None:
    path = sources / "2023" / "quill.md"
    text = path.read_text().replace("published:", "replaces: [2023/quill]\npublished:")
    (sources / "2023" / "quill-gives-up.md").write_text(text)
    path.unlink()
    (sources / "2023" / "quill.facts.yaml").rename(sources / "2023" / "quill-gives-up.facts.yaml")


STEPS: tuple[Callable[[Path], None], ...] = (
    add, name_again, rewrite, date, reprint, excerpts, correct, put_under_a_topic, move, remove,
)  # fmt: skip


def test_incremental_builds_equal_full_builds(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    page = Templates.page

    def counted(self: Templates, path: str, *rest: Any, **values: Any) -> Any:
        made.append(path)
        return page(self, path, *rest, **values)

    monkeypatch.setattr(Templates, "page", counted)
    lay_out(config, tmp_path / "grown")
    shares: dict[str, float] = {}  # of pages that each step renders
    for step in STEPS:
        step(config.sources)
        made.clear()
        changes = lay_out(config, tmp_path / "grown")
        grown = len(made)
        assert changes.written or changes.removed
        made.clear()
        lay_out(config, tmp_path / step.__name__)
        assert contents(tmp_path / "grown") == contents(tmp_path / step.__name__), step.__name__
        shares[step.__name__] = grown / len(made)
    assert shares["name_again"] < 0.2, shares  # it mentions few actors; in a small archive, a reprint mentions most
    assert max(shares.values()) < 1, shares


@pytest.fixture
def small(config: Config, tmp_path: Path) -> Config:
    """Two articles in a repository of their own, one with corrections that are not committed yet."""
    sources = tmp_path / "sources"
    (sources / "2023").mkdir(parents=True)
    (sources / "2024").mkdir()
    add(sources)
    name_again(sources)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "sources")
    git(tmp_path, "commit", "-qm", "Articles")
    (sources / "2023" / "quill.facts.yaml").write_text("add:\n  - words: Petra Quill resigned\n    kind: key-fact\n")
    text = (sources / "2023" / "quill.md").read_text()
    (sources / "2023" / "quill.md").write_text(text.replace("Quill, head of Marlow Metals, resigned", "Quill resigned"))
    return replace(config, root=tmp_path, sources=sources, cache=tmp_path / "cache")


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=Ada Verne", "-c", "user.email=ada@archive.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


SETTINGS: tuple[dict[str, Any], ...] = (
    {"rights": "excerpts"},
    {"name": "Another Archive"},
    {"url": "https://archive.example/"},
    {"description": "Of quays."},
    {"repository": "https://github.com/somebody/archive"},
    {"repository": "https://github.com/somebody/archive", "branch": "trunk"},
)


def test_changed_setting_changes_its_pages(small: Config, tmp_path: Path) -> None:
    lay_out(small, tmp_path / "docs")
    for number, setting in enumerate(SETTINGS):
        other = replace(small, **setting)
        assert lay_out(other, tmp_path / "docs").written, setting
        lay_out(replace(other, cache=tmp_path / f"cache{number}"), tmp_path / str(number))
        assert contents(tmp_path / "docs") == contents(tmp_path / str(number)), setting


def test_default_rights_apply_to_sources_without_their_own(small: Config, tmp_path: Path) -> None:
    source = small.sources / "2024" / "quay.md"
    source.write_text(source.read_text().replace("published:", "rights: full\npublished:"))
    lay_out(replace(small, rights="excerpts"), tmp_path / "docs")
    shown = contents(tmp_path / "docs")
    assert "briefings/2024/quay/facts.json" in shown
    assert "briefings/2023/quill/facts.json" not in shown


@pytest.mark.parametrize("thorough", [False, True])
def test_forged_facts_in_the_cache_are_not_published(small: Config, tmp_path: Path, thorough: bool) -> None:
    """Whoever alters the facts alone is found by the hash in the row; whoever alters that too, by the article."""
    lay_out(small, tmp_path / "docs")
    assert b"40000.0" in (tmp_path / "docs/data/facts.jsonl").read_bytes()
    with closing(open_workspace(small)) as workspace:
        key = workspace.keys["2024/quay"]
        facts, row = workspace.cache.get("facts", key), workspace.cache.get("row", key)
        assert facts
        assert row
        forged = facts.replace(b"40000.0", b"90000.0")
        workspace.cache.put("facts", key, forged)
        if thorough:
            hash_ = hashlib.sha256(forged).hexdigest().encode()
            workspace.cache.put("row", key, row[:64] + hash_ + row[pipeline.HASH :])
    with pytest.raises(pipeline.StaleCacheError):
        lay_out(small, tmp_path / ("docs" if thorough else "other"))
    assert b"90000.0" not in (tmp_path / "docs/data/facts.jsonl").read_bytes()
    assert not (tmp_path / "other/data").exists()


def test_author_of_a_correction_appears_once_committed(small: Config, tmp_path: Path) -> None:
    lay_out(small, tmp_path / "docs")
    page = tmp_path / "docs" / "briefings" / "2023" / "quill.md"
    assert "Ada Verne" not in page.read_text()
    git(tmp_path, "add", "sources")
    git(tmp_path, "commit", "-qm", "Correct")
    assert "briefings/2023/quill.md" in lay_out(small, tmp_path / "docs").written
    assert "Ada Verne" in page.read_text()


ODD_TIMES = ("253402300799", "253402300800", "9223372036854775807", "99999999999999999999", "-1", "0", "soon", "")


@pytest.mark.parametrize("time", ODD_TIMES)
def test_odd_commit_date_stops_nothing(time: str, small: Config, tmp_path: Path) -> None:
    """Whoever writes a commit chooses its date, and it lasts until history is rewritten."""
    git(tmp_path, "add", "sources")
    tree = output(tmp_path, "write-tree")
    who = f"Ada Verne <ada@archive.example> {time} +0000"
    text = f"tree {tree}\nparent {output(tmp_path, 'rev-parse', 'HEAD')}\nauthor {who}\ncommitter {who}\n\nOdd\n"
    odd = output(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text)
    git(tmp_path, "update-ref", "HEAD", odd)
    assert lay_out(replace(small, url="https://archive.example/"), tmp_path / "docs").written
    named = last_changes(tmp_path, tmp_path / "sources")
    assert all(0 <= when <= 253402300799 for when in named.values())


def output(folder: Path, *words: str, given: str = "") -> str:
    ran = subprocess.run(["git", "-C", str(folder), *words], input=given, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def test_generated_files_in_the_repository_are_refused(small: Config, tmp_path: Path) -> None:
    """A stranger's cache would decide what the site says, and a stranger's list which files are removed."""
    ours = replace(small, docs=tmp_path / "docs", output=tmp_path / "docs", site=tmp_path / "site")
    assert not list(tracked_output(ours))
    places = ("cache/archive.sqlite", "site/index.html", "docs/.generated.json", "docs/.generated/0", ".site.next/a")
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("{}")
        git(tmp_path, "add", "-f", place)
        with pytest.raises(ContentError, match="generated files are in the repository"):
            pipeline.build(ours)
        with closing(open_workspace(ours)) as workspace:
            (problem,) = workspace.errors
        assert problem.code == "tracked-output"
        subprocess.run(problem.fix, shell=True, cwd=tmp_path, check=True)
        assert (tmp_path / place).exists()
        assert not list(tracked_output(ours))


def test_unchanged_archive_renders_no_briefing_and_no_actor(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(config, tmp_path)
    page = Templates.page

    def few(self: Templates, path: str, *rest: Any, **values: Any) -> Any:
        assert path.endswith("index.md") or not path.startswith(("briefings/", "actors/")), path
        return page(self, path, *rest, **values)

    monkeypatch.setattr(Templates, "page", few)
    assert not lay_out(config, tmp_path).written


def test_changed_template_renders_every_page(config: Config, tmp_path: Path) -> None:
    shutil.copytree(config.templates, tmp_path / "templates")
    other = replace(config, templates=tmp_path / "templates")
    lay_out(other, tmp_path / "docs")
    template = tmp_path / "templates" / "actor.md.j2"
    template.write_text(template.read_text() + "\n<p>As of now</p>\n")
    assert "actors/china.md" in lay_out(other, tmp_path / "docs").written


def test_changed_template_renders_only_its_pages(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(config.templates, tmp_path / "templates")
    other = replace(config, templates=tmp_path / "templates")
    lay_out(other, tmp_path / "docs")
    template = tmp_path / "templates" / "topic.md.j2"
    template.write_text(template.read_text() + "\n<p>As of now</p>\n")
    made: list[str] = []
    page = Templates.page

    def counted(self: Templates, path: str, *rest: Any, **values: Any) -> Any:
        made.append(path)
        return page(self, path, *rest, **values)

    monkeypatch.setattr(Templates, "page", counted)
    assert all(name.startswith("topics/") for name in lay_out(other, tmp_path / "docs").written)
    assert not [name for name in made if name.startswith(("briefings/2", "actors/china", "years/"))]


TEMPLATES = {
    "plain.md.j2": "<p>Nothing else</p>",
    "first.md.j2": '{% import "_macros.j2" as m with context %}{%- include "_second.md.j2" ignore missing -%}',
    "_second.md.j2": "{% from '_third.md.j2' import x %}",
    "_third.md.j2": "",
    "parts.md.j2": '{% include "_part_" ~ name ~ ".md.j2" %}',
    "_part_one.md.j2": "",
    "either.md.j2": '{% include "_third.md.j2" if a else "plain.md.j2" %}',
    "any.md.j2": "{% include name %}",
}


@pytest.mark.parametrize(
    ("changed", "others"),
    [
        ("_macros.j2", {"first.md.j2", "either.md.j2", "any.md.j2"}),
        ("_second.md.j2", {"first.md.j2", "either.md.j2", "any.md.j2"}),
        ("_third.md.j2", {"first.md.j2", "_second.md.j2", "either.md.j2", "any.md.j2"}),
        ("_part_one.md.j2", {"parts.md.j2", "either.md.j2", "any.md.j2"}),
        ("plain.md.j2", {"either.md.j2", "any.md.j2"}),
    ],
)
def test_template_depends_on_those_that_it_names(changed: str, others: set[str], tmp_path: Path) -> None:
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text)
    before = template_hashes(tmp_path)
    (tmp_path / changed).write_text(f"{TEMPLATES.get(changed, '')}<p>new</p>")
    after = template_hashes(tmp_path)
    assert {name for name in TEMPLATES if before[name] != after[name]} == {*others, changed} & {*TEMPLATES}


# --- random edits: what is kept equals what is made anew -----------------------------------------

TEXTS = (
    "Petra Quill of Marlow Metals said on 1 June that the port in China will ship 40,000 tonnes of gallium.",
    "Jon Barrow, chief executive of Oldby Mining, resigned. Barrow met Roth in Oslo. Ms. Roth thanked him.",
    "The Ministry of Commerce banned exports of tin. Marlow Metals and the Oldby Group protested, Petra Quil said.",
    "Tariffs on antimony rose, Anna Roth told the Coast Council. “We will pay,” Roth said. China produced 60 percent.",
    "An Ort near Marlow: Dr. Roth of Roth Capital bought 12 million euros of shares in MM, the Wire reported.",
)
FILES = {
    "actors/marlow-metals.yaml": (
        "name: Marlow Metals\nkind: organisation\ncountry: norway\n",
        "name: Marlow Metals\nkind: organisation\ncountry: china\n"
        "aliases: [MM, {name: the Oldby Group, type: former}]\n",
        "name: Marlow Metal Works\nkind: organisation\naliases: [Marlow Metals]\nnote: A smelter.\n",
        "name: Tin Traders\nkind: organisation\n",  # it takes an id that pages propose
    ),
    "actors/anna-roth.yaml": (
        "name: Anna Roth\nkind: person\ncountry: norway\nroles:\n  - title: Minister of Trade\n    since: 2020\n",
        "name: Anna Roth\nkind: person\ncountry: china\nwikidata: Q42\n",
        "name: Anna Rothe\nkind: person\naliases: [Ms. Roth]\n",
    ),
    "actors/jon-barrow.yaml": (
        "name: Jonathan Barrow\nkind: person\n",
        "name: Jonathan Barrow\nkind: person\naliases: [Jon Barrow]\nreplaces: [jon-barrow-unreviewed]\n",
    ),
    "actors/roth-capital.yaml": ("name: Roth Capital\nkind: organisation\nparent: marlow-metals\n",),
    "actors/petra-quilt.yaml": ("name: Petra Quilt\nkind: person\n",),
    "topics/metals.yaml": (
        "name: Metals\nterms: [gallium, tin]\n",
        "name: Minor metals\nterms: [antimony, shares]\ndescription: Metals of which little is mined.\n",
    ),
    "topics/tariffs.yaml": (
        "name: Tariffs\nterms: [tariff, export ban]\nparent: metals\n",
        "name: Duties\nterms: [export]\n",
    ),
    "templates/topic.md.j2": ("\n<p>Of our archive</p>\n", "\n"),
}  # fmt: skip
EDITS = st.one_of(
    st.tuples(st.sampled_from(sorted(FILES)), st.integers(0, 4)),
    st.tuples(st.integers(0, 3).map(lambda n: f"sources/202{n % 2}/a{n}.md"), st.integers(0, len(TEXTS))),
    st.tuples(st.just("sources/2020/a0.facts.yaml"), st.integers(0, 2)),
)


def edit(home: Path, name: str, number: int) -> None:
    """Write the n-th content of a file; past the last one, remove it."""
    path = home / name
    if name.endswith(".facts.yaml"):
        contents = ["title: Another title\n", "topics:\n  add: [tariffs]\n"]
    elif name.startswith("sources"):
        heads = [f"---\ntitle: {text[:20]}\npublished: 2021-0{n + 1}-02\n---\n\n" for n, text in enumerate(TEXTS)]
        contents = [f"{head}{text}\n" for head, text in zip(heads, TEXTS, strict=True)]
    elif name.startswith("templates"):
        contents = [(ROOT / name).read_text() + end for end in FILES[name]]
    else:
        contents = [*FILES[name]]
    if number < len(contents):
        path.write_text(contents[number])
    elif name.startswith("templates"):
        shutil.copy(ROOT / name, path)
    else:
        path.unlink(missing_ok=True)


def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive before its first edit."""
    home = tmp_path_factory.mktemp("edited")
    shutil.copytree(ROOT / "templates", home / "templates")
    for folder in ("actors", "topics", "sources/2020", "sources/2021", "docs"):
        (home / folder).mkdir(parents=True)
    shutil.copy(ROOT / "actors" / "world" / "countries.yaml", home / "actors")
    (home / "mkdocs.yml").write_text("site_name: Quays\nrepo_url: https://github.com/quays/archive\n")
    for n in range(4):
        edit(home, f"sources/202{n % 2}/a{n}.md", n)
    return home


def keep_analyses(config: Config, other: Config) -> None:
    """Give another archive what the language model said of texts, and nothing else."""
    with closing(Cache(config.cache / CACHE_FILE)) as cache, closing(Cache(other.cache / CACHE_FILE)) as fresh:
        for (key,) in cache._run("SELECT key FROM kept WHERE kind='analysis'", ()):
            fresh.put("analysis", key, cache.get("analysis", key) or b"")


@given(st.lists(EDITS, min_size=3, max_size=9), st.sampled_from(["all", "named-twice"]))
@example([("sources/2021/a3.md", 4), ("topics/metals.yaml", 0), ("topics/metals.yaml", 3)], "all")
@example([("actors/marlow-metals.yaml", 3), ("actors/marlow-metals.yaml", 4)], "named-twice")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_edited_the_pages_are_those_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int]], actor_pages: ActorPages
) -> None:
    home = begun(tmp_path_factory)
    ours = replace(load_config(home / "mkdocs.yml"), workers=1)
    for number, (name, content) in enumerate(edits):
        edit(home, name, content)
        grown = problems_or_pages(ours, home / "grown", actor_pages)
        other = replace(ours, cache=home / f"cache{number}")
        keep_analyses(ours, other)
        assert grown == problems_or_pages(other, home / f"fresh{number}", actor_pages), (number, edits)


def problems_or_pages(config: Config, docs: Path, actor_pages: ActorPages) -> object:
    """What a build makes of an archive; the pages of one with mistakes stay as they were."""
    try:
        lay_out(config, docs, actor_pages)
    except ContentError as error:
        return [(p.path, p.code) for p in error.problems]
    return contents(docs)


@given(st.lists(EDITS, min_size=2, max_size=5), st.booleans())
@example([("topics/metals.yaml", 0), ("sources/2021/a3.md", 4), ("templates/topic.md.j2", 0)], True)
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_edited_the_site_is_that_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int]], in_place: bool
) -> None:
    """Also with search, in bundles so small that edits open and close some, and however files are published."""
    home = begun(tmp_path_factory)
    ours = replace(load_config(home / "mkdocs.yml"), workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "SMALLEST", 4)
        patch.setattr(search_index, "RECENT", 2)
        patch.setattr(render, "_few", lambda before, now: in_place)
        pipeline.build(ours)
        for name, content in edits:
            before = {path: path.read_bytes() for path in [home / name] if path.exists()}
            edit(home, name, content)
            try:
                pipeline.build(ours)
            except ContentError:  # the last state without mistakes is what both are built from
                (home / name).unlink(missing_ok=True)
                for path, data in before.items():
                    path.write_bytes(data)
        anew = tmp_path_factory.mktemp("anew") / "home"
        ignored = shutil.ignore_patterns(".cache", "site", "docs")
        shutil.copytree(home, anew, ignore=ignored)
        (anew / "docs").mkdir()
        other = replace(load_config(anew / "mkdocs.yml"), workers=1)
        keep_analyses(ours, other)
        pipeline.build(ours)
        pipeline.build(other)
    assert contents(ours.site) == contents(other.site), edits
    assert contents(ours.docs) == contents(other.docs), edits

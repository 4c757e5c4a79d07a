"""`build.py actors`: look up, suggest and add actors."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import Row
from briefing.cli import actor_verbs
from briefing.content.problems import ContentError
from briefing.registry import Registry, read_registry
from tests.builders import row, row_actor, row_name
from tests.commands import GOOD, run, write
from tests.example_briefing import example

FILES: dict[str, str | bytes] = {
    "countries.yaml": "- {id: norway, name: Norway, demonyms: Norwegian}\n- {id: chile, name: Chile}\n",
    "ministry-of-ports-of-norway.yaml": "name: Ministry of Ports of Norway\nkind: organisation\ncountry: norway\n"
    "aliases: [Ministry of Commerce]\n",
    "ministry-of-ports-of-chile.yaml": "name: Ministry of Ports of Chile\nkind: organisation\ncountry: chile\n"
    "aliases: [Ministry of Commerce]\n",
    "anna-kessowa.yaml": "name: Anna Kessowa\nkind: person\naliases: [{name: A. Kessova, type: transliteration}]\n"
    "careful: A. Kessova\nclues: harbour\nnever: Anna Kessowa Street\n",
}


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return read_registry(write(tmp_path / "actors", FILES))


def called(name: str, shown: str, id: str = "jon-barrow") -> Row:
    """A briefing that mentions one unreviewed person."""
    return row(name, actors=(row_actor(id, name=shown, called=(row_name(shown),), status="candidate"),))


@pytest.fixture
def archive(registry: Registry) -> Archive:
    rows = [called("a", "Jon Barrow"), called("b", "Jon Barrow"), called("c", "Jonn Barrow", id="jonn-barrow")]
    return cross_link([*rows, called("d", "Anna Kesowa", id="anna-kesowa")], registry.actors, ())


def said(lines: object) -> str:
    return "\n".join(lines)  # type: ignore[arg-type, call-overload]


def test_list_gives_id_kind_and_name(registry: Registry) -> None:
    assert said(actor_verbs.listed(registry, "person")) == "anna-kessowa\tperson\tAnna Kessowa"
    assert len(list(actor_verbs.listed(registry, None))) == 5


def test_show_lists_both_actors_of_an_ambiguous_name(registry: Registry) -> None:
    told = said(actor_verbs.show("ministry of commerce", registry)[1])
    assert "a name of 2 actors" in told
    assert "ministry-of-ports-of-chile" in told
    assert "ministry-of-ports-of-norway" in told
    assert "only if the article means norway" in told


def test_show_says_what_evidence_is_needed(registry: Registry) -> None:
    told = said(actor_verbs.show("A. Kessova", registry)[1])
    assert "matches its transliteration" in told
    assert "only with evidence, such as: harbour" in told
    assert "never anna-kessowa" in said(actor_verbs.show("Anna Kessowa Street", registry)[1])


def test_show_suggests_similar_names(registry: Registry) -> None:
    assert "  anna-kessowa: Anna Kessowa" in said(actor_verbs.show("Kessowa", registry)[1])
    assert "  anna-kessowa: Anna Kessowa" in said(actor_verbs.show("Anna Kesowa", registry)[1])
    assert "norway" not in said(actor_verbs.show("Norwai", registry)[1])


@pytest.mark.parametrize(
    ("name", "known", "says"),
    [
        ("anna-kessowa", True, "also called: A. Kessova"),
        ("ANNA  KESSOWA", True, "matches its name"),
        ("Kessowa, Anna", False, "Similar names"),
        ("Zzz", False, "actors suggest"),
        ("\x00", False, "not the name of a registered actor"),
    ],
)
def test_show_reports_an_unknown_name(name: str, known: bool, says: str, registry: Registry) -> None:
    found, lines = actor_verbs.show(name, registry)
    assert found is known
    assert says in said(lines)


def test_linked_prints_the_rule() -> None:
    assert said(actor_verbs.linked("Kessowa", example())).splitlines() == [
        "`Anna Kessowa` -> anna-kessowa (Anna Kessowa, registered): name",
        "`Kessowa` -> anna-kessowa (Anna Kessowa, registered): surname",
    ]
    assert "not linked to any actor" in said(actor_verbs.linked("Nobody", example()))


def test_suggest_counts_mentions_and_finds_probable_aliases(archive: Archive, registry: Registry) -> None:
    lines = said(actor_verbs.suggest(archive, registry, 10)).splitlines()
    assert lines[0].startswith("jon-barrow\tperson\t2 briefings")
    assert lines[1] == "  probable variants: Jonn Barrow (jonn-barrow)"
    assert "  same as Anna Kessowa (anna-kessowa)? If so, add it as an alias there." in lines


def test_suggest_finds_first_names_written_shorter(registry: Registry) -> None:
    rows = [
        called("a", "Jon Barrow"),
        called("b", "J. Barrow", id="j-barrow"),
        called("c", "Ivo Barrow", id="ivo-barrow"),
    ]
    lines = said(actor_verbs.suggest(cross_link(rows, registry.actors, ()), registry, 10))
    assert "  probable variants: J. Barrow (j-barrow)" in lines
    assert "Ivo Barrow (ivo-barrow)" not in lines


def test_add_writes_a_file_that_the_registry_reads(archive: Archive, registry: Registry, tmp_path: Path) -> None:
    path = actor_verbs.add("jon barrow", archive, registry, tmp_path / "actors")
    assert path.name == "jon-barrow.yaml"
    assert read_registry(tmp_path / "actors").by_id["jon-barrow"].name == "Jon Barrow"


@pytest.mark.parametrize(
    ("name", "why"),
    [("anna-kessowa", "already registered"), ("Nobody Known", "no unreviewed actor"), ("norway", "already registered")],
)
def test_add_refuses(name: str, why: str, archive: Archive, registry: Registry, tmp_path: Path) -> None:
    before = sorted((tmp_path / "actors").iterdir())
    with pytest.raises(ContentError) as caught:
        actor_verbs.add(name, archive, registry, tmp_path / "actors")
    assert why in str(caught.value.problems[0])
    assert sorted((tmp_path / "actors").iterdir()) == before


def test_add_refuses_a_name_that_is_taken(registry: Registry, tmp_path: Path) -> None:
    archive = cross_link([called("a", "A. Kessova", id="a-kessova")], registry.actors, ())
    with pytest.raises(ContentError) as caught:
        actor_verbs.add("a-kessova", archive, registry, tmp_path / "actors")
    assert "already a name of `anna-kessowa`" in str(caught.value.problems[0])


def test_two_actors_with_one_name_need_an_id(registry: Registry, tmp_path: Path) -> None:
    rows = [called("a", "Jon Barrow"), called("b", "Jon Barrow", id="jon-barrow-2")]
    with pytest.raises(ContentError) as caught:
        actor_verbs.add("Jon Barrow", cross_link(rows, registry.actors, ()), registry, tmp_path / "actors")
    assert "jon-barrow, jon-barrow-2" in str(caught.value.problems[0])


def test_actor_commands_work_together(tmp_path: Path) -> None:
    actors = write(tmp_path / "actors", FILES)
    sources = write(tmp_path / "sources", {"a.md": GOOD})
    where = ("--actors", actors, "--sources", sources)
    assert "petra-quill\tperson\t1 briefing\t" in run("actors", "suggest", *where).stdout
    added = run("actors", "add", "Petra Quill", *where)
    assert added.returncode == 0, added.stderr
    assert (actors / "people" / "petra-quill.yaml").read_text() == "name: Petra Quill\nkind: person\n"
    assert "petra-quill" in run("actors", "list", *where).stdout
    shown = run("actors", "show", "Quill", "--in", "Petra Quill spoke. Quill said nothing new.", *where).stdout
    assert "-> petra-quill (Petra Quill, registered): surname" in shown
    assert run("actors", "show", "Nobody", *where).returncode == 1
    assert run("actors", "show", "  ", *where).returncode == 2
    again = run("actors", "add", "petra-quill", *where)
    assert again.returncode == 1
    assert "nothing was written" in again.stderr

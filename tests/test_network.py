"""The network page: what it counts, where it draws, and that its data says the same."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from example_briefing import REGISTRY, TOPICS, example
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import Row, RowActor, RowName, row
from briefing.model import Actor, LazyPage, Page
from briefing.site import Site, load_templates
from briefing.site.network import DRAWN, LETTER, LINE, WIDTH, Dot, network_pages, place

TEMPLATES = load_templates(Path(__file__).parents[1] / "templates", Site("Archive", "https://archive.example/"))


def naming(name: str, *ids: str, **more: object) -> Row:
    """A row that names these actors."""
    base = replace(row(example()), id=name, statements=(), figures=(), roles=(), events=(), signature=())
    actors = tuple(
        RowActor(i, i.title(), "person", "registered", 1, ("s1",), (RowName(i, "name", 1, "s1"),)) for i in ids
    )
    return replace(base, actors=actors, **more)  # type: ignore[arg-type]


def people(*ids: str) -> list[Actor]:
    return [Actor(i, i.title(), "person") for i in ids]


def files(archive: Archive) -> dict[str, Page | LazyPage]:
    return {p.path.removeprefix("network/"): p for p in network_pages(archive, TEMPLATES)}


def table(archive: Archive) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(archive)["ties.csv"].text)))


def test_ties_are_counted_in_briefings_and_reprints_once() -> None:
    rows = [naming("a", "uma", "vic"), naming("b", "vic", "uma", "wes"), naming("c", "uma", "vic")]
    reprints = replace(cross_link(rows, people("uma", "vic", "wes"), ()), reprints={"a": ("c",), "c": ("a",)})
    for archive, weight in ((cross_link(rows, people("uma", "vic", "wes"), ()), "3"), (reprints, "2")):
        found = {(t["from"], t["to"]): t["briefings"] for t in table(archive)}
        assert found == {("uma", "vic"): weight, ("uma", "wes"): "1", ("vic", "wes"): "1"}


def test_speaking_about_has_a_direction() -> None:
    archive = cross_link([row(example())], REGISTRY, TOPICS)
    about = [(t["from"], t["to"]) for t in table(archive) if t["tie"] == "about"]
    said = {(s.actor, other) for r in archive.rows for s in r.statements if s.actor for other in s.about}
    assert set(about) <= said


def test_a_name_that_nobody_reviewed_counts_only_when_familiar() -> None:
    def rows(count: int) -> list[Row]:
        found = [naming(f"r{n}", "uma", "vic") for n in range(count)]
        return [replace(r, actors=tuple(replace(a, status="candidate") for a in r.actors)) for r in found]

    assert not table(cross_link(rows(2), (), ()))
    assert table(cross_link(rows(3), (), ()))[0]["briefings"] == "3"


def test_the_files_say_the_same() -> None:
    archive = cross_link([naming("a", "uma", "vic"), naming("b", "uma", "wes")], people("uma", "vic", "wes"), ())
    found = files(archive)
    ties = {(t["from"], t["to"], int(t["briefings"])) for t in table(archive)}
    data = json.loads(found["ties.json"].text)
    assert {(t["source"], t["target"], t["briefings"]) for t in data["links"]} == ties
    assert {n["id"]: n["page"] for n in data["nodes"]}["uma"] == "https://archive.example/actors/uma/"
    graph = ET.fromstring(found["ties.graphml"].text)
    edges = graph.findall(".//{http://graphml.graphdrawing.org/xmlns}edge")
    assert {(e.get("source"), e.get("target")) for e in edges} == {t[:2] for t in ties}


def test_a_name_is_no_formula_in_a_spreadsheet() -> None:
    registry = [Actor("uma", "=1+1", "person"), *people("vic")]
    assert table(cross_link([naming("a", "uma", "vic")], registry, ()))[0]["from_name"] == "'=1+1"


def test_every_drawn_tie_is_told_in_words() -> None:
    ids = [f"person-{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(DRAWN + 20)]
    rows = [naming(f"r{n}", *ids[n : n + 4]) for n in range(len(ids) - 3)]
    archive = cross_link(rows, people(*ids), ())
    page = files(archive)["index.md"].text
    assert page.count("<text ") <= 2 * DRAWN
    assert all(f"actors/{i}/" in page for i in ids[10:40])
    assert page == files(archive)["index.md"].text


def overlap(a: Dot, b: Dot) -> bool:
    def box(d: Dot) -> tuple[float, float, float, float]:
        half = max(d.radius, max(map(len, d.label)) * LETTER / 2)
        return d.x - half, d.y - d.radius, d.x + half, d.y + d.radius + LINE * len(d.label) - 4

    (l1, t1, r1, b1), (l2, t2, r2, b2) = box(a), box(b)
    return l1 < r2 and l2 < r1 and t1 < b2 and t2 < b1


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39), st.integers(1, 50)), max_size=90))
def test_dots_lie_inside_and_come_out_the_same(count: int, pairs: list[tuple[int, int, int]]) -> None:
    labels = {f"n{n}": (("x" * (5 + n % 20),) * (1 + n % 2), n + 1) for n in range(count)}
    ties = [(f"n{a % count}", f"n{b % count}", w) for a, b, w in pairs if a % count != b % count]
    dots, lines, width, height = place(labels, ties)
    assert (width, len(dots), len(lines)) == (WIDTH, count, len(ties))
    assert all(0 <= d.x <= width and 0 <= d.y <= height for d in dots)
    assert (dots, lines) == place(labels, ties)[:2]


@pytest.mark.parametrize("count", [2, 10, 25, 48])
def test_labels_can_be_read(count: int) -> None:
    """A star, the hardest to draw: everybody is tied to one."""
    labels = {f"n{n:02}": (("Long Name Of Somebody"[: 8 + n % 14],) * (1 + n % 3 // 2), n + 1) for n in range(count)}
    ties = [("n00", f"n{n:02}", 1 + n % 5) for n in range(1, count)]
    dots, *_ = place(labels, ties, directed=True)
    clashing = [(a.id, b.id) for n, a in enumerate(dots) for b in dots[n + 1 :] if overlap(a, b)]
    assert not clashing


def test_nothing_to_draw() -> None:
    assert place({}, []) == ((), (), 0, 0)
    assert "No links yet" in files(cross_link([], [], []))["index.md"].text

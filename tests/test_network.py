"""The network page: what it counts, its layout, and its data."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.archive import Archive, cross_link, summaries
from briefing.archive.summaries import Row
from briefing.model import LazyPage, Page
from briefing.site.network import LETTER, LINE, SIZES, STRONG, Dot, Size, network_pages, place
from tests.builders import actor, people, row, templates
from tests.example_briefing import REGISTRY, TOPICS, example


def files(archive: Archive) -> dict[str, Page | LazyPage]:
    return {p.path.removeprefix("network/"): p for p in network_pages(archive, templates())}


def table(archive: Archive) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(archive)["ties.csv"].text)))


def test_links_count_briefings_and_reprints_once() -> None:
    rows = [row("a", "uma", "vic"), row("b", "vic", "uma", "wes"), row("c", "uma", "vic")]
    reprints = replace(cross_link(rows, people("uma", "vic", "wes"), ()), reprints={"a": ("c",), "c": ("a",)})
    for archive, weight in ((cross_link(rows, people("uma", "vic", "wes"), ()), "3"), (reprints, "2")):
        found = {(t["from"], t["to"]): t["briefings"] for t in table(archive)}
        assert found == {("uma", "vic"): weight, ("uma", "wes"): "1", ("vic", "wes"): "1"}


def test_statements_about_are_directed() -> None:
    archive = cross_link([summaries.row(example())], REGISTRY, TOPICS)
    about = [(t["from"], t["to"]) for t in table(archive) if t["tie"] == "about"]
    said = {(s.actor, other) for r in archive.rows for s in r.statements if s.actor for other in s.about}
    assert set(about) <= said


def test_unreviewed_name_counts_from_three_briefings() -> None:
    def rows(count: int) -> list[Row]:
        found = [row(f"r{n}", "uma", "vic") for n in range(count)]
        return [replace(r, actors=tuple(replace(a, status="candidate") for a in r.actors)) for r in found]

    assert not table(cross_link(rows(2), (), ()))
    assert table(cross_link(rows(3), (), ()))[0]["briefings"] == "3"


def test_all_formats_agree() -> None:
    archive = cross_link([row("a", "uma", "vic"), row("b", "uma", "wes")], people("uma", "vic", "wes"), ())
    found = files(archive)
    ties = {(t["from"], t["to"], int(t["briefings"])) for t in table(archive)}
    data = json.loads(found["ties.json"].text)
    assert {(t["source"], t["target"], t["briefings"]) for t in data["links"]} == ties
    assert {n["id"]: n["page"] for n in data["nodes"]}["uma"] == "https://archive.example/actors/uma/"
    graph = ET.fromstring(found["ties.graphml"].text)
    edges = graph.findall(".//{http://graphml.graphdrawing.org/xmlns}edge")
    assert {(e.get("source"), e.get("target")) for e in edges} == {t[:2] for t in ties}


def test_name_is_no_spreadsheet_formula() -> None:
    registry = [actor("uma", "=1+1"), *people("vic")]
    assert table(cross_link([row("a", "uma", "vic")], registry, ()))[0]["from_name"] == "'=1+1"


def test_every_drawn_link_is_listed() -> None:
    ids = [f"person-{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(SIZES[0].actors + 20)]
    rows = [row(f"r{n}", *ids[n : n + 4]) for n in range(len(ids) - 3)]
    archive = cross_link(rows, people(*ids), ())
    page = files(archive)["index.md"].text
    assert page.count("<text ") <= 2 * sum(size.actors for size in SIZES)
    assert all(f"actors/{i}/" in page for i in ids[10:40])
    assert page == files(archive)["index.md"].text


def test_pictures_start_at_the_strongest_links() -> None:
    ids = [f"person-{chr(97 + n)}" for n in range(8)]
    rows = [row(f"r{n}", *ids) for n in range(STRONG)] + [row("once", "person-a", "person-z")]
    page = files(cross_link(rows, people(*ids, "person-z"), ()))["index.md"].text
    assert "of at least 3 briefings" in page
    pictures, _, rest = page.partition("As a list")
    assert "person-z" not in pictures
    assert "person-z" in rest


def overlap(a: Dot, b: Dot) -> bool:
    def box(d: Dot) -> tuple[float, float, float, float]:
        half = max(d.radius, max(map(len, d.label)) * LETTER / 2)
        return d.x - half, d.y - d.radius, d.x + half, d.y + d.radius + LINE * len(d.label) - 4

    (l1, t1, r1, b1), (l2, t2, r2, b2) = box(a), box(b)
    return l1 < r2 and l2 < r1 and t1 < b2 and t2 < b1


@settings(max_examples=25)
@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39), st.integers(1, 50)), max_size=90))
def test_layout_is_deterministic_and_inside_the_picture(count: int, pairs: list[tuple[int, int, int]]) -> None:
    labels = {f"n{n}": (("x" * (5 + n % 20),) * (1 + n % 2), n + 1) for n in range(count)}
    ties = [(f"n{a % count}", f"n{b % count}", w) for a, b, w in pairs if a % count != b % count]
    dots, lines, width, height = place(labels, ties)
    assert (width, len(dots), len(lines)) == (SIZES[0].width, count, len(ties))
    assert all(0 <= d.x <= width and 0 <= d.y <= height for d in dots)
    assert (dots, lines) == place(labels, ties)[:2]


@pytest.mark.parametrize(("size", "count"), [(size, n) for size in SIZES for n in (2, 6, size.actors)])
def test_labels_do_not_overlap(size: Size, count: int) -> None:
    """A star, the hardest shape to draw: all actors are linked to one."""
    name = "Long Name Of Somebody"[: size.label]
    labels = {f"n{n:02}": ((name[: 8 + n % 14],) * (1 + n % 3 // 2), n + 1) for n in range(count)}
    ties = [("n00", f"n{n:02}", 1 + n % 5) for n in range(1, count)]
    dots, *_ = place(labels, ties, True, size)
    clashing = [(a.id, b.id) for n, a in enumerate(dots) for b in dots[n + 1 :] if overlap(a, b)]
    assert not clashing


def test_empty_network() -> None:
    assert place({}, []) == ((), (), 0, 0)
    assert "No links yet" in files(cross_link([], [], []))["index.md"].text

"""Render the network page: who is mentioned together, who speaks about whom, and the same as data files.

    network_pages(archive, templates) -> network/index.md, network/ties.json, network/ties.csv, network/ties.graphml
    compare_pages(archive, ...)       -> compare/index.md, actors/china/compare.json, ...

Links are counted between the most mentioned actors only, and the pictures show the strongest of these, so the page and
the work stay bounded. The layout is deterministic.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from briefing import escape
from briefing.archive import ActorInArchive, Archive
from briefing.archive.summaries import Row
from briefing.content.edtf import in_words
from briefing.model import LazyPage, Page
from briefing.site.charts import wrap
from briefing.site.fingerprints import Fingerprints
from briefing.site.templates import WIDE, Templates, figure_words, root, shown_date

MAX_ACTORS = 400  # most mentioned actors between which links are counted
LINKS_EACH = 3  # strongest links drawn for an actor; its own page shows the others
STRONG, ENOUGH = 3, 12  # pictures start at links of this many briefings, if so many links remain
LABEL_LINES = 3
MAX_LISTED = 60  # links listed on the page; the data files have all
MIN_BRIEFINGS = 3  # briefings that must mention an unreviewed actor
MAX_TOPICS, MAX_YEARS = 12, 40  # choices offered by a filter


@dataclass(frozen=True, slots=True)
class Link:
    """Two linked actors and the number of briefings; if the link has a direction, `one` speaks about `other`."""

    one: str
    other: str
    weight: int
    years: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How much a picture shows."""

    name: str
    width: int
    actors: int  # drawn; more cannot be read
    label: int  # characters of a line of a label
    spread: int  # square pixels for each character of a label


SIZES = (Size("wide", 960, 32, 23, 900), Size("narrow", 360, 12, 15, 400))  # for a desk and for a phone


@dataclass(frozen=True, slots=True)
class Picture:
    size: Size
    dots: tuple[Dot, ...]
    lines: tuple[tuple[Link, Line], ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Links:
    """One kind of link, as pictures and a list."""

    name: str  # "together" or "about"
    pictures: tuple[Picture, ...]  # one for each of SIZES
    links: tuple[Link, ...]  # all counted links, strongest first
    least: int  # briefings that a link needs to be drawn
    weights: tuple[int, ...]  # minimum weights offered by the filter


def network_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    known = counted_actors(archive)
    names = {a.id: a for a in known}
    together = _count_links(archive, names.keys(), _together)
    about = _count_links(archive, names.keys(), _about)
    kinds = (_links("together", together, archive), _links("about", about, archive))
    drawn = {t for k in kinds for p in k.pictures for t, _ in p.lines}
    yield templates.page(
        "network/index.md",
        "network.md.j2",
        {"title": "Network", "description": "Who is mentioned together, and who speaks about whom.", **WIDE},
        archive=archive,
        link_kinds=kinds,
        counted=len(known),
        listed=MAX_LISTED,
        weights=sorted({w for k in kinds for w in k.weights}),
        links_each=LINKS_EACH,
        kinds=sorted({archive.actors[d.id].kind for k in kinds for p in k.pictures for d in p.dots}),
        years=sorted({y for t in drawn for y in t.years})[-MAX_YEARS:],
        topics=_most({x for t in drawn for x in t.topics}, archive)[:MAX_TOPICS],
    )
    yield from network_files(names, together, about, templates)


def counted_actors(archive: Archive) -> list[ActorInArchive]:
    shown = (a for a in archive.actors.values() if a.has_page)
    fit = [a for a in shown if a.status == "registered" or len(a.rows) >= MIN_BRIEFINGS]
    return sorted(fit, key=lambda a: (-len(a.rows), -a.mentions, a.id))[:MAX_ACTORS]


# --- counting ---------------------------------------------------------------------------------


Pairs = Iterable[tuple[str, str]]


def _together(row: Row, known: Set[str]) -> Pairs:
    return combinations(sorted(known & {a.id for a in row.actors}), 2)


def _about(row: Row, known: Set[str]) -> Pairs:
    said = ((s.actor, s.about) for s in row.statements if s.actor in known)
    return {(actor, other) for actor, about in said if actor for other in about if other != actor and other in known}


def _count_links(archive: Archive, known: Set[str], pairs_of: Callable[[Row, Set[str]], Pairs]) -> tuple[Link, ...]:
    """Count the briefings that link pairs of known actors; reprints count once."""
    weight: Counter[tuple[str, str]] = Counter()
    years: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    topics: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in archive.rows:
        if archive.is_reprint(row.id):
            continue
        year = row.year
        for pair in pairs_of(row, known):
            weight[pair] += 1
            years[pair].update((year,) if year else ())
            topics[pair].update(row.topics)
    ordered = sorted(weight, key=lambda pair: (-weight[pair], pair))
    return tuple(Link(*p, weight[p], tuple(sorted(years[p])), tuple(sorted(topics[p]))) for p in ordered)


# --- drawing ----------------------------------------------------------------------------------


def _links(name: str, links: tuple[Link, ...], archive: Archive) -> Links:
    least = next((n for n in range(STRONG, 1, -1) if sum(t.weight >= n for t in links) >= ENOUGH), 1)
    strong = [t for t in links if t.weight >= least]
    pictures = tuple(_picture(size, strong, archive, name == "about") for size in SIZES)
    return Links(name, pictures, links, least, _steps((t for p in pictures for t, _ in p.lines), least))


def _picture(size: Size, links: Sequence[Link], archive: Archive, directed: bool) -> Picture:
    """Return the strongest links of the best-connected actors."""
    strength: Counter[str] = Counter()
    for link in links:
        strength.update({link.one: link.weight, link.other: link.weight})
    chosen = {i for i, _ in sorted(strength.items(), key=lambda pair: (-pair[1], pair[0]))[: size.actors]}
    used: Counter[str] = Counter()
    shown: list[Link] = []
    for link in links:
        if {link.one, link.other} <= chosen and min(used[link.one], used[link.other]) < LINKS_EACH:
            used.update((link.one, link.other))
            shown.append(link)
    labels = {i: (label_of(archive.actors[i], size.label), len(archive.actors[i].rows)) for i in sorted(used)}
    ties = [(t.one, t.other, t.weight) for t in shown]
    dots, lines, width, height = place(labels, ties, directed, size)
    return Picture(size, dots, tuple(zip(shown, lines, strict=True)), width, height)


def label_of(actor: ActorInArchive, wide: int) -> tuple[str, ...]:
    """Return an actor's name in lines, or its longest acronym if the name is too long."""
    lines = wrap(actor.name, wide, LABEL_LINES)
    short = [a.name for a in actor.entry.aliases if a.type == "acronym"] if actor.entry else []
    if lines and not lines[-1].endswith("…"):
        return tuple(lines)
    fitting = sorted((s for s in short if len(s) <= wide), key=lambda s: (-len(s), s))
    return (fitting[0],) if fitting else tuple(lines) or (actor.id,)


def _steps(links: Iterable[Link], least: int) -> tuple[int, ...]:
    """Return minimum weights to choose from: 1, 2, 3, 5, 10, ..."""
    most = max((t.weight for t in links), default=0)
    return tuple(s for s in (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000) if least <= s <= most)


def _most(topics: set[str], archive: Archive) -> list[str]:
    return sorted((t for t in topics if t in archive.topics), key=lambda t: (-len(archive.topics[t].rows), t))


# --- data -------------------------------------------------------------------------------------


Records = Sequence[Mapping[str, Any]]


def graph(
    actors: dict[str, ActorInArchive], together: tuple[Link, ...], about: tuple[Link, ...], above: str
) -> tuple[Records, Records]:
    """Return the actors and the links between them; `above` is the address of the site."""
    nodes = [
        {
            "name": escape.plain(actor.name),
            "kind": actor.kind,
            "status": actor.status,
            "briefings": len(actor.rows),
            "mentions": actor.mentions,
            "page": f"{above}actors/{escape.file_name(name)}/",
            "id": name,
        }
        for name, actor in sorted(actors.items())
    ]
    links = [(kind, link) for kind, found in (("together", together), ("about", about)) for link in found]
    edges = [{"tie": k, "briefings": t.weight, "source": t.one, "target": t.other, "key": k} for k, t in links]
    return nodes, edges


def data_files(archive: Archive, above: str) -> dict[str, str]:
    """Return the same network in the formats of network analysis, by file name."""
    names = {a.id: a for a in counted_actors(archive)}
    together, about = (_count_links(archive, names.keys(), pairs) for pairs in (_together, _about))
    found = graph(names, together, about, above)
    return {"network.graphml": _graphml(*found), "network.gexf": _gexf(*found)}


def network_files(
    actors: dict[str, ActorInArchive], together: tuple[Link, ...], about: tuple[Link, ...], templates: Templates
) -> Iterator[Page]:
    nodes, edges = graph(actors, together, about, templates.site.url or root("network/index.md"))
    data = {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "links": edges}
    yield Page("network/ties.json", escape.json_text(data))
    yield Page("network/ties.graphml", _graphml(nodes, edges))
    yield Page("network/ties.csv", _table(actors, {"together": together, "about": about}))


GRAPHML = (
    ("node", "name", "string"), ("node", "kind", "string"), ("node", "status", "string"), ("node", "briefings", "long"),
    ("node", "mentions", "long"), ("node", "page", "string"), ("edge", "tie", "string"), ("edge", "briefings", "long"),
)  # fmt: skip


def _graphml(nodes: Records, edges: Records) -> str:
    """Return the network as GraphML. Written as text: a tree of elements takes ten times as long, in every build."""

    def data(of: str, values: Mapping[str, Any]) -> str:
        return "".join(
            f'<data key="{of}-{name}">{escape.xml(values[name])}</data>' for kind, name, _ in GRAPHML if kind == of
        )

    lines = ["<?xml version='1.0' encoding='utf-8'?>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{t}"/>' for of, name, t in GRAPHML]
    lines.append('<graph edgedefault="directed">')
    lines += [f'<node id="{escape.xml(node["id"])}">{data("node", node)}</node>' for node in nodes]
    ids = {node["id"]: escape.xml(node["id"]) for node in nodes}
    lines += [  # what stands in them is a number or one of two words of ours
        f'<edge source="{ids[t["source"]]}" target="{ids[t["target"]]}"><data key="edge-tie">{t["tie"]}</data>'
        f'<data key="edge-briefings">{t["briefings"]}</data></edge>'
        for t in edges
    ]
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _gexf(nodes: Records, edges: Records) -> str:
    """Return the network as GEXF 1.2 for Gephi, which knows a graph with or without directions, not with both: of links
    of the kind `together`, the direction means nothing."""
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>",
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
        '<graph defaultedgetype="directed" mode="static">',
    ]
    for of in ("node", "edge"):
        named = [(name, t) for kind, name, t in GRAPHML if kind == of]
        lines.append(f'<attributes class="{of}" mode="static">')
        lines += [f'<attribute id="{of}-{name}" title="{name}" type="{t}"/>' for name, t in named]
        lines.append("</attributes>")

    def values(of: str, found: Mapping[str, Any]) -> str:
        pairs = [(name, escape.xml(found[name])) for kind, name, _ in GRAPHML if kind == of]
        inside = "".join(f'<attvalue for="{of}-{name}" value="{value}"/>' for name, value in pairs)
        return f"<attvalues>{inside}</attvalues>"

    ids = {node["id"]: escape.xml(node["id"]) for node in nodes}
    lines.append("<nodes>")
    lines += [f'<node id="{ids[n["id"]]}" label="{escape.xml(n["name"])}">{values("node", n)}</node>' for n in nodes]
    lines.append("</nodes>\n<edges>")
    lines += [
        f'<edge id="{number}" source="{ids[t["source"]]}" target="{ids[t["target"]]}" weight="{t["briefings"]}" '
        f'label="{t["tie"]}">{values("edge", t)}</edge>'
        for number, t in enumerate(edges)
    ]
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""])


def _table(actors: dict[str, ActorInArchive], kinds: dict[str, tuple[Link, ...]]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["tie", "from", "from_name", "to", "to_name", "briefings", "years"])
    for kind, links in kinds.items():
        for t in links:
            names = (escape.cell(actors[t.one].name), escape.cell(actors[t.other].name))
            table.writerow([kind, t.one, names[0], t.other, names[1], t.weight, " ".join(t.years)])
    return out.getvalue()


# --- two actors side by side ------------------------------------------------------------------
# compare/?a=china&b=japan is one page for all pairs; its script joins the files of two actors.

MAX_OFFERED = 300  # actors in the lists of the page, the most mentioned; links lead to the others
MAX_PAIRS = 12  # pairs offered where none is chosen
MAX_BRIEFINGS = 1000  # latest briefings in the file of an actor: 110 KB
MAX_STATEMENTS, MAX_FIGURES = 200, 60  # latest ones in it


def compare_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    known = [a for a in archive.actors.values() if a.has_page and a.status == "registered"]
    offered = sorted(known, key=lambda a: (-len(a.rows), a.id))[:MAX_OFFERED]
    links = _count_links(archive, {a.id for a in counted_actors(archive) if a.status == "registered"}, _together)
    yield templates.page(
        "compare/index.md",
        "compare.md.j2",
        {
            "title": "Compare two actors",
            "description": "Statements, figures and shared briefings side by side.",
            **WIDE,
        },
        archive=archive,
        offered=sorted(offered, key=lambda a: (a.name.casefold(), a.id)),
        pairs=links[:MAX_PAIRS],
    )
    for actor in known:
        path = f"actors/{escape.file_name(actor.id)}/compare.json"
        yield LazyPage(path, fingerprints.actor(actor, path, template=""), partial(_compare_file, path, actor))


def _compare_file(path: str, actor: ActorInArchive) -> Page:
    return Page(path, escape.json_compact(comparable(actor)))


def comparable(actor: ActorInArchive) -> dict[str, Any]:
    """Return what the page that compares two actors shows of one: counts, and the latest facts."""
    rows = [row for row, _ in actor.rows]
    years = sorted({row.year for row in rows if row.year})
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "place": escape.file_name(actor.id),
        "counts": {
            "Briefings": len(rows),
            "Statements by": len(actor.said),
            "Statements about": len(actor.said_about),
            "Figures": len(actor.figures),
            "Events": len(actor.events),
        },
        "years": [years[0], years[-1]] if years else [],
        "briefings": [[row.id, row.title, shown_date(row)] for row in rows[:MAX_BRIEFINGS]],
        "statements": [
            [row.id, row.title, shown_date(row), s.id, s.form, s.clause or " … ".join(s.content), list(s.about)]
            for row, s in actor.said[:MAX_STATEMENTS]
        ],
        "figures": [
            [row.id, row.title, shown_date(row), f.id, figure_words(f), f.measure or f.context,
             in_words(f.as_of) if f.as_of else ""]
            for row, f in actor.figures[:MAX_FIGURES]
        ],
    }  # fmt: skip


# --- layout ----------------------------------------------------------------------------------
# place({"a": (("Anna", "Kessowa"), 12), "b": (("Norway",), 30)}, [("a", "b", 4)]) -> dots, lines, width, height
# Springs pull linked dots together (networkx, from a fixed start), then dots whose labels overlap are pushed apart
# until every label can be read. A label is one or more lines below its dot.

LETTER = 7.0  # width of a character of a label; its height is LINE
LINE = 16.0
MARGIN = 14.0
LARGEST, SMALLEST = 15.0, 4.0  # radius of a dot
ROUNDS = 400
COMPONENT_WEIGHT = 0.5  # weight of the edge that holds an unconnected component


@dataclass(frozen=True, slots=True)
class Dot:
    id: str
    label: tuple[str, ...]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


def place(
    labels: Mapping[str, tuple[tuple[str, ...], int]],
    links: Sequence[tuple[str, str, int]],
    directed: bool = False,
    size: Size = SIZES[0],
) -> tuple[tuple[Dot, ...], tuple[Line, ...], int, int]:
    """Return dots, lines, width and height. `labels` gives each dot's label and size; lines keep the order of links."""
    if not labels:
        return (), (), 0, 0
    ids = sorted(labels)
    most = max(count for _, count in labels.values()) or 1
    radius = {i: SMALLEST + (LARGEST - SMALLEST) * math.sqrt(labels[i][1] / most) for i in ids}
    wide = {i: max(map(len, labels[i][0])) * LETTER / 2 for i in ids}
    low = {i: LINE * len(labels[i][0]) / 2 for i in ids}  # half the height of the label
    half = {i: (max(radius[i], wide[i]) + 4, radius[i] + low[i] + 4) for i in ids}
    letters = sum(len(label) * (max(map(len, label)) + 8) for label, _ in labels.values())
    width, height = size.width, min(1400.0, max(260.0, letters * size.spread / size.width))
    found = _springs(ids, links)
    spots = {
        i: [width / 2 + x * (width / 2 - half[i][0] - MARGIN), height / 2 + y * (height / 2 - half[i][1] - MARGIN)]
        for i, (x, y) in found.items()
    }
    _push_apart(ids, spots, half, (width, height))
    dots = tuple(
        Dot(i, labels[i][0], round(spots[i][0]), round(spots[i][1] - low[i]), round(radius[i], 1)) for i in ids
    )
    at = {d.id: d for d in dots}
    strongest = max((w for *_, w in links), default=1)
    lines = tuple(_line(at[a], at[b], 0.8 + 4.2 * math.sqrt(w / strongest), directed) for a, b, w in links)
    return dots, lines, width, math.ceil(height)


def _springs(ids: Sequence[str], links: Sequence[tuple[str, str, int]]) -> dict[str, tuple[float, float]]:
    """Return positions within -1..1 that use both axes fully."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(ids)
    for one, other, weight in links:
        before = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
        graph.add_edge(one, other, weight=before + math.log2(1 + weight))
    strength = dict(graph.degree(weight="weight"))
    ordered = sorted(ids, key=lambda i: (-strength[i], i))
    # Without an edge, unconnected components would move to the rim and leave the middle empty.
    for group in networkx.connected_components(graph):
        if ordered and ordered[0] not in group:
            graph.add_edge(ordered[0], min(group, key=lambda i: (-strength[i], i)), weight=COMPONENT_WEIGHT)
    start = {
        i: (math.cos(2.399963 * n) * math.sqrt(n + 0.5), math.sin(2.399963 * n) * math.sqrt(n + 0.5))
        for n, i in enumerate(ordered)  # a sunflower pattern: the best connected in the middle
    }
    scale = math.sqrt(len(ids))
    start = {i: (x / scale, y / scale) for i, (x, y) in start.items()}
    if len(ids) < 3:
        return {i: (-0.5 + n, 0.0) for n, i in enumerate(ordered)} if len(ids) == 2 else {ids[0]: (0.0, 0.0)}
    found = networkx.spring_layout(graph, pos=start, k=2.2 / scale, iterations=200, weight="weight", seed=1)
    spread: list[dict[str, float]] = []
    for axis in (0, 1):
        # Ranks spread out the dense middle that springs leave; the mean of both keeps neighbours together.
        values = {i: float(found[i][axis]) for i in ids}
        low, high = min(values.values()), max(values.values())
        ranked = sorted(ids, key=lambda i: (round(values[i], 6), i))
        rank = {i: 2 * n / (len(ids) - 1) - 1 for n, i in enumerate(ranked)}
        spread.append({i: (rank[i] + (2 * (values[i] - low) / ((high - low) or 1) - 1)) / 2 for i in ids})
    return {i: (spread[0][i], spread[1][i]) for i in ids}


def _push_apart(
    ids: Sequence[str],
    spots: dict[str, list[float]],
    half: Mapping[str, tuple[float, float]],
    size: tuple[float, float],
) -> None:
    """Move dots until no two boxes (dot and label) overlap."""
    for _ in range(ROUNDS):
        moved = False
        for n, one in enumerate(ids):
            for other in ids[n + 1 :]:
                a, b = spots[one], spots[other]
                across = half[one][0] + half[other][0] - abs(a[0] - b[0])
                down = half[one][1] + half[other][1] - abs(a[1] - b[1])
                if across <= 0 or down <= 0:
                    continue
                moved = True
                axis, by = (0, across) if across / size[0] < down / size[1] else (1, down)
                step = (by / 2 + 0.5) * (1 if (a[axis], one) < (b[axis], other) else -1)
                a[axis] -= step
                b[axis] += step
        for i in ids:
            for axis, long in enumerate(size):
                low = half[i][axis] + MARGIN / 2
                spots[i][axis] = min(max(spots[i][axis], low), long - low)
        if not moved:
            return


def _line(a: Dot, b: Dot, width: float, directed: bool) -> Line:
    long = math.hypot(b.x - a.x, b.y - a.y) or 1.0
    dx, dy = (b.x - a.x) / long, (b.y - a.y) / long
    gap = b.radius + (6 if directed else 0)  # room for an arrowhead
    return Line(
        round(a.x + dx * a.radius, 1),
        round(a.y + dy * a.radius, 1),
        round(b.x - dx * gap, 1),
        round(b.y - dy * gap, 1),
        round(width, 1),
    )

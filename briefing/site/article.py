"""One Briefing in its Archive -> its page."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from briefing import escape
from briefing.archive import Archive, TopicInArchive
from briefing.archive.compare_figures import measure_key
from briefing.archive.summaries import Row, Sentences, Words, row, shorten
from briefing.content.edtf import in_words, sort_key
from briefing.corrections.files import record
from briefing.corrections.locate import Places
from briefing.facts import KINDS, kind_of
from briefing.facts.kinds import DATE, KEY_FACT, FactKind
from briefing.model import Briefing, Correction, Event, Fact, KeyFact, LazyPage, Page, Removed
from briefing.site import charts, exports, facts_json, pictures, plain_text
from briefing.site.fingerprints import Fingerprints
from briefing.site.source_html import Evidence, source_text
from briefing.site.templates import Site, Templates, root

# A fact -> the address where somebody who thinks it wrong can say so: a prefilled change of the corrections file.
#
#     https://github.com/o/archive/new/main/sources?filename=quay.facts.yaml&value=edit%3A%0A...
#
# Where the article has corrections already, the way is the form for corrections, prefilled too: a new file would take
# the old one's place. Without a repository there is no way, and pages show none.

LONGEST = 240  # characters of words that an address carries: enough to find them by, and pages stay light
HIDDEN = {"fact", "kind", "words", "occurrence", "content"}


def suggestions(briefing: Briefing, site: Site) -> dict[str, str]:
    """Of each fact's id, the address."""
    path = _in_repository(briefing)
    if not escape.link(site.repository) or path is None:
        return {}
    places = Places(briefing.article)
    return {fact.id: _address(fact, briefing, site, path, places) for kind in KINDS for fact in kind.of(briefing)}


def _in_repository(briefing: Briefing) -> PurePosixPath | None:
    """Return the path of the article's file, None if the file lies elsewhere."""
    path = PurePosixPath(briefing.article.source.path)
    return None if path.is_absolute() or ".." in path.parts else path


def correction_file(briefing: Briefing) -> str:
    """Return the path of the file for corrections of this article, "" if the article's file lies elsewhere."""
    path = _in_repository(briefing)
    return str(path.with_name(f"{path.stem}.facts.yaml")) if path else ""


def report_link(briefing: Briefing, site: Site) -> str:
    """Return the address of a form for an error on the briefing's page, "" if there is none."""
    path = _in_repository(briefing)
    if path is None or not escape.link(site.repository):
        return ""
    if site.on_gitlab:
        return site.issue(f"Correction: {path.stem}", f"{path}\n\nWhat is wrong, and what should it say?\n")
    return _form(path, site)


def _form(path: PurePosixPath, site: Site) -> str:
    """Return the address of the form for corrections, with the article filled in."""
    title = _q(f"Correction: {path.stem}")
    return f"{site.repository.rstrip('/')}/issues/new?template=correction.yml&title={title}&article={_q(str(path))}"


def _address(fact: Fact, briefing: Briefing, site: Site, path: PurePosixPath, places: Places) -> str:
    words = " ".join(places.words(kind_of(fact).words(fact)[0]).split())[:LONGEST]
    if site.on_gitlab:
        told = f"{path}\nfact {fact.id} ({kind_of(fact).name}): {words}\n\nWhat is wrong, and what should it say?\n"
        return site.issue(f"Correction: {path.stem}", told)
    if briefing.corrected:
        return f"{_form(path, site)}&fact={fact.id}&words={_q(words)}"
    folder = _q(path.parent.as_posix(), safe="/")
    name = _q(f"{path.stem}.facts.yaml")
    value = _q(_prefilled(fact, places, words))
    return f"{site.repository.rstrip('/')}/new/{_q(site.branch, safe='/')}/{folder}?filename={name}&value={value}"


def _prefilled(fact: Fact, places: Places, words: str) -> str:
    """An entry to change: what the program found stands as comments, ready to be put right."""
    told = record(fact, places, ())
    found = "".join(f"    # {key}: {value}\n" for key, value in told.items() if key not in HIDDEN and value)
    return (
        f"edit:  # or reject:\n  - fact: {fact.id}\n    kind: {kind_of(fact).name}\n"
        f"    words: {json.dumps(words, ensure_ascii=False)}\n{found}    why: \n"
    )


def _q(text: str, safe: str = "") -> str:
    return quote(escape.plain(text), safe=safe)


DESCRIPTION = 155  # characters that a search engine shows


@dataclass(frozen=True, slots=True)
class FileBeside:
    """A file that is written beside every briefing's page."""

    name: str
    write: Callable[[Briefing], str]
    whole: bool = False  # it carries the whole text, so that it is left out where only excerpts may be shown


FILES = (
    FileBeside(plain_text.FILE, plain_text.plain_text),
    FileBeside("facts.json", lambda briefing: facts_json.to_json(briefing) + "\n", whole=True),
)


@dataclass(frozen=True, slots=True)
class DateHere:
    """A date as the page lists it."""

    id: str
    words: str  # of the source
    edtf: str | None
    relative: str | None
    basis: str
    sentence: str


def briefing_pages(
    here: Row, read: Callable[[str], Briefing], archive: Archive, templates: Templates, fingerprints: Fingerprints
) -> Iterator[Page | LazyPage]:
    """Yield the page of a briefing and the files beside it; `read` returns the briefing, if one of them is made."""
    briefing = cache(lambda: read(here.id))
    fingerprint = fingerprints.briefing(here)
    yield LazyPage(briefing_path(here.id), fingerprint, lambda: briefing_page(briefing(), archive, templates))
    for file in FILES:
        if here.whole or not file.whole:
            path = f"briefings/{here.id}/{file.name}"
            yield LazyPage(path, fingerprints.alone(here), partial(_file, path, file, briefing))


def _file(path: str, file: FileBeside, briefing: Callable[[], Briefing]) -> Page:
    return Page(path, file.write(briefing()))


def briefing_page(briefing: Briefing, archive: Archive, templates: Templates) -> Page:
    here = in_full(archive.by_id.get(briefing.article.source.id) or row(briefing), briefing)
    path = briefing_path(here.id)
    whole = briefing.article.source.meta.rights != "excerpts"
    dates = same_date(list_dates(briefing))
    shown: dict[FactKind[Any], Collection[object]] = {
        kind: dates if kind is DATE else kind.rows_of(here) for kind in KINDS
    }
    return templates.page(
        path,
        "briefing.md.j2",
        meta(here, archive, templates.site),
        row=here,
        archive=archive,
        dates=dates,
        sections=[(kind, found) for kind, found in shown.items() if kind is not KEY_FACT],
        marks=[kind for kind, found in shown.items() if found],
        line=charts.date_line([d.edtf for d in briefing.dates if d.edtf], here.published),
        whole=whole,
        cite=exports.downloads(here, templates.site),
        structured=exports.structured(here, archive, templates.site),
        removed=list_removed(briefing),
        world=charts.world_map((archive.actors[a.id], a.count) for a in here.actors if a.id in archive.actors),
        source=source_text(briefing, list(find_evidence(briefing)), actor_links(briefing, archive, root(path))),
        reprints=archive.reprints.get(here.id, ()),
        neighbours=neighbours(here, archive),
        related=archive.related.get(here.id, ()),
        suggest=suggestions(briefing, templates.site),
        report=report_link(briefing, templates.site),
        correction_file=correction_file(briefing),
        said=said_of(briefing),
        retracted=list({c.fact: c for c in briefing.corrections if c.action == "retracted"}.values()),
        reviewed=briefing.reviewed,
        actors_here={a.id: a for a in here.actors},
    )


def said_of(briefing: Briefing) -> dict[str, list[Correction]]:
    """What people said of each fact that stands."""
    found: dict[str, list[Correction]] = {}
    for correction in briefing.corrections:
        if correction.action != "retracted":
            found.setdefault(correction.fact, []).append(correction)
    return found


def neighbours(here: Row, archive: Archive) -> list[tuple[TopicInArchive, Row | None, Row | None]]:
    """For each topic the briefing before and the one after, by date."""
    found = []
    for name in here.topics:
        topic = archive.topics.get(name)
        place = topic.places.get(here.id) if topic else None
        if topic and place is not None and here.published and len(topic.rows) > 1:
            later = topic.rows[place - 1] if place else None
            earlier = topic.rows[place + 1] if place + 1 < len(topic.rows) else None
            found.append((topic, earlier if earlier and earlier.published else None, later))
    return found


def briefing_path(name: str) -> str:
    return f"briefings/{name}.md"


def in_full(here: Row, briefing: Briefing) -> Row:
    """Rows carry long sentences shortened, for other pages; on its own page nothing is cut. A figure of "that"
    or "this" is shown with its sentence instead."""
    words = Words(briefing.article)
    facts: list[KeyFact | Event] = [*briefing.key_facts, *briefing.events]
    whole = {fact.id: words(fact.start, fact.end) for fact in facts}
    return replace(
        here,
        key_facts=tuple(replace(k, words=whole.get(k.id, k.words)) for k in here.key_facts),
        events=tuple(replace(e, words=whole.get(e.id, e.words)) for e in here.events),
        figures=tuple(f if measure_key(f) else replace(f, measure=None) for f in here.figures),
    )


def page_title(here: Row, archive: Archive) -> str:
    """What stands in the browser's tab and in search engines: no two pages say the same."""
    if here.id not in archive.namesakes:
        return here.title
    when = in_words(here.published) if here.published else "undated"
    return f"{here.title} ({', '.join(part for part in (here.publisher, when) if part)})"


def meta(here: Row, archive: Archive, site: Site) -> dict[str, object]:
    facts = [fact.id for kind in KINDS if kind.linked_to for fact in kind.rows_of(here)]
    return {
        "title": page_title(here, archive),
        "description": shorten(here.key_facts[0].words if here.key_facts else here.lead, DESCRIPTION) or None,
        "facts": facts or None,
        "picture": pictures.FILE if pictures.of_briefing(here, site) else None,
        "published": exports.day(here),
        "topics": [archive.topics[name].name for name in here.topics if name in archive.topics] or None,
        "twin": plain_text.FILE,
        "citation": exports.citation_meta(here, site),
        "hide": ["navigation", "toc"],
    }


def actor_links(briefing: Briefing, archive: Archive, up: str) -> dict[str, tuple[str, str]]:
    """Where a mention leads: to the actor's page or entry among the names, or to the actor's place on this page."""
    links: dict[str, tuple[str, str]] = {}
    for actor in briefing.actors:
        known = archive.actors.get(actor.id)
        place = known.address if known else ""
        address = f"{up}{place}" if place else f"#actor-{escape.file_name(actor.id)}"
        links[actor.id] = (f"{actor.kind} {actor.status}", address)
    return links


def find_evidence(briefing: Briefing) -> Iterator[Evidence]:
    """Every fact with the words it rests on, in the order in which a sentence links back to them."""
    words = Words(briefing.article)
    for kind in sorted(KINDS, key=lambda kind: not kind.linked_to):
        for fact in kind.of(briefing):
            first, *others = kind.evidence(fact)
            label = f"{kind.label}: {shorten(words(first.start, first.end), 60)}"
            yield Evidence(fact.id, kind.css, label, (first, *others))


def list_dates(briefing: Briefing) -> list[DateHere]:
    """Earliest first; those that cannot be told come last."""
    words, where = Words(briefing.article), Sentences(briefing)
    dates = [
        DateHere(d.id, words(d.start, d.end), d.edtf, d.relative, d.basis, where.id(d.start)) for d in briefing.dates
    ]
    return sorted(dates, key=lambda d: (d.edtf is None, sort_key(d.edtf) == "", sort_key(d.edtf)))


def list_removed(briefing: Briefing) -> list[tuple[Removed, str]]:
    """Return the removed passages with their words, shortened."""
    words = Words(briefing.article)
    return [(r, shorten(words(r.start, r.end), 120)) for r in briefing.article.removed]


def same_date(dates: Sequence[DateHere]) -> dict[str, list[DateHere]]:
    """Words for the same day, month or year stand together; "" for those that cannot be told."""
    together: dict[str, list[DateHere]] = {}
    for date in dates:
        together.setdefault(in_words(date.edtf) if date.edtf else "", []).append(date)
    return together

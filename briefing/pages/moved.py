"""Ids that actors and articles had before -> pages that lead from the old address to the new one, and their list.

An actor's file or an article's front matter says `replaces: [jon-barrow-unreviewed]`; the old address then leads to
its page, and to the same place on it. A plain HTML file: it works wherever the site does.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from briefing import escape
from briefing.archive import ActorInArchive, Archive
from briefing.model import Page
from briefing.pages.actors import by_year, is_busy
from briefing.pages.templates import Templates
from briefing.rows import Row


@dataclass(frozen=True, slots=True)
class Moved:
    old: str
    new: str
    still: bool  # is the old page still there, because some article uses a name that only it has?


@dataclass(frozen=True, slots=True)
class MovedBriefing:
    old: str
    row: Row  # that stands there now


def moved(archive: Archive) -> list[Moved]:
    found: dict[str, Moved] = {}
    for actor in archive.actors.values():
        for old in actor.entry.replaces if actor.entry else ():
            there = archive.actors.get(old)
            if not there or not there.entry:  # nobody else is registered under it
                found.setdefault(old, Moved(old, actor.id, bool(there and there.has_page)))
    return sorted(found.values(), key=lambda m: m.old)


def moved_briefings(archive: Archive) -> list[MovedBriefing]:
    found: dict[str, MovedBriefing] = {}
    for row in archive.rows:
        for old in row.replaces:
            if old not in archive.by_id:
                found.setdefault(old, MovedBriefing(old, row))
    return sorted(found.values(), key=lambda m: m.old)


def moved_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    actors, briefings = moved(archive), moved_briefings(archive)
    taken = {escape.file_name(a.id) for a in archive.actors.values() if a.has_page}
    yield templates.page(
        "moved.md",
        "moved.md.j2",
        {
            "title": "Moved pages",
            "description": "Merged actors and renamed articles, with links to their new pages.",
            "hide": ["navigation"],
        },
        archive=archive,
        changes=actors,
        briefings=briefings,
    )
    for change in actors:
        place = escape.file_name(change.old)
        if place not in taken:
            taken.add(place)
            actor = archive.actors[change.new]
            yield _redirect(f"actors/{place}/", _actor_address(actor), actor.name, templates)
            for year in by_year(actor) if is_busy(actor) else ():  # perhaps the old one had pages of years too
                name = year or "undated"
                yield _redirect(f"actors/{place}/{name}/", f"{_actor_address(actor)}{name}/", actor.name, templates)
    for each in briefings:
        yield _redirect(f"briefings/{each.old}/", f"briefings/{each.row.id}/", each.row.title, templates)


def _actor_address(actor: ActorInArchive) -> str:
    """Return the address of an actor's page; without a page, of the index of actors."""
    return f"actors/{escape.file_name(actor.id)}/" if actor.has_page else "actors"


def _redirect(old: str, new: str, name: str, templates: Templates) -> Page:
    to = f"{posixpath.relpath(new, old)}/"
    template = templates.environment.get_template("redirect.html.j2")
    return Page(f"{old}index.html", template.render(to=to, name=name, site=templates.site))

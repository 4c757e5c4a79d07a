"""Ids that actors had before -> pages that lead from the old address to the new one, and the list of them.

An actor's file says `replaces: [jon-barrow-unreviewed]`; `actors/jon-barrow-unreviewed/` then leads to its page. A
plain HTML file: it works wherever the site does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing import escape
from briefing.archive import ActorInArchive, Archive
from briefing.model import Page
from briefing.pages.actors import by_year, is_busy
from briefing.pages.templates import Templates


@dataclass(frozen=True, slots=True)
class Moved:
    old: str
    new: str
    still: bool  # is the old page still there, because some article uses a name that only it has?


def moved(archive: Archive) -> list[Moved]:
    found: dict[str, Moved] = {}
    for actor in archive.actors.values():
        for old in actor.entry.replaces if actor.entry else ():
            there = archive.actors.get(old)
            if not there or not there.entry:  # nobody else is registered under it
                found.setdefault(old, Moved(old, actor.id, bool(there and there.has_page)))
    return sorted(found.values(), key=lambda m: m.old)


def moved_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    changes = moved(archive)
    taken = {escape.file_name(a.id) for a in archive.actors.values() if a.has_page}
    yield templates.page(
        "moved.md",
        "moved.md.j2",
        {
            "title": "Merged and renamed actors",
            "description": "Actors whose pages have moved, and where to.",
            "hide": ["navigation"],
        },
        archive=archive,
        changes=changes,
    )
    for change in changes:
        place = escape.file_name(change.old)
        if place not in taken:
            taken.add(place)
            actor = archive.actors[change.new]
            # An actor of the register that no article names has no page: its place is the list of those.
            to = f"../{escape.file_name(change.new)}/" if actor.has_page else "../#unnamed"
            yield _redirect(f"actors/{place}", to, actor, templates)
            for year in by_year(actor) if is_busy(actor) else ():  # perhaps the old one had pages of years too
                name = year or "undated"
                yield _redirect(
                    f"actors/{place}/{name}", f"../../{escape.file_name(change.new)}/{name}/", actor, templates
                )


def _redirect(place: str, to: str, actor: ActorInArchive, templates: Templates) -> Page:
    template = templates.environment.get_template("redirect.html.j2")
    return Page(f"{place}/index.html", template.render(to=to, actor=actor, site=templates.site))

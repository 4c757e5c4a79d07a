"""Archive -> feeds and what machines ask for: Atom, JSON Feed, robots.txt, llms.txt.

Ids are UUIDs made from a briefing's permanent id, so a feed is valid wherever the site lies, and a reader
program does not show a briefing twice when the site moves. Undated briefings are in no feed: a feed is about
when.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from briefing import escape
from briefing.archive import Archive
from briefing.model import Page
from briefing.pages import twin
from briefing.pages.cite import date_parts
from briefing.pages.templates import Templates, root
from briefing.rows import Row

ENTRIES = 50
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "briefing-archive")


def feed_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    yield from feed("", templates.site.name, archive.rows, templates)
    for topic in archive.topics.values():
        if topic.rows:
            name = f"{templates.site.name}: {topic.name}"
            yield from feed(f"topics/{escape.file_name(topic.id)}/", name, topic.rows, templates)
    for actor in archive.actors.values():
        if actor.rows and actor.has_page and actor.status == "registered":
            rows = [row for row, _ in actor.rows]
            name = f"{templates.site.name}: {actor.name}"
            yield from feed(f"actors/{escape.file_name(actor.id)}/", name, rows, templates)
    site = templates.site
    yield Page("robots.txt", "User-agent: *\nAllow: /\n" + (f"Sitemap: {site.url}sitemap.xml\n" if site.url else ""))
    yield Page("llms.txt", _for_models(archive, templates))


def feed(place: str, title: str, rows: Sequence[Row], templates: Templates) -> Iterator[Page]:
    """The Atom feed of a page, and for the whole archive the JSON Feed too."""
    dated = [row for row in rows if len(date_parts(row)) == 3][:ENTRIES]
    up = templates.site.url or root(f"{place}index.md")
    path = f"{place}feed.xml"
    environment = templates.environment
    yield Page(
        path,
        environment.get_template("feed.xml.j2").render(
            site=templates.site,
            title=title,
            rows=dated,
            up=up,
            place=place,
            id=_urn(f"feed {place}"),
            urn=_urn,
            moment=moment,
        ),
    )
    if not place:
        yield Page("feed.json", _json_feed(title, dated, up, templates))


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(SPACE, name)}"


def moment(row: Row) -> str:
    """The day of publication as the moment that Atom asks for."""
    year, month, day = date_parts(row)
    return f"{year:04d}-{month:02d}-{day:02d}T00:00:00Z"


def _json_feed(title: str, rows: Sequence[Row], up: str, templates: Templates) -> str:
    site = templates.site
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "description": site.description or None,
        "home_page_url": site.url or None,
        "feed_url": f"{site.url}feed.json" if site.url else None,
        "items": [
            {
                "id": _urn(row.id),
                "url": f"{up}briefings/{row.id}/",
                "title": row.title,
                "content_text": "\n".join(k.words for k in row.key_facts) or row.lead or row.title,
                "date_published": moment(row),
                "tags": list(row.topics),
                "language": row.language,
            }
            for row in rows
        ],
    }
    return escape.json_text({k: v for k, v in feed.items() if v is not None}) + "\n"


def _for_models(archive: Archive, templates: Templates) -> str:
    up = templates.site.url
    lines = [
        f"# {escape.one_line(templates.site.name)}",
        "",
        f"> {escape.one_line(templates.site.description or templates.site.name)}",
        "",
        "Every fact is in its source's own words. Beside each briefing lie `briefing.txt`, the same as Markdown, and",
        "`facts.json`, the facts with their places in the text.",
        "",
        "## Briefings",
        "",
    ]
    lines += [
        f"- [{escape.one_line(row.title).translate(BRACKETS)}]({up}briefings/{row.id}/{twin.FILE})"
        for row in archive.rows[:ENTRIES]
    ]
    return "\n".join(lines) + "\n"


BRACKETS = str.maketrans({"[": "(", "]": ")"})

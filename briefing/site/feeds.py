"""Write feeds (Atom, JSON Feed), the sitemap, robots.txt, llms.txt and the list of words for search.

Feed ids are UUIDs made from a briefing's permanent id, so feed readers do not show a briefing again when the site
moves. `updated` is the last commit of the source or its corrections, `published` the day of the article. Without git,
the day of the article is used for both; an article without a day is in no feed. No date is later than the build: a
mistyped year must not lead the feed for years.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import markupsafe

from briefing import escape
from briefing.archive import Archive
from briefing.archive.summaries import Row
from briefing.content.problems import plural
from briefing.model import LazyPage, Page
from briefing.site import plain_text, search_words
from briefing.site.exports import day, without_empty
from briefing.site.templates import Site, Templates, root

MAX_ENTRIES = 50
UUID_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "briefing-archive")


def feed_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    site = templates.site
    yield from feed("", site.name, archive.rows, templates)
    for topic in archive.topics.values():
        if topic.rows:
            yield from feed(
                f"topics/{escape.file_name(topic.id)}/", f"{site.name}: {topic.name}", topic.rows, templates
            )
    for actor in archive.actors.values():
        if actor.has_page and actor.status == "registered":
            rows = [row for row, _ in actor.rows]
            yield from feed(f"actors/{escape.file_name(actor.id)}/", f"{site.name}: {actor.name}", rows, templates)
    yield Page("robots.txt", "User-agent: *\nAllow: /\n" + (f"Sitemap: {site.url}sitemap.xml\n" if site.url else ""))
    yield search_words.word_list(archive)
    yield Page("llms.txt", _for_models(archive, templates))


@dataclass(frozen=True, slots=True)
class Entry:
    row: Row
    id: str
    url: str
    updated: str
    published: str | None  # both in RFC 3339 format
    words: str


def feed(place: str, title: str, rows: Sequence[Row], templates: Templates) -> Iterator[Page]:
    """Yield the feeds of a page: Atom and JSON Feed."""
    site = templates.site
    up = site.url or root(f"{place}index.md")
    found = entries(rows, site, up)
    atom = templates.environment.get_template("feed.xml.j2")
    yield Page(
        f"{place}feed.xml",
        atom.render(site=site, title=title, entries=found, up=up, place=place, id=_urn(f"feed {place}")),
    )
    yield Page(f"{place}feed.json", _json_feed(title, place, found, site))


def entries(rows: Sequence[Row], site: Site, up: str) -> list[Entry]:
    """Return entries sorted by last change, then by the article's date."""
    found = [_entry(row, site, up) for row in rows]
    dated = [entry for entry in found if entry is not None]
    return sorted(dated, key=lambda e: (e.updated, e.published or ""), reverse=True)[:MAX_ENTRIES]


def _entry(row: Row, site: Site, up: str) -> Entry | None:
    known = day(row)
    published = f"{known}T00:00:00Z" if known else None
    changed = site.changed.get(f"briefings/{row.id}.md")
    if site.built is not None:
        published = published if published and published <= moment(site.built) else None
        changed = min(changed, site.built) if changed else None
    updated = moment(changed) if changed else published
    if not updated:
        return None
    words = "\n".join(k.words for k in row.key_facts) or row.lead or row.title
    return Entry(row, _urn(row.id), site.briefing(row.id, up), updated, published, words)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(UUID_NAMESPACE, name)}"


def _json_feed(title: str, place: str, found: Sequence[Entry], site: Site) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "description": site.description,
        "home_page_url": f"{site.url}{place}" if site.url else None,
        "feed_url": f"{site.url}{place}feed.json" if site.url else None,
        "items": [without_empty(_item(entry)) for entry in found],
    }
    return escape.json_text({key: value for key, value in feed.items() if value or key == "items"}) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    row = entry.row
    return {
        "id": entry.id,
        "url": entry.url,
        "external_url": escape.link(row.url),
        "title": row.title,
        "content_text": entry.words,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": row.publisher}] if row.publisher else None,
        "tags": list(row.topics),
        "language": row.language,
    }


def _for_models(archive: Archive, templates: Templates) -> str:
    """Return llms.txt in the format of https://llmstxt.org: title, summary, annotated lists of links."""
    site = templates.site
    registered = [a for a in archive.actors.values() if a.has_page and a.status == "registered"]
    active = sorted(registered, key=lambda a: (-len(a.rows), a.id))[:MAX_ENTRIES]
    lines = [
        f"# {escape.markdown(site.name)}",
        "",
        f"> {escape.markdown(site.description or site.name)}",
        "",
        f"{plural(len(archive.rows), 'briefing')}. Every fact is quoted from its source, with the number of"
        " the sentence. Each briefing is also available as `briefing.txt` (Markdown) and, unless only excerpts may be"
        " shown, as `facts.json` (facts with their positions in the text).",
        "",
        "## Briefings",
        "",
    ]
    for row in archive.rows[:MAX_ENTRIES]:
        note = ", ".join(escape.markdown(part) for part in (row.publisher, row.published or "undated") if part)
        lines.append(f"- [{escape.markdown(row.title)}]({site.briefing(row.id)}{plain_text.FILE}): {note}")
    for name, things in (
        ("Topics", [(t.name, f"topics/{escape.file_name(t.id)}/", len(t.rows)) for t in archive.topics.values()]),
        ("Actors", [(a.name, f"actors/{escape.file_name(a.id)}/", len(a.rows)) for a in active]),
    ):
        lines += ["", f"## {name}", ""]
        lines += [f"- [{escape.markdown(n)}]({site.url}{at}): {plural(count, 'briefing')}" for n, at, count in things]
    lines += [
        "",
        "## Optional",
        "",
        f"- [All briefings]({site.url}briefings/): by year and month",
        f"- [JSON Feed]({site.url}feed.json): latest updates",
        f"- [Links between actors]({site.url}network/ties.json): node-link JSON",
    ]
    return "\n".join(lines) + "\n"


# --- sitemap: all pages, with the time of their last change as far as git knows it -------------

MAX_ADDRESSES = 50_000  # limit of the protocol
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
EMPTY_NOTE = "<!-- Empty because the address of the site is not set: use SITE_URL, or site_url in mkdocs.yml. -->\n"
SITEMAP_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def with_sitemap(
    pages: Iterable[Page | LazyPage], others: Iterable[str], site: Site, unlisted: Collection[str] = ()
) -> Iterator[Page | LazyPage]:
    """Yield the pages, then the sitemap of these and the hand-written ones (empty without the site's address).

    `unlisted` are pages that search engines are asked to leave out.
    """
    names = [*others]
    for page in pages:
        if page.path.endswith(".md") and page.path not in unlisted:
            names.append(page.path)
        yield page
    yield from _sitemap(sorted(names) if site.url else [], site)


def _sitemap(names: list[str], site: Site) -> Iterator[Page]:
    parts = [names[at : at + MAX_ADDRESSES] for at in range(0, len(names), MAX_ADDRESSES)] or [[]]
    if len(parts) == 1:
        yield Page("sitemap.xml", _urls(parts[0], site))
        return
    for number, part in enumerate(parts, 1):
        yield Page(f"sitemap-{number}.xml", _urls(part, site))
    files = "".join(f"<sitemap><loc>{site.url}sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, len(parts) + 1))
    yield Page("sitemap.xml", f"{HEAD}<sitemapindex {SITEMAP_SPACE}>\n{files}</sitemapindex>\n")


def _urls(names: list[str], site: Site) -> str:
    lines = []
    for name in names:
        when = f"<lastmod>{moment(site.changed[name])}</lastmod>" if name in site.changed else ""
        lines.append(f"<url><loc>{markupsafe.escape(site.url + address(name))}</loc>{when}</url>\n")
    return f"{HEAD}{'' if site.url else EMPTY_NOTE}<urlset {SITEMAP_SPACE}>\n{''.join(lines)}</urlset>\n"


def address(name: str) -> str:
    """Return the address of a page's file: `a/b.md` is at `a/b/`."""
    path = PurePosixPath(name).with_suffix("")
    parts = path.parts[:-1] if path.name == "index" else path.parts
    return quote("".join(f"{part}/" for part in parts))


def moment(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

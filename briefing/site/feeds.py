"""Write feeds (Atom, JSON Feed), the sitemap, robots.txt, llms.txt and the list of words for search.

Feed ids are UUIDs made from a briefing's permanent id, so feed readers do not show a briefing again when the site
moves. `updated` is the last commit of the source or its corrections, `published` the day of the article. Without git,
the day of the article is used for both; an article without a day is in no feed. No date is later than the build: a
mistyped year must not lead the feed for years.
"""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import markupsafe

from briefing import escape
from briefing.archive import Archive
from briefing.archive.summaries import Row
from briefing.content.problems import plural
from briefing.model import DataFile, LazyPage, Page
from briefing.site import plain_text, search_words
from briefing.site.exports import day, without_empty
from briefing.site.fingerprints import Fingerprints
from briefing.site.templates import Site, Templates, root

MAX_ENTRIES = 50
UUID_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "briefing-archive")


def feed_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    site = templates.site
    feeds = Feeds(archive, templates, fingerprints)
    yield from feeds.of("", site.name, archive.rows)
    for topic in archive.topics.values():
        if topic.rows:
            yield from feeds.of(f"topics/{escape.file_name(topic.id)}/", f"{site.name}: {topic.name}", topic.rows)
    for actor in archive.actors.values():
        if actor.has_page and actor.status == "registered":
            rows = [row for row, _ in actor.rows]
            yield from feeds.of(f"actors/{escape.file_name(actor.id)}/", f"{site.name}: {actor.name}", rows)
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


class Feeds:
    """Makes the feeds of pages: Atom and JSON Feed. One is made only if its entries or their dates have changed."""

    def __init__(self, archive: Archive, templates: Templates, fingerprints: Fingerprints) -> None:
        self.templates, self.fingerprints = templates, fingerprints
        self.dates = {row.id: dates for row in archive.rows if (dates := _dates(row, templates.site))}

    def of(self, place: str, title: str, rows: Iterable[Row]) -> Iterator[LazyPage]:
        dates = self.dates
        dated = [(dates[row.id][0], dates[row.id][1] or "", row) for row in rows if row.id in dates]
        latest = [row for *_, row in heapq.nlargest(MAX_ENTRIES, dated, key=lambda one: one[:2])]
        shown = [(dates[row.id], self.fingerprints.alone(row)) for row in latest]
        for name, make, template in (("feed.xml", self._atom, "feed.xml.j2"), ("feed.json", self._json, "")):
            path = f"{place}{name}"
            fingerprint = self.fingerprints.of(path, title, shown, template=template)
            yield LazyPage(path, fingerprint, partial(make, path, place, title, latest))

    def _atom(self, path: str, place: str, title: str, rows: Sequence[Row]) -> Page:
        site, up = self.templates.site, self._up(place)
        atom = self.templates.environment.get_template("feed.xml.j2")
        id_ = urn(f"feed {place}")
        return Page(
            path, atom.render(site=site, title=title, entries=self._entries(rows, up), up=up, place=place, id=id_)
        )

    def _json(self, path: str, place: str, title: str, rows: Sequence[Row]) -> Page:
        return Page(path, _json_feed(title, place, self._entries(rows, self._up(place)), self.templates.site))

    def _up(self, place: str) -> str:
        return self.templates.site.url or root(f"{place}index.md")

    def _entries(self, rows: Sequence[Row], up: str) -> list[Entry]:
        """Return entries sorted by last change, then by the article's date."""
        site = self.templates.site
        return [
            Entry(
                row,
                urn(row.id),
                site.briefing(row.id, up),
                *self.dates[row.id],
                "\n".join(k.words for k in row.key_facts) or row.lead or row.title,
            )
            for row in rows
        ]


def _dates(row: Row, site: Site) -> tuple[str, str | None] | None:
    """Return when a briefing was changed and published; None if neither is known."""
    known = day(row)
    published = f"{known}T00:00:00Z" if known else None
    changed = site.changed.get(f"briefings/{row.id}.md")
    if site.built is not None:
        published = published if published and published <= moment(site.built) else None
        changed = min(changed, site.built) if changed else None
    updated = moment(changed) if changed else published
    return (updated, published) if updated else None


def urn(name: str) -> str:
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

MAX_ADDRESSES = 5_000  # in one file; the protocol allows 50,000, but a file is written anew for each change
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
EMPTY_NOTE = "<!-- Empty because the address of the site is not set: use SITE_URL, or site_url in mkdocs.yml. -->\n"
SITEMAP_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def with_sitemap(
    pages: Iterable[Page | LazyPage | DataFile], others: Iterable[str], site: Site, unlisted: Collection[str] = ()
) -> Iterator[Page | LazyPage | DataFile]:
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
    """Yield one sitemap, or an index with one for each part: a new briefing changes that of its year alone."""
    if len(names) <= MAX_ADDRESSES:
        yield Page("sitemap.xml", _urls(names, site))
        return
    parts: dict[str, list[str]] = {}
    for name in names:
        parts.setdefault(_part(name), []).append(name)
    files: list[str] = []
    for part, inside in sorted(parts.items()):
        for number in range(0, len(inside), MAX_ADDRESSES):
            end = f"-{number // MAX_ADDRESSES + 1}" if number else ""
            files.append(f"sitemap-{part}{end}.xml")
            yield Page(files[-1], _urls(inside[number : number + MAX_ADDRESSES], site))
    listed = "".join(f"<sitemap><loc>{site.url}{file}</loc></sitemap>\n" for file in files)
    yield Page("sitemap.xml", f"{HEAD}<sitemapindex {SITEMAP_SPACE}>\n{listed}</sitemapindex>\n")


def _part(name: str) -> str:
    """Return the part of a page: its first folder, and for briefings the year below it."""
    folder, *rest = name.split("/")
    if not rest:
        return "pages"
    year = f"-{rest[0]}" if folder == "briefings" and len(rest) > 1 and rest[0].isascii() and rest[0].isdigit() else ""
    return escape.file_name(folder) + year


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

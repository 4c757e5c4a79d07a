"""Pages -> sitemap.xml: every page with the moment when what it shows last changed, as git knows it.

    <url><loc>https://archive.example/briefings/2012/quay/</loc><lastmod>2026-11-22T09:30:00Z</lastmod></url>

Where git does not know, nothing is said. A sitemap names whole addresses, so it is empty where the site's address is
not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import quote

import markupsafe

from briefing.model import Later, Page
from briefing.pages.templates import Site

MOST = 50_000  # addresses in one file, by the protocol
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
UNKNOWN = "<!-- Empty because the address of the site is not set: use SITE_URL, or site_url in mkdocs.yml. -->\n"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def with_sitemap(pages: Iterable[Page | Later], by_hand: Iterable[str], site: Site) -> Iterator[Page | Later]:
    """The pages, and after them the sitemap of those and of the hand-written ones."""
    names = [*by_hand]
    for page in pages:
        if page.path.endswith(".md"):
            names.append(page.path)
        yield page
    yield from _sitemap(sorted(names) if site.url else [], site)


def _sitemap(names: list[str], site: Site) -> Iterator[Page]:
    parts = [names[at : at + MOST] for at in range(0, len(names), MOST)] or [[]]
    if len(parts) == 1:
        yield Page("sitemap.xml", _urls(parts[0], site))
        return
    for number, part in enumerate(parts, 1):
        yield Page(f"sitemap-{number}.xml", _urls(part, site))
    files = "".join(f"<sitemap><loc>{site.url}sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, len(parts) + 1))
    yield Page("sitemap.xml", f"{HEAD}<sitemapindex {SPACE}>\n{files}</sitemapindex>\n")


def _urls(names: list[str], site: Site) -> str:
    lines = []
    for name in names:
        when = f"<lastmod>{moment(site.changed[name])}</lastmod>" if name in site.changed else ""
        lines.append(f"<url><loc>{markupsafe.escape(site.url + address(name))}</loc>{when}</url>\n")
    return f"{HEAD}{'' if site.url else UNKNOWN}<urlset {SPACE}>\n{''.join(lines)}</urlset>\n"


def address(name: str) -> str:
    """Of a page's file: `a/b.md` is at `a/b/`."""
    path = PurePosixPath(name).with_suffix("")
    parts = path.parts[:-1] if path.name == "index" else path.parts
    return quote("".join(f"{part}/" for part in parts))


def moment(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

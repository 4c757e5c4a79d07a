"""Briefing, Archive -> Page: path and text, through templates/.

    templates = load_templates(Path("templates"), Site("Briefing Archive"))
    briefing_page(briefing, archive, templates) -> Page("briefings/2012/x.md", "---\\ntitle: ...")
    briefing_files(briefing)                    -> what lies beside it: its facts as JSON
    briefing_pages(row, read, archive, templates, stamps) -> both, made only if what they are made of changed
    archive_pages(archive, templates, stamps)   -> every other page, one after the other

Python decides what is true, templates what it looks like. A page is a Markdown file whose headings are
Markdown (for the table of contents) and whose contents are HTML blocks, in which every word of a
contributor is escaped by briefing/escape.py.
"""

from __future__ import annotations

from briefing.site.article import briefing_files, briefing_page, briefing_pages
from briefing.site.feeds import with_sitemap
from briefing.site.fingerprints import Stamps
from briefing.site.indexes import archive_pages, quality_page
from briefing.site.pictures import pictures
from briefing.site.templates import Site, Templates, load_templates

__all__ = [
    "Site",
    "Stamps",
    "Templates",
    "archive_pages",
    "briefing_files",
    "briefing_page",
    "briefing_pages",
    "load_templates",
    "pictures",
    "quality_page",
    "with_sitemap",
]

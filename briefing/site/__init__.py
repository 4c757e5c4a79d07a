"""Render the pages of the archive through templates/.

    templates = load_templates(Path("templates"), Site("Briefing Archive"))
    briefing_pages(row, read, archive, templates, fingerprints)  -> the page of a briefing and the files beside it
    archive_pages(archive, templates, fingerprints)              -> all other pages

Python decides what is true, templates decide what it looks like. A page is a Markdown file: its headings are Markdown
(for the table of contents), its contents HTML blocks in which briefing/escape.py has escaped all contributed text.
"""

from __future__ import annotations

from briefing.site import changes
from briefing.site.article import briefing_page, briefing_pages
from briefing.site.data import Data, data_pages, query_page
from briefing.site.feeds import with_sitemap
from briefing.site.fingerprints import Fingerprints
from briefing.site.indexes import STANDARD, archive_pages, quality_page, unlisted
from briefing.site.pictures import preview_pictures
from briefing.site.templates import Site, Templates, Tombstone, load_templates, template_hashes

__all__ = [
    "STANDARD",
    "Data",
    "Fingerprints",
    "Site",
    "Templates",
    "Tombstone",
    "archive_pages",
    "briefing_page",
    "briefing_pages",
    "changes",
    "data_pages",
    "load_templates",
    "preview_pictures",
    "quality_page",
    "query_page",
    "template_hashes",
    "unlisted",
    "with_sitemap",
]

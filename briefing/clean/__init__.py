"""Source -> Article: the text with its structure; what is no part of the article is marked, never deleted.

Each step looks at the article's blocks as a reader sees them and marks some, with its rule and a reason in
plain words. The order matters: labels, bylines and the website's lines above the article go first, which shows
where it begins; that first line, the headline or lead, is kept whatever a later rule says.

    "Posted on" at the end of a scraped page  ->  Removed(..., "empty-label", "Empty label")
"""

from __future__ import annotations

from collections.abc import Callable

from briefing.clean.advertising import mark_advertisements
from briefing.clean.boilerplate import (
    find_first,
    mark_between_contacts,
    mark_paragraph_ends,
    mark_repetitions,
    mark_website_lines,
)
from briefing.clean.bylines import find_authorship, find_dateline, mark_author_notes
from briefing.clean.draft import Draft, start_draft
from briefing.model import Article, Removed, Source
from briefing.text.blocks import Structure, read_structure
from briefing.text.metadata import Shown, find_language, find_published, find_title

STEPS: tuple[Callable[[Draft], None], ...] = (
    find_authorship,
    find_first,
    find_dateline,
    mark_website_lines,
    mark_author_notes,
    mark_repetitions,
    mark_advertisements,
    mark_between_contacts,
    mark_paragraph_ends,
)


def clean(source: Source) -> Article:
    """The article of a source. `Article.text` is the source's body, character for character."""
    structure = read_structure(source.body)
    draft = start_draft(source.body, structure)
    for step in STEPS:
        step(draft)
    standing = [Shown(p.block, p.shown) for p in draft.standing()]
    hints = tuple(sorted(draft.hints, key=lambda h: (h.start, h.kind)))
    return Article(
        source=source,
        text=source.body,
        title=find_title(source.meta, standing, hints),
        published=find_published(source.meta, hints, source.path),
        language=find_language(source.meta, "\n".join(s.words for s in standing)),
        blocks=structure.blocks,
        hidden=structure.hidden,
        inlines=structure.inlines,
        removed=_in_order(structure, draft),
        hints=hints,
    )


def _in_order(structure: Structure, draft: Draft) -> tuple[Removed, ...]:
    """All marks by place; none overlaps another."""
    marks = [*structure.removed, *draft.marks.values(), *draft.parts]
    return tuple(sorted(marks, key=lambda r: (r.start, r.end)))

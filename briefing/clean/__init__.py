"""Clean a source: mark what does not belong to the article. Nothing is deleted.

Each step looks at the blocks as a reader sees them and marks some, with a rule and a short reason. The order matters:
labels, bylines and website lines above the article come first and show where it begins. That first line, the headline
or lead, is kept by all later steps.

    "Posted on" at the end of a scraped page  ->  Removed(..., "empty-label", "Empty label")
"""

from __future__ import annotations

from collections.abc import Callable

from briefing.clean.advertising import mark_advertisements, mark_below_markers
from briefing.clean.boilerplate import (
    find_first,
    mark_between_contacts,
    mark_columns,
    mark_comments,
    mark_paragraph_ends,
    mark_repetitions,
    mark_website_lines,
)
from briefing.clean.bylines import find_authorship, find_dateline, mark_author_notes, mark_mail_heads
from briefing.clean.draft import Draft, start_draft
from briefing.model import Article, Removed, Source
from briefing.text.markup import Structure, read_structure
from briefing.text.metadata import VisibleBlock, find_language, find_published, find_title

STEPS: tuple[Callable[[Draft], None], ...] = (
    mark_columns,
    mark_comments,
    mark_mail_heads,
    find_authorship,
    find_first,
    find_dateline,
    mark_website_lines,
    mark_below_markers,
    mark_author_notes,
    mark_repetitions,
    mark_advertisements,
    mark_between_contacts,
    mark_paragraph_ends,
)


def clean(source: Source) -> Article:
    """Return the article of a source. `Article.text` is the body of the source, character for character."""
    structure = read_structure(source.body)
    draft = start_draft(source.body, structure)
    for step in STEPS:
        step(draft)
    paired = [(p, VisibleBlock(p.block, p.shown)) for p in draft.unmarked()]
    hints = tuple(sorted(draft.hints, key=lambda h: (h.start, h.kind)))
    return Article(
        source=source,
        text=source.body,
        title=find_title(source.meta, [s for p, s in paired if p.index >= draft.first], hints),
        published=find_published(source.meta, hints, source.path),
        language=find_language(source.meta, "\n".join(s.words for _, s in paired)),
        blocks=structure.blocks,
        hidden=structure.hidden,
        inlines=structure.inlines,
        removed=_in_order(structure, draft),
        hints=hints,
    )


def _in_order(structure: Structure, draft: Draft) -> tuple[Removed, ...]:
    """Return all marks in text order; none overlaps another."""
    marks = [*structure.removed, *draft.marks.values(), *draft.parts]
    return tuple(sorted(marks, key=lambda r: (r.start, r.end)))

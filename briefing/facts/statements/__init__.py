"""Analysis -> Statement: who said, wrote or believed what, and in which words.

    attributions -> drafts -> rules of form -> joined pieces -> exact characters

The reader (`facts/reader`) decides which words are somebody's. Rules add what is a matter of form (interviews, signed
quotations) and reject what only looks like a statement. decisions/reader.md says what each is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from briefing.facts.kinds import with_confidence
from briefing.facts.statements.drafts import Draft, Rejected, find_drafts, join, sift
from briefing.facts.statements.filters import is_condition
from briefing.facts.statements.layout import (
    after_another_person,
    find_interview,
    find_left_over,
    find_signed,
    in_interview,
    in_signed,
    with_chains,
)
from briefing.facts.statements.page import ENDS, Page, Range, read_page
from briefing.facts.statements.quotes import find_marks, find_quotes
from briefing.facts.statements.words import HEDGES, PASSIVE_HEDGES, WORDS, stem
from briefing.facts.tokens import Tree
from briefing.model import Analysis, Form, Span, Speaker, Statement

__all__ = ["find_quotes", "find_statements", "read_statements"]


INNER = {"'": "'", "‘": "’", '"': '"', "“": "”"}  # marks that open and close a quotation in a content
INNER_END = re.compile(r"[.,?!]?(['’\"”])")


class Found(NamedTuple):
    statements: tuple[Statement, ...]
    rejected: tuple[Rejected, ...]


def find_statements(analysis: Analysis, tree: Tree | None = None) -> tuple[Statement, ...]:
    """Return the statements of an article, in reading order; the linker fills in `actor` and `about`.

    Pass the syntax `tree` if it is known already.
    """
    return read_statements(analysis, tree).statements


def read_statements(analysis: Analysis, tree: Tree | None = None) -> Found:
    """Return the statements, and what each step rejected and why."""
    page = read_page(analysis, tree)
    interview = find_interview(page)
    read, unsaid = find_drafts(page, analysis.attributions)
    signed = find_signed(page, read)
    read, in_turns = sift(read, partial(in_interview, interview))
    read, claimed = sift(read, partial(in_signed, signed))
    read, doubtful = sift(read, partial(after_another_person, page))
    told = with_chains(page, [*interview.answers, *signed, *read])
    drafts = join([*told, *find_left_over(page, told)])
    speakers = [d.speaker for d in drafts if d.speaker is not None]
    drafts, bare = sift(drafts, partial(reason_against_content, page, speakers))
    statements = dict.fromkeys(to_statement(page, d) for d in drafts)  # none twice
    return Found(tuple(statements), (*unsaid, *in_turns, *claimed, *doubtful, *bare))


def reason_against_content(page: Page, speakers: Iterable[Range], draft: Draft) -> str:
    """Return why a content says nothing: it is only a condition, or a speaker's name.

    "Venn said, according to Orr, that ..." reports no "Venn".
    """
    if draft.cue is not None and draft.rule == "reader" and is_condition(page, draft.contents, draft.cue):
        return "a condition only"
    within = (any(first <= low and high <= last for first, last in speakers) for low, high in draft.contents)
    return "name of a speaker" if all(within) else ""


# --- from drafts to statements ----------------------------------------------------------------


def to_statement(page: Page, draft: Draft) -> Statement:
    speaker = None
    if draft.speaker is not None:
        span = page.tree.span(draft.speaker[0], _closed(page, *draft.speaker))
        speaker = Speaker(span.start, span.end) if span else None
    return Statement(
        speaker=speaker,
        cue=page.tree.span(*draft.cue) if draft.cue else None,
        content=tuple(span for first, last in draft.contents for span in _content_spans(page, first, last)),
        form=form(page, draft),
        hedged=hedged(page, draft),
        rule=with_confidence(draft.rule, draft.confidence),
    )


def _content_spans(page: Page, first: int, last: int) -> Iterator[Span]:
    """Yield the characters of a range with the quotation marks that belong to it, split around removed text."""
    tokens = page.tokens
    start, last = first, _closed(page, first, last)
    for i in range(first + 1, last + 1):
        cut = i == last
        if not cut and tokens[i].sentence != tokens[i - 1].sentence:
            cut = bool(page.analysis.text[tokens[i - 1].end : tokens[i].start].strip())
        if cut:
            a, b = _with_marks(page, start, i)
            yield Span(*_letters(page, a, b))
            start = i


def _closed(page: Page, first: int, last: int) -> int:
    """Return the end of a range, extended by the bracket that closes one opened inside it."""
    if page.words[last : last + 1] != (")",):
        return last
    words = " ".join(page.words[first:last])
    return last + 1 if "(" in words and ")" not in words else last


def _letters(page: Page, first: int, last: int) -> tuple[int, int]:
    """Return the characters of a range, without a quotation mark glued to its first or last word."""
    start, end = page.tokens[first].start, page.tokens[last - 1].end
    opening, closing = page.quoted[first], page.quoted[last - 1]
    if opening >= 0 and page.quotes[opening].first == first:
        start = max(start, page.quotes[opening].start)
    if closing >= 0 and page.quotes[closing].last == last:
        end = min(end, page.quotes[closing].end)
    if start >= end:
        return page.tokens[first].start, page.tokens[last - 1].end
    return start, _inner_end(page.analysis.text, start, end)


def _inner_end(text: str, start: int, end: int) -> int:
    """Return the end of a content, extended by the mark that closes a quotation inside: "He said: ‘It leaks.’"."""
    marks = [m for m in find_marks(text, start, end) if m.opens != m.closes]
    if not marks or not marks[-1].opens or (closing := INNER_END.match(text, end)) is None:
        return end
    return closing.end() if INNER.get(marks[-1].text) == closing[1] else end


def _with_marks(page: Page, first: int, last: int) -> tuple[int, int]:
    """Extend a range: a quotation alone by its full stop, a longer content by the quotation marks at its edges."""
    tokens, quotes = page.tokens, page.quotes
    opening, closing = page.quoted[first], page.quoted[last - 1]
    alone = opening == closing and opening >= 0 and quotes[opening].first == first
    if closing >= 0:
        stop = quotes[closing].last
        if stop <= last + 2 and all(tokens[i].text in ENDS or tokens[i].text == "," for i in range(last, stop)):
            while last < stop and (not alone or tokens[last].text in ENDS):
                last += 1
    if opening == closing:
        return first, last
    if opening >= 0 and quotes[opening].first == first and _neighbours(page, first - 1, first):
        first -= 1
    if closing >= 0 and quotes[closing].last == last and not quotes[closing].open and _neighbours(page, last - 1, last):
        last += 1
    return first, last


def _neighbours(page: Page, a: int, b: int) -> bool:
    """Tell whether two tokens are in one block, with no removed text between them."""
    if not (a >= 0 and b < len(page.tokens)) or page.tokens[a].block != page.tokens[b].block:
        return False
    return not page.analysis.text[page.tokens[a].end : page.tokens[b].start].strip()


def form(page: Page, draft: Draft) -> Form:
    """Return "direct" if all words are in quotation marks, "mixed" if some are, else "indirect".

    Marks that enclose the cue too do not count.
    """
    around = page.quoted[draft.cue[0]] if draft.cue else -1
    inside = outside = 0
    for first, last in draft.contents:
        for i in range(first, last):
            if page.tokens[i].text[:1].isalnum():
                if page.quoted[i] >= 0 and page.quoted[i] != around:
                    inside += 1
                elif page.words[i] != "that" or i != first:
                    outside += 1
    return "indirect" if not inside else "mixed" if outside else "direct"


def hedged(page: Page, draft: Draft) -> bool:
    """Tell whether it is hearsay: "reportedly", "rumour has it", or "is said to" without a speaker."""
    if draft.speaker is not None and not WORDS.rumours.isdisjoint(page.words[slice(*draft.speaker)]):
        return True
    if draft.cue is None:
        return False
    cue = page.words[slice(*draft.cue)]
    if any(word in HEDGES for word in cue):
        return True
    return draft.speaker is None and any(stem(word) in PASSIVE_HEDGES for word in cue)

"""Draft -> Statement: exact characters of content, cue and speaker; direct, indirect or mixed; hedged or not."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.page import Page
from briefing.facts.statements.words import lexicon
from briefing.model import Span, Speaker, Statement

ENDS = frozenset({".", "?", "!", "…", "...", "。", "？", "！"})
LEFT_OF_CUE = frozenset({"aux", "auxpass", "neg"})
LONGEST_TAIL = 2  # words of a cue after its verb: "called for", "referring to"


def to_statement(page: Page, draft: Draft) -> Statement | None:
    content = tuple(span for first, last in draft.content.ranges for span in _content_spans(page, first, last))
    if not content:
        return None
    speaker = None
    if draft.speaker.head is not None:
        span = page.tree.span(draft.speaker.first, _closed(page, draft.speaker.first, draft.speaker.last))
        speaker = Speaker(span.start, span.end) if span else None
    cue = cue_words(page, draft)
    return Statement(
        speaker=speaker,
        cue=page.tree.span(*cue) if cue else None,
        content=content,
        form=form(page, draft),
        hedged=hedged(page, draft, speaker is None),
        rule=f"{draft.cue.kind}: {draft.content.kind}" if draft.cue else f"free quote: {draft.speaker.kind}",
    )


def _content_spans(page: Page, first: int, last: int) -> Iterator[Span]:
    """The characters of a range, with the quotation marks that belong to it; cut where text was set aside."""
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
    """The end of a range, with the bracket that closes what the range opened."""
    if page.words[last : last + 1] != (")",):
        return last
    words = " ".join(page.words[first:last])
    return last + 1 if "(" in words and ")" not in words else last


def _letters(page: Page, first: int, last: int) -> tuple[int, int]:
    """The characters of a range; a mark glued to its first or last word stays outside."""
    start, end = page.tokens[first].start, page.tokens[last - 1].end
    opening, closing = page.quoted[first], page.quoted[last - 1]
    if opening >= 0 and page.quotes[opening].first == first:
        start = max(start, page.quotes[opening].start)
    if closing >= 0 and page.quotes[closing].last == last:
        end = min(end, page.quotes[closing].end)
    return (start, end) if start < end else (page.tokens[first].start, page.tokens[last - 1].end)


def _with_marks(page: Page, first: int, last: int) -> tuple[int, int]:
    """A quotation alone leaves its marks out and keeps its full stop; inside a longer content marks stay in."""
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
    """Do two tokens stand in one block, with nothing set aside between them?"""
    if not (a >= 0 and b < len(page.tokens)) or page.tokens[a].block != page.tokens[b].block:
        return False
    return not page.analysis.text[page.tokens[a].end : page.tokens[b].start].strip()


def form(page: Page, draft: Draft) -> str:
    """Direct: all of it in quotation marks; mixed: some; a cue inside a quotation is read from within."""
    around = page.quoted[draft.cue.head] if draft.cue else -1
    inside = outside = 0
    for first, last in draft.content.ranges:
        for i in range(first, last):
            if page.tokens[i].text[:1].isalnum():
                if page.quoted[i] >= 0 and page.quoted[i] != around:
                    inside += 1
                elif page.words[i] != "that" or i != first:
                    outside += 1
    return "indirect" if not inside else "mixed" if outside else "direct"


def cue_words(page: Page, draft: Draft) -> tuple[int, int] | None:
    """The cue with its auxiliaries ("has not said") and the preposition before its content ("called for")."""
    if draft.cue is None:
        return None
    tokens = page.tokens
    first, last = draft.cue.head, draft.cue.last
    if draft.cue.kind == "according" and page.words[first] != "according":
        if last < len(tokens) and page.words[last] == "of":
            return first, last + 1
        return last - 1, last
    if draft.cue.kind == "verb":
        while first > 0 and tokens[first - 1].head == draft.cue.head and tokens[first - 1].block == tokens[first].block:
            dep = tokens[first - 1].dep
            if dep not in LEFT_OF_CUE and dep != "advmod":
                break
            first -= 1
        while tokens[first].dep == "advmod":
            first += 1
        if tokens[first].tag == "TO":
            first += 1
    for begin, _ in draft.content.ranges:
        if last < begin <= last + LONGEST_TAIL and all(tokens[i].tag in ("IN", "TO", "RP") for i in range(last, begin)):
            last = begin
            break
    return first, last


def hedged(page: Page, draft: Draft, nobody: bool) -> bool:
    """ "reportedly", "is said to": somebody unnamed has said so."""
    if draft.cue is None:
        return False
    words = lexicon()
    if draft.cue.kind == "adverb":
        return draft.cue.word in words.hedges
    if any(page.words[c] in words.hedges for c in page.tree.children[draft.cue.head][:40]):
        return True
    return nobody and draft.form == "passive" and draft.cue.word in words.passive_hedges

"""Drafts -> the drafts that stand: best first, without two that claim the same words; split quotes joined.

"The roof leaks," said Bolt. "It always has."   ->  one statement with two pieces of content
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.facts.statements.contents import Content
from briefing.facts.statements.cues import Cue
from briefing.facts.statements.drafts import POINTING, Draft, that_clause
from briefing.facts.statements.page import EDGES, Page, trim
from briefing.facts.statements.words import lexicon, stem

REPORTING = frozenset({"say", "write", "inform", "argue"})
QUOTED = stem("quoted")
PROMISING = "promise"
EDGE = 0.01
SAME = 0.5  # share of common words from which two contents are one
LONGEST_DAY = 4  # tokens of "this on Monday morning"
LONGEST_LOOK = 80  # tokens of a content in which another cue of its speaker is looked for
NEAREST = 12  # tokens between a statement and the quotation that goes on with it


def settle(page: Page, drafts: Iterable[Draft]) -> list[Draft]:
    """The best drafts, one for each content, in reading order."""
    kept: list[Draft] = []
    taken: dict[int, list[int]] = {}  # token -> which kept drafts have it in their content
    sizes: list[int] = []
    for draft in sorted(_lifted(page, drafts), key=lambda d: (-d.score, d.content.ranges)):
        tokens = [i for a, b in draft.content.ranges for i in range(a, b)]
        shared: dict[int, int] = {}
        for i in tokens:
            for k in taken.get(i, ()):
                shared[k] = shared.get(k, 0) + 1
        if any(
            n > SAME * (len(tokens) + sizes[k] - n) and not _layers(page, draft, kept[k]) for k, n in shared.items()
        ):
            continue
        for i in tokens:
            owners = taken.setdefault(i, [])
            if len(owners) < 4:  # statements inside statements: deeper nesting is not read
                owners.append(len(kept))
        kept.append(draft)
        sizes.append(len(tokens))
    kept = [d for d in kept if not any(_passed_on(page, d, kept[k]) for k in taken.get(d.content.ranges[0][0], ()))]
    return sorted(kept, key=lambda d: (d.content.ranges, d.cue.head if d.cue else -1))


def _lifted(page: Page, drafts: Iterable[Draft]) -> list[Draft]:
    """ "Bolt refused to answer the question": the refusal comes before the answer, however sure that is; "repeated her
    warning that ...": the verb before its noun."""
    drafts = list(drafts)
    best = {d.cue.head: d.score for d in drafts if d.cue is not None}
    lifted = []
    for draft in drafts:
        if draft.cue is not None and PROMISING in lexicon().groups.get(draft.cue.word, ()):
            below = page.tree.child(draft.cue.head, ("xcomp",))
            if below is not None and below > draft.cue.head and draft.content.ranges[0][0] <= below:
                draft = replace(draft, score=max(draft.score, best.get(below, draft.score) + EDGE))
        elif draft.cue is not None and draft.cue.kind == "verb" and (own := _own_words(page, draft.cue)) is not None:
            draft = replace(draft, score=max(draft.score, best.get(own, draft.score) + EDGE))
        lifted.append(draft)
    return lifted


def _own_words(page: Page, cue: Cue) -> int | None:
    """The noun of "repeated her warning", "withdrew their promise": her own, not another's."""
    noun = page.tree.child(cue.head, ("dobj",))
    if noun is None or "say" not in lexicon().groups.get(cue.word, ()) or stem(page.words[noun]) not in lexicon().nouns:
        return None
    return noun if any(page.tokens[c].tag == "PRP$" for c in page.tree.children[noun][:1]) else None


def part(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """ "Bolt said it leaks, adding that ...": what the same speaker adds is no part of the first content."""
    added = {d.cue.head: d for d in drafts if d.cue is not None and d.speaker.head is not None}
    parted = []
    for draft in drafts:
        ranges = list(draft.content.ranges)
        first, last = ranges[-1]
        for i in range(first + 2, min(last, first + LONGEST_LOOK)):
            other = added.get(i)
            if other is None or other.speaker.head != draft.speaker.head or page.quoted[i] >= 0:
                continue
            start = page.tree.left[i]
            while start < i and page.tokens[start].text in EDGES:
                start += 1
            if start > first and other.content.ranges[-1][1] >= last - 1:
                first, last = trim(page, first, start)
                while last - 1 > first and page.tokens[last - 1].tag == "CC":  # ..., but
                    first, last = trim(page, first, last - 1)
                ranges[-1] = (first, last)
                draft = replace(draft, content=Content(draft.content.kind, tuple(ranges)))
                break
        parted.append(draft)
    return parted


def inside(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """ "Bolt said that, according to Orr, it leaks": what Orr says begins after what introduces Bolt's words."""
    by_cue = {d.cue.head: d for d in drafts if d.cue is not None and d.cue.kind == "verb"}
    owners = {d.content.ranges[0]: d for d in by_cue.values() if len(d.content.ranges) == 1 and d.score > 0}
    held = [_inside(page, d, by_cue) if d.cue is not None and d.cue.kind == "according" else d for d in drafts]
    return [_without_others(d, owners) if len(d.content.ranges) > 1 else d for d in held]


def _without_others(draft: Draft, owners: dict[tuple[int, int], Draft]) -> Draft:
    """ "A," said Bolt. "B," Orr explained: what Orr explained is no part of what Bolt said."""
    kept = tuple(r for r in draft.content.ranges if r not in owners or owners[r].speaker.head == draft.speaker.head)
    return replace(draft, content=Content(draft.content.kind, kept)) if kept else draft


def _inside(page: Page, draft: Draft, by_cue: dict[int, Draft]) -> Draft:
    first, last = draft.content.ranges[0]
    cue = draft.cue.head if draft.cue is not None else first
    for i in range(max(first, cue - LONGEST_LOOK), min(cue, last)):
        start, end = by_cue[i].content.ranges[0] if i in by_cue else (cue, cue)
        if i < start <= cue < end and start <= last:
            ranges = (trim(page, start, last), *draft.content.ranges[1:])
            kept = tuple((a, b) for a, b in ranges if b - a > 1 or (a < b and page.words[a] != "that"))
            return replace(draft, content=Content(draft.content.kind, kept)) if kept else draft
    return draft


def meant(page: Page, drafts: Iterable[Draft]) -> list[Draft]:
    """ "The ministry announced this" means the sentence before; "announced it" says nothing by itself."""
    kept = []
    for draft in drafts:
        ranges = draft.content.ranges
        if len(ranges) == 1 and _points(page, *ranges[0]) and draft.cue is not None:
            word, alone = page.words[ranges[0][0]], ranges[0][1] - ranges[0][0] == 1
            before = _sentence_before(page, ranges[0][0])
            if word in POINTING and before is not None and draft.cue.head < ranges[0][0]:
                draft = replace(draft, content=Content("sentence before", (before,)))
            elif alone and page.tokens[ranges[0][0]].tag in (
                "PRP",
                "DT",
                "WDT",
                "WP",
                "IN",
                "TO",
            ):
                continue
        kept.append(_untold(page, draft))
    return kept


def _untold(page: Page, draft: Draft) -> Draft:
    """ "Bolt reminded the council on Monday that ...": whom she reminded, and when, is no part of it."""
    if draft.cue is None or draft.cue.word not in lexicon().told or len(draft.content.ranges) > 1:
        return draft
    that = that_clause(page, draft.cue.head)
    first, last = draft.content.ranges[0]
    if that is None or not first < that < last:
        return draft
    return replace(draft, content=Content(draft.content.kind, ((that, last),)))


def _points(page: Page, first: int, last: int) -> bool:
    """One word, or "this on Monday"."""
    day = last - first <= LONGEST_DAY and page.words[first] in POINTING and page.tokens[first].dep == "dobj"
    return last - first == 1 or (day and page.tokens[first + 1].tag in ("IN", "RB", "NNP"))


def _sentence_before(page: Page, token: int) -> tuple[int, int] | None:
    number = page.tokens[token].sentence - 1
    if number < 0 or page.analysis.sentences[number].block != page.tokens[token].block:
        return None
    sentence = page.analysis.sentences[number]
    first, last = trim(page, sentence.first, sentence.last)
    return (first, last) if first < last else None


def _layers(page: Page, a: Draft, b: Draft) -> bool:
    """Is one said inside the other: "Orr recalled that Bolt had warned that ..."?"""
    if a.cue is None or b.cue is None:
        return False
    if "according" in (a.cue.kind, b.cue.kind):
        outer, inner = (a, b) if a.cue.kind == "according" else (b, a)
        return _relayed(page, inner) and _holds(outer, inner)
    if not (reports(a.cue) and reports(b.cue)):
        return False
    if QUOTED in (a.cue.word, b.cue.word) and abs(a.cue.head - b.cue.head) <= NEAREST:
        return a.speaker.head != b.speaker.head  # "Bolt was quoted by the Gazette as saying": both stand by it
    return _holds(a, b) or _holds(b, a)


def _relayed(page: Page, draft: Draft) -> bool:
    """ "According to the Post, the police told the council that ...": a plain report, not "confirmed cases rose"."""
    if draft.cue is None or not reports(draft.cue):
        return False
    groups = lexicon().groups.get(draft.cue.word, ())
    return page.words[draft.content.ranges[0][0]] == "that" or "say" in groups or "argue" in groups


def _passed_on(page: Page, draft: Draft, around: Draft) -> bool:
    """Is an expectation that nobody is named for only what somebody else says: "The office says rain is expected"?"""
    if draft is around or draft.cue is None or draft.speaker.head is not None or around.speaker.head is None:
        return False
    held = [*draft.content.ranges, (draft.cue.head, draft.cue.head + 1)]
    return all(any(a <= first and last <= b for a, b in around.content.ranges) for first, last in held)


def reports(cue: Cue) -> bool:
    return not REPORTING.isdisjoint(lexicon().groups.get(cue.word, ()))


def _holds(outer: Draft, inner: Draft) -> bool:
    if inner.cue is None or inner.speaker.head is None:
        return False
    cue, source = inner.cue.head, inner.speaker.head
    return any(a <= cue < b for a, b in outer.content.ranges) and any(a <= source < b for a, b in outer.content.ranges)


def join(page: Page, drafts: Sequence[Draft], free: Sequence[Draft]) -> list[Draft]:
    """A free quotation that goes on with a quoted statement of its own paragraph becomes part of it."""
    joined = list(drafts)
    by_speaker: dict[tuple[int, int], int] = {}
    for number, draft in enumerate(joined):
        if draft.speaker.head is not None and any(page.quoted[a] >= 0 for a, _ in draft.content.ranges):
            first = draft.content.ranges[0][0]
            by_speaker[page.tokens[first].block, draft.speaker.head] = number
    apart = []
    for draft in free:
        first = draft.content.ranges[0][0]
        key = (page.tokens[first].block, draft.speaker.head if draft.speaker.head is not None else -1)
        number = by_speaker.get(key, -1)
        if number >= 0 and _goes_on(joined[number], first, page):
            merged = tuple(sorted((*joined[number].content.ranges, *draft.content.ranges)))
            joined[number] = replace(joined[number], content=Content(joined[number].content.kind, merged))
        else:
            apart.append(draft)
    return sorted([*joined, *apart], key=lambda d: (d.content.ranges, d.cue.head if d.cue else -1))


def _goes_on(draft: Draft, first: int, page: Page) -> bool:
    if draft.cue is None:
        return False
    end = max(draft.content.ranges[-1][1], draft.cue.last, draft.speaker.last)
    return end <= first <= end + NEAREST and all(page.quoted[a] >= 0 for a, _ in draft.content.ranges)

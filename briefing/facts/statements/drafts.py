"""Attributions -> those that a reader would call statements.

Not asserted: "Bolt would say that it leaks", "Did Bolt say that it leaks?"
Not said: "Bolt plans to leave", which the training articles mark like speech.
Nobody says it: no words name a speaker, unless the text itself tells of hearsay ("reportedly", "it is said").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.facts.statements.page import Page, trim
from briefing.facts.statements.words import lexicon, stem
from briefing.facts.tokens import SUBJECTS
from briefing.model import Attribution

# Attributions -> Draft: statements in token ranges, before their exact characters are worked out.
#
# The reader gives pieces; a statement may have several:
#
#     "The roof leaks," said Bolt. "It always has."     two pieces, one cue
#     "The roof leaks.  /  "It always has," said Bolt.  a quotation over two paragraphs: the second names the speaker

Range = tuple[int, int]
NEAREST = 12  # tokens between a statement and the quotation that continues it
RELATIVES = frozenset({"WP", "WDT"})
CLAUSES = frozenset({"relcl", "acl", "ccomp", "parataxis", "advcl"})


@dataclass(frozen=True, slots=True)
class Draft:
    contents: tuple[Range, ...]  # in reading order
    speaker: Range | None  # None: nobody is named
    cue: Range | None  # None: a quotation on its own
    confidence: float  # 0-1
    rule: str  # reader, or the rule that found it

    @property
    def first(self) -> int:
        return self.contents[0][0]


def find_drafts(page: Page, attributions: Iterable[Attribution]) -> list[Draft]:
    """What the reader found, in pieces."""
    found: list[Draft] = []
    for a, content in ((one, trim(page, *part)) for one in attributions for part in _apart(page, one)):
        cue = trim(page, *a.cue) if a.cue else None
        if a.cue and cue and cue[0] >= cue[1]:  # a colon attributes too
            cue = a.cue
        speaker = _speaker(page, _whole_subject(page, a.speaker, cue)) if a.speaker else None
        if content[0] < content[1] and not _inside(speaker, content) and not _inside(cue, content):
            own = cue if content[0] <= a.content[0] + 1 else None
            found.append(Draft((content,), speaker, own, a.confidence, "reader"))
    return found


def _apart(page: Page, a: Attribution) -> list[Range]:
    """The content, and apart from it a quotation that begins the next sentence: "said it leaks. “It always has.”" """
    first, last = a.content
    for i in range(first + 1, last):
        begins = page.tokens[i].sentence != page.tokens[i - 1].sentence
        if begins and page.quoted[first] < 0 and page.quoted[min(i + 1, last - 1)] >= 0 > page.quoted[i - 1]:
            return [(first, i), (i, last)]
    return [(first, last)]


def _inside(part: Range | None, whole: Range) -> bool:
    return part is not None and part[0] < whole[1] and whole[0] < part[1]


def _whole_subject(page: Page, speaker: Range, cue: Range | None) -> Range:
    """A single word of the cue's subject as the whole subject: "et" is "Holt et al."."""
    if cue is None or speaker[1] - speaker[0] > 1:
        return speaker
    for verb in range(*cue):
        subject = page.tree.child(verb, SUBJECTS)
        if subject is not None and page.tree.left[subject] <= speaker[0] < page.tree.right[subject] <= verb:
            return page.tree.left[subject], page.tree.right[subject]
    return speaker


def _speaker(page: Page, span: Range) -> Range | None:
    """The source without the clause behind it: "Bolt, who left in May" is "Bolt"."""
    first, last = trim(page, *span)
    if first >= last:
        return None
    if page.tokens[first].tag in RELATIVES and last - first == 1:
        return _antecedent(page, first) or (first, last)
    for i in range(first, last):
        token = page.tokens[i]
        if i > first and token.dep in CLAUSES and first <= token.head < page.tree.left[i]:
            last = min(last, page.tree.left[i])
            break
    first, last = trim(page, first, last)
    while last - 1 > first and page.tokens[last - 1].tag in ("POS", *RELATIVES):  # Bolt's
        first, last = trim(page, first, last - 1)
    return (first, last) if first < last else None


def _antecedent(page: Page, relative: int) -> Range | None:
    """ "who" with what it stands for: the noun on which its clause hangs, and what belongs to that."""
    verb = relative
    while page.tokens[verb].dep not in CLAUSES and page.tokens[verb].head != verb:
        verb = page.tokens[verb].head
    noun = page.tokens[verb].head
    if page.tokens[verb].dep != "relcl" or not noun < relative:
        return None
    first, last = trim(page, page.tree.left[noun], page.tree.left[verb])
    return (first, relative + 1) if first <= noun < last <= relative else None


def join(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Pieces that share a cue are one statement; so is a quotation that continues the statement before it."""
    by_cue: dict[tuple[Range, Range | None], int] = {}
    joined: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.contents):
        at = by_cue.get((draft.cue, draft.speaker)) if draft.cue else None
        if at is None and draft.cue is None and joined and _continues(page, joined[-1], draft):
            at = len(joined) - 1
        if at is None:
            joined.append(draft)
            if draft.cue:
                by_cue[draft.cue, draft.speaker] = len(joined) - 1
        else:
            before = joined[at]
            contents = tuple(sorted({*before.contents, *draft.contents}))
            joined[at] = replace(before, contents=contents, confidence=min(before.confidence, draft.confidence))
    return joined


def _continues(page: Page, before: Draft, draft: Draft) -> bool:
    """Does a quotation without a cue go on with the quoted words before it, in the same paragraph?"""
    first = draft.first
    end = max(before.contents[-1][1], before.cue[1] if before.cue else 0, before.speaker[1] if before.speaker else 0)
    same_speaker = draft.speaker is None or draft.speaker == before.speaker
    return (
        same_speaker
        and page.tokens[first].block == page.tokens[before.first].block
        and end <= first <= end + NEAREST
        and all(page.quoted[a] >= 0 for a, _ in (*before.contents, *draft.contents))
    )


ASSERTED = 0.5  # probability from which words count as said


def keep(page: Page, attributions: Iterable[Attribution]) -> list[Attribution]:
    return [
        a
        for a in attributions
        if a.asserted >= ASSERTED and (a.speaker is not None or is_hearsay(page, a)) and not is_intention(page, a)
    ]


def is_intention(page: Page, attribution: Attribution) -> bool:
    """Is it what somebody is about to do, not in quotation marks: "plans to build", "is seeking buyers"?"""
    first, last = attribution.content
    if attribution.cue is None or page.words[first] == "that" or any(page.quoted[i] >= 0 for i in range(first, last)):
        return False
    return any(stem(w) in lexicon().intentions for w in page.words[slice(*attribution.cue)])


def is_hearsay(page: Page, attribution: Attribution) -> bool:
    """Does its cue say that somebody unnamed has said so?"""
    if attribution.cue is None:
        return False
    words = lexicon()
    cue = page.words[slice(*attribution.cue)]
    return any(w in words.hedges or stem(w) in words.passive_hedges for w in cue)

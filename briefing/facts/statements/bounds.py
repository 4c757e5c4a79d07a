"""Content -> content: where it begins and ends by the syntax of its sentence, where the reader stopped inside a clause.

    said once more // that it leaks          adverbs of the verb of saying are not content
    leaks because // of the // frost         extended to the end of the clause or phrase
    leaks // and gave the owner a month      a deed of the speaker: cut
    leaks // though he gave no details       a remark of the writer: cut
    leaks // and Orr said that it does not   another speaker: cut
    “It leaks. // It always has.”            extended to the closing mark
    The roof // , Bolt said, leaks           the subject that stands before the verb of saying is added

Nothing is extended over a quotation mark, or over another verb of saying or its speaker.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefing.facts.statements.page import FINITE, Page, trim
from briefing.facts.statements.words import REPORTING, WITHHOLDING, stem
from briefing.facts.tokens import SUBJECTS
from briefing.model import Attribution

Range = tuple[int, int]


class Others(NamedTuple):
    """Where the statements of an article have their speakers and cues."""

    taken: frozenset[int]  # the tokens of both
    speakers: frozenset[int]  # the first tokens of speakers before their cues


def read_others(read: Iterable[Attribution]) -> Others:
    taken: set[int] = set()
    speakers: set[int] = set()
    for a in read:
        for part in (a.cue, a.speaker):
            taken.update(range(*part) if part is not None else ())
        if a.speaker is not None and a.cue is not None and a.speaker[1] <= a.cue[0] < a.content[0]:
            speakers.add(a.speaker[0])
    return Others(frozenset(taken), frozenset(speakers))


OPEN = frozenset({"IN", "TO", "DT", "POS", "PRP$", "CC", "WDT"})  # parts of speech that no content ends with
LINKING = frozenset({"prep", "mark", "aux", "det", "case", "poss", "cc", "quantmod"})
COMPARING = frozenset({"more", "less", "fewer"})
BREAKS = frozenset({":", ";", "—", "–", "―", "--", "(", ")"})
CONCESSIVES = frozenset({"though", "although", "but", "and"})
PRONOUNS = frozenset({"he", "she", "they", "it"})
NEGATIONS = frozenset({"no", "not", "n't", "n’t"})
REFUSALS = frozenset({"declined", "refused"})
BARE = frozenset({"VB", "VBG"})
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD", "VBG"})
INFLECTED = frozenset({"VBD", "VBZ"})
ADVERBIALS = frozenset({"RB", "JJR", "IN", "DT", "NN", "NNS", "CD", "NNP", "JJ", "RBR"})
AUXILIARIES = frozenset({"aux", "auxpass"})
OBJECTS = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp", "pobj"})
ROUNDS = 3
LONGEST = 30  # tokens that are added at most: more is a broken parse
REMARK = 4  # tokens from "though" to what was withheld
NAMED = 4  # tokens from "and" to the next speaker: "the board's chairman"
ADVERB = 8  # tokens of an adverbial before "that"


def complete(page: Page, content: Range, cue: Range | None, others: Others) -> list[Range]:
    """Return the whole content, in one range or, with its subject before the verb of saying, in two."""
    first, last = trim(page, *content)
    if first >= last:
        return [content]
    if page.quoted[first] < 0 and cue is not None and cue[1] <= first + 1:
        first = _begin(page, first, last, cue)
    last = max(last, _quoted_to(page, first, last))
    if page.quoted[last - 1] < 0:
        last = _cut(page, first, _extended(page, first, last, others.taken), cue, others.speakers)
        last = _closed(page, first, last)
    head = _head(page, first, last, cue) if page.quoted[first] < 0 else None
    return [head, (first, last)] if head is not None else [(first, last)]


def _quoted_to(page: Page, first: int, last: int) -> int:
    """Return the end of the quotation that a content begins and whose later sentences the reader left out."""
    quote = page.quotes[page.quoted[first]] if page.quoted[first] >= 0 else None
    if quote is None or quote.open or trim(page, quote.first, quote.last)[0] != first or last > quote.last:
        return last
    return trim(page, quote.first, quote.last)[1]


def _begin(page: Page, first: int, last: int, cue: Range) -> int:
    """Drop adverbs of the verb of saying: "more than once that it leaks", "a month ago would leak"."""
    for i in range(first, min(first + ADVERB, last)):
        clause = page.words[i] == "that" and page.tokens[i].dep == "mark"
        if clause and page.tokens[page.tokens[i].head].dep == "ccomp":
            return i
        if page.tokens[i].tag not in ADVERBIALS:
            break
    end = first
    while end < last and page.tokens[end].tag in ADVERBIALS and _adverb_of(page, end, cue):
        end += 1
    return end if first < end < last and page.tokens[end].tag in FINITE else first


def _adverb_of(page: Page, i: int, cue: Range) -> bool:
    for _ in range(ROUNDS):
        head = page.tokens[i].head
        if cue[0] <= head < cue[1]:
            return page.tokens[i].dep in ("advmod", "npadvmod", "prep")
        i = head
    return False


def _extended(page: Page, first: int, last: int, taken: frozenset[int]) -> int:
    sentence = page.tokens[last - 1].sentence
    end = page.analysis.sentences[sentence].last
    begin = max(first, page.analysis.sentences[sentence].first)
    whole, root = last, page.root(first, last)
    for _ in range(ROUNDS):
        heads = [page.tokens[i].head for i in range(begin, whole) if i != root]
        reach = [page.tree.right[h] for h in heads if whole <= h < end and page.tree.left[h] >= first]
        if page.tokens[whole - 1].tag in OPEN or any(
            i >= whole and page.tokens[i].dep in OBJECTS for i in page.tree.children[whole - 1]
        ):
            reach.append(page.tree.right[whole - 1])
        if page.tokens[whole - 1].dep == "npadvmod" and whole < end:  # "a decade // after it leaked"
            head = page.tokens[whole].head
            reach.append(page.tree.right[head] if page.tokens[whole].dep == "mark" else whole)
        further = min(max(reach, default=whole), end)
        if further <= whole:
            break
        whole = further
    added = range(last, whole)
    if len(added) > LONGEST or any(i in taken or page.quoted[i] >= 0 or page.words[i] in BREAKS for i in added):
        return last
    return max(trim(page, first, whole)[1], last)


def _cut(page: Page, first: int, last: int, cue: Range | None, speakers: frozenset[int]) -> int:
    """Cut what the speaker did besides speaking, and what the writer remarks on it."""
    for i in range(first + 1, last):
        token = page.tokens[i]
        if token.tag == "CC" or page.words[i] in CONCESSIVES:
            if _remarks(page, i + 1, last) or (
                token.tag == "CC" and not speakers.isdisjoint(range(i + 1, min(i + NAMED, last)))
            ):
                return trim(page, first, i)[1]
        elif page.words[i] == "without" and stem(page.words[min(i + 1, last - 1)]) in WITHHOLDING:
            return trim(page, first, i)[1]
        elif token.dep == "conj" and token.tag in FINITE and cue is not None and cue[0] < first:
            joins = next((j for j in range(i - 1, first, -1) if page.tokens[j].tag == "CC"), None)
            if joins is not None and _is_other(page, i, first, cue):
                return trim(page, first, joins)[1]
        elif cue is not None and cue[1] <= first and _goes_on(page, i, first, cue):
            return trim(page, first, i)[1]
    return last


def _goes_on(page: Page, i: int, first: int, cue: Range) -> bool:
    """Is it the verb of the clause around the verb of saying: "men who Orr said would leave // have stayed"?"""
    token = page.tokens[i]
    if token.tag not in FINITE or page.tokens[first].tag not in FINITE:
        return False
    verb = token.head if token.dep in AUXILIARIES else i
    subject = page.tree.child(verb, SUBJECTS)
    return subject is not None and subject < cue[0] and page.tokens[first].head != verb


def _is_other(page: Page, verb: int, first: int, cue: Range) -> bool:
    """Is a finite verb behind "and" no part of what is said?"""
    head, subject = page.tokens[verb].head, page.tree.child(verb, SUBJECTS)
    if not cue[0] <= head < cue[1]:  # "would leak and gave": a past tense does not continue an infinitive
        return (
            subject is None and page.tokens[verb].tag in INFLECTED and page.tokens[head].tag in BARE and head >= first
        )
    if subject is None:  # "said it leaks and warned Orr"
        return page.tokens[verb].tag == page.tokens[cue[1] - 1].tag
    reports = page.words[subject] in PRONOUNS and stem(page.words[verb]) in REPORTING
    return reports or page.words[first] == "to"  # "expects to sell the mill, and its debts grow"


def _remarks(page: Page, first: int, last: int) -> bool:
    """Does a remark on what the speaker did not say follow: "he gave no date", "declined to name it"?"""
    words = page.words[first : min(first + REMARK, last)]
    withheld = any(stem(w) in WITHHOLDING for w in words)
    if not withheld or words[0] in REFUSALS:
        return withheld
    return words[0] in PRONOUNS and not (NEGATIONS | REFUSALS).isdisjoint(words[1:])


def _closed(page: Page, first: int, last: int) -> int:
    """Drop words at the end that need another word behind them: "leaks because", "cost more than"."""
    end = last
    while end > first + 1 and _needs_more(page, end - 1) and page.quoted[end - 1] < 0:
        end -= 1
        if page.words[end] == "than" and page.words[end - 1] in COMPARING:
            end -= 1
    return trim(page, first, end)[1] if end < last else last


def _needs_more(page: Page, i: int) -> bool:
    token = page.tokens[i]
    if token.tag not in OPEN or token.dep not in LINKING:
        return False
    pauses = i + 1 >= len(page.tokens) or not page.words[i + 1][:1].isalnum()
    return token.dep != "prep" or not pauses  # "what it is made of"


def _head(page: Page, first: int, last: int, cue: Range | None) -> Range | None:
    """Return the subject of a content that begins with its verb, from before the verb of saying."""
    if cue is None or page.tokens[first].tag not in FINITE or not cue[1] <= first:
        return None
    token = page.tokens[first]
    verb = token.head if token.dep in AUXILIARIES else first
    subject = page.tree.child(verb, SUBJECTS)
    if subject is not None and subject < cue[0] and page.tokens[subject].tag in NOMINAL:
        start, end = trim(page, page.tree.left[subject], min(page.tree.right[subject], cue[0]))
    else:
        clause = next((i for i in range(*cue) if page.tokens[i].dep == "relcl"), None)
        if clause is None:
            return None
        noun = page.tokens[clause].head
        start, end = trim(page, page.tree.left[noun], page.tree.left[clause])
    while end > start + 1 and page.words[end - 1] in ("that", "which", "who"):
        end -= 1
    return (start, end) if start < end <= cue[0] else None

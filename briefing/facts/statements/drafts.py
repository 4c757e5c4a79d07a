"""Attributions -> drafts: the reader's pieces as statements in token ranges, before their exact characters.

Some attributions only look like statements. They are rejected with a reason:

    Bolt would say that it leaks. / Did Bolt say so?    not asserted
    A leak is feared.                                   no speaker, unless the cue itself is hearsay ("reportedly")
    Bolt plans to leave.                                an intention, which the training articles mark like speech

A statement may have several pieces, which `join` puts together: "The roof", said Bolt, "leaks." has one cue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from briefing.facts.statements.asserted import reason_against_assertion
from briefing.facts.statements.bounds import Others, complete, read_others
from briefing.facts.statements.page import FINITE, Page, trim
from briefing.facts.statements.words import ATTITUDES, DEEDS, HEDGES, INTENTIONS, PASSIVE_HEDGES, REPORTING, WORDS, stem
from briefing.facts.tokens import SUBJECTS
from briefing.model import Attribution

ASSERTED = 0.5  # probability from which words count as said
RELATIVES = frozenset({"WP", "WDT"})
CLAUSES = frozenset({"relcl", "acl", "ccomp", "parataxis", "advcl"})
Range = tuple[int, int]
CLAIMS = REPORTING | ATTITUDES | PASSIVE_HEDGES  # stems of what may have a thing as its object
PROMISING = frozenset(map(stem, ("announce", "declare")))
BEFORE_VERB = frozenset({"aux", "auxpass", "advmod"})
PHRASE = 4  # tokens from them to it
CERTAIN = 0.95  # confidence from which a verb without a list may have a thing as its object
SHORTEST_TITLE = 3  # letters of "CEO" before a full stop
OBJECTS = frozenset({"dobj", "pobj"})
WORDED = frozenset({"VB", "NN", "JJ"})  # first letters of the parts of speech of a cue that has words
LONGEST_PARTICLE = 3  # letters of words that titles write in lower case: "of", "and"
QUOTES = frozenset({"quot", "cit"})  # stems of what media do with people
CITING = frozenset({"citing", "quoting"})
PERSON = 14  # tokens from "quoted" to "as saying": a name with its office
OPENS = 4  # tokens from a verb to the first word of its quotation: a colon and a mark


@dataclass(frozen=True, slots=True)
class Draft:
    contents: tuple[Range, ...]  # in reading order
    speaker: Range | None  # None: nobody is named
    cue: Range | None  # None: a quotation without one
    confidence: float  # 0-1
    rule: str  # reader, or the rule that found it

    @property
    def first(self) -> int:
        return self.contents[0][0]


class Rejected(NamedTuple):
    draft: Draft
    reason: str


class Sifted(NamedTuple):
    kept: list[Draft]
    rejected: list[Rejected]


def sift(drafts: Iterable[Draft], reason: Callable[[Draft], str]) -> Sifted:
    """Reject the drafts for which `reason` returns one; it returns "" for the others."""
    sifted = Sifted([], [])
    for draft in drafts:
        if why := reason(draft):
            sifted.rejected.append(Rejected(draft, why))
        else:
            sifted.kept.append(draft)
    return sifted


# --- from attributions to drafts --------------------------------------------------------------


def find_drafts(page: Page, attributions: Iterable[Attribution]) -> Sifted:
    """What the reader found, in pieces."""
    sifted = Sifted([], [])
    read = tuple(_with_verb(page, a) for a in attributions)
    others = read_others(read)
    for found in read:
        a = retold(page, found)
        if a is not found and any(a.content[0] == other.content[0] for other in read if other is not found):
            continue  # the reader has seen the person's own words
        if reason := reason_against(page, a) or _behind(page, a, read):
            sifted.rejected.append(Rejected(Draft((a.content,), a.speaker, a.cue, a.confidence, "reader"), reason))
            continue
        kept, rejected = sift(_pieces(page, a, others), _overlap)
        sifted.kept.extend(replace(d, cue=_own_cue(page, d, a)) for d in kept)
        sifted.rejected.extend(rejected)
    return sifted


def _with_verb(page: Page, a: Attribution) -> Attribution:
    """Extend a cue that is only an auxiliary or an adverb to its verb: "has" to "has called"."""
    if a.cue is None or a.cue[1] - a.cue[0] > 1 or page.tokens[a.cue[0]].dep not in BEFORE_VERB:
        return a
    verb = page.tokens[a.cue[0]].head
    near = a.cue[0] < verb < a.cue[0] + PHRASE and page.tokens[verb].tag[:2] == "VB"
    inside = verb in range(*a.content) or verb in range(*(a.speaker or (0, 0)))
    return replace(a, cue=(a.cue[0], verb + 1)) if near and not inside else a


def _behind(page: Page, a: Attribution, read: Iterable[Attribution]) -> str:
    """Return why the sentence after a quotation is not the speaker's: most of it is outside of quotation marks."""
    first, last = trim(page, *a.content)
    if (
        a.cue is None
        or first >= last
        or first <= a.cue[1]
        or page.tokens[first].sentence == page.tokens[a.cue[0]].sentence
    ):
        return ""
    words = [page.quoted[i] >= 0 for i in range(first, last) if page.tokens[i].text[:1].isalnum()]
    if 2 * sum(words) >= len(words):
        return ""
    before = (b for b in read if b.cue == a.cue and b.content[0] < first)
    quoted = any(page.quoted[min(trim(page, *b.content)[0], b.content[1] - 1)] >= 0 for b in before)
    return "behind a quotation" if quoted else ""


def retold(page: Page, a: Attribution) -> Attribution:
    """Attribute to the person what an agency only carried: "Bolt said that it leaks, according to the Courier". The
    same for a quotation that has its own speaker: "..., according to Bolt, while Orr said: “It leaks.”"
    """
    if (cited := _cited(page, a)) is not None:
        return cited
    first, last = trim(page, *a.content)
    if a.speaker is None or a.cue is None or first >= last or page.quoted[first] >= 0:
        return a
    according = "according" in page.words[slice(*a.cue)]
    inside = page.words[first] != "that"  # else the person's own words: "Bolt said, according to the Courier, that ..."
    root = page.root(first, last)
    verb = root if inside else page.tokens[root].head
    subject = page.tree.child(verb, SUBJECTS)
    if subject is None or not subject < verb or stem(page.words[verb]) not in REPORTING:
        return a
    speaker = page.tree.left[subject], page.tree.right[subject]
    if _is_medium(page, a.speaker) and (inside or according):
        said = page.tree.child(verb, ("ccomp",))
        content = (first, last) if not inside else (page.tree.left[said], page.tree.right[said]) if said else (0, 0)
    elif inside and according and page.tokens[subject].tag == "NNP" and speaker[0] <= first + 1:
        quoted = next((i for i in range(verb + 1, min(verb + OPENS, last)) if page.quoted[i] >= 0), last)
        content = quoted, last
    else:
        return a
    content = content[0], min(content[1], last)
    if not speaker[1] <= verb < content[0] < content[1] or page.tokens[content[0]].block != page.tokens[verb].block:
        return a
    return replace(a, content=content, speaker=speaker, cue=(verb, verb + 1))


def _cited(page: Page, a: Attribution) -> Attribution | None:
    """Attribute to Bolt: "the Courier quoted Bolt as saying that it leaks", "the Courier reported, citing Bolt"."""
    if a.speaker is None or a.cue is None:
        return None
    after = max(a.speaker[1], a.cue[1])
    person = next((e for e in page.analysis.entities if after < e.first <= after + 2 and e.label == "PERSON"), None)
    cites = person is not None and page.words[person.first - 1] in CITING and a.content[1] <= person.first
    if person is not None and cites and _is_medium(page, a.speaker):
        return replace(a, speaker=(person.first, person.last))
    low, high = a.speaker[1], a.content[1]
    verb = next((i for i in range(low, min(low + OPENS, high)) if stem(page.words[i]) in QUOTES), high)
    saying = next((i for i in range(verb + 1, min(verb + PERSON, high - 1)) if page.words[i] == "as"), high) + 1
    if saying >= high or page.tokens[saying].tag != "VBG" or saying - 1 <= verb + 1:
        return None
    content = max(saying + 1, a.content[0]), high
    return replace(a, speaker=(verb + 1, saying - 1), cue=(saying, saying + 1), content=content)


def _is_medium(page: Page, speaker: Range) -> bool:
    return not WORDS.carriers.isdisjoint(page.words[slice(*speaker)])


def reason_against(page: Page, attribution: Attribution) -> str:
    """Return why an attribution is no statement, or "" if it is one."""
    if attribution.asserted < ASSERTED:
        return "not asserted"
    if attribution.speaker is None and not is_hearsay(page, attribution):
        return "no speaker"
    if is_subject(page, attribution):
        return "cue is the subject of the content"
    if is_intention(page, attribution):
        return "intention"
    return "a deed" if is_deed(page, attribution) else reason_against_assertion(page, attribution)


def is_deed(page: Page, attribution: Attribution) -> bool:
    """Is it something done, not words: "adopted the limits", "agreed on a framework", "called off the trip"?"""
    first, last = trim(page, *attribution.content)
    if last - first <= 2 and page.words[last - 1] in WORDS.pointers:  # "mentioned the matter"
        return True
    if attribution.cue is None or first >= last:
        return False
    cue = page.words[slice(*attribution.cue)]
    stems = {stem(w) for w in cue}
    done = not DEEDS.isdisjoint(stems) and stems.isdisjoint(CLAIMS - DEEDS) and "with" not in cue
    if any(page.quoted[i] >= 0 for i in range(first, last)):
        titled = all(t.text[:1].isupper() for t in page.tokens[first:last] if len(t.text) > LONGEST_PARTICLE)
        return done and titled
    if stem("require") in stems:
        return True  # a rule
    announced = page.words[first] == "to" and not PROMISING.isdisjoint(stems)  # "announced to build"
    if announced or not _is_phrase(page, first, last) or not WORDS.texts.isdisjoint(cue):
        return False
    doing = first + (page.words[first] == "by")
    by_doing = page.tree.tag(doing) == "VBG" and page.tree.low(doing - 1) == "by"  # "responded by closing the mill"
    if (
        done
        or by_doing
        or {stem("call"), "off"} <= stems
        or ("describ" in stems and "as" not in page.words[first:last])
    ):
        return True
    verbal = any(page.tokens[i].tag[:2] in WORDED for i in range(*attribution.cue))
    return verbal and attribution.confidence < CERTAIN and stems.isdisjoint(CLAIMS)


def _is_phrase(page: Page, first: int, last: int) -> bool:
    """Is it a noun phrase, with or without a relative clause, or an infinitive: nothing that can be true or false?"""
    if page.words[first] == "that":
        return page.tokens[first].tag == "WDT" and page.tree.tag(first + 1) in FINITE  # a relative clause
    bare = page.finite_before[first] == page.finite_before[last]
    return bare or page.words[first] == "what" or page.tokens[page.root(first, last)].dep in OBJECTS


def is_subject(page: Page, attribution: Attribution) -> bool:
    """Is the cue the subject of what is said? "Member states must act": nobody called Member states anything."""
    first, last = attribution.content
    cue = range(*attribution.cue) if attribution.cue else ()
    return any(page.tokens[i].dep in SUBJECTS and first <= page.tokens[i].head < last for i in cue)


def is_intention(page: Page, attribution: Attribution) -> bool:
    """Is it what somebody is about to do, outside of quotation marks: "plans to build", "is seeking buyers"?"""
    first, last = attribution.content
    if attribution.cue is None or page.words[first] == "that" or any(page.quoted[i] >= 0 for i in range(first, last)):
        return False
    return any(stem(w) in INTENTIONS for w in page.words[slice(*attribution.cue)])


def is_hearsay(page: Page, attribution: Attribution) -> bool:
    """Does the cue say that an unnamed person said so?"""
    if attribution.cue is None:
        return False
    cue = page.words[slice(*attribution.cue)]
    return any(w in HEDGES or stem(w) in PASSIVE_HEDGES for w in cue)


def _pieces(page: Page, a: Attribution, others: Others) -> Iterator[Draft]:
    """One draft per piece of the content, without punctuation at the edges, each with speaker and cue."""
    cue = trim(page, *a.cue) if a.cue and _is_beside(page, a.cue, a) else None
    if a.cue and cue and cue[0] >= cue[1]:  # a colon attributes too
        cue = a.cue
    speaker = _speaker(page, _whole_subject(page, a.speaker, cue), cue) if a.speaker else None
    for part in _apart(page, a):
        for whole in complete(page, part, cue, others):
            yield Draft((trim(page, *_before_speaker(whole, speaker)),), speaker, cue, a.confidence, "reader")


def _is_beside(page: Page, cue: Range, a: Attribution) -> bool:
    """Tell whether a cue shares a sentence with the words or their speaker; the verb of another sentence is no cue."""
    first, last = a.content
    places = [first, last - 1, *range(*(a.speaker or (0, 0)))]
    return page.tokens[cue[0]].sentence in {page.tokens[i].sentence for i in places}


def _overlap(draft: Draft) -> str:
    content = draft.contents[0]
    if content[0] >= content[1]:
        return "nothing but punctuation"
    if _overlaps(draft.speaker, content):
        return "speaker inside the content"
    return "cue inside the content" if _overlaps(draft.cue, content) else ""


def _overlaps(part: Range | None, whole: Range) -> bool:
    return part is not None and part[0] < whole[1] and whole[0] < part[1]


def _own_cue(page: Page, draft: Draft, a: Attribution) -> Range | None:
    """The cue belongs to the first part only; `join` finds out whether the next part continues it."""
    return draft.cue if draft.first < _apart(page, a)[0][1] else None


def _apart(page: Page, a: Attribution) -> list[Range]:
    """The content, split before a quotation that begins its next sentence: "said it leaks. “It always has.”" """
    first, last = a.content
    for i in range(first + 1, last):
        begins = page.tokens[i].sentence != page.tokens[i - 1].sentence
        if begins and page.quoted[first] < 0 and page.quoted[min(i + 1, last - 1)] >= 0 > page.quoted[i - 1]:
            return [(first, i), (i, last)]
    return [(first, last)]


def _before_speaker(content: Range, speaker: Range | None) -> Range:
    """Cut a content that runs on into its speaker: "It leaks, the ministry // said"."""
    if speaker is None or not content[0] < speaker[0] < content[1] <= speaker[1] + 1:
        return content
    return content[0], speaker[0]


# --- the speaker's words ----------------------------------------------------------------------


def _whole_subject(page: Page, speaker: Range, cue: Range | None) -> Range:
    """Extend a single word of the cue's subject to the whole subject: "et" to "Holt et al."."""
    if cue is None or speaker[1] - speaker[0] > 1:
        return speaker
    for verb in range(*cue):
        subject = page.tree.child(verb, SUBJECTS)
        if subject is not None and page.tree.left[subject] <= speaker[0] < page.tree.right[subject] <= verb:
            return page.tree.left[subject], page.tree.right[subject]
    return speaker


def _speaker(page: Page, span: Range, cue: Range | None) -> Range | None:
    """Drop the clause that follows the speaker: "Bolt, who left in May" becomes "Bolt"."""
    first, last = _of_sentence(page, *trim(page, *span), cue)
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


def _of_sentence(page: Page, first: int, last: int, cue: Range | None) -> Range:
    """Cut a speaker at a full stop that was read as an abbreviation's: "..., said Bolt, CEO. Ada Orr, mayor, added" """
    people = [e for e in page.analysis.entities if e.label == "PERSON" and first <= e.first < last]
    for e in people[1:]:
        before = page.tokens[e.first - 1].text
        word = page.tokens[e.first - 2].text if before == "." else before.rstrip(".")
        if before.endswith(".") and len(word) >= SHORTEST_TITLE and (word.isupper() or word.islower()):  # not "Sen."
            return (e.first, last) if cue is not None and cue[0] >= last else trim(page, first, e.first)
    return first, last


def _antecedent(page: Page, relative: int) -> Range | None:
    """Extend "who" to include its antecedent: the noun that its clause modifies, with that noun's own words."""
    verb = relative
    while page.tokens[verb].dep not in CLAUSES and page.tokens[verb].head != verb:
        verb = page.tokens[verb].head
    noun = page.tokens[verb].head
    if page.tokens[verb].dep != "relcl" or not noun < relative:
        return None
    first, last = trim(page, page.tree.left[noun], page.tree.left[verb])
    return (first, relative + 1) if first <= noun < last <= relative else None


# --- joining pieces ---------------------------------------------------------------------------


def join(drafts: Sequence[Draft]) -> list[Draft]:
    """Merge pieces that share a cue."""
    by_cue: dict[tuple[Range, Range | None], int] = {}
    joined: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.contents):
        at = by_cue.get((draft.cue, draft.speaker)) if draft.cue else None
        if at is None:
            joined.append(draft)
            if draft.cue:
                by_cue[draft.cue, draft.speaker] = len(joined) - 1
        else:
            before = joined[at]
            contents = tuple(sorted({*before.contents, *draft.contents}))
            joined[at] = replace(before, contents=contents, confidence=min(before.confidence, draft.confidence))
    return joined

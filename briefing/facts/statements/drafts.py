"""Attributions -> drafts: the reader's pieces as statements in token ranges, before their exact characters.

Attributions that only look like statements are rejected with a reason (filters.py). A statement may have several
pieces, which `join` puts together: "The roof", said Bolt, "leaks." has one cue. Where the reader stopped inside a
clause, the syntax of the sentence says where a content begins and ends (`complete`):

    said once more // that it leaks          adverbs of the verb of saying are not content
    leaks because // of the // frost         extended to the end of the clause or phrase
    leaks // and gave the owner a month      a deed of the speaker: cut
    leaks // without giving details          a remark of the writer: cut
    “It leaks. // It always has.”            extended to the closing mark
    leaks // and Orr said that it does not   another speaker: cut
    The roof // , Bolt said, leaks           the subject before the verb of saying is added
    It leaks, Bolt said, // and it drips     the clause that "and" continues is added
    leaks, Bolt said, // but only in May     so are contrast and condition behind the verb of saying
    If it rains, // the roof leaks           and the condition before it

Nothing is extended over a quotation mark, or over another verb of saying or its speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from briefing.facts.statements.filters import ASSERTED, is_hearsay, reason_against
from briefing.facts.statements.page import AUXILIARIES, EDGES, ENDS, RELATIVES, Page, Range, trim
from briefing.facts.statements.words import DENIALS, REPORTING, SILENCES, WITHHOLDING, WORDS, stem
from briefing.facts.tokens import FINITE, SUBJECTS
from briefing.model import Attribution

COMPOUND = frozenset({"compound", "nmod"})
CLAUSES = frozenset({"relcl", "acl", "ccomp", "parataxis", "advcl"})
BEFORE_VERB = frozenset({"aux", "auxpass", "advmod"})
PHRASE = 4  # tokens from them to it
SHORTEST_TITLE = 3  # letters of "CEO" before a full stop
QUOTES = frozenset({"quot", "cit"})  # stems of verbs by which media quote people
CITING = frozenset({"citing", "quoting"})
PERSON = 14  # tokens from "quoted" to "as saying": a name with its office
ITEM = re.compile(r"(?:^|\n)[ \t>]*(?:[-*+•–—]|\d{1,2}[.)])[ \t]+[*_\"“]*$")
CLOCK = re.compile(r"\d{1,2}[.:]\d\d")
JOINS = frozenset({"CC", "IN", "WRB"})  # parts of speech that continue a sentence
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
    """Return the reader's attributions as drafts, in pieces."""
    sifted = Sifted([], [])
    read = one_speaker_each(page, tuple(_with_own_speaker(page, _with_verb(page, a)) for a in attributions))
    others = read_others(a for a in read if a.asserted >= ASSERTED)
    for found in read:
        a = retold(page, found)
        if a is not found and any(a.content[0] == other.content[0] for other in read if other is not found):
            continue  # the reader has seen the person's own words
        if reason := reason_against(page, a) or _elsewhere(page, a) or _behind(page, a, read) or _introduces(page, a):
            sifted.rejected.append(Rejected(Draft((a.content,), a.speaker, a.cue, a.confidence, "reader"), reason))
            continue
        kept, rejected = sift(_pieces(page, a, others), _overlap)
        sifted.kept.extend(replace(d, cue=_own_cue(page, d, a)) for d in kept)
        sifted.rejected.extend(rejected)
    return sifted


def one_speaker_each(page: Page, read: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Give all contents of one verb the same speaker: the one in its sentence, if they name several."""
    speakers: dict[Range, set[Range]] = {}
    for a in read:
        if a.cue is not None and a.speaker is not None:
            speakers.setdefault(a.cue, set()).add(a.speaker)
    certain: dict[Range, Range] = {}
    for cue, several in speakers.items():
        sentence = page.tokens[cue[0]].sentence
        here = [s for s in several if page.tokens[s[0]].sentence == sentence]
        if len(several) > 1 and len(here) == 1:
            certain[cue] = here[0]
    return tuple(replace(a, speaker=certain[a.cue]) if a.cue in certain and a.speaker else a for a in read)


def _with_verb(page: Page, a: Attribution) -> Attribution:
    """Extend a cue that is only an auxiliary or an adverb to its verb: "has" to "has called"."""
    if a.cue is None or a.cue[1] - a.cue[0] > 1 or page.tokens[a.cue[0]].dep not in BEFORE_VERB:
        return a
    verb = page.tokens[a.cue[0]].head
    near = a.cue[0] < verb < a.cue[0] + PHRASE and page.tokens[verb].tag[:2] == "VB"
    inside = verb in range(*a.content) or verb in range(*(a.speaker or (0, 0)))
    return replace(a, cue=(a.cue[0], verb + 1)) if near and not inside else a


def _with_own_speaker(page: Page, a: Attribution) -> Attribution:
    """Drop a speaker that is a time ("is expected in the third quarter"); give a list's items the list's subject."""
    if a.cue is None:
        return a
    if a.speaker is not None and _is_time(page, page.root(*a.speaker)):
        return replace(a, speaker=None)
    before = a.cue[0] - 1
    own = page.words[before] in PEOPLE and page.tokens[before].head == a.cue[0]
    if a.speaker is not None and own and page.tokens[a.cue[0]].dep != "relcl":
        return replace(a, speaker=(before, before + 1))  # "I say": nobody else can be the subject
    if (
        a.speaker is not None
        and (subject := _own_subject(page, a.cue)) is not None
        and not _overlaps(a.speaker, subject)
    ):
        return replace(a, speaker=subject)
    if a.speaker is not None and (named := _with_name(page, a)) is not None:
        return named
    if _is_of_subjectless(page, a) and (subject := _of_list(page, a.cue[0])) is not None:
        return replace(a, speaker=subject)
    return a


def _own_subject(page: Page, cue: Range) -> Range | None:
    """Return the person right before a verb as its subject, or what "according to" is followed by."""
    if page.words[cue[0]] == "according" and page.words[cue[1] - 1] == "to":
        noun = page.tree.child(cue[1] - 1, ("pobj",))
        return (cue[1], page.tree.right[noun]) if noun is not None and cue[1] <= noun else None
    if cue[1] - cue[0] > 1 or page.tokens[cue[0] - 1].dep != "nsubj" or page.tokens[cue[0] - 1].head != cue[0]:
        return None
    name = next((e for e in page.analysis.entities if e.last == cue[0] and e.label == "PERSON"), None)
    if name is None or page.tree.tag(name.first - 1) == "CC" or page.tree.low(name.first - 2) == "well":
        return None  # "Bolt as well as Orr said"
    return name.first, name.last


def _is_time(page: Page, noun: int) -> bool:
    if page.words[noun] not in WORDS.times:
        return False
    return page.tokens[noun].tag in ("NN", "NNS") and page.tokens[noun].dep in ("pobj", "npadvmod", "advmod")


def _with_name(page: Page, a: Attribution) -> Attribution | None:
    """Give a speaker the name that was read as the start of the content: "according to the mayor, Ada Bolt, it"."""
    if a.speaker is None or page.words[a.speaker[1] : a.speaker[1] + 1] != (",",):
        return None
    at = a.speaker[1] + 1
    name = next((e for e in page.analysis.entities if e.label == "PERSON" and at <= e.first <= at + 1), None)
    if name is None or page.words[name.last : name.last + 1] != (",",) or not at <= a.content[0] <= name.last + 1:
        return None
    content = max(a.content[0], name.last + 1), a.content[1]
    return replace(a, speaker=(a.speaker[0], name.last), content=content if content[0] < content[1] else a.content)


def _is_of_subjectless(page: Page, a: Attribution) -> bool:
    """Tell whether a finite verb opens its paragraph or list item, and its speaker, if any, stands in another."""
    if a.cue is None:
        return False
    verb = a.cue[0]
    opens = verb == 0 or page.tokens[verb - 1].block != page.tokens[verb].block
    away = a.speaker is None or page.tokens[a.speaker[0]].block != page.tokens[verb].block
    return away and opens and page.tokens[verb].tag in FINITE


def _of_list(page: Page, verb: int) -> Range | None:
    """Return the subject of the line that introduces a list, for an item of it: "The council also:"."""
    number = next(n for n, (low, high) in enumerate(page.blocks) if low <= verb < high)
    if not _is_item(page, number):
        return None
    while number and _is_item(page, number):
        number -= 1
    low, high = page.blocks[number]
    if page.words[high - 1] != ":" or _is_item(page, number):
        return None
    low = max(low, page.analysis.sentences[page.tokens[high - 1].sentence].first)
    root = page.root(low, high)
    subject = page.tree.child(root, SUBJECTS)
    if subject is None and page.tokens[root].tag in NOMINAL and page.words[high - 2] in WORDS.also:
        subject = root
    if subject is None:
        return None
    return trim(page, page.tree.left[subject], subject + 1)


def _is_item(page: Page, number: int) -> bool:
    start = page.tokens[page.blocks[number][0]].start
    return ITEM.search(page.analysis.text[max(0, start - 8) : start]) is not None


def _elsewhere(page: Page, a: Attribution) -> str:
    """Return why somebody named in another line or list item does not speak: the verb of saying has no subject here."""
    if a.cue is None or a.cue[0] >= a.content[0]:
        return ""
    if _is_of_subjectless(page, a) and a.speaker != _of_list(page, a.cue[0]):
        return "speaker stands elsewhere"
    return "no speaker" if a.speaker is None and _is_of_subjectless(page, a) else ""


def _behind(page: Page, a: Attribution, read: Iterable[Attribution]) -> str:
    """Return why the sentence after a quotation is not the speaker's: most of it is outside of quotation marks, or only
    its end is inside: "It is due in May, “or when we sell”"."""
    first, last = trim(page, *a.content)
    sentence = page.tokens[min(first, last - 1)].sentence
    if a.cue is None or first >= last or first <= a.cue[1] or sentence == page.tokens[a.cue[0]].sentence:
        return ""
    begin, writer = page.analysis.sentences[sentence].first, range(0)
    if page.quoted[first] >= 0 and page.tokens[first].tag in JOINS:
        writer = range(begin, page.quotes[page.quoted[first]].first)
    if any(page.tokens[i].tag in FINITE and page.quoted[i] < 0 for i in writer):
        return "part of the writer's sentence"
    if page.quoted[page.root(first, last)] >= 0:
        return ""
    before = (b for b in read if b.cue == a.cue and b.content[0] < first)
    quoted = any(page.quoted[min(trim(page, *b.content)[0], b.content[1] - 1)] >= 0 for b in before)
    return "behind a quotation" if quoted else ""


def _introduces(page: Page, a: Attribution) -> str:
    """Return why a quotation is not the speaker's behind it: "“It leaks.” Bolt said: “No.”" introduces another."""
    first, last = trim(page, *a.content)
    if a.cue is None or first >= last or page.quoted[first] < 0 or last > a.cue[0]:
        return ""
    stops = not ENDS.isdisjoint(page.words[last : a.cue[0]])
    colon = page.words[a.cue[1] : a.cue[1] + 1] == (":",) or page.words[a.cue[1] - 1] == ":"
    opens = page.quoted[min(a.cue[1] + 2, len(page.tokens) - 1)]
    return "introduces another quotation" if stops and colon and opens > page.quoted[first] else ""


def retold(page: Page, a: Attribution) -> Attribution:
    """Attribute to the person what an agency only carried: "Bolt said that it leaks, according to the Courier".

    The same for a quotation that has its own speaker: "..., according to Bolt, while Orr said: “It leaks.”"
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


def _pieces(page: Page, a: Attribution, others: Others) -> Iterator[Draft]:
    """Yield a draft for each piece of the content, without punctuation at the edges, with speaker and cue."""
    cue = trim(page, *a.cue) if a.cue and _is_beside(page, a.cue, a) else None
    if a.cue and cue and cue[0] >= cue[1]:  # a colon attributes too
        cue = a.cue
    speaker = _speaker(page, _whole_subject(page, a.speaker, cue), cue) if a.speaker else None
    if speaker is None and not is_hearsay(page, a):
        return
    for part in _apart(page, a):
        if cue is not None and part[0] >= cue[1] and a.cue in others.twice and _is_remark(page, part, cue):
            continue
        wholes = complete(page, part, cue, others)
        if cue is not None:
            wholes = with_rest(page, wholes, cue, speaker or cue, others)
        for whole in wholes:
            yield Draft((trim(page, *_before_speaker(whole, speaker)),), speaker, cue, a.confidence, "reader")


def _is_remark(page: Page, content: Range, cue: Range) -> bool:
    """Tell whether it is what the speaker did while speaking: "It leaks, Bolt said, putting the cost at 5 euros"."""
    first, last = trim(page, *content)
    if first >= last:
        return False
    root = page.tokens[page.root(first, last)]
    return root.tag == "VBG" and root.dep == "advcl" and cue[0] <= root.head < cue[1]


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
    """Return the cue for the first part and its sentence only; `join` finds out whether the next part continues it."""
    if draft.cue is None or draft.first < _apart(page, a)[0][1]:
        return draft.cue
    return draft.cue if page.tokens[draft.first].sentence == page.tokens[draft.cue[0]].sentence else None


def _apart(page: Page, a: Attribution) -> list[Range]:
    """Split the content before a quotation that begins its next sentence: "said it leaks. “It always has.”".

    A next sentence without quotation marks is the writer's, unless a colon introduces both.
    """
    first, last = a.content
    opens = min(trim(page, *a.content)[0], last - 1)  # behind the mark
    told = a.cue is not None and page.tokens[a.cue[0]].sentence == page.tokens[first].sentence and a.cue[1] <= first
    lists = a.cue is not None and ":" in page.words[a.cue[0] : first]
    for i in range(first + 1, last):
        if page.tokens[i].sentence == page.tokens[i - 1].sentence or page.quoted[i] >= 0:
            continue
        if page.quoted[i - 1] >= 0 and page.quotes[page.quoted[i - 1]].open:
            continue  # the closing mark is lost
        if page.quoted[min(i + 1, last - 1)] >= 0:
            if page.quoted[first] < 0 and page.quoted[i - 1] < 0:
                return [(first, i), (i, last)]
        elif page.quoted[opens] >= 0 or (told and not lists and not ENDS.isdisjoint(page.words[i - 3 : i])):
            return [(first, i)]
    return [(first, last)]


def _before_speaker(content: Range, speaker: Range | None) -> Range:
    """Cut a content that runs on into its speaker: "It leaks, the ministry // said"."""
    if speaker is None or not content[0] < speaker[0] < content[1] <= speaker[1] + 1:
        return content
    return content[0], speaker[0]


# --- the speaker's words ----------------------------------------------------------------------


def _whole_subject(page: Page, speaker: Range, cue: Range | None) -> Range:
    """Extend a word of the cue's subject to the whole subject, or the one who is written to: "Holt et al.", "a letter
    to Holt"."""
    if cue is None:
        return speaker
    noun = page.tokens[page.root(*speaker)]
    if speaker[1] - speaker[0] > 1 and (noun.dep != "pobj" or page.words[noun.head] != "to"):
        return speaker
    for verb in range(*cue):
        subject = page.tree.child(verb, SUBJECTS)
        if subject is not None and page.tree.left[subject] <= speaker[0] < page.tree.right[subject] <= verb:
            return page.tree.left[subject], page.tree.right[subject]
    return speaker


def _speaker(page: Page, span: Range, cue: Range | None) -> Range | None:
    """Drop the clause that follows the speaker: "Bolt, who left in May" becomes "Bolt"."""
    first, last = _of_sentence(page, *trim(page, *span), cue)
    if first < last - 1 and CLOCK.fullmatch(page.words[first]) and page.tokens[first + 1].text[:1].isupper():
        first += 1  # "15.02 Bolt says"
    if first >= last:
        return None
    while page.tokens[first - 1].dep in COMPOUND and first <= page.tokens[first - 1].head < last:
        first -= 1  # "Prime Minister"
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
    """Cut a speaker at a full stop that was read as an abbreviation's: "..., said Bolt, CEO. Ada Orr, mayor, added"."""
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


# --- where a content begins and ends ----------------------------------------------------------


class Others(NamedTuple):
    """Where the statements of an article have their speakers and cues."""

    taken: frozenset[int]  # the tokens of both
    speakers: frozenset[int]  # the first tokens of speakers before their cues
    twice: frozenset[Range]  # the cues of several contents
    said: frozenset[int]  # the tokens of all contents


def read_others(read: Iterable[Attribution]) -> Others:
    read, taken, speakers, said = tuple(read), set[int](), set[int](), set[int]()
    for a in read:
        said.update(range(*a.content))
        for part in (a.cue, a.speaker):
            taken.update(range(*part) if part is not None else ())
        if a.speaker is not None and a.cue is not None and a.speaker[1] <= a.cue[0] < a.content[0]:
            speakers.add(a.speaker[0])
    cues = Counter(a.cue for a in read)
    twice = frozenset(c for c, n in cues.items() if c and n > 1)
    return Others(frozenset(taken), frozenset(speakers), twice, frozenset(said))


OPEN = frozenset({"IN", "TO", "DT", "POS", "PRP$", "CC", "WDT"})  # parts of speech that no content ends with
LINKING = frozenset({"prep", "mark", "aux", "det", "case", "poss", "cc", "quantmod"})
COMPARING = frozenset({"more", "less", "fewer"})
CONDITIONAL = frozenset({"if", "unless"})
CONTRASTS = frozenset({"but"})
BREAKS = frozenset({":", ";", "—", "–", "―", "--", "(", ")"})
PRONOUNS = frozenset({"he", "she", "they", "it"})
PEOPLE = frozenset({"i", "we", "he", "she", "they"})
BARE = frozenset({"VB", "VBG"})
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD", "VBG"})
INFLECTED = frozenset({"VBD", "VBZ"})
ADVERBIALS = frozenset({"RB", "JJR", "IN", "DT", "NN", "NNS", "CD", "NNP", "JJ", "RBR"})
OBJECTS = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp", "pobj"})
ROUNDS = 3
LONGEST = 30  # tokens that are added at most: more is a broken parse
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
    last = _behind_mark(page, first, last, cue)
    if page.quoted[last - 1] < 0:
        last = _contrasted(page, first, _extended(page, first, last, others.taken), others)
        last = _cut_off(page, first, last, cue, others.speakers)
        last = _without_open_end(page, first, last)
    head = _head(page, first, last, cue) if page.quoted[first] < 0 else None
    return [head, (first, last)] if head is not None else [(first, last)]


def _quoted_to(page: Page, first: int, last: int) -> int:
    """Return the end of the quotation that a content begins and whose later sentences the reader left out."""
    quote = page.quotes[page.quoted[first]] if page.quoted[first] >= 0 else None
    if quote is None or quote.open or trim(page, quote.first, quote.last)[0] != first or last > quote.last:
        return last
    return trim(page, quote.first, quote.last)[1]


def _behind_mark(page: Page, first: int, last: int, cue: Range | None) -> int:
    """Return the end of a content that begins with a quotation, without what is told behind its closing mark.

    That is everything if no verb attributes it, else what the speaker did: "said “it leaks” and demanded a new roof".
    """
    quote = page.quotes[page.quoted[first]] if page.quoted[first] >= 0 else None
    if quote is None or last <= quote.last or any(page.quoted[i] > page.quoted[first] for i in range(first, last)):
        return last
    end = trim(page, first, quote.last)[1]
    if cue is None:
        return end
    after = quote.last + (page.tokens[quote.last].text in EDGES)
    joins = next((i for i in range(after, min(after + 2, last)) if page.tokens[i].tag == "CC"), last)
    verb = joins + 1
    deed = verb < last and cue[1] <= first and page.tokens[verb].tag == page.tokens[cue[1] - 1].tag
    return end if deed and page.tokens[verb].tag in FINITE else last


def _begin(page: Page, first: int, last: int, cue: Range) -> int:
    """Drop adverbs of the verb of saying: "more than once that it leaks", "a month ago would leak"; add "against"."""
    if page.words[first - 1] == "against" and cue[1] == first - 1:
        return first - 1
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


def _contrasted(page: Page, first: int, last: int, others: Others) -> int:
    """Extend a content by what its verb is contrasted with: "had not seen it // but did not doubt that it leaks"."""
    if not first < last < len(page.tokens) or page.words[last] not in CONTRASTS:
        return last
    head = page.tokens[last].head
    verb = next((i for i in page.tree.children[head] if i > last and page.tokens[i].dep == "conj"), head)
    if not first <= head < last < verb or page.tree.child(verb, SUBJECTS) is not None:
        return last
    told = stem(page.words[verb]) in REPORTING | SILENCES | WITHHOLDING | DENIALS  # the writer's "but gave no date"
    words = range(last, page.tree.right[verb])
    free = others.taken.isdisjoint(words) and all(page.quoted[i] < 0 for i in words) and len(words) <= LONGEST
    return trim(page, first, words.stop)[1] if free and not told else last


def _cut_off(page: Page, first: int, last: int, cue: Range | None, speakers: frozenset[int]) -> int:
    """Cut what the speaker did besides speaking, and remarks of the writer."""
    for i in range(first + 1, last):
        token = page.tokens[i]
        if token.tag == "CC":
            if not speakers.isdisjoint(range(i + 1, min(i + NAMED, last))):
                return trim(page, first, i)[1]
        elif page.words[i] == "without" and stem(page.words[min(i + 1, last - 1)]) in WITHHOLDING:
            return trim(page, first, i)[1]
        elif token.dep == "conj" and (joins := _withholds(page, first, i)) is not None:
            return trim(page, first, joins)[1]
        elif token.dep == "conj" and token.tag in FINITE and cue is not None and cue[0] < first:
            joins = next((j for j in range(i - 1, first, -1) if page.tokens[j].tag == "CC"), None)
            if joins is not None and _is_other(page, i, first, cue):
                return trim(page, first, joins)[1]
    return last


def _withholds(page: Page, first: int, verb: int) -> int | None:
    """Return the "but" before what the speaker did not say: "but gave no date", "but refused to name a buyer"."""
    start = page.tree.left[verb]
    joins = next((i for i in range(start - 1, start - 3, -1) if i > first and page.words[i] == "but"), None)
    if joins is None or page.tree.child(verb, SUBJECTS) is not None or page.quoted[verb] >= 0:
        return None
    kept = page.words[verb + 1 : verb + 2] == ("no",) or page.tree.child(verb, ("neg",)) is not None
    verb_stem = stem(page.words[verb])
    return joins if (kept and verb_stem in WITHHOLDING) or verb_stem in DENIALS else None


def _is_other(page: Page, verb: int, first: int, cue: Range) -> bool:
    """Tell whether a finite verb behind "and" is not part of what is said."""
    head, subject = page.tokens[verb].head, page.tree.child(verb, SUBJECTS)
    if subject is not None and page.words[subject] == "i" and "i" not in page.words[cue[0] - 1 : subject]:
        return True  # the writer
    if not cue[0] <= head < cue[1]:  # "would leak and gave": a past tense does not continue an infinitive
        return (
            subject is None and page.tokens[verb].tag in INFLECTED and page.tokens[head].tag in BARE and head >= first
        )
    if subject is None:  # "said it leaks and warned Orr"
        return page.tokens[verb].tag == page.tokens[cue[1] - 1].tag
    reports = page.words[subject] in PRONOUNS and stem(page.words[verb]) in REPORTING
    return reports or page.words[first] == "to"  # "expects to sell the mill, and its debts grow"


def _without_open_end(page: Page, first: int, last: int) -> int:
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


def _whole_noun(page: Page, noun: int, clause: int) -> int:
    """Return the noun that a clause behind a comma follows: "the sale of the mill, which Bolt hoped would help"."""
    while page.words[page.tree.left[clause] - 1] == "," and page.tokens[noun].dep == "pobj":
        preposition = page.tokens[noun].head
        if page.words[preposition] != "of" or page.tokens[page.tokens[preposition].head].tag[:2] != "NN":
            break
        noun = page.tokens[preposition].head
    return noun


def with_rest(page: Page, parts: list[Range], cue: Range, speaker: Range, others: Others) -> list[Range]:
    """Add the clause that a content continues, the condition before it, and what follows the verb of saying."""
    first, last = parts[-1]
    middle = min(cue[0], speaker[0]), max(cue[1], speaker[1])
    if first >= middle[1]:
        before = _continued(page, first, middle, others)
        return [before, *parts] if before is not None else parts
    condition = _condition(page, first, last, cue, others)
    behind = _behind_cue(page, (first, last), middle[1], others) if last <= middle[0] else None
    return [*([condition] if condition else []), *parts, *([behind] if behind else [])]


def _continued(page: Page, first: int, middle: Range, others: Others) -> Range | None:
    """Return the clause that "and" behind the verb of saying continues: "It leaks, Bolt said, “and it drips”"."""
    low = page.analysis.sentences[page.tokens[first].sentence].first
    if page.tokens[first].tag != "CC" or page.tokens[middle[0] - 1].text != "," or low >= middle[0]:
        return None
    start, end = trim(page, low, middle[0])
    clause = start < end and page.finite_before[start] < page.finite_before[end]
    words = range(start, end)
    free = others.said.isdisjoint(words) and others.taken.isdisjoint(words) and len(words) <= LONGEST
    return (start, end) if clause and free else None


def _condition(page: Page, first: int, last: int, cue: Range, others: Others) -> Range | None:
    """Return the condition before what is said: "If it rains, as Orr fears, // the roof leaks, Bolt said"."""
    if page.quoted[first] >= 0:
        return None
    for child in page.tree.children[page.root(first, last)]:
        start, end = page.tree.left[child], page.tree.right[child]
        if page.words[start] in CONDITIONAL and page.tokens[child].dep == "advcl" and end <= first:
            words, known = range(start, end), cue in others.twice and not others.said.isdisjoint(range(start, end))
            return trim(page, start, end) if others.taken.isdisjoint(words) and not known else None
    return None


def _behind_cue(page: Page, content: Range, behind: int, others: Others) -> Range | None:
    """Return the contrast or condition behind the verb of saying: "It leaks, Bolt said, // if it rains"."""
    stop = page.analysis.sentences[page.tokens[content[0]].sentence].last
    at = behind + (page.words[behind : behind + 1] == (",",))
    if not behind < at < stop or page.words[at] not in CONDITIONAL | CONTRASTS:
        return None
    head = page.tokens[at].head
    if page.words[at] in CONTRASTS:
        goes_on = (i for i in page.tree.children[head] if i > at and page.tokens[i].dep == "conj")
        child = next((i for i in goes_on if page.tree.child(i, SUBJECTS) is None), head)
    else:
        child, head = head, page.tokens[head].head
    end = min(page.tree.right[child], stop)
    words = range(at, end)
    own = content[0] <= head < content[1] < at < child
    free = others.said.isdisjoint(words) and others.taken.isdisjoint(words) and len(words) <= LONGEST
    plain = all(page.quoted[i] == page.quoted[content[0]] for i in words)
    return trim(page, at, end) if own and free and plain else None


def _head(page: Page, first: int, last: int, cue: Range | None) -> Range | None:
    """Return the subject of a content that begins with its verb, from before the verb of saying."""
    if cue is None or not cue[1] <= first:
        return None
    if page.words[first] == "to":  # "A firm is understood // to be bidding"
        subject = next((s for i in range(*cue) if (s := page.tree.child(i, ("nsubjpass",))) is not None), None)
        return None if subject is None else trim(page, page.tree.left[subject], cue[0])
    token = page.tokens[first]
    if token.tag not in FINITE:
        return None
    verb = token.head if token.dep in AUXILIARIES else first
    subject = page.tree.child(verb, SUBJECTS)
    if subject is not None and subject < cue[0] and page.tokens[subject].tag in NOMINAL:
        start, end = trim(page, page.tree.left[subject], min(page.tree.right[subject], cue[0]))
    else:
        clause = next((i for i in range(*cue) if page.tokens[i].dep == "relcl"), None)
        if clause is None:
            return None
        noun = page.tokens[clause].head
        start, end = trim(page, page.tree.left[_whole_noun(page, noun, clause)], page.tree.left[clause])
    while end > start + 1 and page.words[end - 1] in ("that", "which", "who"):
        end -= 1
    return (start, end) if start < end <= cue[0] else None

"""Page -> Draft: what is plain without weights, because the parser loses its way where a reader does not.

The roof leaks, the mayor's office said.              tail      The roof leaks
Orr introduced, through repairs the roof is dry.      run-on    through repairs the roof is dry
The town issued a notice on Monday, the hall closes.  run-on    the hall closes
Harbour union: The ferry will sink                    headline  The ferry will sink
The sea, Bolt believes, always wins.                  aside     The sea / always wins
The builders are sure that it will hold.              feeling   that it will hold
The pier is reported to be unsafe.                    hedge     The pier / to be unsafe
Bolt is reportedly on holiday.                        adverb    Bolt is / on holiday
"It leaks." Bolt said.                                lone      It leaks.

The run-on is how machine translations write a report: a comma stands where English has "that", so the parser
takes what is said for a second main clause.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.facts.name_lists import listed
from briefing.facts.statements.contents import Content
from briefing.facts.statements.cues import TAIL_GROUPS, Cue
from briefing.facts.statements.drafts import POINTING, Draft
from briefing.facts.statements.features import voice
from briefing.facts.statements.page import FINITE, Page, tail, trim
from briefing.facts.statements.speakers import Candidate, find_speakers, nominal, noun_phrase
from briefing.facts.statements.words import lexicon, stem
from briefing.facts.syntax import SUBJECTS

SURE = 2.0
HEDGED = 0.0  # gives way to whoever says so: "Prices are expected to fall, traders say"
LONGEST_ASIDE = 12  # tokens of "told the committee on Monday" between the verb and its comma
LONGEST_CIRCUMSTANCE = 18  # tokens of "in a broadcast of several stations on the 7th of this month" before its comma
SENTENCE_MARKS = frozenset({",", ":", ";", "：", "，"})
SOON = 6  # tokens after "..., Bolt believes," in which the verb of what he believes stands
LONGEST_NAME = 16  # tokens of "Epidemic expert Ada Bolt:"
LONGEST_LINE = 30  # tokens of a paragraph that only says who spoke, where and when
LONGEST_LONE = 16  # tokens of "The head of the harbour office said."
SHORTEST = 4  # tokens of a clause
LONGEST_OPENING = 40  # tokens of the clause in which its subject and verb are looked for
STEPS = 3  # heads climbed from "reportedly" to its verb
SPOKEN = frozenset({"VBD", "VBZ", "VBP", "VBN"})  # "VBN": the tagger often takes "introduced," for one
ASIDE = frozenset({"IN", "TO", "DT", "CD", "RB", "RP", "PRP", "PRP$", "POS", "JJ", "HYPH", "NN", "NNS", "NNP", "NNPS"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
EACH = frozenset({"each", "both", "all"})  # "Ada Bolt, mayor, and Bo Orr each spoke at the fair.": those before it
LEADING = frozenset({"IN", "TO", "RB", "RP"})
OPENING = frozenset({"RB", "DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "CD", "IN", "EX"})
# With these a clause goes on about the speaking itself, not with what was said.
BOUND = frozenset({"while", "as", "after", "when", "because", "since", "although", "though", "before", "until", "so",
                   "if", "unless", "whereas", "that", "than", "whether"})  # fmt: skip


def find_plain(page: Page, cues: Iterable[Cue]) -> Iterator[Draft]:
    for cue in cues:
        draft = None
        if cue.kind == "tail":
            draft = _tail(page, cue)
        elif cue.kind == "verb":
            draft = next(filter(None, (rule(page, cue) for rule in (_lone, _aside, _end, _hedge, _run_on))), None)
        elif cue.kind == "colon":
            draft = _headline(page, cue)
        elif cue.kind == "according" and page.words[cue.head] != "according":
            draft = _view(page, cue)
        elif cue.kind == "adjective":
            draft = _feeling(page, cue)
        elif cue.kind == "adverb":
            draft = _adverb(page, cue)
        if draft is not None:
            yield draft


def _tail(page: Page, cue: Cue) -> Draft | None:
    """The sentence up to a comma, a name, a reporting verb, a full stop."""
    comma = tail(page, cue.head)
    if comma is None:
        return None
    low = page.analysis.sentences[page.tokens[cue.head].sentence].first
    said = trim(page, low, comma)
    speaker = next((s for s in find_speakers(page, cue) if s.kind == "tail"), None)
    if speaker is None or said[1] - said[0] <= 2 or _has_quote(page, *said):
        return None
    first, last = trim(page, comma + 1, cue.head)
    return Draft(cue, Content("before-tail", (said,)), replace(speaker, first=first, last=last), voice(page, cue), SURE)


def _headline(page: Page, cue: Cue) -> Draft | None:
    """A line that begins with somebody who can speak, a colon and a clause."""
    first, last = page.blocks[page.block_of[page.tokens[cue.head].block]]
    if cue.head - first > LONGEST_NAME:
        return None
    who = trim(page, first, cue.head)
    said = trim(page, cue.last, last)
    if who[0] == who[1] or said[1] - said[0] < SHORTEST or page.quoted[cue.head] >= 0:
        return None
    bare = page.finite_before[first] == page.finite_before[cue.head] and page.tokens[cue.head - 1].tag[:1] != "V"
    clause = page.finite_before[cue.last] < page.finite_before[last] or _is_terse(page, said)
    head = _speaker_of_line(page, *who, clause)
    if not bare or head is None:
        return None
    return Draft(cue, Content("headline", (said,)), Candidate("headline", head, *who), "colon", SURE)


def _is_terse(page: Page, said: tuple[int, int]) -> bool:
    """A clause as headlines have them: "Ten boats found adrift", "Town to sell the ferry", "Keep the bridge shut"."""
    tags = [page.tokens[i].tag for i in range(*said)]
    return tags[0] == "VB" or any(
        a[:1] == "N" and (b == "VBN" or (b == "TO" and c == "VB"))
        for a, b, c in zip(tags, tags[1:], tags[2:], strict=False)
    )


def _speaker_of_line(page: Page, first: int, last: int, clause: bool) -> int | None:
    """The head of a noun phrase that names somebody by trade and name; before a whole clause also a body, an office
    or a name alone."""
    end = next((i for i in range(first + 1, last) if page.tokens[i].tag == "IN"), last)
    nouns = [i for i in range(first, end) if page.tokens[i].tag[:1] == "N"]
    if not nouns or any(page.tokens[i].tag == "CD" or page.words[i] in lexicon().labels for i in range(first, last)):
        return None
    named = page.tokens[nouns[-1]].tag.startswith("NNP") and any(_has_trade(page.words[i]) for i in nouns[-3:-1])
    speaks = named or (clause and (page.names[nouns[-1]] == "PERSON" or _can_speak(page.words[nouns[-1]])))
    return nouns[-1] if speaks else None


def _has_trade(word: str) -> bool:
    return word in lexicon().sources or word in listed("title")


def _can_speak(word: str) -> bool:
    return _has_trade(word) or word in listed("standin") or word in listed("body")


def _lone(page: Page, cue: Cue) -> Draft | None:
    """A sentence that holds a speaker and a reporting verb and no more: what was said is the quotation before it."""
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    first, last = sentence.first, sentence.last
    line = page.blocks[page.block_of[page.tokens[first].block]] == (first, last)
    if (
        last - first > (LONGEST_LINE if line else LONGEST_LONE)
        or page.tokens[cue.head].tag not in SPOKEN
        or _has_quote(page, first, last)
    ):
        return None
    number = bisect.bisect_left(page.quotes, first, key=lambda q: q.first) - 1
    touches = number >= 0 and page.quotes[number].last >= first - 2
    if not touches or TAIL_GROUPS.isdisjoint(lexicon().groups.get(cue.word, ())):
        return None
    speaker = _only_name(page, cue, first, last) or (_only_circumstance(page, cue, first, last) if line else None)
    said = trim(page, page.quotes[number].first, page.quotes[number].last)
    if speaker is None or said[0] >= said[1]:
        return None
    return Draft(cue, Content("lone", (said,)), speaker, voice(page, cue), SURE)


def _only_name(page: Page, cue: Cue, first: int, last: int) -> Candidate | None:
    """The name that is all there is beside the verb: "Bolt said.", "Said Ada Bolt."."""
    ends = cue.head == trim(page, first, last)[1] - 1
    opens = cue.head == first and page.tokens[cue.head].tag != "VBN"
    if not (ends or opens) or page.finite_before[last] - page.finite_before[first] > 1:
        return None
    if not SENTENCE_MARKS.isdisjoint(page.words[first:last]):  # "Bolt continued:", "People like Orr, he said."
        return None
    heads = [i for i in (range(cue.head - 1, first - 1, -1) if ends else range(cue.last, last)) if nominal(page, i)]
    if not heads:
        return None
    head = next((i for i in heads if page.tokens[i].head == cue.head), heads[0])
    return Candidate("lone", head, *(trim(page, first, cue.head) if ends else trim(page, cue.last, last)))


def _only_circumstance(page: Page, cue: Cue, first: int, last: int) -> Candidate | None:
    """The subject of a line that tells besides at most where and when: "Ada Bolt, head of a port, said at a fair."."""
    subject = page.tree.child(cue.head, ("nsubj",))
    if subject is None or subject > cue.head or cue.word not in lexicon().run_on:
        return None
    told = page.tree.child(cue.head, ("ccomp", "dobj", "xcomp", "conj", "prt")) is not None
    if (
        told
        or page.finite_before[last] - page.finite_before[first] > 1
        or page.words[trim(page, first, last)[1]] == ":"
    ):
        return None
    return Candidate("lone", subject, *noun_phrase(page, subject, cue.head))


def _has_quote(page: Page, first: int, last: int) -> bool:
    return page.quoted_before[first] < page.quoted_before[last]


def _aside(page: Page, cue: Cue) -> Draft | None:
    """Between two commas a name and a verb; before them a subject, after them its verb."""
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    low, high = sentence.first, sentence.last
    subject = page.tree.child(cue.head, ("nsubj",))
    groups = lexicon().groups.get(cue.word, ())
    if subject is None or subject > cue.head or (TAIL_GROUPS.isdisjoint(groups) and "believe" not in groups):
        return None
    first, last = page.tree.left[subject], cue.last
    if first - 1 <= low or last + 1 >= high or not page.words[first - 1] == "," == page.words[last]:
        return None
    before = page.finite_before[low] == page.finite_before[first]
    after = page.finite_before[last] < page.finite_before[min(last + SOON, high)]
    if page.words[low + 1] in POINTING:  # "In this regard, Bolt explained, ..."
        return None
    said = (trim(page, low, first), trim(page, last, high))
    named = any(nominal(page, i) for i in range(*said[0])) and nominal(page, subject)
    if not (before and after and named) or page.words[low] in BOUND or _has_quote(page, low, high):
        return None
    speaker = Candidate("nsubj", subject, *noun_phrase(page, subject, cue.head))
    return Draft(cue, Content("aside", said), speaker, voice(page, cue), SURE)


def _end(page: Page, cue: Cue) -> Draft | None:
    """A sentence, a comma, a name, a reporting verb and at most when or where: "..., Mayor Bolt said on Monday."."""
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    subject = page.tree.child(cue.head, ("nsubj",))
    if subject is None or subject > cue.head or TAIL_GROUPS.isdisjoint(lexicon().groups.get(cue.word, ())):
        return None
    low, first, high = sentence.first, page.tree.left[subject], sentence.last - 1
    if (
        first - 1 <= low
        or high - cue.last > LONGEST_ASIDE
        or page.words[first - 1] != ","
        or not nominal(page, subject)
        or page.words[subject] in EACH
    ):
        return None
    said, rest = trim(page, low, first), range(cue.last, high)
    aside = all(page.tokens[i].tag in ASIDE for i in rest) and (not rest or page.tokens[rest[0]].tag in ("IN", "NNP"))
    long = said[1] - said[0] > SHORTEST + 1 and page.tokens[low].tag != "IN"  # "The roof of the hall leaks": a noun?
    whole = (long or page.finite_before[low] < page.finite_before[first]) and page.words[low] not in BOUND
    if not (aside and whole) or said[1] - said[0] < SHORTEST or _has_quote(page, low, high):
        return None
    speaker = Candidate("nsubj", subject, *noun_phrase(page, subject, cue.head))
    return Draft(cue, Content("end", (said,)), speaker, voice(page, cue), SURE)


def _feeling(page: Page, cue: Cue) -> Draft | None:
    """ "is sure that ...": of somebody, not of "it"."""
    above = page.tokens[cue.head].head
    that = page.tree.child(cue.head, ("ccomp",)) or page.tree.child(above, ("ccomp",))
    subject = page.tree.child(above, ("nsubj",))
    if that is None or subject is None or page.words[page.tree.left[that]] != "that" or page.quoted[cue.head] >= 0:
        return None
    if not subject < cue.head < that or not nominal(page, subject) or page.words[subject] in ("it", "this", "that"):
        return None
    said = trim(page, page.tree.left[that], page.tree.right[that])
    speaker = Candidate("nsubj", subject, *noun_phrase(page, subject, cue.head))
    return Draft(cue, Content("feeling", (said,)), speaker, voice(page, cue), SURE)


def _view(page: Page, cue: Cue) -> Draft | None:
    """ "In Bolt's words, the council sleeps", "The council, in Bolt's words, sleeps": all of the sentence but that."""
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    if cue.last + 1 >= sentence.last or page.quoted[cue.head] >= 0 or page.words[cue.last] != ",":
        return None
    starts = cue.head == sentence.first and page.words[cue.last - 2] in POSSESSIVES
    between = cue.head - 1 > sentence.first and page.words[cue.head - 1] == ","
    speaker = find_speakers(page, cue)[0]
    if not (starts or between) or speaker.kind != "pobj":
        return None
    said = tuple(
        (a, b) for a, b in (trim(page, sentence.first, cue.head), trim(page, cue.last, sentence.last)) if a < b
    )
    return Draft(cue, Content("view", said), speaker, "according", SURE) if len(said) > between else None


def _hedge(page: Page, cue: Cue) -> Draft | None:
    """ "is reported to be ...", where the parser hangs the infinitive on another word."""
    subject = page.tree.child(cue.head, ("nsubjpass",))
    if cue.word not in lexicon().hedged_to or subject is None or cue.last + 1 >= len(page.tokens):
        return None
    verb = page.tokens[cue.last].head
    if page.tokens[cue.last].tag != "TO" or not cue.last < verb <= cue.last + SHORTEST or voice(page, cue) != "passive":
        return None
    own = trim(page, _clause_start(page, cue.head, page.tree.left[subject]), min(page.tree.right[subject], cue.head))
    rest = trim(page, cue.last, page.tree.right[verb])
    if own[0] >= own[1] or rest[0] >= rest[1] or page.tree.child(cue.head, ("agent",)) is not None:
        return None
    nobody = Candidate("nobody", None, cue.head, cue.head)
    return Draft(cue, Content("hedge", (own, rest)), nobody, "passive", HEDGED)


def _clause_start(page: Page, verb: int, subject: int) -> int:
    """Where the subject begins, with what stands before it in its sentence ("Less than that is expected to")."""
    low = max(page.analysis.sentences[page.tokens[verb].sentence].first, subject - SHORTEST)
    alone = page.finite_before[low] == page.finite_before[subject] and "," not in page.words[low:subject]
    starts = low == page.analysis.sentences[page.tokens[verb].sentence].first
    return low if alone and starts else subject


def _run_on(page: Page, cue: Cue) -> Draft | None:
    """A speaker, a reporting verb, a comma and a whole clause that nothing ties to the verb."""
    last = last_spoken(page, cue)
    if last is None:
        return None
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    subject = _subject(page, cue.head, sentence.first)
    if subject is None or _reports_at_end(page, sentence.last):
        return None
    speaker = Candidate("nsubj", subject, *noun_phrase(page, subject, cue.head))
    unsaid = page.finite_before[speaker.first] == page.finite_before[sentence.first]  # else: "It leaks, Bolt said, and"
    unquoted = page.quoted_before[cue.head] == page.quoted_before[sentence.first]
    start = _pause(page, cue, last, sentence.last)
    if not (unsaid and unquoted) or start is None or speaker.first >= speaker.last:
        return None
    clause = start + 1 if page.words[start] == "that" else start
    said = trim(page, start, sentence.last)
    if said[1] - said[0] < SHORTEST or not is_clause(page, clause, sentence.last):
        return None
    return Draft(replace(cue, last=last), Content("run-on", (said,)), speaker, voice(page, cue), SURE)


def _subject(page: Page, verb: int, low: int) -> int | None:
    """The verb's nearest subject; where that is a part of the dateline, the noun before the verb."""
    own = [c for c in page.tree.children[verb] if c < verb and page.tokens[c].dep in SUBJECTS]
    if not own or page.tokens[own[-1]].tag[:1] == "W":
        return None
    if own[-1] not in page.dateline:
        return own[-1] if nominal(page, own[-1]) else None
    near = range(verb - 1, max(low, verb - LONGEST_ASIDE) - 1, -1)
    return next((i for i in near if page.tokens[i].tag[:1] == "N" and i not in page.dateline), None)


def _reports_at_end(page: Page, last: int) -> bool:
    """ "..., court papers show.": what ends the sentence reports all of it."""
    end = trim(page, last - SHORTEST, last)[1] - 1
    groups = lexicon().groups.get(stem(page.words[end]), ())
    return page.tokens[end].tag in SPOKEN and not TAIL_GROUPS.isdisjoint(groups)


def last_spoken(page: Page, cue: Cue) -> int | None:
    """One past the words that say "reports": "introduced", "pointed out", "issued a notice"."""
    words, i = lexicon(), cue.head
    if page.tokens[i].tag not in SPOKEN or page.tree.child(i, ("auxpass",)) is not None:
        return None
    if cue.word in words.run_on:
        return cue.last
    if cue.word in words.issuing:
        thing = page.tree.child(i, ("dobj",))
        if thing is not None and i < thing <= i + LONGEST_ASIDE and stem(page.words[thing]) in words.messages:
            return thing + 1
        if thing is None and page.tokens[min(cue.last, len(page.tokens) - 1)].tag == "IN" and _is_body(page, i):
            return cue.last  # "The weather office released on Monday, ..."
    return None


def _is_body(page: Page, verb: int) -> bool:
    """Is the verb's subject one of those who issue notices?"""
    subject = page.tree.child(verb, ("nsubj",))
    if subject is None and page.tokens[verb].dep == "acl":  # "The office issued at noon that": taken for a description
        subject = page.tokens[verb].head
    return subject is not None and (page.names[subject] == "ORG" or _can_speak(page.words[subject]))


def _pause(page: Page, cue: Cue, first: int, last: int) -> int | None:
    """Where the clause begins: after the comma of "on Monday,", or at the "that" that the parser hung on the day."""
    clause = page.tree.child(cue.head, ("ccomp",))
    spoken_to = cue.word in lexicon().told or cue.word in lexicon().issuing
    for i in range(first, min(last, first + LONGEST_CIRCUMSTANCE)):
        token = page.tokens[i]
        if clause is not None and page.tree.left[clause] == i:  # the parser knows better
            return None
        if token.text in (",", "，"):
            return i + 1
        if i > first and page.words[i] == "that" and token.tag in ("IN", "WDT"):
            return i
        if not is_aside(page, i) or page.quoted[i] >= 0 or page.words[i] == "that" == page.words[first]:
            return None
        if i == first and token.tag not in LEADING and not spoken_to:  # "Bolt said the roof, ..."
            return None
    return None


def is_aside(page: Page, i: int) -> bool:
    """Does the token belong to when and where: "on Monday at 11: 30"?"""
    token = page.tokens[i]
    return token.tag in ASIDE or (token.text == ":" and page.tokens[i - 1].tag == "CD")


def is_clause(page: Page, first: int, last: int) -> bool:
    """Does a clause of its own begin here: a subject and, soon after, its verb?"""
    if first >= last or page.tokens[first].tag not in OPENING or page.words[first] in BOUND:
        return False
    named = False
    for i in range(first, min(last, first + LONGEST_OPENING)):
        tag = page.tokens[i].tag
        if tag in FINITE:
            return named and i > first
        if tag in ("WDT", "WP", "WRB") and not named:
            return False
        named = named or nominal(page, i)
    return False


def _adverb(page: Page, cue: Cue) -> Draft | None:
    """ "Bolt is reportedly on holiday": the clause around the adverb, wherever the parser hung it."""
    i = cue.head
    if page.words[i] not in lexicon().hedges:  # "presumably" is the writer's own guess
        return None
    for _ in range(STEPS):
        i = page.tokens[i].head
        if page.tokens[i].tag in FINITE and page.tokens[i].tag != "MD":
            break
    else:
        return None
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    low, high = max(sentence.first, page.tree.left[i]), min(sentence.last, page.tree.right[i])
    pieces = (trim(page, low, cue.head), trim(page, cue.last, high))
    ranges = tuple((a, b) for a, b in pieces if a < b)
    if (
        not ranges
        or page.words[ranges[0][0]] in BOUND
        or page.quoted[cue.head] >= 0
        or page.tree.child(i, SUBJECTS) is None
    ):
        return None
    nobody = Candidate("nobody", None, cue.head, cue.head)
    return Draft(cue, Content("clause", ranges), nobody, voice(page, cue), SURE)

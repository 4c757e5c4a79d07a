"""Cues that the weights left aside -> Draft: reports so plain in their form that a doubtful parse decides nothing.

The office held a briefing, said that the pier is safe.    hung     that the pier is safe
Bolt announced on air on May 3 that she will stand.        hung     that she will stand
The union released news on the 5th that it will strike.    hung     that it will strike
Bolt introduced: "It is the first pier with a roof."       colon    It is the first pier with a roof.
However, Orr did not say when the bridge will open.        unsaid   when the bridge will open
It can be seen from the notice that prices will rise.      seen     that prices will rise
A number of local media reports that the pier is shut.     mistaken that the pier is shut
The port issued a report (2020) shows that trade fell.     shown    that trade fell
Studies have shown the sea rises, so walls are built.      shows    the sea rises
They held banners that read "Keep the pier open".          reads    Keep the pier open
Bolt received a letter from Orr that the pier is shut.     received that the pier is shut
The pier is shut, the Post quoted a guard as saying.       quoted   The pier is shut

The weights learned from newspapers, whose verbs have a subject of their own and whose "that" follows its verb. In
translations a verb takes its subject from the clause before, and the parser hangs "that" on the day.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from briefing.facts.statements.contents import Content
from briefing.facts.statements.cues import Cue
from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.features import voice
from briefing.facts.statements.page import Page, trim
from briefing.facts.statements.plain import SHORTEST, SPOKEN, is_aside, is_clause, last_spoken
from briefing.facts.statements.speakers import MOST_CHILDREN, Candidate, nominal, noun_phrase
from briefing.facts.statements.words import lexicon, stem
from briefing.facts.syntax import SUBJECTS

SURE = 0.0  # gives way to whatever the weights found for the same words
STEPS = 3  # heads climbed from a verb to the one whose subject it shares
LONGEST_CIRCUMSTANCE = 14  # tokens of "on live television on the 7th of this month" before "that"
LONGEST_BRACKET = 8  # tokens of "(2020 edition)"
QUESTIONS = frozenset({"when", "why", "how", "whether", "where", "who", "what", "which", "if"})
TELLING = frozenset({"say", "inform", "write"})
NOBODY = frozenset({"it", "this", "that", "which"})  # "This sends a message that ..."
SEEN = frozenset(map(stem, ("see", "find", "learn", "know", "understand")))
READ = stem("read")
SHOW = stem("show")
EVIDENCE = frozenset({"evidence", "photos", "pictures", "screenshots", "tests"})
RECEIVE = stem("receive")
COLONS = frozenset({":", "："})
NEGATIONS = frozenset({"not", "n't", "never"})


def look_again(page: Page, cues: Iterable[Cue]) -> Iterator[Draft]:
    for cue in cues:
        if cue.word not in _words() or page.quoted[cue.head] >= 0:
            continue
        rules = VERB_RULES if cue.kind == "verb" else (_mistaken,) if cue.kind == "noun" else ()
        draft = next(filter(None, (rule(page, cue) for rule in rules)), None)
        if draft is not None:
            yield draft


@functools.cache
def _words() -> frozenset[str]:
    """Those that a rule below asks for: most verbs tell nothing."""
    words = lexicon()
    telling = {word for word, groups in words.groups.items() if not (TELLING | {"show"}).isdisjoint(groups)}
    return words.run_on | words.issuing | SEEN | {READ, RECEIVE} | telling


def _that(page: Page, cue: Cue) -> Draft | None:
    """A reporting verb, at most when and where, "that" and a clause."""
    last = last_spoken(page, cue)
    if last is None:
        return None
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    that = _that_after(page, last, sentence.last)
    if that is None or not is_clause(page, that + 1, sentence.last):
        return None
    subject = _described(page, cue.head, sentence.first, that) or _subject(page, cue.head)
    if subject is None or page.words[subject] in NOBODY:
        return None
    end = next((page.tree.right[c] for c in page.tree.children[cue.head] if page.tree.left[c] == that), sentence.last)
    said = trim(page, that, end)
    speaker = Candidate("nsubj", subject, *noun_phrase(page, subject, cue.head))
    if said[1] - said[0] < SHORTEST or speaker.first >= speaker.last:
        return None
    return Draft(cue, Content("hung", (said,)), speaker, voice(page, cue), SURE)


def _that_after(page: Page, first: int, last: int) -> int | None:
    for i in range(first, min(last, first + LONGEST_CIRCUMSTANCE)):
        if page.words[i] == "that" and page.tokens[i].tag in ("IN", "WDT"):
            return i
        if not is_aside(page, i) or page.quoted[i] >= 0:
            return None
    return None


def _subject(page: Page, verb: int) -> int | None:
    """Its own subject, or that of a verb above it, or of the clause before it: "The office held a briefing, said"."""
    for _ in range(STEPS):
        for child in reversed([c for c in page.tree.children[verb][:MOST_CHILDREN] if c < verb]):
            if page.tokens[child].dep in SUBJECTS and page.tokens[child].tag[:1] != "W":
                return child if nominal(page, child) else None
            if page.tokens[child].dep == "ccomp" and (own := page.tree.child(child, SUBJECTS)) is not None:
                return own if nominal(page, own) else None
        if page.tokens[verb].dep not in ("conj", "ccomp", "advcl", "dep") or page.tokens[verb].head > verb:
            return None
        verb = page.tokens[verb].head
    return None


def _described(page: Page, verb: int, first: int, that: int) -> int | None:
    """ "The office issued at noon that the ferry has sunk": whom the parser takes to be described by "issued", while
    the main verb of the sentence stands behind "that"."""
    head, main = page.tokens[verb].head, page.tokens[that].head
    mistaken = page.tokens[verb].dep == "acl" and page.tokens[that].dep == "mark" and page.tokens[main].dep == "ROOT"
    lone = page.finite_before[first] == page.finite_before[that]
    return head if mistaken and lone and head < verb and nominal(page, head) else None


def _colon(page: Page, cue: Cue) -> Draft | None:
    """A reporting verb that newspapers do not use for one ("introduced"), a colon, a quotation or a clause."""
    subject = page.tree.child(cue.head, ("nsubj",))
    if cue.word not in lexicon().run_on or page.tokens[cue.head].tag not in SPOKEN or subject is None:
        return None
    last = page.analysis.sentences[page.tokens[cue.head].sentence].last
    colon = next(
        (i for i in range(cue.last, min(last, cue.last + LONGEST_CIRCUMSTANCE)) if not _goes_on(page, i)), last
    )
    if colon + 1 >= last or page.words[colon] not in COLONS or subject > cue.head or not nominal(page, subject):
        return None
    quote = next((page.quoted[i] for i in (colon + 1, min(colon + 2, last - 1)) if page.quoted[i] >= 0), -1)
    if quote < 0 and not is_clause(page, colon + 1, last):
        return None
    said = trim(page, page.quotes[quote].first, page.quotes[quote].last) if quote >= 0 else trim(page, colon + 1, last)
    speaker = Candidate("nsubj", subject, *noun_phrase(page, subject, cue.head))
    return Draft(cue, Content("colon", (said,)), speaker, voice(page, cue), SURE) if said[0] < said[1] else None


def _goes_on(page: Page, i: int) -> bool:
    return page.words[i] not in COLONS and is_aside(page, i) and page.quoted[i] < 0


def _unsaid(page: Page, cue: Cue) -> Draft | None:
    """ "did not say when ...": a question that somebody left open."""
    if TELLING.isdisjoint(groups_of(cue)) or cue.last >= len(page.tokens) or page.words[cue.last] not in QUESTIONS:
        return None
    denied = any(page.words[c] in NEGATIONS for c in page.tree.children[cue.head] if c < cue.head)
    clause = next((c for c in page.tree.children[cue.head] if page.tree.left[c] == cue.last), None)
    subject = page.tree.child(cue.head, SUBJECTS)
    if not denied or clause is None or subject is None or not nominal(page, subject):
        return None
    said = trim(page, cue.last, page.tree.right[clause])
    speaker = Candidate("nsubj", subject, *noun_phrase(page, subject, cue.head))
    return Draft(cue, Content("unsaid", (said,)), speaker, voice(page, cue), SURE) if said[0] < said[1] else None


def _seen(page: Page, cue: Cue) -> Draft | None:
    """ "It can be seen from the notice that ...": the notice says so."""
    if cue.word not in SEEN or page.tree.child(cue.head, ("auxpass",)) is None:
        return None
    subject = page.tree.child(cue.head, ("nsubjpass",))
    source = next((c for c in page.tree.children[cue.head] if c >= cue.last and page.words[c] == "from"), None)
    told = page.tree.child(source, ("pobj",)) if source is not None else None
    if subject is None or page.words[subject] != "it" or told is None or not nominal(page, told):
        return None
    last = page.analysis.sentences[page.tokens[cue.head].sentence].last
    that = next((i for i in range(told, min(last, told + LONGEST_CIRCUMSTANCE)) if page.words[i] == "that"), None)
    if that is None or page.finite_before[that] == page.finite_before[last]:
        return None
    first, end = noun_phrase(page, told, cue.head)
    speaker = Candidate("pobj", told, first, min(end, that))
    return Draft(cue, Content("seen", (trim(page, that, last),)), speaker, voice(page, cue), SURE)


def _shown(page: Page, cue: Cue) -> Draft | None:
    """ "issued a report (2020) shows that ...": what shows it stands right before the verb, whatever its own place."""
    spoken = page.tokens[cue.head].tag in SPOKEN and "show" in groups_of(cue)
    last = page.analysis.sentences[page.tokens[cue.head].sentence].last
    if not spoken or cue.last >= last or page.words[cue.last] != "that" or page.tokens[cue.last].tag != "IN":
        return None
    noun = _noun_before(page, cue.head)
    if noun is None or page.words[noun] not in lexicon().records | lexicon().polls:
        return None
    end = next((page.tree.right[c] for c in page.tree.children[cue.head] if page.tree.left[c] == cue.last), last)
    speaker = Candidate("near-before", noun, *noun_phrase(page, noun, cue.head))
    return Draft(cue, Content("shown", (trim(page, cue.last, end),)), speaker, voice(page, cue), SURE)


def _shows(page: Page, cue: Cue) -> Draft | None:
    """ "as studies have shown the sea rises", "documents that show the port made a loss": a clause without "that"."""
    telling = page.tokens[cue.head].tag in SPOKEN and cue.word == SHOW
    subject = page.tree.child(cue.head, ("nsubj",))
    if not telling or subject is None or subject > cue.head:
        return None
    if page.tokens[subject].tag in ("WDT", "WP"):
        subject = page.tokens[cue.head].head
    last = page.analysis.sentences[page.tokens[cue.head].sentence].last
    if page.words[subject] not in lexicon().records | lexicon().polls | EVIDENCE or page.quoted[cue.last] >= 0:
        return None
    if not is_clause(page, cue.last, last):
        return None
    clause = next((c for c in page.tree.children[cue.head] if page.tree.left[c] == cue.last), cue.head)
    comma = next((i for i in range(cue.last, last) if page.words[i] == ","), last)
    end = page.tree.right[clause] if page.tokens[clause].dep == "ccomp" else comma
    if page.finite_before[cue.last] == page.finite_before[end]:
        return None
    speaker = Candidate("shows", subject, *noun_phrase(page, subject, cue.head))
    return Draft(cue, Content("shows", (trim(page, cue.last, end),)), speaker, voice(page, cue), SURE)


def _reads(page: Page, cue: Cue) -> Draft | None:
    """ "held banners that read ..." and a quotation: the banners say so."""
    i = cue.head
    if cue.word != READ or page.tokens[i].tag not in SPOKEN:
        return None
    bearer = page.tokens[i].head if page.tokens[i].dep == "relcl" else page.tree.child(i, ("nsubj",))
    number = next(
        (page.quoted[k] for k in range(cue.last, min(len(page.tokens), cue.last + 3)) if page.quoted[k] >= 0), -1
    )
    if bearer is None or number < 0 or page.words[bearer] not in lexicon().bearers:
        return None
    said = trim(page, page.quotes[number].first, page.quotes[number].last)
    speaker = Candidate("bearer", bearer, *noun_phrase(page, bearer, i))
    return Draft(cue, Content("reads", (said,)), speaker, voice(page, cue), SURE) if said[0] < said[1] else None


def _received(page: Page, cue: Cue) -> Draft | None:
    """ "received a notice from the county that ..." or with a comma: the county says so."""
    thing = page.tree.child(cue.head, ("dobj",))
    if cue.word != RECEIVE or thing is None or stem(page.words[thing]) not in lexicon().messages:
        return None
    from_ = next((i for i in range(thing + 1, thing + 3) if page.words[i : i + 1] == ("from",)), None)
    sender = page.tree.child(from_, ("pobj",)) if from_ is not None else None
    last = page.analysis.sentences[page.tokens[cue.head].sentence].last
    if sender is None or not nominal(page, sender):
        return None
    pause = next((i for i in range(sender, min(last, sender + 3)) if page.words[i] in (",", "that")), last)
    if not is_clause(page, pause + 1, last):
        return None
    said = trim(page, pause, last)
    first, end = noun_phrase(page, sender, cue.head)
    speaker = Candidate("pobj", sender, first, min(end, pause))
    return Draft(cue, Content("received", (said,)), speaker, voice(page, cue), SURE)


def _quoted(page: Page, cue: Cue) -> Draft | None:
    """ "..., the Post quoted a guard as saying.": all that stands before."""
    as_ = page.tokens[cue.head].head
    if page.words[as_] != "as" or page.tokens[cue.head].dep != "pcomp" or TELLING.isdisjoint(groups_of(cue)):
        return None
    quoting = page.tokens[as_].head
    subject, guard = page.tree.child(quoting, ("nsubj",)), page.tree.child(quoting, ("dobj",))
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    ends = trim(page, cue.head, sentence.last)[1] == cue.last
    if subject is None or guard is None or not ends or not nominal(page, guard):
        return None
    first = page.tree.left[subject]
    said = trim(page, sentence.first, first)
    if page.words[first - 1] != "," or said[1] - said[0] < SHORTEST:
        return None
    speaker = Candidate("quoted-as", guard, *noun_phrase(page, guard, cue.head))
    return Draft(cue, Content("quoted", (said,)), speaker, voice(page, cue), SURE)


def groups_of(cue: Cue) -> tuple[str, ...]:
    return lexicon().groups.get(cue.word, ())


def _noun_before(page: Page, verb: int) -> int | None:
    """The noun right before a verb, or before a bracket and quotation marks in between."""
    i = verb - 1
    if page.words[i] == ")":
        i = next((k - 1 for k in range(i, max(0, i - LONGEST_BRACKET), -1) if page.words[k] == "("), i)
    while i > 0 and page.tokens[i].tag in ("''", "``"):
        i -= 1
    return i if page.tokens[i].tag[:1] == "N" else None


def _mistaken(page: Page, cue: Cue) -> Draft | None:
    """A sentence whose only other verbs stand behind "that": what was taken for the noun "reports" is its verb."""
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    first, that = sentence.first, cue.last
    verb = page.tokens[cue.head].tag == "NNS" and cue.word in lexicon().run_on
    if not verb or that >= sentence.last or page.words[that] != "that" or not is_clause(page, that + 1, sentence.last):
        return None
    if page.finite_before[first] < page.finite_before[cue.head]:
        return None
    comma = next((i for i in range(first, cue.head) if page.words[i] == ","), cue.head)
    who = trim(page, first, comma)
    head = next((i for i in range(who[1] - 1, who[0] - 1, -1) if page.tokens[i].tag[:1] == "N"), None)
    said = trim(page, that, sentence.last)
    if head is None or said[1] - said[0] < SHORTEST:
        return None
    return Draft(cue, Content("mistaken", (said,)), Candidate("near-before", head, *who), "VBZ", SURE)


VERB_RULES = (_that, _colon, _unsaid, _seen, _shown, _shows, _quoted, _reads, _received)

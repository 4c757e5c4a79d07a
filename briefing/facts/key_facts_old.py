"""Key facts: the few sentences (at most six) that a hurried reader must have, in the source's own words.

The first is the news: what the lead and the headline tell. The others are taken one by one, each time the one that
adds most to those already taken. What a sentence names as known ("the company", "the ruling", "Marsh") must be in a
fact above it. A sentence that only another explains ("He said ...") is taken with the sentence before it, or left.
The list ends where the next sentence is not clearly worth a place: one weak fact spoils a list.
"""

from __future__ import annotations

import bisect
import datetime
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from briefing.facts.anaphora import Anaphora, is_subject, singular, words_of
from briefing.facts.kinds import KEY_FACT, with_ids
from briefing.facts.tokens import Tree
from briefing.lexicon import load
from briefing.model import Analysis, Article, DateRef, Figure, KeyFact, KeyFactKind, Reading, Sentence, Statement, Token

# Reading -> what each sentence is worth to a hurried reader: its news value.
#
# News is what the headline and the first sentences tell, what somebody did or said, and how much of it; it is of these
# days. Background is what had happened before, and figures of years gone by.
#
#     "The council bought a ferry for 4.2 million euros on Monday."    the lead, shares the headline's words: high
#     "The old ferry had sunk near the pier in 2019."                  had happened, of another year: low

GRAMMAR = load("grammar", dict[str, frozenset[str]])
# What a fact in a sentence is worth. Who did or said what is news; a number of things alone seldom is.
STATEMENT, NAMELESS, EVENT, MEASURED, COUNTED = 0.6, 0.4, 0.6, 1.3, 0.4
FRESH = 0.6  # a date of these days
SCENE = -1.5  # an early sentence without a word of the headline: it sets the scene
OLD, LAST = -2.5, -0.5  # a date of earlier years, of the year before, and none of these days
HAD = -1.4  # "had bought": told to explain the news
ASKED = -3.0  # a question tells nothing
ASKING = -1.5  # "Bo Lind asked whether"
CHATTING = -2.0  # the writer speaks of himself or to the reader
BIDDING = -3.0  # "Email your views": an order to the reader
ADVISING = -3.0  # "The minister should resign", in the writer's own voice
UNNAMED = -1.2  # "Some analysts said": nobody answers for it
QUOTING = -1.8  # a sentence that is mostly somebody's own words: colour, seldom the news
REACHING = -3.0  # an address, a telephone number
PROFILE = -2.0  # "was founded in 2008 and has 900 employees": who somebody is, and always was
SUPPOSING = -1.5  # "If the price falls, the state pays"
GOING_ON = -1.0  # "Trees cool the air in two ways"
HARM = 0.5  # "a second person has died": people who came to harm are news
FOUND = 1.0  # what a study found
SILENT = -2.0  # "declined to comment"
MASKED = -3.0  # "the ** company": a word taken out
HISTORY = 0.7  # share of dated sentences of earlier years, from which the past is the subject, as in an obituary
VERBLESS = -2.5  # "Good evening from the harbour."
TORN = -1.5  # a quotation that begins or ends in another sentence
NOBODY = -2.0  # a quotation without a word on who speaks
SOUND = -1.5  # how a sentence is told, above which it may be a key fact
PLAIN = -1.4  # no statement, figure or happening, and little of the headline: it sets the scene
TITLED = 0.3  # share of the headline's words from which a sentence is about the same
EARLY = 4.0  # for the first sentence of the text, falling off with the square root of the place
LEAD = 2.0  # more for the first, which newswire makes to stand alone
HEADLINE = 4.0  # for a sentence with all the words of the headline
CENTRAL = 1.2  # for a sentence made of the article's own frequent words
STEM = 5  # letters by which two words are held to be one: "licence", "licences", "licensing"
CHAT = re.compile(
    r"(?<!-)\b(?:(?<!War )I|[Ww]e|[Oo]ur|us|[Mm]y|[Yy]ou|[Yy]our|[Ll]et['’]s)\b(?!-)"
)  # "US" is a country, "(I-Vt.)" a party, "pay-as-you-go" a plan
QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”»]|[\"“„«].*")
WORD = re.compile(r"[^\W\d_][\w'’-]+|\d[\d.,]*")  # numbers too: another figure is another fact
MOSTLY = 0.6  # share of a sentence between quotation marks, from which it is somebody's own words
ASKED_OF = frozenset({"asked", "asks", "wondered", "wonders"})
ASKED_FOR = frozenset({"if", "whether", "why", "how", "what", "who", "where", "when"})
ADVICE = frozenset({"should", "must", "ought", "shall"})
INDEFINITE = frozenset(
    {"a", "an", "some", "other", "others", "many", "several", "most", "one", "two", "few"}
    | {"critics", "analysts", "experts", "observers", "sources", "insiders"}
)
PROFILED = re.compile(
    r"\b(?:was|were|is|are) (?:founded|established|headquartered|incorporated)\b|\bemploys\b|\bemployees\b"
)
MASK = re.compile(r"(?:^|\s)\*{2,}\s")
SAYS_NOTHING = re.compile(
    r"\b(?:declin\w+|refus\w+) to (?:comment|say|answer|speculate)"
    r"|\bnot (?:yet )?(?:comment|respond|reply|answer)(?:ed)?\b"
    r"|\btoo early to (?:say|tell|judge)|\bno comment\b",
    re.IGNORECASE,
)
CONTACT = re.compile(r"\bconference call\b|\bwebcast\b|https?://|www\.|\S@\S+\.\w|\b\d[\d ()-]{2,}-\d{3,}-?\d{2,}")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
RELATIVE = frozenset({"WP", "WDT", "WRB", "WP$"})
PAST = re.compile(r"(?:In|By|Since|Between|During) (?:\w+ ){0,3}(1[6-9]\d\d|20\d\d)\b")
YEAR = re.compile(r"\d{4}")
WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WEEK = 7
COMING = re.compile(r"\b(?:will|would|by|until|plans?|expects?|expected|forecasts?)\b[^.;!?]*$")
COMPARED = 60  # characters between a comparing word and its date
COMPARING = re.compile(r"\b(?:since|than|as \w+ as|from|compared|against|versus|vs\.?|up|down)\b[^;!?]*$|\([^)]*$")


@dataclass(frozen=True, slots=True)
class Worth:
    news: float  # as the one sentence that tells what is new
    score: float  # beside that one
    sound: bool  # tells something by itself: no question, greeting, torn quotation or chat
    kind: KeyFactKind  # of the fact that it rests on, `sentence` if there is none
    ref: str | None
    words: frozenset[str]
    leads: bool = False  # a finding, or what is fixed to happen: the news even if it needs the sentence before
    scene: bool = False  # what goes on, in the present tense


class NewsValue:
    """Weighs the sentences of one article. The caller passes the place of a sentence among those that count."""

    def __init__(self, article: Article, analysis: Analysis, reading: Reading) -> None:
        self.article = article
        self.analysis = analysis
        self.words = {s.id: content_words(article.text[s.start : s.end]) for s in reading.sentences}
        self.frequency = Counter(w for words in self.words.values() for w in words)
        self.top = max(self.frequency.values(), default=1)
        given = article.title.basis != "derived"
        self.headline = frozenset(w[:STEM] for w in content_words(article.title.value)) if given else frozenset()
        self.held = _facts_by_sentence(reading)
        acting = (n for n in reading.names if n.label in ("PERSON", "ORG", "GPE", "NORP"))
        self.acting = sorted(n.start for n in acting if is_subject(analysis, n))
        self.today = _year_of_writing(article, reading)
        days = (DAY.fullmatch(d.edtf or "") for d in reading.dates)
        self.undated = article.published.edtf is None and not any(days)
        ages = [[self._age(d) for d in held.dates] for held in self.held.values()]
        dated = [a for a in ages if any(a)]
        self.of_old = sum("old" in a for a in dated) > HISTORY * len(dated)
        of_these_days = any(map(self._is_of_these_days, reading.dates))
        self.of_old &= not of_these_days or bool(GRAMMAR["dying"] & set(self.frequency))

    def weigh(self, sentence: Sentence, order: int, answer: bool = False) -> Worth:
        """What a sentence is worth; an `answer` of an interview may say "I", since its speaker is named before it."""
        words = self.words[sentence.id]
        facts = self.held.get(sentence.id, _Held())
        text = self.article.text[sentence.start : sentence.end]
        manner = self._manner(sentence, facts, answer)
        score = facts.worth() + self._time(text, facts) + manner
        shared = len(self.headline & {w[:STEM] for w in words}) / len(self.headline) if self.headline else 0.0
        score += EARLY / math.sqrt(order)
        if self.headline and not shared:
            score += SCENE / math.sqrt(order)
        if words:
            score += CENTRAL * sum(self.frequency[w] for w in words) / len(words) / self.top
        happens = facts.tell_something() or any(map(self._is_of_these_days, facts.dates))
        acts = happens or self._names_somebody(sentence) or self._is_future(sentence)
        scene = self._is_scene(sentence, facts)
        if not facts.tell_something():
            score += PLAIN * (shared < TITLED) + GOING_ON * scene
        tells = shared >= TITLED or (acts and not scene)
        found = FOUND * self._is_finding(sentence)
        planned = self._is_planned(sentence, facts)
        score += found + (EVENT - PLAIN) * planned + HARM * bool(GRAMMAR["harm"] & words)
        if order == 1 and not tells:
            manner = min(manner, SOUND)  # a scene at the beginning
        news = score + LEAD * (order == 1 and manner >= 0 and tells)
        news += HEADLINE * shared + 2 * found
        kind, ref = facts.best()
        return Worth(news, score, manner > SOUND, kind, ref, words, bool(found) or planned, scene)

    def _is_finding(self, sentence: Sentence) -> bool:
        """ "The study found", "Records show", "They found that": what science has to tell."""
        tokens = self.analysis.tokens
        return any(
            tokens[i].dep == "nsubj"
            and tokens[i].text.lower() in GRAMMAR["studies"]
            and tokens[tokens[i].head].text.lower() in GRAMMAR["finding"]
            for i in range(sentence.first, sentence.last)
        )

    def _is_scene(self, sentence: Sentence, facts: _Held) -> bool:
        """ "Snow still lies in the gullies when Ewan Rae leads the way": the present tense of what goes on."""
        tokens = self.analysis.tokens[sentence.first : sentence.last]
        present = any(t.dep == "ROOT" and t.tag in ("VBZ", "VBP") and t.text not in GRAMMAR["newsy"] for t in tokens)
        return present and not facts.measured() and not any(map(self._is_of_these_days, facts.dates))

    def _is_planned(self, sentence: Sentence, facts: _Held) -> bool:
        """ "On 30 November it will close": fixed to a day."""
        dated = any(self._age(d) != "old" for d in facts.dates)
        return dated and not facts.tell_something() and self._is_future(sentence)

    def _is_future(self, sentence: Sentence) -> bool:
        here = self.analysis.tokens[sentence.first : sentence.last]
        return any(t.text == "will" and self.analysis.tokens[t.head].dep == "ROOT" for t in here)

    def _names_somebody(self, sentence: Sentence) -> bool:
        at = bisect.bisect_left(self.acting, sentence.start)
        return at < len(self.acting) and self.acting[at] < sentence.end

    def _time(self, text: str, facts: _Held) -> float:
        past = PAST.match(text)
        if past and (self.article.published.edtf is None or past[1] != str(self.today)):
            return OLD * (not self.of_old)  # "In 2019, a similar fire ..."
        ages = {age for d in facts.dates if (age := self._age(d)) is not None and not self._compares(d)}
        now = facts.tell_something() and any(map(self._is_of_these_days, facts.dates))
        if not ages or "fresh" in ages or now:
            return FRESH * ("fresh" in ages or now)
        last = "last" in ages or ("bare" in ages and facts.measured() and not facts.events)
        return LAST if last else OLD * (not self.of_old)

    def _compares(self, date: DateRef) -> bool:
        """ "The highest since 2008", "compared with 12 percent in 2019"."""
        return COMPARING.search(self.article.text[max(0, date.start - COMPARED) : date.start]) is not None

    def _age(self, date: DateRef) -> str | None:
        """ "fresh", "last" (the year before), "old", "bare" (a year where none is expected), or None if unknown."""
        if date.relative is not None and date.edtf is None:
            return "fresh" if not date.relative.startswith("-P") or date.relative.endswith(("D", "W")) else None
        year = YEAR.match(date.edtf.lstrip("/")) if date.edtf else None
        if year is None or self.today is None:
            return None
        if self.undated and len(date.edtf or "") == len(year[0]) and not self._is_coming(date):
            return "bare"  # who writes on a day without a year needs no year for what is new
        if int(year[0]) < self.today:
            return "last" if int(year[0]) == self.today - 1 else "old"
        if date.basis != "published":
            return None
        return "last" if self._is_past(date) else "fresh"

    def _is_coming(self, date: DateRef) -> bool:
        return COMING.search(self.article.text[max(0, date.start - COMPARED) : date.start]) is not None

    def _is_of_these_days(self, date: DateRef) -> bool:
        """Also "on Friday" in a text without a date."""
        unknown = date.edtf is None and WEEKDAY.search(self.article.text, date.start, date.end)
        return bool(unknown) or self._age(date) == "fresh"

    def _is_past(self, date: DateRef) -> bool:
        """A day more than a week before publication: it explains the news."""
        days = (date.edtf or "", self.article.published.edtf or "")
        if not all(DAY.fullmatch(day) for day in days):
            return False
        then, published = map(datetime.date.fromisoformat, days)
        return (published - then).days > WEEK

    def _manner(self, sentence: Sentence, facts: _Held, answer: bool = False) -> float:
        text = self.article.text[sentence.start : sentence.end]
        tokens = self.analysis.tokens[sentence.first : sentence.last]
        if answer:
            tokens = tokens[1 + next((i for i, t in enumerate(tokens[:LABEL]) if t.text == ":"), -1) :]
        score = ASKED if text.rstrip("\"”’»)]' ").endswith("?") else 0.0
        if not answer and CHAT.search(text) and CHAT.search(QUOTED.sub(" ", text)):
            score += CHATTING
        if _verbless(tokens) and self.article.blocks[sentence.block].kind != "item":
            score += VERBLESS
        score += PROFILE * (PROFILED.search(text) is not None and not facts.events)
        score += SUPPOSING * text.startswith(("If ", "Should ", "Unless "))
        score += SILENT * (SAYS_NOTHING.search(text) is not None)
        score += MASKED * (MASK.search(text) is not None)
        score += BIDDING * _bids(tokens, sentence.first) + REACHING * (CONTACT.search(text) is not None)
        if not facts.statements and _advises(tokens, sentence.first):
            score += ADVISING
        if any(_is_unnamed(self.article, s) for s in facts.statements):
            score += UNNAMED
        if text[0] in '"“„«' or len("".join(QUOTED.findall(text))) > MOSTLY * len(text):
            score += QUOTING * (text[0] in '"“„«' or not facts.measured())
        score += ASKING * _asks(tokens)
        cues = [s.cue.start for s in facts.statements if s.speaker is not None and s.cue is not None]
        attributed = any(sentence.start <= cue < sentence.end for cue in cues)
        if not attributed and text[0] in '"“„«' and (facts.statements or text.rstrip()[-1] in '"”»'):
            score += NOBODY
        if _is_torn(text) and not attributed:
            score += TORN
        roots = {sentence.first + i for i, t in enumerate(tokens) if t.dep == "ROOT" and t.tag == "VBN"}
        if any(t.head in roots and t.dep == "aux" and t.text.lower() in {"had", "'d"} for t in tokens):
            score += HAD
        return score


def _bids(tokens: Sequence[Token], first: int) -> bool:
    """ "Email your views", "Imagine a garden": the main verb has no subject and nothing before it."""
    root = next((i for i, t in enumerate(tokens) if t.dep == "ROOT"), 0)
    if tokens[root].tag != "VB" or any(t.tag == "MD" for t in tokens[:root]):
        return False
    subjects = ("nsubj", "nsubjpass", "csubj", "expl")
    return not any(t.head == first + root and t.dep in subjects for t in tokens)


def _asks(tokens: Sequence[Token]) -> bool:
    """ "Bo Lind asked whether", "wondered how": a question, though without its mark."""
    at = next((i for i, t in enumerate(tokens) if t.dep == "ROOT"), len(tokens))
    return at + 1 < len(tokens) and tokens[at].text in ASKED_OF and tokens[at + 1].text in ASKED_FOR


def _advises(tokens: Sequence[Token], first: int) -> bool:
    """Is the main verb under "should", "must" or "cannot"?"""
    roots = {first + i for i, t in enumerate(tokens) if t.dep == "ROOT"}
    return any(t.dep == "aux" and t.head in roots and t.text.lower() in ADVICE for t in tokens)


def _is_unnamed(article: Article, statement: Statement) -> bool:
    """ "Some analysts", "a trader", "one of them": no name, and no body that answers for it."""
    if statement.speaker is None:
        return False
    words = article.text[statement.speaker.start : statement.speaker.end].split()
    return words[0].lower() in INDEFINITE and not any(w[0].isupper() for w in words[1:])


def _is_torn(text: str) -> bool:
    """Does a quotation begin or end outside?"""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def _verbless(tokens: Sequence[Token]) -> bool:
    """ "More heavy rain on the coast.", "A letter for people who trade.", "Lost the lot."; the parser alone is no
    witness."""
    if tokens[0].dep == "ROOT" and tokens[0].tag in {"VBD", "VBZ"}:
        return True
    if any(t.dep == "ROOT" and t.tag[:2] in {"VB", "MD"} for t in tokens):
        return False
    if any(b.tag == "VBD" and a.text.lower() in {"today", "yesterday"} for a, b in pairwise(tokens)):
        return False
    first = next((t.tag for t in tokens[1:] if t.tag in FINITE or t.tag in RELATIVE), "")
    return first not in FINITE


class _Held:
    """The facts of one sentence."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.events: list[str] = []
        self.dates: list[DateRef] = []

    def worth(self) -> float:
        told = [NAMELESS if s.speaker is None or s.hedged else STATEMENT for s in self.statements]
        numbers = [MEASURED if _is_measured(f) else COUNTED for f in self.figures]
        return max(told, default=0.0) + max(numbers, default=0.0) + (EVENT if self.events else 0.0)

    def tell_something(self) -> bool:
        return bool(self.statements or self.figures or self.events)

    def measured(self) -> list[Figure]:
        return [f for f in self.figures if _is_measured(f)]

    def best(self) -> tuple[KeyFactKind, str | None]:
        """The kind of fact on which a sentence rests, and its id."""
        if self.events:
            return "event", self.events[0]
        measured = self.measured()
        if measured and not self.statements:
            return "figure", measured[0].id
        if self.statements:
            return "statement", self.statements[0].id
        if self.figures:
            return "figure", self.figures[0].id
        return ("date", None) if any(d.edtf for d in self.dates) else ("sentence", None)


def _is_measured(figure: Figure) -> bool:
    """No mere "two mayors"."""
    return figure.unit != "count" or abs(figure.value) >= MANY or figure.value % 1 != 0


def _facts_by_sentence(reading: Reading) -> dict[str, _Held]:
    starts = [s.start for s in reading.sentences]
    held: dict[str, _Held] = {}

    def at(place: int) -> _Held:
        index = max(bisect.bisect_right(starts, place) - 1, 0)
        return held.setdefault(reading.sentences[index].id, _Held())

    if not starts:
        return held
    for statement in reading.statements:
        at(statement.content[0].start).statements.append(statement)
    for figure in reading.figures:
        at(figure.start).figures.append(figure)
    for event in (e for e in reading.events if e.rule not in ("aside", "noun")):  # those tell of what is no news
        at(event.start).events.append(event.id)
    for date in reading.dates:
        at(date.start).dates.append(date)
    return held


def _year_of_writing(article: Article, reading: Reading) -> int | None:
    """The year of publication, else the last year that the text names in what is past."""
    published = YEAR.match(article.published.edtf or "")
    if published:
        return int(published[0])
    text = article.text
    past = [d for d in reading.dates if not COMING.search(text[max(0, d.start - COMPARED) : d.start])]
    return max((int(y[0]) for d in past if (y := YEAR.match(d.edtf or ""))), default=None)


def content_words(text: str) -> frozenset[str]:
    words, grammar = WORD.findall(text.casefold()), GRAMMAR["words"]
    return frozenset(
        w.removesuffix("'s").removesuffix("’s") for w in words if (len(w) > 2 or w[0].isdigit()) and w not in grammar
    )


FEWEST, MOST = 3, 6
DIVISOR = 1.4  # one key fact for so many sentences, between those two
SHARE = 0.7  # of the article's sentences at most: of a short notice not everything is key
WORTH = (1.0, 1.6, 1.8)  # of the second fact, since one alone is no list, of the third, and of further ones
PRESENTED = 2.5  # for the sentence that names somebody of whom the lead speaks without a name
QUOTED_ON = 2  # further sentences of a quotation that may belong to a key fact
SHORTEST, LONGEST = 5, 60  # words: shorter is a label, longer hides its point
FEWEST_OF_ITEM = 4  # words of a list item with a figure, and of any sentence with digits
BELOW = 0.2  # less for each item above it
ITEMS = 3  # of a list of results; the text has more to tell
MANY = 100  # from this on a number of things is a result
REST = 4  # sentences beside the title, without which the title is a key fact too
ENOUGH = 1  # sound sentences, without which questions and greetings are looked at too
LEANS = 0.5  # less for two sentences, of which one needs the other
ADDED = 0.25  # share of what the lesser of the two is worth
TELLING = 10  # words of a sentence without a fact that may explain another
ADDING = 1.0  # what a sentence must be worth to be shown with the one before it
UNKNOWN = 1.0  # less for one that names somebody by a surname alone whom the reader has not met
REPEATED = 0.4  # share of a sentence's content words already told, above which it is not taken
NEW = 2  # content words that a sentence must have beyond the headline
INTERVIEWED = 4  # place of all answers of an interview
ANSWER = 40  # words of an answer in an interview, with its speaker's label


# "Trade note - China has ...", "Bergen, Norway – The ...", "17:20 Power is back": no part of the sentence
KICKER = re.compile(
    r"[A-Z][\w'’]*(?:,? [\w'’]+){0,3} ?(?: [-–—―]|[–—―]) ?(?=[A-Z\"“])"
    r"|[0-2]?\d[:.h][0-5]\d(?: ?[ap]\.?m\.?)?(?: (?:[A-Z]{3,4}))?[ :–—-]+(?=[A-Z\"“])"
)
# "The head of the union said." with its words elsewhere
EMPTY = re.compile(r"[^,“\"‘:]+ (?:said|says|added|noted|stressed|concluded)\.$")
LABEL = 8  # tokens at most
LABELLED = re.compile(r"[*_]{0,2}(?:[\w.'’-]+ ){0,3}[\w.'’-]+\*{0,2}: ?\*{0,2}(?=\S)")
INITIALS = re.compile(r"[*_]{0,2}[A-Z]{1,3}\*{0,2}:")
NO_NAME = re.compile(r"\W*(?:answer|a)\b", re.IGNORECASE)  # labels that do not say who answers
DECIMAL = re.compile(r"\d[.,]\d|\d ?%")
NUMBER = re.compile(r"\d[\d.,:]*\d")  # of two digits at least
REPLYING = frozenset(
    {
        "because",
        "then",
        "yes",
        "no",
        "some",
        "that",
        "this",
        "it",
        "they",
        "not",
        "well",
        "absolutely",
        "exactly",
        "so",
        "and",
    }
    | {"but", "or", "if"}
)


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a sentence names as known and the headline does not tell."""

    people: frozenset[str] = frozenset()  # surnames
    things: frozenset[str] = frozenset()
    follows: bool = False  # names as known what the news explains, so that it cannot be the news itself


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    worth: Worth
    added: float  # what the second of two sentences is worth
    order: int
    needs: _Needs
    numbers: frozenset[str]
    presents: frozenset[str]  # surnames of people whom it names in full
    item: bool  # of a list
    leading: bool  # may be the first: no item "Revenue of 14 million dollars", no answer by "NH"


def find_key_facts(article: Article, analysis: Analysis, reading: Reading, tree: Tree) -> Reading:
    """The reading with its key facts, most important first."""
    candidates = _Candidates(article, analysis, reading, Anaphora(analysis, tree, reading.names)).read()
    wanted = min(MOST, max(FEWEST, math.ceil(len(candidates) / DIVISOR)), math.ceil(len(candidates) * SHARE))
    chosen = _choose(article, candidates, wanted)
    facts = [KeyFact(_after_mark(article.text, c.start), c.end, c.worth.kind, c.worth.ref) for c in chosen]
    return replace(reading, key_facts=with_ids(article, KEY_FACT, facts))


# The time of an entry of a live report, whose markup opened before it: "17:42** The dam ..."
STAMP = re.compile(
    r"\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?[:.]?(?:\*{1,3}|_{1,3})[:.]?\s+[-–—]?\s*", re.IGNORECASE
)

LONGEST_MARKED = 60  # characters of words in bold at the beginning of a sentence


def _after_mark(text: str, start: int) -> int:
    """Where a key fact begins: behind the time of an entry, or with the mark that its first words stand in."""
    stamp = STAMP.match(text, start)
    mark = re.search(r"(?:\*{1,3}|_{1,3})$", text[max(0, start - 3) : start])
    if mark is None:
        return start
    closing = text.find(mark[0], start)
    return stamp.end() if stamp else start - len(mark[0]) if 0 < closing - start < LONGEST_MARKED else start


class _Candidates:
    """Reads the sentences of one article that may stand on the list, each with what a reader needs to understand it."""

    def __init__(self, article: Article, analysis: Analysis, reading: Reading, anaphora: Anaphora) -> None:
        self.article = article
        self.reading = reading
        self.anaphora = anaphora
        self.value = NewsValue(article, analysis, reading)
        title = article.title.value if article.title.basis != "derived" else ""
        self.titled = frozenset(map(singular, words_of(title))) | frozenset(words_of(title))
        answers = [c for s in reading.statements if s.rule.startswith("interview") for c in s.content]
        self.answers = sorted(answers, key=lambda c: c.start)
        headed = {i for i, b in enumerate(article.blocks) if b.kind == "heading" or i == 0}
        persons = (n.start for n in reading.names if n.label == "PERSON")
        self.starts = [b.start for b in article.blocks]
        self.named = sorted(n for n in persons if bisect.bisect_right(self.starts, n) - 1 not in headed)
        self.initials = any(INITIALS.match(article.text, start) for start in self.starts)
        self.questions = self._find_questions()
        self.presented = anaphora.presented(reading.sentences)
        self.context = anaphora.context(reading.sentences)

    def read(self) -> list[_Candidate]:
        """The sentences that may stand, in order; those that tell little only where hardly any other is left."""
        found: list[_Candidate] = []
        repeated: list[_Candidate] = []  # the headline again
        before: _Candidate | None = None
        counted = 0
        for number, sentence in enumerate(self.reading.sentences):
            stands = _may_stand(self.article, sentence) or _is_measured_item(self.article, self.reading, sentence)
            stands = stands and sentence.block not in self.questions and not self._is_line_of_talk(sentence)
            counted = INTERVIEWED if self._is_talk(sentence.start) else counted + stands
            here = list(self._candidates(number, before, counted)) if stands else []
            for candidate in here:
                (repeated if self._is_title(sentence, candidate) else found).append(candidate)
            before = next((c for c in here if c.start >= sentence.start), None)
        found = _without_summaries(found)
        if len(found) < REST:
            found = sorted((*repeated, *found), key=lambda c: c.order)
        sound = [c for c in found if c.worth.sound]
        return sound if len(sound) >= ENOUGH else found

    def _is_line_of_talk(self, sentence: Sentence) -> bool:
        """ "Ms Walsh: There are two wardens." in a report: an exchange that is no interview."""
        if self.answers:
            return False
        label = LABELLED.match(self.article.text, sentence.start, sentence.end)
        at = bisect.bisect_left(self.named, sentence.start)
        return label is not None and at < len(self.named) and self.named[at] < label.end()

    def _is_talk(self, start: int) -> bool:
        """Does an interview begin before this place, or with the label there?"""
        return bool(self.answers) and start >= self.answers[0].start - LABEL

    def _find_questions(self) -> frozenset[int]:
        """Paragraphs of an interview, from its first answer to its last, with a label and no answer."""
        blocks, text = self.article.blocks, self.article.text
        if not self.answers:
            return frozenset()
        answered = {bisect.bisect_right(self.starts, c.start) - 1 for c in self.answers}
        between = range(max(min(answered) - 1, 0), max(answered))
        return frozenset(i for i in between if i not in answered and LABELLED.match(text, blocks[i].start))

    def _is_title(self, sentence: Sentence, candidate: _Candidate) -> bool:
        """Does the sentence say what the headline says?"""
        if self.article.title.basis == "derived":
            return False  # it was made from the news, which stays on the list
        words = " ".join(self.article.text[sentence.start : sentence.end].split())
        told = content_words(self.article.title.value)
        adds = len(candidate.worth.words - told)
        return words.rstrip(".") in self.article.title.value or (
            adds < NEW and len(told & candidate.worth.words) >= NEW
        )

    def _candidates(self, number: int, before: _Candidate | None, order: int) -> Iterator[_Candidate]:
        """The sentence by itself, or with the one that explains it."""
        sentence = self.reading.sentences[number]
        opening = self.article.blocks[sentence.block].start
        labelled = LABELLED.match(self.article.text, opening) and not NO_NAME.match(self.article.text, opening)
        answer = bool(self.answers and labelled)
        worth = self.value.weigh(sentence, order, answer)
        if self._presents(sentence):
            worth = replace(worth, score=worth.score + PRESENTED, sound=True)
        end = _end_of_quotation(self.article, self.reading.sentences[number : number + QUOTED_ON + 1])
        if end is None or not worth.words:
            return
        start, needs = _begins(self.article, sentence), self._needs(sentence, order)
        if answer:
            begin = self._answer_from(sentence)
            if begin is None:  # what stands by itself, as a claim with a figure
                alone = not CHAT.search(self.article.text, sentence.start, end) and not self.anaphora.leans(sentence)
                begin = start if alone and worth.kind == "figure" and self._is_answer(sentence) else None
            if begin is not None and worth.sound:
                less = LEANS * sum(begin <= s.start for s in self.reading.sentences[max(0, number - ANSWER) : number])
                worth = replace(worth, score=worth.score - less, news=worth.news - less)
                yield self._as_one(begin, end, worth, order, _Needs())
        elif not self.anaphora.leans(sentence):
            yield self._as_one(start, end, worth, order, needs)
        elif before is not None and worth.score >= ADDING and self._explains(before):
            yield self._pair(before, self._as_one(start, end, worth, order, needs))

    def _explains(self, before: _Candidate) -> bool:
        """Does a sentence tell enough to stand before another: no "The village was shocked."?"""
        long = len(self.article.text[before.start : before.end].split()) >= TELLING
        return not before.worth.scene and (long or before.worth.kind != "sentence")

    def _presents(self, sentence: Sentence) -> bool:
        """Does the sentence name somebody of whom the lead speaks without a name, or who is interviewed?"""
        if self.answers and sentence.start < self.answers[0].start:
            at = bisect.bisect_left(self.named, sentence.start)
            return at == 0 and bool(self.named) and self.named[at] < sentence.end
        return self.presented is not None and sentence.first <= self.presented < sentence.last

    def _pair(self, before: _Candidate, behind: _Candidate) -> _Candidate:
        """A sentence with the one before it, which explains it."""
        named = _names_in(self.article, before)
        needs = _Needs(
            before.needs.people | (behind.needs.people - named),
            before.needs.things | (behind.needs.things - named),
            before.needs.follows,
        )
        better = behind.worth if behind.worth.score > before.worth.score else before.worth
        added = ADDED * max(0.0, before.worth.score) if better is behind.worth else 0.0
        worth = replace(
            better,
            score=better.score + added - LEANS,
            news=max(before.worth.news, behind.worth.news) + (LEANS if behind.worth.leads else -LEANS),
            words=before.worth.words | behind.worth.words,
            sound=before.worth.sound and behind.worth.sound,
        )
        pair = self._as_one(before.start, behind.end, worth, behind.order, needs)
        return replace(pair, added=behind.worth.score)

    def _as_one(self, start: int, end: int, worth: Worth, order: int, needs: _Needs) -> _Candidate:
        numbers = frozenset(NUMBER.findall(self.article.text[start:end]))
        block = bisect.bisect_right(self.starts, start) - 1
        item = self.article.blocks[block].kind == "item"
        if item:  # the first results of a list are the main ones
            above = sum(1 for _ in takewhile(lambda b: b.kind == "item", reversed(self.article.blocks[:block])))
            unread = MEASURED * (worth.kind == "sentence")  # "reduced the days by 4.9": no figure that we read
            worth = replace(worth, score=worth.score + unread - BELOW * min(above, ITEMS))
        leading = not item and not needs.follows
        if self._is_talk(start):
            leading &= bool(LABELLED.match(self.article.text, start)) and not INITIALS.match(self.article.text, start)
        elif self.answers:
            leading &= worth.kind != "sentence" or self.initials
        presents = frozenset(words_of(self.article.text[start:end])) & self.anaphora.introduced - needs.people
        return _Candidate(start, end, worth, 0.0, order, needs, numbers, presents, item, leading)

    def _needs(self, sentence: Sentence, order: int) -> _Needs:
        """Whom and what a reader must have met; what the headline names is known."""
        people = self.anaphora.people(sentence) - self.titled
        if order == 1:
            return _Needs(people)  # a lead has nothing before it that could explain "the flood"
        things = self.anaphora.things(sentence) - self.titled
        meant = frozenset().union(*(self.context.meant(t, sentence) for t in things))
        return _Needs(people, meant, bool(things))

    def _is_answer(self, sentence: Sentence) -> bool:
        return any(sentence.start < c.end and c.start < sentence.end for c in self.answers)

    def _answer_from(self, sentence: Sentence) -> int | None:
        """Where an answer with its speaker's label begins; None for a question, or too far into an answer."""
        block = self.article.blocks[sentence.block]
        label = LABELLED.match(self.article.text, block.start)
        if label is None or not self._is_answer(sentence):
            return None
        words = self.article.text[label.end() : sentence.end].split()
        first = re.split("['’]", words[0].strip(",.").lower())[0] if words else ""
        short = len(words) < SHORTEST and not any(map(NUMBER.search, words))
        vague = first in REPLYING or not first[:1].isalnum() or short
        opening = next(s for s in self.reading.sentences if s.end > label.end())
        vague |= opening.start < sentence.start and self.anaphora.leans(opening)
        return None if vague or len(words) > ANSWER else block.start


def _may_stand(article: Article, sentence: Sentence) -> bool:
    """A whole sentence of running text, neither the headline nor a label nor a monster."""
    if article.blocks[sentence.block].kind in ("heading", "row", "code"):
        return False
    title = article.title
    if title.start is not None and title.basis != "derived" and sentence.start < (title.end or 0):
        return False  # the headline stands above the key facts already
    text = article.text[sentence.start : sentence.end]
    label = LABELLED.match(text)
    if label and text[label.end()].islower():
        return False  # "Tram company: strike costs us dear", as pages put above what they link to
    aside = text[0] == "(" and (text[-1] == ")" or text[1:2].islower())  # "(Some 40 fall under it.)" only explains
    shortest = FEWEST_OF_ITEM if NUMBER.search(text) else SHORTEST
    return shortest <= len(text.split()) <= LONGEST and _whole(text) and not aside and not EMPTY.match(text)


def _is_measured_item(article: Article, reading: Reading, sentence: Sentence) -> bool:
    """ "- Revenue of 14 million dollars, up 23 percent": a list item with a figure, as reports of results have them."""
    text = article.text[sentence.start : sentence.end]
    if article.blocks[sentence.block].kind != "item" or not (text[0].isupper() or text[0].isdigit()):
        return False
    inside = bisect.bisect_left(reading.figures, sentence.start, key=lambda f: f.start)
    here = takewhile(lambda f: f.end <= sentence.end, reading.figures[inside:])
    measured = any(map(_is_measured, here)) or DECIMAL.search(text) is not None
    words = text.split()
    return measured and len(words) >= FEWEST_OF_ITEM and not words[0].endswith("ed")  # "Opened a plant": nobody acts


def _end_of_quotation(article: Article, sentences: Sequence[Sentence]) -> int | None:
    """Where the first of these ends, with the rest of a quotation that it opens; None if that is not near."""
    first = sentences[0]
    opened = article.text[first.start] not in '"“' or not _is_torn(article.text[first.start : first.end])
    for sentence in sentences if opened else ():
        if sentence.block == first.block and not _is_torn(article.text[first.start : sentence.end]):
            return sentence.end
    return None


def _begins(article: Article, sentence: Sentence) -> int:
    """Where the sentence begins, without a dateline or what newsletters put before it: "Trade note -"."""
    for hint in article.hints:
        if hint.kind == "dateline" and hint.start <= sentence.start < hint.end < sentence.end:
            behind = article.text[hint.end : sentence.end]
            return hint.end + len(behind) - len(behind.lstrip(" -–—:)\n"))
    kicker = KICKER.match(article.text, sentence.start, sentence.end)
    return kicker.end() if kicker else sentence.start


def _choose(article: Article, candidates: list[_Candidate], wanted: int) -> list[_Candidate]:
    """The news, then the best of the rest, each time the one that adds most: its score less what is told already."""
    standing = [c for c in candidates if not c.needs.things]
    standing = [c for c in standing if c.leading] or standing
    if not standing or not wanted:
        return []
    first = max(standing, key=lambda c: (c.worth.news - UNKNOWN * bool(c.needs.people), -c.order))
    left, chosen, told = _apart(candidates, first), [first], _Told(candidates, first)
    named = _names_in(article, first)
    presented = frozenset[str]().union(*(c.presents for c in standing))

    def worth(candidate: _Candidate) -> float:
        return candidate.worth.score - UNKNOWN * bool(candidate.needs.people - named)

    def is_clear(candidate: _Candidate) -> bool:
        needs = candidate.needs.things | (candidate.needs.people & presented)
        return needs <= named and worth(candidate) >= WORTH[min(len(chosen), len(WORTH)) - 1]

    while left and len(chosen) < wanted:
        clear = [c for c in left if is_clear(c)]
        best = max(clear, key=lambda c: (worth(c) * (1 - told.share(c)), -c.order), default=None)
        if best is None:
            break
        left = _apart(left, best)
        items = sum(c.item for c in chosen)
        if told.share(best) <= REPEATED and not told.has_numbers(best) and not (best.item and items >= ITEMS):
            chosen.append(best)
            told.add(best)
            named |= _names_in(article, best)
    return [first, *(_with_more(candidates, c, chosen) for c in chosen[1:])]


def _with_more(candidates: list[_Candidate], one: _Candidate, chosen: list[_Candidate]) -> _Candidate:
    """A fact with the sentence behind it, which is worth a place and which only this fact explains."""
    longer = (c for c in candidates if c.start == one.start and c.end > one.end and c.added >= WORTH[-1] + 2 * LEANS)
    others = [c for c in chosen if c is not one]
    return next((c for c in longer if c.needs.things <= one.needs.things and _apart([c], *others)), one)


def _names_in(article: Article, part: _Candidate) -> frozenset[str]:
    words = words_of(article.text[part.start : part.end])
    return frozenset(words) | frozenset(map(singular, words))


class _Told:
    """How much of a candidate's words is told; what the whole article is about counts less, as it must come again."""

    def __init__(self, candidates: list[_Candidate], first: _Candidate) -> None:
        self.words: set[str] = set(first.worth.words)
        self.numbers: set[str] = set(first.numbers)
        often = Counter(w for c in candidates for w in c.worth.words)
        self.weight = {word: 1 / times for word, times in often.items()}

    def add(self, candidate: _Candidate) -> None:
        self.words |= candidate.worth.words
        self.numbers |= candidate.numbers

    def share(self, candidate: _Candidate) -> float:
        return self._sum(candidate.worth.words & self.words) / self._sum(candidate.worth.words)

    def has_numbers(self, candidate: _Candidate) -> bool:
        return bool(candidate.numbers) and candidate.numbers <= self.numbers

    def _sum(self, words: frozenset[str]) -> float:
        return math.fsum(map(self.weight.__getitem__, words))  # exact, so that the order in a set does not matter


def _without_summaries(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates without items of a list whose numbers a sentence gives as well."""
    told = [c.numbers for c in candidates if not c.item]
    return [c for c in candidates if not (c.item and c.numbers and any(c.numbers <= t for t in told))]


def _apart(candidates: list[_Candidate], *chosen: _Candidate) -> list[_Candidate]:
    return [c for c in candidates if all(c.end <= one.start or one.end <= c.start for one in chosen)]


def _whole(text: str) -> bool:
    """Begins as a sentence does and ends as one does."""
    return (text[0].isupper() or text[0].isdigit() or text[0] in "\"“‘«„'([$€£¥") and text.rstrip("\"”’»)]'")[-1:] in (
        *".!?…",
        "。",
    )

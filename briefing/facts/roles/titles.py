"""Analysis -> titles: the phrases that name an office, with the body they belong to.

In:  the tokens and the names the model saw.
Out: `Title`s in order: the words of the title, and the words of its body, if it names one.

    "US Deputy Secretary of State Ann Lee"  ->  Title("Deputy Secretary of State", body "US")
    "chief researcher of the Veltria Index" ->  Title("chief researcher", body "the Veltria Index")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.facts.figures.quantities import TIME
from briefing.facts.names.lists import first_names, listed
from briefing.lexicon import load
from briefing.model import Analysis, Entity, Token


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the file, of the same name; the file says what each is for."""

    heads: frozenset[str]
    short: frozenset[str]
    weak: frozenset[str]
    modifiers: frozenset[str]
    dropped: frozenset[str]
    not_yet: frozenset[str]
    portfolios: frozenset[str]
    bodies: frozenset[str]
    copulas: frozenset[str]
    as_verbs: frozenset[str]
    appoint: frozenset[str]
    leads: frozenset[str]
    of_states: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    honorifics: frozenset[str]


WORDS = load("titles", Words)
PHRASES = {tuple(head.split()) for head in WORDS.heads}
FIRST_WORDS = frozenset(words[0] for words in PHRASES)
LONGEST_PHRASE = max(map(len, PHRASES))
SHORT = {tuple(s.split()) for s in WORDS.short}
PLURALS = frozenset(f"{h}s" for words in PHRASES | SHORT for h in words if len(words) == 1)
SHORT_FIRST = frozenset(words[0] for words in SHORT)
BEGINNINGS = FIRST_WORDS | SHORT_FIRST | frozenset(f"{word}." for word in SHORT_FIRST)
UNDOTTED = frozenset({"vp", "pm", "sen", "rep", "gov", "gen"})  # often written without their point
MODIFIERS = WORDS.modifiers
DROPPED = WORDS.dropped
PORTFOLIOS = frozenset(w.lower() for w in WORDS.portfolios)
BODIES = WORDS.bodies
OF_STATES = WORDS.of_states
OF_BODIES = BODIES | PORTFOLIOS  # what the names of bodies are made of
PARTICLES = WORDS.particles
NOT_NAMES = WORDS.not_names
BODY_LABELS = frozenset({"GPE", "ORG", "NORP", "LOC", "FAC"})
HOUSES = frozenset({"house", "senate"})  # the end of a name ("White House") as well as of a title's first words
AND = frozenset({"and", "&"})
FIRST = frozenset({"first", "second"})
RANKED = frozenset(
    {"secretary", "deputy", "vice", "minister", "lady", "lieutenant", "sergeant", "officer", "assistant", "class"}
)
ADVERBS = frozenset({"formerly", "once", "previously"})
ELECT = frozenset({"elect", "designate", "nominate"})
FORMER = frozenset(
    {"former", "ex", "then", "acting", "interim", "outgoing", "incoming", "retired", "late", "shadow"}
) | {
    "designated",
    "formerly",
    "once",
    "one-time",
    "onetime",
    "previously",
}
NO_PART = frozenset({"own", "other", "such", "same", "sole", "single"})  # of a title, before its head
DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "this", "that"})
PLACES = frozenset({"province", "city", "county", "country", "region", "town", "village", "nation", "world"})
DROPPED_OR_THE = DROPPED | DETERMINERS
BODY_PREPS = frozenset({"at", "with", "from", "in"})
TO_HEADS = frozenset(
    {"ambassador", "envoy", "adviser", "advisor", "aide", "assistant", "representative", "counsel", "delegate"}
)
STATES_AS_ADJECTIVES = frozenset({"US", "U.S.", "UK", "U.K.", "EU"})
LEFT = 9  # tokens before a head that may belong to its title
RIGHT = 14  # and after it
NATIONS = listed("nation")
COMPANIES_TOO = listed("company") | listed("company_or_person")
DESCRIPTIONS = listed("company") | listed("company_or_person") | BODIES
TRADES = listed("industry") | {"steel", "oil", "power", "gas", "coal"}  # "Halden Steel director", but "steel minister"
OF_FIELDS = frozenset({"minister", "secretary", "undersecretary"})
DASHES = frozenset({"-", "‐", "‑"})


@dataclass(frozen=True, slots=True)
class Title:
    start: int  # tokens: where the phrase with its body begins, and ends
    end: int
    first: int  # tokens first..last-1 are the title's own words
    last: int
    head: str  # "secretary"
    weak: bool  # things can be called so too
    introduced: bool  # by "the", "a", "O's": a name may follow after a comma
    body: tuple[int, int] | None  # tokens
    former: tuple[int, int] | None = None  # the "former" that stands before the body: "former Ohio Gov."


class Names:
    """The names of people and bodies by token."""

    def __init__(self, names: Sequence[Entity]) -> None:
        self.people = {i: e for e in names if e.label == "PERSON" for i in range(e.first, e.last)}
        self.bodies = {i: e for e in names if e.label in BODY_LABELS for i in range(e.first, e.last)}


def find_titles(analysis: Analysis, names: Names) -> list[Title]:
    tokens = analysis.tokens
    found: list[Title] = []
    done = 0  # the first token that no title has taken
    for i, token in enumerate(tokens):
        low = token.text.lower()
        begins = low in BEGINNINGS or ("-" in low and low not in DASHES)
        if not begins or i < done or _is_first_name(names, i, low):
            continue
        end = _head_end(tokens, i)
        if end is not None and not (low in MODIFIERS and end == i + 1 and _head_follows(tokens, end)):
            title = _title(tokens, names, i, end, done)
            found.append(title)
            done = title.last
    return found


def _is_first_name(names: Names, i: int, low: str) -> bool:
    """Tell whether it is a first name: the "Dean" of "Dean Holm"."""
    person = names.people.get(i)
    return person is not None and person.first == i and person.last == i + 2 and low in first_names()


def _head_end(tokens: Sequence[Token], at: int) -> int | None:
    """Return the end of a head noun that begins here: "secretary", "chief executive", "Sen."."""
    words: list[str] = []
    ends: list[int] = []
    for i in range(at, min(at + LONGEST_PHRASE + 2, len(tokens))):
        if tokens[i].sentence != tokens[at].sentence:
            break
        if tokens[i].text not in DASHES:
            words += tokens[i].text.lower().split("-")
            ends += [i + 1] * (len(words) - len(ends))
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        if tuple(words[:length]) in PHRASES and _is_noun(tokens, ends[length - 1] - 1):
            return _with_elect(tokens, ends[length - 1])
    return _short_end(tokens, at) if tokens[at].text[:1].isupper() else None


def _with_elect(tokens: Sequence[Token], end: int) -> int:
    """Extend a title to "CEO-elect" and "chairman designate", who are not in office yet."""
    at = end + (end < len(tokens) and tokens[end].text in DASHES)
    elect = at < len(tokens) and tokens[at].sentence == tokens[end - 1].sentence and tokens[at].text.lower() in ELECT
    return at + 1 if elect else end


def _short_end(tokens: Sequence[Token], at: int) -> int | None:
    """Return the end of "Sen.", "Lt. Gov." or "VP"."""
    for end in (at + 2, at + 1):
        if tuple(t.text.lower().rstrip(".") for t in tokens[at:end]) not in SHORT or end > len(tokens):
            continue
        if tokens[end - 1].text.endswith(".") or tokens[at].text.lower() in UNDOTTED:
            return end
        if _stop_follows(tokens, end):
            return end + 1  # "Col." in two tokens
    return None


def _stop_follows(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text == "." and tokens[at].start == tokens[at - 1].end


def _head_follows(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the words before begin a longer title: "deputy finance minister"."""
    for i in range(at, min(at + 4, len(tokens))):
        low = tokens[i].text.lower()
        if tokens[i].sentence != tokens[at - 1].sentence:
            return False
        if _head_end(tokens, i) is not None:
            return True
        if low not in MODIFIERS and low not in PORTFOLIOS and (low not in {"and", "&"} or i == at):
            return False
    return False


def _is_noun(tokens: Sequence[Token], i: int) -> bool:
    tag = tokens[i].tag
    return tag in {"NN", "NNP"} or (tag == "JJ" and tokens[i].text in {"representative", "General", "Chief", "chief"})


def _title(tokens: Sequence[Token], names: Names, at: int, end: int, done: int) -> Title:
    """Return the whole phrase around a head noun on tokens at..end-1."""
    head = tokens[end - 1].text.lower().rstrip(".")
    first, start, body, introduced = before_head(tokens, names, at, max(done, at - LEFT, 0))
    last, stop, after = _right(tokens, names, end, head, tokens[at].text[:1].isupper())
    if after is None and start > 0 and tokens[start - 1].text == "(":
        stop, after = _in_brackets(tokens, names, stop)
    weak = " ".join(t.text.lower().rstrip(".") for t in tokens[at:end]) in WORDS.weak
    weak = weak and last == end and first == at and body is None
    weak = weak or head in COMPANIES_TOO  # "Norsk Hydro, an aluminium producer"
    of_state = any(t.text.lower().rstrip(".") in OF_STATES for t in tokens[at:end])
    if body is not None and not of_state and _is_nationality(tokens, names, body):
        body = None  # "a Chinese trawler captain" holds no office of China
    return Title(start, stop, first, last, head, weak, introduced, after or body, _former(tokens, start))


def _former(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """Find "former" before a title with its body, "ex" in "ex-Orebank chief", "formerly" before a title."""
    end = start - (start > 0 and tokens[start - 1].text in DASHES)
    at = end - 1
    if at < 0 or tokens[at].sentence != tokens[start].sentence:
        return None
    low, before = tokens[at].text.lower(), tokens[at - 1].text.lower() if at else ""
    if low == "time" and at > 1 and before in DASHES and tokens[at - 2].text.lower() == "one":
        return at - 2, end
    if low not in FORMER or (low in ADVERBS and before not in {",", "(", "—", "–", "was"}):
        return None  # "once President Lee signs", "Lind and then President Lee"
    return None if low == "then" and end == start and before in {"and", ","} else (at, end)


def _is_nationality(tokens: Sequence[Token], names: Names, body: tuple[int, int]) -> bool:
    """Tell whether it is only an adjective such as "Chinese" or "U.S.", and no possessive."""
    entity = names.bodies.get(body[0])
    if entity is None or body[1] - body[0] > 1 or tokens[min(body[1], len(tokens) - 1)].tag == "POS":
        return False
    word = tokens[body[0]].text
    return word.lower() in NATIONS or word in STATES_AS_ADJECTIVES


class Before(NamedTuple):
    """The words before the head of a title."""

    first: int  # first word of the title
    start: int  # first word of all
    body: tuple[int, int] | None = None
    introduced: bool = False


def before_head(tokens: Sequence[Token], names: Names, at: int, limit: int) -> Before:
    """Read the words before the head at this token, leftwards as far as `limit`."""
    return _Before(tokens, names, at, limit).read()


class _Before:
    def __init__(self, tokens: Sequence[Token], names: Names, at: int, limit: int) -> None:
        self.tokens = tokens
        self.names = names
        self.at = at
        self.limit = limit
        self.capital = tokens[at].text[:1].isupper()

    def read(self) -> Before:
        tokens, first = self.tokens, self.at
        for i in range(self.at - 1, self.limit - 1, -1):
            if tokens[i].sentence != tokens[self.at].sentence:
                break
            found = self._introduced(i, first)
            if found is None and self._is_adverb(i):
                break
            found = found or self._without_aside(i, first) or self._with_body(i, first)
            if found is not None:
                return found
            if not self._belongs(i, first):
                break
            first = i
        while first < self.at and (tokens[first].text in DASHES or self._low(first) in AND):
            first += 1 + (tokens[first].text in DASHES and first + 1 < self.at)  # no "right" of a "far-right host"
        return Before(first, first)

    def _low(self, i: int) -> str:
        return self.tokens[i].text.lower()

    def _introduced(self, i: int, first: int) -> Before | None:
        """Read "the", "his", "O's", or a word that is dropped: "newly elected"."""
        low, tag = self._low(i), self.tokens[i].tag
        if low in DETERMINERS or tag in {"DT", "PRP$"}:
            return Before(first, i, None, True)
        if tag == "POS" or low in {"'s", "’s"}:
            body = _body_before(self.tokens, self.names, i - 1, self.limit)
            return Before(first, body[0] if body else first, body, True)
        if low in DROPPED and first == i + 1 and not _named(self.names, i) and self._low(first) != "affairs":
            return self._dropped(i, first)
        return None

    def _dropped(self, i: int, first: int) -> Before:
        start = i
        while start - 1 >= self.limit and self._low(start - 1) in DROPPED:
            start -= 1
        if start - 1 >= self.limit and self.tokens[start - 1].tag == "POS":
            owner = _body_before(self.tokens, self.names, start - 2, self.limit)  # "Veltria's newly elected president"
            return Before(first, owner[0] if owner else start, owner, True)
        while start - 1 >= self.limit and self._low(start - 1) in DROPPED_OR_THE:
            start -= 1
        return Before(first, start, None, self._low(start) == "the")

    def _is_adverb(self, i: int) -> bool:
        """Tell whether "then" means a time: "Lind and then President Lee"."""
        after = i > self.limit and self._low(i - 1) in {"and", ","}
        return after and self._low(i) == "then" and self.tokens[i].tag == "RB"

    def _without_aside(self, i: int, first: int) -> Before | None:
        if (
            self.tokens[i].text in DASHES
            and first < self.at
            and i > self.limit
            and _is_capital_name(self.tokens[i - 1])
        ):
            return Before(first + 1, first + 1)  # "a Bush-era official": not of Bush
        if self._low(i) in FIRST and self._low(i + 1) not in RANKED:
            return Before(first, first)  # "the first candidate to speak": no rank
        return None

    def _with_body(self, i: int, first: int) -> Before | None:
        """Read the body that ends at a token."""
        office = _office_before(self.tokens, i, self.limit)
        if office is not None and first == i + 1:
            return Before(first, office, (office, i + 1), True)
        entity = self.names.bodies.get(i)
        if entity is not None and entity.first >= self.limit and self._is_body(i, entity):
            return Before(first, entity.first, (entity.first, i + 1), True)
        if self.capital and i not in self.names.people and self._is_state(i):
            return Before(first, i, (i, i + 1), True)  # "Polish Trade Minister", where nobody saw a name
        if self._is_part(i, first) or i in self.names.people or self.capital or not self._is_named(i):
            return None
        begin = _capitals_before(self.tokens, self.names, i, self.limit)
        return Before(first, begin, (begin, i + 1), True) if _inside_sentence(self.tokens, i) else None

    def _is_state(self, i: int) -> bool:
        of_state = self._low(i) in NATIONS and self._low(self.at) in OF_STATES
        return of_state or self.tokens[i].text in STATES_AS_ADJECTIVES - {"EU"}

    def _is_body(self, i: int, entity: Entity) -> bool:
        """Reject a word of the title that the model put into a name: "Foreign" of "Foreign Minister"."""
        low = self._low(i)
        word = low in HOUSES or (low in BODIES and entity.label == "ORG" and entity.last == i + 1)
        word = word or (low in TRADES and entity.last == i + 1 and self._low(self.at) not in OF_FIELDS)
        inside = entity.first < i and (entity.label == "GPE" or word)
        return inside or not (low in MODIFIERS or low in PORTFOLIOS or low in AND)

    def _is_part(self, i: int, first: int) -> bool:
        """Tell whether a word certainly belongs to the title: "deputy", "finance", "and" between two portfolios."""
        low = self._low(i)
        joins = low in AND and i > self.limit and self._low(i - 1) in PORTFOLIOS and first == i + 1
        joins = joins and not (_named(self.names, i - 1) and not _named(self.names, i))  # "Tarn Oil and gas trader"
        joins = joins or self._is_series(i, first)
        known = low in MODIFIERS or low in PORTFOLIOS or low.startswith(("ex-", "co-", "vice-", "then-", "one-time"))
        return known or joins or self.tokens[i].text in DASHES

    def _is_series(self, i: int, first: int) -> bool:
        """Tell whether it is a comma of a series: "Energy, Trade and Industry Minister"."""
        if self.tokens[i].text != "," or first != i + 1 or i <= self.limit or not self.capital:
            return False
        fields = (
            self._low(i - 1) in PORTFOLIOS and self._low(first) in PORTFOLIOS and self.tokens[i - 1].text[0].isupper()
        )
        return fields and any(self._low(j) in AND for j in range(first, self.at))

    def _is_named(self, i: int) -> bool:
        token = self.tokens[i]
        return token.tag in {"NNP", "NNPS"} or (token.text[:1].isupper() and not self.capital and i > self.at - LEFT)

    def _belongs(self, i: int, first: int) -> bool:
        """Tell whether a word, known or not, may belong to the title."""
        if self._is_part(i, first):
            return True
        noun = self.tokens[i].tag in {"NN", "JJ"}
        if self._is_named(i):
            return i not in self.names.people and (noun or _inside_sentence(self.tokens, i))
        return noun and not self.capital and self._low(i) not in NO_PART and not self._low(i).endswith("ed")


def _is_capital_name(token: Token) -> bool:
    return token.tag == "NNP" and token.text.lower() not in MODIFIERS and token.text.lower() not in FIRST_WORDS


def _office_before(tokens: Sequence[Token], i: int, limit: int) -> int | None:
    """Return the start of a "Ministry of Commerce" or "Department of Health and Welfare" that ends here."""
    while i > limit and tokens[i].text[:1].isupper() and tokens[i].text.lower() in PORTFOLIOS:
        i -= 1
        if tokens[i].text.lower() in {"and", "&"}:
            i -= 1
        if tokens[i].text == "of" and i > limit and tokens[i - 1].text[:1].isupper():
            return i - 1 if tokens[i - 1].text.lower() in BODIES else None
    return None


def _inside_sentence(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a capital means a name, because it is not the first word of a sentence."""
    return tokens[i].tag in {"NNP", "NNPS"} or (i > 0 and tokens[i - 1].sentence == tokens[i].sentence)


def _named(names: Names, i: int) -> bool:
    return i in names.bodies or i in names.people


def _capitals_before(tokens: Sequence[Token], names: Names, i: int, limit: int) -> int:
    while i - 1 >= limit and tokens[i - 1].tag in {"NNP", "NNPS"} and i - 1 not in names.people:
        i -= 1
    return i


def _body_before(tokens: Sequence[Token], names: Names, i: int, limit: int) -> tuple[int, int] | None:
    """Return the owner in "the ministry's", "Vantor Metals'"."""
    if i < limit:
        return None
    entity = names.bodies.get(i)
    if entity is not None:
        return max(entity.first, limit), i + 1
    if tokens[i].tag in {"NNP", "NNPS"} and i not in names.people:
        return _capitals_before(tokens, names, i, limit), i + 1
    if tokens[i].text.lower() in BODIES:
        begin = i
        while begin - 1 >= limit and tokens[begin - 1].tag in {"JJ", "NN", "DT", "NNP"}:
            begin -= 1
        return begin, i + 1
    return None


def _right(
    tokens: Sequence[Token], names: Names, end: int, head: str, capital: bool
) -> tuple[int, int, tuple[int, int] | None]:
    """Read the words after the head; return the end of the title's own words, the end of all, and the body."""
    last, at = end, end
    limit = min(end + RIGHT, len(tokens))
    while at + 1 < limit and tokens[at + 1].sentence == tokens[end - 1].sentence:
        prep = tokens[at].text.lower()
        if prep not in {"of", "for", "to"} and prep not in BODY_PREPS:
            break
        field = _is_field(tokens, names, at, head, limit)
        body = None if field else body_after(tokens, names, at + 1, limit)
        if prep == "to" and head in TO_HEADS:
            stop = body[1] if body else _noun_phrase(tokens, names, at + 1, limit, small=True)
            return (stop, stop, None) if stop > at + 1 else (last, last, None)
        if prep == "to":
            break
        if body is not None and prep == "in" and body[0] in names.bodies and names.bodies[body[0]].label == "GPE":
            break  # "president in Turin": where, not of what
        if body is not None and prep in BODY_PREPS and tokens[body[1] - 1].text.lower() in PLACES:
            break  # "a lawyer from the coastal province of Veltria"
        if body is not None:
            return last, body[1], body
        if prep in BODY_PREPS:
            break
        small = _noun_phrase(tokens, names, at + 1, limit, small=True)
        at += field
        small = max(small, at + 1)
        stop = max(_portfolio(tokens, names, at + 1, limit), small)  # "head of global product safety"
        if stop == at + 1 or tokens[stop - 1].text.lower() in TIME:
            break
        last = at = stop
    return last, last, None


def _is_field(tokens: Sequence[Token], names: Names, at: int, head: str, limit: int) -> bool:
    """Tell whether a minister's "of" names a field: "Secretary of the Interior", not "of the Environment Agency"."""
    if head not in OF_FIELDS or tokens[at].text.lower() not in {"of", "for"} or tokens[at + 1].text.lower() != "the":
        return False
    end = _portfolio(tokens, names, at + 2, limit)
    goes_on = end < limit and tokens[end].tag.startswith("NNP") and end not in names.people
    return end > at + 2 and not goes_on


def _in_brackets(tokens: Sequence[Token], names: Names, at: int) -> tuple[int, tuple[int, int] | None]:
    """Return the body of "(chief economist, Nordic Insurance)"."""
    entity = names.bodies.get(at + 1) or names.people.get(at + 1)
    if tokens[at : at + 1] and tokens[at].text == "," and entity is not None and entity.first == at + 1:
        last = _capitals_after(tokens, entity.last, min(at + RIGHT, len(tokens)))
        if last < len(tokens) and tokens[last].text == ")":
            return last, (at + 1, last)
    return at, None


def body_after(tokens: Sequence[Token], names: Names, at: int, limit: int) -> tuple[int, int] | None:
    """Return the body that begins here: a name ("the Veltria Index"), or "the company"."""
    begin = at
    if tokens[at].text.lower() in DETERMINERS:
        at += 1
    if at >= limit:
        return None
    described = _described(tokens, names, at, limit)
    if described is not None:
        return described
    entity = names.bodies.get(at)
    if entity is not None and _is_adjective(tokens, at, limit):
        return None
    bare = tokens[at].text.lower() in PORTFOLIOS and begin == at
    if entity is not None and not (bare and (entity.last - entity.first == 1 or entity.label == "ORG")):
        stop = _before_name(tokens, begin, _capitals_after(tokens, max(entity.last, at + 1), limit))
        return begin, _owned_body(tokens, stop, limit)
    person = names.people.get(at)  # a firm taken for a person, unless the name goes on from the title
    if tokens[at].tag in {"NNP", "NNPS"} and not bare and (person is None or person.first == at):
        stop = _before_name(tokens, begin, _capitals_after(tokens, at, limit))
        following = tokens[stop].text.lower() if stop < len(tokens) else "."
        return (begin, stop) if begin < at or stop - at > 1 or following in {",", ".", ")", "and"} else None
    if begin < at:
        stop = at
        while stop < limit and tokens[stop].tag in {"NN", "JJ", "VBG", "NNS", "POS"}:
            stop += 1
        if stop > at and tokens[stop - 1].text.lower() in BODIES:
            return begin, stop
    return None


def _owned_body(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Extend an owner to its body: "China's foreign ministry"."""
    end = at + 1
    while end < limit and tokens[end].text.islower() and tokens[end].tag in {"NN", "JJ"}:
        end += 1
    owned = at < limit and tokens[at].tag == "POS" and end > at + 1
    return end if owned and tokens[end - 1].text in BODIES else at


def _is_adjective(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Tell whether it is only an adjective: "captain of a Chinese trawler", not "head of the Chinese delegation"."""
    end = at + 1
    while end < limit and tokens[end].text.islower() and tokens[end].tag in {"NN", "NNS", "JJ"}:
        end += 1
    return tokens[at].text.lower() in NATIONS and end > at + 1 and tokens[end - 1].text not in BODIES


def _described(tokens: Sequence[Token], names: Names, at: int, limit: int) -> tuple[int, int] | None:
    """Return the company after its description: "head of magnet maker Neorem"."""
    first = at
    while at < min(first + 4, limit - 1) and tokens[at].text.islower() and tokens[at].tag in {"NN", "JJ", "HYPH"}:
        at += 1
    entity = names.bodies.get(at)
    if entity is None or entity.label != "ORG" or entity.first != at or at == first:
        return None
    return (at, entity.last) if tokens[at - 1].text in DESCRIPTIONS else None


def _before_name(tokens: Sequence[Token], begin: int, stop: int) -> int:
    """Return the end of a body that a person's name follows: "the Health Bureau Lin Wei said"."""
    for i in (stop - 2, stop - 3):
        body = i > begin and tokens[i - 1].tag.startswith("NNP") and tokens[i - 1].text.lower() in OF_BODIES
        if body and _is_name(tokens[i:stop]):
            return i
    return stop


def _is_name(tokens: Sequence[Token]) -> bool:
    return all(t.tag == "NNP" and t.text.isalpha() and t.text.lower() not in OF_BODIES for t in tokens)


def _capitals_after(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Return the end of "People's Republic of China", "Ministry of Mines", "Lind & Sons"."""
    while at < limit:
        if tokens[at].tag in {"NNP", "NNPS"} and tokens[at].text not in {"Mr.", "Ms.", "Mrs."}:
            at += 1
        elif (
            tokens[at].text in {"of", "&", "'s", "’s"}
            and at + 1 < limit
            and tokens[at + 1].tag in {"NNP", "NNPS"}
            and at > 0
            and tokens[at - 1].tag in {"NNP", "NNPS"}
        ):
            at += 2
        else:
            break
    return at


def _portfolio(tokens: Sequence[Token], names: Names, at: int, limit: int) -> int:
    """Return the end of "state", "Foreign Affairs", "economic growth and environmental affairs"."""
    begin = at
    while at < limit:
        low = tokens[at].text.lower()
        joins = low in {"and", "&", ",", "the"} and at > begin - (low == "the")
        if low in PORTFOLIOS:
            at += 1
        elif joins and low != "the" and (more := _last_field(tokens, at, limit)) > at:
            at = more
        elif joins and at + 1 < limit and tokens[at + 1].text.lower() in PORTFOLIOS:
            at += 2
        else:
            break
    return at


def _last_field(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Return the end of ", and the Environment" behind other fields; `at` if there is none."""
    end = at + (tokens[at].text == ",")
    if end + 1 >= limit or tokens[end].text not in {"and", "&"}:
        return at
    end += 1 + (tokens[end + 1].text == "the")
    return end + 1 if end < limit and tokens[end].text.lower() in PORTFOLIOS else at


def _noun_phrase(tokens: Sequence[Token], names: Names, at: int, limit: int, *, small: bool) -> int:
    """Return the end of a lower-case phrase such as "the opposition", "rare earth research"; `at` if there is none."""
    begin = at
    while at < limit and (tokens[at].text.islower() or not small):
        tag = tokens[at].tag
        if (
            tag in {"NN", "NNS", "JJ", "VBG"}
            or (tag == "DT" and at == begin)
            or (
                tag == "CC"
                and at > begin
                and at + 1 < limit
                and tokens[at + 1].tag in {"NN", "NNS"}
                and _ends_small(tokens, at)
            )
        ):
            at += 1
        else:
            break
    if at > begin and tokens[at - 1].tag not in {"NN", "NNS", "VBG"}:
        return begin
    return at


def _ends_small(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1].text.lower()
    return following not in FIRST_WORDS and tokens[at + 1].text.islower()

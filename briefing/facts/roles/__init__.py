"""Analysis + names -> Roles: who holds which office, and of which body.

In:  the tokens, the names, the titles (titles.py).
Out: `Role`s in order, each with the title and the words for person and body; link/ says which actors they are.

    "Ann Lee, the U.S. undersecretary of state for trade, said ..."
    Role: title "undersecretary of state for trade", holder "Ann Lee", body "U.S."

A role is written in six ways: title before the name ("chairman Ann Lee"), title after it ("Ann Lee, chairman of O"),
name after a comma ("the chairman, Ann Lee,"), a verb ("Ann Lee was named chairman"), one title of several
("Sens. Ann Lee and Bo Lind"), and "Ann Lee, who heads O".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.facts.names.edges import CLOSING, OPENING
from briefing.facts.names.lists import first_names, listed
from briefing.facts.roles.titles import (
    BODY_LABELS,
    DASHES,
    DETERMINERS,
    DROPPED,
    FIRST_WORDS,
    LEFT,
    NOT_NAMES,
    PARTICLES,
    PLURALS,
    RIGHT,
    WORDS,
    Names,
    Title,
    before_head,
    body_after,
    find_titles,
)
from briefing.facts.tokens import NOUN_SUBJECTS, Tree
from briefing.model import Analysis, Entity, Role, Span, Token

# Tokens beside a title -> the person's name there: where it begins and ends.
#
# In:  the tokens and the names that are known. Out: the tokens of a name that begins or ends at a place, or None;
# without `sure` a run of capitals is enough.
#
#     "the chairman, Dr. Ann Lee's"   name_from("Dr." ...)  ->  the tokens of "Ann Lee"

LONGEST_NAME = 5  # tokens


class Holders:
    """Reads the names beside titles, and steps over the small words between."""

    def __init__(self, analysis: Analysis, names: Names, tree: Tree) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.names = names
        self.low = tree.low
        self.words = tree.words

    def name_from(self, at: int, *, sure: bool) -> tuple[int, int] | None:
        """Return the person's name that begins at this token; without `sure` a run of capitals is enough."""
        if at >= len(self.tokens) or at == 0 or not self.same(at, at - 1):
            return None
        at = self.skip_nickname(self.skip_forward(at))
        if self.tokens[at].text == "He" and at + 1 < len(self.tokens) and self._capital(at + 1):
            return at, self._more_capitals(at, at + 2)  # "Vice Premier He Lifeng"
        if self.low(at) in FIRST_WORDS or not (self.tokens[at].text[:1].isupper() or self.low(at) in PARTICLES):
            return None
        entity = self.names.people.get(at)
        if entity is not None:
            last = entity.last
            capitals = self.analysis.text[entity.start : entity.end].isupper()  # "ANNA LUND RESIGNS"
            if not capitals:
                last = self._more_capitals(at, last)
            return self.trimmed(at, last)
        if sure or not self._capital(at):
            return None
        last = self._more_capitals(at, at + 1)
        if self.low(last - 1).rstrip(".") in listed("legal") and self.tokens[last - 1].text.isupper():
            return None  # "its partner, Holt Energy BV"
        body = self.names.bodies.get(at)
        if body is not None and body.first == at and (body.label != "ORG" or last - at < 2 or body.last > last):
            return None
        if last - at < 2 and body is not None:
            return None
        return self.trimmed(at, last)

    def name_until(self, at: int, *, sure: bool) -> tuple[int, int] | None:
        """Return the person's name that ends at this token."""
        entity = self.names.people.get(at)
        if entity is not None:
            return self.trimmed(entity.first, at + 1)
        if sure or at < 0 or not self._capital(at):
            return None
        first = at
        while first > 0 and at - first < LONGEST_NAME and self.same(first - 1, at) and self._in_name(first - 1):
            first -= 1
        while first < at and not self._capital(first):
            first += 1
        body = self.names.bodies.get(at)
        if at - first < 1 or (body is not None and body.label in BODY_LABELS - {"ORG", "GPE", "NORP"}):
            return None
        if body is not None and (body.first < first or at - first > 2 or self.low(first - 1) == "the"):
            return None
        return self.trimmed(first, at + 1)

    def _more_capitals(self, at: int, last: int) -> int:
        while last < len(self.tokens) and last - at < LONGEST_NAME and self.same(last, at) and self._in_name(last):
            last += 1
        while last - 1 > at and not self._capital(last - 1):
            last -= 1
        return last

    def trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """Remove honorifics and title words before a name, and a possessive after it."""
        while first < last and (self.low(first) in WORDS.honorifics or self._is_title(first, last)):
            first += 1
        while last > first and (self.tokens[last - 1].tag == "POS" or not self.tokens[last - 1].text[-1].isalnum()):
            if self.tokens[last - 1].text[-1] == "." and self.tokens[last - 1].tag == "NNP":
                break
            last -= 1
        if last - first == 1 and self.tokens[first].tag in {"NNS", "NNPS"}:
            return None  # "Assistant Teachers"
        return (first, last) if first < last and self.low(first) not in NOT_NAMES else None

    def _is_title(self, i: int, last: int) -> bool:
        """Tell whether it is a title and not a first name, such as the "Dean" of "Dean Holm"."""
        entity = self.names.people.get(i)
        named = entity is not None and entity.first == i and i + 1 < last and self.low(i) in first_names()
        return self.low(i) in FIRST_WORDS and not named

    def _in_name(self, i: int) -> bool:
        return self._capital(i) or self.low(i) in PARTICLES

    def _capital(self, i: int) -> bool:
        token = self.tokens[i]
        named = token.text[:1].isupper() and token.tag.startswith(("NNP", "NN", "FW"))
        return named and self.low(i) not in NOT_NAMES

    def skip_honorific(self, at: int) -> int:
        return at - 1 if self.low(at) in WORDS.honorifics else at

    def skip_forward(self, at: int) -> int:
        while at + 1 < len(self.tokens) and self.low(at) in WORDS.honorifics:
            at += 1 + (self.tokens[at + 1].text == ".")  # "Hon." in two tokens
        return at

    def skip_nickname(self, at: int) -> int:
        """Skip a nickname in quotation marks: 'Chairman "Big" Tom Carter'."""
        if self.tokens[at].text not in OPENING:
            return at
        ends = (i for i in range(at + 2, min(at + 4, len(self.tokens) - 1)) if self.tokens[i].text in CLOSING)
        end = next(ends, at - 1) + 1
        return end if end in self.names.people and self.same(end, at) else at

    def same(self, i: int, j: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].sentence == self.tokens[j].sentence

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last - 1].end)


HEADS = frozenset({"heads", "headed", "chairs", "chaired"})  # verbs of a main clause that mean an office and no more
FOLLOWS = frozenset({"succeeded", "succeeds", "succeed", "replaced", "replaces", "replace", "succeeding", "replacing"})
SUPPOSING = frozenset({"if", "unless", "whether", "suppose", "should", "were"})  # "if Ann Lee is the nominee"
ORDINALS = frozenset({"first", "second", "third", "last"})  # "the first candidate to speak"
REACH = 14  # tokens from a verb back to its subject
RELATIVES = listed("kin") | listed("relative")
OPENERS = frozenset({",", "(", "—", "–", "-", ":", "--"})
POSSESSIVES = frozenset({"her", "his", "its", "their", "our", "my"})
BETWEEN = frozenset(
    {"also", "now", "currently", "then", "formerly", "previously", "later", "still", "once", "only", "today"}
)


def find_roles(analysis: Analysis, names: tuple[Entity, ...], tree: Tree) -> tuple[Role, ...]:
    """Return every role with a person's name; a title alone ("the minister") is a mention, not a role."""
    known = Names(names)
    reader = _Reader(analysis, known, tree)
    titles = find_titles(analysis, known)
    found = [*reader.read(titles), *reader.shared(), *reader.leads()]
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def with_holders(analysis: Analysis, names: tuple[Entity, ...], roles: tuple[Role, ...]) -> tuple[Entity, ...]:
    """Add the names that only a role shows: a person beside a title, a body after its "of" or "at"."""
    if not roles:
        return names
    tokens = analysis.tokens
    starts = {t.start: i for i, t in enumerate(tokens)}
    people = {i for n in names if n.label == "PERSON" for i in range(n.first, n.last)}
    named = {i for n in names for i in range(n.first, n.last)}
    held: dict[int, Entity] = {}
    for role in roles:
        holder = _entity(tokens, starts, role.holder, "PERSON")
        if people.isdisjoint(range(holder.first, holder.last)):
            held.update((i, holder) for i in range(holder.first, holder.last))
        body = _entity(tokens, starts, role.body, "ORG") if role.body else None
        if body is not None and tokens[body.last - 1].tag == "NNP" and _is_whole(tokens, body, named):
            held.update((i, body) for i in range(body.first, body.last))
    kept = (n for n in names if not any(i in held for i in range(n.first, n.last)))
    return tuple(sorted({*kept, *held.values()}, key=lambda e: (e.start, e.end)))


def _is_whole(tokens: Sequence[Token], body: Entity, named: set[int]) -> bool:
    """Tell whether no part of this body is a name yet, or only its beginning: "Norrland" of "Norrland Kraftverk"."""
    inside = named.intersection(range(body.first, body.last))
    plain = all(t.tag == "NNP" for t in tokens[body.first : body.last])
    return not inside or (plain and body.first in inside and body.last - 1 not in inside)


def _entity(tokens: Sequence[Token], starts: dict[int, int], span: Span, label: str) -> Entity:
    first = last = starts[span.start]
    while last < len(tokens) and tokens[last].end <= span.end:
        last += 1
    if tokens[first].text.lower() in DETERMINERS and first + 1 < last:
        first += 1
    return Entity(tokens[first].start, span.end, label, first, last)


class _Reader(Holders):
    def read(self, titles: Sequence[Title]) -> Iterator[Role]:
        group: list[Title] = []  # titles joined by "and": they share holder and body
        holder: tuple[int, int] | None = None
        rule = ""
        for title in titles:
            if self.low(title.first) in WORDS.not_yet or self._is_another(title):
                continue
            if group and self._joined(group[-1], title) and not (holder and self.name_from(title.end, sure=True)):
                group.append(title)
                holder, rule = (holder, rule) if holder is not None else self._holder(title)
                continue
            yield from self._roles(group, holder, rule)
            group = [title]
            holder, rule = self._holder(title)
        yield from self._roles(group, holder, rule)

    def _is_another(self, title: Title) -> bool:
        """Tell whether somebody else than its holder follows: "the president's brother", "the wife of the chairman"."""
        after = self.tokens[title.last : title.last + 1]
        if after and after[0].tag == "POS" and self.same(title.last, title.first):
            return True
        at = title.start - 1
        while at > 0 and self.low(at) in DETERMINERS | DROPPED:
            at -= 1
        of = self.low(at) in {"of", "to"} and self.same(at, title.first)
        return of and self.low(at - 1) in RELATIVES and self.name_from(title.end, sure=True) is None

    def _roles(self, group: Sequence[Title], holder: tuple[int, int] | None, rule: str) -> Iterator[Role]:
        if holder is None:
            return
        bodies = [t.body for t in group if t.body]
        for title in group:
            yield self._role(title, holder, rule, title.body or (bodies[0] if len(bodies) == 1 else None))

    def _holder(self, title: Title) -> tuple[tuple[int, int] | None, str]:
        after = self._before_comma(title)
        if after is not None and title.end > title.last:
            return after, "title after name"  # "Ann Lee, head of the group Free Ore"
        prenominal = self.name_from(title.end, sure=title.weak)
        if prenominal is not None:
            return prenominal, "title before name"
        if after is not None:
            return after, "title after name"
        comma = self._after_comma(title)
        if comma is not None:
            return comma, "name after comma"
        apposed = self._apposed(title)
        if apposed is not None:
            return apposed, "title after name"
        by_verb = self._by_verb(title)
        named = by_verb is not None and self.low(self.skip_honorific(by_verb[0] - 1)) in WORDS.appoint
        return by_verb, "named by" if named else "verb"

    def _role(self, title: Title, holder: tuple[int, int], rule: str, place: tuple[int, int] | None) -> Role:
        span = self.span(title.first, title.last)
        if place is None and rule == "named by":
            place = self._namer(holder[0] - 1)
        elif place is None and rule == "title before name":
            place = self._home(holder[1])
        body = self.span(*place) if place else None
        who = self.span(*holder)
        parts = [span, who, *([body] if body else [])]
        if title.former is not None:
            parts.append(self.span(*title.former))
        return Role(
            start=min(p.start for p in parts),
            end=max(p.end for p in parts),
            title=self._said(title),
            holder=who,
            body=body,
            rule=rule,
        )

    def _said(self, title: Title) -> str:
        """Return the title with a "former" that stands before its body: "former Ohio Gov." -> "former Gov."."""
        span = self.span(title.first, title.last)
        words = " ".join(self.analysis.text[span.start : span.end].split())
        if title.former is None:
            return words
        former = self.span(*title.former)
        dash = "-" if self.tokens[title.former[1]].text in DASHES else " "
        return f"{self.analysis.text[former.start : former.end]}{dash}{words}"

    # --- the ways to say it

    def _before_comma(self, title: Title) -> tuple[int, int] | None:
        """ "Ann Lee, chairman", "Ann Lee (chairman", "Ann Lee, 45, who is chairman"."""
        at = self._skip_small(self._skip_adjectives(title))
        serves = self.low(at) == "been" or (self.low(at) == "as" and self.low(at - 1) in WORDS.as_verbs)
        if self.low(at) in WORDS.copulas and self.low(at - 1) == "who":
            at -= 2
        elif serves and self.low(at - 2) == "who":
            at -= 3
        if at < 1 or self.low(at) not in OPENERS or not self.same(at, title.first):
            return None
        subject = any(t.dep in NOUN_SUBJECTS for t in self.tokens[title.first : title.last])
        if subject and title.end < len(self.tokens) and self.tokens[title.end].tag.startswith(("V", "MD")):
            return None  # "As Ann Lee reported, the former minister was told"
        dash = self.low(at) in {"-", "–", "—", "--", ":"}
        if self.low(at) == ":" and self._opens_line(at):
            return None  # "Lee: The minister, Bo Lind, said no."
        at -= 1
        if at > 1 and self.tokens[at].tag == "CD" and self.low(at - 1) == ",":
            at -= 2  # ", 45,"
        if at < 0 or not self.same(at, title.first):
            return None
        return self.name_until(at, sure=title.weak or dash)

    def _opens_line(self, at: int) -> bool:
        """Tell whether the words before a colon are all that comes before it in the paragraph: a speaker's name."""
        first = at
        while first > 0 and self.tokens[first - 1].block == self.tokens[at].block and at - first <= LONGEST_NAME:
            first -= 1
        return at - first <= LONGEST_NAME

    def _apposed(self, title: Title) -> tuple[int, int] | None:
        """Use the syntax if words stand between: "Ann Lee, the donor and founder of O", "a baker and mayor of O"."""
        token = self.tokens[title.last - 1]
        for _ in range(2):
            if token.dep in {"conj", "appos"} and self.tokens[token.head].dep == "appos":
                token = self.tokens[token.head]
        person = self.names.people.get(token.head) if token.dep == "appos" else None
        if person is None or not 0 < title.start - person.last < REACH or self.low(person.last) != ",":
            return None
        return self.trimmed(person.first, person.last)

    def _after_comma(self, title: Title) -> tuple[int, int] | None:
        """ "The finance minister, Ann Lee, said"."""
        if not title.introduced or not self.same(title.end, title.first):
            return None
        if self.low(title.end) in {"is", "was"}:  # "whose minister is Ann Lee"
            return self.name_from(title.end + 1, sure=True)
        if self.low(title.end) != "," or self.low(title.start - 1) == ",":
            return None
        found = self.name_from(title.end + 1, sure=title.weak)
        if found is None or (found[1] - found[0] < 2 and found[0] not in self.names.people):
            return None
        if self.low(found[1]) in {",", ".", ";", ")", "—"}:
            return found
        opens = title.start < 2 or not self.same(title.start - 2, title.first)  # "Now the dean of O, Ann Lee has"
        return found if opens and title.body and self.tokens[found[1] - 1].dep in NOUN_SUBJECTS else None

    def _by_verb(self, title: Title) -> tuple[int, int] | None:
        """ "Ann Lee is chairman", "was appointed chairman", "serves as chairman", "O named Ann Lee chairman"."""
        at = self._skip_small(self._skip_adjectives(title))
        if self.low(at) == "be" and self.low(at - 1) == "to":
            at -= 2
        as_before = self.low(at) in {"as", "for"}
        at -= as_before
        if at < 0 or not self.same(at, title.first):
            return None
        low = self.low(at)
        if low in WORDS.copulas and not as_before:
            if self.tokens[at - 1].tag in {"MD", "TO"}:
                return None  # "would become president"
            return self._subject(at)
        if (low in WORDS.as_verbs and as_before) or low in WORDS.appoint:
            return self._subject(at)
        named = self.name_until(at, sure=True)
        if named is not None and as_before and self.low(self.skip_honorific(named[0] - 1)) in FOLLOWS:
            return self._follower(self.skip_honorific(named[0] - 1))
        if named is not None and self.low(self.skip_honorific(named[0] - 1)) in WORDS.appoint:
            return named
        return None

    def _follower(self, verb: int) -> tuple[int, int] | None:
        """Return the person in "Ann Lee succeeded Bo Lind as chairman", "Ann Lee, who replaced Bo Lind"."""
        if self.low(verb - 1) == "who" and self.low(verb - 2) == ",":
            return self.name_until(verb - 3, sure=False)
        return self._subject(verb)

    def _namer(self, verb: int) -> tuple[int, int] | None:
        """Return the O of "O named Ann Lee chairman"."""
        for i in range(verb - 1, max(verb - REACH, -1), -1):
            if self.tokens[i].sentence != self.tokens[verb].sentence:
                break
            entity = self.names.bodies.get(i) or self.names.people.get(i)
            if entity is not None and (self.tokens[i].dep in NOUN_SUBJECTS or i == verb - 1):
                return entity.first, entity.last
        return None

    def _home(self, at: int) -> tuple[int, int] | None:
        """Return the Veltria of "Chancellor Ann Lee of Veltria"."""
        entity = self.names.bodies.get(at + 1) if self.low(at) == "of" else None
        return (entity.first, entity.last) if entity is not None and entity.first == at + 1 else None

    def shared(self) -> Iterator[Role]:
        """One title of several: "Sens. Ann Lee of Ohio and Bo Lind", "former presidents Lee and Lind"."""
        for i, token in enumerate(self.tokens):
            if token.text[-1] not in "s." or self.low(i).rstrip(".") not in PLURALS:
                continue
            end = i + 1 + (self.low(i + 1) == ".")
            holders = self._listed(end)
            if len(holders) > 1:
                first, _, body, _ = before_head(self.tokens, self.names, i, max(i - LEFT, 0))
                title = Title(first, end, first, end, "", False, False, body)
                for holder, home in holders:
                    yield self._role(title, holder, "title before names", home or body)

    def _listed(self, at: int) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
        """Yield the people from here on, joined by commas and "and", each with the body behind an "of"."""
        found: list[tuple[tuple[int, int], tuple[int, int] | None]] = []
        begin = at
        while self.same(at, begin) and (entity := self.names.people.get(at)) is not None and entity.first == at:
            name, home = self.trimmed(entity.first, entity.last), self._home(entity.last)
            if name is None:
                break
            found.append((name, home))
            at = home[1] if home else entity.last
            comma = self.low(at) == ","
            at += comma
            joined = self.low(at) in {"and", "&"}
            if not (comma or joined):
                break
            at += joined
        return found

    def leads(self) -> Iterator[Role]:
        """ "Ann Lee, who heads the Veltria Index, said", "who speaks for the union"; "Ann Lee heads the bank"."""
        for i in range(2, len(self.tokens) - 3):
            if self.words[i] in HEADS and self.tokens[i].tag in {"VBZ", "VBD"}:
                yield from self._lead(self.name_until(i - 1, sure=True), i, i + 1)
                continue
            if self.tokens[i].text != "who" or self.tokens[i - 1].text != ",":
                continue
            speaks = self.low(i + 1) in {"speaks", "spoke"} and self.low(i + 2) == "for"
            end = i + 2 + speaks
            if not speaks and self.low(i + 1) not in WORDS.leads:
                continue
            aged = self.tokens[i - 2].tag == "CD" and self.low(i - 3) == "," and i > 4
            yield from self._lead(self.name_until(i - 4 if aged else i - 2, sure=False), i + 1, end)

    def _lead(self, holder: tuple[int, int] | None, verb: int, end: int) -> Iterator[Role]:
        body = body_after(self.tokens, self.names, end, min(end + RIGHT, len(self.tokens)))
        if holder is not None and body is not None and self.same(body[1] - 1, verb):
            who, what, where = self.span(*holder), self.span(verb, end), self.span(*body)
            title = " ".join(self.analysis.text[what.start : what.end].split())
            yield Role(who.start, where.end, title, who, where, "who leads")

    def _joined(self, one: Title, two: Title) -> bool:
        """ "chairman and chief executive", "director of A and a member of B"."""
        at = self._skip_small(two.start - 1)
        if self.low(at) == "," and two.introduced and self.low(at + 1) in POSSESSIVES:
            return False  # "She is a fellow, her supervisor, Ann Lee, said"
        return self.low(at) in {"and", "&", ","} and 0 <= at - one.end <= (self.low(at - 1) == ",")

    def _subject(self, verb: int) -> tuple[int, int] | None:
        """Return the person that is the subject of a verb or, for an auxiliary, of its clause."""
        heads = {verb, self.tokens[verb].head}
        for i in range(verb - 1, max(verb - REACH, -1), -1):
            token = self.tokens[i]
            if token.sentence != self.tokens[verb].sentence:
                return None
            if token.dep in NOUN_SUBJECTS and token.head in heads:
                if self.low(i) in {"who", "that"}:
                    return self._behind_who(token.head)
                name = self.name_until(i, sure=True)
                return name if name is None or self.low(self.skip_honorific(name[0] - 1)) not in SUPPOSING else None
        return None

    def _behind_who(self, verb: int) -> tuple[int, int] | None:
        """Return the person that a relative clause describes: "Ann Lee, a pollster who is president of O"."""
        noun = self.tokens[verb].head
        if self.tokens[verb].dep != "relcl" or self.tokens[noun].sentence != self.tokens[verb].sentence:
            return None
        if noun not in self.names.people and self.tokens[noun].dep == "appos":
            noun = self.tokens[noun].head
        person = self.names.people.get(noun)
        return self.trimmed(person.first, person.last) if person is not None else None

    # --- small steps

    def _skip_small(self, at: int) -> int:
        """Step back over "the", "a former", "now"."""
        for _ in range(4):
            if at >= 0 and (self.low(at) in DETERMINERS or self.low(at) in DROPPED or self.low(at) in BETWEEN):
                at -= 1
        return at

    def _skip_adjectives(self, title: Title) -> int:
        """Step back over adjectives: "an outspoken conservative Veltrian senator"."""
        at = title.start - 1
        stops = WORDS.not_yet if title.body else WORDS.not_yet | ORDINALS
        while at > 0 and self.tokens[at].tag == "JJ" and self.low(at) not in stops:
            if not title.start <= self.tokens[at].head < title.last:
                break
            at -= 1
        return at

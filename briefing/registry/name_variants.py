"""Fold names for searching, and list the spellings under which a registered name is found.

Each spelling becomes a `Term`; its folded form goes into the search automaton. "Lee Jae-myung" of South Korea is also
found as "Lee Jaemyung", "Jae-myung Lee" and "LEE JAE MYUNG".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.model import Actor, AliasType, MentionType

LEGAL = re.compile(
    r",? (?:Inc|Corp|Ltd|LLC|PLC|plc|Co|GmbH|AG|SA|NV|BV|Pty|Limited|Corporation|Incorporated|Company|"
    r"S\.A|B\.V|N\.V|A\.G|S\.p\.A|p\.l\.c)\.?"
    r"(?:,? (?:Ltd|Inc|Limited)\.?)?$"
)  # "MP Materials Corp.", "Baotou Steel Co., Ltd."
INITIAL = re.compile(r" [A-Z]\.?(?= )")  # "Jose W. Fernandez"
JUNIOR = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9.&/-]{0,9}$")
RELATIVE = re.compile(r"[\s,]+(?:who|which|that)$")  # "Ada Bolt, who", where a clause's speaker is the pronoun
NO_PLURAL = ("s", "sh", "ch", "ese", "z")
NEVER: Literal["never"] = "never"
LISTS = load("link", dict[str, frozenset[str]])


def without_relative(words: str) -> str:
    """Return "Ada Bolt, who" without "who"."""
    return RELATIVE.sub("", words)


def words_for(use: str) -> frozenset[str]:
    """Return a word list of data/link.yaml."""
    return LISTS[use]


@dataclass(frozen=True, slots=True)
class Term:
    """One spelling of an actor's name."""

    actor: str
    written: str  # with the capitals of the registry
    type: AliasType | Literal["never"]  # of the alias; "never": words that only look like the actor's name
    since: str | None = None
    until: str | None = None
    careful: bool = False

    @property
    def how(self) -> MentionType:
        """The mention type of the facts contract."""
        return self.type if self.type == "name" or self.type == "demonym" else "alias"


class _Folding(dict[int, int]):
    """A table for str.translate that maps one character to one, so that positions stay; `\\0` marks what is dropped."""

    def __missing__(self, code: int) -> int:
        self[code] = value = ord(_fold_character(chr(code)))
        return value


def _fold_character(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Mn", "Cf"}:
        return "\0"
    if char.isspace() or category == "Pd":
        return " "
    if char in "’‘ʼ`´":
        return "'"
    base = unicodedata.normalize("NFKD", SPECIAL.get(char, char))
    base = base[0] if base and all(unicodedata.category(c) == "Mn" for c in base[1:]) else char
    low = base.lower()
    return low if len(low) == 1 else base


SPECIAL = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "ħ": "h"}
_FOLDING = _Folding()
_DROPPED = re.compile(r"(?<= )[ \0]+|\0+")  # a run of spaces counts as one


class Places:
    """Maps positions in a folded text to positions in the text."""

    def __init__(self, dropped: Iterable[tuple[int, int]]) -> None:
        self.starts, self.moved = [0], [0]
        for start, end in dropped:
            self.starts.append(start - self.moved[-1])
            self.moved.append(self.moved[-1] + end - start)

    def __getitem__(self, place: int) -> int:
        return place + self.moved[bisect_right(self.starts, place) - 1]


def fold(text: str) -> tuple[str, Places]:
    """Return the text without case, accents and variants of dash and space, and the position of each character."""
    folded = text.translate(_FOLDING)
    dropped = [m.span() for m in _DROPPED.finditer(folded)]
    return _DROPPED.sub("", folded) if dropped else folded, Places(dropped)


@functools.lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """Return a name as it is in the automaton."""
    return fold(name)[0].strip()


def terms(actor: Actor) -> Iterator[tuple[str, Term]]:
    """Yield every folded spelling of every name of an actor."""
    careful = frozenset(actor.careful)
    seen: set[tuple[str, str, bool]] = set()  # "BOJ" matches only capitals, so "BoJ" is needed too
    for written, kind, since, until in _names(actor):
        is_careful = written in careful or (kind == "demonym" and written.removesuffix("s") in careful)
        for spelling in spellings(written, kind, actor):
            folded = key(spelling)
            if folded and (folded, kind, spelling.isupper()) not in seen:
                seen.add((folded, kind, spelling.isupper()))
                yield folded, Term(actor.id, spelling, kind, since, until, is_careful)


def _names(actor: Actor) -> Iterator[tuple[str, AliasType | Literal["never"], str | None, str | None]]:
    yield actor.name, "name", None, None
    for alias in actor.aliases:
        yield alias.name, alias.type, alias.since, alias.until
        if alias.type == "demonym" and not alias.name.endswith((*NO_PLURAL, "men")):
            yield alias.name + "s", alias.type, alias.since, alias.until
    for words in actor.never:
        yield words, NEVER, None, None


def spellings(name: str, kind: str, actor: Actor) -> set[str]:
    """Return the spellings that others use for this name."""
    found = {name}
    if kind in {NEVER, "demonym", "metonym", "acronym", "title"} or ACRONYM.match(name):
        return found
    if name.startswith("The "):
        found.add(name[4:])
    if actor.kind == "person":
        found |= _personal(name, actor)
    elif actor.kind == "organisation":
        short = LEGAL.sub("", name)
        if " " in short:
            found.add(short)
        found |= {n.replace(" & ", " and ") for n in found} | {n.replace(" and ", " & ") for n in found}
    return found


def _personal(name: str, actor: Actor) -> set[str]:
    plain = JUNIOR.sub("", name)
    found = {plain} if " " in plain else set()
    if plain != name:
        found |= {f"{plain} {name[len(plain) :].lstrip(', ').rstrip('.')}{dot}" for dot in (".", "")}
    bare = INITIAL.sub("", plain)
    if bare != plain and " " in bare:
        found |= {bare, plain.replace(".", "")}
    found |= {n.replace("-", "") for n in list(found) if "-" in n and actor.country in words_for("surname_first")}
    if actor.country in words_for("surname_first") and plain.isascii():
        for given in list(found):
            words = given.split()
            if len(words) in (2, 3):
                found |= {" ".join([*words[1:], words[0]]), " ".join([words[-1], *words[:-1]])}
    return found

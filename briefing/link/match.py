"""Which countries an article names, and to which of them a name belongs.

Example: in "China's Ministry of Commerce", the country beside the name is China.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from briefing.link.context import Scene
from briefing.registry import Registry
from briefing.registry.name_variants import NEVER, Term, fold, key, words_for

# Text + Registry -> where registered names stand, before anything decides whom they mean.
#
# Longest match first, whole words only, capitals where the registry has capitals. Example: "US-China" gives United
# States and China; "us" and "Chinatown" give nothing.

CHUNK = re.compile(r"\S+")
ADDRESS = re.compile(r"://|@|www\.|\w\.(?:com|org|net|gov|edu|int|cn)\b")  # inside a run without spaces
AROUND = "()[]“”‘’\"',;:.!?"  # signs beside a word
CAPITALS = re.compile(r"[A-Z]")
SMALL = re.compile(r"[a-zß-öø-ÿ]")
NESTED = 4  # names that look like one actor and stand inside each other: "North America", "North American"
BESIDE = 80  # characters of a line to each side that tell whether it is one of capitals


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a registered name stands, and all that it may mean."""

    start: int
    end: int
    terms: tuple[Term, ...]


def find_occurrences(
    text: str,
    registry: Registry,
    skip: Iterable[tuple[int, int]] = (),
    named: Collection[tuple[int, int]] = frozenset(),
) -> list[Occurrence]:
    """Every registered name in the text, in order, without overlaps. `skip` are stretches to leave out, `named`
    those that the model takes for a name."""
    if not registry.spelled:
        return []
    folded, places = fold(text)
    blocked = _blocked(text, skip, registry)
    found: dict[tuple[int, int], tuple[Term, ...]] = {}
    never: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for last, (length, several) in registry.automaton.iter(folded):
        first = last - length + 1
        if not _whole_words(folded, first, last + 1):
            continue
        start, end = places[first], places[last] + 1
        if blocked[start] or not ((start, end) in named or _apart(text, start, end)):
            continue
        words = text[start:end]
        fitting = tuple(t for t in several if capitals_fit(t.written, words))
        for term in fitting:
            if term.type == NEVER:
                never[term.actor].append((start, end))
        if fitting:
            found[start, end] = fitting
    return _longest(found, {actor: sorted(stretches) for actor, stretches in never.items()})


def capitals_fit(written: str, words: str) -> bool:
    """May `words` stand for a name written like this? "us" is not "US"; "CHINA" is "China"; "turkey" is no "Turkey"."""
    if not CAPITALS.search(written):
        return True
    if not SMALL.search(written):
        return not SMALL.search(words)
    if not SMALL.search(words):
        return True
    ours, theirs = re.findall(r"\w+", written), re.findall(r"\w+", words)
    if len(ours) != len(theirs):  # written with another hyphen or space
        return theirs[0][0].isupper() or not ours[0][0].isupper()
    return all(t[0].isupper() or not o[0].isupper() for o, t in zip(ours, theirs, strict=True))


def _longest(
    found: dict[tuple[int, int], tuple[Term, ...]], never: dict[str, list[tuple[int, int]]]
) -> list[Occurrence]:
    kept: list[Occurrence] = []
    reached = 0
    for (start, end), several in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start < reached:
            continue
        allowed = tuple(t for t in several if t.type != NEVER and not _inside(start, end, never.get(t.actor, [])))
        if allowed:
            kept.append(Occurrence(start, end, allowed))
            reached = end
    return kept


def _inside(start: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    """Does one of these ordered stretches hold this one?"""
    at = bisect_right(stretches, (start, 1 << 60))
    return any(s <= start and end <= e for s, e in stretches[max(0, at - NESTED) : at + NESTED])


def _whole_words(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (_joined(before, folded[start]) or _joined(folded[end - 1], after))


def _joined(left: str, right: str) -> bool:
    """Do two neighbouring characters belong to one word? Chinese has no spaces between words."""
    if not (left.isalnum() or left == "_") or not (right.isalnum() or right == "_"):
        return False
    return not (_ideograph(left) or _ideograph(right))


def _ideograph(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _apart(text: str, start: int, end: int) -> bool:
    """Not "US" in a line of capitals, where it may be the word."""
    if text[start:end].lower() not in words_for("acronym_words"):
        return True
    left = max(text.rfind("\n", max(0, start - BESIDE), start) + 1, start - BESIDE, 0)
    stop = text.find("\n", end, end + BESIDE)
    beside = text[left:start] + text[end : end + BESIDE if stop < 0 else stop]
    return bool(SMALL.search(beside)) or not CAPITALS.search(beside)


def _blocked(text: str, skip: Iterable[tuple[int, int]], registry: Registry) -> bytearray:
    """For each character: may no name start here? What was set aside, and addresses: not "Mining.com", a name."""
    closed = bytearray(len(text) + 1)
    addresses = [(a, b) for a, b in _addresses(text) if key(text[a:b].strip(AROUND)) not in registry.spelled]
    for start, end in [*skip, *addresses]:
        closed[start:end] = b"\1" * (end - start)
    return closed


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """The runs without spaces in which an address stands."""
    end = 0
    for sign in ADDRESS.finditer(text):
        if sign.start() >= end:
            start = sign.start()
            while start > end and not text[start - 1].isspace():
                start -= 1
            run = CHUNK.match(text, start)
            end = run.end() if run else sign.end()
            yield start, end


# in a list: "Iran, Iraq and Jordan"
BETWEEN = re.compile(r"\s*(?:,|,?\s+(?:and|or)|-|–|/|&)\s*(?:the\s+)?", re.IGNORECASE)
LIST_GAP = 12  # characters between two countries of a list
OF = re.compile(r"\s+(?:of|for|in)\s+(?:the\s+)?")  # "Ministry of Commerce of the ..."
OWNER = re.compile(r"(?:['’]s?)?\s+(?:the\s+)?")  # "China's", "Chinese"


def is_common_body(written: str) -> bool:
    """Do all words of a name say only what kind of body it is? "Ministry of Commerce", "Congress"."""
    words = set(re.findall(r"[\w'’]+", written.lower()))
    return written != written.upper() and words <= words_for("body_words")


class Countries:
    """Which countries the article names, and where."""

    def __init__(self, scene: Scene, occurrences: Iterable[Occurrence], linked: Collection[tuple[int, int]]) -> None:
        self.scene = scene
        self.places: list[tuple[int, int, str]] = []
        for here in occurrences:
            ids = {
                t.actor for t in here.terms if scene.registry.by_id[t.actor].kind == "country" and t.type != "metonym"
            }
            if len(ids) == 1 and ((here.start, here.end) in linked or not any(t.careful for t in here.terms)):
                self.places.append((here.start, here.end, ids.pop()))
        self.times = Counter(country for _, _, country in self.places)
        self.all = {c for _, _, c in self.places}
        self.starts = {start: country for start, _, country in self.places}
        self.ends = {end: country for _, end, country in self.places}
        self.by_sentence: defaultdict[int, set[str]] = defaultdict(set)
        for start, _, country in self.places:
            self.by_sentence[scene.sentence_at(start)].add(country)

    def beside(self, here: Occurrence) -> str | None:
        """The country that a name is expressly given to: "China's Congress", "Ministry of Commerce of China"."""
        for gap in range(1, 8):
            owner = self.ends.get(here.start - gap)
            if owner and OWNER.fullmatch(self.scene.text[here.start - gap : here.start]):
                return owner
        of = OF.match(self.scene.after(here.end))
        if of:
            return self.starts.get(here.end + of.end())
        return None

    def beside_at(self, start: int, end: int) -> str | None:
        return self.beside(Occurrence(start, end, ()))

    def near(self, place: int) -> set[str]:
        """The countries of this sentence and the one before."""
        number = self.scene.sentence_at(place)
        return self.by_sentence.get(number, set()) | self.by_sentence.get(number - 1, set())

    def leads(self, country: str, place: int) -> bool:
        """Is it named near a place, and more often in the article than any other that is?"""
        near = self.near(place)
        return country in near and all(self.times[country] > self.times[other] for other in near - {country})

    def most_named(self) -> str | None:
        """The country that the article names most, if none comes near it."""
        counts = self.times.most_common(2)
        if not counts or (len(counts) == 2 and counts[0][1] < 2 * counts[1][1]):
            return None
        return counts[0][0]

    def in_list(self, here: Occurrence) -> bool:
        """Does a country that is sure stand next to it in a list?"""
        text = self.scene.text
        for gap in range(1, LIST_GAP):
            if here.start - gap in self.ends and BETWEEN.fullmatch(text[here.start - gap : here.start]):
                return True
            if here.end + gap in self.starts and BETWEEN.fullmatch(text[here.end : here.end + gap]):
                return True
        return False

    def only(self, start: int, end: int) -> str | None:
        """The one country that a body named here can belong to, as far as the article tells."""
        beside = self.beside_at(start, end)
        if beside is not None:
            return beside
        near = self.near(start) or self.all
        return next(iter(near)) if len(near) == 1 else None

"""Find registered names in a text, and the countries that the article names.

The longest match wins, only whole words count, and capitals must fit the registry: "US-China" gives United States and
China; "us" and "Chinatown" give nothing. `Countries` says which country a name belongs to: in "China's Ministry of
Commerce", China.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from briefing.link.context import ArticleContext
from briefing.registry import Registry
from briefing.registry.name_variants import NEVER, Term, fold, key, words_for

CHUNK = re.compile(r"\S+")
ADDRESS = re.compile(r"://|@|www\.|\w\.(?:com|org|net|gov|edu|int|cn)\b")  # in a run of characters without spaces
AROUND = "()[]“”‘’\"',;:.!?"  # punctuation beside a word
CAPITALS = re.compile(r"[A-Z]")
SMALL = re.compile(r"[a-zß-öø-ÿ]")
# Between two words in capitals, or between one and a quotation mark: "SAVE US"
SHOUTED_BEFORE = re.compile(r"(?<!\w)[A-Z’']{2,} $")
SHOUTED_AFTER = re.compile(r" [A-Z’']{2,}(?!\w)|[!.]?[”\"’]")
MAX_NESTED = 4  # overlapping look-alikes of one actor: "North America", "North American"
LINE_WINDOW = 80  # characters on each side that show whether a line is in capitals


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A registered name in the text and everything it may mean."""

    start: int
    end: int
    terms: tuple[Term, ...]


def find_occurrences(
    text: str,
    registry: Registry,
    skip: Iterable[tuple[int, int]] = (),
    named: Collection[tuple[int, int]] = frozenset(),
) -> list[Occurrence]:
    """Return every registered name in the text, in order, without overlaps.

    `skip` are spans to leave out; `named` are the spans that the model labels as names.
    """
    if not registry.spelled:
        return []
    folded, places = fold(text)
    blocked = _blocked(text, skip, registry)
    found: dict[tuple[int, int], tuple[Term, ...]] = {}
    never: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for last, (length, several) in registry.automaton.iter(folded):
        first = last - length + 1
        if not is_whole_words(folded, first, last + 1):
            continue
        start, end = places[first], places[last] + 1
        if blocked[start] or not ((start, end) in named or _is_not_shouted(text, start, end)):
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
    """Tell whether `words` may be a name that is registered as `written`.

    "us" is not "US", and "turkey" is not "Turkey"; "CHINA" is "China".
    """
    if not CAPITALS.search(written):
        return True
    if not SMALL.search(written):
        return not SMALL.search(words)
    if not SMALL.search(words):
        return True
    ours, theirs = re.findall(r"\w+", written), re.findall(r"\w+", words)
    if len(ours) != len(theirs):  # another hyphen or space
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
    """Tell whether one of these sorted spans contains this one."""
    at = bisect_right(stretches, (start, 1 << 60))
    return any(s <= start and end <= e for s, e in stretches[max(0, at - MAX_NESTED) : at + MAX_NESTED])


def is_whole_words(folded: str, start: int, end: int) -> bool:
    """Tell whether a stretch of a folded text neither begins nor ends inside a word."""
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (_joined(before, folded[start]) or _joined(folded[end - 1], after))


def _joined(left: str, right: str) -> bool:
    """Tell whether two neighbouring characters belong to one word; Chinese has no spaces between words."""
    if not (left.isalnum() or left == "_") or not (right.isalnum() or right == "_"):
        return False
    return not (_ideograph(left) or _ideograph(right))


def _ideograph(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _is_not_shouted(text: str, start: int, end: int) -> bool:
    """Exclude acronyms that are also words ("US") in a line or a phrase of capitals: "DROWN US WITH A VIEW"."""
    if text[start:end].lower() not in words_for("acronym_words"):
        return True
    if SHOUTED_BEFORE.search(text, max(0, start - LINE_WINDOW), start) and SHOUTED_AFTER.match(text, end):
        return False
    left = max(text.rfind("\n", max(0, start - LINE_WINDOW), start) + 1, start - LINE_WINDOW, 0)
    stop = text.find("\n", end, end + LINE_WINDOW)
    owner_of = text[left:start] + text[end : end + LINE_WINDOW if stop < 0 else stop]
    return bool(SMALL.search(owner_of)) or not CAPITALS.search(owner_of)


def _blocked(text: str, skip: Iterable[tuple[int, int]], registry: Registry) -> bytearray:
    """Mark the characters where no name may start: skipped spans and addresses, but not a name like "Mining.com"."""
    closed = bytearray(len(text) + 1)
    addresses = [(a, b) for a, b in _addresses(text) if key(text[a:b].strip(AROUND)) not in registry.spelled]
    for start, end in [*skip, *addresses]:
        closed[start:end] = b"\1" * (end - start)
    return closed


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Return the runs without spaces that contain an address."""
    end = 0
    for sign in ADDRESS.finditer(text):
        if sign.start() >= end:
            start = sign.start()
            while start > end and not text[start - 1].isspace():
                start -= 1
            run = CHUNK.match(text, start)
            end = run.end() if run else sign.end()
            yield start, end


OF = re.compile(r"\s+(?:of|for|in)\s+(?:the\s+)?")  # "Ministry of Commerce of the ..."
OWNER = re.compile(r"(?:['’]s?)?\s+(?:the\s+)?")  # "China's", "Chinese"


def is_common_body(written: str) -> bool:
    """Tell whether a name only says what kind of body it is: "Ministry of Commerce", "Congress"."""
    words = set(re.findall(r"[\w'’]+", written.lower()))
    return written != written.upper() and words <= words_for("body_words")


class Countries:
    """The countries that an article names, and their positions."""

    def __init__(
        self,
        context: ArticleContext,
        occurrences: Iterable[Occurrence],
        linked: Collection[tuple[int, int]],
        doubted: frozenset[str],
    ) -> None:
        self.context = context
        self.places: list[tuple[int, int, str]] = []
        self.capitals: set[str] = set()  # countries whose capital the article names
        for here in occurrences:
            if {t.type for t in here.terms} == {"metonym"}:
                self.capitals |= {t.actor for t in here.terms if context.registry.by_id[t.actor].kind == "country"}
            ids = {
                t.actor for t in here.terms if context.registry.by_id[t.actor].kind == "country" and t.type != "metonym"
            }
            doubtful = any(t.careful for t in here.terms) or context.text[here.start : here.end] in doubted
            if len(ids) == 1 and ((here.start, here.end) in linked or not doubtful):
                self.places.append((here.start, here.end, ids.pop()))
        self.times = Counter(country for _, _, country in self.places)
        self.all = {c for _, _, c in self.places}
        self.starts = {start: country for start, _, country in self.places}
        self.ends = {end: country for _, end, country in self.places}
        self.by_sentence: defaultdict[int, set[str]] = defaultdict(set)
        for start, _, country in self.places:
            self.by_sentence[context.sentence_at(start)].add(country)

    def owner_of(self, start: int, end: int) -> str | None:
        """Return the country that a name is explicitly given to: "China's Congress", "Congress of China"."""
        for gap in range(1, 8):
            owner = self.ends.get(start - gap)
            if owner and OWNER.fullmatch(self.context.text[start - gap : start]):
                return owner
        of = OF.match(self.context.after(end))
        return self.starts.get(end + of.end()) if of else None

    def near(self, place: int) -> set[str]:
        """Return the countries named in this sentence and the one before."""
        number = self.context.sentence_at(place)
        return self.by_sentence.get(number, set()) | self.by_sentence.get(number - 1, set())

    def leads(self, country: str, place: int) -> bool:
        """Tell whether a country is named nearby, and more often in the article than any other one nearby."""
        near = self.near(place)
        return country in near and all(self.times[country] > self.times[other] for other in near - {country})

    def most_named(self) -> str | None:
        """Return the country that is named at least twice as often as any other."""
        counts = self.times.most_common(2)
        if not counts or (len(counts) == 2 and counts[0][1] < 2 * counts[1][1]):
            return None
        return counts[0][0]

    def only_candidate(self, start: int, end: int) -> str | None:
        """Return the only country that a body at this position can belong to."""
        owner = self.owner_of(start, end)
        if owner is not None:
            return owner
        near = self.near(start) or self.all or self.capitals
        return next(iter(near)) if len(near) == 1 else None

"""Which countries an article names, and to which of them a name belongs.

Example: in "China's Ministry of Commerce", the country beside the name is China.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from briefing.link.match import Occurrence
from briefing.link.scene import Scene
from briefing.terms import words_for

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

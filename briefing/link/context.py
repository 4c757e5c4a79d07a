"""What the linker asks about an article: names, sentences, publication date, and the words around a position.

The context is made once per article; each query costs a binary search. `fits_office` compares the words beside a name
with the job titles in the registry: "Foreign Minister Wang" fits an actor with the role "Minister of Foreign Affairs"
at that time.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from briefing.content.edtf import may_hold
from briefing.model import Actor, Article, Entity, Reading, Sentence, Subject
from briefing.registry import Registry
from briefing.registry.name_variants import key, words_for

ABBREVIATED = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "prof": "professor",
    "amb": "ambassador",
    "cllr": "councillor",
    "sgt": "sergeant",
}
CHIEF = frozenset({"chief", "executive"})
BEFORE_NAMES = (
    r"\b(?:Mr|Mrs|Ms|Miss|Mister|Signora?|Señora?|Senhora?|Herr|Frau|Monsieur|Madame|Mme|Dr|Sir|Dame|Prof|Professor|Lord|Lady|Baroness|Rev|Cllr|Councillor|Ald|Judge|Justice|Capt"
    r"|Captain|Col|Colonel|Maj|Major|Lt|Sgt|Sergeant|Cpl|Constable|PC|Insp|Inspector|Supt)\.?\s+"
)
TITLED = re.compile(rf"{BEFORE_NAMES}([\w-]+)")
HONORIFIC = re.compile(rf"{BEFORE_NAMES}$")
LONGEST_HONORIFIC = 12  # characters, with its space
FORMER = re.compile(
    r"\b(?:former(?:ly)?|ex|late|then|previous(?:ly)?|once|outgoing|incoming|elect|designated?|shadow)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class ArticleContext:
    """An article with its names, sentences and grammar, queried by position."""

    article: Article
    reading: Reading
    registry: Registry

    @property
    def text(self) -> str:
        return self.article.text

    @functools.cached_property
    def names(self) -> tuple[Entity, ...]:
        """The names in text order; a name behind "Mr." is a person's, even if the model reads a country."""
        titled = (replace(n, label="PERSON") if self.has_honorific(n.start) else n for n in self.reading.names)
        return tuple(sorted(titled, key=lambda n: (n.start, -n.end)))

    def has_honorific(self, start: int) -> bool:
        return HONORIFIC.search(self.before(start, LONGEST_HONORIFIC)) is not None

    @functools.cached_property
    def _name_starts(self) -> list[int]:
        return [n.start for n in self.names]

    @functools.cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.reading.sentences]

    @functools.cached_property
    def subjects(self) -> dict[int, Subject]:
        """Return the heads of subjects by their end position."""
        return {s.end: s for s in self.reading.subjects}

    def names_at(self, start: int, end: int) -> list[Entity]:
        """Return the names that overlap a span; names do not overlap each other."""
        first = max(0, bisect_right(self._name_starts, start) - 1)
        last = bisect_left(self._name_starts, end)
        return [n for n in self.names[first:last] if n.start < end and start < n.end]

    def label_at(self, start: int, end: int) -> str | None:
        """Return the model's label if exactly one name overlaps the span."""
        found = self.names_at(start, end)
        return found[0].label if len(found) == 1 else None

    def sentence_at(self, place: int) -> int:
        """Return the number of the sentence at a position."""
        return max(0, bisect_right(self._sentence_starts, place) - 1)

    def sentence(self, number: int) -> Sentence | None:
        return self.reading.sentences[number] if 0 <= number < len(self.reading.sentences) else None

    def before(self, start: int, length: int = 60) -> str:
        return self.text[max(0, start - length) : start]

    def after(self, end: int, length: int = 60) -> str:
        return self.text[end : end + length]

    def contains_any(self, several: tuple[str, ...]) -> bool:
        """Tell whether the article contains one of these words, in this spelling."""
        if several not in self._contains:
            either = "|".join(map(re.escape, several)) or r"(?!)"
            self._contains[several] = re.search(rf"(?<!\w)(?:{either})(?!\w)", self.text) is not None
        return self._contains[several]

    @functools.cached_property
    def _contains(self) -> dict[tuple[str, ...], bool]:
        return {}

    @functools.cached_property
    def first_names(self) -> frozenset[str]:
        """The first words of the full names of people that the model found."""
        people = (self.text[n.start : n.end].split() for n in self.names if n.label == "PERSON")
        return frozenset(words[0] for words in people if len(words) > 1)

    @functools.cached_property
    def surnames(self) -> frozenset[str]:
        """The later words of the names of people that the model found."""
        people = (n for n in self.names if n.label == "PERSON")
        return frozenset(word for n in people for word in self.text[n.start : n.end].split()[1:])

    @functools.cached_property
    def _surname_places(self) -> dict[str, int]:
        """The first place of each surname of people with two names or "Mr."."""
        found: dict[str, int] = {}
        for name in self.names:
            words = self.text[name.start : name.end].split()
            if name.label == "PERSON" and (len(words) > 1 or self.has_honorific(name.start)):
                found.setdefault(words[-1], name.start)
        return found

    @functools.cached_property
    def sure_surnames(self) -> frozenset[str]:
        """The surnames of people with two names or "Mr.": "France", of "Anna France"."""
        return frozenset(self._surname_places)

    def person_called(self, word: str) -> str | None:
        """Return the longest name of a person who has this surname or first name, as the article writes it."""
        people = (self.text[n.start : n.end].split() for n in self.names if n.label == "PERSON")
        full = [" ".join(words) for words in people if len(words) > 1 and word in {words[0], words[-1]}]
        return max(full, key=len, default=None)

    def named_before(self, surname: str, start: int) -> bool:
        """Tell whether a person with this surname is named before a place."""
        return surname in self._surname_places and self._surname_places[surname] < start

    @functools.cached_property
    def titled(self) -> frozenset[str]:
        """The folded words behind "Mr." and the like."""
        return frozenset(key(m[1]) for m in TITLED.finditer(self.text))

    @functools.cached_property
    def day(self) -> str | None:
        """The publication date as far as it is known: `2023`, `2023-09` or `2023-09-25`."""
        match = re.match(r"\d{4}(?:-\d\d){0,2}", self.article.published.edtf or "")
        return match[0] if match else None

    def in_time(self, since: str | None, until: str | None) -> bool:
        """Tell whether something that held between two dates may hold at publication."""
        return may_hold(self.day, since, until)

    def is_acting_subject(self, end: int) -> bool:
        """Tell whether the words that end here are the subject of a verb such as "said" or "signed"."""
        subject = self.subjects.get(end)
        return subject is not None and subject.verb in words_for("government_verbs")

    def subject_ends(self, start: int, end: int) -> list[int]:
        """Return the ends of heads of subjects inside a span."""
        first = bisect_right(self._subject_ends, start)
        last = bisect_right(self._subject_ends, end)
        return self._subject_ends[first:last]

    @functools.cached_property
    def _subject_ends(self) -> list[int]:
        return sorted(self.subjects)

    @functools.cached_property
    def titles(self) -> dict[tuple[int, int], frozenset[str]]:
        """The words of current job titles that the article gives to people, by the position of the name."""
        found: dict[tuple[int, int], frozenset[str]] = {}
        for role in self.reading.roles:
            if FORMER.search(role.title):
                continue
            words = frozenset(ABBREVIATED.get(w, w) for w in re.findall(r"[a-z]+", role.title.lower()))
            for name in self.names_at(role.holder.start, role.holder.end):
                words |= CHIEF if "ceo" in words else {"ceo"} if words >= CHIEF else frozenset()
                found[name.start, name.end] = found.get((name.start, name.end), frozenset()) | words
        return found


STOPWORDS = frozenset({"of", "for", "the", "and", "to", "in", "at", "s", "a", "an", "affairs", "former", "acting"})
TITLE_WINDOW = 70  # characters before and after a name that may hold its title
TITLE_SYNONYMS = {
    "defence": "defense",
    "ministry": "minister",
    "secretary": "secretary",
    "vice": "deputy",
    "premier": "minister",
}


def title_words(title: str) -> frozenset[str]:
    return frozenset(TITLE_SYNONYMS.get(w, w) for w in re.findall(r"[a-z]+", title.lower())) - STOPWORDS


def fits_office(context: ArticleContext, start: int, end: int, actor: Actor) -> bool:
    """Tell whether the words around a name contain one of the actor's titles, held at publication."""
    words = _surrounding_words(context, start, end)
    said = title_words(words)
    past = any(marker in words.lower() for marker in ("former", "ex-", "late "))
    return any(
        title_words(office.title)
        and title_words(office.title) <= said
        and context.in_time(office.since, None if past else office.until)
        for office in actor.roles
    )


def _surrounding_words(context: ArticleContext, start: int, end: int) -> str:
    """Return the words around a name, limited to its sentence."""
    sentence = context.sentence(context.sentence_at(start))
    first, last = (sentence.start, sentence.end) if sentence else (0, len(context.text))
    return (
        context.text[max(first, start - TITLE_WINDOW) : start] + " " + context.text[end : min(last, end + TITLE_WINDOW)]
    )

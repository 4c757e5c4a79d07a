"""The mentions of one actor in one article, gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from briefing.link.disambiguate import Decisions
from briefing.model import ActorKind, Mention, MentionType


@dataclass(slots=True, eq=False)
class Group:
    """The mentions of one actor in one article."""

    kind: ActorKind
    actor: str | None = None  # the id, if registered
    of: str | None = None  # of a body whose name every country has: its country, or the article it is known from
    words: set[str] = field(default_factory=set)  # of the names of a body
    gender: str | None = None  # m or f, of a person whose first name or "Mr." tells
    mentions: list[Mention] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)  # how it is written, for names and spellings only
    first: dict[str, tuple[int, int]] = field(default_factory=dict)  # where each form stands first

    def add(self, text: str, start: int, end: int, how: MentionType, rule: str) -> None:
        self.mentions.append(Mention(start, end, how, rule))
        if how in {"name", "alias"}:
            form = " ".join(text[start:end].split())
            self.forms[form] += 1
            self.first.setdefault(form, (start, end))

    @property
    def name(self) -> str:
        """The fullest form, then the most frequent, then the first."""
        forms = list(self.forms) or [""]
        return max(forms, key=lambda f: (not f.isupper(), len(f.split()), self.forms[f], -forms.index(f)))


class Taken:
    """Stretches of the text that are linked or left open."""

    def __init__(self, made: Decisions) -> None:
        self.places: set[int] = set()
        for start, end in [*((link.start, link.end) for link in made.links), *made.open]:
            self.places.update(range(start, end))

    def overlaps(self, start: int, end: int) -> bool:
        return any(place in self.places for place in range(start, end))


Several = dict[Group, None]  # groups in the order in which they were met

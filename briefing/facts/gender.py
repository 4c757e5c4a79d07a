"""First names that tell whether a person is "he" or "she": common ones only; a name that is both is left out."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml

DATA = Path(__file__).parent.parent / "data" / "first-names.yaml"


@functools.cache
def genders() -> dict[str, str]:
    """Folded first names, with m or f."""
    lists: dict[str, str] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    found = {name: letter for letter in ("m", "f") for name in lists[letter].split()}
    return {name: letter for name, letter in found.items() if name not in set(lists["both"].split())}


@functools.cache
def first_names() -> frozenset[str]:
    """All common first names, in lower case."""
    lists: dict[str, str] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return frozenset(name for names in lists.values() for name in names.split())

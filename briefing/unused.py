"""Registry, texts -> the aliases that no text uses, of actors that many texts name.

    unused_aliases(registry, texts)   ->   {"china": ("Cathay",)}

Words are looked for, not meanings: an alias counts as used wherever it stands as a name of its own. An actor that few
texts name says nothing about its aliases, and neither does a name in a script that the texts are not written in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from briefing.link.match import find_occurrences
from briefing.model import Actor, Alias
from briefing.registry import Registry
from briefing.terms import key, spellings

ENOUGH = 10  # texts that name an actor before its other names can be missed


def unused_aliases(registry: Registry, texts: Iterable[str]) -> dict[str, tuple[Alias, ...]]:
    used: defaultdict[str, set[str]] = defaultdict(set)
    texts_with: Counter[str] = Counter()
    for text in texts:
        here: set[str] = set()
        for found in find_occurrences(text, registry):
            for term in found.terms:
                used[term.actor].add(key(text[found.start : found.end]))
                here.add(term.actor)
        texts_with.update(here)
    often = sorted(actor for actor, count in texts_with.items() if count >= ENOUGH)
    missed = {actor: tuple(_unused(registry.by_id[actor], used[actor])) for actor in often}
    return {actor: aliases for actor, aliases in missed.items() if aliases}


def _unused(actor: Actor, used: set[str]) -> Iterable[Alias]:
    latin = all(_is_latin(words) for words in used)
    for alias in actor.aliases:
        forms = {key(form) for form in spellings(alias.name, alias.type, actor)}
        forms |= {f"{form}s" for form in forms} if alias.type == "demonym" else set()
        if not forms & used and (_is_latin(alias.name) or not latin):
            yield alias


def _is_latin(words: str) -> bool:
    return all(letter < "\u0250" for letter in key(words) if letter.isalpha())

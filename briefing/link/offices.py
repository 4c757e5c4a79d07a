"""Does what the article says about a person fit an office that the registry gives him or her?

Example: "Foreign Minister Wang" fits an actor with the role "Minister of Foreign Affairs" at that time.
"""

from __future__ import annotations

import re

from briefing.link.scene import Scene
from briefing.model import Actor

IDLE = frozenset({"of", "for", "the", "and", "to", "in", "at", "s", "a", "an", "affairs", "former", "acting"})
REACH = 70  # characters before and after a name in which its title stands
SAME = {"defence": "defense", "ministry": "minister", "secretary": "secretary", "vice": "deputy", "premier": "minister"}


def title_words(title: str) -> frozenset[str]:
    return frozenset(SAME.get(w, w) for w in re.findall(r"[a-z]+", title.lower())) - IDLE


def fits_office(scene: Scene, start: int, end: int, actor: Actor) -> bool:
    """Do the words beside the name contain all that matters of one of the actor's titles, in office then?"""
    beside = _beside(scene, start, end)
    said = title_words(beside)
    past = any(word in beside.lower() for word in ("former", "ex-", "late "))
    return any(
        title_words(office.title)
        and title_words(office.title) <= said
        and scene.in_time(office.since, None if past else office.until)
        for office in actor.roles
    )


def _beside(scene: Scene, start: int, end: int) -> str:
    """The words around a name as far as the sentence reaches."""
    sentence = scene.sentence(scene.sentence_at(start))
    first, last = (sentence.start, sentence.end) if sentence else (0, len(scene.text))
    return scene.text[max(first, start - REACH) : start] + " " + scene.text[end : min(last, end + REACH)]

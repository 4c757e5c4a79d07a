"""People who are taken out of an archive: their names are removed from every text before anything else reads it.

`takedowns.yaml` lists them:

    - id: ada-verne                      # of the actor's page, which becomes a note that it was removed
      names: [Ada Verne, A. M. Verne]    # as articles write them
      date: 2026-11-30
      reason: Removed at the person's request.

    redact(source, takedowns)   ->   the source with "[name removed]" in place of each name
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.content.identifiers import as_id
from briefing.content.schema import Takedown
from briefing.model import Source

REMOVED = "[name removed]"
SHORTEST = 3  # letters of a surname that is removed on its own; shorter ones are words of every article


def redact(source: Source, takedowns: Iterable[Takedown]) -> Source:
    """Return the source without the names of these people; the same source if it has none.

    Where a whole name stands in the title, author or text, the surname alone is removed as well.
    """
    found = source
    for takedown in takedowns:
        found = _without(found, takedown)
    return found


def _without(source: Source, takedown: Takedown) -> Source:
    whole = _pattern(takedown.names, re.IGNORECASE)
    meta = source.meta
    told = "\n".join(filter(None, (meta.title, meta.author, meta.notes, source.body)))
    address = as_id(meta.url or "")
    if not whole.search(told) and not any(as_id(name) in address for name in takedown.names if as_id(name)):
        return source
    surnames = {name.split()[-1] for name in takedown.names if len(name.split()) > 1}
    alone = _pattern([name for name in surnames if len(name) >= SHORTEST and name[:1].isupper()], re.NOFLAG)

    def clear(text: str | None) -> str | None:
        return alone.sub(REMOVED, whole.sub(REMOVED, text)) if text else text

    named = [as_id(name) for name in {*takedown.names, *surnames} if as_id(name)]
    return replace(
        source,
        body=clear(source.body) or "",
        meta=replace(
            meta,
            title=clear(meta.title),
            author=None if meta.author and clear(meta.author) != meta.author else meta.author,
            notes=clear(meta.notes),
            url=None if any(name in address for name in named) else meta.url,
        ),
    )


def _pattern(names: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    """Match any of these names as whole words, whatever space stands between their parts; nothing if there are none."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    choices = (r"[\s\u00a0]+".join(map(re.escape, name.split())) for name in ordered if name.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices) or '(?!)'})(?!\w)", flags)


def is_taken_down(id: str, names: Iterable[str], takedowns: Iterable[Takedown]) -> bool:
    """Tell whether an actor with this id and these names is one of these people."""
    folded = {name.casefold() for name in names}
    return any(id == t.id or folded & {name.casefold() for name in t.names} for t in takedowns)

"""Articles that were moved or merged -> where their old addresses lead, and what is wrong with saying so.

An article's front matter says `replaces: [2021/quay]`: ids under which its page stood before, the oldest first. The old
address then leads to its page, and its facts keep the ids that they had under the oldest.

    gone(["2021/quay", "ferry"], ["ferry", "2021/new-quay"], {"2021/quay": "2021/new-quay"})   ->   []
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefing.contributed import Contribution
from briefing.errors import ContentError, Problem
from briefing.read import read_front_matter
from briefing.schema import FrontMatter

Sources = Iterable[tuple[Path, str]]
KEY = b"replaces"  # few articles say it, so the others are not parsed for it


def moves(sources: Sources) -> dict[str, str]:
    """Of each id that was replaced, the id of the article that stands there now."""
    found: dict[str, str] = {}
    for _, name, said in _replacing(sources):
        for old in said.value.replaces:
            found.setdefault(old, name)
    return found


def move_problems(sources: list[tuple[Path, str]]) -> Iterator[Problem]:
    """An old address leads to one article, and only if no article stands there."""
    standing = {name: path for path, name in sources}
    heirs: dict[str, Path] = {}
    for path, name, said in _replacing(sources):
        for n, old in enumerate(said.value.replaces):
            place = said.place("replaces", n)
            heir = heirs.setdefault(old, path)
            if old == name:
                yield said.problem(place, "replaced-article", f"`{old}` is this article's own id", "Remove it.")
            elif old in standing:
                found = f"`{name}` replaces `{old}`, which still exists ({standing[old]})"
                right = "Delete that file if this article replaces it, or remove the id here."
                yield said.problem(place, "replaced-article", found, right)
            elif heir != path:
                found = f"`{old}` is replaced by both {heir} and this article"
                yield said.problem(place, "replaced-twice", found, "Remove the id from one of them.")


def gone(before: Iterable[str], now: Iterable[str], moved: Mapping[str, str]) -> list[str]:
    """Ids that had an address and lead nowhere."""
    return sorted(set(before) - set(now) - moved.keys())


def _replacing(sources: Sources) -> Iterator[tuple[Path, str, Contribution[FrontMatter]]]:
    for path, name in sources:
        try:
            if KEY not in path.read_bytes().replace(b"\0", b""):  # as UTF-16 has them between its letters
                continue
            yield path, name, read_front_matter(path)
        except (ContentError, OSError):
            continue  # told where the article itself is read

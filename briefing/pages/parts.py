"""A long list -> pages of it: no page grows without end.

parts("timeline/2024", events) -> timeline/2024, timeline/2024-2, timeline/2024-3
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

SIZE = 150  # entries of a page: about 60 KB before compression
OVERVIEW = 120  # entries of all years together on an overview
FEWEST = 4  # entries of a year there


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    base: str
    number: int  # from 1
    count: int
    entries: Sequence[T]

    @property
    def place(self) -> str:
        """Where it stands, without ending."""
        return place(self.base, self.number)

    @property
    def places(self) -> list[str]:
        """Of all parts, in order."""
        return [place(self.base, n) for n in range(1, self.count + 1)]


def place(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def parts(base: str, entries: Sequence[T], size: int = SIZE) -> Iterator[Part[T]]:
    """At least one part, also of nothing."""
    count = max(1, -(-len(entries) // size))
    for number in range(1, count + 1):
        yield Part(base, number, count, entries[(number - 1) * size : number * size])


def share(years: int, overview: int = OVERVIEW) -> int:
    """How many entries of each year an overview of so many years shows."""
    return max(FEWEST, overview // max(1, years))

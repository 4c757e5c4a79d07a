"""Features in parts: a function and the few values that it puts into words.

The same values meet again and again in an archive, while spelling features and looking them up is most of the work
of a learned model as small as ours. So a rule hands on parts, and what a part comes to is worked out once.

>>> def size(kind: str, length: int) -> list[str]:
...     return [f"size={length}", f"kind={kind} & size={length}"]
>>> spelled([(size, "clause", 3)])
['size=3', 'kind=clause & size=3']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

MOST_KEPT = 50_000  # words of the text are values too, and of these there is no end

Part = tuple[Any, ...]  # (write, *values), where write(*values) gives the names of features
T = TypeVar("T")


def spelled(parts: Iterable[Part]) -> list[str]:
    """The names of the features."""
    return [name for write, *values in parts for name in write(*values)]


def one(name: str, value: object) -> list[str]:
    """The feature of a single value."""
    return [f"{name}={value}"]


def flags(*names: str | bool) -> list[str]:
    """The features that are there or not: `flags(is_open and "open")`."""
    return [name for name in names if isinstance(name, str)]


class Kept(dict[Part, T]):
    """What the features of a part come to, worked out when it is asked for the first time. With `most` kept, all is
    forgotten."""

    def __init__(self, make: Callable[[list[str]], T], most: float = MOST_KEPT) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, part: Part) -> T:
        if len(self) >= self._most:
            self.clear()
        made = self[part] = self._make(spelled([part]))
        return made

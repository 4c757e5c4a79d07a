"""Check that work grows linearly with text length, by counting executed lines: the same number on every machine.

bench/ measures time, which includes what a single line does (regular expressions, sorting).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

FEW, MANY = 250, 1000  # repetitions of a piece of text
MOST = 6.0  # times the work for four times the text; a quadratic rule takes sixteen


def lines_run(work: Callable[[], Any]) -> int:
    """Count the lines that `work` executes, including loops and comprehensions."""
    count = 0

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def assert_grows_with_length_only(make: Callable[[int], Callable[[], Any]], few: int = FEW, many: int = MANY) -> None:
    """`make(n)` returns a function that processes n repetitions of a text; `many` is four times `few`."""
    make(10)()  # word lists are read once
    less, more = lines_run(make(few)), lines_run(make(many))
    assert more < MOST * max(less, 1000), f"{less} lines run for {few} repetitions, {more} for {many}"

"""How work grows with a text's length, counted in lines of Python executed: the same number on every machine.

Time is measured in bench/, which also sees what one line does inside (regular expressions, sorting).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

FEW, MANY = 250, 1000  # repetitions of a piece of text
MOST = 6.0  # times the work for four times the text; a quadratic rule needs sixteen


def lines_run(work: Callable[[], Any]) -> int:
    """How many lines `work` executes, loops and comprehensions included."""
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
    """`make(n)` gives the work on n repetitions of a text; `many` is four times `few`."""
    make(10)()  # word lists are read once
    less, more = lines_run(make(few)), lines_run(make(many))
    assert more < MOST * max(less, 1000), f"{less} lines run for {few} repetitions, {more} for {many}"

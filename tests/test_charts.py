"""Names beside dots find room: what does not fit goes on in the next line, and says so when it ends early."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.pages.charts import LABEL_LINES, LABEL_WIDE, wrap


def test_a_long_name_goes_on_in_the_next_line() -> None:
    assert wrap("Harbour Board of Velmora") == ["Harbour Board", "of Velmora"]


def test_a_name_that_is_too_long_says_so() -> None:
    lines = wrap("Standing Committee for the Safety of Harbours, Locks and Ferries")
    assert len(lines) == LABEL_LINES
    assert lines[-1].endswith("…")


def test_letters_that_are_twice_as_wide_count_twice() -> None:
    assert [len(line) for line in wrap("港" * 12)] == [7, 5]


@given(st.text(max_size=120))
def test_no_line_is_wider_than_its_room(name: str) -> None:
    lines = wrap(name)
    assert len(lines) <= LABEL_LINES
    assert all(len(line) <= LABEL_WIDE for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join("".join(lines).split()) == "".join(name.split())

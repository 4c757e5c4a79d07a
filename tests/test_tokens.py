"""The tokens of an article: where they stand, how they are cut, and the datelines among them."""

from __future__ import annotations

import re

import pytest

from briefing.facts.dates.words import PIECE
from briefing.facts.numbers import ATOM
from briefing.facts.tokens import NOTHING, cut, cut_text, datelines, read_places, read_tree
from tests.casebook import analysed, plain_tokens

COMMON = ["in", "mid", "-", "1980", "s", ","]
TABLE = """Output of the two mines.

| Mine | Tonnes |
| --- | --- |
| Alder | 40 |
| Brock | 52 |

- a first ferry
- a second ferry
"""


def test_each_token_knows_its_line_cell_and_item() -> None:
    article, analysis = analysed(TABLE)
    places = dict(zip((t.text for t in analysis.tokens), read_places(article, analysis.tokens), strict=True))
    assert [places[word].line for word in ("Output", "Alder", "second")] == [0, 4, 8]
    assert places["Output"].cell is None
    assert len({places[word].cell for word in ("Mine", "Tonnes", "Alder", "40", "Brock", "52")}) == 6
    assert places["first"].item is not None
    assert places["first"].item != places["second"].item
    assert places["Brock"].item is None


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (PIECE, ["in", "mid", "-", "1980", "s", ",", "1", ",", "200"]),
        (ATOM, ["in", "mid", "-", "1980", "s", ",", "1,200"]),
    ],
)
def test_tokens_are_cut_as_the_reader_needs_them(pattern: re.Pattern[str], pieces: list[str]) -> None:
    tokens = plain_tokens("in mid-1980s , 1,200")
    line = cut(tokens, 0, len(tokens), pattern)
    assert [piece.text for piece in line.pieces] == pieces
    assert [line[i].glued for i in range(5)] == [False, False, True, True, True]


def test_a_line_answers_for_any_place() -> None:
    line = cut_text("On 4 May", PIECE)
    assert (line[-1], line[9], line.low(-1), line.low(9)) == (NOTHING, NOTHING, "", "")
    assert line.says(0, "on", "4")
    assert not line.says(2, "may", "4")


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("HALDEN, Norway (Coast News) - The ferry sank.", "HALDEN , Norway ( Coast News ) -"),
        ("Halden, May 4 (Reporter Ada Bolt) The ferry sank.", "Halden , May 4 ( Reporter Ada Bolt )"),
        ("The ferry - a new one - sank.", ""),
    ],
)
def test_datelines(text: str, dateline: str) -> None:
    _, analysis = analysed(text)
    assert " ".join(analysis.tokens[i].text for i in datelines(read_tree(analysis))) == dateline

"""Features of words -> what each is: the best path through a zone, by weights that were learned.

Two rounds: the first looks at each zone by itself, the second also at what the first made of the same words
elsewhere in the article. The weights are data/name-weights.json, for each feature one whole number a tag;
`training/names.py` makes them.
Example: "Bitar" alone in a table is a person because "Salem Bitar" was one above.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from briefing.facts.feature_parts import MOST_KEPT, Kept, Part, one
from briefing.facts.name_features import Zone, how_sure, zones
from briefing.model import Analysis

WEIGHTS = Path(__file__).parent.parent / "data" / "name-weights.json"
TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
KIND = tuple(tag[2:] or "O" for tag in TAGS)
SIZE = len(TAGS)
IMPOSSIBLE = np.float32(-1e9)

Scores = npt.NDArray[np.float32]
# Added to scores: an I- tag needs one of its own kind before it.
OPENS = np.array([IMPOSSIBLE if tag.startswith("I-") else 0 for tag in TAGS], dtype=np.float32)
FOLLOWS = np.array(
    [[IMPOSSIBLE if t.startswith("I-") and b[2:] != t[2:] else 0 for t in TAGS] for b in TAGS], dtype=np.float32
)
EACH = np.arange(SIZE)

Learned = Mapping[str, Sequence[float]]


class Learning:
    """What both rounds have learned: a row a feature, a column a tag, the first round's beside the second's; `moves`
    from tag to tag for each round. What a part of the features comes to is added up once, as a row of `_known`."""

    def __init__(self, row: Mapping[str, int], table: Scores, moves: tuple[Scores, Scores]) -> None:
        self.row, self.table, self.moves = row, table, moves
        self._known = np.zeros((1024, 2 * SIZE), dtype=np.float32)
        self._number = Kept(self._add, most=math.inf)  # forgotten between two articles only, see `scores`

    def scores(self, words: Sequence[Iterable[Part]]) -> Scores:
        """A row a word of features in parts, columns as in the table."""
        if len(self._number) > MOST_KEPT:
            self._number.clear()
        numbers = [list(map(self._number.__getitem__, parts)) for parts in words]
        starts = np.array([0, *itertools.accumulate(map(len, numbers[:-1]))])
        flat = np.fromiter(itertools.chain.from_iterable(numbers), dtype=np.int64)
        summed: Scores = np.add.reduceat(self._known[flat], starts, axis=0)
        return summed

    def _add(self, features: list[str]) -> int:
        number = len(self._number)
        if number == len(self._known):
            self._known = np.concatenate([self._known, np.zeros_like(self._known)])
        rows = [self.row[feature] for feature in features if feature in self.row]
        self._known[number] = self.table[rows].sum(axis=0)
        return number


def make_learning(first: Learned, second: Learned) -> Learning:
    features = sorted(f for f in {**first, **second} if not f.startswith("after="))
    row = {feature: n for n, feature in enumerate(features)}
    table = np.zeros((len(row), 2 * SIZE), dtype=np.float32)
    for learned, at in ((first, 0), (second, SIZE)):
        for feature, values in learned.items():
            if feature in row:
                table[row[feature], at : at + SIZE] = values
    return Learning(row, table, (_moves(first), _moves(second)))


def _moves(learned: Learned) -> Scores:
    moves = np.array([learned.get(f"after={tag}", [0.0] * SIZE) for tag in TAGS], dtype=np.float32)
    return moves + FOLLOWS


@functools.cache
def learning() -> Learning:
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return make_learning(kept["first"], kept["second"])


def tag(analysis: Analysis, sport: bool, learned: Learning | None = None) -> Iterator[tuple[Zone, list[str]]]:
    """Each zone with the tags of its words."""
    found = list(zones(analysis, sport))
    for zone, path in zip(found, tag_twice(analysis, found, learned or learning()), strict=True):
        yield zone, [TAGS[t] for t in path]


def tag_twice(analysis: Analysis, found: Sequence[Zone], learned: Learning) -> list[list[int]]:
    """The best tags (as places in TAGS) of each zone, after both rounds."""
    if not found:
        return []
    both = learned.scores([parts for zone in found for parts in zone.features])
    first = paths(found, both[:, :SIZE], learned.moves[0])
    more = learned.scores([parts for zone in look_again(analysis, found, first) for parts in zone])
    return paths(found, (both + more)[:, SIZE:], learned.moves[1])


def paths(found: Sequence[Zone], scores: Scores, moves: Scores) -> list[list[int]]:
    alone: list[int] = (scores + OPENS).argmax(axis=1).tolist()  # most zones are one word, which needs no path
    result = []
    at = 0
    for zone in found:
        size = zone.last - zone.first
        result.append(best_path(scores[at : at + size], moves) if size > 1 else [alone[at]])
        at += size
    return result


def best_path(scores: Scores, moves: Scores) -> list[int]:
    """The tags of one zone that fit best together (Viterbi)."""
    now = scores[0] + OPENS
    back = []
    for own in scores[1:]:
        ways = now[:, None] + moves
        came = ways.argmax(axis=0)
        now = ways[came, EACH] + own
        back.append(came)
    path = [int(now.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return path[::-1]


def look_again(analysis: Analysis, found: Sequence[Zone], first: Sequence[Sequence[int]]) -> list[list[list[Part]]]:
    """What the first round made of each word, of its neighbours, and of it elsewhere: more features."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    words = [[t.text.lower() for t in analysis.tokens[zone.first : zone.last]] for zone in found]
    for here, path in zip(words, first, strict=True):
        for word, t in zip(here, path, strict=True):
            seen[word][KIND[t]] += 1
    return [
        [_second(seen[word], i, path) for i, word in enumerate(here)] for here, path in zip(words, first, strict=True)
    ]


def _second(seen: Counter[str], i: int, path: Sequence[int]) -> list[Part]:
    mine = KIND[path[i]]
    others = {kind: times - (kind == mine) for kind, times in seen.items()}
    total = sum(others.values())
    found: list[Part] = [(one, "first", TAGS[path[i]])]
    if i:
        found.append((one, "-1 first", TAGS[path[i - 1]]))
    if i + 1 < len(path):
        found.append((one, "1 first", TAGS[path[i + 1]]))
    if not total:
        return [*found, (_nowhere_else, mine)]
    top, times = max(others.items(), key=lambda item: (item[1], item[0]))
    also = tuple(kind for kind, times in others.items() if times)
    return [*found, (_elsewhere, top, how_sure(times, total), min(times, 3), mine, also)]


def _nowhere_else(mine: str) -> list[str]:
    return [f"elsewhere=never first={mine}"]


def _elsewhere(top: str, sure: str, times: int, mine: str, also: tuple[str, ...]) -> list[str]:
    found = [f"elsewhere={top} {sure}", f"elsewhere={top} {times} first={mine}"]
    return found + [f"elsewhere also={kind}" for kind in also]

"""`python -m bench.growth`: check that the time of every rule grows linearly with the length of a text.

Texts that a hostile contributor might send are read at one length and at four times that length. Prints the ratio of
CPU times; exits with 1 if one exceeds MOST. Instead of the language model, a flat analysis is used.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from briefing.clean import clean
from briefing.facts.dates import find_dates
from briefing.facts.events import find_events
from briefing.facts.figures import find_figures
from briefing.facts.names import find_names, find_pronouns
from briefing.facts.notes import find_notes
from briefing.facts.roles import find_roles
from briefing.facts.statements import find_statements
from briefing.facts.tokens import read_tree
from briefing.model import Analysis, Article, Meta, Reading, Source
from tests.casebook import flat_analysis

PIECES = (
    "“ ", '"', "'a ", "(", "[x](", "**", "<b", "&amp;", "\n> ", "| a ", "a.b", "http://a", "a@b.",
    "the the ", "word. next ", "one hundred thousand and ", "3-", "$5 to ", "1 of 2 of ", "from May to ",
    "last year's ", "Sept. 30 ", "1989-", "deputy ", "Secretary of State ", "president of the ",
    "Tom Carter , ", "he said that ", "Bolt: Orr: ", "磁 ", " ", "\n",
)  # fmt: skip
LENGTHS = (5_000, 20_000)  # characters
MOST = 8.0  # linear is 4, quadratic 16; the rest allows for a busy machine
LEAST = 0.02  # seconds; for shorter times a ratio means nothing
NOTHING = Reading((), (), (), ())


def main() -> int:
    slow = 0
    for rule, work in RULES.items():
        worst, piece = max((_ratio(work, p), p) for p in PIECES)
        slow += worst > MOST
        print(f"{rule:12} {worst:5.1f}   {piece!r}")
    return int(slow > 0)


def _ratio(work: Callable[[Any], Any], piece: str) -> float:
    few, many = (_seconds(work, piece * (length // len(piece))) for length in LENGTHS)
    return many / max(few, LEAST)


def _seconds(work: Callable[[Any], Any], text: str) -> float:
    ready = _article(text) if work is _cleaned else (flat_analysis(text), _article("A text.\n", text))
    best = 9e9
    for _ in range(2):
        begun = time.process_time()
        work(ready)
        best = min(best, time.process_time() - begun)
    return best


def _article(text: str, instead: str = "") -> Article | Source:
    source = Source("x", "x.md", "", Meta(published="2011-05-04"), text, 1, "utf-8")
    return replace(clean(source), text=instead) if instead else source


def _cleaned(source: Source) -> Article:
    return clean(source)


def _rule(find: Callable[[Analysis, Article], Any]) -> Callable[[tuple[Analysis, Article]], Any]:
    return lambda ready: find(*ready)


RULES: dict[str, Callable[[Any], Any]] = {
    "clean": _cleaned,
    "dates": _rule(find_dates),
    "figures": _rule(lambda analysis, _: find_figures(analysis, ())),
    "names": _rule(lambda analysis, _: find_names(analysis)),
    "pronouns": _rule(lambda analysis, _: find_pronouns(analysis, read_tree(analysis))),
    "roles": _rule(lambda analysis, _: find_roles(analysis, (), read_tree(analysis))),
    "statements": _rule(lambda analysis, _: find_statements(analysis)),
    "events": _rule(lambda analysis, _: find_events(analysis, (), (), read_tree(analysis))),
    "notes": _rule(lambda analysis, article: find_notes(article, analysis, NOTHING)),
}


if __name__ == "__main__":
    sys.exit(main())

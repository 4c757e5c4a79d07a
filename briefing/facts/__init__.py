"""Article + Analysis -> Reading: every kind of fact, each found by one file or folder here.

Nothing here knows the registry or another article, so a reading is cached by text, rules and model.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefing.facts.dates import find_dates
from briefing.facts.events import find_events, news
from briefing.facts.figures import find_figures
from briefing.facts.figures.origins import with_origins
from briefing.facts.key_facts import find_key_facts
from briefing.facts.kinds import DATE, EVENT, FIGURE, KEY_FACT, ROLE, STATEMENT, FactKind, with_ids
from briefing.facts.names import find_names, find_pronouns, find_subjects
from briefing.facts.notes import find_notes
from briefing.facts.other_languages import read_digits
from briefing.facts.reader import is_read
from briefing.facts.roles import find_roles, with_holders
from briefing.facts.statements import find_statements
from briefing.facts.tokens import Tree, read_tree
from briefing.facts.votes import VOTE, find_votes
from briefing.model import Analysis, Article, Fact, Reading

# In the order in which a page shows them.
KINDS: tuple[FactKind[Any], ...] = (KEY_FACT, STATEMENT, FIGURE, DATE, EVENT, ROLE, VOTE)
BY_TYPE: dict[type[Fact], FactKind[Any]] = {kind.type: kind for kind in KINDS}
BY_NAME: dict[str, FactKind[Any]] = {kind.name: kind for kind in KINDS}


def kind_of(fact: Fact) -> FactKind[Any]:
    return BY_TYPE[type(fact)]


def find_facts(article: Article, analysis: Analysis) -> Reading:
    """All that one article says, with the words it says it in."""
    if not is_read(article):
        reading = read_digits(article, analysis)
        return find_notes(article, analysis, replace(reading, **_with_ids(article, reading)))
    dates = find_dates(analysis, article)
    tree = read_tree(analysis)
    figures = find_figures(analysis, dates, tree)
    names = find_names(analysis)
    roles = find_roles(analysis, names, tree)
    names = with_holders(analysis, names, roles)
    statements = find_statements(analysis, tree)
    reading = Reading(
        sentences=analysis.sentences,
        names=names,
        pronouns=find_pronouns(analysis, tree),
        statements=statements,
        figures=with_origins(figures, dates, statements, analysis, tree),
        dates=dates,
        roles=roles,
        events=find_events(analysis, dates, names, tree),
        notes=(),
        subjects=find_subjects(analysis),
        votes=find_votes(analysis),
    )
    reading = replace(reading, **_with_ids(article, reading))
    reading = find_key_facts(article, analysis, reading, tree)
    return find_notes(article, analysis, _with_news(article, tree, reading))


def _with_news(article: Article, tree: Tree, reading: Reading) -> Reading:
    """Add the first key fact as an event where its sentence holds none."""
    if not reading.key_facts:
        return reading
    first = reading.key_facts[0]
    sentence = next(s for s in reversed(reading.sentences) if s.start < first.end)
    if any(e.start < sentence.end and sentence.start < e.end for e in reading.events):
        return reading
    found = news(tree, sentence, article.published.edtf, reading.dates, reading.names)
    events = sorted((*reading.events, *([found] if found else [])), key=lambda e: (e.start, e.end))
    return replace(reading, events=with_ids(article, EVENT, events))


def _with_ids(article: Article, reading: Reading) -> dict[str, Any]:
    return {kind.key: with_ids(article, kind, kind.of(reading)) for kind in KINDS}

"""Article + Analysis -> Reading: every kind of fact, each found by one file of this folder.

Nothing here knows the registry or another article, so a reading is cached by text, rules and model.
"""

from __future__ import annotations

from briefing.facts.dates import find_dates
from briefing.facts.events import find_events
from briefing.facts.figures import find_figures
from briefing.facts.key_facts import find_key_facts
from briefing.facts.kinds import give_ids
from briefing.facts.names import find_names
from briefing.facts.notes import find_notes
from briefing.facts.pronouns import find_pronouns, find_subjects
from briefing.facts.roles import find_roles, with_holders
from briefing.facts.statements import find_statements
from briefing.facts.tokens import read_tree
from briefing.model import Analysis, Article, Reading


def find_facts(article: Article, analysis: Analysis) -> Reading:
    """All that one article says, with the words it says it in."""
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
        figures=figures,
        dates=dates,
        roles=roles,
        events=find_events(analysis, dates, names, tree),
        key_facts=(),
        notes=(),
        subjects=find_subjects(analysis),
    )
    reading = give_ids(article, reading)
    return find_notes(article, analysis, find_key_facts(article, analysis, reading))

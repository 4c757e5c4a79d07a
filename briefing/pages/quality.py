"""The measured quality of extraction -> the page that tells it to readers.

Three files are shown as they are: what `make quality` last measured on labelled articles, what it found in the newest
of them at first sight, and how the program does on public research corpora beside other systems.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from briefing.model import Page
    from briefing.pages.templates import Templates

MEASURED = Path(__file__).parents[2] / "tests" / "quality"
# What is counted, in the words of a reader; kinds that are not named here are details of these.
KINDS = {
    "statements": "Statements: words and speaker",
    "statements: form": "Statements: quoted or paraphrased",
    "statements: actor": "Statements: speaker linked to the right page",
    "figures": "Figures: value, unit and position",
    "dates": "Dates: day, month or year",
    "roles": "Roles: office and holder",
    "actors": "Actors: people, organisations and countries",
    "mentions": "Mentions of actors",
    "key facts": "Key facts",
    "key facts: news first": "Key facts: main news listed first",
    "notes": "Source warnings",
    "removed": "Removed passages",
    "title": "Titles",
    "published": "Publication dates",
}


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    precision: float | None
    recall: float | None
    asked: int  # how many a careful reader found


def quality_page(templates: Templates, folder: Path = MEASURED) -> Page:
    """The page `quality/`; raises FileNotFoundError where the program came without its measurements."""
    scores: dict[str, Any] = yaml.safe_load((folder / "scores.yaml").read_text(encoding="utf-8"))
    public: list[dict[str, Any]] = yaml.safe_load((folder / "public.yaml").read_text(encoding="utf-8"))
    first: list[dict[str, Any]] = yaml.safe_load((folder / "first-sight.yaml").read_text(encoding="utf-8"))
    return templates.page(
        "quality.md",
        "quality.md.j2",
        {
            "title": "Accuracy",
            "description": "How accurate and complete the extracted facts are.",
            "hide": ["navigation"],
        },
        measures=_measures(scores["scores"]),
        first=[{"articles": f["articles"], "about": f["about"], "measures": _measures(f["kinds"])} for f in first],
        articles=scores["articles"],
        public=public,
    )


def _measures(found: dict[str, dict[str, Any]]) -> list[Measure]:
    return [
        Measure(words, found[kind]["precision"], found[kind]["recall"], found[kind]["asked"])
        for kind, words in KINDS.items()
        if kind in found
    ]

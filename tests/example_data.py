"""A small archive with every kind of fact, restricted rights, odd characters and corrections, as files of `data/`.

made = example_data(folder)      made.data/facts.jsonl, made.data/archive.sqlite, ...
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import get_args

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import row
from briefing.facts import KINDS
from briefing.facts.kinds import with_ids
from briefing.model import Briefing, Correction, DataPart
from briefing.site import Data, data_pages, facts_json
from briefing.site.publish import write_pages
from tests import builders
from tests.builders import Words, actor, article, briefing, figure, mentioned, note, speaker, statement
from tests.example_briefing import REGISTRY, TOPICS, example

CHINA = actor("china", "China", "country", iso2="CN", iso3="CHN", aliases={"PRC": "acronym", "Chinese": "demonym"})
AGENCY = actor("ore-agency", "Ore Agency", "organisation", aliases={"=HYPERLINK(1)": "spelling"})
REFINING = (
    "China's share of refining\n\nThe Ore Agency said China refined 62 percent of the world's zinc in 2021.\n\n"
    '=SUM(A1) is no fact, “"quoted",\tand tabbed”, 精炼 𝛼.\n'
)


def refining(id: str, published: str, percent: str, **known: str) -> Briefing:
    """A briefing on China's share of refining, said by an agency."""
    text = REFINING.replace("62", percent)
    at = Words(text)
    said = at(f"China refined {percent} percent of the world's zinc in 2021")
    found = briefing(
        article(text, id, published, publisher="The Ore Post", **known),
        actors=(
            mentioned("China", (at("China", 0), "name"), (at("China", 1), "name"), kind="country"),
            mentioned("Ore Agency", (at("Ore Agency"), "name"), kind="organisation"),
        ),
        statements=(
            statement(said, speaker=speaker(at("The Ore Agency"), "ore-agency"), cue=at("said"), about=("china",)),
        ),
        figures=(
            figure(
                at(f"{percent} percent"), float(percent), "percent", measure="of the world's zinc", subject="china",
                as_of="2021", asserted_by="ore-agency", asserted_span=at("The Ore Agency"),
            ),
        ),
        notes=(note("no-url", "The address of the article is unknown"), note("odd", "=odd", span=at("=SUM(A1)"))),
        topics=("ports",),
    )  # fmt: skip
    return replace(found, **{kind.key: with_ids(found.article, kind, kind.of(found)) for kind in KINDS})


@cache
def briefings() -> dict[str, Briefing]:
    corrected = example("2026/corrected")
    (first, *_) = corrected.figures
    told = Correction(first.id, "figure", "edited", "words", by="Ada Verne", on="2026-11-02", why="misread")
    found = (
        example(),
        replace(corrected, corrections=(told,)),
        example("2026/excerpts", rights="excerpts"),
        example("undated/reprint", ""),
        refining("2021/refining", "2021-07-01", "62"),
        refining("2022/refining", "2022-02-03", "60"),
        refining("2018/refining", "2018", "55", rights="excerpts"),
    )
    return {one.article.source.id: one for one in found}


@cache
def archive() -> Archive:
    return cross_link(map(row, briefings().values()), (*REGISTRY, CHINA, AGENCY), TOPICS)


PARTS = get_args(DataPart)


def data_of(work: Path, parts: tuple[DataPart, ...] = PARTS, url: str = builders.ADDRESS) -> Data:
    def contract(name: str) -> bytes:
        return facts_json.publishable(briefings()[name])

    return Data(archive(), builders.templates(url=url), frozenset(parts), contract, work)


@dataclass(frozen=True, slots=True)
class Made:
    data: Path  # the folder of the files
    work: Data


def example_data(folder: Path) -> Made:
    """Write the files below a folder, as a build does."""
    data = data_of(folder / "work")
    write_pages(data_pages(data, ""), folder / "docs")
    shutil.rmtree(folder / "work")
    return Made(folder / "docs" / "data", data)

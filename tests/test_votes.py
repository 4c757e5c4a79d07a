"""Votes that were counted: cases in tests/cases/votes, what holds for any text, and where a vote is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import corrections
from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.content.problems import ContentError
from briefing.corrections.files import merged, record
from briefing.corrections.locate import Places
from briefing.diff import markdown
from briefing.diff.compare import Snapshot, compare
from briefing.facts.votes import find_votes
from briefing.model import Briefing
from briefing.registry import make_registry
from briefing.site import Site, briefing_page, facts_json, load_templates
from tests.casebook import Case, analysed, cases, flat_analysis
from tests.conftest import ROOT
from tests.growth import assert_grows_with_length_only
from tests.test_corrections import briefing_of

REGISTRY = make_registry([])
BODY = "Aldermoor keeps its quay\n\nThe council voted 7-2 to keep the quay. It met on 3 May 2021.\n"


@pytest.mark.parametrize("case", cases("votes"))
def test_votes(case: Case) -> None:
    article, analysis = analysed(case.input)
    found = [
        {
            "words": article.text[v.start : v.end], "in_favour": v.in_favour, "against": v.against,
            "abstentions": v.abstentions, "rule": v.rule,
        }
        for v in find_votes(analysis)
    ]  # fmt: skip
    assert [(f["in_favour"], f["against"]) for f in found] == [(e["in_favour"], e["against"]) for e in case.expect]
    for vote, expected in zip(found, case.expect, strict=True):
        assert {key: vote[key] for key in expected} == expected


PIECES = ("by", "voted", "7", "-", "2", "to", "votes", "vote", "of", "in", "favour", "against", "and", ",", "four",
          "abstentions", "passed", "the", "million", "half", "a", "1/2", "%", "rejected", "for", "2010")  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_words_give_votes_in_order_inside_the_text(words: list[str]) -> None:
    analysis = flat_analysis(" ".join(words))
    last = 0
    for vote in find_votes(analysis):
        assert last <= vote.start < vote.end <= len(analysis.text)
        assert min(vote.in_favour, vote.against, vote.abstentions or 0) >= 0
        last = vote.end


@pytest.mark.parametrize("piece", ["voted 7-", "1 in favour, ", "2 to ", "vote of 1 to 2 ", "by 1 votes "])
def test_work_grows_with_length_only(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        analysis = flat_analysis(piece * times)
        return lambda: find_votes(analysis)

    assert_grows_with_length_only(work)


# --- where a vote is shown -----------------------------------------------------------------------


def corrected(text: str) -> Briefing:
    return briefing_of(BODY, corrections.parse(text, "sources/quay.facts.yaml"))


def page(briefing: Briefing) -> str:
    archive = cross_link([row(briefing)], [], [])
    return briefing_page(briefing, archive, load_templates(ROOT / "templates", Site("Archive"))).text


def test_a_vote_stands_on_the_page_and_in_the_json() -> None:
    briefing = briefing_of(BODY)
    (vote,) = briefing.votes
    text = page(briefing)
    assert 'id="votes"' in text
    assert f'id="f-{vote.id}"' in text
    assert f'id="e-{vote.id}"' in text
    told = json.loads(facts_json.to_json(briefing))
    assert list(told)[-1] == "votes"
    assert told["votes"] == [
        {"id": vote.id, "in_favour": 7, "against": 2, "abstentions": None, "start": vote.start, "end": vote.end,
         "rule": "voted"}
    ]  # fmt: skip


def test_an_article_without_votes_has_no_section() -> None:
    assert "otes {" not in page(briefing_of("A title\n\nThe quay has 40 cranes.\n"))


def test_a_vote_can_be_accepted_edited_rejected_and_added() -> None:
    (found,) = briefing_of(BODY).votes
    kept = record(found, Places(briefing_of(BODY).article), ())
    assert kept == {"fact": found.id, "kind": "vote", "words": "voted 7-2", "in_favour": "7", "against": "2"}
    (accepted,) = corrected(merged("", {"accept": [kept]})).votes
    assert accepted == found
    (edited,) = corrected(merged("", {"edit": [kept | {"against": "3", "abstentions": "1"}]})).votes
    assert edited == replace(found, against=3, abstentions=1)
    assert corrected("reject:\n  - {kind: vote, words: voted 7-2}\n").votes == ()
    added = "add:\n  - {kind: vote, words: It met on 3 May 2021, in_favour: 5, against: 4}\n"
    assert [(v.in_favour, v.against, v.rule) for v in corrected(added).votes] == [(7, 2, "voted"), (5, 4, "correction")]
    with pytest.raises(ContentError, match="against"):
        corrected("add:\n  - {kind: vote, words: It met, in_favour: 5}\n")


def snapshot(briefing: Briefing) -> Snapshot:
    return Snapshot(cross_link([row(briefing)], [], []), {}, {}, {}, ())


def test_the_diff_tells_a_changed_vote() -> None:
    before, after = briefing_of(BODY), corrected("edit:\n  - {kind: vote, words: voted 7-2, against: 3}\n")
    told = markdown(compare(snapshot(before), snapshot(after)))
    assert re.search(r"vote: voted 7.{1,6}2; against: 2 → 3", told.replace("\\", "")), told

"""Corrections override the software, whatever its rules find later."""

from __future__ import annotations

import contextlib
import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import corrections
from briefing.clean import clean
from briefing.content.problems import ContentError
from briefing.corrections.files import Corrections, CorrectionsFile, read_corrections
from briefing.corrections.locate import Places
from briefing.facts import find_facts
from briefing.facts.reader import analyse
from briefing.link import link
from briefing.model import Briefing, Reading
from briefing.registry import make_registry
from briefing.site import facts_json
from tests.builders import actor, source, topic
from tests.casebook import CASES, MODEL

REGISTRY = make_registry(
    [
        actor("petra-quill", "Petra Quill", path="petra-quill.yaml"),
        actor("dora-quill", "Dora Quill", path="dora-quill.yaml"),
        actor("port-of-aldermoor", "Port of Aldermoor", "organisation", path="port-of-aldermoor.yaml"),
    ]
)
TOPICS = (topic("ports"), topic("labour"))


def parsed(text: str) -> Corrections:
    return corrections.parse(text, "sources/quay.facts.yaml")


def briefing_of(
    body: str, said: Corrections | None = None, found: Any = find_facts, name: str = "quay", **meta: Any
) -> Briefing:
    """Run the stages from cleaning to linking; `found` may be another set of rules."""
    article = clean(source(body, name, f"sources/{name}.md", **meta))
    if said:
        article = corrections.prepare(article, said)
    briefing = link(article, found(article, analyse(article, MODEL)), REGISTRY)
    return corrections.apply(briefing, said, REGISTRY, TOPICS) if said else briefing


def shown(briefing: Briefing) -> dict[str, Any]:
    """The facts as cases describe them."""
    text = briefing.article.text

    def words(part: Any) -> str:
        return " ".join(text[part.start : part.end].split())

    return {
        "title": briefing.article.title.value,
        "published": briefing.article.published.edtf,
        "topics": list(briefing.topics),
        "actors": sorted(a.id for a in briefing.actors),
        "statements": [
            {
                "speaker": words(s.speaker) if s.speaker else None,
                "actor": s.speaker.actor if s.speaker else None,
                "content": " ".join(words(c) for c in s.content),
                "form": s.form,
            }
            for s in briefing.statements
        ],
        "figures": [
            {"words": words(f), "value": f.value, "unit": f.unit, "measure": f.measure, "subject": f.subject}
            for f in briefing.figures
        ],
        "dates": {words(d): d.edtf for d in briefing.dates},
        "roles": [{"actor": r.actor, "title": r.title} for r in briefing.roles],
        "events": {words(e): e.date for e in briefing.events},
        "key_facts": [words(k) for k in briefing.key_facts],
        "corrections": [c.action for c in briefing.corrections],
        "reviewed": briefing.reviewed.by if briefing.reviewed else None,
    }


def all_cases(name: str) -> list[Any]:
    return [
        pytest.param(case, id=case["label"])
        for case in yaml.safe_load((CASES / "corrections" / f"{name}.yaml").read_text(encoding="utf-8"))
    ]


BODY = yaml.safe_load((CASES / "corrections" / "article.yaml").read_text(encoding="utf-8"))["body"]


@pytest.mark.parametrize("case", all_cases("corrections"))
def test_corrections_are_applied(case: dict[str, Any]) -> None:
    body = case.get("body", BODY)
    briefing = briefing_of(body, parsed(case["input"]), published=case.get("published", "2021-05-04"))
    facts = shown(briefing)
    for key, wanted in case["expect"].items():
        if isinstance(wanted, dict) and {"has", "lacks"} & wanted.keys():
            assert all(any(_says(fact, one) for fact in facts[key]) for one in wanted.get("has", ())), facts[key]
            assert not any(_says(fact, one) for fact in facts[key] for one in wanted.get("lacks", ())), facts[key]
        elif isinstance(wanted, dict):
            assert wanted.items() <= facts[key].items(), facts[key]
        else:
            assert facts[key] == wanted
    check_contract(briefing)


def _says(fact: Any, wanted: Any) -> bool:
    return bool(wanted.items() <= fact.items()) if isinstance(wanted, dict) else bool(fact == wanted)


def check_contract(briefing: Briefing) -> None:
    """Corrected facts obey the contract: spans inside the text and outside removed passages, actors that exist."""
    found = facts_json.to_object(briefing)
    text, removed = found["text"], [(r["start"], r["end"]) for r in found["removed"]]
    ids = {a["id"] for a in found["actors"]}
    for kind in ("statements", "figures", "dates", "roles", "events", "key_facts"):
        for fact in found[kind]:
            for span in fact.get("content", [fact]):
                assert 0 <= span["start"] < span["end"] <= len(text)
                assert not any(span["start"] < end and start < span["end"] for start, end in removed)
            if kind == "statements":
                assert {*fact["about"], fact["speaker"]["actor"] if fact["speaker"] else None} <= {*ids, None}
            if kind == "figures":
                assert fact["subject"] in {*ids, None}
    every = [f["id"] for kind in ("statements", "figures", "events", "key_facts") for f in found[kind]]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("case", all_cases("mistakes"))
def test_corrections_that_cannot_be_applied_are_reported(case: dict[str, Any]) -> None:
    with pytest.raises(ContentError) as caught:
        briefing_of(BODY, parsed(case["input"]), published="2021-05-04")
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 1, told
    for words in case["expect"]:
        assert words in told[0]


# --- a correction survives ---------------------------------------------------------------------

SAID = """\
edit:
  - {fact: %(figure)s, kind: figure, words: 40 cranes, value: 41, why: The port counts the old one too., by: Ada Verne}
accept:
  - {fact: %(statement)s, kind: statement, words: the quay will open in spring, speaker: Petra Quill, cue: said,
     form: indirect, actor: petra-quill}
reject:
  - {fact: %(other)s, kind: figure, words: two ferries}
add:
  - {kind: date, words: in spring, date: 2022-21}
"""


def as_found() -> tuple[str, Briefing]:
    """Corrections of facts found by the software, identified by id."""
    before = briefing_of(BODY)
    text = before.article.text
    by_words = {text[f.start : f.end]: f.id for f in before.figures}
    return SAID % {
        "figure": next(i for words, i in by_words.items() if words.startswith("40")),
        "other": next(i for words, i in by_words.items() if words.startswith("two")),
        "statement": next(s.id for s in before.statements if "quay will open" in text[s.content[0].start :][:40]),
    }, before


def holds(briefing: Briefing, ids: dict[str, str]) -> None:
    text = briefing.article.text
    figures = {f.id: f for f in briefing.figures}
    assert figures[ids["figure"]].value == 41
    assert text[figures[ids["figure"]].start :].startswith("40")
    assert ids["other"] not in figures
    assert "two" not in {text[f.start : f.end].split()[0] for f in briefing.figures}
    statement = next(s for s in briefing.statements if s.id == ids["statement"])
    assert statement.speaker is not None
    assert statement.speaker.actor == "petra-quill"
    assert text[statement.content[0].start : statement.content[-1].end].endswith("open in spring")
    assert any(d.edtf == "2022-21" for d in briefing.dates)
    assert sum("in spring" in text[d.start : d.end] for d in briefing.dates) == 1
    check_contract(briefing)


def ids_in(said: Corrections) -> dict[str, str]:
    file = said.file
    found = {"figure": file.edit[0].fact, "statement": file.accept[0].fact, "other": file.reject[0].fact}
    return {kind: name for kind, name in found.items() if name}


def nothing(reading: Reading) -> Reading:
    return replace(reading, statements=(), figures=(), dates=(), roles=(), events=(), key_facts=())


def wider(reading: Reading) -> Reading:
    """Rules that shorten every figure by a character and every statement by a word, so that all ids change."""
    figures = tuple(replace(f, end=f.end - 1, id=f"{n:010x}") for n, f in enumerate(reading.figures))
    statements = tuple(
        replace(s, content=(*s.content[:-1], replace(s.content[-1], end=s.content[-1].end - 2)), id=f"{n:09x}a")
        for n, s in enumerate(reading.statements)
    )
    return replace(reading, figures=figures, statements=statements)


@pytest.mark.parametrize("rules", [nothing, wider])
def test_a_correction_survives_other_rules(rules: Any) -> None:
    said = parsed(as_found()[0])
    holds(briefing_of(BODY, said, found=lambda article, analysis: rules(find_facts(article, analysis))), ids_in(said))


@pytest.mark.parametrize("meta", [{"title": "Quite another title"}, {"published": "1999-01-02"}, {"language": "en-GB"}])
def test_a_correction_survives_other_front_matter(meta: dict[str, str]) -> None:
    said = parsed(as_found()[0])
    holds(briefing_of(BODY, said, **meta), ids_in(said))


def test_a_correction_survives_renaming_the_article() -> None:
    text, before = as_found()
    by_id_alone = re.sub(r", kind: figure, words: 40 cranes", "", text)
    moved = briefing_of(BODY, name="2021/new-quay", replaces=("quay",))
    assert [s.id for s in moved.statements] == [s.id for s in before.statements]
    said = parsed(by_id_alone)
    holds(briefing_of(BODY, said, name="2021/new-quay", replaces=("quay", "2021/quay")), ids_in(said))


SENTENCES = st.sampled_from(
    [
        "The harbour master of Tollen, Ivo Brack, doubts it.",
        "Rain fell on 12 May 2020.",
        "“Nobody asked the crews,” Ada Verne said.",
        "It had 40 lamps and 7 boats.",
        "Buy cheap crane parts, hooks, ropes 24/7",
        "- a list\n- of things",
        "> quoted words",
        "**Strong** words and [a link](https://port.example/).",
    ]
)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 5), SENTENCES), max_size=6), st.sampled_from([" ", "\n", "  "]))
def test_a_correction_survives_edits_elsewhere(edits: list[tuple[int, str]], space: str) -> None:
    said = parsed(as_found()[0])
    paragraphs = BODY.strip().split("\n\n")
    for place, sentence in edits:
        paragraphs.insert(min(place + 1, len(paragraphs)), sentence)
    body = "\n\n".join(p.replace("quay will", f"quay{space}will") for p in paragraphs)
    holds(briefing_of(body, said), ids_in(said))


def test_equal_words_are_distinguished_by_context() -> None:
    said = parsed("edit:\n  - {kind: figure, words: 40 cranes, occurrence: 1, after: at its quays, value: 41}\n")
    body = BODY.replace("\n\n", "\n\nTollen had 40 cranes as well.\n\n", 1)
    briefing = briefing_of(body, said)
    text = briefing.article.text
    values = {text[f.start : f.end + 30]: f.value for f in briefing.figures if f.value in (40, 41)}
    assert [v for words, v in values.items() if "at its quays" in words] == [41]
    assert [v for words, v in values.items() if "as well" in words] == [40]


def test_corrected_passages_are_not_removed() -> None:
    body = BODY + "\n\nRead more: Cranes of Tollen sold\n\nSubscribe to our newsletter for daily updates\n"
    before = briefing_of(body)
    assert any("Cranes of Tollen" in body[r.start : r.end] for r in before.article.removed)
    after = briefing_of(body, parsed("add:\n  - {kind: event, words: Cranes of Tollen sold, date: 2021-05}\n"))
    assert any(e.date == "2021-05" for e in after.events)
    assert ["newsletter" in body[r.start : r.end] for r in after.article.removed] == [True]
    check_contract(after)


# --- words -------------------------------------------------------------------------------------


@given(st.text(alphabet="ab \n\t“”'", min_size=1, max_size=40), st.integers(0, 39), st.integers(1, 12))
def test_any_words_of_a_text_are_located(text: str, start: int, length: int) -> None:
    article = clean(source(text, title="t", language="en"))
    article = replace(article, hidden=())
    words = text[start : start + length]
    if not words.strip():
        return
    lead = start + len(words) - len(words.lstrip())
    found = Places(article).find(words)
    for span in found:
        assert text[span.start : span.end].split() == text[lead : lead + span.end - span.start].split() or found
    alone = all(not (a.isalnum() and b.isalnum()) for a, b in _edges(text, lead, len(words.strip())))
    if alone:
        assert any(span.start == lead for span in found) or any(s.start < lead < s.end for s in found)


def _edges(text: str, start: int, length: int) -> list[tuple[str, str]]:
    pairs = itertools.pairwise(text)
    return [pair for at, pair in enumerate(pairs, 1) if at in (start, start + length)]


# --- the file ----------------------------------------------------------------------------------


def test_corrections_file_is_next_to_its_article(tmp_path: Path) -> None:
    source = tmp_path / "quay.v2.md"
    assert read_corrections(source, "sources/quay.v2.md") is None
    assert corrections.key(source) == ""
    (tmp_path / "quay.v2.facts.yaml").write_text("edit:\n  - {words: x, valeu: 3}\n", encoding="utf-8")
    assert corrections.key(source) != ""
    with pytest.raises(ContentError) as caught:
        read_corrections(source, "sources/quay.v2.md")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("sources/quay.v2.facts.yaml", 2, 16)
    assert "Did you mean `value`?" in problem.found
    (tmp_path / "other.facts.yaml").write_text("title: A title\n", encoding="utf-8")
    assert list(corrections.without_source(tmp_path, {source})) == [tmp_path / "other.facts.yaml"]


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_a_corrections_file_or_an_error(text: str) -> None:
    said = None
    with contextlib.suppress(ContentError):
        said = parsed(text).file
    assert said is None or isinstance(said, CorrectionsFile)

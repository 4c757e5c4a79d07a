"""content/validation.py and yaml_source.py: every error at its place, with a fix to paste."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.content.problems import ContentError
from briefing.content.schema import ActorFile, Countries, FrontMatter, TopicFile
from briefing.content.validation import did_you_mean, read_contribution, refuse_conflict
from briefing.validate.json_schema import PUBLISHED

CASES = yaml.safe_load((Path(__file__).parent / "cases/validation/mistakes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_mistake_is_reported(case):
    with pytest.raises(ContentError) as caught:
        read_contribution(case["input"], PUBLISHED[case["model"]], "file.yaml")
    problems = caught.value.problems
    assert [f"{p.line}:{p.column} {p.code}" for p in problems] == [f"{e['at']} {e['code']}" for e in case["expect"]]
    for problem, expected in zip(problems, case["expect"], strict=True):
        assert expected["says"] in problem.found
        assert problem.right
        if "fix" in expected:
            assert problem.fix == expected["fix"]


def test_line_numbers_start_where_the_text_starts():
    with pytest.raises(ContentError) as caught:
        read_contribution("\ntitel: A\n", FrontMatter, "a.md", first_line=2)
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (3, 1)


def test_values_are_kept_as_written():
    value = read_contribution("- {id: norway, name: Norway, iso2: NO}\n", Countries, "c.yaml").value
    assert value.root[0].iso2 == "NO"
    front = read_contribution("published: 2012-07-04\ntitle: 2010\nnotes: yes\n", FrontMatter, "a.md").value
    assert (front.published, front.title, front.notes) == ("2012-07-04", "2010", "yes")


def test_an_alias_may_be_a_plain_name():
    text = "name: Union of Quays\nkind: organisation\naliases:\n- UQ\n- {name: Quays, type: former, until: 2001}\n"
    actor = read_contribution(text, ActorFile, "u.yaml")
    assert [(a.name, a.type, a.until) for a in actor.value.aliases] == [
        ("UQ", "name", None),
        ("Quays", "former", "2001"),
    ]
    assert (actor.place("aliases", 1, "until").line, actor.place("aliases", 1).line) == (5, 5)
    assert actor.place("website").line == 1


def test_one_word_is_a_list_of_one():
    assert read_contribution("name: Ports\nterms: quay\n", TopicFile, "t.yaml").value.terms == ("quay",)


def test_empty_front_matter_is_allowed():
    assert read_contribution("", FrontMatter, "a.md").value == FrontMatter()


@pytest.mark.parametrize("bomb", ["[" * 100_000, "a: " + "{a: " * 50_000, "- " * 50_000, "a:\n" * 3_000])
def test_yaml_bomb_is_a_problem_and_no_crash(bomb):
    with pytest.raises(ContentError):
        read_contribution(bomb, TopicFile, "t.yaml")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [("titel", ("title", "topics"), "title"), ("colour", ("title", "topics"), None), ("NAME", ("name",), "name")],
)
def test_did_you_mean(word, known, meant):
    assert did_you_mean(word, known) == meant


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_its_line(text):
    for model in PUBLISHED.values():
        problems = ()
        try:
            read_contribution(text, model, "any.yaml")
        except ContentError as error:
            problems = error.problems
        assert all(p.line >= 1 and p.found and p.right for p in problems)


def test_many_conflict_markers_are_read_in_one_pass():
    for sign in ("<<<<<<< a\n", "<<<<<<< a\n=======\n", "=======\n"):
        refuse_conflict(sign * 5000 + "\n>>>>>>>no sign of git", "a.md")  # matching from every start would take hours
    with pytest.raises(ContentError, match=r"a\.md:2:1"):
        refuse_conflict("text\n<<<<<<< a\none\n=======\nother\n>>>>>>> b", "a.md")

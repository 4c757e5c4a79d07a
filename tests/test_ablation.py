"""training/ablation: what a rule answers when it has nothing to say, and that switching off ends with its process."""

import functools
import re
from collections.abc import Iterator, Sequence

import pytest

from briefing.facts import events
from training import ablation
from training.ablation import GROUPS, Switch, apart, find_switches, neutral_list, neutral_of, switch_off

pytestmark = pytest.mark.xdist_group("ablation")  # so that one worker alone finds the switches


@functools.cache
def switches() -> list[Switch]:
    """All switches; finding them imports and parses every module, which collecting tests should not do."""
    return find_switches()


def test_rules_patterns_words_thresholds_steps_and_lists_are_found():
    ids = {s.id for s in switches()}
    assert {s.kind for s in switches()} == {"rule", "pattern", "words", "threshold", "step", "list"}
    assert "rule briefing.facts.events find_events" in ids
    assert "list events no_happening" in ids
    assert len(ids) == len(switches())


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_names_a_rule(group):
    assert any(s.kind == "rule" and ablation.is_named(s, GROUPS[group]) for s in switches()), (
        f"{group}: no function is called {' or '.join(GROUPS[group])} any more; rename it in training/ablation.py"
    )


def test_a_rule_without_anything_to_say_answers_by_its_type():
    def is_name(word: "str") -> "bool": ...
    def find_verb(words: "Sequence[str]") -> "int | None": ...
    def find_all(words: "str") -> "Iterator[int]": ...
    def without_titles(kind: "int", names: "Sequence[str]") -> "list[str]": ...
    def weigh(word: "str") -> "float": ...

    assert neutral_of(is_name)(("Ada",), {}) is False
    assert neutral_of(find_verb)((["said"],), {}) is None
    assert list(neutral_of(find_all)(("x",), {})) == []
    assert neutral_of(without_titles)((1, ("Ada", "Bo")), {}) == ["Ada", "Bo"]
    assert neutral_of(without_titles)((1,), {"names": ("Ada",)}) == ["Ada"]
    assert neutral_of(weigh) is None


def test_a_word_list_keeps_its_shape():
    nothing = ablation.NOWHERE
    assert neutral_list(["one", "two"]) == [nothing]
    assert neutral_list({"m": ["Jan"], "f": ["Ada"]}) == {"m": [nothing], "f": [nothing]}
    assert neutral_list({"one": 1, "two": 2}) == {nothing: 1}


@pytest.mark.parametrize(
    ("switch", "now"),
    [
        (Switch("rule", "briefing.facts.events", "find_events"), "events.find_events(1, (2,), ()) == ()"),
        (Switch("pattern", "briefing.facts.events", "DAY"), "events.DAY.match('2020-01-01') is None"),
        (Switch("words", "briefing.facts.events", "NOUNS"), "events.NOUNS == frozenset()"),
        (Switch("threshold", "briefing.facts.events", "SHORT", "0"), "events.SHORT == 0"),
    ],
)
def test_what_is_off_is_off_in_its_own_process_only(switch, now):
    def work():
        switch_off([switch])
        return eval(now)

    assert switch in switches()
    assert apart(work) is True
    assert events.SHORT == 40
    assert isinstance(events.DAY, re.Pattern)
    assert events.NOUNS


def test_a_program_that_breaks_is_told():
    assert "ZeroDivisionError" in str(apart(lambda: 1 // 0))

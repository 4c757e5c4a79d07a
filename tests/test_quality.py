"""tests/quality: labels match their articles, the comparison is strict, floors hold."""

import copy

import pytest
import yaml

from briefing.content.sources import read_source
from tests.quality import __main__ as command
from tests.quality.labels import ROOT, LabelError, label_files, read_gold, source_of
from tests.quality.match import compare, overlap
from tests.quality.scores import PUBLIC, TRANSLATIONS, floors_after, problems, table, write_scores

LABELS = label_files()

TEXT = """Ada Brunel, director of Quill Works, said that sales rose by 12 percent in May 2020.
"We will hire," she added. Mid-sized rivals waited.
Buy quills! 24 colours!
"""
GOLD = {
    "source": "quill.md",
    "title": "given",
    "published": {"edtf": "2020-06-01", "basis": "given"},
    "removed": ["Buy quills! ... colours!"],
    "actors": {"Ada Brunel": ["person", "Ada Brunel"], "Quill Works": ["organisation", "Quill Works"]},
    "not_actors": ["Mid-sized"],
    "roles": [["Ada Brunel", "director", "Quill Works"]],
    "statements": [
        {"who": "Ada Brunel", "cue": "said", "form": "indirect", "what": "that sales rose ... May 2020"},
        {"who": "she", "is": "Ada Brunel", "cue": "added", "form": "direct", "what": "We will hire"},
    ],
    "figures": [["12 percent", 12, "percent"]],
    "measures": [["12 percent", "sales", "Quill Works"]],
    "dates": [["May 2020", "2020-05"]],
    "events": [["sales rose", "2020-05"]],
    "key_facts": ["that sales rose"],
    "news": ["that sales rose by 12 percent"],
    "notes": [["removed-text"]],
}


def place(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def facts():
    """Perfect facts about TEXT."""
    return {
        "text": TEXT,
        "title": {"value": "Quill", "basis": "given"},
        "published": {"edtf": "2020-06-01", "basis": "given"},
        "removed": [place("Buy quills! 24 colours!")],
        "actors": [
            {"id": "ada", "name": "Ada Brunel", "kind": "person", "mentions": [place("Ada Brunel") | {"how": "name"}]},
            {
                "id": "quill",
                "name": "Quill Works",
                "kind": "organisation",
                "mentions": [place("Quill Works") | {"how": "name"}],
            },
        ],
        "roles": [{"actor": "ada", "title": "director", "organisation": "quill"} | place("director of Quill Works")],
        "statements": [
            {
                "speaker": place("Ada Brunel") | {"actor": "ada"},
                "cue": place("said"),
                "content": [place("that sales rose by 12 percent in May 2020")],
                "form": "indirect",
                "hedged": False,
            },
            {
                "speaker": place("she") | {"actor": "ada"},
                "cue": place("added"),
                "content": [place("We will hire")],
                "form": "direct",
                "hedged": False,
            },
        ],
        "figures": [
            {"value": 12.0, "high": None, "unit": "percent", "measure": "pen sales", "subject": "quill"}
            | place("12 percent")
        ],
        "dates": [{"edtf": "2020-05", "relative": None} | place("May 2020")],
        "events": [{"date": "2020-05"} | place("sales rose by 12 percent in May 2020")],
        "key_facts": [place("said that sales rose by 12 percent")],
        "notes": [{"code": "removed-text", "message": "", "start": None, "end": None}],
    }


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "quill.yaml"
    path.write_text(yaml.safe_dump(GOLD), encoding="utf-8")
    return read_gold(path, TEXT)


def test_enough_articles_are_labelled():
    assert len(LABELS) >= 15
    assert len({source_of(path) for path in LABELS}) == len(LABELS)


@pytest.mark.parametrize("path", LABELS, ids=[path.stem for path in LABELS])
def test_every_label_is_found_in_its_article(path):
    source = ROOT / source_of(path)
    body = read_source(source, "x").body
    found = read_gold(path, body)
    assert found.statements
    assert found.key_facts
    for actor in found.actors:
        assert actor.mentions, f"{actor.name}: every mention belongs to somebody else"
    figures = [f.span for f in found.figures]
    assert len(set(figures)) == len(figures), "one place labelled twice"
    assert not any(overlap(f, r) for f in figures for r in found.removed)
    assert sorted(m.span for m in found.measures) == sorted(figures), "every figure has its measure"


def test_missing_string_is_reported(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(yaml.safe_dump(GOLD | {"dates": [["May 2021", "2021-05"]]}), encoding="utf-8")
    with pytest.raises(LabelError, match="May 2021"):
        read_gold(path, TEXT)


def test_a_statement_with_an_unknown_key_is_an_error(tmp_path):
    """YAML cuts `what: sold 1,200 pens` inside braces at the comma, which must not become a label."""
    path = tmp_path / "cut.yaml"
    row = {"who": "she", "cue": "added", "form": "direct", "what": "We will", "200 pens": None}
    path.write_text(yaml.safe_dump(GOLD | {"statements": [row]}), encoding="utf-8")
    with pytest.raises(LabelError, match="200 pens"):
        read_gold(path, TEXT)


def test_perfect_facts_score_fully(gold):
    for kind, tally in compare(gold, facts()).items():
        assert tally.right > 0, kind
        assert not tally.missed, kind
        assert not tally.wrong, kind


def wrong_speaker(f):
    f["statements"][0]["speaker"] = place("Quill Works") | {"actor": "quill"}


def wrong_value(f):
    f["figures"][0]["value"] = 21.0


def wrong_unit(f):
    f["figures"][0]["unit"] = "t"


def wrong_measure(f):
    f["figures"][0]["measure"] = "rivals"


def no_subject(f):
    f["figures"][0]["subject"] = None


def wrong_event(f):
    f["events"][0]["date"] = "2021-05"


def event_in_vain(f):
    f["events"].append({"date": "2020-05"} | place("Mid-sized rivals waited"))


def wrong_date(f):
    f["dates"][0]["edtf"] = "2021-05"


def wrong_kind(f):
    f["actors"][1]["kind"] = "person"


def actor_in_vain(f):
    f["actors"].append(
        {"id": "m", "name": "Mid-sized", "kind": "organisation", "mentions": [place("Mid-sized") | {"how": "name"}]}
    )


def lost_title(f):
    f["roles"][0]["title"] = "treasurer"


def half_content(f):
    f["statements"][0]["content"] = [place("that sales")]


def wrong_form(f):
    f["statements"][1]["form"] = "indirect"


def wrong_pronoun(f):
    f["statements"][1]["speaker"]["actor"] = "quill"


def too_much_removed(f):
    f["removed"] = [place('"We will hire," she added.'), *f["removed"]]


def idle_note(f):
    f["notes"].append({"code": "masked-word", "message": "", **place("rivals")})


def no_key_fact(f):
    f["key_facts"] = [place("Mid-sized rivals waited.")]


def background_first(f):
    f["key_facts"] = [place("Mid-sized rivals waited."), *f["key_facts"]]


@pytest.mark.parametrize(
    ("spoil", "missed", "wrong"),
    [
        (wrong_speaker, {"statements", "statements: linked"}, {"statements", "statements: linked"}),
        (wrong_value, {"figures"}, {"figures"}),
        (wrong_unit, {"figures", "figures: unit"}, {"figures"}),
        (wrong_measure, {"figures: measure"}, {"figures: measure"}),
        (no_subject, {"figures: subject"}, set()),
        (wrong_event, {"events"}, {"events"}),
        (event_in_vain, set(), {"events", "events: place"}),
        (wrong_date, {"dates"}, {"dates"}),
        (wrong_kind, {"actors"}, {"actors"}),
        (actor_in_vain, {"no actor"}, {"actors", "mentions"}),
        (lost_title, {"roles"}, {"roles"}),
        (half_content, {"statements", "statements: linked"}, {"statements"}),
        (wrong_form, {"statements: form"}, set()),
        (wrong_pronoun, {"statements: actor", "statements: linked"}, {"statements: linked"}),
        (too_much_removed, set(), {"removed"}),
        (idle_note, set(), {"notes"}),
        (no_key_fact, {"key facts", "key facts: news first", "key facts: list unchanged"}, set()),
        (background_first, {"key facts: news first", "key facts: list unchanged"}, set()),
    ],
)
def test_mistake_lowers_only_its_own_score(gold, spoil, missed, wrong):
    spoilt = copy.deepcopy(facts())
    spoil(spoilt)
    tallies = compare(gold, spoilt)
    assert {k for k, t in tallies.items() if t.missed} == missed
    assert {k for k, t in tallies.items() if t.wrong} == wrong


def measures(f1, digest="d"):
    numbers = {"precision": f1, "recall": f1, "f1": f1, "right": 1, "asked": 1, "given": 1}
    return {"digest": digest, "articles": 1, "kinds": {"figures": numbers}}


def test_a_drop_below_the_floor_is_a_problem():
    kept = {"digest": "d", "floors": {"figures": 80.0}}
    assert problems(measures(80.0), kept) == []
    assert problems(measures(79.9), kept) == ["figures: 79.9 is below its floor of 80.0"]
    assert "changed" in problems(measures(80.0, digest="other"), kept)[0]
    assert problems(measures(80.0), {})


def test_missing_kind_is_a_problem():
    assert problems({**measures(90.0), "kinds": {}}, {"digest": "d", "floors": {"figures": 80.0}})


def test_translations_are_asked_for_only_where_their_corpus_is():
    kept = {"digest": "d", "floors": {"figures": 80.0, TRANSLATIONS: 60.0}}
    assert problems(measures(80.0), kept) == []
    assert floors_after(measures(80.0), kept) == ({TRANSLATIONS: 60.0, "figures": 80.0}, [])
    read = measures(80.0)
    read["kinds"][TRANSLATIONS] = read["kinds"]["figures"] | {"f1": 59.0}
    assert problems(read, kept) == ["translations: 59.0 is below its floor of 60.0"]


def test_floors_rise_beyond_the_slack_and_fall_only_on_request():
    kept = {"digest": "d", "floors": {"figures": 80.0}}
    assert floors_after(measures(90.0), kept) == ({"figures": 89.5}, [])
    assert floors_after(measures(80.2), kept) == ({"figures": 80.0}, [])
    floors, lowered = floors_after(measures(70.0), kept)
    assert floors == {"figures": 69.5}
    assert lowered == ["figures: floor 80.0 -> 69.5"]


def test_the_command_refuses_to_lower_a_floor_without_a_reason(tmp_path, monkeypatch, capsys):
    path = tmp_path / "scores.yaml"
    write_scores(measures(90.0), {"figures": 89.5}, {}, None, [], path)

    def read():
        return yaml.safe_load(path.read_text(encoding="utf-8"))

    monkeypatch.setattr(command, "measure", lambda only: measures(70.0) | {"errors": {}})
    monkeypatch.setattr(command, "read_scores", read)
    monkeypatch.setattr(command, "write_scores", lambda *a: write_scores(*a, path))
    assert command.main([]) == 1
    assert command.main(["--update"]) == 1
    assert read()["floors"] == {"figures": 89.5}
    assert command.main(["--update", "--allow-lower", "a harder set"]) == 0
    assert read()["floors"] == {"figures": 69.5}
    assert read()["lowered"][0]["why"] == "a harder set"
    assert command.main([]) == 0
    assert "figures" in capsys.readouterr().out


def test_table_has_one_line_per_kind():
    assert table(measures(80.0), {"floors": {"figures": 75.0}}).splitlines()[-1].split()[:5] == [
        "figures", "80.0", "80.0", "80.0", "75.0",
    ]  # fmt: skip


def test_public_measures_name_their_best_system():
    for corpus in yaml.safe_load(PUBLIC.read_text(encoding="utf-8")):
        for measure in corpus["measures"]:
            assert measure["best"] > 0
            assert measure["system"]

"""Issue forms: each becomes one valid file, whatever its text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from briefing import corrections
from briefing.cli import main
from briefing.cli.issue_forms import FORMS, SAYS, FormError, from_issue
from briefing.config import load_config
from briefing.content.scaffold import new_article
from briefing.content.schema import ActorFile, FrontMatter
from briefing.content.sources import split_front_matter
from briefing.content.validation import read_contribution
from briefing.content.yaml_source import read_yaml
from briefing.model import Meta
from tests.conftest import ROOT

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
TEMPLATES = {path.stem: yaml.safe_load(path.read_text()) for path in FOLDER.glob("*.yml") if path.stem != "config"}


def issue(form: str, *filled: str, number: int = 7) -> dict[str, Any]:
    fields = zip(FORMS[form], filled, strict=True)
    body = "\r\n\r\n".join(f"### {label}\r\n\r\n{value or '_No response_'}" for label, value in fields)
    return {"issue": {"number": number, "labels": [{"name": form}], "user": {"login": "ada"}, "body": body}}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archive")
    (root / "sources" / "2021").mkdir(parents=True)
    (root / "actors").mkdir()
    (root / "mkdocs.yml").write_text("site_name: A test\n")
    (root / "sources" / "2021" / "quay.md").write_text("The quay has 40 cranes.\n")
    return root


@pytest.mark.parametrize("form", FORMS)
def test_form_fields_match_the_templates(form: str) -> None:
    (template,) = [t for t in TEMPLATES.values() if form in t["labels"]]
    assert tuple(part["attributes"]["label"] for part in template["body"]) == FORMS[form]


def test_every_choice_of_the_correction_form_is_handled() -> None:
    (choice,) = [p for p in TEMPLATES["correction"]["body"] if p["id"] == "what"]
    assert choice["attributes"]["options"] == list(SAYS)


def test_an_article(archive: Path) -> None:
    event = issue("new article", "Ports: a #1 review", "2021-05-04", "", "https://example.org/a", "Whole text",
                  "A first line.\n\n### Title\n\nMore.")  # fmt: skip
    path, text = from_issue(event, load_config(archive / "mkdocs.yml"))
    assert path == "sources/2021/2021-05-04-ports-a-1-review.md"
    parts = split_front_matter(text, Path(path))
    head = read_contribution(parts.head or "", FrontMatter, path).value
    assert head.title == "Ports: a #1 review"
    assert (head.published, head.publisher, head.rights) == ("2021-05-04", None, "full")
    assert parts.body == "A first line.\n\n### Title\n\nMore.\n"


@pytest.mark.parametrize(
    ("title", "published"),
    [
        ("Ports: a #1 review", "2021-05-04"),
        ("新码头", ""),
        ("A " + "very " * 20 + "long quay", "2021-05"),
        ("Yes", "2021"),
    ],
)
def test_a_form_and_new_write_the_same_file(tmp_path: Path, title: str, published: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\n")
    config = load_config(tmp_path / "mkdocs.yml")
    event = issue("new article", title, published, "", "", "Whole text", "A first line.")
    path, text = from_issue(event, config)
    written = new_article(config.sources, Meta(title=title, published=published, rights="full"), "A first line.")
    assert path == config.label(written)
    assert text == written.read_text(encoding="utf-8")
    assert from_issue(event, config)[0] == path.replace(".md", "-7.md")


def test_an_article_without_a_title_is_named_after_its_first_line(archive: Path) -> None:
    event = issue("new article", "", "", "", "", "Whole text", "A first line.\nMore.")
    assert from_issue(event, load_config(archive / "mkdocs.yml"))[0] == "sources/undated/a-first-line.md"


def test_an_actor(archive: Path) -> None:
    event = issue("new actor", "Señor: Ruiz", "person", "- S. Ruiz\nNull", "", "A man\nof Tollen.")
    path, text = from_issue(event, load_config(archive / "mkdocs.yml"))
    assert path == "actors/people/senor-ruiz.yaml"
    actor = read_contribution(text, ActorFile, path).value
    assert [a.name for a in actor.aliases] == ["S. Ruiz", "Null"]
    assert actor.note == "A man of Tollen."


@pytest.mark.parametrize("what", SAYS)
def test_a_correction(archive: Path, what: str) -> None:
    right = {"Change the value": "41", "Change the upper value": "42", "Change the date": "2021-05",
             "Change the kind": "event", "Change the actor": "ada-verne"}.get(what, "crates")  # fmt: skip
    filled = ("sources/2021/quay.md", "nonsense", "40 cranes", "figure", what, right, "I was\nthere.")
    path, text = from_issue(issue("correction", *filled), load_config(archive / "mkdocs.yml"))
    assert path == "sources/2021/quay.facts.yaml"
    said = corrections.parse(text, path).file
    (entry,) = getattr(said, SAYS[what][0])
    assert (entry.words, entry.by, entry.fact) == ("40 cranes", "ada", None)
    assert entry.why == "I was\nthere."


AS_PEOPLE_WRITE = yaml.safe_load((ROOT / "tests/cases/validation/written.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("written", AS_PEOPLE_WRITE["date"])
def test_dates_as_people_write_them(archive: Path, tmp_path: Path, written: str) -> None:
    config = load_config(archive / "mkdocs.yml")
    right = AS_PEOPLE_WRITE["date"][written]
    event = issue("new article", "A quay", written, "", "www.example.org/a", "Whole text", "A first line.")
    _, text = from_issue(event, config)
    head = yaml.safe_load(text.split("---")[1])
    assert (str(head["published"]), head["url"]) == (right, "https://www.example.org/a")
    filled = ("sources/2021/quay.md", "", "40 cranes", "event", "Change the date", written, "")
    assert (
        f"date: '{right}'" in (said := from_issue(issue("correction", *filled), config)[1]) or f"date: {right}" in said
    )
    if right != written:
        path = new_article(tmp_path, Meta(title="A quay", published=written))
        assert f"published: {right}\n" in path.read_text()


@pytest.mark.parametrize("key", ["value", "unit"])
def test_numbers_and_units_as_people_write_them(archive: Path, key: str) -> None:
    for written, right in AS_PEOPLE_WRITE[key].items():
        filled = ("sources/2021/quay.md", "", "40 cranes", "figure", f"Change the {key}", written, "")
        _, text = from_issue(issue("correction", *filled), load_config(archive / "mkdocs.yml"))
        assert yaml.safe_load(text)["edit"][0][key] == right, written


@pytest.mark.parametrize("article", ["sources/../mkdocs.yml", "/etc/passwd", "mkdocs.yml", "", "sources/2021/none.md"])
def test_a_correction_of_something_else_is_refused(archive: Path, article: str) -> None:
    filled = (article, "", "40 cranes", "figure", "Remove this fact", "", "")
    with pytest.raises(FormError):
        from_issue(issue("correction", *filled), load_config(archive / "mkdocs.yml"))


@given(st.lists(st.text(max_size=40), min_size=6, max_size=6))
def test_any_text_stays_inside_the_archive_and_inside_its_file(archive: Path, filled: list[str]) -> None:
    try:
        path, text = from_issue(issue("new article", *filled), load_config(archive / "mkdocs.yml"))
    except FormError:
        return
    assert (archive / path).resolve().is_relative_to(archive / "sources")
    assert path.endswith(".md")
    assert ".." not in path
    head = read_yaml(text.split("---\n")[1], path)
    assert not [p for p in head.problems if p.code == "yaml-syntax"]
    assert set(head.value) <= {"title", "published", "publisher", "url", "rights"}


def test_form_is_recognised_without_its_label(archive: Path) -> None:
    event = issue("new actor", "Ivo Brack", "person", "", "", "")
    event["issue"]["labels"] = []
    assert from_issue(event, load_config(archive / "mkdocs.yml"))[0] == "actors/people/ivo-brack.yaml"


def test_command_writes_one_file(archive: Path, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps(issue("new actor", "Ivo Brack", "person", "", "", "")))
    given = ["from-issue", str(event), "--output", str(tmp_path / "out"), "--config", str(archive / "mkdocs.yml")]
    assert CliRunner().invoke(main, given, catch_exceptions=False).exit_code == 0
    assert [p.name for p in (tmp_path / "out").rglob("*") if p.is_file()] == ["ivo-brack.yaml"]
    event.write_text(json.dumps({"issue": {"number": 1, "labels": [], "user": {"login": "x"}, "body": None}}))
    assert CliRunner().invoke(main, given).exit_code == 1


def test_lone_surrogates_are_replaced(archive: Path) -> None:
    event = issue("new article", "A \ud800quay", "2021", "", "", "Whole text", "The quay \udfff has 40 cranes.")
    path, text = from_issue(json.loads(json.dumps(event)), load_config(archive / "mkdocs.yml"))
    assert "The quay \ufffd has 40 cranes." in text
    (path + text).encode()


@pytest.mark.parametrize("before", ["- a\n- b\n", "a line\n", "comment: a line\n", "comment: {a: b}\n", "x: [\n"])
def test_a_correction_beside_a_broken_file_is_refused(before: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\n")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/quay.md").write_text("The quay has 40 cranes.\n")
    (tmp_path / "sources/quay.facts.yaml").write_text(before)
    filled = ("sources/quay.md", "", "40 cranes", "figure", "Remove this fact", "", "")
    with pytest.raises(FormError, match=r"quay\.facts\.yaml has an error"):
        from_issue(issue("correction", *filled), load_config(tmp_path / "mkdocs.yml"))


@pytest.mark.parametrize("name", ["Con", "AUX", "com1"])
def test_no_form_gives_a_name_that_is_reserved(archive: Path, name: str) -> None:
    config = load_config(archive / "mkdocs.yml")
    assert (
        from_issue(issue("new actor", name, "person", "", "", ""), config)[0] == f"actors/people/{name.lower()}-1.yaml"
    )
    path, _ = from_issue(issue("new article", name, "", "", "", "Whole text", "Text."), config)
    assert path == f"sources/undated/{name.lower()}-1.md"

"""Settings of an archive over the shipped ones, registries, and the reference of all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from briefing.cli import main
from briefing.cli.options import in_words
from briefing.cli.reference import PAGE, reference
from briefing.config import load_mkdocs, merged, pack, read_config
from briefing.content.schema import Settings
from briefing.registry import check_registry
from tests.commands import run, write
from tests.conftest import ROOT

TOC = {"toc": {"permalink": False}}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"nav": ["b.md"]}, {"nav": ["b.md"]}),
        ({"extra_css": ["mine.css", "a.css"]}, {"extra_css": ["mine.css", "a.css"]}),
        ({"extra_css": ["mine.css"]}, {"extra_css": ["a.css", "mine.css"]}),
        ({"markdown_extensions": [TOC]}, {"markdown_extensions": ["tables", TOC]}),
        ({"not_in_nav": "/own/"}, {"not_in_nav": "/care/\n/own/"}),
        ({"theme": {"language": "de"}}, {"theme": {"name": "material", "language": "de"}}),
        ({"theme": "readthedocs"}, {"theme": {"name": "readthedocs", "language": "en"}}),
        ({"extra": {"briefing": {"rights": "full"}}}, {"extra": {"generator": False, "briefing": {"rights": "full"}}}),
        ({"site_name": "Quays"}, {"site_name": "Quays", "nav": ["a.md"]}),
        ({"plugins": ["tags"]}, {"plugins": ["tags"]}),
    ],
)  # fmt: skip
def test_own_settings_are_laid_over_the_shipped_ones(own: dict[str, Any], expected: dict[str, Any]) -> None:
    shipped = {
        "nav": ["a.md"],
        "extra_css": ["a.css"],
        "markdown_extensions": ["tables", {"toc": {"permalink": True}}],
        "not_in_nav": "/care/",
        "theme": {"name": "material", "language": "en"},
        "extra": {"generator": False},
        "plugins": [],
    }
    found = merged(shipped, own)
    assert {key: found[key] for key in expected} == expected


def test_own_theme_files_come_before_the_shipped_ones(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"mkdocs.yml": "site_name: Quays\ntheme:\n  custom_dir: look\n", "look/main.html": "x", "docs/a.md": "x"},
    )
    dirs = [Path(folder) for folder in load_mkdocs(tmp_path / "mkdocs.yml", tmp_path / "docs").theme.dirs]
    assert dirs[:2] == [tmp_path / "look", ROOT / "templates" / "theme"]
    assert "material" in dirs[2].as_posix()


def test_packs_are_self_contained_and_disjoint() -> None:
    world, problems = check_registry(Path("/nowhere"), pack("world"))
    assert not [p for p in problems if p.severity == "error"]
    both, problems = check_registry(Path("/nowhere"), [*pack("world"), *pack("critical-minerals")])
    assert not [p for p in problems if p.severity == "error"]
    assert both.digest == check_registry(ROOT / "actors")[0].digest
    assert {"china", "united-nations", "european-commission", "emmanuel-macron"} <= world.by_id.keys()
    assert not {"lynas-rare-earths", "minerals-security-partnership"} & world.by_id.keys()
    words = " ".join(f"{actor.name} {actor.note}" for actor in world.actors).lower()
    assert not [word for word in ("rare earth", "mineral", "lithium", "mining") if word in words]


def test_later_registries_and_own_actors_win(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "site_name: Quays\nextra:\n  briefing:\n    registries: [world, extra, one/nato.yaml]\n",
        "extra/people/emmanuel-macron.yaml": "name: E. Macron\nkind: person\n",
        "extra/people/petra-quill.yaml": "name: Petra Quill\nkind: person\n",
        "one/nato.yaml": "name: The Alliance\nkind: organisation\n",
        "actors/people/petra-quill.yaml": "name: Petra K. Quill\nkind: person\n",
        "sources/a.md": "A quay is built.\n",
    }
    config, problems = read_config(write(tmp_path, files) / "mkdocs.yml")
    assert not problems
    registry, _ = check_registry(config.actors, config.registries)
    names = [registry.by_id[i].name for i in ("emmanuel-macron", "petra-quill", "nato", "china")]
    assert names == ["E. Macron", "Petra K. Quill", "The Alliance", "China"]
    assert not check_registry(config.actors, ())[0].by_id.keys() - {"petra-quill"}


def test_one_id_in_two_folders_of_a_registry_is_an_error_and_full_folders_are_named(tmp_path: Path) -> None:
    twice = {f"{folder}/ada-verne.yaml": "name: Ada Verne\nkind: person\n" for folder in ("people", "others")}
    found = check_registry(write(tmp_path / "actors", twice), ())[1]
    assert [p.code for p in found if p.severity == "error"] == ["same-id"]
    many = {f"people/p{n}.yaml": f"name: Person P{n}\nkind: person\n" for n in range(1001)}
    found = check_registry(write(tmp_path / "many", many), ())[1]
    assert [(p.code, p.severity) for p in found] == [("full-folder", "advice")]


def test_no_folder_of_our_actors_is_too_full_for_github() -> None:
    folders = [path for path in (ROOT / "actors").rglob("*") if path.is_dir()]
    assert {folder.name for folder in folders} >= {"people", "organisations", "world"}
    assert max(len(list(folder.glob("*.yaml"))) for folder in folders) <= 1000


def test_the_reference_names_every_setting_verb_and_option_and_is_up_to_date() -> None:
    text = reference()
    assert PAGE.read_text(encoding="utf-8") == text, "run: python -m briefing.cli.reference"
    for name, field in Settings.model_fields.items():
        assert f"| `{name}` |" in text
        assert field.description, name
    pending: list[tuple[str, click.Command]] = [("briefing", main)]
    while pending:
        name, command = pending.pop()
        if isinstance(command, click.Group):
            pending += [(f"{name} {verb}", inner) for verb, inner in command.commands.items()]
        elif name:
            section = text.split(f"### {name} {{")[1].split("\n### ")[0]
            for param in command.params:
                assert not isinstance(param, click.Option) or param.opts[0] in section, (name, param.name)


def test_durations_are_worded() -> None:
    assert [in_words(s) for s in (0.4, 59, 86.2, 7300)] == ["0 s", "59 s", "1 min 26 s", "2 h 1 min"]


def test_a_verb_writes_completion_and_new_archive_refuses_a_full_folder(tmp_path: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_BRIEFING_COMPLETE" in run("completion", shell, cwd=tmp_path).stdout
    write(tmp_path / "full", {"a.md": "x"})
    assert run("new-archive", "full", "--yes", cwd=tmp_path).returncode == 2
    assert run("new-archive", "new", "--yes", "--language", "english", cwd=tmp_path).returncode == 2
    assert run("new-archive", "new", "--yes", "--registry", "none", cwd=tmp_path).returncode == 2
    assert run("new-archive", "new", "--yes", "--name", 'A: "B" & <C>', cwd=tmp_path).returncode == 0
    assert read_config(tmp_path / "new" / "mkdocs.yml")[0].name == 'A: "B" & <C>'
    assert run("check", cwd=tmp_path / "new").returncode == 0

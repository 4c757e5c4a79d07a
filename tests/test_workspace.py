"""An archive opened once: what it finds, how it names files, and when a briefing must be made again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing import registry
from briefing.config import Config, load_config
from briefing.pipeline.article import problems_of
from briefing.pipeline.workspace import CACHE_FILE, open_workspace
from briefing.unchanged import look


@pytest.fixture
def config(tmp_path: Path) -> Config:
    files = {
        "mkdocs.yml": "site_name: Quays\n",
        "sources/2021/quay.md": "The quay has 40 cranes.\n",
        "sources/2022/ferry.md": "---\ntopics: ports\n---\nThe ferry has two decks.\n",
        "sources/2022/lost.facts.yaml": "accept: []\n",
        "actors/ada-verne.yaml": "name: Ada Verne\nkind: person\n",
        "actors/bad.yaml": "name: Bad\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return load_config(tmp_path / "mkdocs.yml")


def test_the_whole_archive(config: Config) -> None:
    with closing(open_workspace(config)) as workspace:
        assert [source.id for source in workspace.sources] == ["2021/quay", "2022/ferry"]
        assert [(p.path, p.code) for p in workspace.errors] == [
            ("actors/bad.yaml", "missing-key"),
            ("sources/2022/lost.facts.yaml", "no-article"),
        ]
        assert "ada-verne" in workspace.registry.by_id
        assert "bad" not in workspace.registry.by_id
        quay, ferry = workspace.sources
        assert problems_of(workspace, quay) == []
        assert [(p.path, p.line, p.code) for p in problems_of(workspace, ferry)] == [
            ("sources/2022/ferry.md", 2, "unknown-topic")
        ]


def test_given_articles_keep_their_paths_and_leave_no_file(config: Config) -> None:
    path = config.sources / "2022/ferry.md"
    with closing(open_workspace(config, [path], read_only=True)) as workspace:
        (ferry,) = workspace.sources
        assert ferry == (path, "2022/ferry")
        assert {p.path for p in workspace.errors} == {str(config.actors / "bad.yaml")}
        assert {p.path for p in problems_of(workspace, ferry)} == {str(path)}
    assert not (config.cache / CACHE_FILE).exists()


def key_of_quay(config: Config) -> str:
    with closing(open_workspace(config)) as workspace:
        return workspace.keys["2021/quay"]


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("sources/2021/quay.md", True),
        ("sources/2021/quay.facts.yaml", True),
        ("actors/ada-verne.yaml", False),  # what an article asks of the registry has keys of its own: link/asked.py
        ("sources/2022/ferry.md", False),
        ("sources/2022/lost.facts.yaml", False),
    ],
)
def test_the_key_of_a_briefing_changes_with_what_it_is_made_from(config: Config, changed: str, again: bool) -> None:
    before = key_of_quay(config)
    with (config.root / changed).open("a") as file:
        file.write("note: More.\n")
    assert (key_of_quay(config) != before) is again


def test_registry_files_are_read_again_only_if_they_changed(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept gives the same registry and the same problems, with their places."""
    (config.actors / "jon-ward.yaml").write_text("name: Jon Ward\nkind: person\ncountry: norwich\n")
    read: list[str] = []
    real = registry.read_contributed_file

    def counted(path: Path, model: Any) -> Any:
        read.append(path.name)
        return real(path, model)

    monkeypatch.setattr(registry, "read_contributed_file", counted)

    def opened() -> tuple[object, list[str]]:
        read.clear()
        with closing(open_workspace(config, hashes=look(config).hashes)) as workspace:
            return (workspace.registry.actors, workspace.errors), sorted(read)

    first, read_first = opened()
    assert {p.path: p.line for p in first[1]}["actors/jon-ward.yaml"] == 3
    again, read_again = opened()
    assert again == first
    assert {"ada-verne.yaml", "countries.yaml"} <= {*read_first} - {*read_again}
    assert {"bad.yaml", "jon-ward.yaml"} <= {*read_again}  # they have problems to report
    (config.actors / "ada-verne.yaml").write_text("name: Ada Verne\nkind: person\naliases: [A. Verne]\n")
    changed, read_again = opened()
    assert "ada-verne.yaml" in read_again
    assert changed[0] == open_workspace(config).registry.actors != first[0]


def test_registry_file_saved_while_it_is_read_is_read_again(config: Config) -> None:
    path = config.actors / "ada-verne.yaml"
    before, looked = path.read_text(), look(config).hashes
    path.write_text("name: Ada Vern\nkind: person\n")
    with closing(open_workspace(config, hashes=looked)) as workspace:
        assert workspace.registry.by_id["ada-verne"].name == "Ada Vern"
    path.write_text(before)
    with closing(open_workspace(config, hashes=look(config).hashes)) as workspace:
        assert workspace.registry.by_id["ada-verne"].name == "Ada Verne"

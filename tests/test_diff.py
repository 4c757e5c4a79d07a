"""`build.py diff`: what a change does to articles, facts, actors and pages, on small repositories."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import markdown as python_markdown
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import main
from briefing.diff import cut, text
from briefing.git import GitError, authors, commit, files_at

QUAY = """\
---
title: Aldermoor opens its new quay
published: 2021-05-04
---

The works cost 310 million euros, said Petra Quill, the mayor of Aldermoor. The quay has 40 cranes.
"""
FERRY = """\
---
title: A ferry for Tollen
published: 2021-06-01
---

The mayor of Aldermoor, Petra Quill, warned that the ferry will cost 12 million euros. It opens on 3 May 2022.
"""
IDENTITY = {"GIT_AUTHOR_NAME": "Ada Verne", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_COMMITTER_NAME": "Ada Verne", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": "2021-06-02T12:00:00Z", "GIT_COMMITTER_DATE": "2021-06-02T12:00:00Z"}  # fmt: skip


def git(root: Path, *args: str) -> str:
    environment = os.environ | IDENTITY
    ran = subprocess.run(["git", *args], cwd=root, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def write(root: Path, name: str, content: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    write(root, "sources/quay.md", QUAY)
    write(root, "actors/petra-quill.yaml", "name: Petra Quill\nkind: person\n")
    write(root, "topics/ports.yaml", "name: Ports\nterms: [quay]\n")
    write(root, "mkdocs.yml", "site_name: A test\n")
    write(root, ".gitignore", ".cache/\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "An archive")
    return root


@pytest.fixture
def diff(repo: Path) -> Callable[..., Result]:
    def run(*args: str) -> Result:
        given = ["diff", *args, "--config", str(repo / "mkdocs.yml")]
        return CliRunner().invoke(main, given, catch_exceptions=False)

    return run


def plain(told: str) -> str:
    """The report as readers see it."""
    rendered = python_markdown.markdown(told.replace("\u2060", ""), extensions=["tables", "fenced_code"])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", rendered)).split())


def test_no_change_is_no_difference(diff: Callable[..., Result]) -> None:
    result = diff("HEAD")
    assert result.exit_code == 0, result.output
    assert "No changes to articles, facts, actors or pages." in result.stdout


def test_new_article_is_reported_with_its_key_facts(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "sources/ferry.md", FERRY)
    result = diff("main")
    assert result.exit_code == 0
    told = plain(result.stdout)
    assert "New: A ferry for Tollen" in told
    assert "warned that the ferry will cost 12 million euros" in told
    assert "Petra Quill (petra-quill), in 2 briefings (was 1)" in told
    assert "briefings/ferry.md" in told


def test_removed_article_is_a_broken_link(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "sources/ferry.md", FERRY)
    (repo / "sources" / "quay.md").unlink()
    result = diff("main")
    assert result.exit_code == 1
    assert "briefings/quay/" in plain(result.stdout).split("Broken links")[1]


def move(repo: Path, old: str, new: str, replaces: str = "") -> None:
    path = repo / "sources" / old
    content = path.read_text(encoding="utf-8")
    path.unlink()
    write(repo, f"sources/{new}", content.replace("---\n", f"---\nreplaces: {replaces}\n", 1) if replaces else content)


def test_renamed_article_keeps_its_links_with_replaces(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "sources/quay.facts.yaml", "reject:\n  - {kind: figure, words: 40 cranes}\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "A correction")
    move(repo, "quay.md", "2021/new-quay.md")
    (repo / "sources/quay.facts.yaml").rename(repo / "sources/2021/new-quay.facts.yaml")
    result = diff("main")
    assert result.exit_code == 1
    (line,) = re.findall(r"```yaml\n(replaces: .+)\n```", result.stdout)
    assert line == "replaces: [quay]"
    move(repo, "2021/new-quay.md", "2021/new-quay.md", line.removeprefix("replaces: "))
    result = diff("main")
    assert result.exit_code == 0, result.output
    told = plain(result.stdout)
    assert "id: quay → 2021/new-quay" in told
    assert "fact" not in told.split("id: quay")[1].split("Pages")[0], "no fact is another"
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "Moved")
    move(repo, "2021/new-quay.md", "quay-of-aldermoor.md")
    (repo / "sources/2021/new-quay.facts.yaml").rename(repo / "sources/quay-of-aldermoor.facts.yaml")
    result = diff("main")
    assert result.exit_code == 1
    assert "replaces: [quay, 2021/new-quay]" in result.stdout, "the oldest first, so that facts keep their ids"


def test_removed_fact_is_a_broken_link_until_rejected(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "sources/quay.md", QUAY.replace("40 cranes", "a few cranes"))
    result = diff("main")
    assert result.exit_code == 1
    lost = re.findall(r"  - fact: ([0-9a-f]{10})", result.stdout)
    assert lost
    write(repo, "sources/quay.facts.yaml", "reject:\n" + "".join(f"  - fact: {name}\n" for name in lost))
    assert diff("main").exit_code == 0


def test_removed_actor_is_a_broken_link_until_replaced(repo: Path, diff: Callable[..., Result]) -> None:
    (repo / "actors" / "petra-quill.yaml").rename(repo / "actors" / "quill.yaml")
    result = diff("main")
    assert result.exit_code == 1
    assert "actors/petra-quill/" in plain(result.stdout).split("Broken links")[1]
    write(repo, "actors/quill.yaml", "name: Petra Quill\nkind: person\nreplaces: [petra-quill]\n")
    assert diff("main").exit_code == 0


def test_corrected_fact_is_reported_with_both_values(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "sources/quay.facts.yaml", "edit:\n  - {kind: figure, words: 310 million euros, value: 320000000}\n")
    result = diff("main")
    assert result.exit_code == 0
    assert "value: 310,000,000 → 320,000,000" in plain(result.stdout)


def test_registered_candidate_is_reported(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "actors/aldermoor.yaml", "name: Aldermoor\nkind: organisation\naliases: [City of Aldermoor]\n")
    write(repo, "actors/petra-quill.yaml", "name: Petra Quill\nkind: person\naliases: [P. Quill]\n")
    told = plain(diff("main").stdout)
    assert "➕ Registered: Aldermoor (aldermoor)" in told
    assert "names added: P. Quill" in told


def test_new_differing_figures_are_reported(repo: Path, diff: Callable[..., Result]) -> None:
    for publisher, tonnes in (("Post", 400), ("Echo", 440)):
        text = f"World output of tin was {tonnes} tonnes in 2025. Nobody knows why it is so.\n"
        write(
            repo,
            f"sources/{publisher}.md",
            f"---\ntitle: Tin in the {publisher}\npublisher: {publisher}\n---\n\n{text}",
        )
    told = plain(diff("main").stdout).split("Different values reported ")[1]
    assert told.startswith(
        "World output of tin 440 tonnes (as of 2025) in Tin in the Echo: World output of tin was 440"
    )
    assert "400 tonnes (as of 2025) in Tin in the Post: World output of tin was 400 tonnes in 2025." in told


def test_facts_are_told_in_full(repo: Path, diff: Callable[..., Result]) -> None:
    text = "The plant made 400 tonnes of tin in 2025, according to the World Trade Organization. "
    text += "The mayor of Aldermoor, Petra Quill, said that it will close. It opened on 3 May 2021.\n"
    write(repo, "sources/tin.md", f"---\ntitle: Tin\npublished: 2026-01-02\n---\n\n{text}")
    told = plain(diff("main").stdout).split("New: Tin")[1].split("Actors")[0]
    key_facts, facts = told.split("All facts found")
    assert "1" in key_facts
    assert "400 tonnes (measure tin" in facts
    assert "as of 2025" in facts
    assert ": The plant made 400 tonnes of tin in 2025" in facts, "the sentence"
    assert "Petra Quill, mayor of Aldermoor" in facts
    assert [facts.index(name) for name in ("Statements", "Figures", "Roles", "Events")]


def test_changed_mentions_name_the_actors(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "actors/aldermoor.yaml", "name: Aldermoor\nkind: organisation\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "The town")
    write(repo, "actors/aldermoor.yaml", "name: Aldermoor\nkind: organisation\naliases: [the quay]\n")
    told = plain(diff("main").stdout)
    assert "Only mentions" not in told
    assert re.search(r"Mentions of Aldermoor: \d → \d", told), told


def test_errors_that_existed_before_are_not_listed(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "actors/bad.yaml", "name: Bad\nkind: nonsense\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "An error")
    write(repo, "sources/ferry.md", FERRY)
    told = plain(diff("main").stdout)
    assert "1 error that this change did not cause" in told
    assert "nonsense" not in told


def test_what_does_not_fit_into_a_comment_is_beside_it(repo: Path, diff: Callable[..., Result]) -> None:
    text = "".join(f"In port {n}, {n + 100} cranes stand beside the harbour wall.\n\n" for n in range(400))
    write(repo, "sources/many.md", f"---\ntitle: Many\n---\n\n{text}")
    output = repo.parent / "knowledge.md"
    diff("main", "--output", str(output))
    short, whole = output.read_text(), (repo.parent / "knowledge-whole.md").read_text()
    assert len(short) < len(whole)
    assert "… and" in short
    assert whole.count("cranes stand") >= 400
    write(repo, "sources/many.md", QUAY)
    diff("main", "--output", str(output))
    assert not (repo.parent / "knowledge-whole.md").exists()


def test_errors_are_reported_and_fail(repo: Path, diff: Callable[..., Result]) -> None:
    write(repo, "sources/bad.md", "---\ntitel: x\n---\n\nText.\n")
    result = diff("main")
    assert result.exit_code == 1
    assert "sources/bad.md:2: unknown key titel" in plain(result.stdout).replace("`", "")


HOSTILE = ["--output=x", "-h", "--upload-pack=touch x", "main; touch x", "$(touch x)", "../x", "main:sources", "", "\n"]


@pytest.mark.parametrize("rev", HOSTILE)
def test_hostile_revision_is_an_unknown_revision(repo: Path, rev: str) -> None:
    with pytest.raises(GitError):
        commit(repo, rev)
    assert not (repo / "x").exists()


def test_branch_with_an_unusual_name_works(repo: Path, diff: Callable[..., Result]) -> None:
    git(repo, "branch", "--", "a;touch$IFS'x'&<b>")
    assert diff("a;touch$IFS'x'&<b>").exit_code == 0
    assert not (repo / "x").exists()


def test_symbolic_links_and_unusual_names_stay_inside(repo: Path) -> None:
    write(repo, "sources/a\tb ünd\n*.md", QUAY)
    (repo / "sources" / "out.md").symlink_to("/etc/passwd")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "Odd")
    found = dict(files_at(repo, commit(repo, "HEAD"), "sources"))
    assert sorted(found) == ["sources/a\tb ünd\n*.md", "sources/quay.md"]
    assert found["sources/quay.md"].decode() == QUAY


def test_author_of_a_correction_comes_from_git(repo: Path) -> None:
    write(repo, "sources/quay.facts.yaml", "reviewed: {on: 2021-06}\ntitle: The quay\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "Reviewed")
    path = repo / "sources" / "quay.facts.yaml"
    assert {line: (a.name, a.day) for line, a in authors(path, "1").items()} == {
        1: ("Ada Verne", "2021-06-02"),
        2: ("Ada Verne", "2021-06-02"),
    }
    path.write_text("reviewed: {on: 2021-06}\ntitle: Another\n")
    assert list(authors(path, "2")) == [1]
    assert authors(repo.parent / "nowhere.yaml", "3") == {}


# --- what a comment may hold ---------------------------------------------------------------------


@given(st.text())
def test_contributed_text_is_inert_in_a_comment(given: str) -> None:
    shown = str(text(given))
    assert not re.search(r"[<>*_`\[\]!|~\\\n\r]", shown)
    assert not re.search(r"(?:@|&#64;)(?!\u2060)", shown)
    assert python_markdown.markdown(f"- x {shown}").count("<") == python_markdown.markdown("- x").count("<")


def test_hostile_words_are_escaped(repo: Path, diff: Callable[..., Result]) -> None:
    title = "'![x](https://evil.example/x.png) @somebody #1 <img src=x> **b** {{ 7*7 }} </details>'"
    write(repo, "sources/ferry.md", FERRY.replace("A ferry for Tollen", title))
    told = diff("main").stdout
    for live in ("![", "@somebody", "<img", "**b**", "{{"):
        assert live not in told
    assert told.count("<details>") == told.count("</details>")


@given(st.lists(st.sampled_from(["<details><summary>x</summary>", "</details>", "- a fact", ""])), st.integers(80, 200))
def test_long_comment_is_cut_at_a_line_end(lines: list[str], longest: int) -> None:
    whole = "\n".join(lines)
    assert len(cut(whole, longest)) <= max(longest, 80)

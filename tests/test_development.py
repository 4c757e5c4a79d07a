"""docs/development.md: its example of a kind of fact works on a copy of the program; the paths that it names exist."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs/development.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
NEW_FILE = re.compile(r"(?:# |\{# )(\S+)(?: #\})?")
COPIED = ("briefing", "templates", "docs", ".github", "build.py", "mkdocs.yml", "tests")
FOLDERS = ("briefing", "templates", "tests", "docs", "decisions", "training", "schemas", "actors", "sources", "bench")
GENERATED = shutil.ignore_patterns("__pycache__", "briefings")
ARTICLE = "Inspectors return\n\nInspectors returned to Oldmere under Resolution 1441, the council said on 3 May 2021.\n"
CORRECTIONS = "edit:\n  - {kind: resolution, words: Resolution 1441, number: 1442}\n"


def blocks() -> list[tuple[str, str]]:
    """The code blocks of the example: language and text."""
    section = PAGE.partition("## Add a kind of fact")[2].partition("\n## ")[0]
    return [(found[2], textwrap.dedent(found[3])) for found in BLOCK.finditer(section)]


def apply(program: Path, language: str, code: str) -> None:
    first, _, rest = code.partition("\n")
    if language == "diff":
        path = program / first.removeprefix("--- ")
        lines = rest.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path.name} has changed: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        name = NEW_FILE.fullmatch(first)
        assert name is not None, first
        path = program / name[1]
        assert not path.exists()
        path.write_text(rest, encoding="utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program after the steps of the example, with one article."""
    folder = tmp_path_factory.mktemp("program")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "articles", "briefings")
            )
        else:
            shutil.copy(source, folder / name)
    for language, code in blocks():
        apply(folder, language, code)
    for name in ("sources", "actors", "topics"):
        (folder / name).mkdir()
    (folder / "sources/quay.md").write_text(ARTICLE, encoding="utf-8")
    return folder


def run(program: Path, *args: str) -> str:
    ran = subprocess.run([sys.executable, *args], cwd=program, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return ran.stdout


def test_the_new_kind_is_in_the_json_and_can_be_corrected(program: Path) -> None:
    (found,) = json.loads(run(program, "build.py", "facts", "sources/quay.md"))["resolutions"]
    assert found.pop("id")
    start = ARTICLE.index("Resolution")
    assert found == {"number": "1441", "start": start, "end": start + 15, "rule": "numbered"}
    corrections = program / "sources/quay.facts.yaml"
    corrections.write_text(CORRECTIONS, encoding="utf-8")
    (corrected,) = json.loads(run(program, "build.py", "facts", "sources/quay.md"))["resolutions"]
    corrections.unlink()
    assert corrected["number"] == "1442"


def test_the_new_kind_is_explained(program: Path) -> None:
    shown = run(program, "build.py", "facts", "--explain", "sources/quay.md", "--sentence", "2")
    assert re.search(r"\nResolution\n  accepted  numbered  \[Resolution 1441\]  \w+, number 1441\n", shown), shown


def test_the_new_kind_is_on_the_page(program: Path) -> None:
    run(program, "build.py", "build")
    page = (program / "site/briefings/quay/index.html").read_text(encoding="utf-8")
    assert 'id="resolutions"' in page
    assert "No. 1441" in page


def test_no_place_is_forgotten(program: Path) -> None:
    run(program, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", "/dev/null", "--rootdir", ".",
        "tests/test_kinds.py")  # fmt: skip


def test_every_path_that_the_page_names_exists() -> None:
    text = BLOCK.sub("", PAGE)
    named = set(
        re.findall(
            r"`((?:briefing|templates|tests|docs|decisions|training|schemas|actors|sources|bench)/[\w./-]*)`", text
        )
    )
    examples = {"templates/_briefing_resolutions.md.j2", "tests/cases/resolutions/"}
    assert len(named) > 20
    assert [name for name in sorted(named - examples) if not (ROOT / name).exists()] == []

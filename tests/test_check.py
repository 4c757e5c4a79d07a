"""`build.py check`: every error reported at its place, and fixed where that is certain."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import git, pipeline, validate
from briefing.config import Config, read_config
from briefing.content import problems
from briefing.content.problems import Problem
from briefing.content.sources import PLACEHOLDER
from briefing.validate import fixes
from briefing.validate.fixes import repair_source
from tests.conftest import ROOT

CASES = [
    case
    for path in sorted((ROOT / "tests/cases/check").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
TODAY = date(2025, 1, 1)
HEAD = "---\ntitle: A quay is built\npublished: 2021-05-04\n---\n"
TEXT = (
    "The harbour board of Nordland said on Tuesday that a new quay will be built at the mouth of the river. "
    "It will be 240 metres long and is to cost 31 million crowns, of which the state pays a third. "
    "Work begins in June, when the ice is gone, and the old landing stage will be taken down a year later. "
    "Fishermen have asked for more berths since the winter, because two ferries use the only pier in the town."
)
OTHER = (
    "A lighthouse keeper counted 312 ships in a single week of October, more than in any week since the war. "
    "Most carried timber from the upper valley; eleven were tankers on their way to the refinery in the next bay. "
    "The pilots' guild wants a second boat before winter comes, and says that night work has doubled in two years."
)
ARCHIVE = {
    "mkdocs.yml": "site_name: Quays\n",
    "docs/search.md": "# Search\n",
    "sources/lighthouse.md": f"---\ntitle: Ships counted\npublished: 2020-11-02\n---\n{OTHER[::-1]}\n",
    "actors/countries.yaml": "- id: nordland\n  name: Nordland\n",
    "actors/harbour-board.yaml": "name: Harbour Board\nkind: organisation\n",
    "topics/harbours.yaml": "name: Harbours\nterms: [harbour]\n",
}


def write(root: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(content))


def _bytes(content: Any) -> bytes:
    """Bytes of a text, `{encoding: text}` or `{hex: bytes}`. HEAD, TEXT and OTHER are replaced by parts of articles."""
    if isinstance(content, bytes):
        return content
    encoding, text = next(iter(content.items())) if isinstance(content, dict) else ("utf-8", content)
    if encoding == "hex":
        return bytes.fromhex(text)
    for word, meant in (("HEAD", HEAD), ("TEXT", TEXT), ("OTHER", OTHER)):
        text = text.replace(word, meant)
    return text.encode(encoding)


def archive(root: Path, files: dict[str, Any] | None = None) -> Config:
    write(root, ARCHIVE)
    write(root, files or {})
    return read_config(root / "mkdocs.yml")[0]


def told(root: Path, *paths: str) -> list[Problem]:
    config, wrong = read_config(root / "mkdocs.yml")
    return validate.check(config, [root / p for p in paths], wrong, TODAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_each_mistake_is_reported(case: dict[str, Any], tmp_path: Path) -> None:
    archive(tmp_path, case["files"])
    found = told(tmp_path)
    assert [f"{p.path}:{p.line}:{p.column} {p.code}" for p in found] == [
        f"{e['at']} {e['code']}" for e in case["expect"]
    ]
    for problem, expected in zip(found, case["expect"], strict=True):
        assert problem.severity == ("advice" if expected.get("advice") else "error")
        assert expected.get("says", "") in problem.found
        assert expected.get("right", "") in problem.right
        assert problem.right
        if "fix" in expected:
            assert problem.fix == expected["fix"]


@pytest.mark.parametrize("case", [c for c in CASES if c["expect"] or "fixed" in c], ids=lambda case: case["label"])
def test_fix_changes_only_what_is_certain(case: dict[str, Any], tmp_path: Path) -> None:
    config = archive(tmp_path, case["files"])
    before = contents(tmp_path)
    changes = fixes.fix(config, [])
    after = contents(tmp_path)
    expected = before | {name: _bytes(c) for name, c in case.get("fixed", {}).items() if c is not None}
    for name, content in case.get("fixed", {}).items():
        if content is None:
            del expected[name]
    assert after == expected
    assert bool(changes) == (before != after)
    assert not fixes.fix(config, []), "a second time there is nothing to do"


def contents(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".cache" not in p.parts
    }


def test_there_are_enough_cases() -> None:
    assert sum(bool(c["expect"]) for c in CASES) >= 60
    assert sum("fixed" in c for c in CASES) >= 20


CODE = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')
# Words that look like codes but are ids in examples, kinds of facts or file names.
NO_CODES = {
    "world-trade-organization", "front-matter", "key-fact", "rare-earths", "charset-normalizer", "critical-minerals",
    "a-name", "named-twice",
}  # fmt: skip
TOLD_BY = (
    "content/sources",
    "content/validation",
    "content/yaml_source",
    "content/schema",
    "content/field_types",
    "content/identifiers",
    "content/file_names",
    "content/scaffold",
    "registry/topics",
    "registry/__init__",
    "validate/warnings",
    "validate/__init__",
    "config",
    "pipeline/__init__",
    "pipeline/workspace",
    "cli/actor_verbs",
    "validate/deceptive_names",
    "validate/doctor",
)


def test_every_code_is_documented() -> None:
    """Every problem code has a section in CONTRIBUTING.md, and every section has a code."""
    files = [ROOT / f"briefing/{name}.py" for name in TOLD_BY] + list((ROOT / "briefing/corrections").glob("*.py"))
    program = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = {c["code"] for case in CASES for c in case["expect"]} | set(CODE.findall(program)) - NO_CODES
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sections = re.findall(r"^#### ([a-z-]+)\n\n(.+?)\n(?:\n|$)", text, re.MULTILINE | re.DOTALL)
    anchors = [code for code, _ in sections]
    assert len(anchors) == len(set(anchors))
    assert used - set(anchors) == set(), "no section in CONTRIBUTING.md"
    assert {a for a in anchors if f'"{a}"' not in program} == set(), "a section that nothing leads to"
    assert all(len(words.split()) >= 12 for _, words in sections)


def test_walk_through_in_contributing_works(tmp_path: Path) -> None:
    """The commands in CONTRIBUTING.md work: the check passes, and the article has key facts."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in ("build.py", "briefing", "actors", "topics", "templates", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    write(tmp_path, {"mkdocs.yml": "site_name: Quays\n"})
    commands = [
        line for block in re.findall(r"```walk-through\n(.+?)```", text, re.DOTALL) for line in block.splitlines()
    ]
    article = re.findall(r"```article\n(.+?)```", text, re.DOTALL)[0]
    said = []
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "python"
        ran = subprocess.run([sys.executable, *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        said.append(ran.stdout)
        for path in (tmp_path / "sources").rglob("*.md"):
            path.write_text(path.read_text(encoding="utf-8").replace(PLACEHOLDER, article), encoding="utf-8")
    assert said[1].startswith("No problems found")
    assert len(json.loads(said[2])["key_facts"]) >= 2


def test_contributing_quotes_the_messages_of_check(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    mistake, says = (re.findall(rf"```{kind}\n(.+?)```", text, re.DOTALL)[0] for kind in ("mistake", "told"))
    config = archive(tmp_path, {"sources/quay.md": f"{mistake}\n{TEXT}\n"})
    found = told(tmp_path, "sources/quay.md")
    assert f"{problems.as_text(found)}\n{problems.count(found).capitalize()} found.\n" == says
    fixes.fix(config, [])
    assert not [p for p in told(tmp_path, "sources/quay.md") if p.severity == "error"]


# --- check and build agree -----------------------------------------------------------------------


def build_problems(config: Config, wrong: list[Problem]) -> list[str]:
    """The problems that stop a build, from its own stages up to the pages."""
    if wrong:
        return [str(p) for p in wrong]
    return [str(p) for p in pipeline.snapshot(config).problems]


GOOD = f"""---
title: A quay is built
published: 2021-05-04
publisher: The Tidal Post
url: https://example.org/2021/05/quay
language: en
topics: [harbours]
---

{TEXT}
"""
GOOD_ACTOR = "name: Ada Verne\nkind: person\ncountry: nordland\naliases:\n  - {name: A. Verne, type: spelling}\n"
GOOD_TOPIC = "name: Ports\nterms: [port, landing stage]\nparent: harbours\n"
GOOD_CORRECTIONS = """reviewed: {by: Mara Dell, on: 2024-11-02}
actors:
  - {words: harbour board, actor: harbour-board}
accept:
  - {kind: figure, words: 240 metres}
edit:
  - {kind: figure, words: 31 million crowns, value: 32000000, why: "The board: it was more."}
add:
  - {kind: event, words: Work begins in June, date: 2021-06}
"""
SIGNS = st.sampled_from(
    [*list("\"':#-[]{}&*!|>%@`~,?\t\n\r\0 \ufeff\u2028—é中"), "---", "...", ": ", "\n- ", "<<", "\\"]
)


# Damage by programs and people to a whole file.
WHOLE: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda t: t.encode(),
    "line ends of Windows": lambda t: t.replace("\n", "\r\n").encode(),
    "line ends of an old Mac": lambda t: t.replace("\n", "\r").encode(),
    "a byte order mark": lambda t: b"\xef\xbb\xbf" + t.encode(),
    "UTF-16": lambda t: t.encode("utf-16"),
    "windows-1252": lambda t: t.encode("cp1252", "replace"),
    "read as another encoding": lambda t: t.encode().decode("cp1252", "replace").encode(),
    "pasted twice": lambda t: (t + t).encode(),
    "quotation marks of a word processor": lambda t: t.replace('"', "“").replace("'", "’").encode(),
    "dashes of a word processor": lambda t: t.replace("---", "—").replace("--", "–").encode(),
    "tabs": lambda t: t.replace("  ", "\t").encode(),
    "capitals": lambda t: t.upper().encode(),
    "all in one line": lambda t: t.replace("\n", " ").encode(),
    "further to the right": lambda t: "\n".join("    " + line for line in t.split("\n")).encode(),
    "unmerged": lambda t: f"<<<<<<< HEAD\n{t}=======\n{t}>>>>>>> other\n".encode(),
    "in HTML": lambda t: f"<!doctype html>\n<p>{t}</p>".encode(),
    "in a block of code": lambda t: f"```yaml\n{t}```\n".encode(),
    "cut off": lambda t: t.encode()[: len(t) // 2],
    "with holes": lambda t: t.replace("e", "\0").encode(),
    "empty": lambda t: b"",
    "a PDF": lambda t: b"%PDF-1.7\n" + t.encode(),
}


@st.composite
def corrupted(draw: st.DrawFn, text: str) -> bytes:
    """A valid file with parts cut, doubled, moved or overwritten, or damaged as a whole."""
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        to = draw(st.integers(at, min(len(text), at + 30)))
        what = draw(st.sampled_from(["cut", "double", "put", "move", "letter", "line", "swap"]))
        piece = {"cut": "", "double": text[at:to] * 2, "letter": draw(st.characters(exclude_categories=["Cs"]))}
        if what in ("move", "line", "swap"):
            text = draw(mistreated_line(text, what))
        else:
            text = text[:at] + piece.get(what, draw(SIGNS) + text[at:to]) + text[to:]
    raw = WHOLE[draw(st.sampled_from(["as it is"] * len(WHOLE) + list(WHOLE)))](text)
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        raw = raw[:at] + draw(st.binary(min_size=1, max_size=3)) + raw[at:]
    return raw


@st.composite
def mistreated_line(draw: st.DrawFn, text: str, what: str) -> str:
    """A text with a line moved to the top, repeated, or given another value."""
    lines = text.split("\n")
    here = draw(st.integers(0, len(lines) - 1))
    if what == "move":
        lines.insert(0, lines.pop(here))
    elif what == "line":
        lines.insert(draw(st.integers(0, len(lines))), lines[here])
    else:
        values = [
            "",
            "~",
            "[]",
            "{}",
            "yes",
            "1e999",
            "[a, [b]]",
            "{a: b}",
            "'",
            "2021-13-45",
            "../x",
            "*a",
            "&a b",
            "!x y",
        ]
        lines[here] = re.sub(r": .*$", lambda m: f": {draw(st.sampled_from(values))}", lines[here])
    return "\n".join(lines)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archive")
    archive(root)
    return root


@settings(max_examples=40)
@given(corrupted(GOOD), corrupted(GOOD_ACTOR), corrupted(GOOD_TOPIC), corrupted(GOOD_CORRECTIONS))
def test_check_never_crashes_and_agrees_with_build(
    ground: Path, source: bytes, actor: bytes, topic: bytes, said: bytes
) -> None:
    files = {"sources/a.md": source, "actors/ada-verne.yaml": actor, "topics/ports.yaml": topic}
    write(ground, {**files, "sources/a.facts.yaml": said})
    config, wrong = read_config(ground / "mkdocs.yml")
    checked = [str(p) for p in validate.check(config, [], wrong, TODAY) if p.severity == "error"]
    assert sorted(set(build_problems(config, wrong))) == sorted(checked)


@settings(max_examples=200)
@given(corrupted(GOOD))
def test_fix_keeps_the_wording(source: bytes) -> None:
    text = source.decode("utf-8", "replace")
    repaired = repair_source(text)
    long = re.compile(r"\w{4,}")  # a short one can be what is left of a key: to"pics
    words = long.findall(TEXT)
    kept = [w for w in long.findall(text) if w in words]
    assert [w for w in long.findall(repaired) if w in words] == kept or repaired == text or "titl" not in text


# --- paths, formats, revisions -------------------------------------------------------------------


def test_only_problems_in_given_paths_are_reported(tmp_path: Path) -> None:
    archive(tmp_path, {"sources/a.md": "", "sources/2021/b.md": "", "actors/ada-verne.yaml": "kind: person\n"})
    assert {p.path for p in told(tmp_path, "sources/2021")} == {"sources/2021/b.md"}
    assert {p.path for p in told(tmp_path, "actors/ada-verne.yaml")} == {"actors/ada-verne.yaml"}
    assert len({p.path for p in told(tmp_path, ".")}) == 3


def test_github_annotations_are_escaped() -> None:
    problem = Problem("a,b:c.md", 3, 0, "unknown-key", "odd\n::error::100%", "right", "fix: x")
    line = problems.as_github([problem])
    assert line.startswith("::error file=a%2Cb%3Ac.md,line=3,col=1,title=unknown-key::odd%0A::error::100%25%0Aright")
    assert "\n" not in line


def test_summary_is_escaped() -> None:
    row = problems.as_summary([Problem("a.md", 1, 1, "c", "<img src=x> | @team [x](y)", "r")]).splitlines()[-1]
    assert row.count("|") == 4
    assert not re.search(r"<img|@team|\]\(", row)


def test_json_has_everything() -> None:
    shown = json.loads(
        problems.as_json(
            [Problem("a.md", 2, 1, "bad-date", "f", "r", "x"), Problem("b", 0, 0, "c", "f", "r", "", "advice")]
        )
    )
    assert (shown["errors"], shown["advice"]) == (1, 1)
    assert shown["problems"][0]["help"] == "CONTRIBUTING.md#bad-date"


def commit_all(root: Path) -> None:
    for args in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(root), *args], check=True)


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_missing_article_is_reported_with_the_line_to_add(tmp_path: Path) -> None:
    config = archive(tmp_path, {"sources/2021/a.md": f"{HEAD}{TEXT}\n"})
    commit_all(tmp_path)
    (tmp_path / "sources/lighthouse.md").unlink()
    (tmp_path / "sources/2021/a.md").rename(tmp_path / "sources/2021/a-quay.md")
    with git.archive_at(config, "HEAD") as before:
        found = validate.gone_addresses(config, before)
        assert [(p.path, p.line, p.code, p.fix) for p in found] == [
            ("sources/2021/a-quay.md", 1, "gone-article", "replaces: 2021/a"),
            ("sources/lighthouse.md", 0, "gone-article", ""),
        ]
        write(tmp_path, {"sources/2021/a-quay.md": HEAD.replace("---\n", f"---\n{found[0].fix}\n", 1) + TEXT})
        assert [p.path for p in validate.gone_addresses(config, before)] == ["sources/lighthouse.md"]


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_only_new_problems_fail(tmp_path: Path) -> None:
    config = archive(tmp_path, {"sources/a.md": "", "sources/old.md": "---\ntitel: Old\n---\nTEXT\n"})
    commit_all(tmp_path)
    write(tmp_path, {"sources/b.md": "", "sources/old.md": "---\n\ntitel: Old\nlang: en\n---\nTEXT\n"})
    with git.archive_at(config, "HEAD") as before:
        found = validate.only_new(told(tmp_path), validate.check(before, [], [], TODAY))
    assert {(p.path, p.line): p.severity for p in found if p.code in ("empty-source", "unknown-key")} == {
        ("sources/a.md", 1): "advice",
        ("sources/b.md", 1): "error",
        ("sources/old.md", 3): "advice",
        ("sources/old.md", 4): "error",
    }
    with pytest.raises(git.GitError), git.archive_at(config, "--output=x"):
        pass

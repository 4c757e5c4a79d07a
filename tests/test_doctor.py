"""The diagnosis of an archive's settings: one broken archive per case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.validate.doctor import diagnose, replaced
from tests.commands import run, write
from tests.conftest import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "doctor" / "settings.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_each_broken_archive_is_explained(case: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path, case["files"])
    found = diagnose(tmp_path / "mkdocs.yml", "0.2.0")
    expected = case["expect"]
    wanted = {e["code"] for e in expected if e.get("advice")}
    shown = [p for p in found if p.severity == "error" or p.code in wanted]
    assert sorted({p.code for p in shown}) == sorted({e["code"] for e in expected})
    for e in expected:
        here = [p for p in shown if p.code == e["code"] and e.get("says", "") in str(p)]
        here = [p for p in here if p.line == e.get("line", p.line)]
        assert here, "\n".join(map(str, shown))
        assert e.get("fix", "") in here[0].fix
        assert all(p.right or e["code"] == "upgraded" for p in here)


def test_doctor_lists_what_is_replaced_and_says_whether_something_must_be_fixed(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "site_name: Harbour\ntheme:\n  custom_dir: look\n",
        "sources/a.md": "A quay is built.\n",
        "templates/home.md.j2": "# Mine\n",
        "templates/moved.md.j2": (ROOT / "templates" / "moved.md.j2").read_text(encoding="utf-8"),
        "look/partials/copyright.html": "<p>Mine</p>\n",
        "docs/about.md": "# Us\n",
    }
    write(tmp_path, files)
    assert replaced(tmp_path / "mkdocs.yml") == [
        "Replaced here: templates/home.md.j2 (template)",
        "Replaced here: templates/moved.md.j2 (template, the same as the shipped one: you can delete it)",
        "Replaced here: look/partials/copyright.html (theme)",
        "Replaced here: docs/about.md (page)",
    ]
    told = run("doctor", cwd=tmp_path)
    assert told.returncode == 0
    assert "Replaced here: docs/about.md (page)" in told.stdout
    assert run("doctor", "--json", cwd=tmp_path / "sources").returncode == 1

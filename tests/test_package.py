"""The package as people install it: the wheel alone, without this repository, builds archives of other subjects."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARCHIVES = ROOT / "tests" / "archives"
OURS = re.compile(r"rare.earth|critical.mineral|gallium|germanium|lithium|cobalt|graphite|magnets?\b", re.IGNORECASE)
TEXTS = {".html", ".css", ".js", ".md", ".json", ".xml", ".txt", ".yaml", ".yml"}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"?application/)[^>]*>(.*?)</script>", re.DOTALL)
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("package")]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel that was built and unpacked, as pip would."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place / "site-packages")
    return place / "site-packages"


def briefing(installed: Path, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command of the unpacked wheel where the repository cannot be seen."""
    code = "from briefing.cli import main; main(prog_name='briefing')"
    environment = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPOSITORY_URL")}
    return subprocess.run(
        [sys.executable, "-P", "-W", "error::DeprecationWarning:briefing", "-c", code, *args],
        cwd=cwd, env=environment | {"PYTHONPATH": str(installed)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def council(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("new")
    started = briefing(installed, "new-archive", "council", "--yes", cwd=place)
    assert started.returncode == 0, started.stderr
    return place / "council"


def test_the_wheel_has_all_that_is_read_at_run_time(installed: Path) -> None:
    shipped = installed / "briefing" / "shipped"
    for name in (
        "templates/home.md.j2", "templates/mkdocs.yml", "templates/theme/main.html", "schemas/settings.schema.json",
        "templates/theme/assets/stylesheets/archive.css", "templates/new-archive/github/workflows/publish.yml",
        "actors/world/countries.yaml", "actors/people", "tests/quality/scores.yaml",
    ):  # fmt: skip
        assert (shipped / name).exists(), name
    assert (installed / "briefing/facts/reader/weights/reader.onnx").stat().st_size > 10_000_000
    (entry,) = installed.glob("*.dist-info/entry_points.txt")
    assert "briefing = briefing.__main__:main" in entry.read_text()


def test_a_new_archive_builds_at_once_without_a_warning(installed: Path, council: Path) -> None:
    built = briefing(installed, "build", cwd=council)
    assert (built.returncode, built.stderr) == (0, "")
    home = (council / "site" / "index.html").read_text(encoding="utf-8")
    assert "assets/stylesheets/archive.css" in home
    assert "Brookmere library" in home
    assert (council / "site" / "assets" / "stylesheets" / "archive.css").is_file()
    assert (council / "site" / "pagefind" / "pagefind.js").is_file()
    assert not (council / "docs").exists()
    checked = briefing(installed, "check", cwd=council)
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    assert briefing(installed, "doctor", cwd=council).returncode == 0
    again = briefing(installed, "build", "--json", cwd=council)
    assert '"analysed": 0' in again.stdout


def test_scripts_of_the_installed_theme_are_allowed(installed: Path, council: Path) -> None:
    """The policy names Material's inline scripts by their hashes, which another release of Material may change."""
    if not (council / "site" / "index.html").is_file():
        briefing(installed, "build", cwd=council)
    page = (council / "site" / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="?Content-Security-Policy"? content="([^"]+)"', page)
    assert policy
    scripts = [script for script in INLINE.findall(page) if script.strip()]
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert hashes <= set(re.findall(r"sha256-([\w+/=]+)", unescape(policy[1])))


@pytest.mark.parametrize("name", ["council", "football", "science"])
def test_an_archive_of_another_subject_has_nothing_of_ours(installed: Path, tmp_path: Path, name: str) -> None:
    briefing(installed, "new-archive", name, "--yes", "--subject", name, cwd=tmp_path)
    home = tmp_path / name
    for example in ("sources", "actors", "topics"):
        shutil.rmtree(home / example)
    shutil.copytree(ARCHIVES / name, home / "sources")
    built = briefing(installed, "build", cwd=home)
    assert (built.returncode, built.stderr) == (0, "")
    texts = [path for path in home.rglob("*") if path.suffix in TEXTS and ".cache" not in path.parts]
    assert len(list((home / "site" / "briefings").glob("*/index.html"))) == 6
    found = {path.relative_to(home).as_posix(): OURS.findall(path.read_text(encoding="utf-8")) for path in texts}
    assert not {path: words for path, words in found.items() if words}


def test_packs_templates_and_pages_are_replaced_one_by_one(installed: Path, tmp_path: Path) -> None:
    briefing(installed, "new-archive", "news", "--yes", cwd=tmp_path)
    home = tmp_path / "news"
    (home / "docs").mkdir()
    (home / "docs" / "about.md").write_text("# Who we are\n\nThree friends and a dog.\n")
    (home / "theme" / "partials").mkdir(parents=True)
    (home / "theme" / "partials" / "copyright.html").write_text("<p>Made in Brookmere.</p>\n")
    (home / "templates").mkdir()
    (home / "templates" / "quality.md.j2").write_text("# Accuracy\n\nMeasured by us.\n")
    (home / "town-band.yaml").write_text("name: Town Band\nkind: organisation\n")
    settings = (home / "mkdocs.yml").read_text()
    settings = settings.replace("extra:\n", "theme:\n  custom_dir: theme\nextra:\n")
    (home / "mkdocs.yml").write_text(settings.replace("[ world ]", "[town-band.yaml]"))
    built = briefing(installed, "build", cwd=home)
    assert (built.returncode, built.stderr) == (0, "")
    assert "Three friends" in (home / "site" / "about" / "index.html").read_text()
    assert "Measured by us" in (home / "site" / "quality" / "index.html").read_text()
    assert "Made in Brookmere" in (home / "site" / "index.html").read_text()
    assert "News archive" in (home / "site" / "index.html").read_text()
    listed = briefing(installed, "actors", "list", cwd=home).stdout
    assert "town-band" in listed
    assert "united-nations" not in listed
    told = briefing(installed, "doctor", cwd=home).stdout
    assert told.count("Replaced here:") == 3

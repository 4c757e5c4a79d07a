"""People who are taken out of an archive: nothing of them is left but a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.content.schema import Takedown
from briefing.content.takedowns import is_taken_down, redact
from briefing.model import Meta, Source
from tests.commands import run, write

VERNE = Takedown.model_validate({"id": "ada-verne", "names": ["Ada Verne", "A. M. Verne"], "date": "2026-11-30"})


def source(body: str, **meta: str) -> Source:
    return Source("quay", "sources/quay.md", "", Meta(**meta), body, 1, "utf-8")


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("Ada Verne spoke.", "[name removed] spoke."),
        ("Ada\nVerne spoke.", "[name removed] spoke."),
        ("ADA VERNE spoke.", "[name removed] spoke."),
        ("Mayor Ada Verne's plan. Verne said no.", "Mayor [name removed]'s plan. [name removed] said no."),
        ("A. M. Verne wrote it; the Vernes did not.", "[name removed] wrote it; the Vernes did not."),
        ("Verne said no.", "Verne said no."),  # without the whole name it may be anybody
        ("Ada Vernede spoke.", "Ada Vernede spoke."),
        ("Granada Verne spoke.", "Granada Verne spoke."),
        ("“Ada Verne”", "“[name removed]”"),
        ("Jules verne, Ada Verne", "Jules verne, [name removed]"),
    ],
)
def test_names_are_removed_and_nothing_else(body: str, left: str) -> None:
    assert redact(source(body), [VERNE]).body == left


def test_title_author_notes_and_address_are_cleared() -> None:
    found = redact(
        source("Text.", title="Ada Verne resigns", author="Ada Verne", url="https://example.org/ada-verne-resigns"),
        [VERNE],
    ).meta
    assert (found.title, found.author, found.url) == ("[name removed] resigns", None, None)
    assert redact(source("Text.", title="A quay"), [VERNE]) == source("Text.", title="A quay")


def test_an_actor_is_known_by_id_or_name() -> None:
    assert is_taken_down("ada-verne", ["X"], [VERNE])
    assert is_taken_down("a", ["a. m. verne"], [VERNE])
    assert not is_taken_down("ida-verne", ["Ida Verne"], [VERNE])


def test_a_site_keeps_only_a_tombstone(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "site_name: Quays\nsite_url: https://example.org/\nextra:\n  briefing:\n    actor_pages: all\n",
        "sources/a.md": "---\ntitle: Quay opens\npublished: 2026-02-03\n---\n\nMayor Ada Verne opened the quay, and "
        'Petra Quill paid for it. "It is ours," Verne said.\n',
        "sources/b.md": "Petra Quill met Ada Verne in Aldermoor on 4 May 2026.\n",
        "actors/people/ada-verne.yaml": "name: Ada Verne\nkind: person\n",
    }
    write(tmp_path, files)
    assert run("build", "--quiet", cwd=tmp_path).returncode == 0
    assert (tmp_path / "site/actors/ada-verne/index.html").is_file()
    listed = (tmp_path / "site/sitemap.xml").read_text()
    assert "/actors/ada-verne/" in listed
    assert "/actors/petra-quill/" not in listed
    unregistered = (tmp_path / "site/actors/petra-quill/index.html").read_text()
    assert '<meta name="robots" content="noindex">' in unregistered
    assert 'name="robots"' not in (tmp_path / "site/actors/ada-verne/index.html").read_text()

    note = "- id: ada-verne\n  names: [Ada Verne]\n  date: 2026-11-30\n  reason: Removed at the person's request.\n"
    write(tmp_path, {"takedowns.yaml": note})
    assert run("build", "--quiet", cwd=tmp_path).returncode == 0
    stone = (tmp_path / "site/actors/ada-verne/index.html").read_text()
    assert "30 November 2026" in stone
    assert "Removed at the person" in stone
    assert '<meta name="robots" content="noindex">' in stone
    texts = {
        ".html",
        ".json",
        ".txt",
        ".xml",
        ".csv",
        ".graphml",
        ".jsonl",
        ".jsonld",
        ".gexf",
        ".bib",
        ".ris",
        ".sqlite",
    }
    shown = [p for p in (tmp_path / "site").rglob("*") if p.suffix in texts]
    assert tmp_path / "site/data/archive.sqlite" in shown
    naming = [p for p in shown if "Verne" in p.read_text(encoding="utf-8", errors="ignore")]
    assert not naming
    assert "name removed" in (tmp_path / "site/briefings/a/index.html").read_text()

    write(tmp_path, {"takedowns.yaml": "- id: ada-verne\n  name: Ada Verne\n"})
    told = run("check", cwd=tmp_path)
    assert told.returncode == 1
    assert "takedowns.yaml" in told.stderr

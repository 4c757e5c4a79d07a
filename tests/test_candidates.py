"""Names not reviewed yet: what their pages suggest, and redirects once they are registered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import Row, row
from briefing.content.problems import ContentError
from briefing.content.schema import ActorFile
from briefing.content.validation import read_contribution
from briefing.model import Actor, LazyPage, Page
from briefing.registry import check_registry, make_registry, read_registry
from briefing.site import archive_pages
from briefing.site.actors import LISTED, Candidate, candidate
from tests.builders import actor, row_name, templates
from tests.example_briefing import REGISTRY, TOPICS, example
from tests.test_pages import rendered

TEMPLATES = templates(repository="https://forge.example/press/archive")


def renamed(name: str, *called: str) -> Row:
    """The example, with another name for its candidate Jon Barrow."""
    base = row(example())
    so = tuple(row_name(n) for n in (name, *called))
    actors = tuple(replace(a, name=name, called=so) if a.id == "jon-barrow" else a for a in base.actors)
    return replace(base, actors=actors)


def asked(name: str, *called: str, registry: tuple[Actor, ...] = REGISTRY) -> Candidate:
    archive = cross_link([renamed(name, *called)], registry, TOPICS)
    found = candidate(archive.actors["jon-barrow"], make_registry(registry), TEMPLATES.site)
    assert found
    return found


def pages(archive: Archive) -> dict[str, Page | LazyPage]:
    return {p.path: p for p in archive_pages(archive, TEMPLATES)}


def test_suggested_file_is_a_valid_registry_file(tmp_path: Path) -> None:
    found = asked("Jon Barrow", "Barrow", "Jonathan Barrow", "Jon  Barrow")
    read = read_contribution(found.file, ActorFile, "x.yaml").value
    assert (read.name, read.kind, [a.name for a in read.aliases]) == ("Jon Barrow", "person", ["Jonathan Barrow"])
    (tmp_path / f"{found.id}.yaml").write_text(found.file)
    assert read_registry(tmp_path).by_id["jon-barrow"].name == "Jon Barrow"


def test_similar_spelling_is_asked_about() -> None:
    found = asked("Anna Kesowa")
    assert [a.id for a in found.nearest] == ["anna-kessowa"]
    merged = yaml.safe_load(found.merging)
    assert merged == {"aliases": ["Anna Kesowa"], "replaces": ["jon-barrow"]}
    page = rendered(pages(cross_link([renamed("Anna Kesowa")], REGISTRY, TOPICS))["actors/jon-barrow.md"])
    assert "Is this" in page.text
    assert "../../actors/anna-kessowa/" in page.links


@pytest.mark.parametrize("name", ["Ann Kessowa", "A. Kessowa", "Kessowa", "Anna Maria Kessowa"])
def test_shorter_first_name_is_asked_about(name: str) -> None:
    assert [a.id for a in asked(name).nearest] == ["anna-kessowa"]


@pytest.mark.parametrize("name", ["Ivo Kessowa", "Kess", "Anna"])
def test_another_first_name_is_not_asked_about(name: str) -> None:
    assert asked(name).nearest == ()


def test_countries_are_never_asked_about() -> None:
    assert asked("Norwai").nearest == ()


def test_candidate_page_offers_its_file_and_a_link_to_propose_it() -> None:
    page = rendered(pages(cross_link([row(example())], REGISTRY, TOPICS))["actors/jon-barrow.md"])
    assert "not reviewed" in page.text
    assert "name: Jon Barrow\nkind: person" in page.text
    assert [link for link in page.links if "filename=jon-barrow.yaml" in link]


@pytest.mark.parametrize("name", ["{{ x }}: &a [", "- <b>no</b>", 'O\'Hara "Jo"', "null", "王芳"])
def test_any_name_gives_a_readable_file(name: str) -> None:
    assert read_contribution(asked(name).file, ActorFile, "x.yaml").value.name == name


# --- merged and renamed ------------------------------------------------------------------------


HEIR = actor("jonathan-barrow", "Jonathan Barrow", replaces=("jon-barrow", "old-jon"))


def linked_to_heir() -> Row:
    base = row(example())
    actors = (
        replace(a, id=HEIR.id, name=HEIR.name, status="registered") if a.id == "jon-barrow" else a for a in base.actors
    )
    return replace(base, actors=tuple(actors))


def test_old_addresses_redirect_and_are_listed() -> None:
    found = pages(cross_link([linked_to_heir()], (*REGISTRY, HEIR), TOPICS))
    for old in HEIR.replaces:
        page = found[f"actors/{old}/index.html"].text
        assert '<meta http-equiv="refresh" content="0; url=../jonathan-barrow/">' in page.replace("&#45;", "-")
        assert 'href="../jonathan-barrow/"' in page.replace("&#45;", "-")
        assert old in rendered(found["moved.md"]).text


def test_old_year_pages_redirect() -> None:
    one = replace(linked_to_heir(), signature=())
    rows = [replace(one, id=f"r{n}", published=f"20{10 + n % 3}") for n in range(LISTED + 1)]
    found = pages(cross_link(rows, (*REGISTRY, HEIR), TOPICS))
    assert 'href="../../jonathan-barrow/2011/"' in found["actors/old-jon/2011/index.html"].text.replace("&#45;", "-")
    assert "actors/jonathan-barrow/2011.md" in found


def test_renamed_briefing_redirects() -> None:
    here = replace(row(example()), replaces=("2019/quay", "quay"))
    found = pages(cross_link([here], REGISTRY, TOPICS))
    for old, up in (("2019/quay", "../.."), ("quay", "..")):
        page = found[f"briefings/{old}/index.html"].text.replace("&#45;", "-")
        assert f'data-to="{up}/{here.id.removeprefix("2019/")}/"' in page or here.id in page
        assert f"<code>{old}</code>" in found["moved.md"].text.replace("&#45;", "-")


def test_existing_page_is_not_replaced_by_a_redirect() -> None:
    found = pages(cross_link([row(example())], (*REGISTRY, HEIR), TOPICS))
    assert "actors/jon-barrow.md" in found
    assert "actors/jon-barrow/index.html" not in found
    assert "not yet listed as an alias" in rendered(found["moved.md"]).text
    assert 'data-to="../' in found["actors/old-jon/index.html"].text


def test_old_id_has_one_successor_and_is_unused(tmp_path: Path) -> None:
    for name, more in {"a": "replaces: [b, gone]", "b": "", "c": "replaces: gone"}.items():
        (tmp_path / f"{name}.yaml").write_text(f"name: Person {name * 4}\nkind: person\n{more}\n")
    found = {(Path(p.path).name, p.line, p.code) for p in check_registry(tmp_path)[1]}
    assert found == {("a.yaml", 3, "replaced-actor"), ("c.yaml", 3, "replaced-twice")}
    with pytest.raises(ContentError):
        read_registry(tmp_path)

"""Citations: parsers of BibTeX, RIS, CSL-JSON and JSON-LD read ours correctly, whatever a title contains."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import rispy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from briefing import escape
from briefing.archive import Archive, cross_link
from briefing.archive.summaries import Row, row
from briefing.model import Actor
from briefing.site import Site, exports
from tests import builders
from tests.example_briefing import REGISTRY, TOPICS, example

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "citations.yaml").read_text(encoding="utf-8"))
SITE = builders.site(url="https://archive.example/news/", description="Briefings.")
PLACES = [SITE, builders.site(url="")]


def work(**changes: Any) -> Row:
    return replace(row(example()), **changes)


def read_bibtex(text: str) -> Any:
    """The single entry, with its values as a reference manager would show them."""
    found = parse_string(text, "bibtex").entries
    (entry,) = found.values()
    return entry


# LaTeX commands that pybtex does not decode.
COMMANDS = {r"\\textbraceleft ?": "{", r"\\textbraceright ?": "}", r"\\textasciicircum ?": "^", r"\\\$": "$"}


def read_latex(value: str) -> str:
    text = str(Text.from_latex(value))
    for command, sign in COMMANDS.items():
        text = re.sub(command, lambda _, sign=sign: sign, text)
    return text


def shown(entry: Any, name: str) -> str:
    return read_latex(entry.fields[name])


@pytest.mark.parametrize("case", CASES["titles"], ids=lambda c: c["label"])
@pytest.mark.parametrize("site", PLACES, ids=["address known", "address unknown"])
def test_titles_survive_every_format(case: dict[str, str], site: Site) -> None:
    words = case["words"]
    plain = escape.one_line(words)
    cited = work(title=words, author=words, publisher=words, url="https://press.example/a_b?c=1&d=%7B#e")

    entry = read_bibtex(exports.bibtex(cited, site))
    assert " ".join(shown(entry, "title").split()) == plain
    assert " ".join(shown(entry, "publisher").split()) == plain
    (author,) = entry.persons["author"]
    assert " ".join(read_latex(part) for part in author.last_names) == plain

    (record,) = rispy.loads(exports.ris(cited, site))
    assert record["title"] == plain
    assert record["authors"] == [plain]
    assert record["type_of_reference"] == "ELEC"

    (item,) = json.loads(exports.csl(cited, site))
    assert item["title"] == words
    assert item["author"] == [{"literal": words}]


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda c: c["edtf"] or "undated")
def test_dates_are_as_precise_as_known(case: dict[str, Any]) -> None:
    cited = work(published=case["edtf"])
    entry = read_bibtex(exports.bibtex(cited, SITE))
    assert entry.fields.get("year") == case.get("year")
    assert entry.fields.get("month") == case.get("month")
    assert entry.fields.get("date") == (case["edtf"] or None)
    (record,) = rispy.loads(exports.ris(cited, SITE))
    assert record.get("year") == case.get("year")
    assert record.get("date") == case.get("ris")
    (item,) = json.loads(exports.csl(cited, SITE))
    assert item.get("issued") == case.get("csl")
    meta = dict(exports.citation_meta(cited, SITE))
    assert meta.get("citation_publication_date") == case.get("meta")
    assert exports.day(cited) == case.get("day")


def test_url_is_the_page_or_else_the_original() -> None:
    cited = work(url="https://press.example/a_b?c=1&d={x}#e")
    assert (
        read_bibtex(exports.bibtex(cited, SITE)).fields["url"]
        == "https://archive.example/news/briefings/2026/velmora-harbour/"
    )
    unknown = work(url="https://press.example/a_b?c=1&d=%25#e")
    assert read_bibtex(exports.bibtex(unknown, PLACES[1])).fields["url"] == unknown.url
    assert rispy.loads(exports.ris(unknown, PLACES[1]))[0]["urls"] == [unknown.url]
    for address in ("javascript:alert(1)", "data:text/html,x", "https://a.example/}x{"):
        assert "url" not in read_bibtex(exports.bibtex(work(url=address), PLACES[1])).fields


def test_downloads_have_the_declared_type() -> None:
    for download in exports.downloads(work(), SITE):
        kind, _, text = download.address.partition(",")
        assert kind.startswith("data:application/")
        assert "Velmora" in unquote(text)


@settings(max_examples=50)
@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_one_entry_of_each_kind(title: str, author: str) -> None:
    cited = work(title=f"T {title}", author=f"A {author}")
    entry = read_bibtex(exports.bibtex(cited, SITE))
    assert entry.fields["langid"] == "en"
    assert len(entry.persons["author"]) == 1
    assert len(rispy.load(io.StringIO(exports.ris(cited, SITE)))) == 1
    assert len(json.loads(exports.csl(cited, SITE))) == 1


# --- schema.org -------------------------------------------------------------------------------


def in_archive(*rows: Row, registry: tuple[Actor, ...] = REGISTRY) -> Archive:
    return cross_link(rows, registry, TOPICS)


def everything(value: Any) -> list[dict[str, Any]]:
    """All objects in a JSON-LD document."""
    if isinstance(value, list):
        return [found for inner in value for found in everything(inner)]
    if isinstance(value, dict):
        return [value, *(found for inner in value.values() for found in everything(inner))]
    return []


def unknown_to_schema_org(document: Any) -> list[str]:
    """Types and properties that schema.org does not define, or not for this type."""
    from rdflib import SDO

    vocabulary = SDO.__annotations__
    wrong = []
    for thing in everything(document):
        kind = thing["@type"]
        allowed = {"@type", "@context"} | set(CASES["properties"]["Thing"]) | set(CASES["properties"].get(kind, ()))
        wrong += [kind] if kind not in vocabulary else []
        wrong += [f"{kind}.{key}" for key in thing if key[0] != "@" and (key not in vocabulary or key not in allowed)]
    return wrong


@pytest.mark.parametrize("site", PLACES, ids=["address known", "address unknown"])
def test_types_and_properties_are_those_of_schema_org(site: Site) -> None:
    archive = in_archive(work(url="https://press.example/x", author="Jane Roe", publisher="The Press"))
    document = exports.structured(archive.rows[0], archive, site)
    assert document["@context"] == "https://schema.org"
    assert not unknown_to_schema_org(document)
    for actor in archive.actors:
        assert not unknown_to_schema_org(exports.profile(actor, archive, site))


def test_our_article_is_based_on_the_original() -> None:
    archive = in_archive(work(url="https://press.example/x", author="Jane Roe", publisher="The Press"))
    found = exports.structured(archive.rows[0], archive, SITE)
    assert found["publisher"] == {"@type": "Organization", "name": "Archive", "url": SITE.url}
    assert "datePublished" not in found, "nobody knows when the briefing was published"
    assert found["isBasedOn"] == {
        "@type": "NewsArticle",
        "headline": "Harbour of Velmora to double its capacity",
        "url": "https://press.example/x",
        "datePublished": "2026-05-03",
        "publisher": {"@type": "Organization", "name": "The Press"},
        "author": {"@type": "Person", "name": "Jane Roe"},
        "inLanguage": "en",
    }


def test_only_what_is_registered_is_named_and_quoted() -> None:
    archive = in_archive(work())
    found = exports.structured(archive.rows[0], archive, SITE)
    assert [thing["name"] for thing in found["mentions"]] == [
        "Anna Kessowa", "Port Authority of Velmora", "Norway", "Dockers United",
    ]  # fmt: skip
    quotation = found["hasPart"][0]
    assert quotation["@type"] == "Quotation"
    assert quotation["spokenByCharacter"]["@type"] == "Person"
    assert quotation["spokenByCharacter"]["name"] == "Anna Kessowa"
    assert quotation["url"].startswith(f"{SITE.url}briefings/2026/velmora-harbour/#e-")


def test_who_is_meant_is_told_by_addresses_elsewhere() -> None:
    registry = tuple(
        replace(a, iso2="NO", iso3="NOR")
        if a.id == "norway"
        else replace(a, wikidata="Q42", website="https://a.example/")
        for a in REGISTRY
    )
    archive = in_archive(work(), registry=registry)
    norway = exports.profile("norway", archive, SITE)
    assert norway["@type"] == "Country"
    assert norway["sameAs"] == ["http://publications.europa.eu/resource/authority/country/NOR"]
    person = exports.profile("anna-kessowa", archive, SITE)
    assert person["sameAs"] == ["https://www.wikidata.org/entity/Q42", "https://a.example/"]
    assert person["alternateName"] == ["A. Kessova"]

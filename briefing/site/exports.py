"""Export briefings and actors in formats that other programs read.

A briefing: BibTeX, RIS and CSL-JSON for citing, <meta> elements for reference managers, schema.org for search engines.
The cited work is the source as shown in this archive; `url` is its page here if the site's address is known, else the
original.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from briefing import escape
from briefing.archive import Archive
from briefing.archive.summaries import Row
from briefing.content.edtf import in_words
from briefing.model import Actor
from briefing.site.templates import Site

KNOWN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?(?![0-9X])")  # the precision that formats support
UNSURE = re.compile(r"[?~%]$")
NOT_EDTF = re.compile(r"[^0-9XY?~%/.-]")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # BibTeX macros
SCHEMA_KINDS = {"person": "Person", "organisation": "Organization", "country": "Country"}
# The EU Publications Office's authority table of countries uses ISO 3166-1 codes.
COUNTRY = "http://publications.europa.eu/resource/authority/country/{}"
SPEAKERS = {"Person", "Organization"}  # the types to which schema.org can attribute a quotation


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    file: str
    address: str  # a data: address; files would be 30,000 more for 10,000 briefings


def downloads(row: Row, site: Site) -> list[Download]:
    stem = escape.file_name(row.id.rsplit("/", 1)[-1])
    return [
        Download("BibTeX", f"{stem}.bib", _data("application/x-bibtex", bibtex(row, site))),
        Download("RIS", f"{stem}.ris", _data("application/x-research-info-systems", ris(row, site))),
        Download("CSL-JSON", f"{stem}.json", _data("application/vnd.citationstyles.csl+json", csl(row, site))),
    ]


def _data(kind: str, text: str) -> str:
    return f"data:{kind};charset=utf-8,{quote(text)}"


def page_url(row: Row, site: Site) -> str | None:
    return site.briefing(row.id) if site.url else escape.link(row.url)


def date_parts(row: Row) -> list[int]:
    """Return year, month and day as far as known; nothing for an interval or decade."""
    if "/" in (row.published or "") or ".." in (row.published or ""):
        return []
    found = KNOWN.match(row.published or "")
    return [int(part) for part in found.groups() if part] if found else []


def day(row: Row) -> str | None:
    """Return the day of publication if it is certain, as `2012-03-14`."""
    parts = date_parts(row)
    sure = len(parts) == 3 and not UNSURE.search(row.published or "")
    return "-".join(f"{part:02d}" for part in parts) if sure else None


def key(row: Row) -> str:
    return "briefing-" + hashlib.sha256(row.id.encode()).hexdigest()[:8]


def bibtex(row: Row, site: Site) -> str:
    """Return a BibTeX entry.

    Titles and names have braces of their own, so that titles keep their capitals and "Trade and Industry" is not split
    into
    two people. `date` is for biblatex; `year` and `month` are for BibTeX.
    """
    parts = date_parts(row)
    fields = {
        "title": f"{{{escape.bibtex(row.title)}}}",
        "author": f"{{{escape.bibtex(row.author)}}}" if row.author else None,
        "publisher": f"{{{escape.bibtex(row.publisher)}}}" if row.publisher else None,
        "date": NOT_EDTF.sub("", row.published or ""),
        "year": f"{parts[0]:04d}" if parts else None,
        "howpublished": f"{{{escape.bibtex(site.name)}}}",
        "langid": escape.bibtex(row.language),
        "url": escape.bibtex_url(page_url(row, site)),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if len(parts) > 1:
        lines.append(f"  month = {MONTHS[parts[1] - 1]},\n")
    return f"@misc{{{key(row)},\n{''.join(lines)}}}\n"


def ris(row: Row, site: Site) -> str:
    parts = date_parts(row)
    lines = [("TY", "ELEC"), ("ID", key(row)), ("TI", row.title), ("AU", row.author), ("PB", row.publisher)]
    if parts:
        lines.append(("PY", f"{parts[0]:04d}"))
        lines.append(("DA", "/".join([*(f"{p:02d}" for p in parts), *[""] * (3 - len(parts))]) + "/"))
    elif row.published:
        lines.append(("DA", f"///{in_words(row.published)}"))
    lines += [("DP", site.name), ("LA", row.language), ("UR", page_url(row, site))]
    return "".join(f"{tag}  - {escape.one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def csl(row: Row, site: Site) -> str:
    return json.dumps([csl_entry(row, site)], ensure_ascii=False, indent=1) + "\n"


def csl_entry(row: Row, site: Site) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": key(row),
        "type": "webpage",
        "title": row.title,
        "container-title": site.name,
        "author": [{"literal": row.author}] if row.author else None,
        "publisher": row.publisher,
        "issued": _issued(row),
        "URL": page_url(row, site),
        "language": row.language,
    }
    return without_empty(entry)


def _issued(row: Row) -> dict[str, Any] | None:
    parts = date_parts(row)
    if not parts:
        return {"literal": in_words(row.published)} if row.published else None
    return {"date-parts": [parts]} | ({"circa": True} if UNSURE.search(row.published or "") else {})


def citation_meta(row: Row, site: Site) -> list[list[str]]:
    """Return names and contents of <meta> elements for reference managers."""
    parts = date_parts(row)
    found = [
        ("citation_title", row.title),
        ("citation_author", row.author),
        ("citation_publisher", row.publisher),
        ("citation_publication_date", "/".join(f"{p:02d}" for p in parts)),
        ("citation_language", row.language),
        ("citation_public_url", page_url(row, site)),
    ]
    return [[Markup(name), value] for name, value in found if value]  # names are ours: nothing in them is escaped


def structured(row: Row, archive: Archive, site: Site) -> dict[str, Any]:
    """Return schema.org data: the article here, the original, the actors mentioned and the quotations."""
    work = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": row.title,
        "inLanguage": row.language,
        "url": site.briefing(row.id) if site.url else None,
        "publisher": {"@type": "Organization", "name": site.name} | ({"url": site.url} if site.url else {}),
        "isBasedOn": _original(row),
        "isPartOf": {"@type": "WebSite", "name": site.name} | ({"url": site.url} if site.url else {}),
        "mentions": [
            thing(a.id, archive, site) for a in row.actors if a.status == "registered" and a.id in archive.actors
        ],
        "hasPart": list(_quotations(row, archive, site)),
    }
    return without_empty(work)


def _original(row: Row) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "NewsArticle",
            "headline": row.title,
            "url": escape.link(row.url),
            "datePublished": "-".join(f"{p:02d}" for p in date_parts(row)) or None,
            "publisher": {"@type": "Organization", "name": row.publisher} if row.publisher else None,
            "author": {"@type": "Person", "name": row.author} if row.author else None,
            "inLanguage": row.language,
        }
    )


def _quotations(row: Row, archive: Archive, site: Site) -> Iterator[dict[str, Any]]:
    for s in row.statements:
        if s.form == "direct":
            known = archive.actors.get(s.actor or "")
            named = known is not None and known.entry is not None and SCHEMA_KINDS.get(known.kind) in SPEAKERS
            yield without_empty(
                {
                    "@type": "Quotation",
                    "text": " … ".join(s.content),
                    "url": f"{site.briefing(row.id)}#e-{s.id}" if site.url else None,
                    "spokenByCharacter": thing(s.actor, archive, site) if named and s.actor else None,
                }
            )


def thing(actor: str, archive: Archive, site: Site) -> dict[str, Any]:
    """Return an actor as a schema.org thing."""
    known = archive.actors[actor]
    entry = known.entry
    return without_empty(
        {
            "@type": SCHEMA_KINDS.get(known.kind, "Thing"),
            "name": known.name,
            "url": f"{site.url}actors/{escape.file_name(actor)}/" if site.url and known.has_page else None,
            "identifier": entry.iso2 if entry else None,
            "sameAs": list(_elsewhere(entry)) if entry else None,
        }
    )


def _elsewhere(entry: Actor) -> Iterator[str]:
    if entry.wikidata:
        yield f"https://www.wikidata.org/entity/{entry.wikidata}"
    if entry.iso3 and entry.iso2 != "XK":  # Kosovo is not in ISO 3166-1
        yield COUNTRY.format(entry.iso3)
    if address := escape.link(entry.website):
        yield address


def profile(actor: str, archive: Archive, site: Site) -> dict[str, Any]:
    """Return the structured data of an actor's own page, with its other names."""
    entry = archive.actors[actor].entry
    names = [alias.name for alias in entry.aliases] if entry else []
    about = thing(actor, archive, site) | {"description": entry.note if entry else None, "alternateName": names}
    return without_empty({"@context": "https://schema.org"} | about)


def without_empty(work: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in work.items() if value}

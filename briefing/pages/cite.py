"""A Row -> how to cite it: BibTeX, RIS, CSL-JSON, and what search engines and libraries read.

The work that is cited is the source as this archive shows it; `url` is the page of the archive if its address
is known, else the original.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from briefing import escape
from briefing.archive import Archive
from briefing.pages.templates import Site
from briefing.rows import Row

KNOWN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?")  # the part of a date that formats can tell
SCHEMA_KINDS = {"person": "Person", "organisation": "Organization", "country": "Country", "group": "Organization"}


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    file: str
    address: str  # a data: address, so that an archive of 10,000 briefings needs no 30,000 files more


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
    return f"{site.url}briefings/{row.id}/" if site.url else escape.link(row.url)


def date_parts(row: Row) -> list[int]:
    found = KNOWN.match(row.published or "")
    return [int(part) for part in found.groups() if part] if found else []


def key(row: Row) -> str:
    return "briefing-" + hashlib.sha256(row.id.encode()).hexdigest()[:8]


def bibtex(row: Row, site: Site) -> str:
    parts = date_parts(row)
    fields = {
        "title": row.title,
        "author": row.author,
        "publisher": row.publisher,
        "year": f"{parts[0]:04d}" if parts else None,
        "month": f"{parts[1]:02d}" if len(parts) > 1 else None,
        "howpublished": site.name,
    }
    lines = [f"  {name} = {{{escape.bibtex(value)}}},\n" for name, value in fields.items() if value]
    address = page_url(row, site)
    if address:
        lines.append(f"  url = {{{address.replace('{', '%7B').replace('}', '%7D')}}},\n")
    return f"@misc{{{key(row)},\n{''.join(lines)}}}\n"


def ris(row: Row, site: Site) -> str:
    parts = date_parts(row)
    lines = [("TY", "ELEC"), ("ID", key(row)), ("TI", row.title), ("AU", row.author), ("PB", row.publisher)]
    if parts:
        lines.append(("PY", f"{parts[0]:04d}"))
        lines.append(("DA", "/".join([*(f"{p:02d}" for p in parts), *[""] * (3 - len(parts))]) + "/"))
    lines += [("DP", site.name), ("LA", row.language), ("UR", page_url(row, site))]
    return "".join(f"{tag}  - {escape.one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def csl(row: Row, site: Site) -> str:
    parts = date_parts(row)
    entry: dict[str, Any] = {
        "id": key(row),
        "type": "webpage",
        "title": row.title,
        "container-title": site.name,
        "author": [{"literal": row.author}] if row.author else None,
        "publisher": row.publisher,
        "issued": {"date-parts": [parts]} if parts else None,
        "URL": page_url(row, site),
        "language": row.language,
    }
    return json.dumps([{k: v for k, v in entry.items() if v}], ensure_ascii=False, indent=1) + "\n"


def citation_meta(row: Row, site: Site) -> list[list[str]]:
    """Names and contents of <meta> elements that reference managers read."""
    parts = date_parts(row)
    found = [
        ("citation_title", row.title),
        ("citation_author", row.author),
        ("citation_publisher", row.publisher),
        ("citation_publication_date", "/".join(f"{p:02d}" for p in parts)),
        ("citation_language", row.language),
        ("citation_public_url", page_url(row, site)),
    ]
    return [[name, value] for name, value in found if value]


def structured(row: Row, archive: Archive, site: Site) -> dict[str, Any]:
    """schema.org: an article based on another, whom it mentions, whom it quotes."""
    original = escape.link(row.url)
    work: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": row.title,
        "inLanguage": row.language,
        "datePublished": "-".join(f"{p:02d}" for p in date_parts(row)) or None,
        "url": f"{site.url}briefings/{row.id}/" if site.url else None,
        "publisher": {"@type": "Organization", "name": row.publisher} if row.publisher else None,
        "author": {"@type": "Person", "name": row.author} if row.author else None,
        "isBasedOn": original,
        "isPartOf": {"@type": "WebSite", "name": site.name} | ({"url": site.url} if site.url else {}),
        "mentions": [_thing(a.id, archive) for a in row.actors if a.status == "registered" and a.id in archive.actors],
        "hasPart": list(_quotations(row, archive)),
    }
    return {k: v for k, v in work.items() if v}


def _quotations(row: Row, archive: Archive) -> Iterator[dict[str, Any]]:
    for s in row.statements:
        if s.form == "direct":
            speaker = _thing(s.actor, archive) if s.actor in archive.actors and s.actor else None
            yield {"@type": "Quotation", "text": " … ".join(s.content)} | ({"creator": speaker} if speaker else {})


def _thing(actor: str, archive: Archive) -> dict[str, Any]:
    known = archive.actors[actor]
    thing: dict[str, Any] = {"@type": SCHEMA_KINDS.get(known.kind, "Thing"), "name": known.name}
    if known.entry and known.entry.wikidata:
        thing["sameAs"] = f"https://www.wikidata.org/entity/{known.entry.wikidata}"
    return thing

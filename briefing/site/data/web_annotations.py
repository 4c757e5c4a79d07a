"""Write every fact as a W3C Web Annotation: its exact words and place, in the text of a source with a known hash.

    {"id": "https://.../briefings/2012/quay/#e-3f2a90c1d4", "type": "Annotation", "motivation": "classifying",
     "body": {"type": "TextualBody", "purpose": "classifying", "value": "figure"},
     "target": {"source": {"id": "https://.../briefings/2012/quay/", "sha256": "..."}, "selector": [...]}}

See https://www.w3.org/TR/annotation-model/. `sha256` is schema.org's property; it is that of the source's file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from briefing.site.data.tables import FACT_TABLES, VERSION, Found, Value
from briefing.site.facts_json import WITHHELD

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"sha256": "https://schema.org/sha256", "version": "https://schema.org/version"},
]
AROUND = 32  # characters before and after the words, by which they are found in a text that was changed


def head(page: str) -> str:
    """Return the beginning of the file: annotations follow, one per line, then END. `page` is its address, if known."""
    about = {"@context": CONTEXT, **({"id": page} if page else {}), "type": "AnnotationPage", "version": VERSION}
    return json.dumps(about | {"items": []}, ensure_ascii=False).removesuffix("]}")


END = "\n]}\n"


def annotate(found: Found, rows: Iterable[tuple[str, list[tuple[Value, ...]]]]) -> Iterator[str]:
    """Yield the annotations of a briefing's facts, from their rows by table."""
    source = {"id": found.page, "type": "Text", "sha256": found.hash}
    if found.facts["language"]:
        source["language"] = found.facts["language"]
    for name, facts in rows:
        if name in PLACES:
            kind, columns = PLACES[name]
            start, end, page = (columns.index(column) for column in ("start", "end", "page"))
            for fact in facts:
                yield json.dumps(_annotation(found.text, kind, (fact[start], fact[end], fact[page]), source),
                                 ensure_ascii=False)  # fmt: skip


# The kind of fact in each table, and the columns of its rows.
PLACES = {
    table.name: (table.kind.name, [column.name for column in table.columns]) for table in FACT_TABLES if table.kind
}


def _annotation(text: str, kind: str, place: tuple[Any, Any, Any], source: dict[str, str]) -> dict[str, Any]:
    start, end, page = place
    quote = {"type": "TextQuoteSelector", "exact": text[start:end]}
    if before := text[max(0, start - AROUND) : start].rpartition(WITHHELD)[2]:
        quote["prefix"] = before
    if after := text[end : end + AROUND].partition(WITHHELD)[0]:
        quote["suffix"] = after
    return {
        "id": page,
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "TextualBody", "purpose": "classifying", "value": kind},
        "target": {
            "source": source,
            "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}],
        },
    }

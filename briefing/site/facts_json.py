"""Briefing -> the JSON object of the facts contract: its keys, in its order, and nothing else.

`python build.py facts` prints it, a briefing's page offers it to download, other people's scripts rely on it.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

from briefing.model import Briefing


class _Spanned(Protocol):
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


def to_json(briefing: Briefing) -> str:
    """One line of JSON, UTF-8, keys in the contract's order."""
    return json.dumps(to_object(briefing), ensure_ascii=False)


def to_object(briefing: Briefing) -> dict[str, Any]:
    article = briefing.article
    source = article.source
    return {
        "id": source.id,
        "source": source.path,
        "sha256": source.sha256,
        "title": {"value": article.title.value, "basis": article.title.basis},
        "published": {"edtf": article.published.edtf, "basis": article.published.basis},
        "publisher": source.meta.publisher,
        "url": source.meta.url,
        "language": article.language,
        "text": article.text,
        "removed": [_span(r) | {"rule": r.rule, "reason": r.reason} for r in article.removed],
        "sentences": [{"id": s.id} | _span(s) for s in briefing.sentences],
        "actors": [
            {
                "id": a.id,
                "name": a.name,
                "kind": a.kind,
                "status": a.status,
                "mentions": [_span(m) | {"how": m.how} for m in a.mentions],
            }
            for a in briefing.actors
        ],
        "roles": [
            {"actor": r.actor, "title": r.title, "organisation": r.organisation} | _span(r) | {"rule": r.rule}
            for r in briefing.roles
        ],
        "statements": [
            {
                "id": s.id,
                "speaker": {"actor": s.speaker.actor} | _span(s.speaker) if s.speaker else None,
                "cue": _span(s.cue) if s.cue else None,
                "content": [_span(c) for c in s.content],
                "form": s.form,
                "hedged": s.hedged,
                "about": list(s.about),
                "rule": s.rule,
            }
            for s in briefing.statements
        ],
        "figures": [
            {
                "id": f.id,
                "value": f.value,
                "high": f.high,
                "unit": f.unit,
                "measure": f.measure,
                "subject": f.subject,
            }
            | _span(f)
            | {"rule": f.rule}
            for f in briefing.figures
        ],
        "dates": [
            _span(d) | {"edtf": d.edtf, "relative": d.relative, "basis": d.basis, "rule": d.rule}
            for d in briefing.dates
        ],
        "events": [
            {"id": e.id, "date": e.date, "actors": list(e.actors)} | _span(e) | {"rule": e.rule}
            for e in briefing.events
        ],
        "topics": list(briefing.topics),
        "key_facts": [{"id": k.id, "kind": k.kind, "ref": k.ref} | _span(k) for k in briefing.key_facts],
        "notes": [{"code": n.code, "severity": n.severity, "message": n.message} | _span(n) for n in briefing.notes],
    }


def _span(value: _Spanned) -> dict[str, Any]:
    return {"start": value.start, "end": value.end}

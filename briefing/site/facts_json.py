"""Briefing -> the JSON object of the facts contract: its keys, in its order, and nothing else.

`python build.py facts` prints it, a briefing's page offers it to download, other people's scripts rely on it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from briefing.archive.summaries import Sentences
from briefing.facts import KINDS
from briefing.facts.kinds import span
from briefing.model import Briefing, Mention, Sentence, Span
from briefing.site.plain_text import shown_sentences

# Keys as they were first published. Later kinds of fact follow where there are any: scripts that check the keys to the
# letter keep working.
WITHHELD = "█"  # stands for a character of a text of which only excerpts may be shown
NOT_LINE_END = re.compile(".")
ORDER = ("roles", "statements", "figures", "dates", "events", "topics", "key_facts", "notes")


def to_json(briefing: Briefing) -> str:
    """One line of JSON, UTF-8, keys in the contract's order."""
    return json.dumps(to_object(briefing), ensure_ascii=False)


def to_object(briefing: Briefing) -> dict[str, Any]:
    article = briefing.article
    source = article.source
    head: dict[str, Any] = {
        "id": source.id,
        "source": source.path,
        "sha256": source.sha256,
        "title": {"value": article.title.value, "basis": article.title.basis},
        "published": {"edtf": article.published.edtf, "basis": article.published.basis},
        "publisher": source.meta.publisher,
        "url": source.meta.url,
        "language": article.language,
        "text": article.text,
        "removed": [span(r) | {"rule": r.rule, "reason": r.reason} for r in article.removed],
        "sentences": [{"id": s.id} | span(s) for s in briefing.sentences],
        "actors": [
            {
                "id": a.id,
                "name": a.name,
                "kind": a.kind,
                "status": a.status,
                "mentions": [span(m) | {"how": m.how} for m in a.mentions],
            }
            for a in briefing.actors
        ],
    }
    facts: dict[str, Any] = {kind.key: [kind.json(fact) for fact in kind.of(briefing)] for kind in KINDS}
    facts["topics"] = list(briefing.topics)
    facts["notes"] = [{"code": n.code, "severity": n.severity, "message": n.message} | span(n) for n in briefing.notes]
    facts["corrections"] = [asdict(correction) for correction in briefing.corrections]
    return head | {key: facts.pop(key) for key in ORDER} | {key: found for key, found in facts.items() if found}


def publishable(briefing: Briefing) -> bytes:
    """Return the object as a line of JSON; if only excerpts may be shown, without the rest of the text.

    WITHHELD stands for each of its characters, so that `text[start:end]` is still the evidence of every fact. What is
    kept are the sentences that carry facts, as on the page, and mentions of actors.
    """
    found = to_object(briefing)
    if briefing.article.source.meta.rights == "excerpts":
        found["text"] = _excerpts(briefing)
        found["rights"] = "excerpts"
    return json.dumps(found, ensure_ascii=False).encode()


def _excerpts(briefing: Briefing) -> str:
    kept: list[Span | Sentence | Mention] = [*shown_sentences(briefing, Sentences(briefing))]
    kept += [span for kind in KINDS for fact in kind.of(briefing) for span in kind.evidence(fact)]
    kept += [mention for actor in briefing.actors for mention in actor.mentions]
    text = briefing.article.text
    found, at = [], 0
    for shown in sorted(kept, key=lambda s: s.start):
        found += [NOT_LINE_END.sub(WITHHELD, text[at : shown.start]), text[max(at, shown.start) : shown.end]]
        at = max(at, shown.end)
    return "".join([*found, NOT_LINE_END.sub(WITHHELD, text[at:])])

"""What a person says of a fact -> an entry of the corrections file, and the file with that entry in it.

    text = merged(text, {"accept": [record(fact, places, registered)]}, reviewed=None)

Existing lines, comments among them, stay as they are wherever an entry can simply be added. An entry that
answers for the same fact as a new one is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import yaml

from briefing.corrections.facts import Fact, extent, kind_of
from briefing.corrections.words import Places
from briefing.model import DateRef, Event, Figure, Role, Span, Statement
from briefing.yaml_text import read_yaml

Entry = Mapping[str, Any]
ANSWERS = ("accept", "edit", "reject")  # one of these holds for a fact, not two
HEAD = "# What people say of the facts of this article. It wins over the program, for ever: see CONTRIBUTING.md.\n"
WIDTH = 110
SECTION = re.compile(r"[a-z]+:[ \t]*(?:#.*)?$")


def pointer(fact: Fact, places: Places) -> dict[str, Any]:
    """What says which fact is meant, by its id and by its words."""
    span = extent(fact)[0]
    words = places.words(span)
    entry: dict[str, Any] = {"fact": fact.id, "kind": kind_of(fact), "words": words}
    found = places.find(words)
    if len(found) > 1:
        entry["occurrence"] = next((n for n, s in enumerate(found, 1) if s.start == span.start), 1)
        before, after = places.around(span)
        entry |= {key: value for key, value in (("before", before), ("after", after)) if value}
    return entry


def record(fact: Fact, places: Places, registered: Collection[str]) -> dict[str, Any]:
    """All that is to be kept of a fact, so that it can be made again when no rule finds it any more."""
    entry = pointer(fact, places)
    parts = extent(fact)
    if len(parts) > 1:
        entry["content"] = [places.words(part) for part in parts]
    kept = {key: value for key, value in _details(fact, places).items() if value is not None}
    for key in ("actor", "organisation"):
        if kept.get(key) not in registered:
            kept.pop(key, None)  # the id of a candidate may still change
    return entry | kept


def _details(fact: Fact, places: Places) -> dict[str, Any]:
    if isinstance(fact, Statement):
        speaker = fact.speaker
        return {
            "speaker": places.words(Span(speaker.start, speaker.end)) if speaker else None,
            "cue": places.words(fact.cue) if fact.cue else None,
            "form": fact.form,
            "hedged": "yes" if fact.hedged else None,
            "actor": speaker.actor if speaker else None,
        }
    if isinstance(fact, Figure):
        return {
            "value": number(fact.value), "high": number(fact.high), "unit": fact.unit, "measure": fact.measure,
            "actor": fact.subject,
        }  # fmt: skip
    if isinstance(fact, DateRef):
        return {"date": fact.edtf}
    if isinstance(fact, Event):
        return {"date": fact.date}
    if isinstance(fact, Role):
        return {
            "speaker": places.words(fact.holder), "title": fact.title, "actor": fact.actor,
            "organisation": fact.organisation,
        }  # fmt: skip
    return {}


def number(value: float | None) -> str | None:
    """As people write it: 310000000, 2.5."""
    if value is None:
        return None
    return str(int(value)) if value == int(value) else repr(value)


def merged(text: str, new: Mapping[str, Sequence[Entry]], reviewed: Entry | None = None) -> str:
    """The file with these entries in it."""
    before = read_yaml(text, "").value
    wanted: dict[str, Any] = {key: list(v) if isinstance(v, list) else v for key, v in (before or {}).items()}
    answered = {e["fact"] for part in ANSWERS for e in new.get(part, ()) if e.get("fact")}
    replaced = bool(reviewed and "reviewed" in wanted)
    for part in ANSWERS:
        kept = [e for e in wanted.get(part) or () if not (isinstance(e, dict) and e.get("fact") in answered)]
        replaced = replaced or len(kept) < len(wanted.get(part) or ())
        if part in wanted:
            wanted[part] = kept
    for part, entries in new.items():
        if entries:
            wanted[part] = [*(wanted.get(part) or ()), *map(_plain, entries)]
    if reviewed:
        wanted["reviewed"] = _plain(reviewed)
    wanted = {key: value for key, value in wanted.items() if value not in (None, [])}
    added = _appended(text, new, reviewed)
    if not replaced and read_yaml(added, "").value == wanted:
        return added
    return HEAD + _dump(wanted)


def _plain(entry: Entry) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, list | tuple) else str(value) for key, value in entry.items()}


def _appended(text: str, new: Mapping[str, Sequence[Entry]], reviewed: Entry | None) -> str:
    """The text with the entries at the end of their sections; whether that reads as meant is for the caller to see."""
    lines = (text or HEAD).rstrip("\n").split("\n")
    if reviewed:
        lines += _dump({"reviewed": _plain(reviewed)}).rstrip("\n").split("\n")
    for part, entries in new.items():
        if not entries:
            continue
        block = _dump({part: [_plain(e) for e in entries]}).rstrip("\n").split("\n")
        start = next((n for n, line in enumerate(lines) if line.startswith(f"{part}:") and SECTION.match(line)), None)
        if start is None:
            lines += block
            continue
        end = next((n for n in range(start + 1, len(lines)) if re.match(r"[a-z]", lines[n])), len(lines))
        while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
            end -= 1
        lines[end:end] = block[1:]
    return "\n".join(lines) + "\n"


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False)

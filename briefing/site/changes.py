"""Two builds' facts.jsonl -> the log of facts added, changed and retracted, as JSON and as an Atom feed.

    log(Path("published/data/facts.jsonl"), facts, built=1764590000)  ->
    {"format": "1.0", "builds": [{"number": 7, "date": "2025-12-01T11:53:20Z", "facts": {"added": 1, ...},
      "changes": [{"action": "added", "briefing": "2024/quay", "kind": "figures", "fact": "ab12cd34ef",
                   "page": "briefings/2024/quay/#e-ab12cd34ef", "words": "300 tonnes"}]}]}

The previous state is what was published, facts.jsonl and the log beside it. The log keeps ids and names of fields only:
words are filled in from the facts that stand now, so that it never repeats what was taken down or corrected.

A fact has changed if one of its values has, or its words; not if only its place in the text or the rule that found it
is another. An article that moved keeps the ids of its facts, by which it is recognised.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing import escape
from briefing.archive.summaries import shorten
from briefing.cache import digest
from briefing.content.problems import ContentError, Problem, plural
from briefing.model import LazyPage, Page
from briefing.site.facts_json import WITHHELD
from briefing.site.feeds import moment, urn
from briefing.site.publish import hash_of
from briefing.site.templates import Templates
from briefing.verify import facts_of

VERSION = "1.0"  # of the format of the log
FACTS, LOG, FEED = "facts.jsonl", "changes.json", "changes.xml"
MOST_BUILDS, MOST_CHANGES = 200, 50_000  # in the log; older builds keep their counts
MOST_ENTRIES = 50  # of the feed
LONGEST = 200  # characters of words
NOT_COMPARED = {"start", "end", "rule"}
FACT_ID = re.compile(r"[0-9a-f]{10}")
FIRST_ID = re.compile(r'"id": ?("(?:[^"\\]|\\.)*")')  # of a line: that of the briefing
ACTIONS = ("added", "changed", "retracted")
Change = dict[str, Any]
Build = dict[str, Any]
Log = dict[str, Any]


class Facts(Mapping[str, str]):
    """The facts of briefings, a line of JSON each, read when needed."""

    def __init__(self, names: Iterable[str], read: Callable[[str], str]) -> None:
        self._names, self._read = dict.fromkeys(names), read

    def __getitem__(self, name: str) -> str:
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def parsed(self, name: str) -> dict[str, Any]:
        return dict(json.loads(self[name])) if name in self._names else {}


def published_facts(path: Path) -> Facts:
    """Return what a published facts.jsonl says. Raises ContentError if it is something else."""
    places: dict[str, int] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not (found := FIRST_ID.search(line.decode(errors="replace"))):
                raise ContentError(_unreadable(path, number))
            places[str(json.loads(found[1]))] = file.tell() - len(line)

    def read(name: str) -> str:
        with path.open("rb") as file:
            file.seek(places[name])
            return file.readline().decode()

    return Facts(places, read)


def _unreadable(path: Path, line: int) -> Problem:
    right = f"Give the {FACTS} of the site as it was published last, with {LOG} beside it."
    return Problem(str(path), line, 1, "previous-facts", "this is not what a build has published", right)


def pages(previous: Path | None, facts: Facts, templates: Templates, fingerprint: str) -> Iterator[Page | LazyPage]:
    """Yield the log and its feed. Without a previous site, nothing is logged. Raises ContentError if it is damaged."""
    found = cache(lambda: log(previous, facts, templates.site.built))
    hashes = (hash_of(path) for path in (previous, previous.with_name(LOG)) if path.is_file()) if previous else ()
    fingerprint = digest(fingerprint, *hashes) if fingerprint else ""
    yield LazyPage(f"data/{LOG}", fingerprint, lambda: Page(f"data/{LOG}", escape.json_text(found()) + "\n"))
    yield LazyPage(f"data/{FEED}", fingerprint, lambda: _feed(found(), facts, templates))


def log(previous: Path | None, facts: Facts, built: int | None) -> Log:
    """Return the log: that of the previous site, and what has changed since, the latest build first."""
    builds = _earlier(previous.with_name(LOG)) if previous else []
    briefings, changes = compare(published_facts(previous), facts) if previous else ({}, [])
    if changes or any(briefings.values()):
        counts = Counter(change["action"] for change in changes)
        build = {
            "number": builds[0]["number"] + 1 if builds else 1,
            "date": moment(built) if built is not None else None,
            "facts": {action: counts[action] for action in ACTIONS},
            "briefings": briefings,
            "changes": changes,
        }
        builds.insert(0, build)
    del builds[MOST_BUILDS:]
    left = MOST_CHANGES
    for build in builds:
        left -= len(build["changes"])
        if left < 0:
            build["changes"] = []
    _fill_in(builds, facts)
    return {"format": VERSION, "builds": builds}


def compare(before: Facts, now: Facts) -> tuple[dict[str, Any], list[Change]]:
    """Return which briefings came, went and moved, and what changed in their facts, sorted by briefing."""
    old = {name: before.parsed(name) for name in before if name not in now or not _same(before[name], now[name])}
    new = {name: now.parsed(name) for name in now if name in old or name not in before}
    moved = _moved(old, new)
    former = {name: other for other, name in moved.items()}
    gone = sorted(old.keys() - new.keys() - moved.keys())
    came = sorted(new.keys() - old.keys() - former.keys())
    changes = [c for name in new for c in _changes(name, old.get(name) or old.get(former.get(name, ""), {}), new[name])]
    changes += [c for name in gone for c in _changes(name, old[name], {})]
    briefings = {"added": came, "removed": gone, "moved": dict(sorted(moved.items()))}
    return briefings, sorted(changes, key=lambda c: (c["briefing"], c["kind"], c["fact"]))


def _same(published: str, now: str) -> bool:
    """Tell whether a published line has these facts. It ends with what data/ adds to the contract."""
    end = now.rstrip().removesuffix("}")
    return published.startswith(end) and published[len(end) :].startswith(("}", ', "page": '))


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Map ids of briefings that are gone to those of new ones with most of their facts."""
    owner = {name: {key for key, _ in _by_id(new[name])} for name in sorted(new.keys() - old.keys())}
    found = {}
    for name in sorted(old.keys() - new.keys()):
        facts = {key for key, _ in _by_id(old[name])}
        best = max(owner, key=lambda other: len(owner[other] & facts), default="")
        if facts and best and 2 * len(owner[best] & facts) > len(facts):
            found[name] = best
    return found


def _by_id(briefing: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    return (((kind, fact["id"]), fact) for kind, fact in facts_of(briefing) if FACT_ID.fullmatch(fact.get("id", "")))


def _changes(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    before, now = dict(_by_id(old)), dict(_by_id(new))
    for key in sorted(before.keys() | now.keys()):
        change = {"briefing": name, "kind": key[0], "fact": key[1]}
        if key not in before:
            yield {"action": "added"} | change
        elif key not in now:
            yield {"action": "retracted"} | change
        elif fields := sorted(_different(before[key], old["text"], now[key], new["text"])):
            yield {"action": "changed"} | change | {"fields": fields}


def _different(old: dict[str, Any], before: str, new: dict[str, Any], now: str) -> Iterator[str]:
    if _settled(old, before, "words") != _settled(new, now, "words"):
        yield "words"
    for field in (old.keys() | new.keys()) - NOT_COMPARED:
        if _settled(old.get(field), before) != _settled(new.get(field), now):
            yield field


def _settled(value: Any, text: str, only: str = "") -> Any:
    """Return a value with words instead of places in a text."""
    if isinstance(value, list):
        return [_settled(one, text) for one in value]
    if isinstance(value, dict):
        words = {"words": text[value["start"] : value["end"]]} if value.get("start") is not None else {}
        inside = {} if only else {k: _settled(one, text) for k, one in value.items() if k not in NOT_COMPARED}
        return inside | words
    return value


# --- what was logged before ------------------------------------------------------------------------


def _earlier(path: Path) -> list[Build]:
    """Return the builds of a published log. It may come from anywhere: only what we would write is taken over."""
    if not path.is_file():
        return []
    try:
        return [_taken_over(build) for build in json.loads(path.read_text(encoding="utf-8"))["builds"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ContentError(_unreadable(path, 1)) from error


def _taken_over(build: Build) -> Build:
    briefings = build["briefings"]
    return {
        "number": int(build["number"]),
        "date": None if build["date"] is None else _plain(build["date"]),
        "facts": {action: int(build["facts"][action]) for action in ACTIONS},
        "briefings": {
            "added": [_plain(name) for name in briefings["added"]],
            "removed": [_plain(name) for name in briefings["removed"]],
            "moved": {_plain(old): _plain(new) for old, new in briefings["moved"].items()},
        },
        "changes": [
            {key: _plain(change[key]) for key in ("action", "briefing", "kind", "fact")}
            | ({"fields": [_plain(field) for field in change["fields"]]} if "fields" in change else {})
            for change in build["changes"]
            if FACT_ID.fullmatch(change["fact"]) and change["action"] in ACTIONS
        ],
    }


def _plain(value: Any) -> str:
    return escape.plain(str(value))[:300]


def _fill_in(builds: list[Build], facts: Facts) -> None:
    """Add the words and the address of each logged fact that stands now."""
    every = [change for build in builds for change in build["changes"]]
    now = {
        (name, *key): _words(fact, briefing["text"])
        for name in {change["briefing"] for change in every}
        if (briefing := facts.parsed(name))
        for key, fact in _by_id(briefing)
    }
    for change in every:
        words = now.get((change["briefing"], change["kind"], change["fact"]))
        if words is not None:
            change["page"] = f"briefings/{change['briefing']}/#e-{change['fact']}"
            if words and WITHHELD not in words:
                change["words"] = words


def _words(fact: dict[str, Any], text: str) -> str:
    parts = fact.get("content") or [fact if "start" in fact else fact.get("cue") or {}]
    return shorten(" … ".join(" ".join(text[p["start"] : p["end"]].split()) for p in parts if "start" in p), LONGEST)


# --- the feed --------------------------------------------------------------------------------------


def _feed(found: Log, facts: Facts, templates: Templates) -> Page:
    up = templates.site.url or "../"
    entries = list(islice(_entries(found, facts, up), MOST_ENTRIES))
    feed = templates.environment.get_template("changes.xml.j2")
    return Page(f"data/{FEED}", feed.render(site=templates.site, entries=entries, up=up, id=urn("feed changes")))


def _entries(found: Log, facts: Facts, up: str) -> Iterator[dict[str, str]]:
    """Yield an entry for each build and briefing; builds without a date are in no feed."""
    for build in found["builds"]:
        for name, changes in groupby(build["changes"] if build["date"] else (), key=lambda c: c["briefing"]):
            listed, briefing = list(changes), facts.parsed(name)
            title = briefing["title"]["value"] if briefing else name
            yield {
                "id": urn(f"changes {build['number']} {build['date']} {name}"),
                "title": f"{title}: {_counted(listed)}",
                "updated": build["date"],
                "url": f"{up}briefings/{quote(name)}/" if briefing else f"{up}data/{LOG}",
                "words": "\n".join(f"{c['action']}: {c['words']}" for c in listed if "words" in c),
            }


def _counted(changes: Iterable[Change]) -> str:
    counts = Counter(change["action"] for change in changes)
    return ", ".join(f"{plural(counts[action], 'fact')} {action}" for action in ACTIONS if counts[action])

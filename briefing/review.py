"""Walks through an article's facts in the terminal and writes what a person says of them beside the article.

    fact 3 of 17: figure
      The works cost [310 million euros], according to the town council.
      value 310000000, unit EUR, measure works
    accept, edit, reject, next, quit [n]:

Nothing is lost by stopping: what was said so far is written, and the next walk begins with what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from briefing.corrections import beside
from briefing.corrections.facts import Fact, begin, extent, kind_of
from briefing.corrections.words import Places
from briefing.corrections.write import merged, pointer, record
from briefing.errors import ContentError
from briefing.model import Briefing, Span

FIELDS = {
    "statement": ("speaker", "cue", "form", "hedged", "actor", "content"),
    "figure": ("value", "high", "unit", "measure", "actor"),
    "date": ("date",),
    "role": ("title", "speaker", "actor", "organisation"),
    "event": ("date",),
    "key-fact": (),
}
AROUND = 160  # characters shown before and after the words of a fact
KEYS = {"a": "accept", "e": "edit", "r": "reject", "n": "next", "q": "quit"}


def review(source: Path, briefing: Briefing, by: str | None, whole: bool, check: Callable[[str], None]) -> str:
    """Walk, and write the file; a line that says what was done."""
    path = beside(source)
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    text, answered = walk(briefing, before, by, whole, check)
    if text == before:
        return "Nothing was changed."
    path.write_text(text, encoding="utf-8")
    return f"{_number_of_facts(answered)} reviewed; written to {path}."


def walk(briefing: Briefing, text: str, by: str | None, whole: bool, check: Callable[[str], None]) -> tuple[str, int]:
    """Ask about each fact; the text of the corrections file and how many facts were reviewed.

    `check` raises ContentError for a text that cannot be followed.
    """
    places = Places(briefing.article)
    registered = {a.id for a in briefing.actors if a.status == "registered"}
    open_facts = list(_facts(briefing, whole))
    click.echo(f"{briefing.article.title.value}\n{_number_of_facts(len(open_facts))} to review.\n")
    answered = 0
    for number, fact in enumerate(open_facts, 1):
        _show(fact, places, registered, f"fact {number} of {len(open_facts)}: {kind_of(fact)}")
        while (answer := _ask()) not in ("next", "quit"):
            entry = _entry(answer, fact, places, registered) | ({"by": by} if by else {})
            better = merged(text, {answer: [entry]})
            if _can_be_followed(better, check):
                text, answered = better, answered + 1
                break
        if answer == "quit":
            return text, answered
    if click.confirm("All facts have been shown. Is the briefing as a whole right and complete?", default=False):
        text = merged(text, {}, {"by": by or click.prompt("  Your name, for the page")})
    return text, answered


def _number_of_facts(count: int) -> str:
    return f"{count} {'fact' if count == 1 else 'facts'}"


def _facts(briefing: Briefing, whole: bool) -> Iterator[Fact]:
    """In the order of the text; those a person has reviewed only if all are wanted."""
    done = {c.fact for c in briefing.corrections if c.action in ("accepted", "edited", "added")}
    every: list[Fact] = [
        *briefing.statements, *briefing.figures, *briefing.dates, *briefing.roles, *briefing.events,
        *briefing.key_facts,
    ]  # fmt: skip
    return (f for f in sorted(every, key=begin) if whole or f.id not in done)


def _ask() -> str:
    given = click.prompt(
        "accept, edit, reject, next, quit", type=click.Choice(list(KEYS), case_sensitive=False), default="n"
    )
    return KEYS[given.lower()]


def _show(fact: Fact, places: Places, registered: set[str], head: str) -> None:
    click.echo(click.style(head, bold=True))
    parts = extent(fact)
    first, last = parts[0].start, parts[-1].end
    shown = _plain(places.words(Span(max(0, first - AROUND), first)))
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        end = following.start if following else min(len(places.text), last + AROUND)
        words, rest = places.words(part), places.words(Span(part.end, end))
        shown += " " + click.style(f"[{_plain(words)}]", fg="green") + " " + _plain(rest)
    click.echo(f"  {shown.strip()}")
    told = record(fact, places, registered)
    details = ", ".join(f"{key} {told[key]}" for key in FIELDS[kind_of(fact)] if key in told and key != "content")
    if details:
        click.echo(f"  {_plain(details)}")


def _plain(text: str) -> str:
    """Without anything that would act on the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _entry(answer: str, fact: Fact, places: Places, registered: set[str]) -> dict[str, Any]:
    if answer == "accept":
        return record(fact, places, registered)
    if answer == "reject":
        return pointer(fact, places) | _why()
    entry = record(fact, places, registered)
    click.echo("  Press Enter to keep the value in brackets.")
    for key in FIELDS[kind_of(fact)]:
        was = " ... ".join(entry[key]) if isinstance(entry.get(key), list) else entry.get(key, "")
        if key == "content":
            was = was or entry["words"]
        given = click.prompt(f"  {key}", default=was, show_default=bool(was)).strip()
        if given and given != was:
            entry[key] = [part.strip() for part in given.split(" ... ")] if key == "content" else given
    return entry | _why()


def _why() -> dict[str, str]:
    why = click.prompt("  why (shown on the page)", default="", show_default=False).strip()
    return {"why": why} if why else {}


def _can_be_followed(text: str, check: Callable[[str], None]) -> bool:
    try:
        check(text)
    except ContentError as error:
        for problem in error.problems:
            click.echo(f"  {_plain(problem.found)}\n  {_plain(problem.right)}", err=True)
        return False
    return True

"""Review an article's facts in the terminal and save the answers next to the article.

    fact 3 of 17: figure
      The works cost [310 million euros], according to the town council.
      value 310000000, unit EUR, measure works
    accept, edit, reject, next, quit [n]:

You can stop at any time: answers so far are saved, and the next review starts with the remaining facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from briefing.content.problems import ContentError, plural
from briefing.corrections import beside
from briefing.corrections.files import merged, pointer, record
from briefing.corrections.locate import Places, begin
from briefing.facts import KINDS, kind_of
from briefing.facts.kinds import confidence
from briefing.model import Briefing, Fact, Span

DOUBTFUL = 0.7  # confidence below which a fact is asked about first
AROUND = 160  # characters shown before and after the words of a fact
KEYS = {"a": "accept", "e": "edit", "r": "reject", "n": "next", "q": "quit"}


def review(source: Path, briefing: Briefing, by: str | None, whole: bool, check: Callable[[str], None]) -> str:
    """Run the review, save the file, and return a summary line."""
    path = beside(source)
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    text, answered = walk(briefing, before, by, whole, check)
    if text == before:
        return "Nothing was changed."
    path.write_text(text, encoding="utf-8")
    return f"{plural(answered, 'fact')} reviewed; saved to {path}."


def walk(briefing: Briefing, text: str, by: str | None, whole: bool, check: Callable[[str], None]) -> tuple[str, int]:
    """Ask about each fact; return the text of the corrections file and the number of facts reviewed.

    `check` raises ContentError for corrections that cannot be applied.
    """
    places = Places(briefing.article)
    registered = {a.id for a in briefing.actors if a.status == "registered"}
    open_facts = list(_facts(briefing, whole))
    click.echo(f"{briefing.article.title.value}\n{plural(len(open_facts), 'fact')} to review.\n")
    answered = 0
    for number, fact in enumerate(open_facts, 1):
        _show(fact, places, registered, f"fact {number} of {len(open_facts)}: {kind_of(fact).singular}")
        while (answer := _ask()) not in ("next", "quit"):
            entry = _entry(answer, fact, places, registered) | ({"by": by} if by else {})
            better = merged(text, {answer: [entry]})
            if _can_be_followed(better, check):
                text, answered = better, answered + 1
                break
        if answer == "quit":
            return text, answered
    if click.confirm("You have seen all facts. Is the whole briefing correct and complete?", default=False):
        text = merged(text, {}, {"by": by or click.prompt("  Your name (shown on the page)")})
    return text, answered


def _facts(briefing: Briefing, whole: bool) -> Iterator[Fact]:
    """Return doubtful facts first, least certain before the others, then the rest in text order; include those
    already reviewed only if `whole` is set."""
    done = {c.fact for c in briefing.corrections if c.action in ("accepted", "edited", "added")}
    every = [fact for kind in KINDS for fact in kind.of(briefing)]
    return (f for f in sorted(every, key=_when_asked) if whole or f.id not in done)


def _when_asked(fact: Fact) -> tuple[float, int]:
    sure = confidence(getattr(fact, "rule", ""))
    return (sure if sure is not None and sure < DOUBTFUL else 1.0, begin(fact))


def _ask() -> str:
    given = click.prompt(
        "accept, edit, reject, next, quit", type=click.Choice(list(KEYS), case_sensitive=False), default="n"
    )
    return KEYS[given.lower()]


def _show(fact: Fact, places: Places, registered: set[str], head: str) -> None:
    click.echo(click.style(head, bold=True))
    parts = kind_of(fact).words(fact)
    first, last = parts[0].start, parts[-1].end
    shown = _plain(places.words(Span(max(0, first - AROUND), first)))
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        end = following.start if following else min(len(places.text), last + AROUND)
        words, rest = places.words(part), places.words(Span(part.end, end))
        shown += " " + click.style(f"[{_plain(words)}]", fg="green") + " " + _plain(rest)
    click.echo(f"  {shown.strip()}")
    told = record(fact, places, registered)
    details = ", ".join(f"{key} {told[key]}" for key in _asked(fact) if key in told and key != "content")
    if details:
        click.echo(f"  {_plain(details)}")


def _asked(fact: Fact) -> list[str]:
    kind = kind_of(fact)
    return [field.name for field in kind.fields if field.asked] + (["content"] if kind.split else [])


def _plain(text: str) -> str:
    """Replace characters that would affect the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _entry(answer: str, fact: Fact, places: Places, registered: set[str]) -> dict[str, Any]:
    if answer == "accept":
        return record(fact, places, registered)
    if answer == "reject":
        return pointer(fact, places) | _why()
    entry = record(fact, places, registered)
    click.echo("  Press Enter to keep the value in brackets.")
    for key in _asked(fact):
        was = " ... ".join(entry[key]) if isinstance(entry.get(key), list) else entry.get(key, "")
        if key == "content":
            was = was or entry["words"]
        given = click.prompt(f"  {key}", default=was, show_default=bool(was)).strip()
        if given and given != was:
            entry[key] = [part.strip() for part in given.split(" ... ")] if key == "content" else given
    return entry | _why()


def _why() -> dict[str, str]:
    why = click.prompt("  reason (shown on the page)", default="", show_default=False).strip()
    return {"why": why} if why else {}


def _can_be_followed(text: str, check: Callable[[str], None]) -> bool:
    try:
        check(text)
    except ContentError as error:
        for problem in error.problems:
            click.echo(f"  {_plain(problem.found)}\n  {_plain(problem.right)}", err=True)
        return False
    return True

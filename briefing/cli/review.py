"""Review an article's facts, in the terminal or in the browser, and save every answer next to the article at once.

    fact 3 of 17: figure
      The works cost [310 million euros], according to the town council.
      value 310000000, unit EUR, measure works
    a e r n b s l + ? q [n]:

`Review` has the facts, the answers and the file; `review` asks in the terminal, `review_page.py` in the browser. You
can stop at any time: the next review starts with the remaining facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from briefing.content.problems import ContentError, plural
from briefing.corrections import beside
from briefing.corrections.files import field_as_meant, field_mistake, merged, pointer, record
from briefing.corrections.locate import Places, begin
from briefing.facts import KINDS, kind_of
from briefing.facts.kinds import FactKind, confidence
from briefing.model import Briefing, Fact, Span
from briefing.site.publish import replace_file

DOUBTFUL = 0.7  # confidence below which a fact is asked about first
AROUND = 160  # characters shown before and after the words of a fact
JOINED = " ... "  # between the parts of a split quotation
KEYS = {
    "a": "accept", "e": "edit", "r": "reject", "n": "next", "b": "back", "s": "skip", "l": "rest", "+": "add",
    "?": "help", "q": "quit",
}  # fmt: skip
HELP = """\
  a  accept: the fact and its values are right
  e  edit: change its values
  r  reject: the source does not say this
  n  next: decide later
  b  back: undo the last answer and show that fact again
  s  skip all facts of this kind
  l  accept all that are left
  +  add a fact that the software did not find
  q  quit; every answer is saved already
  `speaker` is the words of the article that name who speaks; `actor` is the id of a registered actor, such as
  petra-quill. To find an id, run: python build.py actors show "NAME"."""


class Review:
    """The review of one article. Each change is checked, then saved; one that cannot be applied raises ContentError."""

    def __init__(self, source: Path, briefing: Briefing, by: str | None, whole: bool, check: Callable[[str], None]):
        """Open the review. `check` raises ContentError for corrections that cannot be applied; with `whole`, facts
        that were reviewed before are included."""
        self.path = beside(source)
        self.briefing = briefing
        self.by = by
        self.check = check
        self.places = Places(briefing.article)
        self.registered = {a.id for a in briefing.actors if a.status == "registered"}
        self.facts = list(_facts(briefing, whole))
        self.text = self.path.read_text(encoding="utf-8-sig") if self.path.is_file() else ""
        self.before: list[tuple[str, tuple[str, ...]]] = []  # the file before each answer, and the facts it was about
        self.answers: dict[str, str] = {}  # of facts answered in this review, by id

    def answer(self, action: str, fact: Fact, values: Mapping[str, Any], why: str = "") -> None:
        """Accept, edit or reject a fact. `values` replace those found; empty ones are ignored."""
        entry = pointer(fact, self.places) if action == "reject" else record(fact, self.places, self.registered)
        entry |= {key: value for key, value in values.items() if value and value != entry.get(key)}
        self._save({action: [entry | self._signed(why)]}, {fact.id: action})

    def accept_rest(self, facts: list[Fact]) -> None:
        entries = [record(fact, self.places, self.registered) | self._signed("") for fact in facts]
        self._save({"accept": entries}, {fact.id: "accept" for fact in facts})

    def add(self, kind: str, words: str, values: Mapping[str, Any], why: str = "") -> None:
        given = {key: value for key, value in values.items() if value}
        self._save({"add": [{"kind": kind, "words": words} | given | self._signed(why)]}, {})

    def finish(self, by: str) -> None:
        """Record that the whole briefing is right and complete."""
        self._save({}, {}, {"by": by})

    def undo(self) -> tuple[str, ...]:
        """Take the last answer back; return the ids of the facts it was about."""
        if not self.before:
            return ()
        self.text, facts = self.before.pop()
        for name in facts:
            self.answers.pop(name, None)
        if self.text:
            replace_file(self.path, self.text.encode())
        else:
            self.path.unlink(missing_ok=True)
        return facts

    def _signed(self, why: str) -> dict[str, str]:
        return {key: value for key, value in (("why", why), ("by", self.by)) if value}

    def _save(
        self, new: Mapping[str, list[dict[str, Any]]], about: Mapping[str, str], reviewed: dict[str, str] | None = None
    ) -> None:
        text = merged(self.text, new, reviewed)
        self.check(text)
        replace_file(self.path, text.encode())
        self.before.append((self.text, tuple(about)))
        self.text = text
        self.answers |= about


def _facts(briefing: Briefing, whole: bool) -> Iterator[Fact]:
    """Return doubtful facts first, least certain before the others, then the rest in text order; include those
    already reviewed only if `whole` is set."""
    done = {c.fact for c in briefing.corrections if c.action in ("accepted", "edited", "added")}
    every = [fact for kind in KINDS for fact in kind.of(briefing)]
    return (f for f in sorted(every, key=_when_asked) if whole or f.id not in done)


def _when_asked(fact: Fact) -> tuple[float, int]:
    sure = confidence(getattr(fact, "rule", ""))
    return (sure if sure is not None and sure < DOUBTFUL else 1.0, begin(fact))


def asked(kind: FactKind[Any]) -> list[str]:
    """Return the fields that a reviewer is asked for."""
    return [field.name for field in kind.fields if field.asked] + (["content"] if kind.split else [])


def as_given(key: str, value: str) -> Any:
    """Return the value of a field as a corrections file keeps it."""
    return [part.strip() for part in value.split(JOINED)] if key == "content" else field_as_meant(key, value)


# --- in the terminal ----------------------------------------------------------------------------


def review(source: Path, briefing: Briefing, by: str | None, whole: bool, check: Callable[[str], None]) -> str:
    """Ask about each fact, and return a summary line. Ctrl-C ends the review as `quit` does."""
    session = Review(source, briefing, by, whole, check)
    click.echo(f"{briefing.article.title.value}\n{plural(len(session.facts), 'fact')} to review. Press ? for help.\n")
    try:
        finished = _walk(session)
        if finished and click.confirm("You have seen all facts. Is the whole briefing correct and complete?"):
            session.finish(by or click.prompt("  Your name (shown on the page)"))
    except click.Abort:
        click.echo()
    if not session.before:
        return "Nothing was changed."
    return f"{plural(len(session.answers), 'fact')} reviewed; saved to {session.path}."


def _walk(session: Review) -> bool:
    """Ask about the facts until all were seen; return False if the reviewer quits before."""
    at, skipped = 0, set[str]()
    shown = -1
    while at < len(session.facts):
        fact = session.facts[at]
        if kind_of(fact).name in skipped:
            at += 1
            continue
        if shown != at:
            _show(session, fact, f"fact {at + 1} of {len(session.facts)}: {kind_of(fact).singular}")
        shown, action = at, _ask()
        if action == "quit":
            return False
        if action == "back":
            at, shown = _back(session, at), -1
        elif action == "skip":
            skipped.add(kind_of(fact).name)
        elif action == "rest":
            left = [f for f in session.facts[at:] if kind_of(f).name not in skipped]
            at = len(session.facts) if _done(lambda left=left: session.accept_rest(left)) else at  # type: ignore[misc]
        elif action == "next" or _answered(session, action, fact):
            at += 1
    return True


def _back(session: Review, at: int) -> int:
    """Undo the last answer; return the fact to show: the first that it was about, or else the one before."""
    undone = session.undo()
    places = [n for n, fact in enumerate(session.facts) if fact.id in undone]
    return min(places, default=max(0, at - 1))


def _answered(session: Review, action: str, fact: Fact) -> bool:
    """Carry an answer out; return whether the fact is done."""
    if action == "help":
        click.echo(HELP)
        return False
    if action == "add":
        _add(session)
        return False
    values: dict[str, Any] = {}
    if action == "edit":
        values = _values(kind_of(fact), record(fact, session.places, session.registered))
    why = _why() if action != "accept" else ""
    return _done(lambda: session.answer(action, fact, values, why))


def _add(session: Review) -> None:
    kinds = {kind.name: kind for kind in KINDS if kind.fields}
    kind = kinds[click.prompt("  kind", type=click.Choice(list(kinds)))]
    words = click.prompt("  words, exactly as in the article").strip()
    if not session.places.find(words):
        near = session.places.nearest(words)
        click.echo("  The article does not contain these words." + (f" Did you mean: {_plain(near)}" if near else ""))
        return
    _done(lambda: session.add(kind.name, words, _values(kind, {}), _why()))


def _done(change: Callable[[], None]) -> bool:
    """Make a change; print what is wrong with it and return False if it cannot be applied."""
    try:
        change()
    except ContentError as error:
        for problem in error.problems:
            click.echo(f"  {_plain(problem.found)}\n  {_plain(problem.right)}", err=True)
        return False
    return True


def _ask() -> str:
    click.echo("  " + ", ".join(f"[{key}] {name}" for key, name in KEYS.items()))
    given = click.prompt("answer", type=click.Choice(list(KEYS), case_sensitive=False), default="n", show_choices=False)
    return KEYS[given.lower()]


def _values(kind: FactKind[Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the fields of a fact, each until it is valid; return those that were given."""
    click.echo("  Press Enter to keep the value in brackets." if known else "  Press Enter to leave a value out.")
    described = {field.name: field.description for field in kind.fields}
    values: dict[str, Any] = {}
    for key in asked(kind):
        was = JOINED.join(known[key]) if isinstance(known.get(key), list) else str(known.get(key, ""))
        if key == "content":
            was = was or str(known.get("words", ""))
        label = f"  {key}" + (f" ({described[key]})" if described.get(key) else "")
        while True:
            given = click.prompt(label, default=was, show_default=bool(was)).strip()
            value = as_given(key, given)
            wrong = field_mistake(key, value) if given and given != was and key != "content" else None
            if wrong is None:
                break
            click.echo(f"  {_plain(wrong[0])}. {_plain(wrong[1])}", err=True)
        if given and given != was:
            values[key] = value
    return values


def _why() -> str:
    return str(click.prompt("  reason (shown on the page)", default="", show_default=False)).strip()


def _show(session: Review, fact: Fact, head: str) -> None:
    places = session.places
    click.echo(click.style(head, bold=True))
    parts = kind_of(fact).words(fact)
    first, last = parts[0].start, parts[-1].end
    shown = _plain(places.words(Span(max(0, first - AROUND), first)))
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        end = following.start if following else min(len(places.text), last + AROUND)
        words, rest = places.words(part), places.words(Span(part.end, end))
        shown += " " + click.style(f"[{_plain(words)}]", fg="green") + " " + _plain(rest)
    click.echo(f"  {shown.strip()}")
    told = record(fact, places, session.registered)
    details = ", ".join(f"{key} {told[key]}" for key in asked(kind_of(fact)) if key in told and key != "content")
    if details:
        click.echo(f"  {_plain(details)}")


def _plain(text: str) -> str:
    """Replace characters that would affect the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)

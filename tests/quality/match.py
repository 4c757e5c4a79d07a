"""Gold and the facts found -> what was found, missed and found wrongly, by kind.

In:  a `Gold` and the object of the facts contract for the same text.
Out: a `Tally` for each kind. Every miss and every false find keeps its words, so that `--errors` can show them.

Two spans are near when they share at least half of the letters and digits that either of them holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.quality.labels import (
    ANY,
    Gold,
    GoldActor,
    GoldDate,
    GoldEvent,
    GoldFigure,
    GoldRole,
    GoldStatement,
    Range,
)

Facts = dict[str, Any]
A = TypeVar("A")
B = TypeVar("B")

NAMED = frozenset({"name", "alias", "surname", "demonym"})  # pronouns and titles are not labelled
SCORED_KINDS = frozenset({"person", "organisation", "country"})  # groups are scored as speakers
# Notes that no single article can show, and one that the labels do not judge: it has corpora of its own (training/).
NOT_LABELLED = frozenset({"near-duplicate", "figure-conflict", "machine-translated"})
TITLE_WORDS = re.compile(r"[\w'’]+")
NEAR = 0.5
PART = 0.8  # of a statement that lies in one already found, with the same speaker: split, not wrong
MOST = 0.7  # "China's Ministry of Commerce" is the ministry; "a spokesman of the Ministry of Commerce" is not
SAME_VALUE = 0.01  # "two thirds" is 0.667 and 0.6667


@dataclass(slots=True)
class Tally:
    """Counts of one kind. Where only `right` of `asked` can be told, `wrong` stays empty and precision is unknown."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    recall_only: bool = False

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong
        self.recall_only |= other.recall_only


def compare(gold: Gold, facts: Facts) -> dict[str, Tally]:
    """One article: kind -> tally."""
    pairs = _actor_pairs(gold, facts)
    return {
        "title": _yes_no(facts["title"]["basis"] in gold.title, f"title is {facts['title']['basis']}"),
        "published": _published(gold, facts),
        "removed": _removed(gold, facts),
        **_actors(gold, facts, pairs),
        **_roles(gold, facts, pairs),
        **_statements(gold, facts, pairs),
        **_figures(gold, facts),
        **_measures(gold, facts, pairs),
        **_dates(gold, facts),
        **_events(gold, facts),
        "key facts": _key_facts(gold, facts),
        "key facts: news first": _news_first(gold, facts),
        "key facts: kept": _kept(gold, facts),
        "key facts: list unchanged": _unchanged(gold, facts),
        "notes": _notes(gold, facts),
    }


# --- spans ------------------------------------------------------------------------------


def letters(text: str, ranges: Sequence[Range]) -> set[int]:
    return {i for start, end in ranges for i in range(start, end) if text[i].isalnum()}


def overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def likeness(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def span(value: Facts) -> Range:
    return value["start"], value["end"]


def _words(facts: Facts, place: Range) -> str:
    found = " ".join(facts["text"][place[0] : place[1]].split())
    return found if len(found) <= 100 else found[:60] + " ... " + found[-30:]


def _touches(place: Range, places: Sequence[Range]) -> bool:
    return any(overlap(place, other) for other in places)


def pair(gold: Sequence[A], found: Sequence[B], score: Callable[[A, B], float]) -> list[tuple[int, int]]:
    """One to one, the best pairs first; a pair that scores 0 is none."""
    scored = [(score(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    left, right, pairs = set[int](), set[int](), []
    for value, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if value > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _yes_no(right: bool, otherwise: str) -> Tally:
    return Tally(right=1, recall_only=True) if right else Tally(missed=[otherwise], recall_only=True)


# --- the article as a whole ---------------------------------------------------------------


def _published(gold: Gold, facts: Facts) -> Tally:
    edtf, basis = facts["published"]["edtf"], facts["published"]["basis"]
    return _yes_no(edtf in gold.published[0] and basis in gold.published[1], f"published is {edtf} ({basis})")


def _removed(gold: Gold, facts: Facts) -> Tally:
    """Counted in letters: to take an article for an advertisement is worse than to take a line for one."""
    text = facts["text"]
    ours = [span(r) for r in facts["removed"]]
    want, have, spared = (letters(text, r) for r in (gold.removed, ours, gold.maybe["removed"]))
    tally = Tally(right=len(want & have))
    tally.missed = [_words(facts, r) for r in gold.removed for _ in letters(text, [r]) - have]
    tally.wrong = [_words(facts, r) for r in ours for _ in letters(text, [r]) - want - spared]
    return tally


def _notes(gold: Gold, facts: Facts) -> Tally:
    ours = [n for n in facts["notes"] if n["code"] not in NOT_LABELLED]

    def score(want: Any, have: Facts) -> float:
        if want.code != have["code"]:
            return 0
        if want.span is None:
            return 1
        return float(have["start"] is not None and overlap(want.span, span(have)))

    pairs = pair(gold.notes, ours, score)
    kept = {j for _, j in pairs}
    wrong = [
        f"{n['code']}: {_words(facts, span(n)) if n['start'] is not None else n['message']}"
        for j, n in enumerate(ours)
        if j not in kept and n["code"] not in gold.maybe["notes"] and not _repeats(n, [ours[k] for k in kept])
    ]
    found = {i for i, _ in pairs}
    missed = [
        f"{n.code}: {_words(facts, n.span) if n.span else 'the article'}"
        for i, n in enumerate(gold.notes)
        if i not in found
    ]
    return Tally(len(pairs), missed, wrong)


def _repeats(note: Facts, kept: list[Facts]) -> bool:
    """A second note of a code that is right for the whole article (removed-text, one a block) is no mistake."""
    return note["code"] in {"removed-text", "no-date", "no-title"} and any(note["code"] == k["code"] for k in kept)


def _key_facts(gold: Gold, facts: Facts) -> Tally:
    ours = letters(facts["text"], [span(k) for k in facts["key_facts"]])
    tally = Tally(recall_only=True)
    for place in gold.key_facts:
        wanted = letters(facts["text"], [place])
        if len(wanted & ours) >= NEAR * len(wanted):
            tally.right += 1
        else:
            tally.missed.append(_words(facts, place))
    return tally


def _kept(gold: Gold, facts: Facts) -> Tally:
    """How many of the given key facts would an editor keep? One is dropped if its first sentence is so labelled."""
    tally = Tally(recall_only=True)
    for fact in facts["key_facts"]:
        begins = max((s["start"] for s in facts.get("sentences", ()) if s["start"] <= fact["start"]), default=None)
        first = (fact["start"] if begins is None else begins, fact["start"] + 1)
        if any(overlap(first, place) for place in gold.dropped):
            tally.missed.append(_words(facts, span(fact)))
        else:
            tally.right += 1
    return tally


def _unchanged(gold: Gold, facts: Facts) -> Tally:
    """Would an editor leave the whole list as it is: the news first, and nothing that he would drop?"""
    dropped = [*_kept(gold, facts).missed, *_news_first(gold, facts).missed]
    given = bool(facts["key_facts"]) and not dropped
    return _yes_no(given, dropped[0] if dropped else "no key facts")


def _news_first(gold: Gold, facts: Facts) -> Tally:
    """Is the first key fact the news? It holds most of such a place, and most of it is that place."""
    if not gold.news:
        return Tally(recall_only=True)
    first = letters(facts["text"], [span(k) for k in facts["key_facts"][:1]])
    near = any(likeness(letters(facts["text"], [place]), first) >= NEAR for place in gold.news)
    told = _words(facts, span(facts["key_facts"][0])) if facts["key_facts"] else "nothing"
    return _yes_no(near, f"{told}, not {_words(facts, gold.news[0])}")


# --- actors and roles ---------------------------------------------------------------------


def _mentions(actor: Facts) -> list[Range]:
    return [span(m) for m in actor["mentions"] if m["how"] in NAMED]


def _near(text: str, a: Range, b: Range) -> bool:
    return overlap(a, b) and likeness(letters(text, [a]), letters(text, [b])) >= NEAR


def _actor_pairs(gold: Gold, facts: Facts) -> dict[str, Facts]:
    """Name of a gold actor -> the actor found that shares most of its mentions."""
    text, ours = facts["text"], [a for a in facts["actors"] if a["kind"] in SCORED_KINDS]

    def shared(want: GoldActor, have: Facts) -> float:
        return sum(any(_near(text, m, o) for o in _mentions(have)) for m in want.mentions)

    return {gold.actors[i].name: ours[j] for i, j in pair(gold.actors, ours, shared)}


def _actors(gold: Gold, facts: Facts, pairs: dict[str, Facts]) -> dict[str, Tally]:
    text = facts["text"]
    actors, mentions, refused = Tally(), Tally(), Tally(recall_only=True)
    for want in gold.actors:
        have = pairs.get(want.name)
        if have and have["kind"] == want.kind:
            actors.right += 1
        else:
            actors.missed.append(f"{want.name} ({want.kind})" + (f", found as {have['kind']}" if have else ""))
        ours = _mentions(have) if have else []
        for place in want.mentions:
            if any(_near(text, place, other) for other in ours):
                mentions.right += 1
            else:
                mentions.missed.append(f"{want.name}: {_words(facts, place)} at {place[0]}")
    paired = {id(a): name for name, a in pairs.items()}
    by_name = {a.name: a for a in gold.actors}
    for have in facts["actors"]:
        if have["kind"] not in SCORED_KINDS:
            continue
        known = by_name[paired[id(have)]] if id(have) in paired else None
        own = [m for m in _mentions(have) if not _touches(m, gold.maybe["actors"])]
        if own and (known is None or known.kind != have["kind"]):
            actors.wrong.append(f"{have['name']} ({have['kind']})")
        for place in own:
            if known is None or not any(_near(text, place, m) for m in known.mentions):
                mentions.wrong.append(f"{have['name']}: {_words(facts, place)} at {place[0]}")
    speakers = {s.speaker for s in gold.statements}  # a group that speaks is no mistake, though it names nobody
    every = [m for a in facts["actors"] for m in _mentions(a) if a["kind"] != "group" or m not in speakers]
    for place in gold.not_actors:
        if any(_near(text, place, m) for m in every):
            refused.missed.append(_words(facts, place))
        else:
            refused.right += 1
    return {"actors": actors, "mentions": mentions, "no actor": refused}


def _title(title: str) -> set[str]:
    return {w.lower() for w in TITLE_WORDS.findall(title)}


def _roles(gold: Gold, facts: Facts, pairs: dict[str, Facts]) -> dict[str, Tally]:
    ours = list({(r["actor"], r["title"].lower()): r for r in facts["roles"]}.values())  # said twice is one role

    def score(want: GoldRole, have: Facts) -> float:
        person = pairs.get(want.person)
        if person is None or have["actor"] != person["id"]:
            return 0
        a, b = _title(want.title), _title(have["title"])
        return len(a & b) / len(a | b) if a <= b or b <= a else 0

    matched = pair(gold.roles, ours, score)
    found, used = {i for i, _ in matched}, {j for _, j in matched}
    roles = Tally(len(matched), [f"{r.person}, {r.title}" for i, r in enumerate(gold.roles) if i not in found])
    roles.wrong = [
        f"{r['actor']}, {r['title']}: {_words(facts, span(r))}"
        for j, r in enumerate(ours)
        if j not in used and not _touches(span(r), gold.maybe["roles"])
    ]
    bodies = Tally(recall_only=True)
    for i, j in matched:
        name = gold.roles[i].organisation
        if name == ANY:
            continue
        body = pairs.get(name) if name else None
        right = ours[j]["organisation"] == (body["id"] if body else None) and (name is None or body is not None)
        bodies.add(_yes_no(right, f"{gold.roles[i].person}, {gold.roles[i].title}, of {name}"))
    return {"roles": roles, "roles: organisation": bodies}


# --- statements -----------------------------------------------------------------------------


def _content(text: str, ranges: Sequence[Range]) -> set[int]:
    """The letters of a content, without a leading "that"."""
    found = letters(text, ranges)
    first = min(found, default=0)
    return found - set(range(first, first + 4)) if text[first : first + 5].lower() == "that " else found


def _statements(gold: Gold, facts: Facts, pairs: dict[str, Facts]) -> dict[str, Tally]:
    text, ours = facts["text"], facts["statements"]
    wanted = [_content(text, s.content) for s in gold.statements]
    had = [_content(text, [span(c) for c in s["content"]]) for s in ours]

    def speaks(i: int, j: int) -> bool:
        want, have = gold.statements[i].speaker, ours[j]["speaker"]
        if want is None or have is None:
            return want is None and have is None
        return overlap(want, span(have))

    def content(i: int, j: int) -> float:
        near = likeness(wanted[i], had[j])
        return near if near >= NEAR else 0

    def joint(i: int, j: int) -> float:
        return content(i, j) if speaks(i, j) else 0

    indices = range(len(wanted)), range(len(had))
    by_content, matched = pair(*indices, content), pair(*indices, joint)
    found, used = {i for i, _ in matched}, {j for _, j in matched}
    spared = [letters(text, [m]) for m in gold.maybe["statements"]]

    def tells(i: int) -> str:
        speaker = gold.statements[i].speaker
        return f"{_words(facts, speaker) if speaker else 'nobody'}: {_words(facts, gold.statements[i].content[0])}"

    def told(j: int) -> str:
        speaker = ours[j]["speaker"]
        return f"{_words(facts, span(speaker)) if speaker else 'nobody'}: " + " / ".join(
            _words(facts, span(c)) for c in ours[j]["content"]
        )

    statements = Tally(len(matched), [tells(i) for i in indices[0] if i not in found])
    statements.wrong = [
        told(j)
        for j in indices[1]
        if j not in used
        and not any(had[j] & s for s in spared)
        and not any(len(had[j] & wanted[i]) >= PART * len(had[j]) and speaks(i, j) for i in found)
    ]
    form, cue, hedged, who = (Tally(recall_only=True) for _ in range(4))
    linked = _linked_speakers(text, gold, ours, pairs, by_content)
    for i, j in by_content:
        want, have = gold.statements[i], ours[j]
        form.add(_yes_no(have["form"] in want.forms, f"{have['form']}, not {'/'.join(want.forms)}: {tells(i)}"))
        if want.cue is not None:
            cue.add(_yes_no(have["cue"] is not None and overlap(want.cue, span(have["cue"])), tells(i)))
        hedged.add(_yes_no(have["hedged"] == want.hedged, f"hedged is {have['hedged']}: {tells(i)}"))
        speaker = _speaking_actor(text, gold, want)
        if speaker is not None and speaks(i, j) and have["speaker"] is not None:
            known = pairs.get(speaker)
            actor = have["speaker"]["actor"]
            who.add(_yes_no(known is not None and actor == known["id"], f"{actor}, not {speaker}: {tells(i)}"))
    return {
        "statements": statements,
        "statements: form": form,
        "statements: cue": cue,
        "statements: hedged": hedged,
        "statements: actor": who,
        "statements: linked": linked,
    }


def _linked_speakers(
    text: str, gold: Gold, ours: Sequence[Facts], pairs: dict[str, Facts], matched: Sequence[tuple[int, int]]
) -> Tally:
    """Count the statements that are linked to their speaker, of all whose speaker the article names.

    A statement that was not found counts as missed, a link to somebody else as wrong too.
    """
    linked, found = Tally(), dict(matched)
    for i, want in enumerate(gold.statements):
        name = _speaking_actor(text, gold, want)
        speaker = ours[found[i]]["speaker"] if i in found else None
        actor = speaker["actor"] if speaker else None
        known = pairs.get(name) if name else None
        words = f"{actor}, not {name}: {_words({'text': text}, want.content[0])}"
        if known is not None and actor == known["id"]:
            linked.right += 1
        elif name:
            linked.missed.append(words)
        if name and actor is not None and (known is None or actor != known["id"]):
            linked.wrong.append(words)
    return linked


def _speaking_actor(text: str, gold: Gold, statement: GoldStatement) -> str | None:
    """The actor who speaks: as labelled, or the person named, or the body that fills most of the speaker's words.

    None if two people speak together.
    """
    if statement.actor or statement.speaker is None:
        return statement.actor
    words = letters(text, [statement.speaker])
    named = [
        (len(letters(text, [m]) & words) / len(words), a.name, a.kind)
        for a in gold.actors
        for m in a.mentions
        if overlap(m, statement.speaker) and (a.kind == "person" or len(letters(text, [m])) >= MOST * len(words))
    ]
    people = {name for _, name, kind in named if kind == "person"}
    return max(named)[1] if named and len(people) < 2 else None


# --- figures, dates and events ----------------------------------------------------------------------


def _figures(gold: Gold, facts: Facts) -> dict[str, Tally]:
    def place(want: GoldFigure, have: Facts) -> float:
        return float(overlap(want.span, span(have)))

    def whole(want: GoldFigure, have: Facts) -> float:
        unit = ANY in want.units or have["unit"] in want.units
        return float(
            place(want, have) and unit and _same(want.values, have["value"]) and _high(want.high, have["high"])
        )

    found = _valued("figures", gold.figures, facts["figures"], whole, place, facts, gold.maybe["figures"])
    units = found["figures: unit"] = Tally(recall_only=True)
    for i, j in pair(gold.figures, facts["figures"], place):
        want, have = gold.figures[i], facts["figures"][j]
        right = ANY in want.units or have["unit"] in want.units
        units.add(_yes_no(right, f"{_words(facts, span(have))}: {have['unit']}, not {'/'.join(want.units)}"))
    return found


def _measures(gold: Gold, facts: Facts, pairs: dict[str, Facts]) -> dict[str, Tally]:
    """What each figure that was found measures, and whose it is. A measure is right where it has the words of a label,
    or a label has all of its words. Figures that were missed are not counted again."""
    names = {actor["id"]: name for name, actor in pairs.items()}
    measures, subjects = Tally(), Tally()
    matched = pair(
        [m.span for m in gold.measures], facts["figures"], lambda want, have: float(overlap(want, span(have)))
    )
    for i, j in matched:
        want, have = gold.measures[i], facts["figures"][j]
        words = _words(facts, span(have))
        _one_of(measures, want.measures, have["measure"], _same_words, words)
        subject = names.get(have["subject"], have["subject"])
        _one_of(subjects, want.subjects, subject, lambda wanted, found: wanted == found, words)
    return {"figures: measure": measures, "figures: subject": subjects}


def _one_of(
    tally: Tally, wanted: tuple[str | None, ...], found: str | None, same: Callable[[str, str], bool], words: str
) -> None:
    """Count one value against those that are right; None is no value."""
    if ANY in wanted:
        return
    if found is not None and any(w is not None and same(w, found) for w in wanted):
        tally.right += 1
        return
    if found is not None:
        tally.wrong.append(f"{words}: {found}")
    if None not in wanted:
        tally.missed.append(f"{words}: {'/'.join(map(str, wanted))}" + (f", not {found}" if found else ""))


def _same_words(wanted: str, found: str) -> bool:
    a, b = _title(wanted), _title(found)
    return a <= b or b <= a


def _same(values: tuple[Any, ...], value: float) -> bool:
    return ANY in values or any(abs(value - v) <= SAME_VALUE * abs(v) for v in values)


def _high(want: float | None, have: float | None) -> bool:
    return (want is None) == (have is None) and (want is None or have is None or _same((want,), have))


def _dates(gold: Gold, facts: Facts) -> dict[str, Tally]:
    def place(want: GoldDate, have: Facts) -> float:
        return float(overlap(want.span, span(have)))

    def whole(want: GoldDate, have: Facts) -> float:
        right = ANY in want.edtf or have["edtf"] in want.edtf
        return float(place(want, have) and right and want.relative in (None, have["relative"]))

    return _valued("dates", gold.dates, facts["dates"], whole, place, facts, gold.maybe["dates"])


def _events(gold: Gold, facts: Facts) -> dict[str, Tally]:
    def place(want: GoldEvent, have: Facts) -> float:
        return float(overlap(want.span, span(have)))

    def whole(want: GoldEvent, have: Facts) -> float:
        return float(place(want, have) and (ANY in want.edtf or have["date"] in want.edtf))

    return _valued("events", gold.events, facts["events"], whole, place, facts, gold.maybe["events"])


def _valued(
    kind: str,
    want: Sequence[Any],
    have: Sequence[Facts],
    whole: Callable[[Any, Facts], float],
    place: Callable[[Any, Facts], float],
    facts: Facts,
    maybe: Sequence[Range],
) -> dict[str, Tally]:
    """Figures, dates or events: at the right place with the right value, and (a second tally) at the right place."""
    tallies = {}
    for name, score in ((kind, whole), (f"{kind}: place", place)):
        matched = pair(want, have, score)
        found, used = {i for i, _ in matched}, {j for _, j in matched}
        tally = Tally(len(matched), [_words(facts, w.span) for i, w in enumerate(want) if i not in found])
        tally.wrong = [
            f"{_words(facts, span(h))} = {h.get('edtf', h.get('value', h.get('date')))} {h.get('unit', '')}".strip()
            for j, h in enumerate(have)
            if j not in used and not _touches(span(h), maybe)
        ]
        tallies[name] = tally
    return tallies

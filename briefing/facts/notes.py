"""Article + Analysis + Reading -> Notes: problems in the source, each with its place and a sentence.

In:  the article (title, date, language, removed passages), its text (text_issues.py) and its figures.
Out: the reading with its notes, first those on the whole source, then the others in text order.

    Note("masked-word", "warning", "A word is blanked out in “first ** contract”.", 1024, 1041)

A clean article gets none. Notes that need actors or other articles are added by link/.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.clean.draft import list_labels
from briefing.content.field_types import language_names
from briefing.content.lookalikes import HIDING
from briefing.facts.figures.quantities import CHANGES
from briefing.facts.machine_translation import is_machine_translated
from briefing.facts.other_languages import LANGUAGES
from briefing.facts.reader import is_read
from briefing.facts.text_issues import WORDS, find_text_issues
from briefing.model import Analysis, Article, Figure, Note, Reading, Removed, Sentence

SAID_ELSEWHERE = frozenset({"byline", "dated-label"})  # rules whose words are used: nothing is lost with them
TRANSLATED = "translation-label"  # rule of a line that says so itself
MOST = 8  # notes of one code in one article; the rest is counted in one more
LONGEST_WORDS = 80  # characters of the source that a message quotes
APART = 0.02  # two values that differ by less are one, rounded


def find_notes(article: Article, analysis: Analysis, reading: Reading) -> Reading:
    notes = [*whole_source(article, any(d.relative and not d.edtf for d in reading.dates))]
    if article.language.split("-")[0] == "en":
        translated = is_machine_translated(analysis) or any(r.rule == TRANSLATED for r in article.removed)
        if translated:
            notes.append(_note("machine-translated"))
        also = {"untranslated": "untranslated-translation"} if translated else {}
        placed = [
            _note(also.get(b.kind, b.kind), article.text[b.start : b.end], b.start, b.end)
            for b in find_text_issues(article, analysis)
        ]
        placed += figure_conflicts(article, analysis, reading)
        notes += _at_most(sorted(placed, key=lambda n: (n.start or 0, n.end or 0)))
    return replace(reading, notes=(*reading.notes, *notes))


def whole_source(article: Article, undatable: bool) -> Iterator[Note]:
    """Yield the notes on the whole source; `undatable` tells that words such as "yesterday" have no date."""
    if article.title.basis == "derived":
        yield _note("no-title")
    if article.published.edtf is None:
        yield _note("no-date-for-words" if undatable else "no-date")
    away = [r for r in article.removed if r.rule not in SAID_ELSEWHERE]
    if away:
        yield _removed(article.removed, away)
    language = article.language.split("-")[0]
    if not is_read(article):
        kind = "language" if language in LANGUAGES else "unknown-language"
        yield _note(kind, language_names().get(language, article.language))
    elif language == "und":
        yield _note("undetermined-language")


def _removed(removed: Sequence[Removed], away: Sequence[Removed]) -> Note:
    """Return the note on removed passages; it counts bylines and dates too, as the page lists them with the others."""
    reasons = list(dict.fromkeys(r.reason for r in [*away, *removed]))
    severity, message = WORDS.messages["removed-text"]
    words = message.format(
        count="1 passage" if len(removed) == 1 else f"{len(removed)} passages",
        reason=list_labels(reasons[:3]) + (" and more" if len(reasons) > 3 else ""),
    )
    one = away[0] if len(away) == 1 else None
    return Note("removed-text", severity, words, one.start if one else None, one.end if one else None)


def figure_conflicts(article: Article, analysis: Analysis, reading: Reading) -> Iterator[Note]:
    """Find two values for the same share of the same thing and holder, unless words explain the difference."""
    places = _sentences_of([(f.start, f.end) for f in reading.figures], analysis.sentences)
    explained = set(_sentences_of([(d.start, d.end) for d in reading.dates], analysis.sentences).values())
    plain = {i for i in set(places.values()) - explained if not _explained(analysis, i)}
    seen: dict[tuple[str, str, str], Figure] = {}
    for figure in reading.figures:
        place = places.get((figure.start, figure.end))
        if place not in plain or not _comparable(figure):
            continue
        who = figure.subject_span
        whose = article.text[who.start : who.end] if who else ""
        other = seen.setdefault((figure.unit, _plain(figure.measure or ""), _plain(whose)), figure)
        same = abs(other.value - figure.value) <= APART * max(abs(other.value), abs(figure.value))
        if not same and places[(other.start, other.end)] != place:
            both = f"“{article.text[other.start : other.end]}” and “{article.text[figure.start : figure.end]}”"
            yield _note("figure-conflict", f"{whose}, “{figure.measure}”: {both}", figure.start, figure.end)


def _comparable(figure: Figure) -> bool:
    """Tell whether a figure is a plain value of a measure and a subject; counts are often parts of each other."""
    return (
        figure.rule in {"percent", "measure"}
        and figure.high is None
        and figure.qualifier is None
        and figure.subject_span is not None
        and len((figure.measure or "").split()) > 1
    )


def _explained(analysis: Analysis, place: int) -> bool:
    sentence = analysis.sentences[place]
    words = {t.text.lower() for t in analysis.tokens[sentence.first : sentence.last]}
    return bool(words & WORDS.reasons or words & CHANGES - {"by", "from", "up", "down", "off"})


def _sentences_of(spans: Sequence[tuple[int, int]], sentences: Sequence[Sentence]) -> dict[tuple[int, int], int]:
    """Map each span to the number of its sentence."""
    starts = [s.start for s in sentences]
    at = {span: bisect_right(starts, span[0]) - 1 for span in spans}
    return {span: n for span, n in at.items() if n >= 0 and span[0] < sentences[n].end}


def _plain(words: str) -> str:
    return " ".join(w for w in words.lower().split() if w not in {"the", "a", "an"})


def _note(kind: str, words: str = "", start: int | None = None, end: int | None = None) -> Note:
    severity, message = WORDS.messages[kind]
    shown = " ".join(HIDING.sub("", words).split())
    if len(shown) > LONGEST_WORDS:
        shown = shown[:LONGEST_WORDS].rsplit(" ", 1)[0] + " …"
    return Note(WORDS.codes.get(kind, kind), severity, message.format(words=shown), start, end)


def _at_most(notes: Sequence[Note]) -> Iterator[Note]:
    """Yield the first few notes of each code, then one that counts the others."""
    count: Counter[str] = Counter()
    for note in notes:
        count[note.code] += 1
        if count[note.code] <= MOST:
            yield note
    for code, number in sorted(count.items()):
        if number > MOST:
            severity, message = WORDS.messages["more"]
            yield Note(code, severity, message.format(count=number - MOST, words=code))

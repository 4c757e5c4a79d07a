"""Analysis + Article -> the dates that a text names, each with its words, its EDTF and how that is known.

"On Friday", published 2021-05-06, gives `2021-04-30` with basis `published`. Three steps, one file each:
`line` cuts a sentence into words, `scan` finds what means a date, `resolve` puts it into the calendar.

| basis | the EDTF comes from |
| --- | --- |
| absolute | the words alone, year included |
| partial | the words alone, which leave something open: `XXXX-09-22` |
| published | the words and the date of publication |
| context | the words and another date in the text: "a year earlier" |
| unknown | nothing: the anchor is missing; `relative` keeps the distance if the words give one |
| vague | nothing: the words have no place in a calendar ("recently") |
"""

from __future__ import annotations

from briefing.facts.dates.calendar import edtf, last_day, read_anchor, shift, shift_by, within
from briefing.facts.dates.resolve import Answer, Knowledge, resolve
from briefing.facts.dates.scan import CORES, Expression, joined, plain, scan
from briefing.facts.dates.tense import FUTURE, PAST, PERHAPS_PAST, Tenses, points_ahead
from briefing.facts.dates.words import PIECE, Fixed, Meaning, Recurring, Same, Weekday, read_sentences
from briefing.facts.tokens import Line, cut_text
from briefing.model import Analysis, Article, DateRef

HALF_QUARTER = 45  # days
WAS = ("was", "were", "had")
CLOSE = 8  # days between the end of a firm's quarter ("ended Sept. 29") and of the calendar's

__all__ = ["find_dates", "parse_absolute"]


def find_dates(analysis: Analysis, article: Article) -> tuple[DateRef, ...]:
    known = Knowledge(read_anchor(article.published.edtf))
    tenses = Tenses(analysis)
    found: list[DateRef] = []
    for number, line in enumerate(read_sentences(analysis, CORES)):
        known.sentence = number
        expressions = joined(line, list(scan(line)))
        for k, here in enumerate(expressions):
            answer = _answer(line, expressions, k, known, tenses)
            if answer is None:
                continue
            if answer.period and not answer.aside:
                known.remember(answer.period)
            elif answer.basis == "partial" and answer.edtf and len(answer.edtf) == len("XXXX-XX-25"):
                known.open_day, known.open_in = answer.edtf, number
            start, end = line[here.first].start, line[here.last - 1].end
            found.append(DateRef(start, end, answer.edtf, answer.relative, answer.basis, here.rule))
    return tuple(found)


def parse_absolute(words: str) -> str | None:
    """The EDTF of words that are a date with its year and nothing else: "3 May 2021" -> 2021-05-03."""
    line = cut_text(words.strip().rstrip("."), PIECE)
    found, _ = plain(line, 0)
    if found is None or found.end < line.size or not isinstance(found.meaning, Fixed):
        return None
    return edtf(found.meaning.period)


def _answer(line: Line, expressions: list[Expression], k: int, known: Knowledge, tenses: Tenses) -> Answer | None:
    here = expressions[k]
    direction = tenses.around(line[here.last - 1].token, isinstance(here.meaning, Weekday))
    if line.low(here.first - 1) == "since":
        direction = PAST
    elif points_ahead(line, here.first):
        direction = FUTURE if direction != PAST else PAST if isinstance(here.meaning, Weekday) else ""
    if direction == PAST and _is_month(here.meaning) and tenses.hangs_on_noun(line[here.last - 1].token):
        direction = PERHAPS_PAST
    if _quarterly(here.meaning) and k + 1 < len(expressions):
        ended = _ended(line, here, expressions[k + 1], known)
        if ended:
            return ended
    return resolve(here.meaning, known, direction)


def _quarter_to(end: Answer) -> Answer | None:
    """The quarter that ends on or about a day; three months where it is not the calendar's."""
    assert end.period
    middle = shift_by(end.period, "day", -HALF_QUARTER) if end.period.unit == "day" else end.period
    if middle is None:
        return None
    quarter = within(middle, "quarter")
    last, day = last_day(quarter), last_day(end.period)
    if last and day and abs((last - day).days) <= CLOSE:
        return Answer(edtf(quarter), end.basis, period=quarter)
    months = within(end.period, "month")
    first = shift(months, -2)
    return Answer(f"{edtf(first)}/{edtf(months)}", end.basis, period=quarter) if first else None


def _is_month(meaning: Meaning) -> bool:
    return isinstance(meaning, Recurring) and meaning.unit == "month" and not meaning.day and meaning.turn is None


def _quarterly(meaning: Meaning) -> bool:
    return isinstance(meaning, Same) and meaning.unit == "quarter"


def _ended(line: Line, here: Expression, after: Expression, known: Knowledge) -> Answer | None:
    """ "the quarter ended Sept. 30": the day says which quarter."""
    if after.first != here.last + 1 or line.low(here.last) not in ("ended", "ending", "to"):
        return None
    answer = resolve(after.meaning, known, "past" if line.low(here.last) == "ended" else "")
    if not answer or not answer.period or not isinstance(after.meaning, Recurring | Fixed):
        return None
    return _quarter_to(answer)

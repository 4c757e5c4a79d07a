"""Analysis + Article -> the dates that a text names, each with its words, its EDTF and how that is known.

"On Friday", published 2021-05-06, gives `2021-04-30` with basis `published`. Three steps, one file each:
`words` cuts sentences into pieces, `scan` finds the words of a date, `resolve` gives them a place in the calendar.

| basis | the EDTF comes from |
| --- | --- |
| absolute | the words alone, year included |
| partial | the words alone, which are incomplete: `XXXX-09-22` |
| published | the words and the date of publication |
| context | the words and another date in the text: "a year earlier" |
| unknown | nothing: the anchor is missing; `relative` keeps the distance if the words give one |
| vague | nothing: the words have no place in a calendar ("recently") |
"""

from __future__ import annotations

import re

from briefing.facts.dates.calendar import edtf, first_day, last_day, part, read_anchor, shift, shift_by, within, year_of
from briefing.facts.dates.resolve import Answer, Knowledge, duration, resolve
from briefing.facts.dates.scan import CORES, Expression, joined, plain, scan
from briefing.facts.dates.tense import (
    FUTURE,
    NEAREST,
    OPEN,
    OVER,
    PAST,
    PERHAPS_PAST,
    Tenses,
    means_no_day,
    points_ahead,
)
from briefing.facts.dates.words import (
    PIECE,
    WORDS,
    Fixed,
    Meaning,
    MonthDay,
    Moved,
    Of,
    Recurring,
    Same,
    Weekday,
    read_sentences,
)
from briefing.facts.tokens import Line, cut_text
from briefing.model import Analysis, Article, DateRef

HALF_QUARTER = 45  # days
REPORTING = 3  # months after the end of a year in which "year-end" is that one
UNANCHORED_NEAR = 5  # words from "from" to "the previous week"
COMPARED_NEAR = 10  # words from "compared with" to its period
AFTER_NEAR = 3  # words from "after" to its quarter: "after a flat second quarter"
LEFT_BEHIND = frozenset({"after", "following"})
SET_FOR = frozenset({"set", "scheduled", "planned", "slated", "due"})
CLOSE = 8  # days between the end of a company's quarter ("ended Sept. 29") and of the calendar's

__all__ = ["find_dates", "parse_absolute"]


def find_dates(analysis: Analysis, article: Article) -> tuple[DateRef, ...]:
    known = Knowledge(read_anchor(article.published.edtf), day_first=_day_first(analysis.text))
    known.fiscal = _fiscal_quarters(analysis.text)
    tenses = Tenses(analysis)
    found: list[DateRef] = []
    for number, line in enumerate(read_sentences(analysis, CORES)):
        known.sentence = number
        expressions = joined(line, list(scan(line)))
        for k, here in enumerate(expressions):
            answer = _answer(line, expressions, k, known, tenses)
            if answer is None:
                continue
            compared = _is_compared(line, here.first) or _labels_bracket(line, here) or _is_over(line, here, known)
            if answer.period and not answer.aside and not compared:
                known.remember(answer.period)
            elif answer.basis == "partial" and answer.edtf and len(answer.edtf) == len("XXXX-XX-25"):
                known.open_day, known.open_in = answer.edtf, number
            start, end = line[here.first].start, line[here.last - 1].end
            found.append(DateRef(start, end, answer.edtf, answer.relative, answer.basis, here.rule))
    return tuple(found)


def parse_absolute(words: str) -> str | None:
    """Return the EDTF of words that are a date with its year and nothing else: "3 May 2021" -> 2021-05-03."""
    line = cut_text(words.strip().rstrip("."), PIECE)
    found, _ = plain(line, 0)
    if found is None or found.end < line.size or not isinstance(found.meaning, Fixed):
        return None
    return edtf(found.meaning.period)


def _answer(line: Line, expressions: list[Expression], k: int, known: Knowledge, tenses: Tenses) -> Answer | None:
    here = expressions[k]
    if means_no_day(line, here, tenses) or _is_year_ended(line, expressions, k):
        return None
    if _quarterly(here.meaning):
        ended = expressions[k + 1] if k + 1 < len(expressions) else None
        if ended and (answer := _ended(line, here, ended, known, tenses)):
            known.own_quarter = answer.period is None
            return answer
        by_month = isinstance(here.meaning, Recurring) and here.meaning.by_month
        if _is_fiscal(line, here) and not by_month:
            known.own_quarter = True
            return Answer(None, "unknown")
    direction = _direction(line, here, tenses)
    if direction == PAST and _is_month(here.meaning) and tenses.hangs_on_noun(line[here.last - 1].token):
        direction = PERHAPS_PAST
    if over := _year_over(line, here, known, direction):
        return over
    if here.meaning == LAST_YEAR and (told := _quarter_last_year(line, here, known)):
        return told
    if isinstance(here.meaning, Moved) and _is_unanchored(line, here, known):
        return Answer(None, "unknown", duration(here.meaning))
    if isinstance(here.meaning, Recurring) and (before := _before_told(line, here, here.meaning, known)):
        return before
    return resolve(here.meaning, known, direction)


LAST_YEAR = Moved("year", -1, unit_only=True)


def _quarter_last_year(line: Line, here: Expression, known: Knowledge) -> Answer | None:
    """Return the quarter before a year, for "in the third quarter ... compared with 3 tonnes last year"."""
    told = known.told.get("quarter")
    here_told = told is not None and known.latest == told and known.told_in == known.sentence
    if told is None or not here_told or known.in_course or known.own_quarter or not _is_compared(line, here.first):
        return None
    found = shift_by(told, "year", -1)
    same_year = found and known.anchor and year_of(found) == year_of(known.anchor) - 1
    return Answer(edtf(found), "context", period=found, aside=True) if found and same_year else None


def _before_told(line: Line, here: Expression, meaning: Recurring, known: Knowledge) -> Answer | None:
    """Return the quarter with which one of the same sentence is compared: the last of that name before it."""
    told = known.told.get(meaning.unit)
    other = meaning.unit in ("quarter", "half") and meaning.turn is None and meaning.number not in known.fiscal
    if told is None or not other or known.told_in < known.sentence or not _is_compared(line, here.first):
        return None
    same = part(meaning.unit, year_of(told), meaning.number)
    found = shift_by(same, "year", -1) if same and same.index >= told.index else same
    return Answer(edtf(found), "context", period=found) if found else None


def _is_unanchored(line: Line, here: Expression, known: Knowledge) -> bool:
    """Tell whether "from 43 percent the previous week" has no day in its own sentence to count from: the week of the
    report is meant, not that of the last day mentioned."""
    assert isinstance(here.meaning, Moved)
    back = here.meaning.base == "context" and here.meaning.count < 0
    near = [line.low(i) for i in range(here.first - UNANCHORED_NEAR, here.first)]
    return back and known.told_in < known.sentence and not {"from", "than"}.isdisjoint(near)


def _is_year_ended(line: Line, expressions: list[Expression], k: int) -> bool:
    """Tell whether a whole year is named by its last day, which stands behind it: "the full year ended 31 December"."""
    here, after = expressions[k], expressions[k + 1] if k + 1 < len(expressions) else None
    whole = isinstance(here.meaning, Moved) and here.meaning.unit == "year" and here.meaning.unit_only
    return bool(whole and after and after.first == here.last + 1 and line.low(here.last) in ("ended", "ending", "to"))


def _year_over(line: Line, here: Expression, known: Knowledge, direction: str) -> Answer | None:
    """Return the last day of the year before for "since year-end", "was 5 t at year-end"."""
    if (
        here.rule != "year_end"
        or not isinstance(here.meaning, Moved)
        or here.meaning.unit != "year"
        or not known.anchor
    ):
        return None
    early = direction == "" and (first := first_day(known.anchor)) is not None and first.month <= REPORTING
    if direction != PAST and not early:
        return None
    before = shift(within(known.anchor, "year"), -1)
    last = last_day(before) if before else None
    return Answer(last.isoformat(), "published") if last else None


def _is_compared(line: Line, first: int) -> bool:
    """Tell whether a period is only what another is held against: "lower than in May", "compared with 5 t in 2010"."""
    near = [line[i] for i in range(first - 1, max(-1, first - COMPARED_NEAR), -1)]
    if near[:2] and near[0].low == "than":
        return True
    for word in near:
        if word.low in WORDS.comparing:
            return True
        if word.tag.startswith(("V", "MD")) or word.low in (";", ",", "("):
            return False
    return False


def _is_over(line: Line, here: Expression, known: Knowledge) -> bool:
    """Tell whether a quarter is only the one before the quarter reported: "after a flat second quarter"."""
    behind = (line.low(i) for i in range(here.first - AFTER_NEAR, here.first))
    return "quarter" in known.told and bool(_quarterly(here.meaning)) and not LEFT_BEHIND.isdisjoint(behind)


def _labels_bracket(line: Line, here: Expression) -> bool:
    """Tell whether a period labels what a level is held against: "were 327 million euros (2023: 348 million)"."""
    return line.low(here.last) == ":" and "(" in (line.low(here.first - 1), line.low(here.first - 2))


def _quarter_to(end: Answer) -> Answer | None:
    """Return the quarter that ends on or about a day, as three months if it is not one of the calendar."""
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
    return Answer(f"{edtf(first)}/{edtf(months)}", end.basis) if first else None


def _direction(line: Line, here: Expression, tenses: Tenses) -> str:
    tokens = dict.fromkeys(line[i].token for i in range(here.first, here.last))
    if deferred := next(filter(None, map(tenses.deferred, tokens)), ""):
        return deferred
    if line.low(here.first - 1) == "ended" and isinstance(here.meaning, Recurring) and here.meaning.day:
        return OVER  # "the quarter ended Oct. 31"
    weekday = isinstance(here.meaning, Weekday)
    direction = tenses.around(line[here.last - 1].token, weekday)
    if line.low(here.first - 1) == "since":
        return PAST
    if weekday and line.low(here.first - 1) in ("for", "on") and line.low(here.first - 2) in SET_FOR:
        direction = _set_for(line, here, tenses, direction)
    if not points_ahead(line, here.first):
        asked = direction == FUTURE and isinstance(here.meaning, MonthDay)
        unsure = asked and not tenses.is_sure(line[here.last - 1].token)
        return NEAREST if unsure else direction  # "asked it to close on the 21st"
    if direction != PAST:
        return FUTURE
    if not weekday:
        return ""
    had = any(word.low == "had" for word in line.pieces)
    return PAST if had else OPEN  # "asked for a reply by Friday", "was closed until Monday"


def _set_for(line: Line, here: Expression, tenses: Tenses, direction: str) -> str:
    """ "Called off a trip planned for Sunday" lies ahead; "was planned for Monday but drew nobody" may not."""
    if line.low(here.first - 1) == "for" and any(word.low in WORDS.deferring for word in line.pieces):
        return OPEN  # "first set for Tuesday, it was put off until Thursday"
    verb = line[here.first - 2].token
    if _is_called_off(line) or tenses.is_bare_participle(verb):
        return FUTURE
    return OPEN if direction == FUTURE and tenses.went_on(verb) else direction


def _is_called_off(line: Line) -> bool:
    """Tell whether the sentence cancels something now: not "had been cancelled"."""
    for i, word in enumerate(line.pieces):
        if word.low in WORDS.cancelling and "had" not in (line.low(i - 1), line.low(i - 2)):
            particle = {"called": "off", "pulled": "out"}.get(word.low)
            if particle is None or particle in (line.low(i + 1), line.low(i + 2)):
                return True
    return False


def _half_to(end: Answer) -> Answer | None:
    """Return the six months that end on or about a day."""
    assert end.period
    months = within(end.period, "month")
    first = shift(months, -5)
    return Answer(f"{edtf(first)}/{edtf(months)}", end.basis) if first else None


def _is_month(meaning: Meaning) -> bool:
    return isinstance(meaning, Recurring) and meaning.unit == "month" and not meaning.day and meaning.turn is None


def _quarterly(meaning: Meaning) -> str:
    """Return "quarter" or "half" if a meaning is one of these, else ""."""
    if isinstance(meaning, Of):
        return _quarterly(meaning.part)
    unit = meaning.period.unit if isinstance(meaning, Fixed) else getattr(meaning, "unit", None)
    return str(unit) if unit in ("quarter", "half") and isinstance(meaning, Fixed | Recurring | Same) else ""


# "Fiscal third quarter", "Q3 FY24", "third quarter of its 2024 fiscal year"
WHICH = r"(first|second|third|fourth|(?<=q)[1-4]|[1-4](?=q))"
FISCAL_QUARTER = re.compile(
    rf"\b(?:fiscal|financial)[\s-](?:year[\s-])?(?:\d{{4}} )?q?{WHICH}[ -]?q"
    rf"|\bq?{WHICH}[ -]?(?:quarter|q),? (?:of )?(?:the |its |their |our |\d{{4}} )?(?:fiscal|financial year|fy ?\d)"
    rf"|\bq{WHICH},? (?:of )?(?:fiscal|fy ?\d)",
    re.IGNORECASE,
)
# "Second quarter ended March 31"
ENDED = re.compile(
    r"\b(first|second|third|fourth)[ -]quarter,? (?:which |that )?(?:ended|ending|to) (?:on )?(?:the )?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)? (?:of )?)?([a-z]{3,9})\b\.?(?: (\d{1,2})\b)?",
    re.IGNORECASE,
)
# "The financial year ends in June": every quarter is one of the company's own year.
OWN_YEAR = re.compile(
    r"\b(?:fiscal|financial) year,? (?:that |which )?(?:ends|ended|ending|ends up|begins|began|starts|runs)"
    r"(?: (?:in|on|from))? (?:the )?(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?(?!dec|jan)([a-z]{3,9})\b",
    re.IGNORECASE,
)
QUARTER_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _fiscal_quarters(text: str) -> frozenset[int]:
    """Return the quarters that follow a company's own year, by their names or by the day on which they end."""
    found = {QUARTER_NUMBERS[next(filter(None, named.groups())).lower()] for named in FISCAL_QUARTER.finditer(text)}
    if any(own[1].lower() in WORDS.months | WORDS.month_abbreviations for own in OWN_YEAR.finditer(text)):
        return frozenset(QUARTER_NUMBERS.values())
    for ended in ENDED.finditer(text):
        month = (WORDS.months | WORDS.month_abbreviations).get(ended[3].lower())
        number = QUARTER_NUMBERS[ended[1].lower()]
        early = int(ended[2] or ended[4] or CLOSE + 1) <= CLOSE  # a quarter that ends on Oct. 1 is September's
        if month and (month - early) % 12 != 3 * number % 12:
            found.add(number)
    return frozenset(found)


def _is_fiscal(line: Line, here: Expression) -> bool:
    """Tell whether the quarter is one of a company's own year: "fiscal third quarter", "the first half of FY2024"."""
    words = [line.low(i) for i in range(here.first - 1, here.last + 1)]
    after = [line.low(i) for i in range(here.last, here.last + FISCAL_REACH)]
    behind = next((i for i, word in enumerate(after) if word not in BEFORE_FISCAL and not word.isdecimal()), 0)
    return not WORDS.fiscal.isdisjoint([*words, *after[behind : behind + 1]])


FISCAL_REACH = 5  # words behind a quarter: "of the company's 2024 fiscal"
BEFORE_FISCAL = frozenset({"of", "in", "the", "its", "their", "our", "this", "last", ",", "(", "company", "'", "s"})

NUMBERED = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/-])")


def _day_first(text: str) -> bool | None:
    """Infer whether 03/04/2024 has the day first from unambiguous dates such as 25/04/2024; None if there are none."""
    orders = set()
    for date in NUMBERED.finditer(text):
        first, second = int(date[1]), int(date[3])
        if (first > LAST_MONTH) != (second > LAST_MONTH):
            orders.add(first > LAST_MONTH)
    return orders.pop() if len(orders) == 1 else None


LAST_MONTH = 12


def _ended(line: Line, here: Expression, after: Expression, known: Knowledge, tenses: Tenses) -> Answer | None:
    """ "the quarter ended Sept. 30": the day says which quarter."""
    by = line.low(here.last)
    if after.first != here.last + 1 or by not in ("ended", "ending", "to"):
        return None
    over = by == "ended" or (by == "to" and _direction(line, here, tenses) == PAST)
    day = by == "ended" and isinstance(after.meaning, Recurring) and after.meaning.day
    answer = resolve(after.meaning, known, OVER if day else PAST if over else "")
    if not answer or not answer.period or not isinstance(after.meaning, Recurring | Fixed):
        return None
    return _quarter_to(answer) if _quarterly(here.meaning) == "quarter" else _half_to(answer)

"""Recognise bylines, datelines and dated labels, from which date and author are inferred.

A line that contains nothing else is removed. A dateline at the start of the lead is kept: newswire readers expect it,
its place is a fact, and the sentence after it is analysed as usual.

    "By Ada Verne and Bo Lind"              ->  byline "Ada Verne and Bo Lind"
    "Posted on 3 May 2021 by the desk"      ->  dated "2021-05-03"
    "KIRUNA, Sweden, Jan. 12 (Agency) - A"  ->  dateline "KIRUNA, Sweden, Jan. 12 (Agency)"
    "Courier News Agency, Kiruna, May 3 (Reporter Ada Verne) A"  ->  dateline up to the bracket
"""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.clean.draft import Draft, Piece
from briefing.content.edtf import MONTH_NAME, WrittenDate, find_date, find_publication

# --- lines of labelled fields, which scraped pages and databases have below a headline --------

VALUE_WORDS = 8  # words in a field; longer values are sentences
# With a colon, or without one before a capital: "Source Courier Editor: Bo Lind".
FIELD_LABEL = re.compile(
    r"(?<![\w-])(?:(?:responsib(?:le|ility)|executive|managing|chief|web|copy|duty|news|article|original|text) )?"
    r"(?P<name>sources?|origin|authors?|writers?|editors?|reporters?|correspondents?|journalists?|proofreaders?"
    r"|photographers?|translators?|publishers?"
    r"|(?:from|text|photos?|graphics?|planning|coordination|editing)(?=\s?[:：])|来源|作者|责任编辑|编辑|记者)"
    r"(?:[ -]in[ -]c(?:harge|hief))?"
    r"(?P<colon>[ \xa0]?[:：]\s?|\s(?=(?-i:[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d ?[:h] ?\d\d\b")
# Allowed beside a date before the first label: a time, even with misplaced spaces, and a weekday.
BEFORE = re.compile(
    r"[\d\s:.,apmh|/()\[\]\-–·]*(?:\b(?:mon|tue|wed|thu|fri|sat|sun)\w*)?[\d\s:.,apmh|/()\[\]\-–·]*"
    r"(?:(?:published|posted|updated|date|time)\s?[:：]?\s?)?[\d\s:.,apmh|/()\[\]\-–·]*",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.!?] +[A-Z]|[!?]$|\b(?:is|are|was|were|has|had|have|said|says|will)\b")
EDGES = " \t\xa0|;,/·()[]【】"


class Field(NamedTuple):
    name: str
    value: str


def read_fields(line: str) -> list[Field]:
    """Return the fields of a line that has nothing else except a date and time before them, else none.

    "2021-05-03 20:26: 01 Source: Courier Author: Ada Verne"
        ->  [Field("source", "Courier"), Field("author", "Ada Verne")]
    """
    labels = list(FIELD_LABEL.finditer(line))
    if not labels:
        return []
    before = line[: labels[0].start()]
    date = find_date(before)
    rest = before[: date.start] + before[date.end :] if date else before
    certain = any(label["colon"].strip() for label in labels) or (date and CLOCK.search(rest))
    if not certain or len(labels) + bool(date) < 2 or not BEFORE.fullmatch(rest):
        return []
    ends = [label.start() for label in labels[1:]] + [len(line)]
    fields = [
        Field(label["name"].lower().rstrip("s"), line[label.end() : end].strip(EDGES))
        for label, end in zip(labels, ends, strict=True)
    ]
    return fields if all(_is_value(field.value) for field in fields) else []


def _is_value(value: str) -> bool:
    return 0 < len(value.split()) <= VALUE_WORDS and not SENTENCE.search(value)


TOP, BOTTOM = 12, 4  # lines at the start and end of a text that may hold bylines and dates
DATELINE_PARAGRAPHS = 5  # paragraphs at the start that may have a dateline without a day
BAR = re.compile(r"[|•·]")  # between the parts of a line
PART_WORDS = 8  # words in one of them
MAX_WORDS, MAX_CHARACTERS = 24, 250  # words and characters in such a line

NAME = r"(?:[A-ZÀ-Þ][\w'’.-]{0,30}|de|van|von|der|den|da|di|la|le|al|el|bin|ibn|y|dos|du)"
NAMES = rf"{NAME}(?: {NAME}){{0,4}}(?:(?:,| and| &| with|, and) {NAME}(?: {NAME}){{0,4}}){{0,5}}"
BYLINE = re.compile(
    r"(?:(?:[Bb]y|BY)(?: (?:our|the)(?: own)?(?: [a-z]+)? (?:reporter|correspondent|writer)s?)?"
    r"|(?:[Ww]ritten|[Rr]eported|[Tt]ext|[Ss]tory|[Ww]ords) by|Author|Reporter|Correspondent|Journalist)"
    rf"[:：]? (?P<names>{NAMES})(?P<rest>(?:,| \||/| –| -| in | of | for | at ).{{0,80}})?"
)
# `By the Oldby Courier desk`, `By our correspondent`, `by admin`
BY_DESK = re.compile(
    r"(?:by|from) (?P<names>(?:(?:the|our|a) )?(?:[\w&'’.-]{1,30} ){0,5}"
    r"(?:desk|staff|team|newsroom|editors|editorial board|correspondents?|reporters?|writers?|agencies|admin|editor)"
    r"(?: in [\w.'’-]{2,30}(?: [\w.'’-]{2,30})?)?)",
    re.IGNORECASE,
)
# `Text: Ada Verne Photos: Bo Lind`, `Court reporter: Ada Verne`, `Interview: Bo Lind`
WRITER = (
    r"(?:(?:[A-Z][\w-]+ )?(?:[Rr]eporter|[Cc]orrespondent|[Ww]riter)|(?:Text|Words|Story|Report|Interview)(?: by)?)"
)
OTHERS = r"(?:Photos?|Photography|Pictures?|Images?|Videos?|Graphics?|Illustrations?|Translation|Editing)(?: by)?"
CREDITS = re.compile(
    rf"(?P<names>{WRITER} ?[:：] ?{NAMES}(?:[ ,;|/]+(?:{WRITER}|{OTHERS}) ?[:：] ?{NAMES}){{0,3}})(?P<rest>)"
)
DESK = re.compile(
    r"(?P<names>(?:[A-Z][\w&'’.-]* ){1,4}(?:[Ss]taff|[Nn]ewsroom|[Nn]ews [Dd]esk|[Ee]ditorial [Tt]eam))(?P<rest>)"
)
# `Chief reporter Ada Verne`, `North News Agency reporters Ada Verne, Bo Lind`, `North News Agency, Ada Verne`
REPORTER = re.compile(
    rf"(?:(?:{NAME} ){{1,4}}|[Cc]hief |[Ss]enior |[Ss]pecial |[Ss]taff )?"
    r"(?:[Rr]eporters?|[Cc]orrespondents?|[Jj]ournalists?)"
    rf",? (?P<names>{NAMES}|{NAME}(?: {NAME}){{5,9}})(?P<rest>)"
)
AGENCY_REPORTER = re.compile(
    rf"(?:{NAME} ){{1,3}}(?:News|Press) (?:Agency|Service|Network), (?P<names>{NAME}(?: {NAME}){{1,2}})(?P<rest>)"
)
# `Participating journalists: Ada Verne, Bo Lind, Carl Brandt`, `(Reporters taking part: ...)`, `Contributing: Bo Lind`
PARTICIPANTS = re.compile(
    r"(?:(?:[Pp]articipating |[Cc]ontributing )?(?:[Rr]eporters|[Jj]ournalists|[Cc]orrespondents|[Ww]riters)"
    r"(?: [a-z]+){0,5}|[Cc]ontributing) ?[:：] ?"
    rf"(?P<names>{NAME}(?: {NAME}){{0,4}}(?:(?:,| and|, and|、) ?{NAME}(?: {NAME}){{0,4}}){{0,20}})"
    r"(?P<rest>)"
)
REPORTS_FROM = re.compile(rf"(?P<names>{NAMES}),? report(?:s|ing)? from (?P<rest>[A-Z][\w ,.'’-]{{1,60}})")
STAFF = re.compile(
    rf"(?P<names>{NAMES}) ?[,|/–-]? ?"
    r"(?P<rest>(?:(?:staff|senior|special|chief|political|business|foreign)(?: [\w&-]{2,20}){0,2} "
    r"|(?<=[,|/–-] )[\w&-]{2,20} )?"
    r"(?:writer|reporter|correspondent|editor|columnist|contributor)(?:,.{0,40})?)",
    re.IGNORECASE,
)
# Lines at the top of these forms may be headlines.
NOT_ON_TOP = (REPORTS_FROM, STAFF, DESK, REPORTER, AGENCY_REPORTER, PARTICIPANTS)
# `Reporting by Ada Verne`, one part of `Reporting by Ada Verne; Editing by Bo Lind`
MADE_BY = re.compile(
    r"(?:(?:additional |with )?reporting|writing|editing|compiled|translated|edited|written|contributed)"
    r"(?: and \w+)? by\b.{2,120}",
    re.IGNORECASE,
)
# `Ada Verne in Oldby contributed to this report`, `Verne reported from Oldby, and Bo Lind from Kettlewick`
PLACE_NAME = r"[A-ZÀ-Þ][\w.'’-]{1,30}(?:,? [A-ZÀ-Þ][\w.'’-]{1,30}){0,3}"
CONTRIBUTED = re.compile(
    rf"(?:(?:The )?(?:{NAME} ){{1,3}}(?:staff )?(?:writers?|reporters?|correspondents?) )?"
    rf"(?:The )?{NAMES}(?:,? in {PLACE_NAME})?"
    r" (?:also )?(?:contributed reporting|contributed (?:reporting )?(?:to|for) this (?:report|article|story)"
    rf"|(?:contributed|reported)(?: reporting)? from {PLACE_NAME}(?:,? and {NAMES} from {PLACE_NAME}){{0,3}})"
)
LABEL = re.compile(
    r"\W{0,3}(?:(?:first |last |originally )?"
    r"(?:posted|published|updated|created|uploaded|modified|released|issued|dated|date|time|publication|release"
    r"|for immediate release|publish|pub|add|update|issue|posting|发布|发表|更新|日期|时间)"
    r"(?:[ -](?:on|at|by|date|time|in)){0,3}(?:日期|时间)? ?[:：|]? ?){1,3}",
    re.IGNORECASE,
)
DATED_AGAIN = re.compile(r"\b(?:and )?(?:last )?(?:updated|modified|edited|published)(?: (?:on|at))?\b", re.IGNORECASE)
# Allowed beside a date in a line that says nothing else.
DATE_NOISE = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?|T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?|[+-]\d{2}:?\d{2}"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:uhr|gmt|utc|[ecpm][ds]?t|bst|ist|at|on|am|pm)\b"
    r"|\b(?:source|author|editor|来源|作者)(?: ?[:：][^|]{0,40}| (?-i:[A-ZÀ-Þ])[^|]{0,40}|(?=\W*$))"
    r"|\b(?:views?|hits|clicks|comments?|reading time|last updated|updated)\b[\s:：\d,.]*"
    r"|\b\d{1,3}[ -]?min(?:ute)?s?(?:[ -]read)?\b|\bby [\w .'’-]{2,40}|[,.;|/·•()\[\]:–—-]",
    re.IGNORECASE,
)
PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{2,40}"
PART = r"[A-ZÀ-Þ][\w.'’ ]{1,30}"
DAY = rf"(?:(?i:{MONTH_NAME}) \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} (?i:{MONTH_NAME})(?: \d{{4}})?)"
# Separates a dateline from its sentence: `OSLO --`, `OSLO (Agency)_`, `**OSLO, May 3** –`
DATELINE_END = r"(?:\*\*|__)?(?:[ \xa0]?(?:---?|–|—|―|_)|[ \xa0]-)[ \xa0]{0,2}(?=[\"“'‘`A-ZÀ-Þ0-9])"
DATELINE = re.compile(
    rf"(?:\*\*|__)?(?P<value>(?:{PLACE}(?:, {PART}){{0,2}}|{PART}(?:, {PART}){{0,2}}(?=,? ?(?:\(|{DAY}))|{DAY}(?= ))"
    rf"(?:(?:,| ?[–—-])? {DAY})?(?: ?\([\w /.&'’-]{{2,40}}\))?){DATELINE_END}"
)
# Datelines of distributors of press releases, with their name before, behind or around the date:
# `OLDBY, May 3, 2021 /Newsline/ -- A`, `Oldby, Northshire--(Newsline Corp. - May 3, 2021) - A`,
# `OLDBY, NS / NEWSLINE / May 3, 2021 / A`, `OLDBY--(NEWS LINE)--May 3, 2021--A`, `Oldby, Northshire – May 3, 2021 – A`
WIRE = r"[A-ZÀ-Þ0-9][\w.&'’®™ -]{1,40}"
LINE = r"(?:---?|[-–—―])"
WIRE_DATELINE = re.compile(
    rf"(?:\*\*|__)?(?P<value>(?:{PLACE}|{PART})(?: ?, ?{PART}){{0,3}}"
    rf"(?:(?: ?,)? ?{DAY}(?: ?/ ?{WIRE}/| ?{LINE} ?\({WIRE}\)| \({WIRE}\)(?=:))"
    rf"|(?: ?{LINE})? ?\( ?(?:{WIRE}[,–—-] ?)?{DAY}\)| ?/ ?{WIRE}/ ?{DAY}(?= ?/)"
    rf"| ?(?:{LINE} ?)?\({WIRE}\) ?{LINE} ?{DAY}|(?: [–—-] {WIRE})? [–—-] {DAY}(?= [–—-]))"
    rf"|\((?:{PLACE}|{PART})(?:, {PART})?, {DAY}\)"
    rf"|{DAY}(?: ?[,–—-] (?:{PLACE}|{PART})(?:, {PART}){{0,2}}(?= ?{LINE} )| ?/ ?{WIRE}/))"
    rf"(?:\*\*|__)?[ \xa0]?(?:{LINE}|[/:])?[ \xa0]{{0,2}}(?=[\"“'‘`A-ZÀ-Þ0-9])"
)
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"\d{4}")
# Translated newswire has no dash: `Courier News Agency, Oslo, reported May 3rd, 2021 (Correspondent: Ada Verne) A`,
# `OSLO, May 3 (Courier, by Ada Verne): A`, `OSLO, May 3 (Courier Ada Verne) A`, `Courier News Agency, Oslo, May 3, a`,
# `Courier.com, May 3 A`
DAY_OF = rf"(?:(?:reported|released|issued) )?(?:{DAY}|(?i:{MONTH_NAME}) \d{{1,2}}(?:st|nd|rd|th)(?:, \d{{4}})?)"
BRACKETED_BYLINE = r"\((?:[^()]{0,40}\W)?(?i:reporters?|correspondents?|journalists?|by)\b[^()]{2,80}\)"
AGENCY = (
    r"(?:[A-ZÀ-Þ][\w.'’ ]{1,30} (?:News|Press) (?:Agency|Service|Network)|[A-Z][\w-]{1,30}\.(?:com|net|org|[a-z]{2})"
    rf"(?: [a-z]+)?)(?:, {PART}){{0,2}}"
)
TRANSLATED_DATELINE = re.compile(
    rf"(?P<value>(?:{PLACE}|{PART})(?:, {PART}){{0,2}},? {DAY_OF} ?{BRACKETED_BYLINE}(?:[:：]|(?= ?\S))"
    rf"|{PLACE}(?:, {PART}){{0,2}}, {DAY} \([\w /.&'’,-]{{2,60}}\)(?= [A-Z\"“])"
    rf"|{DAY},? ?\([A-Z][\w.& -]{{1,30}}\)(?:[:：]|(?= [A-Z\"“]))"
    rf"|{AGENCY},? {DAY_OF}(?=[,:]? (?:[A-Z\"“]|the|an?\b)))"
)
# `KIRUNA, Sweden 2021-05-03` above the lead, with the writer's name above that
BARE_DATELINE = re.compile(rf"(?P<value>{PLACE}(?: ?, ?{PART}){{0,2}},? \d{{4}}-\d{{2}}-\d{{2}})")
WRITER_ONLY = re.compile(rf"{NAME}(?: {NAME}){{1,3}}")

# Any other words with a capital before a whole date, and a mark or the end of the line behind it:
# `OLDBY (Metal Desk) 3 May 2021 -`, `OLDBY, May 3, 2021:`, `By Ada Verne, OLDBY | 3 May 2021 |`
DATED_REACH = 120  # characters
CAPITAL = (
    r"(?:[A-ZÀ-Þ][\w.'’&]*(?:-\w+)?|de|del|la|le|upon|of|and|sur|en|el|al|in(?= [A-ZÀ-Þ])|\([A-ZÀ-Þ][^()]{1,40}\))"
)
BEFORE_DATE = re.compile(
    r"[*_]{0,3}(?!(?:On|In|At|By the|Since|From|After|Before|Until|Between|This|As|For|During|It) )"
    rf"(?:{CAPITAL}(?:[ ,:|/–—-]{{1,4}}{CAPITAL}){{0,11}}[ ,:|/–—-]{{1,4}})?"
)
AFTER_DATE = re.compile(
    r"(?:,? \d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?(?:[ ,]{0,2}(?:\([^()]{2,60}\)|/[^/]{2,40}/))?"
    r"(?:, [A-ZÀ-Þ][\w.'’-]{1,30})?[*_]{0,3}"
)
DATE_END = re.compile(r"[ \xa0]?(?:-{1,3}|[–—―_|:：])[ \xa0]{0,2}(?=[\"“'‘`A-ZÀ-Þ0-9])|[ .:|–—-]{0,3}$")
NAMED = re.compile(r"[*_]{0,3}The ")
FULL_STOP = re.compile(r"\.[ \xa0]{1,2}(?=[\"“'‘`A-ZÀ-Þ0-9])")  # behind a place in capitals, or behind an agency
PLACE_FIRST = re.compile(rf"[*_]{{0,3}}\(?{PLACE}[ ,:|/()–—-]")

ABOUT_AUTHOR = r"(?:is|was|writes|covers|reports|works|teaches|has (?:written|covered|worked|reported)|can be reached)"
ABOUT = re.compile(rf"^{NAMES}(?:,.{{0,80}},)? {ABOUT_AUTHOR}\b")
NOTE_START = 150  # characters
AUTHOR_REASON = "About the author"
BYLINE_REASON = "Byline"
AUTHORS = frozenset(("author", "writer", "reporter", "text", "作者", "记者"))  # fields that name the author
SOURCE_REASON = "Source and byline"
DATED_REASON = "Publication date"


def find_authorship(draft: Draft) -> None:
    """Mark dated labels and bylines; on the first line, where a headline is expected, only the clearest."""
    unmarked = draft.unmarked()
    for piece in unmarked[:TOP] + unmarked[max(TOP, len(unmarked) - BOTTOM) :]:
        too_long = piece.words > MAX_WORDS or len(piece.shown) > MAX_CHARACTERS
        if too_long or piece.block.kind in ("heading", "code", "row"):
            continue
        if not _mark_fields(draft, piece) and not _mark_date(draft, piece):
            _find_byline(draft, piece, top=piece is unmarked[0], bottom=piece in unmarked[-BOTTOM:])


def mark_author_notes(draft: Draft) -> None:
    """Mark `Ada Verne is a writer in Oldby.` at the end of an article by Ada Verne, or below `About the author`."""
    for index, mark in list(draft.marks.items()):
        below = [p for p in draft.pieces[index + 1 : index + 2] if p.index not in draft.marks]
        if mark.rule == "author-note" and below and ABOUT.search(below[0].shown[:NOTE_START]):
            draft.mark(below[0], "author-note", AUTHOR_REASON)
    people = [n for h in draft.hints if h.kind == "byline" for n in re.findall(rf"{NAME}(?: {NAME}){{1,4}}", h.value)]
    if not people:
        return
    note = re.compile(rf"(?:{'|'.join(map(re.escape, people))})(?:,.{{0,80}},)? {ABOUT_AUTHOR}\b")
    for piece in draft.unmarked()[-BOTTOM:]:
        if piece.words <= 2 * MAX_WORDS and piece.index != draft.first and note.match(piece.shown):
            draft.mark(piece, "author-note", AUTHOR_REASON)


MAIL_HEAD = re.compile(
    r"(?P<name>from|to|cc|bcc|reply-to|subject|re|date|sent|message-id|importance|attachments?|x-[\w-]+) ?:\s?\S.*",
    re.IGNORECASE,
)
MAIL_HEADS = 2  # lines from which they are the heads of a mail


def mark_mail_heads(draft: Draft) -> None:
    """Mark "From: ...", "Subject: ..." at the top of a text; a date among them is that of the text."""
    heads: list[Piece] = []
    names: set[str] = set()
    for piece in draft.unmarked()[:TOP]:
        lines = [line.strip(" >*_\t") for line in draft.text[piece.block.start : piece.block.end].splitlines()]
        found = [MAIL_HEAD.fullmatch(line) for line in lines if line]
        if not found or not all(found):
            break
        heads.append(piece)
        names.update(m["name"].lower() for m in found if m)
    if len(names) < MAIL_HEADS or names.isdisjoint({"from", "subject"}):
        return
    for piece in heads:
        stated, _ = find_publication(piece.shown)
        date = stated or find_date(piece.shown) if not names.isdisjoint({"date", "sent"}) else None
        if date is not None and re.search(r"(?i)\b(?:date|sent) ?:", piece.shown):
            draft.hint("dated", piece.block.start, piece.block.end, date.edtf)
        draft.mark(piece, "mail-head", "Head of a mail")


def find_dateline(draft: Draft) -> None:
    """Find the dateline of the article; if several reports follow each other, also the certain ones of the others."""
    found = False
    above: Piece | None = None
    for number, piece in enumerate(p for p in draft.unmarked() if p.block.kind in ("paragraph", "quote")):
        if _find_dateline(draft, piece, certain=found or number >= DATELINE_PARAGRAPHS):
            if number == 2 and above and above.index != draft.first and WRITER_ONLY.fullmatch(above.shown):
                # Do not remove it: a single name proves too little.
                draft.hint("byline", above.block.start, above.block.end, above.shown)
            found = True
        above = piece


def _mark_fields(draft: Draft, piece: Piece) -> bool:
    """Mark a line of fields: `2021-05-03 20:26 Source: Courier Author: Ada Verne`."""
    fields = read_fields(piece.shown)
    if not fields:
        return False
    for field in fields:
        if field.name in AUTHORS:
            draft.hint("byline", piece.block.start, piece.block.end, field.value)
    found, changed = find_publication(piece.shown)
    if found:
        draft.hint("changed" if changed else "dated", piece.block.start, piece.block.end, found.edtf)
        draft.mark(piece, "dated-label", DATED_REASON)
    elif fields[0].name in ("source", "origin", "来源"):
        draft.mark(piece, "source-label", SOURCE_REASON)
    else:
        draft.mark(piece, "byline", BYLINE_REASON)
    return True


def _mark_date(draft: Draft, piece: Piece) -> bool:
    """Mark a label with a date, or a date on its own."""
    if part := _dated_part(piece.shown):
        return _hint_date(draft, piece, part)
    label = LABEL.match(piece.shown)
    rest = piece.shown[label.end() :] if label else piece.shown
    found = find_date(rest)
    if not found:
        return False
    remainder = rest[: found.start] + " " + rest[found.end :]
    while (again := find_date(remainder)) and DATED_AGAIN.search(remainder[: again.start]):
        remainder = DATED_AGAIN.sub(" ", remainder[: again.start]) + " " + remainder[again.end :]
    labelled = label and len(remainder.split()) <= 8 and not piece.is_prose
    if not labelled and DATE_NOISE.sub(" ", remainder).strip():
        return False
    return _hint_date(draft, piece, found)


def _hint_date(draft: Draft, piece: Piece, found: WrittenDate) -> bool:
    stated, changed = find_publication(piece.shown)
    draft.hint("changed" if changed else "dated", piece.block.start, piece.block.end, (stated or found).edtf)
    draft.mark(piece, "dated-label", DATED_REASON)
    return True


def _dated_part(line: str) -> WrittenDate | None:
    """Return the date of a line of short parts, one of which is a date: `Newsline | Oldby | Updated: 3 May 2021`."""
    parts = [part.strip() for part in BAR.split(line) if part.strip()]
    if len(parts) < 2 or any(len(part.split()) > PART_WORDS for part in parts):
        return None
    for part in parts:
        label = LABEL.match(part)
        rest = part[label.end() :] if label else part
        found = find_date(rest)
        if found and not DATE_NOISE.sub(" ", rest[: found.start] + " " + rest[found.end :]).strip():
            return found
    return None


def _find_byline(draft: Draft, piece: Piece, top: bool, bottom: bool) -> None:
    shown = piece.shown.strip(" []()（）|–-")
    if _is_credits(shown) or (bottom and CONTRIBUTED.fullmatch(shown.rstrip("."))):
        value = piece.shown
    else:
        match = BYLINE.fullmatch(shown) or CREDITS.fullmatch(shown) or BY_DESK.fullmatch(shown)
        if not match and not top:
            match = next((found for form in NOT_ON_TOP if (found := form.fullmatch(shown))), None)
        if not match or shown.endswith((".", "!", "?")):
            return
        value = match["names"]
        dated = find_date(shown)
        if dated:
            draft.hint("dated", piece.block.start, piece.block.end, dated.edtf)
    draft.hint("byline", piece.block.start, piece.block.end, value)
    draft.mark(piece, "byline", BYLINE_REASON)


def _is_credits(shown: str) -> bool:
    parts = [part for part in re.split(r"[;.] ", shown.rstrip(".")) if part]
    return bool(parts) and all(MADE_BY.fullmatch(part) for part in parts)


def _dated_opening(piece: Piece, line: str, first: bool) -> str:
    """Return the opening of a line up to and with a whole date, if that is a dateline with any agency or writer."""
    found = find_date(line[:DATED_REACH])
    if not found or len(found.edtf) < len("2021-05-03") or not BEFORE_DATE.fullmatch(line, 0, found.start):
        return ""
    after = AFTER_DATE.match(line, found.end)
    placed = PLACE_FIRST.match(line) is not None
    end = after and DATE_END.match(line, after.end())
    if after and (placed or after[0].endswith((")", "/"))):
        end = end or FULL_STOP.match(line, after.end())
    if not after or not end:
        return ""
    alone = end.end() == len(line)
    if (first and not placed) if alone else NAMED.match(line):
        return ""  # a headline, `Oldby Market, 3 May 2021`; an event, `The Oldby Treaty, May 3, 1995: a`
    return line[: after.end()].rstrip(" *_") if alone or piece.is_prose else ""


def _find_dateline(draft: Draft, piece: Piece, certain: bool) -> bool:
    line = draft.text[piece.block.start : min(piece.block.end, piece.block.start + 160)].replace("\n", " ")
    if certain and not DIGIT.search(line):
        return False
    match = (
        WIRE_DATELINE.match(line)
        or DATELINE.match(line)
        or TRANSLATED_DATELINE.match(line)
        or BARE_DATELINE.fullmatch(line)
    )
    undated = not certain and not (match and YEAR.search(match["value"]))
    if undated and (value := _dated_opening(piece, line, draft.first == piece.index)):
        draft.hint("dateline", piece.block.start, piece.block.start + len(value), value)
        return True
    # Headlines have no agency or day before a dash; below the lead, brackets prove nothing.
    if not match or not (DIGIT.search(match["value"]) or (not certain and (piece.is_prose or "(" in match["value"]))):
        return False
    if line[match.end() :].isupper():  # `ROWING - OLDBY WIN AGAIN`: a headline with its subject first
        return False
    value = match["value"].rstrip(" -")
    start = piece.block.start + match.start("value")
    draft.hint("dateline", start, start + len(value), value)
    return True

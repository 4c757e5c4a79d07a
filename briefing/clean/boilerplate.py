"""Mark what a website or a layout puts around an article: buttons, notices, labels, menus, comments, columns.

The wordings are in data/boilerplate.yaml.

    "Share: Facebook Twitter Print"  ->  share        "Posted on"  ->  empty-label
    "Related articles" and the short lines below it  ->  related
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.clean.advertising import is_keyword_list
from briefing.clean.draft import Draft, Piece, ends_sentence
from briefing.content.edtf import find_date
from briefing.lexicon import load
from briefing.model import Removed
from briefing.text.metadata import NAMED, website_words

MAX_WORDS = 20  # words in a website line, unless its rule says otherwise
MAX_CHARACTERS = 1_000  # longer lines are not compared with any pattern
CONTACT_LINES = 4  # lines between two contact details: name, position, organisation, town
END_SENTENCES = 4  # sentences at the end of a text that may be a note on the author
# Website lines do not report speech: a line with one of these verbs and a full stop belongs to the article.
REPORTING = re.compile(r"\b(?:said|says|told|asked|added|denied|announced|warned|argued|insisted|testified)\b")
MAX_RELATED = 15  # lines below "Related articles"; a longer list belongs to the article
MIN_REPEATED = 40  # characters; shorter paragraphs may repeat by chance


@dataclass(frozen=True)
class Anywhere:
    """A pattern that is tried if the line contains one of these words."""

    has: tuple[str, ...]
    line: str

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.line, re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """One entry of data/boilerplate.yaml; the file says what its keys mean."""

    rule: str
    reason: str
    lines: tuple[str, ...]
    anywhere: tuple[Anywhere, ...] = ()
    longest: int = MAX_WORDS
    top: bool = False
    heading: bool = False
    end: bool = False
    most: int = MAX_RELATED

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{line})" for line in self.lines), re.IGNORECASE)

    def fits(self, line: str) -> bool:
        if self.pattern.fullmatch(line):
            return True
        low = line.lower() if self.anywhere else ""
        return any(one.pattern.fullmatch(line) for one in self.anywhere if any(word in low for word in one.has))


@functools.cache
def rules() -> tuple[Rule, ...]:
    return tuple(sorted(load("boilerplate", tuple[Rule, ...]), key=lambda rule: not rule.heading))


def find_first(draft: Draft) -> None:
    """Mark website lines above the article. The first other line is its headline or lead and is never marked.

    A letterhead, and a line with only place and date, stay; they are no headline.
    """
    unmarked = draft.unmarked()
    letter = _below_salutation(draft)
    for place, piece in enumerate(unmarked):
        below = unmarked[place + 1 :]
        if mark := _above_article(draft, piece, below):
            draft.mark(piece, *mark)
        elif piece.index < letter or any(is_other(piece, below) for is_other in NO_HEADLINES):
            continue
        elif any(c.isalnum() for c in piece.shown):
            draft.first = piece.index
            return


def _above_article(draft: Draft, piece: Piece, below: list[Piece]) -> tuple[str, str] | None:
    """Return rule and reason if a line above the article belongs to the website."""
    rule = rule_of(piece, top=True)
    if rule and piece.block.kind != "heading":
        return rule.rule, rule.reason
    if menu := _menu(piece):
        return menu
    if (
        not piece.bare
        or _is_menu_entry(draft, piece)
        or (_is_menu_by_form(draft, piece) and any(p.is_prose for p in below[1:]))
        or _is_inside_menu(draft, piece, below)
    ):
        return "navigation", MENU_REASON
    if _is_above_headline(piece, below):
        return "navigation", SECTION_REASON
    if BREAKING.match(piece.shown) and _is_headline_below(below):
        return "related", "Links to other articles"
    return ("repetition", "Repeated text") if below and _is_page_title(piece, below[0]) else None


def mark_website_lines(draft: Draft) -> None:
    prose = [piece.index for piece in draft.unmarked() if piece.is_prose]
    last, top = prose[-END_SENTENCES:], min(prose, default=0)
    for piece in draft.markable():
        if piece.index in draft.marks or piece.block.kind in ("code", "row"):
            continue
        rule = rule_of(piece)
        below = draft.pieces[piece.index + 1 : piece.index + 2]
        if piece.block.kind == "heading" and piece.words == 1 and any(p.is_prose for p in below):
            continue  # "Comments", "Sources": a part of the article
        if rule and (not rule.end or not last or piece.index >= last[0]):
            draft.mark(piece, rule.rule, rule.reason)
            if rule.heading:
                _mark_list_below(draft, piece, rule)
        elif menu := _menu(piece):
            draft.mark(piece, *menu)
        elif draft.first < piece.index < top and piece.words <= 5 and _is_masthead(piece.bare.split()):
            draft.mark(piece, "source-label", PUBLISHER_REASON)


def mark_between_contacts(draft: Draft) -> None:
    """Mark the names between `Media contact` and a telephone number."""
    between: list[Piece] = []
    open_contact = False
    for piece in draft.pieces:
        mark = draft.marks.get(piece.index)
        if mark is not None and mark.rule in ("contact", "address"):
            for inside in between if open_contact else ():
                draft.mark(inside, "contact", CONTACT_REASON)
            open_contact, between = open_contact or mark.rule == "contact", []
        elif mark is None and piece.words <= 6 and not piece.is_prose and len(between) < CONTACT_LINES:
            between.append(piece)
        else:
            open_contact, between = False, []


def rule_of(piece: Piece, top: bool = False) -> Rule | None:
    if len(piece.shown) > MAX_CHARACTERS:
        return None
    bare = piece.bare
    heading = bare.rstrip(":：. ")
    if not top and LABELLED.match(bare):
        return CAPTION if piece.words <= CAPTION_WORDS and piece.block.kind != "heading" else None
    possible = [r for r in rules() if piece.words <= r.longest and (r.top or not top)]
    found = next((r for r in possible if r.fits(heading if r.heading else bare)), None)
    if found is None and len(parts := APART.split(bare)) > 1:  # "12 comments – join the conversation"
        each = [next((r for r in possible if not r.heading and r.fits(part)), None) for part in parts]
        found = each[0] if all(each) else None
    return None if found and piece.is_prose and REPORTING.search(piece.shown) else found


APART = re.compile(r"\s+[–—|·•-]\s+")


# `Photo caption: The mayor says farewell.` may report speech and be long.
LABELLED = re.compile(
    r"(?:(?:file|cover|top|main|lead|featured|stock|press|handout|aerial) )?"
    r"(?:photo|image|picture|video|graphic|illustration)(?:graph|s)?"
    r"(?: (?:captions?|credits?|descriptions?|courtesy|source))? ?[:：] ?\S"
    r"|[📷📸🎥🖼]\ufe0f? ?\S|(?:image|photo|picture) (?:caption|source|description)[,:：]? \S"
    r"|(?:captions?|pictured(?: \w+)?) ?[:：] ?\S",
    re.IGNORECASE,
)
CAPTION_WORDS = 60
CAPTION = Rule("credit", "Photo credit", ())


def _mark_list_below(draft: Draft, heading: Piece, rule: Rule) -> None:
    for piece in itertools.islice(_short_lines_below(draft, heading), rule.most):
        if piece.index != draft.first:
            draft.mark(piece, rule.rule, rule.reason)


def _short_lines_below(draft: Draft, heading: Piece) -> Iterator[Piece]:
    listed = []
    for piece in draft.pieces[heading.index + 1 : heading.index + 2 + MAX_RELATED]:
        ended = ends_sentence(piece.shown) and not piece.shown.endswith("?")
        sentence = ended and piece.words > 5 and piece.block.kind != "item"
        if sentence or piece.words > MAX_WORDS or piece.block.kind in ("heading", "code", "row"):
            break
        if rule_of(piece) or is_keyword_list(piece.shown):
            break  # has a reason of its own
        listed.append(piece)
    return iter(listed if len(listed) <= MAX_RELATED else [])


# --- menus and rows of share buttons ---------------------------------------------------------

SEPARATOR = re.compile(r"\s*[|/·•>»,;:\t]+\s*|\s{2,}|\s+-\s+")
MENU_WORDS = 4  # menu words in a row, without separators
ICON = re.compile(r"[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\U0001f300-\U0001faff\ufe0f\u200d]+")
BAR = re.compile(r"[|·•]")
MENU_REASON = "Site navigation"
SECTION_REASON = "Section name"
CONTACT_REASON = "Contact details"
META_REASON = "Byline and category"
PUBLISHER_REASON = "Source line"
SHARE_REASON = "Share buttons"
ENTRIES = re.compile(r"\s*[|/·•>»☰≡]\s*|\t+|\s{2,}")
MENU_BY_FORM = 3  # entries
MENU_ENTRY = 3  # words
INSIDE_MENU = 4  # lines from an entry to the next one that is known
LETTERHEAD_LINES = 5  # above the label of a press release


def _menu(piece: Piece) -> tuple[str, str] | None:
    """Return rule and reason if a line consists of menu words or share buttons."""
    if piece.words > 25 or piece.block.kind == "code":
        return None
    known = website_words()
    line = piece.bare.lower()
    if piece.block.kind == "row":
        cells = [cell.strip() for cell in line.split("|") if cell.strip()]
        return ("navigation", MENU_REASON) if cells and all(cell in known["menu"] for cell in cells) else None
    entries = [entry.strip("≡☰ ") for entry in SEPARATOR.split(line) if any(c.isalnum() for c in entry)]
    parts = [part.strip() for part in BAR.split(line) if part.strip()]
    if len(entries) > 1 and all(entry in known["menu"] for entry in entries):
        return "navigation", MENU_REASON
    if len(parts) > 1 and all(_is_meta(part, known) for part in parts):
        return "navigation", META_REASON
    if _is_unseparated_menu(line.split(), known):
        return "navigation", MENU_REASON
    words = [word for word in re.split(r"[\s|/·•>»,;:()\[\]+]+", line) if word and not word.isdigit()]
    icons = [word for word in words if ICON.fullmatch(word)]  # "👍 214 💬 38 ↗ Share"
    words = [word for word in words if word not in icons]
    known_share = all(w in known["share"] for w in words)
    if known_share and (any(w in known["networks"] for w in words) or len(icons) > 1):
        return "share", SHARE_REASON
    return None


def _is_menu_entry(draft: Draft, piece: Piece) -> bool:
    """Tell whether a line above the headline is an entry of a menu with one entry a line."""
    known = website_words()
    beside = (draft.pieces[i] for i in (piece.index - 1, piece.index + 1) if 0 <= i < len(draft.pieces))
    lines = [piece.bare.lower(), *(p.bare.lower() for p in beside)]
    menu = [line in known["menu"] or line in known["sections"] for line in lines]
    return menu[0] and any(menu[1:])


def _is_inside_menu(draft: Draft, piece: Piece, below: list[Piece]) -> bool:
    """Tell whether a short line stands between entries of a menu: `News`, `Sport`, `What's On`, `Log in`."""
    above = [draft.marks[i].rule for i in (piece.index - 2, piece.index - 1) if i in draft.marks]
    if above != ["navigation", "navigation"] or piece.words > MENU_ENTRY or piece.is_prose:
        return False
    known = website_words()
    for line in below[:INSIDE_MENU]:
        if _menu(line) or line.bare.lower() in known["actions"]:
            return True
        if line.words > MENU_ENTRY:
            return False
    return False


def _is_menu_by_form(draft: Draft, piece: Piece) -> bool:
    """Tell whether a line above the headline is a row of short entries, half of which menus have: `Ag  Weather`."""
    if ends_sentence(piece.shown) or piece.words > MAX_WORDS:
        return False
    known = website_words()
    line = draft.text[piece.block.start : piece.block.end].strip(" \t*_|").lower()
    entries = [entry for entry in ENTRIES.split(line) if any(c.isalnum() for c in entry)]
    if len(entries) < MENU_BY_FORM and all(word[:1].isupper() for word in piece.shown.split()):
        entries = line.split()
        entries = entries if len(entries) > MENU_BY_FORM else []
    found = sum(any(entry in known[use] for use in ("menu", "sections", "actions")) for entry in entries)
    short = all(len(entry.split()) <= 4 for entry in entries)
    return len(entries) >= MENU_BY_FORM and short and 2 * found >= len(entries) and found > 1


def _is_letterhead(piece: Piece, below: list[Piece]) -> bool:
    """Tell whether it is a body's name above the label of a press release and its headline."""
    words = piece.shown.split()
    if piece.is_prose or len(words) > 10 or not all(NAMED.fullmatch(w.strip(",()")) for w in words):
        return False
    for place, line in enumerate(below[:LETTERHEAD_LINES]):
        if RELEASE.fullmatch(line.bare):
            return any(p.words >= 3 and not p.is_prose for p in below[place + 1 :][:4])
        if line.is_prose or line.words > 10:
            return False
    return False


def _is_tagline(piece: Piece, below: list[Piece]) -> bool:
    """Tell whether it is above the name of a section, and that above a headline: `News for the river counties`."""
    named = bool(below) and (_is_section_name(below[0]) or (_is_label(below[0]) and below[0].shown.isupper()))
    return named and not piece.is_prose and _is_headline_below(below[1:])


def _is_dated_place(piece: Piece, below: list[Piece]) -> bool:
    """Tell whether it is only a place and a date above a headline: `Nairobi, 3 May 2030`."""
    date = find_date(piece.shown) if piece.words <= 8 else None
    if date is None:
        return False
    rest = (piece.shown[: date.start] + piece.shown[date.end :]).strip(" ,.–—-|").split()
    return len(rest) <= 3 and all(map(NAMED.fullmatch, rest)) and _is_headline_below(below)


SALUTATION = re.compile(
    r"dear (?:sirs?|madam|sir or madam|editor|friends?|colleagues?|all|members?|readers?"
    r"|(?:mr|mrs|ms|dr|prof(?:essor)?|minister|councillor|cllr|secretary|director|president|chair\w*)\b.{0,40}"
    r"|(?-i:[A-ZÀ-Þ]).{0,40})[,:]?",
    re.IGNORECASE,
)
LETTER_TOP = 20  # lines above a salutation
SUBJECT_WORDS = 16


def _below_salutation(draft: Draft) -> int:
    """Return the index of the subject, or of the first sentence, of a letter; 0 if the text is none.

    Without a subject, only a sender's address shows that the lines above are no headline.
    """
    for piece in draft.pieces[:LETTER_TOP]:
        if piece.is_prose:
            break
        below = draft.pieces[piece.index + 1 : piece.index + 4]
        if not below or piece.index < 2 or not SALUTATION.fullmatch(piece.shown):
            continue
        subject = below[0].words <= SUBJECT_WORDS and not below[0].is_prose and any(p.is_prose for p in below[1:])
        addressed = any(rule.rule == "contact" for p in draft.pieces[: piece.index] if (rule := rule_of(p)))
        return below[0].index if subject or addressed else 0
    return 0


RELEASE = re.compile(
    r"(?:press|news|media) (?:release|statement|notice|advisory|communiqué)|for immediate (?:release|publication|use)",
    re.IGNORECASE,
)


NO_HEADLINES = (_is_letterhead, _is_dated_place, _is_tagline)  # lines that stay above the headline


def _is_unseparated_menu(words: list[str], known: dict[str, frozenset[str]]) -> bool:
    """Tell whether a line is entries of a menu in a row: `Subscribe Log in`, `World Business Sport Weather`."""
    entries: list[str] = []
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in known["menu"]), 0)
        if not size:
            return False
        entries.append(" ".join(words[at : at + size]))
        at += size
    return len(words) >= MENU_WORDS or (len(entries) > 1 and any(entry in known["actions"] for entry in entries))


HEADLINE_WORDS = 25  # words in a headline
LABELS_ABOVE = 3  # labels between a label and the headline


def _is_section_name(piece: Piece) -> bool:
    """Tell whether it is a section name above a headline: `Crime & Courts`, `Harbour News`, `Business | Ports`."""
    sections = website_words()["sections"]
    line = piece.bare.lower()
    parts = [p for p in re.split(r" ?(?:&|/|,|\band\b) ?", line) if p]
    if 0 < len(parts) <= 3 and piece.words <= 4 and all(p in sections for p in parts):
        return True
    words = line.split()
    known = website_words()
    if (
        1 < len(words) <= 3
        and words[-1] in known["departments"]
        and all(w in sections | known["menu"] for w in words[:-1])
    ):
        return True
    if 1 < piece.words <= 3 and line.endswith(" news") and not piece.shown.endswith((".", "?", "!")):
        return line.split()[0] not in NO_SECTION
    trail = [p for p in re.split(r" ?[|>»›/·•:] ?", line) if p]
    return (
        1 < len(trail) <= 4
        and all(len(p.split()) <= 3 for p in trail)
        and any(p in sections or p in website_words()["menu"] for p in trail)
        and ":" not in line
    )


def _is_above_headline(piece: Piece, below: list[Piece]) -> bool:
    if below and not below[0].is_prose and _is_section_name(piece):
        return True
    return (_is_label(piece) or _is_kicker(piece, below)) and _is_headline_below(below)


def _is_kicker(piece: Piece, below: list[Piece]) -> bool:
    """Tell whether a few capitals stand over a headline that has none: `OUT AND ABOUT`, then `Vicar walks to Rome`."""
    words = piece.shown.split()
    short = 1 < len(words) <= KICKER_WORDS and not RELEASE.fullmatch(piece.bare)
    capitals = short and all(word.isalpha() and word.isupper() for word in words)
    return (
        capitals
        and bool(below)
        and HEADLINE_LEAST <= below[0].words <= HEADLINE_MOST
        and not (below[0].shown.isupper() or ends_sentence(below[0].shown))
    )


KICKER_WORDS = 3
HEADLINE_LEAST, HEADLINE_MOST = 4, 12  # words below a kicker; a sentence below a headline in capitals is longer
BREAKING = re.compile(r"(?:breaking|just in|live|latest)(?: news)? ?[:：]", re.IGNORECASE)  # a ticker, above a headline
NO_SECTION = frozenset({"no", "good", "bad", "great", "sad", "big", "fake", "is", "in", "the", "more"})  # "Good News"


def _is_label(piece: Piece) -> bool:
    """Tell whether a line above a headline is a section, a newspaper or a website: `Rail`, `The Oldby Post`."""
    words = piece.bare.split()
    if piece.shown.endswith(("?", "!", ":", ";", "…")) or piece.block.kind in ("row", "code", "item") or len(words) > 5:
        return False
    if len(words) == 1:
        return words[0].isalpha() and words[0][0].isupper()
    return (len(words) == 3 and words[1] == "&") or _is_masthead(words)


def _is_masthead(words: list[str]) -> bool:
    """Tell whether it names a newspaper, agency or website: `The Oldby Post`, `Northern Farming News Service`."""
    known, last = website_words(), words[-1].lower() if words else ""
    short = len(words) < 4 or words[0] == "The" or last in known["agencies"]
    return short and len(words) > 1 and last in known["mastheads"] and all(map(NAMED.fullmatch, words))


def _is_headline_below(below: list[Piece]) -> bool:
    """Tell whether a headline follows, perhaps below further labels, and then text."""
    for place, piece in enumerate(below[: LABELS_ABOVE + 1]):
        if piece.is_prose or piece.words > HEADLINE_WORDS or piece.block.kind in ("row", "code", "item"):
            return False
        if piece.words >= 4 and not rule_of(piece) and not _is_label(piece) and not piece.shown.endswith((":", ";")):
            return any(p.is_prose and p.words > piece.words for p in below[place + 1 :][:8])
    return False


def _is_page_title(piece: Piece, below: Piece) -> bool:
    """Tell whether a line is the headline below with the name of the website, or its first words as the last entry of a
    trail: `A quay is built | Oldby Post`, `A quay is`."""
    if below.shown.startswith(piece.shown.rstrip(" .…")) and piece.words >= 3:
        return below.words <= HEADLINE_WORDS and not below.is_prose
    rest = piece.shown[len(below.shown) :]
    return below.words >= 3 and piece.shown.startswith(below.shown) and re.match(r" ?[|–—»·:-] ?\w", rest) is not None


PERSON = re.compile(r"(?:by|posted by|author) [\w .'’-]{2,40}")


def _is_meta(entry: str, known: dict[str, frozenset[str]]) -> bool:
    """Tell whether it is part of a line about the article: `by admin`, `category: mines`, `no comments`."""
    if entry in known["menu"] or PERSON.fullmatch(entry):
        return True
    date = find_date(entry)
    if date and date.end - date.start >= len(entry) - 12:
        return True
    return any(rule.fits(entry) for rule in rules() if not rule.heading)


# --- repetitions -----------------------------------------------------------------------------


def mark_repetitions(draft: Draft) -> None:
    """Mark paragraphs that repeat an earlier one word for word, and a headline that is repeated directly."""
    seen: set[str] = set()
    unmarked = draft.unmarked()
    for place, piece in enumerate(unmarked):
        key = piece.shown.casefold()
        again = key in seen and (len(key) >= MIN_REPEATED or (place <= 2 and len(key) >= 12))
        if again and piece.block.kind not in ("code", "row") and piece.index != draft.first:
            draft.mark(piece, "repetition", "Repeated text")
        seen.add(key)


# --- ends of paragraphs ----------------------------------------------------------------------

# `... last year. (Editor: Bo Lind)`, `... of ore. [Photo/Agency]`
TAIL = re.compile(
    r"(?P<credit>\s*[\[(（【]"
    r"(?:(?:(?:responsible|responsibility|web|chief|executive|duty|copy) )?editors?(?:[ -]in[ -]c(?:harge|hief))?"
    r"|authors?|reporters?|(?:participating )?(?:journalists|correspondents?|writers?)|translators?"
    r"|source|photo|image|picture|责任编辑|责编|编辑|来源|记者)"
    r" ?[:：/] ?[^\[\]()（）【】\n]{1,60}[\])）】][ \t]*)$",
    re.IGNORECASE,
)


# `-- Bo Lind, Kettlewick newsroom +44 20 5550 1234`: remove only the number; the rest is names
NUMBER = r"\+?(?:\( ?[\d ]{1,8} ?\) ?)?\d[\d /+-]{5,22}\d"
DESK_TAIL = re.compile(
    r"(?:newsroom|news ?desk|desk|bureau)\b[ ,]{0,3}"
    rf"(?P<credit>\( ?{NUMBER} ?\)|{NUMBER}(?: ?x\d{{1,5}})?(?: ?, ?fax:? {NUMBER})?)[ .)]*$",
    re.IGNORECASE,
)
EDITOR_REASON = "Editor or photo credit"
TAILS = ((TAIL, "editor", EDITOR_REASON), (DESK_TAIL, "contact", CONTACT_REASON))


def mark_paragraph_ends(draft: Draft) -> None:
    for piece in draft.unmarked():
        if piece.block.kind == "code":
            continue
        start = max(piece.block.start, piece.block.end - 90)
        for form, rule, reason in TAILS:
            match = form.search(draft.text[start : piece.block.end])
            if match and start + match.start() > piece.block.start:
                credit = match["credit"]
                begin = start + match.start("credit") + len(credit) - len(credit.lstrip())
                draft.parts.append(Removed(begin, start + match.start("credit") + len(credit.rstrip()), rule, reason))
                break


# --- text in columns --------------------------------------------------------------------------


COLUMN_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
MIN_COLUMN_LINES = 6  # lines of a text in columns
MIN_COLUMN_WORDS = 2.5  # words on each side, on average; tables have fewer
MIN_RUNNING = 0.35  # share of lines in each column that start in lower case, as running text does
COLUMN_SHIFT = 2  # characters by which the right column may move


def mark_columns(draft: Draft) -> None:
    """Mark two columns side by side: read across, their lines would give sentences that nobody wrote."""
    found: list[tuple[Piece, int, str, str]] = []
    for piece in draft.pieces:
        line = draft.text[piece.block.start : piece.block.end]
        gaps = list(COLUMN_GAP.finditer(line)) if len(line) < 200 else []
        if len(gaps) == 1 and piece.block.kind in ("paragraph", "code"):
            found.append((piece, gaps[0].end(), line[: gaps[0].start()], line[gaps[0].end() :]))
    if len(found) < MIN_COLUMN_LINES:
        return
    columns = sorted(found, key=lambda one: one[1])
    middle = columns[len(columns) // 2][1]
    same = [one for one in found if abs(one[1] - middle) <= COLUMN_SHIFT]
    if len(same) < MIN_COLUMN_LINES or not (
        _is_running([one[2] for one in same]) and _is_running([one[3] for one in same])
    ):
        return
    first, last = same[0][0].index, same[-1][0].index
    for piece in draft.pieces[first : last + 1]:
        draft.mark(piece, "columns", "Text in columns")


def _is_running(parts: list[str]) -> bool:
    words = sum(len(part.split()) for part in parts)
    running = sum(part[:1].islower() for part in parts)
    return words >= MIN_COLUMN_WORDS * len(parts) and running >= MIN_RUNNING * len(parts)


# --- readers' comments ------------------------------------------------------------------------


MIN_SENTENCES_ABOVE = 2  # sentences of the article above its comments
MAX_BESIDE_DATE = 14  # characters of a comment's time beside its date: " at 10:14 a.m."
SIGNS_WITHIN = 3  # lines below the counter in which a sign must come
COMMENT_COUNTER = re.compile(
    r"(?:(?:readers?[’']?s?|user|all|top|latest|recent|view) )?"
    r"(?:comments?|replies|discussion|responses?) ?[:：]? ?\(?\d{1,6}\)?"
    r"|\d{1,6} (?:readers?[’']?s? )?(?:comments?|replies|responses?)",
    re.IGNORECASE,
)
COMMENT_HEADING = re.compile(
    r"(?:(?:readers?[’']?s?|your|latest|recent) )?comments?|have your say|discussion", re.IGNORECASE
)
COMMENTER = re.compile(
    r"@?\w[\w.'’-]{1,24}(?: [\w.'’-]{1,20}){0,3}"
    r"(?: (?:says|said|wrote|writes|commented|replied))?(?: ?\([^()]{1,30}\))? ?[:：](?=\s|$)"
)
HANDLE = re.compile(r"(?:@\w|[\w.-]{0,24}[\d_])[\w.-]{0,24} ?[:：]")  # hanoi_joe:, @bo, ada77:
COMMENT_BUTTON = re.compile(
    r"(?:\d{1,3}|an?|one) (?:min(?:ute)?|hour|hr|day|week|month|year)s? ago\b.{0,20}"
    r"|(?:reply|like|report|upvote|flag)(?: ?[|·(].{0,30})?"
    r"|.{2,40} (?:says|wrote|commented) ?:",
    re.IGNORECASE,
)


def mark_comments(draft: Draft) -> None:
    """Mark what readers wrote below an article: `Comments (14)` and the lines under it.

    A counter alone is not enough, since many pages have one above or inside the article: a reader's name before a
    colon, the time of a comment or a reply button must follow.
    """
    prose = [piece.index for piece in draft.pieces if piece.is_prose]
    for piece in draft.pieces:
        if sum(i < piece.index for i in prose[: MIN_SENTENCES_ABOVE + 1]) < MIN_SENTENCES_ABOVE or piece.words > 4:
            continue
        numbered = COMMENT_COUNTER.fullmatch(piece.bare) is not None
        if not numbered and not COMMENT_HEADING.fullmatch(piece.bare):
            continue
        below = draft.pieces[piece.index + 1 :]
        if below and _is_by_readers(below[:SIGNS_WITHIN], numbered):
            draft.mark(piece, "comments", "Comment form")
            for line in below:
                if line.block.kind == "heading":
                    break
                if not rule_of(line):  # else it has a reason of its own
                    draft.mark(line, "comments", "Readers’ comments")
            return


def _is_by_readers(lines: tuple[Piece, ...], numbered: bool) -> bool:
    first = lines[0].shown
    if HANDLE.match(first) or (numbered and COMMENTER.match(first)):
        return True
    return any(COMMENT_BUTTON.fullmatch(line.bare) or (numbered and _is_date(line.shown)) for line in lines)


def _is_date(shown: str) -> bool:
    date = find_date(shown[:60])
    return date is not None and len(shown) - (date.end - date.start) <= MAX_BESIDE_DATE

"""Mark advertisements among and after the lines of an article, by their form rather than by what they sell.

Scraped pages often end with a supplier's lines: a product name, a list of keywords that vary it, a company with its web
address. None is a sentence. One clear line (a company with an address, a list with repeating words) shows that the
short lines around it belong to the advertisement too. Nothing is marked in a text without sentences, and never its
first line.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

from briefing.clean.draft import Draft, Piece
from briefing.lexicon import load

MAX_NAME_WORDS = 14  # words in a line that may be a product name
MAX_AD_WORDS = 60  # words in a keyword list or company line
MIN_SIMILAR = 0.6  # share of keywords that have a word in common with another one
MIN_PROMOTIONS = 3  # sales phrases that make a paragraph an advertisement; two are enough next to one

ADDRESS = re.compile(r"https?://\S|www\.[\w-]+\.\w|\b[\w.-]{1,60}@[\w-]{1,60}\.\w|\+\d[\d ()-]{7,}\d")
SIGNS = ("://", "www.", "@", "+")  # every address contains one of these
ONE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{1,100}|\+?\d[\d()./-]{0,25}")
VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|can|could|may|did|does|do|be|been|told|added)\b",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r" ?[;|、，/] ?|(?<!\d) ?, ?|, ?(?!\d)")
PRICE = re.compile(r"(?:US ?\$|[$€£¥]|USD|RMB) ?\d[\d.,]*(?: ?[-/] ?\w+){0,3}$")

# A number with its unit or currency, a time, a score: no keyword has one.
DATUM = re.compile(
    r"[$€£¥] ?\d|\d[:–-]\d|\s\d[\d.,]*$"
    r"|(?<![\w-])\d[\d.,]*(?: ?[%°‰£€$]|[ \xa0](?!(?:inch|volt|watt|pcs|pack|pieces?)\b)[^\W\d_])"
)
LIST_REASON = "Keyword list"
SHOP_REASON = "Advertisement"
ADDRESS_REASON = "Contact details"


WORDS = load("advertising", dict[str, tuple[str, ...]])
COMPANY = re.compile(rf"(?<![\w.])(?:{'|'.join(WORDS['company'])})(?!\w)|有限公司")
PROMOTION = tuple((phrase, re.compile(rf"\b{re.escape(phrase)}\b")) for phrase in WORDS["promotion"])


@functools.lru_cache(maxsize=500)  # called up to three times per line
def _count_promotions(shown: str) -> int:
    """Count the sales phrases in a line."""
    lower = shown[:2000].lower()
    return sum(1 for phrase, whole in PROMOTION if phrase in lower and whole.search(lower))


def mark_advertisements(draft: Draft) -> None:
    sentences = (p for p in draft.unmarked() if p.is_prose and not _is_supplier_line(p))
    prose = [p.index for p in sentences if _count_promotions(p.shown) < MIN_PROMOTIONS]
    if not prose:
        return
    for run in _runs(draft, prose):
        _mark_run(draft, run, followed=run[-1].index < prose[-1])
    _mark_shop_paragraphs(draft, prose)


def _runs(draft: Draft, prose: list[int]) -> list[list[Piece]]:
    """Return runs of neighbouring lines that are not sentences of the article."""
    sentences = set(prose)
    runs: list[list[Piece]] = [[]]
    for piece in draft.pieces:
        if piece.index in sentences or piece.index == draft.first or piece.block.kind in ("row", "code"):
            runs.append([])
        else:
            runs[-1].append(piece)
    return [run for run in runs if run]


def _mark_run(draft: Draft, run: list[Piece], followed: bool) -> None:
    reasons = {p.index: found for p in run if p.index not in draft.marks and (found := _classify(p))}
    if not reasons:
        return
    for piece in run:
        if piece.index in reasons:
            draft.mark(piece, *reasons[piece.index])
    strong = [i for i, (rule, _) in reasons.items() if rule != "address"]
    if not strong:
        return
    # Among paragraphs, mark only from the product name above the first clear line to the last: a heading may follow.
    first, last = (strong[0] - 1, strong[-1]) if followed else (run[0].index, run[-1].index)
    for piece in run:
        is_section = followed and piece.block.kind == "heading"
        if first <= piece.index <= last and piece.words <= MAX_NAME_WORDS and not is_section:
            draft.mark(piece, "advertisement", SHOP_REASON)


def _classify(piece: Piece) -> tuple[str, str] | None:
    """Return rule and reason if the line is an advertisement by itself."""
    shown = piece.shown
    if ADDRESS.search(shown[:300]) and all(ONE_ADDRESS.fullmatch(a) for a in re.split(r"[\s,;|]+", shown) if a):
        return "address", ADDRESS_REASON
    if piece.words > MAX_AD_WORDS or VERB.search(shown):
        return None
    if is_keyword_list(shown):
        return "keyword-list", LIST_REASON
    company, address = COMPANY.search(shown), ADDRESS.search(shown)
    if (company and address) or _count_promotions(shown) >= 2 or (PRICE.search(shown) and _count_promotions(shown)):
        return "advertisement", SHOP_REASON
    return None


def is_keyword_list(shown: str) -> bool:
    """Tell whether a line is a list of keywords that vary each other: `Green Tea,Green Tea Bulk,Organic Green Tea`."""
    entries = [e for e in SEPARATOR.split(shown.casefold().rstrip(".")) if e.strip()]
    if not 3 <= len(entries) <= 40 or shown.count("(") > 1 or any(len(e.split()) > 8 for e in entries):
        return False
    if 2 * sum(DATUM.search(entry) is not None for entry in entries) >= len(entries):
        return False  # measurements, prices, results
    words = [set(re.findall(r"[^\W\d_]{3,}", e)) for e in entries]
    count = Counter(w for entry in words for w in entry)
    alike = sum(any(count[w] > 1 for w in entry) for entry in words)
    distinct = len({" ".join(sorted(entry)) for entry in words})
    return alike >= max(3, MIN_SIMILAR * len(entries)) and distinct >= 2 and not _is_running_text(shown)


def _is_running_text(shown: str) -> bool:
    """Sentences have function words; keywords have none."""
    return len(re.findall(r"\b(?:the|of|and|to|in|that|with|by|at|from|as|on)\b", shown, re.IGNORECASE)) > 2


def _is_supplier_line(piece: Piece) -> bool:
    """Tell whether a sentence is a supplier's line with its address: "Brunn Ltd, www.brunn.example, welcome!"."""
    if not any(sign in piece.shown for sign in SIGNS) or ADDRESS.search(piece.shown) is None:
        return False
    sign = _classify(piece)
    return sign is not None and sign[0] == "advertisement"


def _mark_shop_paragraphs(draft: Draft, prose: list[int]) -> None:
    """Mark sales paragraphs after the last sentence of the article or next to an advertisement."""
    for piece in draft.markable():
        if piece.block.kind in ("row", "code", "heading") or piece.index < prose[0]:
            continue
        next_to_ad = any(
            draft.marks[i].rule in ("advertisement", "keyword-list")
            for i in (piece.index - 1, piece.index + 1)
            if i in draft.marks
        )
        found = _count_promotions(piece.shown)
        if found >= MIN_PROMOTIONS or (next_to_ad and found >= 2 and piece.index > prose[-1]):
            draft.mark(piece, "advertisement", SHOP_REASON)


# --- below a marker --------------------------------------------------------------------------

MARKER_WORDS = 4  # words in `ADVERTISEMENT`, `Sponsored content`
SALE = re.compile(
    r"(?:shop|buy|order|book|discover|try|get|save|upgrade|subscribe|win|enjoy|fly|drive|visit|explore|join|start|claim"
    r"|download|treat|compare|switch|earn|apply|call|click|meet|introducing)\b",
    re.IGNORECASE,
)
TERMS = re.compile(
    r"[$€£¥] ?\d|\d ?%|!$|\b(?:now|today|free|sale|offers?|deals?|discount|online|your|month|delivery|voucher)\b",
    re.IGNORECASE,
)
CALL = re.compile(
    r"\b(?:(?:find out|learn|read|see|discover) more"
    r"|(?:shop|order|book|buy|call|apply|join|act|sign up) (?:now|today|online)|terms (?:and conditions )?apply|t&cs"
    r"|(?:get|claim) your|free (?:delivery|trial|quote))\b",
    re.IGNORECASE,
)


def mark_below_markers(draft: Draft) -> None:
    """Mark what stands directly below `ADVERTISEMENT` up to a blank line, and offers up to the next paragraph."""
    for index in [i for i, mark in draft.marks.items() if mark.rule == "advertisement"]:
        if draft.pieces[index].words <= MARKER_WORDS:
            for piece in _advertised(draft, draft.pieces[index]):
                draft.mark(piece, "advertisement", SHOP_REASON)


def _advertised(draft: Draft, marker: Piece) -> list[Piece]:
    attached = _attached(draft, marker)
    found = list(attached)
    for piece in draft.pieces[marker.index + 1 + len(attached) :]:
        if piece.index in draft.marks or piece.is_prose or piece.block.kind in ("heading", "row", "code"):
            break
        if not (SALE.match(piece.shown) and TERMS.search(piece.shown)):
            break
        found.append(piece)
    return found


def _attached(draft: Draft, marker: Piece) -> list[Piece]:
    """Return the lines below a marker without a blank one between, if a blank line follows and none is of the text."""
    lines: list[Piece] = []
    above = marker
    for piece in draft.pieces[marker.index + 1 :]:
        if draft.text.count("\n", above.block.end, piece.block.start) != 1:
            break
        if piece.block.kind in ("heading", "row", "code") or (piece.is_prose and not CALL.search(piece.shown)):
            return []
        lines.append(piece)
        above = piece
    return lines if len(lines) <= MARKER_LINES else []


MARKER_LINES = 5  # lines of an advertisement; more are a list of the article

"""Lines that are made of labelled fields, as scraped pages and databases put them under a headline.

"2021-05-03 20:26: 01 Source: Courier Author: Ada Verne Responsible Editor: Bo Lind"
->  [Field("source", "Courier"), Field("author", "Ada Verne"), Field("editor", "Bo Lind")]
"""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.absolute_dates import find_date

VALUE_WORDS = 8  # of a field; what is longer is a sentence
# With a colon, or without one before a capital: "Source Courier Editor: Bo Lind".
LABEL = re.compile(
    r"(?<![\w-])(?:(?:responsib(?:le|ility)|executive|managing|chief|web|copy|duty|news|article|original|text) )?"
    r"(?P<name>sources?|origin|authors?|writers?|editors?|reporters?|correspondents?|journalists?|proofreaders?"
    r"|photographers?|translators?|publishers?"
    r"|(?:from|text|photos?|graphics?|planning|coordination|editing)(?=\s?[:：])|来源|作者|责任编辑|编辑|记者)"
    r"(?:[ -]in[ -]c(?:harge|hief))?"
    r"(?P<colon>[ \xa0]?[:：]\s?|\s(?=(?-i:[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d ?[:h] ?\d\d\b")
# What may stand before the first label beside a date: a time, however it was torn apart, and a weekday.
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
    """The fields of a line that has nothing else but a date and a time before them; none if it says more."""
    labels = list(LABEL.finditer(line))
    if not labels:
        return []
    before = line[: labels[0].start()]
    date = find_date(before)
    rest = before[: date.start] + before[date.end :] if date else before
    sure = any(label["colon"].strip() for label in labels) or (date and CLOCK.search(rest))
    if not sure or len(labels) + bool(date) < 2 or not BEFORE.fullmatch(rest):
        return []
    ends = [label.start() for label in labels[1:]] + [len(line)]
    fields = [
        Field(label["name"].lower().rstrip("s"), line[label.end() : end].strip(EDGES))
        for label, end in zip(labels, ends, strict=True)
    ]
    return fields if all(_is_value(field.value) for field in fields) else []


def _is_value(value: str) -> bool:
    return 0 < len(value.split()) <= VALUE_WORDS and not SENTENCE.search(value)

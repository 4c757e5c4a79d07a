"""Title, publication date and language of an article, each with its basis."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean import clean
from tests.builders import source
from tests.casebook import cases

LEAD = "The mine at Oldby is to close in autumn after ninety years, its owner said on Tuesday in the town hall."


@pytest.mark.parametrize("case", cases("metadata"))
def test_title(case):
    title = clean(source(case.input, **case.meta)).title
    assert {"value": title.value, "basis": title.basis} == case.expect


@given(st.text(min_size=1, max_size=400))
def test_title_is_quoted_from_the_source(text):
    article = clean(source(text))
    shown = "".join(c for c in text if c.isalnum())
    title = "".join(c for c in article.title.value if c.isalnum())
    assert article.title.value == "Untitled" or title in shown or not title or article.hidden


@pytest.mark.parametrize(
    ("text", "meta", "path", "edtf", "basis", "found_in"),
    [
        (LEAD, {"published": "2021-05"}, "2019-01-01-a.md", "2021-05", "given", None),
        (f"A headline\nPosted on 3 May 2021\n{LEAD}", {}, "2019-01-01-a.md", "2021-05-03", "inferred", "label"),
        (f"A headline\n3 May 2021\n{LEAD}", {}, "a.md", "2021-05-03", "inferred", "label"),
        (f"A headline\nBy Ada Verne, 3 May 2021\n{LEAD}", {}, "a.md", "2021-05-03", "inferred", "label"),
        (f"OLDBY, May 3, 2021 (Newsline) -- {LEAD}", {}, "a.md", "2021-05-03", "inferred", "dateline"),
        (f"**OLDBY, May 3, 2021** – {LEAD}", {}, "a.md", "2021-05-03", "inferred", "dateline"),
        (f"OLDBY, May 3 (Newsline) -- {LEAD}", {}, "a.md", None, "unknown", None),
        (LEAD, {}, "sources/2023-09-25-mine.md", "2023-09-25", "inferred", "file name"),
        (LEAD, {}, "sources/20230925_mine.txt", "2023-09-25", "inferred", "file name"),
        (LEAD, {}, "sources/2023-02-30-mine.md", None, "unknown", None),
        (LEAD, {}, "sources/mine-of-2023.md", None, "unknown", None),
        (LEAD, {"url": "https://x.example/2023/09/25/mine.html"}, "a.md", "2023-09-25", "inferred", "address"),
        (LEAD, {"url": "https://x.example/2023-09/25/c_112.htm"}, "a.md", "2023-09-25", "inferred", "address"),
        (LEAD, {"url": "https://x.example/news/t20230925_11.html"}, "a.md", "2023-09-25", "inferred", "address"),
        (LEAD, {"url": "https://x.example/2023/mine"}, "a.md", None, "unknown", None),
        (f"{LEAD} It opened on 3 May 2021.", {}, "a.md", None, "unknown", None),
        (f"{LEAD} Yesterday it was closed.", {}, "a.md", None, "unknown", None),
        (f"A headline\nPosted on 03/04/2021\n{LEAD}", {}, "a.md", None, "unknown", None),
        (f"A headline\n2021-05-03 10:22:31 Source: Oldby Post\n{LEAD}", {}, "a.md", "2021-05-03", "inferred", "label"),
        (f"A headline\n03.05.2021, 14:05 Uhr\n{LEAD}", {}, "a.md", "2021-05-03", "inferred", "label"),
        (f"A headline\n发布时间：2021年5月3日\n{LEAD}", {}, "a.md", "2021-05-03", "inferred", "label"),
        (f"A headline\nDate: 20210503\n{LEAD}", {}, "a.md", "2021-05-03", "inferred", "label"),
        (f"A headline\n5月3日\n{LEAD}", {}, "a.md", None, "unknown", None),
        (f"A headline\nUpdated: 5 hours ago\n{LEAD}", {}, "a.md", None, "unknown", None),
        (
            f"A headline\nUpdated May 4, 2021\nPublished May 3, 2021\n{LEAD}",
            {},
            "a.md",
            "2021-05-03",
            "inferred",
            "label",
        ),
        (
            f"A headline\nUpdated 4 May 2021, first published 3 May 2021\n{LEAD}",
            {},
            "a.md",
            "2021-05-03",
            "inferred",
            "label",
        ),
        (
            f"A headline\nPublished 3 May 2021 | Updated 4 May 2021\n{LEAD}",
            {},
            "a.md",
            "2021-05-03",
            "inferred",
            "label",
        ),
        (f"A headline\nUpdated 4 May 2021\n{LEAD}", {}, "2021-05-03-a.md", "2021-05-03", "inferred", "file name"),
        (f"A headline\nUpdated 4 May 2021\n{LEAD}", {}, "a.md", "2021-05-04", "inferred", "label"),
        (f"OLDBY — May 3, 2021 — {LEAD}", {}, "a.md", "2021-05-03", "inferred", "dateline"),
        *(
            (f"A headline\n{opening}{LEAD}", {}, "a.md", "2021-05-03", "inferred", "dateline")
            for opening in (
                "OLDBY (Metal Desk) 3 May 2021 - ",
                "OLDBY, May 3, 2021: ",
                "OLDBY | 3 May 2021 | ",
                "OLDBY, Monday, May 3, 2021 -- ",
                "New Holm, 3 May 2021 (Courier) — ",
                "OLDBY, 3 May 2021, 9:30 a.m. - ",
                "HOLM CITY, 2021-05-03: ",
                "By Ada Verne, OLDBY, May 3, 2021 - ",
                "OLDBY/HOLM, May 3, 2021 (Newsline) -- ",
                "By Our Correspondent\nOLDBY, May 3, 2021\n",
                "Ada Verne\n\nOldby, May 3, 2021\n",
                "OLDBY - 3 May 2021\n",
                "OLDBY, 3 May 2021. ",
                "OLDBY, Northshire, May 3, 2021. ",
                "Oldby, 3 May 2021 (Courier News Service). ",
                "*Oldby Courier, Monday 3 May 2021*\n\n",
                "_The Oldby Courier, 3 May 2021_\n\n",
            )
        ),
        (
            f"A headline\nBy our correspondent | Published May 3, 2021 at 10:15 a.m.\n\n{LEAD}",
            {},
            "a.md",
            "2021-05-03",
            "inferred",
            "label",
        ),
        (f"A headline\nOldby, 3 May 1995. The court was full. {LEAD}", {}, "a.md", None, "unknown", None),
        (f"A headline\nThe Oldby Treaty, May 3, 1995: {LEAD}", {}, "a.md", None, "unknown", None),
        (f"A headline\nOn 3 May 1995 - a Friday - {LEAD}", {}, "a.md", None, "unknown", None),
        (
            f"A headline\n{LEAD}\n{LEAD[::-1]}.\n{LEAD}\nComments (1)\nada77 says:\n3 May 2021 at 10:14\nNo.",
            {},
            "a.md",
            None,
            "unknown",
            None,
        ),
        (f"(Newsline) - May 3 - {LEAD}", {}, "a.md", None, "unknown", None),
        (
            f"A headline\n3 May, 2021 20:26: 01 Source: Courier Author: Ada Verne Duty Editor: Bo Lind\n{LEAD}",
            {},
            "a.md",
            "2021-05-03",
            "inferred",
            "label",
        ),
        (f"A headline\nSource: Courier Author: Ada Verne\n{LEAD}", {}, "a.md", None, "unknown", None),
        (f"A headline\nOLDBY, Northshire 2021-05-03\n{LEAD}", {}, "a.md", "2021-05-03", "inferred", "dateline"),
    ],
)
def test_publication_date(text, meta, path, edtf, basis, found_in):
    article = clean(replace(source(text, **meta), path=path))
    published = article.published
    assert (published.edtf, published.basis, published.found_in) == (edtf, basis, found_in)
    if published.start is not None:
        assert any(c.isdigit() for c in text[published.start : published.end])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (LEAD, "en"),
        ("港口昨天重新开放，三艘货船离开了码头。管理局说，明年的货物吞吐量会更高。", "zh"),
        ("Die Grube von Oldby soll im Herbst nach neunzig Jahren schließen, sagte ihr Besitzer am Dienstag.", "de"),
        ("La mine d'Oldby fermera à l'automne après quatre-vingt-dix ans, a dit mardi son propriétaire.", "fr"),
        ("Premiera miała to miejsce, by w końcu to zamknąć, i to było to, co miało być to by to.", "pl"),
        (
            "Der Hafen bleibt zu, teilte die Verwaltung mit, und kein Schiff darf vor Montag einlaufen oder ablegen. "
            'Im Bericht heißt es: "The harbour and the office of the port."',
            "de",
        ),
        ("Ok then", "en"),
        ("12 34 !!", "en"),
    ],
)
def test_language(text, language):
    assert clean(source(text)).language == language


def test_a_given_language_is_kept():
    assert clean(source(LEAD, language="en-GB")).language == "en-GB"

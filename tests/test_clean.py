"""clean/: what is removed and why, which hints are found, and that nothing of an article is lost."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean import STEPS, clean
from briefing.clean.advertising import is_keyword_list
from briefing.clean.boilerplate import rules
from briefing.clean.bylines import read_fields
from briefing.content.sources import find_sources, read_source
from tests.builders import source
from tests.casebook import cases
from tests.test_markup import BOMBS

# Pieces of real noise: random letters would never form such texts.
NOISY_LINES = (Path(__file__).parent / "cases/noisy-lines.txt").read_text(encoding="utf-8").split("\n")
NOISE = st.lists(
    st.sampled_from(NOISY_LINES),
    max_size=14,
).map("\n".join)
TEXT = st.one_of(st.text(max_size=200), st.text(alphabet="*_`[]()<>#|-=\n\\!~ ab", max_size=80), NOISE)


@pytest.mark.parametrize("case", cases("clean"))
def test_removed_passages(case):
    article = clean(source(case.input))
    marked = [(r.rule, article.text[r.start : r.end]) for r in article.removed]
    assert [rule for rule, _ in marked] == [rule for rule, _ in case.expect], marked
    for (_, text), (_, beginning) in zip(marked, case.expect, strict=True):
        assert text.startswith(str(beginning))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Title here\nBy Ada Verne and Bo Lind\nText.", "byline", "Ada Verne and Bo Lind"),
        ("Title here\nBo Lind reports from Oldby\nText.", "byline", "Bo Lind"),
        ("Title here\nAuthor: Carl Brandt\nText.", "byline", "Carl Brandt"),
        ("Title here\nPosted on 3 May 2021\nText.", "dated", "2021-05-03"),
        ("Title here\nSource: Courier Writer: Ada Verne Editor Bo Lind\nText.", "byline", "Ada Verne"),
        ("Title here\nPublished: 2021-05-03 10:12 GMT\nText.", "dated", "2021-05-03"),
        ("OLDBY, Sept. 22 (Newsline) - The mine of the town is open again.", "dateline", "OLDBY, Sept. 22 (Newsline)"),
        ("KETTLEWICK — The mine of the town is open again today.", "dateline", "KETTLEWICK"),
        ("Oldby, 3 May (Newsline) -- The mine of the town is open again.", "dateline", "Oldby, 3 May (Newsline)"),
        ("OLDBY, Northshire (NL) _ The mine of the town is open again.", "dateline", "OLDBY, Northshire (NL)"),
        ("OLDBY/KETTLEWICK, May 3 - The mine of the town is open again.", "dateline", "OLDBY/KETTLEWICK, May 3"),
        ("OLDBY (NL)_ The mine of the town is open again.", "dateline", "OLDBY (NL)"),
        ("OLDBY ― The mine of the town is open again today.", "dateline", "OLDBY"),
        ("Aug. 16 - The mine of the town is open again today.", "dateline", "Aug. 16"),
        ("**OLDBY, May 3, 2021** – The mine of the town is open again.", "dateline", "OLDBY, May 3, 2021"),
        (
            "North News Agency, Oldby, May 3 (Reporter Ada Verne) The mine is open again.",
            "dateline",
            "North News Agency, Oldby, May 3 (Reporter Ada Verne)",
        ),
        (
            "North News Agency, Oldby, reported May 3rd (Correspondents: Ada Verne and Bo Lind) The mine is open.",
            "dateline",
            "North News Agency, Oldby, reported May 3rd (Correspondents: Ada Verne and Bo Lind)",
        ),
        ("OLDBY, May 3 (NL, by Ada Verne): The mine is open.", "dateline", "OLDBY, May 3 (NL, by Ada Verne):"),
        ("North News Agency, Oldby, May 3, the mine is open again.", "dateline", "North News Agency, Oldby, May 3"),
        ("Newsline.com, May 3 The mine of the town is open again.", "dateline", "Newsline.com, May 3"),
    ],
)
def test_hints(text, kind, value):
    article = clean(source(text))
    assert [(h.kind, h.value) for h in article.hints] == [(kind, value)]
    hint = article.hints[0]
    assert 0 <= hint.start < hint.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mine - and the town - is open again for all of us.",
        "SOCCER - OLDBY WIN AGAIN\n\nThe text.",
        "However - the mine is open again for all of us today.",
        "By then the mine had been closed for eight long months.",
        "ROWING - EIGHT YOUNG WOMEN OF OLDBY WIN AGAIN AGAINST BRENNHAVEN .\n\nThe text of it.",
    ],
)
def test_false_hints(text):
    assert clean(source(text)).hints == ()


def test_each_report_in_a_file_may_have_a_dateline():
    report = "OLDBY, May {} (Newsline) - The mine of the town is open again.\n\n" + "It closed in the spring.\n\n" * 6
    article = clean(source(report.format(3) + report.format(4) + "The mayor (Oldby) - a tall man - laughed."))
    assert [h.value for h in article.hints] == ["OLDBY, May 3 (Newsline)", "OLDBY, May 4 (Newsline)"]


def test_name_between_headline_and_dateline_is_a_byline():
    article = clean(source("Oldby dam repaired\n\nAda Verne\n\nOLDBY, Northshire 2021-05-03\n\nThe dam is repaired."))
    assert [(h.kind, h.value) for h in article.hints] == [
        ("byline", "Ada Verne"),
        ("dateline", "OLDBY, Northshire 2021-05-03"),
    ]
    assert not article.removed


def test_dateline_stays_in_the_text():
    article = clean(source("OLDBY, May 3 - The mine is open again after eight long months."))
    assert not article.removed
    assert not article.hidden
    assert (article.blocks[0].start, article.blocks[0].end) == (0, len(article.text))


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Green Tea,Green Tea Bulk,Organic Green Tea", True),
        ("steel pipe; seamless steel pipe; galvanized pipe; pipe fittings", True),
        ("barley, copper wire, glass beads and salt", False),
        ("Oldby 1,200, Kettlewick 1,300, Hartwell 1,400", False),
        ("Brandt ( Oldby ) , Lind ( Oldby ) , Verne ( Hartwell )", False),
        ("the mine of the town, the mill of the town, and the man with the key to the town", False),
        ("tea, tea", False),
    ],
)
def test_keyword_lists(line, is_one):
    assert is_keyword_list(line) is is_one


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Source: Courier Author: Ada Verne", [("source", "Courier"), ("author", "Ada Verne")]),
        ("2021-05-03 1p:44:50 Source: www.courier.example", [("source", "www.courier.example")]),
        ("2021-05-03 20:26 Source Courier Chief Editor Bo Lind", [("source", "Courier"), ("editor", "Bo Lind")]),
        ("2021-05-03 Source Courier", []),
        ("Source: Courier", []),
        ("On Monday the source: a spring, the author: a poet", []),
        ("Source: the mayor said so Author: unknown", []),
    ],
)
def test_labelled_fields(line, fields):
    assert read_fields(line) == fields


def test_every_rule_has_a_short_label_as_its_reason():
    for rule in rules():
        assert rule.reason[0].isupper()
        assert not rule.reason.endswith(".")
        assert len(rule.reason.split()) <= 4


def test_a_supplier_page_without_an_article_keeps_its_first_line():
    article = clean(
        source("Green Tea\n\nGreen Tea,Green Tea Bulk,Organic Green Tea\n\nTea Co., Ltd, https://tea.example")
    )
    assert article.removed == ()  # without an article, an advertisement cannot be recognised


def test_seed_articles_are_cleaned_like_a_careful_reader_would(shared):
    for path, name in find_sources([shared / "seeds"])[0]:
        article = clean(read_source(path, name))
        gold = yaml.safe_load((shared / "gold" / f"{path.stem}.yaml").read_text(encoding="utf-8"))
        marked = " ".join(article.text[r.start : r.end] for r in article.removed)
        assert all(text in marked for text in gold["removed"])
        assert bool(article.removed) == bool(gold["removed"])
        assert article.title.basis == gold["title"]["basis"]
        assert gold["title"]["text"] in (None, article.title.value)
        assert (article.published.edtf, article.published.basis) == (None, "unknown")


@given(TEXT)
def test_any_text_gives_a_consistent_article(text):
    article = clean(source(text))
    assert article.text == text
    for spans in (article.blocks, article.hidden, article.removed):
        last = 0
        for span in spans:
            assert last <= span.start < span.end <= len(text)
            last = span.end
    for span in (*article.inlines, *article.hints):
        assert 0 <= span.start < span.end <= len(text)
    for block in article.blocks:
        piece = text[block.start : block.end]
        assert piece == piece.strip()
    assert article.title.value.strip()
    if article.title.start is not None:
        assert article.title.value or text[article.title.start : article.title.end]


@given(TEXT)
def test_cleaning_is_idempotent(text):
    once = clean(source(text))
    assert clean(once.source) == once


@given(TEXT)
def test_nothing_is_lost(text):
    """Every letter is in a block, in markup or in a removed passage."""
    article = clean(source(text))
    covered = bytearray(len(text))
    for span in (*article.blocks, *article.hidden, *article.removed):
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    assert not [c for c, known in zip(text, covered, strict=True) if not known and not c.isspace()]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: repr(bomb[:8]))
def test_pathological_markup_is_cleaned(bomb):
    assert clean(source(bomb)).text == bomb


def test_steps_are_functions_used_once():
    assert len({step.__name__ for step in STEPS}) == len(STEPS)
    assert all(step.__module__.startswith("briefing.clean.") for step in STEPS)

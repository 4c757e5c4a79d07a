"""text/markup.py: blocks of a text, hidden markup, emphasis and links."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.markup import read_structure
from tests.casebook import cases

MARKUP = st.text(alphabet="*_`[]()<>#|-=>\n\\!~ .:/ab1", max_size=120)
REPEATED = [
    "[", "![", "*", "*a ", "> ", "<", "<a ", "<!--", "<script>", "```\n", "-", "# ", "x\n", "- ", "[a](", "\\", "1. ",
    "a(", "http://", "<p>", "é", "[a]: ", "|", "`a", "_a", "(", "| a\n|-|\n", "=\n", "\t", "&amp;", "\u200b",
    "www.a,", "by a ", "a,b;", "@a ", "3 May ", "home > ", "A. ", "a: ", "Reporting by ", "港口", "。",
]  # fmt: skip
BOMBS = [piece * (20_000 // len(piece)) for piece in REPEATED]
BOMBS += [bomb + "!" for bomb in BOMBS]
BOMBS += [
    "#" * 20_000 + " a" + " " * 20_000 + "b",
    "`" * 9_999 + " `",
    "|" * 10_000 + "\n" + "|-" * 10_000,
    " " * 20_000 + "x",
]


def visible(text, structure, block):
    hidden = {i for span in structure.hidden for i in range(span.start, span.end)}
    return " ".join("".join(text[i] for i in range(block.start, block.end) if i not in hidden).split())


@pytest.mark.parametrize("case", cases("blocks"))
def test_visible_text(case):
    structure = read_structure(case.input)
    blocks = [f"{b.kind} {b.level}: {visible(case.input, structure, b)}" for b in structure.blocks]
    assert blocks == case.expect["blocks"]
    if "inlines" in case.expect:
        shown = [
            f"{i.kind}: {case.input[i.start : i.end]}" + (f" -> {i.href}" if i.href else "") for i in structure.inlines
        ]
        assert shown == case.expect["inlines"]


@given(st.one_of(st.text(max_size=300), MARKUP))
def test_any_text_has_ordered_blocks_inside_it(text):
    structure = read_structure(text)
    for spans in (structure.blocks, structure.hidden, structure.removed):
        last = 0
        for span in spans:
            assert last <= span.start < span.end <= len(text)
            last = span.end
    assert all(0 <= i.start < i.end <= len(text) for i in structure.inlines)
    assert read_structure(text) == structure
    for block in structure.blocks:
        assert block.kind == "code" or visible(text, structure, block)


@given(MARKUP)
def test_visible_text_is_unchanged(text):
    structure = read_structure(text)
    for block in structure.blocks:
        letters = [c for c in text[block.start : block.end] if c.isalnum()]
        shown = [c for c in visible(text, structure, block) if c.isalnum()]
        rest = iter(letters)
        assert all(c in rest for c in shown)


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: repr(bomb[:8]))
def test_pathological_markup_is_plain_text(bomb):
    structure = read_structure(bomb)
    assert all(0 <= b.start < b.end <= len(bomb) for b in structure.blocks)


PARAGRAPHS = (
    "The harbour board will pay 8.4 million crowns for a wall along the river in the town, its chair told the "
    "council on Thursday after a vote that took most of the night and two breaks.",
    "The wall will be 1.2 kilometres long, and it is to protect 610 homes and the old market.",
    "Work begins in autumn, and the chair said that nobody had believed it when the board first spoke of such a wall, "
    "which was eleven years ago.",
)


@pytest.mark.parametrize("width", range(26, 240, 3))
def test_paragraphs_are_the_same_at_any_width(width: int) -> None:
    lines = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    words = [" ".join(lines[b.start : b.end].split()) for b in read_structure(lines + "\n").blocks]
    assert words == list(PARAGRAPHS)

"""Pictures for shared links: drawn once, reproducible, without missing glyphs."""

from __future__ import annotations

import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import row
from briefing.model import Picture
from briefing.site import preview_pictures, publish
from briefing.site.pictures import Card, draw, of_briefing
from tests.builders import page, site
from tests.example_briefing import REGISTRY, TOPICS, example

SITE = site(url="https://archive.example/news/", description="Briefings.")
MARK = (0xFF, 0xE5, 0x94)


def archive(**changes: object) -> Archive:
    return cross_link([replace(row(example()), **changes)], REGISTRY, TOPICS)  # type: ignore[arg-type]


def colours(data: bytes, box: tuple[int, int, int, int]) -> set[tuple[int, ...]]:
    found = Image.open(BytesIO(data)).convert("RGB").crop(box).getcolors(1 << 20)
    return {colour for _, colour in found or ()}  # type: ignore[misc]


def test_briefings_actors_and_topics_have_a_picture() -> None:
    paths = {p.path for p in preview_pictures(archive(), SITE)}
    assert {
        "assets/generated/picture.png",
        "briefings/2026/velmora-harbour/picture.png",
        "actors/anna-kessowa/picture.png",
        "topics/ports/picture.png",
    } <= paths


def test_same_words_give_the_same_bytes_at_1200_by_630() -> None:
    card = Card("Archive", "The Press · 3 May 2026", "Harbour of Velmora to double its capacity", "It will.", True)
    data = draw(card)
    assert data == draw(card)
    assert Image.open(BytesIO(data)).size == (1200, 630)
    assert len(data) < 40_000
    assert MARK in colours(data, (0, 0, 1200, 500)), "a source's own words stand under a marker"
    assert MARK not in colours(draw(replace(card, marked=False)), (0, 0, 1200, 500))


@pytest.mark.parametrize("title", ["中国稀土出口配额", "قال الوزير", "Quay 🚢 opens", "a\u0301\u0323\u0334b"])
def test_title_the_font_cannot_draw_has_no_picture(title: str) -> None:
    assert of_briefing(replace(row(example()), title=title), SITE) is None
    paths = [p.path for p in preview_pictures(archive(title=title), SITE)]
    assert "briefings/2026/velmora-harbour/picture.png" not in paths
    assert "assets/generated/picture.png" in paths


@pytest.mark.parametrize("title", ["Señor Müller", "Прокофьева", "Ωμέγα", "Nguyễn", "e\u0301cole", "“So” – it’s €5…"])
def test_latin_greek_and_cyrillic_are_drawn(title: str) -> None:
    assert of_briefing(replace(row(example()), title=title), SITE) is not None


@given(st.text(max_size=300), st.text(max_size=900))
@settings(max_examples=25)
def test_any_words_can_be_drawn(title: str, words: str) -> None:
    card = of_briefing(replace(row(example()), title=f"T{title}", key_facts=(), lead=words), SITE)
    assert card is None or draw(card).startswith(b"\x89PNG")


def test_picture_is_redrawn_only_when_its_words_change(tmp_path: Path) -> None:
    drawn = []

    def picture(key: str) -> Picture:
        return Picture("a/picture.png", key, lambda: drawn.append(key) or b"PNG " + key.encode())

    beside = page("a.md", "1")
    assert publish.write_pages([beside, picture("x")], tmp_path).written == ("a.md", "a/picture.png")
    assert publish.write_pages([beside, picture("x")], tmp_path) == publish.Changes((), (), 2)
    assert publish.write_pages([beside, picture("y")], tmp_path).written == ("a/picture.png",)
    assert drawn == ["x", "y"]
    (tmp_path / "a/picture.png").unlink()
    publish.write_pages([beside, picture("y")], tmp_path)
    assert (tmp_path / "a/picture.png").read_bytes() == b"PNG y"
    assert publish.write_pages([beside], tmp_path).removed == ("a/picture.png",)


@pytest.mark.parametrize("length", [2_000, 100_000])
@pytest.mark.parametrize("part", ["a", "ab ", "iil", "W"])
def test_long_texts_are_drawn_in_little_time(part: str, length: int) -> None:
    words = part * (length // len(part))
    long = replace(row(example()), title=words, publisher=words)
    started = time.process_time()
    card = of_briefing(long, SITE)
    assert card is not None
    draw(replace(card, words=card.title, name=card.title))
    assert time.process_time() - started < 2


def test_a_word_is_cut_where_the_line_ends() -> None:
    data = draw(Card("Archive", "w" * 500, "m" * 500, "n" * 500, False))
    assert len(colours(data, (1180, 0, 1200, 530))) == 1, "nothing reaches the edge"

"""Draw the preview pictures that appear when a page is shared.

    preview_pictures(archive, site)  ->   Picture("briefings/2012/quay/picture.png", fingerprint, draw), ...

A picture shows the name of the archive and the title, and for a briefing publisher, date and first key fact. Its
fingerprint depends on these words alone, so an unchanged picture is not drawn again. The font has Latin, Greek and
Cyrillic letters: text with others is left out, and a page whose title has others uses the picture of the whole archive.
"""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from briefing import escape
from briefing.content.edtf import in_words
from briefing.content.problems import plural
from briefing.model import Picture
from briefing.site.templates import KIND_NAMES

if TYPE_CHECKING:
    from PIL import Image, ImageFont

    from briefing.archive import ActorInArchive, Archive, TopicInArchive
    from briefing.archive.summaries import Row
    from briefing.site.templates import Site

FILE = "picture.png"
ARCHIVE_PICTURE = "assets/generated/picture.png"  # for pages without their own; the theme uses it too
DESIGN_VERSION = "1"  # increase it when the same words should look different
SIZE = WIDTH, HEIGHT = 1200, 630  # the size that link previews ask for
EDGE, FOOTER = 72, 92
PAPER, INK, MUTED, MARK, BAND, CREAM = "fdfcf9", "1c1f21", "555c60", "ffe594", "14323c", "f6f3ec"
COLOUR_PAIRS = ((PAPER, INK), (PAPER, MUTED), (MARK, INK), (BAND, CREAM))  # background and text colours
ON_PAPER, MUTED_TEXT, MARKED, ON_BAND = range(len(COLOUR_PAIRS))
SHADES = 16  # shades from background to text
TITLE_SIZES = ((88, 1), (66, 2), (56, 3), (46, 4))  # font size and number of lines, largest first
FACT_SIZES = (40, 34, 30)
KICKER, NAME = 28, 34
LONGEST = 2_000  # characters of a text that are looked at; fewer fit on a picture


@dataclass(frozen=True, slots=True)
class Card:
    name: str  # of the archive
    kicker: str
    title: str
    words: str
    marked: bool  # the words are a quotation from the source


def preview_pictures(archive: Archive, site: Site) -> Iterator[Picture]:
    yield _picture(ARCHIVE_PICTURE, _of_archive(archive, site))
    for row in archive.rows:
        if card := of_briefing(row, site):
            yield _picture(f"briefings/{row.id}/{FILE}", card)
    for actor in archive.actors.values():
        if card := of_actor(actor, site):
            yield _picture(f"actors/{escape.file_name(actor.id)}/{FILE}", card)
    for topic in archive.topics.values():
        if card := of_topic(topic, site):
            yield _picture(f"topics/{escape.file_name(topic.id)}/{FILE}", card)


def _picture(path: str, card: Card) -> Picture:
    from PIL import __version__

    fingerprint = hashlib.sha256(repr((DESIGN_VERSION, __version__, astuple(card))).encode()).hexdigest()[:20]
    return Picture(path, fingerprint, functools.partial(draw, card))


def of_briefing(row: Row, site: Site) -> Card | None:
    kicker = " · ".join(
        part for part in (row.publisher, in_words(row.published) if row.published else "undated") if part
    )
    return _card(site, kicker, row.title, row.key_facts[0].words if row.key_facts else row.lead, True)


def of_actor(actor: ActorInArchive, site: Site) -> Card | None:
    if not actor.entry or not actor.has_page:
        return None
    kind = KIND_NAMES.get(actor.kind, (actor.kind, ""))[0]
    kicker = f"{kind} · {plural(len(actor.rows), 'briefing')}"
    if actor.entry.note or not actor.said:
        return _card(site, kicker, actor.name, actor.entry.note or "", False)
    return _card(site, kicker, actor.name, " … ".join(actor.said[0][1].content), True)


def of_topic(topic: TopicInArchive, site: Site) -> Card | None:
    return _card(site, f"Topic · {plural(len(topic.rows), 'briefing')}", topic.name, topic.description or "", False)


def _of_archive(archive: Archive, site: Site) -> Card:
    size = f"{plural(len(archive.rows), 'briefing')} · every fact quoted from its source"
    return _card(site, size, site.name, site.description, False) or Card("", size, "Briefings", "", False)


def _card(site: Site, kicker: str, title: str, words: str, marked: bool) -> Card | None:
    """Return what is drawn, or None if the font cannot write the title."""
    shown = _writable(title)
    return Card(_writable(site.name), _writable(kicker), shown, _writable(words), marked) if shown else None


def _writable(text: str) -> str:
    """Return the words on one line without invisible characters; "" if the font lacks one of the characters."""
    one = unicodedata.normalize("NFC", " ".join(text[:LONGEST].split()))
    plain = "".join(c for c in one if unicodedata.category(c) not in {"Cc", "Cf"})
    return plain if all(map(_in_font, set(plain))) else ""


# --- drawing ----------------------------------------------------------------------------------


@functools.cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Load the font with basic layout: a machine's libraries for other scripts must not change a picture."""
    from importlib.resources import files

    from PIL import ImageFont

    file = files("fontpkg_source_serif_4") / "files" / "SourceSerif4[opsz,wght].ttf"
    font = ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, min(60, max(8, size * 3 // 4))])
    return font


@functools.cache
def _in_font(character: str) -> bool:
    """Tell whether the font has a character; combining marks count as missing, as basic layout cannot place them."""
    if unicodedata.category(character) in {"Mn", "Mc", "Me", "Cn", "Co", "Cs"}:
        return False
    font = _font(KICKER, 400)
    mask, missing = font.getmask(character), font.getmask("\uffff")
    return mask.size != missing.size or bytes(mask) != bytes(missing)


def draw(card: Card) -> bytes:
    """Return a PNG; the same words give the same bytes."""
    from PIL import Image

    image = Image.new("P", SIZE, ON_PAPER * SHADES)
    image.putpalette(_palette())
    image.paste(ON_BAND * SHADES, (0, HEIGHT - FOOTER, WIDTH, HEIGHT))
    y = EDGE - 12
    if card.kicker:
        _write(image, _cut(card.kicker, KICKER, 400), (EDGE, y), KICKER, 400, MUTED_TEXT)
        y += KICKER + 26
    size, most = next((s for s in TITLE_SIZES if len(_lines(card.title, s[0], 700)) <= s[1]), TITLE_SIZES[-1])
    for line in _at_most(_lines(card.title, size, 700), most, size, 700):
        _write(image, line, (EDGE, y), size, 700, ON_PAPER)
        y += size * 6 // 5
    _write_words(image, card, y + 26)
    _write_name(image, card.name)
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _palette() -> list[int]:
    colours: list[int] = []
    for ground, letter in COLOUR_PAIRS:
        one, other = bytes.fromhex(ground), bytes.fromhex(letter)
        for step in range(SHADES):
            colours += [a + (b - a) * step // (SHADES - 1) for a, b in zip(one, other, strict=True)]
    return colours


def _write_words(image: Image.Image, card: Card, y: int) -> None:
    """Write the words as large as they fit; a quotation gets the site's highlighter for evidence."""
    room = HEIGHT - FOOTER - 24 - y
    fits = (s for s in FACT_SIZES if len(_lines(card.words, s, 400)) * _step(s) <= room)
    size = next(fits, FACT_SIZES[-1])
    for line in _at_most(_lines(card.words, size, 400), room // _step(size), size, 400):
        if card.marked:
            right = EDGE + 10 + round(_font(size, 400).getlength(line))
            image.paste(MARKED * SHADES, (EDGE - 10, y - 2, right, y + _step(size) - 4))
        _write(image, line, (EDGE, y), size, 400, MARKED if card.marked else MUTED_TEXT)
        y += _step(size)


def _step(size: int) -> int:
    return size * 3 // 2


def _write_name(image: Image.Image, name: str) -> None:
    """Write the archive's name and logo: lines of text, one of them highlighted."""
    top = HEIGHT - FOOTER + 26
    for at, width in ((0, 44), (12, 25), (36, 44)):
        image.paste(ON_BAND * SHADES + SHADES - 1, (EDGE, top + at, EDGE + width, top + at + 4))
    image.paste(MARKED * SHADES, (EDGE, top + 22, EDGE + 36, top + 30))
    _write(image, _cut(name, NAME, 600), (EDGE + 66, HEIGHT - FOOTER + 21), NAME, 600, ON_BAND)


def _write(image: Image.Image, words: str, place: tuple[int, int], size: int, weight: int, pair: int) -> None:
    from PIL import Image, ImageDraw

    mask = Image.new("L", (WIDTH - place[0], size * 3 // 2), 0)
    ImageDraw.Draw(mask).text((0, 0), words, font=_font(size, weight), fill=255)
    shades = mask.point([pair * SHADES + round(v * (SHADES - 1) / 255) for v in range(256)])
    image.paste(shades, place, mask.point([255 * (v > 8) for v in range(256)]))


@functools.lru_cache(maxsize=100_000)
def _width(word: str, size: int, weight: int) -> float:
    return _font(size, weight).getlength(word)


def _lines(words: str, size: int, weight: int) -> list[str]:
    """Break words into lines as wide as the picture; a word that is wider is broken anywhere."""
    space, room = _width(" ", size, weight), WIDTH - 2 * EDGE
    lines: list[str] = []
    used: float = room
    for word in words.split():
        width = _width(word, size, weight)
        if used + space + width <= room:
            lines[-1] += f" {word}"
            used += space + width
            continue
        while width > room and (fits := max(1, _fitting(word, room, size, weight))) < len(word):
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
        used = min(room, _width(word, size, weight))
    return lines


def _at_most(lines: list[str], most: int, size: int, weight: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(" ".join(lines[most - 1 : most + 1]), size, weight)] if most > 0 else []


def _cut(words: str, size: int, weight: int) -> str:
    """Return as many words as fit on one line, with an ellipsis if some are left out."""
    room = WIDTH - 2 * EDGE - 70
    if _fitting(words, room, size, weight) == len(words):
        return words
    fits = _fitting(words, room - _width("…", size, weight), size, weight)
    kept = words[:fits] if words[fits] == " " else words[:fits].rpartition(" ")[0] or words[:fits]
    return kept.rstrip(" ,;:") + "…"


def _fitting(words: str, room: float, size: int, weight: int) -> int:
    """Return how many characters fit; without kerning, as in the basic layout, widths add up."""
    for number, character in enumerate(words):
        room -= _width(character, size, weight)
        if room < 0:
            return number
    return len(words)

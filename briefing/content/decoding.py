"""Decode the bytes of a file: return its text and encoding, or None if it is not text.

UTF-8, UTF-16 (with or without byte order mark), windows-1252 and GB18030 are recognised here by their byte patterns.
Detection by letter statistics is used only if none of them fits: on short texts it is wrong too often ("windows-1250"
for English with curly quotes). Line endings become `\\n`, damage from wrong decoding is repaired ("FernÃ¡ndez"), and
stray control characters are dropped; nothing else changes.

    decode("The minister’s café".encode("cp1252"))  ->  Decoded("The minister’s café", "windows-1252")
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass
from functools import partial

import charset_normalizer
from ftfy import TextFixerConfig, fix_text_segment

MARKS = (  # longest first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that are not text, what they are, and the extension under which `build.py import` reads them.
FILE_TYPES = {
    b"%PDF-": ("a PDF", ".pdf"),
    b"PK\x03\x04": ("a Word document or a ZIP file", ".docx"),
    b"{\\rtf": ("a Rich Text document", ""),
    b"\xd0\xcf\x11\xe0": ("an old Word document", ""),
    b"\x89PNG": ("a picture", ""),
    b"\xff\xd8\xff": ("a picture", ""),
    b"GIF8": ("a picture", ""),
    b"\x1f\x8b": ("", ""),
}
SAMPLE = 200_000  # bytes examined to recognise an encoding
WESTERN = 0.35  # of letters; accented ones are under a fifth in any text in windows-1252, nearly all in Greek or Thai
COMMON_HANZI = 0.7  # of the pairs of high bytes in GB18030 text; 0.95 and more in real articles
CONTROLS = 0.01  # of bytes; a text has a stray one, a program thousands

HIGH = re.compile(rb"[\x80-\xff]+")
# The first level of GB 2312, the 3,755 characters of daily use, and its punctuation and full-width letters.
HANZI = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe])")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_BYTES = re.compile(CONTROL.pattern.encode())


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str


def decode(raw: bytes) -> Decoded | None:
    """Return the text of a file; None for pictures, programs, PDFs and unknown encodings."""
    if raw.startswith(tuple(FILE_TYPES)):
        return None
    found = _decode(raw)
    if found is None:
        return None
    text, encoding = found
    sample = text[:SAMPLE]
    if len(CONTROL.findall(sample)) > 2 + CONTROLS * len(sample):
        return None
    return Decoded(_repair(text), encoding)


def _decode(raw: bytes) -> tuple[str, str] | None:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), encoding
    wide = _wide(raw)
    if wide:
        return wide
    sample = raw[:SAMPLE]
    if len(CONTROL_BYTES.findall(sample)) > 2 + CONTROLS * len(sample):
        return None
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _mostly_utf8(raw) or _eight_bit(raw)


def _wide(raw: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 without a mark: half the bytes of English are 0, and line ends and digits in Chinese."""
    if len(raw) < 2 or len(raw) % 2:
        return None
    even, odd = raw[:SAMPLE:2].count(0), raw[1:SAMPLE:2].count(0)
    if not even and not odd and _is_utf8(raw):
        return None
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = sum(map(_is_usual, text[:2000]))
        if usual >= 0.97 * len(text[:2000]) and (zeros > others or _all_cjk(text)):
            return text, encoding
    return None


def _is_usual(character: str) -> bool:
    """Tell whether a character is European, punctuation, or common Chinese or Japanese: what UTF-16 is used for."""
    c = ord(character)
    return c in (9, 10, 13) or 0x20 <= c < 0x7F or 0xA0 <= c < 0x530 or 0x2000 <= c < 0x2100 or _is_cjk(c)


def _is_cjk(c: int) -> bool:
    return 0x3000 <= c < 0x3100 or 0x4E00 <= c < 0xA000 or 0xAC00 <= c < 0xD7B0 or 0xFF00 <= c < 0xFFF0


def _all_cjk(text: str) -> bool:
    """Tell whether nearly all characters are common: other bytes read as UTF-16 give rare Chinese characters."""
    common = sum(bool(HANZI.fullmatch(c.encode("gb18030"))) for c in text[:2000])
    return common >= 0.8 * len(text[:2000])


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


UTF8_CHARACTER = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def _mostly_utf8(raw: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 that has a few bytes of windows-1252 pasted in."""
    sample = raw[:SAMPLE]
    good = len(UTF8_CHARACTER.findall(sample))
    bad = sum(map(len, HIGH.findall(UTF8_CHARACTER.sub(b" ", sample))))
    if not bad or good < 3 * bad:
        return None
    codecs.register_error("briefing-windows", _as_windows)
    return raw.decode("utf-8", "briefing-windows"), "utf-8"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _western(error.object[error.start : error.end]), error.end


def _eight_bit(raw: bytes) -> tuple[str, str] | None:
    sample = raw[:SAMPLE]
    runs = HIGH.findall(sample)
    high = sum(map(len, runs))
    letters = high + len(re.findall(rb"[A-Za-z]", sample))
    if _is_chinese(runs, high):
        try:
            return raw.decode("gb18030"), "gb18030"
        except UnicodeDecodeError as error:
            if error.start > 0.98 * len(raw) or sample.count(b"\n") > 20:
                return raw.decode("gb18030", "replace"), "gb18030"
    if high <= WESTERN * letters or not letters:
        return _western(raw), "windows-1252"
    guess = charset_normalizer.from_bytes(raw[:SAMPLE]).best()
    if guess is None:
        return None
    return raw.decode(guess.encoding, "replace"), guess.encoding.replace("_", "-")


def _is_chinese(runs: list[bytes], high: int) -> bool:
    """Tell whether high bytes come in pairs, most of which are common characters."""
    pairs = sum(len(HANZI.findall(run)) for run in runs if len(run) % 2 == 0)
    return high > 1 and 2 * pairs >= COMMON_HANZI * high


def _western(raw: bytes) -> str:
    """Decode windows-1252, with its five unassigned bytes as in ISO 8859-1."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((b,)).decode("cp1252") for b in raw)


# --- repair ----------------------------------------------------------------------------------

# Only damage from wrong decoding; ligatures, widths, quotation marks and accents stay as the author wrote them.
REPAIR = TextFixerConfig(
    unescape_html=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
LINE_ENDS = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
# Controls, colour codes of terminals, the byte order mark inside a text.
# `FranÃ\x83Â§ois`: decoded wrongly twice, beside signs that hide it from the general repair
TWICE_WRONG = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf]{1,3}(?:[\u0080-\u00ff]{2,6})?")
STRAY = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb]")


def _repair(text: str) -> str:
    text = LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = "\n".join(line if line.isascii() else _repair_line(line) for line in text.split("\n"))
    return STRAY.sub("", LINE_ENDS.sub("\n", text))


def _repair_line(line: str) -> str:
    if C1.search(line):
        line = TWICE_WRONG.sub(lambda m: fix_text_segment(m[0], REPAIR) if C1.search(m[0]) else m[0], line)
    return fix_text_segment(line, REPAIR)


C1 = re.compile(r"[\x80-\x9f]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});")
HTML_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|t[rdh]|img|blockquote)\b[^<>]{0,300}>"
)
GLUED = re.compile(r"\w&(?:amp|nbsp|#\d{1,7}|[rl]squo|apos);\w|&nbsp;")
CODE_SIGN = "`"  # a line that shows code shows its entities


def decode_entities(body: str) -> str:
    """Decode HTML entities (`&amp;`, `&#8217;`) if the text has several or other traces of HTML."""
    if "&" not in body:
        return body
    found = ENTITY.findall(body)
    if not found or (len(found) < 2 and not HTML_TAG.search(body) and not GLUED.search(body)):
        return body
    change = partial(ENTITY.sub, lambda m: html.unescape(m[0]))
    lines = (line if CODE_SIGN in line else change(line) for line in body.split("\n"))
    return STRAY.sub("", LINE_ENDS.sub(" ", "\n".join(lines)))

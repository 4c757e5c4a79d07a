"""Character sets as browsers understand their names (the WHATWG encoding standard), not as Python does.

as_text("“Yes” – €31".encode("cp1252"), "iso-8859-1")   ->   "“Yes” – €31"
"""

from __future__ import annotations

import codecs

from briefing.content.decoding import LINE_ENDS, STRAY, decode

# Python's name of a label -> what browsers decode it with. A label that is not here is no character set of a page:
# `punycode`, `undefined`, `utf-7`, `base64`.
SINGLE_BYTE = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    **{f"iso8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"cp{n}": f"cp{n}" for n in (866, 874, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "mac-roman": "mac-roman",
    "mac-cyrillic": "mac-cyrillic",
}
SEVERAL_BYTES = {
    "utf-8": "utf-8",
    "utf-16": "utf-8",  # a label that can be read is not in UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp",
    "euc_kr": "cp949",
    "cp949": "cp949",
}
# Labels that Python does not know.
OTHER_LABELS = {"x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "x-gbk": "gbk", "x-sjis": "shift_jis"}
OTHER_LABELS |= {
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "euc_kr",
    "dos-874": "cp874",
    "windows-31j": "cp932",
    "x-x-big5": "big5",
}
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LONGEST_LABEL = 40


def as_text(raw: bytes, label: str | None) -> str | None:
    """Decode by a label if it is right, or else by detection; None if this is not text."""
    codec = _codec(label) if label and not raw.startswith(MARKS) else None
    if codec and not (codec in SINGLE_BYTE.values() and _is_utf8(raw)):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            text = ""  # the label is wrong
        if text and "\x00" not in text:
            return STRAY.sub("", LINE_ENDS.sub("\n", text))
    found = decode(raw)
    return found.text if found else None


def _codec(label: str) -> str | None:
    words = label.strip(" \t\n\"'").lower()
    if not words.isascii() or len(words) > LONGEST_LABEL:
        return None
    try:
        name = codecs.lookup(OTHER_LABELS.get(words, words)).name
    except (LookupError, ValueError):
        return None
    return SINGLE_BYTE.get(name) or SEVERAL_BYTES.get(name)


def _is_utf8(raw: bytes) -> bool:
    """Tell whether bytes are UTF-8 with letters beyond ASCII: no text in one byte a letter is so by chance."""
    if raw.isascii():
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

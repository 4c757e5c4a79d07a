"""Make contributed text safe for each place it is written to. No other module escapes anything.

Text from a source, a registry entry or front matter may be hostile until one of these functions has escaped it:

    html(text)         element content or a double-quoted attribute, also inside Markdown
    link(address)      an http, https or mailto address, else None
    json_script(value) JSON inside a <script> element
    xml(text)          element content or attribute of a feed
    yaml(value)        a value in the front matter of a generated page
    bibtex(text)       a value of a BibTeX entry; one_line(text) for formats whose values end with the line
    markdown(text)     words in a line of Markdown
    cell(text)         a cell of a table for spreadsheets
    file_name(text)    one segment of a path

    >>> str(html("a *b* {{ c }}"))
    'a &#42;b&#42; &#123;&#123; c &#125;&#125;'

`html` writes every ASCII character that Markdown, its extensions, Jinja or YAML could act on as a character reference:
a browser shows the same text, and no earlier step acts on it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

from markupsafe import Markup

# Not allowed in any document: control characters except tab and line ends, lone surrogates, non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
FORBIDDEN_HIGH = re.compile(
    "[" + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 17)) + "]"
)
# All other characters (letters, digits, spaces) mean nothing in any of these formats.
LIVE = re.compile(r"[\t\n\r!-&*+:<-@\[-`{-~\u2028\u2029]|'")
ADDRESS = re.compile(r"(?:https?://[^\s/?#@]+(?:[/?#][^\s]*)?|mailto:[^\s@]+@[^\s@]+)", re.IGNORECASE)
IN_ADDRESS = re.compile(r"[\s\"<>\\^`{|}\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
LONGEST_NAME = 80  # characters; file systems allow 255 bytes


def plain(text: str) -> str:
    """Replace characters that no document may contain with U+FFFD."""
    if type(text) is str and text.isascii() and text.isprintable():
        return text  # nearly all texts, in a tenth of the time
    return FORBIDDEN_HIGH.sub("\ufffd", FORBIDDEN.sub("\ufffd", text))


def html(text: object) -> Markup:
    """Escape element content or a double-quoted attribute; Markup is left alone."""
    if hasattr(text, "__html__"):
        return Markup(text)
    return Markup(LIVE.sub(lambda m: f"&#{ord(m[0])};", plain(str(text))))


def link(address: str | None) -> str | None:
    """Return the address if readers may follow it, else None. It must still be escaped for its format."""
    if not address:
        return None
    address = address.strip()
    if IN_ADDRESS.search(address) or not ADDRESS.fullmatch(address):
        return None
    return plain(address)


def json_text(value: Any) -> str:
    """Return JSON for a file."""
    return _json(value, indent=1)


def json_compact(value: Any) -> str:
    """Return JSON for a file that pages load: without spaces, on one line."""
    return _json(value, separators=(",", ":"))


def _json(value: Any, **how: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, **how)
    if MAYBE_FORBIDDEN.search(text) or FORBIDDEN.search(text) or FORBIDDEN_HIGH.search(text):
        return json.dumps(_plain_strings(value), ensure_ascii=False, **how)
    return text  # nearly always: looking at each string takes longer than writing them


def json_script(value: Any) -> Markup:
    """Return JSON that cannot end its <script> element and means nothing to Markdown or Jinja."""
    text = json.dumps(_plain_strings(value), ensure_ascii=True, separators=(",", ":"))
    return Markup(STRING.sub(lambda m: '"' + LIVE_JSON.sub(_unicode_escape, m[0][1:-1]) + '"', text))


MAYBE_FORBIDDEN = re.compile(r"\\[ubf]")  # control characters, as JSON writes them
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
LIVE_JSON = re.compile(r"[<>&'`~*_{}\[\]|=!#%$@^+]")


def _unicode_escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _plain_strings(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(str(k)): _plain_strings(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain_strings(v) for v in value]
    return value


def xml(text: object) -> Markup:
    """Escape text in a feed. The same characters as in HTML are special there."""
    return html(str(text))


def yaml(value: Any) -> Markup:
    """Return a front-matter value.

    MkDocs writes it into HTML unchanged, so strings are escaped for HTML first, then quoted as JSON, which is YAML.
    """
    return Markup(json.dumps(_escaped(value), ensure_ascii=False))


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return str(html(value))
    if isinstance(value, (list, tuple)):
        return [_escaped(v) for v in value]
    return value


BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def bibtex(text: str) -> str:
    """Escape a value between braces. BibTeX counts `\\{` as a brace, so braces become commands."""
    return "".join(BIBTEX.get(character, character) for character in one_line(text))


def bibtex_url(address: str | None) -> str | None:
    """Escape an address between braces."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C") if address else None


def markdown(text: str) -> str:
    """Escape words in a line that is read as Markdown of any flavour, or as plain text."""
    safe = MARKDOWN.sub(r"\\\g<0>", one_line(text))
    return ENTITY.sub("&amp;", safe).replace("<", "&lt;")


MARKDOWN = re.compile(r"[\\`*_\[\]]")
ENTITY = re.compile(r"&(?=#?\w+;)")


def one_line(text: str) -> str:
    """Join lines, for formats whose values end with the line: RIS, plain lists."""
    return " ".join(plain(text).split())


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would read a cell as a formula, or might."""
    return text[:1] in FORMULA


def cell(text: str) -> str:
    """Return the text of a cell of a table that spreadsheets open: an apostrophe keeps it from being a formula."""
    return f"'{plain(text)}" if is_formula(text) else plain(text)


FORMULA = frozenset("=+-@\t\r")


def file_name(text: str) -> str:
    """Return a path segment of lower-case letters, digits and hyphens.

    It is never empty; a hash keeps it unique if characters had to be left out.
    """
    simple = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", simple).strip("-")
    if name and name == text and len(name) <= LONGEST_NAME:
        return name
    return f"{name[:LONGEST_NAME]}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}".lstrip("-")

"""Text of contributors -> text that is safe where it lands. The only file that knows how.

Every word of a source, a registry entry or a front matter is hostile until it went through here:

    html(text)         element content or a double-quoted attribute, also inside Markdown
    link(address)      an address that may be followed, or None (http, https, mailto)
    json_script(value) JSON inside a <script> element
    xml(text)          element content or attribute of a feed
    yaml(value)        one value of the front matter of a generated page
    bibtex(text)       one value of a BibTeX entry; one_line(text) for formats whose values end with the line
    markdown(text)     words in a line of Markdown that nobody renders here, but others may
    file_name(text)    one segment of a path

    >>> str(html("a *b* {{ c }}"))
    'a &#42;b&#42; &#123;&#123; c &#125;&#125;'

`html` writes every ASCII sign that Markdown, its extensions, Jinja or YAML could act on as a character
reference: a browser shows the same text, and nothing before the browser finds anything to do.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

from markupsafe import Markup

# What no document may contain: controls but tab and line ends, lone surrogates, non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
FORBIDDEN_HIGH = re.compile(
    "[" + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 17)) + "]"
)
# Left as they are: letters, digits, spaces between words, signs that mean nothing to any of the above.
LIVE = re.compile(r"[\t\n\r!-&*+:<-@\[-`{-~\u2028\u2029]|'")
ADDRESS = re.compile(r"(?:https?://[^\s/?#@]+(?:[/?#][^\s]*)?|mailto:[^\s@]+@[^\s@]+)", re.IGNORECASE)
IN_ADDRESS = re.compile(r"[\s\"<>\\^`{|}\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
LONGEST_NAME = 80  # characters of a file name: file systems take 255 bytes


def plain(text: str) -> str:
    """The text without characters that no document may contain; they show as U+FFFD."""
    return FORBIDDEN_HIGH.sub("\ufffd", FORBIDDEN.sub("\ufffd", text))


def html(text: object) -> Markup:
    """Safe as content of an element and inside a double-quoted attribute; Markup is left alone."""
    if hasattr(text, "__html__"):
        return Markup(text)
    return Markup(LIVE.sub(lambda m: f"&#{ord(m[0])};", plain(str(text))))


def link(address: str | None) -> str | None:
    """The address if a reader may be sent there, else None. Still to be escaped for where it lands."""
    if not address:
        return None
    address = address.strip()
    if IN_ADDRESS.search(address) or not ADDRESS.fullmatch(address):
        return None
    return plain(address)


def json_text(value: Any) -> str:
    """Plain JSON for a file of its own."""
    return json.dumps(_plain_strings(value), ensure_ascii=False, indent=1)


def json_script(value: Any) -> Markup:
    """JSON that cannot end the <script> it stands in, nor mean anything to Markdown or Jinja."""
    text = json.dumps(_plain_strings(value), ensure_ascii=True, separators=(",", ":"))
    return Markup(STRING.sub(lambda m: '"' + LIVE_JSON.sub(_unicode_escape, m[0][1:-1]) + '"', text))


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
    """Safe in a feed: the same characters are live there, and references mean the same."""
    return html(str(text))


def yaml(value: Any) -> Markup:
    """A value of the front matter. MkDocs writes these into HTML as they are, so strings are escaped for HTML
    first; then quoted as JSON, which is YAML."""
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
    """One value of a BibTeX entry, to stand between braces. BibTeX counts `\\{` as a brace, so there is none."""
    return "".join(BIBTEX.get(character, character) for character in one_line(text))


def bibtex_url(address: str | None) -> str | None:
    """An address between braces, where only they mean something."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C") if address else None


def markdown(text: str) -> str:
    """Words in a line of Markdown that is read as Markdown, of whatever flavour, or as plain text."""
    safe = MARKDOWN.sub(r"\\\g<0>", one_line(text))
    return ENTITY.sub("&amp;", safe).replace("<", "&lt;")


MARKDOWN = re.compile(r"[\\`*_\[\]]")
ENTITY = re.compile(r"&(?=#?\w+;)")


def one_line(text: str) -> str:
    """For formats whose values end with the line: RIS, plain lists."""
    return " ".join(plain(text).split())


def file_name(text: str) -> str:
    """A segment of a path for any text: lower-case letters, digits and hyphens; never empty, never clashing
    with another text's name when something had to be left out."""
    simple = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", simple).strip("-")
    if name and name == text and len(name) <= LONGEST_NAME:
        return name
    return f"{name[:LONGEST_NAME]}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}".lstrip("-")

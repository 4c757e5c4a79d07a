"""templates/ -> Templates: what turns a template's name and values into a Page.

Every value a template prints goes through `escape.html`; a misspelt name or a None is an error, so that
no page ever says "None".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from briefing import edtf_words, escape, rules
from briefing.archive import ActorInArchive
from briefing.model import Later, Page
from briefing.pages.doors import doors
from briefing.pages.scripts import other_scripts

KIND_NAMES = {
    "person": ("Person", "People"),
    "organisation": ("Organisation", "Organisations"),
    "country": ("Country", "Countries"),
    "group": ("Group", "Groups"),
}
ALIAS_LABELS = {"former": "former name", "demonym": "nationality", "metonym": "seat"}
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")  # what <time datetime> understands


@dataclass(frozen=True, slots=True)
class Site:
    """What pages need to know of the archive as a whole."""

    name: str
    url: str = ""  # where it will stand, with a slash at the end; "" if not known
    description: str = ""
    repository: str = ""  # where a correction can be proposed; "" if nowhere
    branch: str = "main"
    sources: str = "sources"  # the folder of articles, from the top of the repository
    actors: str = "actors"
    # When pages last changed, as far as that is known. Pages that show it are made every time, so stamps leave it out.
    changed: Mapping[str, int] = field(default_factory=dict, repr=False)

    def briefing(self, name: str, up: str = "") -> str:
        """The address of a briefing's page, from `up` where the site's own is not known."""
        return f"{self.url or up}briefings/{quote(name)}/"


@dataclass(frozen=True, slots=True)
class Templates:
    environment: jinja2.Environment
    site: Site

    def page(self, path: str, template: str, meta: Mapping[str, Any], **values: Any) -> Page:
        """A Markdown page. `meta` becomes its front matter; None values are left out."""
        head = "".join(f"{key}: {escape.yaml(value)}\n" for key, value in meta.items() if value is not None)
        body = self.environment.get_template(template).render(root=root(path), site=self.site, meta=meta, **values)
        return Page(path, f"---\n{head}---\n\n{body.strip()}\n")

    def later(self, stamp: str, path: str, template: str, meta: Mapping[str, Any], **values: Any) -> Later:
        """The same, made only if the stamp is new."""
        return Later(path, stamp, partial(self.page, path, template, meta, **values))


def load_templates(folder: Path, site: Site) -> Templates:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": edtf_words.in_words,
        "year": lambda edtf: edtf_words.year_of(edtf) or "",
        "link": escape.link,
        "json_script": escape.json_script,
        "file": escape.file_name,
        "flag": flag,
        "number": number,
        "host": host,
        "plural": plural,
        "kind_name": lambda kind: KIND_NAMES.get(kind, (kind, kind))[0],
        "kind_names": lambda kind: KIND_NAMES.get(kind, (kind, kind))[1],
        "language_name": language_name,
        "by_letter": by_letter,
        "confidence": rules.confidence,
        "rule_name": rules.rule_name,
        "alias_label": alias_label,
        "is_day": lambda edtf: bool(DAY.fullmatch(edtf)),
    }
    environment.globals["doors"] = doors(site.repository, site.branch, site.sources)
    address = site.url.rstrip("/") + "/" if escape.link(site.url) else ""
    return Templates(environment, replace(site, url=address))


def _finalize(value: object) -> Markup:
    if value is None:
        raise TypeError("a template prints a value that is not there (None)")
    if isinstance(value, jinja2.Undefined):
        return Markup(str(value))  # StrictUndefined: raises with the name that is missing
    return escape.html(value)


def root(path: str) -> str:
    """From a page back to the top of the site: pages are folders there, `a/b.md` is at `a/b/`."""
    parts = path.removesuffix(".md").split("/")
    if parts[-1] == "index":
        parts.pop()
    return "../" * len(parts)


def flag(iso2: str | None) -> str:
    """The flag of a country, made of its two letters."""
    if not iso2 or len(iso2) != 2 or not (iso2.isascii() and iso2.isalpha()):
        return ""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in iso2.upper())


def number(value: float) -> str:
    """`1234567.0` as `1,234,567`; as many decimals as it has, at most six."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "\u2212")


def host(address: str) -> str:
    """The name of the server in an address that `escape.link` let through."""
    return address.split("/")[2].removeprefix("www.") if "//" in address else address


def plural(count: int, one: str, many: str = "") -> str:
    """`1 briefing`, `2,000 briefings`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def language_name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return name or code


def alias_label(name: str, kind: str) -> str:
    """Return the type of an alias for readers; for a name in another script, its language if the script shows it."""
    if kind == "transliteration" and not LATIN.search(name):
        languages = [language for _, _, language in other_scripts(name, "en") if language]
        return language_name(languages[0]) if languages else "original script"
    return ALIAS_LABELS.get(kind, kind)


def by_letter(actors: Iterable[ActorInArchive]) -> list[tuple[str, list[ActorInArchive]]]:
    """Actors under the letters of an index: A-Z, then # for names in other scripts."""
    letters: dict[str, list[ActorInArchive]] = {}
    for actor in actors:
        simple = escape.file_name(actor.name)[:1].upper() if actor.name[:1].isalpha() else "#"
        letters.setdefault(simple if simple.isalpha() else "#", []).append(actor)
    return sorted(letters.items(), key=lambda pair: (pair[0] == "#", pair[0]))

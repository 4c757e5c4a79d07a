"""templates/ -> Templates: what turns a template's name and values into a Page.

Every value a template prints goes through `escape.html`; a misspelt name or a None is an error, so that
no page ever says "None".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlsplit

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from briefing import escape
from briefing.archive import ActorInArchive
from briefing.content import edtf
from briefing.content.sources import PLACEHOLDER
from briefing.facts import kinds
from briefing.model import Later, Page

# A long list -> pages of it: no page grows without end.
#
# parts("timeline/2024", events) -> timeline/2024, timeline/2024-2, timeline/2024-3

T = TypeVar("T")

SIZE = 150  # entries of a page: about 60 KB before compression
OVERVIEW = 120  # entries of all years together on an overview
FEWEST = 4  # entries of a year there


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    base: str
    number: int  # from 1
    count: int
    entries: Sequence[T]

    @property
    def place(self) -> str:
        """Where it stands, without ending."""
        return place(self.base, self.number)

    @property
    def places(self) -> list[str]:
        """Of all parts, in order."""
        return [place(self.base, n) for n in range(1, self.count + 1)]


def place(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def parts(base: str, entries: Sequence[T], size: int = SIZE) -> Iterator[Part[T]]:
    """At least one part, also of nothing."""
    count = max(1, -(-len(entries) // size))
    for number in range(1, count + 1):
        yield Part(base, number, count, entries[(number - 1) * size : number * size])


def share(years: int, overview: int = OVERVIEW) -> int:
    """How many entries of each year an overview of so many years shows."""
    return max(FEWEST, overview // max(1, years))


# Text -> its runs in another script than that of its language, with the language to set and to speak them in.
#
#     >>> other_scripts("called 稀土 in Chinese, レアアース in Japanese", "en")
#     [(7, 9, 'zh'), (22, 27, 'ja')]
#
# Only scripts that (nearly) one language writes: what is Cyrillic or Devanagari is left unsaid.

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = r"\u3040-\u30ff\uff66-\uff9f"
HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
ARABIC = r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
HEBREW = r"\u0590-\u05ff\ufb1d-\ufb4f"
MARKS = "《》「」『』、。・（）！？：；"  # stand inside a run, and around it
EAST_ASIAN = rf"[{MARKS}]{{0,2}}[{HAN}{KANA}][{HAN}{KANA}ー{MARKS}]*"
# Words of one script with single spaces between them are one run: a phrase, not so many words.
RUN = re.compile(
    rf"(?P<east>{EAST_ASIAN})|(?P<ko>[{HANGUL}]+(?: [{HANGUL}]+)*)"
    rf"|(?P<ar>[{ARABIC}]+(?: [{ARABIC}]+)*)|(?P<he>[{HEBREW}]+(?: [{HEBREW}]+)*)"
)
IS_KANA = re.compile(f"[{KANA}]")
NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691]")  # of Persian, Urdu, ...
HAN_WRITERS = {"zh", "ja", "ko", "yue"}


def other_scripts(text: str, language: str) -> list[tuple[int, int, str]]:
    """Runs as start, end and language; "" for a run whose language its letters do not tell."""
    own = language.partition("-")[0].lower()
    found = []
    for run in RUN.finditer(text):
        told = _language(run)
        if own == told or (own in HAN_WRITERS and told == "zh") or (own in {"fa", "ur"} and told in {"ar", ""}):
            continue
        found.append((run.start(), run.end(), told))
    return found


def _language(run: re.Match[str]) -> str:
    if run["east"]:
        return "ja" if IS_KANA.search(run[0]) else "zh"
    if run["ar"]:
        return "" if NOT_ARABIC.search(run[0]) else "ar"
    return run.lastgroup or ""


# The archive's repository -> addresses where somebody adds an article without installing anything.
#
#     doors("https://github.com/o/archive", "main", "sources").file
#         ->  https://github.com/o/archive/new/main/sources?filename=name-of-the-article.md&value=---%0Atitle%3A...
#
# On GitHub there is a form, too, of which a pull request is made. Without a repository there is no door.

BEGUN = f"---\ntitle: \npublished: \npublisher: \nurl: \n---\n\n{PLACEHOLDER}\n"


@dataclass(frozen=True, slots=True)
class Doors:
    """Empty where there is none."""

    file: str = ""
    form: str = ""


def doors(repository: str, branch: str, sources: str) -> Doors:
    if not escape.link(repository) or sources.startswith("/"):  # a folder elsewhere on this machine
        return Doors()
    base, branch, folder = repository.rstrip("/"), quote(branch, safe="/"), quote(sources, safe="/")
    if "gitlab" in (urlsplit(base).hostname or ""):
        return Doors(f"{base}/-/new/{branch}/{folder}?file_name=name-of-the-article.md")
    return Doors(
        file=f"{base}/new/{branch}/{folder}?filename=name-of-the-article.md&value={quote(BEGUN, safe='')}",
        form=f"{base}/issues/new?template=new-article.yml",
    )


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


class CompiledTemplates(jinja2.BytecodeCache):
    """Keep compiled templates for later builds of the same process (`serve`, `diff`): compiling all takes 0.8 s."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}  # of a file: the hash of its text, and the code

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = CompiledTemplates()


def load_templates(folder: Path, site: Site) -> Templates:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        bytecode_cache=COMPILED,
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": edtf.in_words,
        "year": lambda date: edtf.year_of(date) or "",
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
        "confidence": kinds.confidence,
        "rule_name": kinds.rule_name,
        "alias_label": alias_label,
        "is_day": lambda date: bool(DAY.fullmatch(date)),
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

"""Load templates and render pages with them; split long lists, and mark text in other scripts.

Every value that a template prints goes through `escape.html`. A misspelt name or a None is an error, so no page ever
says "None".
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlsplit

import jinja2
from markupsafe import Markup

from briefing import escape
from briefing.archive import ActorInArchive
from briefing.archive.summaries import Row
from briefing.cache import digest
from briefing.content import edtf
from briefing.content.problems import plural
from briefing.content.sources import PLACEHOLDER
from briefing.facts import kinds
from briefing.lexicon import SHIPPED
from briefing.model import NO_CURRENCY, LazyPage, Page, RowEvent, RowFigure
from briefing.site.charts import flag_file
from briefing.site.search_words import search_forms

KIND_NAMES = {
    "person": ("Person", "People"),
    "organisation": ("Organisation", "Organisations"),
    "country": ("Country", "Countries"),
    "group": ("Group", "Groups"),
}
WIDE = {"hide": ["navigation", "toc"]}  # front matter of a page without sidebars
ALIAS_LABELS = {"former": "former name", "demonym": "nationality", "metonym": "seat"}
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")  # the values that <time datetime> accepts


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of the page of somebody who was taken out of the archive."""

    id: str
    date: str  # EDTF
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What pages need to know about the whole site."""

    name: str
    url: str = ""  # with a final slash; "" if unknown
    description: str = ""
    repository: str = ""  # where corrections can be proposed; "" if nowhere
    branch: str = "main"
    intro: str = ""  # what the archive says on its home page, in Markdown
    sources: str = "sources"  # folder of articles in the repository
    actors: str = "actors"
    # Time of the last change of pages. Pages that show it are always rendered, so fingerprints leave it out.
    changed: Mapping[str, int] = field(default_factory=dict, repr=False)
    built: int | None = field(default=None, repr=False)  # time of the build; feeds have no later date
    noindex: bool = True  # search engines are asked to leave out people who are not registered
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def contribute(self) -> ContributeLinks:
        return contribute_links(self.repository, self.branch, self.sources)

    @property
    def on_gitlab(self) -> bool:
        return "gitlab" in (urlsplit(self.repository).hostname or "")

    def issue(self, title: str, text: str) -> str:
        """Return the address where an issue with this title and text can be opened, "" without a repository."""
        if not escape.link(self.repository):
            return ""
        base = self.repository.rstrip("/")
        title, text = (quote(escape.plain(words), safe="") for words in (title, text))
        if self.on_gitlab:
            return f"{base}/-/issues/new?issue[title]={title}&issue[description]={text}"
        return f"{base}/issues/new?title={title}&body={text}"

    def briefing(self, name: str, up: str = "") -> str:
        """Return the address of a briefing's page, relative to `up` if the site's address is unknown."""
        return f"{self.url or up}briefings/{quote(name)}/"


@dataclass(frozen=True, slots=True)
class Templates:
    environment: jinja2.Environment
    site: Site

    def page(self, path: str, template: str, meta: Mapping[str, Any], **values: Any) -> Page:
        """Return a Markdown page. `meta` becomes its front matter; None values are left out.

        The sidebar with the site's navigation is hidden, unless `meta` says what to hide.
        """
        meta = {**meta, "hide": meta.get("hide", ["navigation"])}
        head = "".join(f"{key}: {escape.yaml(value)}\n" for key, value in meta.items() if value is not None)
        body = self.environment.get_template(template).render(root=root(path), site=self.site, meta=meta, **values)
        return Page(path, f"---\n{head}---\n\n{body.strip()}\n")

    def lazy_page(self, fingerprint: str, path: str, template: str, meta: Mapping[str, Any], **values: Any) -> LazyPage:
        """Return a page that is rendered only if its fingerprint is new."""
        return LazyPage(path, fingerprint, partial(self.page, path, template, meta, **values))


def load_templates(folder: Path, site: Site) -> Templates:
    address = site.url.rstrip("/") + "/" if escape.link(site.url) else ""
    return Templates(_environment(folder), replace(site, url=address))


@cache
def _environment(folder: Path) -> jinja2.Environment:
    """Return the templates of a folder, and the shipped ones for what it does not have.

    Compiled once in a process (`serve`, `diff`): compiling all takes 0.8 s.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, SHIPPED / "templates"]),
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": edtf.in_words,
        "search_forms": search_forms,
        "year": lambda date: edtf.year_of(date) or "",
        "link": escape.link,
        "json_script": escape.json_script,
        "file": escape.file_name,
        "flag": flag_file,
        "number": number,
        "bytes": file_size,
        "host": host,
        "plural": plural,
        "kind_name": lambda kind: KIND_NAMES.get(kind, (kind, kind))[0],
        "kind_names": lambda kind: KIND_NAMES.get(kind, (kind, kind))[1],
        "language_name": language_name,
        "by_letter": by_letter,
        "confidence": kinds.confidence,
        "alias_label": alias_label,
        "missing_unit": missing_unit,
        "row": lambda values: json.dumps(list(values), ensure_ascii=False),
        "is_day": lambda date: bool(DAY.fullmatch(date)),
        "by_day": by_day,
    }
    return environment


def by_day(events: Iterable[tuple[Row, RowEvent]]) -> list[list[tuple[Row, RowEvent]]]:
    """Put events of one day that share an actor together: they may be one event. The order stays."""
    found: list[list[tuple[Row, RowEvent]]] = []
    days: defaultdict[str, list[list[tuple[Row, RowEvent]]]] = defaultdict(list)
    for row, event in events:
        day = event.date if event.date and len(event.date) == len("2026-05-12") and DAY.fullmatch(event.date) else ""
        known = next((group for group in days[day] if day and set(group[0][1].actors) & set(event.actors)), None)
        if known:
            known.append((row, event))
        else:
            found.append([(row, event)])
            days[day].append(found[-1])
    return found


REFERENCE = re.compile(
    r"""\{%[-+]?\s*(?:include|import|extends|from)\s+(?:"([^"]*)"|'([^']*)')?\s*(.*?)[-+]?%\}""", re.DOTALL
)
AFTER_NAME = re.compile(r"(?:(?:as|import|with|without|ignore)\b.*)?", re.DOTALL)


def template_hashes(folder: Path) -> dict[str, str]:
    """Return for each template a hash of what it is made of: its source, and those of the templates that it names.

    Where a name is worked out, any template may be meant: for `"_part_" ~ name`, any that begins so.
    """
    found: dict[str, str] = {}
    for place in (SHIPPED / "templates", folder):
        for path in place.rglob("*.j2"):
            found[path.relative_to(place).as_posix()] = path.read_text(encoding="utf-8", errors="surrogateescape")
    named = {name: _named_in(text, found) for name, text in found.items()}
    hashes: dict[str, str] = {}
    for name in found:
        inside, waiting = {name}, [name]
        while waiting:
            new = named[waiting.pop()] - inside
            inside |= new
            waiting += new
        hashes[name] = digest(*(part for one in sorted(inside) for part in (one, found[one])))
    return hashes


def _named_in(text: str, known: Collection[str]) -> set[str]:
    found: set[str] = set()
    for reference in REFERENCE.finditer(text):
        start, rest = reference[1] or reference[2] or "", reference[3]
        if start and AFTER_NAME.fullmatch(rest):
            found |= {start}.intersection(known)
        else:
            found |= {name for name in known if name.startswith(start) or not rest.startswith("~")}
    return found


def _finalize(value: object) -> Markup:
    if value is None:
        raise TypeError("a template prints a value that is not there (None)")
    if isinstance(value, jinja2.Undefined):
        return Markup(str(value))  # raises, naming the missing value
    return escape.html(value)


def root(path: str) -> str:
    """Return the path from a page to the top of the site; the page `a/b.md` is at `a/b/`."""
    parts = path.removesuffix(".md").split("/")
    if parts[-1] == "index":
        parts.pop()
    return "../" * len(parts)


def number(value: float) -> str:
    """Format `1234567.0` as `1,234,567`, with at most six decimals."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "\u2212")


def file_size(size: int) -> str:
    """Format a number of bytes: `340 bytes`, `2.5 KB`, `12 MB`."""
    found, unit = float(size), "bytes"
    for larger in ("KB", "MB", "GB"):
        if found >= 1000:
            found, unit = found / 1000, larger
    return f"{found:.1f} {unit}" if unit != "bytes" and found < 10 else f"{found:.0f} {unit}"


SAID_UNIT = re.compile(r"[^\W\d_]|[%$€£¥]")
NUMBER_WORDS = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|dozen|and|to|or)s?\b", re.IGNORECASE)


def missing_unit(figure: RowFigure) -> str:
    """Return the unit of a figure whose words leave it to what stands around them: the cells of a table, a list.

    "57" of "from 57 to 47 percent" -> " percent"; "21" below "million tonnes" -> " (21,000,000 t)"
    """
    if figure.unit in ("count", "1", NO_CURRENCY) or SAID_UNIT.search(NUMBER_WORDS.sub("", figure.words)):
        return ""
    if figure.unit == "percent":
        return " percent"
    high = f"–{number(figure.high)}" if figure.high is not None else ""
    return f" ({number(figure.value)}{high} {figure.unit})"


def figure_words(figure: RowFigure) -> str:
    """Return a figure's words with its unit and what qualifies it: "more than 57 percent", "50 percent or more"."""
    words = figure.words + missing_unit(figure)
    apart = figure.qualifier if figure.qualifier and figure.qualifier not in figure.words else ""
    return " ".join(filter(None, (words, apart) if apart.startswith("or ") else (apart, words)))


def shown_date(row: Row) -> str:
    """Return the date of an article in words: "24 September 2010", "2025, estimated", "undated"."""
    if row.published:
        return edtf.in_words(row.published)
    return f"{row.estimated}, estimated" if row.estimated else "undated"


def host(address: str) -> str:
    """Return the server name of an address accepted by `escape.link`."""
    return address.split("/")[2].removeprefix("www.") if "//" in address else address


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
    """Group actors by initial: A to Z, then # for names in other scripts."""
    letters: dict[str, list[ActorInArchive]] = {}
    for actor in actors:
        simple = escape.file_name(actor.name)[:1].upper() if actor.name[:1].isalpha() else "#"
        letters.setdefault(simple if simple.isalpha() else "#", []).append(actor)
    return sorted(letters.items(), key=lambda pair: (pair[0] == "#", pair[0]))


# --- pagination ------------------------------------------------------------------------------
# paginate("timeline/2024", events) -> timeline/2024, timeline/2024-2, timeline/2024-3

T = TypeVar("T")

PAGE_SIZE = 150  # entries per page: about 60 KB uncompressed
OVERVIEW = 120  # entries of all years on an overview
MIN_PER_YEAR = 4  # of a year


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    base: str
    number: int  # from 1
    count: int
    entries: Sequence[T]

    @property
    def place(self) -> str:
        """The path of the page, without suffix."""
        return place(self.base, self.number)

    @property
    def places(self) -> list[str]:
        """The paths of all pages of the list."""
        return [place(self.base, n) for n in range(1, self.count + 1)]


def place(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def paginate(base: str, entries: Sequence[T], size: int = PAGE_SIZE) -> Iterator[ListPage[T]]:
    """Split a list into pages; an empty list has one."""
    count = max(1, -(-len(entries) // size))
    for number in range(1, count + 1):
        yield ListPage(base, number, count, entries[(number - 1) * size : number * size])


def entries_per_year(years: int, total: int, overview: int = OVERVIEW) -> int:
    """Return how many entries of each year an overview shows: all if they fit, else as many of each as fit."""
    return overview if total <= overview else max(MIN_PER_YEAR, overview // max(1, years))


# --- text in other scripts -------------------------------------------------------------------
# Only scripts that (nearly) one language uses; Cyrillic and Devanagari are left out.

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = r"\u3040-\u30ff\uff66-\uff9f"
HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
ARABIC = r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
HEBREW = r"\u0590-\u05ff\ufb1d-\ufb4f"
MARKS = "《》「」『』、。・（）！？：；"  # inside or around a run
EAST_ASIAN = rf"[{MARKS}]{{0,2}}[{HAN}{KANA}][{HAN}{KANA}ー{MARKS}]*"
# Words of one script with single spaces between them are one run.
RUN = re.compile(
    rf"(?P<east>{EAST_ASIAN})|(?P<ko>[{HANGUL}]+(?: [{HANGUL}]+)*)"
    rf"|(?P<ar>[{ARABIC}]+(?: [{ARABIC}]+)*)|(?P<he>[{HEBREW}]+(?: [{HEBREW}]+)*)"
)
IS_KANA = re.compile(f"[{KANA}]")
NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691]")  # used by Persian, Urdu, ...
HAN_WRITERS = {"zh", "ja", "ko", "yue"}


def other_scripts(text: str, language: str) -> list[tuple[int, int, str]]:
    """Return runs in another script than the text's, as start, end and language ("" if the script does not tell).

    >>> other_scripts("called 稀土 in Chinese, レアアース in Japanese", "en")
    [(7, 9, 'zh'), (22, 27, 'ja')]
    """
    own = language.partition("-")[0].lower()
    same = {own} | ({"zh"} if own in HAN_WRITERS else set()) | ({"ar", ""} if own in {"fa", "ur"} else set())
    runs = ((run.start(), run.end(), _language(run)) for run in RUN.finditer(text))
    return [run for run in runs if run[2] not in same]


def _language(run: re.Match[str]) -> str:
    if run["east"]:
        return "ja" if IS_KANA.search(run[0]) else "zh"
    if run["ar"]:
        return "" if NOT_ARABIC.search(run[0]) else "ar"
    return run.lastgroup or ""


# --- links for contributing in a browser ------------------------------------------------------

NEW_ARTICLE = f"---\ntitle: \npublished: \npublisher: \nurl: \n---\n\n{PLACEHOLDER}\n"


@dataclass(frozen=True, slots=True)
class ContributeLinks:
    """Addresses for adding an article, "" if there is none: a new file, and on GitHub a form."""

    file: str = ""
    form: str = ""


def contribute_links(repository: str, branch: str, sources: str) -> ContributeLinks:
    if not escape.link(repository) or sources.startswith("/"):  # no repository, or a folder outside of it
        return ContributeLinks()
    base, branch, folder = repository.rstrip("/"), quote(branch, safe="/"), quote(sources, safe="/")
    if "gitlab" in (urlsplit(base).hostname or ""):
        return ContributeLinks(f"{base}/-/new/{branch}/{folder}?file_name=name-of-the-article.md")
    return ContributeLinks(
        file=f"{base}/new/{branch}/{folder}?filename=name-of-the-article.md&value={quote(NEW_ARTICLE, safe='')}",
        form=f"{base}/issues/new?template=new-article.yml",
    )

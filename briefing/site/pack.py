"""A built site -> an evidence pack: one .zip with the pages of an actor, a topic or a briefing, that reads offline.

    write_pack(config, "rare-earths")   ->   rare-earths.zip

It holds the pages, facts, citations and rows of the database of these briefings, their sources with hashes, and the
program that checks them (`verify.py`). Links to pages outside of the pack lead to the published site, if its address is
known, or nowhere. The same site gives the same bytes: files are sorted, have no date, and are not compressed, as
compressed bytes differ between versions of zlib.

A source is left out, with the reason, if only excerpts of it may be shown or a name was removed from it.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote, urlsplit

from briefing import verify
from briefing.config import Config
from briefing.content.schema import Takedown
from briefing.content.sources import find_sources, read_source
from briefing.content.takedowns import redact
from briefing.site.templates import Site, load_templates

FOLDERS = ("briefings", "actors", "topics")
LINK = re.compile(r'\b(href|src|action)="([^"]*)"')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
DOWNLOAD = re.compile(r'<a href="data:[^",]*,([^"]*)" download="[^"]*\.(bib|ris|json)"')
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
KICKER = re.compile(r'<p class="kicker">.*?</p>', re.DOTALL)
PARTS = re.compile(r'<p class="meta">.*?</p>', re.DOTALL)  # below the name of a topic: its subtopics
TOPIC = re.compile(r'href="[^"]*topics/([^"/]+)/"')
NO_DATE = (1980, 1, 1, 0, 0, 0)
DATABASE, LINES = "data/archive.sqlite", "data/facts.jsonl"
BUILD_FIRST = "Build the site first"
Files = dict[str, bytes]


class PackError(Exception):
    """The pack cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a pack is about: a page of the site."""

    folder: str
    id: str

    @property
    def place(self) -> str:
        return f"{self.folder}/{self.id}"


@dataclass(frozen=True, slots=True)
class SourceInPack:
    """The file of an article, or why it is left out."""

    path: str  # as facts.json names it
    below: str  # the folder of sources
    data: bytes
    left_out: str = ""


def find_subject(site: Path, name: str) -> Subject:
    """Return the page with this id (`china`) or place (`actors/china`). Raises PackError for none or several."""
    name = name.strip("/")
    folder, _, rest = name.partition("/")
    places = [Subject(folder, rest)] if folder in FOLDERS else [Subject(folder, name) for folder in FOLDERS]
    found = [subject for subject in places if subject.id and (site / subject.place / "index.html").is_file()]
    if len(found) == 1 and ".." not in found[0].id.split("/"):
        return found[0]
    if found:
        raise PackError(f"{name}: an id of several pages. Choose one of {', '.join(s.place for s in found)}")
    raise PackError(f"{name}: {site} has no page of an actor, topic or briefing with this id")


def briefings_of(site: Path, subject: Subject) -> list[str]:
    """Return the places of the briefings that a pack holds."""
    if subject.folder == "briefings":
        return [subject.place]
    topics = set(_with_parts(site, subject.id)) if subject.folder == "topics" else set()
    found = []
    for page in sorted(site.glob("briefings/**/index.html")):
        text = page.read_text(encoding="utf-8")
        if 'class="source"' not in text:
            continue
        head = KICKER.search(text)
        about = topics & set(TOPIC.findall(head[0])) if head else set()
        if about or (not topics and f'id="actor-{subject.id}"' in text):
            found.append(page.parent.relative_to(site).as_posix())
    return found


def _with_parts(site: Path, topic: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield a topic and those below it, which its page links to."""
    yield topic
    page = site / "topics" / topic / "index.html"
    found = PARTS.search(page.read_text(encoding="utf-8")) if page.is_file() else None
    for part in TOPIC.findall(found[0]) if found else ():
        if part not in seen | {topic}:
            yield from _with_parts(site, part, seen | {topic})


def sources_of(config: Config, places: Iterable[str]) -> dict[str, SourceInPack]:
    """Return the sources of these briefings, by place. Raises PackError if the site was not built from them, and
    ContentError if one cannot be read."""
    files = {source.id: source.path for source in find_sources([config.sources], config.sources)[0]}
    found = {}
    for place in places:
        name = place.removeprefix("briefings/")
        if name not in files:
            raise PackError(f"{place}: its source is not in {config.sources}. {BUILD_FIRST}")
        data, source = files[name].read_bytes(), read_source(files[name], name)
        redacted = redact(source, config.takedowns)
        left_out = "a name was removed from it" if redacted is not source else ""
        if (source.meta.rights or config.rights) == "excerpts":
            left_out = "only excerpts may be shown"
        facts = config.site / place / "facts.json"
        published = (
            json.loads(facts.read_bytes()) if facts.is_file() else {"sha256": source.sha256, "text": redacted.body}
        )
        if (published["sha256"], published["text"]) != (source.sha256, redacted.body):
            raise PackError(f"{config.label(files[name])}: not what {place}/ was built from. {BUILD_FIRST}")
        below = files[name].relative_to(config.sources).as_posix()
        found[place] = SourceInPack(config.label(files[name]), below, data, left_out)
    return found


def _refuse_removed_names(files: Files, takedowns: Iterable[Takedown]) -> None:
    """Raise PackError if the site was built before somebody was taken out of it."""
    for name in [name for takedown in takedowns for name in takedown.names]:
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        for path, data in files.items():
            if not path.startswith("assets/") and pattern.search(html.unescape(data.decode("utf-8", "replace"))):
                raise PackError(f"{path}: has the name of a person listed in takedowns. {BUILD_FIRST}")


def write_pack(config: Config, name: str, path: Path | None = None) -> tuple[Path, int, int]:
    """Write the pack of an actor, a topic or a briefing; return its path, how many briefings it holds and how many
    sources are left out. Raises PackError and ContentError."""
    site, subject = config.site, find_subject(config.site, name)
    sources = sources_of(config, briefings_of(site, subject))
    if not sources:
        raise PackError(f"{subject.place}: no briefing is about it")
    path = path or Path(f"{subject.id.replace('/', '-')}.zip")
    templates = load_templates(config.templates, Site(config.name, config.url))
    files = dict(_pages(site, subject, list(sources)))
    files |= _assets(site, files)
    files |= _data(site, [place.removeprefix("briefings/") for place in sources])
    files |= _citations(files, sources)
    left_out = {}
    for place, source in sources.items():
        if source.left_out:
            hash_ = hashlib.sha256(source.data).hexdigest()
            briefing = place.removeprefix("briefings/")
            left_out[source.path] = {"briefing": briefing, "sha256": hash_, "why": source.left_out}
        else:
            files[f"sources/{source.below}"] = source.data
    files[f"sources/{verify.LEFT_OUT}"] = json.dumps(left_out, indent=1, ensure_ascii=False).encode() + b"\n"
    _refuse_removed_names(files, config.takedowns)
    files["verify.py"] = Path(verify.__file__).read_bytes()
    address = _address(site)
    titles = {place: _title(files[f"{place}/index.html"]) for place in sources}
    start = templates.environment.get_template("pack.html.j2").render(
        site=templates.site, subject=subject, address=address, titles=titles, sources=sources,
        name=_title(files[f"{subject.place}/index.html"]), files=sorted(files),
    )  # fmt: skip
    files["index.html"] = start.encode()
    for name in [name for name in files if name.endswith(".html") and name != "index.html"]:
        files[name] = _offline(name, files[name].decode(), files.keys(), address).encode()
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files["checksums.txt"] = "".join(sums).encode()
    _zip(path, files)
    return path, len(sources), len(left_out)


def _zip(path: Path, files: Files) -> None:
    half = path.with_name(f".{path.name}.part")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED) as packed:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", NO_DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed.writestr(entry, data)
    half.replace(path)


def _pages(site: Path, subject: Subject, places: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the pages and the files beside them."""
    own = [] if subject.folder == "briefings" else sorted((site / subject.place).rglob("index.html"))
    beside = [path for place in places for path in sorted((site / place).iterdir()) if path.is_file()]
    for path in [*own, *beside]:
        yield path.relative_to(site).as_posix(), path.read_bytes()


def _assets(site: Path, pages: Files) -> Files:
    """Return styles, scripts and pictures that the pages use."""
    found: Files = {}
    for name in [name for name in pages if name.endswith(".html")]:
        for _, address in LINK.findall(pages[name].decode()):
            place = _resolve(name, address)
            if place and not place.endswith(".html") and place.startswith("assets/") and (site / place).is_file():
                found[place] = (site / place).read_bytes()
    return found


def _resolve(page: str, address: str) -> str:
    """Return the path that an address on a page leads to, "" outside of the site."""
    parts = urlsplit(html.unescape(address))
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return ""
    path = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    return "" if path.startswith("..") else path.removeprefix("./")


def _offline(page: str, text: str, names: Iterable[str], address: str) -> str:
    """Return a page whose links lead to files of the pack, to the published site or nowhere."""

    def change(match: re.Match[str]) -> str:
        attribute, written = match.groups()
        place = _resolve(page, written)
        if not place or written.startswith("#"):
            return match[0]
        found = next(
            (n for n in (place, f"{place}/index.html".removeprefix("./")) if n in names and n != "index.html"), ""
        )
        end = html.unescape(written)
        anchor = f"#{urlsplit(end).fragment}" if urlsplit(end).fragment else ""
        if found:
            return f'{attribute}="{quote(relpath(found, dirname(page)))}{html.escape(anchor)}"'
        if attribute == "href" and address:
            path = "" if place == "." else place + ("/" if urlsplit(end).path.endswith("/") else "")
            return f'{attribute}="{html.escape(address + quote(path) + anchor)}"'
        return ""

    return LINK.sub(change, text)


def _address(site: Path) -> str:
    found = CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    return html.unescape(found[1]) if found else ""


def _title(page: bytes) -> str:
    found = TITLE.search(page.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found[1])).split()) if found else ""


def _citations(files: Files, places: Iterable[str]) -> Files:
    """Return the citations that the pages offer, one file for each format."""
    found: dict[str, list[str]] = {"bib": [], "ris": [], "json": []}
    for place in places:
        for data, kind in DOWNLOAD.findall(files[f"{place}/index.html"].decode()):
            found[kind].append(unquote(html.unescape(data)))
    entries = [entry for text in found.pop("json") for entry in json.loads(text)]
    texts = {kind: "".join(all_) for kind, all_ in found.items()}
    texts["json"] = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    return {f"citations.{kind}": text.encode() for kind, text in texts.items()}


# --- data ------------------------------------------------------------------------------------------


def _data(site: Path, briefings: list[str]) -> Files:
    """Return the facts of these briefings, from the published data."""
    found: Files = {}
    if (site / LINES).is_file():
        with (site / LINES).open("rb") as file:
            found[LINES] = b"".join(line for line in file if json.loads(line)["id"] in set(briefings))
    if (site / DATABASE).is_file():
        with tempfile.TemporaryDirectory(prefix="pack-") as place:
            found[DATABASE] = _database(site / DATABASE, Path(place) / "archive.sqlite", briefings)
    return found


def _database(whole: Path, path: Path, briefings: list[str]) -> bytes:
    """Return a database with the rows of these briefings and what they refer to."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("ATTACH ? AS whole", (f"{whole}",))
        page_size, version, application = (
            base.execute(f"PRAGMA whole.{name}").fetchone()[0]
            for name in ("page_size", "user_version", "application_id")
        )
        base.execute(f"PRAGMA page_size={page_size}")
        base.execute("CREATE TEMP TABLE chosen AS SELECT value AS id FROM json_each(?)", (json.dumps(briefings),))
        made = base.execute(
            "SELECT type, name, sql FROM whole.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
        virtual = [name for kind, name, sql in made if kind == "table" and sql.upper().startswith("CREATE VIRTUAL")]
        own = [m for m in made if not m[1].startswith(("sqlite_", *(f"{name}_" for name in virtual)))]
        tables = [name for kind, name, _ in own if kind == "table" and name not in virtual]
        for _, _, sql in own:
            base.execute(sql)
        base.execute("BEGIN")
        for table in tables:
            base.execute(f'INSERT INTO main."{table}" SELECT * FROM whole."{table}" WHERE {_chosen(base, table)}')
        while _missing(base, tables):
            pass
        for name in virtual:
            base.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')')
        base.execute("COMMIT")
        base.execute("DETACH whole")
        base.execute(f"PRAGMA user_version={version}")
        base.execute(f"PRAGMA application_id={application}")
        base.execute("VACUUM")
    data = bytearray(path.read_bytes())
    data[96:100] = bytes(4)  # SQLite notes its own version there
    return bytes(data)


def _chosen(base: sqlite3.Connection, table: str) -> str:
    """Return the condition for the rows of a table that belong to the chosen briefings."""
    columns = {row[1] for row in base.execute(f'PRAGMA whole.table_info("{table}")')}
    if table == "archive":
        return "true"
    if table == "briefings":
        return "id IN chosen"
    both = " AND other IN chosen" if table == "reprints" else ""
    return f"briefing IN chosen{both}" if "briefing" in columns else "false"


def _missing(base: sqlite3.Connection, tables: Iterable[str]) -> int:
    """Add the rows that others refer to, and the names of actors; return how many were added."""
    before = base.total_changes
    for table in tables:
        keys: dict[int, list[tuple[str, str, str]]] = {}
        for number, _, target, own, its, *_ in base.execute(f'PRAGMA main.foreign_key_list("{table}")'):
            keys.setdefault(number, []).append((target, own, its))
        for columns in keys.values():
            target, names = columns[0][0], ", ".join(f'"{its}"' for *_, its in columns)
            values = ", ".join(f'"{own}"' for _, own, _ in columns)
            base.execute(
                f'INSERT OR IGNORE INTO main."{target}" SELECT * FROM whole."{target}" '
                f'WHERE ({names}) IN (SELECT {values} FROM main."{table}")'
            )
    for table in {"aliases", "offices"} & set(tables):
        base.execute(
            f'INSERT OR IGNORE INTO "{table}" SELECT * FROM whole."{table}" WHERE actor IN (SELECT id FROM main.actors)'
        )
    return base.total_changes - before

"""Make the index of search: bundles of pages, each made once and merged in the browser.

    make_search(site.joinpath, {"briefings/2012/quay/index.html": "hash", ...}, kept)
        ->  {"pagefind.js": ..., "bundles.json": ..., "b/3f0c/pagefind-entry.json": ..., ...}

Pagefind cannot add to an index. So briefings are sorted by date and cut into bundles, and only bundles with other
pages than last time are indexed. Where to cut follows from names and dates alone: the same pages give the same bundles,
whatever was indexed before, and one more page changes one bundle. Topics and actors change with every article; they are
a bundle of their own. Pagefind is given of a page what it indexes and nothing else.

Pagefind's files are made reproducible. It writes the values of a filter, and the list of filters, in the order of a
hash table that differs from run to run: `sort_index` puts both in order. Merged results come in the order of their
scores, so the names of fragments begin with the dates of their pages, by which find.js can sort them. File names hold a
hash of the content, so these files are renamed, and the files that name them are changed too: `filter/*.pf_filter` and
`fragment/*.pf_fragment` <- `*.pf_meta` <- `pagefind-entry.json`.

These files are gzip files of CBOR after a signature. A file of another shape is left as it is.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pagefind.service import get_executable

from briefing.cache import digest

SIGNATURE = b"pagefind_dcd"
PAGES, FILTERS = 1, 3  # places in the data of a language: the list of pages, that of filters
SEARCHED = re.compile(r"(?:briefings/.+|topics/[^/]+|actors/[^/]+)/index\.html")
BODY = b"data-pagefind-body"  # Pagefind indexes only pages with it
PROBE = 400_000  # bytes; more than the largest file of Pagefind that is no gzip file, which would show if it was cut

# A reader's first query loads something of each bundle, and an edited page has its bundle made again.
MOST_BUNDLES = 6  # of closed periods
SMALLEST = 1024  # pages of a closed bundle, on average
RECENT = 16  # times smaller are the latest bundles
SHARED = ("pagefind.js", "pagefind-worker.js")  # beside the wasm: bundles that are merged need none of their own
OWN = ("pagefind-entry.json", "*.pf_meta", "index/*", "filter/*", "fragment/*")
BUNDLES = "bundles.json"
TEXTS = "texts.json"  # of a bundle, with the texts of its pages; not published
MOST_TEXTS = 4_000  # kept in memory when pages are read: a first build reads all
PATIENCE = 10  # seconds
VERSION = "2"  # of what is done with Pagefind's files


class SearchError(Exception):
    """Pagefind failed; the message is its own."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A page as Pagefind is given it."""

    hash: str  # of the page, to know it again
    content: str  # hash of what is indexed; "" if nothing is
    date: str  # eight digits, by which it sorts


def make_search(find: Callable[[str], Path], pages: Mapping[str, str], kept: Path) -> dict[str, Path]:
    """Bring the index of these pages up to date; return its files, by their paths in the site's folder for search.

    `pages` maps paths in the site to hashes of the files, and `find` gives the place of such a path now; `kept` is a
    folder of our own. Raises SearchError, and OSError if the disk is full.
    """
    kept.mkdir(parents=True, exist_ok=True)
    texts = Texts(find)
    known = _read_pages(texts, pages, kept / "pages.json")
    bundles = {_key(names, known): names for names in cut(known)} or {_key([], {}): []}
    missing = [key for key in bundles if not (kept / key / "pagefind-entry.json").is_file()]
    texts.remember([folder for folder in kept.iterdir() if folder.name not in bundles] if missing else [])
    for key in missing:
        _make_bundle(texts, bundles[key], known, kept, key)
    for folder in kept.iterdir():
        if folder.is_dir() and folder.name not in bundles:
            shutil.rmtree(folder)
    *others, first = bundles
    listed = kept / BUNDLES
    _replace(listed, json.dumps(others))
    found = {BUNDLES: listed}
    found |= {name: kept / first / name for name in (*_below(kept / first, (*SHARED, "wasm.*")), *_below(kept / first))}
    return found | {f"b/{key}/{name}": kept / key / name for key in others for name in _below(kept / key)}


def _replace(path: Path, text: str) -> None:
    """Replace a file by a new one: the published site may have a link to the old one."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _below(folder: Path, patterns: Iterable[str] = OWN) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for pattern in patterns for path in folder.glob(pattern))


class Texts:
    """What Pagefind is given of pages. Taking it from a page costs more than indexing it, so bundles keep it."""

    def __init__(self, find: Callable[[str], Path]) -> None:
        self.find = find
        self._kept: dict[str, tuple[str, bytes]] = {}  # by page: a hash, and the compressed text

    def remember(self, bundles: Iterable[Path]) -> None:
        """Take over the texts of bundles that are about to be replaced."""
        for folder in bundles:
            with suppress(OSError, ValueError, TypeError):
                kept = json.loads((folder / TEXTS).read_bytes())
                self._kept = {name: (one[0], base64.b64decode(one[1])) for name, one in kept.items()} | self._kept

    def read(self, name: str, file_hash: str) -> Indexed:
        """Read a page as it is now."""
        text = reduced(self.find(name).read_bytes())
        content = digest(text) if text else ""
        if content and len(self._kept) < MOST_TEXTS:
            self._kept[name] = content, zlib.compress(text.encode(), 1)
        return Indexed(file_hash, content, sort_date(text))

    def of(self, name: str, content: str) -> str:
        """Return the text of a page, given its hash."""
        hash_, data = self._kept.get(name, ("", b""))
        with suppress(zlib.error, ValueError):
            if hash_ == content and digest(text := zlib.decompress(data).decode()) == content:
                return text
        return reduced(self.find(name).read_bytes())


def _read_pages(texts: Texts, pages: Mapping[str, str], record: Path) -> dict[str, Indexed]:
    """Return the pages to index; those with the hash of last time are not read again."""
    before: dict[str, Indexed] = {}
    try:
        before = {name: Indexed(*map(str, entry)) for name, entry in json.loads(record.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        before = {}
    now: dict[str, Indexed] = {}
    for name in sorted(filter(SEARCHED.fullmatch, pages)):
        old = before.get(name)
        now[name] = old if old and old.hash == pages[name] else texts.read(name, pages[name])
    if now != before:
        data = {name: (page.hash, page.content, page.date) for name, page in now.items()}
        _replace(record, json.dumps(data, separators=(",", ":")))
    return {name: page for name, page in now.items() if page.content}


NO_DATE = "00000000"
DATE = re.compile(r'data-pagefind-sort="date\[data-v\]" data-v="(\d{4})(?:-(\d\d))?(?:-(\d\d))?')


def sort_date(text: str) -> str:
    """Return the date by which a page sorts: `20230512`; what is not known of it is zero."""
    found = DATE.search(text)
    return "".join(part or "00" for part in found.groups()) if found else NO_DATE


MARKED = re.compile(r"<([a-z][a-z0-9]*)\b[^<>]*\bdata-pagefind-(?!ignore)[^<>]*>")
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


def reduced(data: bytes) -> str:
    """Return what Pagefind indexes of a page, as a page: its title, and the elements marked for Pagefind. "" if none is
    marked as text."""
    if BODY not in data:
        return ""
    text = data.decode("utf-8", "replace")
    title = TITLE.search(text)
    parts: list[str] = []
    at = 0
    while found := MARKED.search(text, at):
        at = _end(text, found.end(), found[1])
        parts.append(text[found.start() : at])
        parts[-1] = TAG.sub(_searched, parts[-1])
    head = title[0] if title else ""
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{" ".join(parts)}</body></html>'


TAG = re.compile(r"<([a-z][a-z0-9]*)(\s[^<>]*)>")
ATTRIBUTE = re.compile(r'\s+([^\s"=/]+)(?:="[^"]*")?')
SEARCHED_ATTRIBUTE = re.compile(r"id|lang|dir|data-v|data-pagefind-.+")


def _searched(tag: re.Match[str]) -> str:
    """Return a start tag without what search does not use, such as where it links to: that changes more often."""
    if tag[1] == "img":
        return tag[0]
    kept = (found[0] for found in ATTRIBUTE.finditer(tag[2]) if SEARCHED_ATTRIBUTE.fullmatch(found[1]))
    return f"<{tag[1]}{''.join(kept)}{'/' if tag[2].endswith('/') else ''}>"


def _end(text: str, at: int, tag: str) -> int:
    """Return where the element ends whose first tag ends here."""
    depth = 1
    for found in re.compile(rf"<(/?){tag}\b[^<>]*>").finditer(text, at):
        depth += -1 if found[1] else 1
        if not depth:
            return found.end()
    return len(text)


def cut(pages: Mapping[str, Indexed]) -> list[list[str]]:
    """Cut pages into bundles, the latest briefings last."""
    names = [name for name in pages if not name.startswith("briefings/")]
    briefings = sorted(pages.keys() - set(names), key=lambda name: (pages[name].date, name))
    numbers = {name: int(digest(name)[:8], 16) for name in briefings}
    size = SMALLEST
    while sum(not numbers[name] % size for name in briefings) > MOST_BUNDLES:
        size *= 2
    closed = _cut(briefings, numbers, size)
    rest = closed.pop()
    recent = _cut(rest, numbers, size // RECENT)
    last = recent.pop()
    return [found for found in (names, *closed, [name for some in recent for name in some], last) if found]


def _cut(names: list[str], numbers: Mapping[str, int], size: int) -> list[list[str]]:
    """Cut behind each page whose number is a multiple of the size; the last piece may be empty."""
    found: list[list[str]] = [[]]
    for name in names:
        found[-1].append(name)
        if not numbers[name] % size:
            found.append([])
    return found


def _key(names: Iterable[str], pages: Mapping[str, Indexed]) -> str:
    versions = (VERSION, importlib.metadata.version("pagefind"))
    return digest(*versions, *(part for name in names for part in (name, pages[name].content)))[:16]


def _make_bundle(texts: Texts, names: list[str], pages: Mapping[str, Indexed], kept: Path, key: str) -> None:
    """Index these pages. The folder has its name when it is complete: a build may be ended at any time, and Pagefind
    then goes on writing."""
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="pagefind-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / key
        made.mkdir()
        given: dict[str, tuple[str, str]] = {}

        def each() -> Iterator[tuple[str, str]]:
            for name in names:
                text = texts.of(name, pages[name].content)
                given[name] = pages[name].content, base64.b64encode(zlib.compress(text.encode(), 1)).decode()
                yield name, text

        told = make_index(each(), made)
        if told or not (made / "pagefind.js").is_file():
            raise SearchError(f"Pagefind could not index the site:\n{told}")
        _refuse_full_disk(made)
        names_made = [path for path in made.rglob("*") if path.is_file()]
        if broken := sorted(str(path.relative_to(made)) for path in names_made if not is_whole(path)):
            raise SearchError(f"Pagefind did not write {broken[0]} completely. Check the disk, then build again")
        sort_index(made, {"/" + name.removesuffix("index.html"): pages[name].date for name in names})
        (made / TEXTS).write_text(json.dumps(given, separators=(",", ":")), encoding="utf-8")
        shutil.rmtree(kept / key, ignore_errors=True)
        made.rename(kept / key)


def _refuse_full_disk(folder: Path) -> None:
    """Raise OSError if the disk is full: Pagefind then reports success, and its files are empty or cut off."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(PROBE))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def make_index(pages: Iterable[tuple[str, str]], target: Path) -> str:
    """Index pages, given as paths and contents, in order; return what went wrong, "" if nothing.

    Pagefind's command line numbers pages in the order in which the file system lists them, and its Python API waits
    0.1 s for each page. So its service is given the pages here; it answers every message, in any order.
    """
    answers = target / "answers"
    with answers.open("wb") as file:
        service = subprocess.Popen(
            [str(get_executable()), "--service"], stdin=subprocess.PIPE, stdout=file, stderr=file
        )
    try:
        assert service.stdin
        count = 0
        for message in _messages(pages, target):
            count += 1
            data = json.dumps({"message_id": count, "payload": message}).encode()
            service.stdin.write(base64.b64encode(data) + b",")
        service.stdin.flush()
        while service.poll() is None and answers.read_bytes().count(b",") < count:
            time.sleep(0.02)
        _wait_for_files(target, service)
        service.stdin.close()
        service.wait()
        found = [json.loads(base64.b64decode(part)) for part in answers.read_bytes().split(b",") if part]
    except (OSError, ValueError) as error:
        return f"{error}; exit status {service.poll()}"
    finally:
        service.kill()
        service.wait()
        answers.unlink()
    wrong = [str(one["payload"].get("message")) for one in found if one["payload"]["type"] == "Error"]
    return "\n".join(wrong) or ("" if len(found) == count else f"it ended with exit status {service.returncode}")


def _wait_for_files(target: Path, service: subprocess.Popen[bytes]) -> None:
    """Wait until what Pagefind wrote is there: it answers before its last bytes are written, and loses them if it ends.
    What is missing after PATIENCE is reported with the files."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and service.poll() is None:
        files = [path for path in target.rglob("*") if path.is_file()]
        if any(path.name == "pagefind-entry.json" for path in files) and all(path.stat().st_size for path in files):
            return
        time.sleep(0.02)


def _messages(pages: Iterable[tuple[str, str]], target: Path) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for name, text in pages:
        yield {"type": "AddFile", "index_id": 0, "file_path": name, "file_contents": text}
    yield {"type": "WriteFiles", "index_id": 0, "output_path": str(target)}


def sort_index(folder: Path, dates: Mapping[str, str] | None = None) -> None:
    """Put Pagefind's files in order; `dates` are those of pages, by their addresses."""
    renamed = {path.stem: _rewrite(path, lambda data: [data[0], sorted(data[1])]) for path in _files(folder, "filter")}
    fragments = dict(_dated(path, dates or {}) for path in sorted((folder / "fragment").glob("*.pf_fragment")))

    def in_meta(data: list[Any]) -> list[Any]:
        filters = sorted([name, renamed.get(file, file)] for name, file in data[FILTERS])
        pages = [[fragments.get(name, name), *more] for name, *more in data[PAGES]]
        return [*data[:PAGES], pages, *data[PAGES + 1 : FILTERS], filters, *data[FILTERS + 1 :]]

    languages = {path.stem: _rewrite(path, in_meta) for path in _files(folder, "")}
    entry = folder / "pagefind-entry.json"
    found = json.loads(entry.read_bytes())
    found["languages"] = dict(sorted(found["languages"].items()))
    for language in found["languages"].values():
        stem = f"pagefind.{language['hash']}"
        language["hash"] = languages.get(stem, stem).removeprefix("pagefind.")
    entry.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _dated(path: Path, dates: Mapping[str, str]) -> tuple[str, str]:
    """Give the file of a page a name that begins with its date; return the stems before and after."""
    page = json.loads(gzip.decompress(path.read_bytes())[len(SIGNATURE) :])
    language, _, hash_ = path.stem.rpartition("_")
    named = path.with_name(f"{language}_{dates.get(page['url'], NO_DATE)}x{hash_}{path.suffix}")
    path.rename(named)
    return path.stem, named.stem


def is_whole(path: Path) -> bool:
    """Tell whether a file of the index is complete, as far as it shows: most are gzip files, with a checksum."""
    data = path.read_bytes()
    if path.suffix == ".pagefind" or path.suffix.startswith(".pf_"):
        try:
            return bool(data and gzip.decompress(data))
        except (OSError, EOFError, zlib.error):
            return False
    return bool(data)


def _files(folder: Path, below: str) -> list[Path]:
    return sorted((folder / below).glob("*.pf_filter" if below else "*.pf_meta"))


def _rewrite(path: Path, change: Callable[[list[Any]], list[Any]]) -> str:
    """Change the data of a file and name it after its content; return the new stem."""
    raw = gzip.decompress(path.read_bytes())
    try:
        data, end = _decode(raw, len(SIGNATURE))
        if not raw.startswith(SIGNATURE) or end != len(raw) or _encode(data) != raw[len(SIGNATURE) :]:
            return path.stem
        new = SIGNATURE + _encode(change(data))
    except (ValueError, TypeError, IndexError):
        return path.stem
    start, _, old = path.stem.rpartition("_")
    target = path.with_name(f"{start}_{hashlib.sha256(new).hexdigest()[: len(old)]}{path.suffix}")
    path.unlink()
    target.write_bytes(gzip.compress(new, mtime=0))
    return target.stem


# --- CBOR, as far as Pagefind uses it: numbers, texts and lists (RFC 8949) -----------------------

NUMBER, TEXT, LIST = 0, 3, 4


def _decode(raw: bytes, at: int) -> tuple[Any, int]:
    """Return the value at a place, and the place after it."""
    kind, size = raw[at] >> 5, raw[at] & 31
    at += 1
    if size >= 24:
        if size > 27 or kind not in (NUMBER, TEXT, LIST):
            raise ValueError("not expected in an index")
        length = 1 << (size - 24)
        size = int.from_bytes(raw[at : at + length], "big")
        at += length
    if kind == NUMBER:
        return size, at
    if kind == TEXT:
        return raw[at : at + size].decode(), at + size
    if kind != LIST:
        raise ValueError("not expected in an index")
    values: list[Any] = []
    for _ in range(size):
        value, at = _decode(raw, at)
        values.append(value)
    return values, at


def _encode(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(NUMBER, value)
    if isinstance(value, str):
        data = value.encode()
        return _head(TEXT, len(data)) + data
    return _head(LIST, len(value)) + b"".join(map(_encode, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    length = next(n for n in (1, 2, 4, 8) if size < 1 << (8 * n))
    return bytes([kind << 5 | 23 + length.bit_length()]) + size.to_bytes(length, "big")

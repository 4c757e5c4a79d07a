"""Tell whether anything that a build reads or writes has changed since the last one.

    inputs = look(config)             -> what a build would read, with a hash of each file
    inputs.last                       -> the numbers of the last build if another one would change nothing, else None
    inputs.remember(built, outputs)   after a build: the next one may end here

A file with the size and time of last time is not read; one with others is compared by its hash. The time is the later
one of its content's and of its status, which no program can set: `cp -p` and `rsync -t` give a new content an old time.
Nothing that reads articles is imported here, so a build without news ends before any of it is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing import git
from briefing.cache import digest
from briefing.config import Config, previous_facts, read_settings
from briefing.content.problems import ContentError, plural
from briefing.content.validation import read_text
from briefing.lexicon import CODE, SHIPPED

VERSION = 1  # of the record
FOLDER = "built"  # of the records, in the cache
BEGUN = ".begun"  # ending of the mark of a build that was begun and is not complete
# A file that is saved twice within a tick of the file system's clock keeps its time: one so new is read again.
TICK = 2 * 10**9  # nanoseconds
NOT_INPUTS = {"__pycache__", ".git"}
NOTHING = -1  # size of what cannot be compared: a broken link, a linked folder, a pipe, which would be read for ever
Status = tuple[int, int, str]  # size in bytes, time of the last change in nanoseconds, hash of the content


@dataclass(frozen=True, slots=True)
class Built:
    """The numbers of a build, for its closing line."""

    sources: int
    facts: int
    actors: int
    pages: int
    files: int  # of the site

    def line(self, seconds: float) -> str:
        """Return what a build says that found nothing new."""
        return (
            "Nothing has changed since the last build: "
            f"{plural(self.sources, 'source')}, {plural(self.facts, 'fact')}, {plural(self.actors, 'actor')}, "
            f"{plural(self.pages, 'page')}, {plural(self.files, 'file')} of the site. Seconds: {seconds:.1f}."
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build reads, as it was when the build began."""

    record: Path  # where it is written down
    settings: str  # hash of settings, programs and what git knows
    files: Mapping[str, Status]  # by their paths
    last: Built | None  # the last build, if nothing has changed since
    before: Mapping[str, Any]  # the files as the last complete build read them

    @property
    def hashes(self) -> dict[Path, str]:
        """The hash of each file's content, "" if it cannot be read."""
        return {Path(path): hash_ for path, (_, _, hash_) in self.files.items()}

    def begin(self) -> None:
        """Note that a build has begun: until it is complete, nothing is known of what it writes."""
        self.record.parent.mkdir(parents=True, exist_ok=True)
        self.record.with_suffix(BEGUN).touch()

    def news(self, path: Path) -> str:
        """Return what is new of a file since the last complete build: "" if nothing is."""
        now, then = self.files.get(str(path)), self.before.get(str(path))
        if now is None or then is None:
            return "" if now is then else "is new" if then is None else "is gone"
        return "has changed" if now[2] != then[2] else ""

    def remember(self, built: Built, outputs: Mapping[Path, Iterable[str]], refused: Iterable[Path]) -> None:
        """Write down what was read, and what was written: of each folder, the names. `refused` are paths that must not
        be in the repository."""
        lists = {str(folder): [*names] for folder, names in outputs.items()}
        written = {f"{folder}/{name}" for folder, names in lists.items() for name in names}
        kept = {
            "version": VERSION,
            "settings": self.settings,
            "built": asdict(built),
            "files": {path: status for path, status in self.files.items() if path not in written},
            "outputs": {folder: [_outputs(Path(folder), names), names] for folder, names in lists.items()},
            "refused": [str(path) for path in refused],
        }
        self.record.parent.mkdir(parents=True, exist_ok=True)
        half = self.record.with_suffix(".part")
        half.write_text(json.dumps(kept, separators=(",", ":")), encoding="utf-8", errors="surrogatepass")
        half.replace(self.record)
        self.record.with_suffix(BEGUN).unlink(missing_ok=True)


def look(config: Config) -> Inputs:
    """Look at everything a build reads. Files that cannot be read have no hash, and count as changed."""
    record = config.cache / FOLDER / f"{digest(str(config.output), str(config.site))[:12]}.json"
    before = _recorded(record)
    known: dict[str, list[Any]] = before.get("files", {})
    outputs: dict[str, Any] = before.get("outputs", {})
    ours = {f"{config.docs}/{name}" for name in (outputs.get(str(config.docs)) or ("", ()))[1]}
    settings, more = _settings(config)
    files: dict[str, Status] = {}
    same = True
    recent = time.time_ns() - TICK
    for path, size, changed in _inputs(config, more, ours):
        old = known.get(path, (NOTHING, NOTHING, ""))
        if size == NOTHING:
            same, files[path] = False, (size, changed, "")
            continue
        if (size, changed) == (old[0], old[1]):
            files[path] = (size, changed, old[2])
            continue
        hash_ = _hash(path)
        same = same and bool(hash_) and hash_ == old[2]
        files[path] = (size, changed if changed < recent else -1, hash_)
    nothing = (
        same
        and not record.with_suffix(BEGUN).exists()
        and len(files) == len(known)
        and before.get("settings") == settings
        and all(_outputs(Path(folder), names) == hash_ for folder, (hash_, names) in outputs.items())
        and not git.tracked(config.root, *map(Path, before.get("refused", ())))
    )
    return Inputs(record, settings, files, Built(**before["built"]) if nothing else None, known)


def _recorded(record: Path) -> dict[str, Any]:
    try:
        found = json.loads(record.read_text(encoding="utf-8", errors="surrogatepass"))
        return found if isinstance(found, dict) and found["version"] == VERSION and found["outputs"] else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _settings(config: Config) -> tuple[str, list[Path]]:
    """Return a hash of everything that is in no folder of the archive, and the single files that matter."""
    general: dict[str, Any] = {}
    with suppress(ContentError):
        general = read_settings(read_text(config.mkdocs), config.mkdocs.name)[0]
    theme = general.get("theme")
    own = theme.get("custom_dir") if isinstance(theme, dict) else None
    files = [config.root / str(name) for name in (*(general.get("hooks") or ()), general.get("INHERIT")) if name]
    libraries = sorted(name for place in sys.path for name in _names(place) if name.endswith(".dist-info"))
    try:
        history = git.run(config.root, "rev-parse", "HEAD", "--is-shallow-repository").decode("ascii", "replace")
    except git.GitError:  # no repository: pages tell the time of the build by the clock
        history = datetime.now(UTC).date().isoformat()
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    parts = (repr(config), repr(general), repr(libraries), sys.version, history, given if given != "0" else "")
    facts = previous_facts(config.previous)
    if facts and not facts.is_relative_to(config.site):  # of the site itself, nothing is new if nothing else is
        files += [facts, facts.with_name("changes.json")]
    return digest(*parts), [config.mkdocs, *files, *([config.root / str(own)] if own else [])]


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208 - names alone, in half the time
    except OSError:
        return []


def _inputs(config: Config, more: Iterable[Path], ours: set[str]) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and time of every file that a build reads, each once."""
    program = (CODE, SHIPPED / "templates", SHIPPED / "actors" / "world", SHIPPED / "tests" / "quality")
    packs = config.registries or ()
    folders = (config.sources, config.actors, *packs, config.topics, config.templates, config.home, *program)
    apart = {str(config.site), str(config.cache), *ours}
    if config.output != config.docs:
        apart.add(str(config.output))
    seen: set[str] = set()
    # MkDocs publishes a hidden file of docs/ if `exclude_docs` says so, such as `!.well-known`.
    for folder, hidden in (*((path, True) for path in (config.docs, *more)), *((path, False) for path in folders)):
        for path, size, changed in _files(str(folder), apart, hidden):
            if path not in seen:
                seen.add(path)
                yield path, size, changed


def _files(place: str, apart: set[str], hidden: bool) -> Iterator[tuple[str, int, int]]:
    """Yield the files of a folder, with the hidden ones if asked, or one file."""
    try:
        found = sorted(os.scandir(place), key=lambda entry: entry.name)
    except NotADirectoryError:
        status = Path(place).stat()
        yield place, status.st_size, _changed(status)
        return
    except OSError:
        return
    for entry in found:
        if entry.path in apart or entry.name in NOT_INPUTS or (not hidden and entry.name.startswith(".")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, apart, hidden)
            continue
        try:
            status = entry.stat()
        except OSError:  # a broken link
            yield entry.path, NOTHING, NOTHING
        else:
            yield entry.path, status.st_size if entry.is_file() else NOTHING, _changed(status)


def _changed(status: os.stat_result) -> int:
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _hash(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _outputs(folder: Path, names: Iterable[str]) -> str:
    """Hash the sizes and times of files; "" if one is not there."""
    total = hashlib.sha256()
    place = f"{folder}/"
    try:
        for name in names:
            status = os.lstat(place + name)
            total.update(b"%d %d %d\n" % (status.st_mode, status.st_size, status.st_mtime_ns))
    except OSError:
        return ""
    return total.hexdigest()

"""`make torture`: end builds at random moments, run two at once, fill the disk, damage the cache.

    python -m tests.torture [--kills N] [--pairs N] [--failures N] [--seed N]

A small archive has two states, each with its site as built from nothing. Whatever happens to a build, the site must be
that of one of the two states, complete; and the next build must give that of the present state, byte for byte. Prints
what happened how often; exits with 1 if a site was mixed, a build ended with a traceback, or the next build was wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

from briefing import pipeline
from briefing.cache import Cache
from briefing.config import load_config
from briefing.site import publish
from tests.commands import Ran, run_process, write
from tests.conftest import ROOT
from tests.test_site import SOURCES, hand_written

CHANGED = {"note.md": SOURCES["note.md"].replace("3 May", "4 May"), "2021/council.txt": None}
STATES = (
    SOURCES,
    SOURCES | CHANGED | {"2022/pier.md": "---\ntitle: Pier opens\npublished: 2022-04-01\n---\n\nIt cost 9 euros.\n"},
)


class Archive:
    """The archive that is tortured, and the sites that its two states have."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.site = home / "site"
        hand_written(home, "mkdocs.yml", "docs", "actors", "topics", "templates")
        self.sites: list[dict[str, bytes]] = []
        for number in range(len(STATES)):
            self.set_state(number)
            assert self.build().returncode == 0
            self.sites.append(contents(self.site))
            run_process("clean", "--config", home / "mkdocs.yml", cwd=home)
        assert self.sites[0] != self.sites[1]
        for number in (1, 0):  # from now on, the cache knows all articles
            self.set_state(number)
            self.build()

    def set_state(self, number: int) -> None:
        self.state = number
        shutil.rmtree(self.home / "sources", ignore_errors=True)
        write(self.home / "sources", {name: text for name, text in STATES[number].items() if text is not None})

    def build(self, *more: str | Path) -> Ran:
        return run_process("--config", self.home / "mkdocs.yml", *more, cwd=self.home)

    def found(self) -> str:
        """Return whose the site is: "old", "new" or "mixed"."""
        now = contents(self.site)
        return "new" if now == self.sites[self.state] else "old" if now == self.sites[1 - self.state] else "mixed"

    def next_build(self) -> str:
        """Build again; return "right", "stale" or what went wrong."""
        ran = self.build()
        if ran.returncode:
            return f"failed: {ran.stderr[-300:]}"
        return {"new": "right", "old": "stale"}.get(self.found(), "wrong")


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- kills and pairs ----------------------------------------------------------------------------


def kills(archive: Archive, count: int, chance: random.Random) -> Counter[str]:
    """End that many builds at random moments."""
    told: Counter[str] = Counter()
    config = load_config(archive.home / "mkdocs.yml")
    lasts = 1.0
    for _ in range(count):
        archive.set_state(1 - archive.state)
        process = get_context("fork").Process(target=pipeline.build, args=(config,))  # saves the time of imports
        begun = time.monotonic()
        process.start()
        process.join(chance.uniform(0, 1.1 * lasts))
        if process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            told["killed"] += 1
        else:
            lasts = time.monotonic() - begun
        told[f"site {archive.found()}"] += 1
        told[f"next build {archive.next_build()}"] += 1
    return told


def pairs(archive: Archive, count: int) -> Counter[str]:
    """Run that many pairs of builds at the same time."""
    told: Counter[str] = Counter()
    command = [sys.executable, str(ROOT / "build.py"), "--config", str(archive.home / "mkdocs.yml")]
    for number in range(count):
        archive.set_state(1 - archive.state)
        both = []
        for _ in range(2):
            both.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
            time.sleep(0.1 * (number % 10))
        for process in both:
            _, words = process.communicate()
            busy = "another build" in words and "Traceback" not in words
            told["done" if not process.returncode else "told to wait" if busy else f"failed: {words[-300:]}"] += 1
        told[f"site {archive.found()}"] += 1
    return told


# --- failing disks ------------------------------------------------------------------------------


def failures(archive: Archive, count: int, chance: random.Random) -> Counter[str]:
    """Build that many times each with files of limited size, and with folders that may not be written."""
    told: Counter[str] = Counter()
    for _ in range(count):
        archive.set_state(1 - archive.state)
        _judge(archive, told, "limited file size", _with_limit(archive, chance.randint(500, 400_000)))
    for number in range(count):
        folder = archive.home / ("site", "docs", ".cache")[number % 3]
        archive.set_state(1 - archive.state)
        with read_only(folder):
            ran = archive.build()
        _judge(archive, told, "read-only folder", ran)
    return told


def full_disk(count: int, chance: random.Random) -> Counter[str]:
    """Build that many times on a disk that gets full. Only root can make one."""
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", place], capture_output=True).returncode:
            return Counter({"full disk: not tried, needs root": 1})
        try:
            archive = Archive(Path(place) / "archive")
            for _ in range(count):
                archive.set_state(1 - archive.state)
                ballast, free = Path(place) / "ballast", shutil.disk_usage(place).free
                ballast.write_bytes(bytes(max(0, free - chance.randint(0, 3_000_000))))
                ran = archive.build()
                whole = archive.found()
                ballast.unlink()
                _judge(archive, told, "full disk", ran, whole)
        finally:
            subprocess.run(["umount", place], check=True)
    return told


def _judge(archive: Archive, told: Counter[str], what: str, ran: Ran, whole: str = "") -> None:
    """Count how a failing build ended, what the site is, and whether the next build is right."""
    crashed = "Traceback" in ran.stderr or (ran.returncode and not ran.stderr.startswith("Error: "))
    told[f"{what}: " + (f"failed: {ran.stderr[-300:]}" if crashed else "message" if ran.returncode else "built")] += 1
    told[f"{what}: site {whole or archive.found()}"] += 1
    told[f"{what}: next build {archive.next_build()}"] += 1


def _with_limit(archive: Archive, size: int) -> Ran:
    command = [sys.executable, str(ROOT / "build.py"), "--config", str(archive.home / "mkdocs.yml")]
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write to a folder. Root may write anywhere but on a read-only file system."""
    if os.geteuid():
        mode = folder.stat().st_mode
        folder.chmod(0o555)
        yield
        folder.chmod(mode)
        return
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


# --- damaged caches -----------------------------------------------------------------------------


def damages(archive: Archive) -> Counter[str]:
    """Damage the cache in every way, once with the pages of the last build and once without them."""
    told: Counter[str] = Counter()
    for damage in DAMAGES:
        for fresh in (False, True):
            damage(archive.home / ".cache" / pipeline.CACHE_FILE)
            if fresh:
                publish.remove_pages(archive.home / "docs")
                shutil.rmtree(archive.home / ".cache" / "rendered")
            shutil.rmtree(archive.home / ".cache" / "built")  # else a build without news does not open the cache
            ran = archive.build()
            warned = len(ran.stderr.strip().splitlines())
            right = not ran.returncode and archive.found() == "new" and warned <= 1
            told["right" if right else f"{damage.__name__} failed: {archive.found()} {ran.stderr[-300:]}"] += 1
            for path in (archive.home / ".cache").glob("*.damaged"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return told


def random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(50_000))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwritten_inside(path: Path) -> None:
    with path.open("r+b") as file:
        for place in range(4096, path.stat().st_size, 4096):
            file.seek(place)
            file.write(bytes(200))


def another_schema(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE kept (kind TEXT, key TEXT, value BLOB)")


def another_version(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version=999")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def rows_without_briefings(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM kept WHERE kind='briefing'")


def entries_of_another_kind(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE kept SET value=zeroblob(9)")


def exchanged_entries(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        (value, seal) = db.execute("SELECT value, seal FROM kept WHERE kind='row' LIMIT 1").fetchone()
        db.execute("UPDATE kept SET value=?, seal=? WHERE kind='row'", (value, seal))


def no_json(path: Path) -> None:
    _forge(path, lambda _: b'{"surprise": [')


def forged_words(path: Path) -> None:
    """Other words in every briefing and row, as a stranger would write them who knows the program."""
    _forge(
        path, lambda data: data.replace(b"reopen", b"is shut").replace(b"40 jobs", b"90 jobs").replace(b"9 eu", b"8 eu")
    )


def _forge(path: Path, change: Callable[[bytes], bytes]) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        entries = db.execute("SELECT kind, key, value FROM kept").fetchall()
    with contextlib.closing(Cache(path)) as store:
        for kind, key, value in entries:
            store.put(kind, key, change(zlib.decompress(value)))


Damage = Callable[[Path], None]
DAMAGES: tuple[Damage, ...] = (
    random_bytes, empty, truncated, overwritten_inside, another_schema, another_version, a_folder, a_link,
    rows_without_briefings, entries_of_another_kind, exchanged_entries, no_json, forged_words,
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--failures", type=int, default=10, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    bad = 0
    with tempfile.TemporaryDirectory() as place:
        archive = Archive(Path(place) / "archive")
        for name, run in (
            ("damaged caches", lambda: damages(archive)),
            ("kills", lambda: kills(archive, options.kills, chance)),
            ("pairs", lambda: pairs(archive, options.pairs)),
            ("failing disks", lambda: failures(archive, options.failures, chance)),
            ("full disk", lambda: full_disk(options.failures, chance)),
        ):
            told = run()
            print(name, json.dumps(dict(sorted(told.items())), indent=1), flush=True)
            bad += wrong(told)
    return int(bad > 0)


def wrong(told: Counter[str]) -> int:
    """Count what must not happen."""
    return sum(n for what, n in told.items() if any(w in what for w in ("mixed", "stale", "wrong", "failed")))


if __name__ == "__main__":
    sys.exit(main())

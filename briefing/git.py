"""Ask git who wrote a line, when a file changed, and what a folder held at an earlier commit.

Nothing a contributor chose (a branch name, a path) is ever read as an option, and no setting of the repository runs a
program: output is read as bytes, without pager, colour or filters. A folder that poses as a repository is not asked:
git would obey the settings in it, which can name programs to run.
"""

from __future__ import annotations

import functools
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.config import Config
from briefing.content.file_names import poses_as_repository

COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
NOBODY = re.compile(r"0+")
FILE = "100"  # modes 100644 and 100755; links (120000) and submodules (160000) are left out
LINK = b"120000"


class GitError(Exception):
    """A git command failed; the message is git's own."""


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    time: int  # seconds since 1970; 0 if the calendar has no such day

    @property
    def day(self) -> str | None:
        return datetime.fromtimestamp(self.time, UTC).date().isoformat() if self.time else None


def run(folder: Path, *args: str, given: bytes | None = None) -> bytes:
    """Return the output of a git command; raise GitError if it fails."""
    for above in (folder.absolute(), *folder.absolute().parents):
        if (above / ".git").exists():
            break
        if poses_as_repository(above):
            raise GitError(f"{above} poses as a git repository. Delete its file HEAD")
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *args]
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    try:
        ran = subprocess.run(command, input=given, capture_output=True, check=False, env=environment)
    except OSError as error:
        raise GitError(f"git cannot be run: {error}") from error
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip()
        if "not a git repository" in said:
            said = f"{folder} is not in a git repository, so there is no earlier version to compare with"
        raise GitError(said)
    return ran.stdout


def top(folder: Path) -> Path:
    """Return the top folder of the repository that holds a folder."""
    return Path(os.fsdecode(run(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))


def commit(folder: Path, rev: str) -> str:
    """Return the full hash of a branch, tag or commit. A name that looks like an option is merely unknown."""
    found = _resolve(folder, rev)
    if found is None:
        raise GitError(_no_commit(folder, rev))
    return found


def _resolve(folder: Path, rev: str) -> str | None:
    try:
        told = run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    except GitError:
        run(folder, "rev-parse", "--git-dir")  # raises if the folder is the problem
        return None
    found = told.decode().strip()
    return found if COMMIT.fullmatch(found) else None


def _no_commit(folder: Path, rev: str) -> str:
    """Return why a name is unknown, as far as git can tell, and what to do."""
    found = f"no branch, tag or commit named {rev!r}"
    if _resolve(folder, f"origin/{rev}"):
        return f"{found}. Did you mean origin/{rev}?"
    if run(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return f"{found}; only the latest commits were fetched. To get the rest, run: git fetch --unshallow"
    return f"{found}. To list branches, run: git branch --all"


@functools.lru_cache(maxsize=256)
def authors(path: Path, digest: str) -> dict[int, Author]:
    """Return who last changed each line of a file; {} without git history (none, or a shallow clone).

    `digest` is a hash of the file's content, so that a cached answer is not used after the file changes.
    """
    try:
        if run(path.parent, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return {}
        told = run(path.parent, "blame", "--no-textconv", "--line-porcelain", "--", path.name)
    except GitError:
        return {}
    found: dict[int, Author] = {}
    line, name = 0, ""
    for row in told.decode("utf-8", "replace").split("\n"):
        head = re.match(r"([0-9a-f]{40,64}) \d+ (\d+)", row)
        if head:
            line = 0 if NOBODY.fullmatch(head[1]) else int(head[2])
        elif row.startswith("author "):
            name = row.removeprefix("author ")
        elif row.startswith("author-time ") and line:
            found[line] = Author(name, _seconds(row.removeprefix("author-time ").encode()))
    return found


def files_at(folder: Path, commit_hash: str, below: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file below a path of the repository, as of a commit."""
    listed = run(folder, "ls-tree", "-r", "-z", "--full-tree", commit_hash, "--", f":(literal){below}")
    wanted: list[tuple[str, str]] = []
    for entry in listed.split(b"\0"):
        if entry:
            about, _, name = entry.partition(b"\t")
            mode, kind, blob = about.decode().split()
            parts = Path(os.fsdecode(name)).parts
            if kind == "blob" and mode.startswith(FILE) and ".." not in parts:
                wanted.append((os.fsdecode(name), blob))
    told = run(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for _, blob in wanted).encode())
    at = 0
    for path, _ in wanted:
        end = told.index(b"\n", at)
        size = int(told[at:end].split()[2])
        yield path, told[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def last_changes(folder: Path, *below: Path) -> dict[str, int]:
    """Return when each file below these folders was last committed, in seconds since 1970, by its path from `folder`;
    {} without git history (none, or a shallow clone)."""
    try:
        if run(folder, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return {}
        asked = ("-z", "--relative", "--name-only", "--no-renames", "--format=%x01%ct")
        told = run(folder, "log", *asked, "--", *map(str, below))
    except GitError:
        return {}
    found: dict[str, int] = {}
    time = 0
    for entry in told.split(b"\0"):
        word = entry.lstrip(b"\n")
        if word.startswith(b"\x01"):
            time = _seconds(word[1:])
        elif word:
            name = os.fsdecode(word)
            found[name] = max(time, found.get(name, 0))
    return found


def build_time(folder: Path) -> int:
    """Return the time of a build, in seconds since 1970: SOURCE_DATE_EPOCH, the last commit, or else the clock."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal() and int(given):  # rendering sets 0 where nothing is given
        return int(given)
    try:
        return _seconds(run(folder, "log", "-1", "--format=%ct")) or int(datetime.now(UTC).timestamp())
    except (GitError, ValueError):  # no repository, or no commit yet
        return int(datetime.now(UTC).timestamp())


LAST = 253402300799  # the end of the year 9999


def _seconds(word: bytes) -> int:
    """Read the time of a commit, which may be any number: nobody checks it. What no calendar has is 0."""
    return time if re.fullmatch(rb"[0-9]{1,12}", word.strip()) and (time := int(word)) <= LAST else 0


def tracked(folder: Path, *paths: Path) -> list[Path]:
    """Return which of these files and folders are in the repository, or have files in it; [] without git."""
    try:
        home = top(folder).resolve()
        asked = [path for path in paths if path.is_relative_to(home) and path != home]
        names = [path.relative_to(home).as_posix() for path in asked]
        listed = run(home, "ls-files", "-z", "--", *(f":(top,literal){name}" for name in names)) if names else b""
    except GitError:
        return []
    found = [os.fsdecode(name) for name in listed.split(b"\0")]
    return [path for path, name in zip(asked, names, strict=True) if any(f"{f}/".startswith(f"{name}/") for f in found)]


def links_out(folder: Path) -> list[Path]:
    """Return the symbolic links in the repository that lead out of a folder; [] without git."""
    try:
        listed = run(folder, "ls-files", "-z", "--stage", "--", ".")
    except GitError:
        return []
    entries = (entry.partition(b"\t") for entry in listed.split(b"\0"))
    links = (folder / os.fsdecode(name) for about, _, name in entries if about.startswith(LINK))
    return [path for path in links if path.is_symlink() and not _stays_in(path, folder)]


def _stays_in(link: Path, folder: Path) -> bool:
    try:
        return link.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link to itself leads nowhere
        return True


@contextmanager
def archive_at(config: Config, revision: str) -> Iterator[Config]:
    """Give the same archive with the sources, actors, topics and settings of a revision, in a temporary folder."""
    sha = commit(config.root, revision)
    base = top(config.root).resolve()
    with tempfile.TemporaryDirectory() as place:
        before = Path(place).resolve()
        moved: dict[str, Any] = {"root": before / config.root.relative_to(base)}
        for name in ("sources", "actors", "topics", "mkdocs"):
            path: Path = getattr(config, name)
            if not path.is_relative_to(base):
                raise GitError(f"{path} is outside the repository")
            moved[name] = before / path.relative_to(base)
            for inner, content in files_at(base, sha, path.relative_to(base).as_posix()):
                file = before / inner
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        if config.registries:
            places = [before / p.relative_to(base) if p.is_relative_to(base) else p for p in config.registries]
            moved["registries"] = tuple(
                new if new.exists() else old for new, old in zip(places, config.registries, strict=True)
            )
        yield replace(config, **moved)

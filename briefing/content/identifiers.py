"""Derive ids from file names: `actors/ada-verne.yaml` is the actor `ada-verne`.

An id becomes part of an address, so a file name that is not a valid id is an error. So is a file that would be ignored
because of its extension, and an actor or topic that is its own parent.

    registry_files(Path("actors"))   ->   ([actors/ada-verne.yaml, ...], [problems])
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.content.file_names import poses_as_repository, repository_problem, safe, unsafe
from briefing.content.problems import Problem

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 120  # characters, as in the schema
RESERVED = "index"  # the address of the list of all
LONGEST_PART = 150  # characters of one part of an article's id
LONGEST_NAME = 250  # bytes of one part: file systems end at 255, and endings are added
LONGEST_PATH = 1000  # bytes of an article's id
ENDINGS = {".yml", ".yaml"}


def registry_files(folder: Path, *, nested: bool = False) -> tuple[list[Path], list[Problem]]:
    """Return the files in a folder of actors or topics, sorted, and problems with their names.

    `nested` also reads its subfolders, except that a README.md may stand in each.
    """
    files: list[Path] = []
    problems: list[Problem] = []
    for path in (folder, *sorted(folder.rglob("*"))) if folder.is_dir() else ():
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and (special := _special(path, folder)):
            problems.append(special)
            continue
        if hidden or not path.is_file():
            continue
        if path.suffix.lower() not in ENDINGS:
            problems += _other_ending(path)
            continue
        if path.parent != folder and not nested:
            found = f"files in subfolders of {folder.name}/ are not read"
            problems.append(Problem(str(path), 0, 0, "wrong-folder", found, f"Move it to {folder.name}/{path.name}."))
            continue
        if path.stem == RESERVED:
            right = f"Rename it: the address `{RESERVED}` is that of the list."
            problems.append(Problem(str(path), 0, 0, "file-name", f"`{RESERVED}` is reserved", right))
        elif path.suffix != ".yaml" or not is_id(path.stem) or unsafe(path.name):
            problems.append(_bad_name(path))
        if path.suffix == ".yaml":
            files.append(path)
    return files, problems


def _special(path: Path, folder: Path) -> Problem | None:
    """Return why something is not read that is neither a regular file nor a folder."""
    if path.is_symlink() and (
        path.is_dir() or not path.exists() or not path.resolve().is_relative_to(folder.resolve())
    ):
        found = "symbolic link to a folder or a file elsewhere, which is not read"
        return Problem(str(path), 0, 0, "link-outside", found, "Put a copy here.")
    if poses_as_repository(path):
        return repository_problem(path)
    if not path.is_file() and not path.is_dir():
        return Problem(str(path), 0, 0, "not-text", "not a regular file", "Put the entry in a regular file.")
    return None


def is_id(word: str) -> bool:
    return len(word) <= LONGEST and ID.fullmatch(word) is not None


def as_id(words: str) -> str:
    """Return words as an id: `Señor Müller & Co` -> `senor-muller-co`; empty without Latin letters or digits."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-")


# Letters that do not decompose into ASCII.
PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def slug(path: str) -> str:
    """Return a path as an id: `2023/Señor Müller.v2` -> `2023/senor-muller-v2`. Letters of other scripts stay.

    A name without letters or digits becomes a hash.
    """
    return "/".join(_slug_part(part) for part in path.split("/") if part not in ("", ".", ".."))


def unusable(id: str) -> str:
    """Return why a page cannot have this article id, although it is one; "" if it can.

    One letter may become many: U+FDFA alone becomes eighteen.
    """
    longest = max(len(part.encode()) for part in id.split("/"))
    if longest > LONGEST_NAME or len(id.encode()) > LONGEST_PATH:
        return f"the address made from this name is too long ({max(longest, len(id.encode()))} bytes)"
    return f"`{RESERVED}` is reserved" if id.rpartition("/")[2] == RESERVED else ""


def _slug_part(part: str) -> str:
    plain = unicodedata.normalize("NFKD", part).casefold().translate(PLAIN)
    folded = unicodedata.normalize("NFKD", plain)
    letters = "".join(
        c if unicodedata.category(c)[0] in "LNM" else "-" for c in folded if not "\u0300" <= c <= "\u036f"
    )
    words = re.sub("-{2,}", "-", unicodedata.normalize("NFC", letters))[:LONGEST_PART].strip("-")
    return words or "x" + hashlib.sha256(part.encode("utf-8", "surrogateescape")).hexdigest()[:10]


def _bad_name(path: Path) -> Problem:
    right = safe(f"{as_id(path.stem) or 'a-name'}.yaml")
    found = f"`{path.name}` is not a valid file name"
    return Problem(
        str(path), 0, 0, "file-name", found, f"Rename it to {right}. Use lower-case letters, digits, hyphens and .yaml."
    )


NO_ENTRIES = {"readme", "license", "licence", "contributing", "changelog", "notice"}
BACKUPS = (".bak", ".orig", ".old", ".rej", ".swp", ".tmp", "~")
TEXTS = {"", ".txt", ".text", ".md", ".json", ".toml", ".yam", ".ylm", ".yamll", ".doc", ".docx", ".rtf"}


def _other_ending(path: Path) -> list[Problem]:
    """Report a file that is not read because of its extension, if an entry was meant: `holt.yaml.txt`."""
    inner = re.fullmatch(r"(.+?)\.ya?ml(?![a-z]).*", path.name, re.IGNORECASE)
    if path.name.startswith("#") or path.name.lower().endswith(BACKUPS):
        right = "Delete this copy, or rename it if it is the file that you mean."
        found = f"`{path.name}` is not read: it is a copy that an editor kept"
        return [Problem(str(path), 0, 0, "file-name", found, right, "", "advice")]
    if not inner and path.stem.lower() in NO_ENTRIES:
        return []
    if not inner and path.suffix.lower() in ARTICLES and _is_prose(path):
        found = f"`{path.name}` looks like an article, and this folder holds none"
        return [Problem(str(path), 0, 0, "wrong-folder", found, "Move it to the folder of articles, sources/.")]
    if inner or path.suffix.lower() in TEXTS:
        wanted = f"{as_id(inner[1] if inner else path.stem) or 'a-name'}.yaml"
        right = f"Rename it to {wanted}."
        if _has_rules(path):
            right += " Delete its lines of three hyphens."
        if path.with_name(wanted).exists():
            right = f"There is also {wanted}: move what is missing there into it, and delete this file."
        elif path.suffix.lower() == ".txt":
            right += " Windows hides .txt: show file name extensions to see it."
    else:
        return []
    found = f"`{path.name}` is not read: only files that end in .yaml are"
    return [Problem(str(path), 0, 0, "file-name", found, right)]


ARTICLES = {".md", ".txt", ".text", ".doc", ".docx", ".rtf"}
ENTRY_KEY = re.compile(rb"^(?:kind|aliases|terms|name):", re.MULTILINE)  # of actors and topics
FRONT_MATTER = re.compile(rb"\s*---\s")
WORDS_OF_PROSE = 12  # in one line; an entry's lines are shorter, but for its note


def _is_prose(path: Path) -> bool:
    """Tell whether a file has an article's text rather than an actor's or a topic's lines."""
    try:
        with path.open("rb") as file:
            start = file.read(20_000)
    except OSError:
        return False
    lines = [line for line in start.splitlines() if len(line.split()) >= WORDS_OF_PROSE]
    headed = FRONT_MATTER.match(start) and not ENTRY_KEY.search(start)
    return bool(headed) or any(not re.match(rb"\s*[\w-]+:", line) for line in lines)


def _has_rules(path: Path) -> bool:
    try:
        return bool(FRONT_MATTER.match(path.read_bytes()[:100]))
    except OSError:
        return False


def find_cycles(parents: Mapping[str, str | None]) -> Iterator[tuple[str, list[str]]]:
    """Yield each cycle of parents once: its first id, and the path from that id back to itself."""
    safe: set[str] = set()
    for start in sorted(parents):
        way: list[str] = []
        here: str | None = start
        while here is not None and here in parents and here not in safe and here not in way:
            way.append(here)
            here = parents[here]
        if here is not None and here in way:
            cycle = way[way.index(here) :]
            first = cycle.index(min(cycle))
            yield min(cycle), [*cycle[first:], *cycle[:first], min(cycle)]
        safe.update(way)


def cycle_message(way: list[str]) -> tuple[str, str]:
    """Return what is wrong and what to write instead."""
    return f"`{way[0]}` is its own parent: {' → '.join(way)}", "Remove `parent` from one of them."

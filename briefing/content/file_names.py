"""Names of contributed files that work on every system, that readers can see, and that git does not obey.

unsafe("2021/con.md")      ->   ("`con.md` is a reserved name on Windows", "2021/con-1.md")
unsafe("2021/a-quay.md")   ->   None
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from briefing.content.problems import Problem

# Windows keeps these for devices, with any extension and in any case; a checkout that contains one fails.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)
SIGNS = re.compile(r'[<>:"|?*\\]')  # Windows allows none of them
INVISIBLE = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and signs without a shape
JOINERS = frozenset("\u200c\u200d")  # Persian and Indic scripts, and emoji, need them


def is_invisible(character: str) -> bool:
    return unicodedata.category(character) in INVISIBLE or character in FILLERS


def unsafe(path: str) -> tuple[str, str] | None:
    """Return what is wrong with a relative path, and a safe one; None if nothing is."""
    parts = path.split("/")
    wrong = next((found for part in parts if (found := _mistake(part))), None)
    return (wrong, "/".join(map(safe, parts))) if wrong else None


def _mistake(part: str) -> str | None:
    shown = f"`{part}`"
    if any(is_invisible(c) and c not in JOINERS for c in part) or not any(map(_is_seen, part)):
        return f"{shown} contains a control character or an invisible one"
    if sign := SIGNS.search(part):
        return f"{shown} contains {sign[0]}, which Windows does not allow in file names"
    if part.endswith((".", " ")) or part.rpartition(".")[0].endswith((".", " ")):
        return f"{shown} has a full stop or space at the end, which Windows does not keep"
    if RESERVED.match(part):
        return f"{shown} is a reserved name on Windows"
    return None


def _is_seen(character: str) -> bool:
    return not character.isspace() and character not in JOINERS and not is_invisible(character)


def safe(part: str) -> str:
    """Return a file or folder name that works on every system, as like this one as possible."""
    visible = "".join(" " if c in "\t\n\r\v\f" else "" if is_invisible(c) and c not in JOINERS else c for c in part)
    stem, dot, ending = SIGNS.sub("-", visible).strip().rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = re.sub(r"\s+", " ", re.sub(r"-{2,}", "-", stem)).strip("-. ")
    if not any(map(_is_seen, stem)):
        stem = "a-name"
    stem = RESERVED.sub(r"\g<0>-1", stem, count=1) if RESERVED.match(stem) else stem
    name = stem + (f".{ending.strip('. ')}" if ending.strip(". ") else "")
    return re.sub(r"[. ]+(?=\.[^.]*$)", "", name)  # `a ..b` without its ending is `a .`


def poses_as_repository(folder: Path) -> bool:
    """Tell whether git takes a folder that is not named `.git` for a repository. It would obey the settings in it,
    which can name programs to run."""
    return (folder / "HEAD").is_file() and ((folder / "objects").is_dir() or (folder / "commondir").is_file())


def repository_problem(folder: Path) -> Problem:
    found = "this folder poses as a git repository, and git runs programs that its `config` names"
    return Problem(str(folder), 0, 0, "git-repository", found, "Delete HEAD, config, objects and refs in it.")

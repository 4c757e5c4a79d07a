"""Files of contributors -> Source (first, plain form)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from briefing.model import Meta, Source


def find_sources(paths: list[Path]) -> list[tuple[Path, str]]:
    """Each source file with its id, in the order given; a folder stands for the sources below it."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix in {".md", ".txt"} and p.is_file())
            found += [(p, slug(p.relative_to(path).with_suffix("").as_posix())) for p in inside]
        else:
            found.append((path, slug(path.stem)))
    return found


def slug(path: str) -> str:
    return re.sub(r"[^a-z0-9/]+", "-", path.lower()).strip("-")


def read_source(path: Path, name: str) -> Source:
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    head = re.match(r"---\npublished: (\S+)\n---\n\n?", text)
    body = text[head.end() :] if head else text
    meta = Meta(published=head[1]) if head else Meta()
    return Source(name, str(path), hashlib.sha256(raw).hexdigest(), meta, body, 1, "utf-8")

"""Create an article file with the right name and front matter: `build.py new`, `build.py import`.

file_name(Meta(title="A quay is built", published="2021-05-04"))  ->  "2021/2021-05-04-a-quay-is-built.md"
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from briefing.content.identifiers import as_id, slug
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import FrontMatter
from briefing.content.sources import PLACEHOLDER
from briefing.content.validation import read_contribution
from briefing.content.yaml_source import quote, read_yaml
from briefing.model import Meta

# Result of an import: text, metadata and warnings.


class ImportFailedError(Exception):
    """An import failed; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Draft:
    meta: Meta
    body: str
    unsure: tuple[str, ...] = ()

    def at(self, url: str) -> Draft:
        return self if self.meta.url else replace(self, meta=replace(self.meta, url=url))

    def came_from(self, words: str) -> Draft:
        return replace(self, meta=replace(self.meta, notes=words))


LONGEST_NAME = 70  # characters of the title in a file's name


def new_article(folder: Path, meta: Meta, body: str = PLACEHOLDER) -> Path:
    """Write a new article; raise ContentError if a value is invalid or the file exists."""
    text = f"{front_matter(meta)}\n{body.strip()}\n"
    if not meta.title and body == PLACEHOLDER:
        right = "Give the headline, or the first words if there is none: the file is named after it."
        raise ContentError(Problem("the new article", 0, 0, "empty-value", "`title` has no value", right))
    path = folder / file_name(meta)
    if path.exists():
        right = "Choose another title, or edit that file."
        raise ContentError(Problem(str(path), 1, 1, "file-exists", "an article with this name already exists", right))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as out:
        out.write(text)
    return path


def front_matter(meta: Meta) -> str:
    """Return validated front matter."""
    given = {key: value for key, value in asdict(meta).items() if value}
    lines = [f"{key}: {_value(value)}" for key, value in given.items()]
    head = "\n".join(lines)
    read_contribution(head, FrontMatter, "the new article", 2)
    return f"---\n{head}\n---\n"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    text = " ".join(str(value).split())
    read = read_yaml(f"k: {text}", "")
    return text if read.value == {"k": text} and not read.problems else quote(text)


def file_name(meta: Meta) -> str:
    """Return a file name with a folder per year and the date first, so that files sort by date."""
    words = as_id(meta.title or "") or slug(meta.title or "untitled")
    short = words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME].rsplit("-", 1)[0]
    date = re.match(r"\d{4}(-\d\d){0,2}(?!\d)", meta.published or "")
    if not date:
        return f"undated/{short}.md"
    return f"{date[0][:4]}/{date[0]}-{short}.md"

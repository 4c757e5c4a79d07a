"""Write contributed files: the one place that decides their names and their YAML.

    file_name(Meta(title="A quay is built", published="2021-05-04"))   ->   "2021/2021-05-04-a-quay-is-built.md"
    registry_file({"name": "Jon Barrow", "kind": "person"})            ->   "name: Jon Barrow\\nkind: person\\n"

Used by `new`, `import`, `actors add`, `review`, issue forms, and the pages that propose a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import Reader

from briefing.content.field_types import LONGEST_NOTE, Edtf, Language, Url, as_meant
from briefing.content.file_names import safe
from briefing.content.identifiers import as_id, slug
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import FrontMatter
from briefing.content.sources import PLACEHOLDER, SUFFIXES
from briefing.content.validation import read_contribution
from briefing.content.yaml_source import quote, read_yaml
from briefing.model import Meta

LONGEST_NAME = 70  # characters of the title in a file name
ONE_LINE = 1000  # width at which YAML wraps registry files: a name on one line can be searched for
CORRECTIONS_WIDTH = 110


class ImportFailedError(Exception):
    """An import failed; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An imported article: text, metadata, what is doubtful, what was left out, and where the metadata are from."""

    meta: Meta
    body: str
    unsure: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    basis: tuple[tuple[str, str], ...] = ()  # key of the front matter, and what its value is based on

    def at(self, url: str) -> Draft:
        return self if self.meta.url else replace(self, meta=replace(self.meta, url=url))

    def came_from(self, words: str) -> Draft:
        """Note the origin and the doubts for the editors."""
        doubts = [f"Check: {doubt}." for doubt in self.unsure] + [f"Left out: {lost}." for lost in self.dropped]
        return replace(self, meta=replace(self.meta, notes=" ".join([words, *doubts])[:LONGEST_NOTE]))


# --- articles ----------------------------------------------------------------------------------


def normalised(meta: Meta) -> Meta:
    """Return front matter with date, address and language as the schema wants them, where the meaning is clear."""
    kinds = {"published": Edtf, "url": Url, "language": Language}
    said = {key: str(value) for key, value in asdict(meta).items() if value and key in kinds}
    return replace(meta, **{key: as_meant(kinds[key], value.strip()) for key, value in said.items()})  # type: ignore[arg-type]


def new_article(folder: Path, meta: Meta, body: str = PLACEHOLDER) -> Path:
    """Write a new article; raise ContentError if a value is invalid or the name is taken."""
    meta = normalised(meta)
    head = front_matter(meta)
    read_contribution(head, FrontMatter, "the new article", 2)
    if not meta.title and body == PLACEHOLDER:
        right = "Give the headline, or the first words if there is none: the file is named after it."
        raise ContentError(Problem("the new article", 0, 0, "empty-value", "`title` has no value", right))
    path = folder / file_name(meta)
    if is_taken(path):
        right = "Choose another title, or edit that file."
        raise ContentError(Problem(str(path), 1, 1, "file-exists", "an article with this name already exists", right))
    write_new(path, article_text(meta, body))
    return path


def article_text(meta: Meta, body: str) -> str:
    return f"---\n{front_matter(meta)}---\n\n{body.strip()}\n"


def front_matter(meta: Meta) -> str:
    """Return the lines between the two `---`: one per key, quoted only where YAML requires it."""
    return "".join(f"{key}: {_value(value)}\n" for key, value in asdict(meta).items() if value)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    text = " ".join(Reader.NON_PRINTABLE.sub(" ", str(value)).split())
    read = read_yaml(f"k: {text}", "")
    return text if read.value == {"k": text} and not read.problems else quote(text)


def file_name(meta: Meta) -> str:
    """Return a file name with a folder per year and the date first, so that files sort by date."""
    title = meta.title or "untitled"
    words = as_id(title) or slug(title.replace("/", " "))
    short = words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME].rsplit("-", 1)[0]
    date = re.match(r"\d{4}(-\d\d){0,2}(?!\d)", meta.published or "")
    return f"{date[0][:4]}/{date[0]}-{short}.md" if date else f"undated/{safe(short + '.md')}"


def is_taken(path: Path) -> bool:
    """Tell whether an article has this path, or another extension and so the same id."""
    return any(path.with_suffix(suffix).exists() for suffix in SUFFIXES)


# --- actors and corrections --------------------------------------------------------------------


def registry_file(values: Mapping[str, object]) -> str:
    """Return the text of an actor's file, or of lines to add to one; keys without a value are left out."""
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}
    return _dump(given, yaml.SafeDumper, ONE_LINE)


def corrections_yaml(value: Mapping[str, object]) -> str:
    """Return sections of a corrections file, with lists indented below their key."""
    return _dump(value, _IndentedLists, CORRECTIONS_WIDTH)


class _IndentedLists(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _dump(value: Mapping[str, object], dumper: type[yaml.SafeDumper], width: int) -> str:
    text: Any = yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=width)
    return str(text)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as out:
        out.write(text)

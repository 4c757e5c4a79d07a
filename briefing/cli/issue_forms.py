"""Turn a completed GitHub issue form into the file it describes: an article, an actor or a correction.

    path, text = from_issue(event, config)   ->   "sources/2023/2023-09-25-a-mine.md", "---\\ntitle: A mine\\n..."

GitHub sends a form as Markdown: `### Label`, then the answer. Answers are untrusted: they become values in the
file and nothing else, and the path is chosen here. Dates, numbers and units as people write them become those of the
schema where it is clear what is meant; `check` validates the values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.config import Config
from briefing.content.field_types import Url, as_meant
from briefing.content.file_names import safe
from briefing.content.identifiers import as_id
from briefing.content.problems import ContentError
from briefing.content.scaffold import article_text, file_name, is_taken, normalised, registry_file
from briefing.content.sources import LONE_SURROGATE, find_sources
from briefing.content.validation import read_text
from briefing.corrections import beside, parse
from briefing.corrections.files import field_as_meant, merged
from briefing.model import Meta
from briefing.registry import kind_folder

# The labels in .github/ISSUE_TEMPLATE; a test keeps the two in step. The last field of a form may span many lines
# and contain anything, including text that looks like a label.
FORMS: dict[str, tuple[str, ...]] = {
    "new article": ("Title", "Published", "Publisher", "Web address", "Display", "Article text"),
    "new actor": ("Name", "Kind", "Other names", "Website", "Description"),
    "correction": ("Article", "Fact", "Words", "Kind", "Correction", "Correct value or comment", "Reason"),
}
EMPTY = "_No response_"
SAYS: dict[str, tuple[str, str]] = {
    "Remove this fact": ("reject", ""), "Confirm this fact": ("accept", ""), "Add a comment": ("comment", "comment"),
    "Change the value": ("edit", "value"), "Change the upper value": ("edit", "high"),
    "Change the unit": ("edit", "unit"), "Change the measure": ("edit", "measure"),
    "Change the date": ("edit", "date"), "Change the speaker": ("edit", "speaker"),
    "Change the actor": ("edit", "actor"), "Change the title": ("edit", "title"),
    "Change the kind": ("edit", "becomes"),
}  # fmt: skip
FACT = re.compile(r"[0-9a-f]{10}")


class FormError(Exception):
    """The form cannot be turned into a file; the message is for the person who completed it."""


def from_issue(event: Mapping[str, Any], config: Config) -> tuple[str, str]:
    """Return the path of the file, relative to the archive's root, and its text."""
    issue = event["issue"]
    labels = {str(label["name"]) for label in issue.get("labels", ())}
    body = LONE_SURROGATE.sub("\ufffd", str(issue.get("body") or ""))
    name = next((form for form in FORMS if form in labels), None) or _by_first_label(body)
    if name is None:
        raise FormError(f"this issue does not use one of the forms: {', '.join(FORMS)}")
    filled = sections(body, FORMS[name])
    return MAKE[name](filled, int(issue["number"]), str(issue["user"]["login"]), config)


def _by_first_label(body: str) -> str | None:
    """Return the form whose first label starts the text; GitHub drops issue labels missing in the repository."""
    first = body.lstrip().split("\n", 1)[0].strip()
    return next((form for form, labels in FORMS.items() if first == f"### {labels[0]}"), None)


def sections(body: str, labels: Sequence[str]) -> dict[str, str]:
    """Return the answer under each label."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    found: list[tuple[str, int, int]] = []
    at = 0
    for label in labels:
        match = re.compile(rf"^### {re.escape(label)}[ \t]*$", re.MULTILINE).search(text, at)
        if match:
            found.append((label, match.start(), match.end()))
            at = match.end()
    ends = [start for _, start, _ in found[1:]] + [len(text)]
    filled = {label: text[end:stop].strip("\n ") for (label, _, end), stop in zip(found, ends, strict=True)}
    return {label: "" if filled.get(label, EMPTY) == EMPTY else filled[label] for label in labels}


def _article(filled: Mapping[str, str], number: int, _: str, config: Config) -> tuple[str, str]:
    body = filled["Article text"]
    if not body:
        raise FormError('"Article text" is empty: paste the text of the article')
    given = Meta(
        title=filled["Title"],
        published=filled["Published"],
        publisher=filled["Publisher"],
        url=filled["Web address"],
        rights="full" if filled["Display"] == "Whole text" else "excerpts",
    )
    meta = normalised(given)
    named_after = meta if meta.title else replace(meta, title=body.split("\n", 1)[0])
    path = config.sources / file_name(named_after)
    if is_taken(path):
        path = path.with_stem(f"{path.stem}-{number}")
    return _below_root(path, config), article_text(meta, body)


def _actor(filled: Mapping[str, str], number: int, _: str, config: Config) -> tuple[str, str]:
    name = safe(f"{as_id(filled['Name']) or f'actor-{number}'}.yaml")
    path = kind_folder(config.actors, filled["Kind"]) / name
    if any(config.actors.rglob(name)):
        raise FormError(f"{path.name} already exists: edit that file instead")
    value = {
        "name": filled["Name"],
        "kind": filled["Kind"],
        "aliases": [line.strip(" -*") for line in filled["Other names"].split("\n") if line.strip(" -*")],
        "website": as_meant(Url, filled["Website"]) if filled["Website"] else "",
        "note": " ".join(filled["Description"].split()),
    }
    return _below_root(path, config), registry_file(value)


def _correction(filled: Mapping[str, str], _: int, login: str, config: Config) -> tuple[str, str]:
    known = {_below_root(path, config): path for path, _ in find_sources([config.sources], config.sources)[0]}
    source = known.get(filled["Article"].strip("/ "))
    if source is None:
        raise FormError("article not found: give the path of its file, as in sources/2023/an-article.md")
    part, key = SAYS.get(filled["Correction"], ("comment", "comment"))
    entry = {
        "fact": filled["Fact"] if FACT.fullmatch(filled["Fact"]) else "",
        "kind": filled["Kind"],
        "words": " ".join(filled["Words"].split()),
        key: field_as_meant(key, " ".join(filled["Correct value or comment"].split())),
        "why": filled["Reason"],
        "by": login,
    }
    if key and not entry[key]:
        raise FormError('"Correct value or comment" is empty: give the correct value or your comment')
    path = beside(source)
    before = read_text(path) if path.is_file() else ""
    said = {name: value for name, value in entry.items() if name and value}
    try:
        parse(before, path.name)
    except ContentError as error:
        raise FormError(f"{path.name} has an error, to be fixed first: {error.problems[0].found}") from error
    return _below_root(path, config), merged(before, {part: [said]})


MAKE: dict[str, Callable[[Mapping[str, str], int, str, Config], tuple[str, str]]] = {
    "new article": _article, "new actor": _actor, "correction": _correction,
}  # fmt: skip


def _below_root(path: Path, config: Config) -> str:
    return path.relative_to(config.root).as_posix()

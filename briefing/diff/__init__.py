"""Report how a change affects the archive: compare an earlier commit with the current files, as Markdown.

    with archive_at(config, "main") as before:
        difference = compare(pipeline.snapshot(before), pipeline.snapshot(config))
    print(markdown(difference))

Both are read by the same program with the same cache, so only changed files are read again and the report
reflects changes in content alone. Contributors' text shows as plain text: no links, images, mentions or HTML.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from briefing import escape
from briefing.archive.summaries import Row, shorten
from briefing.content.edtf import in_words
from briefing.content.problems import plural
from briefing.diff.compare import COMPARED, Broken, Difference, Snapshot, compare, take
from briefing.facts.kinds import KEY_FACT, FactKind
from briefing.lexicon import SHIPPED
from briefing.model import RowEvent, RowFact, RowFigure, RowRole, RowStatement
from briefing.site.templates import number

__all__ = ["Difference", "Snapshot", "compare", "markdown", "take", "write_preview", "write_report"]

MOST = 300  # pages; a reviewer cannot look at more
NEEDED = ("assets", "index.html")  # styles, scripts and an entry page


def write_preview(difference: Difference, site: Path, folder: Path) -> int:
    """Copy the rendered pages that a change added or altered, with what they need; return their number."""
    pages = [p for p in (*difference.pages_added, *difference.pages_changed) if p.endswith(".md")]
    chosen = [path for path in map(_rendered, pages[:MOST]) if (site / path).is_file()]
    if not chosen:
        return 0
    for path in chosen:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / path, folder / path)
    for name in NEEDED:
        if (site / name).is_dir():
            shutil.copytree(site / name, folder / name, dirs_exist_ok=True)
        elif (site / name).is_file():
            shutil.copyfile(site / name, folder / name)
    return len(chosen)


def _rendered(page: str) -> Path:
    """Return where MkDocs puts a page: `a/b.md` is `a/b/index.html`, `a/index.md` is `a/index.html`."""
    path = Path(page)
    return path.with_suffix(".html") if path.name == "index.md" else path.with_suffix("") / "index.html"


MOST_NAMED = 30  # entries of each part in a comment
LONGEST = 60_000  # characters: a comment on GitHub takes 65,536
WORDS = 300  # characters of one value
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks that turn the direction of writing
# What would notify people or link issues or sites, even as a character reference; and commands to bots.
CALLING = re.compile(r"&#(?:35|58|64);(?!\u2060)|(?<=\bwww)\.|\bgh-(?=\d)|^/(?=\w)", re.IGNORECASE)


def markdown(difference: Difference, most: int | None = MOST_NAMED) -> str:
    """Format a difference with templates/diff.md.j2, every value escaped. Each part names at most `most` entries; None:
    all of them."""
    known = (difference.before.archive.actors, difference.after.archive.actors)
    names = {name: actor.name for actors in known for name, actor in actors.items()}
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(SHIPPED / "templates"),
        autoescape=True,
        finalize=text,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "plural": plural,
        "number": number,
        "listed": ", ".join,
        "moved_ids": _moved_ids,
        "facts": _facts,
        "in_full": lambda fact, kind: in_full(fact, kind, names),
        "date": in_words,
    }
    whole = environment.get_template("diff.md.j2").render(d=difference, most=most)
    return re.sub(r"\n{3,}", "\n\n", whole).strip() + "\n"


def write_report(difference: Difference, path: Path) -> None:
    """Write a report that fits into a comment; beside it the whole, if that says more: `knowledge-whole.md`."""
    short, whole = markdown(difference), markdown(difference, None)
    beside = path.with_stem(f"{path.stem}-whole")
    path.write_text(cut(short, LONGEST, beside.name), encoding="utf-8")
    if whole != short or len(short) > LONGEST:
        beside.write_text(whole, encoding="utf-8")
    else:
        beside.unlink(missing_ok=True)


def in_full(fact: RowFact, kind: FactKind[Any], names: Mapping[str, str]) -> str:
    """Return a fact as a reviewer needs it: a figure with measure, subject, period and sentence, a role with title.

    `names` has the names of actors by their ids.
    """
    told = kind.title(fact)
    if isinstance(fact, RowStatement):
        who = fact.speaker or "unattributed"
        said = f"{who} {fact.clause}" if fact.clause else f"{who}: {told}"
        return said + (" (hedged)" if fact.hedged else "")
    if isinstance(fact, RowRole):
        at = fact.body or names.get(fact.organisation or "", fact.organisation)
        return f"{fact.holder}, {fact.title}" + (f" of {at}" if at and at.lower() not in fact.title.lower() else "")
    if isinstance(fact, RowEvent):
        return f"{in_words(fact.date) if fact.date else 'undated'}: {told}"
    if not isinstance(fact, RowFigure):
        return told
    subject = names.get(fact.subject or "", fact.subject)
    source = names.get(fact.asserted_by or "", fact.asserted_by)
    about = {"measure": fact.measure, "of": subject, "as of": in_words(fact.as_of) if fact.as_of else None,
             "according to": source}  # fmt: skip
    details = ", ".join(f"{name} {value}" for name, value in about.items() if value) or "no measure found"
    return f"{told} ({details})" + (f": {fact.context}" if fact.context else "")


def _facts(row: Row) -> list[tuple[FactKind[Any], tuple[RowFact, ...]]]:
    """Return the facts of a new article, apart from its key facts, which are shown first."""
    return [(kind, found) for kind in COMPARED if kind is not KEY_FACT and (found := kind.rows_of(row))]


def _moved_ids(broken: Broken) -> Markup:
    """Return, as YAML, the ids that the replacement of a page must list. Ids are letters, digits, - and /."""
    old = broken.address.removeprefix("briefings/").removesuffix("/")
    ids = dict.fromkeys([*(broken.heir.replaces if broken.heir else ()), old])
    return Markup("[{}]").format(Markup(", ").join(Markup(each) for each in ids))


def text(value: object) -> Markup:
    """Return a value as plain text on one line."""
    if isinstance(value, Markup | jinja2.Undefined):
        return Markup(str(value))
    line = shorten(escape.one_line(TURNING.sub("", str(value))), WORDS)
    return Markup(CALLING.sub(lambda m: f"{m[0]}\u2060", escape.html(line)))


def cut(whole: str, longest: int, beside: str = "") -> str:
    """Cut a report between lines if it is longer than a comment may be; `beside` is the file with the whole of it."""
    if len(whole) <= longest:
        return whole
    where = f" The whole is in `{beside}`, among the artifacts of the workflow run." if beside else ""
    note = f"\n\n*Truncated: the report is longer than a comment may be.{where}*\n"
    kept = whole[: longest - len(note)].rsplit("\n", 1)[0]
    if kept.count("<details>") > kept.count("</details>"):
        kept = kept[: kept.rindex("<details>")]
    if len(re.findall("^```", kept, re.MULTILINE)) % 2:
        kept = kept[: kept.rindex("```")]
    return kept.rstrip() + note

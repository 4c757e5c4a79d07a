"""The archive's repository -> addresses where somebody adds an article without installing anything.

    doors("https://github.com/o/archive", "main", "sources").file
        ->  https://github.com/o/archive/new/main/sources?filename=name-of-the-article.md&value=---%0Atitle%3A...

On GitHub there is a form, too, of which a pull request is made. Without a repository there is no door.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from briefing import escape
from briefing.read import PLACEHOLDER

BEGUN = f"---\ntitle: \npublished: \npublisher: \nurl: \n---\n\n{PLACEHOLDER}\n"


@dataclass(frozen=True, slots=True)
class Doors:
    """Empty where there is none."""

    file: str = ""
    form: str = ""


def doors(repository: str, branch: str, sources: str) -> Doors:
    if not escape.link(repository) or sources.startswith("/"):  # a folder elsewhere on this machine
        return Doors()
    base, branch, folder = repository.rstrip("/"), quote(branch, safe="/"), quote(sources, safe="/")
    if "gitlab" in (urlsplit(base).hostname or ""):
        return Doors(f"{base}/-/new/{branch}/{folder}?file_name=name-of-the-article.md")
    return Doors(
        file=f"{base}/new/{branch}/{folder}?filename=name-of-the-article.md&value={quote(BEGUN, safe='')}",
        form=f"{base}/issues/new?template=new-article.yml",
    )

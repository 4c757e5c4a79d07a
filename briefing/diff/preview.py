"""Copy the rendered pages that a change added or altered, with the assets they need."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefing.diff.compare import Difference

MOST = 300  # pages; a reviewer cannot look at more
NEEDED = ("assets", "index.html")  # styles, scripts and an entry page


def write_preview(difference: Difference, site: Path, folder: Path) -> int:
    """Copy the pages and return their number."""
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

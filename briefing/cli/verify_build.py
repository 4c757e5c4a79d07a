"""`build.py verify-build`: build again from the sources alone, and compare every file with the published site.

Each build lists its files in `checksums.txt`, as `sha256sum` writes them. A reader who does not trust a site can
download that list and compare it with a build of their own:

    python build.py verify-build --against checksums.txt
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import click

from briefing import pipeline
from briefing.config import Config
from briefing.content.problems import plural
from briefing.site.publish import MANIFEST, hash_of
from briefing.site.render import CHECKSUMS

LINE = re.compile(r"\\?(?P<hash>[0-9a-f]{64}) [ *](?P<name>.+)")
LOGS = ("data/changes.json", "data/changes.xml")
MOST = 20  # files named in the report


def verify(config: Config, against: Path | None) -> list[str]:
    """Build in a temporary folder; return the differences, one line each. Raises what a build raises, and
    click.ClickException if there is nothing to compare with."""
    published = read_checksums(against) if against else dict(hashes(config.site))
    if not published:
        raise click.ClickException(f"{config.site} has no files. Build the site first, or give --against FILE")
    with tempfile.TemporaryDirectory(prefix="verify-") as place:
        clean = Path(place).resolve()
        pipeline.build(replace(config, cache=clean / "cache", output=clean / "docs", site=clean / "site"))
        built = dict(hashes(clean / "site"))
    for name in () if config.previous else LOGS:  # they tell of earlier builds, which the sources do not
        built.pop(name, None)
        published.pop(name, None)
    return list(differences(built, published))


def hashes(site: Path) -> Iterator[tuple[str, str]]:
    """Yield every file of a site with its SHA-256, sorted, except for the list of files itself and what Git keeps."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and name not in (MANIFEST, CHECKSUMS) and not name.startswith(".git/"):
            yield name, hash_of(path)


def read_checksums(path: Path) -> dict[str, str]:
    """Return the hashes in a list that `sha256sum` or a build wrote."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        lines = ["?"]
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = LINE.fullmatch(line)
        if not match:
            raise click.ClickException(f"{path}:{number}: not a line of checksums. Write them with: sha256sum FILES")
        found[match["name"].removeprefix("./")] = match["hash"]
    found.pop(CHECKSUMS, None)
    return found


def differences(built: Mapping[str, str], published: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(built.keys() | published.keys()):
        if name not in published:
            yield f"missing from the published site: {name}"
        elif name not in built:
            yield f"not made by the build: {name}"
        elif built[name] != published[name]:
            yield f"differs: {name}"


def report(found: list[str]) -> str:
    more = [f"and {len(found) - MOST} more"] if len(found) > MOST else []
    advice = "Check that both builds had the same sources, commit, SITE_URL, REPOSITORY_URL and locked packages."
    result = f"{plural(len(found), 'file')} of the site could not be verified."
    return "\n".join([*found[:MOST], *more, f"{result} {advice}"])

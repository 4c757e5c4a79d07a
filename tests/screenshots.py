"""`make screenshots`: pictures of every kind of page, desktop and phone, light and dark, to be looked at.

    python -m tests.screenshots [--site FOLDER] [--out FOLDER] [--readme]

Of each kind (the first part of a page's address) the page in the middle by size is taken, and the index of the kind.
With `--readme`, the pictures that README.md shows are made anew.
"""

from __future__ import annotations

import argparse
import base64
import functools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import ROOT

SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
IMAGES = ROOT / "docs" / "assets" / "images"
README = {
    "briefing.webp": ("briefings/2010/2010-09-24-rare-earth-shipments-to-japan/#s7", "desktop", "light"),
    "actor.webp": ("actors/china/", "desktop", "light"),
    "phone.webp": ("", "phone", "dark"),
}
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--readme", action="store_true")
    chosen = parser.parse_args()
    with served(chosen.site) as base, browser() as chromium:
        if chosen.readme:
            IMAGES.mkdir(parents=True, exist_ok=True)
            for name, (page, screen, scheme) in README.items():
                take(chromium, base + page, screen, scheme, IMAGES / name, whole=False)
            return
        chosen.out.mkdir(parents=True, exist_ok=True)
        for page in pages(chosen.site):
            for screen in SCREENS:
                for scheme in SCHEMES:
                    name = page.strip("/").replace("/", "_") or "home"
                    take(chromium, base + page, screen, scheme, chosen.out / f"{name}-{screen}-{scheme}.png")
            print(page or "/")


def pages(site: Path) -> list[str]:
    """The addresses of one page of each kind and of each kind's index, the home page first."""
    by_kind: dict[str, list[Path]] = {}
    for path in sorted(site.rglob("index.html")):
        parts = path.relative_to(site).parts[:-1]
        by_kind.setdefault(parts[0] if len(parts) > 1 else "/".join(parts) + "-index", []).append(path)
    chosen = [sorted(found, key=lambda p: (p.stat().st_size, p))[len(found) // 2] for found in by_kind.values()]
    addresses = [path.parent.relative_to(site).as_posix() for path in chosen]
    return sorted("" if address == "." else f"{address}/" for address in addresses)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site at an address of this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        yield chromium
        chromium.close()


def take(chromium: Browser, address: str, screen: str, scheme: str, path: Path, whole: bool = True) -> None:
    width, height = SCREENS[screen]
    colours = "dark" if scheme == "dark" else "light"
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    if whole:  # what is loaded when it comes into view
        page.evaluate("() => { for (const image of document.images) image.loading = 'eager' }")
        page.wait_for_load_state("networkidle")
    if path.suffix == ".webp":  # a third of the bytes of a PNG; Playwright's own call knows no WebP
        shot = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 78})
        path.write_bytes(base64.b64decode(shot["data"]))
    else:
        page.screenshot(path=path, full_page=whole)
    context.close()


if __name__ == "__main__":
    main()

"""Serve a site on this machine and open it in Chromium."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from briefing.cache import digest
from briefing.site import search_index

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield browser
        browser.close()


def index(site: Path, kept: Path) -> None:
    """Put the index of search beside the pages of a site."""
    pages = {path.relative_to(site).as_posix(): digest(path.read_bytes()) for path in site.rglob("*.html")}
    shutil.rmtree(site / "pagefind", ignore_errors=True)
    for name, path in search_index.make_search(site.joinpath, pages, kept).items():
        (site / "pagefind" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, site / "pagefind" / name)

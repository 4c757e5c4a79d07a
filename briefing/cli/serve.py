"""Serve the site on this machine, with pages for reviewing facts, and build again when a contributed file is saved.

    run(config, rebuild, 8000, open_browser=False)

The system tells of saved files; nothing is polled. What a build writes itself is not watched, and a build that finds
nothing new does not reload browsers. The language model and the rows of all articles stay loaded between builds.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from briefing.cli.review_page import PLACE, ReviewPages
from briefing.config import Config
from briefing.site import publish

LOG = logging.getLogger("briefing.serve")
SAVED = {"created", "modified", "moved", "deleted"}  # opening and reading a file are events too
QUIET = 0.05  # seconds without another event after which a build begins: editors write in several steps
WAKE = 0.25  # seconds between looks at whether the server is to end
# Under any other name, the page of a stranger could have its own name lead here, and read what is not published.
OURSELVES = {"127.0.0.1", "localhost"}
SCRIPT = "livereload.js"  # pages refuse scripts written into them
RELOADING = """\
(() => {
  const epoch = Number(new URL(document.currentScript.src).searchParams.get("epoch"));
  const ask = () =>
    fetch(`/livereload/${epoch}/0`)
      .then((answer) => answer.text())
      .then((now) => (Number(now) > epoch ? location.reload() : ask()))
      .catch(() => setTimeout(ask, 3000));
  ask();
})();
"""


def run(config: Config, rebuild: Callable[[], bool], port: int, open_browser: bool) -> None:
    """Build, serve until interrupted, and build again when a file is saved. `rebuild` returns whether it built."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    rebuild()
    server = Server(config, rebuild, port)
    try:
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        LOG.info("Stopped.")
    finally:
        server.shutdown()
        server.review.close()


class Server(LiveReloadServer):
    """MkDocs' server, with the system's file events and a script that pages may run."""

    def __init__(self, config: Config, rebuild: Callable[[], bool], port: int) -> None:
        path = urlsplit(config.url).path or "/"
        super().__init__(lambda: None, "127.0.0.1", port, str(config.site), path, shutdown_delay=WAKE)
        self.server_port = port  # another one when the server has begun, if this is 0
        self.rebuild = rebuild
        self.review = ReviewPages(config, port)
        self.observer = Observer()  # type: ignore[assignment]
        self.saved = threading.Event()
        watched = Watched(config, self.saved.set)
        for folder, recursive in watched_folders(config):
            self.observer.schedule(watched, str(folder), recursive=recursive)
        self._watched_paths = {str(config.sources): 1}  # the server then starts the observer, and adds the script

    def server_bind(self) -> None:
        super().server_bind()
        LOG.info("Serving on %s", self.url)
        LOG.info("To review facts, open http://127.0.0.1:%d%s", self.server_port, PLACE)  # known only now

    def _build_loop(self) -> None:
        while not self._shutdown:
            if not self.saved.wait(WAKE):
                continue
            while self.saved.is_set():
                self.saved.clear()
                time.sleep(QUIET)
            if self.rebuild():
                with self._epoch_cond:
                    self._wanted_epoch = self._visible_epoch = max(self._visible_epoch + 1, int(time.time() * 1000))
                    self._epoch_cond.notify_all()

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ.get("HTTP_HOST", "").partition(":")[0] not in OURSELVES:
            start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [b"This server answers to 127.0.0.1 and localhost.\n"]
        if environ["PATH_INFO"] == f"/{SCRIPT}":
            start_response("200 OK", [("Content-Type", "text/javascript"), ("Content-Length", str(len(RELOADING)))])
            return [RELOADING.encode()]
        if environ["PATH_INFO"].startswith(PLACE):  # whatever the address of the site
            return self.review(environ, start_response)
        return super()._serve_request(environ, start_response)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        head, body, tail = content.rpartition(b"</body>")
        return b'%b<script src="/%b?epoch=%d"></script>%b%b' % (head, SCRIPT.encode(), epoch, body, tail)


def watched_folders(config: Config) -> Iterator[tuple[Path, bool]]:
    """Yield the folders of contributed files, and whether what is below them is watched too.

    Generated pages lie between the hand-written ones, so of docs/ only folders with hand-written files are watched.
    """
    for folder in contributed_folders(config):
        yield folder, True
    own = {(config.docs / name).parent for name in publish.hand_written(config.docs)}
    own |= {path.parent for path in single_files(config)}
    for folder in {config.mkdocs.parent, config.docs, *own}:
        if folder.is_dir():
            yield folder, False


def contributed_folders(config: Config) -> set[Path]:
    folders = (config.sources, config.actors, config.topics, config.templates, *(config.registries or ()))
    return {folder for folder in folders if folder.is_dir()}


def single_files(config: Config) -> set[Path]:
    """Return the files that a build reads, outside the folders of contributed files; they need not exist."""
    registries = (path for path in config.registries or () if not path.is_dir())
    return {path for path in (config.mkdocs, config.home, config.takedowns_file, *registries) if path}


class Watched(FileSystemEventHandler):
    """Calls `saved` when a contributed file is saved, moved or removed."""

    def __init__(self, config: Config, saved: Callable[[], Any]) -> None:
        self.config, self.saved = config, saved
        self.single, self.folders = single_files(config), contributed_folders(config)
        self.generated: tuple[int, frozenset[str]] = (-1, frozenset())

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if event.event_type in SAVED and not event.is_directory and any(map(self.is_contributed, paths)):
            self.saved()

    def is_contributed(self, name: str) -> bool:
        path = Path(name)
        if path.name.startswith((".", "#")) or path.name.endswith(("~", ".swp", ".tmp")):
            return False
        if path.is_relative_to(self.config.docs):
            return path.relative_to(self.config.docs).as_posix() not in self._generated()
        return path in self.single or any(path.is_relative_to(folder) for folder in self.folders)

    def _generated(self) -> frozenset[str]:
        """Return the files of docs/ that were generated: a build lists them before it writes them."""
        try:
            time_ = (self.config.docs / publish.MANIFEST).stat().st_mtime_ns
        except OSError:
            return frozenset()
        if time_ != self.generated[0]:
            self.generated = (time_, frozenset(publish.generated(self.config.docs)))
        return self.generated[1]

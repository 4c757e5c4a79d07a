"""The site in the browser while one writes: any saved file below the archive's folders rebuilds and reloads.

MkDocs' own live server, with our build in place of its own.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.config import Config


def run(config: Config, rebuild: Callable[[], None], port: int, open_browser: bool) -> None:
    """Build, serve until interrupted, and build again whenever something was saved.

    A build writes below docs/ and so calls for another one, which then finds nothing to do and writes nothing.
    """
    from mkdocs.config import load_config
    from mkdocs.livereload import LiveReloadServer

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    logging.getLogger("mkdocs.livereload").setLevel(logging.INFO)
    rebuild()
    address = load_config(str(config.mkdocs)).site_url or "/"
    server = LiveReloadServer(
        builder=rebuild, host="127.0.0.1", port=port, root=str(config.site), mount_path=urlsplit(address).path
    )
    for path in (config.sources, config.actors, config.topics, config.docs, config.templates, config.mkdocs):
        if path.exists():
            server.watch(str(path))
    try:
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        logging.getLogger("mkdocs.livereload").info("Stopped.")
    finally:
        server.shutdown()

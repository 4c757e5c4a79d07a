"""Let only one build at a time write to a folder.

    with locked(config.cache / "locks", [config.output, config.site]): ...

The system releases a lock when the process ends, however it ends. The lock files are in the cache, one a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from briefing.cache import digest

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: builds are not kept apart
    fcntl = None  # type: ignore[assignment]


class BusyError(Exception):
    """Another process is building the same archive; the message says what to do."""


@contextmanager
def locked(place: Path, folders: Iterable[Path]) -> Iterator[None]:
    """Hold the locks of these folders; raise BusyError if another process holds one."""
    with ExitStack() as held:
        for folder in folders:
            held.enter_context(_locked(place / digest(str(folder))[:12], folder))
        yield


@contextmanager
def _locked(path: Path, folder: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                who = os.read(file, 20).decode("ascii", "replace").strip()
                raise BusyError(
                    f"another build (process {who or 'unknown'}) is writing to {folder}. "
                    "Wait until it has ended, then build again"
                ) from None
            except OSError:
                pass  # a file system without locks
        with suppress(OSError):
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
        yield
    finally:
        os.close(file)

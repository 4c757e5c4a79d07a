"""Read articles on a Dask cluster: with the processes of many machines, which have the archive on shared storage.

    yield from cluster.read(workspace, batches, work)

Workers read the archive's files and write none, because machines cannot share an SQLite file. What they would put into
the cache is sent to the build, which writes it. A worker refuses to read if its program, registry or topics are not
those of the build. Dask gives the articles of a worker that ended to another one.
"""

from __future__ import annotations

import functools
import pickle
import secrets
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from briefing import git
from briefing.cache import Cache, digest, digest_files
from briefing.config import Config
from briefing.content.problems import ContentError
from briefing.content.sources import SourceFile
from briefing.lexicon import CODE
from briefing.pipeline.article import analysis_key, clean_article
from briefing.pipeline.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD = 3  # batches sent to each process: one that it reads, and the next ones; a cluster holds no more of the archive
POLL = 1.0  # seconds between two looks at which workers are left
TIMEOUT = "distributed.comm.timeouts.connect"  # Dask's setting: how long to wait for a scheduler, and here for a worker
SAME = "Install the same version on all machines and restart the workers"
Batch = Sequence[SourceFile]
T = TypeVar("T")


class ClusterError(Exception):
    """The cluster cannot be used, or not any more; the message says what to do. What was read stays in the cache."""


# --- in the build ---------------------------------------------------------------------------


class Order(NamedTuple):
    """The archive to read, and what a worker must have in common with the build."""

    build: str  # a worker opens the archive again for each build
    config: Config
    code: str
    program: str
    knowledge: str


class Answer(NamedTuple):
    """What a worker made of a batch."""

    worker: str  # its address
    result: Any
    calls: list[tuple[str, tuple[Any, ...]]]  # of methods of the cache, to be repeated by the build


def read(
    workspace: Workspace, divide: Callable[[int], list[Batch]], work: Callable[[Workspace, Batch], T]
) -> Iterator[tuple[Batch, T]]:
    """Yield batches with what `work` returns for them, as they are finished; what it caches is in the cache by then.

    `divide` returns the batches for a number of processes. Raises ClusterError.
    """
    address = workspace.config.cluster
    order = Order(secrets.token_hex(8), workspace.config, code(), workspace.program, workspace.knowledge)
    with _connected(address) as client:
        waiting = deque(divide(_processes(client)))
        running: dict[Future, tuple[Batch, bool]] = {}
        for processes in _while_workers_are_left(client, address):
            while waiting and len(running) < AHEAD * max(processes, 1):
                batch = waiting.popleft()
                running[_submit(client, 0, _analysis_keys, order, batch)] = batch, False
            if not running:
                return
            for future in _finished(running):
                batch, complete = running.pop(future)
                answer = _answer(future, batch, workspace)
                if complete:
                    _store(workspace, batch, answer)
                    yield batch, answer.result
                else:
                    found = ((key, workspace.cache.get("analysis", key)) for key in answer.result)
                    kept = {key: value for key, value in found if value is not None}
                    running[_submit(client, 1, _read, order, batch, kept, work)] = batch, True


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    from distributed import Client
    from distributed.comm import CommClosedError

    try:
        client = Client(address)
    except (OSError, ValueError, TypeError, RuntimeError) as error:  # certificates are missing, or nobody answers
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ClusterError(
            f"{address}: no connection with a scheduler ({reason}). "
            "Check the address, and start the scheduler there: dask scheduler"
        ) from error
    try:
        with client:
            yield client
    except (CancelledError, CommClosedError) as error:
        raise ClusterError(f"{address}: the connection with the scheduler was lost. Build again to continue") from error


def _submit(client: Client, priority: int, task: Callable[..., Answer], *values: Any) -> Future:
    """Let a worker call the function with these values.

    They are sent as bytes to a function that is sent by value, so the scheduler needs Dask and not this program.
    """

    def run(data: bytes) -> Any:
        import pickle

        try:
            task, values = pickle.loads(data)
        except Exception as error:  # the program is missing there, or is another version
            raise ImportError(str(error)) from error
        return task(*values)

    return client.submit(run, pickle.dumps((task, values)), pure=False, priority=priority)


def _processes(client: Client) -> int:
    return sum(client.nthreads().values())


def _while_workers_are_left(client: Client, address: str) -> Iterator[int]:
    """Yield the number of worker processes, again and again; raise ClusterError if there is none for too long."""
    import dask
    from dask.utils import parse_timedelta

    patience = parse_timedelta(dask.config.get(TIMEOUT))
    seen = time.monotonic()
    while True:
        if processes := _processes(client):
            seen = time.monotonic()
        elif time.monotonic() - seen > patience:
            raise ClusterError(
                f"{address}: no worker is connected to this scheduler. "
                f"Start workers, then build again to continue: dask worker {address}"
            )
        yield processes


def _finished(running: dict[Future, Any]) -> set[Future]:
    from distributed import wait

    try:
        found: set[Future] = wait(list(running), timeout=POLL, return_when="FIRST_COMPLETED").done
    except TimeoutError:
        return set()
    return found


def _answer(future: Future, batch: Batch, workspace: Workspace) -> Answer:
    from distributed import KilledWorker

    try:
        answer: Answer = future.result()
    except KilledWorker as error:
        names = ", ".join(workspace.label(source.path) for source in batch)
        raise ClusterError(
            f"{error.allowed_failures + 1} worker processes ended while they read these articles: {names}. "
            "Look into the workers' logs. If memory was short, give each process more (--memory-limit)"
        ) from error
    except ImportError as error:
        raise ClusterError(f"a worker cannot run the program: {error}. {SAME}") from error
    return answer


def _store(workspace: Workspace, batch: Batch, answer: Answer) -> None:
    """Put what a worker read into the cache. Raises ClusterError if it read files that are not those of the build."""
    expected = {workspace.keys[source.id] for source in batch}
    read = {key for method, (kind, key, *_) in answer.calls if (method, kind) == ("put", "row")}
    if not read <= expected and all(workspace.key(source) == workspace.keys[source.id] for source in batch):
        names = ", ".join(workspace.label(source.path) for source in batch)
        raise ClusterError(
            f"worker {answer.worker} reads other files or another history in git than this build: {names}. "
            "Give all machines the same storage and install git on them"
        )
    for method, values in answer.calls:
        getattr(workspace.cache, method)(*values)


# --- in a worker ----------------------------------------------------------------------------

ONE_AT_A_TIME = Lock()  # the archive is opened for one thread


class Outbox(Cache):
    """The cache of a worker: it has the analyses that the build sent, and records what the build is to write."""

    def __init__(self, kept: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self.kept = kept
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def get(self, kind: str, key: str) -> bytes | None:
        return self.kept.get(key) if kind == "analysis" else None

    def put(self, kind: str, key: str, value: bytes) -> None:
        self.calls.append(("put", (kind, key, value)))

    def link_analysis(self, key: str, analysis: str) -> None:
        self.calls.append(("link_analysis", (key, analysis)))


@functools.cache  # a worker runs the program that it was started with, whatever was installed since
def code() -> str:
    """Return a hash of the program that runs in this process, and of Python's version."""
    return digest(digest_files(CODE, "**/*.py", "data/**/*"), ".".join(map(str, sys.version_info[:2])))


def _analysis_keys(order: Order, batch: Batch) -> Answer:
    """Return the keys of the analyses of these articles, so that the build sends those that it has."""
    with ONE_AT_A_TIME:
        workspace, keys = _opened(order), []
        for source in batch:
            try:
                keys.append(analysis_key(workspace, clean_article(workspace, source).article))
            except ContentError:
                continue  # reading the article reports the problem
    return Answer(_address(), keys, [])


def _read(order: Order, batch: Batch, kept: dict[str, bytes], work: Callable[[Workspace, Batch], Any]) -> Answer:
    with ONE_AT_A_TIME:
        workspace = replace(_opened(order), cache=(outbox := Outbox(kept)))
        return Answer(_address(), work(workspace, batch), outbox.calls)


@functools.lru_cache(maxsize=1)
def _opened(order: Order) -> Workspace:
    """Return the archive as this worker sees it; raise ClusterError if it is not the one that the build sees."""
    config = order.config
    if code() != order.code:
        raise ClusterError(f"worker {_address()} runs another version of the program or of Python. {SAME}")
    if not config.mkdocs.is_file():
        raise ClusterError(
            f"worker {_address()} has no file {config.mkdocs}. Mount the archive under the same path on all machines"
        )
    git.authors.cache_clear()  # the same lines may have been committed since the last build
    workspace = open_workspace(config, cache=Outbox())
    if workspace.program != order.program:
        raise ClusterError(f"worker {_address()} has another version of the models or libraries. {SAME}")
    if workspace.knowledge != order.knowledge:
        raise ClusterError(
            f"worker {_address()} has another registry or other topics. Give all machines the same storage"
        )
    return workspace


def _address() -> str:
    from distributed import get_worker

    return str(get_worker().address)

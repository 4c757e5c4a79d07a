"""Reading articles on a cluster of real processes: a scheduler and its workers, on this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from briefing import cache, pipeline
from briefing.config import Config, load_config
from briefing.content.problems import ContentError
from briefing.pipeline.cluster import ClusterError
from briefing.pipeline.workspace import CACHE_FILE
from tests.commands import run, write
from tests.conftest import ROOT
from tests.test_site import contents

dask = pytest.importorskip("dask", reason="distributed is not installed")
pytest.importorskip("distributed", reason="distributed is not installed")

pytestmark = pytest.mark.xdist_group("cluster")
ARTICLES = 16
ARCHIVE = {
    "mkdocs.yml": "site_name: Quays\nextra:\n  briefing:\n    registries: []\n    workers: 1\n",
    "docs/search.md": "# Search\n",
    "actors/petra-quill.yaml": "name: Petra Quill\nkind: person\n",
    "topics/harbours.yaml": "name: Harbours\nterms: [quay]\n",
} | {
    f"sources/quay{n}.md": f"---\ntitle: Quay {n} reopens\npublished: 2021-05-{n + 1:02d}\n---\n\n"
    f"The mayor of Aldermoor, Petra Quill, said on 3 May that {n + 40} jobs return to the quay.\n"
    for n in range(ARTICLES)
}  # fmt: skip


@contextmanager
def started(*arguments: str | Path, program: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of Dask until the test ends; it imports the program from a folder."""
    environment = os.environ | {"PYTHONPATH": str(program)}
    command = [sys.executable, "-m", "dask", *map(str, arguments), "--no-dashboard"]
    # `python -m` looks into the current folder first
    process = subprocess.Popen(
        command, cwd=program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def scheduler(folder: Path, *more: str | Path) -> Iterator[str]:
    """Run a scheduler on a free port, and give its address."""
    about = folder / "scheduler.json"
    with started("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", about, *more) as process:
        while not about.exists():
            assert process.poll() is None, "the scheduler ended"
            time.sleep(0.05)
        yield json.loads(about.read_text())["address"]


def worker(address: str) -> tuple[str, ...]:
    return ("worker", address, "--nthreads", "1", "--no-nanny")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a cluster and its two worker processes."""
    with ExitStack() as running:
        address = running.enter_context(scheduler(tmp_path_factory.mktemp("cluster")))
        yield address, [running.enter_context(started(*worker(address))) for _ in range(2)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """An archive that was built on this machine alone."""
    home = write(tmp_path_factory.mktemp("built") / "quays", ARCHIVE)
    config = load_config(home / "mkdocs.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1620000000")
        pipeline.build(config)
    return config


def archive(folder: Path, address: str) -> Config:
    home = write(folder / "quays", ARCHIVE)
    return replace(load_config(home / "mkdocs.yml"), cluster=address)


def ids_of_workers(address: str) -> set[str]:
    from distributed import Client

    with Client(address) as client:
        return {*client.nthreads()}


# The tests of this cluster run in this order: one of its workers ends in the first.


def test_a_cluster_gives_the_bytes_of_this_machine_though_a_worker_is_killed(
    two: tuple[str, list[subprocess.Popen[bytes]]], built: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, workers = two
    while len(ids_of_workers(address)) < 2:
        time.sleep(0.1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1620000000")
    read: list[int] = []

    def kill(stage: str, done: int, total: int) -> None:
        if stage == "Reading articles:" and not read:
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait()
        read.append(done)

    config = archive(tmp_path, address)
    report = pipeline.build(config, kill)
    assert read[0] < ARTICLES  # killed in the middle
    assert len(ids_of_workers(address)) == 1
    assert report.analysed == ARTICLES
    assert contents(config.site) == contents(built.site)


def test_analyses_that_the_build_has_are_not_made_again(
    two: tuple[str, list[subprocess.Popen[bytes]]], built: Config, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(built.root, tmp_path / "quays"))
    config = replace(load_config(home / "mkdocs.yml"), cluster=two[0])
    store = cache.Cache(config.cache / CACHE_FILE)
    store.forget(*cache.OF_ARTICLES)
    store.close()
    write(home, {"sources/new.md": "# A new quay\n\nPetra Quill said on 4 May 2021 that it is finished.\n"})
    for name, told in (("quay3", "analysis was kept"), ("new", "language model read it")):
        assert told in " ".join(pipeline.build(config, explain=home / "sources" / f"{name}.md").explained)
        write(home, {"docs/search.md": f"# Search {name}\n"})  # something new
        if name == "quay3":
            store = cache.Cache(config.cache / CACHE_FILE)
            store.forget("analysis", *cache.OF_ARTICLES)
            store.close()


def test_errors_in_articles_are_those_of_a_local_build(
    two: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    config = archive(tmp_path, two[0])
    for source in config.sources.iterdir():
        source.unlink()
    write(config.root, {"sources/a.md": "---\ntitel: Quay\npublished: 31 June\n---\n\nA quay.\n"})
    problems = []
    for ours in (config, replace(config, cluster="")):
        with pytest.raises(ContentError) as raised:
            pipeline.build(ours)
        problems.append(raised.value.problems)
    assert problems[0] == problems[1]
    assert problems[0]


def test_a_cluster_without_workers_is_refused_with_the_exit_status_of_clusters(tmp_path: Path) -> None:
    (tmp_path / "dask").mkdir()
    with scheduler(tmp_path / "dask") as address, dask.config.set({"distributed.comm.timeouts.connect": "500ms"}):
        config = archive(tmp_path, address)
        ran = run("build", "--config", config.mkdocs, "--cluster", address)
    assert ran.returncode == 3
    assert f"{address}: no worker is connected to this scheduler. Start workers" in ran.stderr
    assert not config.site.exists()


def test_a_scheduler_that_does_not_answer(tmp_path: Path) -> None:
    config = archive(tmp_path, "")
    with dask.config.set({"distributed.comm.timeouts.connect": "500ms"}):
        ran = run("build", "--config", config.mkdocs, "--cluster", "tcp://127.0.0.1:9")
    assert ran.returncode == 3
    assert ran.stderr.startswith("Error: tcp://127.0.0.1:9: no connection with a scheduler (")


@pytest.mark.parametrize(
    "address", ["10.0.0.1:8786", "http://10.0.0.1:8786", "tcp://10.0.0.1", "tcp://a:b", "tcp://:1"]
)
def test_an_address_that_cannot_be_right(address: str, tmp_path: Path) -> None:
    config = archive(tmp_path, "")
    ran = run("build", "--config", config.mkdocs, "--cluster", address)
    assert ran.returncode == 2
    assert f"`{address}` is not an address. Write tcp://HOST:PORT" in ran.stderr


def test_workers_with_another_version_of_the_program_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "briefing", other / "briefing", ignore=shutil.ignore_patterns("__pycache__", "*.onnx"))
    for name in ("templates", "actors", "schemas"):
        (other / name).symlink_to(ROOT / name)
    with (other / "briefing" / "escape.py").open("a") as file:
        file.write("# another version\n")
    (tmp_path / "dask").mkdir()
    message = r"worker tcp://127.0.0.1:\d+ runs another version .* Install the same"
    with scheduler(tmp_path / "dask") as address:
        config = archive(tmp_path, address)
        with started(*worker(address), program=other), pytest.raises(ClusterError, match=message):
            pipeline.build(config)


def test_certificates_of_dask_s_own_settings_are_used(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
         "-days", "2", "-subj", "/CN=cluster"], check=True, capture_output=True,
    )  # fmt: skip
    settings = {"ca-file": str(certificate), "client.cert": str(certificate), "client.key": str(key)}
    files = {f"distributed.comm.tls.{name}": file for name, file in settings.items()}
    tls = ("--protocol", "tls", "--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", key)
    (tmp_path / "dask").mkdir()
    with scheduler(tmp_path / "dask", *tls) as address, dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        assert address.startswith("tls://")
        config = archive(tmp_path, address)
        with pytest.raises(ClusterError, match="no connection with a scheduler"):  # no certificate is given
            pipeline.build(config)
        with (
            dask.config.set(files),
            pytest.raises(ClusterError, match="no worker is connected"),
        ):
            pipeline.build(config)

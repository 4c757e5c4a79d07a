"""Run the commands, on files made for a test."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from briefing.cli import main
from tests.conftest import ROOT

GOOD = "Mine reopens\n\nThe mayor of Aldermoor, Petra Quill, said that the mine will reopen in May 2021.\n"


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


def run(*args: str | Path, cwd: Path = ROOT) -> Ran:
    """Run a command in this process, which has the model loaded. A crash fails the test."""
    with contextlib.chdir(cwd):
        result = CliRunner().invoke(main, [str(a) for a in args], catch_exceptions=False)
    return Ran(result.exit_code, result.stdout, result.stderr)


def run_process(*args: str | Path, cwd: Path = ROOT) -> Ran:
    """Run a command in a process of its own, as users do. Takes about 2 s longer."""
    command = [sys.executable, str(ROOT / "build.py"), *map(str, args)]
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder

"""`make fuzz`: feed mutated files to everything that reads contributions, and report what crashes or takes long.

    python -m fuzz [--seconds 60] [TARGET ...]

Inputs are files of corpus/ and tests/cases/hostile.yaml, cut, spliced and mixed with signs that mean something in some
format. Hypothesis shortens what fails; add it to the cases of the test that should have found it.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fuzz.targets import REFUSALS, TARGETS

HERE = Path(__file__).parent
SLOW = 5.0  # seconds of CPU for one input
EXAMPLES = 200  # between two looks at the clock
FOLDERS = {"article": "article", "front-matter": "article", "rendering": "article", "corrections": "corrections",
           "html": "html", "mail": "mail", "form": "article"}  # fmt: skip
SIGNS = [
    b"\n", b"\r\n", b"---\n", b"```", b"~~~", b"\t", b" ", b"\0", b"\x1b", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"\xe2\x80\x8b", b"[", b"](", b"<", b">", b"&#", b"&amp;", b"|", b"*", b"_", b"`", b"\"", b"'", b"{", b"}", b": ",
    b"- ", b"#", b"!", b"&a", b"*a", b"<w:p><w:r><w:t>quay</w:t></w:r></w:p>",
    b"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"", b"\"/></w:tcPr>", b"<w:vMerge/>", b"</w:tc></w:tr></w:tbl>",
    b"99999999999", b"-1", b"2021-05-04", b"%PDF-1.4\n", b"PK\x03\x04", b"=?utf-8?b?", b"?=", b"charset=",
    b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n", b"<table><tr><td rowspan=", b"<!--", b"<![CDATA[",
    b"<base href=//x>", "年月日“”—…µА".encode(), "\u0662\u0660\u0662\u0661".encode(),
]  # fmt: skip


def seeds(target: str) -> list[bytes]:
    cases = yaml.safe_load((HERE.parent / "tests/cases/hostile.yaml").read_text(encoding="utf-8"))
    files = [
        path.read_bytes() for path in sorted((HERE / "corpus" / FOLDERS.get(target, "")).rglob("*")) if path.is_file()
    ]
    return [*files, *(payload.encode() for payload in cases["payloads"])]


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Return pieces of the seeds with signs between them."""
    known = st.sampled_from(seeds(target))
    cut = st.tuples(known, st.integers(0, 2000), st.integers(0, 2000)).map(
        lambda t: t[0][t[1] % (len(t[0]) + 1) :][: t[2]]
    )
    repeated = st.tuples(st.sampled_from(SIGNS), st.integers(1, 300)).map(lambda t: t[0] * t[1])
    piece = known | cut | st.sampled_from(SIGNS) | st.binary(max_size=20) | repeated
    return st.lists(piece, max_size=8).map(b"".join)


def checked(work: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        begun = time.process_time()
        with contextlib.suppress(*REFUSALS):
            work(data)
        assert time.process_time() - begun < SLOW, f"takes more than {SLOW} s"

    return run


def fuzz(target: str, seconds: float) -> tuple[int, str]:
    """Return the number of inputs that were tried, and the failure, if any."""
    ends, tried = time.monotonic() + seconds, 0
    run = checked(TARGETS[target])
    begun = time.time_ns()
    while time.monotonic() < ends:
        part = settings(
            max_examples=EXAMPLES, deadline=None, database=None, print_blob=False,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
        )(seed(begun + tried)(given(inputs(target))(run)))  # fmt: skip
        try:
            part()
        except BaseException as error:  # any failure is what we look for
            if isinstance(error, KeyboardInterrupt):
                raise
            return tried, "".join(traceback.format_exception(error))
        tried += EXAMPLES
    return tried, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    options = parser.parse_args()
    failed = 0
    for target in options.targets:
        tried, failure = fuzz(target, options.seconds)
        failed += bool(failure)
        print(f"{target:14} {tried:7} inputs  {'FAILED' if failure else 'no failure'}\n{failure}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

"""Word lists: the YAML files of `briefing/data`, each read once, checked, and given the type that its reader asks for.

A file is a mapping from the name of a list to its words, or to a mapping from word to value. The reader declares the
lists as a dataclass, so a missing or misspelt list, or a word that YAML takes for something else (`no` is False), is an
error when the file is read.

    @dataclass(frozen=True, slots=True)
    class Words:
        cardinals: dict[str, int]
        vague_openers: frozenset[str]

    WORDS = load("numbers", Words)     # WORDS.cardinals["twelve"]  ->  12
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ConfigDict, TypeAdapter

CODE = Path(__file__).parent
DATA = CODE / "data"
# What ships beside the code: a folder of the package where it is installed, the top of the repository in a checkout.
INSTALLED = CODE / "shipped"
SHIPPED = INSTALLED if INSTALLED.is_dir() else Path(__file__).resolve().parents[1]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where PyYAML has its C part
CHECKS = ConfigDict(extra="forbid")  # pydantic takes it for a mapping of dataclasses, not for a dataclass alone
COMMAND = "briefing" if INSTALLED.is_dir() else "python build.py"  # how messages name the program
T = TypeVar("T")


def load(name: str, shape: type[T]) -> T:
    """The word lists of one file, as a value of this type."""
    data = yaml.load(path(name).read_text(encoding="utf-8"), Loader=LOADER)
    checked: TypeAdapter[dict[str, T]] = TypeAdapter(dict[str, shape], config=CHECKS)  # type: ignore[valid-type]
    return checked.validate_python({name: data})[name]


def path(name: str) -> Path:
    return DATA / f"{name}.yaml"

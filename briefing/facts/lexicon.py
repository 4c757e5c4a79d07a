"""Word lists: the YAML files of briefing/data, read once.

load("units")["percent"]["words"]   # ["percent", "per cent", ...]
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[1] / "data"


@functools.cache
def load(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))

"""Language tags (BCP 47): is one well formed and known, and what was meant if not.

language_mistake("english")  ->  ("`english` is not a language tag", "en")
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import yaml

NAMES = Path(__file__).parent / "data" / "languages.yaml"

# language, script, region, variants: en, en-GB, zh-Hans, zh-Hant-TW, de-CH-1996, sr-Latn
TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|\d{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3})){0,3}"
)


@functools.cache
def language_names() -> dict[str, str]:
    """English names by primary tag."""
    names: dict[str, str] = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    return names


def language_mistake(tag: str) -> tuple[str, str | None] | None:
    """What is wrong with a tag and, if that can be said, the right one; None if nothing is."""
    match = TAG.fullmatch(tag)
    if match and match["language"].lower() in language_names():
        right = _usual_case(match)
        return None if right == tag else (f"`{tag}` is usually written `{right}`", right)
    return f"`{tag}` is not a language tag", _meant(tag)


def _usual_case(match: re.Match[str]) -> str:
    parts = [match["language"].lower()]
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        parts.append(match["region"].upper())
    head = sum(len(p) + 1 for p in parts) - 1
    return "-".join(parts) + match[0][head:]


def _meant(tag: str) -> str | None:
    """`English` -> en, `en_US` -> en-US, `chinese simplified` -> None."""
    wanted = tag.strip().lower()
    for code, name in language_names().items():
        if name.lower() == wanted:
            return code
    if "_" in tag and len(tag) < 40:
        dashed = tag.replace("_", "-")
        mistake = language_mistake(dashed)
        return dashed if mistake is None else mistake[1]
    return None

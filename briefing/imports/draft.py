"""Result of an import: text, metadata and warnings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.model import Meta


class ImportFailedError(Exception):
    """An import failed; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Draft:
    meta: Meta
    body: str
    unsure: tuple[str, ...] = ()

    def at(self, url: str) -> Draft:
        return self if self.meta.url else replace(self, meta=replace(self.meta, url=url))

    def came_from(self, words: str) -> Draft:
        return replace(self, meta=replace(self.meta, notes=words))

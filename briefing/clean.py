"""Source -> Article (first, plain form: a block a line)."""

from __future__ import annotations

import re

from briefing.model import Article, Block, Published, Source, Title


def clean(source: Source) -> Article:
    blocks = tuple(Block("paragraph", m.start(), m.end()) for m in re.finditer(r"[^\s\n][^\n]*", source.body))
    edtf = source.meta.published
    return Article(
        source=source,
        text=source.body,
        title=Title(source.meta.title or source.id, "given" if source.meta.title else "derived"),
        published=Published(edtf, "given" if edtf else "unknown"),
        language=source.meta.language or "en",
        blocks=blocks,
        hidden=(),
        inlines=(),
        removed=(),
        hints=(),
    )

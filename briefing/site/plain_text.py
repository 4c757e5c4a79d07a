"""A Briefing -> the same as plain text in Markdown, for programs that read text and for people who want only that.

    plain_text(briefing) -> "# Harbour of Velmora to double its capacity\\n\\n2026-05-03 · ..."

It lies beside the page as `briefing.txt`: MkDocs would make a page of a file that ends in `.md`. Words of the source
stand in quotations, so that no line of theirs is mistaken for one of ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing import escape
from briefing.archive.summaries import Sentences, Words
from briefing.model import Briefing, Sentence, Statement

FILE = "briefing.txt"


def plain_text(briefing: Briefing) -> str:
    return "\n".join(_lines(briefing)) + "\n"


def _lines(briefing: Briefing) -> Iterator[str]:
    article, meta = briefing.article, briefing.article.source.meta
    words, where = Words(article), Sentences(briefing)
    about = (article.published.edtf, meta.publisher, meta.author)
    original = escape.link(meta.url)
    yield f"# {escape.markdown(article.title.value)}"
    yield ""
    yield (
        " · ".join([*(escape.markdown(part) for part in about if part), *([f"<{original}>"] if original else [])])
        or "undated"
    )
    if briefing.key_facts:
        yield from _heading("Key facts")
        for n, key in enumerate(briefing.key_facts, 1):
            yield f"{n}. {escape.markdown(words(key.start, key.end))} [{where.id(key.start)}]"
    if briefing.statements:
        yield from _heading("Who said what")
        for s in briefing.statements:
            yield _statement(s, briefing, words, where)
    if briefing.figures:
        yield from _heading("Figures")
        for f in briefing.figures:
            measure = f": {escape.markdown(f.measure)}" if f.measure else ""
            yield f"- {escape.markdown(words(f.start, f.end))}{measure} [{where.id(f.start)}]"
    if briefing.events:
        yield from _heading("Events")
        for e in briefing.events:
            yield f"- {e.date or 'undated'}: {escape.markdown(words(e.start, e.end))} [{where.id(e.start)}]"
    if briefing.notes:
        yield from _heading("Source warnings")
        for note in briefing.notes:
            yield f"- {note.code}: {escape.markdown(note.message)}"
    yield from _heading("Source text")
    block = None
    for sentence in shown_sentences(briefing, where):
        if block not in {None, sentence.block}:
            yield ">"
        block = sentence.block
        yield f"> [{sentence.id}] {escape.markdown(words(sentence.start, sentence.end))}"


def shown_sentences(briefing: Briefing, where: Sentences) -> list[Sentence]:
    """All of them, unless only excerpts may be shown: then those that carry facts."""
    if briefing.article.source.meta.rights != "excerpts":
        return list(briefing.sentences)
    places = [f.start for kind in (briefing.key_facts, briefing.figures, briefing.events) for f in kind]
    places += [d.start for d in briefing.dates] + [r.start for r in briefing.roles]
    places += [s.content[0].start for s in briefing.statements if s.content]
    kept = {where.id(place) for place in places}
    return [s for s in briefing.sentences if s.id in kept]


def _heading(name: str) -> Iterator[str]:
    yield ""
    yield f"## {name}"
    yield ""


def _statement(s: Statement, briefing: Briefing, words: Words, where: Sentences) -> str:
    names = {a.id: a.name for a in briefing.actors}
    said = " … ".join(words(c.start, c.end) for c in s.content)
    speaker = words(s.speaker.start, s.speaker.end) if s.speaker else "Unattributed"
    if s.speaker and s.speaker.actor in names:
        speaker = names[s.speaker.actor]
    quoted = f"“{said}”" if s.form == "direct" else said
    place = s.content[0].start if s.content else s.cue.start if s.cue else 0
    hedge = ", hearsay" if s.hedged else ""
    return f"- {escape.markdown(speaker)} ({s.form}{hedge}): {escape.markdown(quoted)} [{where.id(place)}]"

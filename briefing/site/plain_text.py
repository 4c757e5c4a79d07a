"""Write a briefing as plain text in Markdown, for language models and other programs that read text.

    plain_text(briefing) -> "# Harbour of Velmora to double its capacity\\n\\n2026-05-03 · ..."

The file is called `briefing.txt` because MkDocs would turn a file that ends in `.md` into a page. The source text is
quoted, so that none of its lines can be mistaken for a heading or a fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing import escape
from briefing.archive.summaries import Sentences, Words
from briefing.model import Article, Briefing, Sentence, Statement

FILE = "briefing.txt"
FORMS = {"direct": "quoted", "indirect": "paraphrased", "mixed": "paraphrased, partly quoted"}


def plain_text(briefing: Briefing) -> str:
    return "\n".join(_lines(briefing)) + "\n"


def _lines(briefing: Briefing) -> Iterator[str]:
    where = Sentences(briefing)
    yield f"# {escape.markdown(briefing.article.title.value)}"
    yield ""
    yield _origin(briefing.article)
    for heading, lines in _sections(briefing, where).items():
        if lines or heading == "Source text":
            yield from ("", f"## {heading}", "", *lines)


def _origin(article: Article) -> str:
    """Return the line below the title: date, publisher, author, address."""
    meta = article.source.meta
    parts = [escape.markdown(part) for part in (article.published.edtf, meta.publisher, meta.author) if part]
    if original := escape.link(meta.url):
        parts.append(f"<{original}>")
    return " · ".join(parts) or "undated"


def _sections(briefing: Briefing, where: Sentences) -> dict[str, list[str]]:
    """Return the lines below each heading, in order."""
    words = Words(briefing.article)

    def cited(start: int, end: int, more: str = "") -> str:
        first, last = where.id(start), where.id(max(start, end - 1))
        return f"{escape.markdown(words(start, end))}{more} [{first}{f', {last}' if last != first else ''}]"

    return {
        "Key facts": [f"{n}. {cited(key.start, key.end)}" for n, key in enumerate(briefing.key_facts, 1)],
        "Who said what": [_statement(s, briefing, words, where) for s in briefing.statements],
        "Figures": [
            f"- {cited(f.start, f.end, f': {escape.markdown(f.measure)}' if f.measure else '')}"
            for f in briefing.figures
        ],
        "Events": [f"- {e.date or 'undated'}: {cited(e.start, e.end)}" for e in briefing.events],
        "Source warnings": [
            f"- {note.code}: {escape.markdown(note.message)}" for note in briefing.notes if not note.minor
        ],
        "Source text": list(_source_lines(briefing, words, where)),
    }


def _source_lines(briefing: Briefing, words: Words, where: Sentences) -> Iterator[str]:
    block = None
    for sentence in shown_sentences(briefing, where):
        if block not in {None, sentence.block}:
            yield ">"
        block = sentence.block
        yield f"> [{sentence.id}] {escape.markdown(words(sentence.start, sentence.end))}"


def shown_sentences(briefing: Briefing, where: Sentences) -> list[Sentence]:
    """Return all sentences; if only excerpts may be shown, those that carry facts."""
    if briefing.article.source.meta.rights != "excerpts":
        return list(briefing.sentences)
    places = [f.start for kind in (briefing.key_facts, briefing.figures, briefing.events) for f in kind]
    places += [d.start for d in briefing.dates] + [r.start for r in briefing.roles]
    places += [s.content[0].start for s in briefing.statements if s.content]
    kept = {where.id(place) for place in places}
    return [s for s in briefing.sentences if s.id in kept]


def _statement(s: Statement, briefing: Briefing, words: Words, where: Sentences) -> str:
    names = {a.id: a.name for a in briefing.actors}
    said = " … ".join(words(c.start, c.end) for c in s.content)
    speaker = words(s.speaker.start, s.speaker.end) if s.speaker else "Unattributed"
    if s.speaker and s.speaker.actor in names:
        speaker = names[s.speaker.actor]
    quoted = f"“{said}”" if s.form == "direct" else said
    place = s.content[0].start if s.content else s.cue.start if s.cue else 0
    hedge = ", hearsay" if s.hedged else ""
    return f"- {escape.markdown(speaker)} ({FORMS[s.form]}{hedge}): {escape.markdown(quoted)} [{where.id(place)}]"

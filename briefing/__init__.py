"""Briefing Archive: a searchable site of briefings, every fact with its sentence.

    read -> clean -> analyse -> facts -> link -> pages -> publish

read     files of contributors            -> Source, Registry, Topic
clean    Source                           -> Article: the text, its structure, what is set aside
analyse  Article                          -> Analysis: tokens, sentences, names (the language model)
facts    Article + Analysis               -> Reading: statements, figures, dates, roles, events, notes
link     Article + Reading + Registry     -> Briefing: the same facts, with actors; then all -> Archive
pages    Archive + Briefings              -> Page: path and text, through templates/
publish  Pages                            -> docs/ and site/, only what changed

`pipeline/` alone knows this order, `pipeline/article.py` that of a single article. `Article.text` is the one coordinate
system: every `start` and `end` counts Unicode code points in it, end exclusive, so `text[start:end]` is the evidence.
"""

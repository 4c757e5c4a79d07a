"""The order of the stages: read -> clean -> analyse -> facts -> link -> pages -> publish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from briefing import analyse, cache
from briefing.clean import clean
from briefing.config import Config
from briefing.facts import find_facts
from briefing.link import link
from briefing.model import Analysis, Article, Briefing
from briefing.read import find_sources, read_source
from briefing.registry import read_registry

HERE = Path(__file__).parent


def facts(config: Config, paths: list[Path]) -> Iterator[Briefing]:
    kept = cache.Cache(config.cache / "archive.sqlite")
    registry = read_registry(config.actors)
    for path, name in find_sources(paths)[0]:
        article = clean(read_source(path, name))
        yield link(article, find_facts(article, analysis_of(article, config, kept)), registry)


def analysis_of(article: Article, config: Config, kept: cache.Cache) -> Analysis:
    key = cache.digest(
        article.text,
        repr((article.blocks, article.hidden, [(r.start, r.end) for r in article.removed])),
        analyse.model_version(config.model),
        (HERE / "analyse.py").read_bytes(),
    )
    data = kept.get("analysis", key)
    if data is not None:
        return cache.unpack(data, article.text)
    analysis = analyse.analyse(article, config.model)
    kept.put("analysis", key, cache.pack(analysis))
    return analysis

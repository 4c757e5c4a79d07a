"""The registry, the topics and the program itself -> Knowledge: all that an article is read with.

known, problems = knowledge(config)   ->   known.digest is a part of every cache key
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

from briefing import cache
from briefing.config import PROGRAM, Config
from briefing.content.problems import Problem
from briefing.facts import reader
from briefing.model import Topic
from briefing.registry import Registry, check_registry
from briefing.registry.topics import check_topics
from briefing.text import language_model

# Another version of these may decode, split, name or write otherwise. site/render.py tells those that MkDocs uses.
LIBRARIES = ("babel", "charset-normalizer", "edtf", "ftfy", "jinja2", "networkx", "nupunkt", "py3langid", "rapidfuzz")


@dataclass(frozen=True)
class Knowledge:
    """What an article is read with."""

    registry: Registry
    topics: tuple[Topic, ...]
    model: str
    rules: str

    @cached_property
    def digest(self) -> str:
        return cache.digest(
            self.registry.digest, repr(self.topics), language_model.model_version(self.model), self.rules
        )


def knowledge(config: Config) -> tuple[Knowledge, list[Problem]]:
    """Registry and topics, as far as they can be read, and all that is wrong or doubtful with them."""
    registry, problems = check_registry(config.actors)
    topics, more = check_topics(config.topics)
    return Knowledge(registry, topics, config.model, _rules()), [*problems, *more]


def _rules() -> str:
    """A hash of all that decides what is read out of a text and how it is told, the language model aside."""
    libraries = (f"{name} {version(name)}" for name in LIBRARIES)
    return cache.digest(cache.digest_files(PROGRAM / "briefing", "**/*.py", "data/**/*"), reader.version(), *libraries)

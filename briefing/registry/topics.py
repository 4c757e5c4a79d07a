"""topics/ -> Topics, and which of them an article is about.

A topic is found when its terms stand in the title, or often enough in the text; what the front matter names
is taken as given. Terms are compared word by word, without regard to case.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.content.identifiers import cycle_message, find_cycles, registry_files
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import TopicFile
from briefing.content.sources import read_front_matter
from briefing.content.validation import Contribution, did_you_mean, read_contributed_file
from briefing.model import Topic

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from briefing.model import Article, Source

TIMES = 3  # mentions in the text that make a topic; fewer are often a passing remark
IN_TITLE = 2  # what a mention in the title counts for, so that it needs one more in the text
LENGTH = 250  # words of text for each further mention that is asked for, so that long texts don't get every topic
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def check_topics(folder: Path) -> tuple[tuple[Topic, ...], list[Problem]]:
    """All topics that can be read, sorted by id, and every problem of every file."""
    files: dict[str, Contribution[TopicFile]] = {}
    broken: list[Topic] = []  # so that what names them is not wrong as well
    paths, problems = registry_files(folder)
    for path in paths:
        try:
            files[path.stem] = read_contributed_file(path, TopicFile)
        except ContentError as error:
            problems += error.problems
            broken.append(Topic(path.stem, path.stem, ()))
    known = {*files, *(topic.id for topic in broken)}
    for file in files.values():
        parent = file.value.parent
        if parent is not None and parent not in known:
            found, right, meant = _no_such_topic(parent, known)
            problems.append(file.problem(file.place("parent"), "unknown-topic", found, right, value=meant))
    parents = {name: file.value.parent for name, file in files.items()}
    problems += [
        files[name].problem(files[name].place("parent"), "circle", *cycle_message(way))
        for name, way in find_cycles(parents)
    ]
    given = ((name, file.value) for name, file in files.items())
    topics = (Topic(name, topic.name, topic.terms, topic.parent, topic.description) for name, topic in given)
    return tuple(sorted((*topics, *broken), key=lambda t: t.id)), problems


def _title_and_body(article: Article) -> tuple[list[str], list[str]]:
    """The words of both, each counted once: a title made from the lead is no title of its own."""
    title, text = article.title, article.text
    if title.basis == "derived":
        return [], _words(text)
    if title.start is not None and title.end is not None:
        text = f"{text[: title.start]} {text[title.end :]}"
    return _words(title.value), _words(text)


def unknown_topics(source: Source, topics: tuple[Topic, ...], file: Path) -> list[Problem]:
    """Problems for topics that the front matter names and nobody has defined."""
    known = {t.id for t in topics}
    unknown = [(number, name) for number, name in enumerate(source.meta.topics) if name not in known]
    if not unknown:
        return []
    head = read_front_matter(file)  # once more, for the lines on which they stand
    problems = []
    for number, name in unknown:
        found, right, meant = _no_such_topic(name, known)
        one = ("topics", number) if ("topics", number) in head.text.values else ("topics",)
        problems.append(head.problem(head.place(*one), "unknown-topic", found, right, value=meant))
    return [replace(p, path=source.path) for p in problems]


def _no_such_topic(name: str, known: Collection[str]) -> tuple[str, str, str]:
    """What was found, what is right, and the id that was meant, if that is plain."""
    meant = did_you_mean(name, sorted(known))
    right = f"Did you mean `{meant}`?" if meant else f"Existing topics: {', '.join(sorted(known)) or 'none'}."
    return f"unknown topic `{name}`", f"{right} To add a topic, create topics/{name}.yaml", meant or ""


def find_topics(article: Article, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """Ids of the article's topics: those given first, then those found, the most mentioned first."""
    given = article.source.meta.topics
    title, body = _title_and_body(article)
    wanted = TIMES + max(0, len(body) // LENGTH - 1)
    counts = {
        topic.id: _count(body, terms) + IN_TITLE * _count(title, terms)
        for topic in topics
        if (terms := _terms(topic.terms))
    }
    found = sorted((t for t, n in counts.items() if n >= wanted), key=lambda t: (-counts[t], t))
    return tuple(dict.fromkeys((*given, *found)))


def _words(text: str) -> list[str]:
    return [w.casefold() for w in WORD.findall(text)]


@functools.lru_cache(maxsize=1000)
def _terms(terms: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """The terms as lists of words, by their first word."""
    by_first: dict[str, list[list[str]]] = {}
    for term in terms:
        if words := _words(term):
            by_first.setdefault(words[0], []).append(words)
    return by_first


def _count(words: list[str], terms: dict[str, list[list[str]]]) -> int:
    return sum(any(words[i : i + len(t)] == t for t in terms[word]) for i, word in enumerate(words) if word in terms)

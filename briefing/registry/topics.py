"""Read topics/, and find which topics an article is about.

A topic is found if its terms are in the title or often enough in the text; topics in the front matter are kept. Terms
are compared word by word, ignoring case.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from briefing.content.identifiers import cycle_message, find_cycles, registry_files
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import TopicFile
from briefing.content.sources import read_front_matter
from briefing.content.validation import Contribution, did_you_mean, read_contributed_file
from briefing.model import Article, Source, Topic

TIMES = 3  # mentions needed in the text; fewer are often a passing remark
IN_TITLE = 2  # mentions that one in the title counts for
LENGTH = 250  # words of text per further mention needed, so that long texts do not get every topic
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def check_topics(folder: Path) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Return all readable topics, sorted by id, and every problem of every file."""
    files: dict[str, Contribution[TopicFile]] = {}
    broken: list[Topic] = []  # so that references to them are not reported too
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
    """Return the words of title and body; a title made from the lead counts only as body."""
    title, text = article.title, article.text
    if title.basis == "derived":
        return [], _words(text)
    if title.start is not None and title.end is not None:
        text = f"{text[: title.start]} {text[title.end :]}"
    return _words(title.value), _words(text)


def unknown_topics(source: Source, topics: tuple[Topic, ...], file: Path) -> list[Problem]:
    """Report topics in the front matter that are not defined."""
    known = {t.id for t in topics}
    unknown = [(number, name) for number, name in enumerate(source.meta.topics) if name not in known]
    if not unknown:
        return []
    head = read_front_matter(file)  # read again for the line numbers
    problems = []
    for number, name in unknown:
        found, right, meant = _no_such_topic(name, known)
        one = ("topics", number) if ("topics", number) in head.text.values else ("topics",)
        problems.append(head.problem(head.place(*one), "unknown-topic", found, right, value=meant))
    return [replace(p, path=source.path) for p in problems]


def _no_such_topic(name: str, known: Collection[str]) -> tuple[str, str, str]:
    """Return what was found, what would be right, and the id that was probably meant."""
    meant = did_you_mean(name, sorted(known))
    right = f"Did you mean `{meant}`?" if meant else f"Existing topics: {', '.join(sorted(known)) or 'none'}."
    return f"unknown topic `{name}`", f"{right} To add a topic, create topics/{name}.yaml", meant or ""


def find_topics(article: Article, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """Return the article's topic ids: the given ones, then those found, most mentioned first."""
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
    """Return the terms as lists of words, by their first word."""
    by_first: dict[str, list[list[str]]] = {}
    for term in terms:
        if words := _words(term):
            by_first.setdefault(words[0], []).append(words)
    return by_first


def _count(words: list[str], terms: dict[str, list[list[str]]]) -> int:
    return sum(any(words[i : i + len(t)] == t for t in terms[word]) for i, word in enumerate(words) if word in terms)

"""Read topics/, and find which topics an article is about.

A topic is found by what an article is about: a term in its title, or in its key facts and often enough in the text. A
passing mention gives no topic. Topics in the front matter are kept.

Terms are compared by word stems in any order: `export licence` also finds "needs a licence to export tin".
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from briefing.content.identifiers import as_id, cycle_message, find_cycles, registry_files
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import TopicFile
from briefing.content.sources import read_front_matter
from briefing.content.validation import Contribution, did_you_mean, read_contributed_file
from briefing.model import Article, KeyFact, Source, Topic

WANTED = 3.0  # weight that a topic needs; fewer mentions are a passing remark
LENGTH = 250  # words of text per further mention needed, so that long texts do not get every topic
TITLE, NEWS, KEY = 3.0, 2.5, 1.5  # weight of a term in the title, the first key fact and the others; elsewhere 1
APART = 3  # other words that may stand between the words of a term
WORD = re.compile(r"\w+(?:[.'’]\w+)*")
PART = re.compile(r"\w+")
ENDINGS = re.compile(r"(?:(?<=..)(?:ies|ied)|(?<=...)(?:ing|ed|e?s|e))$")

Terms = dict[str, list[tuple[str, frozenset[str]]]]


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
    return f"unknown topic `{name}`", f"{right} To add a topic, create topics/{as_id(name) or 'NAME'}.yaml", meant or ""


def find_topics(article: Article, topics: tuple[Topic, ...], key_facts: Sequence[KeyFact] = ()) -> tuple[str, ...]:
    """Return the article's topic ids: the given ones, then those found, most mentioned first.

    `key_facts` are in order of importance; without any, the whole text counts alike.
    """
    parts = _parts(article, key_facts)
    length = sum(len(words) for weight, words in parts if weight != TITLE)
    wanted = WANTED + max(0, length // LENGTH - 1)
    terms = _terms(tuple((topic.id, topic.terms) for topic in topics))
    total: defaultdict[str, float] = defaultdict(float)
    central = set() if key_facts else {topic.id for topic in topics}
    titled: set[str] = set()
    for weight, words in parts:
        for topic, count in _count(words, terms).items():
            total[topic] += weight * count
            if weight > 1:
                central.add(topic)
            if weight == TITLE:
                titled.add(topic)
    found = titled | {topic for topic in central if total[topic] >= wanted}
    ordered = sorted(found, key=lambda topic: (-total[topic], topic))
    return tuple(dict.fromkeys((*article.source.meta.topics, *ordered)))


def _parts(article: Article, key_facts: Sequence[KeyFact]) -> list[tuple[float, list[str]]]:
    """Return the stems of title, key facts and the rest, with their weights; a title made from the lead is no title."""
    title, text = article.title, article.text
    spans = [(f.start, f.end, NEWS if n == 0 else KEY) for n, f in enumerate(key_facts)]
    parts = []
    if title.basis != "derived":
        parts.append((TITLE, _stems(title.value)))
        if title.start is not None and title.end is not None:
            spans.append((title.start, title.end, 0.0))
    end = 0
    for start, stop, weight in sorted(spans):
        parts += [(1.0, _stems(text[end:start])), (weight, _stems(text[max(start, end) : stop]))]
        end = max(end, stop)
    parts.append((1.0, _stems(text[end:])))
    return [(weight, words) for weight, words in parts if weight and words]


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in WORD.findall(text.casefold())]


@functools.lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return a word without its ending: "licence", "licences", "licensing"."""
    word = re.sub(r"['’]s$|[.'’]", "", word)
    if len(word) <= 3:
        return word
    stem = ENDINGS.sub(lambda found: "y" if found[0] in ("ies", "ied") else "", word)
    if len(stem) > 3 and stem[-1] == stem[-2] and stem != word:
        stem = stem[:-1]  # "banned", "shipped"
    return stem.replace("licens", "licenc").replace("defens", "defenc")


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words, as a whole and of the parts between full stops."""
    return frozenset({*_stems(text), *(_stem(part) for part in set(PART.findall(text.casefold())))})


class Stems:
    """The terms of topics, to tell quickly which topics a text may be about."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.terms = _terms(tuple((topic.id, topic.terms) for topic in topics))

    def topics_in(self, stems: frozenset[str]) -> set[str]:
        """Return the topics with a term whose words are all among these: those that the text counts for."""
        here = (pair for word in stems if word in self.terms for pair in self.terms[word])
        return {topic for topic, term in here if term <= stems}


@functools.lru_cache(maxsize=8)
def _terms(topics: tuple[tuple[str, tuple[str, ...]], ...]) -> Terms:
    """Return the terms of all topics as sets of stems, by each of their words, with the topic."""
    found: Terms = {}
    for topic, terms in topics:
        for term in {frozenset(_stems(term)) for term in terms} - {frozenset()}:
            for word in term:
                found.setdefault(word, []).append((topic, term))
    return found


def _count(words: list[str], terms: Terms) -> Counter[str]:
    """Count the places where a term of each topic stands; no word counts twice for a topic."""
    count: Counter[str] = Counter()
    end: dict[str, int] = {}
    for i, word in enumerate(words):
        for topic, term in terms.get(word, ()):
            if i < end.get(topic, 0):
                continue
            window = words[i : i + len(term) + APART] if len(term) > 1 else [word]
            if term <= set(window):
                count[topic] += 1
                end[topic] = i + 1 + max(window.index(one) for one in term)
    return count

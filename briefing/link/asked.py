"""Record what linking an article asks of the registry, so that it is linked again only if an answer has changed.

    asking = Asking(registry)                      # stands in for the registry
    link(article, reading, asking)
    asking.questions                               -> {("id", "china"), ("surname", "tai"), ...}
    Answers(registry, topics).to(questions, text)  -> {"id china": "1f0c...", "in Tai": "77ab..."}

The answers of two registries are the same if linking with one gives what linking with the other gives. They are found
without analysing the text: the automaton of spellings reads an article in a tenth of a millisecond. A test changes
registries at random and compares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from briefing.link.match import is_whole_words
from briefing.model import Actor, Topic
from briefing.registry import Registry
from briefing.registry.name_variants import fold
from briefing.registry.topics import Stems, stems_of

V = TypeVar("V")
Question = tuple[str, str]
EVERYTHING: Question = ("all", "")  # of registry and topics: what people corrected may name anybody
SHORT = 12  # characters of a hash


class _Recorded(Mapping[str, V]):
    """A mapping that writes down which keys are asked for."""

    def __init__(self, question: str, found: Mapping[str, V], asked: set[Question]) -> None:
        self.question, self.found, self.asked = question, found, asked

    def __getitem__(self, key: str) -> V:
        self.asked.add((self.question, key))
        return self.found[key]

    def __iter__(self) -> Iterator[str]:
        self.asked.add(EVERYTHING)
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)  # that there is a spelling at all matters only to texts that have one


class Asking(Registry):
    """A registry that writes down what it is asked."""

    def __init__(self, registry: Registry) -> None:
        self.questions: set[Question]
        asked: set[Question] = set()
        recorded: dict[str, Any] = {
            question: _Recorded(question, getattr(registry, question), asked)
            for question in ("by_id", "spelled", "by_surname", "by_first_name", "by_kind")
        }
        recorded["body_starts"] = _Recorded("body_starts", registry.body_starts, asked)
        self.__dict__.update(recorded, questions=asked, digest=registry.digest, whole=registry)

    @property
    def actors(self) -> tuple[Actor, ...]:
        self.questions.add(EVERYTHING)
        actors: tuple[Actor, ...] = self.__dict__["whole"].actors
        return actors

    @property
    def automaton(self) -> Any:
        return self.__dict__["whole"].automaton  # what it finds in the text is always among the answers


class Answers:
    """What a registry and topics answer; each answer is worked out once."""

    def __init__(self, registry: Registry, topics: Sequence[Topic]) -> None:
        self.registry = registry
        self.stems = Stems(topics)
        self.topics = {topic.id: _hash(topic) for topic in topics}
        self.all = _hash((registry.digest, tuple(topics)))
        self.known: dict[Question, str] = {}
        self._actors: dict[str, str] = {}

    def to(self, questions: Iterable[Question], text: str) -> dict[str, str]:
        """Return a short hash of each answer that is not empty: to the questions, and of what the text names."""
        given = [*questions, *self._in_text(text)]
        found = {f"{question} {key}": self._answer(question, key) for question, key in given}
        return {asked: answer for asked, answer in sorted(found.items()) if answer}

    def _in_text(self, text: str) -> Iterator[Question]:
        folded, _ = fold(text)
        if self.registry.spelled:
            spellings = {
                folded[last - length + 1 : last + 1]
                for last, (length, _) in self.registry.automaton.iter(folded)
                if is_whole_words(folded, last - length + 1, last + 1)
            }
            yield from (("spelled", spelling) for spelling in spellings)
        yield from (("topic", name) for name in self.stems.topics_in(stems_of(text)))

    def _answer(self, question: str, key: str) -> str:
        asked = (question, key)
        if asked not in self.known:
            self.known[asked] = ANSWERS[question](self, key)
        return self.known[asked]

    def _of(self, actors: Iterable[Actor]) -> str:
        return _hash([self._actor(actor) for actor in actors]) if actors else ""

    def _actor(self, actor: Actor) -> str:
        if actor.id not in self._actors:
            self._actors[actor.id] = _hash(replace(actor, path="", replaces=()))
        return self._actors[actor.id]

    def of_id(self, name: str) -> str:
        return self._actor(self.registry.by_id[name]) if name in self.registry.by_id else ""

    def of_spelling(self, spelling: str) -> str:
        terms = self.registry.spelled.get(spelling, ())
        return _hash(terms) if terms else ""


ANSWERS: dict[str, Callable[[Answers, str], str]] = {
    "all": lambda answers, _: answers.all,
    "by_kind": lambda answers, _: answers.all,
    "by_id": Answers.of_id,
    "spelled": Answers.of_spelling,
    "by_surname": lambda answers, word: answers._of(answers.registry.by_surname.get(word, ())),
    "by_first_name": lambda answers, word: answers._of(answers.registry.by_first_name.get(word, ())),
    "body_starts": lambda answers, word: "yes" if word in answers.registry.body_starts else "",
    "topic": lambda answers, name: answers.topics.get(name, ""),
}


NAMES = {
    "all": "the registry",
    "by_kind": "the registry",
    "by_id": "the actor",
    "spelled": "the registered name",
    "by_surname": "people with the surname",
    "by_first_name": "people with the first name",
    "body_starts": "organisations that begin with",
    "topic": "the topic",
}


def in_words(answer: str) -> str:
    """Return what an answer is about: "by_surname tai" -> "people with the surname `tai`"."""
    question, _, key = answer.partition(" ")
    return f"{NAMES[question]} `{key}`" if key else NAMES[question]


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]

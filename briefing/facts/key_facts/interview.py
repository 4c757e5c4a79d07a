"""Article + reading -> the interview in it, if there is one: its questions, and how its answers may be cited."""

from __future__ import annotations

import bisect
import re

from briefing.facts.anaphora import GRAMMAR, Anaphora
from briefing.model import Article, Reading, Sentence

ANSWER = 40  # words of an answer, with its speaker's label
SHORTEST = 5  # words of an answer without a number
LABEL = re.compile(r"[*_]{0,2}(?:[\w.'’-]+ ){0,3}[\w.'’-]+\*{0,2}: ?\*{0,2}(?=\S)")
INITIALS = re.compile(r"[*_]{0,2}[A-Z]{1,3}\*{0,2}:")
NO_NAME = re.compile(r"\W*(?:answer|a)\b", re.IGNORECASE)  # labels that do not say who answers
NUMBER = re.compile(r"\d[\d.,:]*\d")  # of two digits at least
WIDE = 40  # characters of a label


class Interview:
    """Asked for the sentences of one article."""

    def __init__(self, article: Article, reading: Reading, anaphora: Anaphora) -> None:
        self.article = article
        self.reading = reading
        self.anaphora = anaphora
        answers = (c for s in reading.statements if s.rule.startswith("interview") for c in s.content)
        self.answers = sorted(answers, key=lambda c: c.start)
        self.starts = [b.start for b in article.blocks]
        self.initials = any(INITIALS.match(article.text, start) for start in self.starts)
        self.questions = self._find_questions()

    def _find_questions(self) -> frozenset[int]:
        """Paragraphs from the first answer to the last with a label and no answer."""
        if not self.answers:
            return frozenset()
        answered = {bisect.bisect_right(self.starts, c.start) - 1 for c in self.answers}
        between = range(max(min(answered) - 1, 0), max(answered))
        return frozenset(i for i in between if i not in answered and LABEL.match(self.article.text, self.starts[i]))

    def has_begun(self, start: int) -> bool:
        """Tell whether the interview begins before this place, or with the label there."""
        return bool(self.answers) and start >= self.answers[0].start - WIDE

    def is_named(self, start: int) -> bool:
        """Tell whether a label that is no initial stands here."""
        return bool(LABEL.match(self.article.text, start)) and not INITIALS.match(self.article.text, start)

    def is_answer(self, sentence: Sentence) -> bool:
        """Tell whether the sentence is in an answer with a label that names the speaker."""
        opening = self.article.blocks[sentence.block].start
        labelled = LABEL.match(self.article.text, opening) and not NO_NAME.match(self.article.text, opening)
        return bool(labelled) and any(sentence.start < c.end and c.start < sentence.end for c in self.answers)

    def begins(self, sentence: Sentence) -> int | None:
        """Return where the answer begins, with its label, if the sentence is near enough to it and the answer can be
        understood without the question."""
        block = self.article.blocks[sentence.block]
        label = LABEL.match(self.article.text, block.start)
        if label is None:
            return None
        words = self.article.text[label.end() : sentence.end].split()
        opening = next(s for s in self.reading.sentences if s.end > label.end())
        short = len(words) < SHORTEST and not any(map(NUMBER.search, words))
        vague = short or not words[0][:1].isalnum() or words[0].strip(",.").lower() in GRAMMAR["replying"]
        vague |= opening.start < sentence.start and self.anaphora.leans(opening)
        return None if vague or len(words) > ANSWER else block.start

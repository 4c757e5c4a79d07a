"""facts --explain: one sentence of a real article, in words that stay the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from tests.conftest import ROOT

ARTICLE = "tests/quality/articles/brennfield-water-note.md"
EXPLAINED = """\
tests/quality/articles/brennfield-water-note.md, s4, characters 272 to 345
  The mayor's office: "Whoever waters a lawn now drinks less in September."

Tokens
      word       tag  dep     head  quote  name  cue     content  source
  55  The        DT   det     56                                  B 0.00
  56  mayor      NN   poss    58                                  I 0.00
  57  's         POS  case    56                                  I 0.00
  58  office     NN   ROOT    58                                  I 0.00
  59  :          :    punct   58                 B 0.00
  60  "          ``   punct   66                         B 0.00
  61  Whoever    WP   nsubj   62    1                    I 0.00
  62  waters     VBZ  csubj   66    1                    I 0.00
  63  a          DT   det     64    1                    I 0.00
  64  lawn       NN   dobj    62    1                    I 0.00
  65  now        RB   advmod  66    1                    I 0.00
  66  drinks     VBZ  acl     58    1                    I 0.00
  67  less       RBR  advmod  66    1                    I 0.00
  68  in         IN   prep    66    1                    I 0.00
  69  September  NNP  pobj    68    1                    I 0.00
  70  .          .    punct   58    1                    I 0.00
  71  "          ''   punct   58                         I 0.00

Syntax
  office  (ROOT 58)
    mayor  (poss 56)
      The  (det 55)
      's  (case 57)
    :  (punct 59)
    drinks  (acl 66)
      "  (punct 60)
      waters  (csubj 62)
        Whoever  (nsubj 61)
        lawn  (dobj 64)
          a  (det 63)
      now  (advmod 65)
      less  (advmod 67)
      in  (prep 68)
        September  (pobj 69)
    .  (punct 70)
    "  (punct 71)

Name
  no candidates

Actor
  no candidates

Key fact
  no candidates

Statement
  accepted  reader 0.00  [Whoever waters a lawn now drinks less in September.]  5088d61749, speaker The mayor's office, form direct

Figure
  no candidates

Date
  accepted  month_alone  [September]  62e16d95de, date 2022-09

Event
  rejected  date  [September]  in a subordinate clause

Role
  rejected  title  [mayor]  no person's name next to it

Vote
  no candidates
"""  # noqa: E501, lines as long as the program prints them


def explain(*args: str, article: str | Path = ARTICLE) -> Result:
    return facts("--explain", str(article), *args)


def facts(*args: str) -> Result:
    """Without our actors, whose files take longer to read than the article."""
    return CliRunner().invoke(main, ["facts", *args, "--actors", "tests/actors"])


def without_probabilities(text: str) -> str:
    """Probabilities, which other weights would change, as 0.00."""
    return re.sub(r"\b[01]\.\d\d\b", "0.00", text)


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_a_sentence_is_explained() -> None:
    shown = without_probabilities(explain("--sentence", "4").stdout)
    assert re.sub(" +", " ", shown) == re.sub(" +", " ", EXPLAINED)
    assert explain("--sentence", "s4").stdout == explain("--sentence", "4").stdout


@pytest.mark.parametrize(
    ("article", "sentence", "rejected"),
    [
        ("brennfield-water-note.md", 7, "intention; speaker The regional water board, cue plans"),
        ("interview-reeve.txt", 6, "part of an interview; speaker Reeve"),
        ("interview-reeve.txt", 10, "part of a date"),
        ("empty-homes-levy.md", 4, "ORG, no organisation"),
        ("halden-robotics-tarn.md", 4, "cannot be dated"),
        ("empty-homes-levy.md", 8, "names no actor"),
    ],
)
def test_what_is_rejected_has_its_reason(article: str, sentence: int, rejected: str) -> None:
    shown = explain("--sentence", str(sentence), article=f"tests/quality/articles/{article}").stdout
    assert any(line.startswith("  rejected") and rejected in line for line in shown.splitlines()), shown


def test_every_token_is_in_the_table_and_in_the_tree() -> None:
    _, tokens, syntax, *_ = explain("--sentence", "7").stdout.split("\n\n")
    listed = [int(line.split()[0]) for line in tokens.splitlines()[2:]]
    drawn = [int(line.rpartition(" ")[2].rstrip(")")) for line in syntax.splitlines()[1:]]
    assert listed == list(range(listed[0], listed[-1] + 1)) == sorted(drawn)


def test_without_a_number_the_sentences_are_listed() -> None:
    lines = explain().stdout.splitlines()
    assert [line.split()[0] for line in lines] == [f"s{n}" for n in range(1, 10)]
    assert lines[8].endswith('"They laughed," he recalls.')


def test_a_language_that_is_not_read_says_so(tmp_path: Path) -> None:
    article = tmp_path / "note.md"
    article.write_text("---\nlanguage: fr\n---\n\nLe maire de Brennfield parle de 40 puits.\n", encoding="utf-8")
    shown = explain("--sentence", "1", article=article).stdout
    assert "Language fr: names and statements are not extracted." in shown
    assert "content" not in shown


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--explain", ARTICLE, "--sentence", "99"), "--sentence 99: not found. The article has 1 to 9"),
        (("--explain", ARTICLE, "--sentence", "last"), "--sentence last: not found"),
        (("--explain", "tests/quality/articles"), "--explain: give one file"),
        ((ARTICLE, "--sentence", "4"), "--sentence: needs --explain"),
    ],
)
def test_a_wrong_call_says_what_is_right(args: tuple[str, ...], message: str) -> None:
    ran = facts(*args)
    assert ran.exit_code == 2
    assert message in ran.output

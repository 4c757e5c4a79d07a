"""Topics: found in texts, and errors in their files."""

from __future__ import annotations

from pathlib import Path

from briefing.clean import clean
from briefing.model import KeyFact
from briefing.registry.topics import check_topics, find_topics, unknown_topics
from tests.builders import source, topic

FERRIES = topic("ferries", "ferry", "ferries", "car deck")
MINES = topic("mines", "mine", "mines")


def topics_of(text: str, **meta: object) -> tuple[str, ...]:
    return find_topics(clean(source(text, **meta)), (FERRIES, MINES))


def test_a_topic_needs_more_than_a_passing_remark() -> None:
    assert topics_of("The ferry left Oldby on Monday with few people aboard.") == ()
    assert topics_of("The ferry left. Another ferry came. Two ferries met.") == ("ferries",)


def test_title_mention_counts_more() -> None:
    assert topics_of("The ferry left Oldby on Monday.", title="Last ferry leaves") == ("ferries",)


def test_terms_are_whole_words_of_any_case() -> None:
    assert topics_of("Mineral. Minerals. Undermined. Determined. Mines-like.") == ()
    assert topics_of("MINES. Mines. The mine's owner. A mine.") == ("mines",)
    assert topics_of("A car deck. Car deck. The car  deck.") == ("ferries",)


def test_a_long_text_needs_more() -> None:
    assert topics_of("The ferry left. " * 3 + "Nothing else happened in town today. " * 200) == ()


def test_given_topics_come_first() -> None:
    assert topics_of("The ferry, a ferry, ferries.", topics=("mines",)) == ("mines", "ferries")


def test_unknown_topic_is_reported_with_place_and_suggestion(tmp_path: Path) -> None:
    file = tmp_path / "case.md"
    file.write_text("---\ntitle: A title\ntopics: [feries]\n---\n\nSome text.\n")
    problem = unknown_topics(source(topics=("feries",)), (FERRIES, MINES), file)[0]
    assert problem.line == 3
    assert "`feries`" in problem.found
    assert "`ferries`" in problem.right


def test_all_errors_in_topic_files_are_reported(tmp_path: Path) -> None:
    (tmp_path / "ferries.yaml").write_text("name: Ferries\nterms: [ferry]\nparent: mynes\n")
    (tmp_path / "mines.yaml").write_text("name: Mines\nterms: [mine]\n")
    (tmp_path / "roads.yaml").write_text("nmae: Roads\n")
    places = {(Path(p.path).name, p.line) for p in check_topics(tmp_path)[1] if p.severity == "error"}
    assert ("ferries.yaml", 3) in places
    assert ("roads.yaml", 1) in places


def test_our_topics_are_valid() -> None:
    topics, problems = check_topics(Path(__file__).parent.parent / "topics")
    assert len(topics) > 15
    assert not [p for p in problems if p.severity == "error"]


def test_words_of_a_term_are_found_in_any_order_and_form() -> None:
    permits = topic("permits", "ferry permit")
    article = clean(source("Permits for ferries are dear.", title="Ferries need new permits"))
    assert find_topics(article, (permits,)) == ("permits",)
    article = clean(source("A permit.", title="The ferry that left the harbour on time needs a permit"))
    assert find_topics(article, (permits,)) == ()


def test_a_topic_must_be_in_the_title_or_a_key_fact() -> None:
    text = "The mayor of Oldby resigned. " + "He once sold a ferry, a ferry and a ferry. " * 2
    article = clean(source(text, title="Mayor resigns"))
    first = text.index(". ") + 1
    assert find_topics(article, (FERRIES,), [KeyFact(0, first, "sentence", None)]) == ()
    assert find_topics(article, (FERRIES,), [KeyFact(first + 1, len(text), "sentence", None)]) == ("ferries",)

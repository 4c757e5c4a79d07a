"""Topics: what is found in a text, and what is wrong in their files."""

from __future__ import annotations

from pathlib import Path

from briefing.clean import clean
from briefing.model import Meta, Source, Topic
from briefing.registry.topics import check_topics, find_topics, unknown_topics

FERRIES = Topic("ferries", "Ferries", ("ferry", "ferries", "car deck"))
MINES = Topic("mines", "Mines", ("mine", "mines"))


def topics_of(text: str, **meta: object) -> tuple[str, ...]:
    source = Source("case", "case.md", "", Meta(**meta), text, 1, "utf-8")  # type: ignore[arg-type]
    return find_topics(clean(source), (FERRIES, MINES))


def test_a_topic_needs_more_than_a_passing_remark() -> None:
    assert topics_of("The ferry left Oldby on Monday with few people aboard.") == ()
    assert topics_of("The ferry left. Another ferry came. Two ferries met.") == ("ferries",)


def test_a_mention_in_the_title_counts_for_more() -> None:
    assert topics_of("The ferry left Oldby on Monday.", title="Last ferry leaves") == ("ferries",)


def test_terms_are_whole_words_of_any_case() -> None:
    assert topics_of("Mineral. Minerals. Undermined. Determined. Mines-like.") == ()
    assert topics_of("MINES. Mines. The mine's owner. A mine.") == ("mines",)
    assert topics_of("A car deck. Car deck. The car  deck.") == ("ferries",)


def test_a_long_text_needs_more() -> None:
    assert topics_of("The ferry left. " * 3 + "Nothing else happened in town today. " * 200) == ()


def test_what_is_given_comes_first_and_stays() -> None:
    assert topics_of("The ferry, a ferry, ferries.", topics=("mines",)) == ("mines", "ferries")


def test_an_unknown_topic_is_told_with_what_was_meant_and_where(tmp_path: Path) -> None:
    file = tmp_path / "case.md"
    file.write_text("---\ntitle: A title\ntopics: [feries]\n---\n\nSome text.\n")
    source = Source("case", "sources/case.md", "", Meta(topics=("feries",)), "Some text.\n", 6, "utf-8")
    problem = unknown_topics(source, (FERRIES, MINES), file)[0]
    assert problem.line == 3
    assert "`feries`" in problem.found
    assert "`ferries`" in problem.right


def test_every_mistake_in_topic_files_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "ferries.yaml").write_text("name: Ferries\nterms: [ferry]\nparent: mynes\n")
    (tmp_path / "mines.yaml").write_text("name: Mines\nterms: [mine]\n")
    (tmp_path / "roads.yaml").write_text("nmae: Roads\n")
    places = {(Path(p.path).name, p.line) for p in check_topics(tmp_path)[1] if p.severity == "error"}
    assert ("ferries.yaml", 3) in places
    assert ("roads.yaml", 1) in places


def test_the_archives_own_topics_can_be_read() -> None:
    topics, problems = check_topics(Path(__file__).parent.parent / "topics")
    assert len(topics) > 15
    assert not [p for p in problems if p.severity == "error"]

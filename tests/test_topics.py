"""Topics: what is found in a text, and what is wrong in their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.clean import clean
from briefing.errors import ContentError
from briefing.model import Meta, Source, Topic
from briefing.topics import find_topics, read_topics, unknown_topics

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


def test_an_unknown_topic_is_told_with_what_was_meant() -> None:
    source = Source("case", "sources/case.md", "", Meta(topics=("feries",)), "text", 3, "utf-8")
    problem = unknown_topics(source, (FERRIES, MINES))[0]
    assert str(problem).startswith("sources/case.md:1:1: error: there is no topic `feries`")
    assert "Did you mean `ferries`?" in str(problem)


def test_every_mistake_in_topic_files_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "ferries.yaml").write_text("name: Ferries\nterms: [ferry]\nparent: traffic\n")
    (tmp_path / "mines.yaml").write_text("nmae: Mines\n")
    with pytest.raises(ContentError) as error:
        read_topics(tmp_path)
    places = [str(p).split(": ")[0].removeprefix(f"{tmp_path}/") for p in error.value.problems]
    assert "ferries.yaml:3:9" in places
    assert any(p.startswith("mines.yaml:1:1") for p in places)


def test_the_archives_own_topics_can_be_read() -> None:
    topics = read_topics(Path(__file__).parent.parent / "topics")
    assert len(topics) > 15

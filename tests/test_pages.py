"""Pages: complete, linked correctly, and without active content from contributors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import markdown
import pytest
import yaml

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import row
from briefing.config import mkdocs_settings
from briefing.model import ActorPages, Briefing, LazyPage, Page, RowEvent, Span
from briefing.site import Templates, archive_pages, briefing_page
from briefing.site.indexes import topic_events
from briefing.site.plain_text import plain_text
from briefing.site.source_html import Evidence, source_text
from briefing.site.templates import alias_label, by_day, missing_unit, other_scripts
from tests import builders
from tests.builders import article, inline, mentioned, sentences
from tests.builders import briefing as made
from tests.example_briefing import REGISTRY, TEXT, TOPICS, example
from tests.growth import assert_grows_with_length_only

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def templates() -> Templates:
    return builders.templates(description="Briefings.")


def archive_of(*briefings: Briefing) -> Archive:
    return cross_link([row(b) for b in briefings], REGISTRY, TOPICS)


class Html(HTMLParser):
    """The elements, ids, links and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a in self.elements if "id" in a]

    @property
    def links(self) -> list[str]:
        return [a["href"] for _, a in self.elements if "href" in a]

    @property
    def text(self) -> str:
        return "".join(self.words)


def rendered(page: Page | LazyPage) -> Html:
    config = mkdocs_settings(ROOT / "mkdocs.yml")
    names = [e if isinstance(e, str) else next(iter(e)) for e in config["markdown_extensions"]]
    body = page.text.split("\n---\n", 1)[1]
    return Html(markdown.markdown(body, extensions=names))


def all_pages(archive: Archive, templates: Templates, *briefings: Briefing) -> dict[str, Page | LazyPage]:
    """The Markdown pages."""
    pages = [*(briefing_page(b, archive, templates) for b in briefings), *archive_pages(archive, templates)]
    return {page.path: page for page in pages if page.path.endswith(".md")}


@pytest.mark.parametrize(
    ("dates", "actors", "sizes"),
    [
        (("2026-05-12", "2026-05-12"), ("a b", "b c"), [2]),
        (("2026-05-12", "2026-05-12"), ("a", "b"), [1, 1]),
        (("2026-05-12", "2026-05-12", "2026-05-12"), ("a", "b", "a"), [2, 1]),
        (("2026-05-12", "2026-05-13"), ("a", "a"), [1, 1]),
        (("2026-05", "2026-05"), ("a", "a"), [1, 1]),
        ((None, None), ("a", "a"), [1, 1]),
        (("2026-05-12/2026-05-14", "2026-05-12/2026-05-14"), ("a", "a"), [1, 1]),
        (("2026-05-12", "2026-05-12"), ("", ""), [1, 1]),
    ],
)
def test_events_of_one_day_stand_together_if_they_share_an_actor(
    dates: tuple[str | None, ...], actors: tuple[str, ...], sizes: list[int]
) -> None:
    here = row(example())
    events = [
        RowEvent(str(n), "s1", date, "words", tuple(who.split()))
        for n, (date, who) in enumerate(zip(dates, actors, strict=True))
    ]
    days = by_day([(here, event) for event in events])
    assert [len(day) for day in days] == sizes
    assert sorted(e.id for day in days for _, e in day) == [e.id for e in events]


def test_every_fact_links_to_its_words_and_back(templates: Templates) -> None:
    briefing = example()
    page = rendered(briefing_page(briefing, archive_of(briefing), templates))
    facts = [
        f.id for kind in (briefing.statements, briefing.figures, briefing.events, briefing.key_facts) for f in kind
    ]
    for fact in facts:
        assert f"e-{fact}" in page.ids, "the words in the source text have no address"
        assert f"f-{fact}" in page.ids, "the fact has no address"
        assert f"#e-{fact}" in page.links, "the fact does not lead to its words"
        assert f"#f-{fact}" in page.links, "the sentence does not lead back to the fact"


def test_ids_are_unique_and_fragments_resolve(templates: Templates) -> None:
    briefing = example()
    page = rendered(briefing_page(briefing, archive_of(briefing), templates))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


@pytest.mark.parametrize("which", ["all", "named-twice", "registered"])
def test_links_between_pages_resolve(which: ActorPages, templates: Templates) -> None:
    other = example("2026/velmora-again", publisher="Other Press")
    briefings = (example(), other)
    archive = cross_link([row(b) for b in briefings], REGISTRY, TOPICS, which)
    pages = all_pages(archive, templates, *briefings)
    places = {path.removesuffix("index.md").removesuffix(".md"): rendered(page) for path, page in pages.items()}
    places = {(f"{place}/" if place and not place.endswith("/") else place): html for place, html in places.items()}
    for hand_written in ("search/", "about/", "quality/"):
        places[hand_written] = Html("")
    for place, html in places.items():
        for link in html.links:
            if re.match(r"[a-z]+:|\?", link) or link.endswith((".json", ".csv", ".graphml", ".txt", ".xml")):
                continue
            address, _, fragment = link.partition("#")
            address = address.partition("?")[0]
            ups = address.count("../")
            assert ups <= place.count("/"), f"{link} on {place} leaves the site"
            base = place.rstrip("/").split("/") if place else []
            target = "/".join([*base[: len(base) - ups], address.replace("../", "")]) if address else place
            target = target if address else place
            assert target.lstrip("/") in places, f"{link} on {place} leads nowhere"
            if fragment and target.lstrip("/") not in {"search/", "about/"}:
                assert fragment in places[target.lstrip("/")].ids, f"{link} on {place} does not arrive"


def test_source_text_is_complete_without_markup() -> None:
    briefing = example()
    seen = " ".join(Html(str(source_text(briefing, [], {}))).text.split())
    plain = TEXT.replace("**", "").replace("[The plan](https://port.example/plan)", "The plan").replace("\n- ", "\n")
    for line in plain.splitlines():
        assert line in seen


def test_crossing_facts_links_and_emphasis_nest() -> None:
    text = "Title\n\nAlpha beta gamma delta epsilon.\n"
    of = article(text)
    of = replace(of, inlines=(inline("strong", 7, 18), inline("link", 13, 24, "https://a.example/")))
    gamma = mentioned("Gamma", (Span(18, 30), "name"), kind="group", status="candidate")
    briefing = made(of, actors=(gamma,))
    facts = [Evidence("a1", "figure", "A", (Span(7, 20),)), Evidence("b2", "figure", "B", (Span(13, 30), Span(7, 9)))]
    markup = str(source_text(briefing, facts, {"gamma": ("group", "#g")}))
    stack: list[str] = []
    for closing, tag in re.findall(r"<(/?)(\w+)[^>]*>", markup):
        if closing:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert not stack
    assert markup != "AlphabetagammadeltaepsilonTitle"
    assert re.search(r"<a [^>]*<a ", markup.replace("</a>", ">")) is None
    page = Html(markup)
    assert page.ids.count("e-a1") == page.ids.count("e-b2") == 1
    assert sum("a1" in a.get("data-f", "").split() for _, a in page.elements) >= 1


HOSTILE = (
    '<img src=x onerror="alert(1)">{{ site }} {% raw %} --8<-- "x"\n\n# no\n```\n'
    "</div><script>alert(2)</script>&lt;strike&gt;"
)


def hostile() -> Briefing:
    """A briefing in which all contributed text is an attack."""
    base = example()
    of = article(f"{HOSTILE}\n\n{HOSTILE} said so.", publisher=HOSTILE, url="javascript:alert(1)", author=HOSTILE)
    of = replace(
        of, title=builders.title(HOSTILE), source=replace(of.source, meta=replace(of.source.meta, language=HOSTILE))
    )
    whole = Span(0, len(of.text))
    said = builders.statement(whole, form="direct", hedged=True, id="aaaaaaaa09", about=(HOSTILE,))
    return made(
        replace(of, language=HOSTILE, inlines=(inline("link", 0, 4, "javascript:alert(1)"),)),
        actors=(mentioned(HOSTILE, (Span(0, 9), "name"), kind=HOSTILE, status="candidate", id=HOSTILE),),
        statements=(said,),
        figures=(replace(base.figures[0], start=0, end=9, measure=HOSTILE, subject=HOSTILE, qualifier=HOSTILE),),
        events=(replace(base.events[0], start=0, end=5, actors=(HOSTILE,), date=HOSTILE),),
        key_facts=(replace(base.key_facts[0], start=0, end=40),),
        notes=(builders.note("no-title", HOSTILE),),
        topics=("hostile",),
    )


def test_contributed_text_is_inert_on_pages(templates: Templates) -> None:
    bad = hostile()
    registry = [builders.actor("bad", HOSTILE, aliases={HOSTILE: HOSTILE}, note=HOSTILE, website="data:x")]
    topics = [builders.topic("hostile", name=HOSTILE, description=HOSTILE)]
    other = replace(bad, article=replace(bad.article, source=replace(bad.article.source, id="other")))
    archive = cross_link([row(bad), row(other)], registry, topics)
    for path, page in all_pages(archive, templates, bad, other).items():
        body = page.text.split("\n---\n", 1)[1]
        assert "{{" not in body
        assert "{%" not in body
        assert "--8<--" not in page.text
        assert not re.search(r"^(```|~~~)", body, re.MULTILINE)
        html = rendered(page)
        for tag, attributes in html.elements:
            assert attributes.get("type") == "application/ld+json" or tag != "script", path
            assert tag not in {"img", "strike", "iframe", "style"}, path
            assert not any(name.startswith("on") for name in attributes), path
            assert not attributes.get("href", "").lower().startswith(("javascript:", "data:text")), path
        head = yaml.safe_load(page.text.split("---\n")[1])
        assert "<" not in str(head["title"])


def test_excerpts_publish_only_sentences_that_carry_facts(templates: Templates) -> None:
    page = briefing_page(example(rights="excerpts"), archive_of(example()), templates)
    source = page.text[page.text.index('class="source"') :].partition("</section>")[0]
    assert "double its container capacity" in source
    assert "names three steps" not in source
    assert "rail link" not in source
    assert "Crane Parts" not in source


def test_the_same_archive_gives_the_same_pages(templates: Templates) -> None:
    first, second = (all_pages(archive_of(example()), templates, example()) for _ in range(2))
    assert {path: page.text for path, page in first.items()} == {path: page.text for path, page in second.items()}


def test_front_page_lists_recent_changes_from_git(templates: Templates) -> None:
    archive = cross_link([row(example())], REGISTRY, TOPICS)
    when = {"briefings/2026/velmora-harbour.md": 1_790_000_000}  # 21 September 2026
    known = replace(templates, site=replace(templates.site, changed=when))
    section = rendered(all_pages(archive, known)["index.md"]).text.partition("Recently updated")[2]
    assert section.strip().startswith("21 September 2026 Harbour of Velmora")
    assert "Recently updated" not in rendered(all_pages(archive, templates)["index.md"]).text


def test_paraphrase_keeps_its_clause_whole(templates: Templates) -> None:
    said = {s.id: s.clause for s in row(example()).statements}
    assert said["aaaaaaaa05"] == "believes that the cranes will work without people, as they do in Rotterdam"
    assert not any(said[f"aaaaaaaa0{n}"] for n in (1, 2, 3, 4)), "the verb comes last, a quotation, no speaker"
    text = rendered(briefing_page(example(), archive_of(example()), templates)).text
    assert "believes that the cranes will work" in " ".join(text.split())
    assert "According to Ministry of Transport" in " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("中国", "transliteration", "Chinese"),
        ("Россия", "transliteration", "original script"),
        ("Dai Qi", "transliteration", "transliteration"),
        ("Norwegian", "demonym", "nationality"),
        ("JOGMEC", "acronym", "acronym"),
    ],
)
def test_alias_types_have_labels(name: str, kind: str, label: str) -> None:
    assert alias_label(name, kind) == label


def test_empty_archive_has_index_pages(templates: Templates) -> None:
    pages = all_pages(cross_link([], [], []), templates)
    assert {"index.md", "briefings/index.md", "actors/index.md", "topics/index.md", "timeline/index.md"} <= set(pages)


def test_nothing_is_shortened_on_the_briefings_own_page(templates: Templates) -> None:
    long = "The pier " + "and the next pier " * 40 + "stay open."
    of = article(f"Title\n\n{long}\n")
    key = replace(example().key_facts[0], start=7, end=7 + len(long))
    event = replace(example().events[0], start=7, end=7 + len(long))
    briefing = made(of, key_facts=(key,), events=(event,))
    archive = archive_of(briefing)
    page = rendered(briefing_page(briefing, archive, templates))
    assert page.text.count(long) == 3, "as key fact, as event, in the text"
    assert long not in rendered(all_pages(archive, templates)["index.md"]).text


def test_plain_text_has_the_sections_of_the_page() -> None:
    briefing = example()
    text = plain_text(briefing)
    for name in ("Key facts", "Who said what", "Figures", "Events", "Source warnings", "Source text"):
        assert f"\n## {name}\n" in text
    assert (
        "- Anna Kessowa (quoted): “We have waited ten years for this, … and we will not wait an eleventh.” [s3]" in text
    )
    of = article("Title\n\n# Key facts\n\n## Source text\nAnd so on.\n")
    lines = plain_text(replace(briefing, article=of, sentences=sentences(of))).splitlines()
    assert [line for line in lines if line.startswith("#")].count("## Source text") == 1


def test_no_two_pages_have_the_same_title(templates: Templates) -> None:
    other = example("2026/again", publisher="Other Press")
    stranger = mentioned("Ports", (Span(0, 5), "name"), kind="organisation", status="candidate")
    other = replace(other, actors=(*other.actors, stranger))
    pages = all_pages(archive_of(example(), other), templates, example(), other)
    titles = [yaml.safe_load(page.text.split("---\n")[1])["title"] for page in pages.values()]
    assert sorted(titles) == sorted(set(titles))


def test_a_misspelt_name_in_a_template_fails(templates: Templates) -> None:
    environment = templates.environment
    with pytest.raises(jinja2.UndefinedError):
        environment.from_string("{{ nobody }}").render()
    with pytest.raises(TypeError):
        environment.from_string("{{ x }}").render(x=None)


def test_work_grows_with_length_only() -> None:
    def work(sentence_count: int) -> Callable[[], object]:
        of = article("Title\n\n" + "Alpha said 5 tonnes. " * sentence_count)
        briefing = made(of)
        facts = [
            Evidence(f"{n:x}", "figure", "F", (Span(s.start, s.start + 5),)) for n, s in enumerate(briefing.sentences)
        ]
        return lambda: source_text(briefing, facts, {})

    assert_grows_with_length_only(work)


@pytest.mark.parametrize(
    ("text", "language", "runs"),
    [
        ("called 稀土 in Chinese, レアアース in Japanese", "en", [("稀土", "zh"), ("レアアース", "ja")]),
        ("titled 《稀土管理条例》, in force", "en", [("《稀土管理条例》", "zh")]),
        ("the words العناصر الأرضية النادرة, say", "en", [("العناصر الأرضية النادرة", "ar")]),
        ("a name گلپایگان in Iran", "en", [("گلپایگان", "")]),
        ("יסודות נדירים", "en", [("יסודות נדירים", "he")]),
        ("稀土と磁石", "ja", []),
        ("中国稀土", "zh-Hans", []),
        ("Редкие земли", "en", []),
        ("희토류 자석 (magnets)", "en", [("희토류 자석", "ko")]),
    ],
)
def test_other_scripts_are_detected(text: str, language: str, runs: list[tuple[str, str]]) -> None:
    assert [(text[a:b], told) for a, b, told in other_scripts(text, language)] == runs


def test_words_in_other_scripts_have_a_language() -> None:
    briefing = example()
    text = TEXT.replace("a rail link", "a rail link (铁路)")
    of = replace(briefing.article, text=text)
    assert '<bdi lang="zh">铁路</bdi>' in str(source_text(replace(briefing, article=of), [], {}))


def test_a_machine_translation_is_labelled_under_the_title(templates: Templates) -> None:
    plain = example()
    translated = replace(plain, notes=(builders.note("machine-translated", "The wording suggests it."),))
    for briefing, labelled in ((plain, False), (translated, True)):
        page = rendered(briefing_page(briefing, archive_of(briefing), templates))
        assert ("machine-translated" in page.text.partition("min read")[0]) == labelled


def test_three_key_facts_and_the_source_come_before_the_folded_parts(templates: Templates) -> None:
    page = briefing_page(example(), archive_of(example()), templates)
    body = page.text.partition("<h1")[2]
    before, source, after = body.partition('id="source"')
    assert source
    assert before.partition("<details")[0].count('<li id="f-') <= 3
    assert 'class="statement' not in before
    for kind in ("statements", "figures", "actors"):
        assert f'id="{kind}"' in after
    counts = dict(re.findall(r"<summary><h2>([^<]+?) <span class=\"count\">(\d+)<", after))
    assert counts["Figures"] == str(len(example().figures))


@pytest.mark.parametrize(
    ("words", "unit", "value", "high", "shown"),
    [
        ("57", "percent", 57, None, " percent"),
        ("57 percent", "percent", 57, None, ""),
        ("57%", "percent", 57, None, ""),
        ("21", "t", 21_000_000, None, " (21,000,000 t)"),
        ("6.9 million", "t", 6_900_000, None, " (6,900,000 t)"),
        ("6.9 million tonnes", "t", 6_900_000, None, ""),
        ("3 to 5", "t", 3, 5, " (3–5 t)"),
        ("$12,000 a tonne", "USD/t", 12_000, None, ""),
        ("€5", "EUR", 5, None, ""),
        ("14", "count", 14, None, ""),
        ("5 million", "XXX", 5_000_000, None, ""),
        ("two thirds", "1", 0.67, None, ""),
    ],
)
def test_a_figure_shows_its_unit(words: str, unit: str, value: float, high: float | None, shown: str) -> None:
    figure = replace(row(example()).figures[0], words=words, unit=unit, value=value, high=high)
    assert missing_unit(figure) == shown


def test_a_figure_shows_its_period_and_who_asserts_it(templates: Templates) -> None:
    base = example()
    figures = (replace(base.figures[0], as_of="2024", asserted_by="the harbour survey"), *base.figures[1:])
    changed = replace(base, figures=figures)
    told = rendered(briefing_page(changed, archive_of(changed), templates)).text
    assert "for 2024 according to the harbour survey" in " ".join(told.split())


def test_the_timeline_has_every_briefing_and_its_counts_agree(templates: Templates) -> None:
    base = row(example())
    silent = replace(base, id="2026/silent", title="Nothing happens", events=(), signature=())
    pages = {p.path: p for p in archive_pages(cross_link([base, silent], REGISTRY, TOPICS), templates)}
    timeline = pages["timeline/index.md"].text
    assert base.events
    assert len(re.findall(r"<li data-topics=", timeline)) == len(base.events)
    assert "No event could be read from 1 briefing." in timeline
    assert "../briefings/2026/silent/" in rendered(pages["timeline/index.md"]).links
    for topic, count in re.findall(r'chip topic" href="../topics/([^/]+)/#timeline">.*?"count">(\d+)<', timeline):
        page = pages[f"topics/{topic}.md"].text
        assert f"{count} event" in page
        assert page.partition("## Story")[2].partition("## ")[0].count("<li>") == int(count)


def test_empty_topics_have_no_page(templates: Templates) -> None:
    empty = builders.topic("harbour-seals", "harbour seals")
    archive = cross_link([row(example())], REGISTRY, [*TOPICS, empty])
    pages = {p.path: p for p in archive_pages(archive, templates)}
    assert "topics/harbour-seals.md" not in pages
    assert "Harbour-Seals" not in pages["topics/index.md"].text


def test_a_topic_tells_its_story_latest_first(templates: Templates) -> None:
    base = row(example())
    event = base.events[0]
    events = tuple(
        replace(event, id=f"e{n}", date=date, words=f"Event {n}.")
        for n, date in enumerate(["2024", "2026-05-03", None, "XXXX-05-01", "2025-01"])
    )
    topic = next(iter(cross_link([replace(base, events=events)], REGISTRY, TOPICS).topics.values()))
    assert [e.words[6] for _, e in topic_events(topic)] == ["1", "4", "0", "3", "2"]


def test_many_measures_and_notes_are_paginated(templates: Templates) -> None:
    base = row(example())
    figures = tuple(
        replace(
            base.figures[0],
            id=f"f{n}",
            measure=f"output of crane {n}",
            unit="t",
            value=n + 100.0,
            high=None,
            qualifier=None,
            subject="norway",
            context="Output rose.",
            as_of="2025",
        )
        for n in range(30)
    )
    notes = tuple(replace(base.notes[0], code="no-date", message="Nothing says when.") for _ in range(60))
    rows = [
        replace(
            base, id=f"2026/{name}", published="2026-05-03", publisher=name, figures=figures, notes=notes, signature=()
        )
        for name in ("one", "two")
    ]
    rows[1] = replace(rows[1], figures=(replace(figures[0], value=900.0), *figures[1:]))
    pages = {p.path: p for p in archive_pages(cross_link(rows, REGISTRY, TOPICS), templates)}
    index = rendered(pages["figures/index.md"])
    assert "Different values reported" in index.text
    assert "The archive has 60 figures" in index.text
    assert "../figures/all/" in index.links
    several = [path for path in pages if path.startswith("figures/measures")]
    assert len(several) == 3
    for link in index.links:
        place, _, fragment = link.partition("#")
        if "figures/measures" in place:
            assert fragment in rendered(pages[place.removeprefix("../").rstrip("/") + ".md"]).ids
    care = rendered(pages["care/index.md"])
    assert care.text.count("Nothing says when.") == 1, "the same is said once"
    assert "../care/no-date/" in care.links
    assert "care/no-date.md" in pages

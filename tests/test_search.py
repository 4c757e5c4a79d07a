"""Search in Chromium: what is found, what is said where nothing is, and what is offered then."""

from __future__ import annotations

import json
import random
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.site import archive_pages, briefing_page, search_index
from briefing.site.search_words import FILE, search_forms, word_list
from tests.browsing import index, served
from tests.builders import Words, article, briefing, mentioned, templates
from tests.conftest import ROOT
from tests.example_briefing import REGISTRY, TOPICS, example
from tests.test_site import hand_written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEXTS = {
    "quarry": "Granite quarry at Hellvik sold\n\nThe quarry is sold for 31 million crowns. Bjørn Østerås signed.",
    "kiln": "Kilns of Straßfeld cool down\n\nŁukasz Żaba counts. Jörg Krämer wants cobalt-nickel glaze from Györ.",
    "tax": "Glaze tax divides potters\n\nPotters protest against the tax on glaze. Nobody at the quarry was asked.",
    "zh": "陶器税引起争议\n\n海港城市议会周二宣布，将对陶器和釉料征税。窑主林海说价格会上涨。",
    "ja": "窯の輸出手続き\n\n港湾局はセラミックスの輸出手続きについて発表した。",
    "fund": "Norway signs a fund for ceramics\n\nThe fund of Norway pays for ceramics and roads.",
    "bargain": "A bargain for Oslo\n\nThe bargain on ceramics was struck in a week. Norway has ceramics as well.",
    "visit": "A visit\n\nPresident Zelenskiy met potters, and Mr. Brodsky came too.",
    "ferry": "A ferry to Rovaniemi\n\nHolmium lamps could be important. A report calls europium dear.",
    "kilns-again": "Potters of Anna Kessowa\n\nAnna Kessowa met potters. A kiln was lit in Hellvik.",
}


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Bjørn", "bjorn bjoern"),
        ("Straße", "strasse"),
        ("Łódź and Đà", "lodz da"),
        ("Müller", "mueller"),
        ("Montréal", ""),  # Pagefind ignores accents
        ("plain words", ""),
        ("Zelenskiy, Zelenskyy and Zelensky", "zelensky"),
        ("Kowalski skis in Helsinki", "kowalsky"),
        ("稀土出口", "稀土 土出 出口 口"),
        ("<b>镓</b>和", "镓 和"),
        ("ﾚｱｱｰｽ", "レア アア アー ース ス"),
        ('镓<del title="Removed" data-pagefind-ignore>广告</del>和', "镓 和"),
        ("ราคา", "รา าค คา า"),
    ],
)
def test_other_forms(text: str, forms: str) -> None:
    assert search_forms(text) == forms


def test_list_has_each_word_once_and_the_most_frequent_first() -> None:
    archive = cross_link([row(b) for b in (example(), example("again"))], REGISTRY, TOPICS)
    words = word_list(archive).text.split()
    assert len({word.lower() for word in words}) == len(words)
    assert "Velmora" in words


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    work = tmp_path_factory.mktemp("search")
    hand_written(work, "docs")
    briefings = [example()]
    for id, text in TEXTS.items():
        here = ()
        if "Anna" in text:
            here = (mentioned("Anna Kessowa", (Words(text)("Anna Kessowa"), "name")),)
        briefings.append(briefing(article(text, id, published="2026-02-01"), actors=here))
    archive = cross_link([row(b) for b in briefings], REGISTRY, TOPICS)
    known = templates(name="Potters", url="https://archive.example/news/", description="Briefings.")
    for page in [*(briefing_page(b, archive, known) for b in briefings), *archive_pages(archive, known)]:
        path = work / "docs" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text)
    assert (work / "docs" / FILE).is_file()
    settings = {
        "INHERIT": str(ROOT / "templates" / "mkdocs.yml"),
        "site_name": "Briefing Archive",
        "exclude_docs": "/development.md",
        "docs_dir": str(work / "docs"),
        "site_dir": str(work / "news"),
        "theme": {"custom_dir": str(ROOT / "templates" / "theme")},
    }
    (work / "mkdocs.yml").write_text(json.dumps(settings))
    command = ["mkdocs", "build", "-q", "-f", str(work / "mkdocs.yml")]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    initials = " ".join(f"{letter}." for letter in string.ascii_uppercase)
    for name in ("Ek", "Holm", "Dahl", "Vik"):
        page = work / "news" / "actors" / name.lower() / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<title>{name}</title><h1 data-pagefind-body>{initials} {name}</h1>")
    index(work / "news", work / "kept")
    with served(work) as base:
        yield f"{base}news/"


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


def ask(page: Page, query: str) -> tuple[str, list[str], list[str]]:
    """What search says of a query, the pages it leads to, and what it offers instead."""
    page.goto("search/?" + urlencode({"q": query}))
    page.wait_for_function("() => !/^(Searching|$)/.test(document.querySelector('.search-status').textContent)")
    page.wait_for_function("() => document.querySelector('.results').childElementCount")
    links = page.locator(".results .hit-title").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    return (
        page.inner_text(".search-status"),
        ["/".join(link.split("/")[2:4]) for link in links],
        page.locator(".results .nothing button").all_inner_texts(),
    )


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("quarry", "briefings/quarry"), ("quarries", "briefings/quarry"), ("Bjorn", "briefings/quarry"),
        ("Bjørn", "briefings/quarry"), ("Osteras", "briefings/quarry"), ("Bjoern", "briefings/quarry"),
        ("Lukasz Zaba", "briefings/kiln"), ("Strassfeld", "briefings/kiln"), ("Krämer", "briefings/kiln"),
        ("Kraemer", "briefings/kiln"), ("Kramer", "briefings/kiln"), ("Gyor", "briefings/kiln"),
        ("nickel", "briefings/kiln"), ("cobalt-nickel", "briefings/kiln"), ("cobalt nickel", "briefings/kiln"),
        ("陶器", "briefings/zh"), ("釉料", "briefings/zh"), ("议会", "briefings/zh"), ("价格", "briefings/zh"),
        ("窑", "briefings/zh"), ("釉", "briefings/zh"), ("輸出", "briefings/ja"), ("手続き", "briefings/ja"),
        ("ラミック", "briefings/ja"), ("glaze tax", "briefings/tax"), ("who is Anna Kessowa?", "actors/anna-kessowa"),
         ("Zelensky", "briefings/visit"), ("Zelenskyy", "briefings/visit"), ("zelenskiy", "briefings/visit"),
         ("Brodskiy", "briefings/visit"), ("Kessowa potters", "briefings/kilns-again"), ("GLAZE", "briefings/tax"),
         ("Kessowa", "actors/anna-kessowa"),
    ],
)  # fmt: skip
def test_words_are_found(page: Page, query: str, first: str) -> None:
    status, pages, _ = ask(page, query)
    assert pages[:1] == [first], status
    assert "some lack" not in status


def drawn_words() -> list[str]:
    """Words of the sentences, drawn at random but the same each time."""
    found = {word.lower() for text in TEXTS.values() for word in re.findall(r"[^\W\d_]{4,}", text) if word.isascii()}
    return random.Random(20).sample(sorted(found), 20)


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("word", [*drawn_words(), "holmium", "europium", "could", "report", "important"])
def test_each_word_of_a_sentence_is_found(page: Page, word: str) -> None:
    """Bundles of the index without a word answer with pages that have its first letter, such as an initial."""
    status, pages, _ = ask(page, word)
    assert not status.startswith("No results")
    marks = page.locator(".results .hit").first.locator("mark")
    assert pages[0].startswith("actors/") or marks.count(), status
    filters = page.locator(".facets details").first.locator(".count").all_inner_texts()
    assert sum(map(int, filters)) == int(status.split()[0])


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_no_filters_beside_no_results(page: Page) -> None:
    ask(page, "quary")
    assert not page.locator(".facets details").count()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("quary", "Did you mean “quarry”?"),
        ("glzae", "Did you mean “glaze”?"),
        ("Helvik", "Did you mean “Hellvik”?"),
        ("Kesowa potters", "Did you mean “Kessowa potters”?"),
        ("quarantine", None),  # begins like quarry
        ("MKP", None),
        ("陶瓷", None),
        ("kiln xyzzyq", "Search for “kiln” only"),
    ],
)
def test_a_word_on_no_page_finds_nothing_and_says_so(page: Page, query: str, offered: str | None) -> None:
    status, pages, offers = ask(page, query)
    assert status.startswith(f"No results for “{query}”. No page has “")
    assert not pages
    assert offers[:1] == ([offered] if offered else [])


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_pages_with_most_of_the_words_say_what_they_lack(page: Page) -> None:
    status, pages, _ = ask(page, "quarry protest crowns")
    assert status.endswith(" with some of these words, none with all")
    assert {"briefings/tax", "briefings/quarry"} <= set(pages)
    assert "missing: “" in page.inner_text(".results")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_what_a_question_is_about_comes_before_what_has_every_word(page: Page) -> None:
    status, pages, _ = ask(page, "norway ceramics bargain")
    assert pages[:2] == ["briefings/fund", "briefings/bargain"], status
    assert "some lack a word" in status


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_page_with_the_first_letters_of_a_rare_word_does_not_have_it(page: Page) -> None:
    status, pages, _ = ask(page, "quarry sold weekly")  # one page has `week`
    assert pages[:1] == ["briefings/quarry"], status
    assert "missing: “weekly”" in page.inner_text(".results") or status.startswith("No results")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_one_result_is_singular(page: Page) -> None:
    assert ask(page, "crowns")[0] == "1 result"


# --- bundles -------------------------------------------------------------------------------------

WORDS = ["quay", "harbour", "tin", "cobalt", "tariff", "ferry", "glaze", "mayor", "council", "export"]
TOPICS_OF = ("Metals", "Ships", "Duties")


def write_page(site: Path, number: int, more: str = "") -> None:
    """A page as a briefing's, as far as search reads it."""
    chosen = [word for n, word in enumerate(WORDS) if number >> n & 1 or number % 7 == n]
    facets = "".join(
        f'<span data-pagefind-filter="{name}[data-v]" data-v="{value}"></span>'
        for name, value in (("kind", "Briefing"), ("topic", TOPICS_OF[number % 3]), ("year", str(2000 + number % 9)))
    )
    date = f"{2000 + number % 9}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    path = site / "briefings" / f"p{number}" / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<!doctype html><html lang="en"><head><title>P{number}</title></head><body><nav>menu nowhere</nav>'
        f'<h1 data-pagefind-body data-pagefind-weight="8">Page {number} {more}</h1>{facets}'
        f'<span data-pagefind-sort="date[data-v]" data-v="{date}"></span>'
        f'<div class="source" data-pagefind-body><div><p id="s1">{" ".join(chosen)} {more}.</p></div>'
        '<p id="s2">The end.</p></div><footer>not for search</footer></body></html>'
    )  # fmt: skip


LOOK = """async ([base, queries]) => {
  const url = base + 'pagefind/';
  const pagefind = await (await import(url + 'pagefind.js')).createInstance({ basePath: url, noWorker: true });
  await pagefind.init();
  const others = await (await fetch(url + 'bundles.json')).json();
  for (const name of others) await pagefind.mergeIndex(new URL(url).pathname + `b/${name}/`, { baseUrl: '/' });
  const found = [];
  for (const [words, filters] of queries) {
    await pagefind.preload(words, { filters: { topic: ['-'], year: ['-'] } });
    const { results, filters: counts } = await pagefind.search(words, { filters });
    const ordered = [...results].sort((a, b) => (a.id < b.id ? 1 : -1));
    const data = await Promise.all(ordered.map((one) => one.data()));
    found.push([data.map((one) => one.url.replace(/.*briefings/, '')), counts]);
  }
  return found;
}"""
QUERIES = [(word, {}) for word in ("quay", "tin", "export", "ferry tin", "nowhere")] + [
    ("tin", {"topic": ["Ships"]}),
    ("glaze", {"year": ["2003"], "topic": ["Metals"]}),
]


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_bundles_find_what_one_bundle_finds(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after pages were edited, removed and added: none is found twice, or as it was."""
    sites = {name: tmp_path / name for name in ("many", "one")}
    for number in range(160):
        write_page(sites["many"], number)
    with served(tmp_path) as base:
        page = browser.new_page()
        page.goto(f"{base}many/briefings/p0/")
        for step in ("first", "edited", "removed", "added"):
            if step == "edited":
                write_page(sites["many"], 9, "lighthouse")
            elif step == "removed":
                shutil.rmtree(sites["many"] / "briefings" / "p32")
            elif step == "added":
                write_page(sites["many"], 500, "lighthouse")
            monkeypatch.setattr(search_index, "SMALLEST", 32)
            index(sites["many"], tmp_path / "kept")
            assert len(json.loads((sites["many"] / "pagefind" / "bundles.json").read_text())) > 2
            shutil.rmtree(sites["one"], ignore_errors=True)
            shutil.copytree(sites["many"], sites["one"])
            monkeypatch.setattr(search_index, "SMALLEST", 1 << 31)
            monkeypatch.setattr(search_index, "RECENT", 1)
            index(sites["one"], tmp_path / f"kept-{step}")
            monkeypatch.setattr(search_index, "RECENT", 16)
            assert (sites["one"] / "pagefind" / "bundles.json").read_text() == "[]"
            queries = [*QUERIES, ("lighthouse", {})]
            many, one = (page.evaluate(LOOK, [f"{base}{name}/", queries]) for name in ("many", "one"))
            assert many == one, step
            assert len(many[-1][0]) == {"first": 0, "edited": 1, "removed": 1, "added": 2}[step]
        page.close()


def test_bundles_depend_on_their_pages_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page more leaves most bundles as they are, and leads to what indexing all pages at once gives."""
    monkeypatch.setattr(search_index, "SMALLEST", 16)
    made: list[int] = []
    make = search_index.make_index
    monkeypatch.setattr(search_index, "make_index", lambda p, t: made.append(len(p := [*p])) or make(p, t))
    for number in range(300):
        write_page(tmp_path / "site", number)
    index(tmp_path / "site", tmp_path / "kept")
    assert sum(made) == 300
    made.clear()
    index(tmp_path / "site", tmp_path / "kept")
    assert not made
    write_page(tmp_path / "site", 503)  # of 2008, the last year
    index(tmp_path / "site", tmp_path / "kept")
    assert sum(made) < 100
    grown = files(tmp_path / "site" / "pagefind")
    index(tmp_path / "site", tmp_path / "other")
    assert grown == files(tmp_path / "site" / "pagefind")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_number_of_bundles_is_bounded() -> None:
    for count in (0, 1, 1000, 30_000):
        pages = {
            f"briefings/p{n}/index.html": search_index.Indexed("", f"{n}", f"{2000 + n % 20}0101") for n in range(count)
        }
        bundles = search_index.cut(pages)
        assert len(bundles) <= search_index.MOST_BUNDLES + 2
        assert sorted(name for names in bundles for name in names) == sorted(pages)
        assert not count or len(bundles[-1]) < max(200, count / 10)


def test_pagefind_is_given_what_it_indexes() -> None:
    text = (
        '<html><head><title>T</title></head><body><nav data-pagefind-ignore>menu</nav><div hidden><span '
        'data-pagefind-filter="kind[data-v]" data-v="a &gt; b"></span></div><div data-pagefind-body><div><p id="s1">One'
        "</p></div>two</div><p>three</p></body></html>"
    )  # fmt: skip
    assert search_index.reduced(text.encode()) == (
        '<!doctype html><html lang="en"><head><title>T</title></head><body><span '
        'data-pagefind-filter="kind[data-v]" data-v="a &gt; b"></span> <div data-pagefind-body><div><p id="s1">One</p>'
        "</div>two</div></body></html>"
    )
    assert not search_index.reduced(b"<html><body>text</body></html>")


def test_a_changed_link_does_not_change_what_is_indexed() -> None:
    def indexed(attributes: str) -> str:
        page = f'<title>T</title><div class="source" data-pagefind-body lang="de"><a {attributes}>Anna</a></div>'
        return search_index.reduced(page.encode())

    first = indexed('class="actor" id="s1" href="../anna/" title="a data-pagefind-ignore b"')
    assert first == indexed('id="s1" href="../names/#anna"')
    assert '<a id="s1">Anna</a>' in first
    assert '<div data-pagefind-body lang="de">' in first
    assert first != indexed('id="s1" data-pagefind-ignore')

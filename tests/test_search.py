"""Search in Chromium: what is found, what is said where nothing is, and what is offered then."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.site import archive_pages, briefing_page
from briefing.site.search_words import FILE, search_forms, word_list
from tests.browsing import served
from tests.builders import Words, article, briefing, mentioned, templates
from tests.conftest import ROOT
from tests.example_briefing import REGISTRY, TOPICS, example

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEXTS = {
    "quarry": "Granite quarry at Hellvik sold\n\nThe quarry is sold for 31 million crowns. Bjørn Østerås signed.",
    "kiln": "Kilns of Straßfeld cool down\n\nŁukasz Żaba counts. Jörg Krämer wants cobalt-nickel glaze from Györ.",
    "tax": "Glaze tax divides potters\n\nPotters protest against the tax on glaze. Nobody at the quarry was asked.",
    "zh": "陶器税引起争议\n\n海港城市议会周二宣布，将对陶器和釉料征税。窑主林海说价格会上涨。",
    "ja": "窯の輸出手続き\n\n港湾局はセラミックスの輸出手続きについて発表した。",
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
    shutil.copytree(ROOT / "docs", work / "docs", ignore=shutil.ignore_patterns(".generated.json", "search"))
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
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(work / "docs"),
        "site_dir": str(work / "news"),
        "theme": {"custom_dir": str(ROOT / "templates" / "theme")},
    }
    (work / "mkdocs.yml").write_text(json.dumps(settings))
    for command in (
        ["mkdocs", "build", "-q", "-f", str(work / "mkdocs.yml")],
        ["pagefind", "--site", str(work / "news"), "--quiet"],
    ):
        subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
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
        ("Kessowa potters", "briefings/kilns-again"), ("GLAZE", "briefings/tax"), ("Kessowa", "actors/anna-kessowa"),
    ],
)  # fmt: skip
def test_words_are_found(page: Page, query: str, first: str) -> None:
    status, pages, _ = ask(page, query)
    assert pages[:1] == [first], status
    assert "not all" not in status


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
    assert status.endswith(". None has all of these words")
    assert {"briefings/tax", "briefings/quarry"} <= set(pages)
    assert "without “" in page.inner_text(".results")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_one_result_is_singular(page: Page) -> None:
    assert ask(page, "crowns")[0] == "1 result"

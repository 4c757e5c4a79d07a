"""Tables that filter, sort and download, and two actors side by side: their data, and their use in Chromium."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import Row
from briefing.content.edtf import sort_key
from briefing.model import LazyPage, Page
from briefing.site.charts import backdrop, flags
from briefing.site.fingerprints import no_fingerprints
from briefing.site.indexes import archive_pages
from briefing.site.ledgers import CHUNK, TABLE_ROWS, table_pages
from briefing.site.network import compare_pages
from tests.browsing import served
from tests.builders import actor, row, row_figure, row_statement, templates, topic
from tests.conftest import ROOT
from tests.test_site import hand_written

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

UNITS = ("t", "percent", "EUR", "USD/kg", "count")
PEOPLE = ("uma", "vic", "wes", "xan")
REGISTRY = [*(actor(i) for i in PEOPLE), actor("norway", "Norway", kind="country", iso2="NO"), actor("zoe")]
BRIEFINGS, EACH = 1_000, 10


def figure(n: int) -> Any:
    return row_figure(
        f"f{n}",
        value=float(n % 500),
        unit=UNITS[n % len(UNITS)],
        measure=f"output of mine {n % 300}" if n % 7 else None,
        subject=PEOPLE[n % 4],
        as_of=str(2000 + n % 20) if n % 2 else None,
        asserted_by="the “harbour” survey, =1+1" if n % 3 else None,
        context=f"=Sentence {n} tells how much the mine gave, “quoted”, with a comma, and how it was weighed on shore.",
    )


def briefing(n: int, **more: Any) -> Row:
    year = 2015 + n * 10 // BRIEFINGS
    facts = tuple(figure(n * EACH + k) for k in range(EACH))
    said = row_statement(
        PEOPLE[n % 3], "kept", id=f"s{n}", about=(PEOPLE[(n + 1) % 3],), clause=f"said word {n} was kept"
    )
    values: dict[str, Any] = {
        "published": f"{year}-05-{1 + n % 28:02}",
        "topics": ("ports",) if n % 10 else (),
        "url": "https://a.example/x?a=1,2",
    }
    values |= {"title": f"Briefing {n}", "figures": facts, "statements": (said,)} | more
    return row(f"{year}/b{n}", *PEOPLE[:3], **values)


def archive_of(count: int) -> Archive:
    spread = range(0, BRIEFINGS, BRIEFINGS // count)
    return cross_link([briefing(n) for n in spread], REGISTRY, [topic("ports", "port")])


def files(archive: Archive) -> dict[str, Page | LazyPage]:
    return {p.path: p for p in table_pages(archive, templates(), no_fingerprints(archive))}


@pytest.fixture(scope="module")
def large() -> Archive:
    return archive_of(BRIEFINGS)


# --- data -------------------------------------------------------------------------------------


def test_every_row_is_in_one_chunk_and_in_every_column(large: Archive) -> None:
    found = files(large)
    index = json.loads(found["figures/data/index.json"].text)
    names = [f"figures/data/{name}.json" for _, name, _, _ in index["chunks"]]
    chunks = [json.loads(found[name].text) for name in names]
    ids = [id for chunk in chunks for id in chunk["id"]]
    assert len(ids) == len(set(ids)) == BRIEFINGS * EACH
    assert [len(chunk["id"]) for chunk in chunks] == [rows for _, _, rows, _ in index["chunks"]]
    assert max(len(chunk["id"]) for chunk in chunks) <= CHUNK
    assert {len(column["rows"]) for column in index["columns"].values()} == {len(ids)}
    assert {p for p in found if p.startswith("figures/data/")} == {*names, "figures/data/index.json"}


def test_data_of_ten_thousand_rows_is_light(large: Archive) -> None:
    found = files(large)
    assert len(found["figures/data/index.json"].text.encode()) < 300_000
    assert max(len(p.text.encode()) for name, p in found.items() if name.endswith(".json")) < 300_000
    assert max(len(p.text.encode()) for name, p in found.items() if name.endswith(".md")) < 100_000


def test_one_more_briefing_changes_few_pages_of_figures() -> None:
    before = archive_of(100)
    after = cross_link([*before.rows, briefing(995, published="2024-12-30")], REGISTRY, [topic("ports", "port")])
    old, new = files(before), files(after)
    years = {name for name in new if name.startswith("figures/all/")}
    shown = "".join(old[name].text for name in years & {*old})
    assert all(f"/b{n * 10}/#e-f{n * 100 + k}" in shown for n in range(100) for k in range(EACH))
    assert len(years) == 20
    assert [name for name in years if old[name].text != new[name].text] == ["figures/all/2024-2.md"]


def test_values_are_in_the_order_in_which_they_are_sorted() -> None:
    base = briefing(0)
    dates = ("2024-05", "2023", None, "2024-04-30", "XXXX")
    facts = tuple(replace(f, as_of=date) for f, date in zip(base.figures, dates, strict=False))
    found = files(cross_link([replace(base, figures=facts)], REGISTRY, [topic("ports", "port")]))
    period = json.loads(found["figures/data/index.json"].text)["columns"]["period"]
    assert period["values"] == sorted({*dates} - {None}, key=sort_key)
    assert period["values"][-2:] == ["2024-04-30", "2024-05"]
    assert period["rows"][2] == -1


def test_a_new_version_has_a_new_address() -> None:
    def versions(archive: Archive) -> list[str]:
        return [chunk[3] for chunk in json.loads(files(archive)["figures/data/index.json"].text)["chunks"]]

    base = archive_of(30)
    changed = [replace(r, title="Another") if n == 3 else r for n, r in enumerate(base.rows)]
    other = cross_link(changed, REGISTRY, [topic("ports", "port")])
    assert versions(base) == versions(archive_of(30)) != versions(other)


def test_archive_without_facts_says_so() -> None:
    found = files(cross_link([row("a", "uma")], REGISTRY, ()))
    for place, noun in (("figures", "figures"), ("statements", "statements"), ("timeline", "events")):
        assert f"No {noun} yet." in found[f"{place}/all.md"].text


def test_flags_are_those_of_registered_countries() -> None:
    found = list(flags(archive_of(1)))
    assert [p.path for p in found] == ["assets/generated/flags/no.svg"]
    assert found[0].text.startswith("<svg ")


def test_file_of_an_actor_has_a_limited_size() -> None:
    rows = [briefing(n, figures=(), url=None) for n in range(BRIEFINGS)]
    archive = cross_link([replace(r, title="A long title of some hundred letters, " * 2) for r in rows], REGISTRY, ())
    found = {p.path: p for p in compare_pages(archive, templates(), no_fingerprints(archive))}
    assert len(found["actors/uma/compare.json"].text.encode()) < 250_000
    assert "actors/zoe/compare.json" not in found, "no article mentions zoe"


# --- in Chromium ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, large: Archive) -> Iterator[str]:
    work = tmp_path_factory.mktemp("tables")
    hand_written(work, "docs")
    known = templates(name="Mines", url="https://archive.example/news/")
    pages: dict[str, Page | LazyPage] = {p.path: p for p in table_pages(large, known, no_fingerprints(large))}
    pages |= {p.path: p for p in compare_pages(large, known, no_fingerprints(large))}
    small = archive_of(40)
    pages |= {
        p.path: p for p in archive_pages(small, known) if p.path in {"index.md", "actors/uma.md", "network/index.md"}
    }
    pages[backdrop().path] = backdrop()
    for page in pages.values():
        path = work / "docs" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text)
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(work / "docs"),
        "site_dir": str(work / "news"),
        "site_url": "https://archive.example/news/",
        "nav": ["index.md"],
        "theme": {"custom_dir": str(ROOT / "templates" / "theme")},
    }
    (work / "mkdocs.yml").write_text(json.dumps(settings))
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(work / "mkdocs.yml")], check=True, capture_output=True
    )
    with served(work) as base:
        yield f"{base}news/"


class Loaded:
    """The bytes of the data files that a page loads."""

    def __init__(self, tab: Tab) -> None:
        self.bytes: dict[str, int] = {}
        self.hosts: set[str] = set()
        tab.on("response", self.count)

    def count(self, answer: Any) -> None:
        self.hosts.add(answer.url.split("/")[2])
        if "/data/" in answer.url:
            self.bytes[answer.url.rpartition("/")[2]] = len(answer.body())


@pytest.fixture(params=[(1280, 800), (360, 780)], ids=["desktop", "phone"])
def tab(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Tab]:
    width, height = request.param
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    wide = opened.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert not [f for f in faults if "404" not in f]
    assert wide <= 0


def status(tab: Tab, expected: str) -> None:
    tab.wait_for_function(f"() => document.querySelector('.table-status').textContent === {json.dumps(expected)}")


def numbers(tab: Tab) -> list[int]:
    """The numbers of the figures on the page, from their links."""
    links = tab.locator(".facts tbody td:last-child a").evaluate_all("all => all.map(a => a.hash)")
    return [int(link.removeprefix("#e-f")) for link in links]


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_ten_thousand_rows_filter_and_sort_with_few_bytes(tab: Tab) -> None:
    loaded = Loaded(tab)
    tab.goto("figures/all/")
    tab.wait_for_load_state("networkidle")
    assert not loaded.bytes, "nothing is loaded before it is needed"
    assert tab.locator(".facts tbody tr").count() == TABLE_ROWS
    total = BRIEFINGS * EACH
    tab.select_option("select[name=unit]", "USD/kg")
    status(tab, f"{total // 5:,} of {total:,} figures")
    assert all(n % 5 == 3 for n in numbers(tab))
    assert sum(loaded.bytes.values()) < 300_000, loaded.bytes
    tab.select_option("select[name=sort]", "-value")
    status(tab, f"{total // 5:,} of {total:,} figures")
    tab.wait_for_function("() => !document.querySelector('.facts').hasAttribute('aria-busy')")
    assert sum(loaded.bytes.values()) < 900_000, "rows sorted by value come from many files"
    tab.select_option("select[name=sort]", "")
    tab.select_option("select[name=actor]", "uma")
    tab.select_option("select[name=year]", "2016")
    expected = [n for n in range(total) if n % 5 == 3 and n % 4 == 0 and 1_000 <= n < 2_000]
    status(tab, f"{len(expected)} of {total:,} figures")
    tab.select_option("select[name=sort]", "-value")
    tab.wait_for_function("() => new URL(location).searchParams.get('sort') === '-value'")
    tab.wait_for_function("() => !document.querySelector('.facts').hasAttribute('aria-busy')")
    values = [n % 500 for n in numbers(tab)]
    assert values == sorted((n % 500 for n in expected), reverse=True)[:TABLE_ROWS]
    assert tab.locator("th[aria-sort=descending]").get_attribute("data-sort") == "value"
    assert tab.url.endswith("?actor=uma&unit=USD%2Fkg&year=2016&sort=-value") or "sort=-value" in tab.url
    assert len(loaded.hosts) == 1
    shared = tab.url
    tab.goto("about:blank")
    tab.goto(shared)  # the address alone gives the same
    status(tab, f"{len(expected)} of {total:,} figures")
    assert [n % 500 for n in numbers(tab)] == values


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_download_has_what_is_filtered_with_sentence_and_addresses(tab: Tab) -> None:
    tab.goto("figures/all/?unit=percent&year=2024&sort=value")
    expected = {n for n in range(9_000, 10_000) if n % 5 == 1}
    status(tab, f"{len(expected)} of {BRIEFINGS * EACH:,} figures")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "figures-percent-2024.csv"
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"), newline="")))
    assert {int(r["page"].rpartition("#e-f")[2]) for r in rows} == expected
    assert [float(r["value"]) for r in rows] == sorted(float(r["value"]) for r in rows)
    one = next(r for r in rows if r["page"].endswith("#e-f9001"))
    assert one["page"] == "https://archive.example/news/briefings/2024/b900/#e-f9001"
    assert one["source"] == "https://a.example/x?a=1,2"
    assert one["sentence"].startswith("'=Sentence 9001 tells how much"), "no spreadsheet reads it as a formula"
    assert one["sentence_number"] == "1"
    assert (one["subject"], one["unit"], one["period"], one["title"]) == ("Vic", "percent", "2001", "Briefing 900")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_words_are_looked_for_in_all_texts(tab: Tab) -> None:
    tab.goto("statements/all/")
    tab.locator(".table-choices [name=q]").fill("WORD 777 kept")
    status(tab, f"1 of {BRIEFINGS:,} statements")
    assert "word 777 was kept" in tab.locator(".facts tbody").inner_text()
    tab.locator(".table-choices [name=q]").fill("nobody says this")
    status(tab, "No statements match these filters")
    tab.locator(".table-choices").get_by_role("button", name="Clear filters").click()
    status(tab, f"{BRIEFINGS:,} statements")
    assert "?" not in tab.url


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_table_is_used_by_keyboard_and_announces_its_count(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.goto("figures/all/")
    assert tab.locator("[role=status].table-status").count() == 1
    head = tab.get_by_role("columnheader", name="Figure")
    head.get_by_role("button").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => document.querySelector('th[data-sort=value]').ariaSort === 'descending'")
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => document.querySelector('th[data-sort=value]').ariaSort === 'ascending'")
    assert tab.evaluate("document.activeElement.closest('th').dataset.sort") == "value", "focus stays"
    tab.wait_for_function("() => !document.querySelector('.facts').hasAttribute('aria-busy')")
    more = tab.locator("button.more")
    more.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"() => document.querySelectorAll('.facts tbody tr').length === {2 * TABLE_ROWS}")
    assert f"{2 * TABLE_ROWS} shown" in tab.inner_text(".table-status")
    assert tab.evaluate("document.activeElement.matches('button.more')")
    context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_table_without_javascript_has_pages(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("figures/all/")
    assert not tab.locator(".table-choices").is_visible()
    tab.locator(".unscripted a", has_text="2020").click()
    tab.locator(".pager a", has_text="2").last.click()
    assert tab.locator(".facts tbody tr").count() == TABLE_ROWS
    tab.goto("compare/?a=uma&b=vic")
    assert "needs JavaScript" in tab.inner_text(".md-content")
    context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_two_actors_side_by_side(tab: Tab) -> None:
    tab.goto("compare/")
    tab.select_option("select[name=a]", "uma")
    tab.select_option("select[name=b]", "vic")
    status(tab, f"{BRIEFINGS:,} briefings mention both")
    assert tab.url.endswith("compare/?a=uma&b=vic")
    assert tab.inner_text("h1").strip("¶ \n") == "Uma and Vic"
    about = tab.locator(".sides-by-side").first.locator("section")
    assert "Uma about Vic" in about.nth(0).inner_text()
    assert "No statement by Vic about Uma." in about.nth(1).inner_text()
    boxes = [section.bounding_box() for section in about.all()]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert (boxes[0]["y"] == boxes[1]["y"]) == (boxes[0]["x"] != boxes[1]["x"])
    assert tab.locator(".comparison a[href*='#e-f']").count() > 0
    tab.go_back()
    tab.wait_for_function("() => !document.querySelector('.comparison').childElementCount")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("other", ["zoe", "nobody-here", "../uma", "<b>x</b>"])
def test_a_name_without_data_says_so(browser: Browser, address: str, other: str) -> None:
    context = browser.new_context(base_url=address)
    tab = context.new_page()
    tab.goto(f"compare/?a=uma&b={other}")
    tab.wait_for_function("() => document.querySelector('.table-status').textContent.startsWith('No data about')")
    assert f"“{other}”" in tab.inner_text(".table-status")
    context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_actor_page_leads_to_the_comparison(tab: Tab) -> None:
    tab.goto("actors/uma/")
    tab.get_by_role("link", name="Compare Uma and Vic").click()
    tab.wait_for_function("() => document.querySelector('h1').innerText.startsWith('Uma and Vic')")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_charts_are_downloaded_with_their_looks_and_numbers(tab: Tab) -> None:
    tab.goto("actors/uma/")
    chart = tab.locator("figure.chart").first
    with tab.expect_download() as download:
        chart.get_by_role("button", name="CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert rows[0] == ["year", "briefings"]
    with tab.expect_download() as download:
        chart.get_by_role("button", name="SVG").click()
    drawn = Path(download.value.path()).read_text()
    assert drawn.startswith("<svg ")
    assert "class=" not in drawn
    assert "<a " not in drawn
    assert 'fill="rgb(13, 85, 102)"' in drawn
    assert "archive.example/news/actors/uma/" in drawn
    smallest = tab.locator("figure.chart text").evaluate_all("""all => Math.min(...all.map((text) => {
        const svg = text.ownerSVGElement;
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return parseFloat(getComputedStyle(text).fontSize) * scale;
    }))""")
    assert smallest >= 9.5, "readable"

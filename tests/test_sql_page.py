"""The page that queries the published database, in Chromium and under a sub-path, as GitHub Pages serves it."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.site.data import QUESTIONS
from tests.browsing import served
from tests.commands import run
from tests.conftest import ROOT

DONE = r"^(?!Running|Opening|Ready)."
pytestmark = pytest.mark.xdist_group("verify")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sql") / "harbour"
    shutil.copytree(ROOT / "tests" / "archives" / "harbour", home)
    ran = run("build", "--config", home / "mkdocs.yml", "--site", home / "served" / "papers", cwd=home)
    assert ran.returncode == 0, ran.stderr
    return home / "served"


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """The page, opened but nothing loaded. An error in its scripts or of its security policy fails the test."""
    errors: list[str] = []
    with served(site) as address, closing(browser.new_page()) as opened:
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        opened.requests = []  # type: ignore[attr-defined]
        opened.on("request", lambda request: opened.requests.append(request.url))  # type: ignore[attr-defined]
        opened.goto(f"{address}papers/data/sql/")
        opened.wait_for_selector("form.sql-console:not([hidden])")
        yield opened
    assert errors == []


def opened(page: Page) -> Page:
    page.click("button.open")
    status(page, r"^Ready")
    return page


def status(page: Page, pattern: str) -> str:
    """Wait until the status is as it should be, and return it."""
    expect(page.locator(".table-status")).to_have_text(re.compile(pattern), timeout=30_000)
    return page.inner_text(".table-status")


def ask(page: Page, sql: str) -> str:
    """Run a query and return the status."""
    page.fill("textarea", sql)
    page.click("button[type=submit]")
    return status(page, DONE)


def test_nothing_is_loaded_before_the_database_is_opened(page: Page) -> None:
    assert not [url for url in page.requests if "sqlite" in url or "worker" in url]  # type: ignore[attr-defined]
    opened(page)
    names = {url.rsplit("/", 1)[-1] for url in page.requests}  # type: ignore[attr-defined]
    assert {"archive.sqlite", "sqlite3.js", "sqlite3.wasm", "sql-worker.js"} <= names


def test_each_ready_question_is_answered_as_by_sqlite_itself(page: Page, site: Path) -> None:
    opened(page)
    with closing(sqlite3.connect(site / "papers" / "data" / "archive.sqlite")) as base:
        for question in QUESTIONS:
            rows = len(base.execute(question.sql).fetchall())
            page.select_option("select[name=question]", label=question.label)
            said = status(page, DONE)
            assert said == (f"{rows} row{'' if rows == 1 else 's'}" if rows else "No rows"), question.label
    assert len(QUESTIONS) == 10


def test_the_questions_that_failed_before_are_answered_with_sentence_and_link(page: Page, site: Path) -> None:
    opened(page)
    assert ask(page, QUESTIONS[0].sql) == "2 rows"
    row = page.locator(".sql-result tbody tr", has_text="The European Union imported 7,976 tonnes").first
    assert "2024-03-05" in row.inner_text()
    row.locator("a").click()
    page.wait_for_url("**/papers/briefings/2024/2024-03-05-quay/#e-*")


def test_the_result_is_downloaded_as_csv(page: Page) -> None:
    opened(page)
    ask(page, "SELECT 'a, \"b\"' AS x, -5 AS y, '=1+1' AS z, NULL AS n UNION ALL SELECT 'é', 2.5, '-x', ''")
    with page.expect_download() as found:
        page.click("button.download")
    with Path(found.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["x", "y", "z", "n"], ['a, "b"', "-5", "'=1+1", ""], ["é", "2.5", "'-x", ""]]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT * FROM nowhere", "no such table: nowhere"),
        ("SELEC", 'near "SELEC": syntax error'),
        ("DELETE FROM figures", "attempt to write a readonly database"),
    ],
)
def test_what_cannot_be_run_is_said_and_the_page_goes_on(sql: str, message: str, page: Page) -> None:
    opened(page)
    assert message in ask(page, sql)
    assert ask(page, "SELECT 1") == "1 row"


def test_words_of_sources_are_shown_as_words(page: Page) -> None:
    opened(page)
    ask(page, "SELECT '<img src=x onerror=alert(1)>' AS words, 'javascript:alert(1)' AS page")
    assert page.inner_text(".sql-result tbody td >> nth=0") == "<img src=x onerror=alert(1)>"
    assert page.locator(".sql-result tbody a").count() == 0


def test_a_query_without_end_can_be_cancelled(page: Page) -> None:
    opened(page)
    page.fill("textarea", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    page.click("button[type=submit]")
    page.click("button.cancel")
    status(page, r"^Ready")
    assert ask(page, "SELECT count(*) FROM briefings") == "1 row"


def test_a_query_is_in_the_address(page: Page, browser: Browser) -> None:
    opened(page)
    ask(page, "SELECT 42 AS answer")
    page.reload()
    page.wait_for_selector("form.sql-console:not([hidden])")
    assert page.input_value("textarea") == "SELECT 42 AS answer"

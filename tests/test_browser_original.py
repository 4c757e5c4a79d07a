"""Links to the original article: Chromium scrolls to the words of the fact."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WORDS = (
    "Some 10 of the crews – all well-known, 10 in sum – left. “We waited,” she told them, “and we will not wait"
    " again, not a day.”"
)
FILLER = "<p>Nothing to see, 10 times over.</p>" * 200
HEAD = "<!doctype html><meta charset=utf-8><title>x</title>"
ORIGINAL = f"{HEAD}{FILLER}<p>Some 10 men came.</p>{FILLER}<p id=here>{WORDS}</p>{FILLER}"
# The parts of a briefing page that the script reads: words, their facts, and the list of facts.
BRIEFING = """<p class=meta><a class=original href="https://press.example/story{hash}">original</a></p>
<ul><li id=f-{fact} tabindex=0>a fact</li></ul>
<div class=source><p>
<span class=s id=s1><a class=n href="#s1"></a>Some <span class=e data-f="{few}">10</span> of the crews –
<span id="e-{fact}"></span><span class=e data-f="{dash}">all well-known, </span><b><span class=e data-f="{dash}">10
in</span></b> sum – left.</span>
<span class=s id=s2>“<span class=e data-f="{split}">We waited</span>,” <span class=e data-f="{split}">she</span>
<span class=e data-f="{split}">told</span> them, “<span class=e data-f="{split}">and we will not wait again, not a
day.</span>”</span></p></div>
"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 800, "height": 600})
    yield opened
    opened.close()


def address(context: BrowserContext, kind: str, fragment: str = "") -> str:
    page = context.new_page()
    marks = {name: "x1" if name == kind else "other" for name in ("few", "dash", "split")}
    text = HEAD + BRIEFING.format(fact="x1", hash=fragment, **marks)

    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(
                path=str(ROOT / "templates/theme/assets/javascripts/archive.js"), content_type="text/javascript"
            )
        else:
            route.fulfill(body=f'{text}<script src="/a/b/archive.js"></script>', content_type="text/html")

    page.route("https://archive.example/**", answer)
    page.goto("https://archive.example/a/b/")
    page.locator("#f-x1").focus()
    found = page.locator(".fact-tools a").get_attribute("href") or ""
    page.close()
    return found


def lands(page: Page, link: str) -> bool:
    """Return whether the browser scrolls to the paragraph with the words."""
    page.route("https://press.example/**", lambda route: route.fulfill(body=ORIGINAL, content_type="text/html"))
    page.goto(link)
    page.wait_for_function("() => window.scrollY > 0", timeout=5000)
    box = page.locator("#here").bounding_box()
    return box is not None and 0 <= box["y"] < 600


@pytest.mark.parametrize("kind", ["few", "dash", "split"])
@pytest.mark.parametrize("fragment", ["", "#part"])
def test_original_opens_at_the_words(context: BrowserContext, kind: str, fragment: str) -> None:
    link = address(context, kind, fragment)
    assert link.startswith(f"https://press.example/story{fragment or '#'}:~:text=")
    page = context.new_page()
    try:
        assert lands(page, link), link
    finally:
        page.close()

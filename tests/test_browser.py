"""The site in Chromium, on desktop and phone: search, go to a sentence, follow an actor, go back."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlencode

import pytest

from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.model import Briefing
from briefing.site import archive_pages, briefing_page
from tests.browsing import index, served
from tests.builders import Words, article, briefing, mentioned, templates
from tests.example_briefing import REGISTRY, TOPICS, example
from tests.test_site import hand_written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OTHER = """\
Cranes of Velmora stand still

The port of Velmora rested on Friday. Anna Kessowa called the strike short. Nobody counted the containers.
"""
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


def other() -> Briefing:
    of = article(OTHER, "2027/cranes", publisher="Second Press", published="2027-02-01")
    kessowa = mentioned("Anna Kessowa", (Words(OTHER)("Anna Kessowa"), "name"))
    return briefing(of, actors=(kessowa,), topics=("ports",))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of two briefings, rendered like the real one."""
    work = tmp_path_factory.mktemp("site")
    hand_written(work, "docs")
    briefings = (example(), other())
    archive = cross_link([row(b) for b in briefings], REGISTRY, TOPICS)
    known = templates(name="Briefing Archive", url="https://archive.example/news/", description="Briefings.")
    for page in [*(briefing_page(b, archive, known) for b in briefings), *archive_pages(archive, known)]:
        path = work / "docs" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text)
    settings = {
        "INHERIT": str(ROOT / "templates" / "mkdocs.yml"),
        "site_name": "Briefing Archive",
        "exclude_docs": "/development.md",
        "docs_dir": str(work / "docs"),
        "site_dir": str(work / "news"),
        "site_url": "https://archive.example/news/",
        "theme": {"custom_dir": str(ROOT / "templates" / "theme")},
    }
    (work / "mkdocs.yml").write_text(json.dumps(settings))
    run = functools.partial(subprocess.run, check=True, capture_output=True)
    run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(work / "mkdocs.yml")])
    index(work / "news", work / "kept")
    return work


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as base:
        yield f"{base}news/"


@contextmanager
def opened(browser: Browser, address: str, size: ViewportSize, colours: Literal["light", "dark"]) -> Iterator[Page]:
    """A page that fails its test on console errors and on requests to other hosts."""
    context = browser.new_context(viewport=size, color_scheme=colours, base_url=address)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(address) else None)
    page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    yield page
    context.close()
    assert not wrong


@pytest.fixture(params=[(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address, *request.param) as page:
        yield page


@pytest.fixture(
    params=[(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")],
    ids=["desktop-light", "desktop-dark", "phone-light", "phone-dark"],
)
def reader(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """For the main paths: every screen and colour scheme."""
    with opened(browser, address, *request.param) as page:
        yield page


def is_phone(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] < 500)


def background(page: Page, selector: str) -> str:
    return str(page.eval_on_selector(selector, "e => getComputedStyle(e).backgroundColor"))


def visible_at_top(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return bool(box and 48 <= box["y"] < page.viewport_size["height"])  # type: ignore[index]


def marked(page: Page) -> str:
    """The highlighted words of the source."""
    return str(
        page.evaluate(
            """() => [...document.querySelectorAll('.source .e')]
                .filter(e => getComputedStyle(e).boxShadow !== 'none').map(e => e.textContent).join('|')"""
        )
    )


def test_main_path_from_two_facets_to_a_marked_sentence(reader: Page) -> None:
    reader.goto("search/?q=capacity")
    reader.wait_for_selector(".results .hit")
    if is_phone(reader):
        reader.click(".facets-fold > summary")
    for facet in ("Ports", "2026"):
        reader.locator(".facets label", has_text=facet).click()
        reader.wait_for_url(f"**{facet}**")
    reader.wait_for_function("() => document.querySelectorAll('.facets input:checked').length === 2")
    reader.click(".results .hit-sentence:has(mark)")
    reader.wait_for_url(re.compile(r"velmora-harbour/#s\d+$"))
    sentence = "#" + reader.url.split("#")[1]
    assert visible_at_top(reader, sentence)
    assert background(reader, sentence) != background(reader, "body")
    assert reader.evaluate("CSS.highlights.get('query').size") >= 1


def test_main_path_from_home_to_topic_to_timeline_to_event_to_sentence(reader: Page) -> None:
    reader.goto("./")
    reader.click("article .chip.topic >> text=Ports")
    reader.wait_for_url("**/topics/ports/")
    reader.click("text=Filter, sort and download these events")
    reader.wait_for_url("**/timeline/all/?topic=ports")
    reader.wait_for_function("() => /event/.test(document.querySelector('.table-status').textContent)")
    reader.click(".facts tbody td:last-child a")
    reader.wait_for_url(re.compile(r"briefings/.*#e-"))
    assert marked(reader)
    assert visible_at_top(reader, "." + reader.url.split("#")[1].replace("e-", "e[data-f~='") + "']")


def test_main_path_from_actor_to_statement_to_source(reader: Page) -> None:
    reader.goto("actors/anna-kessowa/")
    reader.click(".statement.direct .from")
    reader.wait_for_url(re.compile(r"velmora-harbour/#e-"))
    assert "We have waited ten years" in marked(reader).replace("|", "")
    assert visible_at_top(reader, ".source .s:has(:target)")


def test_filters_without_words_list_results_newest_first(page: Page) -> None:
    page.goto("search/?topic=Ports&kind=Briefing")
    page.wait_for_selector(".results .hit")
    assert page.locator(".results .hit-title bdi").all_inner_texts() == [
        "Cranes of Velmora stand still",
        "Harbour of Velmora to double its capacity",
    ]
    page.select_option("select[name=sort]", "earliest")
    page.wait_for_function("() => document.querySelector('.results bdi').textContent.startsWith('Harbour')")


def test_counts_load_when_a_filter_is_opened(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if "pagefind" in request.url else None)
    page.goto("search/")
    page.wait_for_selector(".facets summary", state="attached")
    assert not loaded, "nobody has asked yet"
    if is_phone(page):
        page.click(".facets-fold > summary")
    page.click(".facets summary >> text=Topic")
    page.locator(".facets label", has_text="Ports").locator("input").check()
    page.wait_for_selector(".results .hit")
    assert "topic=Ports" in page.url


def test_search_without_results_offers_to_clear_filters(page: Page) -> None:
    page.goto("search/?q=cranes&year=1999")
    page.click(".nothing button >> text=Clear filters")
    page.wait_for_selector(".results .hit")
    assert page.input_value("#search-words") == "cranes"
    assert "1999" not in page.url


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("what did they do about the cranes of Velmora?", "2 results"),
        ("Who is Anna Kessowa?", "3 results"),
        ("cranes xyzzyq Rotterdam", "No results for “cranes xyzzyq Rotterdam”. No page has “xyzzyq”"),
        ('"what did they do"', "No results"),
    ],
)
def test_plain_questions_are_answered(page: Page, query: str, told: str) -> None:
    page.goto("search/?" + urlencode({"q": query}))
    page.wait_for_function("() => !/^(Searching|$)/.test(document.querySelector('.search-status').textContent)")
    assert page.inner_text(".search-status").startswith(told)


def test_not_found_page_offers_search_and_links(page: Page) -> None:
    page.goto("404.html")
    page.fill("#missing-search", "cranes")
    page.keyboard.press("Enter")
    page.wait_for_selector(".results .hit")
    page.go_back()
    page.click("article >> text=actors A to Z")
    page.wait_for_url("**/news/actors/")


def test_hit_by_name_shows_the_kind_of_page(page: Page) -> None:
    page.goto("about/")
    page.keyboard.press("/")
    page.keyboard.type("Kessova")  # a spelling that no source has
    page.wait_for_selector("#header-search .hit >> text=Person")
    assert page.locator("#header-search .hit > a .hit-about").count() == page.locator("#header-search .hit").count()


def test_header_does_not_move_between_pages(page: Page) -> None:
    places = set()
    for path in ("./", "actors/", "briefings/2026/velmora-harbour/", "search/", "404.html"):
        page.goto(path)
        places.add(page.eval_on_selector(".md-header__title", "e => e.getBoundingClientRect().x"))
    assert len(places) == 1


def test_wide_screen_shows_fact_and_sentence_together(browser: Browser, address: str) -> None:
    with opened(browser, address, {"width": 1280, "height": 800}, "light") as page:
        page.goto("briefings/2026/velmora-harbour/")
        page.locator("#actors").scroll_into_view_if_needed()
        page.evaluate("scrollTo(0, document.querySelector('#actors').offsetTop)")
        before = page.evaluate("scrollY")
        page.click("article .actor-list .ref >> nth=0")
        page.wait_for_url(re.compile("#s"))
        assert visible_at_top(page, ".source .s:target")
        assert abs(page.evaluate("scrollY") - before) < 3, "the page stays where the reader is"


def test_by_keyboard_alone_from_search_over_a_facet_to_a_fact(page: Page) -> None:
    def focus() -> str:
        return str(page.evaluate("document.activeElement.outerHTML.slice(0, 300)"))

    def tab_to(selector: str, most: int = 60) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                style = page.evaluate("(s => s.outlineStyle + s.boxShadow)(getComputedStyle(document.activeElement))")
                assert style != "nonenone", f"focus cannot be seen on {focus()}"
                return
        raise AssertionError(f"no way to {selector}; the focus is on {focus()}")

    page.goto("search/")
    page.wait_for_selector(".facets summary", state="attached")
    page.keyboard.type("velmora")
    page.wait_for_selector(".results .hit")
    if is_phone(page):
        tab_to(".facets-fold > summary")
        page.keyboard.press("Enter")
    tab_to(".facets input")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.activeElement.checked")
    tab_to(".results .hit-title")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#s\d+$"))
    page.goto(page.url.split("#")[0])
    tab_to(".key-facts a" if page.locator(".key-facts").count() else ".source a", 120)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#"))


def test_pages_load_without_layout_shift(page: Page) -> None:
    for path in (
        "./",
        "briefings/2026/velmora-harbour/",
        "topics/ports/",
        "timeline/",
        "statements/",
        "figures/",
        "search/",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(
            """() => new Promise(done => { let sum = 0; new PerformanceObserver(list => {
                for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; done(sum);
            }).observe({ type: "layout-shift", buffered: true }); setTimeout(() => done(sum), 200); })"""
        )
        assert shift < 0.005, path


def test_from_the_header_to_the_sentence_to_the_actor_and_back(page: Page) -> None:
    page.goto("./")
    if is_phone(page):
        page.click(".md-header__button[for=__search]")
    else:
        page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.closest('#header-search')")
    page.keyboard.type("container capacity")
    page.wait_for_selector("#header-search .hit mark")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"velmora-harbour/#s2$"))
    assert visible_at_top(page, "#s2")
    assert background(page, "#s2") != background(page, "#s3")
    assert page.evaluate("CSS.highlights.get('query').size") >= 2
    page.click("#s2 a.person")
    page.wait_for_url("**/actors/anna-kessowa/")
    assert page.locator("h1").inner_text() == "Anna Kessowa"
    page.go_back()
    page.wait_for_url(re.compile(r"velmora-harbour/#s2$"))


def unfold(page: Page) -> None:
    """Open what a phone shows folded."""
    page.evaluate("() => document.querySelectorAll('details').forEach((part) => (part.open = true))")


def test_fact_highlights_its_words_only(page: Page) -> None:
    page.goto("briefings/2026/velmora-harbour/")
    unfold(page)
    page.click("#f-aaaaaaaa02 a.ref")
    page.wait_for_url("**/#e-aaaaaaaa02")
    marked = page.evaluate(
        """() => [...document.querySelectorAll('.source .e')]
            .filter(e => getComputedStyle(e).boxShadow !== 'none').map(e => e.textContent).join('|')"""
    )
    assert "We have waited ten years" in marked.replace("|", "")
    assert "and we will not wait an eleventh." in marked
    assert "dredging" not in marked
    page.click("#s3 .b-statement")
    page.wait_for_url("**/#f-aaaaaaaa02")


def test_filters_narrow_results_and_are_kept_in_the_url(page: Page) -> None:
    page.goto("search/?q=velmora&topic=Ports")
    page.wait_for_selector(".results .hit")
    both = page.locator(".results .hit").count()
    if is_phone(page):
        page.click(".facets-fold > summary")
    page.locator(".facets label", has_text="2027").click()
    page.wait_for_url("**year=2027**")
    page.wait_for_function(f"() => document.querySelectorAll('.results .hit').length < {both}")
    assert page.locator(".results .hit-title").all_inner_texts() == ["Cranes of Velmora stand still"]
    page.reload()
    page.wait_for_selector(".results .hit")
    assert page.locator(".results .hit").count() == 1
    assert page.locator("label", has_text="2027").locator("input").is_checked()
    page.select_option("select[name=sort]", "earliest")
    page.wait_for_url("**sort=earliest**")
    page.click(".results .hit-sentence")
    page.wait_for_url(re.compile(r"/cranes/#s\d+$"))
    page.go_back()
    page.wait_for_selector(".results .hit")


def test_fact_link_can_be_copied_and_original_opens_at_its_words(page: Page) -> None:
    page.goto("briefings/2026/velmora-harbour/#f-aaaaaaaa02")  # opens what is folded on a phone
    page.focus("#f-aaaaaaaa02 a.ref")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.fact-tools button').textContent === 'Copied'")
    copied = page.evaluate("window.copied")
    assert copied == "https://archive.example/news/briefings/2026/velmora-harbour/#e-aaaaaaaa02"
    original = page.get_attribute(".fact-tools a", "href") or ""
    assert re.fullmatch(r"https://[^#]+#:~:text=[^,&-]+(,[^,&-]+)?", original)
    assert unquote(original.split("text=")[1]).strip("“").startswith("We have waited ten")


def test_search_reports_no_results(page: Page) -> None:
    page.goto("search/?q=zzzzqqqq")
    page.wait_for_function(
        "() => document.querySelector('#search-page [role=status]').textContent.startsWith('No results')"
    )


def test_escape_leaves_the_search_box(page: Page) -> None:
    page.goto("about/")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('__search').checked")


def test_no_page_is_wider_than_the_screen(page: Page) -> None:
    for path in (
        "./",
        "briefings/2026/velmora-harbour/",
        "actors/",
        "actors/anna-kessowa/",
        "timeline/",
        "search/?q=port",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path  # type: ignore[index]


def test_colour_scheme_follows_the_system(page: Page) -> None:
    page.goto("./")
    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    assert scheme == ("slate" if is_phone(page) else "default")


def test_briefing_prints_dark_on_white_on_two_pages(page: Page) -> None:
    page.goto("briefings/2026/velmora-harbour/")
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2
    page.emulate_media(media="print")
    assert page.eval_on_selector("h1", "e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert not page.is_visible(".md-header")


def test_site_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("briefings/2026/velmora-harbour/")
    page.click("#f-bbbbbbbb01 a.ref")
    assert page.url.endswith("#e-bbbbbbbb01")
    page.click(".source a.person")
    assert page.url.endswith("actors/anna-kessowa/")
    page.goto("search/")
    assert page.locator("noscript a").count() or page.get_by_text("Search needs JavaScript").is_visible()
    context.close()


def test_site_works_from_the_file_system(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto((site / "news" / "index.html").as_uri())
    page.click(".lead-story h3 a")
    page.wait_for_url("**/index.html")
    assert page.locator(".source").count() == 1
    for folder in (
        "",
        "briefings/",
        "actors/",
        "topics/",
        "timeline/",
        "statements/",
        "figures/",
        "network/",
        "years/2026/",
    ):
        page.goto((site / "news" / folder / "index.html").as_uri())
        assert not page.evaluate(
            """() => [...document.querySelectorAll("a[href]")].map(a => new URL(a.getAttribute("href"), location.href))
                .filter(u => u.protocol === "file:" && u.pathname.endsWith("/")).map(String)"""
        ), "links that would show a list of files"
    context.close()
    assert not wrong

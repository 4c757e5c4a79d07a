"""Actors in Chromium: previews by pointer and keyboard, filters of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.test_browser import address, page, site, unfold  # with fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address", "page", "site"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BRIEFING = "briefings/2026/velmora-harbour/"
CHIP = ".md-content a.chip[href*='actors/anna-kessowa']"
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => (window.shifted += e.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


def test_preview_can_be_hovered_and_dismissed(page: Page) -> None:
    page.goto(BRIEFING)
    unfold(page)
    box = page.locator("#preview")
    link = page.locator(CHIP).first
    link.scroll_into_view_if_needed()
    link.hover()
    box.wait_for(state="visible")
    assert "Anna Kessowa" in box.inner_text()
    at = box.bounding_box()
    assert at
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2, steps=8)
    page.wait_for_timeout(500)
    assert box.is_visible(), "the pointer may move onto it"
    page.keyboard.press("Escape")
    assert box.is_hidden()
    link.hover()
    box.wait_for(state="visible")
    page.mouse.move(2, 2)
    box.wait_for(state="hidden")


def test_preview_opens_and_closes_by_keyboard_and_keeps_focus(page: Page) -> None:
    page.goto(BRIEFING)
    unfold(page)
    box = page.locator("#preview")
    link = page.locator(CHIP).first
    page.keyboard.press("Tab")  # from here on focus is the keyboard's
    link.focus()
    box.wait_for(state="visible")
    assert link.get_attribute("aria-describedby") == "preview"
    page.keyboard.press("Escape")
    assert box.is_hidden()
    assert link.evaluate("e => e === document.activeElement")
    assert link.get_attribute("aria-describedby") is None


def test_network_is_filtered_by_keyboard_without_layout_shift(page: Page) -> None:
    page.add_init_script(SHIFTS)
    page.goto("network/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") == 0
    dots = page.locator(".network.whole:visible svg").first.locator("a[data-id]:not([hidden])")
    before = dots.count()
    assert before > 2
    page.get_by_label("Countries", exact=True).focus()
    page.keyboard.press("Space")
    assert dots.count() < before
    assert "Links shown" in page.locator(".network-choices output").inner_text()
    page.get_by_role("button", name="Clear filters").press("Enter")
    page.wait_for_timeout(50)
    assert dots.count() == before
    dots.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/*/")


def test_question_mark_lists_the_keys_and_escape_closes_the_list(page: Page) -> None:
    page.goto("actors/anna-kessowa/")
    page.keyboard.press("?")
    box = page.get_by_role("dialog", name="Keyboard shortcuts")
    assert "Search" in box.inner_text()
    page.keyboard.press("Escape")
    assert not box.is_visible()
    page.goto("search/")
    page.get_by_role("searchbox").last.press("?")
    assert not page.locator("dialog.keys").count(), "typed, not pressed"


def test_topics_and_actors_show_their_feeds(page: Page) -> None:
    for place in ("actors/anna-kessowa/", "topics/ports/"):
        page.goto(place)
        link = page.locator(".head a", has_text="Feed")
        assert page.request.get(link.evaluate("a => a.href")).ok

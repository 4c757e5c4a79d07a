"""`make screenshots`: screenshots of every type of page, on desktop and phone, light and dark.

    python -m tests.screenshots [--site FOLDER] [--out FOLDER] [--readme]

For each type (the first part of the address), the page of median size is taken, and the index of the type.
With `--readme`, the screenshots in README.md are taken again.
"""

from __future__ import annotations

import argparse
import base64
from pathlib import Path

from playwright.sync_api import Browser

from tests.browsing import chromium, served
from tests.conftest import ROOT

SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
IMAGES = ROOT / "docs" / "assets" / "images"
README = {
    "briefing.webp": ("briefings/2010/2010-09-24-rare-earth-shipments-to-japan/#s7", "desktop", "light"),
    "actor.webp": ("actors/china/", "desktop", "light"),
    "phone.webp": ("", "phone", "dark"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--readme", action="store_true")
    chosen = parser.parse_args()
    with served(chosen.site) as base, chromium() as browser:
        if chosen.readme:
            IMAGES.mkdir(parents=True, exist_ok=True)
            for name, (page, screen, scheme) in README.items():
                take(browser, base + page, screen, scheme, IMAGES / name, whole=False)
            return
        chosen.out.mkdir(parents=True, exist_ok=True)
        for page in pages(chosen.site):
            for screen in SCREENS:
                for scheme in SCHEMES:
                    name = page.strip("/").replace("/", "_") or "home"
                    take(browser, base + page, screen, scheme, chosen.out / f"{name}-{screen}-{scheme}.png")
            print(page or "/")


def pages(site: Path) -> list[str]:
    """The addresses of one page of each type and of its index, home page first."""
    by_kind: dict[str, list[Path]] = {}
    for path in sorted(site.rglob("index.html")):
        parts = path.relative_to(site).parts[:-1]
        by_kind.setdefault(parts[0] if len(parts) > 1 else "/".join(parts) + "-index", []).append(path)
    chosen = [sorted(found, key=lambda p: (p.stat().st_size, p))[len(found) // 2] for found in by_kind.values()]
    addresses = [path.parent.relative_to(site).as_posix() for path in chosen]
    return sorted("" if address == "." else f"{address}/" for address in addresses)


def take(browser: Browser, address: str, screen: str, scheme: str, path: Path, whole: bool = True) -> None:
    width, height = SCREENS[screen]
    colours = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    if whole:  # what is loaded when it comes into view
        page.evaluate("() => { for (const image of document.images) image.loading = 'eager' }")
        page.wait_for_load_state("networkidle")
    if path.suffix == ".webp":  # a third of the bytes of a PNG; Playwright's own call knows no WebP
        shot = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 78})
        path.write_bytes(base64.b64decode(shot["data"]))
    else:
        page.screenshot(path=path, full_page=whole)
    context.close()


if __name__ == "__main__":
    main()

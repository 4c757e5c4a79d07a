"""Fetch one web address. Allows only http and https, also after redirects, and limits size and time.

Refuses a web page that redirects to the local network.
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.imports.draft import ImportFailedError

LARGEST = 30_000_000  # bytes
PATIENCE = 30  # seconds without a response
AGENT = "briefing-archive (a person imports one article)"


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str  # after redirects
    kind: str
    content: bytes


class _OnlyTheWeb(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _refuse_others(newurl)
        if _is_inside(newurl) and not _is_inside(req.full_url):
            raise ImportFailedError(f"{req.full_url} redirects to {newurl}, which is not on the public web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_others(url: str) -> None:
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https"):
        raise ImportFailedError(f"{url} is not a web address")


def _is_inside(url: str) -> bool:
    """Tell whether a host is on this machine or the local network; a host without an address will not respond."""
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname, None)
    except (OSError, ValueError):
        return False
    return any(not ipaddress.ip_address(str(place[0]).partition("%")[0]).is_global for *_, place in found)


def fetch(url: str) -> Fetched:
    _refuse_others(url)
    opener = urllib.request.build_opener(_OnlyTheWeb)
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            content = answer.read(LARGEST + 1)
            kind = answer.headers.get_content_type()
            found = Fetched(answer.url, kind, content)
    except (urllib.error.URLError, OSError, ValueError) as error:
        why = getattr(error, "reason", error)
        why = getattr(why, "strerror", None) or why
        raise ImportFailedError(
            f"the address did not respond ({why}). Save the page in your browser and import the file."
        ) from error
    if len(content) > LARGEST:
        raise ImportFailedError(f"{url} is too large. The limit is {LARGEST:,} bytes")
    return found

"""Importers: keep the article's sentences, drop the page around it, report doubts."""

from __future__ import annotations

import contextlib
import io
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.content.importers import ImportFailedError, read_address, read_document
from briefing.content.importers import mail as mail_module
from briefing.content.importers import pdf as pdf_module
from briefing.content.importers.charsets import as_text
from briefing.content.importers.mail import from_mail
from briefing.content.importers.pdf import from_pdf
from briefing.content.importers.web import _OnlyTheWeb, from_html
from briefing.content.importers.word import from_docx
from briefing.content.problems import ContentError
from briefing.content.scaffold import Draft, file_name, front_matter, new_article, registry_file
from briefing.content.sources import read_source
from briefing.model import Meta
from tests.commands import run
from tests.conftest import ROOT

PAGES = yaml.safe_load((ROOT / "tests/cases/import/pages.yaml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.filterwarnings("default")  # libraries warn about each other


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["label"])
def test_article_is_extracted_from_its_page(page: dict[str, Any]) -> None:
    draft = from_html(page["html"].encode(page.get("encoding", "utf-8")), page.get("url"))
    for words in page["keeps"]:
        assert words in draft.body
    for words in page["drops"]:
        assert words not in draft.body
    for key in ("title", "published", "publisher", "author"):
        if key in page:
            assert getattr(draft.meta, key) == page[key]
    if "url_found" in page:
        assert draft.meta.url == page["url_found"]
    assert page.get("unsure", "") in " ".join(draft.unsure)


def test_there_are_enough_pages() -> None:
    assert len(PAGES) >= 20


@pytest.mark.parametrize("raw", [b"", b"<html></html>", b"%PDF-1.7 nothing", b"\x00\x01\x02" * 50, b"<p>"])
def test_page_without_an_article_is_refused(raw: bytes) -> None:
    for read in (from_html, from_pdf, from_docx):
        with pytest.raises(ImportFailedError):
            read(raw)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for read in (from_html, from_pdf, from_docx, from_mail):
        with contextlib.suppress(ImportFailedError):
            assert read(raw).body


def test_word(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("A quay is built", 1)
    document.add_paragraph("The harbour board said that a quay will be built.")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((c for row in table.rows for c in row.cells), ("Berth", "Length", "1", "40 m"), strict=True):
        cell.text = words
    document.core_properties.author = "Bo Lind"
    document.save(str(tmp_path / "quay.docx"))
    draft = read_document(tmp_path / "quay.docx")
    assert (draft.meta.title, draft.meta.author) == ("A quay is built", "Bo Lind")
    assert draft.body.startswith("# A quay is built\n\nThe harbour board")
    assert draft.body.endswith("| Berth | Length |\n| --- | --- |\n| 1 | 40 m |")
    assert draft.meta.notes is not None
    assert draft.meta.notes.startswith("Imported from the file quay.docx. Check: no date of publication")
    assert ("author", "file properties") in draft.basis
    assert "date of publication" in draft.unsure[0]


def pdf(*pages: str) -> bytes:
    """A minimal PDF with these lines on its pages."""
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count)), count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        lines = " T* ".join(f"({line}) Tj" for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 72 700 Td {lines} ET".encode("cp1252")
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    size = len(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % p for p in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table))
    return out.getvalue()


def test_page_headers_are_dropped_and_hyphenated_words_joined() -> None:
    words = (
        "The har-\nbour board met in the well-known hall.",
        "The quay is old.\nIt is a well-\nknown one.",
        "Nobody was hurt.",
    )
    pages = [f"Tidal Post, no. {n}\nHarbour\n{text}\nNothing else\nPage {n} of 3" for n, text in enumerate(words, 1)]
    body = from_pdf(pdf(*pages)).body
    assert "Tidal Post" not in body
    assert "Page" not in body
    assert "The harbour\nboard met" in body
    assert "well-known\none." in body, "a hyphen that the word has elsewhere stays"
    assert "Nobody was hurt." in body


def test_pdf() -> None:
    draft = from_pdf(pdf("A quay will be built at the mouth of the river."))
    assert draft.body == "A quay will be built at the mouth of the river."
    assert any("date" in doubt for doubt in draft.unsure)


def test_scanned_pdf_is_refused_with_the_reason() -> None:
    with pytest.raises(ImportFailedError, match="text recognition"):
        from_pdf(pdf(""))


FORWARDED = """From: Jan Ek <jan@example.org>
Subject: =?utf-8?q?Fwd=3A_WG=3A_Caf=C3=A9s_protest?=
Date: Thu, 14 Jan 2021 09:12:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Please add this one.

---------- Forwarded message ---------
From: The Tidal Post <news@tidal.example>
Date: Wed, 13 Jan 2021 at 18:02
Subject: Caf=E9 owners protest harbour fee
To: <jan@example.org>

Caf=E9 owners along the quay have protested against a new fee of 90 euros a=
 month for tables.

--=20
The Tidal Post, Harbour Street 1
--b1
Content-Type: text/html; charset="iso-8859-1"

<p>Please add this one.</p>
--b1--
"""


def test_forwarded_mail_gives_the_inner_message() -> None:
    draft = from_mail(FORWARDED.encode())
    said = (draft.meta.title, draft.meta.published, draft.meta.publisher)
    assert said == ("Café owners protest harbour fee", "2021-01-13", "The Tidal Post")
    assert " ".join(draft.body.split()) == (
        "Café owners along the quay have protested against a new fee of 90 euros a month for tables."
    )


def test_mail_forwarded_as_attachment_or_quotation() -> None:
    inner = "From: B <b@example.org>\nSubject: A quay\nDate: Wed, 13 Jan 2021 08:00:00 +0000\n\nThe quay is old.\n"
    outer = 'Subject: see below\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nhello\n--b\n'
    outer += f"Content-Type: message/rfc822\n\n{inner}\n--b--\n"
    draft = from_mail(outer.encode())
    assert (draft.meta.title, draft.meta.published, draft.body) == ("A quay", "2021-01-13", "The quay is old.\n")
    quoted = "Subject: Re: news\n\n> Von: C <c@example.org>\n> Gesendet: 12. January 2021\n> Betreff: AW: A pier\n"
    quoted += ">\n> The pier is new.\n"
    draft = from_mail(quoted.encode())
    assert (draft.meta.title, draft.body) == ("A pier", "The pier is new.\n")


def test_year_alone_is_no_publication_date() -> None:
    page = (
        "<html><title>A quay is built today</title><body><h1>A quay is built today</h1><p>The harbour board said that "
        "it will be 240 metres long.</p><footer>© 2019 The Tidal Post</footer></body></html>"
    )
    draft = from_html(page.encode())
    assert draft.meta.published is None
    assert any("no date found" in doubt for doubt in draft.unsure)


MAIL = """From: The Tidal Post <news@tidal.example>
Subject: =?utf-8?q?A_quay_is_built?=
Date: Tue, 4 May 2021 08:00:00 +0200
Content-Type: text/plain; charset=utf-8

The harbour board said that a quay will be built.
"""


def test_mail() -> None:
    draft = from_mail(MAIL.encode())
    assert (draft.meta.title, draft.meta.published) == ("A quay is built", "2021-05-04")
    assert draft.meta.publisher == "The Tidal Post"
    assert draft.body.strip() == "The harbour board said that a quay will be built."
    page = MAIL.replace("text/plain", "text/html").replace("The harbour", PAGES[0]["html"])
    assert "240 metres" in from_mail(page.encode()).body


def test_import_work_grows_with_length_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many lines that look like the headers of a forwarded mail."""
    looked: list[int] = []
    fields = mail_module._fields
    monkeypatch.setattr(mail_module, "_fields", lambda lines: looked.append(len(lines)) or fields(lines))
    from_mail(MAIL.encode() + b"To: everybody\n" * 3000)
    assert sum(looked) < 3010 * 25
    text = "".join(f"rail-\nway{'x' * n} " for n in range(300)) + "rail-way"
    assert pdf_module._unbroken(text).startswith("rail-way\nrailwayx\n")
    assert mail_module._plain("Re: " * 100_000 + "Fwd: The quay") == "The quay"


# --- addresses ---------------------------------------------------------------------------------


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        self.send_response(200 if self.path == "/quay" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGES[0]["html"].encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_web_address_is_recorded(site: str) -> None:
    draft = read_address(f"{site}/quay")
    assert draft.meta.url == f"{site}/quay"
    assert "240 metres long" in draft.body


def test_other_addresses_are_refused(site: str) -> None:
    for url in (f"{site}/nothing", f"{site}/away", "file:///etc/hostname", "ftp://example.org/a", "http://[bad"):
        with pytest.raises(ImportFailedError):
            read_address(url)


def test_redirect_into_the_local_network_is_refused() -> None:
    told = HTTPMessage()
    asked = Request("http://93.184.215.14/quay")
    for inside in (
        "http://127.0.0.1/",
        "http://10.0.0.8:8080/status",
        "http://169.254.169.254/latest",
        "http://[::1]/",
    ):
        with pytest.raises(ImportFailedError):
            _OnlyTheWeb().redirect_request(asked, None, 302, "Found", told, inside)
    assert _OnlyTheWeb().redirect_request(asked, None, 302, "Found", told, "https://93.184.215.15/quay")
    mine = Request("http://127.0.0.1:8000/quay")  # requested explicitly
    assert _OnlyTheWeb().redirect_request(mine, None, 302, "Found", told, "http://127.0.0.1:8000/quay/")


def test_importing_a_file_uses_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was imported, and the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for page in PAGES[:5]:
        (tmp_path / "a.html").write_text(page["html"], encoding="utf-8")
        read_document(tmp_path / "a.html")


# --- new files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meta", "name"),
    [
        (Meta(title="A quay: is built!", published="2021-05-04"), "2021/2021-05-04-a-quay-is-built.md"),
        (Meta(title="A quay", published="2021-05"), "2021/2021-05-a-quay.md"),
        (Meta(title="A quay", published="202X"), "undated/a-quay.md"),
        (Meta(title="新码头"), "undated/新码头.md"),
        (Meta(), "undated/untitled.md"),
        (Meta(title="新/码头"), "undated/新-码头.md"),
        (Meta(title="/"), "undated/x36a9e7f1c9.md"),
        (
            Meta(title="A " + "very " * 40 + "long quay", published="2021"),
            "2021/2021-a-" + "-".join(["very"] * 13) + ".md",
        ),
    ],
)
def test_file_name(meta: Meta, name: str) -> None:
    assert file_name(meta) == name


def test_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    meta = Meta(title="A quay", published="2021-05-04")
    path = new_article(tmp_path, meta, "The first.")
    with pytest.raises(ContentError, match="already"):
        new_article(tmp_path, meta, "The second.")
    assert read_source(path, "a").body.strip() == "The first."


def test_text_file_takes_the_name_too(tmp_path: Path) -> None:
    """Both would have the same id."""
    (tmp_path / "undated").mkdir()
    (tmp_path / "undated" / "a-quay.txt").write_text("The first.")
    with pytest.raises(ContentError, match="already"):
        new_article(tmp_path, Meta(title="A quay"), "The second.")


def test_registry_file_can_be_pasted() -> None:
    long = "Committee for the " + "Further " * 12 + "Improvement of Harbours"
    assert registry_file({"name": "Katharina Roth", "kind": "person", "aliases": ("K. Roth", long), "website": ""}) == (
        f"name: Katharina Roth\nkind: person\naliases:\n- K. Roth\n- {long}\n"
    )


def test_invalid_date_is_reported_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="not a date in the form year-month-day"):
        new_article(tmp_path, Meta(title="A quay", published="soon"))
    assert not list(tmp_path.rglob("*"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf"]), min_size=1, max_size=60))
def test_any_title_is_read_back_unchanged(title: str) -> None:
    from briefing.content.schema import FrontMatter
    from briefing.content.validation import read_contribution

    if not title.strip():
        return
    head = front_matter(Meta(title=title))
    assert read_contribution(head, FrontMatter, "").value.title == " ".join(title.split())


# --- Word ---------------------------------------------------------------------------------------

WORD = yaml.safe_load((ROOT / "tests/cases/import/word.yaml").read_text(encoding="utf-8"))
NAMESPACES = "".join(
    f' xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
STYLES = {"h": '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', "p": ""} | {
    f"{kind}{level}": f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    for kind, number in (("l", 901), ("b", 902))
    for level in (0, 1)
}
LISTS = (
    '<w:abstractNum w:abstractNumId="901"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="902"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="901"><w:abstractNumId w:val="901"/></w:num>'
    '<w:num w:numId="902"><w:abstractNumId w:val="902"/></w:num>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def paragraphs(text: str) -> str:
    return re.sub(
        r"\{(\w\d?):([^{}]*)\}",
        lambda m: f'<w:p>{STYLES[m[1]]}<w:r><w:t xml:space="preserve">{m[2]}</w:t></w:r></w:p>',
        text,
    )


def word(body: str, parts: dict[str, str] | None = None, properties: dict[str, str] | None = None) -> bytes:
    """A Word document with this XML in its body and these further parts."""
    import docx

    document = docx.Document()
    for key, value in {"author": "", **(properties or {})}.items():
        setattr(document.core_properties, key, value)
    plain = io.BytesIO()
    document.save(plain)
    out = io.BytesIO()
    roots = {"header": "hdr", "footer": "ftr"}
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                content = f"<w:document{NAMESPACES}><w:body>{paragraphs(body)}</w:body></w:document>"
            elif name == "word/numbering.xml":
                content = f"<w:numbering{NAMESPACES}>{LISTS}</w:numbering>"
            elif name == "word/_rels/document.xml.rels":
                links = "".join(f'<Relationship Id="x{p}" Type="{OFFICE}/{p}" Target="{p}.xml"/>' for p in parts or ())
                content = content.replace("</Relationships>", f"{links}</Relationships>")
            elif name == "[Content_Types].xml":
                types = "".join(
                    f'<Override PartName="/word/{p}.xml" ContentType="{WORD_TYPES}.{p}+xml"/>' for p in parts or ()
                )
                content = content.replace("</Types>", f"{types}</Types>")
            after.writestr(name, content.encode("utf-8", "surrogateescape"))
        for name, inner in (parts or {}).items():
            root = roots.get(name, name)
            after.writestr(f"word/{name}.xml", f"<w:{root}{NAMESPACES}>{paragraphs(inner)}</w:{root}>")
    return out.getvalue()


def check_import(case: dict[str, Any], draft: Draft) -> None:
    if "text" in case:
        assert draft.body.strip() == case["text"]
    for words in case.get("keeps", ()):
        assert words in draft.body
    for words in case.get("drops", ()):
        assert words not in draft.body
    for key in ("title", "published", "publisher", "author"):
        if key in case:
            assert getattr(draft.meta, key) == case[key], key
    assert case.get("left_out", "") in "\n".join(draft.dropped)
    assert case.get("unsure", "") in "\n".join(draft.unsure)


@pytest.mark.parametrize("case", WORD, ids=lambda case: case["label"])
def test_reader_sees_all_of_a_word_document(case: dict[str, Any]) -> None:
    check_import(case, from_docx(word(case["body"], case.get("parts"), case.get("properties"))))


@pytest.mark.parametrize("case", WORD[:6], ids=lambda case: case["label"])
def test_strict_word_document_reads_as_the_usual_one(case: dict[str, Any]) -> None:
    usual = word(case["body"], case.get("parts"), case.get("properties"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            spaces = rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument|drawingml)/2006/"
            after.writestr(name, re.sub(spaces, rb"http://purl.oclc.org/ooxml/\1/", before.read(name)))
    assert b"purl.oclc.org" in zipfile.ZipFile(out).read("word/document.xml")
    assert from_docx(out.getvalue()) == from_docx(usual)


# --- emails -------------------------------------------------------------------------------------

MAILS = yaml.safe_load((ROOT / "tests/cases/import/mails.yaml").read_text(encoding="utf-8"))
FORWARDER = "From: Desk <desk@example.org>\nSubject: Fwd: see below\nDate: Fri, 15 Jan 2021 10:00:00 +0000\n"


@pytest.mark.parametrize("case", MAILS, ids=lambda case: case["label"])
def test_mail_gives_the_article_and_who_sent_it_first(case: dict[str, Any]) -> None:
    head = case.get("head", "Content-Type: text/plain; charset=utf-8")
    check_import(case, from_mail(f"{FORWARDER}{head}\n\n{case['mail']}".encode(case.get("encoding", "utf-8"))))


# --- what a page says about its article ----------------------------------------------------------

METADATA = yaml.safe_load((ROOT / "tests/cases/import/page-metadata.yaml").read_text(encoding="utf-8"))
HEADLINE = "Last keeper leaves the lighthouse of Skarvik"
STORY = (
    "<p>The coast guard of Skarvik said on Monday that its last keeper has left the lighthouse, and that machines now "
    "light the lamp, sound the horn and count the ships that pass the cape by day and by night.</p>"
    "<p>Nobody asked us, said Tora Lund, who led the keepers' union until it ended. Visitors may climb the tower "
    "from the summer on, and the town will pay for the repair of its stairs.</p>"
    "<p>The first lamp was lit in 1868 with oil from whales; the lens came from a workshop in Paris long gone.</p>"
)


@pytest.mark.parametrize("case", METADATA, ids=lambda case: case["label"])
def test_date_author_and_headline_of_a_page(case: dict[str, Any]) -> None:
    page = {"title": f"{HEADLINE} | The Tidal Post", "h1": f"<h1>{HEADLINE}</h1>", "lang": "en"}
    page |= dict.fromkeys(("head", "pre", "top", "bottom"), "") | case
    html = (
        '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><nav>'
        '<a href="/">Home</a></nav>{pre}<main><article>{h1}{top}{story}</article>{bottom}</main></body></html>'
    ).format(story=STORY, **page)
    draft = from_html(html.encode(), case.get("url"))
    assert "count the ships" in draft.body
    expected = {k: v for k, v in case.items() if k in ("published", "author", "publisher", "unsure")}
    check_import(expected | ({"title": case["expect_title"]} if "expect_title" in case else {}), draft)


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "latin1", "ISO_8859-1:1987", "us-ascii", "ascii", "windows-1252", "x-cp1252"]
)
def test_labels_of_latin_letters_mean_windows_1252(label: str) -> None:
    html = f'<html><head><meta charset="{label}"><title>Prices</title></head><body>{STORY}<p>{{}}</p></body></html>'
    words = "“It costs €27 million – no less,” said Tora Lund, whose words nobody in the harbour wanted to hear twice."
    assert words in from_html(html.format(words).encode("cp1252")).body


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso-8859-9", "cp1254", "İstanbul’da “liman” €5"),
        ("gb2312", "gb18030", "镕基说，价格上涨。"),
        ("shift_jis", "cp932", "①港の価格～"),
        ("euc-kr", "cp949", "똠방각하의 항구"),
        ("utf-16", "utf-8", "Żółw – €5"),
        ("iso-8859-1", "utf-8", "Żółw – €5"),
        ("windows-1252", "utf-8", "café “Måke”"),
        ("iso-8859-2", "iso8859-2", "Żółw Łódź"),
        ("koi8-r", "koi8-r", "Порт открыт"),
        ("windows-1251", "cp1251", "Порт «открыт»"),
        ("utf-8", "cp1252", "“café” €5"),
        ("punycode", "utf-8", "café"),
        ("undefined", "utf-8", "café"),
        ("utf-7", "utf-8", "café"),
        ("rot13", "utf-8", "café"),
        ("x-mac-unheard-of", "utf-8", "café"),
        ("unicode_escape", "utf-8", "café"),
        ("idna", "utf-8", "café"),
    ],
)
def test_character_sets_as_browsers_read_them(label: str, codec: str, words: str) -> None:
    assert as_text(f"<p>{words} and more words in plain letters</p>".encode(codec), label) == (
        f"<p>{words} and more words in plain letters</p>"
    )


# --- PDF ----------------------------------------------------------------------------------------


def drawn(*pages: list[tuple[int, int, int, str]], info: str = "", image: bool = False) -> bytes:
    """A PDF with lines at places: x, y, size and words."""
    plain = pdf(*("@" for _ in pages)) if not image else pdf("")
    for lines in pages:
        stream = "".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in lines)
        old = re.search(rb"<< /Length \d+ >>\nstream\nBT /F1 12 Tf 14 TL 72 700 Td \(@\) Tj ET\nendstream", plain)
        assert old
        new = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream.encode("cp1252")), stream.encode("cp1252"))
        plain = plain.replace(old[0], new, 1)
    trailer = f"/Root 1 0 R /Info << {info} >>".encode()
    return plain.replace(b"/Root 1 0 R", trailer)  # the reader rebuilds the table of places


def column(x: int, *lines: str, top: int = 700, size: int = 11) -> list[tuple[int, int, int, str]]:
    return [(x, top - 14 * number, size, line) for number, line in enumerate(lines)]


LEFT = (
    "The town council of Skarvik met",
    "on Monday and voted for the new",
    "bridge. It will be built of steel",
    "and wood, said Tora Lund, who",
    "leads the council since autumn.",
    "Work starts in spring.",
)
RIGHT = (
    "The owners of the ferry object to",
    "the plan. Their lawyer said that",
    "nobody had asked them, and that",
    "they would go to court over the",
    "matter before the summer. The",
    "judge will hear them.",
)


def test_columns_drawn_line_by_line_are_put_in_order() -> None:
    rows = [piece for pair in zip(column(60, *LEFT), column(320, *RIGHT), strict=True) for piece in pair]
    draft = from_pdf(drawn([(60, 740, 18, "Bridge divides the town of Skarvik"), *rows]))
    assert " ".join(draft.body.split()) == " ".join(("Bridge divides the town of Skarvik", *LEFT, *RIGHT))
    assert any("has columns" in doubt for doubt in draft.unsure)
    draft = from_pdf(
        drawn([(60, 740, 18, "Bridge divides the town of Skarvik"), *column(60, *LEFT), *column(320, *RIGHT)])
    )
    assert " ".join(draft.body.split()) == " ".join(("Bridge divides the town of Skarvik", *LEFT, *RIGHT))


def test_three_columns_and_a_line_at_the_foot() -> None:
    middle = (
        "Third come the visitors: most of",
        "them like the ferry better than",
        "any bridge that was ever built,",
        "as a count by the harbour shows.",
        "It was made in the summer by a",
        "class of the school.",
    )
    rows = [
        p for three in zip(column(40, *LEFT), column(230, *middle), column(420, *RIGHT), strict=True) for p in three
    ]
    body = from_pdf(drawn([*rows, (60, 30, 9, "Printed in Skarvik")])).body
    assert " ".join(body.split()) == " ".join((*LEFT, *middle, *RIGHT, "Printed in Skarvik"))


def test_table_is_not_taken_for_columns() -> None:
    names = ("North pier", "South pier", "East pier", "West pier", "Old pier", "New pier")
    rows = [
        p for n, name in enumerate(names) for p in ((60, 600 - 14 * n, 11, name), (320, 600 - 14 * n, 11, f"{n}40 m"))
    ]
    body = from_pdf(drawn([*column(60, *LEFT), *rows])).body
    assert all(re.search(rf"{name}\s+{n}40 m", body) for n, name in enumerate(names))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("the rare-\nearth market", "rare-earth market"),
        ("a long-\nterm plan", "long-term plan"),
        ("price-\nfixing firms", "price-fixing firms"),
        ("a low-\ngrade ore", "low-grade ore"),
        ("the co-\noperation went on", "cooperation went on"),
        ("they were cov-\nered by it", "covered by it"),
        ("the govern-\nment said", "government said"),
        ("the Japan-\nChina talks", "Japan-China talks"),
        ("it fell by 3-\n4 percent", "3-4 percent"),
        ("mag-\nnets are made", "magnets are made"),
        ("the pro-\nduction of it", "production of it"),
        ("Skar-\nvik is old. Skarvik is", "Skarvik is old"),
        ("the well-\nknown man", "well-known man"),
        ("a non-\nbinding rule", "non-binding rule"),
        ("un-\nlikely to be", "unlikely to be"),
        ("manu-\nfacturing is", "manufacturing is"),
        ("a high-\nspeed train", "high-speed train"),
        ("the COVID-\n19 years", "COVID-19 years"),
        ("state-\nof-the-art mills", "state-of-the-art mills"),
        ("day-\nto-\nday work", "day-to-day work"),
        ("under-\nstanding of it", "understanding of it"),
        ("soft\u00ad\nware is", "software is"),
        ("neodym-\nium is", "neodymium is"),
        ("the semi-\nconductor trade", "semiconductor trade"),
        ("the price-deter-\nmining factor", "price-determining factor"),
        ("an envi-\nronmental rule", "environmental rule"),
        ("the ex-\nport of it", "export of it"),
        ("a state-\nowned firm", "state-owned firm"),
        ("half-\nway there", "halfway there"),
        ("off-\nshore wind", "offshore wind"),
        ("the adminis-\n\ntration of it", "administration of it"),
        ("the rare-\n \nearth market", "rare-earth market"),
        ("the govern\u2010\n\nment said", "government said"),
        ("the mine \u2013\nthe only one", "mine \u2013 the only one"),
    ],
)
def test_hyphens_at_line_ends(lines: str, words: str) -> None:
    assert words in " ".join(pdf_module._unbroken(lines).split())


def test_soft_hyphen_drawn_as_a_space_divides_no_word() -> None:
    drawn_page = drawn([(72, 700, 11, "THE LINE")])
    marked = "(%s) Tj /Span << /ActualText <FEFF00AD> >> BDC (%s) Tj EMC %s Td (%s) Tj"
    lines = (("The light", " ", "40 0", "house is sold by the"), ("har", "-", "0 -14", "bour of Skarvik."))
    for line, words in zip(lines, ("lighthouse is sold", "harbour of Skarvik"), strict=True):
        old = re.search(rb"<< /Length \d+ >>\nstream\nBT [^@]*?\(THE LINE\) Tj ET\n\n?endstream", drawn_page)
        assert old
        stream = f"BT /F1 11 Tf 72 700 Td {marked % line} ET".encode()
        new = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
        assert words in " ".join(from_pdf(drawn_page.replace(old[0], new)).body.split())


def test_headline_is_what_is_written_largest() -> None:
    junk = ("Microsoft Word - draft2.doc", "untitled", "doc_final_3.pdf", "Press release", "")
    for title in junk:
        pages = [(60, 740, 10, "PRESS RELEASE"), (60, 720, 20, "Bridge divides the town"), *column(60, *LEFT)]
        draft = from_pdf(drawn(pages, info=f"/Title ({title}) /Author (Administrator)"))
        assert (draft.meta.title, draft.meta.author) == ("Bridge divides the town", None)
    draft = from_pdf(drawn(column(60, *LEFT), info="/Title (Council votes for the bridge) /Author (Tora Lund)"))
    assert (draft.meta.title, draft.meta.author) == ("Council votes for the bridge", "Tora Lund")
    assert sum("properties" in doubt for doubt in draft.unsure) == 2


def test_scanned_page_and_heads_of_left_and_right_pages_are_named() -> None:
    pages = [
        [
            (60, 780, 9, ("Skarvik Yearbook", "Bridges and Roads")[n % 2]),
            (300, 20, 9, f"- {n + 1} -"),
            *column(60, *LEFT[n:]),
        ]
        for n in range(4)
    ]
    draft = from_pdf(drawn(*pages))
    assert "Yearbook" not in draft.body
    assert "Bridges and Roads" not in draft.body
    assert "page header or footer: Skarvik Yearbook" in draft.dropped


def test_pdf_date_line() -> None:
    lines = ("Published: 3 May 2022 | Updated: 9 May 2022", "By Tora Lund", *LEFT)
    draft = from_pdf(drawn([(60, 740, 20, "Bridge divides the town"), *column(60, *lines)]))
    assert (draft.meta.published, draft.meta.author) == ("2022-05-03", "Tora Lund")


# --- hostile files ------------------------------------------------------------------------------


def limited(seconds: float, read: Any, raw: bytes) -> str:
    """Read a hostile file; return its text or the message, which must be there before the time is over."""
    start = time.process_time()
    try:
        said = read(raw).body
    except ImportFailedError as error:
        said = str(error)
    assert time.process_time() - start < seconds
    return str(said)


CELL = "<w:tc><w:tcPr>{}</w:tcPr>{{p:words}}</w:tc>"


@pytest.mark.parametrize(
    ("read", "raw", "says"),
    [
        (from_docx, word("<w:tbl><w:tr>" + CELL.format('<w:gridSpan w:val="100000"/>') + "</w:tr></w:tbl>"), "words"),
        (from_docx, word("<w:tbl><w:tr>" + CELL.format("<w:vMerge/>") + "</w:tr></w:tbl>"), "words"),
        (from_docx, word("<w:ins>" * 3000 + "{p:deep}" + "</w:ins>" * 3000), "cannot read"),
        (from_docx, word("{p:A short line.}" * 20_000), "A short line."),
        (from_docx, word("{p:A short line.}" * 2_000)[:-300], "damaged"),
        (from_docx, b"\xd0\xcf\x11\xe0" + bytes(900), "password"),
        (from_mail, b"Subject: A\nDate: Wed, 13 Jan 99999999999 08:00:00 +0000\n\nThe quay.\n", "The quay."),
        (
            from_mail,
            b"Subject: A\nFrom: " + b"(" * 20_000 + b"\nDate: " + b"(" * 20_000 + b"\n\nThe quay.\n",
            "The quay.",
        ),
        (from_mail, b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nThe quay.\n", "The quay."),
        (
            from_mail,
            b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000)),
            "parts",
        ),
        (from_mail, b"Content-Type: message/rfc822\n\n" * 3000 + b"\nThe quay.\n", "nested"),
        (from_mail, b"Content-Type: text/plain; charset=punycode\n\nThe quay.\n", "The quay."),
        (from_mail, b"Content-Type: text/plain; charset=undefined\n\nThe quay.\n", "The quay."),
        (from_mail, b"Content-Type: text/html\n\n" + b"<div>" * 50_000 + b"The quay.", "The quay."),
        (from_mail, b"Subject: A\n\n" + b"From: x wrote: <a@b.example>:\n" * 20_000, "From: x"),
        (from_html, b"<html><body><article>" + STORY.encode() + b"<p>" * 30_000, "count the ships"),
        (
            from_html,
            b"<html><body><nav>" + b"<a href=x>Old pier</a>" * 20_000 + b"</nav>" + STORY.encode(),
            "count the ships",
        ),
        (from_html, b"<html><body>" + b"<div class=menu>" * 2_000 + STORY.encode(), ""),
        (
            from_html,
            b"<script type=application/ld+json>" + b"[" * 50_000 + b"</script>" + STORY.encode(),
            "count the ships",
        ),
        (from_html, b"<title>" + b"a - " * 50_000 + b"</title>" + STORY.encode(), "count the ships"),
    ],
)
def test_hostile_file_is_read_or_refused_soon(read: Any, raw: bytes, says: str) -> None:
    assert says in limited(20, read, raw)


def test_packed_bomb_and_password_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(250_000_000))
    assert "too large" in limited(20, from_docx, out.getvalue())
    locked = bytearray(word("{p:words}"))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := locked.find(mark, start + 1)) >= 0:
            locked[start + place] |= 1
    assert "password" in limited(20, from_docx, bytes(locked))


def test_report_names_basis_doubts_and_losses_and_the_notes_repeat_them(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1" w:author="A"><w:r><w:delText>in May</w:delText></w:r></w:del>'
    (tmp_path / "bridge.docx").write_bytes(word(f"{{h:Bridge divides the town}}<w:p>{deleted}</w:p>{{p:It opens.}}"))
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    ran = run(
        "import", tmp_path / "bridge.docx", tmp_path / "broken.docx", "--sources", tmp_path, "--date", "2022-03-03"
    )
    assert ran.returncode == 1
    assert "broken.docx: this Word document is damaged" in ran.stderr
    rows = [line.split(maxsplit=1) for line in ran.stdout.split("\n") if line.startswith("  ")]
    assert ["title", "Bridge divides the town (heading)"] in rows
    assert ["published", "2022-03-03 (given)"] in rows
    assert ["left", "out   tracked deletions: in May"] in rows
    notes = read_source(tmp_path / "2022/2022-03-03-bridge-divides-the-town.md", "a").meta.notes
    assert notes is not None
    assert "tracked changes" in notes
    assert "Left out: tracked deletions: in May." in notes

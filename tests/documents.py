"""`python -m tests.documents`: how much of documents that other programs wrote is in their import.

Writes 60 documents: Word files, PDF files and pages with LibreOffice, PDF files and pages with Chromium, and mails as
mail programs write them. Imports each and prints a row: the sentences that a reader sees and those in the import. Lost
ones follow, with whether the import's report names them. Exits with 1 if fewer than MUST of all sentences are imported. Needs `soffice`
and `chromium`; takes some minutes.
"""

from __future__ import annotations

import datetime
import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from briefing.content.importers import read_document
from tests.browsing import CHROMIUM

MUST = 0.98
TITLE = "Aldermoor opens its new quay"
BYLINE = "By Ada Verne, 4 May 2021"
SENTENCES = (
    "The harbour board of Aldermoor opened a new quay on Tuesday after six years of work.",
    "It is 240 metres long and cost €31 million, of which the state paid a third.",
    "“We needed it more than anything else,” said Petra Quill, the mayor.",
    "Fishermen had asked for more berths since the winter, because two ferries share the only pier.",
    "The board’s chairman, Ivo Brack, expects 1,200 ships a year – twice as many as today.",
    "Critics say that rare-earth ore from the mine at Tollen will now pass through the town.",
    "A study by the University of Nordland puts the extra traffic at 90 lorries a day.",
    "Ms Quill called this figure “wildly exaggerated” and promised to publish the city’s own count.",
    "The old landing stage will be taken down next year, when the last contracts end.",
    "Residents of Señor Müller Street have sued; the court in Łódź decides in June.",
)


@dataclass(frozen=True)
class Document:
    name: str
    path: Path
    sentences: tuple[str, ...]


# --- the text of a document, as Flat ODT and as HTML -------------------------------------------------

ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="C" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.5cm"/></style:section-properties></style:style>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="3cm" fo:margin-right="3cm"/>
<style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">%(header)s</style:master-page></office:master-styles>
<office:body><office:text>%(changes)s<text:h text:outline-level="1">%(title)s</text:h><text:p>%(byline)s</text:p>%(body)s
</office:text></office:body></office:document>"""
HEADER = "<style:header><text:p>The Tidal Post</text:p></style:header><style:footer><text:p>Page <text:page-number/></text:p></style:footer>"


def odt_p(words: str) -> str:
    return f"<text:p>{html.escape(words, quote=False)}</text:p>"


def odt_table(rows: list[list[str]], span: bool = False) -> str:
    def cell(words: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string"{more}>{odt_p(words)}</table:table-cell>'

    text = '<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>'
    for number, row in enumerate(rows):
        if span and not number:
            first = cell(row[0], ' table:number-columns-spanned="2"')
            text += f"<table:table-row>{first}<table:covered-table-cell/></table:table-row>"
        else:
            text += "<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>"
    return text + "</table:table>"


def odt_bodies() -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    """Yield name, body, tracked changes, header, and the sentences that a reader sees."""
    s, every = SENTENCES, SENTENCES
    paragraphs = "".join(map(odt_p, s))
    yield "paragraphs", paragraphs, "", "", every
    yield "one paragraph", odt_p(" ".join(s)), "", "", every
    yield (
        "headings",
        "".join(f'<text:h text:outline-level="2">Part {n}</text:h>{odt_p(x)}' for n, x in enumerate(s)),
        "",
        "",
        every,
    )
    items = "".join(f"<text:list-item>{odt_p(x)}</text:list-item>" for x in s[2:])
    yield "list", f"{odt_p(s[0])}{odt_p(s[1])}<text:list>{items}</text:list>", "", "", every
    nested = f"<text:list><text:list-item>{odt_p(s[2])}<text:list><text:list-item>{odt_p(s[3])}</text:list-item></text:list></text:list-item></text:list>"
    yield "nested list", odt_p(s[0]) + odt_p(s[1]) + nested + "".join(map(odt_p, s[4:])), "", "", every
    yield (
        "table",
        odt_p(s[0]) + odt_table([["Year", "What"], ["2019", s[1]], ["2020", s[2]]]) + "".join(map(odt_p, s[3:])),
        "",
        "",
        every,
    )
    yield (
        "merged cells",
        odt_p(s[0]) + odt_table([[s[1]], ["2020", s[2]], ["2021", s[3]]], True) + "".join(map(odt_p, s[4:])),
        "",
        "",
        every,
    )
    note = '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>'
    for kind in ("footnote", "endnote"):
        with_note = f"<text:p>{html.escape(s[0])}{note.format(kind, odt_p(s[1]))}</text:p>"
        yield kind, with_note + "".join(map(odt_p, s[2:])), "", "", every
    frame = f'<text:p><draw:frame draw:name="F" text:anchor-type="paragraph" svg:width="6cm" svg:height="3cm"><draw:text-box>{odt_p(s[1])}</draw:text-box></draw:frame>{html.escape(s[0])}</text:p>'
    yield "text box", frame + "".join(map(odt_p, s[2:])), "", "", every
    yield "header and footer", paragraphs, "", HEADER, every
    long = [f"{x} This is part {n} of the report." for n in range(6) for x in s]
    yield (
        "many pages",
        "".join(map(odt_p, long)),
        "",
        HEADER,
        tuple(f"This is part {n} of the report." for n in range(6)) + every,
    )
    yield "two columns", f'<text:section text:style-name="C" text:name="S">{paragraphs}</text:section>', "", "", every
    link = f'<text:p>{html.escape(s[0])} <text:a xlink:type="simple" xlink:href="https://example.org/">{html.escape(s[1])}</text:a></text:p>'
    yield "link", link + "".join(map(odt_p, s[2:])), "", "", every
    bold = "".join(
        f'<text:p><text:span text:style-name="B">{html.escape(x[:9])}</text:span>{html.escape(x[9:])}</text:p>'
        for x in s
    )
    yield "bold beginnings", bold, "", "", every
    breaks = "<text:p>" + "<text:line-break/>".join(html.escape(x) for x in s) + "</text:p>"
    yield "line breaks", breaks, "", "", every
    tabs = "".join(f"<text:p><text:tab/>{html.escape(x)}</text:p>" for x in s)
    yield "tabs", tabs, "", "", every
    change = '<text:changed-region text:id="c{0}" xml:id="c{0}"><text:{1}><office:change-info><dc:creator>Ada</dc:creator><dc:date>2021-05-04T10:00:00</dc:date></office:change-info>{2}</text:{1}></text:changed-region>'
    changes = (
        "<text:tracked-changes>"
        + change.format(1, "insertion", "")
        + change.format(2, "deletion", odt_p("It cost 99 million."))
        + "</text:tracked-changes>"
    )
    tracked = f'<text:p>{html.escape(s[0])} <text:change-start text:change-id="c1"/>{html.escape(s[1])}<text:change-end text:change-id="c1"/> <text:change text:change-id="c2"/>{html.escape(s[2])}</text:p>'
    yield "tracked changes", tracked + "".join(map(odt_p, s[3:])), changes, "", every
    comment = f"<text:p>{html.escape(s[0])}<office:annotation><dc:creator>Ada</dc:creator><dc:date>2021-05-04T10:00:00</dc:date>{odt_p('Check this.')}</office:annotation></text:p>"
    yield "comment", comment + "".join(map(odt_p, s[1:])), "", "", every
    soft = "".join(
        odt_p(
            x.replace("harbour", "har\u00adbour")
            .replace("6 years", "6\u00a0years")
            .replace("after six", "after\u00a0six")
        )
        for x in s
    )
    yield "soft hyphens", soft, "", "", every


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%(title)s - The Tidal Post</title>
<meta property="article:published_time" content="2021-05-04T08:00:00Z"><style>%(style)s</style></head><body>
<header><a href="/">The Tidal Post</a><nav><a href="/a">World</a> <a href="/b">Business</a> <a href="/c">Sport</a></nav></header>
<main><article><h1>%(title)s</h1><p class="byline">%(byline)s</p>%(body)s</article></main>
<aside><h2>Most read</h2><ul><li><a href="/x">Ten ways to cook a herring</a></li></ul></aside>
<footer>© The Tidal Post. <a href="/privacy">Privacy</a></footer></body></html>"""


def page_bodies() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield name, body, style and the sentences that a reader sees."""
    s, every = [html.escape(x, quote=False) for x in SENTENCES], SENTENCES
    ps = "".join(f"<p>{x}</p>" for x in s)
    yield "paragraphs", ps, "", every
    yield "divisions", "".join(f"<div>{x}</div>" for x in s), "", every
    yield "line breaks", "<p>" + "<br>".join(s) + "</p>", "", every
    yield "list", f"<p>{s[0]}</p><ul>" + "".join(f"<li>{x}</li>" for x in s[1:]) + "</ul>", "", every
    yield "headings", "".join(f"<h2>Part {n}</h2><p>{x}</p>" for n, x in enumerate(s)), "", every
    table = "<table>" + "".join(f"<tr><td>{2010 + n}</td><td>{x}</td></tr>" for n, x in enumerate(s[1:4])) + "</table>"
    yield "table", f"<p>{s[0]}</p>{table}" + "".join(f"<p>{x}</p>" for x in s[4:]), "", every
    yield (
        "quotation",
        f"<p>{s[0]}</p><blockquote><p>{s[1]}</p></blockquote>" + "".join(f"<p>{x}</p>" for x in s[2:]),
        "",
        every,
    )
    yield "two columns", ps, "article {columns: 2} body {font: 16px serif}", every
    yield "hyphens", ps, "article {width: 9cm; hyphens: auto; text-align: justify}", every
    yield "print header", ps * 1, "@page {margin: 2cm} header {position: running(x)}", every
    yield "narrow", ps, "article {width: 7cm}", every
    yield (
        "figure",
        f"<p>{s[0]}</p><figure><img alt=''><figcaption>{s[1]}</figcaption></figure>"
        + "".join(f"<p>{x}</p>" for x in s[2:]),
        "",
        every,
    )
    yield "links", "".join(f"<p>{x.replace('Aldermoor', '<a href=/t>Aldermoor</a>')}</p>" for x in s), "", every
    yield "spans", "".join(f"<p><span>{x[:20]}</span><em>{x[20:30]}</em>{x[30:]}</p>" for x in SENTENCES), "", every
    yield (
        "details",
        f"<p>{s[0]}</p><details open><summary>More</summary>" + "".join(f"<p>{x}</p>" for x in s[1:]) + "</details>",
        "",
        every,
    )


# --- made by other programs -------------------------------------------------------------------------


def office(folder: Path, files: list[Path], ending: str) -> None:
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", ending]
    subprocess.run([*command, "--outdir", str(folder / "made"), *map(str, files)], check=True, capture_output=True)


def chromium(*args: str) -> bytes:
    assert CHROMIUM
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", *args]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def documents(folder: Path) -> Iterator[Document]:
    (folder / "made").mkdir()
    odts: list[tuple[Path, tuple[str, ...]]] = []
    for name, body, changes, header, seen in odt_bodies():
        path = folder / f"{name.replace(' ', '-')}.fodt"
        values = {"title": TITLE, "byline": BYLINE, "body": body, "changes": changes, "header": header}
        path.write_text(ODT % values, encoding="utf-8")
        odts.append((path, seen))
    for ending in ("docx", "pdf", "html"):
        office(folder, [path for path, _ in odts], ending)
        most = {"docx": 20, "pdf": 20, "html": 7}[ending]
        wanted = [o for o in odts if ending != "pdf" or o[0].stem in PRINTED][:most]
        for path, seen in wanted:
            yield Document(f"LibreOffice {ending}: {path.stem}", folder / "made" / f"{path.stem}.{ending}", seen)
    for number, (name, body, style, seen) in enumerate(page_bodies()):
        path = folder / f"{name.replace(' ', '-')}.html"
        path.write_text(PAGE % {"title": TITLE, "byline": BYLINE, "body": body, "style": style}, encoding="utf-8")
        if number < 8:
            saved = folder / "made" / f"saved-{path.name}"
            saved.write_bytes(chromium("--dump-dom", f"file://{path}"))
            yield Document(f"Chromium page: {name}", saved, seen)
        if number >= 7:
            printed = folder / "made" / f"{path.stem}-printed.pdf"
            chromium(f"--print-to-pdf={printed}", f"file://{path}")
            yield Document(f"Chromium PDF: {name}", printed, seen)
    yield from mails(folder / "made")


PRINTED = {"paragraphs", "two-columns", "many-pages", "table", "footnote", "text-box", "list"}


def mails(folder: Path) -> Iterator[Document]:
    text = f"{TITLE}\n\n{BYLINE}\n\n" + "\n\n".join(SENTENCES) + "\n"
    page = f"<h1>{TITLE}</h1><p>{BYLINE}</p>" + "".join(f"<p>{html.escape(x, quote=False)}</p>" for x in SENTENCES)
    forwarded = (
        "From: The Tidal Post <news@example.org>\nDate: Tue, 4 May 2021 08:00:00 +0000\nSubject: "
        + TITLE
        + "\nTo: ada@example.org\n\n"
    )
    heads = {
        "plain": "", "Gmail forward": "---------- Forwarded message ---------\n", "Apple forward": "Begin forwarded message:\n\n",
        "Outlook forward": "-----Original Message-----\n", "Thunderbird forward": "-------- Forwarded Message --------\n",
    }  # fmt: skip
    made: list[tuple[str, EmailMessage]] = []
    for name, head in heads.items():
        mail = EmailMessage()
        mail.set_content((head + forwarded if head else "") + text, charset="utf-8", cte="quoted-printable")
        made.append((name, mail))
    for name, encoding, cte in (("base64", "utf-8", "base64"), ("8bit", "utf-8", "8bit")):
        mail = EmailMessage()
        mail.set_content(text, charset=encoding, cte=cte)
        made.append((name, mail))
    mail = EmailMessage()
    mail.set_content("Your mail program does not show HTML.")
    mail.add_alternative(f"<html><body>{page}</body></html>", subtype="html", cte="quoted-printable")
    made.append(("HTML behind a stub", mail))
    mail = EmailMessage()
    mail.set_content(f"<html><body>{page}</body></html>", subtype="html")
    mail.add_related(b"\x89PNG", "image", "png", cid="<p>")
    made.append(("HTML with a picture", mail))
    mail = EmailMessage()
    mail.set_content(text, cte="8bit")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    made.append(("attachment", mail))
    for name, mail in made:
        mail["From"], mail["To"] = "The Tidal Post <news@example.org>", "ada@example.org"
        mail["Subject"] = TITLE if "forward" not in name else f"Fwd: {TITLE}"
        mail["Date"] = format_datetime(datetime.datetime(2021, 5, 4, 8, tzinfo=datetime.UTC))
        path = folder / f"{name.replace(' ', '-')}.eml"
        path.write_bytes(mail.as_bytes())
        yield Document(f"Mail: {name}", path, SENTENCES)


# --- measured ---------------------------------------------------------------------------------------

SAME = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "\u00a0": " ", "\u00ad": None, "\\": None, "*": None}
)


def plain(text: str) -> str:
    without_links = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[\s|>]+", " ", without_links.translate(SAME))


def lost(document: Document) -> tuple[list[str], str]:
    """Return the sentences that are not in the import, and what its report says."""
    draft = read_document(document.path)
    found = plain(f"{draft.meta.title}\n{draft.body}")
    return [s for s in document.sentences if plain(s) not in found], "; ".join((*draft.dropped, *draft.unsure))


def main() -> int:
    if not (shutil.which("soffice") and CHROMIUM):
        print("Needs soffice (LibreOffice Writer) and Chromium.")
        return 0
    seen = kept = named = gone = count = 0
    with tempfile.TemporaryDirectory() as place:
        for document in documents(Path(place).resolve()):
            missing, report = lost(document)
            count += 1
            seen += len(document.sentences)
            kept += len(document.sentences) - len(missing)
            gone += len(missing)
            told = [s for s in missing if plain(s)[:40] in plain(report)]
            named += len(told)
            print(
                f"{document.name:38} {len(document.sentences) - len(missing):3} of {len(document.sentences):3}",
                flush=True,
            )
            for sentence in missing:
                print(
                    f"    lost{', named in the report' if sentence in told else ''}: {sentence}\n      report: {report}"
                )
    print(
        f"{count} documents: {kept} of {seen} sentences ({100 * kept / seen:.1f} %); {gone} lost, {named} of them named"
    )
    return int(kept < MUST * seen)


if __name__ == "__main__":
    sys.exit(main())

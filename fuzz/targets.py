"""What is fuzzed: each target takes any bytes and may refuse them, but neither crash nor take long.

A target is a function of bytes. Refusing is raising ContentError, ImportFailedError or FormError.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from briefing import corrections
from briefing.clean import clean
from briefing.cli.issue_forms import FORMS, FormError, from_issue
from briefing.config import load_config
from briefing.content.decoding import decode
from briefing.content.edtf import edtf_mistake, in_words, sort_key
from briefing.content.file_names import safe, unsafe
from briefing.content.importers import read_document
from briefing.content.lookalikes import find_deceptive
from briefing.content.problems import ContentError
from briefing.content.scaffold import ImportFailedError, article_text
from briefing.content.schema import ActorFile, FrontMatter
from briefing.content.sources import read_source, split_front_matter
from briefing.content.validation import read_contribution
from briefing.model import Briefing, Meta, Source
from briefing.site.source_html import source_text

REFUSALS = (ContentError, ImportFailedError, FormError)
ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|img|svg|style|form|base|link|meta)\b|\son\w+\s*=|javascript:", re.I
)


@functools.cache
def _folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="fuzz-")
    (Path(folder.name) / "mkdocs.yml").write_text("site_name: A test\n")
    (Path(folder.name) / "sources").mkdir()
    return folder


def _file(name: str, data: bytes) -> Path:
    path = Path(_folder().name) / name
    path.write_bytes(data)
    return path


def article(data: bytes) -> None:
    """Decoding, front matter and cleaning; the text must not change when it is cleaned again."""
    decode(data)
    source = read_source(_file("a.md", data), "a")
    cleaned = clean(source)
    assert all(0 <= b.start <= b.end <= len(cleaned.text) for b in cleaned.blocks)
    assert all(0 <= r.start <= r.end <= len(cleaned.text) for r in cleaned.removed)
    list(find_deceptive(cleaned.text))


def front_matter(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    parts = split_front_matter(text, Path("a.md"))
    read_contribution(parts.head or text, FrontMatter, "a.md")
    read_contribution(text, ActorFile, "a.yaml")


def corrections_file(data: bytes) -> None:
    corrections.parse(data.decode("utf-8", "replace"), "a.facts.yaml")


def dates(data: bytes) -> None:
    value = data.decode("utf-8", "replace")[:100]
    edtf_mistake(value)
    in_words(value)
    sort_key(value)


def file_names(data: bytes) -> None:
    name = data.decode("utf-8", "replace").replace("/", "")[:100] or "a"
    assert unsafe(safe(name)) is None


def rendering(data: bytes) -> None:
    """The text of a source as HTML holds nothing active."""
    text = data.decode("utf-8", "replace").replace("\0", "")
    cleaned = clean(Source("a", "a.md", "", Meta(title="A quay"), text, 1, "utf-8"))
    briefing = Briefing(article=cleaned, sentences=(), actors=(), topics=(), notes=())
    assert not ACTIVE.search(
        re.sub(r"&[#\w]+;|<a class=\"out\" href=\"[^\"]*\"", "", str(source_text(briefing, (), {})))
    )


def form(data: bytes) -> None:
    """An issue form becomes a file inside the archive that can be written."""
    text = data.decode("utf-8", "surrogateescape")  # with lone surrogates
    for name, labels in FORMS.items():
        body = "\n\n".join(f"### {label}\n\n{text}" for label in labels)
        event = {"issue": {"number": 7, "labels": [{"name": name}], "user": {"login": "ada"}, "body": body}}
        try:
            path, content = from_issue(event, load_config(Path(_folder().name) / "mkdocs.yml"))
        except FormError:
            continue
        content.encode()
        assert ".." not in PurePosixPath(path).parts
        assert unsafe(path) is None, path


def html(data: bytes) -> None:
    _imported("a.html", data)


def mail(data: bytes) -> None:
    _imported("a.eml", data)


def word(data: bytes) -> None:
    """A Word document with any XML in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("word/document.xml", f"{DOCUMENT[0]}{data.decode('utf-8', 'replace')}{DOCUMENT[1]}")
    _imported("a.docx", out.getvalue())


def any_document(data: bytes) -> None:
    for ending in ("pdf", "docx", "html", "eml"):
        try:
            _imported(f"b.{ending}", data)
        except REFUSALS:
            continue


def _imported(name: str, data: bytes) -> None:
    draft = read_document(_file(name, data))
    article_text(draft.meta, draft.body)


TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""
DOCUMENT = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>',
    "</w:body></w:document>",
)
TARGETS: dict[str, Callable[[bytes], None]] = {
    "article": article, "front-matter": front_matter, "corrections": corrections_file, "dates": dates,
    "file-names": file_names, "rendering": rendering, "form": form, "html": html, "mail": mail, "word": word,
    "any-document": any_document,
}  # fmt: skip

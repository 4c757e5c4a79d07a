"""Review an article in the browser while `serve` runs: the source beside the facts, one key for each answer.

    http://127.0.0.1:8000/review/            the articles
    http://127.0.0.1:8000/review/2021/quay/  one article

It writes the same corrections file as the review in the terminal. Only pages of this server may use it: a request must
name this server as its host, and one that changes a file must come from its page, with the token in that page.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote

import jinja2

from briefing import pipeline
from briefing.cli.review import Review, as_given, asked
from briefing.config import Config
from briefing.content.problems import ContentError
from briefing.content.sources import find_sources
from briefing.corrections.files import record
from briefing.facts import KINDS, kind_of
from briefing.lexicon import SHIPPED
from briefing.model import Fact

PLACE = "/review/"
FILES = {"review.js": "text/javascript", "review.css": "text/css"}
LARGEST = 100_000  # bytes of one answer
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
Start = Callable[[str, list[tuple[str, str]]], object]
Environment = Mapping[str, Any]


class Refused(Exception):  # noqa: N818 - it is an answer, not a failure
    """The request is not answered; the status says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class ReviewPages:
    """The WSGI application below /review/. One thread does the work, because the archive belongs to it."""

    def __init__(self, config: Config, port: int, by: str | None = None) -> None:
        self.config = config
        self.by = by
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.token = secrets.token_urlsafe(24)
        self.worker = ThreadPoolExecutor(1)
        self.open = ExitStack()
        self.session: Review | None = None
        self.name = ""  # of the article that is open
        self.templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(SHIPPED / "templates"), autoescape=True, undefined=jinja2.StrictUndefined
        )

    def __call__(self, environ: Environment, start: Start) -> Iterable[bytes]:
        try:
            kind, body = self._answer(environ)
            status = HTTPStatus.OK
        except Refused as refused:
            kind, body, status = "text/plain", str(refused).encode(), refused.status
        headers = [
            ("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body))),
            ("Content-Security-Policy", POLICY), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ]  # fmt: skip
        start(f"{status.value} {status.phrase}", headers)
        return [body]

    def _answer(self, environ: Environment) -> tuple[str, bytes]:
        if environ.get("HTTP_HOST") not in self.hosts:  # another name for this machine, chosen by another site
            raise Refused(HTTPStatus.FORBIDDEN)
        path = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))
        name = path.removeprefix(PLACE).strip("/")
        if environ["REQUEST_METHOD"] == "POST":
            said = self._said(environ)
            return "application/json", json.dumps(self.worker.submit(self._change, name, said).result()).encode()
        if environ["REQUEST_METHOD"] != "GET":
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED)
        if name in FILES:
            return FILES[name], (SHIPPED / "templates" / name).read_bytes()
        return "text/html", self.worker.submit(self._page, name).result().encode()

    def _said(self, environ: Environment) -> dict[str, Any]:
        """Return what a page of this server asks for."""
        origin = environ.get("HTTP_ORIGIN")
        token = str(environ.get("HTTP_X_REVIEW_TOKEN", ""))
        ours = origin in {f"http://{host}" for host in self.hosts} and secrets.compare_digest(
            token.encode("utf-8", "replace"), self.token.encode()
        )
        if not ours or environ.get("CONTENT_TYPE") != "application/json":
            raise Refused(HTTPStatus.FORBIDDEN)
        length = str(environ.get("CONTENT_LENGTH") or "")
        if not length.isdecimal() or int(length) > LARGEST:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            said = json.loads(environ["wsgi.input"].read(int(length)))
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise Refused(HTTPStatus.BAD_REQUEST)
        return said

    def _page(self, name: str) -> str:
        sources = {source.id: source.path for source in find_sources([self.config.sources], self.config.sources)[0]}
        if not name:
            listed = [(quote(f"{PLACE}{each}/"), self.config.label(path)) for each, path in sources.items()]
            return self.templates.get_template("review.html.j2").render(title="Review", articles=listed, data=None)
        if name not in sources:
            raise Refused(HTTPStatus.NOT_FOUND)
        problems: list[str] = []
        try:
            self._open(name, sources)
        except ContentError as error:
            problems = [str(problem) for problem in error.problems]
        data = self._data() if self.session and not problems else {"problems": problems}
        title = self.session.briefing.article.title.value if self.session and not problems else name
        return self.templates.get_template("review.html.j2").render(title=title, articles=[], data=data)

    def _open(self, name: str, sources: Mapping[str, Any]) -> None:
        self.open.close()
        self.session, self.name = None, ""
        briefing, check = self.open.enter_context(pipeline.to_review(self.config, sources[name]))
        self.session, self.name = Review(sources[name], briefing, self.by, True, check), name

    def _data(self) -> dict[str, Any]:
        """Return what the page shows of the open article."""
        assert self.session
        article = self.session.briefing.article
        done = {c.fact: c.action for c in self.session.briefing.corrections if c.fact}
        kinds = {
            kind.name: [
                {"name": name, "about": next((f.description or "" for f in kind.fields if f.name == name), "")}
                for name in asked(kind)
            ]
            for kind in KINDS
        }
        return {
            "token": self.token, "text": article.text, "kinds": kinds, "by": self.by or "", "problems": [],
            "hidden": [[span.start, span.end] for span in article.hidden],
            "removed": [[span.start, span.end] for span in article.removed],
            "facts": [self._fact(fact) | {"answer": done.get(fact.id, "")} for fact in self.session.facts],
        }  # fmt: skip

    def _fact(self, fact: Fact) -> dict[str, Any]:
        assert self.session
        kind = kind_of(fact)
        told = record(fact, self.session.places, self.session.registered)
        values = {key: told[key] for key in asked(kind) if key in told}
        shown = {key: " ... ".join(v) if isinstance(v, list) else str(v) for key, v in values.items()}
        spans = [[span.start, span.end] for span in kind.words(fact)]
        return {"id": fact.id, "kind": kind.name, "label": kind.singular, "words": told["words"], "values": shown,
                "spans": spans}  # fmt: skip

    def _change(self, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out one answer; return the answers so far, and what is wrong if it cannot be applied."""
        if self.session is None or name != self.name:
            raise Refused(HTTPStatus.CONFLICT)  # another article was opened since
        self.session.by = _word(said, "by") or self.by
        try:
            undone = self._carry_out(self.session, said)
        except ContentError as error:
            problems = [f"{p.found.removesuffix('.')}. {p.right}" for p in error.problems]
            return {"problems": problems, "answers": self.session.answers, "undone": []}
        return {"problems": [], "answers": self.session.answers, "undone": list(undone)}

    def _carry_out(self, session: Review, said: Mapping[str, Any]) -> tuple[str, ...]:
        given = said.get("values")
        values = {str(k): as_given(str(k), str(v).strip()) for k, v in given.items()} if isinstance(given, dict) else {}
        facts = {fact.id: fact for fact in session.facts}
        action = _word(said, "action")
        if action == "undo":
            return session.undo()
        if action == "rest":
            wanted = said.get("facts")
            session.accept_rest([facts[n] for n in map(str, wanted) if n in facts] if isinstance(wanted, list) else [])
        elif action == "add":
            session.add(_word(said, "kind"), _word(said, "words"), values, _word(said, "why"))
        elif action == "finish" and session.by:
            session.finish(session.by)
        elif action in ("accept", "edit", "reject") and _word(said, "fact") in facts:
            session.answer(action, facts[_word(said, "fact")], values, _word(said, "why"))
        else:
            raise Refused(HTTPStatus.BAD_REQUEST)
        return ()

    def close(self) -> None:
        self.worker.submit(self.open.close).result()
        self.worker.shutdown()


def _word(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key, "")
    return " ".join(value.split()) if isinstance(value, str) else ""

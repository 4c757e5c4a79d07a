"""The development texts, read by the rules of today, and what they score.

    own            the labelled articles of tests/quality           every kind that `make quality` scores
    cases          field cases                                      checks that hold
    polnear        who said what in political news                  joint F1 by form
    translations   machine translations beside a human one          translations with as many statements
    timebank       dates in newswire                                F1 of place and value
    conll          people and organisations in newswire             F1 of mentions
    whole          political news, every kind of fact               no score: only which texts are read differently

Names of texts are unique within a corpus. A text is read to plain data, so that two readings can be compared; scores
are computed from the readings of all texts of a corpus. The models' answers are kept in a file: they do not depend on
rules, and take most of the time.
"""

from __future__ import annotations

import importlib
import json
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from briefing.cache import digest
from briefing.model import Analysis, Article, Meta, Source

ROOT = Path(__file__).resolve().parent.parent
SUBSETS = ("all", "speech", "direct", "mixed", "indirect")
KINDS = {"person": "PER", "organisation": "ORG"}
NO_NAMES = frozenset({"pronoun", "demonym", "title"})
POSSESSIVE = re.compile(r"\s?['’]s$")
TIMEX_TYPES = "DATE,TIME"  # the TIMEX3 types that we find

Reading = Any  # plain data
Readings = dict[str, Reading]
Scores = dict[str, float]


class Corpus(NamedTuple):
    """A set of development texts."""

    name: str
    reads: tuple[str, ...]  # modules whose rules read it
    texts: dict[str, Callable[[], Reading]]
    score: Callable[[Readings], Scores]


# --- the models' answers --------------------------------------------------------------------


class Models:
    """What the language model and the encoder say of each text, kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, Any] = pickle.loads(path.read_bytes()) if path.is_file() else {}
        self.count = len(self.known)

    def save(self) -> None:
        if len(self.known) > self.count:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(pickle.dumps(self.known, protocol=5))
            self.count = len(self.known)

    def answer(self, kind: str, article_key: str, ask: Callable[[], Any]) -> Any:
        key = f"{kind} {article_key}"
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]

    def install(self) -> None:
        """Answer in the place of both models from now on, wherever their functions have been imported."""
        language_model = importlib.import_module("briefing.text.language_model")
        encoder = importlib.import_module("briefing.facts.reader.encoder")
        parse, score = language_model.parse, encoder.score

        def kept_parse(article: Article, model: str, *rest: Any) -> Analysis:
            found: Analysis = self.answer("parse", _key_of(article), lambda: parse(article, model, *rest))
            return found

        def kept_score(analysis: Analysis, *rest: Any) -> Any:
            return self.answer("score", _key_of_tokens(analysis), lambda: score(analysis, *rest))

        for module in [m for name, m in sys.modules.items() if name.startswith("briefing")]:
            for name, value in list(vars(module).items()):
                if value is parse:
                    setattr(module, name, kept_parse)
                elif value is score:
                    setattr(module, name, kept_score)


def _key_of(article: Article) -> str:
    removed = [(r.start, r.end) for r in article.removed]
    datelines = [(h.start, h.end) for h in article.hints if h.kind == "dateline"]
    blocks = [(b.start, b.end, b.kind) for b in article.blocks]
    hidden = [(s.start, s.end) for s in article.hidden]
    return digest(article.text, article.language, repr((blocks, hidden, removed, datelines)))


def _key_of_tokens(analysis: Analysis) -> str:
    return digest(analysis.text, repr([(t.start, t.end) for t in analysis.tokens]))


# --- corpora --------------------------------------------------------------------------------


def corpora(shared: Path, work: Path) -> list[Corpus]:
    """Every development corpus that is there. `work`: a folder for files in between."""
    sys.path.insert(0, str(shared / "score"))
    found = [own()]
    if (shared / "field-cases").is_dir():
        found.append(cases(shared / "field-cases", work))
    for name, read in (
        ("polnear_dev", polnear),
        ("polnear_dev", whole),
        ("mt_chinese_news", translations),
        ("timebank", timebank),
        ("conll03_news", conll),
    ):
        path = shared / "corpora" / f"{name}.jsonl"
        if path.is_file():
            found.append(read(path, shared / "score"))
    return found


def own() -> Corpus:
    """The labelled articles."""
    labels = importlib.import_module("tests.quality.labels")
    files = {p.stem: p for p in labels.label_files()}

    def score(readings: Readings) -> Scores:
        compare = importlib.import_module("tests.quality.match").compare
        kinds: dict[str, Any] = {}
        for name, facts in readings.items():
            for kind, tally in compare(labels.read_gold(files[name], facts["text"]), facts).items():
                if kind in kinds:
                    kinds[kind].add(tally)
                else:
                    kinds[kind] = tally
        return {
            kind: _recall(t.right, len(t.missed)) if t.recall_only else _f1(t.right, len(t.missed), len(t.wrong))
            for kind, t in kinds.items()
        }

    texts = {name: _facts_of(ROOT / labels.source_of(path)) for name, path in files.items()}
    return Corpus("own", ("briefing.facts", "briefing.link"), texts, score)


def cases(folder: Path, work: Path) -> Corpus:
    """Articles of field cases that are read as they stand, with our registry and topics and those that a case adds."""
    judge = importlib.import_module("score_cases")
    found: dict[str, dict[str, Any]] = {}
    texts: dict[str, Callable[[], Reading]] = {}
    for path in sorted(folder.glob("*/case.yaml")):
        case = judge.yaml.load(path.read_text("utf-8"), judge.Loader)
        if case.get("run", "facts") != "facts":
            continue
        added = {n: path.parent / n for n in ("actors", "topics") if (path.parent / n).is_dir()}
        for name in case["files"]:
            place = path.parent / (name if (path.parent / name).is_file() else f"sources/{name}")
            if place.suffix in {".md", ".txt"} and place.is_file():
                key = f"{path.parent.name}/{name}"
                found[key] = case["files"][name]
                texts[key] = _facts_of(place, added, work / "beside" / path.parent.name)

    def score(readings: Readings) -> Scores:
        held: Scores = {}
        for key, facts in readings.items():
            article = judge.Article(facts)
            checks = [e for e in found[key] if "file" not in e]
            held[key.partition("/")[0]] = held.get(key.partition("/")[0], 0) + sum(map(_holds(article), checks))
        return {"checks": float(sum(held.values())), **held}

    def _holds(article: Any) -> Callable[[dict[str, Any]], bool]:
        def holds(expected: dict[str, Any]) -> bool:
            return all(
                any(map(holds, want)) if key == "any" else bool(article.check(key, want)[0])
                for key, want in expected.items()
            )

        return holds

    return Corpus("cases", ("briefing.facts", "briefing.link"), texts, score)


def polnear(path: Path, scorers: Path) -> Corpus:
    """Who said what. `scorers` holds the corpora's own scorers."""
    judge = importlib.import_module("score_quotes")
    gold = judge.read(path)

    def score(readings: Readings) -> Scores:
        parts = ("content", "source", "cue")
        quotes = {name: [dict(zip(parts, quote, strict=True)) for quote in r] for name, r in readings.items()}
        scores, _ = judge.score([d for d in gold if d["doc_id"] in readings], quotes)
        return {f"joint {subset}": scores[subset]["joint"]["F1"] for subset in SUBSETS}

    texts = {d["doc_id"]: _quotes_of(d["text"]) for d in gold}
    return Corpus("polnear", ("briefing.facts.statements", "briefing.facts.reader"), texts, score)


def whole(path: Path, scorers: Path) -> Corpus:
    """All facts of news texts without labels. Names, roles and links are labelled in few other texts."""
    texts = {d["doc_id"]: _all_of(d["text"]) for d in _rows(path)}
    return Corpus("whole", ("briefing.facts", "briefing.link"), texts, lambda readings: {})


def translations(path: Path, scorers: Path) -> Corpus:
    """Counts of statements in translations."""
    rows = list(_rows(path))

    def score(readings: Readings) -> Scores:
        reached = importlib.import_module("training.translations").reached
        count = 0
        for row in rows:
            reference = len(readings[f"{row['doc_id']} reference"])
            count += sum(reached(reference, len(readings[f"{row['doc_id']} {system}"])) for system in row["machine"])
        return {"reached": float(count)}

    texts = {
        f"{row['doc_id']} {system}": _quotes_of(text)
        for row in rows
        for system, text in (("reference", row["reference"]), *row["machine"].items())
    }
    return Corpus("translations", ("briefing.facts.statements", "briefing.facts.reader"), texts, score)


def timebank(path: Path, scorers: Path) -> Corpus:
    """Dates, with the day on which the article was published."""
    rows = {row["doc_id"]: row for row in _rows(path)}

    def score(readings: Readings) -> Scores:
        timex3 = importlib.import_module("score_facts").timex3
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            for name, dates in readings.items():
                found = [{"span": [s, e], "type": "DATE", "value": timex3(edtf)} for s, e, edtf, *_ in dates]
                file.write(json.dumps({"doc_id": name, "timexes": found}) + "\n")
            file.flush()
            command = [sys.executable, str(scorers / "score_timex.py"), str(path), file.name, "--types", TIMEX_TYPES]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return {kind: float(f1) for kind, f1 in re.findall(r"\| (\w+) P [\d.]+ R [\d.]+ F1 ([\d.]+)", told)}

    texts = {name: _dates_of(row["text"], row.get("date") or row.get("dct")) for name, row in rows.items()}
    return Corpus("timebank", ("briefing.facts.dates", "briefing.facts.reader"), texts, score)


def conll(path: Path, scorers: Path) -> Corpus:
    """Mentions of people and organisations, by the whole program. A mention is right if it has the same words and
    kind; "the" before it and "'s" after it count for nothing."""
    rows = {row["doc_id"]: row for row in _rows(path)}

    def score(readings: Readings) -> Scores:
        right = missed = wrong = 0
        for name, found in readings.items():
            text = rows[name]["text"]
            gold = {
                (*trimmed(text, *e["span"]), e["type"]) for e in rows[name]["entities"] if e["type"] in KINDS.values()
            }
            ours = {(*trimmed(text, s, e), kind) for s, e, kind in found}
            right, missed, wrong = right + len(gold & ours), missed + len(gold - ours), wrong + len(ours - gold)
        return {"names": _f1(right, missed, wrong)}

    texts = {name: _names_of(row["text"]) for name, row in rows.items()}
    return Corpus("conll", ("briefing.facts", "briefing.link"), texts, score)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the article, the possessive and the marks around a name: corpora differ in them."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if text[start : start + 4].lower() == "the ":
        start += 4
    owned = POSSESSIVE.search(text[start:end])
    return start, start + owned.start() if owned else end


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _recall(right: int, missed: int) -> float:
    return round(100 * right / (right + missed), 2) if right + missed else 100.0


def _f1(right: int, missed: int, wrong: int) -> float:
    whole = 2 * right + missed + wrong
    return round(200 * right / whole, 2) if whole else 100.0


# --- one text -------------------------------------------------------------------------------
# Modules are imported when a text is read: between two readings their rules may have been switched off. Articles and
# analyses are kept, since cleaning and the reader's decoding cost more than all rules.


class _Kept:
    """What a text is before rules read it."""

    def __init__(self) -> None:
        self.articles: dict[Any, Any] = {}
        self.analyses: dict[Any, Analysis] = {}
        self.workspaces: dict[Any, Any] = {}


_kept = _Kept()


def forget_analyses() -> None:
    """Decode what the encoder said anew: its rules have changed."""
    _kept.analyses.clear()


def _analysis(key: Any, article: Article) -> Analysis:
    if key not in _kept.analyses:
        reader = importlib.import_module("briefing.facts.reader")
        _kept.analyses[key] = reader.analyse(article, _workspace({}, None).config.model)
    return _kept.analyses[key]


def _facts_of(path: Path, added: dict[str, Path] | None = None, beside: Path | None = None) -> Callable[[], Reading]:
    """The object of the facts contract."""

    def read() -> Reading:
        pipeline = importlib.import_module("briefing.pipeline.article")
        workspace = _workspace(added or {}, beside)
        if path not in _kept.articles:
            _kept.articles[path] = _cleaned(path, workspace)
        one = _kept.articles[path]
        briefing = pipeline.link_article(workspace, one, _analysis(path, one.article))
        found: Reading = importlib.import_module("briefing.site.facts_json").to_object(briefing)
        return found

    return read


def _all_of(text: str) -> Callable[[], Reading]:
    def read() -> Reading:
        article, analysis = _analysed(text)
        reading = importlib.import_module("briefing.facts").find_facts(article, analysis)
        briefing = importlib.import_module("briefing.link").link(article, reading, _workspace({}, None).registry)
        found: Reading = importlib.import_module("briefing.site.facts_json").to_object(briefing)
        return found

    return read


def _cleaned(path: Path, workspace: Any) -> Any:
    file = importlib.import_module("briefing.content.sources").SourceFile(path, path.stem)
    return importlib.import_module("briefing.pipeline.article").clean_article(workspace, file)


def _quotes_of(text: str) -> Callable[[], Reading]:
    def read() -> Reading:
        statements = importlib.import_module("briefing.facts.statements")
        return [
            (
                [(c.start, c.end) for c in s.content],
                [(s.speaker.start, s.speaker.end)] if s.speaker else None,
                [(s.cue.start, s.cue.end)] if s.cue else None,
            )
            for s in statements.find_statements(_analysed(text)[1])
        ]

    return read


def _dates_of(text: str, published: str | None) -> Callable[[], Reading]:
    def read() -> Reading:
        article, analysis = _analysed(text, published)
        found = importlib.import_module("briefing.facts.dates").find_dates(analysis, article)
        return [(d.start, d.end, d.edtf, d.relative) for d in found]

    return read


def _names_of(text: str) -> Callable[[], Reading]:
    def read() -> Reading:
        article, analysis = _analysed(text)
        reading = importlib.import_module("briefing.facts").find_facts(article, analysis)
        briefing = importlib.import_module("briefing.link").link(article, reading, _workspace({}, None).registry)
        return sorted(
            (m.start, m.end, KINDS[a.kind])
            for a in briefing.actors
            for m in a.mentions
            if a.kind in KINDS and m.how not in NO_NAMES
        )

    return read


def _analysed(text: str, published: str | None = None) -> tuple[Article, Analysis]:
    key = (text, published)
    if key not in _kept.articles:
        clean = importlib.import_module("briefing.clean").clean
        _kept.articles[key] = clean(Source("text", "text.md", "", _meta(published), text, 1, "utf-8"))
    article: Article = _kept.articles[key]
    return article, _analysis(key, article)


def _meta(published: str | None) -> Meta:
    if not published:
        return Meta(language="en")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.md"
        path.write_text(f"---\npublished: {published}\nlanguage: en\n---\n\nx", encoding="utf-8")
        meta: Meta = importlib.import_module("briefing.content.sources").read_source(path, "text").meta
    return meta


def _workspace(added: dict[str, Path], beside: Path | None) -> Any:
    """Open this archive with the actors and topics that a field case adds to it."""
    key = tuple(sorted(map(str, added.values())))
    if key not in _kept.workspaces:
        workspace = importlib.import_module("briefing.pipeline.workspace")
        config = importlib.import_module("briefing.config").load_config(ROOT / "mkdocs.yml")
        _kept.workspaces[key] = workspace.open_workspace(_with(config, added, beside), [], read_only=True)
    return _kept.workspaces[key]


def _with(config: Any, added: dict[str, Path], beside: Path | None) -> Any:
    folders = {}
    for name, folder in added.items():
        assert beside is not None
        target = beside / name
        target.mkdir(parents=True, exist_ok=True)
        for file in (*getattr(config, name).glob("*.yaml"), *folder.glob("*.yaml")):
            link = target / file.name
            link.unlink(missing_ok=True)
            link.symlink_to(file)
        folders[name] = target
    return replace(config, **folders)

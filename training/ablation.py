"""Switch each rule, word list and threshold of facts/ and link/ off in turn, and measure on all development texts.

    python -m training.ablation SHARED [--work FOLDER] [--kind rule,pattern,...] [--only WORDS] [--limit SECONDS]
    python -m training.ablation SHARED --groups             the groups named below, each switched off as a whole
    python -m training.ablation SHARED --together FILE      all switches in FILE (one id a line) off at once
    python -m training.ablation SHARED --table              what the results kept so far say

SHARED holds `corpora`, `field-cases` and `score`; what is missing is left out. Switches are found by walking the
modules, so that they follow the code wherever it moves:

    rule        a function or method that can answer "nothing": it answers false, None, an empty list, or gives back
                what it was given ("an iterator of drafts from drafts" is a filter, which then keeps everything)
    step        one function in a module's tuple of functions
    pattern     a compiled regular expression: it matches nothing
    words       a set, list, tuple or mapping of a module: it is empty
    threshold   a number of a module: 0, and a million
    list        a key of a file in briefing/data: words that no text has

First every rule and pattern is watched on all texts. One that never says anything is not measured, and any other only
on the texts where it said something. Each switch has a process of its own, forked from one that has read everything, so
that nothing stays switched off. What fires on few texts is measured first, and a switch is done with the first corpus
of which a score moves. Results are kept, one JSON object a line, and a later run goes on where one stopped; a changed
program starts anew.
"""

from __future__ import annotations

import argparse
import ast
import functools
import importlib
import inspect
import json
import math
import os
import pickle
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import yaml

from briefing import cache
from training.development import Corpus, Models, Readings, Scores, corpora, forget_analyses

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "briefing" / "data"
PACKAGES = ("briefing.facts", "briefing.link")
NEVER = re.compile(r"(?!)")
NOWHERE = "\ue000"  # a word that stands in no text
MANY = 1_000_000  # a threshold that nothing reaches
SECONDS = 240  # for one switch; one that runs on has broken something
CONTAINERS = re.compile(r"(?:Iterator|Iterable|Sequence|Collection|list|set|frozenset|tuple)\[(.+?)(?:, \.\.\.)?\]")
EMPTY: dict[str, Callable[[Iterable[Any]], Any]] = {
    "Iterator": iter, "Iterable": iter, "Sequence": tuple, "Collection": tuple, "list": list, "set": set,
    "frozenset": frozenset, "tuple": tuple, "dict": dict,
}  # fmt: skip

# What a group of rules is worth is what all of them off at once cost. A rule is named by its function, where that is
# not clear with the end of its module or its class before it, so that moved code is found again.
GROUPS: dict[str, tuple[str, ...]] = {
    "names: edges": (
        "_not_first",
        "_may_be_last",
        "_is_quoted_title",
        "joined",
        "with_first_words",
    ),
    "names: one label throughout": ("agree",),
    "names: not places": ("but_for_places",),
    "names: surnames read as places": ("names._surnames",),
    "figures: measure": ("Contexts._phrase",),
    "figures: owner": ("Owners.read", "Owners.gapped"),
    "figures: dates kept apart": ("_with_dates",),
    "events": ("find_events",),
    "pronouns": ("find_pronouns",),
    "pronouns: subjects": ("find_subjects",),
    "roles": ("find_roles",),
    "roles: names of their holders": ("with_holders",),
    "text issues": ("find_text_issues",),
    "notes on the whole source": ("whole_source",),
    "notes: conflicting figures": ("figure_conflicts",),
    "link: notes on near names": ("similar_names",),
    "link: notes on name variants": ("name_variants",),
    "link: notes on conflicting roles": ("role_conflicts",),
    "link: coreference": ("Referents.run",),
    "link: surnames alone": ("add_bare_surnames",),
    "statements: interviews": ("layout._turn",),
    "statements: signed quotations": ("find_signed",),
    "statements: quotations over several paragraphs": ("with_chains",),
    "statements: quotations left over": ("find_left_over",),
    "statements: intentions": ("is_intention",),
    "statements: joined pieces": ("statements.drafts.join",),
}


class Switch(NamedTuple):
    """Something that can be switched off. `owner`: a module, or a class as `module:Class`."""

    kind: str
    owner: str
    name: str
    neutral: str = ""  # of a threshold: its value; of a step: the name of the function

    @property
    def id(self) -> str:
        return " ".join(part for part in self if part)


class Outcome(NamedTuple):
    """What one switch changed."""

    texts: dict[str, int]  # corpus -> texts read differently
    moved: dict[str, float]  # "corpus: score" -> by how much it rose or fell without the rule
    error: str = ""


# --- switches -------------------------------------------------------------------------------


def modules() -> list[ModuleType]:
    found = []
    for package in map(importlib.import_module, PACKAGES):
        names = [package.__name__, *(m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + "."))]
        found += [importlib.import_module(name) for name in names]
    return found


def find_switches() -> list[Switch]:
    found = [switch for module in modules() for switch in _of_module(module)]
    return [*found, *_lists()]


def _of_module(module: ModuleType) -> Iterator[Switch]:
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) == module.__name__ and inspect.isclass(value):
            for method, function in vars(value).items():
                if not method.startswith("__") and neutral_of(function):
                    yield Switch("rule", f"{module.__name__}:{name}", method)
        elif _is_own_function(module, value) and neutral_of(value):
            yield Switch("rule", module.__name__, name)
    for name in _assigned(module):
        yield from _of_constant(module.__name__, name, getattr(module, name, None))


def _is_own_function(module: ModuleType, value: Any) -> bool:
    return callable(value) and not inspect.isclass(value) and getattr(value, "__module__", None) == module.__name__


def _assigned(module: ModuleType) -> Iterator[str]:
    """The names that a module's top level assigns."""
    for node in ast.parse(inspect.getsource(module)).body:
        annotated = [node.target] if isinstance(node, ast.AnnAssign) else []
        for target in node.targets if isinstance(node, ast.Assign) else annotated:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from (n.id for n in names if isinstance(n, ast.Name) and not n.id.startswith("__"))


def _of_constant(module: str, name: str, value: Any) -> Iterator[Switch]:
    if isinstance(value, re.Pattern):
        yield Switch("pattern", module, name)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from (Switch("threshold", module, name, neutral) for neutral in ("0", str(MANY)))
    elif isinstance(value, tuple | list) and value and all(isinstance(v, FunctionType) for v in value):
        yield from (Switch("step", module, name, step.__name__) for step in value)
    elif isinstance(value, frozenset | set | tuple | list | dict) and value and name.lstrip("_").isupper():
        yield Switch("words", module, name)


def _lists() -> Iterator[Switch]:
    """The keys of the word lists that are named in the code."""
    said = {stem for module in modules() for stem in _named_in(module.__name__)}
    for path in sorted(DATA.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem in said and isinstance(data, dict):
            yield from (Switch("list", path.stem, str(key)) for key in data)


@functools.cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(importlib.import_module(module)))


@functools.cache
def _named_in(module: str) -> frozenset[str]:
    """The strings in a module's code, without the ending of a word list's file."""
    nodes = ast.walk(_tree(module))
    return frozenset(
        n.value.removesuffix(".yaml") for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)
    )


@functools.cache
def _used_by(entry: str) -> frozenset[str]:
    """The modules that a module calls, directly or through others: those that it imports by name."""
    found, waiting = set[str](), [entry]
    while waiting:
        module = waiting.pop()
        if module not in found and module in sys.modules:
            found.add(module)
            for node in ast.walk(_tree(module)):
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("briefing"):
                    waiting += [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
    return frozenset(found)


def concerns(switch: Switch, corpus: Corpus) -> bool:
    """Can a switch change how a corpus is read?"""
    used = frozenset[str]().union(*map(_used_by, corpus.reads))
    if switch.kind == "list":
        return any(switch.owner in _named_in(module) for module in used)
    return switch.owner.partition(":")[0] in used


# --- neutral values -------------------------------------------------------------------------

Neutral = Callable[[tuple[Any, ...], dict[str, Any]], Any]


def neutral_of(function: Any) -> Neutral | None:
    """What a function answers when it has nothing to say; None where its type leaves that open."""
    plain = inspect.unwrap(function) if callable(function) else function
    if not isinstance(plain, FunctionType):
        return None
    parameters = dict(plain.__annotations__)
    answer = parameters.pop("return", None)
    if not isinstance(answer, str):
        return None
    names = list(inspect.signature(plain).parameters)
    inside = CONTAINERS.fullmatch(answer)
    given = [n for n, kind in parameters.items() if _gives(kind, answer, inside)]
    if given:
        at, make = names.index(given[-1]), EMPTY.get(answer.partition("[")[0])
        return lambda args, named: _kept(make, args[at] if at < len(args) else named.get(given[-1]))
    if answer == "bool":
        return lambda *_: False
    if answer == "None" or answer.endswith("| None"):
        return lambda *_: None
    empty = EMPTY.get(answer.partition("[")[0])
    if empty and (inside is None or ", " not in inside[1] or answer.startswith(("Iterator", "list"))):
        return lambda *_: empty(())
    return None


def _gives(kind: Any, answer: str, inside: re.Match[str] | None) -> bool:
    """Can a parameter of this type stand for the answer?"""
    if not isinstance(kind, str) or answer in {"bool", "int", "str"}:
        return False
    other = CONTAINERS.fullmatch(kind)
    return kind == answer or bool(inside and other and inside[1] == other[1] and inside[1] != "Token")


def _kept(make: Callable[[Iterable[Any]], Any] | None, value: Any) -> Any:
    return make(value) if make and value is not None and not isinstance(value, dict) else value


def neutral_list(value: Any) -> Any:
    """A word list of the same shape, of words that no text has."""
    if isinstance(value, str):
        return NOWHERE
    if isinstance(value, list):
        return [neutral_list(value[0])] if value else value
    if isinstance(value, dict) and value:
        if all(isinstance(v, list | dict) for v in value.values()):
            return {key: neutral_list(v) for key, v in value.items()}
        return {NOWHERE: next(iter(value.values()))}
    return value


# --- switching off --------------------------------------------------------------------------


def switch_off(switches: Sequence[Switch]) -> None:
    """From now on, in this process."""
    lists = [s for s in switches if s.kind == "list"]
    if lists:
        _without_lists(lists)
    for switch in switches:
        if switch.kind != "list":
            _off(switch)
    for module in modules():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):  # answers from before
                value.cache_clear()


def _off(switch: Switch) -> None:
    module, _, of_class = switch.owner.partition(":")
    owner = getattr(sys.modules[module], of_class) if of_class else sys.modules[module]
    old = vars(owner)[switch.name]
    if switch.kind == "rule":
        neutral = neutral_of(old)
        assert neutral
        new: Any = functools.wraps(inspect.unwrap(old))(lambda *args, **named: neutral(args, named))
    elif switch.kind == "pattern":
        new = NEVER
    elif switch.kind == "threshold":
        new = type(old)(switch.neutral)
    elif switch.kind == "step":
        new = type(old)(step for step in old if step.__name__ != switch.neutral)
    else:
        new = type(old)()
    _replace(owner, switch.name, old, new)


def _replace(owner: Any, name: str, old: Any, new: Any) -> None:
    """Put a value in the place of another, also where it was imported to or stands in a table."""
    setattr(owner, name, new)
    if inspect.isclass(owner) or isinstance(old, int | float):
        places = [m for n, m in sys.modules.items() if n.startswith("briefing") and getattr(m, name, None) is old]
        for module in places if not inspect.isclass(owner) else ():
            setattr(module, name, new)
        return
    for module in [m for n, m in sys.modules.items() if n.startswith("briefing")]:
        for key, value in list(vars(module).items()):
            if value is old:
                setattr(module, key, new)
            elif isinstance(value, tuple | list) and any(v is old for v in value) and type(value) in {tuple, list}:
                setattr(module, key, type(value)(new if v is old else v for v in value))
            elif type(value) is dict and any(v is old for v in value.values()):
                value.update({k: new for k, v in value.items() if v is old})


def _without_lists(switches: Sequence[Switch]) -> None:
    """Import the rules anew, reading other word lists. Values from before live on, of classes with the same names."""
    read_text = Path.read_text

    def other(path: Path, *args: Any, **named: Any) -> str:
        text = read_text(path, *args, **named)
        keys = [s.name for s in switches if path == DATA / f"{s.owner}.yaml"]
        if not keys:
            return text
        data = yaml.safe_load(text)
        data.update({key: neutral_list(data[key]) for key in data if str(key) in keys})
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)

    Path.read_text = other  # type: ignore[method-assign]
    stays = ("briefing.model", "briefing.text", "briefing.cache", "briefing.config", "briefing.content")
    for name in [n for n in sys.modules if n.startswith("briefing.") and not n.startswith(stays)]:
        del sys.modules[name]
    package = vars(sys.modules["briefing"])
    for name in [n for n, v in package.items() if isinstance(v, ModuleType) and f"briefing.{n}" not in sys.modules]:
        del package[name]


# --- watching -------------------------------------------------------------------------------


class Watch:
    """Which texts each rule and pattern says something about."""

    def __init__(self) -> None:
        self.text = ""
        self.fired: dict[str, set[str]] = defaultdict(set)
        self.asked: set[str] = set()

    def start(self, switches: Iterable[Switch]) -> None:
        for switch in switches:
            module, _, of_class = switch.owner.partition(":")
            owner = getattr(sys.modules[module], of_class) if of_class else sys.modules[module]
            old = vars(owner)[switch.name]
            if hasattr(old, "cache_clear"):  # asked once for many texts
                continue
            if switch.kind == "rule":
                _replace(owner, switch.name, old, self._watched(switch.id, old))
            elif switch.kind == "pattern":
                _replace(owner, switch.name, old, _Pattern(old, functools.partial(self._say, switch.id)))

    def _say(self, switch: str, fired: bool) -> None:
        self.asked.add(switch)
        if fired:
            self.fired[switch].add(self.text)

    def _watched(self, switch: str, function: Any) -> Any:
        neutral = neutral_of(function)
        assert neutral
        procedure = inspect.unwrap(function).__annotations__["return"] == "None"  # what it changes is not its answer

        @functools.wraps(function)
        def call(*args: Any, **named: Any) -> Any:
            args = tuple(list(a) if _is_stream(a) else a for a in args)
            answer = function(*args, **named)
            if _is_stream(answer):
                answer = list(answer)
                self._say(switch, answer != list(neutral(args, named)))
                return iter(answer)
            self._say(switch, procedure or answer != neutral(args, named))
            return answer

        return call


def _is_stream(value: Any) -> bool:
    return isinstance(value, Iterator)


class _Pattern:
    """A pattern that tells whether it ever matched."""

    def __init__(self, pattern: re.Pattern[str], say: Callable[[bool], None]) -> None:
        self._pattern, self._told = pattern, say

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._pattern, name)
        if not callable(value):
            return value

        def call(*args: Any, **named: Any) -> Any:
            answer = value(*args, **named)
            if name == "finditer":
                answer = list(answer)
            if name in {"sub", "subn", "split"}:
                self._told(self._pattern.search(args[0 if name == "split" else 1]) is not None)
            else:
                self._told(bool(answer))
            return iter(answer) if name == "finditer" else answer

        return call


# --- measuring ------------------------------------------------------------------------------


class Base(NamedTuple):
    """All texts as the whole program reads them."""

    corpora: list[Corpus]
    readings: dict[str, Readings]
    scores: dict[str, Scores]


def read_all(found: list[Corpus]) -> Base:
    readings = {c.name: {name: _plain(read()) for name, read in c.texts.items()} for c in found}
    return Base(found, readings, {c.name: c.score(readings[c.name]) for c in found})


def _plain(reading: Any) -> Any:
    return json.loads(json.dumps(reading, ensure_ascii=False))


def measured(
    base: Base, switches: Sequence[Switch], texts: dict[str, set[str]] | None = None, *, brief: bool = False
) -> Outcome:
    """The outcome of switching off. `texts` by corpus: the only ones it can change. `brief`: the first corpus of which
    a score moves is the last that is read."""
    concerned = [c for c in base.corpora if any(concerns(switch, c) for switch in switches)]
    switch_off(switches)
    if any("reader" in switch.owner for switch in switches):
        forget_analyses()
    changed: dict[str, int] = {}
    moved: dict[str, float] = {}
    for corpus in concerned:
        wanted = [n for n in corpus.texts if texts is None or n in texts.get(corpus.name, ())]
        other = {name: _plain(corpus.texts[name]()) for name in wanted}
        different = [name for name in wanted if other[name] != base.readings[corpus.name][name]]
        if different:
            changed[corpus.name] = len(different)
            moved.update(_differences(corpus, base, other))
        if brief and moved:
            break
    return Outcome(changed, moved)


def _differences(corpus: Corpus, base: Base, other: Readings) -> Iterator[tuple[str, float]]:
    now, before = corpus.score({**base.readings[corpus.name], **other}), base.scores[corpus.name]
    for kind in sorted({*now, *before}):
        difference = round(now.get(kind, 0.0) - before.get(kind, 0.0), 2)
        if difference:
            yield f"{corpus.name}: {kind}", difference


def apart(work: Callable[[], Any]) -> Any:
    """The answer of a function that a process of its own has run, which nothing it changed outlives; an exception where
    the program broke."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.alarm(SECONDS)
        try:
            answer = work()
        except Exception as error:  # a switch may break the program in any way; that is its result
            answer = RuntimeError(repr(error)[:200])
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps(answer))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        sent = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(sent) if sent else RuntimeError("took too long, or died")


class Seen(NamedTuple):
    """What watching found."""

    fired: dict[str, set[str]]  # switch -> texts about which it says something
    asked: frozenset[str]  # switches that were asked at all; of others nothing is known
    different: int  # texts that are read otherwise by watching: none, or the watch itself is wrong


def watch_all(base: Base, switches: Sequence[Switch]) -> Seen:
    watch = Watch()
    watch.start(switches)
    different = 0
    for corpus in base.corpora:
        for name, read in corpus.texts.items():
            watch.text = f"{corpus.name}\t{name}"
            different += _plain(read()) != base.readings[corpus.name][name]
    return Seen(dict(watch.fired), frozenset(watch.asked), different)


# --- the whole ------------------------------------------------------------------------------


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("shared", type=Path)
    ask.add_argument("--work", type=Path, default=Path("/tmp/ablation"))
    ask.add_argument("--kind", default="", help="kinds of switches, with commas between")
    ask.add_argument("--only", default="", help="a regular expression that a switch's id, or a group's name, has")
    ask.add_argument("--limit", type=float, default=float("inf"), help="seconds after which no other switch is begun")
    ask.add_argument("--groups", action="store_true")
    ask.add_argument("--together", type=Path)
    ask.add_argument("--table", action="store_true")
    asked = ask.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    program = cache.digest_files(ROOT / "briefing", "**/*.py", "data/**/*")
    kept = asked.work / f"results-{program[:12]}.jsonl"
    if asked.table:
        print("\n".join(told(kept)))
        return 0
    models = Models(asked.work / "models.pickle")
    models.install()
    base = read_all(corpora(asked.shared, asked.work))
    models.save()
    switches = find_switches()
    if asked.together:
        by_id = {s.id: s for s in switches}
        chosen = [by_id[line] for line in asked.together.read_text("utf-8").splitlines() if line in by_id]
        print(json.dumps(apart(lambda: measured(base, chosen))._asdict(), indent=1))
        return 0
    if asked.groups:
        for group, names in ((g, names) for g, names in GROUPS.items() if re.search(asked.only, g)):
            chosen = [s for s in switches if s.kind == "rule" and is_named(s, names)]
            outcome = apart(functools.partial(measured, base, chosen)) if chosen else LookupError("no such rule")
            print(json.dumps({"group": group, **_row(outcome)}, ensure_ascii=False), flush=True)
        return 0
    kinds = set(asked.kind.split(",")) - {""}
    chosen = [s for s in switches if (not kinds or s.kind in kinds) and re.search(asked.only, s.id)]
    _each(base, chosen, kept, time.monotonic() + asked.limit)
    return 0


def is_named(switch: Switch, names: Sequence[str]) -> bool:
    whole = f"{switch.owner.replace(':', '.')}.{switch.name}"
    return any(whole == name or whole.endswith("." + name) for name in names)


def _row(outcome: Any) -> dict[str, Any]:
    if isinstance(outcome, Exception):
        return {"texts": {}, "moved": {}, "error": repr(outcome)[:200]}
    return {**outcome._asdict()}


def _each(base: Base, switches: Sequence[Switch], kept: Path, until: float) -> None:
    """Measure every switch of which no result is kept, until there is no time left."""
    done = {json.loads(line)["switch"] for line in kept.read_text("utf-8").splitlines()} if kept.is_file() else set()
    todo = [s for s in switches if s.id not in done]
    watched = [s for s in todo if s.kind in {"rule", "pattern"}]
    seen = apart(functools.partial(watch_all, base, watched)) if watched else Seen({}, frozenset(), 0)
    if isinstance(seen, Exception) or seen.different:
        print(f"Not watched, since texts are read otherwise while watched: {seen}"[:300], file=sys.stderr)
        seen = Seen({}, frozenset(), 0)
    with kept.open("a", encoding="utf-8") as file:
        ways = sorted(((_texts(seen, s), s) for s in todo), key=lambda way: _cost(way[0]))
        for n, (texts, switch) in enumerate(ways):
            if time.monotonic() > until:
                print(f"{len(todo) - n} switches are left", file=sys.stderr)
                return
            work = functools.partial(measured, base, [switch], texts, brief=True)
            outcome = Outcome({}, {}) if texts == {} else apart(work)
            fired = None if texts is None else sum(map(len, texts.values()))
            file.write(json.dumps({"switch": switch.id, "fired": fired, **_row(outcome)}, ensure_ascii=False) + "\n")
            file.flush()


def _cost(texts: dict[str, set[str]] | None) -> float:
    """How many texts are read: rare rules come first, since they are soon measured and most often worth nothing."""
    return math.inf if texts is None else sum(map(len, texts.values()))


def _texts(seen: Seen, switch: Switch) -> dict[str, set[str]] | None:
    """By corpus, the texts of which a rule or pattern says something; None where that is not known."""
    if switch.id not in seen.asked:
        return None
    found: dict[str, set[str]] = {}
    for place in seen.fired.get(switch.id, ()):
        corpus, _, name = place.partition("\t")
        found.setdefault(corpus, set()).add(name)
    return found


def told(kept: Path) -> Iterator[str]:
    """What the results say, a line a switch: those that move nothing first."""
    rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()] if kept.is_file() else []
    for row in sorted(rows, key=lambda r: (bool(r["error"]), sum(map(abs, r["moved"].values())), r["switch"])):
        texts = ", ".join(f"{corpus} {count}" for corpus, count in row["texts"].items()) or "no text"
        moved = ", ".join(f"{kind} {value:+}" for kind, value in row["moved"].items()) or "nothing moves"
        yield f"{row['switch']}\t{texts}\t{row['error'] or moved}"


if __name__ == "__main__":
    sys.exit(main())

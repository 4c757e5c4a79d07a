"""Load and validate contributed YAML: return a checked value, or raise with every problem at once.

Each problem gives its location (file:line:column), what is wrong, what to write instead and, where that is
clear, the line to paste.

    read_contribution("nmae: Ada Verne\nkind: human\n", ActorFile, "actors/ada-verne.yaml")
    raises ContentError:
        actors/ada-verne.yaml:1:1: error: unknown key `nmae`. Did you mean `name`?
        actors/ada-verne.yaml:2:7: error: `human` is not an allowed value for `kind`
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from briefing.content.field_types import OTHER_WORDS
from briefing.content.problems import ContentError, Problem, ProblemSeverity
from briefing.content.schema import Written
from briefing.content.yaml_source import (
    KEY_LINE,
    LONGEST_FLOW,
    WITH_COMMA,
    Folded,
    Keys,
    Place,
    YamlText,
    quote,
    read_yaml,
    with_missing_colon,
)

M = TypeVar("M", bound=BaseModel)
LIKE = 70  # of 100, Levenshtein ratio: `publishd` and `titel` reach it, `size` and `title` do not


@dataclass(frozen=True, slots=True)
class Contribution(Generic[M]):
    """A valid value, and the location of each of its parts."""

    value: M
    text: YamlText

    def place(self, *path: str | int) -> Place:
        """Return the location of a part, as in `place("aliases", 2, "name")`; of its parent if it is missing."""
        return _nearest(self.text.values, path) or Place(1, 1)

    def problem(
        self, place: Place, code: str, found: str, right: str, *, value: str = "", severity: ProblemSeverity = "error"
    ) -> Problem:
        """Return a problem at a location; `value` is the right value there, given as the whole line to paste."""
        fix = _fixed_line(self.text, place, value)
        if not fix and (given := ENTRY.match(self.text.line(place), place.column - 1)):
            fix = _in_place(self.text, place, given[0].rstrip(), value)
        return Problem(self.text.path, place.line, place.column, code, found, right, fix, severity)


ENTRY = re.compile(r"[^\[\]{},#\"']+")  # a value in braces or brackets


CONFLICT = re.compile(r"^(?:(<{7})(?![^ \r\n])|(={7})[ \r]*$|(>{7})(?![^ \r\n]))", re.MULTILINE)  # its three lines


def refuse_conflict(text: str, path: str, first_line: int = 1) -> None:
    """Raise ContentError if a text contains an unresolved merge conflict."""
    start = _conflict(text) if "\n>>>>>>>" in text else None
    if start is not None:
        line = first_line + text.count("\n", 0, start)
        found = "unresolved merge conflict between <<<<<<< and >>>>>>>"
        right = "Keep one of the two versions and delete the three marker lines."
        raise ContentError(Problem(path, line, 1, "merge-conflict", found, right))


def _conflict(text: str) -> int | None:
    """Return where the first marker line of a complete conflict starts."""
    marks = CONFLICT.finditer(text)
    start = next((m.start() for m in marks if m[1]), None)
    follow = any(m[2] for m in marks) and any(m[3] for m in marks)
    return start if follow else None


def read_contribution(text: str, model: type[M], path: str, first_line: int = 1) -> Contribution[M]:
    """Return the checked value; raise ContentError with every problem found."""
    refuse_conflict(text, path, first_line)
    yaml_text = read_yaml(text, path, first_line, _all_keys(model))
    value: M | None = None
    problems = list(yaml_text.problems)
    if yaml_text.readable:
        try:
            value = model.model_validate(_empty_as_mapping(yaml_text.value, model))
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=True)
            misspelt = {_misspelt_for(detail, model) for detail in details if detail["type"] == "extra_forbidden"}
            lost = {problem.line for problem in problems if problem.code == "lost-text"}
            found = [
                _problem(detail, yaml_text, model)
                for detail in details
                if detail["type"] != "missing" or detail["loc"] not in misspelt  # only the misspelling is reported
            ]
            problems += (
                _empty_file(details, yaml_text)
                or _other_kind(details, yaml_text, model)
                or _together([p for p in found if p.code != "empty-value" or p.line not in lost], yaml_text)
            )
    if problems or value is None:
        raise ContentError(*sorted(set(problems), key=lambda p: (p.line, p.column, p.code, p.found)))
    return Contribution(value, yaml_text)


def _empty_file(details: list[ErrorDetails], text: YamlText) -> list[Problem]:
    """Report a file without any line that counts, instead of each key that it lacks."""
    missing = [str(detail["loc"][-1]) for detail in details if detail["type"] == "missing"]
    if text.value is not None or len(missing) < len(details):
        return []
    right = f"Write at least {' and '.join(f'`{key}: ...`' for key in missing)}, or delete the file."
    return [Problem(text.path, text.first_line, 1, "missing-key", "the file is empty", right)]


def _other_kind(details: list[ErrorDetails], text: YamlText, model: type[BaseModel]) -> list[Problem]:
    """Report a file that would be right as one of another kind, such as an actor among the topics."""
    if not isinstance(text.value, Mapping) or all(detail["type"] != "extra_forbidden" for detail in details):
        return []
    for other in Written.__subclasses__():
        if other is model or other.sign not in text.value or not issubclass(model, Written):
            continue
        try:
            other.model_validate(text.value)
        except ValidationError:
            continue
        place = text.keys[other.sign,]
        found = f"this is {other.what}, but the file is read as {model.what}"
        right = f"Move it to {other.folder}{Path(text.path or 'x').stem}.yaml."
        return [Problem(text.path, place.line, place.column, "wrong-folder", found, right)]
    return []


def _together(problems: list[Problem], text: YamlText) -> list[Problem]:
    """Give problems of several entries of one line the same line to paste, with all of them right."""
    for number in {p.line for p in problems}:
        here = sorted((p for p in problems if p.line == number and p.fix), key=lambda p: -p.column)
        line, left = text.line(Place(number, 1)), len(text.line(Place(number, 1)))
        better = line
        for p in here:
            start, end = _changed(line, p.fix)
            if end > left:
                break
            better, left = better[:start] + p.fix[start : len(p.fix) - (len(line) - end)] + better[end:], start
        else:
            if len(here) > 1 and {p.code for p in here} == {here[0].code}:
                problems = [replace(p, fix=better) if p in here else p for p in problems]
    return problems


def _changed(line: str, fix: str) -> tuple[int, int]:
    """Return the part of a line that a fix replaces."""
    start, end = _alike(line, fix), len(line)
    return start, end - min(_alike(line[::-1], fix[::-1]), end - start, len(fix) - start)


def _alike(one: str, other: str) -> int:
    """Return how many characters at the start of two lines are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


LARGEST = 500_000  # bytes: ten thousand names; all countries take 40,000


def read_contributed_file(path: Path, model: type[M]) -> Contribution[M]:
    """Return the checked value of a file; raise ContentError with every problem found."""
    if path.is_file() and (size := path.stat().st_size) > LARGEST:
        right = f"Remove what is not needed: the limit is {LARGEST:,} bytes."
        raise ContentError(Problem(str(path), 0, 0, "too-large", f"the file is too large: {size:,} bytes", right))
    return read_contribution(read_text(path), model, str(path))


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file; raise ContentError if it is not UTF-8 or cannot be opened."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        found = f"cannot open this file: {error.strerror or error}"
        raise ContentError(
            Problem(str(path), 0, 0, "cannot-open", found, "Check that the file exists and is readable.")
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"byte 0x{error.object[error.start]:02x} is not valid UTF-8"
        raise ContentError(Problem(str(path), line, 1, "encoding", found, "Save the file as UTF-8.")) from error


def did_you_mean(word: str, known: Sequence[str]) -> str | None:
    """Return the known word closest to a misspelt one, if any is close enough."""
    best = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=LIKE)
    return best[0] if best else None


@functools.cache
def _all_keys(model: type[BaseModel]) -> frozenset[str]:
    """Return every key of a kind of file, at any depth, and other names for them."""
    own = {*model.model_fields, *(model.also if issubclass(model, Written) else {})}
    inner = (part for field in model.model_fields.values() for part in _models_in(field.annotation))
    return frozenset(own.union(*(_all_keys(part) for part in inner)) - {"root"})


def _empty_as_mapping(value: Any, model: type[BaseModel]) -> Any:
    if value is not None:
        return value
    return [] if issubclass(model, RootModel) else {}


# --- pydantic's errors in plain language --------------------------------------------------------


def _problem(detail: ErrorDetails, text: YamlText, model: type[BaseModel]) -> Problem:
    path = _known_path(detail["loc"], text)
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, text, model)
    if kind == "missing":
        return _missing_key(path, detail, text, model)
    standing = (path[:end] for end in range(len(path), 0, -1) if path[:end] in text.keys)
    name = str(next(standing, ("",))[-1]) or next((str(k) for k in reversed(path) if isinstance(k, str)), "")
    place = _nearest(text.values, path) or Place(text.first_line, 1)
    code, found, right, value = _wording(detail, name)
    if kind == "model_type" and isinstance(detail["input"], str) and (owner := _model_at(model, path)):
        first = "words" if "words" in owner.model_fields else next(iter(owner.model_fields))
        right = f"Write lines of the form `key: value`, the first with `{first}:`."
        value = f"{{{first}: {detail['input']}}}" if first in ("title", "name", "words") else ""
        value = value if read_yaml(f"k: {value}", "").readable and "," not in detail["input"] else ""
        if value and not text.line(place).lstrip().startswith("-"):
            right, value = f"{right} In a list on one line: [{value}].", ""  # only part of the line would be replaced
    fix = _fixed_line(text, place, value, code in LISTS) or _in_place(text, place, detail["input"], value)
    if code == "bad-date" and name == "until" and str(detail["input"]).lower() in OTHER_WORDS.ongoing:
        fix = re.sub(rf",\s*until:\s*{re.escape(detail['input'])}(?=\s*[,}}])", "", text.line(place))
        fix = fix if fix != text.line(place) else ""
    return Problem(text.path, place.line, place.column, code, found, right, fix)


def _misspelt_for(detail: ErrorDetails, model: type[BaseModel]) -> tuple[int | str | None, ...]:
    """Return the path of the key that an unknown key is meant for."""
    *outer, key = detail["loc"]
    return (*outer, _meant_key(str(key), _model_at(model, tuple(outer))))


def _wording(detail: ErrorDetails, name: str) -> tuple[str, str, str, str]:
    """Return the code, what is wrong, what to write instead, and the right value if it is clear."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    subject = f"`{name}`" if name else "this file"
    if kind == "mistake":
        return context["code"], f"{subject}: {context['found']}", context["right"], context["fix"]
    if given is None:
        return "empty-value", f"{subject} has no value", "Give a value or delete the line.", ""
    if kind == "literal_error":
        return _not_allowed(given, subject, context["expected"])
    if kind == "string_type":
        return _no_line(given, subject, name)
    if kind in {"tuple_type", "list_type"}:
        return _no_list(given, subject, name)
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        alone = "" if name else " without a hyphen before them, each entry in a file of its own"
        return "wrong-shape", f"{subject} is a {_shape(given)}", f"Write lines of the form `key: value`{alone}.", ""
    if kind in TOO_LONG:
        found = f"{subject} has {len(given)} {TOO_LONG[kind]}"
        return "too-long", found, f"At most {context['max_length']} are allowed.", ""
    if kind == "string_too_short":
        return "empty-value", f"{subject} has no value", "Give a value or delete the line.", ""
    if kind == "string_pattern_mismatch":
        return _pattern(str(given), subject, context["pattern"])
    code = kind.replace("_", "-")
    return code, f"{subject}: {detail['msg']}", "See the schema for this kind of file in schemas/.", ""


TOO_LONG = {"string_too_long": "characters", "too_long": "entries"}  # pydantic's word -> what was counted


PLAIN_LISTS = {"aliases", "topics", "replaces", "content", "about"}  # entries of other lists have keys


def _no_line(given: Any, subject: str, name: str) -> tuple[str, str, str, str]:
    line = _joined(given)
    right = f"Write one line of text: `{name}: {line}`." if line and name else "Write one line of text."
    return "wrong-shape", f"{subject} is a {_shape(given)}", right, line


def _no_list(given: Any, subject: str, name: str) -> tuple[str, str, str, str]:
    right = "Write a list: one line `- ...` per entry, or all entries between [ and ]."
    if isinstance(given, Mapping) and (entry := _braces(given)):
        right = f"Write a list, with a hyphen before its entry: `- {entry}`."
    fix = _as_list(str(given)) if name in PLAIN_LISTS and not isinstance(given, Folded | Mapping) else ""
    return "wrong-shape", f"{subject} is a {_shape(given)}", right, fix


def _braces(given: Mapping[str, Any]) -> str:
    """Return keys and values as one line in braces; nothing if they do not fit."""
    values = {key: value for key, value in given.items() if isinstance(value, str)}
    plain = {k: v if read_yaml(f"{{k: {v}}}", "").value == {"k": v} else quote(v) for k, v in values.items()}
    line = ", ".join(f"{key}: {value}" for key, value in plain.items())
    return f"{{{line}}}" if len(values) == len(given) and len(line) < 200 else ""


def _not_allowed(given: Any, subject: str, expected: str) -> tuple[str, str, str, str]:
    allowed = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    meant = did_you_mean(str(given), allowed) or OTHER_WORDS.values.get(str(given).lower())
    meant = meant if meant in allowed else None
    hint = f" Did you mean `{meant}`?" if meant else ""
    found = f"`{given}` is not an allowed value for {subject}.{hint}"
    return "unknown-value", found, f"Use one of: {', '.join(allowed)}.", meant or ""


def _pattern(given: str, subject: str, pattern: str) -> tuple[str, str, str, str]:
    if "Q[" in pattern:
        inside = re.search(r"\bQ[1-9][0-9]{0,11}\b", given.upper())
        fixed = inside[0] if inside else f"Q{given}" if re.fullmatch("[1-9][0-9]{0,11}", given) else ""
        return "bad-wikidata", f"{subject}: `{given}` is not a Wikidata id", "Write Q and a number, as in Q30.", fixed
    if "[A-Z]" in pattern:
        fixed = given.upper() if len(given) in (2, 3) else ""
        return "bad-code", f"{subject}: `{given}` is not an ISO code", "Use capital letters, as in CA or CAN.", fixed
    plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode().lower()
    fixed = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if "{10}" in pattern:
        inside = re.search(r"(?<![0-9a-z])[0-9a-f]{10}(?![0-9a-z])", given)
        right = "Use the ten letters and digits after #f- in the fact's address."
        return "no-such-fact", f"{subject}: `{given}` is not a fact id", right, inside[0] if inside else ""
    if sign := re.search("[,;]", given):
        right = "Write a list: entries between [ and ], or one line `- ...` per entry."
        return "bad-id", f"{subject}: `{given}` is one line with `{sign[0]}` in it, not a list", right, _as_list(given)
    return (
        "bad-id",
        f"{subject}: `{given}` is not a valid id",
        "Use lower-case letters, digits and single hyphens, as in rare-earths.",
        fixed,
    )


LISTS = {"wrong-shape", "bad-id"}  # problems that a list may fix


def _as_list(given: str) -> str:
    """Turn `a, b` into `[a, b]` if YAML reads that as a list."""
    parts = [part.strip() for part in re.split("[,;]", given) if part.strip()]
    return f"[{', '.join(parts)}]" if read_yaml(f"k: [{', '.join(parts)}]", "").value == {"k": parts} else ""


def _shape(value: Any) -> str:
    if isinstance(value, Mapping):
        return "group of keys"
    return "list" if isinstance(value, list | tuple) else "line of text"


def _joined(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else ""


def _unknown_key(path: Keys, text: YamlText, model: type[BaseModel]) -> Problem:
    key = str(path[-1])
    owner = _model_at(model, path[:-1])
    known = list(owner.model_fields) if owner else []
    meant = _meant_key(key, owner)
    place = _nearest(text.keys, path) or Place(text.first_line, 1)
    match = KEY_LINE.match(text.line(place))
    fix = ""
    if owner and meant and match and match["key"] == key and (*path[:-1], meant) not in text.keys:
        value = match["value"] or ""
        plain = read_yaml(f"k: {value}", "").readable and not read_yaml(f"k: {value}", "").problems
        line = f"{meant}: {value if plain else quote(value)}".rstrip()
        fix = match["indent"] + right if (right := _right_value(line, owner) if value else line) else ""
    first, _, rest = key.partition(" ")
    if rest and first.lower() in known:
        right, fix = "Write a colon and a space after the key.", with_missing_colon(text.line(place), known)
        found = f"`{first}`: missing colon after `{first}`"
        return Problem(text.path, place.line, place.column, "yaml-syntax", found, right, fix)
    if cut := _cut_by_comma(key, text, place):
        return cut
    if not fix and meant and (*path[:-1], meant) not in text.keys and not (match and match["key"] == key):
        fix = _in_place(text, place, key, meant)
    needless = owner.needless.get(key.lower()) if owner and issubclass(owner, Written) and not fix else None
    found = f"unknown key `{key}`" + (f". Did you mean `{meant}`?" if meant and not needless else "")
    right = needless or f"Allowed keys: {', '.join(known)}." + (
        "" if meant else " Delete the line if it is none of them."
    )
    return Problem(text.path, place.line, place.column, "unknown-key", found, right, fix)


def _cut_by_comma(key: str, text: YamlText, place: Place) -> Problem | None:
    """Report the rest of a value in braces that a comma ended, which reads as a key without a value."""
    line = text.line(place)
    for found in WITH_COMMA.finditer(line) if len(line) <= LONGEST_FLOW else ():
        if found.start("value") < place.column - 1 < found.end("value") and key in found["value"]:
            fix = line[: found.start("value")] + quote(found["value"].strip()) + line[found.end("value") :]
            first = found["value"].partition(",")[0]
            what = f"`{found['key']}`: a comma ends a value in braces, so only `{first}` is read"
            right = "Put a value that contains a comma in quotation marks."
            return Problem(text.path, place.line, found.start("value") + 1, "yaml-syntax", what, right, fix)
    return None


def _right_value(line: str, owner: type[BaseModel]) -> str:
    """Return the line with its value fixed too; nothing if the value is wrong and what is right is not clear."""
    try:
        read_contribution(line, owner, "")
    except ContentError as error:
        wrong = [p for p in error.problems if p.column > line.find(":")]  # others are about the keys that are missing
        return next((p.fix for p in wrong if p.fix), "" if wrong else line)
    return line


def _meant_key(key: str, owner: type[BaseModel] | None) -> str | None:
    if owner is None:
        return None
    also = owner.also if issubclass(owner, Written) else {}
    return also.get(key.lower()) or did_you_mean(key, list(owner.model_fields))


def _missing_key(path: Keys, detail: ErrorDetails, text: YamlText, model: type[BaseModel]) -> Problem:
    """Report a missing key, with the values it may have. There is nothing to paste: only the contributor knows it."""
    place = _nearest(text.values, path) or Place(text.first_line, 1)
    key = str(detail["loc"][-1])
    owner = _model_at(model, tuple(detail["loc"][:-1]))
    field = owner.model_fields.get(key) if owner else None
    values = get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
    right = f"Add a line `{key}: ...`" + (f" with one of: {', '.join(values)}." if values else ".")
    return Problem(text.path, place.line, place.column, "missing-key", f"`{key}` is missing", right)


def _fixed_line(text: YamlText, place: Place, value: str, listed: bool = False) -> str:
    """Return the line with another value, if it holds nothing else."""
    line = text.line(place)
    match = KEY_LINE.match(line)
    if not value or not match or not match["value"] or match.start("value") + 1 != place.column:
        return f"{line[: place.column - 1]}{value}" if value and line[: place.column - 1].strip() == "-" else ""
    read = read_yaml(f"k: {value}", "").value
    plain = read == {"k": value} or (listed and isinstance(read, dict) and isinstance(read.get("k"), list))
    return f"{match['indent']}{match['key']}: {value if plain else quote(value)}"


def _in_place(text: YamlText, place: Place, given: Any, value: str) -> str:
    """Return the line with another value, if it holds several: `- {kind: event, date: 4 May 2021}`."""
    line, at = text.line(place), place.column - 1
    if not value or not isinstance(given, str) or not line.startswith(given, at):
        return ""
    plain = read_yaml(f"[{value}]", "").value == [value]
    return line[:at] + (value if plain else quote(value)) + line[at + len(given) :]


# --- where a problem is ----------------------------------------------------------------------


def _known_path(loc: tuple[int | str, ...], text: YamlText) -> Keys:
    """Return pydantic's path without the parts that name a type rather than a part of the file."""
    path: Keys = ()
    for index, part in enumerate(loc):
        longer = (*path, part)
        if longer in text.values or longer in text.keys or index == len(loc) - 1:
            path = longer
    return path


def _nearest(places: Mapping[Keys, Place], path: Keys) -> Place | None:
    while path not in places:
        if not path:
            return None
        path = path[:-1]
    return places[path]


def _model_at(model: type[BaseModel], path: Keys) -> type[BaseModel] | None:
    """Return the model that describes the part of a file at a path."""
    here: Any = model
    for key in path:
        found = _models_in(here)
        here = found[0] if found else None
        if here is None:
            return None
        if isinstance(key, int):
            here = here.model_fields["root"].annotation if issubclass(here, RootModel) else here
        else:
            field: FieldInfo | None = here.model_fields.get(key)
            here = field.annotation if field else None
    found = _models_in(here)
    if found and issubclass(found[0], RootModel):
        found = _models_in(found[0].model_fields["root"].annotation)
    return found[0] if found else None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]

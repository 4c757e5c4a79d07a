"""Read contributed YAML as plain values, with the location of each key and value.

Values are strings, lists and dictionaries, nothing else: `published: 2010-12` is the string "2010-12" and `iso2: NO`
the string "NO", never a date or a truth value. An empty value, `~` and `null` are None. Tags, anchors, aliases and
repeated keys are errors. A line that YAML cannot read is repaired if possible, and reported, so that later errors show.

    read_yaml("title: Ports: a review", "sources/a.md").problems[0].fix   ->   title: "Ports: a review"
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from briefing.content.problems import Problem, ProblemSeverity

MAX_DEPTH = 12  # levels of lists and mappings; real files have four, an attack has thousands
MAX_REPAIRS = 20  # unreadable lines repaired before giving up on a file
ABSENT = {"", "~", "null", "Null", "NULL"}

Keys = tuple[str | int, ...]


class Folded(str):
    """A value over several lines, which YAML joins into one: often a list without its hyphens."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A line and column, counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class YamlText:
    """The content of a YAML text, with the place of each key (`keys`) and value (`values`) by its path."""

    path: str
    lines: list[str]  # as given
    first_line: int  # of the text, counted in its file
    value: Any = None
    keys: dict[Keys, Place] = field(default_factory=dict)
    values: dict[Keys, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True
    known: Collection[str] = ()  # keys by which a line without a colon is recognised

    def line(self, place: Place) -> str:
        """Return the line at a place."""
        index = place.line - self.first_line
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def report(
        self, place: Place, code: str, found: str, right: str, fix: str = "", severity: ProblemSeverity = "error"
    ) -> None:
        self.problems.append(Problem(self.path, place.line, place.column, code, found, right, fix, severity))


@dataclass(slots=True)
class _Open:
    """A list or mapping that has not ended yet."""

    value: Any
    path: Keys
    key: str | None = None  # of a mapping: the key whose value comes next
    skip: bool = False  # the key is a repeat: ignore its value


class _StopReadingError(Exception):
    """The rest cannot be understood; the problem has been reported."""


def read_yaml(text: str, path: str, first_line: int = 1, known: Collection[str] = ()) -> YamlText:
    """Read as much as possible, and report every problem; `known` are the keys that the file may have."""
    lines = re.split(r"\r\n|\r|\n", text)
    repaired = list(lines)
    found: list[Problem] = []
    touched: set[int] = set()
    while True:
        result = YamlText(path, lines, first_line, known=known)
        try:
            _read_events("\n".join(repaired), result)
            if isinstance(result.value, str) and (problem := _first_without_colon(repaired, touched, result)):
                found.append(problem)
                continue
        except _StopReadingError:
            result.readable = False
        except yaml.YAMLError as error:
            problem = _repair(repaired, touched, error, result) if len(touched) < MAX_REPAIRS else None
            if problem:
                found.append(problem)
                continue
            result.readable = False
            found.append(_syntax_problem(error, result))
        result.problems = sorted(found + result.problems, key=lambda p: (p.line, p.column))
        return result


def _read_events(text: str, into: YamlText) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast
    stack: list[_Open] = []
    documents = 0
    for event in yaml.parse(text, Loader=loader):
        place = _place(event.start_mark, into) if event.start_mark else Place(into.first_line, 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                found = "a line `---` starts a second document"
                right = "Put the lines below it into a file of their own, or delete it if they belong to those above."
                into.report(place, "second-document", found, right)
                raise _StopReadingError
        elif isinstance(event, yaml.AliasEvent):
            found = f"YAML alias `*{event.anchor}` is not allowed"
            into.report(place, "yaml-alias", found, "Write the value out, or quote it.", _quoted(into, place))
            raise _StopReadingError
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _refuse_extras(event, place, into)
            _open(event, place, stack, into)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            _put(stack.pop().value, stack, into)
        elif isinstance(event, yaml.ScalarEvent):
            _refuse_extras(event, place, into)
            _scalar(event, place, stack, into)


def _place(mark: Any, into: YamlText) -> Place:
    return Place(into.first_line + mark.line, mark.column + 1)


def _refuse_extras(event: Any, place: Place, into: YamlText) -> None:
    right = "Delete it, or quote the value."
    if event.anchor is not None:
        into.report(place, "yaml-anchor", f"YAML anchor `&{event.anchor}` is not allowed", right)
    if event.tag is not None and event.tag != "!":
        into.report(place, "yaml-tag", f"YAML tag `{event.tag}` is not allowed", right, _quoted(into, place))


def _open(event: Any, place: Place, stack: list[_Open], into: YamlText) -> None:
    if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
        into.report(place, "bad-key", "a list or mapping is used as a key", "Write one word before the colon.")
        raise _StopReadingError
    if len(stack) >= MAX_DEPTH:
        into.report(place, "too-deep", f"lists are nested more than {MAX_DEPTH} levels deep", "Check the indentation.")
        raise _StopReadingError
    path = _here(stack)
    into.values.setdefault(path, place)
    stack.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], path))


def _here(stack: list[_Open]) -> Keys:
    """Return the path of the next value."""
    if not stack:
        return ()
    top = stack[-1]
    return (*top.path, len(top.value) if isinstance(top.value, list) else str(top.key))


def _scalar(event: Any, place: Place, stack: list[_Open], into: YamlText) -> None:
    top = stack[-1] if stack else None
    plain = event.style in (None, "")
    _look_for_lost_text(event, plain, into)
    if top is not None and isinstance(top.value, dict) and top.key is None:
        top.key = event.value
        top.skip = event.value in top.value
        path = (*top.path, event.value)
        if top.skip:
            found = f"`{event.value}` is given twice, first on line {into.keys[path].line}"
            into.report(place, "duplicate-key", found, "Keep one of the two.")
        else:
            into.keys[path] = place
        return
    if not (top and top.skip):
        into.values.setdefault(_here(stack), place)
    folded = plain and event.end_mark.line > event.start_mark.line and " " in event.value
    value = Folded(event.value) if folded else event.value
    if folded and top and isinstance(top.value, list):
        _look_for_lost_entry(event, into)
    _put(None if plain and event.value in ABSENT else value, stack, into)


def _put(value: Any, stack: list[_Open], into: YamlText) -> None:
    if not stack:
        into.value = value
        return
    top = stack[-1]
    if isinstance(top.value, list):
        top.value.append(value)
        return
    if not top.skip:
        top.value[str(top.key)] = value
    top.key, top.skip = None, False


# `title: The #1 port` is read as "The": the rest is a comment. With a space after the # it is meant as one.
HASH_WORD = re.compile(r"[ \t]+#[^\s#]")
HASHTAG = r"#([\w-]+)"
HASHTAGS = re.compile(rf"(?:{HASHTAG}[\s,;]*)+")
LISTED = {"aliases", "topics", "terms", "tags", "keywords", "categories", "replaces"}  # keys whose value is a list
EMPTY_LINE = re.compile(r" *(?:- +)?[A-Za-z_][\w-]*:")  # `title:` before ` #1 port opens`


def _look_for_lost_text(event: Any, plain: bool, into: YamlText) -> None:
    if not plain:
        return
    end = _place(event.end_mark, into)
    line = into.line(end)
    if not event.value and not (EMPTY_LINE.fullmatch(line[: end.column - 1])):
        return  # a value that is left out ends on another line
    if HASH_WORD.match(line, end.column - 1):
        lost = line[end.column - 1 :].strip()
        right, fix = "Put the whole value in quotation marks.", _quoted(into, end)
        match = KEY_LINE.match(line)
        if match and not event.value and match["key"] in LISTED and HASHTAGS.fullmatch(lost):
            right = "Write the entries between [ and ], without #."
            fix = f"{match['indent']}{match['key']}: [{', '.join(re.findall(HASHTAG, lost))}]"
        found = f"`{lost}` is read as a comment and lost"
        into.report(Place(end.line, end.column + 1), "lost-text", found, right, fix)


def _look_for_lost_entry(event: Any, into: YamlText) -> None:
    """Report an entry that is indented further than the one above, which YAML reads as a part of that one."""
    above = ITEM.match(into.line(_place(event.start_mark, into)))
    for number in range(event.start_mark.line + 1, event.end_mark.line + 1):
        line = into.line(Place(into.first_line + number, 1))
        if above and ITEM.match(line):
            place = Place(into.first_line + number, len(line) - len(line.lstrip()) + 1)
            found = f"`{_short(line.strip())}` is read as a part of the entry above"
            into.report(place, "yaml-syntax", found, ALIKE, above["indent"] + line.lstrip())
            return


# --- lines that YAML cannot read -------------------------------------------------------------

# `Ports: a review`, `"Green" steel`, `@port`, `it's: so`
UNQUOTED_SIGN = re.compile(r"^[\"'@%&*!`]|:(?:[ \t]|$)")
BULLET = re.compile(r"([ \t]*)[*+•·–—][ \t]+(?=\S)")
KEY_LINE = re.compile(r"(?P<indent> *(?:- +)?)(?P<key>[A-Za-z_][\w-]*):(?P<space>[ \t]*)(?P<value>\S.*)?$")


def _repair(lines: list[str], touched: set[int], error: yaml.YAMLError, into: YamlText) -> Problem | None:
    """Change the line that caused the error in a way that may help, and report it; None if nothing may help."""
    for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None)):
        if mark is None:
            continue
        # an unclosed quotation mark is noticed lines after it
        for number in (mark.line, mark.line - 1):
            if number in touched or not 0 <= number < len(lines):
                continue
            better, why = _better_line(lines[number], lines[number - 1] if number else "")
            better, why = _two_keys(lines[number], into.known) or (better, why)
            if better is None and (with_colon := with_missing_colon(lines[number], into.known)):
                return _repaired(lines, touched, number, with_colon, "", into)
            if better is not None:
                return _repaired(lines, touched, number, better, why, into)
    return _keyless_line(lines, touched, error, into)


def _keyless_line(lines: list[str], touched: set[int], error: yaml.YAMLError, into: YamlText) -> Problem | None:
    """Take a line without any key out, and report it: `titel Serra` above `published: 2024-10-16`."""
    mark, context, why = (getattr(error, name, None) for name in ("problem_mark", "context_mark", "problem"))
    number = mark.line - 1 if mark and "mapping values" in str(why) else -1
    if context and "expected ':'" in str(why):
        number = context.line
    known = 0 <= number < len(lines)  # YAML also counts U+0085, U+2028 and U+2029 as line breaks
    if not known or number in touched or not lines[number].strip() or KEY_LINE.match(lines[number]):
        return None
    touched.add(number)
    found = f"cannot read this line: {_short(lines[number].strip())}"
    lines[number] = ""
    place = Place(into.first_line + number, 1)
    right = "Write a key, a colon and the value: `title: ...`. If the line belongs to the one above, indent it."
    if joined := _joined(lines[number - 1] if number else "", into.line(place), into.known):
        found = f"this line has no key: {_short(into.line(place).strip())}"
        right = f"If it continues the line above, write both on one line: `{joined}`"
    return Problem(into.path, place.line, 1, "yaml-syntax", found, right)


def _joined(above: str, line: str, known: Collection[str]) -> str:
    """Return a line and the one above as one, if the line seems to continue its value: a long headline in two lines."""
    match, words = KEY_LINE.match(above), line.split()
    if not match or not match["value"] or match["key"] not in known or len(words) < 2:
        return ""
    if NO_PROSE.search(line) or process.extractOne(words[0].lower(), known, scorer=fuzz.ratio, score_cutoff=65):
        return ""  # another key without its colon
    joined = f"{above.rstrip()} {line.strip()}"
    return joined if read_yaml(joined, "").readable and not read_yaml(joined, "").problems else ""


NO_PROSE = re.compile(r"=|\d{4}-\d\d|://")


def _first_without_colon(lines: list[str], touched: set[int], into: YamlText) -> Problem | None:
    """Repair the first line without a colon in a text of which YAML made one value."""
    for number, line in enumerate(lines):
        if number in touched or len(touched) >= MAX_REPAIRS:
            continue
        glued, why = _better_line(line, "") if KEY_LINE.match(line) else (None, "")  # `title:Serra`
        if better := glued or with_missing_colon(line, into.known):
            return _repaired(lines, touched, number, better, why, into)
    return None


def _repaired(lines: list[str], touched: set[int], number: int, better: str, why: str, into: YamlText) -> Problem:
    """Put a better line in place; without a reason, it is one that lacked its colon."""
    touched.add(number)
    column = len(lines[number]) - len(lines[number].lstrip()) + 1
    lines[number] = better.partition("\n")[0]
    place = Place(into.first_line + number, column)
    found = f"cannot read this line: {_short(into.line(place).strip())}"
    if not why:
        key = better.strip().removeprefix("- ").partition(":")[0]
        found, why = f"`{key}`: missing colon after `{key}`", "Write a colon and a space after the key."
    return Problem(into.path, place.line, column, "yaml-syntax", found, why, better)


# `title Serra`, `title - Serra`, `title = Serra`, `title：Serra` with the colon of Chinese, and `aliases` above a list
WITHOUT_COLON = re.compile(
    r"(?P<indent> *(?:- +)?)(?P<key>[A-Za-z_][\w-]*)"
    r"(?:[ \t]*[：﹕=;][ \t]*(?P<signed>\S.*)?|[ \t]+(?:[-–—>]+[ \t]+)?(?P<value>\S.*)|[ \t]*)$"
)


def with_missing_colon(line: str, known: Collection[str]) -> str:
    """Return a line that starts with a known key and has no colon after it, with the colon; otherwise nothing."""
    match = WITHOUT_COLON.match(line)
    if not match or match["key"].lower() not in known:
        return ""
    value = (match["signed"] or match["value"] or "").strip()
    if value.startswith(":"):  # `title :Quay`; `title : Quay` is right
        value = value[1:]
        if not value or value[0] in " \t":
            return ""
    if UNQUOTED_SIGN.search(value):
        value = quote(_without_marks(value))
    return f"{match['indent']}{match['key'].lower()}: {value}".rstrip()


def _two_keys(line: str, known: Collection[str]) -> tuple[str, str] | None:
    """Return a line that has several keys in another form: in braces in a list, else as several lines.

    `- name: Luo Tang type: spelling`, `publisher: The Post url: https://example.org`
    """
    match = KEY_LINE.match(line)
    if not match or not match["value"]:
        return None
    parts = KEY_INSIDE.split(f"{match['key']}: {match['value'].rstrip()}")
    keys, values = parts[1::2], [part.strip(" ,;") for part in parts[2::2]]
    if len(keys) < 2 or not set(keys) <= {*known} or not all(values):
        return None
    if "-" not in match["indent"]:
        if not all(SURE_VALUE.match(value) for value in values[1:]):  # "The author: a life" is a headline
            return None
        several = "\n".join(f"{match['indent']}{key}: {value}" for key, value in zip(keys, values, strict=True))
        return several, "Write each key on a line of its own."
    plain = [value if read_yaml(f"{{k: {value}}}", "").value == {"k": value} else quote(value) for value in values]
    pairs = ", ".join(f"{key}: {value}" for key, value in zip(keys, plain, strict=True))
    return f"{match['indent']}{{{pairs}}}", "Put several keys on one line in braces, with commas between them."


SURE_VALUE = re.compile(r"https?://\S+$|\d{4}\b")
KEY_INSIDE = re.compile(r"(?:^|(?<=[\s,;]))([a-z_]+):[ \t]+")
ITEM = re.compile(r"(?P<indent> *)- +\S")
ALIKE = "Indent all entries of a list alike."


def _better_line(line: str, above: str) -> tuple[str | None, str]:
    lead = line[: len(line) - len(line.lstrip())]
    over = KEY_LINE.match(above)
    if "\t" in lead:
        return _without_tab(line, lead, over)
    if (item := ITEM.match(line)) and (before := ITEM.match(above)) and item["indent"] != before["indent"]:
        return before["indent"] + line.lstrip(), ALIKE
    if bullet := BULLET.match(line):
        return f"{bullet[1]}- {line[bullet.end() :]}", "Start each entry of a list with a hyphen and a space."
    match = KEY_LINE.match(line)
    better, why = _better_value(line, match)
    if better:
        return better, why
    if match and over and over["value"] and len(match["indent"]) > len(over["indent"]):
        inner = line.lstrip() if "-" in over["indent"] else line.lstrip().removeprefix("- ")
        return over["indent"].replace("-", " ") + inner, "Give keys at the same level the same indentation."
    return None, ""


def _better_value(line: str, match: re.Match[str] | None) -> tuple[str, str]:
    """Return a line with a value that YAML accepts, and what to do; nothing if the value is not what is wrong."""
    if brace := OPEN_BRACE.match(line.rstrip().rstrip(",")):
        inside = quote_commas(f"{brace['inside']}}}")
        return brace["head"] + inside, "Close the braces with }. Put a value that contains a comma in quotation marks."
    if not match or not match["value"]:
        return "", ""
    before, value = f"{match['indent']}{match['key']}: ", match["value"].rstrip()
    if value.startswith("[") and HASH_ENTRY.search(value):
        return before + HASH_ENTRY.sub(r"\1", value), "Write the entries without #, which starts a comment."
    if value.startswith("[") and "]" not in value:
        return f"{line.rstrip().rstrip(',')}]", "Close the list with ]."
    if not match["space"] and not value.startswith("//"):
        return before + match["value"], "Put a space after the colon."
    if link := MARKDOWN_LINK.fullmatch(value):
        return before + link[1], "Write only the address."
    why = _why_quoted(value)
    return (before + quote(_without_marks(value)), why) if why else ("", "")


def _without_tab(line: str, lead: str, over: re.Match[str] | None) -> tuple[str, str]:
    if over and over["value"] and KEY_LINE.match(line.lstrip()):
        why = "Indent with spaces, not with a tab: start the line where the one above starts."
        return over["indent"].replace("-", " ") + line.lstrip(), why
    return lead.replace("\t", "  ") + line.lstrip(), "Indent with spaces, not with a tab."


OPEN_BRACE = re.compile(r"(?P<head> *(?:- +|[A-Za-z_][\w-]*: +)\{)(?P<inside>[^{}]*:[^{}]*)$")
HASH_ENTRY = re.compile(r"([\[,] *)#(?=\w)")
# `words: 61,400 people` in braces, up to the next key
WITH_COMMA = re.compile(
    r"(?P<key>[A-Za-z_]+): +(?P<value>[^\s,{}\[\]\"'][^{}\[\]:]*?,[^{}\[\]:]*?)(?=,\s*[A-Za-z_]+:|\s*\})"
)
LONGEST_FLOW = 1000  # characters; a search for WITH_COMMA may take the square of it


def quote_commas(line: str) -> str:
    """Put values in braces that contain a comma in quotation marks."""
    return (
        WITH_COMMA.sub(lambda m: f"{m['key']}: {quote(m['value'].strip())}", line) if len(line) < LONGEST_FLOW else line
    )


AFTER_BRACKET = re.compile(r"\[[^\]]*\][ \t]*[^\s#,]|\{[^}]*\}[ \t]*[^\s#,]")  # `[Update] A quay is built`


def _why_quoted(value: str) -> str:
    """Return why a value that YAML refuses must be quoted; nothing if that would not help."""
    mark = value[0]
    if AFTER_BRACKET.match(value) or mark in "@%&*!`":
        return f"Put a value that starts with `{mark}` in quotation marks."
    if not UNQUOTED_SIGN.search(value):
        return ""
    if mark not in "\"'":
        return "Put a value that contains a colon or quotation marks in quotation marks."
    if value.count(mark) == 1 and len(value) > 1:
        return f"Close the quotation marks: the value starts with {mark} and nothing ends it."
    if mark == "'":
        return "A second ' ends the value. Put the whole value in double quotation marks."
    return 'Quotation marks at the start must enclose the whole value. Write those inside it with a backslash: \\".'


def _without_marks(value: str) -> str:
    """Remove quotation marks around a value that YAML does not accept."""
    for opening, closing in QUOTATION_MARKS:
        inner = value[1:-1]
        if (
            len(value) > 2
            and value[0] == opening
            and value[-1] == closing
            and (
                (opening == closing and (inner.count(opening) % 2 or OPENED_INSIDE.match(inner)))
                or not {opening, closing} & set(inner)
            )
        ):  # 'The town's quay', "The "old" quay", “Quay: open”, but not "Green" and "blue"
            return inner
        if opening == closing and value[0] == opening and value.count(opening) == 1:
            return value[1:]  # opened and never closed
    return value


OPENED_INSIDE = re.compile(r"[^\"']*(?<![^\s(])[\"'](?=\w)")  # the next mark opens a quotation
QUOTATION_MARKS = (('"', '"'), ("'", "'"), ("“", "”"), ("„", "“"), ("‘", "’"), ("«", "»"), ("”", "”"))
MARKDOWN_LINK = re.compile(r"\[[^\[\]]*\]\((https?://[^\s()<>]+)\)")


def quote(value: str) -> str:
    """Return a value as a double-quoted YAML string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(into: YamlText, place: Place) -> str:
    match = KEY_LINE.match(into.line(place))
    if not match or not match["value"]:
        return ""
    return f"{match['indent']}{match['key']}: {quote(match['value'].rstrip())}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _syntax_problem(error: yaml.YAMLError, into: YamlText) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = _place(mark, into) if mark else Place(into.first_line, 1)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    found = f"cannot read this: {what}"
    return Problem(into.path, place.line, place.column, "yaml-syntax", found, "Write lines of the form `key: value`.")

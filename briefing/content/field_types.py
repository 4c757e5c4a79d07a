"""Field types of contributed files: line, date, language, web address, id, number. Each reports what to write.

Url("www.example.org/quay")   ->   mistake "bad-url", with the right value "https://www.example.org/quay"
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from babel import Locale, localedata
from babel.core import get_global
from babel.languages import get_official_languages
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from briefing.content.edtf import edtf_mistake
from briefing.content.identifiers import RESERVED, slug, unusable
from briefing.content.yaml_source import Folded
from briefing.lexicon import load
from briefing.model import DataPart


@dataclass(frozen=True, slots=True)
class OtherWords:
    """Words that contributors use for our own."""

    keys: dict[str, dict[str, str]]  # by the kind of entry
    values: dict[str, str]
    function_words: frozenset[str]  # no name consists of one of these
    ordinary_words: frozenset[str]  # nor of one of these in lower case
    unknown: frozenset[str]  # written for a value that is not known
    ongoing: frozenset[str]  # written for an end that has not come
    generators: frozenset[str]  # keys that site generators read and we do not


OTHER_WORDS = load("contributed", OtherWords)

# language, script, region, variants: en, en-GB, zh-Hans, zh-Hant-TW, de-CH-1996, sr-Latn
TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|\d{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3})){0,3}",
    re.ASCII,
)


@functools.cache
def language_names() -> dict[str, str]:
    """Return the English names of languages by primary tag."""
    return load("languages", dict[str, str])


def language_mistake(tag: str) -> tuple[str, str | None] | None:
    """Return what is wrong with a BCP 47 tag and the right one if it is clear; None if the tag is valid.

    language_mistake("english")   ->   ("`english` is not a language tag", "en")
    """
    match = TAG.fullmatch(tag)
    variants = [part for part in tag.lower().split("-")[1:] if len(part) > 4 and part.isalpha()]
    worded = variants and _names_in_all_languages().keys() & set(variants)  # `uk-english` is no variant of Ukrainian
    if match and match["language"].lower() in language_names() and not worded:
        right = _usual_case(match)
        return None if right == tag else (f"`{tag}` is usually written `{right}`", right)
    return f"`{tag}` is not a language tag", _meant(tag)


def _usual_case(match: re.Match[str]) -> str:
    parts = [match["language"].lower()]
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        region = match["region"].upper()
        successors = get_global("territory_aliases").get(region, [])
        parts.append(successors[0] if len(successors) == 1 else region)  # UK -> GB
    head = max(match.end(part) for part in ("language", "script", "region"))
    return "-".join(parts) + match[0][head:]


def _meant(tag: str) -> str | None:
    """Return the tag that was meant: `English` -> en, `en_US` -> en-US, `français` -> fr, `British English` -> en."""
    wanted = tag.strip().lower()
    for code, name in language_names().items():
        if name.lower() == wanted:
            return code
    names = _names_in_all_languages()
    words = [wanted, *re.split(r"[\W_]+", wanted)]
    if len(codes := {code for word in words for code in names.get(word, ())}) == 1:
        return min(codes)
    spoken = get_official_languages(tag.upper(), de_facto=True) if len(tag) == 2 else ()
    if len(spoken) == 1:
        return spoken[0].partition("_")[0]  # `dk` is a country
    if ("_" in tag or "." in tag or "@" in tag) and len(tag) < 40:
        dashed = re.sub(r"[.@].*", "", tag).replace("_", "-")  # `en_GB.UTF-8`, `de_DE@euro`: locales of a computer
        mistake = language_mistake(dashed)
        return dashed if mistake is None else mistake[1]
    return None


@functools.cache
def _names_in_all_languages() -> dict[str, set[str]]:
    """Map names of languages in all languages to tags: français -> fr. Takes half a second, so only for a mistake."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for locale in localedata.locale_identifiers():
        if "_" not in locale:
            for code, name in Locale.parse(locale).languages.items():
                if code in language_names():
                    found[name.lower()].add(code)
    return dict(found)


LONGEST_LINE = 500  # characters of a title or name; more is a misplaced paragraph
LONGEST_NOTE = 5_000


def mistake(code: str, found: str, right: str, fix: str | None = None) -> PydanticCustomError:
    """Return an error in one value: what is wrong, what to write, and the right value if it is clear."""
    return PydanticCustomError("mistake", "{found}", {"code": code, "found": found, "right": right, "fix": fix or ""})


def _edtf(value: str) -> str:
    wrong = edtf_mistake(value)
    if wrong and value.lower() in OTHER_WORDS.ongoing:
        right = (
            "For what has not ended, give no end: delete this key and its value. Otherwise write the date in digits."
        )
        raise mistake("bad-date", f"`{value}` is no date", right)
    if wrong:
        right = "Write year-month-day, year-month or year, as in 2023-09-25, 2023-09 or 2023."
        if not wrong[1] and not re.search(r"\d", value):
            right += " If you don't know the date, delete the line."
        raise mistake("bad-date", wrong[0], right, wrong[1])
    return value


def _language(value: str) -> str:
    wrong = language_mistake(value)
    if wrong:
        raise mistake("bad-language", wrong[0], "Write a language tag such as en, en-GB or zh-Hans.", wrong[1])
    return value


# Characters that no line of text needs: control characters and direction marks.
STRAY = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def _one_line(value: str) -> str:
    if STRAY.search(value):
        fixed = " ".join(STRAY.sub(" ", value).split())
        raise mistake("stray-character", "contains a line break or control character", "Write it on one line.", fixed)
    if not value.strip():
        raise mistake("empty-value", "contains only spaces", "Give a value or delete the line.")
    return value.strip()


# `<https://example.org>`, `“https://example.org”`, `[the page](https://example.org)`
WRAPPED_URL = re.compile(r"(?:\[[^\[\]]*\]\(|[<(\[{“„\"'])(https?://[^\s<>()\[\]{}“”\"'`\\^|]+)[>)\]}”“\"']")


OWN_FILE = re.compile(r"file:|[A-Za-z]:[\\/]|~/|/(?:home|Users|tmp|var|mnt|media)/|\\\\", re.IGNORECASE)
DOI = re.compile(r"(?:doi:? ?)?(10\.\d{4,9}/[^\s<>\"]+)", re.IGNORECASE)


def _url(value: str) -> str:
    right = "Write the full address, as in https://example.org/article."
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise mistake("bad-url", f"`{value}` is not a web address", right) from None
    if parts.username is not None:
        raise mistake("bad-url", "contains a login", "Remove the login: this file is public.")
    if parts.scheme in {"http", "https"} and host and not re.search(r"[\s<>\"`\\^{}|]", value):
        return value
    if several := re.findall(r"https?://[^\s,;<>\"'()]+", value)[:1] if value.count("://") > 1 else []:
        right = f"Keep one, as in `{several[0]}`, and put the others into the notes."
        raise mistake("bad-url", "has more than one web address", right)
    if OWN_FILE.match(value):
        right = "Write the address of the page, which starts with https://, or delete the line if it has none."
        raise mistake("bad-url", f"`{value}` is a file on your computer, which no reader can open", right)
    if value.startswith("/"):
        right = "Write the whole address, with https:// and the name of the site, or delete the line."
        raise mistake("bad-url", f"`{value}` is only a part of a web address", right)
    bare = re.fullmatch(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[^\s<>\"']*)?", value, re.IGNORECASE)
    inside = WRAPPED_URL.fullmatch(value)
    doi = DOI.fullmatch(value)
    fixed = f"https://{value}" if bare else inside[1] if inside else f"https://doi.org/{doi[1]}" if doi else None
    raise mistake("bad-url", f"`{value}` is not a web address", right, fixed)


def _article_id(value: str) -> str:
    """Validate an article id; contributors also give the page address or the file path."""
    below = re.sub(r"^.*/?(?:briefings|sources)/", "", value.strip())
    right = slug(re.sub(r"\.(?:md|txt)$", "", re.sub(r"[?#].*$", "", below).removesuffix("index.html")))
    if not right or value != right:
        told = "Use its path below sources/ without .md, as in 2021/a-quay-is-built."
        raise mistake("bad-id", f"`{value}` is not an article id", told, right)
    if reason := unusable(value):
        raise mistake("bad-id", reason, "Remove it: no article had this address.")
    return value


def _not_reserved(value: str) -> str:
    if value == RESERVED:
        raise mistake("bad-id", f"`{value}` is reserved", "Choose another id: this is the address of the list.")
    return value


def _count(value: Any) -> Any:
    if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value)):
        return int(value)
    raise mistake("wrong-shape", f"`{str(value)[:40]}` is not a whole number", "Write a whole number, as in 2.")


def _listed(value: Any) -> Any:
    """Turn a single value into a list of one."""
    return [value] if isinstance(value, str) else value


SEVERAL = re.compile("[,;、，；]| [/|•] ")  # signs between the entries of what was meant as a list


def _words_listed(value: Any) -> Any:
    """Turn a single value into a list of one, and refuse one that was meant as several."""
    if isinstance(value, Folded):
        right = "Write a list: put a hyphen and a space before each entry, as in `- kiln`."
        raise mistake("wrong-shape", "has several lines, which are read as one entry", right)
    if isinstance(value, str) and (sign := SEVERAL.search(value)):
        parts = ", ".join(part.strip(" ()") for part in SEVERAL.split(value) if part.strip(" ()"))
        right = "Write a list: entries between [ and ], or one line `- ...` per entry. Quote an entry that has a comma."
        raise mistake("wrong-shape", f"is one entry with `{sign[0].strip()}` in it, not a list", right, f"[{parts}]")
    return [value] if isinstance(value, str) else value


def _term(value: str) -> str:
    if sign := SEVERAL.search(value):
        right = "Give each term an entry of its own: a line `- ...`, or entries between [ and ]."
        raise mistake("wrong-shape", f"`{value}` is one term with `{sign[0].strip()}` in it", right)
    return value


Line = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_LINE), AfterValidator(_one_line)]
Quote = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NOTE), AfterValidator(_one_line)]
Note = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NOTE)]
Edtf = Annotated[Line, AfterValidator(_edtf), Field(examples=["2023-09-25", "2023-09", "2023"])]
Language = Annotated[Line, AfterValidator(_language), Field(examples=["en", "zh-Hans"])]
Url = Annotated[Line, AfterValidator(_url), Field(examples=["https://example.org/article"])]
Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120),
    AfterValidator(_not_reserved),
    Field(examples=["world-trade-organization"]),
]
# The id of another actor. The registry validates it: only there can a name or code be answered with the id.
Reference = Annotated[Line, WithJsonSchema(TypeAdapter(Id).json_schema())]
ArticleId = Annotated[Line, AfterValidator(_article_id), Field(examples=["2021/a-quay-is-built"])]
Wikidata = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]{0,11}$"), Field(examples=["Q30"])]


def _yes_no(value: Any) -> Any:
    """Turn `yes`, `no`, `true` and `false` into truth values: our YAML reader returns text."""
    return {"yes": True, "true": True, "no": False, "false": False}.get(str(value).lower(), value)


YesNo = Annotated[bool, BeforeValidator(_yes_no, json_schema_input_type=bool | Literal["yes", "no"])]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_words_listed, json_schema_input_type=Line | tuple[Line, ...])]
Term = Annotated[Line, AfterValidator(_term)]
Terms = Annotated[tuple[Term, ...], BeforeValidator(_words_listed, json_schema_input_type=Line | tuple[Line, ...])]
Quotes = Annotated[tuple[Quote, ...], BeforeValidator(_listed, json_schema_input_type=Quote | tuple[Quote, ...])]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_listed, json_schema_input_type=Id | tuple[Id, ...])]

MOST_MOVES = 50  # former ids of one article; each gets a page
ArticleIds = Annotated[
    tuple[ArticleId, ...],
    BeforeValidator(_listed, json_schema_input_type=ArticleId | tuple[ArticleId, ...]),
    Field(max_length=MOST_MOVES),
]

DataParts = Annotated[
    tuple[DataPart, ...], BeforeValidator(_words_listed, json_schema_input_type=DataPart | tuple[DataPart, ...])
]
Workers = Annotated[int, BeforeValidator(_count), Field(ge=0)]

FactId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10}$"), Field(examples=["3f2a90c1d4"])]
TIMES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "mn": 6, "mln": 6, "bn": 9, "tn": 12}
SPACES = "\u00a0\u2009\u202f ’'"  # between groups of three digits
WORDED_NUMBER = re.compile(
    rf"[^\d.,−-]{{0,4}}(?P<sign>[-−]?)"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:[{SPACES}]\d{{3}})+|\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d+)"
    rf"(?P<part>\.\d+|,\d{{1,2}})?\s*(?P<times>{'|'.join(TIMES)})?\W*",
    re.IGNORECASE,
)


def as_meant(kind: Any, value: str) -> str:
    """Return a value as its type wants it, if that is clear: 2024-03-14 for "14 March 2024", 3200000 for "3.2 million".

    Other values are returned as they are, and `check` reports them.
    """
    adapter = TypeAdapter(kind)
    tried = value
    for _ in range(3):
        try:
            adapter.validate_python(tried)
        except ValidationError as error:
            tried = str(error.errors()[0].get("ctx", {}).get("fix") or "")
            if not tried:
                return value
        else:
            return tried
    return value


def _number(value: Any) -> Any:
    """Validate a plain number; suggest one for `310 million` and `12,500`."""
    try:
        if isinstance(value, str) and (not value.isascii() or "_" in value):  # float() reads other scripts, and 1_000
            raise ValueError
        float(value)
    except (TypeError, ValueError):
        match = WORDED_NUMBER.fullmatch(value) if isinstance(value, str) else None
        right = None
        if match:
            whole = "".join(re.findall("[0-9]", match["digits"]))
            digits = match["sign"].replace("−", "-") + whole + (match["part"] or "").replace(",", ".")
            right = f"{Decimal(digits).scaleb(TIMES.get((match['times'] or '').lower(), 0)).normalize():f}"
        found = f"`{str(value)[:40]}` is not a plain number"
        raise mistake(
            "bad-number", found, "Write digits, with a decimal point if needed: 310000000 or 8.5.", right
        ) from None
    return value


Number = Annotated[float, BeforeValidator(_number, json_schema_input_type=float), Field(allow_inf_nan=False)]

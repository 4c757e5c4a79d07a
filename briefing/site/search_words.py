"""What search needs beyond the words of a page: other forms of words, and the list from which spellings are offered.

Pagefind parts words at spaces and ignores accents. It does not part Chinese, Japanese or Thai, and ø, ł and ß are no
accented letters. So each page gets pairs of neighbouring letters of such scripts, and plain spellings, which no reader
sees; find.js changes a query in the same way.

    search_forms("Bjørn: 稀土出口")   ->   "bjorn 稀土 土出 出口 口"
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from briefing.archive import Archive
from briefing.archive.summaries import Row
from briefing.model import Page

# Scripts that write no spaces between words; the same ranges as in find.js.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
# Letters without a form in ASCII, and German umlauts as they are also written; Pagefind finds `Muller` by itself.
PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
# The ending of names in -ский is written in seven ways; search knows one. The same ending as in query.js.
SLAVIC = re.compile(r"(?<=[a-z]{2})([sc])k(?:yy|yi|iy|ij|ii|i)$")
IGNORED = re.compile(r"<(del|details)\b[^<>]*data-pagefind-ignore.*?</\1>", re.DOTALL)  # removed passages
MARK = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MAX_WORDS = 20_000  # of the list; 200 KB, loaded only when a word is not found
FILE = "search/words.txt"


def search_forms(html: str) -> str:
    """Return other forms of a page's words, by which they are found too."""
    text = unicodedata.normalize("NFKC", MARK.sub(" ", IGNORED.sub(" ", str(html))))
    return " ".join(dict.fromkeys((*_plain_spellings(text), *_pairs(text))))


def _plain_spellings(text: str) -> Iterator[str]:
    for word in dict.fromkeys(WORD.findall(text)):
        low = word.lower()
        if not low.isascii():
            for plain in (low.translate(PLAIN), low.translate(SPELT_OUT).translate(PLAIN)):
                if plain != low:
                    yield "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        if (romanised := SLAVIC.sub(r"\1ky", low)) != low:
            yield romanised


def _pairs(text: str) -> Iterator[str]:
    for run in dict.fromkeys(UNSPACED.findall(text)):
        yield from (run[at : at + 2] for at in range(len(run)))


def word_list(archive: Archive) -> Page:
    """Return the words of the archive, those of most pages first: what near spellings are taken from."""
    counts: Counter[str] = Counter()
    for row in archive.rows:
        counts.update({word for words in _words_of(row) for word in WORD.findall(words)})
    for topic in archive.topics.values():
        counts.update(set(WORD.findall(topic.name)))
    for actor in archive.actors.values():
        if actor.has_page and actor.status == "registered":
            aliases = [alias.name for alias in actor.entry.aliases] if actor.entry else []
            counts.update({word for name in (actor.name, *aliases) for word in WORD.findall(name)})
    best: dict[str, str] = {}  # one spelling of each word: a capital only where it always has one
    for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if len(word) > 3 or (len(word) == 3 and word[0].isupper()):
            low = word.lower()
            best.setdefault(low, low if low in counts else word)
    return Page(FILE, "\n".join([*best.values()][:MAX_WORDS]) + "\n")


def _words_of(row: Row) -> Iterable[str]:
    yield from (row.title, row.lead, row.publisher or "")
    yield from (fact.words for fact in row.key_facts)
    yield from (fact.words for fact in row.figures)
    yield from (fact.words for fact in row.events)
    for statement in row.statements:
        yield from (*statement.content, statement.speaker or "")
    for role in row.roles:
        yield from (role.holder, role.title)

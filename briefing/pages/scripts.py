"""Text -> its runs in another script than that of its language, with the language to set and to speak them in.

    >>> other_scripts("called 稀土 in Chinese, レアアース in Japanese", "en")
    [(7, 9, 'zh'), (22, 27, 'ja')]

Only scripts that (nearly) one language writes: what is Cyrillic or Devanagari is left unsaid.
"""

from __future__ import annotations

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = r"\u3040-\u30ff\uff66-\uff9f"
HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
ARABIC = r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
HEBREW = r"\u0590-\u05ff\ufb1d-\ufb4f"
MARKS = "《》「」『』、。・（）！？：；"  # stand inside a run, and around it
EAST_ASIAN = rf"[{MARKS}]{{0,2}}[{HAN}{KANA}][{HAN}{KANA}ー{MARKS}]*"
# Words of one script with single spaces between them are one run: a phrase, not so many words.
RUN = re.compile(
    rf"(?P<east>{EAST_ASIAN})|(?P<ko>[{HANGUL}]+(?: [{HANGUL}]+)*)"
    rf"|(?P<ar>[{ARABIC}]+(?: [{ARABIC}]+)*)|(?P<he>[{HEBREW}]+(?: [{HEBREW}]+)*)"
)
IS_KANA = re.compile(f"[{KANA}]")
NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691]")  # of Persian, Urdu, ...
HAN_WRITERS = {"zh", "ja", "ko", "yue"}


def other_scripts(text: str, language: str) -> list[tuple[int, int, str]]:
    """Runs as start, end and language; "" for a run whose language its letters do not tell."""
    own = language.partition("-")[0].lower()
    found = []
    for run in RUN.finditer(text):
        told = _language(run)
        if own == told or (own in HAN_WRITERS and told == "zh") or (own in {"fa", "ur"} and told in {"ar", ""}):
            continue
        found.append((run.start(), run.end(), told))
    return found


def _language(run: re.Match[str]) -> str:
    if run["east"]:
        return "ja" if IS_KANA.search(run[0]) else "zh"
    if run["ar"]:
        return "" if NOT_ARABIC.search(run[0]) else "ar"
    return run.lastgroup or ""

"""Turn a report from a pull request's build into the JSON of a comment with nothing active in it.

Runs with write access to the repository on an untrusted file, so it uses only the standard library and limits the
size. Keeps headings, lists, tables and folds. Everything that GitHub or a bot would act on becomes plain text: links,
images, HTML, mentions, references to issues and commits, commands, formulas, diagrams.
"""

import html
import json
import re
import sys
from pathlib import Path

LONGEST = 64_000  # characters of a comment; GitHub takes 65,536
LARGEST = 300_000  # bytes of a file that is looked at
MARK = "<!-- knowledge -->\n"  # by which the comment is found again
SOURCE = "*Generated from contributed files, which can influence what it says.*\n\n"
BREAK = "\u2060"  # a word joiner: invisible, and no part of a name, a number or an address
FOLDS = re.compile(r"<(?!/?(?:details|summary)>)")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
# GitHub looks for mentions and addresses after it has read character references.
REFERENCE = re.compile(r"&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
FENCE = re.compile(r"(`{3,})(?!yaml$)[^\n`]*$|(~{3,})[^\n]*$", re.MULTILINE)  # `mermaid` and others draw
SKIP = re.compile(r"\[(?=(?:skip ci|ci skip|no ci|skip actions|actions skip)\])|^skip(?=-checks:)", re.I | re.M)
COMMAND = re.compile(r"^([ \t>*+\-|0-9.)]*)/(?=\w)", re.MULTILINE)  # bots act on "/approve" at the start of a line
COMMIT = re.compile(r"(?<![0-9A-Za-z])(?<!^  - fact: )[0-9a-fA-F]{7,40}(?![0-9A-Za-z])", re.MULTILINE)


def harmless(text: str) -> str:
    text = REFERENCE.sub(_reference, UNSEEN.sub("", text))
    text = FOLDS.sub("&lt;", text)
    text = FENCE.sub(lambda m: m[1] or m[2], text)
    text = text.replace("$", "&#36;")
    text = re.sub(r"!(?=\[)", "&#33;", text)
    text = re.sub(r"\[(?=!)", "&#91;", text)
    text = re.sub(r"\](?=[(:\[])", "&#93;", text)
    text = re.sub(r":(?=//)", f"&#58;{BREAK}", text)
    text = re.sub(r"(?i)(?<=www)\.", f"&#46;{BREAK}", text)
    text = COMMAND.sub(r"\1&#47;", text)
    text = SKIP.sub(lambda m: m[0] + BREAK, text)
    text = COMMIT.sub(lambda m: re.sub(r"(.{6})", rf"\1{BREAK}", m[0]), text)  # seven characters may name a commit
    return re.sub(rf"@(?!{BREAK})|(?<!&)#(?=\w)|\b[Gg][Hh]-(?=\d)", lambda m: m[0] + BREAK, text)


def _reference(match: re.Match[str]) -> str:
    """Write letters and digits as such, for the rules above to see, and break what calls or links."""
    meant = html.unescape(match[0])
    if match[0] == "&" or meant == match[0]:
        return "&amp;" + match[0][1:]
    if meant.isalnum():
        return meant
    if len(meant) > 1 or UNSEEN.search(meant):
        return ""
    return f"&#{ord(meant)};" + (BREAK if meant in "@#:/.-" else "")


def shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    text = text[:LONGEST].rsplit("\n", 1)[0]
    if sum(line.lstrip().startswith("```") for line in text.split("\n")) % 2:
        text += "\n```"
    text += "\n\n</details>" * max(0, min(100, text.count("<details>") - text.count("</details>")))
    return text + "\n\n*Truncated.*\n"


def main(path: Path, as_text: bool = False) -> None:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        sys.exit("not a valid report file")
    text = shortened(harmless(path.read_bytes().decode("utf-8", "replace")))
    if as_text:
        sys.stdout.write(SOURCE + text)
    else:
        json.dump({"body": MARK + SOURCE + text}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] == ["--text"])

"""Turn a report from a pull request's build into the JSON of a comment with nothing active in it.

Runs with write access to the repository on an untrusted file, so it uses only the standard library and limits the
size. Keeps headings, lists, tables and folds; turns links, images, HTML and mentions into plain text.
"""

import json
import re
import sys
from pathlib import Path

LONGEST = 64_000  # characters of a comment; GitHub takes 65,536
LARGEST = 300_000  # bytes of a file that is looked at
MARK = "<!-- knowledge -->\n"  # by which the comment is found again
FOLDS = re.compile(r"<(?!/?(?:details|summary)>)")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def harmless(text: str) -> str:
    text = FOLDS.sub("&lt;", UNSEEN.sub("", text))
    text = re.sub(r"!(?=\[)", "&#33;", text)
    text = re.sub(r"\](?=[(:\[])", "&#93;", text)
    text = re.sub(r":(?=//)", "&#58;", text)
    text = re.sub(r"(?i)(?<=www)\.", "&#46;", text)
    return re.sub(r"(@|&#(?:64|x40);|&commat;)(?!\u2060)", "\\1\u2060", text)


def main(path: Path, as_text: bool = False) -> None:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        sys.exit("not a valid report file")
    text = harmless(path.read_bytes().decode("utf-8", "replace"))
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit("\n", 1)[0] + "\n\n*Truncated.*\n"
    if as_text:
        sys.stdout.write(text)
    else:
        json.dump({"body": MARK + text}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] == ["--text"])

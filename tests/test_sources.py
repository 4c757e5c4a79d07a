"""content/sources.py and decoding.py: any file gives a source, or every problem with its line."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.content.decoding import decode, decode_entities
from briefing.content.identifiers import slug
from briefing.content.problems import ContentError
from briefing.content.sources import LARGEST, find_sources, read_source, split_front_matter

CASES = Path(__file__).parent / "cases/sources"
BROKEN = yaml.safe_load((CASES / "broken.yaml").read_text(encoding="utf-8"))
ENCODED = yaml.safe_load((CASES / "encodings.yaml").read_text(encoding="utf-8"))


def put(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def read_one(tmp_path, content, name="a.md"):
    put(tmp_path, {name: content})
    return read_source(tmp_path / name, "a")


# --- which files -----------------------------------------------------------------------------


def test_sources_are_found_at_any_depth_and_sorted(tmp_path):
    put(tmp_path, {"2021/b.md": "x", "a.txt": "x", "2021/A Mine.md": "x", "notes.pdf": "x", "a.facts.yaml": "x"})
    found, problems = find_sources([tmp_path])
    assert [name for _, name in found] == ["2021/a-mine", "2021/b", "a"]
    assert not problems


def test_hidden_files_and_readmes_are_skipped(tmp_path):
    put(tmp_path, {".git/x.md": "x", ".draft.md": "x", "README.md": "x", "2021/readme.txt": "x", "a.md": "x"})
    assert [name for _, name in find_sources([tmp_path])[0]] == ["a"]


def test_a_named_file_is_read_whatever_it_is_called(tmp_path):
    put(tmp_path, {"README.md": "x"})
    assert find_sources([tmp_path / "README.md"])[0] == [(tmp_path / "README.md", "readme")]


def test_sources_with_the_same_id_are_both_reported(tmp_path):
    put(tmp_path, {"a b.md": "x", "a-b.txt": "x"})
    found, problems = find_sources([tmp_path])
    assert len(found) == 1
    assert problems[0].path.endswith("a-b.txt")
    assert "a b.md" in problems[0].found


def test_the_same_file_named_twice_is_read_once(tmp_path):
    put(tmp_path, {"a.md": "x"})
    assert find_sources([tmp_path, tmp_path / "a.md"]) == ([(tmp_path / "a.md", "a")], [])


def test_symbolic_link_must_not_lead_out(tmp_path):
    put(tmp_path, {"secret.md": "x", "sources/a.md": "x"})
    inside = tmp_path / "sources"
    (inside / "out.md").symlink_to(tmp_path / "secret.md")
    (inside / "in.md").symlink_to(inside / "a.md")
    (inside / "broken.md").symlink_to(inside / "nowhere.md")
    (inside / "folder").symlink_to(tmp_path)
    found, problems = find_sources([inside])
    assert [name for _, name in found] == ["a", "in"]
    assert [Path(p.path).name for p in problems] == ["folder", "broken.md", "out.md"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2023/Señor Müller.v2", "2023/senor-muller-v2"), ("稀土出口", "稀土出口"),
        ("Größe_und_Maß", "grosse-und-mass"),
        ("Łódź", "lodz"), ("a//../b", "a/b"), ("  A & B  ", "a-b"), ("Экспорт", "экспорт"), ("किताब", "किताब"),
    ],
)  # fmt: skip
def test_slug(path, expected):
    assert slug(path) == expected


@given(st.text(min_size=1, alphabet=st.characters(exclude_characters="/\0", exclude_categories=("Cs",))))
def test_an_id_is_never_empty_and_stays_itself(name):
    if name not in (".", ".."):
        made = slug(name)
        assert made
        assert slug(made) == made
        assert "/" not in made
        assert "." not in made


# --- what is wrong with a file ---------------------------------------------------------------


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["label"])
def test_broken_file(case, tmp_path):
    with pytest.raises(ContentError) as caught:
        read_one(tmp_path, case["input"])
    told = [f"{p.line}:{p.column} {p.code}" for p in caught.value.problems]
    assert told == case["expect"]
    assert all(p.path == str(tmp_path / "a.md") and p.found and p.right for p in caught.value.problems)


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PK\x03\x04abc",
        bytes(range(256)) * 9,
        b"\x00\x01\x02\xff",
        b"\x7fELF\x02\x01" + b"\0" * 90,
    ],
)
def test_a_binary_file_is_refused(raw, tmp_path):
    with pytest.raises(ContentError) as caught:
        read_one(tmp_path, raw)
    assert caught.value.problems[0].code == "not-text"


def test_a_huge_file_is_refused_without_reading_it(tmp_path):
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ContentError) as caught:
        read_source(tmp_path / "a.md", "a")
    assert caught.value.problems[0].code == "too-large"


def test_a_missing_file_is_a_problem(tmp_path):
    with pytest.raises(ContentError) as caught:
        read_source(tmp_path / "none.md", "none")
    assert caught.value.problems[0].code == "cannot-open"


# --- front matter and body -------------------------------------------------------------------


def test_front_matter_and_body(tmp_path):
    text = '---\ntitle: "Quays: a review"\npublished: 2012-07-04\nlanguage: no\ntopics: [ports]\n---\n\n\nThe body.\n'
    source = read_one(tmp_path, text)
    assert (source.meta.title, source.meta.published, source.meta.language) == ("Quays: a review", "2012-07-04", "no")
    assert source.meta.topics == ("ports",)
    assert (source.body, source.body_line) == ("The body.\n", 9)


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nThe quay is new.\n\n---\n\nIt opened on Monday: nobody came.\n",
        "---\nThe mayor had one message: build.\n---\nMore.\n",
        "----\ntitle: x\n----\n",
        "\n\nThe quay is new.\n",
        "The quay is new.\n---\ntitle: x\n---\n",
    ],
)
def test_horizontal_rule_at_the_top_is_no_front_matter(text, tmp_path):
    assert read_one(tmp_path, text).body == text


def test_front_matter_may_follow_blank_lines_and_windows_line_ends(tmp_path):
    source = read_one(tmp_path, b"\xef\xbb\xbf\r\n---\r\ntitle: A\r\n---\r\n\r\nOne.\r\nTwo.\rThree.\r\n")
    assert (source.meta.title, source.body, source.body_line) == ("A", "One.\nTwo.\nThree.\n", 6)


@given(st.text(max_size=300))
def test_any_text_is_split_without_losing_a_letter_of_the_body(text):
    try:
        parts = split_front_matter(text, Path("a.md"))
    except ContentError:
        return
    assert text.endswith(parts.body)
    if parts.head is None:
        assert parts.body == text


# --- encodings -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ENCODED, ids=lambda case: case["label"])
def test_encoding_is_found(case):
    for encoding in case["encodings"]:
        raw = case["text"].encode(encoding)
        found = decode(raw)
        assert found is not None
        assert (found.text, encoding) == (case["text"], encoding)


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("FernÃ¡ndez said", "Fernández said"), ("“FranÃ\x83Â§ois” said", "“François” said"),
        ("the ministerâ€™s plan", "the minister’s plan"),
        ("one\x07 two\x00", "one two"), ("a\r\nb\rc\u2028d", "a\nb\nc\nd"), ("\x1b[31mred\x1b[0m", "red"),
    ],
)  # fmt: skip
def test_damage_is_repaired(damaged, right):
    assert decode(damaged.encode("utf-8")).text == right


@pytest.mark.parametrize(
    "clean",
    [
        "ﬁne “quotes” and １２ widths, e\u0301 apart",
        "l’été à Noël: ¿qué?",
        "A\u00a0B",
        "co\u00adop",
        "\ttab",
        "İstanbul Ãn",
    ],
)
def test_clean_text_is_carried_over_unchanged(clean):
    assert decode(clean.encode("utf-8")).text == clean


def test_windows_bytes_inside_utf8():
    raw = "Café, naïve, señor, Zürich: ".encode() + b"the mayor\x92s plan"
    assert decode(raw).text == "Café, naïve, señor, Zürich: the mayor’s plan"


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(raw):
    found = decode(raw)
    assert found is None or "\r" not in found.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("R&amp;D grew", "R&D grew"), ("<p>Tom &amp; Ann</p>", "<p>Tom & Ann</p>"),
        ("It&#8217;s &quot;new&quot;", "It’s \"new\""),
        ("write &amp; for an ampersand", "write &amp; for an ampersand"),
        ("`&lt;b&gt;` and `&amp;`", "`&lt;b&gt;` and `&amp;`"), ("AT&T; and more", "AT&T; and more"),
    ],
)  # fmt: skip
def test_entities(body, expected):
    assert decode_entities(body) == expected


FOREIGN = {
    "TOML": '+++\ntitle = "A quay"\ndate = 2021-05-04T10:00:00Z\ndraft = false\n+++\nText.\n',
    "TOML with other names": '+++\r\ntitle = \'A quay\'\r\npublishDate = "2021-05-04"\r\nurl = "/a/"\r\n+++\r\nText.\n',
    "TOML with a table": '+++\ntitle = "A quay"\ndate = "2021-05-04"\ntags = ["x"]\n[params]\na = 1\n+++\n\nText.\n',
    "JSON": '{\n "title": "A quay",\n "date": "2021-05-04"\n}\n\nText.\n',
    "JSON on one line": '{"title": "A quay", "date": "2021-05-04T10:00:00+02:00", "draft": true}\nText.\n',
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_front_matter_of_site_generators(tmp_path, content):
    source = read_one(tmp_path, content)
    assert (source.meta.title, source.meta.published, source.meta.url) == ("A quay", "2021-05-04", None)
    assert source.body == "Text.\n"


@pytest.mark.parametrize("text", ["+++\nThe end.\n+++\nIt was.\n", "{The board} said so.\n", "{}\nIt was.\n"])
def test_plus_signs_and_braces_in_a_text(tmp_path, text):
    assert read_one(tmp_path, text).body == text

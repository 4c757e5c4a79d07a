"""Escaping: contributed text is shown unchanged and never active."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing import escape
from briefing.config import read_settings

# Characters with a meaning in Markdown, HTML, Jinja or YAML, next to words and arbitrary characters.
LIVE = st.sampled_from(
    [
        *"`~*_{}[]()<>&|=!#%$@^+-:;\"'\\/\t\n\r\x00\x02\x03\x0b\u2028\u202e\ud800\ufffe",
        "```\n",
        "~~~\n",
        "{{ ",
        "{% ",
        '--8<-- "mkdocs.yml"\n',
        "</div>",
        "</script>",
        "<!--",
        "]]>",
        "&lt;",
        "&#60;",
        "&amp;lt;",
        "\x02wzxhzdk:0\x03",
        "\n\n",
        "\n    ",
        "\n# ",
        "\n---\n",
        "/// html\n",
        "!!! note\n",
        "{: onclick=x }",
        "[a](javascript:b)",
        "[^1]: ",
        "*[HTML]: ",
        ":smile:",
        "$$",
    ]
)
TEXT = st.lists(st.one_of(LIVE, st.text(max_size=8)), max_size=12).map("".join)


class Seen(HTMLParser):
    """Elements, attributes and text as a browser parses them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def see(page: str) -> Seen:
    seen = Seen()
    seen.feed(page)
    seen.close()
    return seen


def settings() -> dict[str, object]:
    """The site's Markdown extensions."""
    path = Path(__file__).parents[1] / "templates" / "mkdocs.yml"  # what is as in every archive
    config = read_settings(path.read_text(), "mkdocs.yml")[0]
    names: list[str] = []
    configs: dict[str, object] = {}
    for extension in config["markdown_extensions"]:
        if isinstance(extension, dict):
            configs |= extension
            names += extension
        else:
            names.append(extension)
    return {"extensions": names, "extension_configs": configs}


EVERY = ["fenced_code", "footnotes", "attr_list", "def_list", "tables", "abbr", "md_in_html", "admonition", "smarty"]
PYMDOWNX = ["pymdownx.snippets", "pymdownx.superfences", "pymdownx.emoji", "pymdownx.magiclink", "pymdownx.blocks.html"]


@pytest.mark.parametrize("extensions", [None, EVERY, PYMDOWNX], ids=["ours", "standard", "pymdownx"])
def test_any_text_is_shown_unchanged(extensions: list[str] | None) -> None:
    given_settings = {"extensions": extensions} if extensions else settings()
    render = markdown.Markdown(**given_settings)  # type: ignore[arg-type]

    @given(TEXT)
    def shown(text: str) -> None:
        safe = escape.html(text)
        page = f'## Own heading\n\n<div>\n<p title="{safe}">BEGIN{safe}END</p>\n</div>\n\nOwn *words*.\n'
        seen = see(render.reset().convert(page))
        names = [tag for tag, attributes in seen.elements if tag != "a"]  # except the heading's permalink
        assert names == ["h2", "div", "p", "p", "em"]
        assert ("p", [("title", escape.plain(text))]) in seen.elements
        shown_text = "".join(seen.text)
        assert shown_text[shown_text.index("BEGIN") + 5 : shown_text.rindex("END")] == escape.plain(text)

    shown()


@given(TEXT)
def test_escaped_text_holds_no_template_syntax(text: str) -> None:
    page = str(escape.html(text))
    assert jinja2.Environment(keep_trailing_newline=True).from_string(page).render() == page


@given(TEXT)
def test_front_matter_is_one_value_and_harmless_in_html(text: str) -> None:
    value = yaml.safe_load(f"title: {escape.yaml(text)}\n")["title"]
    seen = see(f'<title>{value}</title><meta content="{value}">')
    assert "".join(seen.text) == escape.plain(text)
    assert seen.elements == [("title", []), ("meta", [("content", escape.plain(text))])]


@given(TEXT)
def test_json_in_a_script_is_one_value(text: str) -> None:
    written = escape.json_script({"words": text})
    assert json.loads(written) == {"words": escape.plain(text)}
    assert "<" not in written
    assert "&" not in written
    assert "{{" not in written
    page = f'<div>\n<script type="application/json">{written}</script>\n</div>\n'
    rendered = markdown.Markdown(extensions=EVERY).convert(page)
    assert json.loads(rendered[rendered.index(">{") + 1 : rendered.index("</script>")]) == {"words": escape.plain(text)}


@given(TEXT)
def test_a_file_name_stays_in_its_folder(text: str) -> None:
    name = escape.file_name(text)
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= escape.LONGEST_NAME + 7
    assert escape.file_name(name) == name or len(name) > escape.LONGEST_NAME


def test_file_names_of_different_texts_differ() -> None:
    names = ["Łódź", "Lodz", "lodz", "李", "王", "", " ", "a b", "a-b"]
    assert len({escape.file_name(n) for n in names}) == len(names)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " \x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "/etc",
        "x",
        "",
        "http://",
        "https://bank.example@evil.example/",
        'https://example.org/"onclick="x',
        "https://example.org/\u202egpj",
        "mailto:",
        "feed:https://example.org",
    ],
)
def test_unsafe_addresses_are_refused(address: str) -> None:
    assert escape.link(address) is None


@pytest.mark.parametrize(
    "address",
    ["http://example.org", "https://example.org/a?b=c&d=e#f", "HTTPS://example.org/é", "mailto:desk@example.org"],
)
def test_safe_addresses_are_accepted(address: str) -> None:
    assert escape.link(f" {address} ") == address

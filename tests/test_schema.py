"""content/schema.py, edtf.py and field_types.py: allowed values, and the published schemas."""

import json
import re
import subprocess

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from briefing.content.edtf import edtf_mistake, find_date
from briefing.content.field_types import language_mistake
from briefing.content.schema import Settings
from briefing.validate.json_schema import PUBLISHED, SCHEMAS, json_schema
from tests.conftest import ROOT
from tests.test_workflows import tool


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_schemas_match_the_models(name):
    committed = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == json_schema(name), "run: python -m briefing.validate.json_schema"


GOOD = """
2023 2023-05 2023-05-03 2023-21 202X 20XX 2023-XX 2023-05-XX 2023-XX-XX 2023? 2023-05~ 2023-05-03% 2004-02-29
2020/2021 2020-01/2020-03-05 ../2020 2020/.. /2020 2020/ -0044 Y17000 2021-05-03T10:00:00Z
"""


@pytest.mark.parametrize("value", GOOD.split())
def test_good_edtf(value):
    assert edtf_mistake(value) is None
    assert parse_edtf(value)


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        ("2023-02-30", None), ("2001-02-29", None), ("2023-13", None), ("2023-25", None), ("2023-00-10", None),
        ("yesterday", None), ("", None), ("/", None), ("05/06/2021", None), ("2023-05-03T25:00:00", "2023-05-03"),
        ("3 May 2021", "2021-05-03"), ("May 3, 2021", "2021-05-03"), ("2021/05/03", "2021-05-03"),
        ("2021-5-3", "2021-05-03"), ("5/2021", "2021-05"), ("2021/5", "2021-05"), ("25.12.2021", "2021-12-25"),
        ("2022/2020", "2020/2022"),
    ],
)  # fmt: skip
def test_bad_edtf(value, fix):
    assert edtf_mistake(value)[1] == fix


@given(st.text(alphabet="0123456789-/.XY?~%TZ: ", max_size=24))
def test_suggested_fix_is_valid(value):
    wrong = edtf_mistake(value)
    if wrong and wrong[1]:
        assert edtf_mistake(wrong[1]) is None


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Posted on 3 May 2021 by the desk", "2021-05-03"), ("Sept. 25, 2023", "2023-09-25"),
        ("25th of September, 2023", "2023-09-25"), ("2023年9月25日", "2023-09-25"), ("2023-09-25-quay", "2023-09-25"),
        ("25/09/2023", "2023-09-25"), ("09/25/2023", "2023-09-25"), ("03.04.2021", "2021-04-03"),
        ("03/04/2021", None), ("May 2021", "2021-05"), ("30 February 2021", None), ("yesterday", None),
        ("in 2021", None), ("12345-06-07", None), ("May 3", None),
    ],
)  # fmt: skip
def test_find_date(text, edtf):
    found = find_date(text)
    assert (found.edtf if found else None) == edtf


@given(st.text(max_size=80))
def test_found_date_lies_in_its_text(text):
    found = find_date(text)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert edtf_mistake(found.edtf) is None


@pytest.mark.parametrize("tag", ["en", "en-GB", "zh-Hans", "zh-Hant-TW", "sr-Latn", "de-CH-1996", "yue", "es-419"])
def test_good_language(tag):
    assert language_mistake(tag) is None


@pytest.mark.parametrize(
    ("tag", "meant"), [("English", "en"), ("en_US", "en-US"), ("EN", "en"), ("zz", None), ("zh-hans", "zh-Hans")]
)
def test_bad_language(tag, meant):
    assert language_mistake(tag)[1] == meant


def test_schema_accepts_a_bare_year():
    role = json.loads(json_schema("actor"))["$defs"]["RoleEntry"]["properties"]["until"]
    assert ["string", "number", "boolean"] in [choice["type"] for choice in role["anyOf"]]
    assert json.loads(json_schema("actor"))["properties"]["kind"]["enum"], "where only some words are right, they are"


@pytest.mark.parametrize(("name", "files"), [("actor", "actors/*.yaml"), ("topic", "topics/*.yaml")])
def test_our_files_match_the_schemas(name, files):
    paths = [str(p) for p in sorted(ROOT.glob(files)) if p.name != "countries.yaml"]
    command = [tool("check-jsonschema"), "--schemafile", str(SCHEMAS / f"{name}.schema.json"), *paths]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_settings_are_documented_with_their_defaults():
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.+?) \| (.+?) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    told = {name: default for names, default, _ in rows for name in re.findall(r"`(\w+)`", names)}
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    settings = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in defaults.items()}
    assert told.keys() <= settings.keys()  # the rest is in the reference of the manual
    for name, shown in told.items():
        assert f"`{settings[name]}`" in shown or settings[name] == name, name

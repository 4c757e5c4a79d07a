"""Schemas of contributed files as JSON Schema, for editors: `python -m briefing.validate.json_schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from briefing.content.schema import ActorFile, Countries, FrontMatter, Settings, TopicFile
from briefing.corrections.files import CorrectionsFile

SCHEMAS = Path(__file__).parents[2] / "schemas"

PUBLISHED: dict[str, type[BaseModel]] = {
    "front-matter": FrontMatter,
    "actor": ActorFile,
    "countries": Countries,
    "topic": TopicFile,
    "corrections": CorrectionsFile,
    "settings": Settings,
}


def _bare_words(schema: Any) -> Any:
    """Allow numbers wherever text is allowed, since editors read `until: 2016` and `title: 1984` as numbers.

    We read each value as written (yaml_source.py).
    """
    if isinstance(schema, list):
        return [_bare_words(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _bare_words(part) for key, part in schema.items()}
    if told.get("type") == "string" and not told.keys() & {"pattern", "enum", "const"}:
        told["type"] = ["string", "number", "boolean"]
    return told


def json_schema(name: str) -> str:
    """Return a model as JSON Schema."""
    schema = _bare_words(PUBLISHED[name].model_json_schema())
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name} | schema
    return json.dumps(schema | {"title": name}, indent=2, ensure_ascii=False) + "\n"


def write_json_schemas(folder: Path = SCHEMAS) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in PUBLISHED:
        (folder / f"{name}.schema.json").write_text(json_schema(name), encoding="utf-8")


if __name__ == "__main__":
    write_json_schemas()

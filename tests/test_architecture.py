"""The rooms and the doors between them: imports point one way, and only some rooms touch the disk."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "briefing"
FILES = {p.relative_to(PACKAGE).with_suffix("").as_posix().replace("/__init__", ""): p for p in PACKAGE.rglob("*.py")}
ROOM = {name: name.split("/", 1)[0] for name in FILES}
# Rooms in the order of the stages: each may import from rooms to its left.
ORDER = [
    "model", "errors", "languages", "absolute_dates", "yaml_text", "ids", "values", "schema", "contributed",
    "report", "cache", "config", "decode", "read", "moves", "inline", "wrapping", "structure", "identify", "clean",
    "mend", "advice", "new", "imports", "sentences", "rules", "reader", "analyse", "facts",
    "git", "revision", "terms", "registry", "topics", "knowledge",
    "link", "candidates", "corrections", "one", "contract", "edtf_words", "near", "duplicates", "rows", "compare",
    "archive", "escape", "pages", "publish", "history", "diff", "review", "actor_verbs", "forms",
]  # fmt: skip
KNOWS_THE_ORDER = {"pipeline", "cli", "verbs", "check", "fix"}


def imports(name: str) -> set[str]:
    """Rooms of ours that a file imports from, when it runs (what only types need does not count)."""
    tree = ast.parse(FILES[name].read_text(encoding="utf-8"))
    typing_only = {id(n) for test in ast.walk(tree) if _is_type_checking(test) for n in ast.walk(test)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "briefing":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("briefing.")}
    return found - {ROOM[name]}


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@pytest.mark.parametrize("name", sorted(FILES))
def test_imports_point_one_way(name: str) -> None:
    room = ROOM[name]
    if room not in ORDER:
        return
    later = {r for r in imports(name) if r not in ORDER or ORDER.index(r) > ORDER.index(room)}
    assert not later, f"{name} imports {sorted(later)}, which come after it"


def test_the_model_imports_nothing_of_ours() -> None:
    assert imports("model") == set()


@pytest.mark.parametrize("name", sorted(n for n in FILES if ROOM[n] not in KNOWS_THE_ORDER))
def test_only_the_pipeline_knows_the_order(name: str) -> None:
    assert "pipeline" not in imports(name)


@pytest.mark.parametrize("name", sorted(n for n in FILES if n != "analyse"))
def test_the_language_model_stays_behind_its_seam(name: str) -> None:
    tree = ast.parse(FILES[name].read_text(encoding="utf-8"))
    modules = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    modules |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not {m for m in modules if m.split(".")[0] in ("spacy", "thinc")}


@pytest.mark.parametrize("name", sorted(n for n in FILES if n != "reader/encoder"))
def test_the_encoder_stays_behind_its_seam(name: str) -> None:
    assert "onnxruntime" not in FILES[name].read_text(encoding="utf-8")

"""Print a CycloneDX bill of materials of what requirements.lock installs: names, versions, hashes, licences.

    .venv/bin/python .ci/bill_of_materials.py > bill-of-materials.cdx.json

The licences are those that the installed packages state. The same lock file gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    address = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    found: dict[str, Any] = {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address}
    if licence := stated_licence(name):
        found["licenses"] = [licence]
    found["properties"] = [{"name": "sha256 of a file", "value": value} for value in sorted(hashes)]
    return found


def stated_licence(name: str) -> dict[str, Any] | None:
    try:
        stated = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # for another system
        return None
    if expression := stated.get("License-Expression"):
        return {"expression": expression}
    classes = [c.rsplit(" :: ", 1)[-1] for c in stated.get_all("Classifier") or () if c.startswith("License :: ")]
    return {"license": {"name": classes[0]}} if classes else None


def bill(lock: str, version: str) -> dict[str, Any]:
    found = [component(m["name"], m["version"], HASH.findall(m["rest"])) for m in PINNED.finditer(lock)]
    ours = {"type": "application", "bom-ref": "briefing-archive", "name": "briefing-archive", "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": ours},
        "components": sorted(found, key=lambda c: c["bom-ref"]),
        "dependencies": [{"ref": "briefing-archive", "dependsOn": sorted(c["bom-ref"] for c in found)}],
    }


if __name__ == "__main__":
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "([^"]+)"', project, re.MULTILINE)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    json.dump(bill(lock, version[1] if version else "0"), sys.stdout, indent=1)
    sys.stdout.write("\n")

"""What several test files share: the real model, and readings of a text by the real stages."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material that is not part of the project; tests that need it are skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED

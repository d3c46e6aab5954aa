"""Public conformance data that stands beside the project, where it does; nothing of it is kept in here."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared(name: str) -> Path:
    """The file ``name`` of the shared material; a test without it is skipped, and says so."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"no conformance data here: {path} is missing")
    return path

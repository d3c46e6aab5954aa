"""The script that writes the bill of materials, and what it reads in the locks."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@cache
def script() -> ModuleType:
    """``docs/sbom.py``, which is no module of a package."""
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "docs" / "sbom.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["sbom"] = module
    spec.loader.exec_module(module)
    return module


def pinned(lock: str) -> list[Any]:
    """What one of the locks pins."""
    return [*script().pins((ROOT / lock).read_text(encoding="utf-8"))]

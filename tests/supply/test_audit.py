"""The audit of what is pinned, on answers as pip-audit and OSV give them."""

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.supply import __main__ as command
from tests.supply.audit import holes, names
from tests.supply.lock import ROOT

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TOLD: dict[str, Any] = {
    "dependencies": [
        {"name": "nh3", "version": "0.3.8", "vulns": []},
        {
            "name": "pillow",
            "version": "13.0.0",
            "vulns": [
                {
                    "id": "PYSEC-2026-9001",
                    "fix_versions": ["13.0.1"],
                    "aliases": ["CVE-2026-99001", "GHSA-aaaa-bbbb-cccc"],
                    "description": "A picture writes where it should not.",
                }
            ],
        },
    ],
    "fixes": [],
}


def described(severity: str | None, published: str, **more: str) -> dict[str, dict[str, Any]]:
    """As OSV has them: its own record says no word of severity, the alias of GitHub does."""
    own = {"id": "PYSEC-2026-9001", "published": published, **more}
    alias = {"id": "GHSA-aaaa-bbbb-cccc", "published": published, "database_specific": {"severity": severity}, **more}
    return {"PYSEC-2026-9001": own} | ({"GHSA-aaaa-bbbb-cccc": alias} if severity else {})


@pytest.mark.parametrize(
    ("severity", "published", "fails"),
    [
        ("HIGH", "2026-11-20T11:00:00Z", True),
        ("CRITICAL", "2026-01-01T00:00:00Z", True),
        ("HIGH", "2026-11-22T12:00:00Z", False),
        ("MODERATE", "2026-01-01T00:00:00Z", False),
        ("LOW", "2026-01-01T00:00:00Z", False),
        (None, "2026-01-01T00:00:00Z", True),
        (None, "2026-11-27T00:00:00Z", False),
    ],
)
def test_what_is_high_and_old_fails(severity: str | None, published: str, *, fails: bool) -> None:
    (hole,) = holes(TOLD, described(severity, published))
    assert hole.fails(NOW) is fails
    assert published[:10] in str(hole)
    assert str(hole).startswith("pillow 13.0.0: PYSEC-2026-9001, ")


def test_what_nobody_describes_fails() -> None:
    (hole,) = holes(TOLD, {})
    assert hole.fails(NOW)
    assert str(hole) == "pillow 13.0.0: PYSEC-2026-9001, of unknown severity, since nobody knows when"


def test_what_was_taken_back_is_none() -> None:
    assert holes(TOLD, described("HIGH", "2026-01-01T00:00:00Z", withdrawn="2026-02-01T00:00:00Z")) == []


def test_every_name_is_asked_for() -> None:
    assert names(TOLD) == ["CVE-2026-99001", "GHSA-aaaa-bbbb-cccc", "PYSEC-2026-9001"]


def test_an_environment_that_debian_has_made_without_pip_is_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was not, and said that the list was not in reach."""
    assert command.pip() == [sys.executable, "-m", "pip"]
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    assert command.pip() == ["python3", "-m", "pip"]


def test_where_the_list_is_not_in_reach_it_says_so_and_passes() -> None:
    blind = "import socket; socket.create_connection = lambda *_: (_ for _ in ()).throw(OSError('no way there'))"
    start = (
        f"{blind}; import sys; sys.argv = ['x', '--audit']; from tests.supply.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout == "requirements.lock: not audited, the list of known holes is not in reach: no way there\n"

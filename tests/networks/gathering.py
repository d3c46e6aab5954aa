"""What the marked tests show, by row and column, as pytest collects or runs them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.networks.rows import REAL, ROWS

ROOT = Path(__file__).parents[2]
_ROWS = {end: row for row in ROWS for end in row.ends}
_QUIET = ("-q", "-m", "shows", "-p", "no:cacheprovider", "-p", "no:randomly")


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A test that shows something: ``server`` is the real one that it does so at, or empty.

    ``lacks``: it shows that there is no such thing, and that relay says so.
    """

    path: str
    test: str
    server: str = ""
    lacks: bool = False


Cells = Mapping[tuple[str, str], list[Shown]]
"""By the title of the row and the name of the column; those at real servers first."""


@dataclass(slots=True)
class Gatherer:
    """A plug-in of pytest: ``found`` is what each collected test shows, ``failed`` which of them did not pass."""

    found: dict[str, list[tuple[str, str, Shown]]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """All that is left when everything is chosen."""
        self.found = {item.nodeid: list(_shown(item)) for item in session.items if isinstance(item, pytest.Function)}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that is skipped has shown nothing."""
        if report.failed or report.skipped:
            self.failed.add(report.nodeid)
        elif report.when == "call":
            self.passed.add(report.nodeid)

    def cells(self) -> Cells:
        """The table."""
        cells: dict[tuple[str, str], set[Shown]] = defaultdict(set)
        for row, column, shown in (one for found in self.found.values() for one in found):
            cells[row, column].add(shown)
        return {
            place: sorted(found, key=lambda one: (one.lacks, not one.server, one)) for place, found in cells.items()
        }


def gather(*options: str) -> Gatherer:
    """Let pytest collect the marked tests and, without ``--collect-only``, run them."""
    gatherer = Gatherer()
    code = pytest.main([*_QUIET, *options, *_files()], plugins=[gatherer])
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise SystemExit(code)
    return gatherer


def _files() -> list[str]:
    tests = (ROOT / "tests").rglob("test_*.py")
    return sorted(str(file) for file in tests if "pytest.mark.shows(" in file.read_text(encoding="utf-8"))


def _shown(item: pytest.Function) -> Iterator[tuple[str, str, Shown]]:
    """The mark has the columns; ``at`` names the far end where no fixture does."""
    for mark in item.iter_markers("shows"):
        for end in [mark.kwargs["at"]] if "at" in mark.kwargs else _ends(item):
            path = item.path.relative_to(ROOT).as_posix()
            shown = Shown(path, item.originalname, REAL.get(end, ""), mark.kwargs.get("lacks", False))
            yield from ((_ROWS[end].title, column, shown) for column in mark.args)


def _ends(item: pytest.Function) -> list[str]:
    """The far ends that a test is repeated for, or else those that it asks for."""
    given = [value for value in item.callspec.params.values() if isinstance(value, str)] if _repeated(item) else []
    return [end for end in given if end in _ROWS] or [end for end in item.fixturenames if end in _ROWS]


def _repeated(item: pytest.Function) -> bool:
    return hasattr(item, "callspec")

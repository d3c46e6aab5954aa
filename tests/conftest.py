"""For every test: a database of each kind, and properties that say the same thing each time they are asked."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.haste import make_haste

NOTHING_SKIPPED = bool(os.environ.get("RELAY_NOTHING_SKIPPED"))

pytest_plugins = ["tests.sharing", "tests.edges.databases", "tests.servers", "tests.edges.real_servers"]

settings.register_profile("relay", deadline=None, derandomize=True)
settings.load_profile("relay")
make_haste()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A failure is named when it happens: whoever waits for half an hour, or sees only the beginning, knows it."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nfailed: {report.nodeid} ({report.when})", flush=True)  # noqa: T201


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option of this project."""
    parser.addoption("--thorough", action="store_true", help="also what is marked as thorough, which takes long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What shows once more what others show is left to ``./run test --thorough``."""
    if not config.getoption("--thorough"):
        left = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed, as ``.ci/run`` does, a test that is skipped has failed."""
    report = yield
    if report.skipped and NOTHING_SKIPPED and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr}"
    return report

"""The same with real servers: Bluesky's own as one of the far ends, and PostgreSQL as the database."""

from pathlib import Path

import pytest

from tests.fakes.pds import Pds
from tests.torture.accounts import PDS
from tests.torture.posted import records
from tests.torture.run import Plan, Report, run


@pytest.mark.pds
def test_on_bluesky_s_own_server_each_post_is_a_record_exactly_once(tmp_path: Path, pds: Pds) -> None:
    members = tuple(pds.join() for _ in range(4))
    report = run(Plan(posts=40, kills=4, only=PDS), tmp_path, pds, members)

    _holds(report)
    assert report.on_pds == report.verdict.sent == 40
    assert sum(report.in_flight) > 0
    for member in members:
        assert sorted(records(pds, member, page=3)) == sorted(record["text"] for record in pds.records(member))


def test_on_postgresql_each_post_is_there_exactly_once(tmp_path: Path, postgresql_address: str) -> None:
    report = run(Plan(posts=200, kills=20, database=postgresql_address), tmp_path)

    _holds(report)
    assert sum(report.in_flight) >= 3 * 20


def _holds(report: Report) -> None:
    found = report.verdict
    assert (found.lost, found.duplicated, found.unexpected, found.wrong) == (0, 0, 0, ())
    assert report.bad_ends == ()

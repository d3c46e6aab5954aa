"""A copy of an hour ago, put back by the command under a whole daemon: nothing is shown a second time, nothing is lost."""

from pathlib import Path

from relay.core.crosspost import State
from tests.ending.copied import copied
from tests.ending.far import ACCOUNTS, SILENT
from tests.ending.restored import run

MANY = len(ACCOUNTS)


def test_nothing_is_shown_twice_by_a_daemon_on_a_copy_of_an_hour_ago(tmp_path: Path) -> None:
    """What was sent before the copy and after it, approved after it, changed: all of it stands there once."""
    found = run(tmp_path)

    assert found.looked_over
    assert found.twice == []
    assert found.before.keys() <= found.shown.keys(), "and nothing is lost"
    taken_back = {("keyed2", 105)}
    assert found.shown.keys() - found.before.keys() <= taken_back
    assert {one.account for one in found.unknown} == {SILENT, "keyed"}, "nobody can tell, or other words stand there"
    assert len(found.later) == MANY
    early = [one for one in found.later if one.state not in {State.SCHEDULED, State.UNCONFIRMED}]
    assert early == [], "what has its hour tomorrow does not leave today"


def test_copies_under_load_are_each_sound(tmp_path: Path) -> None:
    assert copied(tmp_path, 10) == 10

"""A short trial of several workers holds; what it is judged by finds what is wrong, and so does a run with a bug planted."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from sqlalchemy import URL

from tests.scale import database
from tests.scale.conftest import made
from tests.scale.database import Server
from tests.scale.ends import Told
from tests.scale.far import Seen
from tests.scale.farm import Asked
from tests.scale.manners import forgotten, manners
from tests.scale.plan import Times, short
from tests.scale.report import told
from tests.scale.run import run
from tests.scale.takeovers import takeovers
from tests.scale.torment import Incident

FIRST = Asked(10.0, 10.2, "worker0", 0, "127.1.0.1")
SECOND = Asked(11.3, 11.4, "worker1", 1, "127.1.0.1")


def test_workers_that_stop_die_and_are_cut_off_lose_and_double_nothing(postgresql_made: URL, tmp_path: Path) -> None:
    plan = short()
    found = run(plan, tmp_path, _server(postgresql_made, tmp_path))
    assert found.holds, told(plan, found)
    assert (found.posts, found.lost, found.duplicated, found.unexpected) == (40, 0, 0, 0)
    assert sum(found.incidents.values()) >= 2


def _server(server: URL, tmp_path: Path) -> Server:
    return database.at(made(server, f"scale_{tmp_path.name}"))


def test_a_second_between_two_requests_to_a_host_is_kept() -> None:
    assert manners([FIRST, SECOND], (), 60).hurried == ()


def test_a_host_that_is_hurried_is_found_unless_who_asked_was_stopped() -> None:
    soon = replace(SECOND, began=10.9)
    assert manners([FIRST, soon], (), 60).hurried == ("127.1.0.1: worker0 and worker1, 0.70 s apart",)
    found = manners([FIRST, soon], [Incident("stop", "worker1", 0.0, 10.5)], 60)
    assert (found.hurried, found.hurried_beside) == ((), 1)


def test_a_source_that_is_asked_twice_is_found_unless_who_asked_first_died() -> None:
    again = replace(SECOND, source=0)
    assert manners([FIRST, again], (), 60).twice == ("source 0: worker0 and worker1, 1.3 s apart",)
    found = manners([FIRST, again], [Incident("kill", "worker0", 10.3, 11.3)], 60)
    assert (found.twice, found.twice_beside) == ((), 1)
    assert manners([FIRST, again], [Incident("kill", "worker1", 10.3, 11.3)], 60).twice_beside == 0


def test_a_source_that_nobody_asks_any_more_is_found() -> None:
    assert forgotten([FIRST], 60, 25, 90) == []
    assert forgotten([FIRST], 60, 25, 100) == ["source 0, 90 s after worker0 asked it last"]


def test_a_takeover_is_measured_from_the_death_to_the_next_source_that_was_due() -> None:
    death = Incident("kill", "worker0", 10.5, 11.5)
    later = replace(SECOND, began=30.0)
    seen = Seen(99.0, [FIRST, later], [], Counter())
    (found,) = takeovers(seen, [death], Times(), {})
    assert (found.seconds, found.is_clear) == (19.5, True)
    assert takeovers(seen, [replace(death, target="worker1")], Times(), {}) == []
    (compound,) = takeovers(seen, [death, Incident("stop", "worker1", 12.0, 29.0)], Times(), {})
    assert not compound.is_clear


def test_a_takeover_of_an_account_is_measured_by_a_post_that_had_its_yes() -> None:
    calls = [Told(10.0, "worker0", "bare0", 1), Told(26.0, "worker1", "bare0", 2)]
    seen = Seen(99.0, [], calls, Counter())
    death = [Incident("stop", "worker0", 10.5, 28.0)]
    assert [one.seconds for one in takeovers(seen, death, Times(), {("bare0", 2): 5.0})] == [15.5]
    assert takeovers(seen, death, Times(), {("bare0", 2): 20.0}) == []

"""Tokens that end: renewed in time by one process alone, foretold where only a person can renew, never lost in silence."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Barrier, Thread

import pytest

from relay.core.crosspost import State
from relay.pipeline.accounts import connected, foretelling, renewing, rotating
from relay.pipeline.accounts.connecting import disconnect
from relay.storage import accounts, grants
from relay.storage.database import Database
from tests.fakes.wire import Fault
from tests.pipeline.town import CAMILLE, Town, town_at
from tests.pipeline.world import Crash

LIFE = timedelta(hours=2)


@pytest.fixture
def town(db: Database, tmp_path: Path) -> Iterator[Town]:
    with town_at(db, tmp_path) as found:
        found.authority.token_life = LIFE
        found.authority.refresh_life = timedelta(days=60)
        yield found


def test_a_token_is_renewed_a_fifth_of_its_life_before_it_ends(town: Town) -> None:
    town.connect()
    town.pass_(minutes=95)
    town.watch()
    assert town.asked_for_tokens() == 0

    town.pass_(minutes=2)
    town.watch()
    assert town.asked_for_tokens() == 1
    assert (town.kept().version, town.kept().expires_at) == (2, town.now() + LIFE)


def test_posts_leave_for_days_though_each_token_lives_for_hours(town: Town) -> None:
    town.connect()
    for _ in range(30):
        town.pass_(hours=1)
        town.watch()
    town.world.poll()
    town.approve_all()

    assert {one.state for one in town.deliver()} == {State.SENT}


def test_of_two_processes_one_renews(town: Town) -> None:
    town.connect()
    town.pass_(minutes=100)
    together = Barrier(2)

    def watch() -> None:
        together.wait()
        town.watch()

    threads = [Thread(target=watch) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (town.asked_for_tokens(), town.kept().version, town.is_held()) == (1, 2, False)


def test_a_delivery_that_finds_its_token_ended_renews_it_and_sends_the_same_again(town: Town) -> None:
    town.connect()
    town.world.poll()
    town.approve_all()
    town.pass_(hours=3)
    first = town.deliver()
    town.pass_(minutes=2)
    second = town.deliver()

    assert {one.state for one in first} == {State.SCHEDULED}
    assert (town.asked_for_tokens(), len(town.told())) == (1, 2)
    assert {one.state for one in second} == {State.SENT}


def test_a_token_that_is_refused_at_once_after_it_was_renewed_is_not_renewed_again(town: Town) -> None:
    town.connect()
    town.world.poll()
    town.approve_all()
    town.authority.access.clear()
    town.pass_(minutes=10)
    town.deliver()
    town.authority.access.clear()
    town.pass_(minutes=2)
    town.deliver()

    assert (town.asked_for_tokens(), town.is_held()) == (1, True)


def test_a_server_that_is_away_is_asked_again_and_nothing_is_held(town: Town) -> None:
    town.connect()
    town.pass_(minutes=100)
    town.wire.faults = [Fault.UNAVAILABLE]
    town.watch()
    assert (town.is_held(), town.kept().lease_until) == (False, None)
    assert town.kept().note

    town.pass_(minutes=15)
    town.watch()
    assert (town.kept().version, town.kept().note) == (2, "")


def test_a_renewal_that_is_refused_holds_the_account(town: Town) -> None:
    town.connect()
    town.revoke()
    town.pass_(minutes=100)
    town.watch()

    assert (town.is_held(), town.kept().refresh_at) == (True, None)
    town.pass_(minutes=10)
    town.watch()
    assert town.asked_for_tokens() == 1


def test_a_crash_between_the_answer_and_its_storing_is_said_plainly(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.connect()
    town.pass_(minutes=100)

    def die(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(grants, "renew", die)
        with pytest.raises(Crash):
            town.watch()
    town.watch()
    assert town.asked_for_tokens() == 1  # nobody knows yet that it died

    town.pass_(minutes=3)
    town.watch()
    with town.db.read() as tx:
        hold = accounts.holds(tx)["toots"]
    assert hold.why.startswith("Relay stopped while its access was being renewed, and the answer was lost.")

    town.connect()
    assert not town.is_held()


def test_a_crash_before_the_server_was_asked_costs_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.connect()
    town.pass_(minutes=100)

    def die(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(renewing, "_asked", die)
        with pytest.raises(Crash):
            town.watch()
    town.pass_(minutes=3)
    town.watch()

    assert (town.kept().version, town.is_held()) == (2, False)


def test_an_account_that_is_connected_while_it_is_renewed_keeps_what_connected_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.connect()
    town.pass_(minutes=100)
    asked = renewing._asked

    def meanwhile(*arguments: object) -> object:
        answer = asked(*arguments)  # type: ignore[arg-type]  # handed on as they came
        town.connect()
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(renewing, "_asked", meanwhile)
        town.watch()

    assert town.kept().granted_at == town.now()
    assert town.kept().version == 2


def test_a_clock_that_goes_on_while_an_access_is_renewed_loses_nothing(town: Town) -> None:
    town.connect()
    town.pass_(minutes=100)
    ticks = count()
    renewing.renew_due(town.db, town.http, town.desk, lambda: town.now() + timedelta(milliseconds=next(ticks)))

    assert (town.asked_for_tokens(), town.kept().version, town.kept().lease_until) == (1, 2, None)


def test_a_clock_that_is_ahead_of_the_server_s_does_not_renew_again_and_again(town: Town) -> None:
    """By the server's own date, every access has ended before it is there."""
    town.connect()
    town.world.pass_(hours=5)
    for _ in range(12):
        town.watch()
        town.world.pass_(seconds=5)

    assert town.asked_for_tokens() == 1


def test_a_clock_that_was_put_back_keeps_no_access_from_being_renewed(town: Town) -> None:
    town.connect()
    town.world.poll()
    town.approve_all()
    with town.db.write() as tx:
        late = town.now() + timedelta(days=1)
        grants.put(tx, replace(town.kept(), granted_at=late))
    town.authority.access.clear()
    town.deliver()

    assert (town.asked_for_tokens(), town.is_held()) == (1, False)


def foretold(town: Town) -> list[int]:
    return [one.days for one in foretelling.foretell(town.db, town.desk, town.now())]


def test_an_end_is_foretold_14_7_and_1_days_before_once_each(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    town.authority.token_life, town.authority.refresh_life = timedelta(days=60), None
    town.connect()
    said = {}
    for left in reversed(range(60)):
        town.pass_(days=1)
        said[left] = foretold(town)

    assert {left: days for left, days in said.items() if days} == {14: [14], 7: [7], 1: [1]}
    assert caplog.text.count("connect it anew by `relay account connect toots`") == 3


def test_an_end_that_is_found_late_is_foretold_once(town: Town) -> None:
    town.authority.token_life, town.authority.refresh_life = timedelta(days=60), None
    town.connect()
    town.pass_(days=58)

    assert (foretold(town), foretold(town)) == ([7], [])


def test_what_relay_renews_itself_is_not_foretold(town: Town) -> None:
    town.connect()
    assert foretold(town) == []


def test_the_end_of_renewing_itself_is_foretold(town: Town) -> None:
    town.authority.tells_refresh_end = True
    town.connect()
    town.pass_(days=50)
    assert foretold(town) == [14]


def test_an_end_that_a_renewal_tells_again_by_other_seconds_is_not_foretold_again(town: Town) -> None:
    town.authority.tells_refresh_end = True
    town.connect()
    town.pass_(days=50)
    assert foretold(town) == [14]
    with town.db.write() as tx:
        kept = town.kept()
        assert kept.ends_at
        grants.put(tx, replace(kept, ends_at=kept.ends_at + timedelta(seconds=2)))
    assert foretold(town) == []


def test_an_account_that_is_connected_anew_is_foretold_anew(town: Town) -> None:
    town.authority.token_life, town.authority.refresh_life = timedelta(days=5), None
    town.connect()
    assert foretold(town) == [7]
    town.pass_(hours=1)
    town.connect()
    assert (foretold(town), foretold(town)) == ([7], [])


def meanwhile(town: Town, monkeypatch: pytest.MonkeyPatch, what: Callable[[], object]) -> None:
    """One look at the accounts, in which ``what`` happens while the server is asked."""
    asked = renewing._asked

    def slowly(*arguments: object) -> object:
        answer = asked(*arguments)  # type: ignore[arg-type]  # handed on as they came
        what()
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(renewing, "_asked", slowly)
        town.watch()


def test_a_key_that_is_changed_while_an_access_is_renewed_opens_what_came(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.connect()
    town.pass_(minutes=100)
    meanwhile(town, monkeypatch, lambda: rotating.rotate(town.db, town.desk))

    assert town.kept().version == 2
    with town.db.read() as tx:
        assert connected.current(tx, town.desk).unusable("toots") == ""


def test_what_is_disconnected_while_it_is_renewed_stays_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.connect()
    town.pass_(minutes=100)
    meanwhile(town, monkeypatch, lambda: disconnect(town.db, town.desk, "toots", CAMILLE))

    with town.db.read() as tx:
        assert grants.get(tx, "toots") is None


def test_another_server_is_shown_nothing_of_what_this_one_gave(town: Town) -> None:
    """The account's ``instance`` was changed: neither the token nor what renews it goes there."""
    town.connect()
    calls = len(town.wire.calls)
    moved = replace(town.desk.accounts["toots"], options={"instance": town.wire.url.replace("127.0.0.1", "localhost")})
    town.world.desk = replace(town.desk, accounts={"toots": moved})
    town.pass_(minutes=100)
    town.watch()
    town.world.poll()
    town.approve_all()

    assert (town.deliver(), town.is_held(), len(town.wire.calls)) == ([], True, calls)
    with town.db.read() as tx:
        assert "connect it anew" in connected.current(tx, town.desk).unusable("toots")


def test_a_claim_is_of_one_version(town: Town) -> None:
    town.connect()
    kept, now = town.kept(), town.now()
    with town.db.write() as tx:
        assert grants.claim(tx, kept, now, now + LIFE)
        assert not grants.claim(tx, kept, now, now + LIFE)
        assert grants.claim(tx, kept, now + LIFE, now + 2 * LIFE)
        assert not grants.claim(tx, replace(kept, version=9), now + 3 * LIFE, now + 4 * LIFE)

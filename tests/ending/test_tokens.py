"""A token that ends while everybody works is renewed once; one that was taken back holds its account, and no other's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Barrier, Thread

import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import State
from relay.core.telling.listener import Kind
from relay.pipeline.accounts import standing
from relay.pipeline.deliver import deliver
from relay.storage import accounts, crossposts
from tests.edges.opened import migrated
from tests.ending import site
from tests.fakes.wire import Call
from tests.pipeline.town import Town, town_at
from tests.telling.newsdesk import Newsdesk, newsdesk_at

WORKERS = 8


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    db = migrated(tmp_path / "relay.db")
    with town_at(db, tmp_path) as found:
        found.authority.token_life = timedelta(hours=2)
        found.authority.refresh_life = timedelta(days=60)
        found.world.agency.titles = [f"Nouvelle {number}" for number in range(WORKERS)]
        found.connect()
        found.world.poll()
        found.approve_all()
        yield found
    db.close()


def test_eight_that_find_the_token_ended_at_once_have_it_renewed_once(town: Town) -> None:
    town.pass_(hours=3)
    together = Barrier(WORKERS + 1)

    def work() -> None:
        together.wait()
        deliver(town.db, town.http, town.desk, town.now)

    def watch() -> None:
        together.wait()
        town.watch()

    threads = [*(Thread(target=work) for _ in range(WORKERS)), Thread(target=watch)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (town.asked_for_tokens(), town.is_held()) == (1, False)

    for _ in range(12):
        town.pass_(minutes=3)
        town.deliver()
    told = town.told()
    assert (len(told), len(set(told)), town.asked_for_tokens()) == (WORKERS, WORKERS, 1)


def test_a_token_that_was_taken_back_is_shown_once_and_other_accounts_go_on(town: Town) -> None:
    with town.db.read() as tx:
        mine = len(crossposts.by_state(tx, (State.SCHEDULED, State.APPROVED)))
    _second(town)
    town.authority.refreshing.clear()
    town.authority.access = {OTHER: None}
    for _ in range(20):
        town.pass_(minutes=5)
        town.watch()
        town.deliver()

    own = [call for call in town.wire.calls if call.path == "/api/v1/statuses" and _token(call) != OTHER]
    assert len(own) == 1, "no second try, ever"
    assert town.asked_for_tokens() == 1, "whether it can be renewed is asked once"
    assert len(town.told()) == WORKERS, "all that is for the other account has left"
    waiting = [*town.world.in_state(State.HELD), *town.world.in_state(State.SCHEDULED)]
    assert {one.account for one in waiting} == {"toots"}
    assert len(waiting) == mine
    with town.db.read() as tx:
        assert set(accounts.holds(tx)) == {"toots"}


OTHER = "another-token-not-a-real-one"


def _token(call: Call) -> str:
    return call.headers.get("authorization", "").removeprefix("Bearer ")


def _second(town: Town) -> None:
    """The same news for another account of the same server, whose token is in the configuration."""
    other = Account("other", "mastodon", {"instance": town.wire.url}, {"token": Secret(OTHER)})
    town.world.desk = replace(town.desk, accounts={**town.desk.accounts, "other": other})
    now = town.now()
    with town.db.write() as tx:
        for one in range(WORKERS):
            site.store(tx, one, "other", site.keys(one, Random(one), now), now)  # noqa: S311  # no secret


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Newsdesk]:
    db = migrated(tmp_path / "relay.db")
    with newsdesk_at(db, tmp_path) as found:
        yield found
    db.close()


def test_the_owner_is_told_within_a_minute_and_how_many_posts_wait(bench: Newsdesk) -> None:
    bench.listen(Kind.HELD)
    bench.world.agency.titles = ["Un", "Deux", "Trois"]
    bench.world.poll()
    bench.world.approve_all()
    own = [one for one in bench.world.in_state(State.APPROVED) if one.account == "masto"]
    why = "masto.example answered 401: The access token is invalid"
    bench.fall(own[0], State.HELD, why)
    with bench.db.write() as tx:
        standing.hold(tx, bench.world.desk, "masto", why, bench.world.now)
    bench.tell()
    bench.world.pass_(seconds=45)
    bench.tell()

    [letter] = bench.mail.texts()
    assert "401" in letter
    assert "publications qui l’attendent : 3" in " ".join(letter.split())

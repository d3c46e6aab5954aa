"""A worker that slept beyond its time and wakes: what it has in hand counts no more, for another did it meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from relay.core.crosspost import State
from relay.pipeline.apart import Rounds, accounts_due, deliver_one, errands
from relay.pipeline.deliver import deliver_account, ready
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.delivering.shift import Shift
from relay.pipeline.poll import poll_due
from relay.pipeline.polling import quiet
from relay.pipeline.reading.reader import Reader
from relay.pipeline.tidy import tidy
from relay.schedule.distributed.lead import Lead
from relay.storage import copies, fetches, sources
from relay.storage.database import Database
from relay.storage.workers import Worker
from relay.wiring import build
from relay.worker import Bench
from tests.core.things import CROSSPOST
from tests.pipeline.world import NOON, World, desk
from tests.workers.place import placed


@pytest.fixture
def world(db: Database, tmp_path: Path) -> World:
    return World(db, tmp_path / "feeds", desk())


@pytest.mark.parametrize("late", [200, 304, 500])
def test_an_answer_that_another_worker_had_before_changes_nothing(world: World, late: int) -> None:
    world.poll()
    world.pass_(hours=2)
    requests: list[httpx.Request] = []

    def asleep(request: httpx.Request) -> httpx.Response:
        """The host has answered, and before that is stored another worker asks, and has news."""
        requests.append(request)
        answer = world.agency.answer(request) if late == 304 else httpx.Response(late, content=world.agency.feed())
        world.agency.titles.insert(0, "Une nouvelle plus récente")
        world.agency.etag = '"v2"'
        world.poll()
        return answer

    with httpx.Client(transport=httpx.MockTransport(asleep)) as http:
        found = poll_due(world.db, Reader.over(http), world.desk, ["cget"], world.now)
    assert len(requests) == 1
    with world.db.read() as tx:
        state = sources.state(tx, "cget")
        assert len(list(fetches.of(tx, "cget"))) == 2
    assert (state.validators.etag, state.failures) == (b'"v2"', 0)
    assert [(one.state, one.new) for one in found] == [(state, 0)]


def test_an_answer_that_breaks_relay_and_comes_late_counts_as_no_failure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.poll()
    world.pass_(hours=2)

    def asleep(request: httpx.Request) -> httpx.Response:
        world.poll()
        monkeypatch.setattr(quiet, "written", broken)
        return world.agency.answer(request)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with httpx.Client(transport=httpx.MockTransport(asleep)) as http:
        [found] = poll_due(world.db, Reader.over(http), world.desk, ["cget"], world.now)
    with world.db.read() as tx:
        state = sources.state(tx, "cget")
    assert (state.failures, found.state) == (0, state)


def test_a_visit_asks_only_who_still_is_due(world: World) -> None:
    [errand] = errands(world.db, world.desk, world.now)
    assert (errand.host, errand.sources) == ("agence.example", ("cget",))
    with httpx.Client(transport=httpx.MockTransport(world.agency.answer)) as http:
        rounds = Rounds(world.db, Reader.over(http), world.desk, InHand())
        assert [len(rounds.visit(errand.sources, world.now)) for _ in range(2)] == [1, 0]
        over = replace(rounds, hand=InHand(is_over=True))
        assert over.visit(errand.sources, world.now + timedelta(days=2)) == []
    assert len(world.agency.requests) == 1
    assert errands(world.db, world.desk, world.now) == []


def test_two_that_send_for_one_account_send_each_post_once(world: World) -> None:
    world.poll()
    world.approve_all()
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        tidy(world.db, http, world.desk, world.now)
        assert sorted(accounts_due(world.db, world.now)) == ["bsky", "masto"]
        shift = Shift(world.db, http, world.desk, lambda: world.now)
        with ThreadPoolExecutor(2) as pool:
            passes = list(pool.map(lambda _: deliver_one(shift, "masto"), range(2)))
    sent = [one.id for some in passes for one in some if one.state is State.SENT]
    assert len(sent) == len(set(sent)) > 0
    assert len(sent) == len(world.network.shown)
    assert accounts_due(world.db, NOON - timedelta(days=1)) == []


def test_a_worker_that_slept_since_it_read_what_is_due_sends_nothing_that_another_sent(world: World) -> None:
    """The far end takes a post twice without a word, and the account's pace would let it go: only its row is in the way."""
    world.poll()
    world.approve_all()
    requests: list[httpx.Request] = []
    world.network.before = requests.append
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        tidy(world.db, http, world.desk, world.now)
        shift = Shift(world.db, http, world.desk, lambda: world.now)
        with world.db.read() as tx:
            due = ready(tx, world.now)["masto"][:1]
        sent = deliver_account(shift, due)
        world.pass_(days=2)
        late = deliver_account(shift, due)
    assert [one.state for one in sent] == [State.SENT]
    assert (late, len(requests)) == ([], 1)
    assert [one.id for one in world.in_state(State.SENT)] == [due[0].id]


def test_an_answer_that_comes_when_another_has_taken_the_post_over_is_not_stored(world: World) -> None:
    """It slept in its call: another looked meanwhile, and found that the post is public."""
    world.poll()
    world.approve_all()
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        tidy(world.db, http, world.desk, world.now)
    with world.db.read() as tx:
        [due, *_] = ready(tx, world.now)["masto"]

    def asleep(_request: httpx.Request) -> None:
        world.network.after = lambda _: None
        for _ in range(3):
            world.pass_(minutes=3)
            with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as another:
                tidy(world.db, another, world.desk, world.now)
        raise httpx.ReadTimeout("no answer")

    world.network.after = asleep
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        late = deliver_account(Shift(world.db, http, world.desk, lambda: world.now), [due])
    assert late == []
    assert [one.id for one in world.in_state(State.SENT)] == [due.id]


def test_nothing_of_a_copy_that_nobody_looked_over_is_sent(world: World) -> None:
    """A job that was handed out before the database was put back is still in it."""
    world.poll()
    world.approve_all()
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        tidy(world.db, http, world.desk, world.now)
        assert accounts_due(world.db, world.now)
        with world.db.write() as tx:
            copies.mark(tx, world.now)
        assert deliver_one(Shift(world.db, http, world.desk, lambda: world.now), "masto") == []
    assert not world.network.shown


def test_what_waits_for_an_account_that_this_process_does_not_know_is_held(world: World) -> None:
    """It was taken out of the configuration, or one that reads another hands its jobs out."""
    world.poll()
    world.approve_all()
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        tidy(world.db, http, world.desk, world.now)
        known = replace(world.desk, accounts={"bsky": world.desk.accounts["bsky"]})
        found = deliver_one(Shift(world.db, http, known, lambda: world.now), "masto")
    assert [one.note for one in found[:1]] == ["Its account is no longer in the configuration."]
    assert not world.network.shown


def test_what_came_of_a_post_is_written_down_by_whoever_sent_it_also_where_another_leads(
    tmp_path: Path, postgresql_address: str
) -> None:
    """It knows it, and nobody else does: without it the post would be in doubt once its lease was over."""
    paid: list[str] = []
    with placed(tmp_path, postgresql_address) as place, build(place.configuration()) as relay:
        desk = Bench(relay)
        desk.lead = Lead(relay.db, Worker("a:1:x", "a", "1"), desk.doing, desk.taken)
        relay.hand.owe(CROSSPOST, lambda: paid.append("owed"))
        for job in desk.loops:
            job.run()
    assert not desk.lead.is_ours
    assert (paid, relay.hand.owed) == (["owed"], {})

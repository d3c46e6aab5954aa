"""Programs that listen are told everything, in order, once under each id, whatever breaks in between."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Event, Thread
from threading import enumerate as enumerate_threads
from time import monotonic

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Crosspost, State
from relay.core.programs.happening import Happening
from relay.core.programs.hook import Hook, Position
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import posting_client
from relay.pipeline.events import seen, telling
from relay.pipeline.events.telling import LEASE, MOST, Spoken
from relay.schedule.hooks import hook_jobs
from relay.storage import journal, positions
from relay.storage.database import Database
from relay.storage.journal import Actor
from tests.core.things import NOW
from tests.edges.rows import queued
from tests.fakes.receiver import SECRET, Receiver
from tests.fakes.wire import Call, Fault, Reply, Wire, closed_port, listening

CAMILLE = Actor("camille", "page")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(slots=True)
class Town:
    """A database with one cross-post, and a receiver that checks signatures; its clock is the real one's beginning."""

    db: Database
    http: httpx.Client
    wire: Wire
    receiver: Receiver
    hook: Hook
    now: datetime = NOW
    crosspost: Crosspost = field(init=False)

    def clock(self) -> datetime:
        return self.now

    def write(self, before: State | None, after: State, what: str) -> None:
        """A line of the journal, as a step writes it."""
        old = replace(self.crosspost, state=before) if before else None
        with self.db.write() as tx:
            journal.write(tx, CAMILLE, old, replace(self.crosspost, state=after), what, self.now)

    def tell(self, hook: Hook | None = None) -> list[Spoken]:
        """One pass of the loop."""
        hooks = telling.due(self.db, (hook or self.hook,), self.now)
        return [one for own in hooks for one in telling.tell(self.db, self.http, own, self.clock)]

    def position(self) -> Position:
        with self.db.read() as tx:
            found = positions.get(tx, self.hook.id)
        assert found
        return found

    def standing(self) -> str:
        with self.db.read() as tx:
            return seen.every(tx, (self.hook,), self.now)[0].standing

    @property
    def told(self) -> list[str]:
        """The types of the messages that the receiver took, each once."""
        bodies = {call.headers["webhook-id"]: json.loads(call.body) for call in self.wire.calls}
        return [bodies[id]["type"] for id in self.receiver.events]


@pytest.fixture
def town(db: Database) -> Iterator[Town]:
    receiver = Receiver()
    with (
        listening(Wire(receiver.answer, "/")) as wire,
        posting_client(Guard(("127.0.0.1",)), None, deadline=2.0) as http,
    ):
        town = Town(db, http, wire, receiver, Hook("intranet", f"{wire.url}/hook", Secret(SECRET)))
        town.crosspost = queued(db)
        town.tell()
        yield town


def three(town: Town) -> None:
    town.write(None, State.WAITING, "new entry")
    town.write(State.WAITING, State.APPROVED, "approved")
    town.write(State.SENDING, State.SENT, "sent")


THREE = ["crosspost.queued", "crosspost.approved", "crosspost.sent"]


def test_what_happens_is_told_in_order_with_all_that_it_is_about(town: Town) -> None:
    three(town)
    assert [one.why for one in town.tell()] == ["", "", ""]
    assert town.told == THREE
    said = json.loads(town.wire.calls[1].body)
    assert town.wire.calls[1].headers["webhook-id"] == said["id"]
    assert said == {
        "id": said["id"],
        "type": "crosspost.approved",
        "timestamp": said["timestamp"],
        "data": {
            "crosspost": town.crosspost.id,
            "entry": {**said["data"]["entry"], "id": town.crosspost.entry_id},
            "account": town.crosspost.account,
            "from": "waiting",
            "state": "approved",
            "revision": town.crosspost.revision,
            "actor": {"who": "camille", "means": "page"},
            "what": "approved",
            "url": None,
        },
    }
    assert town.tell() == []


def test_a_hook_that_is_new_hears_nothing_of_before(town: Town) -> None:
    three(town)
    late = replace(town.hook, id="late")
    assert town.tell(late) == []
    town.write(State.WAITING, State.HELD, "hold")
    assert len(town.tell(late)) == 1


def test_a_hook_is_told_of_what_it_wants_alone(town: Town) -> None:
    some = replace(town.hook, events=frozenset({Happening.SENT}))
    three(town)
    assert (len(town.tell(some)), town.told) == (1, ["crosspost.sent"])
    assert town.position().seen == 3


def test_an_emergency_stop_is_told_and_its_end(town: Town) -> None:
    with town.db.write() as tx:
        for what in ("stopped: an error", "lifted"):
            journal.note(tx, CAMILLE, "emergency stop", what, town.now)
        journal.note(tx, CAMILLE, "member eve", "added", town.now)
    town.tell()
    assert town.told == ["relay.stopped", "relay.resumed"]


@pytest.mark.parametrize(
    "fault", [fault for fault in Fault if fault not in {Fault.NONE, Fault.GARBAGE_AFTER, Fault.CUT_SHORT}]
)
def test_what_does_not_arrive_is_sent_again_before_anything_else_under_the_same_id(town: Town, fault: Fault) -> None:
    three(town)
    town.wire.faults.append(fault)
    first = town.tell()
    assert (len(first), bool(first[0].why)) == (1, True)
    assert town.tell() == []
    town.now += MINUTE
    town.wire.settle()
    again = town.tell()
    assert again[0].id == first[0].id
    assert town.told == THREE


def test_a_crash_between_sending_and_noting_repeats_the_same_message(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(town)
    with monkeypatch.context() as patch:
        patch.setattr(telling, "_stored", _crash)
        with pytest.raises(KeyboardInterrupt):
            town.tell()
    assert town.tell() == [], "whoever claimed it might still be alive"
    town.now += LEASE
    town.tell()
    ids = [call.headers["webhook-id"] for call in town.wire.calls]
    assert (ids[0], len(ids), town.told) == (ids[1], 4, THREE)


def _crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_two_workers_tell_everything_once(town: Town) -> None:
    for _ in range(20):
        three(town)
    workers = [Thread(target=lambda: telling.tell(town.db, town.http, town.hook, town.clock)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(town.wire.calls) == len(town.receiver.events) == 60


def test_a_pass_has_an_end_and_the_next_goes_on(town: Town) -> None:
    for _ in range(MOST + 1):
        town.write(State.WAITING, State.HELD, "hold")
    assert [len(town.tell()), len(town.tell()), len(town.tell())] == [MOST, 1, 0]


def test_after_three_days_a_hook_is_failing_and_is_asked_once_a_day(town: Town) -> None:
    three(town)
    town.receiver.says = (500, {})
    asked, end = 0, town.now + 10 * DAY
    while town.now < end:
        asked += len(town.tell())
        expected = "waiting" if town.now < NOW + 3 * DAY else "failing"
        assert town.standing() == expected
        town.now += 15 * MINUTE
    assert 20 <= asked <= 30
    assert len({call.headers["webhook-id"] for call in town.wire.calls}) == 1
    town.receiver.says = None
    town.receiver.now = town.receiver.now
    town.now += DAY
    town.tell()
    assert (town.told, town.standing()) == (THREE, "fine")


def test_a_receiver_that_asks_for_time_gets_it_within_reason(town: Town) -> None:
    three(town)
    town.receiver.says = (503, {"retry-after": "600"})
    town.tell()
    assert town.position().not_before == town.now + 10 * MINUTE
    town.receiver.says = (503, {"retry-after": "9999999"})
    town.now += 10 * MINUTE
    town.tell()
    assert town.position().not_before == town.now + 6 * timedelta(hours=1)


def test_410_ends_a_hook_until_it_has_another_address(town: Town) -> None:
    three(town)
    town.receiver.says = (410, {})
    assert len(town.tell()) == 1
    town.now += 30 * DAY
    assert (town.tell(), town.standing()) == ([], "ended")
    town.receiver.says = None
    town.hook = replace(town.hook, url=f"{town.wire.url}/other")
    town.tell()
    assert (town.told, town.standing()) == (THREE, "fine")


def test_a_redirect_is_not_followed(town: Town) -> None:
    three(town)
    town.receiver.says = (307, {"location": f"{town.wire.url}/elsewhere"})
    assert "307" in town.tell()[0].why
    assert [call.path for call in town.wire.calls] == ["/hook"]


def test_a_receiver_that_is_not_there_loses_nothing(town: Town) -> None:
    lost = replace(town.hook, id="lost", url=closed_port())
    town.tell(lost)
    three(town)
    assert "could not be reached" in town.tell(lost)[0].why
    town.now += MINUTE
    town.tell(replace(lost, url=town.hook.url))
    assert town.told == THREE


def test_a_private_address_that_is_not_allowed_is_not_reached(town: Town) -> None:
    three(town)
    with posting_client(Guard(), None, deadline=2.0) as http:
        spoken = telling.tell(town.db, http, town.hook, town.clock)
    assert (len(spoken), town.wire.calls) == (1, [])
    assert spoken[0].why


@pytest.mark.parametrize("secret", [None, Secret("nonsense"), Secret("whsec_c2hvcnQ=")])
def test_without_a_secret_of_the_standard_nothing_is_sent_and_it_is_said(town: Town, secret: Secret | None) -> None:
    town.hook = replace(town.hook, secret=secret)
    three(town)
    assert "whsec_" in town.tell()[0].why
    assert (town.wire.calls, town.standing()) == ([], "secret")


def test_everything_since_a_moment_is_told_once_more_under_the_ids_of_before(town: Town) -> None:
    three(town)
    town.tell()
    since = town.now
    town.now += MINUTE
    town.write(State.WAITING, State.REJECTED, "reject: no")
    town.tell()
    assert telling.rewind(town.db, town.hook, since - MINUTE) == 4
    assert telling.rewind(town.db, town.hook, since) == 1
    town.tell()
    ids = [call.headers["webhook-id"] for call in town.wire.calls]
    assert (len(ids), ids[3], len(town.receiver.events)) == (5, ids[4], 4)


def test_a_hook_that_hangs_holds_up_no_other(town: Town) -> None:
    free = Event()

    def hangs(call: Call) -> Reply:
        free.wait(10)
        return Reply(204, b"")

    with listening(Wire(hangs, "/")) as silent:
        hooks = (Hook("silent", silent.url, Secret(SECRET)), town.hook)
        telling.due(town.db, hooks, town.now)
        three(town)
        (job,) = hook_jobs(
            lambda: telling.due(town.db, hooks, town.now),
            lambda hook: telling.tell(town.db, town.http, hook, town.clock),
        )
        began = monotonic()
        job.run()
        while len(town.receiver.events) < 3 and monotonic() < began + 5:
            pass
        took = monotonic() - began
        job.run()
        assert (town.told, took < 1.5) == (THREE, True)
        free.set()
        for worker in enumerate_threads():  # the database is closed after them
            if worker.name.startswith("hook "):
                worker.join(20)
                assert not worker.is_alive()


def test_what_is_no_longer_configured_is_forgotten(town: Town) -> None:
    assert telling.due(town.db, (), town.now) == []
    with town.db.read() as tx:
        assert positions.every(tx) == {}

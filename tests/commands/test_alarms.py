"""One truth: whatever needs somebody, the pages, ``/health``, ``/metrics``, ``relay health`` and ``relay status`` say it."""

import errno
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection, insert

from relay.cli import health
from relay.config.load import load
from relay.core.alarm import RED, Alarm
from relay.core.crosspost import Crosspost, Draft, Keys, State
from relay.core.document import ParsedEntry
from relay.core.entry import fingerprint, identities
from relay.core.grant import Grant
from relay.core.identity.changes import Change
from relay.core.people import Role
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import PollState
from relay.core.standing import Hold
from relay.core.telling.listener import Reader
from relay.core.telling.message import Message
from relay.core.unread import Unread
from relay.front import office
from relay.pipeline.accounts.connected import closed
from relay.pipeline.accounts.connected import place as of_account
from relay.pipeline.alarms import Moment, raised
from relay.service import Relay
from relay.storage import (
    accounts,
    copies,
    crossposts,
    grants,
    keys,
    messages,
    pauses,
    people,
    probing,
    service,
    sources,
    stops,
)
from relay.storage.grants import Kept
from relay.storage.sealing import Keyring
from relay.storage.stops import Stop
from relay.storage.tables.working import workers
from relay.web.words import WORDS
from relay.wiring import build, network_keys
from tests.commands.blog import Blog
from tests.commands.conftest import Relay as Command
from tests.edges import entered
from tests.edges.newsroom import served
from tests.edges.opened import migrated
from tests.fakes.feed_server import FeedServer, answer
from tests.feeds import editions

MARKS = {
    Alarm.MACHINE: WORDS["machine"][1],
    Alarm.SCARCE: "The disk is nearly full",
    Alarm.STOPPED: WORDS["stop.in_force"][1],
    Alarm.CONFIGURATION: WORDS["unread"][1],
    Alarm.LOOP: WORDS["alarm.loop.poll"][1],
    **{alarm: WORDS[key][1].partition("{")[0] for alarm in Alarm if (key := f"alarm.{alarm}") in WORDS},
}
"""What a page says of each."""


@dataclass(slots=True)
class Place:
    """A service of which the pages are served, and its commands. ``unread`` is what the daemon alone knows."""

    relay: Relay
    command: Command
    url: str = ""
    unread: Unread | None = None


@pytest.fixture
def place(blog: Blog, relay: Command, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """All is well in it; commands wait for its answer however busy the machine is."""
    monkeypatch.setattr(health, "PATIENCE", 60)
    blog.file.write_text(re.sub(r'127\.0\.0\.1:\d+"\n(?=database)', '127.0.0.1:0"\n', blog.file.read_text()))
    found = load(blog.file, {}, network_keys()).configuration
    assert found
    migrated(Path(found.service.database)).close()  # a made one: nothing is brought up
    with build(found) as made:
        here = Place(made, relay)
        made.examine()
        with made.db.write() as tx:
            for loop in ("poll", "deliver"):
                service.beat(tx, loop, made.clock())
            polled(here, tx, timedelta(hours=-3))
            people.add(tx, "dora", Role.ADMIN, made.clock())
            people.add_link(tx, "token-of-dora", "dora", made.clock() + timedelta(minutes=15))
        rooms = replace(office(made, lambda: None), unread=lambda: here.unread)
        with served(rooms) as here.url:
            port = here.url.rpartition(":")[2]
            blog.file.write_text(blog.file.read_text().replace("127.0.0.1:0", f"127.0.0.1:{port}"))
            yield here


def polled(place: Place, tx: Connection, late: timedelta) -> None:
    """The one source was asked, and has been due for so long."""
    now = place.relay.clock()
    sources.save(tx, "cget", PollState(due=now - late, polled_at=now - timedelta(days=9), answer="200"), None)


def silent(place: Place, tx: Connection) -> None:
    service.beat(tx, "poll", place.relay.clock() - timedelta(hours=1))


def overdue(place: Place, tx: Connection) -> None:
    polled(place, tx, timedelta(hours=7))


def stopped(place: Place, tx: Connection) -> None:
    stops.begin(tx, Stop("dora", place.relay.clock(), "a mistake"))


def copied(place: Place, tx: Connection) -> None:
    copies.mark(tx, place.relay.clock() - timedelta(hours=4))


def not_taken(place: Place, _: Connection) -> None:
    place.unread = Unread(place.relay.clock(), "relay.toml:3:1: what is wrong")


def doubtful(place: Place, tx: Connection) -> None:
    draft, now = Draft("Un an après", "fr", "https://blog.example/1"), place.relay.clock()
    post = editions.post(1)
    parsed = ParsedEntry(id=post.id, url=post.more_url, title=post.headline)
    id = entered.add(tx, Change("new", parsed, identities(parsed), fingerprint(parsed)), post, now)
    crossposts.queue(tx, Crosspost(0, id, "out", 0, State.UNCONFIRMED, 1, draft, created_at=now, changed_at=now))


def held(place: Place, tx: Connection) -> None:
    accounts.hold(tx, "out", Hold("It was revoked.", place.relay.clock()))


def ending(place: Place, tx: Connection) -> None:
    relay, now = place.relay, place.relay.clock()
    ring = keys.sealing(relay.desk.keyplace)
    assert isinstance(ring, Keyring)
    sealed = closed(ring, "out", Grant({}, at=of_account(relay.desk.accounts["out"])))
    grants.put(tx, Kept("out", sealed, "@blog", "dora", now, now, expires_at=now + timedelta(days=5)))


def untold(place: Place, tx: Connection) -> None:
    now = place.relay.clock()
    note = "The server does not answer."
    mail = Reader("editors", is_room=False, name="dora@blog.example")
    messages.put(tx, Message(1, mail, Keys(now, 1), now, not_before=now + timedelta(hours=1), note=note))


HELD = "an account that is held"
CASES: dict[str, tuple[Callable[[Place, Connection], None], Alarm | None]] = {
    "nothing": (lambda *_: None, None),
    "a loop is dead": (silent, Alarm.LOOP),
    "nothing is polled": (overdue, Alarm.OVERDUE),
    "an emergency stop": (stopped, Alarm.STOPPED),
    "a copy that nobody has seen": (copied, Alarm.COPY),
    "a configuration that is not taken": (not_taken, Alarm.CONFIGURATION),
    "an outcome that is not known": (doubtful, Alarm.UNCONFIRMED),
    HELD: (held, Alarm.ACCOUNT),
    "an account that ends": (ending, Alarm.EXPIRING),
    "messages that do not arrive": (untold, Alarm.UNTOLD),
}


def on_pages(place: Place, editor: httpx.Client) -> set[Alarm]:
    page = editor.get("/handles").text
    return {alarm for alarm, mark in MARKS.items() if mark in page}


def in_metrics(place: Place, editor: httpx.Client) -> set[Alarm]:
    families = text_string_to_metric_families(editor.get("/metrics").text)
    numbers = {one.labels["alarm"]: one.value for family in families for one in family.samples if "alarm" in one.labels}
    assert set(numbers) == set(Alarm)
    return {Alarm(name) for name, number in numbers.items() if number}


def in_health(place: Place, editor: httpx.Client) -> set[Alarm]:
    answer = editor.get("/health")
    told = [Alarm(one["alarm"]) for one in answer.json()["alarms"]]
    assert told == sorted(told, key=list(Alarm).index), "the most pressing first"
    found = {*told}
    assert answer.status_code == (503 if found & RED else 200)
    return found


def by_health(place: Place, _: httpx.Client) -> set[Alarm]:
    ran = place.command("health")
    found = {Alarm(name) for name in re.findall(r"^  (\w+): ", ran.out + ran.err, re.MULTILINE)}
    assert ran.code == int(bool(found & RED))
    return found


def by_status(place: Place, _: httpx.Client) -> set[Alarm]:
    ran = place.command("status", "--json")
    assert ran.code == 0, ran.err
    return {Alarm(one["alarm"]) for one in ran.json.get("alarms", [])}


VOICES = (on_pages, in_metrics, in_health, by_health, by_status)


@pytest.fixture
def editor(place: Place) -> Iterator[httpx.Client]:
    """An administrator who has signed in."""
    with httpx.Client(base_url=place.url, headers={"Sec-Fetch-Site": "same-origin"}, trust_env=False) as signed_in:
        assert signed_in.post("/c/token-of-dora").status_code == 303
        yield signed_in


def said(place: Place, editor: httpx.Client) -> dict[str, set[Alarm]]:
    """What each says."""
    return {voice.__name__: voice(place, editor) for voice in VOICES}


def said_by_all(*alarms: Alarm) -> dict[str, set[Alarm]]:
    return {voice.__name__: set(alarms) for voice in VOICES}


def raise_in(place: Place, case: str) -> set[Alarm]:
    make, alarm = CASES[case]
    with place.relay.db.write() as tx:
        make(place, tx)
    return {alarm} if alarm else set()


def test_all_of_them_say_the_same_of_one_after_another(place: Place, editor: httpx.Client) -> None:
    """None hides another; an account that is held is more than one that ends."""
    so_far = set[Alarm]()
    for case in (one for one in CASES if one != HELD):
        so_far |= raise_in(place, case)
        assert said(place, editor) == said_by_all(*so_far), case
    so_far |= raise_in(place, HELD)
    assert said(place, editor) == said_by_all(*so_far - {Alarm.EXPIRING})


@pytest.mark.thorough
@pytest.mark.parametrize("case", CASES)
def test_all_of_them_say_the_same_of_one_alone(place: Place, editor: httpx.Client, case: str) -> None:
    assert said(place, editor) == said_by_all()
    assert said_by_all(*raise_in(place, case)) == said(place, editor)


@pytest.mark.parametrize(("free", "alarm"), [(0, Alarm.MACHINE), (1, Alarm.SCARCE)], ids=["full", "nearly full"])
def test_all_of_them_say_it_of_a_disk(
    place: Place, editor: httpx.Client, monkeypatch: pytest.MonkeyPatch, free: int, alarm: Alarm
) -> None:
    def write(_: object) -> None:
        if not free:
            raise OSError(errno.ENOSPC, "No space left on device", "relay.db")

    monkeypatch.setattr(probing, "write_row", write)
    monkeypatch.setattr(probing, "free", lambda _: free)
    place.relay.ailments.looked_at = None
    place.relay.examine()
    found = said(place, editor)
    assert {name: one - {Alarm.SCARCE} if not free else one for name, one in found.items()} == said_by_all(alarm)


def test_none_of_them_is_well_without_its_database(place: Place) -> None:
    with place.relay.db.write() as tx:
        tx.exec_driver_sql("DROP TABLE heartbeats")
    own = {"Sec-Fetch-Site": "same-origin", "Connection": "close"}
    with httpx.Client(base_url=place.url, headers=own, trust_env=False) as editor:
        editor.post("/c/token-of-dora")
        assert [editor.get(path).status_code for path in ("/health", "/metrics", "/handles")] == [503, 500, 500]
    for words in (("health",), ("status",)):
        ran = place.command(*words)
        assert (ran.code, ran.out) == (1, "")
        assert "database" in ran.err


def test_a_source_whose_host_is_left_alone_is_not_late(place: Place, editor: httpx.Client) -> None:
    now = place.relay.clock()
    with place.relay.db.write() as tx:
        overdue(place, tx)
        pauses.put(tx, "source cget", Pause(now + timedelta(hours=1), 1, "429"))
    assert not said(place, editor)["in_metrics"]


def test_workers_are_missed_where_there_are_to_be_some(place: Place) -> None:
    """None ever came, or all have ended in good order; those of another time are not missed by a daemon that does all."""
    relay = place.relay
    scaled = Moment(replace(relay.desk, has_workers=True), relay.clock())
    with relay.db.write() as tx:
        assert [one.alarm for one in raised(tx, scaled)] == [Alarm.WORKERS]
        long_ago = relay.clock() - timedelta(hours=5)
        row = {"id": "a:1", "host": "a", "version": "1", "doing": "", "started_at": long_ago, "seen_at": long_ago}
        tx.execute(insert(workers).values(row))
        assert raised(tx, Moment(relay.desk, relay.clock())) == ()


@pytest.mark.parametrize("alarms", ["null", '["fire"]', '{"fire": 1}'])
def test_another_service_at_its_address_is_told_by_no_traceback(
    blog: Blog, relay: Command, site: FeedServer, alarms: str
) -> None:
    site.pages["/health"] = answer(503, f'{{"error": "fire", "alarms": {alarms}}}'.encode())
    blog.file.write_text(re.sub(r'127\.0\.0\.1:\d+"\n(?=database)', f'127.0.0.1:{site.port}"\n', blog.file.read_text()))
    assert relay("health").err == "relay: the daemon is not well: fire\n"


def test_relay_is_not_well_while_its_machine_or_a_loop_is_not_and_for_nothing_else() -> None:
    """A container that is unwell is begun anew, which lifts no stop and mends no account."""
    assert {Alarm.MACHINE, Alarm.LOOP} == RED

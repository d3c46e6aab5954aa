"""Secrets that relay shares with hubs and with its own subscribers: who has a copy of the database can sign nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from relay.core.hub.subscriber import Arrived, Confirmed, Failed
from relay.intake import hub as wire
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import reading_client
from relay.pipeline.accounts.rotating import rotate
from relay.pipeline.pushing.push import Arrival, take
from relay.storage import shared, subscriptions
from relay.storage.database import Database, compact
from relay.storage.keys import Keyplace
from relay.storage.sealing import Keyring
from tests.edges.opened import opened
from tests.fakes.hub import Hub, signature
from tests.fakes.subscriber import callback_listening
from tests.pipeline.pushed import ACTIVE
from tests.pipeline.readers import Readers, readers_of
from tests.pipeline.subscriber import Subscriber, subscribed
from tests.pipeline.world import desk

SECRET = "canary-of-a-subscriber-000001"
BODY = b"<feed>1</feed>"
TABLES = ("subscriptions", "errands", "subscribers")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def reader(db: Database, tmp_path: Path) -> Iterator[Subscriber]:
    with reading_client(Guard(("127.0.0.1",)), None, deadline=5.0) as http:
        yield Subscriber(db, http, replace(desk(), keyplace=Keyplace(file=tmp_path / "relay.key")))


@pytest.fixture
def readers(db: Database, tmp_path: Path) -> Iterator[Readers]:
    with readers_of(db, tmp_path) as found:
        found.desk = replace(found.desk, keyplace=Keyplace(file=tmp_path / "relay.key"))
        found.publish(BODY)
        found.distribute()
        yield found


@pytest.fixture
def hub(reader: Subscriber) -> Iterator[Hub]:
    with subscribed(reader) as found:
        assert reader.verify()
        yield found


def secrets(db: Database) -> list[str]:
    with db.read() as tx:
        found = [tx.execute(text(f"SELECT secret FROM {table}")).scalars() for table in TABLES]  # noqa: S608  # ours
        return [secret for one in found for secret in one]


def files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("relay.db*"))


def pushed(reader: Subscriber, secret: str) -> Arrival:
    token = reader.standing().token
    return take(reader.db, token, signature(secret, BODY), (None, BODY), reader.now, reader.desk.keyplace)


def test_a_hub_is_told_what_no_row_tells(reader: Subscriber, hub: Hub, tmp_path: Path) -> None:
    told = hub.asked[0]["hub.secret"]
    assert told.startswith("text-")
    assert [shared.is_closed(secret) for secret in secrets(reader.db)] == [True]
    assert told.encode() not in files(tmp_path)
    assert pushed(reader, told) is Arrival.TAKEN


def test_what_stands_in_the_row_signs_nothing(reader: Subscriber, hub: Hub, tmp_path: Path) -> None:
    (kept,) = secrets(reader.db)
    assert pushed(reader, kept) is Arrival.IGNORED
    (tmp_path / "relay.key").write_text("another-key-that-is-long-enough-0123456789\n")
    assert pushed(reader, kept) is Arrival.IGNORED
    assert pushed(reader, hub.asked[0]["hub.secret"]) is Arrival.IGNORED


def test_a_renewal_tells_the_same_secret(reader: Subscriber, hub: Hub) -> None:
    reader.now += timedelta(days=9)
    reader.subscribe()
    first, second = (asked["hub.secret"] for asked in hub.asked)
    assert first == second


def test_where_the_key_is_lost_the_hub_is_asked_anew(reader: Subscriber, hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "relay.key").unlink()
    reader.subscribe()
    first, second = (asked["hub.secret"] for asked in hub.asked)
    assert first != second
    assert reader.verify()
    assert pushed(reader, second) is Arrival.TAKEN


def test_where_the_key_cannot_be_used_nothing_is_asked(reader: Subscriber, hub: Hub, tmp_path: Path) -> None:
    (kept,) = secrets(reader.db)
    (tmp_path / "relay.key").chmod(0o644)
    assert reader.subscribe() == []
    assert len(hub.asked) == 1
    assert secrets(reader.db) == [kept]


def test_a_subscriber_s_secret_is_sealed_from_its_request_on(readers: Readers, tmp_path: Path) -> None:
    with callback_listening() as callback:
        assert readers.ask(callback.url, secret=SECRET).status == 202
        assert [shared.is_closed(secret) for secret in secrets(readers.db)] == [True]
        readers.verify()
        assert [shared.is_closed(secret) for secret in secrets(readers.db)] == [True]
        assert SECRET.encode() not in files(tmp_path)

        readers.publish(BODY * 2)
        assert [one.outcome for one in readers.distribute()] == [Arrived()]
        assert callback.pushed[0].headers["x-hub-signature"] == signature(SECRET, BODY * 2)


def test_without_the_key_nothing_goes_out_signed_by_what_stands_in_the_row(readers: Readers, tmp_path: Path) -> None:
    with callback_listening() as callback:
        readers.subscribe(callback.url, secret=SECRET)
        (tmp_path / "relay.key").unlink()
        readers.publish(BODY * 2)
        (told,) = readers.distribute()
        assert isinstance(told.outcome, Failed)
        assert "may subscribe anew" in told.outcome.why
        assert callback.pushed == []


def test_a_subscriber_is_sent_away_while_the_key_cannot_be_used(readers: Readers, tmp_path: Path) -> None:
    (tmp_path / "relay.key").write_text("a-key-that-is-long-enough-0123456789-0123456789\n")
    (tmp_path / "relay.key").chmod(0o644)
    assert readers.ask("http://127.0.0.1:9/", secret=SECRET).status == 503
    assert readers.ask("http://127.0.0.1:9/").status == 202
    assert secrets(readers.db) == [""]


def test_another_key_opens_them_and_the_old_one_is_not_needed(
    reader: Subscriber, hub: Hub, readers: Readers, tmp_path: Path
) -> None:
    with callback_listening() as callback:
        readers.subscribe(callback.url, secret=SECRET)
        before, old = secrets(reader.db), (tmp_path / "relay.key").read_text()
        rotate(reader.db, reader.desk)
        assert old not in (tmp_path / "relay.key").read_text()
        assert not set(before) & set(secrets(reader.db))

        assert pushed(reader, hub.asked[0]["hub.secret"]) is Arrival.TAKEN
        readers.publish(BODY * 2)
        assert [one.outcome for one in readers.distribute()] == [Arrived()]


def test_a_key_that_is_changed_while_a_callback_is_asked_loses_nothing(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> Confirmed:
        rotate(readers.db, readers.desk)
        return Confirmed()

    monkeypatch.setattr(wire, "ask", asked)
    with callback_listening() as callback:
        readers.subscribe(callback.url, secret=SECRET)
        readers.publish(BODY * 2)
        assert [one.outcome for one in readers.distribute()] == [Arrived()]


def test_what_is_from_before_is_sealed_at_the_start_and_left_nowhere_in_the_file(
    db: Database, readers: Readers, tmp_path: Path
) -> None:
    place, readers.desk = readers.desk.keyplace, replace(readers.desk, keyplace=Keyplace())
    with callback_listening() as callback:
        readers.subscribe(callback.url, secret=SECRET)
        readers.ask("http://127.0.0.1:9/", secret=SECRET)
    canaries = [f"canary-of-subscription-{number:04}-{'0' * 20}" for number in range(200)]
    with db.write() as tx:
        for number, one in enumerate(canaries):
            subscriptions.put(tx, replace(ACTIVE, token=f"t{number}", source_id=f"s{number}", secret=one))
    with db.write() as tx:
        assert shared.close_all(tx, place)
    compact(db)
    assert [one for one in (*canaries, SECRET) if one.encode() in files(tmp_path)] == []  # while it is in use
    sealed = secrets(db)
    assert len(sealed) == 202
    assert all(map(shared.is_closed, sealed))
    db.close()
    assert [one for one in (*canaries, SECRET) if one.encode() in files(tmp_path)] == []
    with db.write() as tx:
        assert not shared.close_all(tx, place)
    assert secrets(db) == sealed


def test_a_secret_opens_in_its_own_row_alone(reader: Subscriber) -> None:
    ring = shared.ring_of(reader.desk.keyplace)
    assert isinstance(ring, Keyring)
    kept = shared.closed(ring, shared.of_subscription("one"), SECRET)
    assert shared.opened(ring, shared.of_subscription("one"), kept) == SECRET
    assert shared.opened(ring, shared.of_subscription("two"), kept) == kept
    damaged = [kept[:-4], kept[:30], "\x1f", "\x1f\x1f", "\x1fno\x1f*"]
    assert [
        one for one in damaged if not shared.is_closed(shared.opened(ring, shared.of_subscription("one"), one))
    ] == []

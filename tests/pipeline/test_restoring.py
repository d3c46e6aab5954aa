"""A database put back from a copy sends nothing a second time, and loses nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from relay.core.crosspost import State
from relay.core.outcome import CannotTell
from relay.networks.sandbox import network as sandbox
from relay.pipeline import restoring
from relay.storage import copies, crossposts, ledger
from relay.storage.database import Database
from tests.pipeline.world import World

HOUR = timedelta(hours=1)


def marked(world: World, made_at: datetime) -> None:
    with world.db.write() as tx:
        copies.mark(tx, made_at)


def look_over(world: World) -> bool:
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        return restoring.look_over(world.db, http, world.desk, lambda: world.now)


def run(world: World, passes: int = 6) -> None:
    """As a daemon would: nothing leaves before the look."""
    for _ in range(passes):
        if look_over(world):
            world.deliver()
        world.pass_(minutes=6)


def rows(db: Database) -> list[dict[str, object]]:
    with db.read() as tx:
        return [dict(row) for row in tx.execute(text("SELECT * FROM crossposts ORDER BY id")).mappings()]


def put_back(db: Database, before: list[dict[str, object]]) -> None:
    """The rows as they stood in the copy; all that happened since is forgotten."""
    with db.write() as tx:
        tx.execute(text("DELETE FROM attempts"))
        for row in before:
            named = ", ".join(f"{name} = :{name}" for name in row if name != "id")
            tx.execute(text(f"UPDATE crossposts SET {named} WHERE id = :id"), row)  # noqa: S608  # names of our own


@pytest.fixture
def copied(world: World) -> tuple[World, datetime]:
    """Approved, copied, and sent since: the copy is put back an hour later."""
    world.agency.titles = [f"Nouvelle {number}" for number in range(1, 6)]
    world.poll()
    world.approve_all()
    before, made_at = rows(world.db), world.now
    return _an_hour_later(world, before, made_at, passes=3), made_at


def _an_hour_later(world: World, before: list[dict[str, object]], made_at: datetime, passes: int) -> World:
    for _ in range(passes):
        world.deliver()
        world.pass_(minutes=20)
    put_back(world.db, before)
    marked(world, made_at)
    return world


def states(world: World) -> list[State]:
    with world.db.read() as tx:
        return [one.state for one in crossposts.by_state(tx, tuple(State))]


def test_what_has_left_since_is_found_and_does_not_leave_again(copied: tuple[World, datetime]) -> None:
    world, _ = copied
    shown = dict(world.network.shown)
    posts: list[httpx.Request] = []
    assert shown, "some of it left in that hour"
    world.network.before = posts.append
    run(world)
    again = [request.url.path for request in posts if request.url.path in shown]
    assert (again, set(states(world))) == ([], {State.SENT})
    assert len(world.network.shown) == len(states(world)), "what had not left has left now, once"


def test_nothing_leaves_until_it_was_looked_for(copied: tuple[World, datetime]) -> None:
    world, _ = copied
    posts: list[httpx.Request] = []
    world.network.before = posts.append
    assert look_over(world)
    assert (posts, set(states(world))) == ([], {State.UNCONFIRMED})


def test_where_no_network_can_tell_an_editor_is_asked(
    copied: tuple[World, datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _ = copied
    posts: list[httpx.Request] = []
    world.network.before = posts.append
    monkeypatch.setattr(sandbox, "find", lambda *_: CannotTell("It shows nothing."))
    run(world)
    assert (posts, set(states(world))) == ([], {State.UNCONFIRMED})
    assert {one.note for one in world.in_state(State.UNCONFIRMED)} == {"It shows nothing."}


def test_what_cannot_be_made_again_is_held_for_a_person(copied: tuple[World, datetime]) -> None:
    world, _ = copied
    world.desk = replace(world.desk, accounts={"masto": world.desk.accounts["masto"]})
    run(world)
    held = world.in_state(State.HELD)
    assert {one.account for one in held} == {"bsky"}
    assert all("look at the account" in one.note and not one.approvals for one in held)


def test_what_waits_may_be_public_and_is_judged_afresh(world: World) -> None:
    world.poll()
    marked(world, world.now)
    assert look_over(world)
    assert all("may be public" in one.note for one in world.in_state(State.WAITING))
    assert len(world.in_state(State.WAITING)) == 4


def test_a_yes_before_the_look_is_asked_again(world: World) -> None:
    world.poll()
    marked(world, world.now - HOUR)
    world.approve_all()
    run(world)
    assert (set(states(world)), world.network.shown) == ({State.WAITING}, {})


def test_it_is_done_once_and_audited(copied: tuple[World, datetime]) -> None:
    world, made_at = copied
    look_over(world)
    with world.db.read() as tx:
        last, told = copies.last(tx), [line for line in ledger.lines(tx) if line["means"] == "restore"]
    assert last == copies.Copy(made_at, world.now)
    assert any(line["subject"] == "restore" for line in told)
    before = states(world)
    assert look_over(world)
    assert states(world) == before


def test_a_crash_leaves_the_mark_and_every_state(
    copied: tuple[World, datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, made_at = copied
    before = rows(world.db)
    with monkeypatch.context() as patch:
        patch.setattr(copies, "see", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            look_over(world)
    with world.db.read() as tx:
        assert copies.unseen(tx) == made_at
    assert rows(world.db) == before
    run(world)
    assert set(states(world)) == {State.SENT}


def test_a_copy_made_while_a_worker_was_at_work(copied: tuple[World, datetime]) -> None:
    world, _ = copied
    with world.db.write() as tx:
        tx.execute(
            text("UPDATE crossposts SET state = 'sending', attempt = 1, lease_until = :at"), {"at": _text(world)}
        )
    run(world)
    assert set(states(world)) == {State.SENT}
    assert len(world.network.shown) == len(states(world))


def _text(world: World) -> object:
    is_sqlite = world.db.engine.dialect.name == "sqlite"
    return world.now.strftime("%Y-%m-%d %H:%M:%S.000000") if is_sqlite else world.now

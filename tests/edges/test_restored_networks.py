"""A copy of an hour ago, put back where three networks show what was sent since: none of it is shown twice."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from relay.core.crosspost import State
from relay.core.source import Backlog
from relay.pipeline.deliver import deliver
from relay.pipeline.restoring import look_over
from relay.pipeline.tidy import tidy
from relay.storage.backing import back_up, put_back
from tests.edges.conftest import FarEnd
from tests.edges.opened import migrated
from tests.fakes.mastodon import Mastodon
from tests.pipeline.world import World, desk

NEWS = 10


@pytest.fixture
def ends(mastodon_45: FarEnd, webhook_receiver: FarEnd, telegram_bot: FarEnd) -> tuple[FarEnd, ...]:
    """One that is read back, one that knows keys, and one of which nobody can tell."""
    return mastodon_45, webhook_receiver, telegram_bot


@pytest.fixture
def world(tmp_path: Path, ends: tuple[FarEnd, ...], mastodon_server: Mastodon) -> World:
    db = migrated(tmp_path / "relay.db")
    plain = desk(backlog=Backlog("latest", NEWS))
    accounts = {end.account.id: end.account for end in ends}
    routes = (replace(plain.routes[0], accounts=tuple(accounts)),)
    networks = {end.account.network: end.network for end in ends}
    world = World(db, tmp_path / "feeds", replace(plain, accounts=accounts, routes=routes, networks=networks))
    world.agency.titles = [f"Nouvelle {number}" for number in range(1, NEWS + 1)]
    mastodon_server.now = world.now
    return world


def run(world: World, http: httpx.Client, server: Mastodon, passes: int) -> None:
    for _ in range(passes):
        if look_over(world.db, http, world.desk, lambda: world.now):
            tidy(world.db, http, world.desk, world.now)
            deliver(world.db, http, world.desk, lambda: world.now)
        world.pass_(minutes=5)
        server.now = world.now


def test_none_is_shown_twice_and_none_is_lost(
    world: World, http: httpx.Client, ends: tuple[FarEnd, ...], mastodon_server: Mastodon, tmp_path: Path
) -> None:
    world.poll()
    world.approve_all()
    mastodon_server.now = world.now
    back_up(world.db, tmp_path / "copy.db", world.now)
    run(world, http, mastodon_server, 12)
    assert len(world.in_state(State.SENT)) == 3 * NEWS
    world.db.close()
    put_back(tmp_path / "copy.db", tmp_path / "relay.db", world.now)
    run(world, http, mastodon_server, 24)
    shown = [sorted(end.published()) for end in ends]
    assert [len(texts) for texts in shown] == [NEWS] * 3
    assert all(len(set(texts)) == NEWS for texts in shown)
    assert len(world.in_state(State.SENT)) == 2 * NEWS
    unknown = world.in_state(State.UNCONFIRMED)
    assert {one.account for one in unknown} == {ends[2].account.id}
    assert all("look into the channel" in one.note for one in unknown)
    world.db.close()


def test_what_had_not_left_leaves(
    world: World, http: httpx.Client, ends: tuple[FarEnd, ...], mastodon_server: Mastodon, tmp_path: Path
) -> None:
    world.poll()
    world.approve_all()
    back_up(world.db, tmp_path / "copy.db", world.now)
    world.db.close()
    world.pass_(seconds=timedelta(hours=1).total_seconds())
    mastodon_server.now = world.now
    put_back(tmp_path / "copy.db", tmp_path / "relay.db", world.now)
    run(world, http, mastodon_server, 24)
    assert [len(end.published()) for end in ends] == [NEWS, NEWS, 0]
    world.db.close()

"""What a hub pushes becomes what a poll would have made of it, and moves nothing of the next poll."""

from dataclasses import replace

import pytest

from relay.core.crosspost import State as Crossposted
from relay.pipeline.pushing import push as pushing
from relay.pipeline.pushing.push import Arrival, take
from relay.pipeline.storing.store import store
from tests.fakes.hub import signature
from tests.pipeline.pushed import publish_at_the_agency, push, received, state, subscription, waiting
from tests.pipeline.world import World

NEW = "Une annonce"


def test_300_what_is_pushed_is_stored_published_and_put_before_the_editors(pushed_world: World) -> None:
    before = len(pushed_world.in_state(Crossposted.WAITING))
    publish_at_the_agency(pushed_world, NEW)
    push(pushed_world)
    found = received(pushed_world)
    pushed_world.publish()

    assert [(one.source_id, one.new, one.queued) for one in found] == [("cget", 1, 2)]
    assert len(pushed_world.in_state(Crossposted.WAITING)) == before + 2
    assert NEW in (pushed_world.feeds / "blog" / "atom.xml").read_text(encoding="utf-8")
    assert waiting(pushed_world) == []


def test_a_push_is_no_full_fetch(pushed_world: World) -> None:
    before = state(pushed_world)
    publish_at_the_agency(pushed_world, NEW)
    pushed_world.pass_(minutes=5)
    push(pushed_world)
    received(pushed_world)

    assert state(pushed_world) == replace(before, evidence_at=pushed_world.now)


def test_a_push_without_news_is_no_evidence_of_any(pushed_world: World) -> None:
    before = state(pushed_world)
    push(pushed_world)

    assert [one.new for one in received(pushed_world)] == [0]
    assert state(pushed_world) == before
    assert subscription(pushed_world).pushed_at == pushed_world.now


def test_a_hundred_replays_of_a_push_bring_one_entry(pushed_world: World) -> None:
    publish_at_the_agency(pushed_world, NEW)
    brought = 0
    for _ in range(100):
        push(pushed_world)
        brought += sum(one.new for one in received(pushed_world))

    assert brought == 1


def test_301_302_what_is_not_signed_is_not_even_read(pushed_world: World) -> None:
    publish_at_the_agency(pushed_world, NEW)
    body = pushed_world.agency.feed()
    wrong = [signature("another", body), f"md5={'0' * 32}", None]

    assert {take(pushed_world.db, "token", sign, (None, body), pushed_world.now) for sign in wrong} == {Arrival.IGNORED}
    assert received(pushed_world) == []


def test_only_what_is_new_may_be_pushed_and_nothing_else_goes(pushed_world: World) -> None:
    publish_at_the_agency(pushed_world, NEW)
    pushed_world.agency.titles[1:] = []
    push(pushed_world)
    received(pushed_world)
    pushed_world.publish()

    assert "Un premier bilan" in (pushed_world.feeds / "blog" / "atom.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("body", [b"", b"<html><body>Maintenance</body></html>", b"\x00\xff", b"<rss><channel>"])
def test_a_push_that_cannot_be_read_is_noted_and_dropped(pushed_world: World, body: bytes) -> None:
    before = state(pushed_world)
    push(pushed_world, body)
    found = received(pushed_world)

    assert [one.note[:31] for one in found] == ["The last push could not be read"]
    assert subscription(pushed_world).note == found[0].note
    assert waiting(pushed_world) == []
    assert state(pushed_world) == before


def test_a_push_that_relay_cannot_store_does_not_come_again_and_stops_no_other(
    pushed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter([True, False])

    def break_once(*words: object, **more: object) -> object:
        if next(calls):
            raise ValueError("an error of ours")
        return store(*words, **more)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(pushing, "store", break_once)
    publish_at_the_agency(pushed_world, NEW)
    push(pushed_world)
    push(pushed_world)

    assert [(one.new, "ValueError" in one.note) for one in received(pushed_world)] == [(0, True), (1, False)]
    assert waiting(pushed_world) == []


def test_a_push_for_a_source_that_is_configured_no_more_is_dropped(pushed_world: World) -> None:
    publish_at_the_agency(pushed_world, NEW)
    push(pushed_world)
    pushed_world.desk = replace(pushed_world.desk, sources={})

    assert [(one.new, "any more" in one.note) for one in received(pushed_world)] == [(0, True)]
    assert waiting(pushed_world) == []


def test_a_push_waits_through_a_restart(pushed_world: World) -> None:
    publish_at_the_agency(pushed_world, NEW)
    push(pushed_world)
    pushed_world.pass_(hours=3)

    assert [one.new for one in received(pushed_world)] == [1]

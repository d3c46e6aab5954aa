"""One entry from its source to a network, and what each step leaves behind."""

from dataclasses import replace
from datetime import time

import httpx
import pytest

from relay.core.crosspost import State
from relay.core.review.moving import Refusal
from relay.core.route import Quiet, Schedule
from relay.core.source import Backlog
from relay.pipeline import review
from tests.edges import entered
from tests.pipeline.world import CAMILLE, World, desk


def test_it_takes_an_entry_from_the_source_to_both_accounts(world: World) -> None:
    polled = world.poll()
    world.publish()
    world.approve_all()
    delivered = world.deliver()

    assert (polled.new, polled.queued) == (2, 4)
    assert [one.state for one in delivered] == [State.SENT] * 4
    assert len(world.network.shown) == 4
    assert "Un premier bilan @CGET_gouv #SMCL" in (world.feeds / "blog" / "atom.xml").read_text()


def test_it_asks_again_with_the_validators_it_was_given(world: World) -> None:
    world.poll()
    second = world.poll()

    sent = world.agency.requests[-1].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Tue, 24 Nov 2026 09:00:00 GMT")
    assert (second.state.answer, second.new) == ("304", 0)


def test_it_sends_no_validators_the_first_time(world: World) -> None:
    world.poll()

    assert not {"if-none-match", "if-modified-since"} & set(world.agency.requests[0].headers)


def test_it_writes_nothing_when_nothing_is_new(world: World) -> None:
    world.poll()
    world.publish()
    before = {path: path.read_bytes() for path in world.feeds.rglob("*.*")}
    world.pass_(hours=2)
    world.poll()

    assert world.publish() == []
    assert {path: path.read_bytes() for path in world.feeds.rglob("*.*")} == before


def test_it_queues_nothing_old_at_the_first_poll(world: World) -> None:
    world.desk = desk(backlog=Backlog())
    polled = world.poll()

    assert (polled.new, polled.queued) == (2, 0)
    assert len(world.in_state(State.SKIPPED)) == 4
    assert "Un premier bilan" in "".join(world.publish() and [(world.feeds / "blog" / "index.html").read_text()])


def test_it_queues_what_comes_after_the_first_poll(world: World) -> None:
    world.desk = desk(backlog=Backlog())
    world.poll()
    world.agency.titles.append("Une nouvelle place du marché")
    world.agency.etag = '"v2"'
    polled = world.poll()

    assert (polled.new, polled.queued) == (1, 2)


def test_it_asks_for_a_fresh_yes_when_the_source_changes_its_entry(world: World) -> None:
    world.poll()
    world.approve_all()
    world.agency.feed = lambda: corrected_feed(world)  # type: ignore[method-assign]  # the publisher corrects a lead
    world.agency.etag = '"v2"'
    polled = world.poll()

    assert polled.edited == 2
    assert {one.revision for one in world.in_state(State.WAITING)} == {2}
    assert world.deliver() == []


def corrected_feed(world: World) -> bytes:
    """The same feed with other words in its leads."""
    fresh = type(world.agency)(titles=world.agency.titles)
    return fresh.feed().replace("Le chapô".encode(), "Le chapô corrigé".encode())


def test_it_keeps_an_entry_whose_address_moved_to_https(world: World) -> None:
    world.poll()
    moved = world.agency.feed().replace(b"https://agence", b"http://www.agence")
    world.agency.feed = lambda: moved  # type: ignore[method-assign]  # the publisher's new addresses
    world.agency.etag = '"v2"'

    assert world.poll().new == 0


def test_it_refuses_a_yes_to_words_that_have_changed(world: World) -> None:
    world.poll()
    old = world.in_state(State.WAITING)[0]
    review.edit(world.db, world.desk, old.id, (CAMILLE, "test"), review.Words(old.revision, "D'autres mots"), world.now)

    with pytest.raises(Refusal, match="revision 2"):
        world.approve(old)


def test_it_refuses_a_yes_to_a_text_that_is_too_long(world: World) -> None:
    world.poll()
    one = next(one for one in world.in_state(State.WAITING) if one.account == "bsky")
    long = review.edit(world.db, world.desk, one.id, (CAMILLE, "test"), review.Words(1, "é" * 301), world.now)

    with pytest.raises(Refusal, match="301 of 300 graphemes"):
        world.approve(long)


def test_it_sends_nothing_within_the_recall_window(world: World) -> None:
    world.poll()
    world.approve(world.in_state(State.WAITING)[0])
    world.pass_(seconds=30)

    assert world.deliver() == []


def test_it_holds_what_an_account_without_its_secret_should_send(world: World) -> None:
    world.poll()
    world.approve_all()
    world.desk = replace(world.desk, accounts={})

    assert {one.state for one in world.deliver()} == {State.HELD}
    assert world.network.shown == {}


def test_what_comes_due_in_quiet_hours_leaves_when_they_are_over(world: World) -> None:
    def refuse(request: httpx.Request) -> None:
        raise httpx.ConnectError("refused", request=request)

    world.poll()
    world.approve_all()
    world.network.before = refuse
    world.deliver()
    world.network.before = lambda _: None
    world.pass_(hours=11)
    route = replace(
        world.desk.routes[0], schedule=Schedule("nights", "UTC", quiet=(Quiet(start=time(20), end=time(8)),))
    )
    world.desk = replace(world.desk, routes=(route,))
    at_night = world.deliver()
    world.pass_(hours=9)

    assert {one.state for one in at_night} == {State.SCHEDULED}
    assert {one.state for one in world.deliver()} == {State.SENT}


def test_two_entries_edited_in_one_poll_are_updated_at_two_moments(world: World) -> None:
    world.poll()
    corrected = world.agency.feed().replace("Le chapô".encode(), "Le chapô corrigé".encode())
    world.agency.feed = lambda: corrected  # type: ignore[method-assign]  # the publisher corrects its leads
    world.agency.etag = '"v2"'
    world.pass_(hours=2)
    world.poll()
    with world.db.read() as tx:
        posts = entered.posts(tx, ("cget",))

    assert len({post.updated for post in posts}) == 2
    assert {post.updated.date() for post in posts} == {world.now.date()}

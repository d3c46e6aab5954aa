"""A subscription from the request on: it is verified, renewed, refused, and taken leave of."""

from dataclasses import replace

from relay.core.polling.pollstate import PollState
from relay.core.pushing.subscription import Intent, State
from relay.core.source import Source
from relay.pipeline.pushing import push
from relay.storage import sources
from tests.fakes import wire
from tests.fakes.feed_server import listening
from tests.fakes.hub import hub_listening
from tests.pipeline.subscriber import ATOM, DAY, Subscriber, document, subscribed


def test_205_a_subscription_stands_once_the_hub_has_asked_for_this_topic(subscriber: Subscriber) -> None:
    with subscribed(subscriber):
        token = subscriber.standing().token
        is_other = push.confirm(subscriber.db, token, Intent("subscribe", "https://agence.exemple/"), subscriber.now)
        before = subscriber.standing().state
        is_this = subscriber.verify()

    assert (is_other, before) == (False, State.ASKED)
    assert (is_this, subscriber.standing().state) == (True, State.ACTIVE)


def test_a_hub_may_verify_while_it_is_still_being_asked(subscriber: Subscriber) -> None:
    """Older hubs answer 204 when they have verified; the row is there before the request leaves."""

    def verifying(call: wire.Call) -> wire.Reply:
        return wire.Reply(204 if subscriber.verify() else 500, b"")

    subscriber.follow("http://a.exemple/rss")
    with wire.listening(wire.Wire(verifying, publishes="nothing is broken here")) as hub:
        with subscriber.db.write() as tx:
            sources.save(tx, "cget", PollState(hubs=(f"{hub.url}/h",)), None)
        subscriber.subscribe()

    assert (subscriber.standing().state, subscriber.standing().note) == (State.ACTIVE, "")


def test_the_callback_is_below_public_url_and_unlike_any_other(subscriber: Subscriber) -> None:
    with subscribed(subscriber) as hub:
        form, standing = hub.asked[0], subscriber.standing()

    assert form["hub.callback"] == f"https://blog.example/websub/{standing.token}"
    assert form["hub.secret"] == standing.secret
    assert standing.secret != standing.token


def test_nothing_is_asked_twice(subscriber: Subscriber) -> None:
    with subscribed(subscriber) as hub:
        subscriber.subscribe()
        subscriber.verify()
        subscriber.subscribe()

        assert len(hub.asked) == 1


def test_a_lease_is_renewed_before_half_by_the_same_callback(subscriber: Subscriber) -> None:
    with subscribed(subscriber) as hub:
        subscriber.verify(lease="864000")
        subscriber.now += 4.9 * DAY
        subscriber.subscribe()
        is_still = subscriber.standing().state
        subscriber.verify(lease="864000")

    assert is_still is State.ACTIVE
    assert subscriber.standing().lease_until == subscriber.now + 10 * DAY
    assert hub.asked[0] == hub.asked[1]


def test_a_source_that_is_not_to_be_pushed_any_more_is_taken_leave_of_and_then_forgotten(
    subscriber: Subscriber,
) -> None:
    with subscribed(subscriber) as hub:
        subscriber.verify()
        source = subscriber.desk.sources["cget"]
        subscriber.desk = replace(subscriber.desk, sources={"cget": replace(source, push=False)})
        subscriber.subscribe()
        is_confirmed = subscriber.verify("unsubscribe")
        subscriber.now += DAY
        subscriber.subscribe()

    assert [form["hub.mode"] for form in hub.asked] == ["subscribe", "unsubscribe"]
    assert is_confirmed
    assert subscriber.subscription() is None


def test_a_hub_that_refuses_is_left_alone_for_a_week(subscriber: Subscriber) -> None:
    no = wire.Reply(400, b"Not your feed", {"content-type": "text/plain"})
    with hub_listening(h=no) as hub, listening(document(ATOM, f"{hub.url}/h")) as site:
        subscriber.follow(f"{site.url}/feed")
        subscriber.poll()
        refused = subscriber.subscribe()
        for _ in range(6):
            subscriber.now += DAY
            subscriber.subscribe()
        asked_by_then = len(hub.asked)
        subscriber.now += DAY
        subscriber.subscribe()

    assert [(one.state, "Not your feed" in one.note) for one in refused] == [(State.REFUSED, True)]
    assert (asked_by_then, len(hub.asked)) == (1, 2)


def test_a_hub_that_is_silent_is_asked_once_in_a_pass_whatever_it_is_named_for(subscriber: Subscriber) -> None:
    silent = PollState(hubs=(f"{wire.closed_port()}/h",), topic="http://a.exemple/t")
    names = ("a", "b", "c")
    subscriber.desk = replace(
        subscriber.desk, sources={name: Source(name, f"http://a.exemple/{name}", "Source : A") for name in names}
    )
    with subscriber.db.write() as tx:
        for name in names:
            sources.save(tx, name, replace(silent, topic=f"http://a.exemple/{name}"), None)
    asked = subscriber.subscribe()

    assert {(one.state, one.note) for one in asked} == {(State.ASKED, "127.0.0.1 refuses connections.")}
    assert len(asked) == 3
    assert subscriber.subscribe() == []


def test_a_relay_that_nobody_outside_can_reach_asks_nobody_outside(subscriber: Subscriber) -> None:
    state = PollState(hubs=("https://hub.exemple.fr/",), topic="https://a.exemple/t")
    subscriber.follow("https://a.exemple/t")
    subscriber.desk = replace(subscriber.desk, public_url="http://127.0.0.1:8080")
    with subscriber.db.write() as tx:
        sources.save(tx, "cget", state, None)

    assert subscriber.subscribe() == []
    assert subscriber.subscription() is None

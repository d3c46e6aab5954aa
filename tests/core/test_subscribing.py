"""Whom relay asks for pushes, when it asks again, and what it confirms to a hub."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.polling.pollstate import Place, PollState
from relay.core.pushing import subscribing
from relay.core.pushing.subscription import Declined, Intent, Offer, State, Subscription, Taken, Unanswered
from relay.core.source import Source
from tests.core.things import DAY, HOUR, MINUTE, NOW, SOURCE

HUB, TOPIC = "https://hub.exemple.fr/", "https://cget.exemple.fr/rss"
OFFER = Offer(HUB, TOPIC)
NAMED = PollState(hubs=(HUB,), topic=TOPIC)
ASKED = Subscription("token", "cget", HUB, TOPIC, "secret", State.ASKED, NOW)
ACTIVE = replace(ASKED, state=State.ACTIVE, leased_at=NOW, lease_until=NOW + 10 * DAY)
KEYS = ("new token", "new secret")


def test_the_topic_is_what_the_document_says_of_itself() -> None:
    assert subscribing.offer(SOURCE, NAMED) == OFFER


def test_the_topic_is_the_address_that_answered_where_the_document_does_not_say() -> None:
    state = PollState(hubs=(HUB,), place=Place(landed="https://www.cget.exemple.fr/rss"))
    assert subscribing.offer(SOURCE, state) == Offer(HUB, "https://www.cget.exemple.fr/rss")


@pytest.mark.parametrize(
    ("source", "state"),
    [
        (SOURCE, PollState()),
        (replace(SOURCE, push=False), NAMED),
        (SOURCE, replace(NAMED, is_gone=True)),
        (SOURCE, replace(NAMED, hubs=("http://hub.exemple.fr/",))),
    ],
    ids=["no hub", "push = false", "gone", "a hub without TLS for a source with it"],
)
def test_nobody_is_asked(source: Source, state: PollState) -> None:
    assert subscribing.offer(source, state) is None


def test_a_hub_that_is_still_named_is_not_changed_for_another() -> None:
    state = replace(NAMED, hubs=("https://other.exemple.fr/", HUB))
    assert subscribing.offer(SOURCE, state, ACTIVE) == OFFER


@pytest.mark.parametrize(
    ("hub", "public_url", "reached"),
    [
        (HUB, "https://relay.exemple.fr", True),
        (HUB, "http://127.0.0.1:8080", False),
        (HUB, "http://localhost:8080", False),
        (HUB, "http://[::1]:8080", False),
        (HUB, "http://192.168.1.4", False),
        (HUB, "http://relay", False),
        ("http://127.0.0.1:99/hub", "http://127.0.0.1:8080", True),
        ("http://hub.lab.exemple/hub", "http://127.0.0.1:8080", True),
    ],
)
def test_a_hub_reaches_what_is_near_only_from_there(hub: str, public_url: str, *, reached: bool) -> None:
    assert subscribing.can_reach(hub, public_url, {"hub.lab.exemple"}) is reached


@pytest.mark.parametrize(
    ("known", "wait"),
    [
        (ASKED, 6 * HOUR),
        (replace(ASKED, state=State.REFUSED), 7 * DAY),
        (replace(ACTIVE, state=State.DISTRUSTED), 30 * DAY),
        (replace(ASKED, state=State.ENDED), 0 * DAY),
        (ACTIVE, 4 * DAY),
        (replace(ACTIVE, lease_until=NOW + MINUTE), 6 * HOUR),
        (replace(ACTIVE, lease_until=NOW + 10 * MINUTE), 5 * MINUTE),
    ],
)
def test_a_hub_is_asked_again_after(known: Subscription, wait: timedelta) -> None:
    before = wait - timedelta(seconds=1)
    assert subscribing.is_due(known, OFFER, NOW + wait)
    assert wait == 0 * DAY or not subscribing.is_due(known, OFFER, NOW + before)


@given(st.integers(min_value=900, max_value=10**9))
def test_a_lease_is_at_most_14_days_and_renewed_before_half(seconds: int) -> None:
    leased = subscribing.confirmed(ASKED, Intent("subscribe", TOPIC, str(seconds)), NOW)
    assert leased
    assert leased.lease_until
    lease = leased.lease_until - NOW

    assert lease == min(timedelta(seconds=seconds), 14 * DAY)
    assert subscribing.is_due(leased, OFFER, NOW + lease * 0.49)


@pytest.mark.parametrize("told", ["", "0", "-1", "ten days", "١٢"])
def test_a_lease_that_is_no_number_is_a_day(told: str) -> None:
    leased = subscribing.confirmed(ASKED, Intent("subscribe", TOPIC, told), NOW)
    assert leased
    assert leased.lease_until == NOW + DAY


def test_another_hub_or_topic_is_another_subscription_with_its_own_callback() -> None:
    moved = subscribing.asked(ACTIVE, "cget", Offer("https://other.exemple.fr/", TOPIC), KEYS, NOW)

    assert subscribing.is_due(ACTIVE, Offer(HUB, "https://cget.exemple.fr/atom"), NOW)
    assert (moved.token, moved.secret, moved.state) == ("new token", "new secret", State.ASKED)


def test_a_renewal_keeps_the_callback_the_secret_and_the_pushes_meanwhile() -> None:
    later = NOW + 4 * DAY
    assert subscribing.asked(ACTIVE, "cget", OFFER, KEYS, later) == replace(ACTIVE, asked_at=later)


def test_a_hub_that_is_forgiven_begins_anew() -> None:
    distrusted = replace(ACTIVE, state=State.DISTRUSTED, misses=3)
    anew = subscribing.asked(distrusted, "cget", OFFER, KEYS, NOW + 30 * DAY)
    assert (anew.state, anew.misses, anew.lease_until) == (State.ASKED, 0, None)


@pytest.mark.parametrize(
    ("known", "intent"),
    [
        (None, Intent("subscribe", TOPIC)),
        (ASKED, Intent("subscribe", TOPIC + "/")),
        (ASKED, Intent("unsubscribe", TOPIC)),
        (ACTIVE, Intent("unsubscribe", TOPIC)),
        (replace(ASKED, state=State.ENDED), Intent("subscribe", TOPIC)),
        (replace(ASKED, state=State.REFUSED), Intent("subscribe", TOPIC)),
        (ASKED, Intent("denied", "https://elsewhere.exemple/")),
        (ASKED, Intent("", TOPIC)),
        (ASKED, Intent("publish", TOPIC)),
    ],
)
def test_205_a_hub_is_confirmed_nothing_that_relay_has_not_asked_for(
    known: Subscription | None, intent: Intent
) -> None:
    assert subscribing.confirmed(known, intent, NOW) is None


def test_leave_is_confirmed_once_it_was_taken() -> None:
    ended = subscribing.left(ACTIVE, NOW)
    assert subscribing.confirmed(ended, Intent("unsubscribe", TOPIC), NOW) == ended


def test_a_denial_ends_it_with_the_hub_s_reason() -> None:
    denied = subscribing.confirmed(ACTIVE, Intent("denied", TOPIC, reason="no room"), NOW)
    assert denied
    assert (denied.state, denied.note) == (State.REFUSED, "The hub refuses: no room")


@pytest.mark.parametrize(
    ("known", "reply", "state", "note"),
    [
        (ASKED, Taken(), State.ASKED, ""),
        (ASKED, Declined("no."), State.REFUSED, "no."),
        (ASKED, Unanswered("late."), State.ASKED, "late."),
        (ACTIVE, Declined("no."), State.ACTIVE, "no."),
    ],
    ids=["taken", "declined", "unanswered", "a renewal declined, the lease still runs"],
)
def test_what_a_hub_replies(known: Subscription, reply: Taken | Declined | Unanswered, state: State, note: str) -> None:
    after = subscribing.replied(known, reply)
    assert (after.state, after.note) == (state, note)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (None, "is asked in a moment"),
        (ASKED, "asked on 2026-10-01 08:00 UTC"),
        (ACTIVE, "pushes until 2026-10-11 08:00 UTC, nothing pushed yet"),
        (replace(ACTIVE, pushed_at=NOW), "last push 2026-10-01 08:00 UTC"),
        (replace(ACTIVE, lease_until=NOW), "its lease is over"),
        (replace(ACTIVE, state=State.DISTRUSTED, note="It forgot."), "polled as if there were no hub. It forgot."),
        (replace(ASKED, state=State.REFUSED, note="No room."), "refused on 2026-10-01 08:00 UTC. No room."),
    ],
)
def test_a_person_is_told_how_it_stands(known: Subscription | None, words: str) -> None:
    assert words in subscribing.said(SOURCE, NAMED, known, is_reached=True, now=NOW)


def test_a_person_is_told_why_there_are_no_pushes() -> None:
    off = replace(SOURCE, push=False)

    assert "service.public_url" in subscribing.said(SOURCE, NAMED, None, is_reached=False, now=NOW)
    assert "push = false" in subscribing.said(off, NAMED, None, is_reached=True, now=NOW)
    assert subscribing.said(SOURCE, PollState(), None, is_reached=True, now=NOW) == ""

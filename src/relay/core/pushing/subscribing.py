"""Whom to ask for pushes and when, and what a hub may be confirmed (https://www.w3.org/TR/websub/ §5)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import assert_never
from urllib.parse import urlsplit

from relay.core.polling.pollstate import PollState
from relay.core.pushing.pushing import is_pushing
from relay.core.pushing.subscription import Declined, Intent, Offer, Reply, State, Subscription, Taken, Unanswered
from relay.core.source import Source

LONGEST_LEASE = timedelta(days=14)
"""What is asked for, and the most that is believed: a hub that has forgotten relay is found out within that time."""
UNTOLD_LEASE = timedelta(days=1)
"""Where a hub does not say how long, or says nonsense."""
RENEWED_AFTER = 0.4
"""Of what is left of a lease: before half, and again and again before it is over."""
OFTENEST = timedelta(minutes=5)
"""Between two requests to a hub about one source, however short its leases are."""
UNVERIFIED = timedelta(hours=6)
"""After which a hub that did not answer, or did not verify, is asked again."""
REFUSED = timedelta(days=7)
FORGIVEN = timedelta(days=30)
"""After which a hub that refused, or that pushed too little, gets another chance."""
FORGOTTEN = timedelta(days=1)
"""After which a subscription that relay has ended is not remembered: by then the hub has asked whether it is so."""

_STANDING = (State.ASKED, State.ACTIVE, State.DISTRUSTED)


def offer(source: Source, state: PollState, known: Subscription | None = None) -> Offer | None:
    """The hub to subscribe at: the ``known`` one while the document names it, else the first that is safe.

    The secret is told to no hub in the clear on behalf of a source that is itself read over TLS.
    """
    if not source.push or state.is_gone:
        return None
    address = state.place.landed or source.url
    safe = [hub for hub in state.hubs if hub.startswith("https:") or not address.startswith("https:")]
    kept = [hub for hub in safe if known and hub == known.hub]
    return Offer([*kept, *safe][0], state.topic or address) if safe else None


def can_reach(hub: str, public_url: str, own_hosts: Collection[str] = ()) -> bool:
    """Whether a hub can be expected to reach a callback at ``public_url``: one on this machine or net, only from there.

    ``own_hosts`` are on it whatever their names look like.
    """
    return not _is_near(public_url) or _is_near(hub) or urlsplit(hub).hostname in own_hosts


def _is_near(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host


def is_due(known: Subscription | None, offered: Offer, now: datetime) -> bool:
    """Whether the hub of ``offered`` is to be asked at ``now``: for the first time, again, or to go on."""
    if known is None or Offer(known.hub, known.topic) != offered:
        return True
    return now >= _again(known, now)


def _again(known: Subscription, now: datetime) -> datetime:
    asked = known.asked_at
    match known.state:
        case State.ENDED:
            return asked
        case State.REFUSED:
            return asked + REFUSED
        case State.DISTRUSTED:
            return asked + FORGIVEN
        case State.ASKED:
            return asked + UNVERIFIED
        case State.ACTIVE:
            if known.lease_until is None or known.lease_until <= now:
                return asked + UNVERIFIED
            return asked + max((known.lease_until - asked) * RENEWED_AFTER, OFTENEST)
        case _:
            assert_never(known.state)


def asked(
    known: Subscription | None, source_id: str, offered: Offer, keys: tuple[str, str], now: datetime
) -> Subscription:
    """The subscription as it is when its hub is being asked; ``keys`` are token and secret, if it is another one."""
    if known is None or Offer(known.hub, known.topic) != offered:
        token, secret = keys
        return Subscription(token, source_id, offered.hub, offered.topic, secret, State.ASKED, now)
    if is_pushing(known, now) and known.state is State.ACTIVE:
        return replace(known, asked_at=now)
    return replace(known, state=State.ASKED, asked_at=now, leased_at=None, lease_until=None, misses=0, note="")


def left(known: Subscription, now: datetime) -> Subscription:
    """The subscription as it is when relay takes its leave of the hub."""
    return replace(known, state=State.ENDED, asked_at=now, note="The source is not to be pushed any more.")


def is_to_leave(known: Subscription) -> bool:
    """Whether the hub must be told that nobody wants it any more."""
    return known.state in _STANDING


def is_to_forget(known: Subscription, now: datetime) -> bool:
    """Whether nothing will be asked about it any more."""
    return known.state not in _STANDING and now - known.asked_at >= FORGOTTEN


def replied(known: Subscription, reply: Reply) -> Subscription:
    """The subscription after the hub's answer to a request. Verified it may be already: then it is not ``ASKED``."""
    match reply:
        case Taken():
            return known
        case Unanswered(why):
            return replace(known, note=why)
        case Declined(why):
            return replace(known, state=State.REFUSED if known.state is State.ASKED else known.state, note=why)
        case _:
            assert_never(reply)


def confirmed(known: Subscription | None, intent: Intent, now: datetime) -> Subscription | None:
    """The subscription after what a hub asks or says about it; ``None`` if that is not so (404, §5.3.1).

    A hub is told yes only to what relay has asked for: this topic, and to begin or to end.
    """
    if known is None or intent.topic != known.topic:
        return None
    match intent.mode:
        case "subscribe" if known.state in _STANDING:
            return _leased(known, intent.lease, now)
        case "unsubscribe" if known.state is State.ENDED:
            return known
        case "denied":
            why = f"The hub refuses: {intent.reason}" if intent.reason else "The hub refuses, without a reason."
            return known if known.state is State.ENDED else replace(known, state=State.REFUSED, note=why)
        case _:
            return None


def _leased(known: Subscription, told: str, now: datetime) -> Subscription:
    seconds = int(told[:10]) if told.isascii() and told.isdigit() else 0
    lease = min(timedelta(seconds=seconds), LONGEST_LEASE) or UNTOLD_LEASE
    since = known.leased_at if is_pushing(known, now) else now
    state = State.ACTIVE if known.state is State.ASKED else known.state
    return replace(known, state=state, leased_at=since, lease_until=now + lease, note="")


def said(source: Source, state: PollState, known: Subscription | None, *, is_reached: bool, now: datetime) -> str:
    """How it stands with pushes of a source, in one line for a person; empty where no hub is named.

    ``is_reached``: whether ``can_reach`` says so of the hub that is offered.
    """
    offered = offer(source, state, known)
    if offered is None:
        return "A hub is named, and push = false." if state.hubs and not source.push else ""
    hub = urlsplit(offered.hub).netloc
    if not is_reached:
        return f"{hub} would push, and cannot reach service.public_url."
    if known is None:
        return f"{hub} is asked in a moment."
    return f"{hub}: {_standing(known, now)}" + (f" {known.note}" if known.note else "")


def _standing(known: Subscription, now: datetime) -> str:
    match known.state:
        case State.ACTIVE if known.lease_until and is_pushing(known, now):
            last = f"last push {known.pushed_at:%Y-%m-%d %H:%M} UTC" if known.pushed_at else "nothing pushed yet"
            return f"pushes until {known.lease_until:%Y-%m-%d %H:%M} UTC, {last}."
        case State.ACTIVE:
            return "its lease is over, and it did not renew it."
        case State.DISTRUSTED:
            return "distrusted, the source is polled as if there were no hub."
        case _:
            return f"{known.state} on {known.asked_at:%Y-%m-%d %H:%M} UTC."

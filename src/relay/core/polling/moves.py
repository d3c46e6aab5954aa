"""Whether a redirect is a move: what it takes before relay asks at another address.

A redirect may be a mistake, a captive portal or a hijack, and what is asked there may be published.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import takewhile
from urllib.parse import urlsplit

from relay.core.document import Hop
from relay.core.polling.pollstate import Moving, Place, PollState
from relay.core.source import Source, Validators

PERMANENT = frozenset({301, 308})
WAITED = timedelta(days=7)
SEEN = 5


def address(source: Source, state: PollState) -> str:
    """Where to ask: the configured address, or the one it has moved to since that was written."""
    return asked(source, state.place)


def asked(source: Source, place: Place) -> str:
    """The same, of one whose place is known."""
    return place.url if place.configured == source.url and place.url else source.url


def current(source: Source, state: PollState) -> PollState:
    """``state`` as far as it is about the configured address: another one is another feed, but of the same entries."""
    if state.place.configured == source.url:
        return _wished(source, state)
    if not state.place.configured:
        return _wished(source, replace(state, place=replace(state.place, configured=source.url)))
    learnt = PollState(polled_at=state.polled_at, succeeded_at=state.succeeded_at, due=state.polled_at or state.due)
    fresh = replace(learnt, place=Place(configured=source.url), rhythm=state.rhythm, reason="its address was changed")
    return replace(fresh, wish=state.wish)


def _wished(source: Source, state: PollState) -> PollState:
    """What is newly wanted of a document must not hide behind a 304 or its same bytes; it is not news, though."""
    wish = _PLAIN if _is_plain(source) else _digest(source)
    if state.wish == wish:
        return state
    if not state.wish:
        return replace(state, wish=wish)
    return replace(state, wish=wish, validators=Validators(), body=None, read_until=state.succeeded_at)


def _is_plain(source: Source) -> bool:
    """Whether all of its documents is wanted, as they are: of most sources."""
    return not (source.keep or source.drop or source.select or source.fulltext)


def _digest(source: Source) -> str:
    wanted = (source.keep, source.drop, source.select, source.fulltext)
    return sha256(repr(wanted).encode("utf-8", "replace")).hexdigest()[:16]


_PLAIN = _digest(Source("", "", ""))


def after(place: Place, asked: str, hops: Sequence[Hop], now: datetime, *, is_proved: bool) -> Place:
    """The place after an answer that could be read, reached over ``hops`` from ``asked``.

    Only permanent redirects count, up to the first that is not; from http to https of the same address at once,
    to anywhere else after a week and five fetches, if a document there had an entry of this source (``is_proved``).
    """
    there = hops[-1].target if hops else asked
    lasting = list(takewhile(lambda hop: hop.status in PERMANENT, hops))
    if not lasting:
        is_so = place.landed == there and place.moving is None
        return place if is_so else replace(place, landed=there, moving=None)
    landed = replace(place, landed=there)
    if _is_upgrade(asked, lasting[0].target):
        return _moved(landed, asked, lasting[0].target)
    target, old = lasting[-1].target, place.moving
    if old is None or old.target != target:
        return replace(landed, moving=Moving(target, now, 1, is_proved))
    seen = replace(old, fetches=old.fetches + 1, is_proved=old.is_proved or is_proved)
    if seen.is_proved and seen.fetches >= SEEN and now - seen.since >= WAITED:
        return _moved(landed, asked, target)
    return replace(landed, moving=seen)


def _moved(place: Place, old: str, new: str) -> Place:
    return replace(place, url=new, aliases=(*(alias for alias in place.aliases if alias != old), old), moving=None)


def _is_upgrade(old: str, new: str) -> bool:
    """From http to https, all else equal."""
    before, after = urlsplit(old), urlsplit(new)
    same = (before.hostname, before.path, before.query) == (after.hostname, after.path, after.query)
    ports = before.port == after.port or (before.port in {None, 80} and after.port in {None, 443})
    return same and ports and (before.scheme, after.scheme) == ("http", "https")

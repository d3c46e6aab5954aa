"""A host says that relay asks too often: it is left alone, with its neighbours if three of a domain say so."""

from dataclasses import replace
from datetime import datetime
from functools import cache

from publicsuffixlist import PublicSuffixList
from sqlalchemy import Connection

from relay.core.document import Answer, Busy, Fetched, NotModified, Unreachable
from relay.core.polling import pause
from relay.core.polling.pause import Pause
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.polling.record import Exchange
from relay.storage import pauses

NEIGHBOURS = 3


def hear(
    tx: Connection, desk: Desk, source: Source, exchange: Exchange, now: datetime, *, are_any: bool = True
) -> Pause | None:
    """Remember the pause that a busy host asks for; a host that answered is told off anew, if ever.

    Whether there ``are_any`` pauses: most often there are none, and none ends.
    """
    answer = exchange.answer
    if isinstance(answer, Fetched | NotModified) and are_any:
        pauses.forget(tx, _names(exchange.url, answer, source, desk), now)
    if not isinstance(answer, Busy):
        return None
    name = pause.name(answer.host, source.id, desk.own_hosts)
    found = pause.pause(pauses.get(tx, name), answer.retry_after, answer.why, now)
    pauses.put(tx, name, found)
    if name == answer.host:
        _spread(tx, desk, name, found, now)
    return found


def ended(desk: Desk, source: Source, exchange: Exchange) -> list[str]:
    """The names of the pauses that an answer ends where there are any, which ``hear`` does."""
    answer = exchange.answer
    return _names(exchange.url, answer, source, desk) if isinstance(answer, Fetched | NotModified) else []


def is_enough(answer: Answer, desk: Desk) -> bool:
    """Whether the host that gave it had better not be asked more for now: it is busy, or says nothing at all."""
    if isinstance(answer, Busy):
        return pause.name(answer.host, "", desk.own_hosts) == answer.host
    return isinstance(answer, Unreachable) and answer.status is None


def _names(asked: str, answer: Fetched | NotModified, source: Source, desk: Desk) -> list[str]:
    """Whoever answered is well: the host asked, those that were led to, and what stands above them."""
    hosts = [pause.host_of(url) for url in (asked, *(hop.target for hop in answer.hops))]
    return [name for host in hosts for name in pause.names(host, source.id, desk.own_hosts)]


def _spread(tx: Connection, desk: Desk, host: str, found: Pause, now: datetime) -> None:
    """Blogs of one service share its patience, for some hours; only hosts that sources are on speak for others."""
    domain = _domain(host)
    asked = {pause.host_of(source.url) for source in desk.sources.values()}
    told = [name for name in pauses.running(tx, now) if name in asked]
    if domain and sum(name.partition(":")[0].endswith(f".{domain}") for name in told) >= NEIGHBOURS:
        until = min(found.until, now + pause.LONGEST_UNASKED)
        pauses.put(tx, f"*.{domain}", replace(found, until=until))


def _domain(host: str) -> str | None:
    """The part of a host that one body holds: what stands under a public suffix of the registries (not of services)."""
    plain = host.partition(":")[0]
    found = None if plain.replace(".", "").isdecimal() else _registries().privatesuffix(plain)
    return str(found) if found else None


@cache
def _registries() -> PublicSuffixList:
    """Read when it is first needed: few services ever are told off."""
    return PublicSuffixList(only_icann=True)

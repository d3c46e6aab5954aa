"""A host says that relay asks too often: it is left alone, with its neighbours if three of a domain say so."""

from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList
from sqlalchemy import Connection

from relay.core import pause
from relay.core.document import Answer, Busy, Fetched, NotModified, Unreachable
from relay.core.pause import Pause
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.storage import pauses

NEIGHBOURS = 3


def hear(tx: Connection, desk: Desk, source: Source, answer: Answer, now: datetime) -> Pause | None:
    """Remember the pause that a busy host asks for; a host that answered is told off anew, if ever."""
    if isinstance(answer, Fetched | NotModified):
        pauses.forget(tx, _names(answer, source, desk))
    if not isinstance(answer, Busy):
        return None
    name = pause.name(answer.host, source.id, desk.own_hosts)
    found = pause.pause(pauses.get(tx, name), answer.retry_after, answer.why, now)
    pauses.put(tx, name, found)
    if name == answer.host:
        _spread(tx, name, found, now)
    return found


def is_enough(answer: Answer, desk: Desk) -> bool:
    """Whether the host that gave it had better not be asked more for now: it is busy, or says nothing at all."""
    if isinstance(answer, Busy):
        return pause.name(answer.host, "", desk.own_hosts) == answer.host
    return isinstance(answer, Unreachable) and answer.status is None


def _names(answer: Fetched | NotModified, source: Source, desk: Desk) -> list[str]:
    """Whoever answered is well: the host asked, and the one that was led to."""
    urls = [source.url, *(hop.target for hop in answer.hops)]
    return [pause.name(urlsplit(url).netloc, source.id, desk.own_hosts) for url in urls]


def _spread(tx: Connection, host: str, found: Pause, now: datetime) -> None:
    """Blogs of one service share its patience."""
    domain = _domain(host)
    hosts = {name.partition(":")[0] for name in pauses.running(tx, now)}
    if domain and sum(name.endswith(f".{domain}") and not name.startswith("*") for name in hosts) >= NEIGHBOURS:
        pauses.put(tx, f"*.{domain}", found)


def _domain(host: str) -> str | None:
    """The part of a host that one body holds: what stands under a public suffix of the registries (not of services)."""
    found = _registries().privatesuffix(host.partition(":")[0])
    return str(found) if found else None


@cache
def _registries() -> PublicSuffixList:
    """Read when it is first needed: few services ever are told off."""
    return PublicSuffixList(only_icann=True)

"""How a source is read: what it is asked with, and how its answer becomes a document."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

import httpx

from relay.core.document import Answer, Blocked, Fetched, ParsedFeed
from relay.core.polling.pause import host_of
from relay.core.source import Source, Validators
from relay.intake.fetch import fetch, user_agent
from relay.intake.parsing import DIRECT, Parsing
from relay.intake.wire.by_threads import ByThreads
from relay.intake.wire.exchange import Exchanges, Getting, Reply
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.robots import Robots
from relay.pipeline.reading.answered import Answered


class Polls(Getting, Protocol):
    """Whoever makes the exchanges of polls, one by one or many at once."""

    def many(self, at_once: int) -> Exchanges:
        """For one thread, which closes them."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The guarded client, and what sites let robots read; ``polls`` is how feeds are fetched, if not by that client.

    ``far`` is the same without the hosts that the operator allows beside those of the open internet, ``is_near`` tells
    the sources that are on such a host. What a stranger's feed leads to (a redirect, an article, a hub) must not be:
    it would be published, or posted to. ``parsing`` is how documents are read: a service has them read in a cage.
    ``many`` makes exchanges for a pass, so many at once, if not each is to have a thread of its own.
    """

    http: httpx.Client
    robots: Robots
    far: "Reader | None" = None
    is_near: Callable[[str], bool] = lambda _: True
    parsing: Parsing = DIRECT
    polls: Getting | None = None
    many: Callable[[int], Exchanges] | None = None

    @classmethod
    def over(cls, http: httpx.Client, parsing: Parsing = DIRECT, polls: Polls | None = None) -> "Reader":
        """A reader that knows no site's rules yet."""
        return cls(http, Robots(http), parsing=parsing, polls=polls, many=polls.many if polls else None)

    def of(self, source: Source) -> "Reader":
        """The one for this source and all that it leads to."""
        is_near = self.far is None or self.is_near(urlsplit(source.url).hostname or "")
        return self if self.far is None or is_near else self.far

    def exchanges(self, at_once: int) -> Exchanges:
        """For one pass, which closes them."""
        return self.many(at_once) if self.many else ByThreads(self._way(), at_once)

    def after(self, said: Reply | Exception) -> "Reader":
        """The one for a request whose first exchange ended so."""
        return replace(self, polls=Answered(self._way(), said))

    def ask(self, source: Source, url: str, conditions: Validators) -> Answer:
        """A feed is made to be fetched; a page that is read instead of one is, if its site lets robots."""
        refusal = self.robots.refusal(url) if source.select else None
        return Blocked(refusal, is_ours=True) if refusal else fetch(self._way(), url, source.id, conditions)

    def read(self, source: Source, answer: Fetched) -> ParsedFeed:
        """What the answer says."""
        if source.select:
            return self.parsing.page(answer.body, answer.url, answer.content_type, source.select)
        return self.parsing.feed(answer.body, answer.url, answer.content_type)

    def name(self, source_id: str) -> str:
        """The User-Agent that the publisher of a source sees."""
        return user_agent(self._way().agent, source_id)

    def asks_plainly(self, source: Source, url: str) -> bool:
        """Whether ``ask`` is one exchange at ``url`` and needs nothing beside: nobody's rules, and no look at its host.

        Whoever asks where the source says is no stranger there: ``far`` is for where others have led it.
        """
        return source.select is None and (self.far is None or host_of(url) == host_of(source.url))

    def _way(self) -> Getting:
        return self.polls or OverHttpx(self.http)

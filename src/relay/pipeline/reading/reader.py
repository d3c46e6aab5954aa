"""How a source is read: what it is asked with, and how its answer becomes a document."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from relay.core.document import Answer, Blocked, Fetched, ParsedFeed
from relay.core.source import Source, Validators
from relay.intake.fetch import fetch, user_agent
from relay.intake.parsing import DIRECT, Parsing
from relay.intake.wire.exchange import Getting
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.robots import Robots


@dataclass(frozen=True, slots=True)
class Reader:
    """The guarded client, and what sites let robots read; ``polls`` is how feeds are fetched, if not by that client.

    ``far`` is the same without the hosts that the operator allows beside those of the open internet, ``is_near`` tells
    the sources that are on such a host. What a stranger's feed leads to (a redirect, an article, a hub) must not be:
    it would be published, or posted to. ``parsing`` is how documents are read: a service has them read in a cage.
    """

    http: httpx.Client
    robots: Robots
    far: "Reader | None" = None
    is_near: Callable[[str], bool] = lambda _: True
    parsing: Parsing = DIRECT
    polls: Getting | None = None

    @classmethod
    def over(cls, http: httpx.Client, parsing: Parsing = DIRECT, polls: Getting | None = None) -> "Reader":
        """A reader that knows no site's rules yet."""
        return cls(http, Robots(http), parsing=parsing, polls=polls)

    def of(self, source: Source) -> "Reader":
        """The one for this source and all that it leads to."""
        is_near = self.far is None or self.is_near(urlsplit(source.url).hostname or "")
        return self if self.far is None or is_near else self.far

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

    def _way(self) -> Getting:
        return self.polls or OverHttpx(self.http)

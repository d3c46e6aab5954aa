"""A request whose first exchange somebody else has made: what follows from it is asked as ever."""

from dataclasses import dataclass
from math import inf

from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Getting, Headers, Reply


@dataclass(slots=True)
class Answered:
    """What was ``said`` is the first answer; another attempt, or where it leads, goes the ``way``."""

    way: Getting
    said: Reply | Exception | None

    @property
    def agent(self) -> str:
        """As ``Getting`` has it."""
        return self.way.agent

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        """As ``Getting`` has it."""
        said, self.said = self.said, None
        if isinstance(said, Exception):
            raise said
        return said or self.way.get(url, headers, left)

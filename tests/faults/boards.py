"""A plain far end: an inbox that takes whatever comes."""

import json
from dataclasses import dataclass, field

from tests.fakes.wire import Call, Reply


@dataclass(slots=True)
class Inbox:
    """What Apprise hands over to its ``json://``."""

    messages: list[str] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        self.messages.append(json.loads(call.body)["message"])
        return Reply(200, b"{}")

    def texts(self) -> list[str]:
        """What readers see."""
        return list(self.messages)

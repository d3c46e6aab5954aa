"""What a network granted when an account was connected: secrets that are kept sealed, and how long they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from relay.core.account import Secret


@dataclass(frozen=True, slots=True)
class Grant:
    """``secrets`` stand under the names that the network's settings have for them.

    ``expires_at`` is when the access token ends; with ``refresh`` another can be had then, without it a person must
    connect the account again. ``ends_at`` is when even ``refresh`` ends, where the network says. ``client`` is what
    relay is to that server ("client_id", "client_secret"), where relay registered itself there. ``whose`` is the
    account as its network writes it ("@blog@social.example"), for the person who connects it.
    """

    secrets: Mapping[str, Secret]
    refresh: Secret | None = None
    expires_at: datetime | None = None
    ends_at: datetime | None = None
    client: Mapping[str, Secret] = field(default_factory=dict)
    whose: str = ""
    at: str = ""
    """Which network and server gave it, as the account's settings named them: no other one is shown these secrets."""

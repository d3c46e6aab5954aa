"""What relay asks of a network. Each network is one module of this folder that has these names.

The words are composed outside, from ``limits``; a network only says how it counts and how it sends.
``prepare`` may be repeated and shows nothing to the public; ``publish`` sends exactly what was prepared.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities
from relay.networks.showing import Shows, with_first_link


@dataclass(frozen=True, slots=True)
class Settings:
    """The keys an ``[accounts.…]`` of this network takes, each with what it means, for messages and docs."""

    required: dict[str, str] = field(default_factory=dict)
    optional: dict[str, str] = field(default_factory=dict)
    secret: dict[str, str] = field(default_factory=dict)
    """Required too, but only ever as ``{ env = … }`` or ``{ file = … }``."""
    optional_secret: dict[str, str] = field(default_factory=dict)
    """Written in the same way, where there are several ways to post; ``prepare`` says when none of them is there."""
    shows: Shows = with_first_link
    """What readers will get of a draft; it decides as ``prepare`` does."""
    mentions: bool = True
    """Whether a handle in the text reaches whom it names; elsewhere it is a word like others, and nobody lacks one."""


class Network(Protocol):
    """The names a network's module must have."""

    SETTINGS: Settings

    def limits(self, account: Account) -> Limits:
        """How long a text may be for this account, and how it is counted."""
        ...

    def directory_name(self, account: Account) -> str:
        """The network whose handles count here: the key in ``[handles.…]``."""
        ...

    def abilities(self, account: Account) -> Abilities:
        """What can be done with this account's posts beside sending them."""
        ...

    def prepare(
        self,
        http: httpx.Client,
        account: Account,
        draft: Draft,
        keys: Keys,
        picture: bytes | None = None,
        after: tuple[Sent, ...] = (),
    ) -> Request | Retry | Refused | AuthLost:
        """The request to freeze: look-ups and uploads happen here; with the same ``keys``, the same request.

        ``picture`` is what ``draft.image`` names; without it, the post goes without. ``after`` are the earlier posts
        of its thread, from the first to the one that it answers; only networks that thread are given any.
        """
        ...

    def publish(self, http: httpx.Client, account: Account, request: Request) -> Outcome:
        """Send it. Whatever leaves a doubt about its being published is ``Unsure``, never ``Retry``."""
        ...

    def find(self, http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
        """Look for it among what the account has published at or after ``since``."""
        ...

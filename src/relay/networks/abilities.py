"""What a network lets an account do with its posts beside sending them: data, and the functions that do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Outcome, Removal, Sent
from relay.core.route import Slot
from relay.networks.connecting import Connecting

Edit = Callable[[httpx.Client, Account, Sent, Request, Request], Outcome]
"""``edit(http, account, sent, before, after)``: what was sent as ``before`` becomes ``after``, under the same name.

``after`` is prepared with the keys of ``before``. Repeating it does no harm, so a doubt is ``Unsure`` and no more.
"""

Delete = Callable[[httpx.Client, Account, Sent, Request], Removal]
"""``delete(http, account, sent, request)``. What is not there any more is ``Gone`` too."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a server says of itself: how long texts may be there, and what it is ("Mastodon 4.5.2")."""

    limits: Limits
    server: str = ""


AskLimits = Callable[[httpx.Client, Account], Told | CannotTell]
"""``ask(http, account)``: what the account's own server takes, which its people may have changed."""


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many posts of an account in so long: what the network's terms say."""

    posts: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Gathered:
    """One request for the first ``count`` of the drafts; there was no room for the others."""

    request: Request
    count: int


Gather = Callable[[Account, tuple[Draft, ...], Keys], Gathered | AuthLost]
"""``gather(account, drafts, keys)``: one letter of several posts, the first of them in any case; nothing is asked."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The account's posts leave together, at ``slot``, as what ``gather`` makes of them."""

    slot: Slot
    gather: Gather


@dataclass(frozen=True, slots=True)
class Abilities:
    """``None`` stands for what the network, or this account's way to it, does not allow.

    ``edit_within`` and ``delete_within`` count from sending; ``threads``: a post can answer the one before it;
    ``warns``: a draft's ``warning`` is shown in its stead until readers ask for it; ``connect``: a browser connects
    it, where its secrets can be pasted in any case.
    """

    edit: Edit | None = None
    edit_within: timedelta | None = None
    delete: Delete | None = None
    delete_within: timedelta | None = None
    threads: bool = False
    warns: bool = False
    ask_limits: AskLimits | None = None
    budgets: tuple[Budget, ...] = ()
    connect: Connecting | None = None
    digest: Digest | None = None

"""How an account is connected in a browser, where its network has a way: data, and the functions that do it.

A person is sent to ``Visit.url``, says yes there, and comes back to relay's own address with a code; or copies the
code from the page into the terminal. ``state`` and the address to come back to are relay's, minted for one visit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry

Failed = Retry | Refused | AuthLost


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the person goes; ``kept`` is what ``finish`` needs again: the PKCE verifier (RFC 7636), the client."""

    url: str
    kept: Mapping[str, Secret] = field(default_factory=dict)


Begin = Callable[[httpx.Client, Account, str, str], Visit | Failed]
"""``begin(http, account, redirect, state)``."""

Finish = Callable[[httpx.Client, Account, Visit, str, Mapping[str, str]], Grant | Failed]
"""``finish(http, account, visit, redirect, answered)``: ``answered`` are the parameters of the way back."""

Refresh = Callable[[httpx.Client, Account, Grant], Grant | Failed]
"""``refresh(http, account, grant)``: another access token, perhaps another refresh token; one asks at a time."""


@dataclass(frozen=True, slots=True)
class Connecting:
    """``refresh`` is ``None`` where tokens never end, or where only a person can have another.

    ``redirect`` is an address that shows the code instead of coming back, for a terminal on a machine without a
    public address ("urn:ietf:wg:oauth:2.0:oob"); empty where the network has none.
    """

    begin: Begin
    finish: Finish
    refresh: Refresh | None = None
    redirect: str = ""

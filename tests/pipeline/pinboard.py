"""A network that threads, edits and deletes, kept in memory; what befalls a call is said call by call."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import (
    Allowance,
    AuthLost,
    CannotTell,
    Finding,
    Gone,
    NotThere,
    Outcome,
    Refused,
    Removal,
    Retry,
    Sent,
)
from relay.networks.abilities import Abilities, Budget
from relay.networks.network import Settings

Befalls = Callable[[str], None]


def nothing(_: str) -> None:
    """Calls that nothing befalls."""


@dataclass
class Pinboard:
    """``shown`` is what its public sees: name → text and the name that it answers. ``calls`` are those that write."""

    shown: dict[str, tuple[str, str]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    before: Befalls = nothing
    after: Befalls = nothing
    edits: bool = True
    deletes: bool = True
    edit_within: timedelta | None = None
    budgets: tuple[Budget, ...] = ()
    allowance: Allowance | None = None
    """What its answers say is left."""
    says: Retry | Refused | AuthLost | None = None
    """What it answers to every call that writes, if anything is wrong."""
    SETTINGS: Settings = field(default_factory=Settings)

    def limits(self, account: Account) -> Limits:
        del account
        return Limits(text=(("graphemes", 200),))

    def directory_name(self, account: Account) -> str:
        del account
        return "pinboard"

    def abilities(self, account: Account) -> Abilities:
        del account
        return Abilities(
            edit=self.edit if self.edits else None,
            edit_within=self.edit_within,
            delete=self.delete if self.deletes else None,
            threads=True,
            budgets=self.budgets,
        )

    def prepare(  # as all networks
        self,
        http: httpx.Client,
        account: Account,
        draft: Draft,
        keys: Keys,
        picture: bytes | None = None,
        after: tuple[Sent, ...] = (),
    ) -> Request | Retry | Refused | AuthLost:
        del http, account, picture
        body = {"text": draft.text, "answers": after[-1].id if after else ""}
        return Request(f"{keys.created_at.isoformat()}/{keys.nonce}", json.dumps(body))

    def publish(self, http: httpx.Client, account: Account, request: Request) -> Outcome:
        del http, account
        return self._write("publish", request.key, request)

    def find(self, http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
        del http, account, since
        if isinstance(self.says, AuthLost):
            return CannotTell(self.says.why)
        return Sent(request.key) if request.key in self.shown else NotThere()

    def edit(self, http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
        del http, account, before
        return self._write("edit", sent.id, after)

    def delete(self, http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
        del http, account, request
        self._begin("delete")
        if self.says:
            return self.says
        self.shown.pop(sent.id, None)
        self.after("delete")
        return Gone()

    def _write(self, call: str, name: str, request: Request) -> Outcome:
        self._begin(call)
        if self.says:
            return self.says
        body = json.loads(request.body)
        assert call == "edit" or name not in self.shown, "the same post twice"
        self.shown[name] = (body["text"], body["answers"])
        self.after(call)
        return Sent(name, f"https://pinboard.example/{len(self.calls)}", self.allowance)

    def _begin(self, call: str) -> None:
        self.calls.append(call)
        self.before(call)

    def texts(self) -> list[str]:
        """What its public reads, from the first post to the last."""
        return [text for text, _ in self.shown.values()]


def on(board: Pinboard, account_id: str = "pins") -> dict[str, Account]:
    """An account there."""
    return {account_id: Account(account_id, "pinboard")}


def silent(board: Pinboard) -> Pinboard:
    """The same board, whose network can neither edit nor delete."""
    return replace(board, edits=False, deletes=False)

"""An issue of a digest: the approved words of several cross-posts as one letter, that leaves once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from relay.core.crosspost import Crosspost, Keys, Request, State

_MAY_BE_OUT = frozenset({State.SENDING, State.UNCONFIRMED, State.SENT})


@dataclass(frozen=True, slots=True)
class Issue:
    """``members`` are the ids of its cross-posts, as its letter has them; ``request`` is the letter, frozen."""

    account: str
    members: tuple[int, ...]
    request: Request


def keys_of(account_id: str, members: Sequence[Crosspost], moment: datetime) -> Keys:
    """Made out of the account, the moment, and the keys of the approvals, which nobody can guess."""
    nonces = [one.keys.nonce for one in members if one.keys]
    told = f"{account_id} {moment.isoformat()} {nonces}"
    return Keys(moment, int.from_bytes(sha256(told.encode()).digest()[:8]) >> 2)


def reference(request: Request) -> Request:
    """What each of its cross-posts keeps of the letter: the key that it goes under, and no words.

    New words, and a recall, clear it as they clear any request: then the letter is not theirs any more.
    """
    return Request(request.key, "")


def key_of(crosspost: Crosspost) -> str:
    """The key of the issue that a cross-post is in; empty where it is in none."""
    return crosspost.request.key if crosspost.request and not crosspost.request.body else ""


def is_whole(issue: Issue, members: Sequence[Crosspost]) -> bool:
    """Whether all that its letter says is still approved to leave: then it may, as it was."""
    return tuple(one.id for one in members if _is_in(issue, one, State.SCHEDULED)) == issue.members


def is_in_doubt(issue: Issue, members: Sequence[Crosspost]) -> bool:
    """Whether its letter may have reached somebody: then nothing of it goes into another."""
    return any(_is_in(issue, one, state) for one in members for state in _MAY_BE_OUT)


def alike(members: Sequence[Crosspost]) -> tuple[Crosspost, ...]:
    """Due at one moment, the latest of theirs, where all are to leave again."""
    moments = [one.not_before for one in members if one.not_before]
    if not moments or any(one.state is not State.SCHEDULED for one in members):
        return tuple(members)
    return tuple(replace(one, not_before=max(moments)) for one in members)


def _is_in(issue: Issue, crosspost: Crosspost, state: State) -> bool:
    return crosspost.state is state and key_of(crosspost) == issue.request.key

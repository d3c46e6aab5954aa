"""What became of an attempt to post, and of a look at what an account has posted: an expected failure is a value."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

SHUT = -1
"""What is left where a network answers nothing at all before ``until``, be it a post, a look or a withdrawal."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a network says an account may still do: ``left`` more posts before ``until``, when it begins anew."""

    left: int
    until: datetime

    def is_shut(self, now: datetime) -> bool:
        """Whether the account has asked too much, and nothing of it may be asked now. No network means days by that."""
        return self.left < 0 and now < self.until <= now + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """The network has it: under its own name for it, and where readers find it."""

    id: str
    url: str | None = None
    allowance: Allowance | None = field(default=None, compare=False)
    """It is not of the post: the same one is told again later, with less or more left."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Nothing was published, and the same request may be sent again after ``wait``."""

    why: str
    wait: timedelta = timedelta(minutes=1)
    is_limit: bool = field(default=False, compare=False)
    """Whether it is said to the account, which asks too much, and not of this post: nothing is asked before."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was published, and the same request never will be."""

    why: str


@dataclass(frozen=True, slots=True)
class AuthLost:
    """The network no longer knows this account's secret: everything for it must wait for a person."""

    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The request went out and the answer did not come back, or says nothing: it may be published."""

    why: str
    wait: timedelta = timedelta(0)
    """How long the network itself may need until it shows what it has."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The network shows it no more, or never did."""


Outcome = Sent | Retry | Refused | AuthLost | Unsure
"""What became of posting, or of editing, which is posting again under the same name."""

Removal = Gone | Retry | Refused | AuthLost | Unsure
"""What became of deleting."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """The account's own posts were read, and it is not among them."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The network cannot be asked, or did not answer."""

    why: str
    wait: timedelta | None = field(default=None, compare=False)
    """Where the account has asked too much: before that nothing is asked again."""


Finding = Sent | NotThere | CannotTell

"""The twelve faults, and how a seed chooses what befalls one account."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random
from typing import Literal

Effect = Literal["none", "now", "late"]
"""What the network does with a call whose answer is lost: nothing, what it was asked, or that some time later."""


class Kind(StrEnum):
    """What may befall a call."""

    REFUSED = "refused"
    RESET_BEFORE = "reset-before-body"
    RESET_AFTER = "reset-after-body"
    LOST = "answer-lost"
    ERROR_AFTER = "500-after"
    IN_FLIGHT = "503-in-flight"
    REPEAT_ERROR = "500-on-repeat"
    TRUNCATED = "truncated-json"
    WRONG_ID = "wrong-id"
    TIMEOUT = "timeout"
    LIMITED = "429"
    TLS_CUT = "tls-cut"


EFFECTS: dict[Kind, tuple[Effect, ...]] = {
    Kind.REFUSED: ("none",),
    Kind.RESET_BEFORE: ("none",),
    Kind.RESET_AFTER: ("none", "late"),
    Kind.LOST: ("now",),
    Kind.ERROR_AFTER: ("now",),
    Kind.IN_FLIGHT: ("late",),
    Kind.REPEAT_ERROR: ("none", "now"),
    Kind.TRUNCATED: ("now",),
    Kind.WRONG_ID: ("now",),
    Kind.TIMEOUT: ("none", "now", "late"),
    Kind.LIMITED: ("none",),
    Kind.TLS_CUT: ("none", "now"),
}
"""What each may leave behind."""
_LAGS = (0, 0, 1, 3, 5, 8, 20)
"""Seconds for which a list does not have the newest post."""
_LATEST = 30
"""Seconds after which a network has done what it took: relay waits for 60 before it looks."""
_CRASHES = ("", "", "", "prepared", "before", "after", "looking")
"""When the worker dies: with the request made, before it is sent, with the answer in hand, in the middle of a look."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What befalls one account. ``variant`` chooses among the forms that a fault has."""

    kind: Kind
    posts: int
    after: int
    """Calls that publish and go well before the first that does not."""
    row: int
    """How many fail, one after the other."""
    effects: tuple[Effect, ...]
    late: timedelta
    reads: int
    """How many calls that only ask fail too, from the first doubt on."""
    lag: timedelta
    skew: timedelta
    """How far the network's clock is from relay's."""
    crash: str
    crashes_at: int
    variant: int
    patience: timedelta
    """How long it takes until a person looks who was asked to."""


def plan(kind: Kind, network: str, seed: int) -> Plan:
    """The same seed makes the same plan."""
    chance = Random(f"{seed} {network} {kind}")  # noqa: S311  # chance, and no secret
    posts, row = chance.choice((1, 1, 2)), chance.choice((1, 1, 2, 3, 4))
    row += kind is Kind.REPEAT_ERROR  # the first is lost, and only those after it are repeats
    crash = chance.choice(_CRASHES)
    return Plan(
        kind,
        posts=posts,
        after=chance.choice((0, 0, 1)) if posts > 1 else 0,
        row=row,
        effects=tuple(chance.choice(EFFECTS[kind]) for _ in range(row)),
        late=timedelta(seconds=chance.uniform(0, _LATEST)),
        reads=chance.choice((0, 0, 1, 2)),
        lag=timedelta(seconds=chance.choice(_LAGS)),
        skew=timedelta(seconds=chance.uniform(-60, 60)),
        crash=crash,
        crashes_at=chance.choice((1, 1, 2)),
        variant=chance.randrange(1 << 16),
        patience=timedelta(minutes=chance.choice((16, 17, 18, 31))),
    )

"""What is seldom there: one question says of several tables which of them need not be asked."""

from dataclasses import dataclass

from sqlalchemy import Connection, Exists, Table, bindparam, select

from relay.storage.tables.accounts import accounts, grants
from relay.storage.tables.editorial import bodies
from relay.storage.tables.intake import pauses, quarantine, sources, subscriptions


@dataclass(frozen=True, slots=True)
class Beside:
    """The ``state`` of a source as its row has it, empty where there is none, and what there is beside it."""

    state: str
    is_subscribed: bool
    is_held_against: bool
    are_pauses: bool
    """Of whatever host."""


@dataclass(frozen=True, slots=True)
class Overlays:
    """What may lie over the configuration: secrets of accounts, bodies, and what servers say of themselves."""

    are_granted: bool
    are_named: bool
    are_told: bool


def beside(tx: Connection, source_id: str) -> Beside:
    """What there is of one source."""
    state, *there = tx.execute(_BESIDE, {"own": source_id}).one()
    return Beside(state or "", *map(bool, there))


def overlays(tx: Connection) -> Overlays:
    """What there is of all accounts and bodies."""
    return Overlays(*map(bool, tx.execute(_OVERLAYS).one()))


def _of_source(table: Table) -> Exists:
    return select(table.c.source_id).where(table.c.source_id == bindparam("own")).exists()


_STATE = select(sources.c.state).where(sources.c.id == bindparam("own")).scalar_subquery()
_BESIDE = select(_STATE, _of_source(subscriptions), _of_source(quarantine), select(pauses.c.name).exists())
_TOLD = select(accounts.c.id).where(accounts.c.limits.is_not(None))
_OVERLAYS = select(select(grants.c.account).exists(), select(bodies.c.id).exists(), _TOLD.exists())

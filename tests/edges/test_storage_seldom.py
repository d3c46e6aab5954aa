"""One question says what there is of what is seldom there, and never that there is none of what there is."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from relay.core.account import Limits
from relay.core.directory.handles import Body
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import PollState
from relay.core.polling.quarantine import Quarantine
from relay.core.pushing.subscription import State, Subscription
from relay.core.standing import Served
from relay.storage import accounts, bodies, grants, pauses, quarantine, seldom, sources, subscriptions
from relay.storage.database import Database
from relay.storage.grants import Kept
from relay.storage.sealing import Sealed
from relay.storage.seldom import Beside, Overlays
from tests.core.things import DAY, NOW

AGREED = Subscription("T0ken", "cget", "https://hub.example/", "https://cget.example/rss", "s", State.ACTIVE, NOW)
PUT: dict[str, Callable[[Connection], None]] = {
    "is_subscribed": lambda tx: subscriptions.put(tx, AGREED),
    "is_held_against": lambda tx: quarantine.put(tx, "cget", Quarantine("digest", 1, "It was ended.", NOW)),
    "are_pauses": lambda tx: pauses.put(tx, "another.example", Pause(NOW - DAY, 1, "429")),
    "are_granted": lambda tx: grants.put(tx, Kept("masto", Sealed("key", b"sealed"), "vh", "camille", NOW, NOW)),
    "are_named": lambda tx: bodies.put(tx, Body("vh", "VH"), "camille", NOW),
    "are_told": lambda tx: accounts.set_told(tx, "masto", Served(Limits((("graphemes", 500),)), "Mastodon", NOW)),
}


@pytest.mark.parametrize("name", PUT)
def test_what_there_is_is_said_and_nothing_else(db: Database, name: str) -> None:
    with db.write() as tx:
        assert (seldom.beside(tx, "cget"), seldom.overlays(tx)) == said("")
        PUT[name](tx)
        assert (seldom.beside(tx, "cget"), seldom.overlays(tx)) == said(name)


def test_the_state_comes_with_it_and_what_is_of_another_source_does_not(db: Database) -> None:
    with db.write() as tx:
        sources.save(tx, "anct", PollState(due=NOW), None)
        PUT["is_subscribed"](tx)
        PUT["is_held_against"](tx)
        found = seldom.beside(tx, "anct")

    assert sources.read(found.state) == PollState(due=NOW)
    assert not found.is_subscribed
    assert not found.is_held_against


def test_an_account_of_which_only_something_else_is_known_was_told_nothing(db: Database) -> None:
    with db.write() as tx:
        accounts.shut(tx, "masto", NOW + DAY)
        assert not seldom.overlays(tx).are_told


def said(name: str) -> tuple[Beside, Overlays]:
    """Nothing is there but this."""
    beside = Beside("", *(name == one for one in ("is_subscribed", "is_held_against", "are_pauses")))
    return beside, Overlays(*(name == one for one in ("are_granted", "are_named", "are_told")))

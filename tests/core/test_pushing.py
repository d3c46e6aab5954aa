"""How far a hub that pushes is trusted, and when it no longer is."""

from dataclasses import replace
from datetime import datetime

import pytest

from relay.core.pushing import pushing
from relay.core.pushing.subscription import State, Subscription
from tests.core.things import DAY, HOUR, MINUTE, NOW

SINCE = NOW - 5 * DAY
ACTIVE = Subscription(
    "token",
    "cget",
    "https://hub.exemple.fr/",
    "https://cget.exemple.fr/rss",
    "secret",
    State.ACTIVE,
    SINCE,
    leased_at=SINCE,
    lease_until=NOW + DAY,
)


@pytest.mark.parametrize("state", [State.ASKED, State.REFUSED, State.ENDED, State.DISTRUSTED])
def test_only_a_hub_that_pushes_and_is_trusted_spares_polls(state: State) -> None:
    assert pushing.backup_poll(ACTIVE, NOW) == DAY
    assert pushing.backup_poll(replace(ACTIVE, state=state), NOW) is None


def test_without_a_subscription_or_after_its_lease_polls_are_as_usual() -> None:
    assert pushing.backup_poll(None, NOW) is None
    assert pushing.backup_poll(ACTIVE, NOW + DAY) is None


@pytest.mark.parametrize(
    ("published", "misses"),
    [
        ([], 0),
        ([NOW], 0),
        ([NOW - 14 * MINUTE], 0),
        ([NOW - 15 * MINUTE], 1),
        ([NOW - HOUR, NOW - 2 * HOUR, NOW], 1),
        ([SINCE], 1),
        ([SINCE - MINUTE], 0),
    ],
    ids=["nothing", "now", "just now", "late", "several at once", "since it pushes", "before it pushed"],
)
def test_a_poll_counts_one_miss_for_what_is_late(published: list[datetime], misses: int) -> None:
    assert pushing.polled(ACTIVE, published, NOW).misses == misses


def test_the_third_miss_ends_the_trust_and_not_the_pushes() -> None:
    once = pushing.polled(ACTIVE, [NOW - HOUR], NOW)
    twice = pushing.polled(once, [NOW - HOUR], NOW)
    thrice = pushing.polled(twice, [NOW - HOUR], NOW)

    assert [one.state for one in (once, twice, thrice)] == [State.ACTIVE, State.ACTIVE, State.DISTRUSTED]
    assert pushing.backup_poll(twice, NOW) == DAY
    assert pushing.backup_poll(thrice, NOW) is None
    assert pushing.is_heard(thrice)


def test_the_secret_is_not_in_what_is_printed() -> None:
    assert "secret" not in repr(replace(ACTIVE, secret="secret of this hub")).replace("secret=", "")

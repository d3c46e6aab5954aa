"""What stands in the way of accounts, in a line each, for the commands that show what waits for them."""

from relay.pipeline.accounts import seen
from relay.service import Relay


def in_the_way(relay: Relay) -> list[str]:
    """The accounts for which something waits that cannot leave."""
    with relay.db.read() as tx:
        found = seen.every(tx, relay.desk, relay.clock())
    return [_line(one.account.id, one.waiting, one.why) for one in found if one.standing != "fine" and one.waiting]


def _line(account: str, waiting: int, why: str) -> str:
    return f"nothing leaves from {account}, {waiting} {'waits' if waiting == 1 else 'wait'}: {why}"

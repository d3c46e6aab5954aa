"""What stands beside a cross-post of which a copy that was put back knows less than the network: it may be public."""

from relay.core.crosspost import Crosspost, State

MAY_BE_PUBLIC = (
    "It may be public already: this database was put back from a copy. Look at the account before you approve."
)
HELD = "It may be public already, and relay cannot look for it: look at the account, then resume or refuse it."

_UNPUBLISHED = frozenset(
    {State.WAITING, State.CHANGES, State.HELD, State.FAILED, State.REJECTED, State.EXPIRED, State.SKIPPED}
)
"""From where it may be approved yet."""


def noted(before: Crosspost, state: State, note: str) -> str:
    """``note``, or the warning that ``before`` has: it stands until the last yes, whatever is said or written first."""
    is_warned = before.note in {MAY_BE_PUBLIC, HELD} and state in _UNPUBLISHED
    return MAY_BE_PUBLIC if is_warned else note

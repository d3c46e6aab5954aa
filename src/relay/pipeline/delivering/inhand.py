"""What this process has in hand: the attempts that it has begun, and whether it may begin more."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from relay.core.ailment import ailment_of
from relay.core.crosspost import Crosspost

log = logging.getLogger("relay")


@dataclass(slots=True)
class InHand:
    """One for a process, whose threads share it. Commands beside a daemon have their own."""

    attempts: set[tuple[int, int]] = field(default_factory=set)
    """Cross-post and attempt, from before a claim is stored until what came of it is."""
    owed: dict[tuple[int, int], Callable[[], object]] = field(default_factory=dict)
    """What came of attempts, where the database did not take it: nobody else knows, and nothing is begun before."""
    is_over: bool = False
    """Whether nothing is begun any more: the process is about to end."""

    def take(self, claimed: Crosspost) -> None:
        """An attempt begins; in the transaction that stores it."""
        self.attempts.add((claimed.id, claimed.attempt))

    def lay_down(self, settled: Crosspost) -> None:
        """An attempt has ended."""
        self.attempts.discard((settled.id, settled.attempt))

    def has(self, crosspost: Crosspost) -> bool:
        """Whether this attempt is one of ours."""
        return (crosspost.id, crosspost.attempt) in self.attempts

    def owe(self, attempted: Crosspost, store: Callable[[], object]) -> None:
        """What came of an attempt could not be written down; ``store`` does it, if the attempt counts then."""
        self.owed[attempted.id, attempted.attempt] = store

    def pay(self) -> None:
        """Write down what is owed; the error that says that it still cannot be."""
        for attempt, store in [*self.owed.items()]:
            try:
                store()
            except Exception as error:
                if ailment_of(error) is not None:
                    raise
                log.exception("what came of attempt %d at cross-post %d is lost: it is looked for", *attempt[::-1])
            self.owed.pop(attempt, None)

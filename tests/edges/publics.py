"""A newsroom whose account posts to the pinboard, and one delivery after another: what is public can be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx

from relay.core.people import Editor, Role
from relay.core.route import ApprovalRule
from relay.pipeline import review
from relay.pipeline.deliver import deliver
from relay.pipeline.tidy import tidy
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.pipeline.pinboard import Pinboard, on

EDITOR, WRITER = (Editor("colette", Role.EDITOR), "test"), (Editor("claire", Role.WRITER), "test")
THREAD = "Un.\n---\nDeux.\n---\nTrois."


@dataclass(slots=True)
class Publics:
    """``room`` with its network; cross-post 1 is for the account ``pins``."""

    room: Newsroom
    board: Pinboard

    def deliver(self, minutes: int = 0) -> None:
        """A pass of deliveries, so many minutes later."""
        self.room.clock.now += timedelta(minutes=minutes)
        with httpx.Client(trust_env=False) as http:
            tidy(self.room.office.db, http, self.room.office.desk, self.room.clock())
            deliver(self.room.office.db, http, self.room.office.desk, self.room.clock)

    def write(self, text: str, warning: str | None = None) -> None:
        """A writer's words."""
        office, now = self.room.office, self.room.clock()
        words = review.Words(self.room.crosspost(1).revision, text, warning)
        review.edit(office.db, office.desk, 1, WRITER, words, now)

    def approve(self) -> None:
        """An editor's yes, and the delivery that follows."""
        office = self.room.office
        review.approve(office.db, office.desk, 1, EDITOR, self.room.crosspost(1).revision, office.mint())
        self.deliver(minutes=2)

    def publish(self, text: str = "Un bilan") -> None:
        """Cross-post 1, written and sent."""
        self.write(text)
        self.approve()


@contextmanager
def open_publics(folder: Path, rule: ApprovalRule | None = None, language: str = "fr") -> Iterator[Publics]:
    """The newsroom, its first account moved to the pinboard."""
    with open_newsroom(folder, rule, language) as room:
        board, desk = Pinboard(), room.office.desk
        route = replace(desk.routes[0], accounts=("pins",))
        for key, value in {
            "networks": {**desk.networks, "pinboard": board},
            "accounts": {**desk.accounts, **on(board)},
            "routes": (route,),
        }.items():
            object.__setattr__(desk, key, value)
        room.change(*range(1, 11, 2), account="pins")
        yield Publics(room, board)

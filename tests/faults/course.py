"""A run: everything is approved at once, and passes follow until nothing is open any more."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from relay.core.crosspost import Crosspost, State
from relay.core.review.transitions import Event
from relay.pipeline import review
from relay.pipeline.deliver import deliver
from relay.pipeline.desk import Desk
from relay.pipeline.tidy import tidy
from relay.storage import crossposts
from relay.storage.database import Database
from tests.faults.dying import Died, Watched
from tests.faults.ends import End
from tests.faults.stock import CAMILLE, Post

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
OPEN = (State.APPROVED, State.SCHEDULED, State.SENDING, State.UNCONFIRMED)
ROUNDS = 300
"""Passes after which whatever is still open is not going to end."""
LONGEST = timedelta(minutes=15)
"""Nothing is in doubt for longer without a look, or a sentence for an editor."""
PRECISE, BRIEF, ROUND = timedelta(minutes=5), timedelta(seconds=2), timedelta(seconds=10)
"""How long passes follow each other closely, and how closely then and afterwards."""
_LOOK = re.compile(r"\blook\b", re.IGNORECASE)


@dataclass(slots=True)
class Run:
    """What a run works on, the time, and since when each post has been in doubt."""

    db: Database
    http: httpx.Client
    wishes: Desk
    ends: dict[str, End]
    watched: dict[str, Watched]
    posts: list[Post]
    moment: "Moment"
    doubts: dict[int, datetime] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    stale: dict[int, str] = field(default_factory=dict)

    def drain(self) -> None:
        """Pass after pass, each at the next moment at which anything can happen."""
        for _ in range(ROUNDS):
            for end in self.ends.values():
                end.pass_time()
            self._pass()
            for end in self.ends.values():
                end.settle()
            still = self._open()
            if not still:
                return
            self._watch(still)
            self.moment.now = self._next(still)

    def _pass(self) -> None:
        with suppress(Died):
            tidy(self.db, self.http, self.wishes, self.moment.now)
        with suppress(Died):
            deliver(self.db, self.http, self.wishes, self.moment)

    def _open(self) -> list[Crosspost]:
        with self.db.read() as tx:
            return crossposts.by_state(tx, OPEN)

    def _watch(self, still: list[Crosspost]) -> None:
        """Whatever is in doubt is looked for, or an editor is asked; and one who is asked has a look in the end."""
        now, doubtful = self.moment.now, {one.id: one for one in still if one.state is State.UNCONFIRMED}
        self.doubts = {id: self.doubts.get(id, one.changed_at or now) for id, one in doubtful.items()}
        for id, one in doubtful.items():
            tells = self.ends[one.account].line.row.tells  # where nothing can be seen, a look is none
            looks = self.watched[one.account].looks if tells else []
            last = max([self.doubts[id], *(look for look in looks if look >= self.doubts[id])])
            if now - last > LONGEST and not _asks(one):
                self.stale[id] = f"in doubt since {self.doubts[id]:%H:%M:%S}, at {now:%H:%M:%S}: {one.note}"
            if _asks(one) and now - self.doubts[id] >= self.ends[one.account].line.plan.patience:
                self._answer(one)

    def _answer(self, one: Crosspost) -> None:
        """A person looks at what is public, and says what is there; that may be said of a whole digest by now."""
        self.asked.add(one.id)
        with self.db.read() as tx:
            if crossposts.get(tx, one.id) != one:
                return
        mark = next(post.mark for post in self.posts if post.id == one.id)
        event = Event.CONFIRM if self.ends[one.account].line.copies(mark) else Event.GIVE_UP
        review.move(self.db, self.wishes, one.id, (CAMILLE, "page"), review.Act(event, "looked there"), self.moment.now)

    def _next(self, still: list[Crosspost]) -> datetime:
        """Everything that has a moment happens at it, or two seconds later; later on at the next ten of seconds."""
        moments = [moment for end in self.ends.values() for moment in end.moments()]
        moments += [one.lease_until or one.not_before or self.moment.now for one in still]
        moments += [
            since + self.ends[one.account].line.plan.patience for one in still if (since := self.doubts.get(one.id))
        ]
        later = [moment for moment in moments if moment > self.moment.now]
        then = min(later, default=self.moment.now)
        apart = BRIEF if then - START < PRECISE else ROUND
        return then + apart - (then - START) % apart if apart is ROUND else then + apart


@dataclass(slots=True)
class Moment:
    """A clock that only the run moves."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


def _asks(one: Crosspost) -> bool:
    """Whether a sentence asks an editor to look."""
    return _LOOK.search(one.note) is not None

"""How the sources do, for whoever looks: the page and ``relay status`` say the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from relay.core.fetched import Fetch
from relay.core.polling import moves, pause
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import PollState
from relay.core.polling.quarantine import Quarantine
from relay.core.polling.rules import MISSING_AFTER
from relay.core.question import Question
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.pushing.subscribe import standing
from relay.storage import fetches, pauses, quarantine, questions, sources
from relay.storage.fetches import Sums

PATIENCE = 3
"""Failures in a row before a person is bothered: most pass by themselves."""
_AT_ONCE = 500
"""Sources that one question to the database names."""
_REPAIRED = "repaired: "
_ALLOW = "service.allow"
"""Named where it is relay itself that does not go there."""
_REFUSED = "Write to its publisher: "


class Trouble(StrEnum):
    """Why a source needs a person, the most pressing first."""

    GONE = "gone"
    FORBIDDEN = "forbidden"
    BLOCKED = "blocked"
    MISSING = "missing"
    QUARANTINE = "quarantine"
    UNREADABLE = "unreadable"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Seen:
    """A source, where it is asked, and what is known of it. ``pause``: its host is left alone until then."""

    source: Source
    state: PollState
    url: str
    last: Fetch | None = None
    sums: Sums = Sums()
    push: str = ""
    pause: Pause | None = None
    questions: tuple[Question, ...] = ()
    quarantine: Quarantine | None = None
    """Documents of it have ended the process that read them."""

    @property
    def trouble(self) -> Trouble | None:
        """What ails it, as far as time alone will not heal it."""
        if self.state.is_gone:
            return Trouble.GONE
        if self.state.failures and _ALLOW in self.state.answer:
            return Trouble.FORBIDDEN
        if self.state.failures and self.last and any(note.startswith(_REFUSED) for note in self.last.notes):
            return Trouble.BLOCKED
        if self.state.missing >= MISSING_AFTER:
            return Trouble.MISSING
        return self._lasting

    @property
    def _lasting(self) -> Trouble | None:
        """What is told by how long it has lasted."""
        if self.quarantine and self.quarantine.is_closed:
            return Trouble.QUARANTINE
        if self.state.failures < PATIENCE:
            return None
        return Trouble.UNREADABLE if self.last and self.last.size else Trouble.FAILING

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.trouble or self.questions)


def every(tx: Connection, desk: Desk, now: datetime) -> list[Seen]:
    """Every configured source: first those that need a person, the most pressing first, then by name."""
    states, last, sums = sources.states(tx), fetches.latest(tx), fetches.sums(tx)
    running, asked = pauses.running(tx, now), _by_source(questions.open_(tx))
    held = quarantine.every(tx)
    found = (
        replace(
            _known(tx, desk, source, states.get(id, PollState()), running, now),
            last=last.get(id),
            sums=sums.get(id, Sums()),
            questions=tuple(asked.get(id, ())),
            quarantine=held.get(id),
        )
        for id, source in desk.sources.items()
    )
    return sorted(found, key=_pressing)


def troubles(tx: Connection, desk: Desk) -> Counter[Trouble]:
    """How many of the configured sources have each trouble: those that do well are not looked at one by one."""
    states, held = sources.troubled(tx), quarantine.every(tx)
    doubtful = [id for id in {*states, *held} if id in desk.sources]
    found = Counter[Trouble]()
    for begin in range(0, len(doubtful), _AT_ONCE):
        some = doubtful[begin : begin + _AT_ONCE]
        last = fetches.latest_of(tx, some)
        for id in some:
            state = moves.current(desk.sources[id], states.get(id, PollState()))
            seen = Seen(desk.sources[id], state, "", last.get(id), quarantine=held.get(id))
            found.update([seen.trouble] if seen.trouble else ())
    return found


def one(tx: Connection, desk: Desk, source_id: str, now: datetime) -> Seen:
    """A configured source."""
    source, log = desk.sources[source_id], fetches.of(tx, source_id)
    return replace(
        _known(tx, desk, source, sources.state(tx, source_id), pauses.running(tx, now), now),
        last=next(iter(log), None),
        sums=Sums(len(log), sum(fetch.saved for fetch in log), sum(fetch.new for fetch in log)),
        questions=tuple(questions.open_(tx, source_id)),
        quarantine=quarantine.of(tx, source_id),
    )


def repairs(log: Sequence[Fetch]) -> tuple[str, ...]:
    """What had to be repaired in the last document that had news; ``log`` is newest first."""
    for fetch in log:
        found = tuple(note.removeprefix(_REPAIRED) for note in fetch.notes if note.startswith(_REPAIRED))
        if found or fetch.new or fetch.edited:
            return found
    return ()


def _known(
    tx: Connection, desk: Desk, source: Source, stored: PollState, running: Mapping[str, Pause], now: datetime
) -> Seen:
    state, url = moves.current(source, stored), moves.address(source, stored)
    push = standing(tx, desk, source.id, state, now) if state.hubs else ""
    return Seen(
        source,
        state,
        url,
        push=push,
        pause=pause.longest(running, (url, state.place.landed), source.id, desk.own_hosts),
    )


def _by_source(asked: Sequence[Question]) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in asked:
        found.setdefault(question.source_id, []).append(question)
    return found


def _pressing(seen: Seen) -> tuple[bool, int, str]:
    troubles = list(Trouble)
    rank = troubles.index(seen.trouble) if seen.trouble else len(troubles)
    return not seen.needs_a_person, rank, seen.source.name.casefold()

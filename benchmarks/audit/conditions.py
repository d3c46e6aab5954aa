"""A1–A15, A19, F6: which validators each request should have had."""

from collections.abc import Iterable, Iterator

from benchmarks.audit.polls import Poll
from benchmarks.audit.tally import Check
from benchmarks.farm.exchange import Exchange

Pair = tuple[bytes | None, bytes | None]

NOTHING: Pair = (None, None)


def conditions(own: Iterable[Poll]) -> Iterator[Check]:
    """Every request of one publisher, against the answers before it."""
    known, given_by, rule = NOTHING, "", "A1"
    for poll in own:
        yield from _asked(poll, known, given_by, rule)
        known, given_by, rule = _after(poll, known, given_by, rule)


def _asked(poll: Poll, known: Pair, given_by: str, rule: str) -> Iterator[Check]:
    for place, step in enumerate(poll.steps):
        is_due = place == 0 or step.address == given_by
        wanted = known if is_due else NOTHING
        said = f"{poll}: sent {step.request.conditions}, not {wanted}"
        yield Check(rule if is_due else "A19", step.request.conditions == wanted, said)
        yield Check("F6", _asks_for_delta(step) == (step.request.conditions[0] is not None), str(poll))


def _after(poll: Poll, known: Pair, given_by: str, rule: str) -> tuple[Pair, str, str]:
    told = poll.last.answer
    fresh = (told.etag, told.modified)
    if poll.is_read:
        return fresh, poll.last.address, "A9 A11 A12 A13"
    if poll.is_same:
        return (fresh[0] or known[0], fresh[1] or known[1]), poll.last.address, "A2 A3 A5 A7"
    return known, given_by, rule if rule == "A1" else "A14 A15"


def _asks_for_delta(step: Exchange) -> bool:
    return step.request.headers.get(b"a-im") == b"feed"

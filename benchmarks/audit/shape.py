"""A20, D7, E1–E4, F1, F2, F4: how requests look, and whom they go to."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from benchmarks.audit.polls import Poll
from benchmarks.audit.tally import Check
from benchmarks.farm.exchange import Exchange
from benchmarks.farm.site import DAY

AGENT = re.compile(rb"relay/[\d.]+ \(\+https://[^;]+; feed-id \d+; 1 subscriber\)")
HOPS = 5


def shape(own: Sequence[Poll]) -> Iterator[Check]:
    """Every request of one publisher."""
    agents = {step.request.headers.get(b"user-agent", b"") for poll in own for step in poll.steps}
    for poll in own:
        yield Check("D7", len(poll.steps) <= HOPS + 1, str(poll))
        for step in poll.steps:
            yield from _request(step, is_one=len(agents) == 1)
    yield from _moves(own)


def _request(step: Exchange, *, is_one: bool) -> Iterator[Check]:
    headers, said = step.request.headers, f"{step.address}: {step.request}"
    yield Check("A20", not headers.keys() & {b"cookie", b"referer"} and "?" not in step.request.target, said)
    accept = headers.get(b"accept", b"")
    is_named = is_one and AGENT.fullmatch(headers.get(b"user-agent", b"")) is not None
    yield Check("F1 F2", is_named and accept.startswith(b"application/atom+xml, application/rss+xml"), said)
    yield Check("F4", step.request.method == "GET", said)


def _moves(own: Sequence[Poll]) -> Iterator[Check]:
    """From where each poll set out: the stored address, or after a week what it leads to for ever."""
    seen: datetime | None = None
    for poll in own:
        hops = poll.site.hops
        start = poll.steps[0].hop
        if hops[:1] == (301,):
            seen = seen or poll.at
            waited = poll.at - seen >= 7 * DAY
            yield Check("E1", start == 0 or (start == 1 and waited), f"{poll}: set out from hop {start}")
        elif hops:
            yield Check("E3 E4", start == 0, f"{poll}: set out from hop {start}")
